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

_DATELINE = 80
"""Letters that the dash of a dateline stands within."""

_DASH = re.compile(r"\s?—\s?|\s(?:--?|–)\s")


def dateline(paragraphs: Iterable[str]) -> str | None:
    """Return the day that stands in the lines at the top of an article.

    A line of its own counts if it is short, names a day with its month in words, or as
    2025-02-17, and holds no more than a place, who wrote it, or "published"; of a paragraph only
    what stands before a dash does ("PARIS, 17 February 2025 (The Post) - "). If there are several
    days, one beside "published" counts, otherwise none.

    Examples
    --------
    >>> dateline(["Talks in Paris", "Paris, 17 February 2025", "Macron met Scholz."])
    '2025-02-17'
    >>> dateline(["PARIS, Feb. 17, 2025 (The Post) — President Macron met Chancellor Scholz."])
    '2025-02-17'
    >>> dateline(["Macron met Chancellor Scholz in Paris on 17 February 2025."]) is None
    True
    >>> dateline(["On 02/03/2025 Macron met Scholz."]) is None
    True
    """
    days: list[str] = []
    published: list[str] = []
    above = ""
    for paragraph in islice(filter(None, map(str.strip, paragraphs)), _TOP):
        words = "" if _runs_on(above) else _head(paragraph)
        for match in _pattern().finditer(words):
            if (day := _day(match)) is not None:
                days.append(day)
                before = words[: match.start()].casefold()
                if any(re.search(rf"\b{word}\W*(?:on\W*)?(?:\w+,\W*)?$", before)
                       for word in lists("paper")["published"]["en"]):  # fmt: skip
                    published.append(day)
        if len(paragraph) > _LONGEST:
            break
        above = paragraph
    chosen = set(published or days)
    return chosen.pop() if len(chosen) == 1 else None


def _head(paragraph: str) -> str:
    """Return a short line that is no sentence, or what stands before the dash of a dateline."""
    if len(paragraph) <= _LONGEST and _bare(paragraph):
        return paragraph
    before, *behind = _DASH.split(paragraph[:_DATELINE], maxsplit=1)
    place = "(" in before or re.match(r"[A-Z]{2}", before)
    return before if behind and place and _bare(before) else ""


def _bare(words: str) -> bool:
    """Tell whether words are no more than days, names and what may stand beside them."""
    beside = lists("paper")["beside"]["words"]
    begins = 0
    rest = ""
    for match in _pattern().finditer(words):
        before = words[begins : match.start()].rstrip()
        last = re.search(r"\w+$", before[-_LONGEST:])
        if last and last[0].casefold() not in beside:
            return False
        rest += before + " "
        begins = match.end()
    rest += words[begins:]
    rest = re.sub(r"\([^()]*\)", " ", rest)
    return all(word in beside for word in re.findall(r"[^\W\d_]+", rest) if word.islower())


def _runs_on(line: str) -> bool:
    """Tell whether a line ends in the midst of a sentence ("a summit in")."""
    last = line.rsplit(maxsplit=1)[-1:]
    return bool(last) and last[0] in lists("paper")["beside"]["before"]


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
