"""JSON, linked data and pages: what they tell, and that the OpenAPI description tells it too."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
import rdflib

from tests.serve.conftest import TALKS
from tests.serving import Reply, Served

BASE = "https://w3id.org/news-kg/id/"
MACRON = BASE + "person/emmanuel-macron"
NAMES = ["Emmanuel Macron", "Keir Starmer", "Olaf Scholz", "Paris", "Poland"]


@pytest.fixture(scope="module")
def told(served: Served) -> dict[str, Any]:
    """The OpenAPI description."""
    found: dict[str, Any] = served.ask("/openapi.json").json()
    return found


def checked(told: dict[str, Any], path: str, reply: Reply) -> Any:
    """Return the JSON of a reply after holding it against the description of its path."""
    responses = told["paths"][path]["get"]["responses"]
    status = str(reply.status)
    content = responses[status if status in responses else f"{status[0]}XX"]["content"]
    schema = content["application/json"]["schema"] | {"components": told["components"]}
    jsonschema.validate(reply.json(), schema, jsonschema.Draft202012Validator)
    return reply.json()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", NAMES),
        ("?type=Person", NAMES[:3]),
        ("?name=MACRON", NAMES[:1]),
        ("?name=%22%20.%20%7D", []),
        ("?limit=2&offset=3", NAMES[3:]),
    ],
)
def test_entities_are_found(
    served: Served, told: dict[str, Any], query: str, names: list[str]
) -> None:
    found = checked(told, "/api/entities", served.ask("/api/entities" + query))
    assert [item["name"] for item in found["items"]] == names
    assert found["next"] is None


def test_lists_come_in_pages(served: Served) -> None:
    first = served.ask("/api/entities?limit=2").json()
    assert ([item["name"] for item in first["items"]], first["next"]) == (NAMES[:2], 2)


@pytest.mark.parametrize("way", ["person/emmanuel-macron", MACRON.replace("/", "%2F"), MACRON])
def test_an_entity_in_full(served: Served, told: dict[str, Any], way: str) -> None:
    found = checked(told, "/api/entities/{id}", served.ask(f"/api/entities/{way}"))
    assert (found["iri"], found["name"], found["type"]) == (MACRON, NAMES[0], "Person")
    assert [one["title"] for one in found["documents"]] == ["call", "Talks in <Paris>"]


MET = ("Emmanuel Macron", "metWith", "actual", "Emmanuel Macron met Olaf Scholz in Paris.")
DENIED = (*MET[:2], "negated", "Emmanuel Macron did not meet Olaf Scholz.")
TWICE = "Keir Starmer spoke with Emmanuel Macron <b>twice</b>."
SPOKE = ("Keir Starmer", "spokeWith", "actual", TWICE)
VISIT = ("Olaf Scholz", "visited", "planned", "Olaf Scholz will visit Poland.")


@pytest.mark.parametrize(
    ("query", "facts"),
    [
        ("", [DENIED, SPOKE, MET, VISIT]),
        ("?type=metWith", [DENIED, MET]),
        ("?status=planned", [VISIT]),
        ("?entity=person/keir-starmer", [SPOKE]),
        (f"?subject={MACRON}", [DENIED, MET]),
        (f"?object={MACRON}", [SPOKE]),
        ("?document=talks", [MET, VISIT]),
        ("?limit=1&offset=3", [VISIT]),
    ],
)
def test_relations_come_with_status_and_words(
    served: Served, told: dict[str, Any], query: str, facts: list[tuple[str, ...]]
) -> None:
    items = checked(told, "/api/relations", served.ask("/api/relations" + query))["items"]
    words = [item["evidence"]["quote"] for item in items]
    found = [(item["subject"]["name"], item["relation"], item["status"]) for item in items]
    assert [(*one, quote) for one, quote in zip(found, words, strict=True)] == facts
    for item in items:
        place = item["evidence"]
        record = served.ask(f"/api/documents/{place['document']}").json()
        assert record["text"][place["start"] : place["end"]] == place["quote"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/relations?type=metwith", 404, "metWith"),
        ("/api/relations?status=true", 404, "status"),
        ("/api/relations?document=none", 404, "none"),
        ("/api/entities?type=Animal", 404, "type"),
        ("/api/entities?limit=0", 400, "limit"),
        ("/api/entities?limit=100000", 400, "limit"),
        ("/api/entities?offset=-1", 400, "offset"),
        ("/api/entities?name=" + "x" * 501, 400, "name"),
    ],
)
def test_wrong_parameters_get_one_sentence(
    served: Served, told: dict[str, Any], path: str, status: int, words: str
) -> None:
    reply = served.ask(path)
    assert (reply.status, reply.kind) == (status, "application/problem+json")
    assert words in checked(told, path.partition("?")[0], reply)["detail"]


def test_documents_come_as_records(served: Served, told: dict[str, Any]) -> None:
    listed = checked(told, "/api/documents", served.ask("/api/documents"))["items"]
    assert [one["id"] for one in listed] == ["call", "talks"]
    assert (listed[1]["title"], listed[1]["publisher"]) == ("Talks in <Paris>", "Wire")
    for name in ("talks", listed[1]["iri"], listed[1]["iri"].rpartition("/")[2]):
        record = checked(told, "/api/documents/{id}", served.ask(f"/api/documents/{name}"))
        assert (record["id"], record["text"]) == ("talks", TALKS)
        assert len(record["relations"]) == 2


def test_what_is_not_there(served: Served, told: dict[str, Any]) -> None:
    for path, name in (("/api/documents/{id}", "none"), ("/api/entities/{id}", "person/nobody")):
        reply = served.ask(path.replace("{id}", name))
        assert reply.status == 404
        assert name in checked(told, path, reply)["detail"]


def test_every_question_that_is_told_is_answered(served: Served, told: dict[str, Any]) -> None:
    found = checked(told, "/api/queries", served.ask("/api/queries"))
    assert found["prefixes"]["kg"] == "https://w3id.org/news-kg/ns#"
    assert (found["seconds"], found["rows"], found["base"]) == (4, 1000, BASE)
    for query in found["queries"]:
        assert served.ask("/sparql?" + urlencode({"query": query["text"]})).status == 200


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")],
)
def test_a_thing_can_be_had_as_rdf(served: Served, accept: str, form: str) -> None:
    reply = served.ask("/id/person/emmanuel-macron", headers={"accept": accept})
    assert (reply.status, reply.kind) == (200, accept)
    graph = rdflib.Graph().parse(data=reply.body, format=form)
    ns = rdflib.Namespace("https://w3id.org/news-kg/ns#")
    one = rdflib.URIRef(MACRON)
    assert (one, rdflib.RDF.type, ns.Person) in graph
    assert (rdflib.URIRef(BASE + "person/keir-starmer"), ns.spokeWith, one) in graph


def test_a_thing_can_be_had_as_json_ld_or_as_a_page(served: Served) -> None:
    place = "/id/person/emmanuel-macron"
    linked = served.ask(place, headers={"accept": "application/ld+json"})
    assert linked.kind == "application/ld+json"
    assert "Emmanuel Macron" in str(linked.json())
    assert served.ask(place, headers={"accept": "text/html,*/*;q=0.8"}).kind == "text/html"
    assert served.ask(place).kind == "text/html"
    assert served.ask(place, headers={"accept": "image/png"}).status == 406
    assert served.ask("/id/person/nobody").status == 404


def test_a_document_can_be_had_as_rdf(served: Served) -> None:
    (one,) = served.ask("/api/documents?name=talks").json()["items"]
    place = "/id/" + one["iri"].removeprefix(BASE)
    turtle = served.ask(place, headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=turtle.body, format="turtle")
    assert str(graph.value(rdflib.URIRef(one["iri"]), rdflib.SDO.text)) == TALKS
    whole = served.ask("/graph?graph=" + one["iri"], headers={"accept": "application/n-triples"})
    assert set(rdflib.Graph().parse(data=whole.body, format="nt")) == set(graph)


def test_pages_show_names_status_and_words(served: Served) -> None:
    html = {"accept": "text/html"}
    thing = served.ask("/id/person/emmanuel-macron", headers=html).text
    assert "<h1>Emmanuel Macron</h1>" in thing
    assert '<span class="status">negated</span>' in thing
    assert "&lt;b&gt;twice&lt;/b&gt;" in thing  # markup in a text stays text
    (one,) = served.ask("/api/documents?name=talks").json()["items"]
    page = served.ask("/id/" + one["iri"].removeprefix(BASE), headers=html).text
    assert "<h1>Talks in &lt;Paris&gt;</h1>" in page
    assert 'id="char=0,41"' in page
    text = page.partition('<div class="text">')[2].partition("</div>")[0]
    assert re.sub(r"<[^>]+>", "", text) == TALKS
    listed = served.ask("/browse?list=documents&q=call", headers=html).text
    assert "Talks" not in listed.partition("<main")[2]
