"""Small networks as documents: every edge is a sentence with a relation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.model import Document, Entity, EntityType, Mention, Relation, Span, Status

KINDS: dict[str, EntityType] = {"E": "Event", "O": "Organization", "C": "Country"}


class Told(NamedTuple):
    """A fact; what is called "E..." is an event, "O..." an organization, "C..." a country."""

    one: str
    other: str
    relation: str = "metWith"
    date: str | None = None
    score: float = 1.0
    status: Status = "actual"


def iri(name: str) -> str:
    return f"https://example.org/{name}"


def document(
    *facts: Told | tuple[str, ...], id: str = "d", date: str | None = None, story: str | None = None
) -> Document:
    """Write a sentence for each fact; the words of a sentence are of this document alone."""
    text, relations = f"{id}: ", []
    spans: dict[str, list[Mention]] = {}
    for fact in (Told(*given) for given in facts):
        start = len(text)
        text += fact.one
        spans.setdefault(fact.one, []).append(Mention(Span(start, len(text))))
        text += f" and in {id} "
        place = len(text)
        text += fact.other
        spans.setdefault(fact.other, []).append(Mention(Span(place, len(text))))
        relations.append(
            Relation(
                fact.relation,
                fact.one,
                fact.other,
                fact.status,
                Span(start, len(text)),
                date=fact.date,
                score=fact.score,
            )
        )
        text += ". "
    entities = tuple(
        Entity(name, KINDS.get(name[0], "Person"), name, tuple(found), iri=iri(name))
        for name, found in spans.items()
    )
    return Document(
        id, text, date=date, entities=entities, relations=tuple(relations), story=story
    ).check()


def network(edges: Iterable[tuple[object, object]], prefix: str = "n") -> Document:
    """Write the edges of a graph, each a meeting that is certain; nodes are named like n07."""
    return document(*((f"{prefix}{one:0>3}", f"{prefix}{other:0>3}") for one, other in edges))
