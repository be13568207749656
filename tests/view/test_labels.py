"""One thing has one label in all views, whichever document comes first."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import kg
from kg.model import Document
from kg.relations import shipped
from kg.view.content import content
from kg.view.network import network
from kg.view.rows import entity_rows, relation_rows
from tests.build import doc

MACRON = "Q3052772"


def article(name: str, id: str) -> Document:
    made = doc(
        f"{name} met Anna Novak.",
        id=id,
        people=[name, "Anna Novak"],
        relations=[f"metWith: {name} > Anna Novak"],
    )
    first, *others = made.entities
    return made.but(entities=(replace(first, wikidata=MACRON, iri="q:m"), *others))


ARTICLES = (article("Macron", "a"), article("Emmanuel Macron", "b"), article("Mr Macron", "c"))


def test_the_best_name_is_shown_whatever_the_order() -> None:
    for documents in permutations(ARTICLES):
        names = {row.name for row in entity_rows(documents) if row.wikidata}
        subjects = {row.subject for row in relation_rows(documents, shipped())}
        drawn = network(documents).nodes["q:m"]["label"]
        shown = next(n for n in content(documents, shipped()).nodes if n.wikidata)
        assert names == subjects == {drawn} == {shown.name} == {"Emmanuel Macron"}
        assert set(shown.aliases) == {"Macron", "Mr Macron"}


def test_the_name_that_the_user_gave_is_shown_everywhere() -> None:
    graph = kg.build(*ARTICLES)
    graph.decide("rename", MACRON, "The President")
    assert "The President" in graph.entities.column("name")
    assert set(graph.relations("metWith").column("subject")) == {"The President"}
    iri = f"{graph.base}{MACRON}"
    assert graph.network().nodes[iri]["label"] == "The President"
    assert "The President" in graph.page()
    labels = graph.query(f"SELECT ?l {{ <{iri}> rdfs:label ?l }}")
    assert [row["l"] for row in labels] == ["The President"]
    assert {e.name for d in graph.documents() for e in d.entities if e.wikidata} == {
        "Macron", "Emmanuel Macron", "Mr Macron"
    }  # fmt: skip
    graph.decide("rename", MACRON, "The President", undo=True)
    assert "Emmanuel Macron" in graph.entities.column("name")
