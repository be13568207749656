"""The default graph: what the named graphs know together, and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Document, Entity, Mention, Relation, Span, Status
from kg.rdf import write
from kg.store import EmbeddedStore
from kg.vocab import document_iri

TEXT = "Macron Trump Paris EU"
NAMES = {
    "Q1": ["Macron", "Emmanuel Macron", "MACRON"],
    "Q2": ["Trump", "Donald Trump"],
    "Q3": ["Starmer", "Sir Keir Starmer", "Keir Starmer"],
}


@st.composite
def small_documents(draw: st.DrawFn) -> Document:
    """Documents that speak of the same three people, each time with other names and facts."""
    entities = tuple(
        Entity(
            wikidata,
            "Person",
            draw(st.sampled_from(names)),
            draw(st.sampled_from([(), (Mention(Span(0, 6)),), (Mention(Span(7, 12)),)])),
            wikidata=wikidata,
        )
        for wikidata, names in NAMES.items()
    )
    someone = st.sampled_from(sorted(NAMES))
    relation = st.builds(
        Relation,
        type=st.sampled_from(["metWith", "briefed"]),
        subject=someone,
        object=someone,
        status=st.sampled_from(["actual", "actual", "planned", "negated"]),
        evidence=st.just(Span(0, 5)),
        former=st.booleans(),
    )
    number = draw(st.integers(0, 4))
    return Document(
        f"d{number}",
        f"{TEXT} {number}",
        entities=entities,
        relations=tuple(draw(st.lists(relation, max_size=4))),
    )


def put(store: EmbeddedStore, document: Document) -> None:
    store.add(document_iri(document), write.graph(document))


def default_graph(store: EmbeddedStore) -> set[tuple[object, ...]]:
    return {tuple(row.values()) for row in store.query("SELECT ?s ?p ?o { ?s ?p ?o }")}


@given(st.lists(st.tuples(st.booleans(), small_documents()), max_size=8))
def test_step_by_step_gives_what_a_rebuild_gives(steps: list[tuple[bool, Document]]) -> None:
    store = EmbeddedStore()
    last: dict[str, Document] = {}
    for add, document in steps:
        if add:
            put(store, document)
            last[document.text] = document
        else:
            assert store.drop(document_iri(document)) == (document.text in last)
            last.pop(document.text, None)
    stepwise = store.dump()

    store.rebuild()
    assert store.dump() == stepwise

    fresh = EmbeddedStore()
    for document in reversed(last.values()):
        put(fresh, document)
    assert fresh.dump() == stepwise


@given(st.lists(st.lists(st.tuples(st.booleans(), small_documents()), max_size=4), max_size=4))
def test_many_graphs_at_once_give_what_one_after_the_other_gives(
    steps: list[list[tuple[bool, Document]]],
) -> None:
    together, alone = EmbeddedStore(), EmbeddedStore()
    for step in steps:
        changes = {document_iri(d): write.graph(d) if add else None for add, d in step}
        together.change(changes)
        for iri, triples in changes.items():
            if triples is None:
                alone.drop(iri)
            else:
                alone.add(iri, triples)
        assert together.dump() == alone.dump()
    lines = list(together.quads())
    assert sorted(lines) == together.dump().decode().splitlines(keepends=True)
    parsed = ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    graphs = [getattr(quad.graph_name, "value", "") for quad in parsed]
    pairs = [pair for pair in zip(graphs, lines, strict=True) if pair[0]]
    assert pairs == sorted(pairs)
    assert graphs == sorted(graphs)


def test_a_blank_node_is_refused_because_it_is_another_one_at_each_reading() -> None:
    store = EmbeddedStore()
    good = "https://example.org/good"
    for triples in ("_:b <a:p> <a:o> .", "<a:s> <a:p> _:b ."):
        with pytest.raises(StoreError, match="a blank node"):
            store.change({good: "<a:s> <a:p> <a:o> .", "https://example.org/bad": triples})
    assert len(store) == 0


@given(st.lists(small_documents(), max_size=5))
def test_plain_triples_are_the_actual_relations_and_no_others(documents: list[Document]) -> None:
    store = EmbeddedStore()
    for document in documents:
        put(store, document)
    last = {document.text: document for document in documents}.values()
    expected = {
        (r.subject, r.type, r.object)
        for document in last
        for r in document.relations
        if r.status == "actual" and not r.former
    }
    found = store.query("SELECT ?s ?p ?o { ?s ?p ?o . ?o a kg:Person }")
    shown = {tuple(str(value).replace("#", "/").split("/")[-1] for value in row.values())
             for row in found}  # fmt: skip
    assert shown == expected


def person(wikidata: str, name: str) -> Entity:
    return Entity(wikidata, "Person", name, wikidata=wikidata)


def meeting(text: str, name: str, status: Status = "actual") -> Document:
    entities = (person("Q1", name), person("Q2", "Trump"))
    relation = Relation("metWith", "Q1", "Q2", status, Span(0, 1))
    return Document(text, text, entities=entities, relations=(relation,))


def labels(store: EmbeddedStore, term: str) -> list[object]:
    return sorted(map(str, store.query(f"SELECT ?x {{ :Q1 {term} ?x }}").column("x")))


def test_one_label_for_each_thing_and_its_other_names_as_aliases() -> None:
    store = EmbeddedStore()
    put(store, meeting("one", "Macron"))
    put(store, meeting("two", "Emmanuel Macron"))
    put(store, meeting("three", "MACRON"))
    assert labels(store, "rdfs:label") == ["Emmanuel Macron"]
    assert labels(store, "skos:altLabel") == ["MACRON", "Macron"]
    store.drop(document_iri(meeting("two", "")))
    assert labels(store, "rdfs:label") == ["Macron"]
    assert labels(store, "skos:altLabel") == ["MACRON"]


def test_a_fact_of_two_documents_shows_once_and_stays_while_one_of_them_does() -> None:
    store = EmbeddedStore()
    fact = "SELECT ?a ?b { ?a kg:metWith ?b }"
    for text in ("one", "two"):
        put(store, meeting(text, "Macron"))
    assert len(store.query(fact)) == 1
    store.drop(document_iri(meeting("one", "Macron")))
    assert len(store.query(fact)) == 1
    store.drop(document_iri(meeting("two", "Macron")))
    assert len(store) == 0


def test_a_document_that_no_longer_says_it_takes_it_away() -> None:
    store = EmbeddedStore()
    put(store, meeting("one", "Macron"))
    put(store, meeting("one", "Macron", "negated"))
    assert not store.query("ASK { ?a kg:metWith ?b }")
    assert store.query("ASK { GRAPH ?g { ?a kg:status kg:negated } }")
    assert len(store.graphs()) == 1


def test_adding_a_document_twice_changes_nothing() -> None:
    store = EmbeddedStore()
    put(store, meeting("one", "Macron"))
    before = store.dump()
    put(store, meeting("one", "Macron"))
    assert store.dump() == before


def test_the_graph_of_one_document_is_not_changed_by_another() -> None:
    store = EmbeddedStore()
    put(store, meeting("one", "Macron"))
    before = store.graph(document_iri(meeting("one", "Macron")))
    put(store, meeting("two", "Emmanuel Macron"))
    assert store.graph(document_iri(meeting("one", "Macron"))) == before
