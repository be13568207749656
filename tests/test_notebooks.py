"""Notebooks run, show what they showed when they were written, and can be read without running."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests.notebooks import FOLDER, difference, executed, machine_marks, paths, read, told

NOTEBOOKS = paths()
NAMES = (
    "01_first_graph",
    "02_sparql_from_zero",
    "03_a_week_of_diplomacy",
    "04_your_own_relation",
    "05_many_documents",
    "06_graph_to_pandas_and_plots",
)
PICTURES = {"03_a_week_of_diplomacy": 2, "06_graph_to_pandas_and_plots": 4}
LARGEST, ALL_TOGETHER = 700_000, 3_000_000  # bytes: a code host renders no notebook much larger


# The kernel warns of its own transport and of asyncio under pytest; neither is ours.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_says_and_leaves_nothing_behind(
    path: Path, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_PATH", str(warm))
    fresh, left = executed(path)
    assert difference(read(path), fresh) == "", f"python tests/notebooks.py {path.stem}"
    assert left == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_can_be_read_without_running_it(path: Path) -> None:
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert notebook.cells[0].source.startswith("# ")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        for output in cell.outputs:
            kinds = dict(told(output))
            assert "error" not in kinds
            if "raises-exception" not in cell.metadata.get("tags", ()):
                assert "stderr" not in kinds, kinds["stderr"]
            if kinds.get("text/html") == "a page":  # a code host shows no frames
                assert "<img " in output.data["text/html"]
    assert machine_marks(notebook) == []
    drawn = [kind for cell in code for output in cell.outputs for kind in dict(told(output))]
    assert drawn.count("image/png") == PICTURES.get(path.stem, 0)


def test_the_notebooks_are_there_and_small_enough_to_be_shown() -> None:
    assert tuple(path.stem for path in NOTEBOOKS) == NAMES
    sizes = [path.stat().st_size for path in NOTEBOOKS]
    assert max(sizes) < LARGEST
    assert sum(sizes) < ALL_TOGETHER


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_of_a_notebook_lead_somewhere(path: Path) -> None:
    texts = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    links = [link for text in texts for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text)]
    assert [link for link in links if not (FOLDER / link).exists() and "://" not in link] == []


def test_a_changed_output_is_told_and_a_redrawn_picture_is_not() -> None:
    kept, fresh = read(NOTEBOOKS[0]), read(NOTEBOOKS[0])
    assert difference(kept, fresh) == ""
    printed = next(
        output
        for cell in fresh.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream"
    )
    printed.text = printed.text.replace("1 document", "2 documents")
    printed.text += "and more\n"
    assert "+and more" in difference(kept, fresh)


def test_where_a_stream_is_cut_makes_no_difference() -> None:
    def printed(*texts: str) -> NotebookNode:
        outputs = [new_output("stream", name="stdout", text=text) for text in texts]
        return new_notebook(cells=[new_code_cell("print()", outputs=outputs)])

    assert difference(printed("one\ntwo\n"), printed("one\n", "two\n")) == ""
    assert "-two" in difference(printed("one\ntwo\n"), printed("one\n"))
