"""Background facts: what no sentence says, but our tables know of the things a text names.

Only between entities that are both in the document. The evidence of such a fact is the first
name of its subject, since no sentence says it; `Relation.by` names the table it is from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, TypeVar

from kg.data import Official, Organization, Place, Region, lists, table
from kg.extract.described import Described
from kg.model import Document, Entity, Relation, Span
from kg.officials import fold

_STATE = frozenset({"government_body", "court", "central_bank", "military"})
_MANY = frozenset({"igo", "alliance"})
# Who leads an organization of states, or a state that grants no passports, need not be a citizen.
_NO_CITIZEN = ("igo_head",)
_NO_STATE = ("VAT",)
_SETTLED = 1995  # of a text without a date, only memberships this old are sure
_Fact = tuple[str, str, str]
_Row = TypeVar("_Row", Organization, Place | Region)


@dataclass(frozen=True)
class Background:
    """citizenOf, basedIn, locatedIn, agencyOf and memberOf from the shipped tables."""

    name: ClassVar[str] = "background"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "offices")

    def warm_up(self) -> None:
        """Load the tables."""
        _organizations()
        _places()
        _terms()

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield each fact once, sorted by subject in the order of the text."""
        reader = _Reader(doc)
        seen: set[_Fact] = set()
        for entity in doc.entities:
            first = min((m.span for m in entity.mentions if m.kind == "name"), default=None)
            if first is None or entity.type not in _READERS:
                continue
            for source, kind, other in _READERS[entity.type](reader, entity):
                fact = (kind, entity.id, other)
                if other != entity.id and fact not in seen:
                    seen.add(fact)
                    yield _relation(fact, first, f"{self.name}/{source}")


def _relation(fact: _Fact, evidence: Span, by: str) -> Relation:
    return Relation(
        type=fact[0],
        subject=fact[1],
        object=fact[2],
        status="actual",
        evidence=evidence,
        basis="background",
        score=0.9,
        by=by,
    )


class _Reader:
    """One document's entities against the tables."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.countries = {e.iso3: e.id for e in doc.entities if e.type == "Country" and e.iso3}
        self.bodies = {e.name: e.id for e in doc.entities if e.type == "Organization"}
        self.places = {e.name: e.id for e in doc.entities if e.type == "Place"}
        self.named = Described(doc).named_states() if doc.tokens else {}

    def of_person(self, entity: Entity) -> Iterator[_Fact]:
        """Yield the state a known office holder served, and the bodies of the offices held here."""
        known = _terms().get(entity.wikidata or "", ())
        codes = {term.country for term in known if _is_named(entity, term)}
        if len(codes) == 1:
            yield from self._in_country("officials", "citizenOf", next(iter(codes)))
        for office in self.doc.offices:
            body = next((e for e in self.doc.entities if e.id == office.body), None)
            if office.person != entity.id or office.former or office.status != "actual":
                continue
            if body is not None and body.type == "Organization" and body.name not in _members():
                yield "offices", "memberOf", body.id

    def of_body(self, entity: Entity) -> Iterator[_Fact]:
        """Yield the state or organization of a body, and the country it is in."""
        for parent, members in lists("standing")["institutions"].items():
            if entity.name in members and parent in self.bodies:
                yield "institutions", "agencyOf", self.bodies[parent]
        if entity.id in self.named:
            yield "bodies", "agencyOf", self.named[entity.id]
            return
        row = _only(_organizations().get(_plain(entity.name), ()), entity)
        if row is None or row.kind in _MANY or not row.country:
            return
        if row.kind in _STATE:
            yield from self._in_country("organizations", "agencyOf", row.country)
        yield from self._in_country("organizations", "basedIn", row.country)

    def of_place(self, entity: Entity) -> Iterator[_Fact]:
        """Yield the country that a place lies in, and for a venue its city."""
        row = _only(_places().get(entity.name, ()), entity)
        if row is None or entity.name in lists("standing")["disputed"]["places"]:
            return
        source = "places" if isinstance(row, Place) else "regions"
        yield from self._in_country(source, "locatedIn", row.country)
        if isinstance(row, Place) and row.city in self.places:
            yield source, "locatedIn", self.places[row.city]

    def of_country(self, entity: Entity) -> Iterator[_Fact]:
        """Yield the organizations of states that a country belonged to on the day of the text."""
        year = int(self.doc.date[:4]) if self.doc.date else None
        for organization, body in self.bodies.items():
            for since, until in _members().get(organization, {}).get(entity.iso3 or "", ()):
                if _covers(year, since, until):
                    yield "org_members", "memberOf", body

    def _in_country(self, source: str, kind: str, code: str) -> Iterator[_Fact]:
        if code in self.countries:
            yield source, kind, self.countries[code]


_READERS: dict[str, Callable[[_Reader, Entity], Iterator[_Fact]]] = {
    "Person": _Reader.of_person,
    "Organization": _Reader.of_body,
    "Place": _Reader.of_place,
    "Country": _Reader.of_country,
}


def _covers(year: int | None, since: str, until: str) -> bool:
    """Tell whether a membership holds in a year; without one, whether it long has and still does.

    In the years in which it began and ended it is not sure.
    """
    if year is None:
        return not until and (not since or int(since) <= _SETTLED)
    return (not since or int(since) < year) and (not until or year < int(until))


def _only(rows: tuple[_Row, ...], entity: Entity) -> _Row | None:
    """Return the row that an entity must be: by its id, or if all of that name agree."""
    if entity.wikidata:
        same = [row for row in rows if row.wikidata == entity.wikidata]
        if same:
            return same[0]
        rows = tuple(row for row in rows if not row.wikidata)
    return rows[0] if len({row.country for row in rows}) == 1 else None


def _is_named(entity: Entity, term: Official) -> bool:
    return fold(entity.name) in {fold(name) for name in (term.name, *term.aliases)}


def _plain(name: str) -> str:
    """Return a name as it is looked up: "The Republicans" of one state are another's too."""
    return fold(name).removeprefix("the ")


@cache
def _organizations() -> dict[str, tuple[Organization, ...]]:
    """Return the rows that a name can mean, aliases included: several, where states share it."""
    found = defaultdict[str, dict[Organization, None]](dict)
    for row in table("organizations"):
        for name in (row.name, *row.aliases):
            found[_plain(name)][row] = None
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _places() -> dict[str, tuple[Place | Region, ...]]:
    found = defaultdict[str, list[Place | Region]](list)
    for place in table("places"):
        found[place.name].append(place)
    for region in table("regions"):
        found[region.name].append(region)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _members() -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    found = defaultdict[str, dict[str, tuple[tuple[str, str], ...]]](dict)
    for row in table("org_members"):
        if row.status == "member":
            spans = found[row.organization].get(row.iso3, ())
            found[row.organization][row.iso3] = (*spans, (row.since, row.until))
    return dict(found)


@cache
def _terms() -> dict[str, tuple[Official, ...]]:
    found = defaultdict[str, list[Official]](list)
    for term in table("officials"):
        sure = term.role not in _NO_CITIZEN and term.country not in _NO_STATE
        if term.wikidata and sure:
            found[term.wikidata].append(term)
    return {person: tuple(terms) for person, terms in found.items()}
