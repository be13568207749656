"""Lines of a resource of any size: one in memory at a time, none larger than a limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import Failure, SourceError
from kg.read.decode import codec_in, decoded
from kg.resource import LARGEST, Resource

_START = 1 << 20
_NOT_ASCII = bytes(range(0x80, 0x100))
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_STATEFUL = ("utf_16", "utf_32", "iso2022_jp", "iso_2022_jp")


@dataclass(frozen=True, slots=True)
class Bad:
    """Stands for a line that cannot be read, and says why."""

    problem: str
    remedy: str

    def failure(self, where: str) -> Failure:
        """Return the failure that it is at its place."""
        return Failure(where, "read", self.problem, self.remedy)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a resource, told by how it begins, and what is to be said of it."""

    codec: str
    note: str

    @classmethod
    def of(cls, resource: Resource) -> Encoding:
        """Tell the encoding of a resource.

        Raises
        ------
        SourceError
            If it is empty or no text.
        """
        start = resource.start(_START)
        if not start.strip(b"\xef\xbb\xbf \t\r\n"):
            raise SourceError(resource.where, "is empty", "put the articles in it")
        if len(start) == _START:  # what is cut may be a sign in two
            start = start[: start.rfind(b"\n") + 1] or start.rstrip(_NOT_ASCII)
        if not start.startswith(_MARKS) and start.count(0) < max(9, len(start) // 100):
            start = start.replace(b"\0", b" ")  # a few cost their lines, not the whole
        note = decoded(start, resource.charset, where=resource.where)[1]
        codec = codec_in(note)
        return cls(codec, note.partition(";")[0] if codec != "utf-8" else "")


class Lines:
    r"""The lines of a resource with what ends them; a `Bad` for each that cannot be read.

    They end with a line feed, whatever other signs of a line's end stand in them. A byte order
    mark is left out. ``note`` says what is to be told about how the last one was decoded.

    Raises
    ------
    SourceError
        If the resource is empty or no text.

    Examples
    --------
    >>> list(Lines(Resource.of(b"one\ntwo", "a.txt")))
    ['one\n', 'two']
    """

    def __init__(self, resource: Resource, most: int = LARGEST) -> None:
        self.note = ""
        self._resource, self._most = resource, most
        self._encoding = Encoding.of(resource)
        wide = self._encoding.codec.startswith(_STATEFUL)
        self._coming = self._recoded() if wide else self._plain()

    def __iter__(self) -> Iterator[str | Bad]:
        return self._coming

    def __next__(self) -> str | Bad:
        return next(self._coming)

    def _plain(self) -> Iterator[str | Bad]:
        with self._resource.opened() as stream:
            first = True
            while line := stream.readline(self._most + 1):
                if first:
                    line, first = line.removeprefix(b"\xef\xbb\xbf"), False
                if len(line) > self._most:
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(1 << 20)
                    yield self._too_long()
                    continue
                try:  # as most are; here, since there are millions of them
                    words: str | Bad = line.decode()
                    self.note = ""
                except UnicodeDecodeError:
                    words = self._decoded(line)
                yield words

    def _decoded(self, line: bytes) -> str | Bad:
        """Decode a line that is no UTF-8 as others here are, or as it looks like."""
        try:
            found, self.note = line.decode(self._encoding.codec), self._encoding.note
        except UnicodeDecodeError:
            try:
                found, self.note = decoded(line, where="line")
            except SourceError as error:
                return Bad(error.problem, error.remedy)
        return found

    def _recoded(self) -> Iterator[str | Bad]:
        self.note = self._encoding.note
        with (
            self._resource.opened() as stream,
            io.TextIOWrapper(stream, self._encoding.codec, "replace", newline="\n") as words,
        ):
            while line := words.readline(self._most + 1):
                if len(line) > self._most:
                    while line and not line.endswith("\n"):
                        line = words.readline(1 << 20)
                    yield self._too_long()
                else:
                    yield line

    def _too_long(self) -> Bad:
        return Bad(f"is longer than {self._most // 1_000_000} MB", "cut it into parts")
