"""The command `eval`: predictions beside gold."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

import kg
from kg.cli import console
from kg.cli.know import OwnLexicon
from kg.config import lexicon_from
from kg.display import plain
from kg.evaluate import CAUSES, compare
from kg.evaluate.report import Sheet, heading, mistakes_by_class, sheets


class Gold(StrEnum):
    """The kinds of gold."""

    ARTICLES = "articles"
    RECORDS = "records"
    CHALLENGE = "challenge"
    PAIRS = "pairs"


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated records: file, folder.")],
    pred: Annotated[Path, typer.Argument(metavar="PRED", help="Records to judge: file, folder.")],
    *,
    errors: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="Show N mistakes of each class, with the sentences."),
    ] = 0,
    kind: Annotated[
        Gold | None,
        typer.Option(
            "--as", metavar="KIND", help="articles, records, challenge, pairs; told by GOLD itself."
        ),
    ] = None,
    types: Annotated[
        str | None,
        typer.Option(metavar="TYPES", help="Of records: only these entities, like Person,Country."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as JSON, for a program.")
    ] = False,
    lexicon: OwnLexicon = None,
) -> None:
    """Compare document records with gold: precision, recall, F1, and why relations are wrong.

    --errors reads the texts of articles and cases once more, to tell what a missed relation
    lacked: a clause, a slot or an entry of the lexicon.
    """
    known = lexicon_from(lexicon)
    result = compare(
        gold,
        pred,
        kind=kind.value if kind else None,
        types=[name.strip() for name in types.split(",")] if types else None,
        lexicon=known,
        analyse=kg.Pipeline.default(known) if errors else None,
    )
    if as_json:
        console.write(json.dumps(result.to_json(), indent=1, ensure_ascii=False) + "\n")
        return
    console.write(heading(result) + "\n")
    for sheet in sheets(result):
        _draw(sheet)
    if errors:
        _errors(mistakes_by_class(result), errors)


def _draw(sheet: Sheet) -> None:
    """Draw a table: figures to the right, the ones that matter most in bold, counts dim."""
    out = console.out()
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    drawn.add_column(sheet.title, style="cyan" if out.is_terminal else "", min_width=30)
    for number, column in enumerate(sheet.columns, 1):
        words = sheet.words and number == len(sheet.columns)
        drawn.add_column(
            column, justify="left" if words else "right", style=_style(column), no_wrap=not words
        )
    for row in sheet.rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    console.write("\n")
    console.show(drawn, out)


def _style(column: str) -> str:
    if column in ("F1", "macro-F1", "right", "%"):
        return "bold"
    return "dim" if column in ("tp", "fp", "fn", "neutral", "in relations", "cases") else ""


def _errors(found: dict[str, list[str]], most: int) -> None:
    out = console.out()
    for title, entries in found.items():
        out.print()
        meaning = CAUSES.get(title.partition(": ")[2])
        counted = f"{title}, {min(most, len(entries))} of {len(entries)}"
        out.print(Text.assemble((counted, "bold"), (f" ({meaning})" if meaning else "", "dim")))
        for words in entries[:most]:
            head, _, sentence = plain(words).partition(" -- ")
            out.print(Text.assemble(head, ("  " + sentence, "dim") if sentence else ""))
