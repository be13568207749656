"""One contract, kept by a store in memory, in a folder, and behind two kinds of servers."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.contracts import Store
from kg.errors import QueryError, StoreError
from kg.model import Document
from kg.rdf import read, write
from kg.store import EmbeddedStore, RemoteStore
from kg.vocab import document_iri, mint

GRAPH, OTHER = "https://example.org/graph", "https://example.org/other"
A, B = "https://example.org/a", "https://example.org/b"
TRIPLE = f'<{A}> <https://example.org/says> "c" .\n'
SECOND = f'<{B}> <https://example.org/says> "Łódź, \\"é\\" 😀\\n\\\\" .\n'
XSD = "http://www.w3.org/2001/XMLSchema#"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def quad(triple: str, graph: str) -> str:
    return triple.removesuffix(".\n") + f"<{graph}> .\n"


def test_what_is_put_is_there_and_what_is_taken_away_is_not(store: Store) -> None:
    assert isinstance(store, Store)
    assert not store.read_only
    store.add(GRAPH, TRIPLE)
    assert (store.graphs(), len(store), store.query(COUNT)[0]["n"]) == ([GRAPH], 2, 1)
    assert store.graph(GRAPH) == TRIPLE.encode()
    assert store.dump() == (TRIPLE + quad(TRIPLE, GRAPH)).encode()
    assert store.graph(OTHER) == b""
    assert store.drop(OTHER) is False
    assert store.drop(GRAPH) is True
    assert (store.graphs(), len(store), store.dump()) == ([], 0, b"")


def test_several_graphs_change_at_once(store: Store) -> None:
    store.change({})
    store.change({GRAPH: TRIPLE, OTHER: SECOND.encode(), "https://example.org/none": None})
    assert store.graphs() == [GRAPH, OTHER]
    assert listed(store) == [TRIPLE, SECOND, quad(TRIPLE, GRAPH), quad(SECOND, OTHER)]
    store.change({GRAPH: None, OTHER: TRIPLE, "https://example.org/z": TRIPLE + SECOND})
    assert store.graph(OTHER) == TRIPLE.encode()
    before = [TRIPLE, SECOND, quad(TRIPLE, OTHER)]
    before += [quad(line, "https://example.org/z") for line in (TRIPLE, SECOND)]
    assert listed(store) == before
    store.change({"https://example.org/z": ""})
    assert listed(store) == [TRIPLE, quad(TRIPLE, OTHER)]


def listed(store: Store) -> list[str]:
    """Return all quads, those of the default graph sorted, which come in any order."""
    lines = list(store.quads())
    end = sum(isinstance(parsed(line).graph_name, ox.DefaultGraph) for line in lines)
    return [*sorted(lines[:end]), *lines[end:]]


def parsed(line: str) -> ox.Quad:
    (found,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    return found


def test_a_document_comes_back_as_it_was_and_looks_the_same_everywhere(
    store: Store, gold_seed: Document
) -> None:
    iri, triples = document_iri(gold_seed), write.graph(gold_seed)
    store.add(iri, triples)
    assert store.graph(iri).decode() == triples
    assert read.document(store.graph(iri)) == mint(gold_seed)
    memory = EmbeddedStore()
    memory.add(iri, triples)
    assert store.dump() == memory.dump()
    for query in (COUNT, "ASK { ?a kg:briefed ?b }", "ASK { ?a kg:noSuchThing ?b }",
                  "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
                  "SELECT ?g { GRAPH ?g { ?s kg:documentId ?id } }",
                  "CONSTRUCT { ?a kg:briefed ?b } WHERE { ?a kg:briefed ?b }"):  # fmt: skip
        ours, theirs = memory.query(query), store.query(query)
        assert (list(theirs), theirs.boolean) == (list(ours), ours.boolean)
    assert store.drop(iri)
    assert len(store) == 0


@pytest.mark.parametrize(
    "value",
    [
        f'"2025-02-17"^^<{XSD}date>', f'"2025-02"^^<{XSD}gYearMonth>', f'"2025"^^<{XSD}gYear>',
        f'"true"^^<{XSD}boolean>', f'"false"^^<{XSD}boolean>', f'"-7"^^<{XSD}integer>',
        f'"0.8731"^^<{XSD}double>', f'"1"^^<{XSD}double>', '""', '"\\u0007 \\t\\r\\n\'"',
        f"<{B}>",
    ],
)  # fmt: skip
def test_values_are_kept_in_a_graph_and_in_the_merged_one(store: Store, value: str) -> None:
    own = f"<{GRAPH}#relation-1> <https://example.org/score> {value} ."
    known = f"<{A}> <https://example.org/p> {value} ."
    memory = EmbeddedStore()
    for target in (memory, store):
        target.change({GRAPH: f"{own}\n{known}\n", OTHER: f"{known}\n"})
    assert store.dump() == memory.dump()
    for changes in ({GRAPH: own}, {OTHER: None}):
        for target in (memory, store):
            target.change(changes)
        assert store.dump() == memory.dump()


def test_a_graph_larger_than_servers_like_goes_in_comes_out_and_goes_away(store: Store) -> None:
    triples = (
        "".join(
            f'<https://example.org/thing-{n:05}> <https://example.org/p{n % 7}> "value {n}" .\n'
            for n in range(4_600)
        )
        + f'<{GRAPH}> <https://schema.org/text> "{"long " * 30_000}" .\n'
    )
    triples = "".join(sorted(triples.splitlines(keepends=True)))
    store.change({GRAPH: triples, OTHER: TRIPLE})
    assert store.graph(GRAPH).decode() == triples
    assert len(store) == 2 * 4_600 + 3
    assert sum(1 for _ in store.quads()) == len(store)
    store.change({GRAPH: None})
    assert store.dump() == (TRIPLE + quad(TRIPLE, OTHER)).encode()


def test_a_rebuild_mends_the_default_graph(store: EmbeddedStore | RemoteStore) -> None:
    store.change({GRAPH: TRIPLE, OTHER: SECOND})
    before = store.dump()
    default = getattr(getattr(store, "_endpoint", None), "default_graph", None)
    place = "{}" if default is None else f"GRAPH <{default}> {{{{ {{}} }}}}"
    stray = place.format(f'<{A}> <https://example.org/stray> "x"')
    missing = place.format(TRIPLE)
    harm = f"INSERT DATA {{ {stray} }} ; DELETE DATA {{ {missing} }}"
    (store._store if isinstance(store, EmbeddedStore) else store._endpoint).update(harm)
    assert store.dump() != before
    store.rebuild()
    assert store.dump() == before


def test_what_is_no_graph_is_refused_and_nothing_changes(store: Store) -> None:
    store.add(GRAPH, TRIPLE)
    before = store.dump()
    for broken in (
        "<a> <b>",
        "} } ; DROP ALL ; INSERT DATA { {",
        '<a:a> <a:b> "c',
        "_:b <a:b> <a:c> .",
    ):
        with pytest.raises(StoreError, match="could not be stored"):
            store.change({OTHER: SECOND, "https://example.org/bad": broken})
    for name in ("no iri", "https://example.org/> { } } ; DROP ALL ; #"):
        for work in (lambda g: store.add(g, TRIPLE), store.drop, store.graph):
            with pytest.raises(StoreError, match="names no graph"):
                work(name)
    assert store.dump() == before


def test_a_query_changes_nothing(store: Store) -> None:
    store.add(GRAPH, TRIPLE)
    before = store.dump()
    for update in ("DROP ALL", f"DELETE WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"):
        with pytest.raises((QueryError, StoreError)):
            store.query(update)
    assert store.dump() == before
