"""``kill -9`` at any moment of a build: the next one goes on, and nothing shows in the result."""

from __future__ import annotations

import json
import random
import shutil
import time
from pathlib import Path
from typing import NamedTuple

import pytest

import kg
from kg.store.disk import UNFINISHED
from tests import crash

COUNT = 60
FILES = ("documents.jsonl", "graph.trig", "page.html", "report.json")
KILLS, IN_A_ROW = 20, 5


class Whole(NamedTuple):
    """What an undisturbed build gives, and the seconds it takes."""

    inputs: Path
    folder: Path
    seconds: float


def content(folder: Path) -> dict[str, bytes]:
    """Return everything that a graph is for whoever uses it."""
    found = {name: (folder / name).read_bytes() for name in FILES}
    with kg.open(folder) as graph:
        return found | {"dump": graph.dump()}


def finished(inputs: Path, out: Path, told: Path) -> dict[str, int]:
    """Build to the end; return the numbers of documents stored, unchanged and failed."""
    process = crash.started(inputs, out, told)
    process.join()
    assert process.exitcode == 0
    counts: dict[str, int] = json.loads(told.read_text(encoding="utf-8"))
    return counts


def killed(inputs: Path, out: Path, seconds: float) -> bool:
    """Begin a build and kill it after so many seconds; tell whether it was still at work."""
    process = crash.started(inputs, out, out.with_suffix(".told"))
    time.sleep(seconds)
    process.kill()
    process.join()
    return process.exitcode != 0


def ids(folder: Path) -> set[str]:
    """Return the documents that are in a graph, if there is one yet."""
    if not (folder / "store").is_dir():
        return set()
    with kg.open(folder) as graph:
        return set(graph.graphs())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    inputs = crash.write(folder / "records.jsonl", crash.records(COUNT))
    few = crash.write(folder / "few.jsonl", crash.records(5))
    finished(few, folder / "warm", folder / "told")  # starts and loads what is to be forked
    begun = time.monotonic()
    assert finished(inputs, folder / "out", folder / "told")["stored"] == COUNT
    return Whole(inputs, folder / "out", time.monotonic() - begun)


@pytest.fixture(scope="module")
def second(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The same graph after a build in which half of the documents have another text."""
    folder = tmp_path_factory.mktemp("second")
    inputs = crash.write(folder / "records.jsonl", crash.records(COUNT // 2, edition=2))
    shutil.copytree(whole.folder, folder / "out")
    begun = time.monotonic()
    assert finished(inputs, folder / "out", folder / "told")["stored"] == COUNT // 2
    return Whole(inputs, folder / "out", time.monotonic() - begun)


def test_killed_twenty_times_it_ends_as_if_undisturbed(
    whole: Whole, second: Whole, tmp_path: Path
) -> None:
    draw, told = random.Random(20), tmp_path / "told"
    everything = {f"r{number:03}" for number in range(COUNT)}
    expected = {whole: content(whole.folder), second: content(second.folder)}
    kills, partly, filed = 0, 0, 0
    for chain in range(3 * KILLS):
        aim, out = (whole, second)[chain % 2], tmp_path / f"g{chain}"
        if aim is second:
            shutil.copytree(whole.folder, out)
        for _ in range(IN_A_ROW):
            before = ids(out)
            if not killed(aim.inputs, out, draw.uniform(0, aim.seconds)):
                break  # that time it came to its end
            kills += 1
            stored = ids(out)
            assert before <= stored <= everything
            partly += 0 < len(stored) < COUNT
            filed += aim is whole and stored == everything
            for name in FILES[:-1]:  # written at the end, each whole or not at all
                written = (out / name).read_bytes() if (out / name).exists() else None
                assert written in (None, *(known[name] for known in expected.values()))
        stored = ids(out)
        counts = finished(aim.inputs, out, told)
        assert counts["failed"] == 0
        if aim is whole:  # what was stored before a kill is not done again, but for what was
            assert counts["unchanged"] + counts["stored"] == COUNT  # being stored at that moment
            assert 0 <= len(stored) - counts["unchanged"] <= crash.AT_ONCE
        assert content(out) == expected[aim]
        if kills >= KILLS and partly and filed:
            break
    assert kills >= KILLS
    assert partly
    assert filed


@pytest.mark.parametrize("seconds", [0.02, 0.05, 0.08, 0.11, 0.14, 0.2])
def test_killed_while_the_store_is_made(seconds: float, tmp_path: Path) -> None:
    """There is a whole store or none, and nothing stands in the way of the next build."""
    process = crash.making(tmp_path / "g" / "store")
    time.sleep(seconds)
    process.kill()
    process.join()
    with kg.open(tmp_path / "g", create=True) as graph:
        assert list(graph.documents()) == []
        graph.add(*crash.records(1))
        assert [document.id for document in graph.documents()] == ["r000"]
    assert not (tmp_path / "g" / UNFINISHED).exists()
