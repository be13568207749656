"""Reading one layer of a document in words, so that a test can compare it with the sentence."""

from __future__ import annotations

from typing import Any

from kg.model import Clause, Document, Entity
from kg.pipeline import Pipeline


def until(pipeline: Pipeline, stage: str, text: str, date: str | None = None) -> Document:
    """Return a text with the layers of the annotators up to and including ``stage``."""
    doc = Document(id="d", text=text, date=date)
    for annotator in pipeline.annotators:
        doc = annotator(doc)
        if annotator.name == stage:
            return doc
    raise LookupError(stage)


def clause(doc: Document, trigger: str) -> Clause:
    """Return the one clause whose trigger is this word."""
    (found,) = [clause for clause in doc.clauses if clause.trigger.of(doc.text) == trigger]
    return found


def slots(doc: Document, trigger: str) -> dict[str, list[str]]:
    """Return the slots of a clause as words: ``{"subj": ["Novak"], "obj": ["Chile"]}``."""
    return {
        name: [span.of(doc.text) for span in spans]
        for name, spans in clause(doc, trigger).slots.items()
        if name != "self"
    }


def facts(doc: Document, *types: str) -> set[str]:
    """Return the relations like ``"visited: Anna Novak > Chile (planned)"``."""
    names = {entity.id: entity.name for entity in doc.entities}
    return {
        f"{r.type}: {names[r.subject]} > {names[r.object]}"
        + (f" ({r.status})" if r.status != "actual" else "")
        for r in doc.relations
        if not types or r.type in types
    }


def surfaces(doc: Document, entity: Entity, kind: str | None = None) -> list[str]:
    """Return the words of the mentions of an entity, of one kind or of all."""
    return [m.span.of(doc.text) for m in entity.mentions if kind in (None, m.kind)]


def entity(doc: Document, **wanted: Any) -> Entity:
    """Return the one entity with these fields: ``entity(doc, type="Country", name="Chile")``."""
    (found,) = [
        entity
        for entity in doc.entities
        if all(getattr(entity, field) == value for field, value in wanted.items())
    ]
    return found
