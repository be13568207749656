"""JSON that is no JSON Lines -> its values, one after the other, however large the whole is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.read.tables.lines import Encoding
from kg.read.tables.own_records import REMEDY, unreadable
from kg.resource import LARGEST, Resource

_PIECE = 1 << 20
_BLANK = re.compile(r"[ \t\r\n\ufeff\x1e]*")
_DECODER = json.JSONDecoder()


def values(resource: Resource, encoding: Encoding) -> Iterator[tuple[bool, Any]]:
    """Yield each value of a JSON text, of a list its entries, with whether it stood in a list.

    Several values may stand one after the other.

    Raises
    ------
    SourceError
        Where it is no JSON; what came before has been yielded.

    Examples
    --------
    >>> list(values(Resource.of(b'[{"a": 1}, {"b": 2}]', "a.json"), Encoding("utf-8", "")))
    [(True, {'a': 1}), (True, {'b': 2})]
    """
    window = _Window(resource, encoding)
    while sign := window.sign():
        if sign != "[":
            yield False, window.value()
            continue
        window.step()
        while window.sign() != "]":
            yield True, window.value()
            if (sign := window.sign()) == ",":
                window.step()
            elif sign != "]":
                raise window.wrong("Expecting ',' delimiter" if sign else "it ends too early")
        window.step()


class _Window:
    """The part of a text that is in memory."""

    def __init__(self, resource: Resource, encoding: Encoding) -> None:
        self._where, self._words, self._at, self._before = resource.where, "", 0, 0
        self._wanted = _PIECE
        self._pieces = self._decoded(resource, encoding.codec)

    def sign(self) -> str:
        """Return the next sign that is not blank; "" at the end."""
        while True:
            found = _BLANK.match(self._words, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._words):
                return self._words[self._at]
            if not self._more():
                return ""

    def step(self) -> None:
        """Go past the sign."""
        self._at += 1

    def value(self) -> Any:
        """Return the value that begins here."""
        while True:
            try:
                found, end = _DECODER.raw_decode(self._words, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._words) - 20
                if cut and self._more():
                    continue
                early = error.pos >= len(self._words.rstrip()) or error.msg.startswith("Unterm")
                raise self.wrong("it ends too early" if early else error.msg, error.pos) from None
            except (ValueError, RecursionError) as error:
                raise SourceError(self._where, unreadable(error), REMEDY) from None
            if end == len(self._words) and self._more():
                continue  # a number may go on
            self._at = end
            return found

    def wrong(self, problem: str, at: int | None = None) -> SourceError:
        """Return the error that is at a place."""
        place = self._before + (self._at if at is None else at)
        return SourceError(self._where, f"is not JSON ({problem} at character {place})", REMEDY)

    def _more(self) -> bool:
        """Take more of the text into memory, at least as much as there is."""
        rest = self._words[self._at :]
        if len(rest) > LARGEST:
            raise SourceError(
                self._where,
                f"holds more than {LARGEST // 1_000_000} MB in one piece",
                "save its articles as JSON Lines, one a line",
            )
        self._wanted = max(_PIECE, len(rest))
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._before += self._at
        self._words, self._at = rest + piece, 0
        return True

    def _decoded(self, resource: Resource, codec: str) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(codec)("replace")
        with resource.opened() as stream:
            while data := stream.read(self._wanted):
                yield decoder.decode(data)
        if rest := decoder.decode(b"", final=True):
            yield rest
