"""Gold documents: what must be found in a text, and what may be found without being wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from kg.errors import DocumentError, SourceError
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
    found = [Gold.from_json(record, fallback_id=name) for name, record in _records(Path(where))]
    _each_once([gold.document for gold in found], where)
    return found


def read_predictions(where: str | Path) -> list[Document]:
    """Read the document records to be judged, from the same kinds of file as `read_gold`.

    Raises
    ------
    SourceError
        If it cannot be read, holds nothing, or gives an id twice.
    DocumentError
        If a record does not hold.
    """
    found = [from_json(record, fallback_id=name) for name, record in _records(Path(where))]
    _each_once(found, where)
    return found


def _records(path: Path) -> Iterator[tuple[str, object]]:
    """Yield (a name for it, JSON object) for each record of a file or folder."""
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield from _records(file)
        return
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise SourceError(str(path), f"cannot be read ({reason})", "check the path") from None
    if path.suffix == ".json":
        yield path.stem, _parsed(text, str(path))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path.stem}-{number}", _parsed(line, f"{path}, line {number}")


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            where, f"is not JSON ({error})", "a record is one object on one line of a .jsonl file"
        ) from None


def _each_once(documents: list[Document], where: str | Path) -> None:
    if not documents:
        raise SourceError(str(where), "there are no documents", "give .json or .jsonl records")
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise SourceError(str(where), f"the id '{document.id}' is given twice", "rename one")
        seen.add(document.id)


def _listed(value: object, document: str) -> list[object]:
    if not isinstance(value, list):
        raise DocumentError(document, "optional_relations: is not a list")
    return value


def _spans(pairs: object, document: Document) -> tuple[Span, ...]:
    """Read ``also``: more evidence, given like an entity's mentions and checked like them."""
    probe = {"id": "also", "type": "Event", "name": "also", "mentions": pairs}
    read = from_json({"id": document.id, "text": document.text, "entities": [probe]})
    return read.entities[0].listed
