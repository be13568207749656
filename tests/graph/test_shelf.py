"""A shelf of documents: added, replaced, removed, always the same as built from scratch."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import kg
from kg.errors import StoreError
from kg.model import Document
from kg.record import from_json, to_line
from kg.source import Source
from tests.build import doc

PEOPLE = ("Anna Keller", "Tomas Brandt", "Keller", "Jo Kim", "Su Kim")
VERBS = ("met", "did not meet", "will meet")
STATUS = {"met": "actual", "did not meet": "negated", "will meet": "planned"}


def told(one: str, verb: str, other: str, *, name: str, url: str | None = None) -> Document:
    """An article of one sentence, by hand."""
    made = doc(
        f"{one} {verb} {other} in Oslo.",
        id=name,
        date="2025-03-01",
        people=[one, other],
        places=["Oslo"],
        relations=[f"metWith: {one} > {other} ({STATUS[verb]})"],
    )
    return made.but(source=Source(url=url)) if url else made


class Sequences(RuleBasedStateMachine):
    """Whatever is done to a graph, it equals one built at once from what is in it now."""

    ids = st.sampled_from("abcd")
    urls = st.none() | st.sampled_from(["https://example.org/1", "https://example.org/2"])
    pairs = st.permutations(PEOPLE).map(lambda names: names[:2])

    @initialize()
    def begin(self) -> None:
        self.graph = kg.open("memory:")
        self.kept: dict[str, Document] = {}  # by text

    @rule(name=ids, pair=pairs, verb=st.sampled_from(VERBS), url=urls)
    def add(self, name: str, pair: list[str], verb: str, url: str | None) -> None:
        new = told(pair[0], verb, pair[1], name=name, url=url)
        if new.text in self.kept:
            return
        self.kept = {
            text: old
            for text, old in self.kept.items()
            if old.id != name and (url is None or old.source is None or old.source.url != url)
        }
        self.graph.add(new)
        self.kept[new.text] = new

    @rule(data=st.data())
    def add_again(self, data: st.DataObject) -> None:
        if self.kept:
            before = self.graph.dump()
            text = data.draw(st.sampled_from(sorted(self.kept)))
            report = self.graph.add(self.kept[text])
            assert report.documents == ()
            assert self.graph.dump() == before

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.kept:
            text = data.draw(st.sampled_from(sorted(self.kept)))
            self.graph.remove(self.kept.pop(text).id)

    @invariant()
    def equals_a_build_from_scratch(self) -> None:
        if not hasattr(self, "graph"):
            return
        assert list(self.graph.graphs()) == sorted(document.id for document in self.kept.values())
        fresh = kg.open("memory:")
        fresh.add(*(self.kept[text] for text in sorted(self.kept)))
        assert self.graph.dump() == fresh.dump()


Sequences.TestCase.settings = settings(max_examples=25, stateful_step_count=10, deadline=None)
test_any_sequence_equals_a_build_from_scratch = Sequences.TestCase


ONE = told("Anna Keller", "met", "Tomas Brandt", name="one", url="https://example.org/one")
OTHER = told("Anna Keller", "did not meet", "Tomas Brandt", name="other")


def test_a_new_text_with_the_same_id_takes_the_place_of_the_old_one() -> None:
    graph = kg.build(ONE)
    graph.add(OTHER.but(id="one"))
    (document,) = graph.documents()
    assert (document.id, document.text) == ("one", OTHER.text)
    assert graph.dump() == kg.build(OTHER.but(id="one")).dump()


def test_a_new_text_from_the_same_address_takes_the_place_of_the_old_one() -> None:
    graph = kg.build(ONE)
    graph.add(OTHER.but(source=ONE.source))
    assert [document.id for document in graph.documents()] == ["other"]


def test_two_texts_with_one_id_or_address_in_one_run_are_both_kept() -> None:
    graph = kg.build(ONE, OTHER.but(id="one", source=ONE.source))
    assert list(graph.graphs()) == ["one", "one-2"]
    graph.add(ONE, OTHER.but(id="one", source=ONE.source))
    assert {document.text for document in graph.documents()} == {ONE.text, OTHER.text}


def test_a_text_that_becomes_that_of_another_document_leaves_one() -> None:
    graph = kg.build(ONE, OTHER)
    graph.add(OTHER.but(id="one"))
    assert [document.text for document in graph.documents()] == [OTHER.text]


def test_new_metadata_for_the_same_text_is_taken_up() -> None:
    graph = kg.build(ONE)
    report = graph.add(ONE.but(date="2025-03-02"))
    assert [outcome.id for outcome in report.documents] == ["one"]
    assert [document.date for document in graph.documents()] == ["2025-03-02"]


def test_what_is_there_already_is_not_worked_on_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna Keller met Tomas Brandt in Oslo.", encoding="utf-8")
    with kg.build(tmp_path / "a.txt", out=tmp_path / "news.kg") as graph:
        assert graph.report.unchanged == ()
    with kg.open(tmp_path / "news.kg") as graph:
        assert graph.add(tmp_path / "a.txt").unchanged == ("a",)
        assert graph.add(tmp_path / "a.txt", background=True).unchanged == ()
        assert graph.add(tmp_path / "a.txt", background=True).unchanged == ("a",)


def test_settings_are_the_same_in_every_process() -> None:
    code = (
        "from kg.graph.catalogue import Catalogue; from kg.graph.intake import Intake; "
        "from kg.relations import shipped; "
        "print(Intake(Catalogue(), 'https://example.org/', shipped())._settings)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert answers != {b""}


def test_a_pipeline_of_ones_own_is_always_asked() -> None:
    asked = []

    def pipeline(document: Document) -> Document:
        asked.append(document.id)
        return ONE.but(id=document.id)

    graph = kg.open("memory:", pipeline=pipeline)
    for _ in range(2):
        graph.add(Document("one", ONE.text))
    assert asked == ["one", "one"]


@pytest.mark.parametrize("harm", ["gone", "empty", "damaged", "older"])
def test_a_catalogue_that_is_lost_is_made_anew(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, OTHER, out=folder).close()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    file = folder / "store" / "catalogue.db"
    if harm == "gone":
        file.unlink()
    elif harm == "older":
        with sqlite3.connect(file) as db:
            db.execute("UPDATE settings SET value = '0' WHERE name = 'layout'")
        db.close()
    else:
        file.write_bytes(b"" if harm == "empty" else b"no database" * 1000)
    with kg.open(folder) as graph:
        graph.add(ONE, OTHER)
        assert len(graph) == 2
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
    with kg.open(folder) as graph:
        graph.remove("other")
        assert graph.dump() == kg.build(ONE).dump()


def test_what_a_crash_left_between_store_and_catalogue_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, out=folder).close()
    catalogue = folder / "store" / "catalogue.db"
    shutil.copy(catalogue, tmp_path / "before.db")
    with kg.open(folder) as graph:
        graph.add(OTHER)
        graph.remove("one")
    shutil.copy(tmp_path / "before.db", catalogue)  # as if it had never heard of the two changes
    with kg.open(folder) as graph:
        graph.add(OTHER)
        assert graph.dump() == kg.build(OTHER).dump()


def test_a_graph_knows_its_base_from_the_beginning(tmp_path: Path) -> None:
    folder, base = tmp_path / "news.kg", "https://example.org/things/"
    with kg.open(folder, base=base, create=True) as graph:
        graph._shelf.put([(ONE, "")])  # and then the power fails: no file but the store
    assert json.loads((folder / "report.json").read_text())["base"] == base
    with kg.open(folder) as graph:
        graph.add(OTHER)
        assert all(iri.startswith(base) for iri in graph.graphs().values())


def test_records_that_were_exported_give_the_same_graph(tmp_path: Path) -> None:
    graph = kg.build(ONE, OTHER)
    lines = tmp_path / "documents.jsonl"
    lines.write_text("".join(to_line(document) + "\n" for document in graph.documents()))
    assert kg.build(lines).dump() == graph.dump()


def test_a_catalogue_that_is_locked_or_has_no_room_is_not_thrown_away(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, out=folder).close()
    other = sqlite3.connect(folder / "store" / "catalogue.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with kg.open(folder) as graph, pytest.raises(StoreError, match="locked"):
            graph.add(OTHER)
    finally:
        other.close()
    with kg.open(folder) as graph:
        assert graph.add(ONE).unchanged == ("one",)


def test_an_iri_of_the_users_goes_with_the_document_that_gave_it(tmp_path: Path) -> None:
    iri = "https://example.org/keller"
    first = ONE.but(
        entities=tuple(
            replace(entity, iri=iri) if entity.name == "Anna Keller" else entity
            for entity in ONE.entities
        )
    )
    folder = tmp_path / "news.kg"
    with kg.build(first, OTHER, out=folder) as graph:
        assert {e.iri for d in graph.documents() for e in d.entities if "Anna" in e.name} == {iri}
    (folder / "store" / "catalogue.db").unlink()
    with kg.open(folder) as graph:
        graph.remove("one")
        assert graph.dump() == kg.build(OTHER).dump()


def test_a_change_that_fails_half_way_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "news.kg"
    with kg.build(ONE, out=folder) as graph:
        graph.add(ONE)
        before = graph.dump()
        with monkeypatch.context() as broken:

            def change(changes: object) -> None:
                raise StoreError("here", "the disk is full")

            broken.setattr(graph._shelf.store, "change", change)
            with pytest.raises(StoreError, match="the disk is full"):
                graph.add(OTHER)
        assert graph.dump() == before
        graph.add(OTHER)
        assert graph.dump() == kg.build(ONE, OTHER).dump()


def test_removing_two_events_that_the_user_made_one_leaves_nothing_to_be_done() -> None:
    graph = kg.open("memory:")
    record = {
        "id": "d", "text": "Berg attended a summit and Dahl a meeting.", "date": "2025-03-01",
        "entities": [
            {"id": "e1", "type": "Person", "name": "Berg", "mentions": [[0, 4]]},
            {"id": "e2", "type": "Event", "name": "summit", "mentions": [[16, 22]]},
            {"id": "e3", "type": "Event", "name": "meeting", "mentions": [[34, 41]]},
        ],
        "relations": [
            {"type": "attended", "subject": "e1", "object": "e2", "evidence": [0, 42]},
            {"type": "attended", "subject": "e1", "object": "e3", "evidence": [0, 42]},
        ],
    }  # fmt: skip
    graph.add(from_json(record), ONE)
    (document, _) = graph.documents()
    one, other = (entity.iri for entity in document.entities if entity.type == "Event")
    assert one is not None
    assert other is not None
    graph.decide("merge", one, other)
    graph.remove("d")
    graph.add(OTHER)
    assert list(graph.graphs()) == ["one", "other"]
