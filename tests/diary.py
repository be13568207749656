"""Documents of facts written one a line, for what shows dates, places and rows.

diary(
    "Macron > metWith > Zelenskyy | 2025-02-18 | in Paris",
    "talks > heldIn > Riyadh | planned",
    kinds={"talks": "Event", "Paris": "Place:Q90", "Riyadh": "Place:Q3692"},
)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model import STATUSES, Document, Entity, Mention, Relation, Span


def diary(*facts: str, kinds: Mapping[str, str] | None = None, **fields: Any) -> Document:
    """Return a document with these facts; each is a sentence of its text.

    ``kinds`` are types by name, with a Wikidata id or an ISO 3166 code after a colon; people need
    none. ``fields`` are those of the document.
    """
    names: dict[str, str] = {}
    mentions: dict[str, list[Mention]] = {}
    relations: list[Relation] = []
    text = ""
    for fact in facts:
        head, *rest = (part.strip() for part in fact.split(" | "))
        subject, relation, object_ = head.split(" > ")
        status = next((part for part in rest if part in STATUSES), "actual")
        place = next((part.removeprefix("in ") for part in rest if part.startswith("in ")), None)
        date = next((part for part in rest if part[0].isdigit() or part.startswith("on ")), None)
        sentence = f"{subject} {relation} {object_}" + (f" in {place}." if place else ".")
        start = len(text) + 1 if text else 0
        for name in (subject, object_, *([place] if place else [])):
            at = start + sentence.index(name)
            names.setdefault(name, f"e{len(names)}")
            mentions.setdefault(name, []).append(Mention(Span(at, at + len(name))))
        text += (" " if text else "") + sentence
        relations.append(
            Relation(
                relation, names[subject], names[object_], status, Span(start, len(text)),
                date=date and date.removeprefix("on "), place=names[place] if place else None,
            )
        )  # fmt: skip
    entities = [
        _entity(id, name, (kinds or {}).get(name, "Person"), tuple(mentions[name]))
        for name, id in names.items()
    ]
    return Document(
        **{"id": "diary", "date": "2025-02-17", **fields},
        text=text,
        entities=tuple(entities),
        relations=tuple(relations),
    )


def _entity(id: str, name: str, kind: str, mentions: tuple[Mention, ...]) -> Entity:
    type_, _, code = kind.partition(":")
    return Entity(
        id, type_, name, mentions,  # type: ignore[arg-type]  # a type of the tests' own choice
        iri=f"https://example.org/{name}",
        wikidata=code if code.startswith("Q") else None,
        iso3=code if code.isalpha() and len(code) == 3 else None,
    )  # fmt: skip
