"""What a run tells of its inputs: stored, replaced, unchanged, repeated or failed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.errors import RunnerError
from kg.model import Document
from kg.run import cluster
from tests import crash


@dataclass(frozen=True)
class Mood:
    """A pipeline that fails on a text that says so and finds nothing in any other."""

    def __call__(self, document: Document) -> Document:
        if document.text.startswith("fail"):
            raise ValueError("as told")
        return document


def test_every_input_comes_to_one_end(tmp_path: Path) -> None:
    heard: list[tuple[str, str]] = []
    first, second = list(crash.records(3)), list(crash.records(3, edition=2))
    with kg.open("memory:", pipeline=Mood()) as graph:
        graph.add(*first)
        again = first[2].but(id="again")
        bad, text = Document("bad", "fail"), Document("text", "Nothing.")
        report = graph.add(
            second[0], first[1], first[2], again, bad, text,
            progress=lambda *said: heard.append(said),
        )  # fmt: skip
        known = sorted(graph.graphs())
    assert known == ["r000", "r001", "r002", "text"]
    assert [outcome.id for outcome in report.documents] == ["r000", "text"]
    assert report.replaced == ("r000",)
    assert report.unchanged == ("r001", "r002")
    assert [(repeat.id, repeat.same_text_as) for repeat in report.repeats] == [("again", "r002")]
    assert [failure.where for failure in report.failures] == ["bad"]
    assert sorted(heard) == [
        ("", "files"), ("", "who is who"), ("again", "repeated"), ("bad", "failed"),
        ("r000", "stored"), ("r001", "unchanged"), ("r002", "unchanged"), ("text", "stored"),
    ]  # fmt: skip


def test_the_command_tells_of_what_it_replaced(tmp_path: Path) -> None:
    inputs, out = tmp_path / "records.jsonl", str(tmp_path / "g")
    for edition in (1, 2):
        crash.write(inputs, crash.records(3, edition=edition))
        done = CliRunner().invoke(app, ["build", str(inputs), "-o", out])
        assert done.exit_code == 0
        assert ("3 documents took the place of an older text" in done.stderr) == (edition == 2)


def test_where_no_worker_can_be_had_the_graph_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_REACH", 1)
    out, article = tmp_path / "g", tmp_path / "a.txt"
    article.write_text("Emmanuel Macron met Olaf Scholz.", encoding="utf-8")
    with kg.open(out, create=True) as graph:
        graph.add(*crash.records(2))
        before = graph.dump()
        with pytest.raises(RunnerError, match="no Dask scheduler answers there"):
            graph.add(article, scheduler="tcp://127.0.0.1:1")
        assert graph.dump() == before
    words = ["build", str(article), "-o", str(out), "--scheduler", "tcp://127.0.0.1:1"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "no Dask scheduler answers there" in done.stderr
    assert done.stderr.count("\n") == 1
    assert CliRunner().invoke(app, [*words, "--workers", "2"]).exit_code == 2
    assert CliRunner().invoke(app, ["build", str(article), "--workers", "0"]).exit_code == 2
