"""Facts -> ties: an undirected, simple, weighted graph that the measures run on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import NamedTuple, TypeAlias

import networkx

from kg.relations import Lexicon
from kg.view.marks import Step
from kg.view.measures.engines import Numbered
from kg.view.measures.facts import STANDING, Fact, Told

Ties: TypeAlias = "networkx.Graph[str]"
"""Nodes are IRIs, in their order; an edge has ``weight`` and ``facts``, the surest first."""

Pair = tuple[str, str]


class Presence(NamedTuple):
    """Someone at an event."""

    who: str
    fact: Fact


def ties(found: Told, types: tuple[str, ...], *, also: Collection[str] = ()) -> Ties:
    """Join every two entities of these types, or of these IRIs, between which there is a fact.

    The weight of a tie is the sum of the trust of its facts: how many right ones to expect.
    """
    return _graph(*_between(found, types, also))


def projected(found: Told, types: tuple[str, ...], lexicon: Lexicon) -> Ties:
    """Join entities as `ties` does, and also those who took part in the same event.

    Each pair of the *n* who took part counts 1/(n-1) of an event (Newman, "Scientific
    collaboration networks II", Phys. Rev. E 64 (2001), doi:10.1103/PhysRevE.64.016132), so that
    an event adds one to the weight of everybody who was there, were all of it certain.
    """
    between, weights = _between(found, types, ())
    for there in presences(found, lexicon).values():
        present = [one for one in there if found.things[one.who].type in types]
        for one, other in combinations(present, 2):
            pair = (one.who, other.who)
            between[pair] += [one.fact, other.fact]
            weights[pair] += one.fact.trust * other.fact.trust / (len(present) - 1)
    return _graph(between, weights)


def _between(
    found: Told, types: tuple[str, ...], also: Collection[str]
) -> tuple[defaultdict[Pair, list[Fact]], defaultdict[Pair, float]]:
    between: defaultdict[Pair, list[Fact]] = defaultdict(list)
    weights: defaultdict[Pair, float] = defaultdict(float)
    kept = {name for name, thing in found.things.items() if thing.type in types}
    kept |= found.things.keys() & set(also)
    for fact in found.facts:
        if fact.subject in kept and fact.object in kept and fact.subject != fact.object:
            pair = (min(fact.subject, fact.object), max(fact.subject, fact.object))
            between[pair].append(fact)
            weights[pair] += fact.trust
    return between, weights


def _graph(between: dict[Pair, list[Fact]], weights: dict[Pair, float]) -> Ties:
    graph: Ties = networkx.Graph()
    graph.add_nodes_from(sorted({end for pair in between for end in pair}))
    for pair in sorted(between):
        facts = tuple(sorted(dict.fromkeys(between[pair]), key=lambda fact: fact.order))
        graph.add_edge(*pair, weight=weights[pair], facts=facts)
    return graph


def presences(found: Told, lexicon: Lexicon) -> dict[str, list[Presence]]:
    """Return who took part in which event, once each, in the order of IRIs."""
    there: defaultdict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in sorted(found.facts, key=lambda one: one.order):
        if is_presence(fact.relation, lexicon) and found.things[fact.object].type == "Event":
            there[fact.object].setdefault(fact.subject, fact)
    return {
        event: [Presence(who, there[event][who]) for who in sorted(there[event])]
        for event in sorted(there)
    }


def is_presence(relation: str, lexicon: Lexicon) -> bool:
    """Tell whether a relation is of somebody to events alone, like "attended" and "hosted".

    Examples
    --------
    >>> from kg.relations import shipped
    >>> [name for name in shipped() if is_presence(name, shipped())]
    ['attended', 'hosted']
    """
    if relation not in lexicon:
        return False
    entry = lexicon[relation]
    return entry.range == ("Event",) and entry.family not in STANDING


def numbered(graph: Ties) -> Numbered:
    """Return the graph with numbers for IRIs, in the same order.

    Numbers fall into sets in the same order in every run, which strings do not.
    """
    places = {node: place for place, node in enumerate(graph)}
    plain: Numbered = networkx.Graph()
    plain.add_nodes_from(range(len(places)))
    for one, other, data in graph.edges(data=True):
        plain.add_edge(places[one], places[other], weight=data["weight"])
    return plain


def strengths(graph: Ties) -> dict[str, float]:
    """Return the sum of the weights of everybody's ties."""
    return {node: sum(data["weight"] for data in graph[node].values()) for node in graph}


def own_documents(graph: Ties, node: str) -> int:
    """Count the documents that tell a fact of somebody's ties."""
    facts = (fact for data in graph[node].values() for fact in data["facts"])
    return len({words.document for fact in facts for words in fact.words})


def best_fact(graph: Ties, node: str, other: str | None = None) -> Fact:
    """Return the surest fact that somebody is part of, or of the tie to this other."""
    others = graph[node] if other is None else {other: graph[node][other]}
    own: list[Fact] = [
        next((fact for fact in facts if node in (fact.subject, fact.object)), facts[0])
        for facts in (data["facts"] for data in others.values())
    ]
    return min(own, key=lambda fact: fact.order)


def step(fact: Fact) -> Step:
    """Return a fact as it is lit on the page."""
    return Step(fact.subject, fact.relation, fact.object, fact.status)
