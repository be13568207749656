"""What a document tells of its events that tells which ones they are: kind, day, place, company.

The annotators know an event as "the talks" and which of its mentions are one; this is what may be
compared with the talks of another document. It is read from the record alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from kg.data import Place, table
from kg.model import Document, Entity, Relation
from kg.oddities import plainly
from kg.resolve.kinds import family, listed, topics
from kg.resolve.occasions import Occasion
from kg.resolve.persona import Persona, personas
from kg.vocab import slug

_TAKES_PART = frozenset({"attended", "hosted"})
_REPORTED = 3  # days that a report may come after an occasion for which it gives no day
_AHEAD = 14  # days that a document may look ahead to one
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = "|".join(_WEEKDAYS)
_EVE = re.compile(rf"\b({_WEEKDAY})(?:['’]s)?\s$")  # "Monday's" before the noun
_ON = re.compile(rf"\s(?:(?:in|at)\s(?:the\s)?[A-Z]\S*\s(?:[A-Z]\S*\s)*)?on\s({_WEEKDAY})\b")
# Capitalized words right before or behind a noun, as in "the Munich Security Conference".
_CAPITALS = re.compile(r"(?:[A-Z][\w'’.-]*\s)*(?:[A-Z][\w’'.-]*)$")


def event_personas(doc: Document, document_iri: str) -> tuple[Occasion | None, ...]:
    """Return what a document tells of each of its entities as an event, in order.

    None for what is no event, and for an event with an IRI or a Wikidata id of its own: which one
    that is, need not be found out.

    Parameters
    ----------
    doc
        A document with entities and relations.
    document_iri
        As of `kg.vocab.document_iri`.

    Examples
    --------
    >>> doc = Document("d", "", entities=(Entity("e1", "Event", "summit"),))
    >>> [event.family for event in event_personas(doc, "https://example.org/document/0")]
    ['meeting']
    """
    if not any(entity.type == "Event" for entity in doc.entities):
        return (None,) * len(doc.entities)
    found = personas(doc, document_iri)
    reader = _Reader(doc, found)
    return tuple(
        reader.occasion(number) if entity.type == "Event" and persona.scope else None
        for number, (entity, persona) in enumerate(zip(doc.entities, found, strict=True))
    )


class _Reader:
    """One document's events with what its relations tell of them."""

    def __init__(self, doc: Document, found: Sequence[Persona]) -> None:
        self.doc, self.personas = doc, found
        self.number = {entity.id: number for number, entity in enumerate(doc.entities)}
        self.relations: dict[str, list[Relation]] = {}
        for relation in doc.relations:
            for entity_id in {relation.subject, relation.object}:
                self.relations.setdefault(entity_id, []).append(relation)
        self.bodies = {
            mention.span.end: str(number)
            for number, entity in enumerate(doc.entities)
            if entity.type == "Organization"
            for mention in entity.mentions
        }

    def occasion(self, number: int) -> Occasion:
        entity, persona = self.doc.entities[number], self.personas[number]
        told = [r for r in self.relations.get(entity.id, ()) if r.status in ("actual", "planned")]
        company = [
            (self.number[r.subject], r)
            for r in told
            if r.type in _TAKES_PART and r.object == entity.id
        ]
        people = sorted({n for n, _ in company if self.is_known(n)})
        words = [entity.name, *(plainly(m.span.of(self.doc.text)) for m in entity.mentions)]
        days = {r.date for r in told if r.date and _is_day(r.date)}
        since, until = self.window(told, words)
        days |= {*self.weekdays(entity, since, until)}
        if days:
            since = until = ""
        where = [*self.places(entity, told)]
        return Occasion(
            appearance=persona.scope,
            name=entity.name,
            date=self.doc.date or "",
            family=family(words),
            proper=self.proper(entity),
            topics=_unique(topics(words)),
            bodies=_unique(self.givers(entity)),
            days=tuple(sorted(days)),
            since=since,
            until=until,
            venues=_unique(str(n) for n in where if self.doc.entities[n].type == "Place"),
            towns=_unique(town for n in where for town in self.towns(n)),
            states=_unique(state for n in where for state in self.states(n)),
            people=tuple(map(str, people)),
            called=tuple(self.doc.entities[n].name for n in people),
            hosts=_unique(str(n) for n, r in company if r.type == "hosted" and n in people),
            sides=_unique(side for n, _ in company for side in self.sides(n)),
        )

    def is_known(self, number: int) -> bool:
        """Tell whether someone may be met in other documents, unlike "two ministers"."""
        entity = self.doc.entities[number]
        return entity.type != "Group" and (entity.named or not entity.mentions)

    def givers(self, entity: Entity) -> Iterator[str]:
        """Yield the bodies right before the noun: "the NATO summit"."""
        for mention in entity.mentions:
            begin = max(0, mention.span.start - 3)
            gap = re.search(r"(?:['’]s?)? $", self.doc.text[begin : mention.span.start])
            if gap and begin + gap.start() in self.bodies:
                yield self.bodies[begin + gap.start()]

    def window(self, told: Sequence[Relation], words: Iterable[str]) -> tuple[str, str]:
        """Return between which days an occasion was if the text does not say which."""
        months = sorted(r.date for r in told if r.date and _MONTH.fullmatch(r.date))
        if months and _is_day(f"{months[0]}-01"):
            first = date.fromisoformat(f"{months[0]}-01")
            return first.isoformat(), _month_end(first).isoformat()
        if any(r.date for r in told) or not (self.doc.date and _is_day(self.doc.date)):
            return "", ""
        here = date.fromisoformat(self.doc.date)
        ahead = any({*w.casefold().split()} & listed("upcoming") for w in words)
        part = {r.status for r in told if r.type in _TAKES_PART} or {r.status for r in told}
        before = 0 if ahead or part == {"planned"} else _REPORTED
        after = 0 if "actual" in part and not ahead else _AHEAD
        return (here - timedelta(before)).isoformat(), (here + timedelta(after)).isoformat()

    def weekdays(self, entity: Entity, since: str, until: str) -> Iterator[str]:
        """Yield the days of "Monday's meeting" and "the talks in Rome on Monday"."""
        if not (since and self.doc.date and self.doc.date in (since, until)):
            return
        here = date.fromisoformat(self.doc.date)
        for mention in entity.mentions:
            before = _EVE.search(self.doc.text, max(0, mention.span.start - 12), mention.span.start)
            told = before or _ON.match(self.doc.text, mention.span.end)
            if told:
                gap = _WEEKDAYS.index(told[1]) - here.weekday()
                gap = gap % 7 if since == self.doc.date else gap % 7 - 7 if gap % 7 else 0
                yield (here + timedelta(gap)).isoformat()

    def places(self, entity: Entity, told: Iterable[Relation]) -> Iterator[int]:
        for relation in told:
            if relation.type == "heldIn" and relation.subject == entity.id:
                yield self.number[relation.object]
            elif relation.place is not None:
                yield self.number[relation.place]

    def towns(self, number: int) -> Iterator[str]:
        """Yield the town that a place is, or is in, if a table or the text knows."""
        row = _row(self.doc.entities[number])
        if row is None:
            for other in self.around(number):
                inside = _row(self.doc.entities[other])
                if inside is not None and inside.kind == "city":
                    yield inside.wikidata or slug(inside.name)
        elif row.kind == "city":
            yield row.wikidata or slug(row.name)
        elif row.city:
            town = _towns().get((row.city, row.country))
            yield (town.wikidata if town else "") or slug(row.city)

    def states(self, number: int) -> Iterator[str]:
        entity = self.doc.entities[number]
        row = _row(entity)
        if entity.type == "Country" and entity.iso3:
            yield entity.iso3
        elif row is not None:
            yield row.country
        else:
            yield from self.personas[number].countries

    def around(self, number: int) -> Iterator[int]:
        for relation in self.relations.get(self.doc.entities[number].id, ()):
            if relation.type == "locatedIn" and self.number[relation.subject] == number:
                yield self.number[relation.object]

    def sides(self, number: int) -> Iterator[str]:
        entity = self.doc.entities[number]
        if entity.type == "Country":
            yield from filter(None, [entity.iso3])
        else:
            yield from self.personas[number].countries

    def proper(self, entity: Entity) -> str:
        """Return the longest name in capitals, "" if the text has none."""
        found = [
            name for m in entity.mentions if (name := self.full_name(m.span.start, m.span.end))
        ]
        return slug(max(found, key=lambda name: (len(name), name))) if found else ""

    def full_name(self, start: int, end: int) -> str:
        """Return "Munich Security Conference" where only its end is the mention."""
        text = self.doc.text
        words = text[start:end]
        if not re.fullmatch(r"[A-Z][\w'’.-]*(\s[A-Z0-9][\w'’.-]*)*", words):
            return ""
        before = _CAPITALS.search(text[max(0, start - 80) : start].rstrip(" "))
        close = text[start - 1 : start] == " "
        full = f"{before[0]} {words}" if before and close else words
        first = full.split()[0]
        if first.casefold() in listed("plain"):
            full = full.partition(" ")[2]
        # A sentence may start with "Talks", a title with "Paris Meeting": a name has three words.
        return full if len(full.split()) > 2 or re.search(r"[A-Z0-9]{2}", full) else ""


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _row(entity: Entity) -> Place | None:
    if entity.type != "Place":
        return None
    return (_places().get(entity.wikidata) if entity.wikidata else None) or _venues().get(
        entity.name
    )


@cache
def _places() -> dict[str, Place]:
    return {row.wikidata: row for row in table("places") if row.wikidata}


@cache
def _venues() -> dict[str, Place]:
    """Return venues by all their names, and towns whose name no other bears."""
    found: dict[str, list[Place]] = {}
    for row in table("places"):
        for name in {row.name, *row.aliases}:
            found.setdefault(name, []).append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


@cache
def _towns() -> dict[tuple[str, str], Place]:
    rows = sorted(table("places"), key=lambda row: int(row.population or 0))
    return {(row.name, row.country): row for row in rows if row.kind == "city"}
