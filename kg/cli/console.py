"""Two streams: results to standard output, everything said about them to standard error."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import ParamSpec

import typer
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.display import plain
from kg.errors import KGError, UnknownName, WrongValue

P = ParamSpec("P")

DONE, FAILED, USAGE, PARTLY = 0, 1, 2, 3
STOPPED = 130
WORD = 16
"""Letters of a word that a column is not made narrower than, so that it is not broken."""

SENTENCE = 40
"""Letters of a cell from which on it may stand on lines of its own."""

EVERYTHING = 1_000_000
"""Columns of a table that goes to a file or another program: nothing is cut or wrapped."""


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Return the command with one sentence and an exit code for whatever it raises."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _warn
                command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            _let_go_of_output()  # `kg query ... | head`: whoever read has seen enough
            raise typer.Exit(DONE) from None
        except KeyboardInterrupt:
            raise typer.Exit(STOPPED) from None
        except (typer.Exit, typer.BadParameter):
            raise
        except KGError as error:
            _debug(error)
            complain(str(error))
            raise typer.Exit(USAGE if _is_wrong_usage(error) else FAILED) from None
        except OSError as error:
            _debug(error)
            _let_go_of_output()
            what = f"{error.filename}: " if error.filename else ""
            complain(f"{what}cannot be read or written ({error.strerror or error}).")
            raise typer.Exit(FAILED) from None
        except Exception as error:
            _debug(error)
            complain(
                f"This is a defect in kg ({type(error).__name__}: {error}); please report it to "
                "the project with what KG_DEBUG=1 shows."
            )
            raise typer.Exit(FAILED) from None

    return run


def _is_wrong_usage(error: KGError) -> bool:
    """Tell whether the words of the command are wrong, whatever is in the graph."""
    if isinstance(error, UnknownName):
        return error.kind.startswith(
            ("format", "query", "parameter", "status", "relation", "type", "view")
        )
    return isinstance(error, WrongValue)


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """Say what a warning says, without the line of code that it comes from."""
    err().print(Text.assemble(("Warning: ", "bold yellow"), plain(str(message))))


def _debug(error: Exception) -> None:
    if os.environ.get("KG_DEBUG") == "1":
        raise error


def _let_go_of_output() -> None:
    """Let what Python still writes to standard output at its end go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # standard output is no real file, so there is nothing to let go of
        return


def out() -> Console:
    """Return standard output; a table that does not go to a terminal is as wide as it needs."""
    console = Console(highlight=False, soft_wrap=False)
    return console if console.is_terminal else Console(highlight=False, width=EVERYTHING)


def err() -> Console:
    """Return standard error; a sentence that does not go to a terminal stays on one line."""
    console = Console(stderr=True, highlight=False)
    wide = Console(stderr=True, highlight=False, width=EVERYTHING)
    return console if console.is_terminal else wide


def write(words: str) -> None:
    """Write a result to standard output as it is."""
    sys.stdout.write(words)


def say(words: str = "") -> None:
    """Say something to the person at the terminal, in rich's markup."""
    err().print(words)


def complain(words: str) -> None:
    """Say in one sentence what is wrong."""
    err().print(Text.assemble(("Error: ", "bold red"), plain(words)))


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, heading: bool = True
) -> None:
    """Print rows to standard output.

    Parameters
    ----------
    columns
        Headings.
    rows
        Cells of any kind; control characters are taken out, long ones wrap between words.
    heading
        Whether to show the headings.
    """
    cells = [
        [value if isinstance(value, Text) else Text(plain(value)) for value in row] for row in rows
    ]
    console = out()
    if not console.is_terminal:
        _table_for_a_pipe(columns if heading else None, cells)
        return
    if lines := _stacked(columns, cells, console.width):
        for line in lines:
            console.print(line)
        return
    drawn = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=heading
    )
    for at, column in enumerate(columns):
        words = [word for row in cells for word in row[at].plain.split()]
        longest = max(map(len, [*words, column]))
        drawn.add_column(column, min_width=min(longest, WORD), overflow="fold")
    for row in cells:
        drawn.add_row(*row)
    console.print(drawn)


def _table_for_a_pipe(columns: Sequence[str] | None, rows: Sequence[Sequence[Text]]) -> None:
    """Write a line for each row, nothing cut; a long cell shifts only its own line."""
    lines = [[cell.plain for cell in row] for row in rows]
    lines = [[*columns], *lines] if columns else lines
    widths = [max(cell_len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (
            cell + " " * (min(width, SENTENCE) - cell_len(cell))
            for cell, width in zip(line, widths, strict=True)
        )
        write("  ".join(padded).rstrip() + "\n")


def _stacked(
    columns: Sequence[str], rows: Sequence[Sequence[Text]], width: int
) -> list[RenderableType]:
    """Return a table with its sentences on lines of their own, if that is how it fits.

    Columns on the right that do not fit either stand on one line below the sentences.
    """
    widths = [
        max([len(column), *(row[at].cell_len for row in rows)]) for at, column in enumerate(columns)
    ]
    above = [at for at, needed in enumerate(widths) if needed <= SENTENCE]
    sentences = [at for at in range(len(columns)) if at not in above]
    if sum(widths) + 2 * len(widths) <= width or not sentences:
        return []
    below: list[int] = []
    while above and sum(widths[at] + 2 for at in above) > width:
        below.insert(0, above.pop())
    if len(above) < 2:
        return []
    lines: list[RenderableType] = [
        _line([Text(columns[at], "bold") for at in above], widths, above)
    ]
    for row in rows:
        lines.append(_line([row[at] for at in above], widths, above))
        under = [row[at].plain for at in sentences]
        under.append(" · ".join(row[at].plain for at in below if row[at].plain))
        lines += [Padding(Text(words, "dim"), (0, 0, 0, 2)) for words in under if words]
    return lines


def _line(cells: Sequence[Text], widths: Sequence[int], columns: Sequence[int]) -> Text:
    line = Text(no_wrap=True)
    for cell, at in zip(cells, columns, strict=True):
        line.append_text(cell).append(" " * (widths[at] + 2 - cell.cell_len))
    line.rstrip()
    return line


def show(drawn: Table, console: Console) -> None:
    """Print a drawn table; without trailing spaces where it does not go to a terminal."""
    if console.is_terminal:
        console.print(drawn)
        return
    with console.capture() as capture:
        console.print(drawn)
    for line in capture.get().splitlines():
        console.file.write(line.rstrip() + "\n")
