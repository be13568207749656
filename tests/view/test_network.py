"""Documents as a networkx graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.view.network import network
from kg.vocab import mint
from tests.build import doc
from tests.strategies import documents


@pytest.fixture
def talks() -> list[Document]:
    one = doc(
        "Emmanuel Macron met Olaf Scholz in Paris. Macron will brief Volodymyr Zelenskyy.",
        id="one",
        people=["Emmanuel Macron | Macron", "Olaf Scholz", "Volodymyr Zelenskyy"],
        places=["Paris"],
        relations=[
            "metWith: Emmanuel Macron > Olaf Scholz",
            "briefed: Macron > Volodymyr Zelenskyy (planned)",
        ],
    )
    two = doc(
        "Emmanuel Macron did not meet Olaf Scholz.",
        id="two",
        people=["Emmanuel Macron", "Olaf Scholz"],
        relations=["metWith: Emmanuel Macron > Olaf Scholz (negated)"],
    )
    return [mint(one), mint(two)]


def test_entities_with_one_iri_are_one_node(talks: list[Document]) -> None:
    graph = network(talks)
    assert isinstance(graph, networkx.MultiDiGraph)
    assert {data["label"]: data["type"] for _, data in graph.nodes(data=True)} == {
        "Emmanuel Macron": "Person",
        "Olaf Scholz": "Person",
        "Volodymyr Zelenskyy": "Person",
        "Paris": "Place",
    }
    assert "https://w3id.org/news-kg/id/person/emmanuel-macron" in graph


def test_every_sentence_is_an_edge_with_its_proof(talks: list[Document]) -> None:
    graph = network(talks)
    macron, scholz = (
        f"https://w3id.org/news-kg/id/person/{name}" for name in ("emmanuel-macron", "olaf-scholz")
    )
    assert [
        (data["relation"], data["status"], data["document"], data["evidence"])
        for data in graph[macron][scholz].values()
    ] == [
        ("metWith", "actual", "one", "Emmanuel Macron met Olaf Scholz in Paris."),
        ("metWith", "negated", "two", "Emmanuel Macron did not meet Olaf Scholz."),
    ]
    assert not graph.has_edge(scholz, macron)


def test_what_is_not_known_is_not_there(talks: list[Document]) -> None:
    data = next(iter(network(talks).edges(data=True)))[2]
    assert set(data) >= {"relation", "label", "status", "evidence", "document", "score"}
    assert not {"date", "place", "title"} & set(data)
    assert None not in data.values()


def test_place_and_date_are_named(talks: list[Document]) -> None:
    one = talks[0]
    met = one.relations[0]
    paris = next(entity.id for entity in one.entities if entity.name == "Paris")
    placed = one.but(relations=(replace(met, place=paris, date="2025-02-17"),))
    ((_, _, data),) = network([placed]).edges(data=True)
    assert (data["place"], data["date"]) == ("Paris", "2025-02-17")


def test_edges_may_be_of_some_statuses_only(talks: list[Document]) -> None:
    statuses = [data["status"] for *_, data in network(talks, status="actual").edges(data=True)]
    assert statuses == ["actual"]
    both = network(talks, status=["planned", "negated"])
    assert both.number_of_edges() == 2
    assert both.number_of_nodes() == 4


@given(st.lists(documents(), max_size=3))
def test_nothing_is_lost_and_nothing_is_added(some: list[Document]) -> None:
    unique = [mint(entry.but(id=f"d{number}")) for number, entry in enumerate(some)]
    graph = network(unique)
    assert set(graph) == {entity.iri for entry in unique for entity in entry.entities}
    stated = Counter(
        (
            relation.type,
            entry.entity(relation.subject).iri,
            entry.entity(relation.object).iri,
            relation.status,
            relation.evidence.of(entry.text),
        )
        for entry in unique
        for relation in entry.relations
    )
    drawn = Counter(
        (data["relation"], subject, object_, data["status"], data["evidence"])
        for subject, object_, data in graph.edges(data=True)
    )
    assert drawn == stated
