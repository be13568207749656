"""Gold documents: what must be found in a text, and what may be found without being wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from kg.errors import DocumentError
from kg.evaluate.files import each_once, raw_records
from kg.model import Document, Relation, Span
from kg.record import from_json


@dataclass(frozen=True, slots=True)
class Gold:
    """A document annotated by hand.

    Parameters
    ----------
    document
        Its relations are those that must be found.
    optional
        Defensible readings: neither required nor wrong.
    also
        Further evidence for a relation, besides ``relation.evidence``.
    """

    document: Document
    optional: tuple[Relation, ...] = ()
    also: Mapping[Relation, tuple[Span, ...]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, record: object, *, fallback_id: str = "gold") -> Self:
        """Read a gold record: a document record with ``optional_relations``, ``also``, ``note``.

        Raises
        ------
        DocumentError
            Saying which field does not hold.
        """
        document = from_json(record, fallback_id=fallback_id)
        assert isinstance(record, Mapping)  # or it would be no document
        optional = record.get("optional_relations") or []
        required = record.get("relations") or []
        everything = from_json(
            {**record, "relations": [*required, *_listed(optional, document.id)]},
            fallback_id=fallback_id,
        ).relations
        return cls(
            document,
            everything[len(required) :],
            {
                relation: _spans(entry.get("also"), document)
                for relation, entry in zip(everything, [*required, *optional], strict=True)
            },
        )

    def evidence(self, relation: Relation) -> tuple[Span, ...]:
        """Return every span that may be given as evidence for a relation of this gold."""
        return (relation.evidence, *self.also.get(relation, ()))


def read_gold(where: str | Path) -> list[Gold]:
    """Read a folder of ``*.json``, one such file, or a ``.jsonl`` file of gold records.

    Raises
    ------
    SourceError
        If it cannot be read, holds nothing, or gives an id twice.
    DocumentError
        If a record does not hold.
    """
    found = [Gold.from_json(record, fallback_id=name) for name, record in raw_records(where)]
    each_once((gold.document.id for gold in found), where)
    return found


def _listed(value: object, document: str) -> list[object]:
    if not isinstance(value, list):
        raise DocumentError(document, "optional_relations: is not a list")
    return value


def _spans(pairs: object, document: Document) -> tuple[Span, ...]:
    """Read ``also``: more evidence, given like an entity's mentions and checked like them."""
    probe = {"id": "also", "type": "Event", "name": "also", "mentions": pairs}
    read = from_json({"id": document.id, "text": document.text, "entities": [probe]})
    return read.entities[0].listed
