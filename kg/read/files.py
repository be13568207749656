"""Regular files as resources; devices, pipes and files that change meanwhile are refused."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError
from kg.read.names import harmless, shown
from kg.resource import Resource


def resource(path: str | Path, name: str | None = None) -> Resource:
    """Return a file as something to be read.

    Raises
    ------
    SourceError
        If the file is missing, is a folder, a device or a pipe, or may not be read.

    Examples
    --------
    >>> resource("seeds/000_ccfa4a51f35b90bf.txt").stem
    '000_ccfa4a51f35b90bf'
    """
    path = Path(path)
    with opened(path):
        return Resource(
            shown(str(path)), harmless(name or path.name), lambda: opened(path), path=path
        )


def opened(path: Path) -> BinaryIO:
    """Open a regular file.

    Raises
    ------
    SourceError
        If the file is missing, is a folder, a device or a pipe, or may not be read.
    """
    where = shown(str(path))
    try:
        _check(path.stat().st_mode, where)
        return io.BufferedReader(_Steady(path))
    except FileNotFoundError:
        raise SourceError(where, "there is no such file", "check the path") from None
    except PermissionError:
        raise SourceError(where, "may not be read", "check its permissions") from None
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(where, f"cannot be read ({reason})", "check the path") from None


def _check(mode: int, where: str) -> None:
    if stat.S_ISDIR(mode):
        raise SourceError(where, "is a folder", "name a file in it")
    if not stat.S_ISREG(mode):
        raise SourceError(
            where, "is a device or a pipe, not a file", "give - to read standard input"
        )


def _at_once(path: str, flags: int) -> int:
    """Open without waiting, should a pipe have taken the place of the file meanwhile."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


class _Steady(io.FileIO):
    """A file that must not change while it is read, nor give more than it holds."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, opener=_at_once)
        self._where = shown(str(path))
        try:
            _check(os.fstat(self.fileno()).st_mode, self._where)
        except SourceError:
            self.close()
            raise
        self._before = self._state()

    def _state(self) -> tuple[int, int]:
        now = os.fstat(self.fileno())
        return now.st_size, now.st_mtime_ns

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        count = super().readinto(buffer)
        size = self._before[0]
        if count and not size:
            raise SourceError(
                self._where, "is made up while it is read, as in /proc", "give a copy of it"
            )
        if self.tell() > size if count else self._state() != self._before:
            raise SourceError(
                self._where, "changed while it was read", "read it again when it is whole"
            )
        return count

    def readall(self) -> bytes:
        found = bytearray()
        piece = bytearray(1 << 20)
        while count := self.readinto(piece):
            found += piece[:count]
        return bytes(found)
