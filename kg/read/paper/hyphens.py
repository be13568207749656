"""Words broken at the ends of lines -> whole words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.data import lists

HYPHENS = "-\u2010\u00ad\ufffe\x02"
"""What may stand at the end of a line: hyphens, soft ones, and what PDFium makes of them."""

_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(rf"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[{HYPHENS}]$")
_LONGEST = 200  # characters of a word
_FIRST = re.compile(r"([^\W\d_]+)")


class Hyphens:
    """Joins the lines of a paragraph, knowing the words that the document has elsewhere.

    A hyphen at the end of a line goes if the word goes on in lower case, unless the document has
    the word with its hyphen inside a line and not without, or unless the first part is one that
    takes a hyphen ("long-term") and the document does not have the word without. Before a capital
    or a figure it stays ("Franco-German", "COVID-19"). Soft hyphens always go.

    Examples
    --------
    >>> hyphens = Hyphens(["The officials of the Com-", "mission in air-defence"])
    >>> hyphens.joined(["The Com-", "mission met Franco-", "German long-", "term officials."])
    'The Commission met Franco-German long-term officials.'
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: Counter[str] = Counter()
        self.count = 0
        broken = False
        for line in lines:
            words, ends_broken = _WORD.findall(line), _last(line) is not None
            whole = words[1 if broken else 0 : -1 if ends_broken else None]
            self._known.update(word.casefold().replace("\u2010", "-") for word in whole)
            broken = ends_broken

    def joined(self, lines: Iterable[str]) -> str:
        """Return lines as one."""
        text = ""
        for line in lines:
            text = self.added(text, line)
        return text

    def added(self, text: str, line: str) -> str:
        """Return a text with its next line."""
        line = line.strip()
        if not text or not line:
            return text + line
        if text[-1] not in HYPHENS:
            return f"{text} {line}"
        last, first = _last(text), _FIRST.match(line)
        hyphen = text[-1] if text[-1] in "-\u2010" else "-"
        if text.endswith((" -", "–")):
            return f"{text} {line}"
        if last is None or first is None:  # a dash, a number: nothing is known
            return f"{text[:-1]}{hyphen}{line}" if text[-1] != _SOFT else text[:-1] + line
        if text[-1] != _SOFT and self._keeps(last[1], first[1]):
            return f"{text[:-1]}{hyphen}{line}"
        self.count += 1
        return text[:-1] + line

    def _keeps(self, last: str, first: str) -> bool:
        if not first[0].islower():
            return True
        whole = self._known[(last + first).casefold()]
        parted = self._known[f"{last}-{first}".casefold()]
        if whole or parted:
            return parted > whole
        known = lists("paper")["hyphens"]
        before = last.casefold().rpartition("-")[2]
        return before in known["after"] and first.casefold() not in known["unless"]


def _last(line: str) -> re.Match[str] | None:
    """Return the broken word at the end of a line; a line may be a megabyte long."""
    return _LAST.search(line[-_LONGEST:]) if line[-1:] in HYPHENS else None
