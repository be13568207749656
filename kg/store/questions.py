"""What has to be known of a store behind an endpoint, in few questions and whole answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import merge
from kg.store.endpoint import Endpoint

T = TypeVar("T")

GRAPHS, TRIPLES = 100, 300
"""How many of them are asked for at once."""

NOT_OURS = (  # graphs that every Virtuoso comes with
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/sparql",
    "http://localhost:8890/sparql",
    "http://localhost:8890/DAV/",
)


class Questions:
    """A store behind an endpoint as `kg.store.merge` has to see it.

    Servers cut long answers off, some without a word: so each answer is counted first, and read
    page by page until it is whole.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        default = endpoint.default_graph
        self._default = "" if default is None else f"GRAPH {ox.NamedNode(default)}"
        self._others = _listed([*NOT_OURS, *([] if default is None else [default])])

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        where = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({self._others}))"
        return sorted(row["g"].value for row in self._rows("DISTINCT ?g", where))

    def size(self) -> int:
        """Return how many triples there are in all graphs."""
        named = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({self._others}))"
        return sum(self._count("*", where) for where in (self._in_default("?s ?p ?o"), named))

    def default(self) -> merge.Triples:
        """Return the default graph."""
        return _triples(self._rows("?s ?p ?o", self._in_default("?s ?p ?o")))

    def told_in(self, graphs: Collection[str]) -> dict[str, merge.Triples]:
        """Return the triples of those of these named graphs that are there."""
        found: dict[str, list[ox.QuerySolution]] = {}
        for some in _batches(sorted(graphs), GRAPHS):
            where = f"VALUES ?g {{ {_listed(some, ' ')} }} GRAPH ?g {{ ?s ?p ?o }}"
            for row in self._rows("?g ?s ?p ?o", where):
                found.setdefault(row["g"].value, []).append(row)
        return {graph: _triples(rows) for graph, rows in found.items()}

    def merged(self, triples: Collection[ox.Triple]) -> merge.Triples:
        """Return those that the default graph has."""
        return self._those(triples, self._in_default("?s ?p ?o"))

    def told_beside(self, graphs: Collection[str], triples: Collection[ox.Triple]) -> merge.Triples:
        """Return those that a named graph has that is none of these."""
        none = f"{self._others}, {_listed(sorted(graphs))}" if graphs else self._others
        where = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({none}))"
        return self._those(triples, where)

    def names(self, subjects: Collection[merge.Thing]) -> merge.Triples:
        """Return the labels and aliases that these have in the default graph."""
        found: merge.Triples = set()
        for some in _batches(sorted(map(str, subjects)), TRIPLES):
            which = f"VALUES ?p {{ {merge.LABEL} {merge.ALIAS} }}"
            where = f"VALUES ?s {{ {' '.join(some)} }} {which} {self._in_default('?s ?p ?o')}"
            found |= _triples(self._rows("?s ?p ?o", where))
        return found

    def _those(self, triples: Collection[ox.Triple], where: str) -> merge.Triples:
        """Return those that a pattern fits; by number, as a server may write a value its way."""
        found: merge.Triples = set()
        for some in _batches(sorted(triples, key=str), TRIPLES):
            rows = (f"({n} {t.subject} {t.predicate} {t.object})" for n, t in enumerate(some))
            asked = f"VALUES (?n ?s ?p ?o) {{ {' '.join(rows)} }} {where}"
            numbers = self._solutions(f"SELECT DISTINCT ?n {{ {asked} }}")
            found |= {some[int(row["n"].value)] for row in numbers}
        return found

    def _in_default(self, pattern: str) -> str:
        return f"{self._default} {{ {pattern} }}"

    def _count(self, what: str, where: str) -> int:
        (row,) = self._solutions(f"SELECT (COUNT({what}) AS ?n) {{ {where} }}")
        return int(row["n"].value)

    def _rows(self, what: str, where: str) -> list[ox.QuerySolution]:
        """Return all rows of an answer, however few of them the server gives at a time."""
        due = self._count(what if what.startswith("DISTINCT") else "*", where)
        rows = list(self._solutions(f"SELECT {what} {{ {where} }}")) if due else []
        page = len(rows)
        if 0 < page < due:
            names = what.removeprefix("DISTINCT ")
            ordered = f"SELECT {names} {{ {{ SELECT {what} {{ {where} }} ORDER BY {names} }} }}"
            pages = (f"{ordered} OFFSET {start} LIMIT {page}" for start in range(0, due, page))
            rows = [row for asked in pages for row in self._solutions(asked)]
        if len({tuple(row) for row in rows}) != due:
            problem = (
                f"gives {page} rows at a time, which is too few of {due} to be sure; raise that"
            )
            raise StoreError(self._endpoint.where, problem)
        return rows

    def _solutions(self, sparql: str) -> Iterator[ox.QuerySolution]:
        _, data, _ = self._endpoint.ask(sparql)
        try:
            found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            found = None
        if not isinstance(found, ox.QuerySolutions):
            problem = "does not answer as a SPARQL endpoint does; check the address"
            raise StoreError(self._endpoint.where, problem)
        return found


def _triples(rows: Iterable[ox.QuerySolution]) -> merge.Triples:
    """Return rows as triples, with numbers and truth values written as our own stores do."""
    store = ox.Store()
    store.extend(ox.Quad(row["s"], row["p"], row["o"]) for row in rows)
    return {quad.triple for quad in store}


def _batches(things: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _listed(names: Iterable[str], between: str = ", ") -> str:
    return between.join(str(ox.NamedNode(name)) for name in names)
