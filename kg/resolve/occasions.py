"""An occasion as one document tells of it: what may be compared with what others tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

from kg.model import Entity
from kg.resolve.kinds import kin
from kg.vocab import local_iri

_FEW = 5  # people of whom two in common make it worth while to compare


@dataclass(frozen=True)
class Occasion:
    """What one document tells of one event.

    Bodies, venues, people and hosts are numbers of entities (from 0) as long as nobody knows who
    they are, IRIs once that is `settled`.

    Attributes
    ----------
    appearance
        ``<document IRI>#entity-<n>``: where it appears.
    name
        As in the document.
    date
        Of the document, or "".
    family
        Its kind: "meeting", "convention", "call" ... (``data/occasions.toml``), or "".
    proper
        Its own name as in an IRI ("munich-security-conference"), or "".
    topics
        Words before the noun that tell which one it is ("emergency", "trade"), sorted.
    bodies
        The bodies whose occasion it is ("the NATO summit"), sorted.
    days
        ISO days that the text gives for it, sorted.
    since, until
        ISO days between which it was or will be, where the text gives none; "" if unknown.
    venues, towns, states
        Where: places, towns by Wikidata id or name, ISO 3166 alpha-3 codes; sorted.
    people, called
        Those who took part, or are to; and their names in the same order.
    hosts
        Those who gave it, sorted.
    sides
        ISO 3166 alpha-3 codes of the states that take part themselves or by their people, sorted.
    """

    appearance: str
    name: str
    date: str = ""
    family: str = ""
    proper: str = ""
    topics: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    venues: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """The IRI of the document it appears in."""
        return self.appearance.partition("#")[0]

    @cached_property
    def mixed(self) -> bool:
        """Whether days or towns show that the text speaks of several occasions as of one.

        Examples
        --------
        >>> Occasion(":0#entity-1", "meeting", days=("2025-02-17", "2025-02-19")).mixed
        True
        >>> Occasion(":0#entity-1", "summit", days=("2025-02-17", "2025-02-18")).mixed
        False
        """
        days = [date.fromisoformat(day).toordinal() for day in self.days]
        apart = any(later - earlier > 1 for earlier, later in pairwise(days))
        return len(self.towns) > 1 or (apart and not self.proper)

    @property
    def local(self) -> str:
        """What its IRI would be if no other document told of it, without the base.

        Examples
        --------
        >>> Occasion("https://example.org/document/0123456789abcdef#entity-4", "talks").local
        'event/talks_0123456789ab_4'
        """
        return local_iri(Entity("", "Event", self.name), self.appearance, "")

    def settled(self, iris: Sequence[str]) -> Self:
        """Return it with IRIs in the place of the numbers of a document's entities.

        Parameters
        ----------
        iris
            Who the entities of the document are, in order.

        Examples
        --------
        >>> told = Occasion(":0#entity-1", "talks", people=("1", "2"), called=("Cole", "Berg"))
        >>> told.settled([":talks", ":cole", ":berg"]).called
        ('Berg', 'Cole')
        """
        named = {iris[int(n)]: name for n, name in zip(self.people, self.called, strict=True)}

        def known(numbers: Sequence[str]) -> tuple[str, ...]:
            return tuple(sorted({iris[int(n)] for n in numbers}))

        return replace(
            self,
            people=tuple(sorted(named)),
            called=tuple(named[iri] for iri in sorted(named)),
            bodies=known(self.bodies),
            venues=known(self.venues),
            hosts=known(self.hosts),
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, empty ones left out.

        Examples
        --------
        >>> Occasion(":0#entity-1", "talks", "2025-02-18").to_json()
        {'appearance': ':0#entity-1', 'name': 'talks', 'date': '2025-02-18'}
        """
        return {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in fields(self)
            if (value := getattr(self, field.name))
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave."""
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in content.items()
        }
        return cls(**plain)


def blocks(occasion: Occasion) -> tuple[str, ...]:
    """Return the keys under which possible reports of the same occasion are looked up, sorted.

    Two that share none are never the same: they need a name and a year in common, or a day and a
    kind together with a place, a host or two who take part. An occasion of which nothing is known
    that tells when it was has only a key of its own.

    Examples
    --------
    >>> blocks(Occasion("https://example.org/document/0#entity-1", "talks"))
    ('only/event/talks_0_1',)
    """
    found = {f"only/{occasion.local}"}
    if occasion.mixed:
        return tuple(found)
    if occasion.proper:
        found |= {f"event/{occasion.proper}/{year}" for year in years(occasion)}
    some = occasion.people[:_FEW]
    where = [*occasion.venues, *occasion.towns, *occasion.hosts]
    where += [f"{a} {b}" for n, a in enumerate(some) for b in some[n + 1 :]]
    for day in _days(occasion):
        for family in sorted(kin(occasion.family)):
            found |= {f"event/{family}/{day}/{one}" for one in where}
    return tuple(sorted(found))


def years(occasion: Occasion) -> frozenset[str]:
    """Return the years in which an occasion may have been."""
    told = [*occasion.days, occasion.since, occasion.until, occasion.date]
    return frozenset(day[:4] for day in told if day)


def _days(occasion: Occasion) -> Iterator[str]:
    if occasion.days or not occasion.since:
        yield from occasion.days
        return
    start, end = (date.fromisoformat(day) for day in (occasion.since, occasion.until))
    for number in range((end - start).days + 1):
        yield (start + timedelta(number)).isoformat()
