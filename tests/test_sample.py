"""The sample article from text to answers: built by the command, asked in three engines."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib

from kg.store import RemoteStore, open_store
from kg.vocab import prefixes
from tests.conftest import SEED
from tests.server import oxigraph

# rdflib 7.6 warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings(r"ignore:(Dataset\.|ConjunctiveGraph).*:DeprecationWarning")

Rows = set[tuple[str, ...]]
Engine = Callable[[str], Rows]

FILES = ("documents.jsonl", "graph.trig", "page.html", "report.json")

WHO_ATTENDED = """
SELECT DISTINCT ?name ?sentence WHERE {
  GRAPH ?document {
    ?fact a kg:Attendance ; kg:status kg:actual ; kg:subject ?who ; kg:object ?event ;
      kg:quote ?sentence
  }
  ?who a ?type ; rdfs:label ?name ; kg:attended ?event .
  FILTER (?type IN (kg:Country, kg:Organization, kg:Person))
}"""

WHOM_KELLOGG_BRIEFED = """
SELECT ?whom ?where ?sentence WHERE {
  GRAPH ?document {
    ?fact a kg:Briefing ; kg:status kg:actual ; kg:subject ?a ; kg:object ?b ; kg:place ?p ;
      kg:quote ?sentence
  }
  ?a rdfs:label "Keith Kellogg" . ?b rdfs:label ?whom . ?p rdfs:label ?where .
}"""

WHAT_IS_PLANNED = """
SELECT ?type ?one ?other ?date ?sentence WHERE {
  GRAPH ?document {
    ?fact a ?type ; kg:status kg:planned ; kg:subject ?a ; kg:object ?b ; kg:quote ?sentence
    OPTIONAL { ?fact kg:date ?date }
  }
  ?a rdfs:label ?one . ?b rdfs:label ?other .
  FILTER (?type IN (kg:Briefing, kg:Meeting))
}"""

PLAIN_BRIEFINGS = "SELECT ?one WHERE { ?a kg:briefed ?b ; rdfs:label ?one }"

LEADERS = (
    "Leaders from Germany, the United Kingdom, Italy, Poland, Spain, the Netherlands, Denmark, and "
    "the European Union attended the emergency talks to discuss Europe's security dilemmas."
)
RUTTE = "NATO Secretary-General Mark Rutte also participated in the meeting."
KELLOGG = (
    "Trump's special envoy for Ukraine and Russia, General Keith Kellogg, briefed NATO's 31 "
    "American allies and EU officials in Brussels, emphasizing that Europe had no say at the "
    "negotiating table."
)
ZELENSKYY = (
    "Zelenskyy stated that Macron had agreed to brief him on the conclusions of the Paris meeting."
)
RIYADH = "Senior U.S. and Russian officials are scheduled to meet in Saudi Arabia on Tuesday."


def build(folder: Path, *, hash_seed: str) -> Path:
    """Run ``kg build`` on the sample in a process of its own; return the graph's folder."""
    subprocess.run(
        [sys.executable, "-m", "kg", "build", str(SEED), "-o", "news.kg"],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=True,
        capture_output=True,
    )
    return folder / "news.kg"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"), hash_seed="1")


@pytest.fixture(scope="module")
def engines(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    trig = (built / "graph.trig").read_bytes()
    dataset = rdflib.Dataset()
    dataset.parse(data=trig.decode(), format="trig")
    known = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())

    def in_rdflib(sparql: str) -> Rows:
        return {
            tuple("" if term is None else str(term) for term in row)
            for row in dataset.query(known + sparql)
        }

    store = open_store(str(built / "store"), read_only=True)
    with oxigraph(trig, tmp_path_factory.mktemp("server")) as address:
        server = RemoteStore(address)

        def asked(sparql: str, of: object) -> Rows:
            rows = (store if of is store else server).query(sparql)
            return {
                tuple("" if value is None else str(value) for value in row.values()) for row in rows
            }

        yield {
            "pyoxigraph": lambda sparql: asked(sparql, store),
            "rdflib": in_rdflib,
            "server": lambda sparql: asked(sparql, server),
        }
    store.close()


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib", "server"])
def test_who_attended_the_talks(engines: dict[str, Engine], engine: str) -> None:
    delegations = (
        "Germany", "United Kingdom", "Italy", "Poland", "Spain", "Netherlands", "Denmark",
        "European Union",
    )  # fmt: skip
    wanted = {(name, LEADERS) for name in delegations} | {("Mark Rutte", RUTTE)}
    assert engines[engine](WHO_ATTENDED) == wanted


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib", "server"])
def test_whom_kellogg_briefed_and_where(engines: dict[str, Engine], engine: str) -> None:
    assert engines[engine](WHOM_KELLOGG_BRIEFED) == {
        ("NATO's 31 American allies", "Brussels", KELLOGG),
        ("EU officials", "Brussels", KELLOGG),
    }


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib", "server"])
def test_what_is_planned_is_no_plain_triple(engines: dict[str, Engine], engine: str) -> None:
    planned = engines[engine](WHAT_IS_PLANNED)
    assert {(one, date, sentence) for _, one, _, date, sentence in planned} == {
        ("Emmanuel Macron", "", ZELENSKYY),
        ("U.S. senior officials", "2025-02-18", RIYADH),
    }
    assert engines[engine](PLAIN_BRIEFINGS) == {("Keith Kellogg",)}


def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = build(tmp_path, hash_seed="2")
    for name in FILES:
        assert (again / name).read_bytes() == (built / name).read_bytes(), name
