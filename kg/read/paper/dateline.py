"""The day that the words of an article give as its own, where there is nothing to guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from kg.data import lists
from kg.read.days import in_calendar

_TOP = 8
"""So many paragraphs at the top are looked at."""

_LONGEST = 160
"""Letters of a line that may hold the day of an article; of a longer one, only its beginning."""


def dateline(paragraphs: Iterable[str]) -> str | None:
    """Return the day that stands in the lines at the top of an article.

    A line counts if it is short and names a day with its month in words, or as 2025-02-17; of a
    longer paragraph only what stands before a dash does ("PARIS, 17 February 2025 — "). If
    there are several days, one beside "published" counts, otherwise none.

    Examples
    --------
    >>> dateline(["Talks in Paris", "Paris, 17 February 2025", "Macron met Scholz."])
    '2025-02-17'
    >>> dateline(["PARIS, Feb. 17, 2025 (The Post) — President Macron met Chancellor Scholz."])
    '2025-02-17'
    >>> dateline(["On 02/03/2025 Macron met Scholz."]) is None
    True
    """
    days: list[str] = []
    published: list[str] = []
    for paragraph in islice(filter(None, map(str.strip, paragraphs)), _TOP):
        words = _head(paragraph)
        for match in _pattern().finditer(words):
            if (day := _day(match)) is not None:
                days.append(day)
                before = words[: match.start()].casefold()
                if any(re.search(rf"\b{word}\W*(?:on\W*)?(?:\w+,\W*)?$", before)
                       for word in lists("paper")["published"]["en"]):  # fmt: skip
                    published.append(day)
    chosen = set(published or days)
    return chosen.pop() if len(chosen) == 1 else None


def _head(paragraph: str) -> str:
    """Return a short line that is no sentence, or what stands before the dash of a dateline."""
    if len(paragraph) <= _LONGEST and not re.search(r"[a-z]{3,}[.!?]$", paragraph):
        return paragraph
    before, dash, _ = paragraph[:80].partition("—")
    if not dash:
        before, dash, _ = paragraph[:80].partition(" – ")
    return before if dash and re.match(r"[A-Z]{2}", before) else ""


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<m1>{names})\b\.?,?\s+(?P<y1>\d{{4}})\b"
        rf"|\b(?P<m2>{names})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})\b"
        r"|\b(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)\b",
        re.IGNORECASE,
    )


@cache
def _months() -> dict[str, int]:
    return {
        word: number
        for number, words in enumerate(lists("paper")["months"].values(), 1)
        for word in words
    }


def _day(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    year, month, day = next(
        (found[f"y{n}"], found[f"m{n}"], found[f"d{n}"]) for n in (1, 2, 3) if found[f"y{n}"]
    )
    number = int(month) if month.isdigit() else _months()[month.casefold()]
    return in_calendar(year, number, day)
