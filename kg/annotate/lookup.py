"""The names of the tables as one trie, and every place where a text holds one of them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from kg.data import table
from kg.model import EntityType, Span

Sense = Literal["name", "adjective", "capital", "seat", "venue", "title"]

_LONG_AGO = "1996"
METROPOLIS = 1_000_000  # people: so large a city is known by name without the parser's consent
PIECE = re.compile(r"\w+|[^\w\s]")
_PLAIN = str.maketrans("đðøłıħĐØŁ’‘ʼ", "ddolihDOL'''")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


class Entry(NamedTuple):
    """One reading of a name: what it can stand for.

    ``weight`` is the population of a city or of a country's capital, ``kind`` that of the table.
    """

    type: EntityType
    name: str
    sense: Sense
    iso3: str = ""
    wikidata: str = ""
    kind: str = ""
    weight: int = 0


class Match(NamedTuple):
    """The words of a text that spell a name, with all its readings."""

    span: Span
    entries: tuple[Entry, ...]


def fold(name: str) -> str:
    """Return a name without accents and with plain apostrophes.

    Examples
    --------
    >>> fold("Erdoğan")
    'Erdogan'
    """
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


class Trie:
    """Names, split into words and signs, found in a text longest first.

    Examples
    --------
    >>> trie = Trie([("New York", Entry("Place", "New York", "name"))])
    >>> [match.span for match in trie.find("In New York.")]
    [Span(start=3, end=11)]
    """

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        self._root: dict[str, Any] = {}
        for name, entry in names:
            self._add(name, entry)
            plain = fold(name)
            if plain != name:
                self._add(plain, entry)

    def _add(self, name: str, entry: Entry) -> None:
        node = self._root
        for piece in PIECE.findall(name):
            node = node.setdefault(piece, {})
        entries = node.setdefault("", [])
        if entry not in entries:
            entries.append(entry)

    def find(self, text: str, *, lower: bool = False) -> Iterator[Match]:
        """Yield the names in a text, left to right, the longest at each place.

        Parameters
        ----------
        lower
            The names are in lower case, and the text is read as if it were.
        """
        pieces = [
            (m.group().lower() if lower else m.group(), m.start(), m.end())
            for m in PIECE.finditer(text.translate(_APOSTROPHES))
        ]
        index = 0
        while index < len(pieces):
            node = self._root.get(pieces[index][0])
            best, after = None, index + 1
            ahead = index
            while node is not None:
                ahead += 1
                if "" in node:
                    best, after = node[""], ahead
                node = node.get(pieces[ahead][0]) if ahead < len(pieces) else None
            if best is not None:
                yield Match(Span(pieces[index][1], pieces[after - 1][2]), tuple(best))
            index = after


@cache
def named() -> Trie:
    """Return the trie of countries, regions, cities, venues and organizations."""
    return Trie([*_countries(), *_regions(), *_places(), *_organizations()])


@cache
def officials() -> Trie:
    """Return the trie of the full names of people in office."""
    names = dict[str, None]()
    for row in table("officials"):
        for name in (row.name, *row.aliases):
            if " " in name:
                names[name] = None
    return Trie((name, Entry("Person", name, "name")) for name in names)


@cache
def region_adjectives() -> frozenset[str]:
    """Return what describes a region but names nothing: "European", "Kurds"."""
    return frozenset(name for row in table("regions") for name in row.adjectives)


@cache
def towns() -> frozenset[str]:
    """Return the names of towns and buildings, where something can be held."""
    return frozenset(name for row in table("places") for name in (row.name, *row.aliases))


@cache
def venues() -> Mapping[str, str]:
    """Return in which town a building is, by the building's name."""
    return {row.name: row.city for row in table("places") if row.kind == "venue" and row.city}


@cache
def leaders() -> Mapping[str, frozenset[str]]:
    """Return the surnames of heads of state, of government and foreign ministers: -> countries.

    Those of long ago are left out: today's Fords and Carters are others.
    """
    found = defaultdict[str, set[str]](set)
    for row in table("officials"):
        if row.end and row.end < _LONG_AGO:
            continue
        if row.role in ("head_of_state", "head_of_government", "foreign_minister"):
            for name in (row.name, *row.aliases):
                found[fold(name).split()[-1]].add(row.country)
    return {surname: frozenset(countries) for surname, countries in found.items()}


def _countries() -> Iterator[tuple[str, Entry]]:
    # Two countries may share an adjective ("Congolese"): the size of the capital breaks the tie.
    size = {row.country: int(row.population or 0) for row in table("places") if row.capital}
    for row in table("countries"):
        kind: EntityType = "Country" if row.state else "Place"
        status, weight = "state" if row.state else "", size.get(row.iso3, 0)
        plain = Entry(kind, row.name, "name", row.iso3, row.wikidata, status, weight)
        for name in (row.name, *row.aliases):
            yield name, plain
            if len(name) > 3:
                yield name.upper(), plain
        for name in row.demonyms:
            yield name, plain._replace(sense="adjective")
            yield name.upper(), plain._replace(sense="adjective")
        for name in row.seats:
            sense: Sense = "capital" if name == row.capital else "seat"
            yield name, plain._replace(sense=sense)


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in table("regions"):
        entry = Entry("Place", row.name, "name", row.country, row.wikidata, "region")
        for name in (row.name, *row.aliases):
            yield name, entry
            yield name.upper(), entry
        for name in row.adjectives:
            yield name, entry._replace(sense="adjective")


def _places() -> Iterator[tuple[str, Entry]]:
    for row in table("places"):
        sense: Sense = "venue" if row.kind == "venue" else "name"
        weight = int(row.population or 0) + 10_000_000 * row.capital
        entry = Entry("Place", row.name, sense, row.country, row.wikidata, row.kind, weight)
        for name in (row.name, *row.aliases):
            yield name, entry
        if weight >= METROPOLIS:
            yield row.name.upper(), entry


def _organizations() -> Iterator[tuple[str, Entry]]:
    for row in table("organizations"):
        entry = Entry("Organization", row.name, "name", row.country, row.wikidata, row.kind)
        for name in (row.name, *row.aliases):
            yield name, entry
        if len(row.name) > 4:
            yield row.name.upper(), entry
