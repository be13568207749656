"""The state of an office that the text leaves to the reader: "Prime Minister Horak declined"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from kg.annotate.lookup import fold, leaders
from kg.cues import words
from kg.data import table
from kg.model import Document, Office, Span
from kg.officials import terms
from kg.syntax import Syntax

_DATELINE = re.compile(r"^[^\w\n]{0,3}([A-Z][A-Z .'-]{2,30})\b[^\n]{0,40}?(?:[-–—]|--)\s", re.M)
_LISTED = re.compile(r"^ ([^,;.\n]{2,60}?)(?:, and|,| and| &)(?: (?:his|her|the))? $")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def with_states(
    offices: Sequence[Office], doc: Document, contrasted: Collection[str]
) -> Iterator[Office]:
    """Fill in the states of state offices, in the order of the text.

    A title whose own words name a body, "Commission President", is that body's and no state's.
    Any other state office without a state is that of the same person's other office, of the state
    whose bearer of the name the tables know, or of the office named last before it: "Ukrainian
    President Z declined Prime Minister H's offer". Where a counterpart's state came between, it is
    that of the dateline, or nobody's.

    Parameters
    ----------
    contrasted
        Ids of people who were named as somebody's counterpart.
    """
    reader = _Homes(doc)
    latest: str | None = None
    neighbour: Office | None = None
    held: dict[str, str] = {}
    for office in offices:
        body = office.body or reader.possessor(office.title, held)
        titled = set(re.findall(r"[\w-]+", office.title.of(doc.text).lower()))
        of_a_body = reader.is_of_a_body(office.title)
        statal = bool(titled & words("offices", "statal")) and not of_a_body
        owner = reader.owner(office.title)
        if body is None and owner is not None:
            body = reader.described(owner)
        elif body is None and of_a_body:
            body = reader.named_in(office)
        elif body is None and statal:
            others = (o.body for o in offices if o.person == office.person)
            own = next((other for other in others if other in reader.states), None)
            near = reader.scene(office) or latest or reader.dateline()
            body = own or reader.state_of(office, near)
        if body is None and neighbour is not None and reader.is_colleague(office, neighbour):
            body = neighbour.body
        if body is None:
            body = _side(titled & words("offices", "counter"), doc)
        neighbour = replace(office, body=body)
        if body is not None:
            held.setdefault(office.person, body)
        if statal and office.person in contrasted:
            latest = None
        elif statal and body in reader.states:
            latest = body
        yield office if body == office.body else replace(office, body=body)


def _side(cues: Set[str], doc: Document) -> str | None:
    """Return the body of a "rebel leader": the one that the text sets beside that word."""
    found = set()
    for entity in doc.entities if cues else ():
        for mention in entity.mentions if entity.type == "Organization" else ():
            before = doc.text[max(0, mention.span.start - 24) : mention.span.start].lower()
            behind = doc.text[mention.span.end : mention.span.end + 12].lower()
            near = re.findall(r"[a-z]+", before)[-3:] + re.findall(r"[a-z]+", behind)[:1]
            if any(word.rstrip("s") in cues for word in near):
                found.add(entity.id)
    return found.pop() if len(found) == 1 else None


class _Homes:
    """What one document and the tables tell about where people belong."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        self.states = {entity.id: entity for entity in doc.entities if entity.type == "Country"}
        self.owners = self.syntax.owners(doc.entities, names_only=True)

    def is_of_a_body(self, title: Span) -> bool:
        """Tell whether a title names the body it belongs to: "Commission President"."""
        return self._noun(title) is not None

    def _noun(self, title: Span) -> str | None:
        """Return the noun right before the head of a title if it is one of a body."""
        said = re.findall(r"[\w-]+", title.of(self.doc.text).lower())
        for noun, head in itertools.pairwise(said):
            if head in words("offices", "heads"):
                of_state = words("offices", "organs").intersection(said)
                return noun if noun in words("offices", "seats") and not of_state else None
        return None

    def _led(self, person: str) -> set[str]:
        """Return the international bodies that a person of this name has led."""
        return {t.organization for t in terms(person, self.doc.date) if t.organization}

    def named_in(self, office: Office) -> str | None:
        """Return the only organization of the document that the noun in a title can mean."""
        noun = self._noun(office.title)
        led = self._led(self.doc.entity(office.person).name)
        ending = [
            entity
            for entity in self.doc.entities
            if entity.type == "Organization" and entity.name.lower().split()[-1:] == [noun]
        ]
        found = [entity.id for entity in ending if entity.name in led] or [e.id for e in ending]
        return found[0] if len(found) == 1 else None

    def state_of(self, office: Office, fallback: str | None) -> str | None:
        """Return the body of an office without one, ``fallback`` if nothing speaks against it."""
        name = self.doc.entity(office.person).name
        known, led = self._known(name), self._led(name)
        if not known and led:
            return next((entity.id for entity in self.doc.entities if entity.name in led), None)
        if not known:
            crowned = set(office.title.of(self.doc.text).lower().split())
            return None if crowned & words("offices", "crowned") else fallback
        named = [entity.id for entity in self.states.values() if entity.iso3 in known]
        return named[0] if len(named) == 1 else (fallback if fallback in named else None)

    def _known(self, name: str) -> set[str]:
        """Return the states that a person of this name has served, as far as the tables know."""
        if len(name.split()) == 1:
            return set(leaders().get(fold(name), ()))
        return {term.country for term in terms(name, self.doc.date) if term.country}

    def is_colleague(self, office: Office, neighbour: Office) -> bool:
        """Tell whether a list names the two for one state: "Foreign Minister A and envoy B"."""
        titled = set(re.findall(r"[\w-]+", office.title.of(self.doc.text).lower()))
        if neighbour.body not in self.states or not titled & words("offices", "serving"):
            return False
        between = _LISTED.match(self.doc.text[neighbour.title.end : office.title.start])
        person = self.doc.entity(neighbour.person)
        return between is not None and any(
            mention.span.of(self.doc.text) == between[1] for mention in person.mentions
        )

    def owner(self, title: Span) -> int | None:
        """Return the common noun that the office belongs to: "the union's president"."""
        index = self.syntax.at(title.start) - 1
        while index > 0 and self.tokens[index].text.lower() in words("offices", "neutral"):
            index -= 1
        if index < 1 or self.tokens[index].text not in _POSSESSIVE:
            return None
        return index - 1 if self.tokens[index - 1].pos == "NOUN" else None

    def possessor(self, title: Span, held: Mapping[str, str]) -> str | None:
        """Return the body of "Its chairman" and, by the president's own, "President Berg's aide".

        Parameters
        ----------
        held
            The bodies in which people were said to hold offices so far.
        """
        index = self.syntax.at(title.start) - 1
        while index > 0 and self.tokens[index].text.lower() in words("offices", "former"):
            index -= 1
        if index < 1:
            return None
        if self.tokens[index].text.lower() == "its":
            return self._meant_by_its(index)
        if self.tokens[index].text not in _POSSESSIVE:
            return None
        owner = self.owners.get(index - 1)
        return held.get(owner.id) if owner is not None and owner.type == "Person" else None

    def _meant_by_its(self, index: int) -> str | None:
        """Return the one body that its sentence, or the subject of the one before, names."""
        sentence = self.syntax.sentence(index)
        if self.tokens[index - 1].lemma == "and" and index - 2 in self.owners:
            return self._bodies([index - 2])
        here = [i for i in sentence if i < index]
        named = self._bodies(here)
        if named is not None or sentence[0] == 0:
            return named
        if any(i in self.owners for i in here):
            return None
        return self._bodies([i for i in self.syntax.sentence(sentence[0] - 1) if self._leads(i)])

    def _bodies(self, indexes: Sequence[int]) -> str | None:
        """Return the only country or organization that some tokens name."""
        found = {self.owners[i] for i in indexes if i in self.owners}
        bodies = {entity.id for entity in found if entity.type in ("Country", "Organization")}
        return bodies.pop() if len(bodies) == 1 else None

    def _leads(self, index: int) -> bool:
        return self.tokens[index].dep in ("nsubj", "nsubjpass")

    def described(self, noun: int) -> str | None:
        """Return the state or the body that "the country" or "the union" stands for."""
        lemma = self.tokens[noun].lemma
        if lemma in words("descriptions", "country"):
            return self._latest(noun, "Country")
        if lemma in words("descriptions", "alliance"):
            return self._latest(noun, "Organization")
        return None

    def _latest(self, before: int, kind: str) -> str | None:
        """Return what was named last in the same sentence, a state also in those before."""
        start, found = self.tokens[before].span.start, list[tuple[int, str]]()
        for entity in self.doc.entities:
            for mention in entity.mentions:
                if entity.type != kind or mention.span.start >= start:
                    continue
                near = self.tokens[self.syntax.at(mention.span.start)].sentence
                if kind == "Country" or near == self.tokens[before].sentence:
                    found.append((mention.span.start, entity.id))
        return max(found)[1] if found else None

    def scene(self, office: Office) -> str | None:
        """Return the state whose capital opens the sentence: "In Oslo, Prime Minister Berg"."""
        sentence = self.syntax.sentence(self.syntax.at(office.title.start))
        words_here = [self.tokens[i] for i in sentence if not self.tokens[i].text.isspace()]
        if len(words_here) < 3 or words_here[0].text != "In":
            return None
        iso3 = _capitals().get(words_here[1].text.casefold())
        return next((e.id for e in self.states.values() if e.iso3 == iso3), None)

    def dateline(self) -> str | None:
        """Return the state in whose capital the article was filed, if it speaks of that state."""
        match = _DATELINE.search(self.doc.text[:400])
        if match is None:
            return None
        iso3 = _capitals().get(match[1].casefold())
        return next((e.id for e in self.states.values() if e.iso3 == iso3), None)


@cache
def _capitals() -> dict[str, str]:
    """Return the states by their capitals."""
    return {
        name.casefold(): row.iso3
        for row in table("countries")
        for name in (row.capital, *row.seats)
        if name
    }


def shared_title(office: Office, doc: Document) -> bool:
    """Tell whether a title only points to another one: "his Turkish counterpart"."""
    return bool(set(office.title.of(doc.text).lower().split()) & words("offices", "shared"))


def counterparts(offices: Sequence[Office], doc: Document) -> frozenset[str]:
    """Return the ids of the people who were named as somebody's counterpart."""
    return frozenset(office.person for office in offices if shared_title(office, doc))
