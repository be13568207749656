"""A graph in this process: Oxigraph, in memory or in a folder."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store import guard, merge
from kg.store.results import Results
from kg.store.triples import named, parsed
from kg.vocab import BASE, prefixes

DEFAULT = ox.DefaultGraph()
AT_ONCE = 100_000
"""After so many triples what was written leaves memory; else RocksDB holds up to two gigabytes."""


class EmbeddedStore:
    """Named graphs and the default graph merged from them.

    Parameters
    ----------
    where
        Its address, for messages.
    store
        The open Oxigraph store; a new one in memory by default.
    read_only
        Whether changes are refused.
    base
        The IRI that ``:`` stands for in queries.

    Examples
    --------
    >>> store = EmbeddedStore()
    >>> store.add("https://example.org/d1", '<https://a.org/a> <https://a.org/p> "x" .')
    >>> store.query("SELECT ?x { ?a ?p ?x }").column("x")
    ['x']
    >>> store.drop("https://example.org/d1"), len(store)
    (True, 0)
    """

    def __init__(
        self,
        where: str = "memory:",
        store: ox.Store | None = None,
        *,
        read_only: bool = False,
        base: str = BASE,
    ) -> None:
        self.where, self.read_only, self.base = where, read_only, base
        self._open: ox.Store | None = ox.Store() if store is None else store
        self._unsaved = 0

    @property
    def _store(self) -> ox.Store:
        if self._open is None:
            raise StoreError(self.where, "the graph is closed; open it again")
        return self._open

    def change(self, changes: Mapping[str, str | bytes | None]) -> None:
        """Put several named graphs in the place of those of these names, or take them away.

        The default graph is brought along, all in one transaction: a crash leaves the graph as it
        was before or as it is after.

        Parameters
        ----------
        changes
            N-Triples by the name of the graph; None (or no triple) takes it away.

        Raises
        ------
        StoreError
            If the graph is open for reading only, the disk is full, or something is not N-Triples
            without blank nodes; then nothing is changed.
        """
        store = self._writable()
        wanted = {name: parsed(name, given, self.where) for name, given in changes.items()}
        with self._sound():
            self._write(merge.difference(_Sight(store), wanted))

    def add(self, graph: str, triples: str | bytes) -> None:
        """Put a named graph in the place of the one of that name; see `change`."""
        self.change({graph: triples})

    def drop(self, graph: str) -> bool:
        """Take a named graph away, and what only it knew; tell whether it was there."""
        name = named(graph, self.where)
        with self._sound() as store:
            there = store.contains_named_graph(name)
        self.change({graph: None})
        return there

    def rebuild(self) -> None:
        """Work the default graph out anew from the named graphs."""
        store = self._writable()
        with self._sound():
            now = {quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)}
            sight = _Sight(store)
            self._write(merge.mend(now, (sight.told(name) for name in store.named_graphs())))

    def _write(self, change: merge.Difference) -> None:
        if change.gone or change.dropped:
            self._store.update(merge.update(change))
        elif change:
            self._store.extend(change.quads())
        self._unsaved += change.size
        if self._unsaved >= AT_ONCE:
            self._store.flush()
            self._unsaved = 0

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        with self._sound() as store:
            return sorted(graph.value for graph in store.named_graphs())

    def graph(self, graph: str) -> bytes:
        """Return one named graph as sorted N-Triples; empty if there is none of that name."""
        with self._sound() as store:
            found = store.quads_for_pattern(None, None, None, named(graph, self.where))
            return "".join(sorted(f"{quad.triple} .\n" for quad in found)).encode()

    def quads(self) -> Iterator[str]:
        """Yield everything as lines of N-Quads, graph by graph, the default graph first.

        The named graphs come in the order of their names and the lines of each are sorted; only
        one of them is held in memory, and of the default graph, whose lines are not, nothing.
        """
        with self._sound() as store:
            for quad in store.quads_for_pattern(None, None, None, DEFAULT):
                yield f"{quad} .\n"
        for name in self.graphs():
            with self._sound() as store:
                found = store.quads_for_pattern(None, None, None, ox.NamedNode(name))
                lines = sorted(f"{quad} .\n" for quad in found)
            yield from lines

    def dump(self) -> bytes:
        """Return everything as sorted N-Quads."""
        with self._sound() as store:
            data = store.dump(format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(data.splitlines(keepends=True)))

    def query(self, sparql: str) -> Results:
        """Answer a SPARQL query; the usual prefixes are known.

        Raises
        ------
        QueryError
            If it does not parse or reaches outside the store, with line and column.
        """
        known = prefixes(self.base)
        with self.asked(sparql) as found:
            if isinstance(found, ox.QueryTriples):
                data = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
                return Results(data or b"", graph=True, known=known)
            data = found.serialize(format=ox.QueryResultsFormat.JSON)
        return Results(data or b"", known=known)

    @contextmanager
    def asked(
        self,
        sparql: str,
        *,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        services: Collection[str] = (),
    ) -> Iterator[ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples]:
        """Answer a SPARQL query one solution after the other, for who may stop on the way.

        Parameters
        ----------
        sparql
            The query; the usual prefixes are known.
        default, named
            Graphs of the store that are to be the default graph, and the named graphs, of the
            query; whichever of them is given, the query sees no others.
        services
            The hosts (``"host"`` or ``"host:port"``) that SERVICE may ask.

        Raises
        ------
        QueryError
            If it does not parse or reaches outside the store, with line and column.
        """
        known = prefixes(self.base)
        guard.refuse_strays(sparql, self.where, services)
        own: dict[str, list[ox.NamedNode]] = {}
        if default or named:
            own = {"default_graph": _nodes(default), "named_graphs": _nodes(named)}
        try:
            with self._sound() as store:
                try:
                    yield store.query(sparql, prefixes=known, **own)  # type: ignore[arg-type]
                except OSError as error:
                    asks = services and "service" in sparql.lower()
                    if not asks or "No such file" in str(error):
                        raise
                    problem = f"SERVICE had no answer: {' '.join(str(error).split())}"
                    raise QueryError(self.where, problem) from None
        except SyntaxError as error:
            raise guard.explained(error, sparql, self.where, tuple(known)) from None
        except (ValueError, RuntimeError) as error:
            if isinstance(error, QueryError):
                raise
            raise QueryError(self.where, str(error)) from None

    def close(self) -> None:
        """Write everything down and let others open the graph."""
        try:
            if self._open is not None and not self.read_only:
                with self._sound() as store:
                    store.flush()
        finally:
            self._open = None

    def __len__(self) -> int:
        return len(self._store)

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
        state = "closed" if self._open is None else f"{len(self._open)} quads"
        return f"<EmbeddedStore {self.where}: {state}>"

    @contextmanager
    def _sound(self) -> Iterator[ox.Store]:
        """Say what to do where the files turn out to be damaged."""
        store = self._store
        try:
            yield store
        except (OSError, RuntimeError) as error:
            if isinstance(error, QueryError) or (
                isinstance(error, RuntimeError) and "Corruption" not in str(error)
            ):
                raise
            problem = trouble(error, self.where)
            if self.read_only and "No such file" in str(error):
                problem = "another process changed the graph while it was read; try again"
            raise StoreError(self.where, problem) from None

    def _writable(self) -> ox.Store:
        if self.read_only:
            raise StoreError(self.where, "the graph is open for reading only")
        return self._store


class _Sight:
    """What `kg.store.merge` has to know of an Oxigraph store."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def told_in(self, graphs: Collection[str]) -> dict[str, merge.Triples]:
        """Return the triples of those of these named graphs that are there."""
        names = map(ox.NamedNode, graphs)
        return dict(self.told(name) for name in names if self._store.contains_named_graph(name))

    def told(self, name: ox.NamedNode | ox.BlankNode) -> tuple[str, merge.Triples]:
        """Return the name of a named graph and its triples."""
        found = self._store.quads_for_pattern(None, None, None, name)
        return name.value, {quad.triple for quad in found}

    def merged(self, triples: Collection[ox.Triple]) -> merge.Triples:
        """Return those that the default graph has."""
        return {t for t in triples if ox.Quad(t.subject, t.predicate, t.object) in self._store}

    def told_beside(self, graphs: Collection[str], triples: Collection[ox.Triple]) -> merge.Triples:
        """Return those that a named graph has that is none of these: each is read up to there."""
        none = {DEFAULT, *map(ox.NamedNode, graphs)}
        found = self._store.quads_for_pattern
        return {
            triple
            for triple in triples
            if any(
                quad.graph_name not in none
                for quad in found(triple.subject, triple.predicate, triple.object, None)
            )
        }

    def names(self, subjects: Collection[merge.Thing]) -> merge.Triples:
        """Return the labels and aliases that these have in the default graph."""
        return {
            quad.triple
            for subject in subjects
            for which in (merge.LABEL, merge.ALIAS)
            for quad in self._store.quads_for_pattern(subject, which, None, DEFAULT)
        }


