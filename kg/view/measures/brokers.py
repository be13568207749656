"""Who stands between others who have no tie of their own."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from kg.view.marks import Lit, Marks
from kg.view.measures.central import on
from kg.view.measures.engines import constraint, engine
from kg.view.measures.facts import Fact, Told
from kg.view.measures.found import Draw, Found
from kg.view.measures.ties import Ties, best_fact, numbered, step

STRONGEST = 50
"""The two who are linked are looked for among so many of the strongest ties."""

LIT = 5
ABOUT = (
    "Brokers: few of their contacts are tied with each other. Constraint, low for brokers, by "
    "weight (Burt 1992, Structural Holes; 2004, doi:10.1086/421787); effective size, the contacts "
    "less their mean number of ties with each other (Borgatti 1997, Connections 20)"
)


class BrokerRow(NamedTuple):
    """A broker, and the two strongest of the contacts who have no tie with each other.

    ``evidence`` is what ties the broker with ``one``, ``other_evidence`` with ``other``.
    """

    name: str
    type: str
    constraint: float
    effective_size: float
    ties: int
    one: str
    other: str
    evidence: str
    document: str
    other_evidence: str
    other_document: str
    iri: str


def brokers(graph: Ties, found: Told, draw: Draw | None = None) -> Found[BrokerRow]:
    """Return a row for everybody who links two others, the least constrained first."""
    plain = numbered(graph)
    bound = constraint(plain)
    closed = engine(plain).triangles() if plain else []
    rows: list[BrokerRow] = []
    linked: dict[str, tuple[Fact, Fact]] = {}
    for node, value, among in zip(graph, bound, closed, strict=True):
        apart = _apart(graph, node)
        if apart is None:
            continue
        facts = [best_fact(graph, node, end) for end in apart]
        linked[node] = (facts[0], facts[1])
        one, other = (fact.words[0] for fact in facts)
        size = graph.degree[node]
        rows.append(
            BrokerRow(
                *found.things[node],
                round(value, 6),
                round(size - 2 * among / size, 6),
                size,
                found.things[apart[0]].name,
                found.things[apart[1]].name,
                one.text,
                one.document,
                other.text,
                other.document,
                node,
            )
        )
    rows.sort(key=lambda row: (row.constraint, row.iri))
    return Found(
        BrokerRow._fields,
        rows,
        about=f"{ABOUT}; of {on(graph, found)}.",
        marks=Marks(
            f"The larger, the less constrained; of {found.basis}.",
            values={row.iri: round(1 / row.constraint, 6) for row in rows},
            paths=tuple(
                Lit(f"{row.name}: {row.one}, {row.other}", tuple(map(step, linked[row.iri])))
                for row in rows[:LIT]
            ),
        ),
        figures={"entities": len(graph), "ties": graph.number_of_edges(), "brokers": len(rows)},
        draw=draw,
    )


def _apart(graph: Ties, node: str) -> tuple[str, str] | None:
    """Return the two contacts with the strongest ties who have none with each other."""
    weights = {other: data["weight"] for other, data in graph[node].items()}
    ranked = sorted(weights, key=lambda other: (-weights[other], other))
    pairs = (
        (one, other)
        for one, other in combinations(ranked[:STRONGEST], 2)
        if not graph.has_edge(one, other)
    )
    return max(
        pairs,
        key=lambda pair: min(weights[pair[0]], weights[pair[1]]),
        default=None,
    )
