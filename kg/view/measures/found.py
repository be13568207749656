"""What a measure returns: a table with names and evidence that can be drawn on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar, overload

from kg.display import plain
from kg.view.marks import Marks
from kg.view.table import Table

if TYPE_CHECKING:
    from pandas import DataFrame

Row = TypeVar("Row", bound=tuple[Any, ...])
Draw = Callable[[Marks], str]


class Found(Table[Row]):
    """Rows that an analysis found.

    Attributes
    ----------
    about
        What was measured, by which definition, on which facts.
    figures
        Numbers about the whole, like how many entities and ties there were.
    marks
        What the page draws of it.

    Examples
    --------
    >>> found = Found(("name",), [("Macron",)], about="One man.", marks=Marks("One man."))
    >>> found
    name
    Macron
    1 row. One man.
    """

    def __init__(
        self,
        columns: Iterable[str],
        rows: Iterable[Row],
        *,
        about: str,
        marks: Marks,
        figures: Mapping[str, float] | None = None,
        draw: Draw | None = None,
    ) -> None:
        super().__init__(columns, rows)
        self.about, self.marks, self._draw = about, marks, draw
        self.figures = dict(figures or {})

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Found[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Found[Row]:
        """Return one row, or a table of some of them; the marks stay those of all."""
        if isinstance(index, slice):
            return Found(
                self.columns,
                self._rows[index],
                about=self.about,
                marks=self.marks,
                figures=self.figures,
                draw=self._draw,
            )
        return self._rows[index]

    def page(self) -> str:
        """Return the interactive page of the graph with these marks drawn on it.

        For only a part of the graph, give the table to it: ``g.page(marks=table, since=...)``.
        """
        assert self._draw is not None, "a graph made it"
        return self._draw(self.marks)

    def to_dataframe(self) -> DataFrame:
        """Return the rows as a pandas DataFrame, with ``about`` and ``figures`` in its ``attrs``.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        frame = super().to_dataframe()
        frame.attrs = {"about": self.about, "figures": dict(self.figures)}
        return frame

    def __repr__(self) -> str:
        return f"{super().__repr__()}. {plain(self.about)}"

    def _repr_html_(self) -> str:
        return f"{super()._repr_html_()}<p>{escape(plain(self.about))}</p>"
