"""Separated values of any dialect -> records, one in memory at a time; a broken one costs itself.

A quotation mark that is not closed, or not doubled, is found out late, when lines of other records
were taken for part of it. Those are read anew.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.read.tables import fields
from kg.read.tables.lines import Bad, Lines
from kg.resource import Resource

LARGEST = 20_000_000
"""Characters of a record; a quotation mark that is never closed would take all that follows."""

_AGAIN = 5 * LARGEST
_SAMPLE = 200_000
_NUMBERED = 50
_ESCAPED, _UNQUOTED = 1, 2
_VARIANTS: tuple[dict[str, Any], ...] = (
    {},
    {"escapechar": "\\", "doublequote": False},
    {"quoting": csv.QUOTE_NONE},
)


@dataclass(frozen=True)
class Dialect:
    """How the values are separated; ``hint`` is whether the first line says it, like ``sep=;``."""

    delimiter: str = ","
    variant: int = 0
    hint: bool = False

    def reader(self, coming: Iterator[str]) -> Iterator[list[str]]:
        """Return what takes lines to pieces."""
        csv.field_size_limit(max(csv.field_size_limit(), LARGEST + 1))
        variant = _VARIANTS[self.variant]
        return csv.reader(coming, delimiter=self.delimiter, strict=True, **variant)


def dialect_of(resource: Resource) -> Dialect:
    r"""Tell how the values of a table are separated, by what names and rows come out of it.

    Examples
    --------
    >>> dialect_of(Resource.of(b"title;body\nOne, two;Three, four\n", "a.csv")).delimiter
    ';'
    """
    sample: list[str] = []
    for line in Lines(resource, LARGEST):
        if isinstance(line, str):
            sample.append(line)
        if len(sample) > _NUMBERED or sum(map(len, sample)) > _SAMPLE:
            break
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].rstrip()) == 5:
        return Dialect(sample[0][4], hint=True)
    order = "\t,;|" if resource.ending == ".tsv" else ",;\t|"
    likely = [Dialect(sign) for sign in order]
    if any('\\"' in line for line in sample):
        likely += [Dialect(sign, _ESCAPED) for sign in order]
    likely.append(Dialect("\t", _UNQUOTED))
    return max(likely, key=lambda dialect: _likeness(dialect, sample))


def _likeness(dialect: Dialect, sample: list[str]) -> tuple[int, float, int]:
    coming = iter(sample)
    reader = dialect.reader(coming)
    good = bad = known = columns = 0
    while good + bad < _NUMBERED:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error:
            bad += 1
            continue
        if not columns and any(record):
            columns, known = len(record), _known(record)
        if record:
            good += len(record) == columns
            bad += len(record) != columns
    return known, good / max(1, good + bad), columns


def _known(header: list[str]) -> int:
    names = [name for name in header if len(name) < 100]
    return sum(
        any(fields.holding(name, names) for name in fields.known()[role])
        for role in fields.ROLES
        if role != "text"
    ) + any(fields.holding(name, names) for rank in fields.known()["text"] for name in rank)


def records(resource: Resource, dialect: Dialect) -> Iterator[tuple[list[str] | Bad, str]]:
    """Yield the values of each record, [] for an empty line, a `Bad` for what is none.

    With each comes a note on how its lines were decoded.
    """
    coming = _Coming(Lines(resource, LARGEST))
    if dialect.hint:
        next(coming)
    reader = dialect.reader(coming)
    while True:
        coming.taken.clear()
        try:
            yield next(reader), coming.note()
        except StopIteration:
            return
        except _Stopped as stopped:
            yield stopped.bad, ""
        except csv.Error as error:
            coming.give_back()
            remedy = "double the quotation marks in a quoted text"
            yield Bad(f"is no row ({error})", remedy), ""


class _Stopped(Exception):
    """A line that cannot be read."""

    def __init__(self, bad: Bad) -> None:
        super().__init__(bad)
        self.bad = bad


class _Coming:
    """The lines to come, of which those may be given back that were wrongly taken."""

    def __init__(self, source: Lines) -> None:
        self._source, self._waiting, self._again = source, deque[str](), 0
        self._lines = iter(source)
        self.taken: list[str] = []
        self._size = 0
        self._notes: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line: str | Bad = self._waiting.popleft() if self._waiting else next(self._lines)
        if isinstance(line, Bad):
            raise _Stopped(line)
        taken = self.taken
        if not taken:
            self._size = 0
            self._notes.clear()
        self._size += len(line)
        if self._source.note:
            self._notes.append(self._source.note)
        taken.append(line)
        if self._size > LARGEST and len(taken) > 1:
            raise csv.Error("a quotation mark is not closed")
        return line

    def note(self) -> str:
        """Return what is to be told about the record's encoding."""
        return self._notes[0] if self._notes else ""

    def give_back(self) -> None:
        """Let all lines but the first be read again, unless that was done too often."""
        self._again += self._size
        if self._again <= _AGAIN:
            self._waiting.extendleft(reversed(self.taken[1:]))
