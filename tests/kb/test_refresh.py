"""A table from a SPARQL endpoint: a server on this machine with data in Wikidata's form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import kb
from kg.cli.app import app
from kg.data.own import Own
from kg.errors import StoreError
from kg.kb.wikidata import fetch
from tests.server import oxigraph

# Two states, three people, two bodies: all invented, in the form in which Wikidata has them.
DATA = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix s: <http://www.wikidata.org/entity/statement/> .

wd:Q9001 wdt:P31 wd:Q3624078 ; wdt:P298 "FRE" ; rdfs:label "Freedonia"@en, "Freedonien"@de ;
    p:P35 s:1 ; p:P6 s:2, s:3 .
wd:Q9002 wdt:P31 wd:Q3624078 ; wdt:P298 "SYL" ; rdfs:label "Sylvania"@en .
wd:Q9003 wdt:P298 "XXL" ; rdfs:label "No state"@en .

s:1 ps:P35 wd:Q9011 ; pq:P580 "2019-05-20T00:00:00Z"^^xsd:dateTime .
s:2 ps:P6 wd:Q9012 ; pq:P580 "2001-01-01T00:00:00Z"^^xsd:dateTime ;
    pq:P582 "2004-02-03T00:00:00Z"^^xsd:dateTime .
s:3 ps:P6 [] .
wd:Q9011 rdfs:label "Ana Nowak"@en ; skos:altLabel "Ania\\tNowak"@en, "x"@en, "Nowakowa"@pl .
wd:Q9012 rdfs:label "Eva Berg"@en .
wd:Q9013 rdfs:label "Ole Strand"@en ; p:P39 s:4 .
wd:Q9014 rdfs:label "Nur Deutsch"@de ; p:P39 s:4 .

wd:Q9021 wdt:P279 wd:Q83307 ; wdt:P1001 wd:Q9002 ; rdfs:label "Minister of Ferries"@en .
s:4 ps:P39 wd:Q9021 ; pq:P582 "2010-01-01T00:00:00Z"^^xsd:dateTime .

wd:Q9031 wdt:P31 wd:Q484652 ; rdfs:label "Northern Water Forum"@en ; skos:altLabel "NWF"@en .
wd:Q9032 wdt:P31 wd:Q9033 ; rdfs:label "Union of Lakes"@en .
wd:Q9033 wdt:P279 wd:Q484652 .
"""

EXPECTED = {
    Own("Freedonia", "Country", (), "FRE", "Q9001"),
    Own("Sylvania", "Country", (), "SYL", "Q9002"),
    Own("Ana Nowak", "Person", ("Ania Nowak",), "FRE", "Q9011", "Head of state", "", "2019-05-20"),
    Own(
        "Eva Berg", "Person", (), "FRE", "Q9012", "Head of government", "",
        "2001-01-01", "2004-02-03",
    ),
    Own("Ole Strand", "Person", (), "SYL", "Q9013", "Minister of Ferries", "", "", "2010-01-01"),
    Own("Northern Water Forum", "Organization", ("NWF",), "", "Q9031"),
    Own("Union of Lakes", "Organization", (), "", "Q9032"),
}  # fmt: skip


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the data."""
    with oxigraph(DATA.encode(), tmp_path_factory.mktemp("wikidata")) as address:
        yield address


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the user's tables."""
    monkeypatch.setenv("KG_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize("page", [1, 2, 5_000])
def test_rows_come_page_by_page(endpoint: str, page: int) -> None:
    assert set(fetch(endpoint, page=page)) == EXPECTED


def test_no_more_rows_than_wanted(endpoint: str) -> None:
    found = fetch(endpoint, most=1)
    assert len(found) == 4  # one of each query
    assert set(found) <= EXPECTED


def test_no_more_time_than_given(endpoint: str) -> None:
    with pytest.raises(StoreError, match="takes too long; allow more seconds"):
        fetch(endpoint, seconds=0)


def test_the_command_keeps_a_table(endpoint: str, own_home: Path) -> None:
    done = CliRunner().invoke(app, ["kb", "refresh", "--endpoint", endpoint, "--name", "world"])
    assert done.exit_code == 0
    assert "Kept world: 3 people, 2 organizations, 2 countries." in done.stderr
    assert [table.name for table in kb.tables()] == ["world"]
    assert (own_home / "kb" / "world.tsv").read_text("utf-8").count("\n") == len(EXPECTED) + 1


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1:9/sparql", "cannot be reached"),
        ("ftp://127.0.0.1/sparql", "is no address of a SPARQL endpoint"),
    ],
)
def test_what_cannot_be_reached_is_one_sentence_and_changes_nothing(
    address: str, problem: str, own_home: Path
) -> None:
    kb.keep("wikidata", [Own("Ana Nowak", "Person")])
    done = CliRunner().invoke(app, ["kb", "refresh", "--endpoint", address])
    assert done.exit_code == 1
    assert problem in done.stderr
    assert "Traceback" not in done.stderr
    assert [table.told for table in kb.tables()] == ["1 person"]


def test_an_endpoint_with_other_data_is_told(tmp_path: Path) -> None:
    data = b'<http://e.org/a> <http://e.org/b> "c" .'
    with oxigraph(data, tmp_path) as address, pytest.raises(StoreError, match="a copy of Wikidata"):
        fetch(address)


def test_a_table_spoilt_by_hand_can_be_replaced(own_home: Path, tmp_path: Path) -> None:
    kb.keep("staff", [Own("Ana Nowak", "Person")])
    (own_home / "kb" / "staff.tsv").write_text("name\ttype\nAna Nowak\tHuman\n", "utf-8")
    listed = CliRunner().invoke(app, ["kb", "list"])
    assert listed.exit_code == 1
    assert "staff.tsv, line 2: type 'Human' is none of" in listed.stderr
    better = tmp_path / "staff.tsv"
    better.write_text("name\ttype\nAna Nowak\tPerson\n", "utf-8")
    done = CliRunner().invoke(app, ["kb", "add", str(better)])
    assert done.stderr.startswith("Replaced staff: 1 person.")
