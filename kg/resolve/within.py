"""Which names of one document are the same person, body or place: "Sir Keir" = "Keir Starmer"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import ClassVar

from kg.data import lists, table
from kg.model import Document, Entity

# What stands around an acronym in brackets: "... (the "NWF")".
_OPENED = re.compile(r"\s?\([\"'“‘]?$")
_CLOSED = re.compile(r"[\"'”’]?\)")

# How well a short name fits a longer one; the best fit wins, and only if it is the only one.
_SAME, _FULL, _LAST, _FIRST, _NEAR = 5, 4, 3, 2, 1
_FEW = 200  # names of one kind, up to which every pair is compared


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
        into = _Merges()
        for short, long in (*_same_names(doc.entities), *_in_brackets(doc)):
            into.add(short, long)
        whole = [entity for entity in doc.entities if entity.id not in into]
        for kind, fit in _FITS.items():
            _short_to_long([entity for entity in whole if entity.type == kind], fit, into)
        return doc.but(entities=_united(doc, into))


class _Merges(dict[str, str]):
    """Which entity goes into which other one."""

    def add(self, short: str, long: str) -> None:
        """Let one entity go into another, unless that one already goes into it."""
        if self.end(long) != short:
            self[short] = long

    def end(self, entity_id: str) -> str:
        """Return the entity that one ends up in."""
        while entity_id in self:
            entity_id = self[entity_id]
        return entity_id


def _united(doc: Document, into: _Merges) -> tuple[Entity, ...]:
    """Give the mentions of each short name to its long one; ids in the order of first mention."""
    members: dict[str, list[Entity]] = defaultdict(list)
    for entity in doc.entities:
        members[into.end(entity.id)].append(entity)
    united = []
    for target, group in members.items():
        mentions = sorted({mention for entity in group for mention in entity.mentions})
        main = doc.entity(target)
        own = (entity for entity in group if not _is_homonym(entity, main))
        qid = next((entity.wikidata for entity in own if entity.wikidata), None)
        united.append(replace(main, mentions=tuple(mentions), wikidata=main.wikidata or qid))
    united.sort(key=lambda entity: entity.mentions[:1])
    return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(united, 1))


def _is_homonym(short: Entity, long: Entity) -> bool:
    """Tell an acronym that the text defines from the better known body that bears it too."""
    if short.type != "Organization" or _initials(short.name) != _initials(long.name):
        return False
    return not set(_words(short.name)) & set(_words(long.name)) - _LINKING


# ---------------------------------------------------------------- equal names


def _same_names(entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Yield what is written alike but for case, accents and hyphens."""
    first: dict[tuple[str, str], Entity] = {}
    for entity in sorted(entities, key=lambda e: (not e.wikidata, e.mentions[:1], e.id)):
        if entity.type in ("Event", "Group", "Country"):
            continue
        key = (entity.type, _folded(entity.name))
        known = first.setdefault(key, entity)
        if known is not entity:
            yield entity.id, known.id


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("-", " ").replace("’", "'")
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


# ---------------------------------------------------------------- short names

_LINKING = frozenset({"of", "the", "for", "and", "in"})
Fit = Callable[[Entity, Entity], int]


def _short_to_long(members: Sequence[Entity], fit: Fit, into: _Merges) -> None:
    """Let each entity go into the one whose name it shortens, if there is exactly one."""
    callings = _Callings(members)
    for entity in sorted(members, key=lambda e: (len(e.name), e.mentions[:1], e.id)):
        scored = [(fit(entity, other), other) for other in callings.like(entity)]
        best = max((score for score, _ in scored), default=0)
        fitting = [other for score, other in scored if score == best and score]
        longest = [o for o in fitting if not any(fit(o, p) for p in fitting if p is not o)]
        if len(longest) > 1:
            before = [o for o in longest if o.mentions[:1] < entity.mentions[:1]]
            longest = before if len(before) == 1 else []
        if longest:
            into.add(entity.id, longest[0].id)


class _Callings:
    """Entities by what a text may call them, so that no two unlike names are compared."""

    def __init__(self, members: Sequence[Entity]) -> None:
        self._members = members if len(members) <= _FEW else ()
        self._by_calling: dict[str, dict[str, Entity]] = defaultdict(dict)
        for entity in members:
            for calling in _callings(entity):
                self._by_calling[calling][entity.id] = entity

    def like(self, entity: Entity) -> list[Entity]:
        """Return the others that can be meant; in a document of few names, all of them."""
        found = {other.id: other for other in self._members}
        for calling in {_folded(entity.name), *_ends(_words(entity.name))}:
            found.update(self._by_calling.get(calling, {}))
        found.pop(entity.id, None)
        return list(found.values()) if len(found) <= _FEW else []


