"""A ZIP archive -> what lies in it, in the order of its names; nothing is unpacked to the disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import BinaryIO, ClassVar, cast

from kg.errors import Failure, SourceError
from kg.read.archives.beside import LARGEST, Beside
from kg.read.archives.listing import listed
from kg.read.archives.packed import BROKEN, PIECE, Counted, allowed
from kg.read.folder import holds
from kg.read.names import harmless, member
from kg.resource import RATIO, Allowance, Resource

SMALL = 16_000_000
"""Bytes that any member may unpack to, however small it is packed."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without a bound
_ENCRYPTED = 0x1
_HEADER = 30
_REFUSED = "take it out of the archive"


@dataclass(frozen=True)
class Zip:
    """Reads what lies in a ZIP archive; the rules for what is passed over are those of folders.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("news/paris.txt", "Macron spoke.")
    >>> [found.where for found in Zip()(Resource.of(packed.getvalue(), "news.zip"))]
    ['news.zip!news/paris.txt']
    """

    name: ClassVar[str] = "zip"

    def __call__(self, resource: Resource) -> Iterator[Resource | Failure]:
        """Yield each member to be read in turn, in the order of their names.

        Raises
        ------
        SourceError
            If it is no archive, or nothing in it is of a kind that is read.
        """
        allowance = allowed(resource)
        with ExitStack() as open_:
            archive = open_.enter_context(_opened(resource, open_))
            members = sorted(
                archive.infolist(), key=lambda info: (info.filename, info.header_offset)
            )
            overlapping = _overlapping(members)
            known = _beside(archive, members, overlapping, resource, allowance)
            yield from known.failures
            count = len(known.failures)
            for info in members:
                path = member(info.orig_filename)
                if info.is_dir() or (path is not None and not holds(path)):
                    continue
                count += 1
                allowance.check()
                where = f"{resource.where}!{harmless(info.orig_filename)}"
                try:
                    _check(info, path, where, overlapping)
                    about = known.of(cast(PurePosixPath, path))
                except SourceError as error:
                    yield Failure.of(error, stage="read")
                    continue
                yield Resource(
                    where,
                    harmless(cast(PurePosixPath, path).name),
                    _Member(archive, info, where, allowance).opened,
                    about=about,
                    depth=resource.depth + 1,
                    allowance=allowance,
                )
            yield from known.unused()
        if not count:
            raise SourceError(
                resource.where, "holds nothing that is read", "put articles in it, or unpack it"
            )


@dataclass(frozen=True)
class _Member:
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    where: str
    allowance: Allowance

    def opened(self) -> BinaryIO:
        """Open it; this must be done while the reader stands at it.

        Raises
        ------
        SourceError
            If it is damaged.
        """
        try:
            stream = self.archive.open(self.info)
        except SourceError:
            raise
        except (*BROKEN, zipfile.BadZipFile, RuntimeError) as error:
            raise _damaged(self.where, error) from None
        return io.BufferedReader(_Checked(stream, self.where, self.allowance), PIECE)


class _Checked(Counted):
    """A member whose check sum is told in our words."""

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            return super().readinto(buffer)
        except zipfile.BadZipFile as error:
            raise _damaged(self._where, error) from None


def _damaged(where: str, error: Exception) -> SourceError:
    return SourceError(where, f"is damaged ({harmless(str(error))})", "get the archive anew")


def _opened(resource: Resource, open_: ExitStack) -> zipfile.ZipFile:
    stream: BinaryIO
    if resource.allowance is not None:  # in another archive, where going back and forth is costly
        stream = io.BytesIO(resource.data())
    else:
        stream = open_.enter_context(resource.opened())
    return listed(stream, resource.where)


def _overlapping(members: list[zipfile.ZipInfo]) -> set[int]:
    """Return where those members stand that reach into the next, as only bombs have them."""
    in_place = sorted(members, key=lambda info: info.header_offset)
    found = set()
    for info, following in pairwise(in_place):
        if info.header_offset + _HEADER + info.compress_size > following.header_offset:
            found.add(info.header_offset)
    return found


def _check(
    info: zipfile.ZipInfo, path: PurePosixPath | None, where: str, overlapping: set[int]
) -> None:
    if path is None:
        raise SourceError(where, "has a name that leads out of the archive", _REFUSED)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SourceError(where, "is a symbolic link", _REFUSED)
    if info.flag_bits & _ENCRYPTED:
        raise SourceError(where, "is encrypted", "unpack it with its password and give the files")
    if info.compress_type not in _PACKED:
        raise SourceError(where, "is packed in a way that is not read", "pack it with deflate")
    if info.header_offset in overlapping:
        raise SourceError(where, "overlaps another member, as in a bomb", _REFUSED)
    if info.file_size > RATIO * info.compress_size + SMALL:
        raise SourceError(where, f"unpacks to more than {RATIO} times its size", _REFUSED)


def _beside(
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    overlapping: set[int],
    resource: Resource,
    allowance: Allowance,
) -> Beside:
    """Read what the archive tells of its texts."""
    found = Beside(resource.where)
    for info in members:
        path = member(info.orig_filename)
        if path is None or info.is_dir() or not Beside.tells(path):
            continue
        where = f"{resource.where}!{harmless(info.orig_filename)}"
        try:
            _check(info, path, where, overlapping)
            with _Member(archive, info, where, allowance).opened() as stream:
                found.add(path, stream.read(LARGEST + 1))
        except SourceError as error:
            found.failures.append(Failure.of(error, stage="read"))
    return found
