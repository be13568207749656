"""A graph behind a SPARQL 1.1 endpoint."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self

from kg.errors import StoreError
from kg.store import merge
from kg.store.endpoint import LARGEST, Endpoint
from kg.store.questions import Questions
from kg.store.results import Results
from kg.store.triples import named, parsed
from kg.vocab import BASE, prefixes

AT_ONCE = 2000
"""Triples in one request to a Virtuoso, which cannot take more than about 3,000."""


class RemoteStore:
    """Named graphs and the default graph merged from them, behind a SPARQL endpoint.

    A change is one request, which most servers carry out as one transaction. Virtuoso does not,
    and takes a large one in parts only: the default graph is written first, so that the same
    change made again completes one that was cut off. There is no lock: one writer at a time is up
    to the users.

    Parameters
    ----------
    where
        The address of the endpoint (``https://host/sparql``). With ``?default-graph-uri=IRI`` the
        graph of that name takes the place of the default graph; Virtuoso needs it, as it shows
        all named graphs as one where no graph is asked for.
    base
        The IRI that ``:`` stands for in queries.
    timeout
        Seconds to wait for an answer.
    largest
        Bytes of an answer that are read at most.
    read_only
        Refuse changes; otherwise the server decides. See `kg.store.access` for credentials.
    """

    def __init__(
        self,
        where: str,
        *,
        base: str = BASE,
        timeout: float = 60,
        largest: int = LARGEST,
        read_only: bool = False,
    ) -> None:
        self.where, self.base, self.read_only = where, base, read_only
        self._endpoint = Endpoint(where, timeout=timeout, largest=largest)
        if (default := self._endpoint.default_graph) is not None:
            named(default, where)
        self._questions = Questions(self._endpoint)

    def query(self, sparql: str) -> Results:
        """Answer a SPARQL query; the usual prefixes are known.

        Raises
        ------
        QueryError
            If the server refuses the query.
        StoreError
            If it cannot be reached or gives no SPARQL results.
        """
        known = prefixes(self.base)
        default = self._endpoint.default_graph
        kind, data, limit = self._endpoint.ask(_declared(sparql, known), default_graph=default)
        try:
            if kind == "application/n-triples":
                return self._counted(Results(data, graph=True, known=known), limit)
            if kind in ("application/sparql-results+json", "application/json"):
                found = Results(data, known=known)
                if found.columns == ("__ASK_RETVAL",):  # how Virtuoso says yes or no
                    answer = b"true" if found and found[0]["__ASK_RETVAL"] else b"false"
                    return Results(b'{"head": {}, "boolean": %s}' % answer, known=known)
                return self._counted(found, limit)
        except (SyntaxError, ValueError):
            pass
        raise StoreError(self.where, "does not answer as a SPARQL endpoint does; check the address")

    def _counted(self, found: Results, limit: int | None) -> Results:
        """Warn where there may be more rows (or triples) than the server gives."""
        if limit is not None and len(found) >= limit:
            warnings.warn(
                f"{self.where} gives {limit} rows at most, and there may be more; "
                "ask for the rest with OFFSET",
                stacklevel=3,
            )
        return found

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        return self._questions.graphs()

    def graph(self, graph: str) -> bytes:
        """Return one named graph as sorted N-Triples; empty if there is none of that name."""
        named(graph, self.where)
        found = self._questions.told_in([graph]).get(graph, set())
        return "".join(sorted(f"{triple} .\n" for triple in found)).encode()

    def quads(self) -> Iterator[str]:
        """Yield everything as lines of N-Quads, graph by graph, the default graph first."""
        yield from sorted(f"{triple} .\n" for triple in self._questions.default())
        for name, triples in self._all_graphs():
            yield from sorted(f"{triple} <{name}> .\n" for triple in triples)

    def dump(self) -> bytes:
        """Return everything as sorted N-Quads."""
        return "".join(sorted(self.quads())).encode()

    def change(self, changes: Mapping[str, str | bytes | None]) -> None:
        """Put several named graphs in the place of those of these names, or take them away.

        The default graph is brought along, in one request.

        Parameters
        ----------
        changes
            N-Triples by the name of the graph; None (or no triple) takes it away.

        Raises
        ------
        StoreError
            If changes are refused here or by the server, or something is not N-Triples without
            blank nodes.
        """
        self._writable()
        wanted = {name: parsed(name, given, self.where) for name, given in changes.items()}
        if self._endpoint.default_graph in wanted:
            raise StoreError(self.where, "the merged graph is made, not written; name another one")
        self._write(merge.difference(self._questions, wanted))

    def add(self, graph: str, triples: str | bytes) -> None:
        """Put a named graph in the place of the one of that name; see `change`."""
        self.change({graph: triples})

    def drop(self, graph: str) -> bool:
        """Take a named graph away, and what only it knew; tell whether it was there."""
        there = bool(self.graph(graph))
        self.change({graph: None})
        return there

    def rebuild(self) -> None:
        """Work the default graph out anew from the named graphs."""
        self._writable()
        self._write(merge.mend(self._questions.default(), self._all_graphs()))

    def close(self) -> None:
        """Do nothing: there is no connection to close."""

    def __len__(self) -> int:
        return self._questions.size()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<RemoteStore {self.where}>"

    def _all_graphs(self) -> Iterator[tuple[str, merge.Triples]]:
        for name in self.graphs():
            yield from self._questions.told_in([name]).items()

    def _writable(self) -> None:
        if self.read_only:
            raise StoreError(self.where, "the graph is open for reading only")

    def _write(self, change: merge.Difference) -> None:
        endpoint = self._endpoint
        if not change:
            return
        if not endpoint.is_virtuoso:
            endpoint.update(" ;\n".join(text for text, _ in _operations(change, endpoint)))
            return
        if endpoint.default_graph is None:
            problem = "Virtuoso has no default graph of its own; put ?default-graph-uri=IRI of one"
            raise StoreError(self.where, f"{problem} behind the address")
        part: list[str] = []
        size = 0
        for text, triples in _operations(change, endpoint):
            if part and size + triples > AT_ONCE:
                endpoint.update(" ;\n".join(part))
                part, size = [], 0
            part.append(text)
            size += triples
        endpoint.update(" ;\n".join(part))


def _operations(change: merge.Difference, endpoint: Endpoint) -> Iterator[tuple[str, int]]:
    """Yield the operations of an update, each with its number of triples.

    A named graph is written anew: a server may keep a number in another form than it was given,
    and would not find it to delete it. Knowledge has no such numbers.
    """
    default = endpoint.default_graph
    yield from _data("DELETE", default, change.gone.get(None, set()))
    yield from _data("INSERT", default, change.come.get(None, set()))
    empty = "CLEAR" if endpoint.is_virtuoso else "DROP"  # it drops only what was made by CREATE
    for name, triples in change.graphs.items():
        yield f"{empty} SILENT GRAPH <{name}>", 1
        yield from _data("INSERT", name, triples)


def _data(verb: str, graph: str | None, triples: merge.Triples) -> Iterator[tuple[str, int]]:
    lines = sorted(f"{triple} ." for triple in triples)
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        inside = "\n".join(some)
        place = inside if graph is None else f"GRAPH <{graph}> {{\n{inside}\n}}"
        yield f"{verb} DATA {{\n{place}\n}}", len(some)


def _declared(sparql: str, known: dict[str, str]) -> str:
    """Declare the usual prefixes on the query's first line, so that line numbers stay true."""
    return " ".join(f"PREFIX {name}: <{iri}>" for name, iri in known.items()) + " " + sparql
