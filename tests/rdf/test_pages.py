"""Page, author and language of a document in its graph: as the standards write them, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.rdf import read, write
from kg.rdf.validate import validate
from kg.record import from_json, to_line
from kg.relations import shipped
from kg.source import Source
from kg.store import EmbeddedStore
from kg.store.named import named_query
from kg.view.export import edges_csv
from kg.view.network import network
from kg.view.rows import relation_rows, statement_rows
from kg.vocab import document_iri

TEXT = "Macron met Scholz. “We agree,” said Macron, and he left Paris."


def paper() -> Document:
    """Page 1 ends after "met", page 2 is empty, page 3 holds the rest."""
    return Document(
        "paper",
        TEXT,
        date="2025-02-17",
        source=Source(title="Talks", author="Ada Brandt"),
        language="en",
        pages=(0, 11, 11),
        entities=(
            Entity("e1", "Person", "Macron", (Mention(Span(0, 6)),)),
            Entity("e2", "Person", "Scholz", (Mention(Span(11, 17)),)),
        ),
        relations=(Relation("metWith", "e1", "e2", "actual", Span(0, 18)),),
        statements=(Statement("e1", Span(20, 28), "direct", cue="said"),),
    )


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    made = EmbeddedStore()
    made.add(document_iri(paper()), write.graph(paper()))
    yield made
    made.close()


def test_the_document_comes_back_as_it_was() -> None:
    back = read.document(write.graph(paper()), given=True)
    assert back == paper()
    assert from_json(json.loads(to_line(back))) == paper()


def test_evidence_names_its_page_as_web_annotation_does(store: EmbeddedStore) -> None:
    rows = store.query("""
        PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?words ?fragment ?standard { GRAPH ?g {
          ?place a oa:SpecificResource ; oa:hasSelector ?quote, ?page .
          ?quote oa:exact ?words .
          ?page a oa:FragmentSelector ; rdf:value ?fragment ; dcterms:conformsTo ?standard } }
        ORDER BY ?fragment""")
    assert [tuple(row[name] for name in rows.columns) for row in rows] == [
        ("Macron met Scholz.", "page=1", "http://tools.ietf.org/rfc/rfc3778"),
        ("We agree", "page=3", "http://tools.ietf.org/rfc/rfc3778"),
    ]


def test_author_and_language_are_said_in_schema_org(store: EmbeddedStore) -> None:
    [row] = store.query("""
        PREFIX schema: <https://schema.org/>
        SELECT ?author ?language { GRAPH ?g {
          ?g schema:inLanguage ?language ; schema:isBasedOn/schema:author ?author } }""")
    assert (row["author"], row["language"]) == ("Ada Brandt", "en")


def test_the_graph_conforms_to_the_shapes(store: EmbeddedStore) -> None:
    assert validate(store.dump()).conforms


def test_a_page_that_is_no_page_does_not_conform(store: EmbeddedStore) -> None:
    report = validate(store.dump().replace(b'"page=3"', b'"page=none"'))
    assert not report.conforms
    assert "names no page" in str(report)


def test_a_document_without_pages_has_no_fragment() -> None:
    graph = write.graph(paper().but(pages=(), language=None, source=None))
    for word in ("FragmentSelector", "#pages", "inLanguage", "author"):
        assert word not in graph


def test_queries_tell_the_page(store: EmbeddedStore) -> None:
    [fact] = store.query(named_query("evidence-for"))
    [said] = store.query(named_query("statements-by"))
    assert (fact["page"], said["page"]) == (1, 3)


def test_tables_networks_and_records_tell_the_page() -> None:
    [fact] = relation_rows([paper()], shipped())
    [said] = statement_rows([paper()])
    assert (fact.page, said.page) == (1, 3)
    head, row = edges_csv(network([paper()])).splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["page:int"] == "1"
    record = paper().to_json()
    assert (record["relations"][0]["page"], record["statements"][0]["page"]) == (1, 3)
    assert "page" not in paper().but(pages=()).to_json()["relations"][0]
