"""Who is central, by which measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import networkx
import numpy as np

from kg.errors import UnknownName
from kg.view.marks import Marks
from kg.view.measures.engines import SEED, Engine, Numbered, engine
from kg.view.measures.facts import Told
from kg.view.measures.found import Draw, Found
from kg.view.measures.ties import Ties, best_fact, numbered, own_documents, strengths

WORK, SAMPLED = 100_000_000, 200
"""Above so much work (entities times ties), betweenness counts paths from so many entities only."""

ABOUT = {
    "degree": "Degree: with how many others somebody is tied (Freeman 1978, "
    "doi:10.1016/0378-8733(78)90021-7)",
    "betweenness": "Betweenness: the share of shortest paths between others that pass through "
    "somebody, every tie a step (Freeman 1977, doi:10.2307/3033543)",
    "pagerank": "PageRank: how much of its time a walk along the ties, by weight, is with "
    "somebody, damping 0.85 (Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X)",
    "eigenvector": "Eigenvector centrality: who is tied to those who are central themselves, by "
    "weight, in the largest connected part (Bonacich 1972, doi:10.1080/0022250X.1972.9989806)",
}


class CentralRow(NamedTuple):
    """How central somebody is.

    ``ties`` counts the others somebody is tied with, ``weight`` the right facts to expect,
    ``documents`` those that tell one of them; ``evidence`` is the words of the surest fact.
    """

    name: str
    type: str
    value: float
    ties: int
    weight: float
    documents: int
    evidence: str
    document: str
    iri: str


def central(graph: Ties, found: Told, by: str, draw: Draw | None = None) -> Found[CentralRow]:
    """Return a row for everybody who has a tie, the most central first.

    Parameters
    ----------
    graph
        Who is tied with whom.
    found
        The facts it was made of.
    by
        "degree", "betweenness", "pagerank" or "eigenvector", see `ABOUT`. Values are rounded to
        six digits. Betweenness is estimated in large graphs (`WORK`) from the paths that start at
        `SAMPLED` entities drawn by lot with a fixed seed (Brandes & Pich 2007,
        doi:10.1142/S0218127407018403).

    Raises
    ------
    UnknownName
        If there is no such measure.
    """
    if by not in _MEASURES:
        raise UnknownName("measure", by, tuple(_MEASURES))
    plain = numbered(graph)
    values = _MEASURES[by](plain) if plain else []
    weights = strengths(graph)
    rows = []
    for value, node in zip(values, graph, strict=True):
        best = best_fact(graph, node).words[0]
        rows.append(
            CentralRow(
                *found.things[node],
                round(value, 6),
                graph.degree[node],
                round(weights[node], 6),
                own_documents(graph, node),
                best.text,
                best.document,
                node,
            )
        )
    rows.sort(key=lambda row: (-row.value, row.iri))
    sampled = by == "betweenness" and _is_large(plain)
    about = ABOUT[by] + (f", estimated from {SAMPLED} entities" if sampled else "")
    return Found(
        CentralRow._fields,
        rows,
        about=f"{about}; of {on(graph, found)}.",
        marks=Marks(
            f"The larger, the more central by {by}; of {found.basis}.",
            values={row.iri: row.value for row in rows},
        ),
        figures={"entities": len(graph), "ties": graph.number_of_edges()},
        draw=draw,
    )


def on(graph: Ties, found: Told) -> str:
    """Say which graph was measured."""
    many = len(graph), graph.number_of_edges()
    return f"{many[0]:,} entities with {many[1]:,} ties, from {found.basis}"


def _degree(graph: Numbered) -> list[float]:
    return [float(degree) for _, degree in graph.degree]


def _betweenness(graph: Numbered) -> list[float]:
    number = len(graph)
    pairs = (number - 1) * (number - 2)
    if not pairs:
        return [0.0] * number
    sources = list(graph)
    if _is_large(graph):
        drawn = np.random.default_rng(SEED).choice(number, SAMPLED, replace=False)
        sources = sorted(map(int, drawn))
    part = len(sources) / number * pairs
    return [value / part for value in engine(graph).betweenness(sources)]


def _is_large(graph: Numbered) -> bool:
    return len(graph) > SAMPLED and len(graph) * graph.number_of_edges() > WORK


def _pagerank(graph: Numbered) -> list[float]:
    return engine(graph).pagerank()


def _eigenvector(graph: Numbered) -> list[float]:
    largest = max(networkx.connected_components(graph), key=lambda part: (len(part), -min(part)))
    members = sorted(largest)
    part: Numbered = networkx.Graph()
    part.add_nodes_from(range(len(members)))
    places = {node: place for place, node in enumerate(members)}
    for one, other, data in graph.edges(members, data=True):
        part.add_edge(places[one], places[other], weight=data["weight"])
    values = dict.fromkeys(graph, 0.0)
    measured: Engine = engine(part)
    values |= dict(zip(members, measured.eigenvector(), strict=True))
    return [values[node] for node in graph]


_MEASURES: dict[str, Callable[[Numbered], list[float]]] = {
    "degree": _degree,
    "betweenness": _betweenness,
    "pagerank": _pagerank,
    "eigenvector": _eigenvector,
}
MEASURES = tuple(_MEASURES)
