"""The SPARQL 1.1 Protocol: ways to ask, forms of answers, refusals; public clients unchanged."""

from __future__ import annotations

import warnings
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from tests.serving import Served

WHO = "SELECT ?name { ?who a kg:Person ; rdfs:label ?name } ORDER BY ?name"
NAMES = ["Emmanuel Macron", "Keir Starmer", "Olaf Scholz"]
FORM = "application/x-www-form-urlencoded"


def test_a_query_can_be_sent_in_three_ways(served: Served) -> None:
    ways = [
        served.ask("/sparql?" + urlencode({"query": WHO})),
        served.ask("/sparql", "POST", urlencode({"query": WHO}), {"content-type": FORM}),
        served.ask("/sparql", "POST", WHO, {"content-type": "application/sparql-query"}),
        served.ask(
            "/sparql", "POST", WHO, {"content-type": "application/sparql-query; charset=UTF-8"}
        ),
    ]
    assert [reply.column("name") for reply in ways] == [NAMES] * 4
    assert {reply.kind for reply in ways} == {"application/sparql-results+json"}


@pytest.mark.parametrize(
    ("accept", "kind", "start"),
    [
        ("", "application/sparql-results+json", b'{"head":'),
        ("*/*", "application/sparql-results+json", b'{"head":'),
        ("application/json", "application/json", b'{"head":'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv", b"name\r\nEmmanuel Macron\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", b'?name\n"Emmanuel Macron"\n'),
        ("text/csv;q=0.2, application/xml;q=0.9", "application/xml", b"<?xml"),
        ("image/png, text/*;q=0.1", "text/csv", b"name\r\n"),
    ],
)
def test_tables_come_in_the_form_asked_for(
    served: Served, accept: str, kind: str, start: bytes
) -> None:
    reply = served.query(WHO, accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert reply.body.startswith(start)
    assert "accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("*/*", "turtle"),
    ],
)
def test_graphs_come_in_the_form_asked_for(served: Served, accept: str, form: str) -> None:
    reply = served.query("CONSTRUCT { ?s kg:spokeWith ?o } WHERE { ?s kg:spokeWith ?o }", accept)
    with warnings.catch_warnings():  # rdflib's own parser uses what rdflib 7.6 deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph().parse(data=reply.body, format=form)
    base = "https://w3id.org/news-kg/id/person/"
    assert list(graph) == [
        (
            rdflib.URIRef(base + "keir-starmer"),
            rdflib.URIRef("https://w3id.org/news-kg/ns#spokeWith"),
            rdflib.URIRef(base + "emmanuel-macron"),
        )
    ]


@pytest.mark.parametrize(("accept", "said"), [("application/json", None), ("text/csv", b"true\n")])
def test_yes_or_no(served: Served, accept: str, said: bytes | None) -> None:
    reply = served.query("ASK { ?a kg:spokeWith ?b }", accept)
    assert reply.body == said if said else reply.json()["boolean"] is True


@pytest.mark.parametrize(
    ("method", "path", "kind", "body", "status", "words"),
    [
        ("POST", "/sparql", FORM, "query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400, "exactly one"),
        ("POST", "/sparql", FORM, "x=1", 400, "exactly one"),
        ("GET", "/sparql?x=1", "", None, 400, "exactly one"),
        ("GET", "/sparql?update=CLEAR%20ALL", "", None, 405, "POST"),
        ("POST", "/sparql", "text/plain", "ASK {}", 415, "application/sparql-query"),
        ("POST", "/sparql", "", "ASK {}", 415, "application/sparql-query"),
        ("POST", "/sparql", "application/sparql-query; charset=latin-1", "ASK {}", 415, "UTF-8"),
        ("POST", "/sparql", "application/sparql-query", "ASK {", 400, "line 1, column 6"),
        ("PUT", "/sparql", "application/sparql-query", "ASK {}", 405, "does not take"),
        ("DELETE", "/sparql", "", None, 405, "does not take"),
        ("GET", "/nothing", "", None, 404, "nothing at this address"),
    ],
)
def test_what_is_no_query_is_refused(  # noqa: PLR0917
    served: Served, method: str, path: str, kind: str, body: str, status: int, words: str
) -> None:
    reply = served.ask(path, method, body, {"content-type": kind} if kind else {})
    assert (reply.status, reply.kind) == (status, "text/plain")
    assert words in reply.text


def test_no_form_that_is_asked_for(served: Served) -> None:
    reply = served.query(WHO, "image/png")
    assert reply.status == 406
    assert "text/csv" in reply.text


def test_a_mistake_comes_with_its_place(served: Served) -> None:
    reply = served.query("SELECT ?a {\n ?a ?b\n}", "application/json")
    assert (reply.status, reply.kind) == (400, "application/problem+json")
    problem = reply.json()
    assert (problem["line"], problem["column"]) == (3, 2)
    assert "line 3" in problem["detail"]


def test_an_update_is_refused_by_a_server_for_reading(served: Served) -> None:
    for reply in (
        served.update("DROP ALL"),
        served.ask("/sparql", "POST", urlencode({"update": "DROP ALL"}), {"content-type": FORM}),
        served.ask(
            "/graph?graph=https://example.org/a", "PUT", "", {"content-type": "text/turtle"}
        ),
        served.ask("/graph?graph=https://example.org/a", "DELETE"),
    ):
        assert reply.status == 403
        assert "--write" in reply.text
    assert served.query(WHO).column("name") == NAMES


def test_the_graphs_of_a_query_can_be_chosen(served: Served) -> None:
    graphs = dict(
        zip(
            *(
                served.query("SELECT ?id ?g { GRAPH ?g { ?g kg:documentId ?id } }").column(name)
                for name in ("id", "g")
            ),
            strict=True,
        )
    )
    text = "SELECT ?status { ?x kg:relation kg:metWith ; kg:status ?status }"

    def asked(**fields: str) -> list[str]:
        reply = served.ask("/sparql?" + urlencode({"query": text, **fields}))
        return [value.rpartition("#")[2] for value in reply.column("status")]

    assert asked() == []
    assert asked(**{"default-graph-uri": graphs["talks"]}) == ["actual"]
    assert asked(**{"default-graph-uri": graphs["call"]}) == ["negated"]
    named = "SELECT ?g { GRAPH ?g { ?x a kg:Assertion } }"
    reply = served.ask("/sparql?" + urlencode({"query": named, "named-graph-uri": graphs["call"]}))
    assert set(reply.column("g")) == {graphs["call"]}
    unknown = served.ask(
        "/sparql?" + urlencode({"query": text, "default-graph-uri": "https://example.org/x"})
    )
    assert unknown.status == 400
    assert "graphs of other places are not read" in unknown.text


def test_a_person_who_comes_to_the_endpoint_is_shown_the_editor(served: Served) -> None:
    html = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    reply = served.ask("/sparql?query=ASK%20%7B%7D", headers=html)
    assert (reply.status, reply.headers["location"]) == (303, "/query#query=ASK%20%7B%7D")
    assert served.ask("/sparql", headers=html).headers["location"] == "/query"


def test_the_endpoint_describes_itself(served: Served) -> None:
    reply = served.ask("/sparql")
    graph = rdflib.Graph().parse(data=reply.body, format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (one,) = graph.subjects(rdflib.RDF.type, service.Service)
    assert (one, service.supportedLanguage, service.SPARQL11Query) in graph


@pytest.mark.parametrize("method", ["GET", POST, POSTDIRECTLY])
def test_sparqlwrapper_works_unchanged(served: Served, method: str) -> None:
    client = SPARQLWrapper(served.address + "/sparql")
    if method == POSTDIRECTLY:
        client.setMethod(POST)
        client.setRequestMethod(POSTDIRECTLY)
    else:
        client.setMethod(method)
    declared = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    client.setQuery(declared + "PREFIX kg: <https://w3id.org/news-kg/ns#> " + WHO)
    client.setReturnFormat(JSON)
    rows = client.query().convert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == NAMES
    client.setReturnFormat(XML)
    assert len(client.query().convert().getElementsByTagName("result")) == 3
    client.setReturnFormat(CSV)
    assert client.query().convert().decode().splitlines() == ["name", *NAMES]


def test_sparqlwrapper_gets_a_graph(served: Served) -> None:
    client = SPARQLWrapper(served.address + "/sparql")
    client.setQuery("DESCRIBE <https://w3id.org/news-kg/id/person/keir-starmer>")
    client.setReturnFormat(TURTLE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = client.query().convert()
    assert "Keir Starmer" in data.decode()


def test_the_store_of_rdflib_works_unchanged(served: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(served.address + "/sparql"))
    kind = rdflib.URIRef("https://w3id.org/news-kg/ns#Person")
    people = set(graph.subjects(rdflib.RDF.type, kind))
    assert {str(one).rpartition("/")[2] for one in people} == {
        "emmanuel-macron",
        "olaf-scholz",
        "keir-starmer",
    }
    bound = graph.query("SELECT ?who { ?who a ?kind }", initBindings={"kind": kind})
    assert {row[0] for row in bound} == people


def test_kg_itself_reads_a_served_graph(served: Served) -> None:
    import kg

    with kg.open(served.address + "/sparql") as graph:
        assert graph.query(WHO).column("name") == NAMES
        assert len(graph) == 2
        assert sorted(graph.graphs()) == ["call", "talks"]
        (row,) = graph.relations("spokeWith")
        assert (row.subject, row.object) == ("Keir Starmer", "Emmanuel Macron")
