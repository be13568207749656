"""Rows to look at: plain text in a terminal, HTML in a notebook, a pandas DataFrame to work on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kg.errors import MissingExtra

if TYPE_CHECKING:
    from pandas import DataFrame

Row = TypeVar("Row", bound=tuple[Any, ...])

SHOWN = 50
"""Rows that a table shows of itself; all are there by number and by iteration."""

WIDTH = 44
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class Table(Sequence[Row], Generic[Row]):
    """Rows with named columns: index it, iterate over it, or make a DataFrame of it.

    Examples
    --------
    >>> Table(("who", "times"), [("Macron", 3), ("Scholz", 5)])
    who     times
    Macron  3
    Scholz  5
    2 rows
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[Row]) -> None:
        self.columns = tuple(columns)
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Table[Row]:
        """Return one row, or a table of some of them."""
        if isinstance(index, slice):
            return Table(self.columns, self._rows[index])
        return self._rows[index]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows."""
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        """Tell whether another table, or a list, has the same rows."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # equal to lists, which have none either

    def column(self, name: str) -> list[Any]:
        """Return the values of one column.

        Examples
        --------
        >>> Table(("who", "times"), [("Macron", 3)]).column("who")
        ['Macron']
        """
        at = self.columns.index(name)
        return [row[at] for row in self._rows]

    def to_dataframe(self) -> DataFrame:
        """Return the rows as a pandas DataFrame.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise MissingExtra("to_dataframe()", "pandas") from None
        frame: DataFrame = pandas.DataFrame(list(self._rows), columns=list(self.columns))
        return frame

    def __repr__(self) -> str:
        shown = [tuple(_cell(value) for value in row) for row in self._rows[:SHOWN]]
        lines = [self.columns, *shown]
        widths = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        drawn = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([*drawn, self._count()])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f'<td style="text-align:left">{_marked(value)}</td>' for value in row)
            + "</tr>"
            for row in self._rows[:SHOWN]
        )
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{self._count()}</p>"
        )

    def _count(self) -> str:
        rows = f"{len(self)} row" + ("" if len(self) == 1 else "s")
        return rows if len(self) <= SHOWN else f"{rows}, the first {SHOWN} shown"


def plain(value: object) -> str:
    """Return a value on one line, without the characters that steer a terminal.

    Examples
    --------
    >>> plain(" two   words"), plain(None)
    ('two words', '')
    """
    return "" if value is None else _BREAKS.sub(" ", str(value)).strip()


def _cell(value: object) -> str:
    words = plain(value)
    return words if len(words) <= WIDTH else words[: WIDTH - 1] + "…"


def _marked(value: object) -> str:
    words = escape(plain(value))
    if re.fullmatch(r"https?://[^\s\"'<>]+", words):
        return f'<a href="{words}" rel="noopener">{words}</a>'
    return words
