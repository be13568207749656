"""Files that other programs read back with the same content, and the same bytes each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from rdflib.compare import isomorphic

from kg.errors import UnknownName
from kg.model import Document
from kg.rdf import serialise, write
from kg.rdf.sorting import in_order
from kg.store import EmbeddedStore
from kg.vocab import RDF, document_iri
from tests.bench import synthetic
from tests.strategies import documents

pytestmark = pytest.mark.filterwarnings(r"ignore:(Dataset\.|ConjunctiveGraph).*:DeprecationWarning")

RDFLIB = {"trig": "trig", "nq": "nquads", "jsonld": "json-ld", "ttl": "turtle", "nt": "nt"}


def stored(*given_documents: Document) -> bytes:
    store = EmbeddedStore()
    for document in given_documents:
        store.add(document_iri(document), write.graph(document))
    return store.dump()


Row = tuple[object, ...]


def quads_in_rdflib(data: bytes, form: str) -> set[Row]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode(), format=RDFLIB[form])
    default = str(dataset.default_graph.identifier)
    return {
        (*map(str, (s, p)), *_content(o.n3(), str(o), str(getattr(o, "datatype", None) or "")),
         "" if str(g) in ("None", default) else str(g))
        for s, p, o, g in dataset.quads()
    }  # fmt: skip


def quads(data: bytes) -> set[Row]:
    found = set()
    for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS):
        o, g = quad.object, quad.graph_name
        kind = o.datatype.value if isinstance(o, ox.Literal) else ""
        graph = "" if isinstance(g, ox.DefaultGraph) else g.value
        found.add(
            (quad.subject.value, quad.predicate.value, *_content(str(o), o.value, kind), graph)
        )
    return found


def _content(written: str, value: str, kind: str) -> tuple[object, str]:
    """Return what an object means: "1" and "1.0" are one double, with and without xsd:string."""
    if written.startswith("<"):
        return value, "iri"
    if kind == str(rdflib.XSD.double):
        return float(value), kind
    return value, kind or str(rdflib.XSD.string)


def other(document: Document) -> Document:
    return document.but(id="other", text=document.text + " ", date="2025-02-19")


@pytest.mark.parametrize("form", ["trig", "nq", "jsonld"])
def test_rdflib_reads_the_whole_dataset_back(form: str, gold_seed: Document) -> None:
    data = stored(gold_seed, other(gold_seed))
    assert quads_in_rdflib(serialise.dump(data, form), form) == quads(data)


@pytest.mark.parametrize("form", ["ttl", "nt"])
def test_turtle_holds_the_merged_knowledge(form: str, gold_seed: Document) -> None:
    data = stored(gold_seed, other(gold_seed))
    expected = {quad for quad in quads(data) if not quad[-1]}
    assert {(*q[:-1], "") for q in quads_in_rdflib(serialise.dump(data, form), form)} == expected
    graph = rdflib.Graph().parse(data=serialise.dump(data, form), format=RDFLIB[form])
    again = rdflib.Graph().parse(data=serialise.dump(data, "nt"), format="nt")
    assert isomorphic(graph, again)
    assert len(graph) == len(expected)


@settings(max_examples=25)
@given(documents())
def test_hostile_documents_are_written_so_that_they_can_be_read(document: Document) -> None:
    data = stored(document)
    store = ox.Store()
    store.load(serialise.dump(data, "trig"), format=ox.RdfFormat.TRIG)
    assert {str(quad) for quad in store} == {
        str(quad) for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)
    }
    jsonld = serialise.dump(data, "jsonld")
    assert set(ox.parse(jsonld, format=ox.RdfFormat.JSON_LD)) == set(store)


def test_the_bytes_do_not_depend_on_order_or_hash_seed(gold_seed: Document) -> None:
    data = stored(gold_seed, other(gold_seed))
    program = (
        "import sys; from kg.rdf import serialise; data = sys.stdin.buffer.read()\n"
        "for form in serialise.FORMATS: sys.stdout.buffer.write(serialise.dump(data, form))"
    )
    shuffled = b"".join(reversed(data.splitlines(keepends=True)))
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=lines,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for lines, seed in ((data, "1"), (shuffled, "2"))
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 100_000


def test_trig_is_readable(gold_seed: Document) -> None:
    text = serialise.dump(stored(gold_seed), "trig").decode()
    assert text.startswith("@prefix : <https://w3id.org/news-kg/id/> .\n@prefix foaf:")
    assert ":Q3052772 a foaf:Person, schema:Person, kg:Person ;\n    rdfs:label" in text
    assert "  this:relation-29 a kg:Assertion, kg:Negotiation ;\n      kg:relation" in text
    assert "    kg:spokeWith :Q22686 .\n" in text


def test_jsonld_has_a_context_and_short_names(gold_seed: Document) -> None:
    record = json.loads(serialise.dump(stored(gold_seed), "jsonld"))
    assert record["@context"]["kg"] == "https://w3id.org/news-kg/ns#"
    macron = next(n for n in record["@graph"] if n["@id"].endswith("id/Q3052772"))
    assert macron["rdfs:label"] == ["Emmanuel Macron"]
    assert "kg:Person" in macron["@type"]


def test_an_empty_dataset_is_an_empty_file() -> None:
    for form in ("nq", "nt", "trig", "ttl"):
        assert not serialise.dump(b"", form).strip()


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(UnknownName, match="did you mean 'trig'"):
        serialise.dump(b"", "trigg")


@pytest.mark.parametrize("form", serialise.FORMATS)
def test_what_waits_in_files_gives_the_same_bytes(form, monkeypatch, tmp_path):
    store = EmbeddedStore()
    for document in synthetic.documents(12):
        store.add(document_iri(document), write.graph(document))
    whole = serialise.dump(store.dump(), form)
    graphs = [None, *store.graphs()]
    lines = [
        line.replace(b" .\n", b" .\n" if graph is None else f" <{graph}> .\n".encode()).decode()
        for graph in graphs
        for line in (_merged(store) if graph is None else store.graph(graph)).splitlines(True)
    ]
    for name, value in (("RUN", 2_000), ("SPOOL", 500), ("AT_ONCE", 7)):
        monkeypatch.setattr(serialise, name, value)
    monkeypatch.setitem(in_order.__kwdefaults__, "run", 5_000)
    assert b"".join(serialise.stream(reversed_inside(lines), form, room=tmp_path)) == whole


def _merged(store: EmbeddedStore) -> bytes:
    return store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").serialize("nt")


def reversed_inside(lines: list[str]) -> list[str]:
    """Turn the order of the lines inside each graph, which must not matter."""
    graphs: dict[str, list[str]] = {}
    for line in lines:
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
        graphs.setdefault(str(quad.graph_name), []).insert(0, line)
    return [line for inside in graphs.values() for line in inside]


@pytest.mark.parametrize("form", ["trig", "nq", "jsonld"])
def test_a_graph_whose_name_has_a_fragment_can_be_read_back(form: str) -> None:
    _comes_back(
        b'<https://x.example/a#b> <https://x.example/p> "c" <https://x.example/g#1> .\n', form
    )


@pytest.mark.parametrize("form", ["trig", "nq", "jsonld"])
def test_a_type_that_is_no_iri_can_be_read_back(form: str) -> None:
    _comes_back(f'<https://x.example/a> <{RDF.type}> "c" <https://x.example/g> .\n'.encode(), form)


def _comes_back(line: bytes, form: str) -> None:
    written = serialise.dump(line, form)
    forms = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
    assert [f"{quad} .\n".encode() for quad in ox.parse(written, format=forms[form])] == [line]
