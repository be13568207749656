"""How much is in a graph, counted in its store: no document is read, and nothing large is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from itertools import groupby

from kg.model import ENTITY_TYPES, STATUSES
from kg.rdf.sorting import in_order
from kg.relations import Lexicon, shipped
from kg.store import EmbeddedStore, RemoteStore
from kg.view.rows import Stats, symmetric
from kg.vocab import KG

_APPEARANCES = """SELECT ?entity ?id ?appearance ?type { GRAPH ?document {
  ?document kg:documentId ?id . ?appearance kg:refersTo ?entity ; kg:entityType ?type } }"""
_FACTS = """SELECT ?relation ?status ?one ?other ?former { GRAPH ?document {
  ?fact kg:basis kg:text ; kg:relation ?relation ; kg:status ?status ;
        kg:subject ?one ; kg:object ?other OPTIONAL { ?fact kg:former ?former } } }"""
_COUNTS = """SELECT (COUNT(*) AS ?number) { GRAPH ?document { ?node a kg:%s } }"""
_COPIES = """SELECT (COUNT(*) AS ?number) { GRAPH ?document { ?document kg:story ?first } }"""


def figures(store: EmbeddedStore | RemoteStore, lexicon: Lexicon | None = None) -> Stats:
    """Count what `kg.view.rows.stats` counts, in a store; its lexicon, by default the shipped one.

    Examples
    --------
    >>> figures(EmbeddedStore()).documents
    0
    """
    types: Counter[str] = Counter()
    appearances = in_order(map(_first, _rows(store, _APPEARANCES)))
    for _, same in groupby(appearances, key=lambda line: line.partition(" ")[0]):
        types[next(same).rpartition(" ")[2].strip()] += 1
    statuses: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    either = {KG.iri + name for name in symmetric(lexicon or shipped())}
    facts = in_order(_fact(row, either) for row in _rows(store, _FACTS))
    for fact, _ in groupby(facts):
        relation, status, *_ = fact.split(" ")
        relations[relation.removeprefix(KG.iri)] += 1
        statuses[status.removeprefix(KG.iri)] += 1
    documents, statements = (_count(store, kind) for kind in ("Document", "Statement"))
    copies = int(next(_rows(store, _COPIES))[0])
    return Stats(
        documents=documents,
        sources=documents - copies,
        entities={kind: types[kind] for kind in ENTITY_TYPES if types[kind]},
        relations={status: statuses[status] for status in STATUSES if statuses[status]},
        by_relation=dict(sorted(relations.items())),
        statements=statements,
    )


def _first(row: tuple[str, ...]) -> str:
    """Return an appearance as a line that sorts by entity, document id and place there."""
    entity, name, appearance, kind = row
    number = appearance.rpartition("-")[2]
    return f"{entity} {name.encode().hex()} {number:0>9} {kind.removeprefix(KG.iri)}\n"


def _fact(row: tuple[str, ...], either: Set[str]) -> str:
    """Return a fact as a line, the same from whichever end a symmetric one is told."""
    relation, status, one, other, former = row
    if relation in either and other < one:
        one, other = other, one
    return f"{relation} {status} {one} {other} {former}\n"


def _count(store: EmbeddedStore | RemoteStore, kind: str) -> int:
    (row,) = _rows(store, _COUNTS % kind)
    return int(row[0])


def _rows(store: EmbeddedStore | RemoteStore, sparql: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of an answer, from a store of ours one by one."""
    if isinstance(store, RemoteStore):
        found = store.query(sparql)
        for row in found:
            values = (row[name] for name in found.columns)
            yield tuple("" if value is None else str(value) for value in values)
        return
    with store.asked(sparql) as solutions:
        yield from map(_values, solutions)  # type: ignore[arg-type]  # a SELECT gives solutions


def _values(solution: Iterable[object]) -> tuple[str, ...]:
    return tuple(getattr(term, "value", "") for term in solution)
