"""One contract for whatever takes documents through a pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kg.contracts import Runner
from kg.errors import Failure
from kg.model import Document
from kg.registry import COMPONENTS, component
from kg.run import cluster, processes
from tests.machines import Machines
from tests.stages import Script

SETTINGS = {"serial": {}, "processes": {"workers": 2, "limit": 30.0}, "cluster": {"limit": 30.0}}
AHEAD = {"serial": 0, "processes": 2 * processes.AHEAD, "cluster": cluster.WINDOW}


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with Machines(tmp_path_factory.mktemp("machines")) as started:
        started.worker()
        started.worker()
        yield started


@pytest.fixture(params=list(COMPONENTS["runners"]))
def runner(request: pytest.FixtureRequest) -> Runner:
    settings: dict[str, Any] = dict(SETTINGS[request.param])
    if request.param == "cluster":
        settings["scheduler"] = request.getfixturevalue("machines").scheduler
    found: Runner = component("runners", request.param, **settings)
    return found


@pytest.fixture
def script(tmp_path: Path) -> Script:
    return Script(tmp_path)


def texts(*words: str) -> list[Document | Failure]:
    return [Document(f"d{n}", text) for n, text in enumerate(words)]


def test_a_runner_follows_the_protocol(runner: Runner) -> None:
    assert isinstance(runner, Runner)
    assert type(runner).__name__.lower() == runner.name


def test_results_come_in_the_order_of_the_input(runner: Runner, script: Script) -> None:
    given = texts("wait 0.4", *["go"] * 9)
    found = list(runner.map(script, given))
    assert [(entry.id, entry.date) for entry in found if isinstance(entry, Document)] == [
        (f"d{n}", "2025-02-17") for n in range(10)
    ]
    assert sorted(name for name, _ in script.starts()) == [f"d{n}" for n in range(10)]


def test_a_failure_takes_the_place_of_its_document(runner: Runner, script: Script) -> None:
    unread = Failure("a.txt", "read", "is empty", "fill it")
    given = [*texts("go", "raise no", "stage", "odd"), unread, *texts("go")]
    first, second, third, fourth, fifth, sixth = runner.map(script, given)
    assert isinstance(first, Document)
    assert second == Failure(
        "d1",
        "pipeline",
        "ZeroDivisionError: no",
        "this is a defect in the stage; please report it",
    )
    assert third == Failure("d2", "clauses", "no root")
    assert isinstance(fourth, Failure) == (runner.name != "serial")
    assert fifth is unread
    assert isinstance(sixth, Document)


def test_documents_are_read_only_as_they_are_needed(runner: Runner, script: Script) -> None:
    """However many there are, a bounded number of them is in memory."""
    drawn = 0

    def endless() -> Iterator[Document]:
        nonlocal drawn
        while True:
            drawn += 1
            yield Document(f"d{drawn}", "go")

    found = runner.map(script, endless())
    for taken in range(1, 41):
        next(found)
        assert drawn <= taken + AHEAD[runner.name]
    close = getattr(found, "close")  # noqa: B009  # an iterator need not have it, a generator does
    close()


def test_nothing_in_nothing_out(runner: Runner, script: Script) -> None:
    assert list(runner.map(script, [])) == []


def test_progress_hears_of_every_document(runner: Runner, script: Script) -> None:
    heard: list[str] = []
    given = texts("go", "go", "go")
    list(runner.map(partial(script), given, progress=lambda name, _: heard.append(name)))
    assert heard in (["d0", "d1", "d2"], [])  # a pipeline of one's own has no stages to tell of
