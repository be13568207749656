"""Spreadsheets (XLSX) -> a document a row; formulas and macros are never run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, ClassVar

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.tables.articles import Row, Rows, articles
from kg.read.tables.table import headed
from kg.resource import Resource

LARGEST = 1_000_000_000
"""Bytes that the parts of a workbook may have when they are unpacked."""

_WIDEST = 500
_LOOKED_AT = 100
_TEXT = 25  # words
_REMEDY = "save it anew, or as CSV"


@dataclass(frozen=True)
class Xlsx:
    """Reads an article a row of each sheet; of formulas the values that were saved with them.

    A sheet without anything like a text is passed over if another one has articles.
    """

    name: ClassVar[str] = "xlsx"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the document of each row that is not empty.

        Raises
        ------
        SourceError
            If it is no workbook, too large when unpacked, or no column holds the texts.
        """
        with resource.opened() as stream:
            _check(stream, resource.where)
            names = _opened(stream, resource.where).sheetnames
        found = False
        problems: list[tuple[SourceError, bool]] = []
        for name in names:
            place = resource.where if len(names) == 1 else f"{resource.where}, sheet {name}"
            sheet = resource.but(where=place)
            called = resource.stem if len(names) == 1 else f"{resource.stem}-{name}"
            try:
                for entry in articles(sheet, self.name, _Sheet(sheet, name, called)):
                    yield entry
                    found = True
            except SourceError as error:
                problems.append((error, _has_texts(_Sheet(sheet, name, called)())))
        if not found:
            raise problems[0][0] if problems else SourceError(resource.where, "is empty", "fill it")
        yield from (Failure.of(error, stage="read") for error, of_texts in problems if of_texts)


def _has_texts(rows: Rows) -> bool:
    """Tell whether one of the first rows has a cell of some length."""
    cells = (
        cell
        for row in islice(rows, _LOOKED_AT)
        if isinstance(row, Row)
        for cell in row.cells.values()
    )
    return any(isinstance(cell, str) and len(cell.split()) >= _TEXT for cell in cells)


@dataclass(frozen=True)
class _Sheet:
    resource: Resource
    name: str
    called: str

    def __call__(self) -> Rows:
        with (
            self.resource.opened() as stream,
            closing(_opened(stream, self.resource.where)) as book,
        ):
            sheet = book[self.name]
            if not hasattr(sheet, "reset_dimensions"):
                return  # a chart
            sheet.reset_dimensions()  # what a file says of its size need not be so
            header: list[str] = []
            rows = sheet.iter_rows(values_only=True, max_col=_WIDEST)
            for number, record in enumerate(rows, 1):
                if all(cell is None or not str(cell).strip() for cell in record):
                    continue
                if not header:
                    filled = max(place for place, cell in enumerate(record, 1) if cell is not None)
                    header = headed(record[:filled])
                    continue
                where = f"{self.resource.where}, row {number}"
                cells = dict(zip(header, record, strict=False))
                yield Row(where, f"{self.called}-{number}", cells)


def _check(stream: BinaryIO, where: str) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise SourceError(where, f"is no workbook ({error})", _REMEDY) from None
    if size > LARGEST:
        problem = f"is larger than {LARGEST // 1_000_000} MB when it is unpacked"
        raise SourceError(where, problem, "save it as CSV")


def _opened(stream: BinaryIO, where: str) -> Any:
    stream.seek(0)
    try:
        return openpyxl.load_workbook(
            stream, read_only=True, data_only=True, keep_vba=False, keep_links=False
        )
    except (KeyError, ValueError, InvalidFileException, zipfile.BadZipFile, SyntaxError) as error:
        reason = " ".join(str(error).split())[:100]
        raise SourceError(where, f"is no workbook that can be read ({reason})", _REMEDY) from None
