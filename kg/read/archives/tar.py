"""A tar archive, packed or not -> what lies in it, in its own order; nothing goes to the disk."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, ClassVar, cast

from kg.errors import Failure, SourceError
from kg.read.archives.beside import LARGEST, Beside
from kg.read.archives.packed import PIECE, allowed, unpacked
from kg.read.folder import holds
from kg.read.names import harmless, member
from kg.resource import Allowance, Resource

KEPT = 32_000_000
"""Bytes of a member that are kept while it is read; a larger one is unpacked anew."""

_HEAD = 16_384  # of what tells a long name; real ones have some hundred bytes
_RUN = re.compile(rb"[0-9]{400}")  # in heads of some versions of Python this takes for ever
_REFUSED = "take it out of the archive"
_KINDS = (
    (tarfile.TarInfo.issym, "a symbolic link"),
    (tarfile.TarInfo.islnk, "a link to another member"),
    (tarfile.TarInfo.isdev, "a device or a pipe"),
    (tarfile.TarInfo.issparse, "a file with holes"),
)


@dataclass(frozen=True)
class Tar:
    """Reads what lies in a tar archive, which may be packed with gzip, bzip2 or xz.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with tarfile.open(fileobj=packed, mode="w:gz") as archive:
    ...     info = tarfile.TarInfo("news/paris.txt")
    ...     info.size = 13
    ...     archive.addfile(info, io.BytesIO(b"Macron spoke."))
    >>> [found.where for found in Tar()(Resource.of(packed.getvalue(), "news.tgz"))]
    ['news.tgz!news/paris.txt']
    """

    name: ClassVar[str] = "tar"

    def __call__(self, resource: Resource) -> Iterator[Resource | Failure]:
        """Yield each member to be read in turn, in the order in which they lie there.

        Raises
        ------
        SourceError
            If it is no archive, or nothing in it is of a kind that is read.
        """
        allowance = allowed(resource)
        before = allowance.left
        known = _beside(resource, allowance)
        yield from known.failures
        count = len(known.failures)
        again = Allowance(resource.where, 0)  # what was unpacked just now is not counted twice
        again.left = before - allowance.left
        with unpacked(resource, again) as stream:
            for found in _members(stream, resource.where):
                if isinstance(found, Failure):
                    count += 1
                    yield found
                    continue
                path = member(found.name)
                if found.isdir() or (path is not None and not holds(path)):
                    continue
                count += 1
                where = f"{resource.where}!{harmless(found.name)}"
                try:
                    _check(found, path, where)
                    about = known.of(cast(PurePosixPath, path))
                    opened = _opener(resource, stream, found, where, allowance)
                except SourceError as error:
                    if error.where == resource.where:
                        raise  # what it is packed in is damaged: that is said once
                    yield Failure.of(error, stage="read")
                    continue
                name = harmless(cast(PurePosixPath, path).name)
                yield Resource(
                    where, name, opened, about=about, depth=resource.depth + 1, allowance=allowance
                )
        yield from known.unused()
        if not count:
            raise SourceError(
                resource.where, "holds nothing that is read", "put articles in it, or unpack it"
            )


def _members(stream: BinaryIO, where: str) -> Iterator[tarfile.TarInfo | Failure]:
    """Yield the members, and a failure where the list of them is damaged."""
    heads = _Heads(stream)
    try:
        archive = tarfile.open(  # noqa: SIM115  # closed below
            fileobj=cast(BinaryIO, heads), mode="r:", ignore_zeros=True
        )
    except tarfile.TarError as error:
        problem = f"is no tar archive ({harmless(str(error))})"
        raise SourceError(where, problem, "get it anew") from None
    end = 0
    with closing(archive):
        while True:
            try:
                found = archive.next()
            except (tarfile.TarError, ValueError, OverflowError, RecursionError) as error:
                if isinstance(error, SourceError):
                    raise
                yield _lost(where, harmless(str(error)))
                return
            archive.members.clear()  # type: ignore[attr-defined]  # or memory grows with them
            if heads.damaged(end, found.offset if found else None):
                yield _lost(where, "what tells of a member")
            if found is None:
                return
            if found.size < 0 or found.offset_data <= found.offset or found.offset < end:
                yield _lost(where, "a member with no size")
                return
            end = found.offset_data + (0 if found.issparse() else found.size)
            end += -end % tarfile.BLOCKSIZE
            yield found


def _lost(where: str, why: str) -> Failure:
    return Failure(where, "read", f"is damaged ({why})", "get it anew; something in it is lost")


class _Heads:
    """What tarfile reads of an archive: heads of members, each of a size that holds."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._filled: list[int] = []

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _HEAD:
            raise tarfile.InvalidHeaderError("a head without bounds")  # type: ignore[attr-defined]
        place = self._stream.tell()
        data = self._stream.read(size)
        if _RUN.search(data):
            raise tarfile.InvalidHeaderError("no head")  # type: ignore[attr-defined]
        if any(data) and len(self._filled) < 16:
            self._filled.append(place)
        return data

    def seek(self, place: int) -> int:
        return self._stream.seek(place)

    def tell(self) -> int:
        return self._stream.tell()

    def damaged(self, end: int, begin: int | None) -> bool:
        """Tell whether there was something between two members that is none."""
        found = any(end <= place and (begin is None or place < begin) for place in self._filled)
        self._filled.clear()
        return found


