"""Commands about tables of one's own: kb add, kb list, kb remove, kb refresh."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kg import kb
from kg.cli import console
from kg.data.own import COLUMNS, TYPES, files, home

HELP = "Tables of your own: people, organizations, places, countries that every run then knows."
WIKIDATA = "https://query.wikidata.org/sparql"
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="What to call it; else as the file.")
]


def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Tab-separated text, with a header.")
    ],
    name: Name = None,
) -> None:
    """Check a table and keep it; one of that name is replaced.

    Columns: name and type (Person, Organization, Place, Country), and if you like aliases (a|b),
    country (FRA), wikidata (Q42), office, body, start, end.
    """
    there = {known.stem for known in files()}
    table = kb.add(file, name)
    done = "Replaced" if table.name in there else "Added"
    console.say(f"{done} [bold]{table.name}[/]: {table.told}. It is used from the next run on.")


def list_() -> None:
    """List your tables and where they are."""
    found = kb.tables()
    if not found:
        console.say(
            f"You have no tables in {home() / 'kb'}. Add one: kg kb add FILE.tsv, with the columns "
            f"{', '.join(COLUMNS)} (type is {', '.join(TYPES)})."
        )
        return
    console.table(
        ("table", "holds", "file"), ((table.name, table.told, table.file) for table in found)
    )


def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="One of yours.")]) -> None:
    """Remove one of your tables."""
    file = kb.remove(name)
    console.say(f"Removed [bold]{name}[/] ({file}).")


def refresh(
    endpoint: Annotated[
        str, typer.Option(metavar="URL", help="A SPARQL endpoint that has Wikidata's data.")
    ] = WIKIDATA,
    name: Annotated[str, typer.Option(metavar="NAME", help="What to call the table.")] = "wikidata",
    seconds: Annotated[float, typer.Option(min=1, help="How long it may take.")] = 300,
    most: Annotated[int, typer.Option(min=1, help="Rows of each kind at most.")] = 200_000,
) -> None:
    """Ask Wikidata for countries, office holders and international bodies; keep them as a table.

    It goes over the network, and only when you call it. Nothing is kept if anything fails.
    """
    fetch = import_module("kg.kb.wikidata").fetch  # it loads what only it needs
    console.say(f"[dim]Asking {endpoint} ...[/]")
    table = kb.keep(name, fetch(endpoint, most=most, seconds=seconds), where=endpoint)
    console.say(f"Kept [bold]{table.name}[/]: {table.told}. It is used from the next run on.")


COMMANDS = (add, list_, remove, refresh)
