"""Knowledge as data: tables, lexicon entries, word lists; each with origin and licence.

``table("countries")`` reads a shipped table once and gives its rows as named tuples. Cells that
hold several values ("UK|Britain") are tuples; an empty cell is an empty string or tuple.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_type_hints, overload

Names = tuple[str, ...]


class Country(NamedTuple):
    """A state, a state that is no more, or a territory (``state`` 0: to us a place)."""

    iso3: str
    iso2: str
    wikidata: str
    name: str
    aliases: Names
    demonyms: Names
    capital: str
    seats: Names
    state: int
    un_member: int
    lat: str
    lon: str


class Region(NamedTuple):
    """A continent, sea, province or landscape, with the ISO 3166 code of its country if one."""

    name: str
    aliases: Names
    adjectives: Names
    country: str
    wikidata: str


class Place(NamedTuple):
    """A city or venue; ``country`` is an ISO 3166 code, ``capital`` 1 for a national capital."""

    name: str
    aliases: Names
    country: str
    lat: str
    lon: str
    population: str
    capital: int
    wikidata: str
    kind: str
    city: str


class Organization(NamedTuple):
    """A body with a name of its own; ``country`` is an ISO 3166 code or empty."""

    name: str
    aliases: Names
    kind: str
    country: str
    wikidata: str


class Body(NamedTuple):
    """Words that, after a country, name one of its bodies: "army", "foreign ministry"."""

    words: str
    kind: str
    canonical: str


class Membership(NamedTuple):
    """A country's membership of an organization, with years where known."""

    organization: str
    iso3: str
    status: str
    since: str
    until: str


class Title(NamedTuple):
    """A word for an office, rank or honorific, in lower case.

    ``gender`` is "m" or "f" where the word implies it; ``in_name`` 1 for a title that belongs to
    the name ("Sir Keir"); ``before_name`` 1 if it can stand right before one.
    """

    title: str
    role: str
    attaches_to: str
    seniority: int
    gender: str
    in_name: int
    before_name: int


class Official(NamedTuple):
    """One term of one person in one office; an open end was last known to be true ``as_of``."""

    name: str
    aliases: Names
    wikidata: str
    country: str
    organization: str
    role: str
    office: str
    start: str
    end: str
    as_of: str


class GivenName(NamedTuple):
    """A given name; ``gender`` is "m", "f", or "" where both are usual."""

    name: str
    gender: str


_ROWS: dict[str, type[Any]] = {
    "bodies": Body,
    "countries": Country,
    "given_names": GivenName,
    "officials": Official,
    "org_members": Membership,
    "organizations": Organization,
    "places": Place,
    "regions": Region,
    "titles": Title,
}


@overload
def table(name: Literal["bodies"]) -> tuple[Body, ...]: ...
@overload
def table(name: Literal["countries"]) -> tuple[Country, ...]: ...
@overload
def table(name: Literal["given_names"]) -> tuple[GivenName, ...]: ...
@overload
def table(name: Literal["officials"]) -> tuple[Official, ...]: ...
@overload
def table(name: Literal["org_members"]) -> tuple[Membership, ...]: ...
@overload
def table(name: Literal["organizations"]) -> tuple[Organization, ...]: ...
@overload
def table(name: Literal["places"]) -> tuple[Place, ...]: ...
@overload
def table(name: Literal["regions"]) -> tuple[Region, ...]: ...
@overload
def table(name: Literal["titles"]) -> tuple[Title, ...]: ...
def table(name: str) -> tuple[Any, ...]:
    """Return the rows of a shipped table.

    Examples
    --------
    >>> next(row.iso3 for row in table("countries") if row.name == "France")
    'FRA'
    """
    return _read(name)


@cache
def _read(name: str) -> tuple[Any, ...]:
    row = _ROWS[name]
    readers: dict[Any, Callable[[str], Any]] = {Names: _several, int: int}
    convert = [readers.get(kind, str) for kind in get_type_hints(row).values()]
    lines = (files("kg.data") / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(
        row._make(read(cell) for read, cell in zip(convert, line.split("\t"), strict=True))
        for line in lines[1:]
    )


def _several(cell: str) -> Names:
    return tuple(cell.split("|")) if cell else ()


@cache
def lists(name: str) -> dict[str, dict[str, frozenset[str]]]:
    """Return the word lists of a shipped TOML file, by section and name.

    Examples
    --------
    >>> "in" in lists("names")["capital"]["here"]
    True
    """
    sections = tomllib.loads((files("kg.data") / f"{name}.toml").read_text(encoding="utf-8"))
    return {
        section: {key: frozenset(words) for key, words in content.items()}
        for section, content in sections.items()
    }
