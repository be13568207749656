"""The command that says how two are connected."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, cast

import typer
from rich.markup import escape

import kg
from kg.cli import console
from kg.cli.look import Graph, Since, Until
from kg.cli.make import MinScore
from kg.display import plain
from kg.model import Status


def path(
    graph: Graph,
    one: Annotated[str, typer.Argument(metavar="A", help="Name, alias or IRI.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Whom A may be connected with.")],
    *,
    paths: Annotated[
        int, typer.Option("--paths", metavar="N", min=1, help="At most so many paths.")
    ] = 3,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only this relation or family, like meeting; 'all' takes offices too; repeatable.",
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS",
            help="actual (the default), planned, possible, negated; repeatable.",
        ),
    ] = None,
    via: Annotated[
        list[str] | None,
        typer.Option(metavar="TYPE", help="Only over such ones, like Person; repeatable."),
    ] = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = 0,
) -> None:
    """Show how A and B are connected, step by step, in whose words.

    Only by what is stated as done, unless --status and --relation ask for more.
    Fewest steps first; of equals, what is most likely right.
    """
    with kg.open(graph) as opened:
        found = opened.connection(
            one,
            other,
            paths=paths,
            relations=relation or None,
            status=cast(list[Status], status or ["actual"]),  # checked there
            via=via or None,
            since=since,
            until=until,
            min_score=min_score,
        )
    for number, steps in groupby(found, key=lambda row: row.path):
        console.write(f"{number}\n")
        for row in steps:
            day = f", {row.date}" if row.date else ""
            many = f"{row.sources} independent source{'s' * (row.sources > 1)}"
            console.write(
                f"  {plain(row.subject)} – {plain(row.relation)} – {plain(row.object)}{day}\n"
                f"    “{plain(row.evidence)}”\n"
                f"    {plain(row.document)}, {_likely(row.score)} likely right by {many}\n"
            )
    console.say(f"[dim]{escape(found.about)}[/]")


def _likely(score: float) -> str:
    """Say a likelihood without making anything certain."""
    return "over 99 %" if score > 0.99 else f"{round(100 * score)} %"
