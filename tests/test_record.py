"""Document records: the way there and back, and records that nobody should trust."""

from __future__ import annotations

import json
import math
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.model import Document, Span
from kg.record import from_json, to_line
from kg.source import Source
from tests.build import doc
from tests.strategies import documents


def full() -> dict[str, Any]:
    """Return a record in which every field of the contract is filled."""
    record = doc(
        "Berg met Dahl in Oslo. He said: we agree.",
        people=["Berg", "Dahl | He"],
        places=["Oslo"],
        relations=["metWith: Berg > Dahl"],
        statements=["Dahl: we agree"],
        date="2025-02-17",
        source=Source("https://example.org/a", "News", "Daily", "CC BY 4.0", "0" * 64),
    ).to_json()
    record["entities"][2] |= {"of": "e1", "iso3": "NOR", "wikidata": "Q585", "iri": "urn:oslo"}
    record["relations"][0] |= {
        "place": "e3", "date": "2025-02", "title": "envoy", "former": True, "basis": "background",
        "score": 0.25, "by": "llm",
    }  # fmt: skip
    record["statements"][0]["addressee"] = "e1"
    return record


@given(documents())
def test_document_to_record_and_back(document: Document) -> None:
    line = to_line(document)
    assert "\n" not in line
    assert from_json(json.loads(line)) == document
    assert to_line(from_json(json.loads(line))) == line
    assert from_json(json.loads(json.dumps(document.to_json()))) == document


def test_every_field_of_a_record_is_kept() -> None:
    assert from_json(full()).to_json() == full()


def test_only_the_text_is_needed() -> None:
    assert from_json({"text": "Berg spoke."}) == Document(id="document", text="Berg spoke.")
    assert (
        from_json({"text": "x", "id": None, "entities": None}, fallback_id="line 3").id == "line 3"
    )
    assert from_json({"text": ""}).text == ""


def test_fields_that_are_not_ours_are_passed_over() -> None:
    record = full() | {"note": {"deep": [1]}, "optional_relations": 3}
    assert from_json(record).to_json() == full()


def test_defaults_of_a_relation_are_those_of_the_contract() -> None:
    record = full()
    record["relations"] = [{"type": "metWith", "subject": "e1", "object": "e2", "evidence": [0, 8]}]
    assert from_json(record).to_json()["relations"][0] == {
        "type": "metWith", "subject": "e1", "object": "e2", "status": "actual", "evidence": [0, 8],
        "place": None, "date": None, "title": None, "former": False, "basis": "text", "score": 1.0,
        "by": "",
    }  # fmt: skip


def test_the_american_spelling_of_licence_is_read() -> None:
    source = from_json({"text": "x", "source": {"license": "CC0"}}).source
    assert source is not None
    assert source.licence == "CC0"


def test_offsets_are_code_points() -> None:
    record = {
        "text": "🇺🇦 Kyiv",
        "entities": [{"id": "e1", "type": "Place", "name": "Kyiv", "mentions": [[3, 7]]}],
    }
    document = from_json(record)
    assert document.entities[0].mentions[0].span == Span(3, 7)
    assert document.entities[0].mentions[0].span.of(document.text) == "Kyiv"


