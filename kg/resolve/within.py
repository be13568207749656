"""Which names of one document are the same person, body or place: "Sir Keir" = "Keir Starmer"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import ClassVar

from kg.data import lists, table
from kg.model import Document, Entity

# How well a short name fits a longer one; the best fit wins, and only if it is the only one.
_SAME, _FULL, _LAST, _FIRST, _NEAR = 5, 4, 3, 2, 1


@dataclass(frozen=True)
class Within:
    """Groups the names of one document: short with long, acronyms with what they stand for.

    Two people whose full names differ stay apart, even if they share a surname.
    """

    name: ClassVar[str] = "within"
    requires: ClassVar[tuple[str, ...]] = ("entities",)
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        _honorifics()

    def __call__(self, doc: Document) -> Document:
        """Return the document with one entity for each person, body, place and country."""
        into = _same_names(doc.entities)
        whole = [entity for entity in doc.entities if entity.id not in into]
        for kind, fit in _FITS.items():
            members = [entity for entity in whole if entity.type == kind]
            into.update(_short_to_long(members, fit, doc.text))
        return doc.but(entities=_united(doc, into))


def _united(doc: Document, into: dict[str, str]) -> tuple[Entity, ...]:
    """Give the mentions of each short name to its long one; ids in the order of first mention."""
    members: dict[str, list[Entity]] = defaultdict(list)
    for entity in doc.entities:
        target = entity.id
        while target in into:
            target = into[target]
        members[target].append(entity)
    united = []
    for target, group in members.items():
        mentions = sorted({mention for entity in group for mention in entity.mentions})
        qid = next((entity.wikidata for entity in group if entity.wikidata), None)
        main = doc.entity(target)
        united.append(replace(main, mentions=tuple(mentions), wikidata=main.wikidata or qid))
    united.sort(key=lambda entity: entity.mentions[:1])
    return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(united, 1))


# ---------------------------------------------------------------- equal names


def _same_names(entities: Sequence[Entity]) -> dict[str, str]:
    """Merge what is written alike but for case, accents and hyphens."""
    first: dict[tuple[str, str], Entity] = {}
    into = {}
    for entity in sorted(entities, key=lambda e: (not e.wikidata, e.mentions[:1], e.id)):
        if entity.type in ("Event", "Group", "Country"):
            continue
        key = (entity.type, _folded(entity.name))
        known = first.setdefault(key, entity)
        if known is not entity:
            into[entity.id] = known.id
    return into


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("-", " ").replace("’", "'")
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


# ---------------------------------------------------------------- short names

Fit = Callable[[Entity, Entity, str], int]


def _short_to_long(members: Sequence[Entity], fit: Fit, text: str) -> dict[str, str]:
    """Return which entity is the short name of which other one."""
    into: dict[str, str] = {}
    for entity in sorted(members, key=lambda e: (len(e.name), e.mentions[:1], e.id)):
        scored = [(fit(entity, other, text), other) for other in members if other is not entity]
        best = max((score for score, _ in scored), default=0)
        fitting = [other for score, other in scored if score == best and score]
        fitting = [o for o in fitting if into.get(o.id) != entity.id]
        longest = [o for o in fitting if not any(fit(o, p, text) for p in fitting if p is not o)]
        if len(longest) > 1:
            before = [o for o in longest if o.mentions[:1] < entity.mentions[:1]]
            longest = before if len(before) == 1 else []
        if longest:
            into[entity.id] = longest[0].id
    return into


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row.title for row in table("titles") if row.in_name)


def _words(name: str) -> list[str]:
    """Split a person's name, without "Sir" and without "al-"."""
    words = _folded(re.sub(r"\b[Aa]l-", "", name)).split()
    return words[1:] if len(words) > 1 and words[0] in _honorifics() else words


def _person(entity: Entity, other: Entity, text: str) -> int:
    """Tell how well one name is short for that of another person."""
    short, full = _words(entity.name), _words(other.name)
    if short == full:
        return _SAME if len(entity.name) < len(other.name) else 0
    if len(short) >= len(full):
        return _NEAR if _misspelt(short, full) and entity.id > other.id else 0
    if short == full[-len(short) :]:
        return _LAST
    if len(short) == 1:
        if short[0] == full[0]:
            return _FIRST
        return _NEAR if _alike(short[0], full[-1]) else 0
    return _FULL if short[0] == full[0] and short[-1] == full[-1] else 0


def _misspelt(one: list[str], two: list[str]) -> bool:
    """Tell whether two full names of equal length differ by a slip of the pen in one word."""
    if len(one) != len(two) or len(one) < 2:
        return False
    different = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(different) == 1 and _alike(*different[0])


def _alike(one: str, two: str) -> bool:
    if min(len(one), len(two)) < 5 or one[:2] != two[:2]:
        return False
    return SequenceMatcher(None, one, two).ratio() >= 0.8


def _body(entity: Entity, other: Entity, text: str) -> int:
    """Tell how well one name is short for that of another organization."""
    short, full = entity.name, other.name
    if len(short) >= len(full):
        return 0
    if _in_brackets(entity, other, text):
        return _SAME
    if " " not in short and short.replace(".", "").isupper():
        initials = "".join(w[0] for w in re.findall(r"\w+", full) if w[0].isupper())
        letters = short.replace(".", "")
        return _FULL if len(letters) > 2 and initials.startswith(letters) else 0
    cues, words = lists("names")["votes"], full.split()
    count = len(short.split())
    if _folded(" ".join(words[:count])) == _folded(short):
        return _LAST if all(w in cues["heads"] or w.islower() for w in words[count:]) else 0
    if _folded(" ".join(words[-count:])) == _folded(short):
        return _LAST if words[-1] != "Party" or count == 1 else 0
    return _FIRST if short in cues["short"] and short in words else 0


def _in_brackets(entity: Entity, other: Entity, text: str) -> bool:
    """Tell whether the text itself says so: "Syrian Democratic Forces (SDF)"."""
    ends = {mention.span.end for mention in other.mentions}
    for mention in entity.mentions:
        before = text[: mention.span.start].rstrip("\"'“‘")
        if before.endswith("(") and len(before[:-1].rstrip()) in ends:
            return text[mention.span.end :].lstrip("\"'”’")[:1] == ")"
    return False


def _place(entity: Entity, other: Entity, text: str) -> int:
    """Tell how well one name is short for that of another place: "Heathrow", "Heathrow Airport"."""
    short, words = _folded(entity.name).split(), _folded(other.name).split()
    if len(short) >= len(words):
        return _NEAR if _misspelt(short, words) and entity.id > other.id else 0
    cues = lists("names")["votes"]
    rest = words[len(short) :]
    plain = cues["place_nouns"] if entity.wikidata else cues["facility"] | cues["place_nouns"]
    return _LAST if short == words[: len(short)] and all(word in plain for word in rest) else 0


_FITS: dict[str, Fit] = {"Person": _person, "Organization": _body, "Place": _place}
