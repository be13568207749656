"""A networkx graph as a picture for a notebook, laid out as the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display import plain
from kg.model import ENTITY_TYPES
from kg.relations import shipped
from kg.view.notebook import captioned, image
from kg.view.picture import MOST, Dot, Line, arranged

if TYPE_CHECKING:
    import networkx

OTHER, GREY = "Group", "#667788"


def drawn(graph: networkx.MultiDiGraph[str]) -> str:
    """Return the picture as HTML, and how to look closer.

    Nodes may have ``type`` and ``label``, edges ``relation`` and ``status``, as those of
    `kg.view.network` have; whatever else is in the graph is drawn as well.

    Examples
    --------
    >>> import networkx
    >>> drawn(networkx.MultiDiGraph([("Macron", "Scholz")])).count("<img ")
    1
    """
    ranked = sorted(graph.nodes, key=lambda node: (-graph.degree[node], str(node)))[:MOST]
    numbers = {node: at for at, node in enumerate(ranked)}
    told = [graph.nodes[node] for node in ranked]
    names = [plain(data.get("label", node)) for node, data in zip(ranked, told, strict=True)]
    ends = [
        (source, target, data)
        for source, target, data in graph.edges(data=True)
        if source in numbers and target in numbers
    ]
    places = arranged(names, [(numbers[source], numbers[target]) for source, target, _ in ends])
    lexicon = shipped()
    dots = [
        Dot(str(at), x, y, kind if (kind := data.get("type")) in ENTITY_TYPES else OTHER, name)
        for at, ((x, y), data, name) in enumerate(zip(places, told, names, strict=True))
    ]
    lines = [
        Line(
            str(numbers[source]),
            str(numbers[target]),
            lexicon[data["relation"]].colour if data.get("relation") in lexicon else GREY,
            data.get("status", "actual"),
        )
        for source, target, data in ends
    ]
    nodes, edges = len(graph), graph.number_of_edges()
    words = (
        f"Network of {nodes:,} node{'' if nodes == 1 else 's'} and "
        f"{edges:,} edge{'' if edges == 1 else 's'}"
    )
    if nodes > MOST:
        words += f", drawn are the {MOST} best connected"
    return f"<div>{image(dots, lines, words)}</div>{captioned(words)}"
