"""Whether the same thing has the same identity in all documents.

Judged are the gold entities with a Wikidata id that a predicted entity of their document stands
for: the one that overlaps most of their mentions. Gold clusters share a Wikidata id, predicted ones
an IRI (an entity without one is a thing of its own); the figure is B-cubed over these entities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.evaluate.clusters import b_cubed
from kg.evaluate.tally import Tally
from kg.model import Document, Entity

Item = tuple[str, str]


def scored_across(gold: Iterable[Document], predicted: Mapping[str, Document]) -> Tally:
    """Return the share "identity across documents" and how many entities nobody stands for."""
    by_gold: dict[str, list[Item]] = {}
    by_iri: dict[str, list[Item]] = {}
    tally = Tally()
    for document in gold:
        ours = predicted.get(document.id)
        for entity in document.entities:
            if not entity.wikidata:
                continue
            match = _stands_for(entity, ours) if ours else None
            tally.case("gold entities that an entity stands for", match is not None)
            if match is not None:
                item = (document.id, entity.id)
                by_gold.setdefault(entity.wikidata, []).append(item)
                by_iri.setdefault(match.iri or f"{document.id}#{match.id}", []).append(item)
    tally.share("identity across documents (B3)", b_cubed([*by_iri.values()], [*by_gold.values()]))
    return tally


def _stands_for(entity: Entity, document: Document) -> Entity | None:
    votes = Counter(
        candidate.id
        for mention in entity.listed
        for candidate in document.entities
        if any(mention.overlaps(span) for span in candidate.listed)
    )
    return document.entity(votes.most_common(1)[0][0]) if votes else None