REFUSALS = {
    "No space left": "the disk is full; make room and try again",
    "File too large": "the disk is full; make room and try again",
    "quota exceeded": "the disk is full; make room and try again",
    "Read-only file system": "cannot be written, the disk is mounted for reading only",
    "Permission denied": "cannot be written; check the permissions of the folder",
}
"""What the system says when it lets nobody write, and what we say."""


def trouble(error: Exception, where: str | Path) -> str:
    """Say what is wrong with the files of a store and what to do.

    A full disk and a folder that cannot be written to do no harm to what is in the store: each
    change is written whole or not at all.
    """
    said = str(error)
    for reason, problem in REFUSALS.items():
        if reason in said:
            return problem
    return f"the store is damaged ({said}); {remedy(where)}"


def remedy(where: str | Path) -> str:
    """Say what to do about a damaged store, given its folder (``news.kg/store``)."""
    folder = Path(where).parent
    documents, out = shlex.quote(str(folder / "documents.jsonl")), shlex.quote(str(folder))
    return (
        f"delete {where} if it is there and build again from documents.jsonl, which has "
        f"everything: kg build {documents} -o {out}"
    )


def _nodes(iris: Sequence[str]) -> list[ox.NamedNode]:
    return [ox.NamedNode(iri) for iri in iris]
