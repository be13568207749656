"""Who belongs together: groups of entities, split again where they are large, with their names.

A page of a large graph opens on them. The groups are those of Louvain's method; in a large graph
it joins the neighbourhoods that label propagation finds, which takes a second instead of a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.view.content import Content, Node

LOUVAIN = 3000  # largest graph that Louvain's method gets node by node
LARGEST = 500  # a larger group is split again, if it can be
SMALLEST, MOST = 8, 36  # smaller groups, and groups beyond so many, are put together
SEED = 7
NAMED = 3  # members in the name of a group
SHORT = 24  # characters of one of them


@dataclass(slots=True)
class Community:
    """A group of entities; ``parent`` is the number of the group that it is a part of."""

    name: str
    parent: int | None


def communities(shown: Content, *, deep: bool = True) -> tuple[list[Community], list[int | None]]:
    """Group the entities of a page.

    Parameters
    ----------
    shown
        What the page shows.
    deep
        Split large groups, put small ones together, and group those without relations too.

    Returns
    -------
    list of Community
        A group before its parts.
    list of int or None
        For each entity the number of the innermost group that holds it.
    """
    numbers = {node.id: place for place, node in enumerate(shown.nodes)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(shown.nodes)))
    for edge in shown.edges:
        one, other = numbers[edge.source], numbers[edge.target]
        if one != other:
            weight = graph.get_edge_data(one, other, {"weight": 0})["weight"]
            graph.add_edge(one, other, weight=weight + 1)
    tree = _Tree(shown.nodes, graph)
    if deep:
        tree.grow(range(len(shown.nodes)), None)
    else:
        for group in _split(graph):
            if len(group) > 1:
                tree.add(group, None, None)
    return tree.groups, tree.innermost


class _Tree:
    """The groups found so far, and the innermost one of each node."""

    def __init__(self, nodes: Sequence[Node], graph: nx.Graph[int]) -> None:
        self.nodes, self.graph = nodes, graph
        self.groups: list[Community] = []
        self.innermost: list[int | None] = [None] * len(nodes)

    def add(self, members: Iterable[int], parent: int | None, name: str | None) -> int:
        """Add a group under a name, by default that of its best connected members."""
        members = list(members)
        self.groups.append(Community(name or self.name(members), parent))
        for member in members:
            self.innermost[member] = len(self.groups) - 1
        return len(self.groups) - 1

    def grow(self, members: Iterable[int], parent: int | None) -> None:
        """Split members into groups, and large groups again."""
        lone = [member for member in members if not self.graph.degree(member)]
        groups = _split(self.part(set(members).difference(lone)))
        large = [group for group in groups if len(group) >= SMALLEST][:MOST]
        if parent is not None and (not large or len(groups[0]) > 0.9 * sum(map(len, groups))):
            return  # it hangs together: a hub and its leaves, for instance
        for group in large:
            number = self.add(group, parent, None)
            if len(group) > LARGEST:
                self.grow(group, number)
        rest = [member for group in groups[len(large) :] for member in group]
        self.pool(rest, parent, "smaller groups")
        self.pool(lone, parent, "without relations")

    def pool(self, members: list[int], parent: int | None, name: str) -> None:
        """Put what is too small for a group of its own together, in portions."""
        if not members:
            return
        whole = self.add(members, parent, name)
        if len(members) > LARGEST:
            for start in range(0, len(members), LARGEST):
                self.add(members[start : start + LARGEST], whole, None)

    def part(self, members: set[int]) -> nx.Graph[int]:
        """Return the graph of these members alone, always in the same order."""
        part: nx.Graph[int] = nx.Graph()
        part.add_nodes_from(sorted(members))
        for one in part:
            for other, tie in self.graph.adj[one].items():
                if one < other and other in members:
                    part.add_edge(one, other, **tie)
        return part

    def name(self, members: Iterable[int]) -> str:
        best = sorted(members, key=lambda one: (-self.nodes[one].degree, one))[:NAMED]
        return ", ".join(short(self.nodes[one]) for one in best)


def short(node: Node) -> str:
    """Return a name for a list: of a person the last part, of an event no date.

    Examples
    --------
    >>> short(Node("n0", "k", "Person", "Volodymyr Zelenskyy", None))
    'Zelenskyy'
    """
    last = node.name.split(" ")[-1]
    person = node.type == "Person" and len(last) > 3  # no "III" alone
    name = last if person else node.name.split(", ")[0]
    return name if len(name) <= SHORT else name[: SHORT - 1].rstrip() + "…"


def _split(graph: nx.Graph[int]) -> list[list[int]]:
    """Return the groups of a graph, the largest first."""
    if not graph:
        return []
    if len(graph) <= LOUVAIN:
        found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    else:
        near = list(nx.community.fast_label_propagation_communities(graph, seed=SEED))
        near.sort(key=min)
        of = {node: number for number, group in enumerate(near) for node in group}
        joined: nx.Graph[int] = nx.Graph()
        joined.add_nodes_from(range(len(near)))
        for one, other in graph.edges:
            a, b = of[one], of[other]
            before = joined.get_edge_data(a, b, {"weight": 0})["weight"]
            joined.add_edge(a, b, weight=before + graph.edges[one, other]["weight"])
        groups = nx.community.louvain_communities(joined, weight="weight", seed=SEED)
        found = [set().union(*(near[part] for part in group)) for group in groups]
    return sorted(map(sorted, found), key=lambda group: (-len(group), group))
