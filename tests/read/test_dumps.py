"""Dumps of others: their fields are found by well-known names, their lists wherever they lie."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.tables import json_values
from kg.read.tables.dumps import Json
from kg.read.tables.jsonl import JsonLines
from kg.resource import Resource
from kg.source import Source

TALKS = "Macron met Scholz in Paris on Monday."
DAY = "2025-02-17"
URL = "https://news.example/2025/talks"


def read(content: Any, **known: Any) -> list[Document | Failure]:
    words = content if isinstance(content, str) else json.dumps(content)
    return list(Json()(Resource.of(words.encode(), "dump.json", **known)))


def one(content: Any, **known: Any) -> Document:
    (document,) = read(content, **known)
    assert isinstance(document, Document), document
    return document


NEWS_PLEASE = {
    "authors": ["Ann Writer", "Bo Byline"], "date_download": "2026-01-01 10:00:00",
    "date_modify": "2025-03-01 10:00:00", "date_publish": f"{DAY} 10:00:00",
    "description": "Two leaders met.", "filename": "talks.json", "language": "en",
    "maintext": TALKS, "source_domain": "The Example", "title": "Talks", "url": URL,
}  # fmt: skip
WEBZ = {
    "thread": {"uuid": "t", "site": "The Example", "title": "Another title", "published": "x"},
    "uuid": "w1", "url": URL, "author": "Ann Writer, Bo Byline", "language": "english",
    "published": f"{DAY}T23:30:00.000-05:00", "title": "Talks", "text": TALKS,
    "highlightText": "", "crawled": "2025-02-19T10:00:00.000+02:00",
}  # fmt: skip
EVENT_REGISTRY = {"articles": {"totalResults": 1, "results": [{
    "uri": "8000", "lang": "eng", "date": DAY, "dateTime": f"{DAY}T10:00:00Z", "url": URL,
    "title": "Talks", "body": TALKS, "source": {"uri": "example.org", "title": "The Example"},
    "authors": [{"uri": "a@b", "name": "Ann Writer"}, {"uri": "b@b", "name": "Bo Byline"}],
}]}}  # fmt: skip
GUARDIAN = {"response": {"status": "ok", "results": [{
    "id": "world/2025/talks", "webPublicationDate": f"{DAY}T10:00:00Z", "webTitle": "Talks",
    "webUrl": URL, "fields": {"bodyText": TALKS, "body": f"<p>{TALKS}</p>", "trailText": "Two.",
    "byline": "Ann Writer, Bo Byline", "publication": "The Example"},
}]}}  # fmt: skip
NYT = {"response": {"docs": [{
    "abstract": "Two leaders met in a capital.", "web_url": URL, "lead_paragraph": TALKS,
    "source": "The Example", "headline": {"main": "Talks", "kicker": None},
    "pub_date": f"{DAY}T10:00:00+0000", "byline": {"original": "By Ann Writer, Bo Byline"},
    "_id": "nyt://article/1",
}]}}  # fmt: skip
NEWS_API = {"status": "ok", "totalResults": 1, "articles": [{
    "source": {"id": None, "name": "The Example"}, "author": "Ann Writer, Bo Byline",
    "title": "Talks", "description": "Two leaders met in a capital.", "url": URL,
    "publishedAt": f"{DAY}T10:00:00Z", "content": TALKS,
}]}  # fmt: skip
LINKED_DATA = {"@context": "https://schema.org", "@graph": [
    {"@type": "WebSite", "name": "The Example"},
    {"@type": "NewsArticle", "headline": "Talks", "articleBody": TALKS, "datePublished": DAY,
     "author": [{"@type": "Person", "name": "Ann Writer"}, {"name": "Bo Byline"}],
     "publisher": {"@type": "Organization", "name": "The Example"}, "inLanguage": "en-GB",
     "mainEntityOfPage": {"@id": URL}},
]}  # fmt: skip
ELASTIC = {"took": 3, "hits": {"total": 1, "hits": [{"_id": "e1", "_index": "news", "_source": {
    "full_text": TALKS, "headline": "Talks", "outlet": "The Example", "link": URL,
    "pub_date": "Feb 17, 2025", "byline": "by Ann Writer, Bo Byline"}}]}}  # fmt: skip
CC_NEWS = {
    "title": "Talks", "text": TALKS, "domain": "The Example", "date": f"{DAY} 04:03:00", "url": URL,
    "description": "Two leaders met.", "image_url": "", "author": "Ann Writer, Bo Byline",
}  # fmt: skip
MONGO = {
    "_id": {"$oid": "65d0"}, "headline": "Talks", "content": f"<p>{TALKS}</p>", "link": URL,
    "publishedDate": {"$date": f"{DAY}T10:00:00Z"}, "newspaper": "The Example",
    "byline": "Ann Writer, Bo Byline",
}  # fmt: skip


@pytest.mark.parametrize(
    ("dump", "called", "language"),
    [
        (NEWS_PLEASE, "dump", "en"),
        (WEBZ, "w1", "en"),
        (EVENT_REGISTRY, "8000", "en"),
        (GUARDIAN, "world/2025/talks", None),
        (NYT, "nyt://article/1", None),
        (NEWS_API, "dump-1", None),
        (LINKED_DATA, "dump-1", "en"),
        (ELASTIC, "e1", None),
        (CC_NEWS, "dump", None),
        (MONGO, "65d0", None),
    ],
    ids=["news-please", "webz", "event registry", "guardian", "nyt", "newsapi", "json-ld",
         "elasticsearch", "cc-news", "mongo"],
)  # fmt: skip
def test_well_known_dumps_are_read(dump: Any, called: str, language: str | None) -> None:
    document = one(dump)
    assert (document.id, document.text, document.date) == (called, TALKS, DAY)
    assert document.language == language
    assert document.source == Source(
        url=URL, title="Talks", publisher="The Example", author="Ann Writer, Bo Byline"
    )
    assert document.reading is not None
    assert document.reading.notes[0].startswith("columns: text = ")


def test_what_is_only_part_of_an_article_is_said_to_be() -> None:
    document = one(NYT)
    assert document.reading is not None
    assert "response.docs" not in document.reading.notes[0]
    assert "lead_paragraph is only part of an article" in document.reading.notes


def test_a_dump_of_headlines_and_leads_is_read_and_said_to_be_part() -> None:
    document = one({
        "link": URL, "headline": "Talks", "category": "WORLD NEWS", "short_description": TALKS,
        "authors": "Ann Writer", "date": DAY,
    })  # fmt: skip
    assert (document.text, document.date) == (TALKS, DAY)
    assert document.source == Source(url=URL, title="Talks", author="Ann Writer")
    assert document.reading is not None
    assert "short_description is only part of an article" in document.reading.notes


@pytest.mark.parametrize("empty", [None, "", " ", "null"])
def test_where_the_text_is_empty_a_part_is_read_and_it_is_said(empty: str | None) -> None:
    entry: dict[str, Any] = NEWS_API["articles"][0]  # type: ignore[index]
    lead = "Two leaders met in a capital."
    part = "description is only part of an article"
    bare = {**entry, "content": empty}
    assert one({"articles": [bare]}).text == lead
    whole, lead_only, nothing = read({"articles": [entry, bare, {**bare, "description": None}]})
    assert isinstance(whole, Document) and isinstance(lead_only, Document)
    assert (whole.text, lead_only.text) == (TALKS, lead)
    assert whole.reading is not None and lead_only.reading is not None
    assert part not in whole.reading.notes
    assert lead_only.reading.notes[-1] == part
    assert isinstance(nothing, Failure) and nothing.problem == "has no text in 'content'"


def test_no_part_is_read_in_place_of_the_text_that_a_sidecar_names() -> None:
    rows = [{"maintext": "", "description": TALKS}]
    (failure,) = read(rows, about={"columns.text": "maintext"})
    assert isinstance(failure, Failure) and failure.problem == "has no text in 'maintext'"


def test_a_dump_in_lines_is_read_like_one_in_a_list() -> None:
    lines = "\r\n".join(json.dumps(entry) for entry in (NEWS_PLEASE, NEWS_PLEASE))
    found = list(JsonLines()(Resource.of(lines.encode(), "dump.jsonl")))
    assert [entry.id for entry in found if isinstance(entry, Document)] == ["dump-1", "dump-2"]
    texts = [entry.text for entry in read([NEWS_PLEASE] * 2) if isinstance(entry, Document)]
    assert texts == [TALKS, TALKS]


def test_a_sidecar_names_the_fields() -> None:
    document = one(
        {"text": "World", "inner": {"words": TALKS}},
        about={"columns.text": "inner.words", "columns.title": "text"},
    )
    assert document.text == TALKS
    assert document.source is not None and document.source.title == "World"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"text": "x", "date": "yesterday", "entities": []}, "date: 'yesterday' is not a day"),
        ({"text": 5, "title": "T"}, "text: 5 is not a string"),
        ({"text": "x", "id": 5, "entities": []}, "id: 5 is not a string"),
        ({"text": "x", "source": "AP", "entities": []}, "source: is not an object"),
        ({"text": "x", "published": DAY, "entities": {}}, "entities: is not a list"),
        ({"id": "x", "title": "T"}, "text: is missing"),
    ],
)
def test_a_record_of_ours_must_hold_what_the_contract_says(record: Any, problem: str) -> None:
    (failure,) = read(record)
    assert isinstance(failure, Failure)
    assert failure.problem.startswith(problem)


def test_records_of_ours_and_of_others_may_stand_in_one_file() -> None:
    found = read([{"text": "Ours."}, {"maintext": TALKS, "source_domain": "a.org"}, {"body": 5}])
    assert [entry.text for entry in found if isinstance(entry, Document)] == ["Ours.", TALKS]
    assert isinstance(found[2], Failure)


def test_a_row_that_fits_no_column_does_not_cost_records_of_ours() -> None:
    first, failure, last = read([{"text": "Ours."}, {"words": TALKS}, {"text": "Ours too."}])
    assert isinstance(first, Document) and isinstance(last, Document)
    assert isinstance(failure, Failure)
    assert failure.problem == ("has no column known to hold the text; its columns are 'words'")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ('{"text": "One."}{"text": "Two."}', 2),
        ('{\n"text": "One."\n}\n{\n"text": "Two."\n}\n', 2),
        ('\ufeff [ {"text": "One."} ,\n\n {"text": "Two."} ]\n', 2),
        ('[{"text": "One."}]\n[{"text": "Two."}]', 2),
        ('{"text": "One.", "text": "Two."}', 1),
        ('{"text": "One\\u2028.", "other": NaN}', 1),
    ],
)
def test_odd_but_readable_json_is_read(words: str, count: int) -> None:
    assert [isinstance(entry, Document) for entry in read(words)] == [True] * count


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("[]", "holds no articles"),
        ('{"articles": []}', "holds no articles"),
        ("nonsense", "is not JSON (Expecting value at character 0)"),
        ('{"text": "Macron', "is not JSON (it ends too early at character 9)"),
        ("[" * 100_000, "is not JSON that can be read (nested too deeply)"),
        ('{"a":' * 100_000, "is not JSON that can be read (nested too deeply)"),
        ("9" * 10_000, "is not JSON that can be read (a number of thousands of digits)"),
        ('{"articles": [{"link": "https://a.org", "title": "T"}]}', "has no column known to hold"),
    ],
)
def test_what_holds_no_articles_is_refused(words: str, problem: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(words)
    assert refused.value.problem.startswith(problem)
    assert refused.value.remedy


def test_a_list_that_breaks_off_gives_what_came_before() -> None:
    first, failure = read('[{"text": "One."}, {"text": "Tw')
    assert isinstance(first, Document) and isinstance(failure, Failure)
    assert failure.problem.endswith("at character 28); what comes after entry 1 is not read")


def test_a_list_is_read_in_pieces_wherever_they_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"text": f"Élysée {number} 😀 {'x' * number}", "id": "a"} for number in range(40)]
    words = json.dumps(records, ensure_ascii=False)
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr(json_values, "_PIECE", size)
        found = read(words)
        assert [entry.text for entry in found if isinstance(entry, Document)] == [
            record["text"] for record in records
        ]


def test_a_value_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "_PIECE", 1000)
    monkeypatch.setattr(json_values, "LARGEST", 100_000)
    first, failure = read([{"text": "One."}, {"text": "x" * 300_000}])
    assert isinstance(first, Document) and isinstance(failure, Failure)
    assert "in one piece" in failure.problem
