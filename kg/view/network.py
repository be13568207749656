"""Documents -> a networkx graph: entities as nodes, every assertion an edge."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import networkx

from kg.display import Displayed
from kg.model import Document, Entity, Relation, Status
from kg.relations import Lexicon, shipped
from kg.source import page
from kg.view import sketch
from kg.vocab import best_name

if TYPE_CHECKING:
    MultiDiGraph = networkx.MultiDiGraph[str]
else:
    MultiDiGraph = networkx.MultiDiGraph


class Network(Displayed, MultiDiGraph):
    """A networkx MultiDiGraph, nodes named by IRI, that a notebook shows as a picture.

    What networkx makes of it (a subgraph, a copy) shows itself too.
    """

    def _repr_plain_(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return sketch.drawn(self)


def network(
    documents: Iterable[Document],
    *,
    lexicon: Lexicon | None = None,
    status: Status | Collection[Status] | None = None,
) -> Network:
    """Draw documents together into one multigraph.

    Nodes are named by IRI (an entity that has none yet, by document and id) and carry ``type`` and
    ``label`` (the best name in all documents), and ``iso3`` and ``wikidata`` where known. There is
    an edge from subject to object for every sentence that states the relation, with ``relation``,
    ``label``, ``status``, ``evidence`` (the sentence's words), ``document``, ``basis``, ``score``
    and ``by``, and ``date``, ``place``, ``title``, ``page`` where the text gives them. An
    attribute that is not known is not there.

    Parameters
    ----------
    documents
        With entities and relations.
    lexicon
        For the labels of relations; by default the one that comes with the package.
    status
        Only edges of this status, or of one of these. By default all, so look at ``status``
        before counting: a meeting that was denied is an edge too.

    Examples
    --------
    >>> from kg.record import from_json
    >>> document = from_json({
    ...     "id": "d1", "text": "Macron met Scholz.",
    ...     "entities": [{"id": "e1", "type": "Person", "name": "Macron", "mentions": [[0, 6]]},
    ...                  {"id": "e2", "type": "Person", "name": "Scholz", "mentions": [[11, 17]]}],
    ...     "relations": [{"type": "metWith", "subject": "e1", "object": "e2",
    ...                    "evidence": [0, 18]}]})
    >>> [(data["relation"], data["evidence"])
    ...  for _, _, data in network([document]).edges(data=True)]
    [('metWith', 'Macron met Scholz.')]
    """
    known = shipped() if lexicon is None else lexicon
    wanted = {status} if isinstance(status, str) else None if status is None else set(status)
    graph = Network()
    for document in documents:
        entities = {entity.id: entity for entity in document.entities}
        for entity in document.entities:
            node = node_name(entity, document)
            if node not in graph:
                graph.add_node(node, **_node(entity))
            elif entity.name:
                told = graph.nodes[node]
                told["label"] = best_name((told.get("label", ""), entity.name))
        for number, relation in enumerate(document.relations, 1):
            if wanted is None or relation.status in wanted:
                graph.add_edge(
                    node_name(entities[relation.subject], document),
                    node_name(entities[relation.object], document),
                    key=f"{document.id}#r{number}",
                    **_edge(relation, document, entities, known),
                )
    return graph


def node_name(entity: Entity, document: Document) -> str:
    """Return what the entity is called in a network: its IRI, or its place in the document."""
    return entity.iri or f"{document.id}#{entity.id}"


def _node(entity: Entity) -> dict[str, str]:
    found = {
        "type": entity.type,
        "label": entity.name,
        "iso3": entity.iso3,
        "wikidata": entity.wikidata,
    }
    return {key: value for key, value in found.items() if value}


def _edge(
    relation: Relation, document: Document, entities: dict[str, Entity], lexicon: Lexicon
) -> dict[str, str | float]:
    found: dict[str, str | int | None] = {
        "relation": relation.type,
        "label": lexicon[relation.type].label if relation.type in lexicon else relation.type,
        "status": relation.status,
        "date": relation.date,
        "place": entities[relation.place].name if relation.place else None,
        "title": relation.title,
        "evidence": relation.evidence.of(document.text),
        "document": document.id,
        "basis": relation.basis,
        "by": relation.by,
        "page": page(document.pages, relation.evidence.start),
    }
    return {key: value for key, value in found.items() if value} | {"score": relation.score}
