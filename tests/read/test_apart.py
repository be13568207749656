"""What is read apart costs its own document, whatever happens there."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read.apart import Apart
from kg.read.kinds import Kind
from kg.resource import Resource

HOME = Path(__file__).parent
GOOD = Resource.of(b"Macron spoke.", "good.txt")
TEXT = Kind("text")

# Readers of a package of their own, as others' parsers would misbehave.
BEHAVIOUR = """
import ctypes, os, pickle, socket, subprocess, time
from dataclasses import dataclass
from pathlib import Path
from kg.model import Document

@dataclass(frozen=True)
class Odd:
    name = "odd"

    def __call__(self, resource):
        what = resource.data().decode()
        if what == "many":
            for number in range(1000):
                yield Document(str(number), "word " * 1000)
        elif what == "hang":
            time.sleep(600)
        elif what == "crash":
            ctypes.string_at(0)
        elif what == "leave":
            os._exit(3)
        elif what == "fill":
            held = [bytearray(1 << 28) for _ in range(64)]
        elif what == "raise":
            raise KeyError("x" * 1000)
        elif what == "connect":
            socket.create_connection(("127.0.0.1", 9))
        elif what == "run":
            subprocess.run(["true"])
        elif what == "write":
            Path("{folder}/written").write_text("x")
        elif what == "unpickle":
            pickle.loads(b"cos\\nsystem\\n(S'true'\\ntR.")
        yield Document("d", "Done.")
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kind]:
    folder = tmp_path_factory.mktemp("package")
    (folder / "odd_reader.py").write_text(BEHAVIOUR.replace("{folder}", str(folder)))
    told = folder / "odd_reader-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-reader\nVersion: 1\n")
    (told / "entry_points.txt").write_text("[kg.readers]\nodd = odd_reader:Odd\n")
    before = os.environ.get("PYTHONPATH")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield Kind("odd", (".odd",), apart=True)
    assert os.environ.get("PYTHONPATH") == before
    assert not (folder / "written").exists()


def asked(what: str) -> Resource:
    return Resource.of(what.encode(), "it.odd")


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        ("crash", "ended the process that read it (signal 11)"),
        ("leave", "ended the process that read it (exit code 3)"),
        ("hang", "was not read within 2 seconds"),
    ],
)
def test_a_reader_that_ends_or_hangs_costs_one_document(odd: Kind, what: str, problem: str) -> None:
    with Apart(seconds=2) as apart:
        with pytest.raises(SourceError) as refused:
            list(apart(asked(what), odd))
        assert (refused.value.where, refused.value.problem) == ("it.odd", problem)
        (document,) = apart(GOOD, TEXT)
        assert isinstance(document, Document) and document.text == "Macron spoke."


def test_more_than_its_memory_is_refused_and_the_next_is_read(odd: Kind) -> None:
    with Apart(seconds=60) as apart:
        (failure,) = apart(asked("fill"), odd)
        assert getattr(failure, "problem", "") == "needs more memory than there is"
        assert [type(found) for found in apart(GOOD, TEXT)] == [Document]


def test_what_a_parser_raises_is_told_shortly(odd: Kind) -> None:
    with Apart() as apart:
        (failure,) = apart(asked("raise"), odd)
        assert getattr(failure, "problem", "").startswith("cannot be read (KeyError: ")
        assert len(failure.problem) < 200  # type: ignore[union-attr]


def test_it_neither_connects_nor_runs_nor_writes_nor_unpickles(odd: Kind) -> None:
    with Apart() as apart:
        for what in ("connect", "run", "write", "unpickle"):
            (failure,) = apart(asked(what), odd)
            assert "a reader may not" in getattr(failure, "problem", ""), what


def test_who_stops_listening_leaves_no_thread_and_no_process(odd: Kind) -> None:
    before = threading.active_count()
    with Apart() as apart:
        found = apart(asked("many"), odd)
        assert isinstance(next(found), Document)
        found.close()  # type: ignore[attr-defined]
        assert threading.active_count() == before
        assert [type(one) for one in apart(GOOD, TEXT)] == [Document]
    assert threading.active_count() == before
