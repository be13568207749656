"""Commands that look at a graph: query, show, export, stats, validate."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

import kg
from kg.cli import console
from kg.cli.make import MinScore
from kg.cli.summary import counts
from kg.graph.files import REPORT, write
from kg.model import Status
from kg.read.text import decoded
from kg.store import Results
from kg.store.named import named_queries
from kg.view.opening import VIEWS, Opening

LISTED = 1_000
"""So many documents are listed one by one."""

Graph = Annotated[str, typer.Argument(metavar="GRAPH", help="Folder of the graph.")]


Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day, like 2025-02-17.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Until this day, included.")]


class Form(StrEnum):
    """What an answer may be printed as."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"


def query(
    graph: Annotated[
        str, typer.Argument(metavar="GRAPH", help="Folder of the graph, or https://host/sparql.")
    ],
    sparql: Annotated[str | None, typer.Argument(help="The query; usual prefixes known.")] = None,
    *,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from here.")
    ] = None,
    named: Annotated[
        str | None, typer.Option("--named", "-n", metavar="NAME", help="A query that we ship.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="For a named query."),
    ] = None,
    since: Since = None,
    until: Until = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="By what was known on this day.")
    ] = None,
    form: Annotated[
        Form,
        typer.Option(
            "--as", metavar="FORM", help="table, csv, tsv, json, xml; turtle for a graph."
        ),
    ] = Form.TABLE,
) -> None:
    """Answer a SPARQL query, or one of ours by name; without any, list ours."""
    values = _parameters(param or [])
    days = {"since": since, "until": until, "asof": as_of}
    values |= {name: day for name, day in days.items() if day is not None}
    if values and named is None:
        raise typer.BadParameter(
            "--param, --since, --until and --as-of are for a query by name; give --named too."
        )
    _of_some_time(named, [name for name, day in days.items() if day is not None])
    if [sparql, file, named].count(None) < 2:
        raise typer.BadParameter("Give only one of: a query in quotes, --file, --named.")
    if sparql is None and file is None and named is None:
        _list_named()
        return
    with kg.open(graph) as opened:
        if named is not None:
            found = opened.named(named, **values)
        else:
            found = opened.query(decoded(file) if file else sparql or "")
        ours = opened.graphs() if opened.folder else {}  # asks a foreign endpoint nothing more
        names = {iri: name for name, iri in ours.items()}
    _answer(found, form, names)


def show(
    graph: Graph,
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="The page; GRAPH/view.html by default."),
    ] = None,
    focus: Annotated[
        str | None, typer.Option(metavar="NAME", help="Open on this person, country, ...")
    ] = None,
    hops: Annotated[
        int | None,
        typer.Option(metavar="N", help="Only what is within N relations of --focus, 1 to 9."),
    ] = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this relation, or family of them; repeatable."),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(metavar="STATUS", help="actual, planned, possible, negated; repeatable."),
    ] = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = 0,
    view: Annotated[
        str,
        typer.Option(
            metavar="VIEW", help="graph, timeline, map, relations (or table), statements."
        ),
    ] = VIEWS[0],
) -> None:
    """Write the interactive page, opened on what the options ask for, and name it.

    The options choose what is seen first; the page holds everything, and whoever gets it can take
    the filters off. Of a very large graph it holds the documents about --focus or of that time.
    """
    if hops is not None and focus is None:
        raise typer.BadParameter("--hops counts from --focus; give that too.")
    for day in (since, until):
        if day is not None and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day):
            raise typer.BadParameter(f"'{day}' is no day; write it like 2025-02-17 or 2025-02.")
    path = out or Path(graph) / "view.html"
    with kg.open(graph) as opened:
        page = opened.page(
            focus=focus,
            hops=hops,
            relation=relation or (),
            status=cast(list[Status], status or []),  # checked there
            since=since,
            until=until,
            min_score=min_score,
            view=view,
        )
    write(path, page.encode())
    console.write(f"{path}\n")
    opening = Opening(
        focus, hops, since, until, tuple(relation or ()), tuple(status or ()), min_score, view
    )
    if link := opening.link():
        console.say("[dim]This view by its link:[/]")
        console.err().print(f"{path}{link}", markup=False, highlight=False, soft_wrap=True)


def export(
    graph: Graph,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="Ends with .trig .ttl .nt .nq .jsonld .graphml .gexf .csv dyads.csv .jsonl .html.",
        ),
    ],
    *,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the graph in another format, by the file's ending, and name what was written.

    Networks (.graphml .gexf .csv), dyads.csv and .html can be of a stretch of time.
    """
    with kg.open(graph) as opened:
        for path in opened.save(out, since=since, until=until):
            console.write(f"{path}\n")


def stats(graph: Graph) -> None:
    """Count what is in a graph, by type, status, relation and document."""
    with kg.open(graph) as opened:
        figures = opened.stats()
        many = figures.documents > LISTED
        documents = [
            (doc.id, doc.date, len(doc.entities), len(doc.relations), len(doc.statements))
            for doc in (() if many else opened.documents())
        ]
    console.show(counts(figures), console.out())
    console.write("\n")
    console.table(("relation", "facts"), figures.by_relation.items())
    console.write("\n")
    if many:
        console.say(f"The documents are too many to list; {graph}/{REPORT} has their figures.")
        return
    console.table(("document", "date", "entities", "relations", "statements"), documents)


def validate(graph: Graph) -> None:
    """Check a graph against its shapes: evidence, domains, statuses."""
    with kg.open(graph) as opened:
        report = opened.validate()
    console.write(f"{report}\n")
    if not report.conforms:
        raise typer.Exit(console.FAILED)


def _parameters(given: list[str]) -> dict[str, str]:
    found = {}
    for entry in given:
        name, equals, value = entry.partition("=")
        if not equals or not name.isidentifier():
            raise typer.BadParameter(f"'{entry}' is not like who=Macron.")
        found[name] = value
    return found


def _of_some_time(named: str | None, days: list[str]) -> None:
    """Refuse a day that a query has no use for."""
    known = named_queries()
    if named not in known:
        return
    for name in days:
        if name not in known[named].parameters:
            able = ", ".join(query.name for query in known.values() if name in query.parameters)
            option = "--as-of" if name == "asof" else f"--{name}"
            raise typer.BadParameter(f"'{named}' has no {option}; these have: {able}.")


def _list_named() -> None:
    console.table(
        ("--named", "question", "--param"),
        (
            (query.name, query.question, ", ".join(f"{name}=..." for name in query.parameters))
            for query in named_queries().values()
        ),
    )


def _answer(found: Results, form: Form, names: dict[str, str]) -> None:
    """Print an answer; in a table for people, documents go by their ids."""
    if form is not Form.TABLE:
        console.write(found.serialize(form.value).decode())
    elif found.boolean is not None:
        console.write("yes\n" if found.boolean else "no\n")
    else:
        console.table(
            found.columns,
            [
                [names.get(str(row[name])) or found.display(row[name]) for name in found.columns]
                for row in found
            ],
        )
        console.say(f"[dim]{len(found)} row{'' if len(found) == 1 else 's'}[/]")
