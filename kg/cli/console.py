"""Two streams: results to standard output, everything said about them to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import ParamSpec

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg.errors import Failure, KGError, UnknownName
from kg.view.table import plain

P = ParamSpec("P")

DONE, FAILED, USAGE, PARTLY = 0, 1, 2, 3
STOPPED = 130
EVERYTHING = 1_000_000
"""Columns of a table that goes to a file or another program: nothing is cut or wrapped."""


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Return the command with one sentence and an exit code for whatever it raises."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            # `kg query ... | head`: whoever read has seen enough. Python flushes once more at
            # its end, and that has to go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(DONE) from None
        except KeyboardInterrupt:
            raise typer.Exit(STOPPED) from None
        except (typer.Exit, typer.BadParameter):
            raise
        except KGError as error:
            _debug(error)
            complain(str(error))
            wrong_usage = isinstance(error, UnknownName) and "format" in error.kind
            raise typer.Exit(USAGE if wrong_usage else FAILED) from None
        except Exception as error:
            _debug(error)
            complain(
                f"This is a defect in kg ({type(error).__name__}: {error}); please report it to "
                "the project with what KG_DEBUG=1 shows."
            )
            raise typer.Exit(FAILED) from None

    return run


def _debug(error: Exception) -> None:
    if os.environ.get("KG_DEBUG") == "1":
        raise error


def out() -> Console:
    """Return standard output; a table that does not go to a terminal is as wide as it needs."""
    console = Console(highlight=False, soft_wrap=False)
    return console if console.is_terminal else Console(highlight=False, width=EVERYTHING)


def err() -> Console:
    """Return standard error."""
    return Console(stderr=True, highlight=False)


def write(words: str) -> None:
    """Write a result to standard output as it is."""
    sys.stdout.write(words)


def say(words: str = "") -> None:
    """Say something to the person at the terminal, in rich's markup."""
    err().print(words, soft_wrap=True)


def complain(words: str) -> None:
    """Say in one sentence what is wrong."""
    err().print(Text.assemble(("Error: ", "bold red"), plain(words)), soft_wrap=True)


def failed(failures: Sequence[Failure]) -> None:
    """List what failed, with what to do about it."""
    if not failures:
        return
    say(f"[bold red]Failed[/] ({len(failures)})")
    for failure in failures:
        stage = "" if failure.stage == "read" else f" [dim](stage {escape(failure.stage)})[/]"
        words = escape(plain(failure.problem))
        remedy = f"; {escape(plain(failure.remedy))}" if failure.remedy else ""
        say(f"  [bold]{escape(plain(failure.where))}[/]{stage}: {words}{remedy}")


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    styles: dict[str, dict[str, str]] | None = None,
) -> None:
    """Print rows to standard output.

    Parameters
    ----------
    columns
        Headings.
    rows
        Cells of any kind; control characters are taken out, long ones wrap.
    styles
        For a column, the style of each value it may have.
    """
    drawn = Table(
        box=None, pad_edge=False, header_style="bold", show_edge=False, padding=(0, 2, 0, 0)
    )
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        cells = [
            Text(plain(value), (styles or {}).get(column, {}).get(str(value), ""))
            for column, value in zip(columns, row, strict=True)
        ]
        drawn.add_row(*cells)
    show(drawn)


def show(drawn: Table) -> None:
    """Print a drawn table to standard output; without trailing spaces where it goes to a file."""
    console = out()
    if console.is_terminal:
        console.print(drawn)
        return
    with console.capture() as capture:
        console.print(drawn)
    write("".join(line.rstrip() + "\n" for line in capture.get().splitlines()))
