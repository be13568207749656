"""What is known about a text besides its words: ``NAME.meta.toml`` or a row of a table."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kg.errors import Failure, SourceError, UnknownName
from kg.model import Document
from kg.read.tables.fields import ROLES, TOLD
from kg.read.text import decoded
from kg.source import Source

FIELDS = ("author", "date", "id", "licence", "publisher", "title", "url")
SIDECAR = ".meta.toml"
TABLE = "metadata.csv"


def beside(path: Path) -> Path:
    """Return where the metadata of a text file would be.

    Examples
    --------
    >>> beside(Path("seeds/paris.txt")).name
    'paris.meta.toml'
    """
    return path.with_name(path.stem + SIDECAR)


def from_toml(path: Path) -> dict[str, str]:
    """Read one ``NAME.meta.toml``.

    Raises
    ------
    SourceError
        If it is not TOML, has an unknown key, or a value that does not hold.

    Notes
    -----
    Beside a table, a sheet or a dump its table ``[columns]`` says which column holds what
    (``text = "body"``; several are read one after the other: ``text = ["lead", "rest"]``), and
    with ``day_first = true`` that 03/04/2025 is a day in April.
    """
    return toml(decoded(path), str(path))


def toml(words: str, where: str) -> dict[str, str]:
    """Read the words of a ``NAME.meta.toml``, as `from_toml` does."""
    try:
        entries = tomllib.loads(words)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(
            where, f"is not TOML ({error})", "write lines like date = 2025-02-17"
        ) from None
    columns = _columns(entries.pop("columns", {}), where)
    return {**_checked(entries, where), **columns}


def _columns(told: object, where: str) -> dict[str, str]:
    """Return what ``[columns]`` says of a table: which column holds what, and ``day_first``."""
    if not isinstance(told, Mapping):
        raise SourceError(where, "columns is no table", 'write [columns] and text = "body" below')
    found = {}
    for name, value in told.items():
        if name == "day_first" and isinstance(value, bool):
            found[TOLD + name] = str(value).lower()
        elif name not in ROLES:
            raise SourceError(where, str(UnknownName("column", name, (*ROLES, "day_first"))))
        elif isinstance(value, list):
            found[TOLD + name] = " + ".join(_words(name, part, where) for part in value)
        else:
            found[TOLD + name] = _words(name, value, where)
    return found


def from_csv(path: Path) -> dict[str, dict[str, str] | Failure]:
    """Read a ``metadata.csv``: file name -> what is known about that file, or why it is not.

    The column ``file`` names a text relative to the table; other columns are the keys of a
    ``NAME.meta.toml``. Columns of any other name, and empty cells, are passed over.

    Raises
    ------
    SourceError
        If it is no CSV, has no column ``file``, or a row names none.
    """
    return table(decoded(path), str(path))


def table(words: str, path: str) -> dict[str, dict[str, str] | Failure]:
    """Read the words of a ``metadata.csv``, as `from_csv` does."""
    rows = csv.DictReader(io.StringIO(words, newline=""), strict=True)
    found: dict[str, dict[str, str] | Failure] = {}
    try:
        if "file" not in (rows.fieldnames or ()):
            raise SourceError(
                path, "has no column 'file'", f"name its columns file,{','.join(FIELDS)}"
            )
        for row in rows:
            where = f"{path}, line {rows.line_num}"
            name = (row["file"] or "").strip().replace("\\", "/")
            if not name:
                raise SourceError(where, "names no file", "fill the column 'file'")
            found[name] = _row(row, where, again=name in found)
    except csv.Error as error:
        raise SourceError(
            f"{path}, line {rows.reader.line_num}", f"is not CSV ({error})", "mend that line"
        ) from None
    return found


def _row(row: Mapping[str, str | None], where: str, *, again: bool) -> dict[str, str] | Failure:
    if again:
        return Failure(where, "read", f"'{row['file']}' is named twice", "keep one of the rows")
    given = {name: row[name] for name in ("license", *FIELDS) if (row.get(name) or "").strip()}
    try:
        return _checked(given, where)
    except SourceError as error:
        return Failure.of(error, stage="read")


def described(document: Document, known: Mapping[str, str]) -> Document:
    """Return the document with its metadata filled in; it counts more than what was there."""
    told = {
        name: known[name]
        for name in ("author", "licence", "publisher", "title", "url")
        if name in known
    }
    source = replace(document.source or Source(), **told, sha256=document.sha256)
    return document.but(
        id=known.get("id", document.id), date=known.get("date", document.date), source=source
    )


def _checked(entries: Mapping[str, Any], where: str) -> dict[str, str]:
    found = {}
    for key, value in entries.items():
        name = "licence" if key == "license" else key
        if name not in FIELDS:
            raise SourceError(where, str(UnknownName("field", key, FIELDS)))
        found[name] = _day(value, where) if name == "date" else _words(name, value, where)
    return found


def _words(name: str, value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SourceError(where, f"{name} is {value!r}", f'write it in quotes, {name} = "..."')
    return value.strip()


def _day(value: object, where: str) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise SourceError(
            where, f"date is {value!r}, which is no day", "write it like 2025-02-17"
        ) from None
