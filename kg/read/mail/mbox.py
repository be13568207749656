"""A box of mails (mbox) -> its mails, one by one, however large the file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, ClassVar

from kg.errors import Failure, SourceError
from kg.resource import Resource

LARGEST = 50_000_000
"""Bytes of the largest mail that is read."""

LINE = 1 << 20
"""Bytes that are looked at as one line."""

_START = re.compile(rb"From \S.{0,200}\d\d:\d\d.{0,40}\d{4}\b")
_ESCAPED = re.compile(rb">+From ")


@dataclass(frozen=True)
class Mbox:
    r"""Reads a box of mails message by message; a mail that is too large is one failure.

    A mail begins at a line ``From`` with an address and a time, after an empty line; lines that a
    mail program marked with ``>`` because they begin so are given back.

    Examples
    --------
    >>> box = b"From a@example.org Mon Feb 17 10:00:00 2025\nSubject: Talks\n\nMacron spoke.\n"
    >>> [mail.where for mail in Mbox()(Resource.of(box, "news.mbox"))]
    ['news.mbox, mail 1']
    """

    name: ClassVar[str] = "mbox"

    def __call__(self, resource: Resource) -> Iterator[Resource | Failure]:
        """Yield each mail, to be read in turn.

        Raises
        ------
        SourceError
            If it does not begin as a box of mails does.
        """
        with resource.opened() as stream:
            for number, data in enumerate(_mails(stream, resource.where), 1):
                where = f"{resource.where}, mail {number}"
                if data is None:
                    problem = f"is larger than {LARGEST // 1_000_000} MB"
                    yield Failure(where, "read", problem, "save what is attached to it")
                    continue
                yield Resource.of(
                    data,
                    f"{resource.stem}-{number}.eml",
                    where=where,
                    media="message/rfc822",
                    about=resource.about,
                    depth=resource.depth,
                )


def _mails(stream: BinaryIO, where: str) -> Iterator[bytes | None]:
    """Yield the bytes of each mail, None for one that is too large."""
    lines: list[bytes] = []
    size = 0
    begun = False
    blank = fresh = True
    while line := stream.readline(LINE):
        if fresh and blank and _START.match(line):
            if begun:
                yield _whole(lines, size)
            lines, size, begun = [], 0, True
        elif begun:
            if fresh and _ESCAPED.match(line):
                line = line[1:]
            size += len(line)
            if size <= LARGEST:
                lines.append(line)
            else:
                lines.clear()
        elif line.strip():
            raise SourceError(where, "is no box of mails", "export it again as mbox")
        blank, fresh = fresh and not line.strip(), line.endswith(b"\n")
    if begun:
        yield _whole(lines, size)
    else:
        raise SourceError(where, "is no box of mails", "export it again as mbox")


def _whole(lines: list[bytes], size: int) -> bytes | None:
    """Return a mail without the empty line that parts it from the next."""
    if size > LARGEST:
        return None
    return b"".join(lines[:-1] if lines and not lines[-1].strip() else lines)
