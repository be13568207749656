"""What a build ends with: what is in the graph now, and what to do next."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections import Counter
from pathlib import Path

from rich.table import Table
from rich.text import Text

from kg.cli import console
from kg.graph import KnowledgeGraph
from kg.graph.part import MOST
from kg.relations import entity_types
from kg.view.rows import Stats, copies

LINES = {"actual": "───", "planned": "╌╌╌", "possible": "···", "negated": "─╳─"}
"""How the page draws a relation of each status."""


def counts(stats: Stats) -> Table:
    """Return the figures of a graph: entities by type beside relations by status."""
    entities, types = list(stats.entities.items()), entity_types()
    relations = list(stats.relations.items())
    drawn = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for justify in ("left", "right", "left", "right"):
        drawn.add_column(justify=justify)
    left = [
        (Text.assemble(("● ", types[kind]["colour"]), types[kind]["plural"]), str(number))
        for kind, number in entities
    ]
    right = [(Text(f"{LINES[status]} {status}"), str(number)) for status, number in relations]
    right += [(Text(""), ""), (Text("statements", "bold"), str(stats.statements))]
    right += [(Text("documents", "bold"), str(stats.documents))]
    right += [(Text("independent sources", "bold"), str(stats.sources))]
    drawn.add_row(
        Text("entities", "bold"),
        Text(str(sum(stats.entities.values())), "bold"),
        Text("relations", "bold"),
        Text(str(sum(stats.relations.values())), "bold"),
    )
    for at in range(max(len(left), len(right))):
        cells = [*(left[at] if at < len(left) else ("", ""))]
        cells += [*(right[at] if at < len(right) else ("", ""))]
        drawn.add_row(*cells)
    return drawn


def summary(graph: KnowledgeGraph, folder: Path) -> None:
    """Show what is in the graph and the next commands."""
    stats = graph.stats()
    documents = f"{stats.documents} document" + ("" if stats.documents == 1 else "s")
    documents += copies(stats)
    terminal = console.err()
    terminal.print()
    terminal.print(Text.assemble((str(folder), "bold"), f"  {documents}"), soft_wrap=True)
    terminal.print()
    console.show(counts(stats), terminal)
    terminal.print()


def suggest(graph: KnowledgeGraph, folder: Path) -> None:
    """Name the next commands to try, with the paths they need."""
    place = shlex.quote(str(folder))
    person = _best_connected(graph) if len(graph) <= MOST else None
    focus = f" --focus {shlex.quote(person)}" if person else ""
    kg = _command()
    view = shlex.quote(str(folder.with_suffix(".html")))
    network = shlex.quote(str(folder.with_suffix(".graphml")))
    terminal = console.err()
    terminal.print(Text("Next", "bold"))
    for command in (
        f"{kg} query {place} --named who-spoke-with-whom",
        f"{kg} show {place}{focus} --hops 1 -o {view}",
        f"{kg} export {place} -o {network}",
    ):
        terminal.print(Text(f"  {command}", "cyan"), soft_wrap=True)
    terminal.print()


def _best_connected(graph: KnowledgeGraph) -> str | None:
    """Return the person with most relations, the first by name among equals."""
    people = {row.name for row in graph.entities if row.type == "Person"}
    ends = Counter(name for row in graph.relations() for name in (row.subject, row.object))
    return min(people, key=lambda name: (-ends[name], name), default=None)


def _command() -> str:
    """Return how ``kg`` was called, so that the next commands run as they stand."""
    called = Path(sys.argv[0])
    if called.name != "kg" or shutil.which("kg") == str(called.absolute()):
        return "kg"
    return shlex.quote(str(called))
