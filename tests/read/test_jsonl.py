"""Document records: a bad line is one failure, all others are read."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given

from kg.errors import Failure
from kg.model import Document
from kg.read.tables import lines
from kg.read.tables.dumps import Json
from kg.read.tables.jsonl import JsonLines
from kg.record import to_line
from kg.resource import Resource
from kg.source import Source
from tests.strategies import documents

GOOD = '{"text": "Macron spoke."}'


def read(words: str) -> list[Document | Failure]:
    return list(JsonLines()(Resource.of(words.encode(), "news.jsonl")))


def records(words: str) -> list[Document | Failure]:
    return list(Json()(Resource.of(words.encode(), "a.json")))


def test_records_without_an_id_are_called_by_their_line() -> None:
    first, second = read(f'{GOOD}\n\n{{"text": "Scholz left.", "id": "s"}}\n')
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, second.id) == ("news-1", "s")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("not json", "is not JSON"),
        ("\0" * 5, "is not JSON"),
        ("9" * 5000, "is not JSON that can be read (a number of thousands of digits)"),
        ('{"text": "Macron', "is not JSON"),
        ("[" * 100_000, "is not JSON that can be read (nested too deeply)"),
        ("[1, 2]", "a record is a JSON object with at least a text"),
        ('{"id": "d"}', "text: is missing"),
        ('{"text": 5}', "text: 5 is not a string"),
        ('{"text": "  "}', "has an empty text"),
        ('{"text": ["x", 5]}', "text: ['x', 5] is not a string"),
        ('{"text": []}', "has an empty text"),
        (
            '{"text": "x", "date": "yesterday", "entities": []}',
            "date: 'yesterday' is not a day like 2025-02-17",
        ),
        ('{"text": "x", "id": 5, "relations": []}', "id: 5 is not a string"),
        ('{"text": ["x"], "statements": []}', "text: ['x'] is not a string"),
        ('{"text": "\\ud800"}', "text: half a surrogate pair"),
        (
            '{"text": "x", "entities": [{"id": "e1", "type": "Person", "name": "M", '
            '"mentions": [[0, 9]]}]}',
            "entity e1: [0, 9] is no span of the text",
        ),
    ],
)
def test_a_bad_line_is_one_failure_and_the_others_go_on(line: str, problem: str) -> None:
    before, failure, after = read(f"{GOOD}\n{line}\n{GOOD}")
    assert isinstance(before, Document) and isinstance(after, Document)
    assert isinstance(failure, Failure)
    assert (failure.where, failure.stage) == ("news.jsonl, line 2", "read")
    assert failure.problem.startswith(problem)
    assert failure.remedy


def test_a_line_that_is_too_long_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines.Lines.__init__, "__defaults__", (100,))
    before, failure, after = read(f'{GOOD}\n{{"text": "{"x" * 1000}"}}\n{GOOD}')
    assert isinstance(before, Document) and isinstance(after, Document)
    assert isinstance(failure, Failure) and failure.problem.startswith("is longer than")


@pytest.mark.parametrize(
    "words",
    [
        f"\ufeff{GOOD}\r\n{GOOD}\r\n",
        f"{GOOD}\n \n\n{GOOD}",
        f'{GOOD}\n{{"text": "Scholz\u2028 \u0085 left."}}\n',
    ],
)
def test_lines_end_with_a_line_feed_and_nothing_else(words: str) -> None:
    assert [isinstance(entry, Document) for entry in read(words)] == [True, True]


def test_lines_in_another_encoding_are_read_and_it_is_said() -> None:
    line = '{"text": "Söder traf Müller in Köln, später in Düsseldorf."}'
    for encoding, name in (("cp1252", "windows-1252"), ("utf-16", "UTF-16")):
        data = f"{line}\n{line}\n".encode(encoding)
        for found in JsonLines()(Resource.of(data, "news.jsonl")):
            assert isinstance(found, Document) and found.reading is not None
            assert found.text == json.loads(line)["text"]
            assert found.reading.notes == (f"decoded as {name}",)


def test_records_spread_over_lines_are_read() -> None:
    record = json.dumps(json.loads(GOOD), indent=2)
    assert [isinstance(entry, Document) for entry in read(f"{record}\n{record}\n")] == [True, True]


@given(documents())
def test_what_was_written_is_read(document: Document) -> None:
    (found,) = read(to_line(document.but(text=document.text + ".")))
    assert isinstance(found, Document)
    assert to_line(found) == to_line(document.but(text=document.text + "."))


def test_a_json_file_holds_one_record_or_a_list() -> None:
    record = {"id": "a", "text": "Macron spoke."}
    one = records(json.dumps(record, indent=2))
    many = records(json.dumps([record, 3]))
    assert [found.id for found in one if isinstance(found, Document)] == ["a"]
    assert isinstance(many[0], Document)
    assert isinstance(many[1], Failure)
    assert many[1].where == "a.json, entry 2"


@pytest.mark.parametrize(
    ("flat", "source"),
    [
        ('"url": "https://a/1", "title": "T"', Source(url="https://a/1", title="T")),
        ('"publisher": "P", "license": "CC"', Source(publisher="P", licence="CC")),
        ('"url": "https://a/1", "source": null', Source(url="https://a/1")),
        (
            '"url": "https://a/1", "title": "T", "source": {"url": "https://a/2", "title": null}',
            Source(url="https://a/2", title="T"),
        ),
        ('"licence": "X", "source": {"license": "Y"}', Source(licence="Y")),
        ('"title": ["T"], "publisher": {"name": "P"}', None),
    ],
)
def test_what_stands_flat_about_the_source_is_read(flat: str, source: Source | None) -> None:
    (found,) = read(f'{{"text": "Macron spoke.", {flat}}}')
    assert isinstance(found, Document)
    assert found.source == source
    written = json.loads(to_line(found))
    assert written["source"] == (source.to_json() if source else None)
    assert not {"url", "title", "publisher", "licence", "license"} & written.keys()


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ({"source": "AP"}, "AP"),
        ({"source": "AP", "publisher": "Reuters"}, "Reuters"),
        ({"source": "AP", "publisher": None}, "AP"),
        ({"source": "AP", "publisher": {"name": "P"}}, "AP"),
    ],
)
def test_a_source_that_is_only_a_name_is_the_publisher(
    fields: dict[str, object], publisher: str
) -> None:
    found = dump(fields)
    assert found.source == Source(url="https://a.org/1", publisher=publisher, author="A. Writer")


def test_a_source_that_is_only_a_name_is_refused_beside_what_we_found() -> None:
    (failure,) = read('{"text": "x", "source": "AP", "entities": []}')
    assert isinstance(failure, Failure)
    assert failure.problem == "source: is not an object"


def dump(fields: Mapping[str, object]) -> Document:
    """Read a record as collections of texts with few fields have it."""
    plain = {"text": "Macron spoke.", "url": "https://a.org/1", "author": "A. Writer"}
    (found,) = read(json.dumps({**plain, **fields}))
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2017-07-17", "2017-07-17"),
        ("2017-07-17T23:42:52Z", "2017-07-17"),
        ("2017-07-17 23:42:52", "2017-07-17"),
        ("March 3, 2024", "2024-03-03"),
        ("Mon, 17 Feb 2025 23:30:00 -0500", "2025-02-17"),
        (1739750400, "2025-02-17"),
        (1739750400000, "2025-02-17"),
        ("17/02/2025", "2025-02-17"),
        (["2025-02-17"], "2025-02-17"),
        ("", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_a_day_is_understood_however_it_is_written(date: object, day: str | None) -> None:
    found = dump({"date": date})
    assert found.date == day
    assert found.reading is not None and found.reading.notes == ()


@pytest.mark.parametrize(
    ("date", "note"),
    [
        ("yesterday", "no date, 'yesterday' is no day"),
        ("2025-02-30", "no date, '2025-02-30' is no day"),
        (True, "no date, True is no day"),
        pytest.param(10**400, f"no date, 1{'0' * 17}...{'0' * 19} is no day", id="huge"),
        ({"year": 2025}, "no date, {'year': 2025} is no day"),
        (
            "03/04/2025",
            "no date, '03/04/2025' may be two days: say day_first = true or false under "
            "[columns] in a .meta.toml beside the file",
        ),
    ],
)
def test_what_is_no_day_is_left_out_and_named(date: object, note: str) -> None:
    found = dump({"date": date})
    assert found.date is None
    assert found.reading is not None
    assert found.reading.notes == (note,)


def test_other_records_settle_whether_the_day_stands_first() -> None:
    lines = [{"text": "One.", "date": "03/04/2025"}, {"text": "Two.", "date": "17/02/2025"}]
    found = read("\n".join(map(json.dumps, lines)))
    dates = [entry.date for entry in found if isinstance(entry, Document)]
    assert dates == ["2025-04-03", "2025-02-17"]


def test_a_number_is_an_id_and_paragraphs_are_a_text() -> None:
    found = dump({"id": 5, "text": ["Macron spoke.", "Scholz left."], "language": "English"})
    assert (found.id, found.text, found.language) == ("5", "Macron spoke.\n\nScholz left.", "en")


@pytest.mark.parametrize("nothing", ["", " ", None, "null", [], float("nan")])
def test_what_says_nothing_is_not_there(nothing: object) -> None:
    names = ("id", "date", "url", "title", "author", "publisher", "language", "source", "pages")
    found = dump(dict.fromkeys(names, nothing))
    assert (found.id, found.text, found.date) == ("news-1", "Macron spoke.", None)
    assert (found.source, found.language, found.pages) == (None, None, ())
    found = dump({"source": {"title": nothing, "publisher": "AP"}})
    assert found.source == Source(url="https://a.org/1", publisher="AP", author="A. Writer")


def test_the_text_stays_as_it_is() -> None:
    text = "  <p>Macron\u2028 spoke &amp; left.</p>\r\n"
    assert dump({"text": text, "date": 1739750400}).text == text