def _check(found: tarfile.TarInfo, path: PurePosixPath | None, where: str) -> None:
    if path is None:
        raise SourceError(where, "has a name that leads out of the archive", _REFUSED)
    for is_so, words in _KINDS:
        if is_so(found):
            raise SourceError(where, f"is {words}", _REFUSED)
    if not found.isreg():
        raise SourceError(where, "is no file", _REFUSED)


def _opener(
    resource: Resource, stream: BinaryIO, found: tarfile.TarInfo, where: str, allowance: Allowance
) -> Callable[[], BinaryIO]:
    if found.size > KEPT:
        return partial(_anew, resource, found.offset_data, found.size, where, allowance)
    return partial(io.BytesIO, _whole(stream, found, where))


def _whole(stream: BinaryIO, found: tarfile.TarInfo, where: str) -> bytes:
    stream.seek(found.offset_data)
    data = stream.read(found.size)
    if len(data) < found.size:
        raise SourceError(where, "is cut off", "get the archive anew")
    return data


def _anew(resource: Resource, place: int, size: int, where: str, allowance: Allowance) -> BinaryIO:
    stream = unpacked(resource, allowance)
    stream.seek(place)
    return io.BufferedReader(_Slice(stream, place, size, where), PIECE)


class _Slice(io.RawIOBase):
    """The bytes of one member."""

    def __init__(self, stream: BinaryIO, place: int, size: int, where: str) -> None:
        self._stream, self._place, self._size, self._where = stream, place, size, where

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell() - self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self._size}[whence]
        return self._stream.seek(self._place + start + offset) - self._place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        left = max(0, self._size - self.tell())
        data = self._stream.read(min(len(buffer), left))
        if not data and left and len(buffer):
            raise SourceError(self._where, "is cut off", "get the archive anew")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _beside(resource: Resource, allowance: Allowance) -> Beside:
    """Read what the archive tells of its texts, wherever in it that stands."""
    known = Beside(resource.where)
    # What is wrong with the archive is told when its members are read.
    with unpacked(resource, allowance) as stream, suppress(SourceError):
        for found in _members(stream, resource.where):
            path = None if isinstance(found, Failure) else member(found.name)
            if isinstance(found, Failure) or path is None or not Beside.tells(path):
                continue
            where = f"{resource.where}!{harmless(found.name)}"
            try:
                _check(found, path, where)
                if found.size > LARGEST:
                    raise SourceError(where, "is too large", "make it smaller")
                known.add(path, _whole(stream, found, where))
            except SourceError as error:
                known.failures.append(Failure.of(error, stage="read"))
    return known
