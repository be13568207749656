"""Commands that make a graph: build, extract, explain, remove."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

import kg
from kg.cli import console, ended
from kg.cli.summary import suggest, summary
from kg.cli.watch import watched
from kg.config import lexicon_from
from kg.errors import Failure
from kg.graph.files import REPORT, is_graph
from kg.pipeline import unread_language
from kg.record import to_line
from kg.run.progress import FAILED, STORED
from kg.run.report import Kept, Report

INPUTS = (
    "Files, folders, patterns, archives, web addresses, @FILE with one of these a line, or - for "
    "standard input: text, web pages, feeds, PDF, Word, mail, tables, JSON; all kinds: kg read."
)
Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help=INPUTS)]
AnyInputs = Annotated[
    list[str] | None, typer.Argument(metavar="INPUT", help=INPUTS, show_default=False)
]
OwnLexicon = Annotated[
    Path | None,
    typer.Option(
        "--lexicon", metavar="FILE", help="TOML file with your own relations, added to ours."
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="DAY", help="The day the text is from, like 2025-02-17."),
]
MinScore = Annotated[
    float,
    typer.Option(
        "--min-score",
        metavar="P",
        min=0,
        max=1,
        help="Only relations at least so likely to be right; fewer, and more of them true.",
    ),
]

Background = Annotated[
    bool,
    typer.Option(
        "--background/--no-background",
        help="Add what no text says but our tables know, marked as background.",
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Processes that work on documents at once; each needs half a gigabyte.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Work on the machines of this Dask cluster, like tcp://192.0.2.7:8786.",
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Read addresses of this machine and of private networks too."
    ),
]
Refresh = Annotated[
    bool,
    typer.Option("--refresh", help="Ask again for addresses that were fetched once and kept."),
]


def build(
    inputs: AnyInputs = None,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FOLDER", help="Folder of the graph.")
    ] = Path("news.kg"),
    lexicon: OwnLexicon = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="What the IRIs of things start with, for a new graph."),
    ] = None,
    min_score: MinScore = 0,
    *,
    background: Background = False,
    workers: Workers = 1,
    scheduler: Scheduler = None,
    allow_private: AllowPrivate = False,
    refresh: Refresh = False,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Take up what failed at the last build, no INPUT."),
    ] = False,
) -> None:
    """Read, extract, store and draw; adds to a graph that is there already.

    What could not be read or worked on is told, and listed in report.json with a remedy; the rest
    is in the graph. Once the cause is mended: kg build --retry-failed -o news.kg
    """
    if bool(inputs) == retry_failed:
        raise typer.BadParameter("Give INPUT, or --retry-failed for what failed at the last build.")
    if re.match(r"\w+:/", str(out)):
        raise typer.BadParameter(
            "'--out' is a folder; to add to an endpoint, use kg.open('https://...').add in Python."
        )
    with kg.open(out, lexicon=lexicon, base=base, create=not retry_failed) as graph:
        with watched(inputs or []) as watcher:
            report = graph.add(
                *(inputs or []),
                min_score=min_score,
                background=background,
                workers=workers,
                scheduler=scheduler,
                retry_failed=retry_failed,
                web=kg.Web(private=allow_private, refresh=refresh),
                progress=watcher,
            )
        _say(report, graph, out)
    if retry_failed and not report.failures and not report.any:
        console.say(f"Nothing failed at the last build of {escape(str(out))}.")
    elif not report.any and not retry_failed:
        console.complain("None of the inputs could be read and worked on; the graph is unchanged.")
        raise typer.Exit(console.FAILED)
    if console.out().is_terminal:
        console.say("[bold]Page[/]")
    console.write(f"{out / 'page.html'}\n")
    if report.failures:
        raise typer.Exit(console.PARTLY)


def _say(report: Report, graph: kg.KnowledgeGraph, out: Path) -> None:
    """Say what became of the inputs of a build, and what to do next."""
    if report.any:
        summary(graph, out)
    ended.unchanged(len(report.unchanged))
    ended.replaced(len(report.replaced))
    ended.repeated(report.repeats)
    ended.kept(report.kept)
    ended.failed(report.failures, listed_in=out / REPORT)
    for note in report.notes:
        console.say(note)
    if report.any:
        suggest(graph, out)
    if report.failures and is_graph(out):
        told = f"{shlex.quote(str(out / REPORT))} lists them; once they are mended: "
        command = f"kg build --retry-failed -o {shlex.quote(str(out))}"
        console.say(f"{escape(told)}[cyan]{escape(command)}[/]")


def extract(
    inputs: Inputs,
    lexicon: OwnLexicon = None,
    min_score: MinScore = 0,
    *,
    background: Background = False,
    workers: Workers = 1,
    scheduler: Scheduler = None,
    allow_private: AllowPrivate = False,
    refresh: Refresh = False,
) -> None:
    """Print a document record for each input, one a line; nothing is stored."""
    failures, unread, done = [], list[Kept](), 0
    with watched(inputs) as watcher:
        found_all = kg.extract_all(
            *inputs,
            lexicon=lexicon,
            min_score=min_score,
            background=background,
            workers=workers,
            scheduler=scheduler,
            web=kg.Web(private=allow_private, refresh=refresh),
            progress=watcher,
        )
        for found in found_all:
            if isinstance(found, Failure):
                failures.append(found)
                watcher(found.where, FAILED)
            else:
                console.write(to_line(found) + "\n")
                if unread_language(found):
                    unread.append(Kept(found.id, found.language or ""))
                done += 1
                watcher(found.id, STORED)
    ended.kept(unread)
    ended.failed(failures)
    if failures:
        raise typer.Exit(console.PARTLY if done else console.FAILED)


def explain(
    sentence: Annotated[str, typer.Argument(help="What to explain, in quotes.")],
    date: Day = None,
    lexicon: OwnLexicon = None,
) -> None:
    """Show every layer of a sentence, and which entry of the lexicon fired, or why none did."""
    pipeline = kg.Pipeline.default(lexicon_from(lexicon))
    console.write(f"{pipeline.explain(sentence, date=date)}\n")


def remove(
    graph: Annotated[
        str, typer.Argument(metavar="GRAPH", help="Folder of the graph, or https://host/sparql.")
    ],
    documents: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT", help="Ids of documents, as in stats.")
    ],
) -> None:
    """Take documents out, with all that no other document supports."""
    with kg.open(graph) as opened:
        opened.remove(*documents)
        left = len(opened)
    console.say(f"Removed {len(documents)}; {left} left in {escape(graph)}.")
