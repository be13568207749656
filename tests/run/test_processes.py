"""Worker processes that are killed, hang, cannot start or lose their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import Failure, RunnerError, SourceError, TableError
from kg.model import Document
from kg.pipeline import Pipeline
from kg.run.processes import Processes
from kg.run.worker import Worker, packed
from tests.stages import Script

REMEDY = "try it alone: it may need more memory than there is, or cutting into parts"


@pytest.fixture
def script(tmp_path: Path) -> Script:
    return Script(tmp_path)


def texts(*words: str) -> list[Document]:
    return [Document(f"d{n}", text) for n, text in enumerate(words)]


def test_a_killed_workers_document_is_tried_again_in_a_new_one(script: Script) -> None:
    found = list(Processes(2).map(script, texts("go", "kill-once", "go", "go", "go")))
    assert [entry.id for entry in found if isinstance(entry, Document)] == [
        "d0", "d1", "d2", "d3", "d4",
    ]  # fmt: skip
    starts = script.starts()
    first, second = (pid for name, pid in starts if name == "d1")
    assert first != second
    assert len(starts) == 6  # nothing but that document was done again


def test_a_document_that_kills_twice_is_reported_and_the_rest_goes_on(script: Script) -> None:
    given = texts("go", "kill", "go", "exit", *["go"] * 6)
    found = list(Processes(2).map(script, given))
    assert found[1] == Failure(
        "d1", "worker", "ended its worker process (signal 9, SIGKILL), twice", REMEDY
    )
    assert found[3] == Failure(
        "d3", "worker", "ended its worker process (exit code 7), twice", REMEDY
    )
    assert sum(isinstance(entry, Document) for entry in found) == 8
    assert sum(name == "d1" for name, _ in script.starts()) == 2


@pytest.mark.parametrize("word", ["hang", "stuck"])
def test_a_document_that_never_ends_is_reported(script: Script, word: str) -> None:
    found = list(Processes(1, limit=0.3).map(script, texts("go", word, "hang-once", "go")))
    assert found[1] == Failure("d1", "worker", "was not done after 0.3 seconds, twice", REMEDY)
    assert [entry.id for entry in found if isinstance(entry, Document)] == ["d0", "d2", "d3"]


def test_workers_killed_at_any_moment_lose_nothing(script: Script) -> None:
    """Whoever shoots at the workers, at most costs time: all documents come out, in order."""
    given = texts(*["wait 0.02"] * 60)
    over = threading.Event()

    def shoot() -> None:
        shots = 0
        while not over.wait(0.25) and shots < 8:
            with suppress(OSError, IndexError):  # none has begun, or it is gone
                names = [name for name, _ in script.starts()]
                if names.count(names[-1]) == 1:  # a document that is hit twice is given up
                    os.kill(script.starts()[len(names) - 1][1], signal.SIGKILL)
                    shots += 1

    shooter = threading.Thread(target=shoot)
    shooter.start()
    try:
        found = list(Processes(2).map(script, given))
    finally:
        over.set()
        shooter.join()
    assert [entry.id if isinstance(entry, Document) else entry for entry in found] == [
        document.id for document in given
    ]


def test_what_a_worker_gives_has_no_working_layers(script: Script) -> None:
    (found,) = Processes(1).map(script, texts("go"))
    assert found == Document("d0", "go", "2025-02-17")


def test_a_worker_reads_the_tables_of_the_user(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_HOME", str(tmp_path))
    (found,) = Processes(1).map(script, texts("home"))
    assert isinstance(found, Document)
    assert found.date == str(tmp_path)
    worker = Worker(packed(script), environment={"KG_HOME": "elsewhere"})
    assert worker(Document("d", "home")) == Document("d", "home", "elsewhere")
    worker.close()


def test_what_keeps_a_worker_from_starting_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "mine.tsv").write_text("nonsense\n", encoding="utf-8")
    monkeypatch.setenv("KG_HOME", str(tmp_path))
    with pytest.raises(TableError, match="has no column 'name'"):
        list(Processes(1).map(Pipeline.default(), texts("Macron spoke.")))


def test_a_pipeline_that_cannot_be_handed_over_is_refused() -> None:
    with pytest.raises(RunnerError, match=r"cannot be handed to other processes .* one worker"):
        list(Processes(2).map(lambda document: document, texts("go")))


def test_no_workers_are_no_runner() -> None:
    with pytest.raises(SourceError, match="workers: 0 is too few; give at least 1"):
        Processes(0)


def test_a_closed_worker_starts_no_process(script: Script) -> None:
    worker = Worker(packed(script))
    worker.close()
    with pytest.raises(RunnerError, match="was closed"):
        worker(Document("d", "go"))


RUN = """
import signal
import sys
from pathlib import Path
from kg.model import Document
from kg.run.processes import Processes
from tests.stages import Script

{guard}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts us may ignore it
    script = Script(Path(sys.argv[1]), ballast="more than a pipe holds " * 100_000)
    texts = [Document(f"d{{n}}", text) for n, text in enumerate(sys.argv[2:])]
    for found in Processes(2).map(script, texts):
        print(found, flush=True)
"""


def program(tmp_path: Path, *words: str, guarded: bool = True) -> subprocess.Popen[str]:
    file = tmp_path / "run.py"
    guard = 'if __name__ == "__main__":' if guarded else "if True:"
    file.write_text(RUN.format(guard=guard), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(file), str(tmp_path), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def gone(pid: int) -> bool:
    """Tell whether a process has ended (or is a zombie that nobody has fetched yet)."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def until(condition: object, seconds: float = 20) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("how", "word"),
    [(signal.SIGINT, "hang"), (signal.SIGTERM, "go"), (signal.SIGKILL, "hang")],
)
def test_workers_never_outlive_their_parent(
    script: Script, tmp_path: Path, how: signal.Signals, word: str
) -> None:
    parent = program(tmp_path, "hang", word, word)
    # One of them hangs; which of the two begins first, and with how much, is its own affair.
    until(lambda: (tmp_path / "starts").exists() and len({pid for _, pid in script.starts()}) == 2)
    pids = {pid for _, pid in script.starts()}
    if how == signal.SIGINT:
        os.killpg(parent.pid, how)  # as a terminal does: to us and the workers
    else:
        os.kill(parent.pid, how)
    _, said = parent.communicate(timeout=20)
    assert len(pids) == 2
    until(lambda: all(map(gone, pids)))
    if how == signal.SIGINT:
        assert said.count("Traceback") == 1  # that of the parent; the workers say nothing


def test_a_script_without_its_guard_is_told_so(tmp_path: Path) -> None:
    """A worker imports the script that started it; without the guard it would start it again."""
    parent = program(tmp_path, "go", guarded=False)
    _, said = parent.communicate(timeout=60)
    assert parent.returncode == 1
    assert 'put what your script does below: if __name__ == "__main__":' in said.splitlines()[-1]
    assert said.count("Traceback") == 1  # that of the parent