@pytest.mark.parametrize("record", [None, 3, "text", [], [["text", "x"]], True, math.nan])
def test_a_record_is_an_object(record: object) -> None:
    with pytest.raises(DocumentError, match="a record is a JSON object with at least a text"):
        from_json(record)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("id",), 7, "id: 7 is not a string"),
        (("text",), None, "text: is missing"),
        (("text",), ["x"], "text: .* is not a string"),
        (("text",), "half \ud83d", "text: half a surrogate pair at character 5"),
        (("date",), "17 Feb 2025", "date: '17 Feb 2025' is not a day like 2025-02-17"),
        (("date",), "2025-02-30", "date: '2025-02-30' is not a day"),
        (("date",), "20250217", "date: '20250217' is not a day"),
        (("date",), 20250217, "date: 20250217 is not a string"),
        (("source",), "News", "source: is not an object"),
        (("source", "title"), 3, "source, title: 3 is not a string"),
        (("source", "title"), "\udc00", "source, title: half a surrogate pair at character 0"),
        (("entities",), {}, "entities: is not a list"),
        (("entities", 1), "e2", "entities, entry 2, is not an object"),
        (("entities", 1, "id"), None, "entities, entry 2, id: is missing"),
        (("entities", 1, "id"), "e1", "two entities share an id"),
        (("entities", 1, "type"), "Planet", "entity e2: unknown type 'Planet'"),
        (("entities", 1, "name"), None, "entities, entry 2, name: is missing"),
        (("entities", 1, "mentions"), "Dahl", "entities, entry 2, mentions: is not a list"),
        (("entities", 1, "mentions", 0), [9], r"mentions: \[9\] is not a \[start, end\] pair"),
        (("entities", 1, "mentions", 0), [9.0, 13.0], r"\[9.0, 13.0\] is not a \[start, end\]"),
        (("entities", 1, "mentions", 0), [False, True], "is not a .* pair of code points"),
        (("entities", 1, "mentions", 0), [9, 10**30], "is no span of the text"),
        (("relations", 0, "evidence"), None, "evidence: None is not a .* pair"),
        (("relations", 0, "status"), "denied", "unknown status 'denied'"),
        (("relations", 0, "status"), ["actual"], "status: .* is not a string"),
        (("relations", 0, "former"), "no", "former: 'no' is not true or false"),
        (("relations", 0, "basis"), "guess", "unknown basis 'guess'"),
        (("relations", 0, "score"), "high", "score: 'high' is not a number"),
        (("relations", 0, "score"), True, "score: True is not a number"),
        (("relations", 0, "score"), math.nan, "score: nan is not in 0..1"),
        (("relations", 0, "score"), 10**400, "is not in 0..1"),
        (("relations", 0, "subject"), "e9", "there is no entity 'e9'"),
        (("relations", 0, "place"), "e9", "there is no entity 'e9'"),
        (("statements", 0, "kind"), "shouted", "unknown kind 'shouted'"),
        (("statements", 0, "speaker"), None, "speaker: is missing"),
        (("statements", 0, "quote"), [40, 99], "is no span of the text"),
    ],
)
def test_what_does_not_hold_is_said(path: tuple[Any, ...], value: object, problem: str) -> None:
    with pytest.raises(DocumentError, match=problem):
        from_json(changed(full(), path, value))


def changed(record: Any, path: tuple[Any, ...], value: object) -> Any:
    """Return a copy of the record with one value replaced."""
    copy = deepcopy(record)
    inside = copy
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return copy


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside a record."""
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    else:
        return [here]
    inside = [path for step, entry in entries for path in paths(entry, (*here, step))]
    return [here, *inside] if here else inside


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(10**400), 2**63, math.nan, math.inf, -math.inf, -0.0]),
    st.floats(),
    st.text(),
    st.sampled_from(["\ud800", "a\udfffb", "\x00", "e1", "__proto__", "Person", "2025-02-30"]),
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    ),
)


@given(st.data())
def test_no_record_does_more_than_be_refused(data: st.DataObject) -> None:
    record = full()
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(paths(record)))
        record = changed(record, path, data.draw(JUNK))
    assert_refused_or_sound(record)


@pytest.mark.parametrize("path", paths(full()), ids=lambda path: ".".join(map(str, path)))
def test_deep_nesting_is_refused_wherever_it_stands(path: tuple[Any, ...]) -> None:
    deep: list[Any] = []
    for _ in range(50_000):
        deep = [deep]
    record = full()
    inside = record
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = deep
    with pytest.raises(DocumentError):
        from_json(record)


@given(JUNK)
def test_no_value_in_place_of_a_record_does_more_than_be_refused(value: object) -> None:
    assert_refused_or_sound(value)


def assert_refused_or_sound(record: object) -> None:
    try:
        document = from_json(record)
    except DocumentError as error:
        assert str(error)
        return
    line = to_line(document.check())
    assert from_json(json.loads(line.encode())) == document


def test_the_same_document_gives_the_same_bytes() -> None:
    line = to_line(from_json(full()))
    assert line == to_line(from_json(dict(reversed(full().items()))))
    assert line.startswith('{"id":"d","text":"Berg met Dahl in Oslo.')
