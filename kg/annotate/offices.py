"""Titles beside names: "French President Emmanuel Macron", "Kuleba, Ukraine's foreign minister".

The words around a name are read as a string of units (T title, B body, P person ...), on which the
patterns of a title are regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kg.annotate.homes import counterparts, shared_title, with_states
from kg.annotate.predicates import predicated
from kg.annotate.units import Splitter, Unit, letters
from kg.cues import words
from kg.model import Document, Entity, Office, Span
from kg.syntax import Syntax

# Patterns over the letters of units.
_OF = r"(?P<of>od?N*B(?:aB)*|od?N+)?(?=[cxa.]|$)"
_BODY = r"(?P<early>m*)(?:(?P<body>[BP])(?P<own>s)?)?"
_TITLE = _BODY + r"(?P<mod>m*)(?P<title>T)"
_BEFORE_NAME = re.compile(_TITLE + r"(?P<of>od?(?:N+o?N*|B(?:aB)*))?(?P<more>aT(?:oN+)?)?r*$")
_BEFORE_AND = re.compile(_TITLE + r"(?P<of>od?N*B)?a$")
_BEFORE_COMMA = re.compile(_TITLE + r"(?P<of>od?[BN]+m*T?(?:aB|aN)*)?(?:cr*)$")
_BEHIND = re.compile(r"^c?d?" + _TITLE + _OF)
_NEXT = re.compile(r"^[ca]+d?" + _TITLE + _OF)
_OF_BODY = re.compile(r"^od?(?P<body>B)(?!s)")
_LIST = re.compile(r"(?P<title>T)P(?:oB)?(?:[ca]+P(?:oB)?)+")
_AT = frozenset({"of", "at", "in", "from"})
_WINDOW = 16


@dataclass(frozen=True)
class Offices:
    """Who holds which office, as far as the words beside the name say so."""

    name: ClassVar[str] = "offices"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "times", "entities")
    provides: ClassVar[tuple[str, ...]] = ("offices",)

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with its offices, in the order of the text."""
        reader = _OfficeReader(doc)
        found: dict[tuple[str, int], Office] = {}
        for office in (*reader.read(), *predicated(doc, reader.syntax)):
            found.setdefault((office.person, office.title.start), office)
        in_order = sorted(found.values(), key=lambda office: (office.title, office.person))
        titled = list(_with_titles(in_order, doc))
        return doc.but(offices=tuple(with_states(titled, doc, counterparts(in_order, doc))))


def _with_titles(offices: list[Office], doc: Document) -> Iterator[Office]:
    """Give a counterpart the title of the office named last before it."""
    latest: Office | None = None
    for office in offices:
        if shared_title(office, doc):
            if latest is not None:
                yield replace(office, title=latest.title)
        else:
            latest = office
            yield office


