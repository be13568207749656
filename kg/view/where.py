"""Where things are on the map: coordinates of the places that facts stand at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from kg.data import table
from kg.view.content import Content, Node

Spot = tuple[float, float]  # degrees north, degrees east

VENUES = ("heldIn", "visited")  # their object is where it was, even if that is a country
CONTAINMENT = "locatedIn"


def atlas(content: Content) -> dict[str, Any] | None:
    """Return what the map draws, or nothing where no fact stands at a known place.

    ``spots`` are latitude, longitude and whether that is rough, by node id; ``venues`` the
    relations whose object is where it was.
    """
    known = spots(content)
    used = {edge.target for edge in content.edges if edge.type in VENUES}
    used |= {seen.place for edge in content.edges for seen in edge.evidence if seen.place}
    shown = {id: [lat, lon, int(rough)] for id, (lat, lon, rough) in known.items() if id in used}
    if not shown:
        return None
    return {"spots": shown, "venues": list(VENUES), "outlines": _outlines()}


def spots(content: Content) -> dict[str, tuple[float, float, bool]]:
    """Return latitude, longitude and whether it is rough, by node id.

    Rough is what only a country's middle is known of: the country itself, and a place that is not
    in the tables but said to be in that country. A place of the same name elsewhere is not taken.
    """
    exact = {node.id: _own(node) for node in content.nodes if node.type in ("Place", "Country")}
    kinds = {node.id: node.type for node in content.nodes}
    around: dict[str, list[str]] = {}
    for edge in content.edges:
        if edge.type == CONTAINMENT and edge.status == "actual" and not edge.former:
            around.setdefault(edge.source, []).append(edge.target)
    countries = {node.id: node.iso3 for node in content.nodes if node.type == "Country"}
    found: dict[str, tuple[float, float, bool]] = {}
    for node in content.nodes:
        spot = exact.get(node.id)
        inside = [id for id in around.get(node.id, []) if id in exact]
        if node.type == "Place" and spot is None and node.wikidata is None:
            spot = _by_name(node.name, {countries[id] for id in inside if countries.get(id)})
        if spot is not None:
            found[node.id] = (*spot, node.type == "Country")
        elif node.type == "Place":
            parents = [(id, parent) for id in inside if (parent := exact[id]) is not None]
            # What is in a city is there; what is in a country is somewhere in it.
            parents.sort(key=lambda one: kinds[one[0]] == "Country")
            for id, parent in parents[:1]:
                found[node.id] = (*parent, kinds[id] == "Country")
    return found


def _own(node: Node) -> Spot | None:
    """Return the coordinates of what is identified."""
    places, countries = _tables()
    if node.type == "Country" and node.iso3 in countries:
        return countries[node.iso3]
    return places.get(node.wikidata or "")


def _by_name(name: str, countries: Iterable[str | None]) -> Spot | None:
    """Return the coordinates of the only place of a name, in one of these countries if any."""
    wanted = set(countries)
    rows = [spot for country, spot in _names().get(name, ()) if not wanted or country in wanted]
    return rows[0] if len(rows) == 1 else None


@cache
def _tables() -> tuple[dict[str, Spot], dict[str, Spot]]:
    """Return places by Wikidata id and countries by ISO 3166 code."""
    places = {row.wikidata: (float(row.lat), float(row.lon)) for row in table("places")}
    places.pop("", None)
    countries = {
        row.iso3: (float(row.lat), float(row.lon)) for row in table("countries") if row.lat
    }
    countries.pop("", None)
    return places, countries


@cache
def _names() -> dict[str, tuple[tuple[str, Spot], ...]]:
    """Return country and coordinates of the places by name."""
    named: dict[str, set[tuple[str, Spot]]] = {}
    for row in table("places"):
        for name in (row.name, *row.aliases):
            named.setdefault(name, set()).add((row.country, (float(row.lat), float(row.lon))))
    return {name: tuple(sorted(rows)) for name, rows in named.items()}


@cache
def _outlines() -> Any:
    """Return land and borders as `tests/outlines.py` wrote them."""
    return json.loads((files("kg.view") / "assets" / "outlines.json").read_text(encoding="utf-8"))
