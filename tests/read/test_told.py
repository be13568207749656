"""What is told of an input moves no terminal and breaks no line, whatever stands in it."""

from __future__ import annotations

import json

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read.paper.hyphens import Hyphens
from kg.read.through import through
from kg.resource import Resource
from kg.store.guard import tokens

ESCAPE = "\x1b[2J\x00\u202e"


@pytest.mark.parametrize(
    ("name", "record"),
    [
        (
            "a.json",
            {
                "text": "Macron spoke in Paris with Scholz about peace.",
                "title": "A",
                "published": f"Mon{ESCAPE}",
            },
        ),
        (
            "a.jsonl",
            {
                "text": "Macron spoke in Paris with Scholz about peace.",
                f"title{ESCAPE[:4]}": "A",
                "published": "x\ny",
            },
        ),
        (
            "a.csv",
            {"text": "Macron spoke in Paris with Scholz about peace.", "date": f"Mon{ESCAPE}"},
        ),
    ],
)
def test_notes_show_what_cannot_be_seen(name: str, record: dict[str, str]) -> None:
    data = json.dumps([record]) if name == "a.json" else json.dumps(record) + "\n"
    if name == "a.csv":
        data = ",".join(record) + "\n" + ",".join(record.values()) + "\n"
    (document,) = through(Resource.of(data.encode(), name), None)
    assert isinstance(document, Document)
    assert document.reading is not None
    assert document.reading.notes
    for note in document.reading.notes:
        assert note.isprintable()


def test_what_a_library_says_is_one_short_line() -> None:
    """Arrow tells in several lines why a page of a file is none."""

    def broken() -> None:
        raise OSError("Couldn't deserialize thrift:\nInvalid data\n" + "\x1b" + "x" * 5000)

    given = Resource("a.txt", "a.txt", broken)  # type: ignore[arg-type]
    (failure,) = through(given, None)
    assert isinstance(failure, Failure)
    assert failure.problem.startswith("cannot be read (Couldn't deserialize thrift: Invalid data")
    assert failure.problem.isprintable()
    assert len(failure.problem) < 200


def test_a_line_of_one_word_of_a_megabyte_is_joined() -> None:
    word = "a" * 1_000_000
    assert Hyphens([word]).joined(["1" + word + "1-", "b"]) == f"1{word}1-b"


def test_a_query_of_points_is_taken_apart() -> None:
    assert [token for _, token, _ in tokens("a." * 50_000)] == ["a", "."] * 50_000
