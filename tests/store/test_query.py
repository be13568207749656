"""Queries: prefixes for nothing, plain values, errors that say where, no way out of the store."""

from __future__ import annotations

import json
import sys

import pandas as pd
import pyoxigraph as ox
import pytest

from kg.errors import MissingExtra, QueryError, StoreError, UnknownName
from kg.store import IRI, EmbeddedStore, guard

GRAPH = "https://example.org/graph"
TRIPLES = """
<https://w3id.org/news-kg/id/Q1> <http://www.w3.org/2000/01/rdf-schema#label> "Łódź, \\"city\\"" .
<https://w3id.org/news-kg/id/Q1> <https://example.org/n> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://w3id.org/news-kg/id/Q1> <https://example.org/x> "0.5"^^<http://www.w3.org/2001/XMLSchema#double> .
<https://w3id.org/news-kg/id/Q1> <https://example.org/t> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<https://w3id.org/news-kg/id/Q1> <https://example.org/d> "2025-02-17"^^<http://www.w3.org/2001/XMLSchema#date> .
"""  # noqa: E501


@pytest.fixture
def store() -> EmbeddedStore:
    store = EmbeddedStore()
    store.add(GRAPH, TRIPLES)
    return store


def test_prefixes_are_known_and_values_are_plain(store: EmbeddedStore) -> None:
    (row,) = store.query(
        """SELECT ?s ?label ?n ?x ?t ?d ?none {
        ?s rdfs:label ?label ; <https://example.org/n> ?n ; <https://example.org/x> ?x ;
           <https://example.org/t> ?t ; <https://example.org/d> ?d
        OPTIONAL { ?s kg:mentions ?none } FILTER(?s = :Q1) }"""
    )
    assert row == {
        "s": "https://w3id.org/news-kg/id/Q1",
        "label": 'Łódź, "city"',
        "n": 5,
        "x": 0.5,
        "t": True,
        "d": "2025-02-17",
        "none": None,
    }
    assert isinstance(row["s"], IRI)
    assert row["s"].short() == ":Q1"
    assert not isinstance(row["label"], IRI)


def test_a_prefix_may_be_declared_again(store: EmbeddedStore) -> None:
    query = "PREFIX kg: <https://example.org/> SELECT ?n { ?s kg:n ?n }"
    assert store.query(query).column("n") == [5]


def test_the_base_of_a_store_is_its_empty_prefix() -> None:
    store = EmbeddedStore(base="https://example.org/")
    store.add(GRAPH, TRIPLES)
    assert store.query("SELECT ?n { ?s :n ?n }").column("n") == [5]


def test_yes_or_no(store: EmbeddedStore) -> None:
    yes, no = store.query("ASK { :Q1 ?p ?o }"), store.query("ASK { :Q2 ?p ?o }")
    assert (yes.kind, yes.boolean, bool(yes)) == ("boolean", True, True)
    assert (no.kind, no.boolean, bool(no)) == ("boolean", False, False)
    assert json.loads(yes.serialize("json"))["boolean"] is True
    assert no.serialize("csv") == b"false\n"


def test_a_graph(store: EmbeddedStore) -> None:
    found = store.query("CONSTRUCT { ?s kg:n ?n } WHERE { ?s <https://example.org/n> ?n }")
    assert found.kind == "graph"
    assert list(found) == [{
        "subject": "https://w3id.org/news-kg/id/Q1",
        "predicate": "https://w3id.org/news-kg/ns#n",
        "object": 5,
    }]  # fmt: skip
    assert b":Q1 kg:n 5 ." in found.serialize("turtle")
    assert found.serialize("turtle").startswith(b"@prefix")
    with pytest.raises(UnknownName, match="known are: turtle, nt"):
        found.serialize("csv")


def test_tables_are_written_in_the_formats_of_sparql(store: EmbeddedStore) -> None:
    found = store.query("SELECT ?s ?label { ?s rdfs:label ?label }")
    assert found.serialize("csv").decode().splitlines() == [
        "s,label",
        'https://w3id.org/news-kg/id/Q1,"Łódź, ""city"""',
    ]
    assert found.serialize("tsv").decode().splitlines() == [
        "?s\t?label",
        '<https://w3id.org/news-kg/id/Q1>\t"Łódź, \\"city\\""',
    ]
    bindings = json.loads(found.serialize("json"))["results"]["bindings"]
    assert bindings[0]["s"] == {"type": "uri", "value": "https://w3id.org/news-kg/id/Q1"}
    assert "<literal>Łódź, &quot;city&quot;</literal>" in found.serialize("xml").decode()
    with pytest.raises(UnknownName, match="did you mean 'json'"):
        found.serialize("jsn")


def test_rows_become_a_data_frame(store: EmbeddedStore) -> None:
    found = store.query("SELECT ?n ?label { ?s rdfs:label ?label ; <https://example.org/n> ?n }")
    expected = pd.DataFrame({"n": [5], "label": ['Łódź, "city"']})
    pd.testing.assert_frame_equal(found.to_dataframe(), expected)
    empty = store.query("SELECT ?n { ?s kg:mentions ?n }")
    assert list(empty.to_dataframe().columns) == ["n"]


