"""Rows to look at: plain text in a terminal, HTML in a notebook, a pandas DataFrame to work on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kg.display import Displayed, html_table, text_table
from kg.errors import MissingExtra

if TYPE_CHECKING:
    from pandas import DataFrame

Row = TypeVar("Row", bound=tuple[Any, ...])


class Table(Displayed, Sequence[Row], Generic[Row]):
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

    def to_csv(self) -> str:
        """Return all rows as CSV, with no cell that a spreadsheet would run as a formula.

        Examples
        --------
        >>> print(Table(("who", "said"), [("Macron", "=1+1")]).to_csv(), end="")
        who,said
        Macron,'=1+1
        """
        from kg.view.export import safe_cell  # noqa: PLC0415  # networkx takes a while to load

        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([safe_cell("" if v is None else v) for v in row] for row in self._rows)
        return file.getvalue()

    def __repr__(self) -> str:
        return text_table(self.columns, self._rows)

    def _repr_html_(self) -> str:
        return html_table(self.columns, self._rows)
