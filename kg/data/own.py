"""The user's own tables: where they live, what their columns mean, and what a row must hold.

A table is UTF-8 text with tabs between cells and a header line. Its columns, in any order:

=============  ===================================================================
``name``       the full name (needed)
``type``       Person, Organization, Place or Country (needed)
``aliases``    other names, separated by ``|``
``country``    an ISO 3166 code of three letters: citizen of, based in, the country itself
``wikidata``   an id like Q42
``office``     what a person is: "Foreign Minister"; without it, somebody known by name
``body``       the organization a person's office is in, if it is no country's
``start``      first and
``end``        last day of the office: 2025, 2025-02 or 2025-02-17; empty if not known
=============  ===================================================================

Tables lie in the folder ``kb`` of ``KG_HOME``, or of the folder where the system keeps a user's
data (``~/.local/share/kg``). Every file there is read when the first text is, in the order of
their names.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import TableError

COLUMNS = (
    "name", "type", "aliases", "country", "wikidata", "office", "body", "start", "end",
)  # fmt: skip
TYPES = ("Person", "Organization", "Place", "Country")
LARGEST = 64 * 1024 * 1024
_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_ID = re.compile(r"Q[1-9][0-9]{0,11}")
_CODE = re.compile(r"[A-Z]{3}")
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class Own(NamedTuple):
    """One row of a user's table."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    wikidata: str = ""
    office: str = ""
    body: str = ""
    start: str = ""
    end: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


def home() -> Path:
    """Return the folder of what the user gave us: ``KG_HOME``, or where the system has it."""
    if given := os.environ.get("KG_HOME"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "kg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "kg"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kg"


def files() -> tuple[Path, ...]:
    """Return the user's tables, in the order in which they are read."""
    return tuple(sorted((home() / "kb").glob("*.tsv")))


@cache
def own() -> tuple[Own, ...]:
    """Return the rows of all tables of the user; read once.

    Raises
    ------
    TableError
        If a table there does not hold (it was changed by hand).
    """
    return tuple(dict.fromkeys(row for file in files() for row in read(file)))


def read(file: Path) -> tuple[Own, ...]:
    """Return the rows of a table.

    Raises
    ------
    TableError
        Naming the file, the line and what is wrong with it.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise TableError(str(file), 0, f"is larger than {LARGEST // 2**20} MiB")
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(str(file), 0, "is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise TableError(str(file), 0, f"cannot be read ({error.strerror})") from None
    return tuple(parse(text, str(file)))


def parse(text: str, where: str) -> Iterator[Own]:
    r"""Yield the rows of a table given as text.

    Raises
    ------
    TableError
        Naming the line and what is wrong with it.

    Examples
    --------
    >>> [row.names for row in parse("name\ttype\taliases\nAna Nowak\tPerson\tA. Nowak\n", "mine")]
    [('Ana Nowak', 'A. Nowak')]
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    header = [cell.strip().lower() for cell in lines[0].split("\t")]
    _check_header(header, where)
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(header):
            problem = f"has {len(cells)} cells where the header has {len(header)}"
            raise TableError(where, number, f"{problem}; put one tab between two cells")
        yield _row(dict(zip(header, cells, strict=True)), where, number)


def table_of(rows: tuple[Own, ...]) -> str:
    """Return rows as the text of a table, sorted, each once."""
    lines = ["\t".join(COLUMNS)]
    lines += (
        "\t".join("|".join(cell) if isinstance(cell, tuple) else cell for cell in row)
        for row in sorted(set(rows))
    )
    return "\n".join(lines) + "\n"


def _check_header(header: list[str], where: str) -> None:
    unknown = [cell for cell in header if cell not in COLUMNS]
    missing = [cell for cell in ("name", "type") if cell not in header]
    known = f"the columns are {', '.join(COLUMNS)}"
    if missing:
        problem = f"has no column {' and no column '.join(repr(cell) for cell in missing)}"
        raise TableError(where, 1, f"{problem}; {known}, separated by tabs")
    if unknown:
        raise TableError(where, 1, f"has an unknown column '{unknown[0]}'; {known}")
    if len(set(header)) < len(header):
        raise TableError(where, 1, "has a column twice")


def _row(cells: dict[str, str], where: str, number: int) -> Own:
    aliases = tuple(alias.strip() for alias in cells.get("aliases", "").split("|"))
    row = Own(**{**cells, "aliases": tuple(dict.fromkeys(a for a in aliases if a))})  # type: ignore[arg-type]
    if problem := _problem(row):
        raise TableError(where, number, problem)
    return row


def _problem(row: Own) -> str:
    """Return what is wrong with a row, or nothing."""
    if not row.name:
        return "has no name"
    if any(_HIDDEN.search(cell) for cell in (*row.names, row.office, row.body)):
        return "has a control character in it; take it out"
    if not all(any(c.isalpha() for c in name) for name in row.names):
        return "has a name without a letter"
    if row.type not in TYPES:
        return f"type '{row.type}' is none of {', '.join(TYPES)}"
    if row.country and not _CODE.fullmatch(row.country):
        return f"country '{row.country}' is no ISO 3166 code of three capital letters, like FRA"
    if row.type == "Country" and not row.country:
        return "a Country needs its code of three letters in the column 'country'"
    if row.wikidata and not _ID.fullmatch(row.wikidata):
        return f"wikidata '{row.wikidata}' is no id like Q42"
    for day in (row.start, row.end):
        if day and not _DAY.fullmatch(day):
            return f"'{day}' is no day like 2025-02-17 (or 2025-02, or 2025)"
    if row.start and row.end and row.start[:10] > row.end and not row.start.startswith(row.end):
        return f"ends ({row.end}) before it starts ({row.start})"
    if row.type != "Person" and (row.office or row.body or row.start or row.end):
        return "office, body, start and end are for a Person"
    return ""
