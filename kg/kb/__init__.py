"""The user's own tables of people, organizations, places and countries: added, listed, removed.

What a table holds and where it lies tells `kg.data.own`. Every run reads all of them; a row of
the user's wins over ours of that name.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.data.own import TYPES, Own, files, home, read, table_of
from kg.errors import TableError, UnknownName

__all__ = ["Table", "add", "keep", "remove", "tables"]

_WORDS = (
    ("person", "people"), ("organization", "organizations"), ("place", "places"),
    ("country", "countries"),
)  # fmt: skip
_NAME = re.compile(r"[\w][\w.-]{0,60}")


@dataclass(frozen=True)
class Table:
    """A table of the user's: its name, file, and how many rows of each type it has."""

    name: str
    file: Path
    rows: tuple[int, ...]

    @property
    def told(self) -> str:
        """How many rows of which type, in words.

        Examples
        --------
        >>> Table("staff", Path("staff.tsv"), (2, 1, 0, 0)).told
        '2 people, 1 organization'
        """
        counted = zip(self.rows, _WORDS, strict=True)
        return ", ".join(f"{n:,} {words[n != 1]}" for n, words in counted if n) or "nothing"


def tables() -> tuple[Table, ...]:
    """Return the user's tables, in the order in which they are read.

    Raises
    ------
    TableError
        If one of them does not hold.
    """
    return tuple(_table(file, read(file)) for file in files())


def add(file: Path, name: str | None = None) -> Table:
    """Check a table and keep it among the user's, in place of one of that name.

    Raises
    ------
    TableError
        If it does not hold; nothing is kept then.
    """
    return keep(file.stem if name is None else name, read(file), where=str(file))


def keep(name: str, rows: Iterable[Own], *, where: str = "") -> Table:
    """Keep rows as a table of the user's, in place of one of that name."""
    found = tuple(rows)
    if not _NAME.fullmatch(name):
        raise TableError(where or name, 0, "give a name of letters, digits and hyphens (--name)")
    if not found:
        raise TableError(where or name, 0, "has no rows; there is nothing to add")
    target = home() / "kb" / f"{name}.tsv"
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".half")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(table_of(found))
        Path(half).replace(target)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return _table(target, found)


def remove(name: str) -> Path:
    """Remove a table of the user's.

    Raises
    ------
    UnknownName
        If there is no table of that name.
    """
    known = {file.stem: file for file in files()}
    if name not in known:
        raise UnknownName("table of your own", name, tuple(known))
    known[name].unlink()
    return known[name]


def _table(file: Path, rows: tuple[Own, ...]) -> Table:
    count = Counter(row.type for row in dict.fromkeys(rows))
    return Table(file.stem, file, tuple(count[kind] for kind in TYPES))
