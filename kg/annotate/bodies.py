"""Bodies that a country's name makes: "the Syrian government", "Ministry of Defence of Peru"."""

from __future__ import annotations

from functools import cache

from kg.annotate.lookup import Entry
from kg.data import lists, table
from kg.model import Span
from kg.syntax import Syntax

_LONGEST = 4  # words: "ministry of foreign affairs"


@cache
def _canonical() -> dict[str, str]:
    return {row.words: row.canonical for row in table("bodies")}


@cache
def _adjectives() -> dict[str, str]:
    return {row.name: row.demonyms[0] for row in table("countries") if row.demonyms}


def body_of(syntax: Syntax, span: Span, country: Entry) -> tuple[Span, Entry] | None:
    """Return the body that a country's name at ``span`` belongs to, with its span, if any.

    "Iraqi military bases" has none: there "military" only describes the bases.
    """
    inside = syntax.within(span)
    if syntax.tokens[inside[-1]].span.end != span.end:
        return None
    if syntax.tokens[inside[0]].span.start != span.start:
        return None
    ends = _behind(syntax, inside[-1] + 1, country) or _before(syntax, inside[0], inside[-1])
    if ends is None:
        return None
    first, last, words = ends
    whole = syntax.span(min(first, inside[0]), max(last, inside[-1]))
    name = f"{_adjectives().get(country.name, country.name)} {_canonical()[words]}"
    return whole, Entry("Organization", name, "name", country.iso3, "", "body")


def _behind(syntax: Syntax, start: int, country: Entry) -> tuple[int, int, str] | None:
    """Read "army" behind "Syrian"."""
    for length in range(_LONGEST, 0, -1):
        tokens = syntax.tokens[start : start + length]
        words = " ".join(token.text.lower() for token in tokens)
        if len(tokens) == length and words in _canonical():
            if country.type == "Place" and words not in lists("names")["around"]["regional"]:
                return None
            return (
                (start, start + length - 1, words) if _heads(syntax, start + length - 1) else None
            )
    return None


def _heads(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun heads its phrase, or speaks through an officer."""
    token = syntax.tokens[index]
    if token.head <= index or token.dep not in ("compound", "amod", "nmod"):
        return True
    return syntax.tokens[token.head].lemma in lists("names")["around"]["spoken_for"]


def _before(syntax: Syntax, first: int, last: int) -> tuple[int, int, str] | None:
    """Read "government of" before "Syria"."""
    index = first - 1
    if index >= 0 and syntax.tokens[index].lemma == "the":
        index -= 1
    if index < 0 or syntax.tokens[index].lemma != "of":
        return None
    for length in range(_LONGEST, 0, -1):
        tokens = syntax.tokens[max(0, index - length) : index]
        words = " ".join(token.text.lower() for token in tokens)
        if len(tokens) == length and words in _canonical():
            return index - length, last, words
    return None
