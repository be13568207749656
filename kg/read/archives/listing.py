"""The list of members of a ZIP archive, read within bounds."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from kg.errors import SourceError

LONGEST = 100_000_000
"""Bytes of the longest list of members that is read: about a million of them."""

_END = b"PK\x05\x06"
_LARGE_END = b"PK\x06\x06"
_TAIL = 65_557 + 20 + 56


def listed(stream: BinaryIO, where: str) -> zipfile.ZipFile:
    """Read the list of members, which is held in memory.

    Raises
    ------
    SourceError
        If it is no ZIP archive, or the list is too long.

    Examples
    --------
    >>> listed(io.BytesIO(b"PK"), "news.zip")
    Traceback (most recent call last):
    ...
    kg.errors.SourceError: news.zip: is no whole ZIP archive (File is not a zip file); get it anew
    """
    if _size(stream) > LONGEST:
        raise SourceError(where, "lists too many members", "cut it into parts")
    try:
        return zipfile.ZipFile(stream)
    except SourceError:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        problem = f"is no whole ZIP archive ({error})"
        raise SourceError(where, problem, "get it anew") from None


def _size(stream: BinaryIO) -> int:
    """Return the bytes of the list, by what the archive ends with."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    end = tail.rfind(_END)
    count = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if count == 0xFFFF_FFFF and (large := tail.rfind(_LARGE_END)) >= 0:
        count = int.from_bytes(tail[large + 40 : large + 48], "little")
    return count
