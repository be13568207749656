"""What the documentation shows is true: README blocks run in order, docstring examples too."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

import kg
from kg.relations import parse

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
LANGUAGES = ("bash", "ipython", "python", "sparql", "text", "toml")
SPOKEN_OF = (
    "000_ccfa4a51f35b90bf", "2025-02-12_calls", "2025-02-15_munich", "2025-02-18_riyadh",
    "2025-02-27_washington", "2025-03-14_ottawa",
)  # fmt: skip
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = sorted(
    found.name for found in pkgutil.walk_packages(kg.__path__, "kg.") if found.name != "kg.__main__"
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its first line, its language, the words after it, and what it holds."""

    line: int
    language: str
    info: tuple[str, ...]
    content: str


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a Markdown text; each must name a language that is run."""
    opened: tuple[int, list[str]] | None = None
    content: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("```"):
            content.append(line)
        elif opened is None:
            opened, content = (number, line.removeprefix("```").split()), []
        else:
            start, words = opened
            if not words or words[0] not in LANGUAGES:
                raise ValueError(f"line {start}: a block is one of {', '.join(LANGUAGES)}")
            yield Block(start, words[0], tuple(words[1:]), "\n".join(content) + "\n")
            opened = None
    if opened:
        raise ValueError(f"line {opened[0]}: the block is never closed")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a fresh clone to someone who only uses the package.

    Of the articles only those are there that the README speaks of: it builds them four times.
    """
    folder = tmp_path_factory.mktemp("clone")
    (folder / "seeds").mkdir()
    for name in SPOKEN_OF:
        for file in (ROOT / "seeds").glob(f"{name}.*"):
            shutil.copy(file, folder / "seeds")
    return folder


class Reader:
    """Someone who types what the README shows, from top to bottom, in one folder."""

    def __init__(self, folder: Path, kernel: BlockingKernelClient, *programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.kernel = kernel
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.shown = ""

    def follow(self, block: Block) -> None:
        getattr(self, block.language)(block)

    def bash(self, block: Block) -> None:
        if "setup" in block.info:  # tests/run.sh runs the first of them, and is the second
            self.run("bash", "-n", "-c", block.content)
            for path in re.findall(r"(?<=bash )\S+\.sh", block.content):
                assert (ROOT / path).is_file(), f"README line {block.line}: no {path}"
        else:
            self.run("bash", "-euo", "pipefail", "-c", block.content)

    def run(self, *command: str) -> None:
        places = (*self.programs, Path(sys.executable).parent, os.environ["PATH"])
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": os.pathsep.join(map(str, places)),
                "NO_COLOR": "1",
                "COLUMNS": "100",
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.shown = done.stdout + done.stderr
        assert done.returncode == 0, self.shown

    def ipython(self, block: Block) -> None:
        """Run a cell of a notebook."""
        reply = self.kernel.execute_interactive(block.content, timeout=120)
        assert reply["content"]["status"] == "ok", f"README line {block.line}: {reply['content']}"

    def python(self, block: Block) -> None:
        if ">>>" in block.content:
            test = doctest.DocTestParser().get_doctest(
                block.content, self.names, "README.md", "README.md", block.line
            )
            run_examples(test, self.names)
        else:
            code = compile("\n" * block.line + block.content, "README.md", "exec")
            exec(code, self.names)  # what the README tells people to type

    def sparql(self, block: Block) -> None:
        (graph,) = self.folder.glob("*.kg")
        with kg.open(graph) as opened:
            assert len(opened.query(block.content)) > 0, f"README line {block.line}: no answer"

    def toml(self, block: Block) -> None:
        assert parse(block.content, "README.toml"), f"README line {block.line}: no entry"

    def text(self, block: Block) -> None:
        """Compare what the README shows with what the block before it gave; "..." is left out."""
        given = {" ".join(line.split()) for line in self.shown.splitlines()}
        for line in block.content.splitlines():
            plain = " ".join(line.split())
            assert plain in given | {"", "...", "…"}, f"README line {block.line}: {plain!r}"


def run_examples(test: doctest.DocTest, names: dict[str, Any]) -> None:
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert runner.failures == 0, "".join(report)


@pytest.fixture
def kernel(
    clone: Path, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BlockingKernelClient]:
    """What runs the cells of a notebook that lies in the clone."""
    monkeypatch.setenv("JUPYTER_PATH", str(warm))
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(clone))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


# The kernel warns of its own transport and of asyncio under pytest; neither is ours.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_readme_holds_from_top_to_bottom(
    clone: Path, kernel: BlockingKernelClient, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    reader = Reader(clone, kernel, warm)
    seen = set()
    for block in blocks(README.read_text(encoding="utf-8")):
        reader.follow(block)
        seen.add(block.language)
    assert seen >= {"bash", "ipython", "python", "sparql", "toml"}


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_hold(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("seeds", "tests/read/files"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    for test in doctest.DocTestFinder().find(importlib.import_module(name)):
        run_examples(test, {})


def wishes() -> list[str]:
    """Return what the "I want to ..." table of the README points at, between backticks."""
    text = README.read_text(encoding="utf-8")
    section = re.search(r"^#+ I want to.*?$(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)
    rows = re.findall(r"^\|(.*)\|$", section[1] if section else "", re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[-1])]


def test_every_wish_of_the_readme_has_a_place() -> None:
    assert wishes()
    for name in wishes():
        if name.startswith("kg "):
            command = name.split()[1]
            helped = subprocess.run(
                [sys.executable, "-m", "kg", command, "--help"], capture_output=True, check=False
            )
            assert helped.returncode == 0, name
        else:
            assert list(ROOT.glob(name.rstrip("/"))), name


def test_links_inside_the_repository_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#\s]+)", README.read_text(encoding="utf-8"))
    for link in links:
        if "://" not in link:
            assert (ROOT / link).exists(), link


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("```\nls\n```\n", "line 1: a block is one of bash, ipython, python"),
        ("a\n```ruby\nputs 1\n```\n", "line 2: a block is one of bash, ipython, python"),
        ("```bash\nls\n", "line 1: the block is never closed"),
    ],
)
def test_a_block_without_a_known_language_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        list(blocks(text))


def test_a_block_is_read_with_its_line_and_info() -> None:
    text = "# A\n\n```bash setup\npip install .\n```\n```toml\n[a]\n\nb = 1\n```\n"
    assert list(blocks(text)) == [
        Block(3, "bash", ("setup",), "pip install .\n"),
        Block(6, "toml", (), "[a]\n\nb = 1\n"),
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_reader_notices_what_is_not_so(tmp_path: Path, kernel: BlockingKernelClient) -> None:
    reader = Reader(tmp_path, kernel)
    reader.follow(Block(1, "bash", (), "echo  one; echo two >&2\n"))
    reader.follow(Block(2, "text", (), "one\n...\ntwo\n"))
    for wrong in (
        Block(3, "text", (), "three\n"),
        Block(4, "bash", (), "false\ntrue\n"),
        Block(5, "bash", ("setup",), "bash tests/nowhere.sh\n"),
        Block(6, "python", (), ">>> 1 + 1\n3\n"),
    ):
        with pytest.raises(AssertionError):
            reader.follow(wrong)
    reader.follow(Block(7, "python", (), "a = 1\n"))
    reader.follow(Block(8, "python", (), ">>> b = a + 1\n>>> b\n2\n"))
    reader.follow(Block(9, "python", (), "assert b == 2\n"))
