"""Rows of a user's table from Wikidata: countries, who leads them, ministers, world bodies.

It asks any SPARQL 1.1 endpoint that has Wikidata's data, page by page, and only when told to.
Labels and other names are the English ones.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit

from kg.data.own import Own
from kg.errors import StoreError
from kg.store.remote import RemoteStore
from kg.store.results import Results

ENDPOINT: Final = "https://query.wikidata.org/sparql"
PAGE: Final = 5_000
MOST: Final = 200_000
SECONDS: Final = 300.0
_LARGEST: Final = 64 * 1024 * 1024
_QUERIES: Final = ("countries", "heads", "ministers", "organizations")
_ID = re.compile(r"Q[1-9][0-9]*")
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HIDDEN = re.compile(r"[\s\x00-\x1f\x7f|\u2028\u2029]+")


def fetch(
    endpoint: str = ENDPOINT, *, page: int = PAGE, most: int = MOST, seconds: float = SECONDS
) -> tuple[Own, ...]:
    """Return what an endpoint tells of countries, office holders and organizations, sorted.

    Parameters
    ----------
    endpoint
        The address of a SPARQL endpoint with Wikidata's data.
    page
        Rows that are asked for at once.
    most
        Rows at most for each kind.
    seconds
        How long all of it may take.

    Raises
    ------
    StoreError
        If it cannot be reached, refuses, is too slow or has none of Wikidata's data.
    QueryError
        If it does not understand the queries.
    """
    if urlsplit(endpoint).scheme not in ("http", "https"):
        raise StoreError(endpoint, "is no address of a SPARQL endpoint, like https://host/sparql")
    until = time.monotonic() + seconds
    found: dict[Own, None] = {}
    for name in _QUERIES:
        for row in _pages(endpoint, name, page=page, most=most, until=until):
            if made := _row(name, row):
                found[made] = None
    if not found:
        raise StoreError(endpoint, "has nothing of what is looked for; is it a copy of Wikidata?")
    return tuple(sorted(found))


def _pages(
    endpoint: str, name: str, *, page: int, most: int, until: float
) -> Iterator[dict[str, str]]:
    """Yield the rows of a query, asked for page by page."""
    query = (files("kg.kb") / f"{name}.rq").read_text(encoding="utf-8")
    for offset in range(0, most, page):
        left = until - time.monotonic()
        if left <= 0:
            raise StoreError(endpoint, "takes too long; allow more seconds (--seconds)")
        store = RemoteStore(endpoint, timeout=min(left, 120), largest=_LARGEST)
        limit = min(page, most - offset)
        answer = store.query(f"{query}LIMIT {limit} OFFSET {offset}\n")
        rows = list(_rows(answer))
        yield from rows
        if len(rows) < limit:
            return


def _rows(answer: Results) -> Iterator[dict[str, str]]:
    for solution in answer:
        yield {name: str(value) for name, value in solution.items() if value is not None}


def _row(name: str, cells: dict[str, str]) -> Own | None:
    """Return a row for a user's table, or None if what is needed is not there."""
    wikidata = cells.get("item", "").rsplit("/", 1)[-1]
    label, country = _text(cells.get("name", "")), cells.get("code", "")
    if not _ID.fullmatch(wikidata) or not any(c.isalpha() for c in label) or label == wikidata:
        return None
    if country and not _CODE.fullmatch(country):
        return None
    if name == "countries":
        return Own(label, "Country", country=country, wikidata=wikidata) if country else None
    aliases = tuple(sorted({_text(alias) for alias in cells.get("aliases", "").split("|")}))
    aliases = tuple(alias for alias in aliases if _is_name(alias, label))
    if name == "organizations":
        return Own(label, "Organization", aliases, country, wikidata)
    if not country:
        return None
    start, end = _day(cells.get("start", "")), _day(cells.get("end", ""))
    if start and end and start > end:
        return None
    return Own(
        label, "Person", aliases, country, wikidata, _text(cells.get("office", "")),
        start=start, end=end,
    )  # fmt: skip


def _text(value: str) -> str:
    return _HIDDEN.sub(" ", value).strip()


def _is_name(alias: str, label: str) -> bool:
    return alias != label and len(alias) > 2 and any(c.isupper() for c in alias)


def _day(value: str) -> str:
    return value[:10] if _DAY.match(value) else ""
