"""The page of a large graph shows a part and says so; figures are counted in the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import UnknownName
from kg.graph import part, shelf
from kg.graph.figures import figures
from kg.model import Document
from kg.rdf import write
from kg.rdf.read import document as read_back
from kg.store import EmbeddedStore
from kg.view import rows
from kg.vocab import document_iri
from tests import strategies
from tests.bench import synthetic
from tests.graph.test_shelf import told


@pytest.fixture
def graph(tmp_path: Path, monkeypatch):
    """A graph of six documents of which three go on a page."""
    monkeypatch.setattr(part, "MOST", 3)
    monkeypatch.setattr(shelf, "FEW", 1)
    days = ("2025-03-01", "2025-03-05", None, "2025-03-02", "2025-03-04", "2025-03-03")
    pairs = (
        ("Anna Keller", "Tomas Brandt"), ("Anna Keller", "Jo Kim"), ("Keller", "Jo Kim"),
        ("Su Kim", "Jo Kim"), ("Su Kim", "Keller"), ("Su Kim", "Tomas Brandt"),
    )  # fmt: skip
    made = [
        told(one, "met", other, name=f"d{number}").but(date=day)
        for number, ((one, other), day) in enumerate(zip(pairs, days, strict=True))
    ]
    with kg.build(*made, out=tmp_path / "g.kg") as built:
        yield built


def chosen(graph: kg.KnowledgeGraph, **options: str) -> tuple[list[str], str, str]:
    found = part.part(graph._shelf, **options)
    return [document.id for document in found.documents], found.title, found.note


def test_the_newest_documents_are_shown_and_the_rest_is_told_of(graph):
    ids, title, note = chosen(graph)
    assert (ids, title) == (["d1", "d4", "d5"], "3 of 6 documents")
    assert "the newest 3 of 6 documents" in note
    assert note in graph.report.notes
    page = graph.page()
    assert page.count(note) == 3  # in its line, as that line's title, and in the data
    assert "3 of 6 documents</h1>" in page


def test_a_focus_brings_its_documents_first_and_then_those_of_its_neighbours(graph):
    ids, title, note = chosen(graph, focus="anna keller")
    assert ids == ["d0", "d1", "d5"]  # hers, and the newest of those she met
    assert title == "anna keller: 3 documents"
    assert note == ""
    ids, title, note = chosen(graph, focus="Jo Kim")
    assert (ids, title) == (["d1", "d2", "d3"], "Jo Kim: 3 documents")


def test_a_time_leaves_out_what_is_not_of_it(graph):
    assert chosen(graph, since="2025-03-02", until="2025-03-03")[0] == ["d3", "d5"]
    assert chosen(graph, focus="Su Kim", until="2025-03-03")[0] == ["d3", "d5"]


def test_a_word_of_a_name_is_enough(graph):
    assert chosen(graph, focus="ANNA")[0] == chosen(graph, focus="Anna Keller")[0]


def test_an_unknown_focus_is_told_with_names_that_are_near(graph):
    with pytest.raises(UnknownName, match="known are: Anna Keller"):
        chosen(graph, focus="Ana")
    with pytest.raises(UnknownName):
        chosen(graph, focus='Anna" } DROP ALL \\ \n')


def test_only_what_is_shown_is_read(graph, monkeypatch):
    seen = []

    def noting(told: bytes) -> Document:
        seen.append(told)
        return read_back(told)

    monkeypatch.setattr(shelf, "read_back", noting)
    graph.page(focus="Anna Keller", hops=1)
    assert len(seen) == 3


@settings(max_examples=30)
@given(st.lists(strategies.documents(), max_size=4, unique_by=lambda document: document.text))
def test_figures_of_a_store_are_those_of_its_documents(given_documents):
    store = EmbeddedStore()
    named = [document.but(id=f"d{n}") for n, document in enumerate(given_documents)]
    for document in named:
        store.add(document_iri(document), write.graph(document))
    documents = [read_back(store.graph(document_iri(document))) for document in named]
    assert figures(store) == rows.stats(documents)


def test_figures_of_news_are_those_of_its_documents():
    store = EmbeddedStore()
    made = list(synthetic.documents(15))
    for document in made:
        store.add(document_iri(document), write.graph(document))
    documents = [read_back(store.graph(document_iri(document))) for document in made]
    assert figures(store) == rows.stats(documents)


def test_a_meeting_told_from_either_end_is_one_fact():
    there, back = (
        told("Anna Keller", "met", "Jo Kim", name="a"),
        told("Jo Kim", "met", "Anna Keller", name="b"),
    )
    with kg.build(there, back) as built:
        assert built.stats().by_relation == {"metWith": 1}
        assert rows.stats(built._shelf.shown()).relations == {"actual": 1}
