"""The user's own rows among the shipped ones: what bears one of their names gives way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.data.own import Own, own
from kg.data.rows import Country, Official, Organization, Region

_TYPES = {"officials": "Person", "organizations": "Organization", "countries": "Country"}
_HEADS = {"president": "head_of_state", "king": "head_of_state", "queen": "head_of_state",
          "head of state": "head_of_state", "head of government": "head_of_government",
          "prime minister": "head_of_government", "chancellor": "head_of_government",
          "foreign minister": "foreign_minister", "minister of foreign affairs": "foreign_minister",
          "minister for foreign affairs": "foreign_minister"}  # fmt: skip


def with_own(name: str, shipped: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the rows of a shipped table and the user's own of that kind.

    A row of ours that bears the name of one of the user's goes, its other rows lose the name; of
    people, only those go who are not the same by their Wikidata id.
    """
    if name in ("places", "regions"):
        mine = [row for row in own() if row.type == "Place"]
        kept = _without(shipped, mine)
        return (*(_place(row) for row in mine), *kept) if name == "regions" else tuple(kept)
    mine = [row for row in own() if row.type == _TYPES.get(name)]
    if not mine:
        return shipped
    match name:
        case "officials":
            return (*people(mine), *_other_people(shipped, mine))
        case "organizations":
            return (*(_organization(row, shipped) for row in mine), *_without(shipped, mine))
        case _:
            return tuple(_countries(shipped, mine))


def people(rows: Iterable[Own]) -> tuple[Official, ...]:
    """Return the user's people as terms of office, each once."""
    found = dict.fromkeys(
        Official(
            name=row.name, aliases=row.aliases, wikidata=row.wikidata, country=row.country,
            organization=row.body, role=_role(row), office=row.office, start=row.start,
            end=row.end, as_of="",
        )
        for row in rows
        if row.type == "Person"
    )  # fmt: skip
    return tuple(found)


def _role(row: Own) -> str:
    office = row.office.lower()
    if row.body:
        return "igo_head" if office in _HEADS else "official"
    if office in _HEADS:
        return _HEADS[office]
    return "minister" if "minister" in office.split() else "official"


def _other_people(shipped: Sequence[Official], mine: Sequence[Own]) -> Iterator[Official]:
    ids: dict[str, set[str]] = {}
    for row in mine:
        for name in row.names:
            ids.setdefault(name, set()).add(row.wikidata)
    for term in shipped:
        names = (term.name, *term.aliases)
        if all(term.wikidata in ids.get(name, {term.wikidata}) for name in names):
            yield term


def _without(shipped: Iterable[Any], mine: Sequence[Own]) -> Iterator[Any]:
    """Yield our rows without what bears one of the user's names."""
    taken = {name for row in mine for name in row.names}
    for row in shipped:
        if row.name in taken:
            continue
        if taken.isdisjoint(row.aliases):
            yield row
        else:
            yield row._replace(aliases=tuple(alias for alias in row.aliases if alias not in taken))


def _organization(row: Own, shipped: Iterable[Organization]) -> Organization:
    """Return the user's row with our aliases, if it is the same body by name and id."""
    ours = [
        alias
        for other in shipped
        if other.name == row.name and other.wikidata and other.wikidata == row.wikidata
        for alias in other.aliases
    ]
    aliases = tuple(dict.fromkeys((*row.aliases, *ours)))
    return Organization(row.name, aliases, "own", row.country, row.wikidata)


def _place(row: Own) -> Region:
    return Region(row.name, row.aliases, (), row.country, row.wikidata)


def _countries(shipped: Sequence[Country], mine: Sequence[Own]) -> Iterator[Country]:
    """Yield our countries with the user's names and ids, then the user's new ones."""
    by_code = {row.country: row for row in mine}
    for country in shipped:
        own_row = by_code.pop(country.iso3, None)
        if own_row is None:
            yield country
            continue
        names = dict.fromkeys((*own_row.aliases, country.name, *country.aliases))
        names.pop(own_row.name, None)
        wikidata = own_row.wikidata or country.wikidata
        yield country._replace(name=own_row.name, aliases=tuple(names), wikidata=wikidata)
    for code, row in by_code.items():
        yield Country(code, "", row.wikidata, row.name, row.aliases, (), "", (), 1, 0, "", "")
