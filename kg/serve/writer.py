"""The one process that has a served graph open for writing (``kg serve --write``).

Clients write named graphs; what they know together is worked out here, so that the default graph
is a function of the named graphs whoever writes. An update is tried on a copy of what it speaks
of; then the named graphs that have become different are stored in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.serve.update import data_only, mentioned
from kg.serve.wire import Answer
from kg.store import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.guard import explained, refuse_loads, refuse_strays
from kg.vocab import prefixes

LARGEST_COPY = 500_000
"""Quads of a graph up to which an update may look at all of it."""

DEFAULT = ox.DefaultGraph()
Changes = dict[str, str | bytes | None]


class Writer:
    """A graph open for writing, and what clients may do to it.

    Parameters
    ----------
    folder
        The folder of the graph.
    base
        What the IRIs of its things start with.

    Raises
    ------
    StoreBusy
        If another process has it open for writing.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self.where = str(folder)
        store = open_store(folder / "store", base=base)
        if not isinstance(store, EmbeddedStore):
            raise StoreError(self.where, "is no folder")
        self.store = store

    def tasks(self) -> dict[str, Callable[..., Answer]]:
        """Return the tasks of a worker that writes, by name."""
        return {"update": self.update, "put": self.put, "delete": self.delete}

    def put(self, body: bytes, *, iri: str, kind: str, add: bool) -> Answer:
        """Put a named graph in the place of the one of that name, or add to it."""
        form = ox.RdfFormat.from_media_type(kind)
        if form is None or form.supports_datasets:
            return Answer.problem(
                415, "A graph is sent as text/turtle, application/n-triples or application/rdf+xml."
            )
        try:
            quads = list(ox.parse(body, format=form, base_iri=iri))
        except SyntaxError as error:
            return Answer.problem(400, f"The graph cannot be read: {' '.join(str(error).split())}")
        except ValueError as error:
            return Answer.problem(400, f"<{iri}> names no graph: {error}")
        before = self.store.graph(iri)
        lines = {f"{quad.triple} .\n" for quad in quads}
        if add:
            lines |= set(before.decode().splitlines(keepends=True))
        self.store.change({iri: "".join(sorted(lines))})
        return Answer(b"", "text/plain", 204 if before else 201)

    def delete(self, body: bytes, *, iri: str) -> Answer:
        """Take a named graph away."""
        if self.store.drop(iri):
            return Answer(b"", "text/plain", 204)
        return Answer.problem(404, f"There is no graph <{iri}>.")

    def update(self, body: bytes) -> Answer:
        """Carry out a SPARQL update of named graphs.

        Raises
        ------
        QueryError
            If it cannot be run, or asks of the default graph what does not follow.
        """
        text = body.decode()
        refuse_strays(text, self.where)
        refuse_loads(text, self.where)
        known = prefixes(self.store.base)
        try:
            copy = self._copy(text)
            before = {name: _of(copy, name) for name in _names(copy)}
            asked = _of(copy, DEFAULT)
            copy.update(text, prefixes=known)
        except SyntaxError as error:
            raise explained(error, text, self.where, tuple(known)) from None
        except (ValueError, RuntimeError, OSError) as error:
            if isinstance(error, QueryError):
                raise
            raise QueryError(self.where, " ".join(str(error).split())) from None
        after = {name: _of(copy, name) for name in _names(copy)}
        names = sorted(
            (name for name in before.keys() | after.keys() if before.get(name) != after.get(name)),
            key=str,
        )
        wished = _of(copy, DEFAULT)
        if wished != asked and not names:
            raise QueryError(self.where, _REFUSED)
        self.store.change({name.value: _lines(after.get(name)) for name in names})
        if not self._follows(wished - asked, asked - wished):
            self.store.change({name.value: _lines(before.get(name)) for name in names})
            raise QueryError(self.where, _REFUSED)
        return Answer.json({"graphs": len(names), "status": "done"})

    def _copy(self, text: str) -> ox.Store:
        """Return a store in memory with everything that an update can look at or change."""
        copy = ox.Store()
        if not data_only(text):
            if len(self.store) > LARGEST_COPY:
                raise QueryError(
                    self.where,
                    f"a graph of more than {LARGEST_COPY:,} quads takes INSERT DATA, DELETE DATA, "
                    "DROP GRAPH and CLEAR GRAPH only",
                )
            copy.bulk_load(self.store.dump(), format=ox.RdfFormat.N_QUADS)
            return copy
        spoken_of = mentioned(text, prefixes(self.store.base))
        for name in spoken_of.named_graphs():
            data = self.store.graph(name.value)
            copy.load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
        for quad in spoken_of.quads_for_pattern(None, None, None, DEFAULT):
            if self._knows(quad.triple):
                copy.add(quad)
        return copy

    def _follows(self, come: set[ox.Triple], gone: set[ox.Triple]) -> bool:
        """Tell whether what was asked of the default graph is what came of the named graphs."""
        return all(map(self._knows, come)) and not any(map(self._knows, gone))

    def _knows(self, triple: ox.Triple) -> bool:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            return False
        return bool(self.store.query(f"ASK {{ {triple} }}"))

    def close(self) -> None:
        """Write everything down."""
        self.store.close()


_REFUSED = (
    "the default graph is worked out from the named graphs, so that it holds nothing that no "
    "document says; write named graphs"
)


def _names(store: ox.Store) -> list[ox.NamedNode]:
    return [name for name in store.named_graphs() if isinstance(name, ox.NamedNode)]


def _of(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


def _lines(triples: set[ox.Triple] | None) -> str | None:
    return "".join(sorted(f"{triple} .\n" for triple in triples)) if triples else None
