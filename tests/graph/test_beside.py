"""What is written beside the store: the same as if it were written whole, and only what changed."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import Failure, StoreError
from kg.graph import beside, files, shelf
from kg.rdf import serialise
from kg.record import to_line
from kg.run.report import Input, Outcome, Repeat
from kg.version import __version__
from tests.bench.synthetic import documents
from tests.graph.test_shelf import told

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
BASE = "https://example.org/"


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """Note which documents are read back from the store."""
    seen: list[str] = []

    def noting(graph: bytes):
        document = reads(graph)
        seen.append(document.id)
        return document

    reads = shelf.read_back
    monkeypatch.setattr(shelf, "read_back", noting)
    return seen


def listed(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / files.DOCUMENTS).read_text().splitlines()]


def whole(folder: Path) -> dict[str, bytes]:
    """Return what the files of a graph hold when each is made at once."""
    with kg.open(folder) as graph:
        return {
            files.DOCUMENTS: "".join(to_line(each) + "\n" for each in graph.documents()).encode(),
            files.DATASET: serialise.dump(graph.dump(), "trig"),
        }


def test_documents_that_come_change_and_go_leave_the_file_as_written_whole(tmp_path: Path):
    folder = tmp_path / "g.kg"
    first = [told("Anna Keller", "met", "Jo Kim", name=name) for name in "b"]
    more = [told("Tomas Brandt", "met", other, name=name) for other, name in zip(
        ("Jo Kim", "Su Kim", "Anna Keller"), "dac", strict=True)]  # fmt: skip
    steps = (
        lambda graph: graph.add(*first),
        lambda graph: graph.add(*more),
        lambda graph: graph.add(told("Keller", "will meet", "Su Kim", name="c")),
        lambda graph: graph.remove("a", "d"),
        lambda graph: graph.add(more[0], told("Keller", "met", "Su Kim", name="z")),
    )
    for step, ids in zip(steps, ("b", "abcd", "abcd", "bc", "bcdz"), strict=True):
        with kg.open(folder, create=True) as graph:
            step(graph)
        assert listed(folder) == list(ids)
        for name, content in whole(folder).items():
            assert (folder / name).read_bytes() == content


@pytest.mark.parametrize("edit", ["", "no record\n", '{"id":"zzz"}\n', '{"id":7}\n'])
def test_a_list_that_somebody_else_changed_is_made_anew(tmp_path: Path, edit: str):
    folder = tmp_path / "g.kg"
    with kg.build(*documents(3), out=folder) as graph:
        (folder / files.DOCUMENTS).write_text(edit)
        graph.add(told("Anna Keller", "met", "Tomas Brandt", name="new"))
    assert (folder / files.DOCUMENTS).read_bytes() == whole(folder)[files.DOCUMENTS]


def test_a_large_dataset_is_not_written_at_a_build_but_by_export(tmp_path: Path, monkeypatch):
    folder = tmp_path / "g.kg"
    with kg.build(*documents(2), out=folder) as graph:
        assert (folder / files.DATASET).exists()
        assert graph.report.notes == ()
        monkeypatch.setattr(beside, "LARGE", 2)
        graph.add(told("Anna Keller", "met", "Tomas Brandt", name="new"))
        assert not (folder / files.DATASET).exists()
        assert graph.report.notes == (
            f"graph.trig is not written for more than 2 documents; "
            f"kg export {folder} -o all.trig makes it.",
        )
        graph.save(tmp_path / "all.trig")
        assert (tmp_path / "all.trig").read_bytes() == whole(folder)[files.DATASET]


def test_documents_are_read_when_they_are_asked_for(tmp_path: Path, monkeypatch, read: list[str]):
    monkeypatch.setattr(shelf, "FEW", 2)
    kg.build(*documents(5), out=tmp_path / "g.kg").close()
    with kg.open(tmp_path / "g.kg") as graph:
        read.clear()
        found = graph.documents()
        assert read == []
        assert [document.id for document in islice(found, 2)] == read
        assert len(read) == 2


@given(
    st.lists(st.builds(Outcome, WORDS, WORDS, st.just(1), st.just(2), st.just(3)), max_size=3),
    st.lists(st.builds(Failure, WORDS, WORDS, WORDS), max_size=3),
    st.lists(st.builds(Repeat, WORDS, WORDS), max_size=3),
    st.lists(st.builds(Input, WORDS, WORDS, st.none() | WORDS, WORDS), max_size=3),
)
def test_a_report_in_pieces_is_the_report(outcomes, failures, repeats, inputs):
    told = {
        "version": __version__,
        "base": BASE,
        "documents": [each.to_json() for each in outcomes],
        "failures": [each.to_json() for each in failures],
        "repeats": [each.to_json() for each in repeats],
        "inputs": [each.to_json() for each in inputs],
    }
    pieces = files.report(BASE, outcomes, failures, repeats, inputs)
    assert b"".join(pieces).decode() == json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def test_the_base_is_known_from_the_head_of_a_long_report(tmp_path: Path):
    many = (Outcome(f"d{number}", "0" * 64, 1, 2, 3) for number in range(2_000))
    files.write(tmp_path / files.REPORT, files.report(BASE, many))
    assert files.own_base(tmp_path) == BASE


@pytest.mark.parametrize("text", ["", "[]", '{"version": "1"}', '{"version": "1", "base": 7}'])
def test_what_is_no_report_tells_no_base(tmp_path: Path, text: str):
    (tmp_path / files.REPORT).write_text(text)
    assert files.own_base(tmp_path) is None


def test_a_file_that_cannot_be_made_to_the_end_leaves_the_old_one(tmp_path: Path):
    path = tmp_path / "file"
    files.write(path, b"old")

    def broken():
        yield b"new"
        raise StoreError("here", "the disk is full")

    with pytest.raises(StoreError, match="the disk is full"):
        files.write(path, broken())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
