"""``report.json`` tells of every input of the last build; what failed can be taken up again."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import SourceError
from kg.graph import earlier, files
from kg.model import Document, Entity, Mention, Span
from kg.run.report import Input, Report
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


def retried(*given: str, folder: str = "g") -> Report:
    with kg.open(folder, pipeline=Mood()) as graph:
        return graph.add(*given, retry_failed=True)


def ids(folder: str = "g") -> list[str]:
    with kg.open(folder) as graph:
        return list(graph.graphs())


def test_only_what_failed_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    write(a="Macron left.", b="fail", c=" ", d="Macron left.")
    with kg.open("g", pipeline=Mood(), create=True) as graph:
        graph.add("a.txt", "b.txt", "c.txt", "d.txt", "x.txt")
    write(a="This is another text.", b="Scholz left.", x="Trump left.")
    again = retried()
    assert [outcome.id for outcome in again.documents] == ["b", "x"]
    assert [failure.where for failure in again.failures] == ["c.txt"]
    assert ids() == ["a", "b", "x"]
    assert inputs() == [
        ("a.txt", "a.txt", "a", "stored"),
        ("d.txt", "d.txt", "d", "repeated"),
        ("b.txt", "b.txt", "b", "stored"),
        ("c.txt", "c.txt", None, "failed"),
        ("x.txt", "x.txt", "x", "stored"),
    ]
    told = json.loads(Path("g/report.json").read_text(encoding="utf-8"))
    assert [failure["where"] for failure in told["failures"]] == ["c.txt"]
    assert [repeat["id"] for repeat in told["repeats"]] == ["d"]
    Path("c.txt").unlink()  # what fails again says why it does now
    (failure,) = retried().failures
    assert (failure.problem, failure.input) == ("there is no such file", "c.txt")
    assert "folder in which kg build was run" in failure.remedy
    assert entry("c.txt")["reason"] == "there is no such file"
    write(c="Starmer left.")
    assert not retried().failures
    before = Path("g/report.json").read_bytes()
    nothing = retried()
    assert (nothing.any, nothing.failures) == (False, ())
    assert Path("g/report.json").read_bytes() == before


def test_of_a_file_of_many_documents_only_the_failed_lines() -> None:
    lines = [json.dumps({"id": f"n{n}", "text": f"Report {n}."}) for n in range(4)]
    lines[1], lines[2] = '{"text": 7}', '{"id": "n2", "text": "fail"}'
    Path("n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with kg.open("g", pipeline=Mood(), create=True) as graph:
        graph.add("n.jsonl")
    assert [(where, id, end) for _, where, id, end in inputs()] == [
        ("n.jsonl, line 1", "n0", "stored"),
        ("n.jsonl, line 2", None, "failed"),
        ("n.jsonl, line 3", "n2", "failed"),
        ("n.jsonl, line 4", "n3", "stored"),
    ]
    Path("n.jsonl").unlink()
    retried()
    assert [(id, end) for _, _, id, end in inputs()] == [
        ("n0", "stored"), ("n3", "stored"), (None, "failed"), (None, "failed"),
    ]  # fmt: skip
    lines = [json.dumps({"id": f"n{n}", "text": f"Mended {n}."}) for n in range(4)]
    Path("n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [outcome.id for outcome in retried().documents] == ["n1", "n2"]
    with kg.open("g") as graph:
        assert [document.text for document in graph.documents()] == [
            "Report 0.", "Mended 1.", "Mended 2.", "Report 3.",
        ]  # fmt: skip
    assert sorted(end for *_, end in inputs()) == ["stored"] * 4


def test_an_archive_that_was_damaged_is_read_whole() -> None:
    with zipfile.ZipFile("news.zip", "w") as archive:
        archive.writestr("a.txt", "Macron left.")
        archive.writestr("b.txt", "fail")
    whole = Path("news.zip").read_bytes()
    Path("news.zip").write_bytes(whole[:-30])
    write(a="Scholz left.")
    with kg.open("g", pipeline=Mood(), create=True) as graph:
        assert [failure.where for failure in graph.add("a.txt", "news.zip").failures] == [
            "news.zip"
        ]
    Path("news.zip").write_bytes(whole)
    assert [failure.where for failure in retried().failures] == ["b"]
    assert ids() == ["a", "a-2"]  # the first one keeps its place, though it was not given again
    assert inputs() == [
        ("a.txt", "a.txt", "a", "stored"),
        ("news.zip", "news.zip!a.txt", "a-2", "stored"),
        ("news.zip", "news.zip!b.txt", "b", "failed"),
    ]


def test_what_was_known_from_outside_was_at_fault() -> None:
    Path("news").mkdir()
    for name in "ab":
        Path(f"news/{name}.txt").write_text(f"Number {name} left.", encoding="utf-8")
    Path("news/a.meta.toml").write_text("date = 7", encoding="utf-8")
    Path("news/metadata.csv").write_text("file,title\nc.txt,Wrong\n", encoding="utf-8")
    with kg.open("g", pipeline=Mood(), create=True) as graph:
        assert len(graph.add("news").failures) == 2
    Path("news/a.meta.toml").write_text('date = "2025-02-17"', encoding="utf-8")
    Path("news/metadata.csv").write_text("file,title\nb.txt,Right\n", encoding="utf-8")
    assert not retried().failures
    with kg.open("g") as graph:
        one, two = graph.documents()
        assert one.date == "2025-02-17"
        assert two.source is not None
        assert two.source.title == "Right"
    assert [(where, end) for _, where, _, end in inputs()] == [
        (str(Path("news/a.txt")), "stored"), (str(Path("news/b.txt")), "stored"),
    ]  # fmt: skip


def test_what_came_from_a_program_cannot_be_read_again() -> None:
    with kg.open("g", pipeline=Mood(), create=True) as graph:
        graph.add(Document("good", "Macron left."), Document("bad", "fail"))
    (failure,) = retried().failures
    assert failure.remedy.startswith("give it again")
    write(a="Scholz left.")
    (failure,) = retried("a.txt").failures
    assert failure.where == "bad"
    assert [(id, end) for _, _, id, end in inputs()] == [
        ("good", "stored"), ("bad", "failed"), ("a", "stored"),
    ]  # fmt: skip
    assert entry("bad")["remedy"].startswith("give it again")


def test_a_graph_in_memory_keeps_no_report() -> None:
    with kg.open("memory:") as graph, pytest.raises(SourceError, match="add the inputs again"):
        graph.add(retry_failed=True)


def told(*entries: object, head: str = '{"version": "1", "base": "http://e.org/"') -> str:
    lists = {"documents": [], "failures": [], "repeats": [], "inputs": list(entries)}
    return f"{head}, {json.dumps(lists)[1:]}"


FAILED = {
    "input": "a.txt", "where": "a.txt", "id": None, "outcome": "failed", "reason": "r",
    "remedy": "", "reader": "", "notes": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "report",
    [
        "",
        "[]",
        "null",
        '{"version": "1", "base": "http://e.org/"',
        told()[:-1],
        told() + "}",
        told(7),
        told({}),
        told({**FAILED, "input": 7}),
        told({**FAILED, "outcome": "great"}),
        told({**FAILED, "notes": "many"}),
        told({**FAILED, "more": ""}),
        "[" * 100_000,
        '{"inputs": ' + "[" * 100_000,
        '{"inputs": [' + " " * 3_000_000 + "7" * 3_000_000,
        '{"inputs": ["' + "a" * 9_000_000,
        '{"version": "1", "base": "http://e.org/", "documents": []}',
    ],
)
def test_a_damaged_report_is_said_in_one_sentence(report: str) -> None:
    crash.write(Path("r.jsonl"), crash.records(1))
    kg.build("r.jsonl", out="g").close()
    Path("g/report.json").write_text(report, encoding="utf-8")
    with kg.open("g") as graph, pytest.raises(SourceError, match=r"g/report\.json: .*; run kg b"):
        graph.add(retry_failed=True)


def test_what_a_report_names_is_read_as_any_input_is() -> None:
    """Somebody may have written into it: devices, addresses of this machine, and much more."""
    crash.write(Path("r.jsonl"), crash.records(1))
    kg.build("r.jsonl", out="g").close()
    names = ["/dev/zero", "http://127.0.0.1:9/x", "a\0b", "x" * 5_000, "[", "**.txt", "\ud800"]
    entries = [{**FAILED, "input": name, "where": name} for name in names]
    entries.append({**FAILED, "where": ",!" * 50_000})
    Path("g/report.json").write_text(told(*entries), encoding="utf-8")
    again = retried()
    assert not again.any
    assert len(again.failures) >= len(names)
    assert ids() == ["r000"]


def test_a_long_report_is_read_in_little_memory(tmp_path: Path) -> None:
    many = (Input("n.jsonl", f"n.jsonl, line {n}", f"n-{n}", "stored") for n in range(20_000))
    path = tmp_path / "report.json"
    files.write(path, files.report("http://e.org/", inputs=many))
    tracemalloc.start()
    assert sum(1 for _ in earlier.told(path)) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 4_000_000
    assert peak < 1_000_000
