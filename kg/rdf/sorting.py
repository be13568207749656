"""Lines in order, also where there are more of them than memory should hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

RUN = 16 * 1024 * 1024
"""Characters of the lines that are sorted at once."""


def in_order(
    lines: Iterable[str],
    *,
    key: Callable[[str], Any] | None = None,
    room: Path | None = None,
    run: int = RUN,
) -> Iterator[str]:
    r"""Yield lines sorted: what does not fit one run waits in files, and the runs are merged.

    Parameters
    ----------
    lines
        Each ends with a newline and holds no other.
    key
        What they are sorted by; the line itself by default.
    room
        Folder for the files, which have no names and vanish by themselves; the system's own by
        default.
    run
        Characters of a run.

    Examples
    --------
    >>> list(in_order(["c\n", "a\n", "b\n"], run=4))
    ['a\n', 'b\n', 'c\n']
    """
    waiting: list[IO[str]] = []
    try:
        held: list[str] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= run:
                waiting.append(_put_aside(sorted(held, key=key), room))
                held, size = [], 0
        held.sort(key=key)
        yield from merge(*waiting, held, key=key) if waiting else held
    finally:
        for file in waiting:
            file.close()


def _put_aside(lines: list[str], room: Path | None) -> IO[str]:
    file = TemporaryFile("w+", encoding="utf-8", newline="\n", dir=room)  # noqa: SIM115
    file.writelines(lines)
    file.seek(0)
    return file
