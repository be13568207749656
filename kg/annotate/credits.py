"""The parts of an article that name its makers rather than its actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.data import lists, table
from kg.model import Span

_BRACKETS = re.compile(r"\(([^()\n]{2,60})\)")
_PARTS = re.compile(r"\s*(?:[,/;&]|\band\b)\s*")


@cache
def _agencies() -> frozenset[str]:
    names = set[str]()
    for row in table("organizations"):
        if row.kind == "media":
            names.update((row.name, *row.aliases))
    return frozenset(names)


@cache
def _openings() -> re.Pattern[str]:
    words = "|".join(sorted(lists("names")["around"]["credits"], key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=[.!?”\"’)])|^|(?<=\n))[ \t]{{0,4}}\(?(?:{words})[ \t]{{0,4}}:[^\n]{{0,400}}"
        rf"|\((?:{words})\b[^)]{{0,200}}\)",
        re.I,
    )


# "LIMA (Reuters) - The minister", "Geneva, May 3, TASS - Russia"
_DATELINE = re.compile(
    r"^[^\w\n]*[A-Z][^()\n]{1,40}?(\([^()\n]{2,40}\))\s*(?:[-–—:]|--)|"
    r"^[A-Z][^()\n]{3,40}?,\s*([A-Z][\w ]{1,20}?)\s+(?:[-–—]|--)\s",
    re.M,
)


def credits_in(text: str) -> Iterator[Span]:
    """Yield news agencies in brackets and datelines, and lines like "Author: ... Editor: ...".

    Examples
    --------
    >>> text = "The minister resigned. (AFP, Reuters)"
    >>> [span.of(text) for span in credits_in(text)]
    ['(AFP, Reuters)']
    """
    found = set[Span]()
    for match in _BRACKETS.finditer(text):
        parts = _PARTS.split(match[1])
        known = sum(part in _agencies() for part in parts)
        if known and known >= len(parts) / 2 and all(len(part) < 30 for part in parts):
            found.add(Span(match.start(), match.end()))
    for match in _DATELINE.finditer(text):
        if match[1] or match[2] in _agencies():
            found.add(Span(*match.span(1 if match[1] else 2)))
    for match in _openings().finditer(text):
        found.add(Span(match.end() - len(match[0].lstrip()), match.end()))
    yield from sorted(found)
