"""The object users hold: documents go in, the same things come out by every door."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import networkx
import pytest
import rdflib

import kg
from kg.errors import QueryError, SourceError, StoreBusy, StoreError, UnknownName
from kg.model import Document
from kg.record import to_line
from kg.relations import Lexicon
from tests.build import doc

ONE = doc(
    "Emmanuel Macron met Olaf Scholz in Paris. Macron will brief Zelenskyy. “It is late,” said "
    "Scholz.",
    id="one",
    date="2025-02-17",
    people=["Emmanuel Macron | Macron", "Olaf Scholz | Scholz", "Zelenskyy"],
    places=["Paris"],
    relations=["metWith: Emmanuel Macron > Olaf Scholz", "briefed: Macron > Zelenskyy (planned)"],
    statements=["Scholz: It is late (direct)"],
)
TWO = doc(
    "Emmanuel Macron did not meet Olaf Scholz.",
    id="two",
    people=["Emmanuel Macron", "Olaf Scholz"],
    relations=["metWith: Emmanuel Macron > Olaf Scholz (negated)"],
)
OWN_RELATION = """
[nicknamed]
label    = "nicknamed"
noun     = "Nicknaming"
gloss    = "gave a nickname to"
domain   = ["Actor"]
range    = ["Actor"]
colour   = "#2a9d8f"
frames   = ["nickname: subj > obj"]
examples = [{text = "Anna Keller nicknamed Tomas Brandt.", yields = ["Anna Keller > Tomas Brandt"]}]
"""
RDFLIB_DEPRECATES_ITSELF = pytest.mark.filterwarnings(
    "ignore:.* is deprecated, use Dataset:DeprecationWarning"
)
FILES = {"documents.jsonl", "graph.trig", "page.html", "report.json", "store"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    """What is in the files beside the store, whichever inputs the last build had."""
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    if "report.json" in found:
        found["report.json"] = found["report.json"].partition(b',\n  "inputs"')[0]
    return found


@pytest.fixture
def graph() -> kg.KnowledgeGraph:
    return kg.build(ONE, TWO)


def test_a_document_that_was_extracted_is_stored_as_it_is(graph: kg.KnowledgeGraph) -> None:
    one, two = graph.documents()
    assert all(entity.iri for entity in one.entities)
    without = one.but(entities=ONE.entities)
    assert to_line(without) == to_line(ONE)
    assert two.text == TWO.text


def test_a_text_goes_through_the_pipeline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ONE.text, encoding="utf-8")
    given: list[Document] = []

    def pipeline(document: Document) -> Document:
        given.append(document)
        return ONE.but(id=document.id)

    graph = kg.build(tmp_path / "a.txt", pipeline=pipeline)
    assert [(document.id, document.text, document.entities) for document in given] == [
        ("a", ONE.text, ())
    ]
    assert graph.relations().column("relation") == ["metWith", "briefed"]


def test_relations_are_rows(graph: kg.KnowledgeGraph) -> None:
    (row,) = graph.relations("briefed")
    assert tuple(row) == (
        "Emmanuel Macron",
        "briefed",
        "Zelenskyy",
        "planned",
        None,
        None,
        None,
        "Macron will brief Zelenskyy.",
        "one",
        1.0,
        "text",
        None,
    )
    assert row.evidence == "Macron will brief Zelenskyy."
    assert len(graph.relations()) == 3
    assert graph.relations(status="negated").column("document") == ["two"]
    assert len(graph.relations(["metWith", "briefed"], status=["actual", "planned"])) == 2


@pytest.mark.parametrize(
    "who", ["Zelenskyy", "zelenskyy", "https://w3id.org/news-kg/id/person/zelenskyy"]
)
def test_an_end_is_found_by_name_and_iri(graph: kg.KnowledgeGraph, who: str) -> None:
    assert graph.relations(object=who).column("relation") == ["briefed"]
    assert len(graph.relations(subject=who)) == 0


def test_an_end_is_found_by_alias(graph: kg.KnowledgeGraph) -> None:
    assert graph.relations(subject="macron", object="scholz").column("status") == [
        "actual",
        "negated",
    ]


def test_a_symmetric_relation_is_found_from_both_sides(graph: kg.KnowledgeGraph) -> None:
    found = graph.relations("metWith", subject="Olaf Scholz", status="actual")
    assert [(row.subject, row.object) for row in found] == [("Olaf Scholz", "Emmanuel Macron")]


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"type": "brefed"}, "There is no relation called 'brefed'; did you mean 'briefed'?"),
        ({"status": "plannd"}, "There is no status called 'plannd'; did you mean 'planned'?"),
        ({"subject": "Makron"}, "There is no entity called 'Makron'"),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest_one(
    graph: kg.KnowledgeGraph, given: dict[str, str], hint: str
) -> None:
    with pytest.raises(UnknownName) as error:
        graph.relations(**given)  # type: ignore[arg-type]
    assert str(error.value).startswith(hint)


def test_entities_and_statements_are_rows(graph: kg.KnowledgeGraph) -> None:
    assert [(row.name, row.type, row.documents) for row in graph.entities] == [
        ("Emmanuel Macron", "Person", 2),
        ("Olaf Scholz", "Person", 2),
        ("Paris", "Place", 1),
        ("Zelenskyy", "Person", 1),
    ]
    (said,) = graph.statements("scholz")
    assert (said.speaker, said.quote, said.kind, said.date) == (
        "Olaf Scholz",
        "It is late",
        "direct",
        "2025-02-17",
    )
    assert len(graph.statements("Macron")) == 0


def test_rows_become_a_data_frame(graph: kg.KnowledgeGraph) -> None:
    frame = graph.relations().to_dataframe()
    assert list(frame.columns)[:4] == ["subject", "relation", "object", "status"]
    assert list(frame["status"]) == ["actual", "planned", "negated"]
    answer = graph.query("SELECT ?s ?o { ?s kg:metWith ?o }").to_dataframe()
    assert answer.shape[1] == 2


def test_a_plain_query_gives_facts_only(graph: kg.KnowledgeGraph) -> None:
    ask = "ASK {{ ?a rdfs:label '{}' . ?b rdfs:label '{}' . ?a {} ?b }}"
    assert graph.query(ask.format("Emmanuel Macron", "Olaf Scholz", "kg:metWith")).boolean
    assert graph.query(ask.format("Emmanuel Macron", "Zelenskyy", "kg:briefed")).boolean is False


def test_a_named_query_takes_parameters(graph: kg.KnowledgeGraph) -> None:
    assert graph.named("planned", who="Zelensky").column("sentence") == [
        "Macron will brief Zelenskyy."
    ]
    assert len(graph.named("planned", who="Scholz")) == 0
    with pytest.raises(UnknownName, match="did you mean 'planned'"):
        graph.named("planed")


def test_bad_sparql_is_an_error_with_its_place(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(QueryError) as error:
        graph.query("SELECT ?a\nWHERE { ?a kg:metWith }")
    assert (error.value.line, error.value.column) == (2, 23)


def test_figures_count_facts_not_sentences(graph: kg.KnowledgeGraph) -> None:
    stats = graph.stats()
    assert (stats.documents, stats.statements) == (2, 1)
    assert stats.entities == {"Person": 3, "Place": 1}
    assert stats.relations == {"actual": 1, "planned": 1, "negated": 1}
    graph.add(TWO.but(id="three", text=TWO.text + " "))
    assert graph.stats().relations == stats.relations
    assert len(graph) == 3


@RDFLIB_DEPRECATES_ITSELF
def test_a_network_and_a_dataset_hold_the_same(graph: kg.KnowledgeGraph) -> None:
    network = graph.network()
    assert isinstance(network, networkx.MultiDiGraph)
    assert network.number_of_edges() == 3
    assert graph.network(status="actual").number_of_edges() == 1
    dataset = graph.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    met = rdflib.URIRef("https://w3id.org/news-kg/ns#metWith")
    plain = {(str(s), str(o)) for s, _, o in dataset.triples((None, met, None))}
    ours = graph.query("SELECT ?s ?o { ?s kg:metWith ?o }")
    assert plain == {(row["s"], row["o"]) for row in ours} != set()


def test_the_graph_conforms_to_its_shapes(graph: kg.KnowledgeGraph) -> None:
    assert graph.validate().conforms


def test_a_folder_holds_the_graph_and_all_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    with kg.build(ONE, TWO, out=folder) as graph:
        before = graph.dump()
    assert names(folder) == FILES
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in report["documents"]] == ["one", "two"]
    assert report["failures"] == []
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    with kg.open(folder) as graph:
        assert [to_line(document) for document in graph.documents()] == lines
        assert graph.dump() == before


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    kg.build(ONE, TWO, out=tmp_path / "a.kg").close()
    kg.build(TWO, ONE, out=tmp_path / "b.kg").close()
    assert contents(tmp_path / "a.kg") == contents(tmp_path / "b.kg")


def test_adding_the_same_text_again_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, TWO, out=folder).close()
    before = contents(folder)
    with kg.open(folder) as graph:
        graph.add(ONE, TWO)
        assert len(graph) == 2
    assert contents(folder) == before


def test_the_same_text_twice_among_the_inputs_is_one_document() -> None:
    graph = kg.build(ONE, ONE.but(id="copy"))
    assert list(graph.graphs()) == ["one"]


def test_another_text_with_the_same_id_gets_another_id() -> None:
    graph = kg.build(ONE, TWO.but(id="one"))
    assert list(graph.graphs()) == ["one", "one-2"]
    graph.add(TWO.but(id="one"))
    assert list(graph.graphs()) == ["one", "one-2"]


def test_removing_a_document_takes_only_what_it_alone_supports(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    kg.build(TWO, out=tmp_path / "two.kg").close()
    kg.build(ONE, TWO, out=folder).close()
    with kg.open(folder) as graph:
        graph.remove("one")
    assert contents(folder) == contents(tmp_path / "two.kg")


def test_removing_an_unknown_document_removes_nothing(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="no document called 'tow'; did you mean 'two'"):
        graph.remove("one", "tow")
    assert len(graph) == 2


def test_one_failure_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.warns(UserWarning, match=r"1 of the inputs failed.*empty\.txt: is empty"):
        graph = kg.build(ONE, tmp_path / "empty.txt", out=tmp_path / "news.kg")
    assert [failure.stage for failure in graph.report.failures] == ["read"]
    assert [outcome.id for outcome in graph.report.documents] == ["one"]
    graph.close()
    report = json.loads((tmp_path / "news.kg" / "report.json").read_text(encoding="utf-8"))
    assert [failure["problem"] for failure in report["failures"]] == ["is empty"]


def test_a_stage_that_fails_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Macron spoke.", encoding="utf-8")

    def pipeline(document: Document) -> Document:
        raise RuntimeError("no verb")

    with pytest.raises(SourceError, match="a: RuntimeError: no verb"):
        kg.build(tmp_path / "a.txt", pipeline=pipeline)


def test_a_relation_that_is_in_no_lexicon_is_a_failure() -> None:
    unknown = json.loads(to_line(ONE).replace("metWith", "metWyth"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = kg.build(kg.record.from_json(unknown), TWO)
    assert graph.report.failures[0].problem == (
        "There is no relation called 'metWyth'; did you mean 'metWith'?"
    )
    assert list(graph.graphs()) == ["two"]


def test_nothing_to_build_from_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        kg.build("nowhere.txt", out=tmp_path / "news.kg")
    assert not (tmp_path / "news.kg").exists()


def test_a_graph_knows_its_own_relations(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(OWN_RELATION, encoding="utf-8")
    document = json.loads(to_line(ONE).replace("metWith", "nicknamed"))
    folder = tmp_path / "news.kg"
    kg.build(kg.record.from_json(document), out=folder, lexicon=own).close()
    own.unlink()
    with kg.open(folder) as graph:
        assert "nicknamed" in graph.lexicon
        assert graph.relations("nicknamed").column("subject") == ["Emmanuel Macron"]
        assert graph.validate().conforms
        graph.add(TWO)
        assert graph.relations("nicknamed").column("subject") == ["Emmanuel Macron"]


def test_a_lexicon_may_be_given_whole() -> None:
    lexicon = Lexicon([kg.relations.shipped()["metWith"]])
    assert list(kg.build(TWO, lexicon=lexicon).lexicon) == ["metWith"]


def test_a_graph_knows_its_own_base(tmp_path: Path) -> None:
    folder, base = tmp_path / "news.kg", "https://example.org/things/"
    kg.build(ONE, out=folder, base=base).close()
    with kg.open(folder) as graph:
        graph.add(TWO)
        assert all(iri.startswith(base) for iri in graph.entities.column("iri"))
        assert graph.query("ASK { :person/olaf-scholz a kg:Person }".replace("/", "\\/")).boolean
    with pytest.raises(StoreError, match="its things start with https://example"):
        kg.open(folder, base="https://example.org/others/")


@pytest.mark.parametrize(
    ("ending", "files"),
    [(form, [f"g.{form}"]) for form in
     ("trig", "nq", "jsonld", "ttl", "nt", "graphml", "gexf", "dyads.csv", "jsonl", "html")]
    + [("csv", ["g.nodes.csv", "g.edges.csv"])],
)  # fmt: skip
def test_a_graph_is_saved_by_ending(
    graph: kg.KnowledgeGraph, tmp_path: Path, ending: str, files: list[str]
) -> None:
    assert graph.save(tmp_path / f"g.{ending}") == [tmp_path / name for name in files]
    first = contents(tmp_path)
    assert set(first) == set(files)
    graph.save(str(tmp_path / f"g.{ending}"))
    assert contents(tmp_path) == first


@RDFLIB_DEPRECATES_ITSELF
def test_saved_files_come_back(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path / "g.jsonl")
    assert kg.build(tmp_path / "g.jsonl").dump() == graph.dump()
    graph.save(tmp_path / "g.graphml")
    back = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert sorted(back.nodes) == sorted(graph.network().nodes)
    for form, name in (("trig", "trig"), ("nquads", "nq"), ("json-ld", "jsonld")):
        (path,) = graph.save(tmp_path / f"g.{name}")
        dataset = rdflib.Dataset()
        dataset.parse(data=path.read_text(encoding="utf-8"), format=form)
        assert {quad[:3] for quad in dataset.quads()} == {
            quad[:3] for quad in graph.to_rdflib().quads()
        }


def test_an_unknown_format_and_a_bad_place_are_errors(
    graph: kg.KnowledgeGraph, tmp_path: Path
) -> None:
    with pytest.raises(UnknownName, match="no format called 'grphml'; did you mean 'graphml'"):
        graph.save(tmp_path / "g.grphml")
    with pytest.raises(StoreError, match="cannot be written"):
        graph.save(tmp_path / "nowhere" / "g.ttl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "create", "problem"),
    [
        (lambda path: None, False, "there is no graph here; make one with kg build INPUT -o"),
        (lambda path: path.mkdir(), False, "there is no graph here"),
        (lambda path: path.write_text("x"), True, "is a file"),
        (
            lambda path: (path.mkdir(), (path / "mine.txt").touch()),
            True,
            "is a folder with other things in it",
        ),
    ],
)
def test_what_is_no_graph_is_not_opened(
    tmp_path: Path, make: object, create: bool, problem: str
) -> None:
    path = tmp_path / "news.kg"
    make(path)  # type: ignore[operator]
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError, match=problem):
        kg.open(path, create=create)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_graph_can_be_read_while_another_process_writes_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, out=folder).close()
    code = (
        "import pyoxigraph, sys; store = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, folder / "store"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with kg.open(folder) as graph:
            assert len(graph.relations()) == 2
            with pytest.raises(StoreBusy, match="open in another process"):
                graph.add(TWO)
            assert len(graph.relations()) == 2
        assert other.stdin is not None
        other.stdin.close()
    with kg.open(folder) as graph:
        graph.add(TWO)
        assert len(graph) == 2


def test_a_damaged_store_is_told_and_can_be_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, out=folder).close()
    for file in (folder / "store").iterdir():
        file.write_bytes(b"garbage")
    with pytest.raises(StoreError, match=r"documents\.jsonl"):
        kg.open(folder).stats()
    with kg.build(folder / "documents.jsonl", out=tmp_path / "again.kg") as graph:
        assert len(graph.relations()) == 2


@pytest.mark.parametrize("added", ["documents.jsonl", "two.jsonl"])
def test_a_graph_without_its_store_is_made_anew_in_place(tmp_path: Path, added: str) -> None:
    folder = tmp_path / "news.kg"
    kg.build(ONE, out=folder).close()
    (folder / "two.jsonl").write_text(to_line(TWO))
    shutil.rmtree(folder / "store")
    with pytest.raises(StoreError, match=r"store is missing; .* -o .*news\.kg$"):
        kg.open(folder)
    before = contents(folder)
    with kg.build(folder / added, out=folder) as graph:
        ids = [document.id for document in graph.documents()]
        assert ids == (["one"] if added == "documents.jsonl" else ["one", "two"])
    if added == "documents.jsonl":
        assert contents(folder) == before


def test_a_folder_with_records_of_the_user_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "documents.jsonl").write_text(to_line(ONE))
    with pytest.raises(StoreError, match="other things in it"):
        kg.build(tmp_path / "documents.jsonl", out=tmp_path)


def test_a_text_that_comes_twice_is_told(tmp_path: Path) -> None:
    graph = kg.build(ONE, ONE.but(id="uno"), out=tmp_path / "news.kg")
    assert [(one.id, one.same_text_as) for one in graph.report.repeats] == [("uno", "one")]
    report = json.loads((tmp_path / "news.kg" / "report.json").read_text(encoding="utf-8"))
    assert report["repeats"] == [{"id": "uno", "same_text_as": "one"}]
    assert [document.id for document in graph.documents()] == ["one"]


def test_a_closed_graph_says_so(graph: kg.KnowledgeGraph) -> None:
    graph.close()
    with pytest.raises(StoreError, match="closed"):
        graph.query("ASK {}")


def test_a_graph_shows_itself(graph: kg.KnowledgeGraph) -> None:
    assert repr(graph) == (
        "<KnowledgeGraph memory:: 2 documents, 4 entities, 3 relations "
        "(1 actual, 1 planned, 1 negated), 1 statement>"
    )
    html = graph._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in html
    assert "2 documents, 4 entities, 3 relations" in html.rpartition("</iframe>")[2]
    assert "<script" not in html  # the page is in an attribute, escaped


def test_a_page_opens_on_a_part_of_what_it_holds(graph: kg.KnowledgeGraph) -> None:
    assert "Macron will brief" in graph.page()  # the articles stay whole
    assert '"opens":"#relations=briefed"' in kg.build(ONE).page(relation=["briefed"])
    with pytest.raises(UnknownName, match="did you mean 'briefed'"):
        graph.page(relation=["brefed"])
    with pytest.raises(UnknownName, match="no entity called 'Macon'"):
        graph.page(focus="Macon")
