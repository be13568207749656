"""What became of the inputs of the last run, in their order; kept beside the catalogue.

There may be a million of them, so they are not held in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from kg.run.report import Input

TABLES = "CREATE TABLE inputs (place INTEGER PRIMARY KEY, told TEXT NOT NULL);"
"""A part of the catalogue's file."""

_AT_ONCE = 500


class Ledger:
    """The inputs of one run.

    Parameters
    ----------
    db
        The database of the catalogue.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._waiting: list[tuple[int, str]] = []
        self._next = 0

    def begin(self) -> None:
        """Forget the inputs of the run before."""
        self._waiting, self._next = [], 0
        self._db.execute("DELETE FROM inputs")

    def place(self) -> int:
        """Return the place of the next input."""
        self._next += 1
        return self._next

    def note(self, place: int, told: Input) -> None:
        """Note what became of the input at a place; within a change of the catalogue."""
        self._waiting.append((place, json.dumps(told.to_json())))
        if len(self._waiting) >= _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Write down what was noted; within a change of the catalogue."""
        waiting, self._waiting = self._waiting, []
        self._db.executemany("INSERT INTO inputs VALUES (?, ?)", waiting)

    def inputs(self) -> Iterator[Input]:
        """Yield what became of each input, in order."""
        for (told,) in self._db.execute("SELECT told FROM inputs ORDER BY place"):
            yield Input.from_json(json.loads(told))
