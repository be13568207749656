"""Which names of one document are the same person, body or place: "Sir Keir" = "Keir Starmer"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from kg.data import table
from kg.model import Document, Entity


@dataclass(frozen=True)
class Within:
    """Groups the names of one document: short with long, acronyms with what they stand for."""

    name: ClassVar[str] = "within"
    requires: ClassVar[tuple[str, ...]] = ("entities",)
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        _honorifics()

    def __call__(self, doc: Document) -> Document:
        """Return the document with one entity for each person, body and place."""
        return doc.but(entities=_merged(doc))


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row.title for row in table("titles") if row.in_name)


def _merged(doc: Document) -> tuple[Entity, ...]:
    into: dict[str, str] = {}
    for group in (_people(doc), _organizations(doc)):
        into.update(group)
    members: dict[str, list[Entity]] = defaultdict(list)
    for entity in doc.entities:
        target = entity.id
        while target in into:
            target = into[target]
        members[target].append(entity)
    united = [_united(doc.entity(target), group) for target, group in members.items()]
    united.sort(key=lambda entity: entity.mentions[0])
    return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(united, 1))


def _united(main: Entity, group: Iterable[Entity]) -> Entity:
    mentions = sorted({mention for entity in group for mention in entity.mentions})
    return replace(main, mentions=tuple(mentions))


def _people(doc: Document) -> dict[str, str]:
    """Return which short name of a person belongs to which full one."""
    people = [entity for entity in doc.entities if entity.type == "Person"]
    into = {}
    for entity in people:
        words = _words(entity.name)
        fuller = [other for other in people if other is not entity and _shortens(words, other)]
        longest = [o for o in fuller if not any(_shortens(_words(o.name), p) for p in fuller)]
        if len(longest) == 1:
            into[entity.id] = longest[0].id
        elif longest and entity.mentions:
            before = [o for o in longest if o.mentions and o.mentions[0] < entity.mentions[0]]
            if len(before) == 1:
                into[entity.id] = before[0].id
    return into


def _words(name: str) -> list[str]:
    words = [word for word in name.split() if word.rstrip(".")]
    return words[1:] if len(words) > 1 and words[0].lower() in _honorifics() else words


def _shortens(words: list[str], other: Entity) -> bool:
    full = _words(other.name)
    if len(words) >= len(full):
        return False
    if len(words) == 1:
        return words[0] in (full[-1], full[0]) or words == full[1:]
    return words == full[-len(words) :] or (words[0] == full[0] and words[-1] == full[-1])


_ACRONYM = re.compile(r"\s*\(\s*(?:the )?['\"“]?$")


def _organizations(doc: Document) -> dict[str, str]:
    """Return which acronym or short name of a body belongs to which full one."""
    bodies = [entity for entity in doc.entities if entity.type == "Organization"]
    into = {}
    for entity in bodies:
        for other in bodies:
            if (
                other is not entity
                and other.id not in into
                and _abbreviates(entity.name, other.name)
            ):
                into[entity.id] = other.id
                break
    return into


def _abbreviates(short: str, full: str) -> bool:
    if not short.replace(".", "").isupper() or " " in short or len(short) < 2:
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", full) if word[0].isupper())
    return short.replace(".", "") == initials
