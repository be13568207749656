"""Document -> named graph -> Document, exactly."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError, UnknownName
from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.rdf import read, write
from kg.record import from_json, to_line
from kg.source import Source
from kg.vocab import KG, document_iri, mint
from tests.strategies import documents


@given(documents())
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    back = read.document(write.graph(document))
    assert back == mint(document)
    assert to_line(back) == to_line(mint(document))


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_triples_does_not_matter(document: Document, random) -> None:
    lines = write.graph(document).split("\n")
    random.shuffle(lines)
    assert read.document("\n".join(lines)) == mint(document)


def test_the_gold_article_comes_back_as_it_was(gold_seed: Document) -> None:
    back = read.document(write.graph(gold_seed))
    record = json.loads(to_line(back))
    for entity in record["entities"]:
        assert entity.pop("iri").startswith("https://w3id.org/news-kg/id/")
    expected = json.loads(to_line(gold_seed))
    for entity in expected["entities"]:
        assert entity.pop("iri") is None
    assert record == expected
    assert from_json(record).entities[0].name == "Keir Starmer"


def test_all_that_a_record_may_hold_survives() -> None:
    text = "Sir Keir said: “No.” He spoke with him. 👩‍👩‍👧 \r\n\x00\x85"
    document = Document(
        id='weird "id" <>',
        text=text,
        date="2025-02-17",
        source=Source(url="https://e.org/?a=b#c", title='"T"', publisher="", licence=None),
        entities=(
            Entity("e1", "Person", "Keir", (Mention(Span(0, 8)), Mention(Span(21, 23), "nominal"))),
            Entity("e 2", "Group", "officials", (Mention(Span(35, 38), "pronoun"),), of="e3"),
            Entity("e3", "Country", "United Kingdom", iso3="GBR", wikidata="Q145"),
        ),
        relations=(
            Relation("metWith", "e1", "e 2", "possible", Span(21, 39), "e3", "2025-02", None,
                     True, "background", 0.1 + 0.2, "llm"),
            Relation("metWith", "e1", "e 2", "possible", Span(21, 39), None, "last week", "x"),
            Relation("metWith", "e1", "e 2", "possible", Span(21, 39), None, "last week", "x"),
        ),
        statements=(Statement("e1", Span(16, 19), "direct", "e 2", "said"),),
    )  # fmt: skip
    assert read.document(write.graph(document)) == mint(document)


def test_a_document_and_its_record_give_the_same_graph() -> None:
    text = "He met them: Keir and the officials met."
    document = Document(
        "d",
        text,
        entities=(
            Entity("e1", "Person", "Keir", (Mention(Span(0, 2), "pronoun"), Mention(Span(13, 17)))),
            Entity(
                "e2",
                "Group",
                "officials",
                (Mention(Span(7, 11), "pronoun"), Mention(Span(26, 35), "nominal")),
            ),
        ),
    )
    assert write.graph(from_json(document.to_json())) == write.graph(document)


def test_two_entities_that_are_one_thing_stay_two_in_the_record() -> None:
    document = Document(
        "d",
        "Britain and the UK",
        entities=(
            Entity("a", "Country", "Britain", (Mention(Span(0, 7)),), iso3="GBR"),
            Entity("b", "Country", "UK", (Mention(Span(16, 18)),), iso3="GBR"),
        ),
        relations=(
            Relation("metWith", "b", "a", "actual", Span(0, 18), place="b"),
            Relation("metWith", "a", "b", "actual", Span(0, 18)),
        ),
    )
    minted = mint(document)
    assert minted.entities[0].iri == minted.entities[1].iri
    assert read.document(write.graph(document)) == minted


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2025-02-18", "date"),
        ("2025-02", "gYearMonth"),
        ("2025", "gYear"),
        ("2025-02-31", "string"),
        ("0000", "string"),
        ("20250218", "string"),
        ("on Tuesday", "string"),
        ("٢٠٢٥", "string"),
    ],
)
def test_a_date_has_the_type_it_deserves(value: str, datatype: str) -> None:
    (triple,) = ox.parse(f"<a:a> <a:b> {write.moment(value)} .", format=ox.RdfFormat.N_TRIPLES)
    assert triple.object.value == value
    assert triple.object.datatype.value.rpartition("#")[2] == datatype


def test_only_what_is_so_becomes_a_plain_triple() -> None:
    def plain(**fields: object) -> bool:
        relation = Relation("holdsPosition", "e1", "e2", **{"status": "actual", **fields},
                            evidence=Span(0, 5))  # fmt: skip
        people = (Entity("e1", "Person", "A"), Entity("e2", "Country", "B", iso3="FRA"))
        graph = write.graph(Document("d", "A B C", entities=people, relations=(relation,)))
        return "<https://w3id.org/news-kg/id/person/a> <https://w3id.org/news-kg/ns#holds" in graph

    assert plain()
    assert not plain(basis="background")  # no text says so
    assert not plain(former=True)
    assert not plain(status="planned")
    assert not plain(status="possible")
    assert not plain(status="negated")


def test_what_a_selector_points_at_is_what_it_quotes(gold_seed: Document) -> None:
    store = ox.Store()
    store.load(write.graph(gold_seed), format=ox.RdfFormat.N_TRIPLES)
    found = list(
        store.query(
            """PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?start ?end ?exact ?before ?after {
            ?e oa:hasSelector ?p, ?q . ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact
            OPTIONAL { ?q oa:prefix ?before } OPTIONAL { ?q oa:suffix ?after } }"""
        )
    )
    spans = {relation.evidence for relation in gold_seed.relations}
    spans |= {statement.quote for statement in gold_seed.statements}
    assert len(found) == len(spans)
    for row in found:
        start, end = int(row["start"].value), int(row["end"].value)
        assert Span(start, end) in spans
        assert gold_seed.text[start:end] == row["exact"].value
        before = row["before"].value if row["before"] else ""
        after = row["after"].value if row["after"] else ""
        assert before + row["exact"].value + after in gold_seed.text


def test_a_copy_tells_its_story_and_a_first_report_says_nothing_of_one() -> None:
    lone = Document("a", "Macron met Scholz.")
    own, first = document_iri(lone), document_iri(Document("b", "Macron met Scholz!"))
    copy = lone.but(story=first)
    assert f"<{own}> <{KG.story}> <{first}> ." in write.graph(copy).splitlines()
    assert read.document(write.graph(copy)) == copy
    assert write.graph(lone.but(story=own)) == write.graph(lone)
    assert "story" not in write.graph(lone)


def test_a_story_that_is_no_iri_is_refused() -> None:
    with pytest.raises(DocumentError, match="is no IRI"):
        write.graph(
            Document("a", "Hello.", story="https://x.org/> <https://x.org/y> <https://x.org/z")
        )


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(DocumentError, match="surrogate"):
        write.graph(Document("d", "a \ud800 b"))


def test_an_unknown_relation_is_refused() -> None:
    people = (Entity("e1", "Person", "A"), Entity("e2", "Person", "B"))
    relation = Relation("brefed", "e1", "e2", "actual", Span(0, 1))
    with pytest.raises(UnknownName, match="did you mean 'briefed'"):
        write.graph(Document("d", "A", entities=people, relations=(relation,)))


def test_a_graph_without_a_document_is_refused() -> None:
    with pytest.raises(DocumentError, match="describes no document"):
        read.document('<a:a> <a:b> "c" .')


def test_a_graph_with_a_hole_is_refused(gold_seed: Document) -> None:
    lines = write.graph(gold_seed).splitlines()
    kept = [line for line in lines if "#localId" not in line]
    with pytest.raises(DocumentError, match="incomplete"):
        read.document("\n".join(kept))