class _OfficeReader:
    """Reads the offices of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        self.entities = {entity.id: entity for entity in doc.entities}
        named = (entity for entity in doc.entities if entity.type != "Event")
        self.units = list(Splitter(self.syntax, named).split())
        self.owner = self.syntax.owners(doc.entities, names_only=True)

    def read(self) -> Iterator[Office]:
        units = self.units
        for number, unit in enumerate(units):
            if unit.letter != "P" or unit.entity is None:
                continue
            before = self._sentence_part(units, number, -1)
            behind = self._sentence_part(units, number, +1)
            found = list(self._match(_BEFORE_NAME, before, unit.entity))
            if found:
                yield from self._earlier(before, unit.entity)
            if not found:
                found = [
                    office
                    for office in self._match(_BEFORE_COMMA, before, unit.entity)
                    if not self._is_of_another(office)
                ]
            yield from (self._with_body_behind(office, behind) for office in found)
            yield from self._behind(behind, unit.entity)
        yield from self._lists(units)

    def _is_of_another(self, office: Office) -> bool:
        """Tell "with Olga Petrova, the president of Peru, Berg said": it stands behind its own."""
        title = self.syntax.within(office.title)[-1]
        head = self.tokens[title].head
        holder = self.owner.get(head)
        return (
            self.tokens[title].dep == "appos"
            and head < title
            and holder is not None
            and holder.type == "Person"
            and holder.id != office.person
        )

    def _earlier(self, units: list[Unit], person: str) -> Iterator[Office]:
        """Read the first title of "former premier and current Senate president Ola Berg"."""
        match = _BEFORE_NAME.search(letters(units))
        if match is None:
            return
        now = {self._text(unit).lower() for unit in units[match.start() : match.start("title")]}
        if now & {"current", "now", "currently"}:
            found = self._match(_BEFORE_AND, units[: match.start()], person)
            yield from (office for office in found if office.former)

    def _sentence_part(self, units: list[Unit], number: int, step: int) -> list[Unit]:
        """Return the units beside one of them, inside its sentence, nearest first undone."""
        sentence = self.tokens[units[number].first].sentence
        part: list[Unit] = []
        at = number + step
        while 0 <= at < len(units) and len(part) < _WINDOW:
            if self.tokens[units[at].first].sentence != sentence:
                break
            part.append(units[at])
            at += step
        return part[::step] if step < 0 else part

    def _with_body_behind(self, office: Office, behind: list[Unit]) -> Office:
        """Read "President Novak of Peru": the state follows the name."""
        match = _OF_BODY.search(letters(behind))
        if match is None or self.tokens[behind[0].first].lemma != "of":
            return office
        if self.entities[behind[match.start("body")].entity or ""].type == "Place":
            return office
        return replace(office, body=behind[match.start("body")].entity)

    def _behind(self, units: list[Unit], person: str) -> Iterator[Office]:
        """Read the titles behind a name, one after the other: ", once X of A and now Y of B,"."""
        pattern, former = _BEHIND, False
        while True:
            match = pattern.search(letters(units))
            found = list(self._match(pattern, units, person))
            if match is None or not found:
                return
            said = {self._text(unit).lower() for unit in units[: match.end()]}
            former = (former or found[0].former) and not said & {"now", "currently"}
            yield from (replace(office, former=office.former or former) for office in found)
            units, pattern = units[match.end() :], _NEXT

    def _match(self, pattern: re.Pattern[str], units: list[Unit], person: str) -> Iterator[Office]:
        match = pattern.search(letters(units))
        if match is None:
            return
        title = units[match.start("title")]
        if pattern in (_BEHIND, _NEXT) and not self._may_follow(units, match):
            return
        last = title.last
        body = None
        if match["body"]:
            body = self._body_of(units[match.start("body")])
        if match["of"]:
            inside = units[match.start("of") : match.end("of")]
            bodies = [unit for unit in inside if unit.letter == "B"]
            preposition = self.tokens[inside[0].first].lemma
            own = self.entities[body].type if body else None
            heads = {self.tokens[i].lemma for i in range(title.first, last + 1)}
            speaks_for = preposition == "for" and heads & words("offices", "voices")
            if bodies and (preposition in _AT or speaks_for) and own != "Organization":
                body = bodies[0].entity
            elif body is not None or not bodies or preposition in ("for", "to"):
                last = inside[-1].last
        modifiers = [
            self._text(unit)
            for group in ("early", "mod")
            for unit in units[match.start(group) : match.end(group)]
        ]
        yield self._office(person, title.first, last, body, modifiers)
        if "more" in match.groupdict() and match["more"]:
            more = units[match.start("more") : match.end("more")]
            yield self._office(person, more[1].first, more[-1].last, body, modifiers)

    def _may_follow(self, units: list[Unit], match: re.Match[str]) -> bool:
        """Tell a title behind a name, which needs a comma, from the title of the next name."""
        after = letters(units[match.end() :]).lstrip("r")
        if after.startswith("P") or units[0].letter not in ("c", "a"):
            return False
        return self.tokens[units[match.start("title")].last].tag not in ("NNS", "NNPS")

    def _lists(self, units: list[Unit]) -> Iterator[Office]:
        """Read "foreign ministers A of X and B of Y": one title, several holders."""
        for match in _LIST.finditer(letters(units)):
            title = units[match.start()]
            if self.tokens[title.last].tag not in ("NNS", "NNPS"):
                continue
            inside = units[match.start() : match.end()]
            for number, unit in enumerate(inside):
                if unit.letter == "P" and unit.entity is not None:
                    after = inside[number + 1 : number + 3]
                    own = [u.letter for u in after] == ["o", "B"]
                    body = after[1].entity if own else None
                    yield self._office(unit.entity, title.first, title.last, body, [])

    def _office(
        self, person: str, first: int, last: int, body: str | None, modifiers: list[str]
    ) -> Office:
        lowered = {word.lower() for word in modifiers}
        span = self.syntax.span(first, last)
        own = {self.tokens[i].lemma for i in range(first, last + 1)}
        if body is not None and own & words("offices", "counter"):
            body = body if self.entities[body].type == "Organization" else None
        return Office(
            person=person,
            title=span,
            body=body if body is not None else self._implied_body(person, first, last),
            former=bool(lowered & words("offices", "former")),
            status="planned" if (lowered | own) & words("offices", "planned") else "actual",
        )

    def _body_of(self, unit: Unit) -> str | None:
        """Return the body itself, or for "Trump's envoy" the body the possessor leads."""
        if unit.letter == "B":
            return unit.entity
        return self._country_of(unit.entity)

    def _country_of(self, person: str | None) -> str | None:
        """Return the body of the first office that the text gives a person."""
        if person is None:
            return None
        units = self.units
        for number, unit in enumerate(units):
            if unit.letter == "P" and unit.entity == person:
                before = self._sentence_part(units, number, -1)
                match = _BEFORE_NAME.search(letters(before))
                if match and match["body"] and before[match.start("body")].letter == "B":
                    return before[match.start("body")].entity
        return None

    def _implied_body(self, person: str, first: int, last: int) -> str | None:
        """Return for a state office without its state that of the administration named nearby."""
        heads = {self.tokens[i].lemma for i in range(first, last + 1)}
        if not heads & words("offices", "statal"):
            return None
        sentence = self.tokens[first].sentence
        for entity in self.doc.entities:
            for mention in entity.mentions if entity.type == "Organization" else ():
                inside = self.syntax.within(mention.span)
                if not len(inside) or self.tokens[inside[0]].sentence != sentence:
                    continue
                if self.tokens[inside[-1]].lemma in ("administration", "government", "cabinet"):
                    return self._ruled_by(self.tokens[inside[0]].text)
        return None

    def _ruled_by(self, name: str) -> str | None:
        """Return the state of an administration by the word before it: a leader, or the state."""
        for entity in self.doc.entities:
            if entity.type == "Person" and entity.name.split()[-1] == name:
                return self._country_of(entity.id)
            if entity.type == "Country" and name in _surfaces(entity, self.doc):
                return entity.id
        return None

    def _text(self, unit: Unit) -> str:
        return Span(self.tokens[unit.first].span.start, self.tokens[unit.last].span.end).of(
            self.doc.text
        )


def _surfaces(entity: Entity, doc: Document) -> set[str]:
    return {mention.span.of(doc.text) for mention in entity.mentions}
