"""What a person sees of a run: done, rate, time to go and failures; nothing of a short one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import watch
from kg.cli.watch import Tally, watched
from kg.read.count import count
from kg.run.progress import FAILED, STORED, UNCHANGED
from tests import crash

ROOT = Path(__file__).parents[1]


class Clock:
    """Tells the time that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_to_go_are_of_what_was_worked_on() -> None:
    clock = Clock()
    tally = Tally(1000, clock)
    for _ in range(400):  # already in the graph: they take no time and tell nothing of the rest
        tally.add(UNCHANGED)
    assert str(tally) == "400 of 1,000 documents"
    for _ in range(100):
        clock.now += 0.6
        tally.add(STORED)
    tally.add(FAILED)
    assert tally.rate == pytest.approx(100, abs=2)
    assert str(tally).startswith("501 of 1,000 documents, ")
    assert str(tally).endswith(" a minute, 5 min to go, 1 failed")


def test_the_rate_is_that_of_late() -> None:
    clock = Clock()
    tally = Tally(None, clock)
    for _ in range(100):
        clock.now += 10
        tally.add(STORED)
    assert tally.rate == pytest.approx(6, abs=0.5)
    for _ in range(1000):
        clock.now += 1
        tally.add(STORED)
    assert tally.rate == pytest.approx(60, abs=1)
    assert str(tally) == "1,100 documents, 60 a minute"


def test_memory_of_a_tally_stays_flat() -> None:
    clock = Clock()
    tally = Tally(None, clock)
    for _ in range(20_000):
        clock.now += 0.5
        tally.add(STORED)
    assert len(tally._marks) < 200


def test_lines_now_and_then_where_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    inputs = [str(crash.write(tmp_path / "records.jsonl", crash.records(7)))]
    with watched(inputs) as watcher:
        watcher("d1", STORED)
    assert capsys.readouterr().err == ""  # a short run says nothing
    monkeypatch.setattr(watch, "EVERY", 0.0)
    with watched(inputs) as watcher:
        watcher("d1", "clauses")
        watcher("d1", STORED)
        watcher("d2", FAILED)
        watcher("", "files")
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "0 of 7 documents"
    assert said[1] == "1 of 7 documents"
    assert said[2].startswith("2 of 7 documents")
    assert said[2].endswith("1 failed")
    assert said[3] == "files ..."


def test_a_terminal_shows_how_it_goes(tmp_path: Path) -> None:
    """As a person sees it: a real build on a real terminal."""
    inputs = crash.write(tmp_path / "records.jsonl", crash.records(60))
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"}
    build = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(inputs), "-o", str(tmp_path / "g")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            read = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        seen += read
    os.close(ours)
    assert build.wait() == 0
    assert b"60 of 60 documents" in seen
    assert b"files" in seen


def test_how_many_documents_the_inputs_hold(tmp_path: Path) -> None:
    crash.write(tmp_path / "a.jsonl", crash.records(3))
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n\n  \n{"text": "y"}', encoding="utf-8")
    (tmp_path / "c.txt").write_text("Macron spoke.", encoding="utf-8")
    (tmp_path / "README.md").write_text("Not news.", encoding="utf-8")
    assert count([tmp_path]) == 3 + 2 + 1
    assert count([str(tmp_path / "*.jsonl"), tmp_path / "nowhere.txt"]) == 3 + 2 + 1
    assert count([tmp_path, "-"]) is None
