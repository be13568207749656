"""``kg path``: how two are connected, as a person or a script meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kg
from kg.cli.app import app
from tests.networks import Told, document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("path") / "news.kg"
    made = document(
        Told("Anna", "Boris", date="2025-02-17", score=0.9),
        Told("Carla", "Boris", "criticized"),
        Told("Anna", "Oz", "holdsPosition"),
        Told("Carla", "Oz", "holdsPosition"),
        Told("Anna", "Dora", status="planned"),
    )
    with kg.build(made, out=where):
        return where


def path(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["path", str(folder), *words])


def test_a_path_is_told_step_by_step_with_the_words_for_each(folder: Path) -> None:
    found = path(folder, "anna", "Carla")
    assert found.exit_code == 0
    assert found.stdout == (
        "1\n"
        "  Anna – met with – Boris, 2025-02-17\n"
        "    “Anna and in d Boris”\n"
        "    d, 90 % likely right by 1 independent source\n"
        "  Carla – criticized – Boris\n"
        "    “Carla and in d Boris”\n"
        "    d, over 99 % likely right by 1 independent source\n"
    )
    assert "The shortest path between Anna and Carla, the first of 2 steps" in found.stderr


def test_other_relations_and_types_are_other_paths(folder: Path) -> None:
    everything = path(folder, "Anna", "Carla", "--relation", "all").stdout
    assert everything.count("holds position") == 2
    assert "Boris" not in path(folder, "Anna", "Carla", "--relation", "role").stdout
    none = path(folder, "Anna", "Carla", "--relation", "meeting")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "No path connects Anna and Carla" in none.stderr
    assert path(folder, "Anna", "Carla", "--since", "2025-03").stdout == ""


def test_plans_join_where_they_are_asked_for(folder: Path) -> None:
    none = path(folder, "Anna", "Dora")
    assert none.stdout == ""
    advice = " ".join(none.stderr.split())
    assert "with the relation 'all'" in advice
    assert "or with the status 'planned' beside 'actual'" in advice
    planned = path(folder, "Anna", "Dora", "--status", "actual", "--status", "planned").stdout
    assert planned.startswith("1\n  Anna – met with – Dora\n")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["Ana", "Carla"], 1, "There is no entity called 'Ana'; did you mean 'Anna'?"),
        (["Anna", "Anna"], 2, "Anna and Anna are one; name two"),
        (["Anna", "Carla", "--relation", "meetin"], 2, "did you mean 'meeting'?"),
        (["Anna", "Carla", "--status", "done"], 2, "There is no status called 'done'"),
        (["Anna", "Carla", "--via", "People"], 2, "There is no type called 'People'"),
        (["Anna", "Carla", "--since", "soon"], 2, "'soon' is no day"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    folder: Path, words: list[str], code: int, sentence: str
) -> None:
    found = path(folder, *words)
    assert (found.exit_code, found.stdout) == (code, "")
    assert sentence in found.stderr
    assert "Traceback" not in found.stderr
