"""The types a document is made of."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.source import Source
from tests.build import doc
from tests.strategies import documents, some_text, spans

SPANS = st.tuples(st.integers(0, 8), st.integers(1, 4)).map(lambda p: Span(p[0], p[0] + p[1]))


def small() -> Document:
    return doc(
        "Macron met Scholz in Paris.",
        people=["Macron", "Scholz"],
        places=["Paris"],
        relations=["metWith: Macron > Scholz"],
        statements=["Macron: in Paris"],
    )


@given(some_text.flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_a_span_cuts_code_points(pair: tuple[str, Span]) -> None:
    text, span = pair
    assert len(span.of(text)) == span.end - span.start
    assert text[: span.start] + span.of(text) + text[span.end :] == text


def test_a_span_counts_code_points_not_bytes_or_surrogates() -> None:
    assert Span(3, 6).of("🇺🇦 Kyiv") == "Kyi"
    assert Span(0, 2).of("🇺🇦 Kyiv") == "🇺🇦"


@given(SPANS, SPANS)
def test_spans_overlap_and_cover_like_sets_of_characters(one: Span, other: Span) -> None:
    first, second = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(first & second)
    assert one.covers(other) == (first >= second)


def test_mentions_stand_in_the_order_of_the_text() -> None:
    mentions = [Mention(Span(9, 12)), Mention(Span(0, 6), "pronoun"), Mention(Span(0, 3))]
    assert sorted(mentions) == [mentions[2], mentions[1], mentions[0]]


def test_types_are_frozen() -> None:
    document = small()
    for value, field in ((document, "text"), (document.entities[0], "name"), (Span(0, 1), "end")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field, "x")


def test_but_replaces_layers_and_leaves_the_original() -> None:
    document = small()
    bare = document.but(entities=(), relations=(), statements=())
    assert bare == Document(id="d", text=document.text)
    assert len(document.entities) == 3


def test_the_identity_of_a_document_is_that_of_its_text() -> None:
    document = Document(id="a", text="Kyjiw – Київ")
    assert document.sha256 == sha256("Kyjiw – Київ".encode()).hexdigest()
    assert document.but(id="b", date="2025-02-17").sha256 == document.sha256
    assert document.but(text="Kyjiw").sha256 != document.sha256


def test_an_entity_is_found_by_its_id() -> None:
    assert small().entity("e2").name == "Scholz"
    with pytest.raises(DocumentError, match="Document 'd': there is no entity 'e9'"):
        small().entity("e9")


@pytest.mark.parametrize(
    ("kind", "listed", "unlisted"),
    [
        ("Person", [[0, 1]], [[2, 3], [4, 5]]),
        ("Country", [[0, 1]], [[2, 3], [4, 5]]),
        ("Event", [[0, 1], [2, 3]], [[4, 5]]),
        ("Group", [[0, 1], [2, 3]], [[4, 5]]),
    ],
)
def test_a_record_lists_names_and_the_nominals_of_events_and_groups(
    kind: Any, listed: list[list[int]], unlisted: list[list[int]]
) -> None:
    mentions = (
        Mention(Span(0, 1), "name"),
        Mention(Span(2, 3), "nominal"),
        Mention(Span(4, 5), "pronoun"),
    )
    record = Entity("e1", kind, "x", mentions).to_json()
    assert (record["mentions"], record["nominal_mentions"]) == (listed, unlisted)


def test_an_entity_is_named_if_one_mention_is_a_name() -> None:
    nominal = Mention(Span(0, 1), "nominal")
    assert not Entity("e1", "Person", "minister", (nominal,)).named
    assert Entity("e1", "Person", "Berg", (nominal, Mention(Span(2, 3)))).named


def test_a_record_has_the_fields_of_the_contract_in_their_order() -> None:
    record = small().but(source=Source(title="News")).to_json()
    assert list(record) == ["id", "text", "date", "source", "entities", "relations", "statements"]
    assert list(record["source"]) == ["url", "title", "publisher", "licence", "sha256"]
    assert list(record["entities"][0]) == [
        "id", "type", "name", "iso3", "wikidata", "iri", "mentions", "nominal_mentions",
    ]  # fmt: skip
    assert record["relations"][0] == {
        "type": "metWith", "subject": "e1", "object": "e2", "status": "actual",
        "evidence": [0, 27], "place": None, "date": None, "title": None, "former": False,
        "basis": "text", "score": 1.0, "by": "hand",
    }  # fmt: skip
    assert record["statements"][0] == {
        "speaker": "e1", "quote": [18, 26], "kind": "direct", "addressee": None, "cue": "said",
    }  # fmt: skip


def test_a_group_names_its_body_only_if_it_has_one() -> None:
    group = Entity("e1", "Group", "officials", of="e2")
    assert group.to_json()["of"] == "e2"
    assert "of" not in replace(group, of=None).to_json()


@given(documents())
def test_documents_pickle(document: Document) -> None:
    assert pickle.loads(pickle.dumps(document)) == document


ENTITY, RELATION, STATEMENT = small().entities[0], small().relations[0], small().statements[0]


def with_entity(**changes: Any) -> Document:
    return small().but(entities=(replace(ENTITY, **changes), *small().entities[1:]))


def with_relation(**changes: Any) -> Document:
    relation: Relation = replace(RELATION, **changes)
    return small().but(relations=(relation,))


def with_statement(**changes: Any) -> Document:
    statement: Statement = replace(STATEMENT, **changes)
    return small().but(statements=(statement,))


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (with_entity(id="e2"), "two entities share an id"),
        (with_entity(type="Planet"), "entity e1: unknown type 'Planet'"),
        (with_entity(of="e9"), "entity e1: there is no entity 'e9'"),
        (with_entity(mentions=(Mention(Span(0, 28)),)), r"entity e1: \[0, 28\] is no span"),
        (with_entity(mentions=(Mention(Span(-1, 2)),)), r"entity e1: \[-1, 2\] is no span"),
        (with_entity(mentions=(Mention(Span(4, 4)),)), r"entity e1: \[4, 4\] is no span"),
        (with_entity(mentions=(Mention(Span(5, 4)),)), r"entity e1: \[5, 4\] is no span"),
        (with_relation(subject="e9"), "relation metWith: there is no entity 'e9'"),
        (with_relation(object="e9"), "relation metWith: there is no entity 'e9'"),
        (with_relation(place="e9"), "relation metWith: there is no entity 'e9'"),
        (with_relation(evidence=Span(20, 99)), r"relation metWith: \[20, 99\] is no span"),
        (with_relation(status="denied"), "relation metWith: unknown status 'denied'"),
        (with_relation(basis="guess"), "relation metWith: unknown basis 'guess'"),
        (with_relation(score=1.01), "relation metWith: score 1.01 is not in 0..1"),
        (with_relation(score=float("nan")), "relation metWith: score nan is not in 0..1"),
        (with_statement(speaker="e9"), "statement: there is no entity 'e9'"),
        (with_statement(addressee="e9"), "statement: there is no entity 'e9'"),
        (with_statement(quote=Span(7, 7)), r"statement of e1: \[7, 7\] is no span"),
        (with_statement(kind="shouted"), "statement of e1: unknown kind 'shouted'"),
    ],
)
def test_a_document_that_does_not_hold_together_says_why(document: Document, problem: str) -> None:
    assert small().check() == small()
    with pytest.raises(DocumentError, match=problem):
        document.check()
