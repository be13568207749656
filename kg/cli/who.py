"""The command about who is who: what was merged, why, and the user's own decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

import kg
from kg.cli import console
from kg.errors import StoreError
from kg.graph.shelf import outside
from kg.graph.who import Decided
from kg.resolve.decisions import FILE

Pair = tuple[str, str]

_EXACT = "Names, Wikidata ids, or IRIs like person/keir-starmer."


def _pair(name: str, metavar: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=help)
    return option


def resolve(
    graph: Annotated[
        str, typer.Argument(metavar="GRAPH", help="Folder of a graph, or https://host/sparql.")
    ],
    *,
    why: Annotated[
        Pair | None, _pair("--why", "A B", f"Why A and B are one or two. {_EXACT}")
    ] = None,
    merge: Annotated[Pair | None, _pair("--merge", "A B", "Decide that A and B are one.")] = None,
    never: Annotated[
        Pair | None, _pair("--never", "A B", "Decide that A and B are never one.")
    ] = None,
    alias: Annotated[
        Pair | None, _pair("--alias", "A NAME", "Decide that A is also called NAME.")
    ] = None,
    rename: Annotated[
        Pair | None, _pair("--rename", "A NAME", "Decide that A is shown as NAME.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take that decision back.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what a decision would change.")
    ] = False,
) -> None:
    """Show who is one across documents and why; decide it yourself.

    Your decisions stand in decisions.toml in the folder of the graph, are applied again at every
    build, and can be edited there; without an entry all is as before.
    """
    asked = {"merge": merge, "never": never, "alias": alias, "rename": rename}
    given = [(kind, pair) for kind, pair in asked.items() if pair is not None]
    if len(given) + (why is not None) > 1:
        raise typer.BadParameter("ask one thing at a time: --why, or one decision")
    if (undo or dry_run) and not given:
        raise typer.BadParameter("--undo and --dry-run go with --merge, --never, --alias, --rename")
    if given and outside(graph):
        raise StoreError(graph, "decisions stand in the folder of a graph, and this has none")
    with kg.open(graph) as opened:
        if why is not None:
            console.write(f"{opened.why(*why)}\n")
        elif given:
            kind, (one, other) = given[0]
            found = opened.decide(kind, one, other, undo=undo, dry_run=dry_run)
            _tell(found, Path(graph) / FILE, done=not dry_run, undone=undo)
        else:
            rows = opened.resolve()
            console.table(
                ("name", "also", "documents", "score", "because", "IRI"),
                (
                    (row.name, row.names, row.documents, f"{row.score:.2f}", row.because, row.iri)
                    for row in rows
                ),
            )
            console.say(
                f"[dim]{len(rows)} under several names, or by your word. "
                'Why two are one or two: kg resolve GRAPH --why "A" "B"[/]'
            )


def _tell(found: Decided, file: Path, *, done: bool, undone: bool) -> None:
    if found.needless:
        console.say(f"{escape(found.needless)} There is nothing to do; nothing was written.")
        return
    console.table(("name", "before", "after"), found.changes)
    if not found.changes:
        console.say("That changes nothing in the graph as it is.")
    if done:
        console.say(
            f"{'Taken out of' if undone else 'Written to'} {escape(str(file))} and applied."
        )
    else:
        console.say(f"Nothing was written; without --dry-run it goes to {escape(str(file))}.")
    for name in found.unknown:
        console.say(
            f"Nothing in the graph is called {escape(name)} (yet); the decision waits for it."
        )
