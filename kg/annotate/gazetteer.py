"""Countries, organizations and places that the tables know, each reading weighed in its context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg.annotate.capitals import is_place
from kg.annotate.guesses import Guess, guesses
from kg.annotate.lookup import Entry, Match, named
from kg.data import table
from kg.model import Document, Entity, Mention, Span
from kg.syntax import Syntax

_METROPOLIS = 1_000_000  # people: a city so large is known by name without the parser's consent
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True)
class Gazetteer:
    """Countries (names, adjectives, capitals as governments), organizations and places."""

    name: ClassVar[str] = "gazetteer"
    requires: ClassVar[tuple[str, ...]] = ("tokens",)
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        named()
        _bodies()

    def __call__(self, doc: Document) -> Document:
        """Return the document with the entities that the tables know."""
        reader = _Reader(doc)
        return doc.but(entities=entities(reader.read()))


def entities(found: Iterable[tuple[Span, Entry]]) -> tuple[Entity, ...]:
    """Group mentions by what they stand for; ids in the order of the first mention."""
    mentions: dict[tuple[str, str, str], list[Mention]] = {}
    entries: dict[tuple[str, str, str], Entry] = {}
    for span, entry in sorted(found, key=lambda pair: pair[0]):
        key = (entry.type, entry.name, entry.iso3)
        mentions.setdefault(key, []).append(Mention(span))
        entries.setdefault(key, entry)
    return tuple(
        Entity(
            id=f"e{number}",
            type=entry.type,
            name=entry.name,
            mentions=tuple(mentions[key]),
            iso3=entry.iso3 if entry.type == "Country" and entry.iso3 else None,
            wikidata=entry.wikidata or None,
        )
        for number, (key, entry) in enumerate(entries.items(), 1)
    )


class _Reader:
    """One document read against the tables."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.syntax = Syntax(doc.tokens)
        self.guesses = guesses(doc)
        self.cover: dict[int, Guess] = {
            index: guess for guess in self.guesses for index in range(guess.first, guess.last + 1)
        }
        self.matches = [match for match in named().find(doc.text) if self._is_word(match)]
        self.countries = self._mentioned()

    def read(self) -> Iterator[tuple[Span, Entry]]:
        """Yield each mention with its reading."""
        index = 0
        while index < len(self.matches):
            match = self.matches[index]
            index += 1
            entry = self._reading(match)
            if entry is None:
                continue
            body = self._body(match, entry)
            if body is not None:
                while index < len(self.matches) and self.matches[index].span.start < body[0].end:
                    index += 1
                yield body
            else:
                yield match.span, entry

    def _is_word(self, match: Match) -> bool:
        """Tell whether the match fills whole tokens, or whole parts of a hyphenated one."""
        return bool(self.syntax.within(match.span))

    def _mentioned(self) -> Counter[str]:
        """Count the countries that the document surely speaks of."""
        return Counter(
            entry.iso3
            for match in self.matches
            for entry in match.entries[:1]
            if entry.type == "Country" and entry.sense in ("name", "adjective")
        )

    def _reading(self, match: Match) -> Entry | None:
        """Choose among the readings of one match, or None if it is no name of the tables here."""
        inside = self.syntax.within(match.span)
        guess = self.cover.get(inside[-1]) or self.cover.get(inside[0])
        if guess is not None and self._belongs_to_longer(match, guess):
            return None
        by_type: dict[str, list[Entry]] = {}
        for entry in match.entries:
            by_type.setdefault(entry.type, []).append(entry)
        label = guess.label if guess is not None and guess.span == match.span else ""
        countries = by_type.get("Country", [])
        for sense in ("name", "adjective"):
            for entry in countries:
                if entry.sense == sense:
                    return self._country(match, entry, by_type, label)
        organizations, places = by_type.get("Organization", []), by_type.get("Place", [])
        if countries:
            if is_place(self.syntax, match.span):
                return self._place(match, places, "GPE") or (None if places else countries[0])
            return countries[0]
        if organizations and places:
            if any(place.sense == "venue" for place in places):
                standing = is_place(self.syntax, match.span, building=True)
                return places[0] if standing else organizations[0]
            if label in _PLACE_LABELS:
                return self._place(match, places, label)
        if organizations:
            return self._organization(match, organizations, guess, label)
        return self._place(match, places, label)

    def _belongs_to_longer(self, match: Match, guess: Guess) -> bool:
        """Tell whether the match is only part of a longer name of a person, body or work."""
        if not guess.span.covers(match.span) or guess.span == match.span:
            return False
        if guess.label == "PERSON":
            return match.entries[0].type != "Organization"
        if guess.label in ("WORK_OF_ART", "PRODUCT", "LAW"):
            return True
        if guess.label == "FAC":
            return True
        if guess.label == "ORG":
            return match.entries[0].type in ("Country", "Place")
        return False

    def _country(
        self, match: Match, entry: Entry, by_type: dict[str, list[Entry]], label: str
    ) -> Entry | None:
        if label == "PERSON" and entry.sense == "name":
            return None
        places = by_type.get("Place", [])
        if places and self._is_state_of(places[0]):
            return places[0]
        if label == "LANGUAGE":
            return None
        return entry

    def _is_state_of(self, place: Entry) -> bool:
        """Tell whether the document speaks of other regions of the place's country."""
        if place.kind != "region" or not place.iso3:
            return False
        return any(
            entry.kind == "region" and entry.iso3 == place.iso3 and entry.name != place.name
            for match in self.matches
            for entry in match.entries
        )

    def _place(self, match: Match, places: list[Entry], label: str) -> Entry | None:
        if not places or places[0].sense == "adjective":
            return None
        best = max(places, key=lambda e: (self.countries[e.iso3] > 0, e.kind == "region", e.weight))
        if label in _PLACE_LABELS:
            return best
        if best.kind != "city":
            return best if label != "PERSON" else None
        return best if not label and best.weight >= _METROPOLIS else None

    def _organization(
        self, match: Match, organizations: list[Entry], guess: Guess | None, label: str
    ) -> Entry | None:
        surface = match.span.of(self.doc.text)
        by_country = [entry for entry in organizations if self.countries[entry.iso3]]
        if len(by_country) > 1:
            most = max(self.countries[entry.iso3] for entry in by_country)
            by_country = [entry for entry in by_country if self.countries[entry.iso3] == most]
        best = organizations[0] if len(organizations) == 1 else None
        if len(by_country) == 1:
            best = by_country[0]
        if best is None:
            best = Entry("Organization", surface, "name", kind=organizations[0].kind)
        single = " " not in surface
        if single and not label and (best.kind == "party" or not surface.isupper()):
            token = self.doc.tokens[self.syntax.within(match.span)[0]]
            if token.pos != "PROPN" or guess is not None:
                return None
        if label in ("PERSON", "DATE", "TIME", "MONEY", "CARDINAL"):
            return None
        return best

    def _body(self, match: Match, entry: Entry) -> tuple[Span, Entry] | None:
        """Read "Syrian government" and "government of Syria" as one body of a country."""
        if entry.sense not in ("name", "adjective") or not (
            entry.type == "Country" or entry.kind == ""
        ):
            return None
        tokens = self.doc.tokens
        after = self.syntax.within(match.span)[-1] + 1
        if tokens[after - 1].span.end != match.span.end:
            return None
        for length in (3, 2, 1):
            window = tokens[after : after + length]
            if len(window) < length:
                continue
            words = " ".join(token.text.lower() for token in window)
            body = _bodies().get(words)
            if (
                body is None
                or (window[-1].tag in ("NNS", "NNPS")
                and words.split()[-1] not in _PLURALS)
            ):
                continue
            span = Span(match.span.start, window[-1].span.end)
            name = f"government of {entry.name}" if body == "government" else span.of(self.doc.text)
            return span, Entry("Organization", name, "name", entry.iso3, "", "body")
        return None


_PLURALS = frozenset({"authorities", "forces"})


@cache
def _bodies() -> dict[str, str]:
    return {row.words: row.canonical for row in table("bodies")}
