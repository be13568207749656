"""Lines of a resource of any size: one in memory at a time, none larger than a limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import Failure, SourceError
from kg.resource import LARGEST, Resource

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
_START = 65_536


@dataclass(frozen=True, slots=True)
class Bad:
    """Stands for a line that cannot be read, and says why."""

    problem: str
    remedy: str

    def failure(self, where: str) -> Failure:
        """Return the failure that it is at its place."""
        return Failure(where, "read", self.problem, self.remedy)


def lines(resource: Resource, most: int = LARGEST) -> Iterator[str | Bad]:
    r"""Yield the lines of a resource with what ends them; a `Bad` for each that cannot be read.

    They end with a line feed, whatever other signs of a line's end stand in them. A byte order
    mark is left out.

    Raises
    ------
    SourceError
        If it is empty or no text.

    Examples
    --------
    >>> list(lines(Resource.of(b"one\ntwo", "a.txt")))
    ['one\n', 'two']
    """
    start = resource.start(_START)
    if not start.strip():
        raise SourceError(resource.where, "is empty", "put articles in it")
    encoding = next((name for mark, name in _MARKS.items() if start.startswith(mark)), "")
    if encoding in ("", "utf-8"):
        if sum(map(start.count, _CONTROLS)) > len(start) // 100:
            raise SourceError(resource.where, "is binary, not text", "give it as text in UTF-8")
        yield from _plain(resource, most)
    else:
        yield from _recoded(resource, encoding, most)


def _plain(resource: Resource, most: int) -> Iterator[str | Bad]:
    with resource.opened() as stream:
        first = True
        while line := stream.readline(most + 1):
            if first:
                line, first = line.removeprefix(b"\xef\xbb\xbf"), False
            if len(line) > most:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(most)
                yield _too_long(most)
                continue
            try:
                yield line.decode()
            except UnicodeDecodeError as error:
                problem = f"is not UTF-8 (byte 0x{line[error.start]:02x} at {error.start})"
                yield Bad(problem, "save it as UTF-8")


def _recoded(resource: Resource, encoding: str, most: int) -> Iterator[str | Bad]:
    with (
        resource.opened() as stream,
        io.TextIOWrapper(stream, encoding, errors="replace", newline="\n") as words,
    ):
        while line := words.readline(most + 1):
            if len(line) > most:
                while line and not line.endswith("\n"):
                    line = words.readline(most)
                yield _too_long(most)
            else:
                yield line


def _too_long(most: int) -> Bad:
    return Bad(f"is longer than {most // 1_000_000} MB", "cut it into parts")
