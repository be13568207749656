"""Who belongs together: groups with more ties inside than one would expect by chance."""

from __future__ import annotations

from typing import NamedTuple

import networkx

from kg.view.marks import Marks
from kg.view.measures.central import on
from kg.view.measures.engines import engine
from kg.view.measures.facts import Told
from kg.view.measures.found import Draw, Found
from kg.view.measures.ties import Ties, best_fact, numbered

NAMED = 2
"""So many of its best-tied members name a community."""

ABOUT = (
    "Communities of high modularity (Newman & Girvan 2004, doi:10.1103/PhysRevE.69.026113), by "
    "weight, found by Louvain's method (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008; "
    "in large graphs with igraph by Leiden's, Traag et al. 2019, doi:10.1038/s41598-019-41695-z)"
)


class CommunityRow(NamedTuple):
    """Who belongs to a community.

    ``inside`` and ``outside`` are the weights of somebody's ties to members and to others;
    ``evidence`` is the words of the surest fact of the strongest tie to a member, ``other``.
    """

    community: int
    name: str
    type: str
    inside: float
    outside: float
    other: str
    evidence: str
    document: str
    iri: str


def communities(graph: Ties, found: Told, draw: Draw | None = None) -> Found[CommunityRow]:
    """Return a row for everybody who has a tie, by community, the largest first.

    Members come in the order of their weight inside. ``figures`` has the modularity. The method is
    drawn by lot with a fixed seed: other partitions may be about as good.
    """
    parts = _parts(graph)
    rows: list[CommunityRow] = []
    groups: dict[str, tuple[str, ...]] = {}
    for number, members in enumerate(parts, 1):
        own = sorted(
            (_row(graph, found, number, node, members) for node in members),
            key=lambda row: (-row.inside, row.iri),
        )
        rows += own
        # What an event is called takes long to read; whoever came tells as much.
        heads = [row for row in own if row.type != "Event"] or own
        names = ", ".join(row.name for row in heads[:NAMED])
        groups[f"{number}: {names}"] = tuple(row.iri for row in own)
    quality = networkx.community.modularity(graph, parts, weight="weight") if parts else 0.0
    figures = {
        "entities": len(graph),
        "ties": graph.number_of_edges(),
        "communities": len(parts),
        "modularity": round(quality, 6),
    }
    return Found(
        CommunityRow._fields,
        rows,
        about=f"{ABOUT}; {len(parts)} of modularity {quality:.2f} in {on(graph, found)}.",
        marks=Marks(f"Communities: who is tied most by {found.basis}.", groups=groups),
        figures=figures,
        draw=draw,
    )


def _parts(graph: Ties) -> list[set[str]]:
    """Return the communities, the largest first, of equals the one with the first IRI."""
    if not graph.number_of_edges():
        return []
    names = list(graph)
    parts = [{names[place] for place in part} for part in engine(numbered(graph)).communities()]
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _row(graph: Ties, found: Told, number: int, node: str, members: set[str]) -> CommunityRow:
    weights = {other: data["weight"] for other, data in graph[node].items()}
    inside = {other: weight for other, weight in weights.items() if other in members}
    nearest = min(inside or weights, key=lambda other: (-weights[other], other))
    words = best_fact(graph, node, nearest).words[0]
    return CommunityRow(
        number,
        *found.things[node],
        round(sum(inside.values()), 6),
        round(sum(weights.values()) - sum(inside.values()), 6),
        found.things[nearest].name,
        words.text,
        words.document,
        node,
    )
