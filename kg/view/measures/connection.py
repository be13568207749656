"""How one is connected with another, step by step, and in whose words."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice, pairwise
from math import log
from typing import NamedTuple

import networkx

from kg.errors import WrongValue
from kg.view.marks import Lit, Marks
from kg.view.measures.facts import Fact, Told
from kg.view.measures.found import Draw, Found
from kg.view.measures.ties import Ties, step

DOUBT, LEAST = 1e-3, 1e-3
"""What doubt adds to a step: so little that it never outweighs a step, however long the path."""


class ConnectionRow(NamedTuple):
    """A step of a path, as a document tells it.

    ``subject``, ``relation``, ``object`` read as the fact does; ``to`` is whom the step leads to.
    ``score`` is how likely it is that at least one independent source is right, ``documents`` and
    ``sources`` count all that say it and the independent ones; ``evidence`` is the surest words.
    """

    path: int
    step: int
    subject: str
    relation: str
    object: str
    to: str
    date: str | None
    evidence: str
    document: str
    score: float
    documents: int
    sources: int
    subject_iri: str
    object_iri: str


def connection(
    graph: Ties,
    found: Told,
    one: Collection[str],
    other: Collection[str],
    *,
    names: tuple[str, str],
    paths: int = 3,
    draw: Draw | None = None,
) -> Found[ConnectionRow]:
    """Return the shortest paths from one to another, a row for each step.

    Fewer steps come first; of paths as short as each other, the one whose steps are together the
    most likely right (the product of their ``score``), then by IRI. A step tells the surest fact
    of a tie; the paths are those of Yen (1971, doi:10.1287/mnsc.17.11.712), and none passes the
    same entity twice.

    Parameters
    ----------
    graph, found
        Who is tied with whom, by which facts.
    one, other
        IRIs of the two; of several that bear a name, the one with the most ties is meant.
    names
        What they were called.
    paths
        At most so many.

    Raises
    ------
    WrongValue
        If the two are one, or no path is asked for.
    """
    if paths < 1:
        raise WrongValue("paths", f"{paths} is no number of paths", "give 1 or more")
    start, end = _best_tied(graph, one), _best_tied(graph, other)
    if start == end:
        raise WrongValue("connection", f"{names[0]} and {names[1]} are one", "name two")
    told = [_facts(graph, path) for path in _paths(graph, start, end, paths)]
    rows: list[ConnectionRow] = []
    lit: list[Lit] = []
    for number, (path, facts) in enumerate(told, 1):
        for place, (fact, to) in enumerate(zip(facts, path[1:], strict=True), 1):
            words = fact.words[0]
            rows.append(
                ConnectionRow(
                    number,
                    place,
                    found.things[fact.subject].name,
                    fact.label,
                    found.things[fact.object].name,
                    found.things[to].name,
                    fact.day,
                    words.text,
                    words.document,
                    round(fact.trust, 6),
                    fact.documents,
                    fact.sources,
                    fact.subject,
                    fact.object,
                )
            )
        between = ", ".join(found.things[node].name for node in path[1:-1])
        label = f"via {between}" if between else "at once"
        lit.append(Lit(label, tuple(map(step, facts))))
    ends = f"{found.things[start].name} and {found.things[end].name}"
    return Found(
        ConnectionRow._fields,
        rows,
        about=_about(ends, told, found),
        marks=Marks(f"How {ends} are connected, by {found.basis}.", paths=tuple(lit)),
        figures={"paths": len(told), "steps": len(told[0][1]) if told else 0},
        draw=draw,
    )


def _best_tied(graph: Ties, named: Collection[str]) -> str:
    return min(named, key=lambda node: (-graph.degree[node] if node in graph else 0, node))


def _paths(graph: Ties, start: str, end: str, number: int) -> list[list[str]]:
    if start not in graph or end not in graph:
        return []
    costs: networkx.Graph[str] = networkx.Graph()
    costs.add_nodes_from(graph)
    for one, other, data in graph.edges(data=True):
        trust = max(data["facts"][0].trust, LEAST)
        costs.add_edge(one, other, cost=1 - DOUBT * log(trust))
    if not networkx.has_path(costs, start, end):
        return []
    return list(islice(networkx.shortest_simple_paths(costs, start, end, weight="cost"), number))


def _facts(graph: Ties, path: list[str]) -> tuple[list[str], list[Fact]]:
    return path, [graph.edges[pair]["facts"][0] for pair in pairwise(path)]


def _about(ends: str, told: list[tuple[list[str], list[Fact]]], found: Told) -> str:
    if not told:
        return (
            f"No path connects {ends}, by {found.basis}. More may be found with the relation "
            "'all', which takes offices too, or with the status 'planned' beside 'actual'."
        )
    paths = "The shortest path" if len(told) == 1 else f"The {len(told)} shortest paths"
    steps = len(told[0][1])
    return (
        f"{paths} between {ends}, the first of {steps} step{'s' * (steps > 1)}, by "
        f"{found.basis}; fewest steps first, of equals the most likely right (Yen 1971, "
        "doi:10.1287/mnsc.17.11.712)."
    )
