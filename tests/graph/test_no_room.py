"""A full disk, one for reading only, a second writer: one sentence, and the graph as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from tests import crash

ROOT = Path(__file__).parents[2]
INTACT = ("documents", "files", "dump")


def command(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What builds said on a small disk, and how the graph was after each."""
    folder = tmp_path_factory.mktemp("small")
    python = (sys.executable, "-m", "tests.no_room", str(folder))
    done = command("unshare", "--user", "--map-root-user", "--mount", *python)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def state(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in INTACT}


def test_a_full_disk_is_said_and_nothing_is_lost(told: dict[str, dict[str, Any]]) -> None:
    full = [entry for name, entry in told.items() if name.startswith("full")]
    assert len(full) == 3
    for entry in full:
        assert entry["exit"] == 1
        assert entry["said"].splitlines()[-1].endswith("the disk is full; make room and try again")
        assert "Traceback" not in entry["said"]
        assert entry["left"] == []
        assert entry["files"] in (told["before"]["files"], told["whole"]["files"])
        assert 20 <= entry["documents"] <= 200
    assert [state(entry) for entry in full].count(state(told["before"])) >= 2


def test_with_room_again_the_build_goes_on(told: dict[str, dict[str, Any]]) -> None:
    again = [entry for name, entry in told.items() if name.startswith("room again")]
    assert [entry["exit"] for entry in again] == [0] * 3
    assert [state(entry) for entry in again] == [state(told["whole"])] * 3


def test_a_disk_for_reading_only_is_said_and_the_graph_is_read(
    told: dict[str, dict[str, Any]],
) -> None:
    for name in ("read-only", "new"):
        assert told[name]["exit"] == 1
        assert told[name]["said"].count("\n") == 1
        assert "cannot be written, the disk is mounted for reading only" in told[name]["said"]
        assert state(told[name]) == state(told["before"])


def test_a_second_writer_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    inputs = crash.write(tmp_path / "records.jsonl", crash.records(20))
    out = tmp_path / "g"
    with kg.open(out, create=True) as graph:
        graph.add(next(crash.records(1)))
        done = command(sys.executable, "-m", "kg", "build", str(inputs), "-o", str(out))
        assert done.returncode == 1
        assert done.stderr == (
            f"Error: {out / 'store'} is open in another process; close that one (or wait) "
            "and try again.\n"
        )
        assert len(graph.add(inputs).documents) == 19
    with kg.open(out) as graph:
        assert len(graph.graphs()) == 20
