"""Lines are sorted the same whether they fit in memory or wait in files."""

from __future__ import annotations

import gc
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.sorting import in_order

LINES = st.lists(
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12).map(
        lambda text: text + "\n"
    )
)


@given(LINES, st.integers(1, 60))
def test_any_lines_come_out_sorted(lines, run):
    assert list(in_order(lines, run=run)) == sorted(lines)


@given(LINES, st.integers(1, 60))
def test_lines_of_one_key_keep_their_order(lines, run):
    assert list(in_order(lines, key=len, run=run)) == sorted(lines, key=len)


def test_no_file_stays_behind_when_the_reader_goes_away(tmp_path: Path):
    lines = in_order((f"{n}\n" for n in range(1_000)), room=tmp_path, run=100)
    assert next(lines) == "0\n"
    lines.close()
    gc.collect()
    assert list(tmp_path.iterdir()) == []
