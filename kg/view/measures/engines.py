"""The algorithms, by networkx, and by igraph where a graph is large and igraph is installed.

Both give the same figures where these are defined uniquely. Communities are not: networkx finds
them by Louvain's method, igraph by Leiden's. igraph is under the GNU GPL and therefore only an
extra, ``pip install 'news-kg[fast]'``; nothing of it is in this package.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeAlias

import networkx
import numpy as np

from kg.errors import WrongValue

Numbered: TypeAlias = "networkx.Graph[int]"
"""Nodes are 0 to n-1, edges have ``weight``."""

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

FAST = 100_000
"""From so many ties on igraph is used."""

SEED = 7
DAMPING, SETTLED, ROUNDS = 0.85, 1e-11, 10_000


class Engine(Protocol):
    """What computes; every list has a value for each node, in order."""

    def betweenness(self, sources: Sequence[int]) -> list[float]:
        """Return how many of the shortest paths from these nodes to all pass through each."""
        ...

    def pagerank(self) -> list[float]:
        """Return how much of its time a walk by weight is at each."""
        ...

    def eigenvector(self) -> list[float]:
        """Return the main eigenvector of a connected graph, of length one."""
        ...

    def triangles(self) -> list[int]:
        """Return how many ties there are among the neighbours of each."""
        ...

    def communities(self) -> list[set[int]]:
        """Return a partition of high modularity."""
        ...


def engine(graph: Numbered) -> Engine:
    """Return what computes on a graph of this size."""
    if graph.number_of_edges() >= FAST and igraph() is not None:
        return Igraph(graph)
    return Networkx(graph)


@cache
def igraph() -> Any:
    """Return the module igraph, None if it is not installed."""
    try:
        return import_module("igraph")
    except ImportError:
        return None


class Networkx:
    """Computes by networkx, and by numpy where networkx is slow or needs scipy, which is not ours.

    With numpy, betweenness of 100,000 ties takes seconds instead of many minutes.
    """

    def __init__(self, graph: Numbered) -> None:
        self._graph = graph

    def betweenness(self, sources: Sequence[int]) -> list[float]:
        """See `Engine`; by Brandes (2001, doi:10.1080/0022250X.2001.9990249), a level at a time."""
        number, (starts, ends, _) = len(self._graph), _arrays(self._graph)
        order = np.argsort(starts, kind="stable")
        ends, counts = ends[order], np.bincount(starts, minlength=number)
        firsts = np.cumsum(counts) - counts
        through = np.zeros(number)
        for source in sources:
            through += _passing(source, ends, firsts, counts)
        return [float(value) for value in through]

    def pagerank(self) -> list[float]:
        """See `Engine`."""
        number, (starts, ends, weights) = len(self._graph), _arrays(self._graph)
        strength = np.bincount(starts, weights, number)
        rank = np.full(number, 1 / number)
        for _ in range(ROUNDS):
            before = rank
            given = np.bincount(ends, weights * (rank / strength)[starts], number)
            rank = DAMPING * given + (1 - DAMPING) / number
            if np.abs(rank - before).sum() < SETTLED:
                break
        return [float(value) for value in rank / rank.sum()]

    def eigenvector(self) -> list[float]:
        """See `Engine`; by power iteration.

        Raises
        ------
        WrongValue
            If it does not settle.
        """
        number, (starts, ends, weights) = len(self._graph), _arrays(self._graph)
        weights = weights / weights.max()
        vector = np.full(number, number**-0.5)
        for _ in range(ROUNDS):
            before = vector
            vector = before + np.bincount(ends, weights * before[starts], number)
            vector = vector / np.linalg.norm(vector)
            if np.abs(vector - before).max() < SETTLED:
                return [float(value) for value in vector]
        problem = "eigenvector centrality does not settle on this graph"
        raise WrongValue("by", problem, "take pagerank")

    def triangles(self) -> list[int]:
        """See `Engine`."""
        found: Any = networkx.triangles(self._graph)
        return [found[node] for node in self._graph]

    def communities(self) -> list[set[int]]:
        """See `Engine`."""
        found: list[set[int]] = networkx.community.louvain_communities(
            self._graph, weight="weight", seed=SEED
        )
        return found


class Igraph:
    """Computes by igraph."""

    def __init__(self, graph: Numbered) -> None:
        self._igraph = igraph()
        pairs = list(graph.edges)
        self._graph = self._igraph.Graph(len(graph), pairs)
        self._weights = [graph.edges[pair]["weight"] for pair in pairs]

    def betweenness(self, sources: Sequence[int]) -> list[float]:
        """See `Engine`."""
        every = range(self._graph.vcount())
        found = self._graph.betweenness(directed=False, sources=list(sources), targets=list(every))
        return [2 * value for value in found]

    def pagerank(self) -> list[float]:
        """See `Engine`."""
        found: list[float] = self._graph.pagerank(weights=self._weights, damping=DAMPING)
        return found

    def eigenvector(self) -> list[float]:
        """See `Engine`."""
        found = np.abs(self._graph.eigenvector_centrality(weights=self._weights))
        return [float(value) for value in found / np.linalg.norm(found)]

    def triangles(self) -> list[int]:
        """See `Engine`."""
        closed = self._graph.transitivity_local_undirected(mode="zero")
        pairs = [degree * (degree - 1) / 2 for degree in self._graph.degree()]
        return [round(part * number) for part, number in zip(closed, pairs, strict=True)]

    def communities(self) -> list[set[int]]:
        """See `Engine`."""
        self._igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311
        try:
            found = self._graph.community_leiden(
                objective_function="modularity", weights=self._weights, n_iterations=-1
            )
        finally:
            self._igraph.set_random_number_generator(random)
        return [set(members) for members in found]


def constraint(graph: Numbered) -> list[float]:
    """Return Burt's constraint of each node; networkx's own takes hours where a hub is.

    Examples
    --------
    >>> star = networkx.Graph([(0, 1), (0, 2)])
    >>> networkx.set_edge_attributes(star, 1, "weight")
    >>> constraint(star)
    [0.5, 1.0, 1.0]
    """
    part: list[dict[int, float]] = []
    for node in range(len(graph)):
        weights = {other: data["weight"] for other, data in graph[node].items()}
        total = sum(weights.values())
        part.append({other: weight / total for other, weight in weights.items()})
    found = []
    for own in part:
        bound = dict(own)
        for other, share in own.items():
            for third, further in part[other].items():
                if third in bound:
                    bound[third] += share * further
        found.append(sum(value * value for value in bound.values()))
    return found


def _passing(source: int, ends: Numbers, firsts: Numbers, counts: Numbers) -> Numbers:
    """Return how many shortest paths from a node to all others pass through each.

    The neighbours of a node stand in ``ends`` from its place in ``firsts`` on.
    """
    number = len(counts)
    far = np.full(number, -1)
    far[source] = 0
    paths = np.zeros(number)
    paths[source] = 1
    front, levels = np.array([source]), list[tuple[Numbers, Numbers]]()
    while len(front):
        ways = counts[front]
        heads = np.repeat(front, ways)
        places = np.arange(len(heads)) - np.repeat(np.cumsum(ways) - ways, ways)
        tails = ends[firsts[heads] + places]
        level = len(levels) + 1
        front = np.unique(tails[far[tails] < 0])
        far[front] = level
        onward = far[tails] == level
        heads, tails = heads[onward], tails[onward]
        paths += np.bincount(tails, paths[heads], number)
        levels.append((heads, tails))
    passing = np.zeros(number)
    for heads, tails in reversed(levels):
        passing += np.bincount(heads, paths[heads] / paths[tails] * (1 + passing[tails]), number)
    passing[source] = 0
    return passing


def _arrays(graph: Numbered) -> tuple[Numbers, Numbers, Numbers]:
    """Return every tie in both directions."""
    told = [(one, other, data["weight"]) for one, other, data in graph.edges(data=True)]
    one, other, weights = (np.array(column) for column in zip(*told, strict=True))
    return (
        np.concatenate([one, other]),
        np.concatenate([other, one]),
        np.concatenate([weights, weights]),
    )
