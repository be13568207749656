"""Titles beside names: "French President Emmanuel Macron", "Kuleba, Ukraine's foreign minister".

The words around a name are read as a string of units (T title, B body, P person ...), on which the
patterns of a title are regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kg.annotate.predicates import predicated
from kg.cues import words
from kg.model import Document, Entity, Office, Span
from kg.officials import terms
from kg.syntax import Syntax

# One letter a unit: T title, B country or organization, P person, m "former", r rank, s "'s",
# o "of/for/to", c comma, a "and", d determiner, N another noun or adjective, x anything else.
_BODY = r"(?P<early>m*)(?:(?P<body>[BP])(?P<own>s)?)?"
_BEFORE_NAME = re.compile(_BODY + r"(?P<mod>m*)(?P<title>T)(?P<of>od?(?:N+o?N*|B(?:aB)*))?(?P<more>aT(?:oN+)?)?r*$")
_BEFORE_COMMA = re.compile(_BODY + r"(?P<mod>m*)(?P<title>T)(?P<of>od?[BN]+(?:aB|aN)*)?(?:cr*)$")
_BEHIND = re.compile(r"^c?[dk]?" + _BODY + r"(?P<mod>m*)(?P<title>T)(?P<of>od?N*B(?:aB)*|od?N+)?(?=[cxa.]|$)")
_NEXT = re.compile(r"^[ca]+[dk]?" + _BODY + r"(?P<mod>m*)(?P<title>T)(?P<of>od?N*B(?:aB)*|od?N+)?(?=[cxa.]|$)")
_OF_BODY = re.compile(r"^od?(?P<body>B)(?!s)")
_LIST = re.compile(r"(?P<title>T)P(?:oB)?(?:[ca]+P(?:oB)?)+")
_WINDOW = 16


@dataclass(frozen=True)
class _Unit:
    letter: str
    first: int
    last: int
    entity: str | None = None


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
        return doc.but(offices=tuple(_with_bodies(list(_with_titles(in_order, doc)), doc)))


def _known_state(office: Office, doc: Document) -> str | None:
    """Return the state that the table of officials knows this person to have served, if one."""
    name = doc.entity(office.person).name
    states = {term.country for term in terms(name, doc.date) if term.country}
    if len(states) != 1:
        return None
    return next((e.id for e in doc.entities if e.type == "Country" and e.iso3 in states), None)


def _with_titles(offices: list[Office], doc: Document) -> Iterator[Office]:
    """Give a counterpart the title of the office named last before: "Kuleba met his counterpart"."""
    latest: Office | None = None
    for office in offices:
        if set(office.title.of(doc.text).lower().split()) & words("offices", "shared"):
            if latest is not None:
                yield replace(office, title=latest.title)
        else:
            latest = office
            yield office


def _with_bodies(offices: list[Office], doc: Document) -> Iterator[Office]:
    """Fill in the state of an office where the text leaves it to the reader.

    A state office without a state is that of the same person's other office, or else of the
    office named last before it: "Ukrainian President Z declined Prime Minister H's offer".
    """
    latest: str | None = None
    states = {entity.id for entity in doc.entities if entity.type == "Country"}
    for office in offices:
        own = next((o.body for o in offices if o.person == office.person and o.body in states), None)
        heads = set(re.findall(r"[\w-]+", office.title.of(doc.text).lower()))
        statal = bool(heads & words("offices", "statal"))
        body = office.body or (own or _known_state(office, doc) or latest if statal else None)
        if statal and body is not None:
            latest = body
        yield office if body == office.body else replace(office, body=body)


class _OfficeReader:
    """Reads the offices of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax(doc.tokens)
        self.entities = {entity.id: entity for entity in doc.entities}
        self.starts: dict[int, tuple[Entity, int]] = {}
        for entity in doc.entities:
            for mention in entity.mentions:
                inside = self.syntax.within(mention.span)
                if mention.kind == "name" and len(inside) and entity.type != "Event":
                    old = self.starts.get(inside[0])
                    if old is None or old[1] < inside[-1]:
                        self.starts[inside[0]] = (entity, inside[-1])

    def read(self) -> Iterator[Office]:
        units = self._units()
        for number, unit in enumerate(units):
            if unit.letter != "P" or unit.entity is None:
                continue
            before = self._sentence_part(units, number, -1)
            behind = self._sentence_part(units, number, +1)
            found = list(self._match(_BEFORE_NAME, before, unit.entity))
            if not found:
                found = list(self._match(_BEFORE_COMMA, before, unit.entity))
            yield from (self._with_body_behind(office, behind) for office in found)
            yield from self._behind(behind, unit.entity)
        yield from self._lists(units)

    def _sentence_part(self, units: list[_Unit], number: int, step: int) -> list[_Unit]:
        """Return the units beside one of them, inside its sentence, nearest first undone."""
        sentence = self.tokens[units[number].first].sentence
        part = []
        at = number + step
        while 0 <= at < len(units) and len(part) < _WINDOW:
            if self.tokens[units[at].first].sentence != sentence:
                break
            part.append(units[at])
            at += step
        return part[::step] if step < 0 else part

    def _with_body_behind(self, office: Office, behind: list[_Unit]) -> Office:
        """Read "President Duarte of Portugal": the state follows the name."""
        match = _OF_BODY.search("".join(unit.letter for unit in behind))
        if match is None or self.entities[behind[match.start("body")].entity or ""].type == "Place":
            return office
        return replace(office, body=behind[match.start("body")].entity)

    def _behind(self, units: list[_Unit], person: str) -> Iterator[Office]:
        """Read the titles behind a name, one after the other: ", once X of A and now Y of B,"."""
        pattern, former = _BEHIND, False
        while True:
            match = pattern.search("".join(unit.letter for unit in units))
            found = list(self._match(pattern, units, person))
            if match is None or not found:
                return
            current = {self._text(unit).lower() for unit in units[: match.end()]} & {"now", "currently"}
            former = (former or found[0].former) and not current
            yield from (replace(office, former=office.former or former) for office in found)
            units, pattern = units[match.end() :], _NEXT

    def _match(self, pattern: re.Pattern[str], units: list[_Unit], person: str) -> Iterator[Office]:
        letters = "".join(unit.letter for unit in units)
        match = pattern.search(letters)
        if match is None:
            return
        title = units[match.start("title")]
        if pattern in (_BEHIND, _NEXT) and not self._may_follow(letters, match, title):
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
            if bodies and preposition in ("of", "at", "in", "from") and own != "Organization":
                body = bodies[0].entity
            elif body is not None or not bodies:
                last = inside[-1].last
            elif preposition in ("for", "to"):
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

    def _may_follow(self, letters: str, match: re.Match[str], title: _Unit) -> bool:
        """A title behind a name needs a comma, and must not be the title of the next name."""
        after = letters[match.end() :].lstrip("r")
        if after.startswith("P") or letters[:1] not in ("c", "a"):
            return False
        return self.tokens[title.last].tag not in ("NNS", "NNPS")

    def _lists(self, units: list[_Unit]) -> Iterator[Office]:
        """Read "foreign ministers A of X and B of Y": one title, several holders."""
        letters = "".join(unit.letter for unit in units)
        for match in _LIST.finditer(letters):
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

    def _body_of(self, unit: _Unit) -> str | None:
        """Return the body itself, or for "Trump's envoy" the body the possessor leads."""
        if unit.letter == "B":
            return unit.entity
        return self._country_of(unit.entity)

    def _country_of(self, person: str | None) -> str | None:
        """Return the body of the first office that the text gives a person."""
        if person is None:
            return None
        units = self._units()
        for number, unit in enumerate(units):
            if unit.letter == "P" and unit.entity == person:
                before = self._sentence_part(units, number, -1)
                letters = "".join(u.letter for u in before)
                match = _BEFORE_NAME.search(letters)
                if match and match["body"] and before[match.start("body")].letter == "B":
                    return before[match.start("body")].entity
        return None

    def _implied_body(self, person: str, first: int, last: int) -> str | None:
        """A state office without its state: that of the leader whose administration is named."""
        heads = {self.tokens[i].lemma for i in range(first, last + 1)}
        if not heads & words("offices", "statal"):
            return None
        sentence = self.tokens[first].sentence
        for entity in self.doc.entities:
            for mention in entity.mentions:
                if entity.type != "Organization":
                    continue
                inside = self.syntax.within(mention.span)
                if not len(inside) or self.tokens[inside[0]].sentence != sentence:
                    continue
                if self.tokens[inside[-1]].lemma in ("administration", "government", "cabinet"):
                    surname = self.tokens[inside[0]].text
                    for other in self.doc.entities:
                        if other.type == "Person" and other.name.split()[-1] == surname:
                            return self._country_of(other.id)
                        if other.type == "Country" and surname in _surfaces(other, self.doc):
                            return other.id
        return None

    # ------------------------------------------------------------ units
    def _units(self) -> list[_Unit]:
        if not hasattr(self, "_cached"):
            self._cached = list(self._split())
        return self._cached

    def _split(self) -> Iterator[_Unit]:
        index = 0
        while index < len(self.tokens):
            if self.tokens[index].pos == "SPACE":
                index += 1
                continue
            title = self._title_from(index)
            if index in self.starts and (title is None or self.starts[index][1] >= title):
                entity, last = self.starts[index]
                letter = {"Person": "P", "Place": "B"}.get(entity.type, "B")
                yield _Unit(letter, index, last, entity.id)
                index = last + 1
            elif title is not None:
                yield _Unit("T", index, title)
                index = title + 1
            else:
                yield _Unit(self._letter(index), index, index)
                index += 1

    def _letter(self, index: int) -> str:
        token = self.tokens[index]
        low = token.text.lower()
        if low in ("'s", "’s", "'", "’"):
            return "s"
        if low in words("offices", "former") | words("offices", "planned") | words("offices", "neutral"):
            return "m"
        if low in words("offices", "ranks"):
            return "r"
        if low in ("of", "for", "to", "at"):
            return "o"
        fixed = {",": "c", "—": "c", "–": "c", "(": "c", "and": "a", "&": "a", "the": "d", "a": "d", "an": "d"}
        if low in fixed:
            return fixed[low]
        return "N" if token.pos in ("NOUN", "PROPN", "ADJ") else "x"

    def _title_from(self, index: int) -> int | None:
        """Return the last token of the title phrase that starts here, or None."""
        low = self.tokens[index].text.lower()
        if low in words("offices", "former") | words("offices", "neutral") or index in self.starts:
            return None
        if low in words("offices", "ranks") and not self._is_head(index):
            return None
        end = None
        at = index
        while at < len(self.tokens) and at - index < 7 and (at == index or at not in self.starts):
            token = self.tokens[at]
            if token.text == "-" or token.tag == "HYPH":
                at += 1
                continue
            if self._is_head(at):
                end = at
                if self._plain_rank(at, index):
                    end = None
            elif not (token.pos in ("NOUN", "PROPN", "ADJ") or token.lemma == "vice"):
                break
            at += 1
        if end is None:
            return None
        if self._is_elect(end):
            return end + 2
        return self._with_complement(end)

    def _is_elect(self, end: int) -> bool:
        """Tell whether "-elect" or "-designate" follows."""
        behind = [token.text.lower() for token in self.tokens[end + 1 : end + 3]]
        return behind[:1] == ["-"] and behind[-1] in words("offices", "planned")

    def _with_complement(self, end: int) -> int:
        """Take "of State", "of Economy" into the title: capitalised words that name no body."""
        at = end + 1
        if at + 1 < len(self.tokens) and self.tokens[at].lemma in ("of", "for"):
            last = at
            for nxt in range(at + 1, min(at + 4, len(self.tokens))):
                token = self.tokens[nxt]
                known = nxt in self.starts
                if known or not token.text[:1].isupper() or token.pos not in ("PROPN", "NOUN", "ADJ"):
                    break
                if self._is_head(nxt):
                    break
                last = nxt
            if last > at:
                return last
        return end

    def _is_head(self, index: int) -> bool:
        token = self.tokens[index]
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        return token.lemma.rstrip(".") in words("offices", "heads") or (
            token.text.lower().rstrip("s") in words("offices", "heads")
        )

    def _plain_rank(self, at: int, first: int) -> bool:
        """ "General" alone before a name is a rank; "Secretary-General" is an office."""
        word = self.tokens[at].text
        return at == first and word[:1].isupper() and word.lower() in words("offices", "ranks")

    def _text(self, unit: _Unit) -> str:
        return Span(self.tokens[unit.first].span.start, self.tokens[unit.last].span.end).of(self.doc.text)


def _surfaces(entity: Entity, doc: Document) -> set[str]:
    return {mention.span.of(doc.text) for mention in entity.mentions}
