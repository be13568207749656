"""The command `serve`: a graph on the web, for people and programs."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.cli import console
from kg.errors import MissingExtra, StoreError, WrongValue
from kg.serve import Settings

TOKEN = "KG_SERVE_TOKEN"  # noqa: S105  # the name of a variable

SHORTEST = 16
"""Characters of a token at least: a shorter one can be guessed."""


def serve(
    folder: Annotated[Path, typer.Argument(metavar="GRAPH", help="Folder of the graph.")],
    *,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 for a free one.")
    ] = 8000,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 for all networks.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name that clients call this machine by; repeatable."),
    ] = None,
    seconds: Annotated[
        float, typer.Option(metavar="S", min=0.1, max=3600, help="How long a query may run.")
    ] = 10,
    rows: Annotated[
        int, typer.Option(metavar="N", min=1, help="Rows of an answer at most; more are cut.")
    ] = 100_000,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, max=64, help="Queries that run at the same time.")
    ] = 4,
    queue: Annotated[
        int, typer.Option(metavar="N", min=0, help="Queries that may wait for their turn.")
    ] = 32,
    memory: Annotated[
        int, typer.Option(metavar="MIB", min=256, help="Memory that a query may take.")
    ] = 2048,
    allow_service: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A host (or host:port) SERVICE may ask; redirects are not followed; repeatable.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help=f"Let clients with the token write ({TOKEN}).")
    ] = False,
) -> None:
    """Serve a graph: the page at /, queries at /query and /sparql, JSON at /api, until Ctrl+C.

    What kg build or kg remove change meanwhile is seen within seconds.
    """
    try:
        from kg.serve import run  # noqa: PLC0415  # needs optional packages
    except ImportError as error:
        if error.name and error.name.partition(".")[0] == "kg":
            raise
        raise MissingExtra("kg serve", "news-kg[serve]") from None
    if not folder.is_dir():
        raise StoreError(str(folder), "there is no graph here; kg serve needs the folder of one")
    token = os.environ.get(TOKEN, "") if write else ""
    if 0 < len(token) < SHORTEST:
        raise WrongValue(
            TOKEN,
            f"is too short to be a secret ({len(token)} of at least {SHORTEST} characters)",
            "give a longer one, or none: then one is made and shown",
        )
    with kg.open(folder) as graph:
        base = graph.base
    made = write and not token
    token = secrets.token_urlsafe(24) if made else token
    settings = Settings(
        folder,
        base=base,
        seconds=seconds,
        rows=rows,
        workers=workers,
        queue=queue,
        memory=memory,
        names=tuple(name or ()),
        services=tuple(allow_service or ()),
        token=token,
    )

    def ready(address: str) -> None:
        console.say(f"[bold]{address}[/]         the page of {folder}")
        console.say(f"[bold]{address}/query[/]   ask; [bold]{address}/browse[/]  look around")
        console.say(f"[bold]{address}/sparql[/]  for programs, as is {address}/openapi.json")
        if made:
            console.say(f"The token to write with: [bold]{token}[/]")
        if not run.is_local(host):
            console.say(
                "[bold yellow]Warning:[/] everybody who can reach this machine over the network "
                "can read the graph and its articles; there is no password and no encryption."
            )
        console.say("[dim]Ctrl+C ends it.[/]")

    # Where a script starts it in the background, Ctrl+C ends it, too, but raises nothing.
    with suppress(KeyboardInterrupt):
        run.serve(settings, host=host, port=port, ready=ready)
    console.say("Ended.")
