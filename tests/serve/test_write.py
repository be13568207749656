"""Writing to a served graph: with the token only, named graphs only, nothing that no one says."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import StoreBusy
from kg.store import open_store
from tests.build import doc
from tests.serve.conftest import documents
from tests.serving import Served, serving

TOKEN = "a secret of the tests"
ONE, TWO = "https://example.org/one", "https://example.org/two"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place: Path = tmp_path_factory.mktemp("write") / "news.kg"
    kg.build(*documents(), out=place).close()
    return place


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Served]:
    env = {"KG_SERVE_TOKEN": TOKEN}
    with serving(folder, "--write", "--workers", "1", env=env) as served:
        yield served


@pytest.fixture
def served(running: Served, folder: Path) -> Iterator[Served]:
    """A server for writing; after each test its graph is as before, and sound."""
    before = running.query(COUNT).column("n")
    yield running
    for iri in (ONE, TWO):
        put(running, iri, "", "DELETE")
    assert running.query(COUNT).column("n") == before
    with open_store(folder / "store", read_only=True) as store:
        fresh = open_store("memory:")
        for name in store.graphs():
            fresh.add(name, store.graph(name))
        assert fresh.dump() == store.dump()


def put(served: Served, iri: str, turtle: str, method: str = "PUT", authorization: str = "") -> int:
    headers = {"content-type": "text/turtle"}
    headers["authorization"] = authorization or f"Bearer {TOKEN}"
    return served.ask(f"/graph?graph={iri}", method, turtle, headers).status


def told(served: Served, iri: str) -> dict[str, list[str]]:
    """What the merged knowledge tells of a thing."""
    reply = served.query(f"SELECT ?p ?o {{ <{iri}> ?p ?o }} ORDER BY ?o")
    found: dict[str, list[str]] = {}
    for name, value in zip(reply.column("p"), reply.column("o"), strict=True):
        found.setdefault(name.rpartition("#")[2], []).append(value)
    return found


@pytest.mark.parametrize(
    "authorization",
    [
        "nothing",
        "Bearer",
        "Bearer wrong",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Digest {TOKEN}",
        "Basic " + b64encode(b"anybody:wrong").decode(),
        "Basic %%%",
    ],
)
def test_who_has_no_token_may_not_write(served: Served, authorization: str) -> None:
    assert put(served, ONE, "<a:a> <a:b> 1 .", authorization=authorization) == 401
    headers = {"content-type": "application/sparql-update", "authorization": authorization}
    update = f"INSERT DATA {{ GRAPH <{ONE}> {{ <a:a> <a:b> 1 }} }}"
    reply = served.ask("/sparql", "POST", update, headers)
    assert (reply.status, "Bearer" in reply.headers["www-authenticate"]) == (401, True)
    assert served.update(update).status == 401
    assert served.ask(f"/graph?graph={ONE}").status == 404


def test_the_token_may_come_as_a_password(served: Served) -> None:
    basic = "Basic " + b64encode(f"anybody:{TOKEN}".encode()).decode()
    assert put(served, ONE, "<a:a> <a:b> 1 .", authorization=basic) == 201


def test_graphs_are_put_added_to_and_deleted(served: Served) -> None:
    assert put(served, ONE, f'<a:x> <{LABEL}> "Anna" .') == 201
    assert told(served, "a:x") == {"label": ["Anna"]}
    assert put(served, ONE, f'<a:x> <{LABEL}> "Anna Berg" .', "POST") == 204
    assert told(served, "a:x") == {"label": ["Anna Berg"], "altLabel": ["Anna"]}
    assert put(served, ONE, f'<a:x> <{LABEL}> "Ann" .') == 204
    whole = served.ask(f"/graph?graph={ONE}", headers={"accept": "application/n-triples"})
    assert whole.text == f'<a:x> <{LABEL}> "Ann" .\n'
    assert put(served, ONE, "", "DELETE") == 204
    assert told(served, "a:x") == {}
    assert put(served, ONE, "", "DELETE") == 404
    assert put(served, ONE, "this is no turtle") == 400
    default = served.ask("/graph?default", "PUT", "", {"authorization": f"Bearer {TOKEN}"})
    assert default.status == 403


def test_updates_of_named_graphs_bring_the_merged_knowledge_along(served: Served) -> None:
    both = f'INSERT DATA {{ GRAPH <{ONE}> {{ <a:x> rdfs:label "Anna" ; kg:of <a:y> }} }}'
    assert served.update(both, TOKEN).json() == {"graphs": 1, "status": "done"}
    moved = f"""PREFIX e: <https://example.org/>
        INSERT DATA {{ GRAPH e:two {{ <a:x> kg:of <a:y> }} }} ;
        DELETE DATA {{ GRAPH <{ONE}> {{ <a:x> kg:of <a:y> }} }}"""
    assert served.update(moved, TOKEN).json()["graphs"] == 2
    renamed = f"""WITH <{ONE}> DELETE {{ ?s rdfs:label ?old }} INSERT {{ ?s rdfs:label "B" }}
        WHERE {{ ?s rdfs:label ?old }}"""
    assert served.update(renamed, TOKEN).json()["graphs"] == 1
    assert told(served, "a:x") == {"label": ["B"], "of": ["a:y"]}
    gone = f"DROP GRAPH <{ONE}> ; CLEAR GRAPH <{TWO}> ; DROP SILENT GRAPH <{ONE}>"
    assert served.update(gone, TOKEN).json()["graphs"] == 2
    assert told(served, "a:x") == {}


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:x> kg:of <a:y> }",
        f"INSERT DATA {{ <a:x> kg:of <a:y> GRAPH <{ONE}> {{ <a:x> kg:of <a:z> }} }}",
        "DELETE WHERE { ?s kg:spokeWith ?o }",
        "CLEAR DEFAULT",
    ],
)
def test_what_does_not_follow_from_the_named_graphs_is_refused(served: Served, update: str) -> None:
    reply = served.update(update, TOKEN)
    assert reply.status == 400
    assert "worked out from the named graphs" in reply.text


def test_what_follows_may_be_said(served: Served) -> None:
    for update in (
        f"INSERT DATA {{ <a:x> kg:of <a:y> . GRAPH <{ONE}> {{ <a:x> kg:of <a:y> }} }}",
        f"DROP SILENT GRAPH <{ONE}> ; DELETE DATA {{ <a:x> kg:of <a:y> }}",
    ):
        assert served.update(update, TOKEN).json() == {"graphs": 1, "status": "done"}


@pytest.mark.parametrize(
    "update",
    [
        f"LOAD <file:///etc/passwd> INTO GRAPH <{ONE}>",
        f"LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <{ONE}>",
        f"\\u004cOAD <file:///etc/passwd> INTO GRAPH <{ONE}>",
        "INSERT { GRAPH <a:b> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        f"INSERT DATA {{ GRAPH <{ONE}> {{ _:b <a:b> 1 }} }}",
        "INSERT DATA { ",
        "SELECT * { ?s ?p ?o }",
    ],
)
def test_an_update_reaches_nothing_else(served: Served, update: str) -> None:
    reply = served.update(update, TOKEN)
    assert reply.status in (400, 500)
    assert (reply.text.count("\n"), "Traceback" in reply.text) == (1, False)
    assert served.ask(f"/graph?graph={ONE}").status == 404


def test_nobody_else_writes_meanwhile(served: Served, folder: Path) -> None:
    with kg.open(folder) as other, pytest.raises(StoreBusy):
        other.remove("talks")


def test_a_token_is_made_and_shown_where_there_is_none(tmp_path: Path) -> None:
    kg.build(*documents(), out=tmp_path / "g").close()
    env = {"KG_SERVE_TOKEN": ""}
    with serving(tmp_path / "g", "--write", "--workers", "1", env=env) as served:
        (line,) = [line for line in served.said if line.startswith("The token")]
        token = line.split()[-1]
        assert len(token) >= 32
        assert served.update("INSERT DATA {}", token).json()["graphs"] == 0
        assert served.update("INSERT DATA {}", "x").status == 401


def test_kg_itself_builds_into_a_served_graph(
    served: Served, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_HOST", f"127.0.0.1:{served.port}")
    monkeypatch.setenv("KG_STORE_TOKEN", TOKEN)
    new = doc(
        "Olaf Scholz met Keir Starmer.",
        people=["Olaf Scholz", "Keir Starmer"],
        relations=["metWith: Olaf Scholz > Keir Starmer"],
        id="new",
    )
    with kg.open(served.address + "/sparql") as graph:
        assert not graph.add(new).failures
        assert [row.document for row in graph.relations("metWith")] == ["call", "new", "talks"]
        assert served.query("ASK { ?a kg:metWith/rdfs:label 'Keir Starmer' }").json()["boolean"]
        graph.remove("new")
        assert len(graph) == 2
