"""The rows of the shipped tables, as named tuples."""

from __future__ import annotations

from typing import NamedTuple

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