def test_what_a_notebook_shows_is_escaped() -> None:
    store = EmbeddedStore()
    store.add(GRAPH, '<https://a.org/a> <https://a.org/b> "<script>alert(1)</script>" .')
    shown = store.query("SELECT ?x ?s { ?s ?p ?x }")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_results_are_a_sequence(store: EmbeddedStore) -> None:
    found = store.query("SELECT ?p { ?s ?p ?o } ORDER BY ?p")
    assert len(found) == 5
    assert found[0] == {"p": "http://www.w3.org/2000/01/rdf-schema#label"}
    assert [row["p"] for row in found[:2]] == found.column("p")[:2]
    with pytest.raises(UnknownName, match="no column called 'q'"):
        found.column("q")
    assert repr(found) == "<Results: 5 rows of p>"


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT ?x WHERE { ?x ", 1, 22, "ends too early"),
        ("SELECT ?x\nWHERE { ?x foo:bar ?y }", 2, 12, "prefix foo: is not declared"),
        ("SELECT ?x\nWHERE {\n  ?x kg:attended }", 3, 18, "'}' is not expected"),
        ("SELEC ?x { ?x ?y ?z }", 1, 1, "did you mean SELECT"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, 34, "not authorized with GROUP BY"),
        ("INSERT DATA { :a :b :c }", 1, 1, "INSERT changes a graph"),
        ("", 1, 1, "ends too early"),
    ],
)
def test_a_query_that_does_not_parse(
    store: EmbeddedStore, query: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        store.query(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"line {line}, column {column}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * { SERVICE <https://a.org/> { ?s ?p ?o } }", 1, 12),
        ("SELECT * {\n  service SILENT ?x { ?s ?p ?o } }", 2, 3),
        ("# SERVICE\nSELECT * { ?a ?b 'x' . SERVICE<https://a.org/> { ?s ?p ?o } }", 2, 24),
        ("SELECT * { ?s ?p ?o {SERVICE <https://a.org/#> {} } }", 1, 22),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 1, 15),
        ("SELECT * FROM NAMED\n<FILE:/etc/passwd> { ?s ?p ?o }", 2, 1),
    ],
)
def test_a_query_cannot_leave_the_store(
    store: EmbeddedStore, query: str, line: int, column: int
) -> None:
    with pytest.raises(QueryError, match=r"SERVICE|FROM") as caught:
        store.query(query)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_escaped_letters_do_not_hide_it(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError):
        store.query("SELECT * { \\u0053ERVICE <https://a.org/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "hidden",
    [
        "FILTER(?s<?o)SERVICE?p#>\n{ ?a ?b ?c }",
        "FILTER(?s<'x>y') SERVICE <https://a.org/> { ?a ?b ?c } FILTER('' = '')",
        "FILTER(?s<?o#>'''\n) SERVICE <https://a.org/> { ?a ?b ?c } #'''",
        "FILTER(?s<kg:o)SERVICE<https://a.org/>{ ?a ?b ?c }",
        "?s ?p kg:a.SERVICE <https://a.org/> { ?a ?b ?c }",
    ],
)
def test_a_comparison_that_looks_like_an_iri_does_not_hide_it(
    store: EmbeddedStore, hidden: str
) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        store.query(f"SELECT * {{ ?s ?p ?o {hidden} }}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?SERVICE ?p 'SERVICE' }",
        'SELECT * { ?s ?p "a \\" SERVICE <https://a.org/>" }',
        "SELECT * { ?s ?p '''SERVICE\n<https://a.org/>''' }",
        "SELECT * { ?s <https://a.org/SERVICE> ?o } # SERVICE",
        "SELECT * { ?s kg:SERVICE ?o }",
        "SELECT * FROM <https://example.org/graph> { ?s ?p ?o }",
    ],
)
def test_the_word_alone_is_no_harm(store: EmbeddedStore, query: str) -> None:
    assert store.query(query).kind == "rows"


def test_from_reads_a_graph_of_the_store(store: EmbeddedStore) -> None:
    assert len(store.query(f"SELECT * FROM <{GRAPH}> {{ ?s ?p ?o }}")) == 5
    assert len(store.query("SELECT * FROM <https://example.org/none> { ?s ?p ?o }")) == 0


def test_what_is_no_n_triples_is_refused_and_changes_nothing(store: EmbeddedStore) -> None:
    before = store.dump()
    for broken in ("<a> <b>", "} } ; DROP ALL ; INSERT DATA { {", '<a:a> <a:b> "c'):
        with pytest.raises(StoreError, match="could not be stored"):
            store.add(GRAPH, broken)
    assert store.dump() == before


def test_a_dump_is_sorted_n_quads(store: EmbeddedStore) -> None:
    lines = store.dump().splitlines()
    assert lines == sorted(lines)
    assert len(list(ox.parse(store.dump(), format=ox.RdfFormat.N_QUADS))) == len(store) == 10


