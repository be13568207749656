"""Standard input: its kind is told by its content, and it is taken in as it is read."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.stdin import standard_input

FILES = Path(__file__).parent / "files"
TALKS = "Macron met Scholz in Paris on Monday."


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> object:
    def given(data: bytes) -> list[Document | Failure]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return list(read(["-"]))

    return given


def zipped(name: str, words: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, words)
    return data.getvalue()


LONG = json.dumps({"text": f"{TALKS} " * 5000})


@pytest.mark.parametrize(
    ("data", "readers"),
    [
        (TALKS.encode(), ["text"]),
        (f"Macron, Scholz; they met.\n{TALKS}".encode(), ["text"]),
        (TALKS.encode("utf-16"), ["text"]),
        (json.dumps({"text": TALKS}).encode(), ["json"]),
        (json.dumps([{"body": TALKS, "headline": "T"}], indent=1).encode(), ["json"]),
        (f"{LONG}\n{LONG}\n".encode(), ["jsonl", "jsonl"]),
        (f"{LONG}\n".encode(), ["json"]),
        (f"id;title;body\n1;T;{TALKS}\n".encode(), ["table"]),
        (f'\ufeff"Title","Text"\r\n"T","{TALKS}"\r\n'.encode(), ["table"]),
        (zipped("a.txt", TALKS), ["text"]),
        ((FILES / "calc.xlsx").read_bytes(), ["xlsx", "xlsx"]),
        ((FILES / "arrow.parquet").read_bytes(), ["parquet", "parquet"]),
        ((FILES / "printed.pdf").read_bytes(), ["pdf"]),
        (f"From: a@b.example\nDate: Mon, 17 Feb 2025 10:00:00 +0000\n\n{TALKS}".encode(), ["mail"]),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_the_content(give, data: bytes, readers: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = give(data)
    assert [str(entry) for entry in found if isinstance(entry, Failure)] == []
    assert [entry.reading.reader for entry in found] == readers
    assert {entry.reading.input for entry in found} == {"-"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (bytes(range(32)) * 100, "is binary, not text"),
        (b"\x80\x04\x95" * 10, "is a Python pickle, which is never loaded"),
    ],
)
def test_what_is_no_article_is_refused(give, data: bytes, problem: str) -> None:  # type: ignore[no-untyped-def]
    (failure,) = give(data)
    assert (failure.where, failure.problem) == ("standard input", problem)
    assert failure.remedy


@pytest.mark.parametrize("stdin", [None, SimpleNamespace(), io.TextIOWrapper(io.BytesIO())])
def test_a_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    if isinstance(stdin, io.TextIOWrapper):
        stdin.close()
    monkeypatch.setattr(sys, "stdin", stdin)
    (failure,) = read(["-"])
    assert isinstance(failure, Failure)
    assert (failure.where, failure.problem) == ("standard input", "is closed")


class Endless(io.RawIOBase):
    def __init__(self, line: bytes) -> None:
        self.line, self.given = line, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self.line * max(1, len(buffer) // len(self.line))
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


def test_records_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Endless(json.dumps({"text": TALKS}).encode() + b"\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(source)))
    found = read(["-"])
    texts = [entry.text for entry in islice(found, 100) if isinstance(entry, Document)]
    assert texts == [TALKS] * 100
    assert source.given < 3_000_000


def test_it_can_be_read_again_from_any_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"0123456789" * 20_000)))
    with standard_input() as given:
        assert given.start(3) == b"012"
        with given.opened() as one, given.opened() as other:
            assert (one.read(5), other.read(15)[-5:]) == (b"01234", b"01234")
            assert one.seek(-3, io.SEEK_END) == 199_997
            assert one.read() == b"789"
            assert other.read(1) == b"5"
        assert len(given.data()) == 200_000
