"""More mentions for entities that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Document, Mention


def with_mentions(doc: Document, added: Mapping[str, Iterable[Mention]]) -> Document:
    """Return the document with mentions added to its entities, each kept in the text's order.

    Parameters
    ----------
    doc
        With entities.
    added
        Mentions by entity id.
    """
    if not added:
        return doc
    return doc.but(
        entities=tuple(
            replace(entity, mentions=tuple(sorted({*entity.mentions, *added[entity.id]})))
            if entity.id in added
            else entity
            for entity in doc.entities
        )
    )
