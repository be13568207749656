"""The command `read`: what a reader makes of an input, and which kinds of input there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg.annotate.language import detected, named
from kg.cli import console, ended
from kg.cli.make import AllowPrivate, AnyInputs, Refresh
from kg.display import plain
from kg.errors import Failure, MissingExtra
from kg.model import Document
from kg.pipeline import unread_language
from kg.read import Web
from kg.read import read as read_all
from kg.read.kinds import KINDS, Kind, endings
from kg.read.through import reader_of
from kg.record import to_line
from kg.registry import COMPONENTS, plugged

SHOWN = 10
"""So many documents are shown if nothing else is asked for."""

_LETTERS = 240  # of the beginning of a text
_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Form(StrEnum):
    """What documents may be printed as."""

    CARD = "card"
    TEXT = "text"
    JSON = "json"


def read(
    inputs: AnyInputs = None,
    *,
    form: Annotated[
        Form,
        typer.Option("--as", metavar="FORM", help="card; text, whole; json: records, one a line."),
    ] = Form.CARD,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help=f"Show N documents at most; of cards {SHOWN}."),
    ] = None,
    allow_private: AllowPrivate = False,
    refresh: Refresh = False,
) -> None:
    """Show what is read from an input (text, title, day, source) without building anything.

    Without INPUT: the kinds of input there are, and what each needs.
    """
    if not inputs:
        _kinds()
        return
    most = limit or (SHOWN if form is Form.CARD else None)
    show, failures, found = _FORMS[form], list[Failure](), 0
    for each in read_all(inputs, web=Web(private=allow_private, refresh=refresh)):
        if isinstance(each, Failure):
            failures.append(each)
            continue
        found += 1
        if most is None or found <= most:
            show(each)
    if most is not None and found > most:
        console.say(f"[dim]and {found - most:,} more; --limit N shows more of them[/]")
    ended.failed(failures)
    if failures:
        raise typer.Exit(console.PARTLY if found else console.FAILED)


def _card(document: Document) -> None:
    """Print what is known of a document, and how its text begins."""
    source, reading = document.source, document.reading
    rows = [
        ("title", source.title if source else None),
        ("author", source.author if source else None),
        ("publisher", source.publisher if source else None),
        ("date", document.date or "none is told; give it in NAME.meta.toml"),
        ("address", source.url if source else None),
        ("licence", source.licence if source else None),
        ("language", _language(document)),
        ("length", _length(document)),
        ("read from", reading.where if reading else None),
        ("read as", "; ".join((reading.reader, *reading.notes)) if reading else None),
        ("begins", _beginning(document.text)),
    ]
    drawn = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    drawn.add_column(style="dim" if console.out().is_terminal else "", no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, told in rows:
        if told:
            drawn.add_row(f"  {name}", Text(plain(told)))
    out = console.out()
    out.print(Text(plain(document.id), "bold"))
    console.show(drawn, out)
    console.write("\n")


def _text(document: Document) -> None:
    """Print a text as it is, or harmless for the terminal it goes to."""
    terminal = console.out().is_terminal
    words = _STEERS.sub(_spelt, document.text) if terminal else document.text
    console.write(words if words.endswith("\n") else words + "\n")


def _json(document: Document) -> None:
    console.write(to_line(document) + "\n")


_FORMS: dict[Form, Callable[[Document], None]] = {
    Form.CARD: _card,
    Form.TEXT: _text,
    Form.JSON: _json,
}


def _language(document: Document) -> str:
    found = detected(document.text) or document.language
    if found is None:
        return "too few words to tell; read as English"
    kept = unread_language(document.but(language=found))
    return f"{kept}; kept without facts, as only English is read" if kept else named(found)


def _length(document: Document) -> str:
    words = len(document.text.split())
    paragraphs = len([part for part in re.split(r"\n\s*\n", document.text) if part.strip()])
    told = [_counted(words, "word"), _counted(paragraphs, "paragraph")]
    return ", ".join([*told, *([_counted(len(document.pages), "page")] if document.pages else [])])


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _beginning(text: str) -> str:
    """Return the first words of a text; what steers a terminal is spelt out."""
    words = plain(_STEERS.sub(_spelt, text[: 4 * _LETTERS].lstrip()))
    return words if len(words) <= _LETTERS else words[:_LETTERS].rpartition(" ")[0] + " …"


def _spelt(found: re.Match[str]) -> str:
    return "" if found[0] == "\r" else f"<U+{ord(found[0]):04X}>"


def _kinds() -> None:
    """List the kinds of input, and which of them can be read as things are."""
    rows = [(kind.reader, " ".join(kind.endings), _needs(kind)) for kind in KINDS]
    known = {ending for kind in KINDS for ending in kind.endings}
    rows += [(name[1:], name, "your own") for name in sorted(endings() - known)]
    console.table(("kind", "names end in", "needs"), rows)
    console.say(
        "[dim]What a file is is told by its first bytes and its name. Folders, patterns, http:// "
        "and https:// addresses and - (standard input) are read too.[/]"
    )
    if missing := _missing():
        console.say(f"Not installed: [cyan]{escape(missing)}[/]")


def _needs(kind: Kind) -> str:
    extra = f"news-kg[{kind.extra}]" if kind.extra else ""
    return f"{extra}, not installed" if extra and not _is_there(kind) else extra


def _missing() -> str:
    extras = sorted({kind.extra for kind in KINDS if kind.extra and not _is_there(kind)})
    return f"pip install 'news-kg[{','.join(extras)}]'" if extras else ""


def _is_there(kind: Kind) -> bool:
    if kind.reader not in {*COMPONENTS["readers"], *plugged("readers")}:
        return False
    try:
        reader_of(kind)
    except MissingExtra:
        return False
    return True
