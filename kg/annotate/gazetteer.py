"""Countries, organizations and places that the tables know, each reading weighed in its context."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from kg.annotate.bodies import body_of
from kg.annotate.capitals import is_place
from kg.annotate.credits import credits_in
from kg.annotate.guesses import Guess, guesses
from kg.annotate.lookup import METROPOLIS, Entry, Match, named
from kg.annotate.provinces import Provinces
from kg.annotate.titles import titles_in
from kg.data import lists
from kg.model import Document, Entity, Mention, Span
from kg.syntax import Syntax

_GOES_ON = re.compile(r"-(?:i|e|al|ul|ud|sur|en|upon|on|de)-")  # "Mazar-i-Sharif" is not Mazar
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_NAME = frozenset({"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY"})


@dataclass(frozen=True)
class Gazetteer:
    """Countries (names, adjectives, capitals as governments), organizations and places."""

    name: ClassVar[str] = "gazetteer"
    requires: ClassVar[tuple[str, ...]] = ("tokens",)
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        named()

    def __call__(self, doc: Document) -> Document:
        """Return the document with the entities that the tables know."""
        return doc.but(entities=_grouped(_Reader(doc).read()))


def _grouped(found: Iterable[tuple[Span, Entry]]) -> tuple[Entity, ...]:
    """Group mentions by what they stand for; ids in the order of the first mention."""
    mentions: dict[tuple[str, str, str], list[Mention]] = {}
    entries: dict[tuple[str, str, str], Entry] = {}
    for span, entry in sorted(found):
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
        self.tokens = doc.tokens
        self.syntax = Syntax.of(doc.tokens)
        self.around = lists("names")["around"]
        self.guesses = guesses(doc)
        self.titles = titles_in(doc, self.syntax)
        self.cover = {
            index: guess for guess in self.guesses for index in range(guess.first, guess.last + 1)
        }
        credited = {i for span in credits_in(doc.text) for i in self.syntax.within(span)}
        self.matches = [
            match
            for match in named().find(doc.text)
            if (inside := self.syntax.within(match.span))
            and inside[0] not in credited
            and not _GOES_ON.match(doc.text, match.span.end)
        ]
        self.countries = Counter(
            match.entries[0].iso3
            for match in self.matches
            if match.entries[0].type == "Country"
            and match.entries[0].sense in ("name", "adjective")
            and len({entry.iso3 for entry in match.entries if entry.type == "Country"}) == 1
        )

    def read(self) -> Iterator[tuple[Span, Entry]]:
        """Yield each mention with its reading."""
        done = 0
        for match in self.matches:
            if match.span.start < done:
                continue
            entry = self._reading(match)
            if entry is None:
                continue
            span = match.span
            if entry.type in ("Country", "Place") and not self._prefixed(match):
                body = body_of(self.syntax, span, entry) if entry.sense != "seat" else None
                span, entry = body or (span, entry)
            if entry.type == "Place" and entry.sense == "adjective":
                continue
            if entry.type == "Organization":
                span = self._without_article(span)
            done = span.end
            yield span, entry

    def _without_article(self, span: Span) -> Span:
        return Span(span.start + 4, span.end) if span.of(self.doc.text).startswith("The ") else span

    def _prefixed(self, match: Match) -> bool:
        """Tell whether a prefix in lower case is joined to the match: "pro-Moscow", "ex-German"."""
        before = self.doc.text[max(0, match.span.start - 12) : match.span.start]
        return re.search(r"(?:^|[^\w-])[a-z]+-$", before) is not None

    # ------------------------------------------------------------ which reading

    def _reading(self, match: Match) -> Entry | None:
        """Choose among the readings of one match, or None if it is no name of the tables here."""
        inside = self.syntax.within(match.span)
        guess = self.cover.get(inside[-1]) or self.cover.get(inside[0])
        if guess is not None and self._belongs_to_longer(match, guess):
            return None
        label = guess.label if guess is not None and match.span.covers(guess.span) else ""
        countries = [entry for entry in match.entries if entry.type == "Country"]
        organizations = [entry for entry in match.entries if entry.type == "Organization"]
        places = [entry for entry in match.entries if entry.type == "Place"]
        states = [entry for entry in countries if entry.sense in ("name", "adjective")]
        if states:
            state = max(states, key=lambda entry: (self.countries[entry.iso3], entry.weight))
            return self._country(match, state, places, label)
        if countries:
            seat = countries[0].sense == "seat" and all(place.kind != "city" for place in places)
            if self._prefixed(match) or not is_place(self.syntax, match.span, building=seat):
                return countries[0]
            return self._place(match, places, "GPE") or (None if places else countries[0])
        if organizations and places:
            venues = [place for place in places if place.sense == "venue"]
            if venues:
                standing = is_place(self.syntax, match.span, building=True)
                return venues[0] if standing else organizations[0]
            place = self._place(match, places, label)
            if place is not None and (label in _PLACE_LABELS or self._only_places[place]):
                return place
        if organizations:
            return self._organization(match, organizations, guess, label)
        return self._place(match, places, label)

    def _belongs_to_longer(self, match: Match, guess: Guess) -> bool:
        """Tell whether the match is only part of a longer name of a person, body or work."""
        if not guess.span.covers(match.span) or guess.span == match.span:
            return False
        kind = match.entries[0].type
        words = guess.span.of(self.doc.text).split()
        match guess.label:
            case "PERSON":
                return kind != "Organization"
            case "WORK_OF_ART" | "LAW":
                return True
            case "EVENT":
                return words[-1] in lists("names")["votes"]["other"] and kind != "Place"
            case "PRODUCT":
                return kind == "Organization"
            case "FAC":
                return guess.span.end > match.span.end
            case "ORG":
                if kind == "Organization":
                    return self._only_capitals(guess, match)
                body = body_of(self.syntax, match.span, match.entries[0])
                if body is not None and body[0].covers(guess.span):
                    return False
                if self.titles.get(self.syntax.at(match.span.end) + 1, (0,))[0] > guess.last:
                    return False  # the parser broke "Greek Defence Minister" off at "Minister"
                return self._is_body(guess, match)
        return False

    def _is_body(self, guess: Guess, match: Match) -> bool:
        """Tell whether the parser's organization is one, not a phrase with a country in it."""
        words = guess.span.of(self.doc.text).split()
        heads, other = (lists("names")["votes"][name] for name in ("heads", "other"))
        rest = self.doc.text[match.span.end : guess.span.end]
        if words[-1] in other or (match.entries[0].type == "Place" and words[-2:-1] == ["in"]):
            return False
        if self._prefixed(match) or (match.span.start == guess.span.start and rest.islower()):
            return False
        if not any(
            c.isalpha()
            for c in guess.span.of(self.doc.text).replace(match.span.of(self.doc.text), "")
        ):
            return False
        if len(words) > 1 and words[1][:1].islower() and words[0] not in heads:
            return False
        after = self.tokens[self.syntax.within(match.span)[-1] + 1 :][:1]
        possessive = bool(after) and after[0].tag == "POS"
        return not possessive or (
            words[-1] in heads and words[0] not in match.span.of(self.doc.text)
        )

    def _only_capitals(self, guess: Guess, match: Match) -> bool:
        """Tell whether a body's name goes on: "Coastal National Liberation Front"."""
        inside = self.syntax.within(match.span)
        rest = [*range(guess.first, inside[0]), *range(inside[-1] + 1, guess.last + 1)]
        heads = lists("names")["votes"]["heads"]
        return self.tokens[guess.last].text in heads and all(
            self.tokens[index].pos == "PROPN" and self.tokens[index].text[:1].isupper()
            for index in rest
        )

    @cached_property
    def _only_places(self) -> dict[Entry, set[str]]:
        """How the document names each place in words that can mean nothing else."""
        found = defaultdict[Entry, set[str]](set)
        for match in self.matches:
            if all(entry.type == "Place" for entry in match.entries):
                for entry in match.entries:
                    found[entry].add(match.span.of(self.doc.text))
        return found

    def _country(self, match: Match, entry: Entry, places: list[Entry], label: str) -> Entry | None:
        if label == "LANGUAGE":
            return None
        named_so = match.span.of(self.doc.text) in self._surnames
        if label == "PERSON" and entry.sense == "name" and named_so:
            return None
        # "Georgia" among other states of the same country, or behind a city, is one of them.
        return next((p for p in places if self._is_region(match, entry, p)), entry)

    def _is_region(self, match: Match, country: Entry, place: Entry) -> bool:
        before = self._by_end.get(match.span.start - 2)
        behind_city = (
            before is not None
            and self.doc.text[before.span.end : match.span.start] == ", "
            and any(e.type == "Place" and e.iso3 == place.iso3 for e in before.entries)
        )
        if behind_city or self._regions[place.iso3] - {place.name}:
            return True
        shared = place.kind == "region" and place.iso3 != country.iso3
        return shared and self._provinces.means(match, country, place)

    @cached_property
    def _provinces(self) -> Provinces:
        return Provinces(self.doc.text, self.syntax, self.matches, self.guesses)

    @cached_property
    def _by_end(self) -> dict[int, Match]:
        return {match.span.end: match for match in self.matches}

    @cached_property
    def _by_start(self) -> dict[int, Match]:
        return {match.span.start: match for match in self.matches}

    @cached_property
    def _surnames(self) -> set[str]:
        """The last words of what the parser takes for full names."""
        return {
            self.tokens[guess.last].text
            for guess in self.guesses
            if guess.label == "PERSON" and guess.last > guess.first
        }

    @cached_property
    def _regions(self) -> dict[str, set[str]]:
        """The regions that the document names, by country."""
        found = defaultdict[str, set[str]](set)
        for match in self.matches:
            for entry in match.entries:
                if entry.kind == "region" and entry.iso3:
                    found[entry.iso3].add(entry.name)
        return found

    def _place(self, match: Match, places: list[Entry], label: str) -> Entry | None:
        if not places:
            return None
        surface = match.span.of(self.doc.text)
        first = self.syntax.within(match.span)[0]
        adjectives = [place for place in places if place.sense == "adjective"]
        if adjectives and (len(adjectives) == len(places) or self._describes(match)):
            return adjectives[0]
        if surface in self.around["article"] and (
            not first or self.tokens[first - 1].lemma != "the"
        ):
            return None
        named = [place for place in places if place.sense != "adjective"]
        best = max(named, key=lambda e: (self.countries[e.iso3] > 0, e.kind == "region", e.weight))
        where = self._where(match)
        if where and best.kind == "city" and best.iso3 not in where:
            there = [place for place in named if place.iso3 in where]
            unknown = Entry("Place", surface, "name", kind="city", weight=best.weight)
            best = max(there, key=lambda entry: entry.weight, default=unknown)
        if label in _PLACE_LABELS:
            return best
        if best.kind != "city" and (label != "PERSON" or not surface.isalpha()):
            return best
        return best if label in ("", "ORG", "NORP") and best.weight >= METROPOLIS else None

    def _where(self, match: Match) -> set[str]:
        """Return the countries of the state or country that a comma joins: "Paris, Texas"."""
        behind = self._by_start.get(match.span.end + 2)
        if behind is None or self.doc.text[match.span.end : behind.span.start] != ", ":
            return set()
        small = all(entry.weight < METROPOLIS for entry in match.entries)
        return {
            entry.iso3
            for entry in behind.entries
            if entry.kind == "region" or (small and entry.kind == "state")
        }

    def _describes(self, match: Match) -> bool:
        """Tell whether the match stands before a noun that it describes: "Caribbean leaders"."""
        index = self.syntax.root_of(match.span)
        token = self.tokens[index]
        head = self.tokens[self.tokens[self.syntax.first_conjunct(index)].head]
        return (token.head > index and token.dep in ("compound", "amod", "nmod")) or (
            token.dep == "conj" and head.pos == "NOUN" and token.pos == "ADJ"
        )

    def _organization(
        self, match: Match, organizations: list[Entry], guess: Guess | None, label: str
    ) -> Entry | None:
        surface = match.span.of(self.doc.text)
        inside = self.syntax.within(match.span)
        single = " " not in surface
        if label in _NO_NAME or self._is_event_or_product(inside[-1] + 1):
            return None
        portfolio = lists("names")["people"]["portfolio"]
        if inside[0] > 1 and self.tokens[inside[0] - 2].lemma in portfolio:
            return None  # "Minister of Transportation"
        if label == "PERSON" and single and not surface.isupper():
            return None
        if single and not label and not (surface.isupper() and len(surface) > 1):
            token = self.tokens[inside[0]]
            if token.pos != "PROPN" or guess is not None:
                return None
        here = Counter(
            {entry.iso3: self.countries[entry.iso3] for entry in organizations}
        ).most_common(2)
        unknown = Entry("Organization", surface, "name", kind=organizations[0].kind)
        if len(organizations) == 1:
            only = organizations[0]
            if only.kind == "own":
                return only
            common = only.kind == "party" or self.around["bodies"].issuperset(surface.split())
            return unknown if common and not self.countries[only.iso3] else only
        if here[0][1] and (len(here) == 1 or here[0][1] > here[1][1]):
            return next(entry for entry in organizations if entry.iso3 == here[0][0])
        international = [entry for entry in organizations if not entry.iso3]
        if len(international) == 1:
            return international[0]
        return unknown

    def _is_event_or_product(self, after: int) -> bool:
        """Tell whether what follows a name makes it "G7 Summit" or "Boeing 737"."""
        if after >= len(self.tokens):
            return False
        token = self.tokens[after]
        if token.text in lists("names")["votes"]["other"]:
            return True
        return token.pos == "NUM" and any(c.isdigit() for c in token.text)
