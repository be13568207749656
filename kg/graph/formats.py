"""The formats that a graph can be saved in, by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError, UnknownName
from kg.graph.files import write
from kg.rdf import serialise
from kg.record import to_line
from kg.view.dyads import dyads_csv
from kg.view.narrow import narrowed

if TYPE_CHECKING:
    from kg.graph.knowledge import KnowledgeGraph
    from kg.view.network import Network

NETWORKS = ("graphml", "gexf", "csv")
FORMATS = (*serialise.FORMATS, *NETWORKS, "dyads.csv", "jsonl", "html")


def save(
    graph: KnowledgeGraph, path: Path, *, since: str | None = None, until: str | None = None
) -> list[Path]:
    """Write the graph in the format that the path ends with; return the files written.

    Raises
    ------
    UnknownName
        If there is no such format.
    SourceError
        If ``since`` or ``until`` is no day, or the format holds whole documents only.
    StoreError
        If the file cannot be written.
    """
    form = form_of(path)
    if (since or until) and form not in (*NETWORKS, "dyads.csv", "html"):
        raise SourceError(
            form,
            "holds whole documents, no stretch of time",
            f"--since and --until are for {', '.join(NETWORKS)}, dyads.csv and html",
        )
    if form == "csv":
        from kg.view import export  # noqa: PLC0415  # networkx takes a while to load

        network = _network(graph, since, until)
        nodes, edges = (path.with_suffix(f".{part}.csv") for part in ("nodes", "edges"))
        write(nodes, export.nodes_csv(network).encode())
        write(edges, export.edges_csv(network).encode())
        return [nodes, edges]
    room = path.absolute().parent
    write(path, content(graph, form, room=room, since=since, until=until))
    return [path]


def _network(graph: KnowledgeGraph, since: str | None, until: str | None) -> Network:
    from kg.view.network import network  # noqa: PLC0415  # networkx takes a while to load

    shown = narrowed(graph.documents(), graph.lexicon, since=since, until=until)
    return network(shown, lexicon=graph.lexicon)


def form_of(path: Path) -> str:
    """Return the format that a file's name asks for.

    Examples
    --------
    >>> form_of(Path("graph.ttl")), form_of(Path("2025.dyads.csv"))
    ('ttl', 'dyads.csv')
    """
    form = path.suffix.lower().removeprefix(".")
    if path.name.lower().endswith("dyads.csv"):
        form = "dyads.csv"
    if form not in FORMATS:
        raise UnknownName("format", form or path.name, FORMATS)
    return form


def content(
    graph: KnowledgeGraph,
    form: str,
    *,
    room: Path | None = None,
    since: str | None = None,
    until: str | None = None,
) -> bytes | Iterator[bytes]:
    """Return the graph in a format that is one file, piece by piece where it can be large.

    Networks are made in memory, and so is the page; ``room`` is a folder for what all others put
    aside meanwhile.
    """
    if form == "html":
        return graph.page(since=since, until=until).encode()
    if form == "jsonl":
        return ((to_line(document) + "\n").encode() for document in graph.documents())
    if form == "dyads.csv":
        return dyads_csv(graph.documents(), graph.lexicon, since=since, until=until).encode()
    if form in ("graphml", "gexf"):
        from kg.view import export  # noqa: PLC0415  # networkx takes a while to load

        drawn = export.graphml if form == "graphml" else export.gexf
        return drawn(_network(graph, since, until)).encode()
    return serialise.stream(graph.quads(), form, base=graph.base, room=room)
