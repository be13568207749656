"""A query -> the answer a client asked for, cut where it becomes too long."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.serve.negotiate import best
from kg.serve.settings import LARGEST_ANSWER
from kg.serve.wire import Answer
from kg.store.embedded import EmbeddedStore
from kg.vocab import prefixes

JSON = "application/sparql-results+json"
TABLES = {
    JSON: ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is wanted: an Accept header, the most rows there may be, and uncut or not."""

    accept: str | None
    rows: int
    whole: bool = False


def answer(
    store: EmbeddedStore,
    sparql: str,
    wanted: Wanted,
    *,
    default: Sequence[str] = (),
    named: Sequence[str] = (),
    services: Sequence[str] = (),
) -> Answer:
    """Answer a query in the form that is wanted.

    Raises
    ------
    QueryError
        If it cannot be run.
    """
    asked = store.asked(sparql, default=default, named=named, services=services)
    with asked as found:
        if isinstance(found, ox.QueryTriples):
            kind = best(wanted.accept, list(GRAPHS))
            return not_acceptable(GRAPHS) if kind is None else _graph(found, kind, wanted)
        kind = best(wanted.accept, list(TABLES))
        if kind is None:
            return not_acceptable(TABLES)
        if isinstance(found, ox.QueryBoolean):
            return _boolean(bool(found), kind)
        return _table(found, kind, wanted.rows)


def not_acceptable(offers: Sequence[str] | dict[str, Any]) -> Answer:
    """Refuse an Accept header, with what there is."""
    return Answer.problem(406, f"The answer can be had as: {', '.join(offers)}.")


def too_large() -> Answer:
    """Refuse to send a graph that is larger than an answer may be."""
    mib = LARGEST_ANSWER // 2**20
    problem = f"The graph is larger than {mib} MiB; kg export writes it to a file."
    return Answer.problem(413, problem)


def _boolean(value: bool, kind: str) -> Answer:
    if kind.startswith("text/"):
        return Answer(b"true\n" if value else b"false\n", kind)
    data = json.dumps({"head": {}, "boolean": value}).encode()
    return Answer(_converted(data, kind), kind)


def _table(found: ox.QuerySolutions, kind: str, most: int) -> Answer:
    names = [variable.value for variable in found.variables]
    rows: list[str] = []
    size, cut = 0, ""
    for number, solution in enumerate(found):
        if number == most:
            cut = f"rows={most}"
            break
        row = {
            name: _term(value)
            for name, value in zip(names, solution, strict=True)
            if value is not None
        }
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        size += len(rows[-1])
        if size > LARGEST_ANSWER:
            cut = f"rows={len(rows)}"
            break
    head = json.dumps({"vars": names}, ensure_ascii=False)
    body = ",\n".join(rows)
    data = f'{{"head":{head},"results":{{"bindings":[\n{body}\n]}}}}\n'.encode()
    return Answer(_converted(data, kind), kind, headers=_told(cut))


def _graph(found: ox.QueryTriples, kind: str, wanted: Wanted) -> Answer:
    triples: list[ox.Triple] = []
    size, cut = 0, ""
    for number, triple in enumerate(found):
        if number == wanted.rows or size > LARGEST_ANSWER:
            cut = f"triples={number}"
            break
        triples.append(triple)
        size += len(str(triple))
    if cut and wanted.whole:
        return too_large()
    return Answer(serialised(triples, kind), kind, headers=_told(cut))


def _told(cut: str) -> dict[str, str]:
    """Return the headers that say where an answer was cut, in our words and in Virtuoso's."""
    if not cut:
        return {}
    return {"KG-Truncated": cut, "X-SPARQL-MaxRows": cut.partition("=")[2]}


def serialised(triples: Sequence[ox.Triple], kind: str, base: str | None = None) -> bytes:
    """Return triples, sorted, in one of the forms of `GRAPHS`."""
    known = prefixes() if base is None else prefixes(base)
    ordered: Iterator[ox.Triple] = iter(sorted(set(triples), key=str))
    form = GRAPHS[kind]
    named = form in (ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML)
    if form != ox.RdfFormat.TURTLE:
        known = {short: iri for short, iri in known.items() if short}
    return ox.serialize(ordered, format=form, prefixes=known if named else None) or b""


def _converted(data: bytes, kind: str) -> bytes:
    form = TABLES[kind]
    if form == ox.QueryResultsFormat.JSON:
        return data
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    return parsed.serialize(format=form) or b""


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
            found["datatype"] = term.datatype.value
        return found
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
