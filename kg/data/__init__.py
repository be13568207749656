"""Knowledge as data: tables, lexicon entries, word lists; each with origin and licence.

``table("countries")`` reads a shipped table once and gives its rows as named tuples. Cells that
hold several values ("UK|Britain") are tuples; an empty cell is an empty string or tuple.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_type_hints, overload

from kg.data.mine import with_own
from kg.data.rows import (
    Body,
    Country,
    GivenName,
    Membership,
    Names,
    Official,
    Organization,
    Place,
    Region,
    Title,
)

__all__ = [
    "Body", "Country", "GivenName", "Membership", "Names", "Official", "Organization", "Place",
    "Region", "Title", "lists", "table",
]  # fmt: skip

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
    """Return the rows of a shipped table, with those of the user's own tables (`kg.data.own`).

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
    shipped = (
        row._make(read(cell) for read, cell in zip(convert, line.split("\t"), strict=True))
        for line in lines[1:]
    )
    return with_own(name, tuple(shipped))


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