def _callings(entity: Entity) -> set[str]:
    """Return what may be short for a name: its first and last words, its initials."""
    words = _words(entity.name)
    found = {" ".join(words[:n]) for n in range(1, len(words) + 1)}
    found |= {" ".join(words[-n:]) for n in range(1, len(words) + 1)} | _ends(words)
    if entity.type == "Organization":
        initials = _initials(entity.name).casefold()
        found |= {initials[:n] for n in range(3, len(initials) + 1)} | set(words)
    return found


def _ends(words: Sequence[str]) -> set[str]:
    """Return first and last word as one calling: "Anna B. Novak" is an "Anna … Novak"."""
    return {f"{words[0]} … {words[-1]}"} if len(words) > 1 else set()


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row.title for row in table("titles") if row.in_name)


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    """Split a person's name, without "Sir" and without "al-"."""
    words = tuple(_folded(re.sub(r"\b[Aa]l-", "", name)).split())
    return words[1:] if len(words) > 1 and words[0] in _honorifics() else words


def _person(entity: Entity, other: Entity) -> int:
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


def _misspelt(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether two full names of equal length differ by a slip of the pen in one word."""
    if len(one) != len(two) or len(one) < 2:
        return False
    different = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(different) == 1 and (_alike(*different[0]) or _drops_a_letter(*different[0]))


def _drops_a_letter(one: str, two: str) -> bool:
    """Tell whether one word lacks a letter that the other has inside it: "Mabla", "Maba"."""
    short, long = sorted((one, two), key=len)
    if len(short) < 4 or len(long) != len(short) + 1 or short[0] != long[0]:
        return False
    return any(long[:n] + long[n + 1 :] == short for n in range(1, len(long) - 1))


def _alike(one: str, two: str) -> bool:
    if min(len(one), len(two)) < 5 or one[:2] != two[:2]:
        return False
    return SequenceMatcher(None, one, two).ratio() >= 0.8


def _body(entity: Entity, other: Entity) -> int:
    """Tell how well one name is short for that of another organization."""
    short, full = entity.name, other.name
    if len(short) >= len(full):
        return 0
    if " " not in short and short.replace(".", "").isupper():
        letters = short.replace(".", "")
        return _FULL if len(letters) > 2 and _initials(full).startswith(letters) else 0
    cues, words = lists("names")["votes"], full.split()
    count = len(short.split())
    if _folded(" ".join(words[:count])) == _folded(short):
        return _LAST if all(w in cues["heads"] or w.islower() for w in words[count:]) else 0
    if _folded(" ".join(words[-count:])) == _folded(short):
        return _LAST if words[-1] != "Party" or count == 1 else 0
    return _FIRST if short in cues["short"] and short in words else 0


def _in_brackets(doc: Document) -> Iterator[tuple[str, str]]:
    """Yield what the text itself says is one: "Northern Workers Front (NWF)"."""
    bodies = [entity for entity in doc.entities if entity.type == "Organization"]
    ends = {mention.span.end: entity for entity in bodies for mention in entity.mentions}
    for entity in bodies:
        for mention in entity.mentions:
            match = _OPENED.search(doc.text[max(0, mention.span.start - 6) : mention.span.start])
            before = ends.get(mention.span.start - len(match[0])) if match else None
            closed = _CLOSED.match(doc.text, mention.span.end)
            if before is None or closed is None or before is entity:
                continue
            defined = _initials(before.name) == mention.span.of(doc.text)
            if defined or len(before.name) > len(entity.name):
                yield entity.id, before.id


def _place(entity: Entity, other: Entity) -> int:
    """Tell how well one name is short for that of another place: "Heathrow", "Heathrow Airport"."""
    short, words = _folded(entity.name).split(), _folded(other.name).split()
    if len(short) >= len(words):
        if not _misspelt(short, words) or (entity.wikidata and other.wikidata):
            return 0
        known = bool(other.wikidata) - bool(entity.wikidata)
        return _NEAR if known > 0 or (not known and entity.id > other.id) else 0
    cues = lists("names")["votes"]
    rest = words[len(short) :]
    plain = cues["place_nouns"] if entity.wikidata else cues["facility"] | cues["place_nouns"]
    return _LAST if short == words[: len(short)] and all(word in plain for word in rest) else 0


_FITS: dict[str, Fit] = {"Person": _person, "Organization": _body, "Place": _place}
