"""What a worker can be asked for: answers, things, facts, documents, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyoxigraph as ox

from kg.errors import UnknownName
from kg.model import ENTITY_TYPES, STATUSES
from kg.serve import facts, pages
from kg.serve.answers import GRAPHS, Wanted, answer, not_acceptable, serialised, too_large
from kg.serve.negotiate import best
from kg.serve.reader import Reader
from kg.serve.settings import LARGEST_ANSWER
from kg.serve.wire import Answer
from kg.store.guard import sources

Task = Callable[..., Answer]
HTML = "text/html"


def tasks(reader: Reader) -> dict[str, Task]:
    """Return the tasks of a worker that reads, by name."""
    found = _Tasks(reader)
    return {
        "query": found.query,
        "graph": found.graph,
        "resource": found.resource,
        "entities": found.entities,
        "entity": found.entity,
        "relations": found.relations,
        "documents": found.documents,
        "document": found.document,
        "browse": found.browse,
        "page": found.page,
    }


class _Tasks:
    """The tasks; ``body`` is what a request is about, ``generation`` how new the graph must be."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def query(
        self,
        body: bytes,
        *,
        accept: str | None,
        rows: int,
        default: Sequence[str],
        named: Sequence[str],
        services: Sequence[str],
        generation: int,
    ) -> Answer:
        store, sparql = self.reader.store(generation), body.decode()
        for iri in (*default, *named, *sources(sparql)):
            if not _has_graph(store, iri):
                return Answer.problem(
                    400, f"There is no graph <{iri}> here, and graphs of other places are not read."
                )
        wanted = Wanted(accept, rows)
        return answer(store, sparql, wanted, default=default, named=named, services=services)

    def graph(self, body: bytes, *, iri: str, accept: str | None, generation: int) -> Answer:
        """Return one named graph, or the merged knowledge, whole (Graph Store Protocol)."""
        store = self.reader.store(generation)
        kind = best(accept, list(GRAPHS))
        if kind is None:
            return not_acceptable(GRAPHS)
        if not iri:
            every = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
            return answer(store, every, Wanted(kind, 10**9, whole=True))
        data = store.graph(iri)
        if not data:
            return Answer.problem(404, f"There is no graph <{iri}>.")
        if len(data) > LARGEST_ANSWER:
            return too_large()
        triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
        return Answer(serialised(triples, kind, store.base), kind)

    def resource(self, body: bytes, *, iri: str, accept: str | None, generation: int) -> Answer:
        """Return a thing or a document in the form that is wanted: a page, RDF or JSON."""
        store = self.reader.store(generation)
        offers = [HTML, *GRAPHS, "application/json"]
        kind = best(accept, offers)
        if kind is None:
            return not_acceptable(offers)
        is_document = _has_graph(store, iri)
        found = facts.document(store, iri) if is_document else facts.entity(store, iri)
        if found is None:
            return _unknown(iri)
        if kind == HTML:
            draw = pages.document if is_document else pages.entity
            return Answer(draw(store, found, self.reader.lexicon), f"{HTML}; charset=utf-8")
        if kind == "application/json":
            return Answer.json(found)
        if is_document:
            return self.graph(b"", iri=iri, accept=kind, generation=generation)
        term = facts.iri_term(iri)
        every = f"""CONSTRUCT {{ {term} ?p ?o . ?s ?q {term} . ?one rdfs:label ?name }}
            WHERE {{ {{ {term} ?p ?o OPTIONAL {{ ?o rdfs:label ?name BIND(?o AS ?one) }} }} UNION
                     {{ ?s ?q {term} OPTIONAL {{ ?s rdfs:label ?name BIND(?s AS ?one) }} }} }}"""
        return answer(store, every, Wanted(kind, 100_000))

    def entities(
        self, body: bytes, *, name: str, kind: str, limit: int, offset: int, generation: int
    ) -> Answer:
        if kind:
            _known(kind, ENTITY_TYPES, "type")
        store = self.reader.store(generation)
        found = facts.entities(store, name=name, kind=kind, limit=limit, offset=offset)
        return _listed(found, limit, offset)

    def entity(self, body: bytes, *, iri: str, generation: int) -> Answer:
        found = facts.entity(self.reader.store(generation), iri)
        return _unknown(iri) if found is None else Answer.json(found)

    def relations(
        self, body: bytes, *, limit: int, offset: int, generation: int, **given: str
    ) -> Answer:
        if given["relation"]:
            _ = self.reader.lexicon[given["relation"]]
        if given["status"]:
            _known(given["status"], STATUSES, "status")
        store = self.reader.store(generation)
        if given["document"]:
            given["document"] = self._document(given["document"], generation)
        return _listed(facts.relations(store, **given, limit=limit, offset=offset), limit, offset)

    def documents(
        self, body: bytes, *, name: str, limit: int, offset: int, generation: int
    ) -> Answer:
        store = self.reader.store(generation)
        return _listed(facts.documents(store, name=name, limit=limit, offset=offset), limit, offset)

    def document(self, body: bytes, *, name: str, generation: int) -> Answer:
        iri = self._document(name, generation)
        return Answer.json(facts.document(self.reader.store(generation), iri))

    def browse(self, body: bytes, *, generation: int, **given: Any) -> Answer:
        """Return the page that lists things and documents."""
        html = pages.browse(self.reader.store(generation), **given)
        return Answer(html, f"{HTML}; charset=utf-8")

    def page(self, body: bytes, *, generation: int, **given: Any) -> Answer:
        """Return the interactive page of the graph, or of what is asked for of it."""
        import kg  # noqa: PLC0415  # what draws takes a while to load

        with kg.open(self.reader.folder) as graph:
            return Answer(graph.page(**given).encode(), f"{HTML}; charset=utf-8")

    def _document(self, name: str, generation: int) -> str:
        iri = facts.document_iri(self.reader.store(generation), name, self.reader.base)
        if iri is None:
            raise UnknownName("document", name)
        return iri


def _has_graph(store: Any, iri: str) -> bool:
    try:
        term = facts.iri_term(iri)
    except UnknownName:
        return False
    return bool(store.query(f"ASK {{ GRAPH {term} {{ ?s ?p ?o }} }}"))


def _known(name: str, known: Sequence[str], what: str) -> None:
    if name not in known:
        raise UnknownName(what, name, tuple(known))


def _unknown(iri: str) -> Answer:
    return Answer.problem(404, f"Nothing here is called <{iri}>.")


def _listed(items: list[facts.Item], limit: int, offset: int) -> Answer:
    more = len(items) > limit
    following = offset + limit if more else None
    return Answer.json({"items": items[:limit], "offset": offset, "next": following})
