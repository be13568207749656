"""Tables and dumps as LibreOffice Calc, Arrow and well-known collections write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.apart import Apart
from kg.read.tables import xlsx
from kg.read.through import through
from kg.resource import Resource

FILES = Path(__file__).parent / "files"
TALKS = (
    'Emmanuel Macron met Olaf Scholz in Paris on Monday. The two spoke about "security" and trade; '
    "both called the talks useful.\n\nA second meeting is planned for March."
)
VISIT = (
    "Donald Tusk visited Kyiv on Tuesday, where Volodymyr Zelenskyy received him. Poland will send "
    "more aid, Tusk said."
)
SHORT = "Macron met Scholz in Paris."


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as process:
        yield process


def read(data: bytes, name: str, apart: Apart, **known: Any) -> list[Document | Failure]:
    found = list(through(Resource.of(data, name, **known), apart))
    return [entry for entry in found if isinstance(entry, Document | Failure)]


def documents(data: bytes, name: str, apart: Apart, **known: Any) -> list[Document]:
    found = read(data, name, apart, **known)
    assert [str(entry) for entry in found if isinstance(entry, Failure)] == []
    return [entry for entry in found if isinstance(entry, Document)]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("calc.xlsx", ["calc-2", "calc-3"]),
        ("calc.csv", ["calc-2", "calc-3"]),
        ("arrow.parquet", ["101", "102"]),
        ("news-please.json", ["news-please-1", "news-please-2"]),
        ("webz.jsonl", ["w0", "w1"]),
        ("guardian.json", ["world/0", "world/1"]),
    ],
)
def test_real_files_are_read(name: str, ids: list[str], apart: Apart) -> None:
    talks, visit = documents((FILES / name).read_bytes(), name, apart)
    assert (talks.text, visit.text) == (TALKS, VISIT)
    assert (talks.date, visit.date) == ("2025-02-17", "2025-02-18")
    assert [talks.id, visit.id] == ids
    assert talks.source is not None
    assert (talks.source.title, talks.source.publisher, talks.source.author, talks.source.url) == (
        "Talks in Paris, again",
        "The Example Herald",
        "Ann Writer",
        "https://herald.example/2025/talks",
    )
    assert talks.reading is not None and talks.reading.notes[0].startswith("columns: text = ")


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_dates_and_places_of_a_workbook(apart: Apart) -> None:
    data = book(
        (
            "News",
            [
                [],
                ["Body", "Date"],
                [SHORT, datetime(2025, 2, 17, 10)],
                [],
                [SHORT, date(2025, 2, 18)],
            ],
        )
    )
    first, second = documents(data, "a.xlsx", apart)
    assert (first.date, second.date) == ("2025-02-17", "2025-02-18")
    assert first.reading is not None and second.reading is not None
    assert (first.reading.where, second.reading.where) == ("a.xlsx, row 3", "a.xlsx, row 5")


def test_sheets_without_texts_are_passed_over(apart: Apart) -> None:
    codes = ("Codes", [["code", "meaning"], [1, "Talks"]])
    data = book(codes, ("News", [["Body"], [SHORT]]), ("More", [["Text"], [SHORT]]))
    found = documents(data, "a.xlsx", apart)
    assert [entry.id for entry in found] == ["a-News-2", "a-More-2"]
    odd = ("Odd", [["what"], [TALKS]])
    article, failure = read(book(codes, ("News", [["Body"], [SHORT]]), odd), "a.xlsx", apart)
    assert isinstance(article, Document) and isinstance(failure, Failure)
    assert failure.where == "a.xlsx, sheet Odd"
    (failure,) = read(book(codes), "a.xlsx", apart)
    assert isinstance(failure, Failure)
    assert failure.problem.endswith("its columns are 'code', 'meaning'")


def test_formulas_are_not_worked_out(apart: Apart) -> None:
    data = book(("News", [["Title", "Body"], ['=WEBSERVICE("http://127.0.0.1/")', SHORT]]))
    (document,) = documents(data, "a.xlsx", apart)
    assert document.source is None  # the file has no value for it


def spoilt(data: bytes, part: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return made.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><worksheet>&j;</worksheet>'
    % (
        b"".join(
            b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 100)
            for letter in range(98, 107)
        )
    )
)


@pytest.mark.parametrize(
    "content",
    [b"", b"no xml", BOMB, b"<worksheet><sheetData>" + b"<row><c>" * 100_000],
    ids=["empty", "no xml", "entities", "nested"],
)
def test_a_hostile_workbook_costs_itself(content: bytes, apart: Apart) -> None:
    data = spoilt(book(("News", [["Body"], [SHORT]])), "xl/worksheets/sheet1.xml", content)
    (failure,) = read(data, "a.xlsx", apart)
    assert isinstance(failure, Failure) and failure.remedy
    assert documents(book(("News", [["Body"], [SHORT]])), "a.xlsx", apart)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LARGEST", 10_000_000)
    rows = b"<row><c/></row>" * 1_000_000
    data = spoilt(book(("News", [["Body"], [SHORT]])), "xl/worksheets/sheet1.xml", rows)
    assert len(data) < 100_000
    with pytest.raises(SourceError, match="is larger than 10 MB when it is unpacked"):
        list(xlsx.Xlsx()(Resource.of(data, "a.xlsx")))


def parquet(table: pa.Table, **options: Any) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data, **options)
    return data.getvalue()


def test_a_sidecar_names_the_columns_of_a_nested_table(apart: Apart) -> None:
    table = pa.table({"a": [{"b": SHORT, "when": 1739786400}], "text": ["World"]})
    about = {"columns.text": "a.b", "columns.date": "a.when"}
    (document,) = documents(parquet(table), "a.parquet", apart, about=about)
    assert (document.text, document.date) == (SHORT, "2025-02-17")


def test_rows_without_text_fail_one_by_one(apart: Apart) -> None:
    table = pa.table({"text": [SHORT, None, SHORT, ""], "n": [1, 2, 3, None]})
    found = read(parquet(table), "a.parquet", apart)
    assert [isinstance(entry, Document) for entry in found] == [True, False, True, False]
    assert isinstance(found[1], Failure) and found[1].where == "a.parquet, row 2"


@pytest.mark.parametrize(
    "data",
    [b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1", parquet(pa.table({"text": [SHORT]}))[:-20]],
)
def test_a_damaged_parquet_file_costs_itself(data: bytes, apart: Apart) -> None:
    (failure,) = read(data, "a.parquet", apart)
    assert isinstance(failure, Failure) and failure.remedy


def test_a_bomb_in_a_dictionary_is_held(apart: Apart) -> None:
    words = SHORT * 40_000  # a million rows of one megabyte each, all the same
    indices = pa.array([0] * 1_000_000, pa.int32())
    table = pa.table({"text": pa.DictionaryArray.from_arrays(indices, pa.array([words]))})
    data = parquet(table, compression="zstd")
    assert len(data) < 1_000_000
    found = through(Resource.of(data, "a.parquet"), apart)
    first = next(found)
    assert isinstance(first, Document | Failure)
    assert not isinstance(first, Document) or first.text == words
