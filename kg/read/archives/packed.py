"""One packed file (gzip, bzip2, xz) -> what is in it, piece by piece and never too much."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, ClassVar

from kg.errors import SourceError
from kg.resource import Allowance, Resource

PIECE = 1 << 18
"""Bytes that are unpacked at once."""

BROKEN = (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError)
"""What unpacking damaged bytes raises."""

_FORMS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_ENDINGS = (".gz", ".bz2", ".xz")


@dataclass(frozen=True)
class Gzip:
    """Reads what is packed in one file, also with bzip2 or xz; nothing is unpacked to the disk.

    Examples
    --------
    >>> packed = gzip.compress(b"Macron spoke.")
    >>> [inner.name for inner in Gzip()(Resource.of(packed, "paris.txt.gz"))]
    ['paris.txt']
    """

    name: ClassVar[str] = "gzip"

    def __call__(self, resource: Resource) -> Iterator[Resource]:
        """Yield the one thing in it, to be read in turn."""
        name = resource.name
        for ending in _ENDINGS:
            name = name.removesuffix(ending)
        allowance = allowed(resource)
        # "standard input" says where it is; what lies in it has no name of its own
        where = resource.where if name == resource.name else f"{resource.where}!{name}"
        yield resource.inside(
            name,
            lambda: unpacked(resource, allowance),
            where=where,
            about=resource.about,
            allowance=allowance,
        )


def allowed(resource: Resource) -> Allowance:
    """Return what may be unpacked of a resource: by its size, or by what it lies in."""
    if resource.allowance is not None:
        return resource.allowance
    with resource.opened() as stream:
        return Allowance(resource.where, stream.seek(0, io.SEEK_END))


def unpacked(resource: Resource, allowance: Allowance | None = None) -> BinaryIO:
    """Open what is packed in a resource; what is not packed comes as it is.

    Raises
    ------
    SourceError
        While it is read, if it is damaged or unpacks to too much.
    """
    stream = resource.opened()
    start = resource.start(8)
    form = next((form for magic, form in _FORMS.items() if start.startswith(magic)), None)
    if form is None:
        return stream
    counted = Counted(form(stream), resource.where, allowance or allowed(resource), under=stream)
    return io.BufferedReader(counted, PIECE)


class Counted(io.RawIOBase):
    """A stream of unpacked bytes that are counted, whose errors say what was damaged."""

    def __init__(
        self, inner: Any, where: str, allowance: Allowance, under: BinaryIO | None = None
    ) -> None:
        self._inner, self._where, self._allowance, self._under = inner, where, allowance, under

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True; going back unpacks anew."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go somewhere else in the stream; all that is passed is unpacked and counts."""
        if whence == io.SEEK_END:
            while self.read(PIECE):
                pass
            offset += self._inner.tell()
        elif whence == io.SEEK_CUR:
            offset += self._inner.tell()
        if offset < self._inner.tell():
            self._inner.seek(0)
        while (ahead := offset - self._inner.tell()) > 0 and self.read(min(ahead, PIECE)):
            pass
        return int(self._inner.tell())

    def tell(self) -> int:
        """Return where in the stream we are."""
        return int(self._inner.tell())

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer.

        Raises
        ------
        SourceError
            If the bytes are damaged, or there are too many.
        """
        try:
            data = self._inner.read1(min(len(buffer), PIECE))
        except SourceError:
            raise
        except BROKEN as error:
            problem = f"is damaged ({str(error) or type(error).__name__})"
            raise SourceError(self._where, problem, "get it anew") from None
        self._allowance.take(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close all that is beneath."""
        if not self.closed:
            self._inner.close()
            if self._under is not None:
                self._under.close()
        super().close()
