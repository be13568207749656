"""Notebooks run, and show what they showed when they were written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def shown(notebook: Any) -> list[tuple[str, str]]:
    """Return source and plain text of every code cell; pages and tables in HTML say the same."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            texts = [
                output.get("text") or output.get("data", {}).get("text/plain", "")
                for output in cell.outputs
            ]
            cells.append((cell.source, "".join(texts)))
    return cells


# The kernel warns of its own transport and of asyncio under pytest; neither is ours.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_shows_what_it_says(path: Path) -> None:
    kept = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    NotebookClient(
        fresh,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    assert shown(fresh) == shown(kept)


def test_there_is_a_first_notebook() -> None:
    assert "01_first_graph" in [path.stem for path in NOTEBOOKS]
