"""Places inside places, as the text puts them: "Minsk, Belarus", "the Ugandan capital, Kampala"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg.data import table
from kg.model import Document, Entity, Relation
from kg.syntax import Syntax

_KINDS = frozenset({
    "capital", "city", "town", "village", "port", "province", "region", "district", "island",
    "suburb",
})  # fmt: skip
_BEFORE_NAME = ("DET", "ADJ")
_Starts = dict[int, tuple[int, Entity]]


@dataclass(frozen=True)
class Places:
    """locatedIn by apposition and by "in": only where the text says so."""

    name: ClassVar[str] = "places"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")

    def warm_up(self) -> None:
        """Load the table of places."""
        _countries_by_name()

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield one locatedIn for each place and what it is said to lie in."""
        syntax = Syntax(doc.tokens)
        starts = syntax.openings(doc.entities)
        seen: set[tuple[str, str]] = set()
        for first in sorted(starts):
            last, entity = starts[first]
            if entity.type != "Place":
                continue
            for other in (self._after(doc, entity, last, starts), self._before(doc, first, starts)):
                if other is None or other.id == entity.id or (entity.id, other.id) in seen:
                    continue
                seen.add((entity.id, other.id))
                yield Relation(
                    type="locatedIn",
                    subject=entity.id,
                    object=other.id,
                    status="actual",
                    evidence=syntax.sentence_span(first),
                    score=0.9,
                    by=self.name,
                )

    def _after(self, doc: Document, place: Entity, last: int, starts: _Starts) -> Entity | None:
        """Read "Minsk, Belarus" and "Mosul, in northern Iraq"."""
        at = last + 1
        if at >= len(doc.tokens):
            return None
        text = [token.text.lower() for token in doc.tokens[at : at + 5]]
        if text[:1] == [","]:
            at += 1
            text = text[1:]
            direct = at in starts
            known = direct and country_of(place) == starts[at][1].iso3 is not None
            if direct and (known or self._closes(doc, starts[at][0])):
                return _container(starts[at][1])
        if text[:1] in (["in"], ["of"]):
            at += 1
            while at not in starts and at < len(doc.tokens) and doc.tokens[at].pos in _BEFORE_NAME:
                at += 1
            comma = doc.tokens[last + 1].text == ","
            own = doc.tokens[last + 1].head == last and doc.tokens[last + 1].dep == "prep"
            if at in starts and (comma or own):
                return _container(starts[at][1])
        return None

    def _closes(self, doc: Document, last: int) -> bool:
        """Tell whether a comma or the end follows, so that a list of places is not a chain."""
        after = doc.tokens[last + 1] if last + 1 < len(doc.tokens) else None
        if after is None or after.pos == "SPACE" or after.text in (".", ";", ")", "—", '"'):
            return True
        return after.text == "," and not any(
            token.dep in ("cc", "conj") and token.head in range(last - 3, last + 1)
            for token in doc.tokens[last + 1 : last + 6]
        )

    def _before(self, doc: Document, first: int, starts: _Starts) -> Entity | None:
        """Read "the Ugandan capital, Kampala" and "the eastern Congo city of Goma"."""
        at = first - 1
        while at >= 0 and doc.tokens[at].text.lower() in (",", "of"):
            at -= 1
        if at < 0 or doc.tokens[at].lemma not in _KINDS:
            return None
        at -= 1
        for index in range(at, max(-1, at - 4), -1):
            for start, (last, entity) in starts.items():
                if start <= index <= last:
                    return _container(entity)
            if doc.tokens[index].text in (",", ".") or doc.tokens[index].pos == "VERB":
                return None
        return None


def countries_of(place: Entity) -> frozenset[str]:
    """Return the ISO codes of the countries that have a place of this name."""
    return _countries_by_name().get(place.name, frozenset())


def country_of(place: Entity) -> str | None:
    """Return the ISO code of the one country that has a place of this name, if only one has."""
    countries = countries_of(place)
    return next(iter(countries)) if len(countries) == 1 else None


@cache
def _countries_by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("places"):
        for name in (row.name, *row.aliases):
            found.setdefault(name, set()).add(row.country)
    return {name: frozenset(countries) for name, countries in found.items()}


def _container(entity: Entity) -> Entity | None:
    return entity if entity.type in ("Country", "Place") else None
