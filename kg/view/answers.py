"""Answers of named queries as tables: facts, timelines, offices; documents go by their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.store import Results
from kg.view.table import Table

Named = Callable[..., Results]


def facts(named: Named, ids: Mapping[str, str], **given: str) -> Table[tuple[Any, ...]]:
    """Return a row for each fact: how many documents tell it, and how many independent sources.

    Documents that are copies of one story are one source. The best supported fact comes first.

    Parameters
    ----------
    named
        Answers a named query: `kg.graph.KnowledgeGraph.named`.
    ids
        The IRI of each document by its id.
    given
        Parameters of the query "facts": ``who``, ``relation``, ``since``, ``until``.
    """
    return _table(named("facts", **given), ids)


def timeline(named: Named, ids: Mapping[str, str], **given: str) -> Table[tuple[Any, ...]]:
    """Return what happened or will happen, by day, of somebody, of a pair or of two countries.

    Parameters
    ----------
    named, ids
        As for `facts`.
    given
        ``who`` (and ``other`` for a pair), or ``source`` and ``target`` (ISO codes of countries);
        ``since``, ``until``.
    """
    countries = "source" in given or "target" in given
    return _table(named("timeline-of-dyad" if countries else "timeline", **given), ids)


def offices(
    named: Named, ids: Mapping[str, str], as_of: str | None = None, **given: str
) -> Table[tuple[Any, ...]]:
    """Return who held which office on a day, by the last word of the documents up to it.

    Parameters
    ----------
    named, ids
        As for `facts`.
    as_of
        The day, like ``"2025-03-14"``; by default, what the newest documents say.
    given
        ``who``, and ``country`` (an ISO code).
    """
    return _table(named("who-held-office", **given, **({"asof": as_of} if as_of else {})), ids)


def _table(found: Results, ids: Mapping[str, str]) -> Table[tuple[Any, ...]]:
    names = {iri: name for name, iri in ids.items()}
    rows = [
        tuple(
            names.get(str(row[column]), row[column]) if column == "document" else row[column]
            for column in found.columns
        )
        for row in found
    ]
    return Table(found.columns, rows)
