"""A build with workers: the same graph as without, and it goes on where it was killed."""

from __future__ import annotations

import os
import time
from itertools import permutations
from pathlib import Path

import pytest

import kg
from kg.errors import SourceError
from kg.model import Document
from kg.run import runner
from tests import crash
from tests.machines import Machines

NAMES = ("Emmanuel Macron", "Donald Trump", "Keir Starmer", "Olaf Scholz", "Giorgia Meloni")
PAIRS = list(permutations(NAMES, 2))
COUNT = len(PAIRS)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for number, (one, other) in enumerate(PAIRS):
        text = f"{one} met {other} in Paris on 17 February 2025. Report {number}.\n"
        (folder / f"a{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def content(folder: Path) -> list[bytes]:
    return [
        (folder / name).read_bytes() for name in ("documents.jsonl", "graph.trig", "report.json")
    ]


def children(pid: int) -> set[int]:
    """Return the processes that a process has started."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, NotADirectoryError):
            continue
        if fields[0] != "Z" and int(fields[1]) == pid:
            found.add(int(entry.name))
    return found


def test_a_killed_build_with_workers_goes_on(articles: Path, tmp_path: Path) -> None:
    """What is in the graph is skipped before a worker gets it; no worker stays behind."""
    with kg.build(articles, out=tmp_path / "alone") as alone:
        assert len(alone.relations("metWith")) == COUNT
    out, told = tmp_path / "out", tmp_path / "told"
    build = crash.started(articles, out, told, workers=2)
    end = time.monotonic() + 120
    stored: set[str] = set()
    while not stored:
        assert time.monotonic() < end
        time.sleep(0.05)
        if (out / "store" / "CURRENT").exists():
            with kg.open(out) as graph:
                stored = set(graph.graphs())
    workers = children(build.pid or 0)
    build.kill()
    build.join()
    assert len(workers) >= 2
    while any(os.path.exists(f"/proc/{pid}") for pid in workers):  # noqa: PTH110
        assert time.monotonic() < end
        time.sleep(0.02)
    with kg.open(out) as graph:
        stored = set(graph.graphs())
        report = graph.add(articles)
    assert set(report.unchanged) == stored
    assert len(report.documents) == COUNT - len(stored)
    assert content(out) == content(tmp_path / "alone")


def test_workers_or_a_scheduler_but_not_both() -> None:
    with pytest.raises(SourceError, match="give one of them"):
        runner(2, "tcp://127.0.0.1:8786")
    with pytest.raises(SourceError, match="0 is too few"):
        runner(0)


def test_extract_all_keeps_the_order(articles: Path) -> None:
    one, two = (list(kg.extract_all(articles, workers=workers)) for workers in (1, 2))
    records = [found.to_json() for found in two if isinstance(found, Document)]
    assert records == [found.to_json() for found in one if isinstance(found, Document)]
    assert [record["id"] for record in records] == [f"a{number:02}" for number in range(COUNT)]


def test_a_cluster_builds_the_same_graph(articles: Path, tmp_path: Path) -> None:
    few = sorted(articles.iterdir())[:4]
    with Machines(tmp_path) as machines:
        machines.worker()
        with kg.build(*few, out=tmp_path / "far", scheduler=machines.scheduler) as far:
            assert len(far.relations("metWith")) == 4
    kg.build(*few, out=tmp_path / "near").close()
    assert content(tmp_path / "far") == content(tmp_path / "near")
