"""A named graph -> the Document it was written from, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import DocumentError
from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.rdf.write import SOURCE_TERMS
from kg.source import Source
from kg.vocab import KG, PROV, RDF, RDFS, SCHEMA


def document(graph: str | bytes, *, given: bool = False) -> Document:
    """Read back a document from its named graph.

    Parameters
    ----------
    graph
        N-Triples as `kg.rdf.write.graph` gives them, in any order.
    given
        Give entities the IRI that the record came with (or none), not the one they have now.

    Returns
    -------
    Document
        With everything of its record; entities have their IRI.

    Raises
    ------
    DocumentError
        If the graph is not one that was written from a document.

    Examples
    --------
    >>> from kg.rdf import write
    >>> document(write.graph(Document("d1", "Hello."))).text
    'Hello.'
    """
    nodes: _Nodes = {}
    for triple in ox.parse(graph, format=ox.RdfFormat.N_TRIPLES):
        properties = nodes.setdefault(triple.subject.value, {})
        properties.setdefault(triple.predicate.value, []).append(triple.object.value)
    iri = next((s for s, p in nodes.items() if KG.Document in p.get(RDF.type, ())), None)
    if iri is None:
        raise DocumentError("?", "this graph describes no document")
    try:
        return _Reader(iri, nodes, given=given).document()
    except (LookupError, ValueError) as error:
        raise DocumentError(iri, f"its graph is incomplete ({error!r})") from None


_Nodes = dict[str, dict[str, list[str]]]


class _Reader:
    """The nodes of one document's graph, read field by field."""

    def __init__(self, iri: str, nodes: _Nodes, *, given: bool) -> None:
        self.iri, self.nodes, self.given = iri, nodes, given
        self.ids = [self.one(node, KG.localId) for node in self.numbered("entity")]
        self.first: dict[str, str] = {}
        for node, entity_id in zip(self.numbered("entity"), self.ids, strict=True):
            self.first.setdefault(self.one(node, KG.refersTo), entity_id)

    def numbered(self, kind: str) -> list[str]:
        """Return the nodes of a kind in the order the document had them."""
        start = f"{self.iri}#{kind}-"
        found = [node for node in self.nodes if node.startswith(start)]
        return sorted(found, key=lambda node: int(node.removeprefix(start)))

    def maybe(self, node: str, term: str) -> str | None:
        values = self.nodes[node].get(term)
        return values[0] if values else None

    def one(self, node: str, term: str) -> str:
        return self.nodes[node][term][0]

    def name(self, node: str, term: str) -> Any:
        return self.one(node, term).removeprefix(KG.iri)

    def document(self) -> Document:
        return Document(
            id=self.one(self.iri, KG.documentId),
            text=self.one(self.iri, SCHEMA.text),
            date=self.maybe(self.iri, SCHEMA.datePublished),
            source=self.source(),
            entities=tuple(map(self.entity, self.numbered("entity"))),
            relations=tuple(map(self.relation, self.numbered("relation"))),
            statements=tuple(map(self.statement, self.numbered("statement"))),
            story=self.maybe(self.iri, KG.story),
            language=self.maybe(self.iri, SCHEMA.inLanguage),
            pages=tuple(map(int, (self.maybe(self.iri, KG.pages) or "").split())),
        ).check()

    def source(self) -> Source | None:
        node = self.maybe(self.iri, SCHEMA.isBasedOn)
        if node is None:
            return None
        return Source(**{key: self.maybe(node, term) for key, term in SOURCE_TERMS.items()})

    def entity(self, node: str) -> Entity:
        of = self.maybe(node, KG.of)
        return Entity(
            id=self.one(node, KG.localId),
            type=self.name(node, KG.entityType),
            name=self.one(node, RDFS.label),
            mentions=tuple(_mentions((self.maybe(node, KG.mentions) or "").split())),
            iso3=self.maybe(node, KG.iso3),
            wikidata=self.maybe(node, KG.wikidata),
            iri=self.maybe(node, KG.givenIri) if self.given else self.one(node, KG.refersTo),
            of=None if of is None else self.one(of, KG.localId),
        )

    def relation(self, node: str) -> Relation:
        extractor = self.maybe(node, PROV.wasAttributedTo)
        return Relation(
            type=self.name(node, KG.relation),
            **self.arguments(node, "subject", "object", "place"),
            status=self.name(node, KG.status),
            evidence=self.span(node),
            date=self.maybe(node, KG.date),
            title=self.maybe(node, KG.title),
            former=self.maybe(node, KG.former) == "true",
            basis=self.name(node, KG.basis),
            score=float(self.one(node, KG.score)),
            by="" if extractor is None else self.one(extractor, RDFS.label),
        )

    def statement(self, node: str) -> Statement:
        return Statement(
            **self.arguments(node, "speaker", "addressee"),
            quote=self.span(node),
            kind=self.name(node, KG.kind),
            cue=self.maybe(node, KG.cue) or "",
        )

    def arguments(self, node: str, *roles: str) -> dict[str, Any]:
        which = (self.maybe(node, KG.localArguments) or "").split()
        numbers = dict(pair.split("=") for pair in which)
        found: dict[str, str | None] = {}
        for role in roles:
            iri = self.maybe(node, KG[role])
            if role in numbers:
                found[role] = self.ids[int(numbers[role]) - 1]
            else:
                found[role] = None if iri is None else self.first[iri]
        return found

    def span(self, node: str) -> Span:
        return _span(self.one(node, KG.evidence).rpartition("#char=")[2], ",")


def _span(text: str, between: str) -> Span:
    start, end = text.split(between)
    return Span(int(start), int(end))


def _mentions(pieces: Iterable[str]) -> Iterable[Mention]:
    for piece in pieces:
        span, _, kind = piece.partition(":")
        yield Mention(_span(span, "-"), kind or "name")  # type: ignore[arg-type]  # our own words
