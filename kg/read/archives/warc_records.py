"""The records of a web archive (WARC), one by one; a broken one costs itself only.

What the records say is left to the library that knows the format; here they are told from one
another, so that neither a size that lies nor damaged bytes take more with them than one record.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from kg.errors import Failure, SourceError
from kg.read.archives.packed import PIECE
from kg.resource import Allowance, Resource

LARGEST = 50_000_000
"""Bytes of the largest record that is kept."""

HEAD = 65_536
"""Bytes of the longest head of a record."""

MOST_BROKEN = 100
"""So many broken records end the reading of an archive, which must be something else."""

_MAGIC = b"\x1f\x8b\x08"
_BEGIN = b"WARC/"
_ANOTHER = re.compile(rb"WARC/\d\.\d+\r?\n\Z")
_TYPE = re.compile(rb"^WARC-Type:[ \t]*(\w{1,20})", re.I | re.M)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_KEPT = (b"response", b"resource")


@dataclass(frozen=True, slots=True)
class Record:
    """A record with an answer in it: its head and what follows."""

    head: bytes
    block: bytes


def records(resource: Resource, allowance: Allowance) -> Iterator[Record | Failure]:
    """Yield the records of answers, and a failure for each that is broken."""
    broken = 0
    for found in _all(resource, allowance):
        yield found
        broken += isinstance(found, Failure)
        if broken == MOST_BROKEN:
            raise SourceError(resource.where, "is damaged in too many places", "get it anew")


def _all(resource: Resource, allowance: Allowance) -> Iterator[Record | Failure]:
    where = resource.where
    with resource.opened() as stream:
        if not resource.start(3).startswith(_MAGIC):
            size = None if resource.allowance is not None else stream.seek(0, io.SEEK_END)
            stream.seek(0)
            with io.BufferedReader(cast(Any, stream)) as lines:
                yield from _framed(lines, where, size)
            return
        members = _Members(stream, where, allowance)
        while members.begin():
            try:
                yield from _framed(io.BufferedReader(members, PIECE), where, None)
            except SourceError as error:
                allowance.check()
                yield Failure.of(error, stage="read")


def _framed(stream: io.BufferedReader, where: str, size: int | None) -> Iterator[Record | Failure]:
    """Yield the records that stand one after the other; those of no answers are passed over."""
    in_step = True
    line = b""
    while line := line or stream.readline(HEAD):
        begun, line = line, b""
        if not begun.strip():
            continue
        if not begun.startswith(_BEGIN):
            if in_step:
                yield _broken(where, "something stands between the records")
            in_step = False
            continue
        in_step = True
        head, line = _head(begun, stream)
        kind, length = _TYPE.search(head), _LENGTH.search(head)
        if kind is None or length is None:
            yield _broken(where, "a head tells no type or size")
            in_step = False
            continue
        place = stream.tell() if stream.seekable() else 0
        count = int(length[1])
        if size is not None and place + count > size:
            yield _broken(where, "a record is cut off")
            in_step = False
            continue
        if count > LARGEST or kind[1].lower() not in _KEPT:
            if _skip(stream, count) < count:
                yield _broken(where, "a record is cut off")
            elif kind[1].lower() in _KEPT:
                problem = f"holds a page of more than {LARGEST // 1_000_000} MB"
                yield Failure(where, "read", problem, "take it out of the archive")
            continue
        block = stream.read(count)
        after = (stream.readline(4) + stream.readline(4)).strip()
        if len(block) < count or after:
            yield _broken(where, "a record is not as long as it says")
            in_step = False
            if stream.seekable():
                stream.seek(place)
            continue
        yield Record(head, block)


def _head(line: bytes, stream: io.BufferedReader) -> tuple[bytes, bytes]:
    """Return a head with the empty line at its end, and the line that begins the next.

    The head is empty if it is too long or another begins before its end, lest one page be taken
    for that of another address.
    """
    lines, size = [line], len(line)
    while line.strip():
        line = stream.readline(HEAD)
        if another := _ANOTHER.search(line):
            return b"", another[0]
        lines.append(line)
        size += len(line)
        if size > HEAD:
            return b"", b""
    return b"".join(lines), b""


def _skip(stream: io.BufferedReader, count: int) -> int:
    left = count
    while left and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)
    return count - left


def _broken(where: str, why: str) -> Failure:
    return Failure(where, "read", f"is damaged ({why})", "get it anew; a record of it is lost")


class _Members(io.RawIOBase):
    """The members of a gzip file, each read by itself; after a damaged one the next is found."""

    def __init__(self, stream: BinaryIO, where: str, allowance: Allowance) -> None:
        self._stream, self._where, self._allowance = stream, where, allowance
        self._packed = b""
        self._fresh = False
        self._member = zlib.decompressobj(31)

    def begin(self) -> bool:
        """Go to the next member; tell whether there is one."""
        while (found := self._packed.find(_MAGIC)) < 0:
            piece = self._stream.read(PIECE)
            if not piece:
                return False
            self._packed = self._packed[-2:] + piece
        self._packed = self._packed[found:]
        self._member, self._fresh = zlib.decompressobj(31), True
        return True

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave all open: what buffers one member must not close the file."""

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        found = b""
        while not found and not self._member.eof:
            self._packed = self._packed or self._stream.read(PIECE)
            if not self._packed:
                raise SourceError(self._where, "is damaged (it is cut off)", "get it anew")
            packed = self._packed
            try:
                found = self._member.decompress(packed, len(buffer))
            except zlib.error as error:
                self._packed = packed[len(_MAGIC) if self._fresh else 0 :]
                reason = f"is damaged ({error})"
                raise SourceError(
                    self._where, reason, "get it anew; a record of it is lost"
                ) from None
            ended = self._member.eof
            self._packed = self._member.unused_data if ended else self._member.unconsumed_tail
            self._fresh = False
        self._allowance.take(len(found))
        buffer[: len(found)] = found
        return len(found)
