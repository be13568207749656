"""A real Dask scheduler with two workers, some of which are killed, alien or missing."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure, RunnerError, WrongValue
from kg.model import Document
from kg.run import cluster
from kg.run.cluster import Cluster
from tests.machines import Machines
from tests.stages import Script

REMEDY = "try it alone: it may need more memory than there is, or cutting into parts"


@pytest.fixture
def script(tmp_path: Path) -> Script:
    return Script(tmp_path)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    with Machines(tmp_path) as started:
        yield started


def test_a_machine_that_is_lost_in_mid_run_costs_nothing(
    machines: Machines, script: Script
) -> None:
    """Its documents are worked on elsewhere: nothing is lost and nothing comes twice."""
    first, _ = machines.worker(), machines.worker()
    given = [Document(f"d{n}", "wait 0.05") for n in range(60)]
    found: list[str] = []
    for entry in Cluster(machines.scheduler).map(script, given):
        assert isinstance(entry, Document), entry
        found.append(entry.id)
        if len(found) == 15:
            first.kill()
    assert found == [document.id for document in given]
    assert first.wait() == -signal.SIGKILL
    starts = script.starts()
    assert len({pid for _, pid in starts}) == 2  # both had a process, and only one each
    assert len(starts) <= len(given) + 2  # what the lost one had in hand was begun again


def test_a_document_that_kills_twice_takes_no_machine_with_it(
    machines: Machines, script: Script
) -> None:
    workers = [machines.worker(), machines.worker()]
    words = ["go", "kill", "hang", "raise no", "kill-once", *["go"] * 10]
    given = [Document(f"d{n}", text) for n, text in enumerate(words)]
    found = list(Cluster(machines.scheduler, limit=2).map(script, given))
    assert found[1] == Failure(
        "d1", "worker", "ended its worker process (signal 9, SIGKILL), twice", REMEDY
    )
    assert found[2] == Failure("d2", "worker", "was not done after 2 seconds, twice", REMEDY)
    assert isinstance(found[3], Failure)
    assert sum(isinstance(entry, Document) for entry in found) == len(given) - 3
    assert [worker.poll() for worker in workers] == [None, None]
    assert sum(name == "d1" for name, _ in script.starts()) == 2


def test_the_users_tables_reach_the_machines(
    machines: Machines, script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home" / "kb").mkdir(parents=True)
    (tmp_path / "home" / "kb" / "mine.tsv").write_text("name\ttype\n", encoding="utf-8")
    monkeypatch.setenv("KG_HOME", str(tmp_path / "home"))
    machines.worker()
    found = Cluster(machines.scheduler).map(script, [Document("d", "home")])
    document = next(found)
    assert isinstance(document, Document)
    there = Path(str(document.date))
    assert there != tmp_path / "home"
    assert (there / "kb" / "mine.tsv").read_text(encoding="utf-8") == "name\ttype\n"
    assert list(found) == []
    deadline = time.monotonic() + 10
    while there.exists():  # the run is over, so its tables are taken away again
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_where_no_scheduler_is(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_REACH", 1)
    with pytest.raises(RunnerError, match=r"no Dask scheduler answers there .*dask scheduler"):
        list(Cluster("tcp://127.0.0.1:1").map(script, [Document("d", "go")]))


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "ftp://127.0.0.1:1", "tcp://127.0.0.1", "127.0.0.1:8786", "tcp://a:1/../x"],
)
def test_what_is_no_address_of_a_scheduler_is_refused_at_once(address: str) -> None:
    with pytest.raises(WrongValue, match="is no address of a Dask scheduler; give one like tcp:"):
        Cluster(address)


def test_a_scheduler_without_workers(
    machines: Machines, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_JOIN", 1)
    with pytest.raises(RunnerError, match=r"has had no worker for 1 seconds; start some with"):
        list(Cluster(machines.scheduler).map(script, [Document("d", "go")]))


def test_a_machine_without_kg(machines: Machines, script: Script, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    hidden = "raise ModuleNotFoundError(\"No module named 'kg'\")\n"
    (tmp_path / "bare" / "kg.py").write_text(hidden, encoding="utf-8")
    machines.worker(path=str(tmp_path / "bare"))
    problem = r"its workers cannot run kg .*No module named 'kg'.*on every machine"
    with pytest.raises(RunnerError, match=problem):
        list(Cluster(machines.scheduler).map(script, [Document("d", "go")]))


def test_a_machine_with_another_version(machines: Machines, script: Script, tmp_path: Path) -> None:
    ours, other = Path(cluster.__file__).parents[1], tmp_path / "other" / "kg"
    other.mkdir(parents=True)
    for entry in ours.iterdir():
        if entry.name != "version.py":
            (other / entry.name).symlink_to(entry)
    (other / "version.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    machines.worker(path=str(other.parent))
    with pytest.raises(RunnerError, match=r"has kg 0\.0\.1, here it is .*the same versions"):
        list(Cluster(machines.scheduler).map(script, [Document("d", "go")]))


def test_a_scheduler_that_goes_away(
    machines: Machines, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_REACH", 2)
    machines.worker()
    found = Cluster(machines.scheduler).map(script, [Document(f"d{n}", "go") for n in range(500)])
    next(found)
    machines.end_scheduler()
    with pytest.raises(RunnerError, match="the scheduler went away"):
        list(found)
