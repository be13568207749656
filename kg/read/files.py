"""Regular files as resources; devices, pipes and files that change meanwhile are refused."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError
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
        return Resource(str(path), name or path.name, lambda: opened(path), path=path)


def opened(path: Path) -> BinaryIO:
    """Open a regular file.

    Raises
    ------
    SourceError
        If the file is missing, is a folder, a device or a pipe, or may not be read.
    """
    where = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(where, "is a folder", "name a file in it")
        if not stat.S_ISREG(mode):
            raise SourceError(
                where, "is a device or a pipe, not a file", "give - to read standard input"
            )
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


class _Steady(io.FileIO):
    """A file that must not change while it is read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path, self._before = path, self._state()

    def _state(self) -> tuple[int, int]:
        now = os.fstat(self.fileno())
        return now.st_size, now.st_mtime_ns

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        count = super().readinto(buffer)
        if not count and self._state() != self._before:
            raise SourceError(
                str(self._path), "changed while it was read", "read it again when it is whole"
            )
        return count
