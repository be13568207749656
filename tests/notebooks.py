"""Run the notebooks: compare what they show with what they keep, or keep it anew.

``python tests/notebooks.py`` tells what differs, ``--update`` keeps it, ``NAME...`` chooses.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
PICTURES = ("image/png", "image/svg+xml")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
SECONDS = 300  # for the slowest cell on a machine that does other things as well


def paths(*names: str) -> list[Path]:
    """Return the notebooks whose names start with one of these; by default all."""
    return [path for path in sorted(FOLDER.glob("*.ipynb")) if path.name.startswith(names or "")]


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def executed(path: Path) -> tuple[Any, list[str]]:
    """Return a notebook with the output of a fresh run, and the files that it left behind.

    It runs in a folder like its own, from which ``../seeds`` is where it is, so that a run which
    breaks off leaves nothing in this one.
    """
    notebook = read(path)
    with tempfile.TemporaryDirectory() as room:
        (Path(room) / "seeds").symlink_to(FOLDER.parent / "seeds")
        here = Path(room) / "notebooks"
        here.mkdir()
        NotebookClient(
            notebook,
            timeout=SECONDS,
            startup_timeout=SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": str(here)}},
        ).execute()
        return notebook, sorted(file.name for file in here.iterdir())


def tidied(notebook: Any) -> Any:
    """Return a notebook without what differs from run to run and tells a reader nothing."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = nbformat.from_dict(
            {key: value for key, value in cell.metadata.items() if key == "tags"}
        )
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
            for output in cell.outputs:
                if "image/png" in output.get("data", {}):
                    output.data["image/png"] = smaller(output.data["image/png"])
    return notebook


def smaller(png: str) -> str:
    """Return a picture in base64 with 256 colours: plots look the same in a third of the size."""
    drawn = BytesIO()
    with Image.open(BytesIO(b64decode(png))) as picture:
        picture.convert("RGB").quantize(256, kmeans=1).save(drawn, "PNG", optimize=True)
    return b64encode(drawn.getvalue()).decode()


def joined(outputs: list[Any]) -> list[Any]:
    """Put together what was printed: where a stream is cut depends on the machine's mood."""
    whole: list[Any] = []
    for output in outputs:
        same = bool(whole) and output.output_type == "stream" == whole[-1].output_type
        if same and output.name == whole[-1].name:
            whole[-1] = whole[-1].copy()
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def shown(notebook: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return source and output of each code cell, as it should be the same on every machine.

    Text and tables are compared letter by letter. Of a picture only that it is there: fonts and
    versions draw it differently. Of a page only that it is there: it has tests of its own.
    """
    return [
        (cell.source, [said for output in joined(cell.outputs) for said in told(output)])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def told(output: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and words of everything that an output has."""
    if output.output_type == "stream":
        yield output.name, output.text
    elif output.output_type == "error":
        yield "error", f"{output.ename}: {output.evalue}"
    else:
        for kind, data in sorted(output.data.items()):
            if kind in PICTURES:
                yield kind, "a picture"
            elif kind == "text/html":
                yield kind, "a page" if "<iframe" in data else data
            elif kind.startswith("text/"):
                yield kind, data


def difference(kept: Any, fresh: Any) -> str:
    """Say line by line what a fresh run shows that the kept output does not; "" if nothing."""
    lines = [
        [
            line
            for number, (source, outputs) in enumerate(shown(notebook))
            for text in (source, *(f"{kind}: {words}" for kind, words in outputs))
            for line in (f"cell {number}", *text.splitlines())
        ]
        for notebook in (kept, fresh)
    ]
    return "\n".join(difflib.unified_diff(*lines, "kept", "fresh", lineterm="", n=1))


MACHINE = re.compile(
    r"/(?:tmp|home|root|Users|opt|var|usr)/\w"  # a folder of the machine it ran on
    r"|\bat 0x[0-9a-f]{6,}"  # the address of an object
    r"|site-packages|ipykernel_\d"
    r"|\b\d+(?:\.\d+)? ?(?:ms|µs|seconds)\b"  # how long something took
)


def machine_marks(notebook: Any) -> list[str]:
    """Return what in the output of a notebook is of one machine or one run only."""
    return [
        found
        for _, outputs in shown(notebook)
        for kind, words in outputs
        for found in MACHINE.findall(words)
    ]


def main() -> int:
    """Run, compare or keep; the number of notebooks that differ is the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    options.add_argument("names", nargs="*", metavar="NAME", help="how they start, like 02")
    options.add_argument("--update", action="store_true", help="keep what they show")
    given = options.parse_args()
    different = 0
    for path in paths(*given.names):
        notebook, left = executed(path)
        fresh = tidied(notebook)
        change = difference(read(path), fresh)
        different += bool(change)
        print(path.name, "differs" if change else "shows what it says", *left)
        if given.update:
            nbformat.write(fresh, path)  # type: ignore[no-untyped-call]
        elif change:
            print(change)
    return 0 if given.update else different


if __name__ == "__main__":
    sys.exit(main())
