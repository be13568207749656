"""Lines of a page that belong to no article: its title again, credits, calls to read or sign."""

from __future__ import annotations

import re

from kg.data import lists

_ENDS = " \t\n.,:;!?…>»›→•|·-–—[]()"
_MANY = 12  # words of a line that is more than a call
_REST = 0.3  # of the article that may stand under a heading of other articles
_TIME = re.compile(r"[\d\s.,:/|–-]+(?:(?:am|pm|uhr|gmt|utc|cet|cest|est|edt|[ap]\.m)\W*)?", re.I)


def without_boilerplate(paragraphs: list[str], title: str | None) -> list[str]:
    """Return the paragraphs that are of the article.

    Examples
    --------
    >>> without_boilerplate(["Talks", "They met.", "Read more", "Share this: Facebook"], "Talks")
    ['They met.']
    >>> without_boilerplate(["Share prices fell.", "Related articles", "Talks"], None)
    ['Share prices fell.']
    """
    words = lists("boilerplate")["line"]
    kept = [
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if not (number < 3 and title and _plain(paragraph) == _plain(title))
        and not _is_call(paragraph)
    ]
    total = sum(map(len, kept))
    behind = 0
    for number in range(len(kept) - 1, 0, -1):
        if _plain(kept[number]) in words["ends"]:
            return kept[:number]
        behind += len(kept[number])
        if behind > _REST * total:
            break
    return kept


def _plain(line: str) -> str:
    return " ".join(line.lower().replace("’", "'").split()).strip(_ENDS)


def _is_call(line: str) -> bool:
    words = lists("boilerplate")["line"]
    plain = _plain(line)
    if plain in words["whole"] or _TIME.fullmatch(line):
        return True
    if len(line.split()) > _MANY:
        return False
    return line.lower().startswith(tuple(words["starts"]))
