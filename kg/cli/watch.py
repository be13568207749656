"""How a run goes on, for the person at the terminal: done, rate, time to go, failures."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from kg.cli import console
from kg.read.count import count
from kg.run.progress import ENDS, FAILED, STORED
from kg.run.progress import Progress as Watcher

EVERY = 30.0
"""Seconds between two lines where standard error is no terminal."""

_WINDOW = 120.0
_MARK = 1.0


@dataclass
class Tally:
    """How many inputs are done, and how fast.

    Parameters
    ----------
    total
        How many there are, if that is known.
    clock
        Tells the time in seconds.

    Examples
    --------
    >>> tally = Tally(200, clock=iter([0.0, 30.0, 60.0]).__next__)
    >>> for end in ("stored", "failed"):
    ...     tally.add(end)
    >>> print(tally)
    2 of 200 documents, 2 a minute, 1 h 39 min to go, 1 failed
    """

    total: int | None = None
    clock: Callable[[], float] = monotonic
    done: int = 0
    failed: int = 0
    _marks: deque[tuple[float, int]] = field(default_factory=deque)
    _worked: int = 0

    def __post_init__(self) -> None:
        self._marks.append((self.clock(), 0))

    def add(self, end: str) -> None:
        """Count an input that has come to one of the ends of `kg.run.progress`."""
        self.done += 1
        self.failed += end == FAILED
        self._worked += end in (STORED, FAILED)
        now = self.clock()
        if now - self._marks[-1][0] >= _MARK:
            self._marks.append((now, self._worked))
        while now - self._marks[0][0] > _WINDOW and len(self._marks) > 2:
            self._marks.popleft()

    @property
    def rate(self) -> float:
        """Documents a minute that were worked on, of late; what was there already is no work."""
        (first, before), (last, after) = self._marks[0], self._marks[-1]
        return 60 * (after - before) / (last - first) if last > first else 0.0

    @property
    def to_go(self) -> float | None:
        """Seconds until all is done, where that can be told."""
        if self.total is None or not self.rate:
            return None
        return 60 * max(self.total - self.done, 0) / self.rate

    def __str__(self) -> str:
        said = [f"{self.done:,}" + (f" of {self.total:,}" if self.total else "") + " documents"]
        if self.rate:
            said.append(f"{self.rate:,.0f} a minute")
        if self.to_go is not None:
            said.append(f"{_words(self.to_go)} to go")
        if self.failed:
            said.append(f"{self.failed:,} failed")
        return ", ".join(said)


@contextmanager
def watched(inputs: Sequence[str]) -> Iterator[Watcher]:
    """Show how a run over the inputs goes on: on a terminal as it happens, else now and then."""
    terminal = console.err()
    if "-" in inputs and sys.stdin is not None and sys.stdin.isatty():
        console.say("reading from the terminal: paste an article, then press Ctrl+D on a new line")
    if not terminal.is_terminal:
        yield _now_and_then(inputs)
        return
    tally = Tally(count(inputs) if inputs else None)
    alone = tally.total == 1
    columns: list[ProgressColumn] = [SpinnerColumn(), TextColumn("[bold]{task.description}")]
    if not alone:
        columns += [BarColumn(bar_width=24), TextColumn("{task.fields[tally]}")]
    columns.append(TextColumn("[dim]{task.fields[stage]}"))
    with Progress(*columns, TimeElapsedColumn(), console=terminal, transient=True) as progress:
        task = progress.add_task("reading", total=tally.total, stage="", tally="")

        def show(document: str, stage: str) -> None:
            if stage in ENDS:
                tally.add(stage)
                progress.update(task, completed=tally.done, tally=str(tally))
            elif not document:
                progress.update(task, description=stage, stage="")
            else:
                progress.update(task, description=escape(document), stage=stage)

        yield show


def _now_and_then(inputs: Sequence[str]) -> Watcher:
    """Return what writes a line where a run takes long."""
    tally, said, asked = Tally(), monotonic(), False

    def tell(document: str, stage: str) -> None:
        nonlocal said, asked
        if stage in ENDS:
            tally.add(stage)
        if (now := monotonic()) - said >= EVERY:
            said = now
            if not asked and inputs:
                tally.total, asked = count(inputs), True
            console.say(f"{stage} ..." if not document else str(tally))

    return tell


def _words(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
