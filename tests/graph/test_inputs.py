"""``report.json`` tells of every input of the last build; what failed can be taken up again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model import Document, Entity, Mention, Span
from tests import crash


@dataclass(frozen=True)
class Mood:
    """A pipeline that fails on a text that says so; of others it finds the first word."""

    def __call__(self, document: Document) -> Document:
        if document.text.startswith("fail"):
            raise ValueError("as told")
        if document.text.startswith("Le roi"):
            return document.but(language="fr")
        word = document.text.split()[0]
        entity = Entity("e1", "Person", word, (Mention(Span(0, len(word))),))
        return document.but(entities=(entity,))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def inputs(folder: str = "g") -> list[tuple[Any, ...]]:
    """Return input, place, id and outcome of all that a report tells of."""
    told = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))["inputs"]
    return [(entry["input"], entry["where"], entry["id"], entry["outcome"]) for entry in told]


def entry(where: str, folder: str = "g") -> dict[str, Any]:
    """Return what a report tells of one place."""
    told = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))["inputs"]
    (found,) = [entry for entry in told if entry["where"] == where]
    return dict(found)


def write(**texts: str) -> None:
    for name, text in texts.items():
        Path(f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_every_input_is_listed_in_its_order(workers: int) -> None:
    write(a="Macron left.", b="fail", c="Le roi est mort.", d="Macron left.", e=" ")
    Path("more").mkdir()
    Path("more/f.txt").write_text("Scholz left.", encoding="utf-8")
    with kg.open("g", pipeline=Mood(), create=True) as graph:
        given = [Document("own", "Trump left."), *map("{}.txt".format, "abcde"), "more", "x.txt"]
        report = graph.add(*given, workers=workers)
    assert inputs() == [
        ("", "own", "own", "stored"),
        ("a.txt", "a.txt", "a", "stored"),
        ("b.txt", "b.txt", "b", "failed"),
        ("c.txt", "c.txt", "c", "not extracted"),
        ("d.txt", "d.txt", "d", "repeated"),
        ("e.txt", "e.txt", None, "failed"),
        ("more/f.txt", "more/f.txt", "f", "stored"),
        ("x.txt", "x.txt", None, "failed"),
    ]
    assert entry("b.txt")["reason"] == "ValueError: as told"
    assert entry("c.txt")["reason"].startswith("is in ")
    assert entry("d.txt")["reason"] == "is the same text as a, which stands for both"
    assert entry("a.txt")["reader"] == "text"
    assert entry("x.txt")["remedy"] == "check the path"
    assert [(one.id, one.language) for one in report.kept] == [("c", "fr")]
    assert {failure.where: failure.input for failure in report.failures} == {
        "b": "b.txt", "e.txt": "e.txt", "x.txt": "x.txt",
    }  # fmt: skip


def test_a_second_build_lists_the_same() -> None:
    """What a run that goes on after a crash finds there already is told as if it were new."""
    crash.write(Path("r.jsonl"), crash.records(3))
    kg.build("r.jsonl", out="g").close()
    before = Path("g/report.json").read_bytes()
    graph = kg.build("r.jsonl", out="g")
    assert graph.report.unchanged == ("r000", "r001", "r002")
    assert Path("g/report.json").read_bytes() == before
    assert [(id, end) for _, _, id, end in inputs()] == [
        (f"r00{number}", "stored") for number in range(3)
    ]
