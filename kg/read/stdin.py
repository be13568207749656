"""Standard input as something to be read: taken in as it is asked for, kept to be read again."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kg.errors import SourceError
from kg.resource import Resource

WHERE = "standard input"
_PIECE = 1 << 16


@contextmanager
def standard_input() -> Iterator[Resource]:
    """Give standard input for as long as it is read; it is kept in a file that has no name.

    Raises
    ------
    SourceError
        If it is closed, or is none that bytes could come from.
    """
    source = getattr(sys.stdin, "buffer", None)
    if source is None or source.closed:
        raise SourceError(WHERE, "is closed", "pipe something into it, or name a file")
    with tempfile.TemporaryFile() as kept:
        coming = _Coming(source, kept)
        yield Resource(WHERE, "stdin", lambda: io.BufferedReader(_Again(coming)))


class _Coming:
    """What has come and been kept, and what is still to come."""

    def __init__(self, source: BinaryIO, kept: BinaryIO) -> None:
        self._source, self._kept, self.size = source, kept, 0

    def more(self, count: int = _PIECE) -> bool:
        """Take in some more, as soon as there is some; tell whether there was."""
        reads = getattr(self._source, "read1", self._source.read)
        data = reads(count)
        if not data:
            return False
        self._kept.seek(self.size)
        self._kept.write(data)
        self._kept.flush()
        self.size += len(data)
        return True

    def read(self, at: int, count: int) -> bytes:
        """Return what was kept at a place."""
        self._kept.seek(at)
        return self._kept.read(count)


class _Again(io.RawIOBase):
    """Standard input from its beginning."""

    def __init__(self, coming: _Coming) -> None:
        super().__init__()
        self._coming, self._at = coming, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            while self._coming.more():
                pass
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._coming.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while self._at >= self._coming.size and self._coming.more():
            pass
        data = self._coming.read(self._at, len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
