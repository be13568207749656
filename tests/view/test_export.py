"""Networks as files that other programs read: what was written comes back."""

from __future__ import annotations

import csv
import io
import re

import networkx
import pytest
from hypothesis import given

from kg.model import Document
from kg.relations import entity_types
from kg.view.export import EDGE_COLUMNS, NODE_COLUMNS, edges_csv, gexf, graphml, nodes_csv
from kg.view.network import Network, network
from kg.vocab import mint
from tests.build import doc
from tests.strategies import documents


def hostile() -> Document:
    """A document whose names and words try to break files."""
    return mint(
        doc(
            '"Q" <b>\x07 Zhang\r\n met =Lee & sons\x0b.',
            people=['"Q" <b>\x07 Zhang', "=Lee & sons"],
            relations=['metWith: "Q" <b>\x07 Zhang > =Lee & sons'],
        )
    )


def plain(words: str) -> str:
    """What XML can hold of a text."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", words)


def content(graph: Network) -> tuple[object, object]:
    """The nodes and edges of a network with their attributes, for comparison."""
    nodes = sorted(
        (node, sorted((key, plain(str(value))) for key, value in data.items() if key != "viz"))
        for node, data in graph.nodes(data=True)
    )
    edges = sorted(
        (
            start,
            end,
            plain(str(name)),
            sorted((key, plain(str(value))) for key, value in data.items() if key != "id"),
        )
        for start, end, name, data in graph.edges(keys=True, data=True)
    )
    return nodes, edges


def reread_graphml(words: str) -> Network:
    return networkx.MultiDiGraph(
        networkx.read_graphml(io.BytesIO(words.encode()), force_multigraph=True)
    )


def reread_gexf(words: str) -> Network:
    return networkx.MultiDiGraph(networkx.read_gexf(io.BytesIO(words.encode()), version="1.2draft"))


@given(documents())
def test_graphml_comes_back(document: Document) -> None:
    graph = network([mint(document)])
    assert content(reread_graphml(graphml(graph))) == content(graph)


@given(documents())
def test_gexf_comes_back(document: Document) -> None:
    graph = network([mint(document)])
    back = reread_gexf(gexf(graph))
    assert content(back)[0] == content(graph)[0]
    edges = [(a, b, data["evidence"]) for a, b, data in back.edges(data=True)]
    assert sorted(edges) == sorted(
        (a, b, plain(data["evidence"])) for a, b, data in graph.edges(data=True)
    )


def test_hostile_words_come_back_without_what_xml_cannot_hold() -> None:
    graph = network([hostile()])
    for back in (reread_graphml(graphml(graph)), reread_gexf(gexf(graph))):
        ((_, _, data),) = back.edges(data=True)
        assert data["evidence"] == '"Q" <b> Zhang\n met =Lee & sons.'


def test_gexf_has_the_colours_of_the_page_and_no_day_of_writing() -> None:
    words = gexf(network([hostile()]))
    colour = entity_types()["Person"]["colour"]
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    assert f'<viz:color r="{red}" g="{green}" b="{blue}"' in words
    assert "lastmodifieddate" not in words


def test_an_empty_network_can_be_written() -> None:
    assert reread_graphml(graphml(network([]))).number_of_nodes() == 0
    assert reread_gexf(gexf(network([]))).number_of_nodes() == 0
    assert nodes_csv(network([])).count("\n") == 1


@given(documents())
def test_csv_has_a_row_for_each_node_and_edge(document: Document) -> None:
    graph = network([mint(document)])
    nodes = list(csv.reader(io.StringIO(nodes_csv(graph), newline="")))
    edges = list(csv.reader(io.StringIO(edges_csv(graph), newline="")))
    assert nodes[0] == list(NODE_COLUMNS.values())
    assert edges[0] == list(EDGE_COLUMNS.values())
    assert [row[0] for row in nodes[1:]] == list(graph)
    assert [row[:3] for row in edges[1:]] == [
        [start, end, data["relation"]] for start, end, data in graph.edges(data=True)
    ]


def test_csv_has_the_headers_that_neo4j_imports() -> None:
    assert nodes_csv(network([])).strip() == "iri:ID,label,:LABEL,iso3,wikidata"
    assert edges_csv(network([])).startswith(":START_ID,:END_ID,:TYPE,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_starts_a_formula(start: str) -> None:
    graph: Network = networkx.MultiDiGraph()
    graph.add_node("http://a", label=f"{start}cmd|' /C calc'!A0")
    graph.add_edge("http://a", "http://a", relation="metWith", evidence=f"{start}1+1", score=-1.0)
    rows = [
        *csv.reader(io.StringIO(nodes_csv(graph), newline="")),
        *csv.reader(io.StringIO(edges_csv(graph), newline="")),
    ]
    cells = [cell for row in rows for cell in row if cell.startswith(start)]
    assert cells == (["-1.0"] if start == "-" else [])


def test_the_same_network_is_written_as_the_same_bytes() -> None:
    one, two = network([hostile()]), network([hostile()])
    for write in (graphml, gexf, nodes_csv, edges_csv):
        assert write(one) == write(two)
