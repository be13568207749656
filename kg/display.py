"""What a notebook or a terminal shows in place of an object: plain text always, HTML where it can.

The lowest layer, because documents, answers, tables and graphs all show themselves the same way.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from itertools import islice

SHOWN = 50
"""Rows that a table shows of itself."""

WIDTH = 44
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


class Displayed:
    """An object with ``_repr_html_`` that is also readable where HTML is not.

    Examples
    --------
    >>> class Two(Displayed):
    ...     def __repr__(self):
    ...         return "2"
    ...     def _repr_html_(self):
    ...         return "<b>2</b>"
    >>> Two()._repr_mimebundle_()
    {'text/plain': '2', 'text/html': '<b>2</b>'}
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def _repr_plain_(self) -> str:
        return repr(self)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """Return what Jupyter asks for."""
        return bundle(self._repr_plain_, self._repr_html_, include, exclude)


def bundle(
    text: Callable[[], str],
    html: Callable[[], str],
    include: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
) -> dict[str, str]:
    """Return the ways to show something, each made only if somebody will look at it.

    Examples
    --------
    >>> bundle(lambda: "2", lambda: "<b>2</b>", include=("text/plain",))
    {'text/plain': '2'}
    """
    makers = {"text/plain": text, "text/html": html}
    wanted = (_looked_at() if include is None else set(include)) - set(exclude or ())
    return {kind: make() for kind, make in makers.items() if kind in wanted}


def _looked_at() -> set[str]:
    """Return what is shown where this runs: in a terminal with IPython, no HTML."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kinds = {"text/plain", "text/html"}
    return kinds & set(shell.display_formatter.active_types) if shell else kinds


def plain(value: object) -> str:
    r"""Return a value on one line, without the characters that steer a terminal or are not seen.

    Examples
    --------
    >>> plain(" two   wo\u00adrds\u202e"), plain(None)
    ('two words', '')
    """
    return "" if value is None else _BREAKS.sub(" ", _UNSEEN.sub("", str(value))).strip()


def counted(number: int, shown: int = SHOWN) -> str:
    """Say how many rows there are, and how many of them are shown.

    Examples
    --------
    >>> counted(1), counted(70)
    ('1 row', '70 rows, the first 50 shown')
    """
    rows = f"{number:,} row" + ("" if number == 1 else "s")
    return rows if number <= shown else f"{rows}, the first {shown} shown"


def text_table(columns: Sequence[str], rows: Sequence[Iterable[object]]) -> str:
    """Return rows in columns, the first of them, long cells cut; and how many there are.

    Examples
    --------
    >>> print(text_table(("who", "times"), [("Macron", 3), ("Scholz", 5)]))
    who     times
    Macron  3
    Scholz  5
    2 rows
    """
    lines = [tuple(columns), *(tuple(map(_cell, row)) for row in islice(rows, SHOWN))]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    drawn = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([*drawn, counted(len(rows))])


def html_table(columns: Sequence[str], rows: Sequence[Iterable[object]]) -> str:
    """Return rows as an HTML table, the first of them, and how many there are.

    Examples
    --------
    >>> "&lt;b&gt;" in html_table(("who",), [("<b>",)])
    True
    """
    head = "".join(f'<th style="text-align:left">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:left;vertical-align:top" dir="auto">{_marked(value)}</td>'
            for value in row
        )
        + "</tr>"
        for row in islice(rows, SHOWN)
    )
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{counted(len(rows))}</p>"
    )


def _cell(value: object) -> str:
    words = plain(value)
    return words if len(words) <= WIDTH else words[: WIDTH - 1] + "…"


def _marked(value: object) -> str:
    words = escape(plain(value))
    if re.fullmatch(r"https?://[^\s\"'<>]+", words):
        return f'<a href="{words}" rel="noopener">{words}</a>'
    return words