def test_a_notebook_shows_yes_no_and_long_tables() -> None:
    store = EmbeddedStore()
    triples = (f'<https://a.org/{n}> <https://a.org/b> "{n}" .' for n in range(150))
    store.add(GRAPH, "\n".join(triples))
    shown = store.query("SELECT ?s ?none { ?s ?p ?o }")._repr_html_()
    assert shown.count("<tr>") == 51
    assert "150 rows, the first 50 shown" in shown
    yes = store.query("ASK {}")
    assert (yes._repr_html_(), repr(yes)) == ("<p>yes</p>", "<Results: yes>")


def test_values_are_shown_as_one_reads_them(store: EmbeddedStore) -> None:
    found = store.query("SELECT ?s ?t ?none { ?s <https://example.org/t> ?t }")
    assert [found.display(value) for value in found[0].values()] == [":Q1", "true", ""]


def test_a_number_that_is_none_stays_words() -> None:
    store = EmbeddedStore()
    odd = '<a:a> <a:b> "many"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    store.add(GRAPH, odd)
    assert store.query("SELECT ?x { ?s ?p ?x }").column("x") == ["many"]


def test_a_data_frame_without_pandas_says_what_is_missing(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = store.query("SELECT ?x { ?s ?p ?x }")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pip install 'pandas'"):
        found.to_dataframe()


def test_a_store_tells_what_it_is() -> None:
    store = EmbeddedStore()
    assert repr(store) == "<EmbeddedStore memory:: 0 quads>"
    store.close()
    assert repr(store) == "<EmbeddedStore memory:: closed>"


def test_an_answer_can_be_left_half_read(store: EmbeddedStore) -> None:
    with store.asked("SELECT ?p { ?s ?p ?o }") as found:
        assert isinstance(found, ox.QuerySolutions)
        assert next(found)["p"] is not None
    with pytest.raises(QueryError, match="line 1, column 16"), store.asked("SELECT { ?s ?p ?o }"):
        pass


def test_a_query_can_be_kept_to_some_graphs(store: EmbeddedStore) -> None:
    other = "https://example.org/other"
    store.add(other, '<https://a.org/a> <https://a.org/p> "x" .')
    everything = "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"

    def count(*default: str, named: tuple[str, ...] = ()) -> int:
        with store.asked(everything, default=default, named=named) as found:
            assert isinstance(found, ox.QuerySolutions)
            return len(list(found))

    assert (count(other), count(other, named=(other,)), count(GRAPH)) == (1, 2, 5)
    assert count(named=(GRAPH,)) == 5


@pytest.mark.parametrize(
    "asked",
    [
        "SERVICE <http://data.example.org/sparql>",
        "SERVICE SILENT <https://data.example.org/>",
        "service <http://other.example.org:8080/sparql>",
    ],
)
def test_a_listed_host_may_be_asked(asked: str) -> None:
    listed = ("data.example.org", "other.example.org:8080")
    query = f"SELECT ?s {{ {asked} {{ ?s ?p ?o }} }}"
    guard.refuse_strays(query, "here", listed)
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        guard.refuse_strays(query, "here")


@pytest.mark.parametrize(
    "asked",
    [
        "SERVICE <http://evil.example/sparql>",
        "SERVICE <http://data.example.org.evil.example/>",
        "SERVICE <http://data.example.org@evil.example/>",
        "SERVICE <http://data.example.org:9999/>",
        "SERVICE <ftp://data.example.org/>",
        "SERVICE <http://[/>",
        "SERVICE ?where",
        "SERVICE <sparql>",
        "SERVICE :data",
        "SERVICE:data",
        "serviceSilent:data",
        "SERVICESILENT<http://data.example.org/>",
        "?s ?p 1SERVICE:data",
        "?s ?p true.SERVICE:data",
        "FILTER(?a<?b&&?c='>') SERVICE <http://evil.example/> {} FILTER('' =",
        "SERVICE # a word between\n <http://data.example.org/>",
        "FILTER(?a <?b)SERVICE?x#>\n",
    ],
)
def test_no_other_host_may_be_asked(asked: str) -> None:
    query = f"PREFIX : <http://data.example.org/> SELECT ?s {{ {asked} {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        guard.refuse_strays(query, "here", ("data.example.org",))


@pytest.mark.parametrize(
    "asked",
    [
        "LOAD <http://data.example.org/>",
        "LOAD:data",
        "CLEAR ALL;loadSilent:data",
        "LOADSILENT<http://data.example.org/>",
        "INSERT DATA {};LOAD:data INTO GRAPH:x",
        "DELETE {} WHERE { FILTER(?a<?b&&?c='>') };LOAD <http://evil.example/> #'",
    ],
)
def test_no_update_loads_from_elsewhere(asked: str) -> None:
    with pytest.raises(QueryError, match="LOAD reads another place"):
        guard.refuse_loads(f"PREFIX : <http://data.example.org/> {asked}", "here")


def test_names_that_hold_a_keyword_are_names() -> None:
    guard.refuse_strays("SELECT ?service { ?service :service :serviceOf }", "here")
    guard.refuse_loads("INSERT DATA { :load e:upload :payload }", "here")
