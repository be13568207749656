"""The report of an earlier build, read piece by piece: there may be a million inputs in it.

It is a file on disk that anybody may have changed, so nothing in it is taken for granted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from kg.errors import Failure, SourceError
from kg.read.files import opened
from kg.run.report import OUTCOMES, Input, Repeat

Told = Failure | Repeat | Input

_KINDS: dict[str, type[Told]] = {"failures": Failure, "repeats": Repeat, "inputs": Input}
_MOST = 1 << 20  # characters of one entry
_PIECE = 1 << 16
_REMEDY = "run kg build on the inputs once more"
_SPACE = re.compile(r"[ \t\r\n]*")


def told(path: Path) -> Iterator[Told]:
    """Yield what a report tells: its failures, its repeats, its inputs.

    Raises
    ------
    SourceError
        If there is no report, or what is there is none.

    Examples
    --------
    >>> list(told(Path("nowhere/report.json")))
    Traceback (most recent call last):
    ...
    kg.errors.SourceError: nowhere/report.json: there is no such file; check the path
    """
    lists: set[str] = set()
    try:
        with opened(path) as file, TextIOWrapper(file, encoding="utf-8") as words:
            for name, entry in _entries(_Scanner(words)):
                lists.add(name)
                if name in _KINDS and entry is not None:
                    yield _made(_KINDS[name], entry)
    except (ValueError, RecursionError):
        raise SourceError(str(path), "is damaged", _REMEDY) from None
    if not lists >= _KINDS.keys():
        problem = "does not list the inputs, as earlier versions of kg did not"
        raise SourceError(str(path), problem, _REMEDY)


def _made(kind: type[Told], entry: object) -> Told:
    """Return an entry if it is just what we write."""
    names = {field.name for field in fields(kind)}
    if not isinstance(entry, dict) or entry.keys() != names:
        raise ValueError("other fields")
    listed = entry.get("notes", [])
    words = [entry[name] for name in names - {"notes"} if (name, entry[name]) != ("id", None)]
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in [*words, *listed]):
        raise ValueError("other values")
    if kind is not Input:
        return kind(**entry)
    if entry["outcome"] not in OUTCOMES:
        raise ValueError("another outcome")
    return Input.from_json(entry)


def _entries(scanner: _Scanner) -> Iterator[tuple[str, Any]]:
    """Yield each entry of each list under the name of the list; None at its beginning."""
    scanner.take("{")
    while True:
        name = scanner.value()
        scanner.take(":")
        if scanner.sees("["):
            scanner.take("[")
            yield name, None
            while not scanner.sees("]"):
                yield name, scanner.value()
                if not scanner.sees("]"):
                    scanner.take(",")
            scanner.take("]")
        else:
            scanner.value()
        if not scanner.sees(","):
            break
        scanner.take(",")
    scanner.take("}")
    if not scanner.ends():
        raise ValueError("more than a report")


class _Scanner:
    """Takes JSON apart from the front, with no more of it in memory than one value needs."""

    def __init__(self, words: TextIO) -> None:
        self._words, self._held, self._at = words, "", 0
        self._decode = json.JSONDecoder().raw_decode

    def sees(self, sign: str) -> bool:
        """Tell whether this sign comes next."""
        while True:
            at = _SPACE.match(self._held, self._at)
            self._at = at.end() if at else self._at
            if self._at < len(self._held) or not self._more():
                return self._held.startswith(sign, self._at)

    def ends(self) -> bool:
        """Tell whether nothing more comes."""
        return self.sees("") and self._at == len(self._held)

    def take(self, sign: str) -> None:
        """Go past this sign, which must come next."""
        if not self.sees(sign):
            raise ValueError(f"no {sign}")
        self._at += len(sign)

    def value(self) -> Any:
        """Go past the value that comes next, and return it."""
        self.sees("")
        while True:
            try:
                found, self._at = self._decode(self._held, self._at)
            except ValueError:
                if len(self._held) - self._at > _MOST or not self._more():
                    raise
            else:
                return found

    def _more(self) -> bool:
        piece = self._words.read(_PIECE)
        self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)
