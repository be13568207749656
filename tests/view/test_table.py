"""Rows as text, as HTML and as a DataFrame."""

from __future__ import annotations

import sys

import pytest

from kg.display import SHOWN
from kg.errors import MissingExtra
from kg.view.table import Table

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\nnext"


def test_a_table_is_a_sequence_of_rows() -> None:
    table = Table(("who", "times"), [("Macron", 3), ("Scholz", 5)])
    assert len(table) == 2
    assert table[0] == ("Macron", 3)
    assert table[1:] == [("Scholz", 5)]
    assert table.column("times") == [3, 5]
    assert isinstance(table[:1], Table)
    assert ("Scholz", 5) in table


def test_a_long_table_shows_its_start_and_says_so() -> None:
    table = Table(("n",), [(n,) for n in range(SHOWN + 1)])
    lines = repr(table).splitlines()
    assert lines[-1] == f"{SHOWN + 1} rows, the first {SHOWN} shown"
    assert len(lines) == SHOWN + 2
    assert len(table.to_dataframe()) == SHOWN + 1


def test_a_hostile_cell_is_harmless() -> None:
    table = Table(("words",), [(HOSTILE,)])
    assert "<script" not in table._repr_html_()
    assert "&lt;script&gt;" in table._repr_html_()
    assert repr(table).count("\n") == 2
    assert "\x1b" not in repr(table)
    assert "\u202e" not in repr(table)


def test_addresses_are_links_and_nothing_else_is() -> None:
    html = Table(("a", "b"), [("https://example.org/x?a=1&b=2", "javascript:alert(1)")])
    assert '<a href="https://example.org/x?a=1&amp;b=2" rel="noopener">' in html._repr_html_()
    assert html._repr_html_().count("<a ") == 1


def test_without_pandas_a_data_frame_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pip install 'pandas'"):
        Table(("a",), []).to_dataframe()
