"""A graph behind a SPARQL 1.1 endpoint, spoken to with the standard library."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.results import Results
from kg.version import __version__
from kg.vocab import BASE, prefixes

ACCEPT = "application/sparql-results+json, application/n-triples"
LARGEST = 512 * 1024 * 1024


class RemoteStore:
    """A SPARQL endpoint, to read from.

    Parameters
    ----------
    where
        The address of the endpoint (``https://host/sparql``).
    base
        The IRI that ``:`` stands for in queries.
    timeout
        Seconds to wait for an answer.
    largest
        Bytes of an answer that are read at most.
    """

    read_only: bool = True

    def __init__(
        self, where: str, *, base: str = BASE, timeout: float = 60, largest: int = LARGEST
    ) -> None:
        self.where, self.base, self.timeout, self.largest = where, base, timeout, largest

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
        kind, data = self._post(_declared(sparql, known))
        try:
            if kind == "application/n-triples":
                return Results(data, graph=True, known=known)
            if kind in ("application/sparql-results+json", "application/json"):
                return Results(data, known=known)
        except (SyntaxError, ValueError):
            pass
        raise StoreError(self.where, "does not answer as a SPARQL endpoint does; check the address")

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        found = self.query("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        return sorted(str(name) for name in found.column("graph"))

    def graph(self, graph: str) -> bytes:
        """Return one named graph as sorted N-Triples; empty if there is none of that name."""
        name = ox.NamedNode(graph)
        found = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
        return found.serialize("nt")

    def dump(self) -> bytes:
        """Return everything as sorted N-Quads."""
        default = self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").serialize("nt")
        lines = default.splitlines(keepends=True)
        for name in self.graphs():
            own = f" <{name}> .\n".encode()
            lines += [line[: -len(b" .\n")] + own for line in _lines(self.graph(name))]
        return b"".join(sorted(lines))

    def quads(self) -> Iterator[str]:
        """Yield everything as lines of N-Quads, graph by graph, the default graph first."""
        default = self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").serialize("nt")
        yield from sorted(default.decode().splitlines(keepends=True))
        for name in self.graphs():
            for line in self.graph(name).decode().splitlines():
                yield f"{line.removesuffix('.')}<{name}> .\n"

    def change(self, changes: Mapping[str, str | bytes | None]) -> None:
        """Refuse: a graph behind an endpoint is for reading."""
        raise StoreError(self.where, "is for reading; build into a folder (kg build ... -o FOLDER)")

    def add(self, graph: str, triples: str | bytes) -> None:
        """Refuse: a graph behind an endpoint is for reading."""
        raise StoreError(self.where, "is for reading; build into a folder (kg build ... -o FOLDER)")

    def drop(self, graph: str) -> bool:
        """Refuse: a graph behind an endpoint is for reading."""
        raise StoreError(self.where, "is for reading; remove documents where the graph is built")

    def rebuild(self) -> None:
        """Refuse: a graph behind an endpoint is for reading."""
        raise StoreError(self.where, "is for reading; rebuild the graph where it is built")

    def close(self) -> None:
        """Do nothing: there is no connection to close."""

    def __len__(self) -> int:
        count = self.query(
            "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        )
        return int(str(count[0]["n"]))

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

    def _post(self, sparql: str) -> tuple[str, bytes]:
        request = urllib.request.Request(  # noqa: S310  # open_store lets only http(s) through
            self.where,
            data=urlencode({"query": sparql}).encode(),
            headers={
                "Accept": ACCEPT,
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": f"kg/{__version__} (SPARQL client)",  # some endpoints want to know
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                kind = answer.headers.get_content_type()
                data = answer.read(self.largest + 1)
        except urllib.error.HTTPError as error:
            with error:
                said = " ".join(error.read(2000).decode("utf-8", "replace").split())
            if error.code == http.client.BAD_REQUEST:
                raise QueryError(self.where, f"the server says: {said}") from None
            raise StoreError(self.where, f"the server answers {error.code} {said}") from None
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(self.where, f"cannot be reached{_reason(error)}") from None
        if len(data) > self.largest:
            size = f"{self.largest // 2**20} MiB"
            raise StoreError(self.where, f"the answer is larger than {size}; add a LIMIT")
        return kind, data


def _reason(error: Exception) -> str:
    """Say why in the system's own words, if it has any, and what to do."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    words = cause.strerror if isinstance(cause, OSError) else None
    if isinstance(cause, TimeoutError):
        words = "no answer in time"
    told = f" ({words})" if words else ""
    return f"{told}; check the address and that a SPARQL server answers there"


def _declared(sparql: str, known: dict[str, str]) -> str:
    """Declare the usual prefixes on the query's first line, so that line numbers stay true."""
    return " ".join(f"PREFIX {name}: <{iri}>" for name, iri in known.items()) + " " + sparql


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)
