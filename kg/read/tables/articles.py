"""Rows with known columns -> documents: one shared way for tables, sheets, Parquet and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from reprlib import repr as shown
from typing import Any

from kg.errors import DocumentError, Failure, SourceError
from kg.model import Document
from kg.read import days, markup
from kg.read.tables import fields
from kg.read.tables.fields import TOLD, Columns, flat, joined, says_nothing
from kg.record import from_json
from kg.resource import Resource
from kg.source import Reading

SAMPLE = 100
"""Rows from which the columns are guessed; fewer if they have more characters than `SAMPLED`."""

SAMPLED = 4_000_000
_LONGEST = 2000


@dataclass(frozen=True)
class Row:
    """A row with its place in the user's words and the id to give a document that has none.

    One that is `own` is a record of kg's own as it stands but for its date, which others may have
    written: nothing is to be guessed of its columns.
    """

    where: str
    name: str
    cells: Mapping[str, Any]
    note: str = ""
    own: bool = False


Rows = Iterator[Row | Failure | Document]


def articles(
    resource: Resource, reader: str, rows: Callable[[], Rows]
) -> Iterator[Document | Failure]:
    """Yield the document of each row, a failure for each that holds none.

    Parameters
    ----------
    resource
        What is read.
    reader
        The name of the reader.
    rows
        Goes through the rows; it is called again if the order of day and month must be settled.
        Failures and documents among them are passed on.

    Raises
    ------
    SourceError
        If no column holds the text, or it is not clear which.
    """
    own = _MakingOwn(Columns({"date": ("date",)}), reader, resource, rows)
    coming = rows()
    alone = True  # no documents among the rows: whatever is wrong with them is wrong with all
    for found in coming:
        if not isinstance(found, Row) or found.own:
            read = own(found) if isinstance(found, Row) else found
            alone = alone and not isinstance(read, Document)
            yield read
            continue
        held = list(_held(found, coming))
        guessed = [entry for entry in held if isinstance(entry, Row) and not entry.own]
        sample = [flat(entry.cells) for entry in guessed]
        alone = alone and len(guessed) == sum(not isinstance(entry, Failure) for entry in held)
        make: Callable[[Row], Document | Failure]
        try:
            columns = fields.chosen(sample, where=resource.where, about=resource.about)
        except SourceError as error:
            if alone:
                raise
            make = _Refusing(error)
        else:
            make = _Making(columns, reader, resource, rows)
        for entry in chain(held, coming):
            if isinstance(entry, Row):
                yield own(entry) if entry.own else make(entry)
            else:
                yield entry


def _held(first: Row, coming: Rows) -> Iterator[Row | Failure | Document]:
    yield first
    size, count = _size(first), 1
    while count < SAMPLE and size < SAMPLED and (found := next(coming, None)) is not None:
        yield found
        size += _size(found)
        count += 1


def _size(found: Row | Failure | Document) -> int:
    if isinstance(found, Row):
        return sum(len(cell) for cell in found.cells.values() if isinstance(cell, str))
    return len(found.text) if isinstance(found, Document) else 0


@dataclass(frozen=True)
class _Refusing:
    error: SourceError

    def __call__(self, row: Row) -> Failure:
        return Failure(row.where, "read", self.error.problem, self.error.remedy)


@dataclass
class _Making:
    columns: Columns
    reader: str
    resource: Resource
    rows: Callable[[], Rows]
    _order: list[bool | None] = field(default_factory=list)

    def __call__(self, row: Row) -> Document | Failure:
        cells = flat(row.cells)
        notes = [*self.columns.notes(), *([row.note] if row.note else [])]
        parts = [cells.get(name) for name in self.columns.of["text"]]
        strange = next((part for part in parts if _is_strange(part)), None)
        if strange is not None:
            return _failure(row, f"text is {shown(strange)}, which are no words")
        text = "\n\n".join(joined(part) for part in parts if not says_nothing(part))
        for name in self.columns.instead if not text.strip() else ():
            if not says_nothing(cells.get(name)) and joined(cells[name]).strip():
                text = joined(cells[name])
                notes.append(fields.only_part(name))
                break
        if markup.is_markup(text):
            text = markup.words(text)
            notes.append("HTML taken out of the text")
        if not text.strip():
            return _failure(row, f"has no text in '{' + '.join(self.columns.of['text'])}'")
        told = {role: self._told(cells, role) for role in ("title", "publisher", "author", "url")}
        told["licence"] = self._told(cells, "licence")
        if told["url"] and "." not in told["url"]:  # a number, a path: no address
            told["url"] = None
        day, note = self._day(cells)
        record = {
            "id": self._told(cells, "id") or row.name,
            "text": text,
            "date": day,
            "source": told if any(told.values()) else None,
            "language": language(self._told(cells, "language")),
        }
        try:
            document = from_json(record)
        except DocumentError as error:
            return _failure(row, error.problem)
        notes += [note] if note else []
        return document.but(reading=Reading(row.where, self.reader, tuple(notes)))

    def _told(self, cells: Mapping[str, object], role: str) -> str | None:
        """Return what a row says of itself in one line."""
        value = self._cell(cells, role)
        if isinstance(value, list):
            value = ", ".join(
                dict.fromkeys(str(entry) for entry in value if isinstance(entry, str | int))
            )
        if says_nothing(value) or not isinstance(value, str | int | float):
            return None
        words = " ".join(unescape(str(value)[:_LONGEST]).split())
        if role == "author" and words[:3].lower() == "by ":
            words = words[3:]
        return words or None

    def _cell(self, cells: Mapping[str, object], role: str) -> object:
        columns = self.columns.of.get(role)
        return cells.get(columns[0]) if columns else None

    def _day(self, cells: Mapping[str, object]) -> tuple[str | None, str]:
        value = self._cell(cells, "date")
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if says_nothing(value):
            return None, ""
        if days.order(value) != "either":
            found = days.day(value)
            return found, "" if found else f"no date, {shown(value)} is no day"
        day_first = self._day_first()
        if day_first is None:
            return None, (
                f"no date, {shown(value)} may be two days: say day_first = true or false under "
                "[columns] in a .meta.toml beside the file"
            )
        said = "day" if day_first else "month"
        found = days.day(value, day_first=day_first)
        return found, f"date = {value}, {said} first as others in the column"

    def _day_first(self) -> bool | None:
        """Tell whether the day stands first, as the user says or the whole column."""
        if not self._order:
            told = self.resource.about.get(f"{TOLD}day_first")
            if told is not None:
                self._order.append(told == "true")
            else:
                column = self.columns.of["date"][0]
                again = (row.cells for row in self.rows() if isinstance(row, Row))
                self._order.append(
                    days.settled(
                        cells[column] if column in cells else flat(cells).get(column)
                        for cells in again
                    )
                )
        return self._order[0]


class _MakingOwn(_Making):
    def __call__(self, row: Row) -> Document | Failure:
        day, note = self._day(row.cells)
        try:
            document = from_json({**row.cells, "date": day}, fallback_id=row.name)
        except DocumentError as error:
            return Failure(row.where, "read", error.problem, "mend the record")
        if not document.text.strip():
            return Failure(row.where, "read", "has an empty text", "fill the field 'text'")
        notes = tuple(filter(None, (row.note, note)))
        return document.but(reading=Reading(row.where, self.reader, notes))


def _is_strange(value: object) -> bool:
    return not says_nothing(value) and not isinstance(value, str | list)


def language(said: str | None) -> str | None:
    """Return the code of two letters that a word or code for a language stands for.

    Examples
    --------
    >>> language("German"), language("en_GB"), language("Klingon")
    ('de', 'en', None)
    """
    if said is None:
        return None
    code = said.lower().replace("_", "-").partition("-")[0]
    found: str | None = fields.known()["languages"].get(code)
    return found or (code if len(code) == 2 and code.isascii() and code.isalpha() else None)


def _failure(row: Row, problem: str) -> Failure:
    return Failure(row.where, "read", problem, "mend the row or take it out")
