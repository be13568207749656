"""A name that a country shares with a state of another country: which of them a text means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.annotate.guesses import Guess
from kg.annotate.lookup import Entry, Match, fold, leaders
from kg.data import lists
from kg.officials import terms
from kg.syntax import Syntax

_REACH = 3  # words behind a name in which its office stands: "Georgia Republican Governor"
_JOINS = frozenset({"of", "in", "from", "to"})


@dataclass(frozen=True)
class Provinces:
    """What one document says for a country and for the state of its name."""

    text: str
    syntax: Syntax
    matches: Sequence[Match]
    guesses: Sequence[Guess]

    def means(self, match: Match, country: Entry, state: Entry) -> bool:
        """Tell whether a name means the state of another country.

        The word beside it decides ("governor"), then whatever else the document says of the country
        itself, then other states, cities and politicians of the state's country; where nothing
        speaks, it is the country.
        """
        beside = self._beside(match)
        if beside & lists("names")["provinces"]["state"]:
            return True
        if beside & lists("names")["provinces"]["country"] or country.iso3 in self._spoken_of:
            return False
        same = [other for other in self.matches if state in other.entries]
        said = frozenset[str]().union(*map(self._beside, same))
        if said & lists("names")["provinces"]["state"]:
            return True
        if said & lists("names")["provinces"]["country"]:
            return False
        here = self._within(state)
        if said & lists("names")["provinces"]["either"]:
            here.add("")
        abroad = (self._named - {country.iso3, state.iso3}) | self._foreign_affairs
        return len(here) > len(abroad)

    def _beside(self, match: Match) -> frozenset[str]:
        """Return the words that a name describes or belongs to, in lower case."""
        inside, tokens = self.syntax.within(match.span), self.syntax.tokens
        found = set[str]()
        for token in tokens[inside[-1] + 1 : inside[-1] + 1 + _REACH]:
            if token.pos not in ("NOUN", "PROPN", "ADJ", "PART"):
                break
            found |= {token.lemma.lower(), token.text.lower()}
        before = tokens[max(0, inside[0] - 3) : inside[0]]
        if before and before[-1].lemma == "the":
            before = before[:-1]
        if len(before) > 1 and before[-1].lemma in _JOINS:
            found |= {before[-2].lemma.lower(), before[-2].text.lower()}
        return frozenset(found)

    @cached_property
    def _named(self) -> set[str]:
        """The countries that the document names in words that mean no other."""
        return {
            match.entries[0].iso3
            for match in self.matches
            if all(entry.type == "Country" for entry in match.entries)
        }

    @cached_property
    def _spoken_of(self) -> set[str]:
        """The countries of which the document names anything: a city, a party, a leader."""
        found = set[str]()
        for match in self.matches:
            countries = {entry.iso3 for entry in match.entries}
            if len(countries) == 1:
                found |= countries
        for served in self._people.values():
            found |= served if len(served) == 1 else set()
        return found

    @cached_property
    def _foreign_affairs(self) -> set[str]:
        """What the document has of dealings between states: "sanctions", a foreign minister."""
        cues = lists("names")["provinces"]["foreign"]
        found = {token.lemma for token in self.syntax.tokens if token.lemma in cues}
        for guess in self.guesses:
            name = guess.span.of(self.text)
            if any(term.role == "foreign_minister" for term in terms(name)):
                found.add(name)
        return found

    def _within(self, state: Entry) -> set[str]:
        """Return what lies in the state's country or belongs to its politics, by name."""
        found = {
            match.entries[0].name
            for match in self.matches
            if {entry.iso3 for entry in match.entries} == {state.iso3}
            and all(entry.kind in ("city", "region") for entry in match.entries)
        }
        politics = lists("names")["provinces"]["politics"]
        found |= {token.text for token in self.syntax.tokens if token.text in politics}
        return found | {name for name, served in self._people.items() if served == {state.iso3}}

    @cached_property
    def _people(self) -> dict[str, set[str]]:
        """The countries that the people of the document have served, by surname."""
        found = dict[str, set[str]]()
        for token in self.syntax.tokens:
            if token.pos == "PROPN" and fold(token.text) in leaders():
                found[token.text] = set(leaders()[fold(token.text)])
        for guess in self.guesses:
            name = guess.span.of(self.text)
            served = {term.country for term in terms(name) if term.country}
            if served:
                found[name.split()[-1]] = served
        return found
