"""`%load_ext kg` in a real kernel: magics, errors that point, completion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

import kg
from kg.record import to_line
from tests.build import doc

# The kernel warns of its own transport and of asyncio under pytest; neither is ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

TALKS = doc(
    "Emmanuel Macron briefed Keir Starmer. Macron will brief Volodymyr Zelenskyy in Paris.",
    people=["Emmanuel Macron | Macron", "Keir Starmer", "Volodymyr Zelenskyy"],
    places=["Paris"],
    relations=[
        "briefed: Emmanuel Macron > Keir Starmer",
        "briefed: Macron > Volodymyr Zelenskyy (planned)",
    ],
)


@dataclass
class Said:
    """What a cell answered with."""

    status: str = ""
    out: str = ""
    err: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    traceback: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.shown.get("text/plain", "")


class Kernel:
    """A kernel to type into."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client

    def run(self, code: str) -> Said:
        said = Said()

        def hear(message: dict[str, Any]) -> None:
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                setattr(said, where := content["name"][3:], getattr(said, where) + content["text"])
            elif kind == "execute_result":
                said.shown = content["data"]
            elif kind == "error":
                said.traceback = content["traceback"]

        reply = self._client.execute_interactive(code, output_hook=hear, timeout=120)
        said.status = reply["content"]["status"]
        assert said.traceback == []  # never one of those
        return said

    def tab(self, code: str) -> tuple[str, list[str]]:
        """Return what has been typed of a name, and what it may become."""
        self._client.complete(code, len(code))
        reply = self._client.get_shell_msg(timeout=60)["content"]
        return code[reply["cursor_start"] : reply["cursor_end"]], reply["matches"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graph, and one with the document that went in."""
    place = tmp_path_factory.mktemp("magics")
    kg.build(TALKS, out=place / "talks.kg").close()
    (place / "talks.jsonl").write_text(to_line(TALKS) + "\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def kernel(folder: Path, root: Path) -> Iterator[Kernel]:
    """One kernel for all tests of this file."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(root))
    try:
        started = Kernel(client)
        assert started.run("%load_ext kg").status == "ok"
        assert "2 relations (1 actual, 1 planned)" in started.run(f"%kg open {folder}/talks.kg").out
        yield started
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


class TestSparql:
    """`%%sparql`."""

    QUERY = "SELECT ?name WHERE { ?who kg:briefed ?whom . ?whom rdfs:label ?name }"

    def test_shows_a_table(self, kernel: Kernel) -> None:
        said = kernel.run(f"%%sparql\n{self.QUERY}")
        assert said.text == "name\nKeir Starmer\n1 row"
        assert "<td" in said.shown["text/html"]

    def test_stores_a_data_frame(self, kernel: Kernel) -> None:
        said = kernel.run(f"%%sparql -g g --as frame -o whom\n{self.QUERY}")
        assert "dataframe" in said.shown["text/html"]
        assert kernel.run("list(whom.name)").text == "['Keir Starmer']"

    def test_asks_by_name(self, kernel: Kernel) -> None:
        said = kernel.run("%sparql --named planned -p who=Macron")
        assert "Volodymyr Zelenskyy" in said.text
        assert "did you mean 'planned'" in kernel.run("%sparql --named plannd").err
        assert "is not like who=Macron" in kernel.run("%sparql -n planned -p who").err

    def test_an_error_points_at_its_place(self, kernel: Kernel) -> None:
        said = kernel.run("%%sparql\nSELECT ?x\nWHERE { ?x kg:briefed nope:y }\n")
        assert said.status == "error"  # so that cells below are not run on
        assert said.err.splitlines()[0].startswith(
            "UsageError: The query cannot be run at line 2, column 23: the prefix nope: is not"
        )
        assert said.err.splitlines()[1:3] == [
            "2 | WHERE { ?x kg:briefed nope:y }",
            "  | " + " " * 22 + "^",
        ]
        ends = kernel.run("%%sparql\nSELECT ?x {\n\n").err
        assert "at line 1, column 12" in ends
        assert "there is no query" in kernel.run("%%sparql\n  ").err

    def test_an_empty_answer_says_which_name_is_unknown(self, kernel: Kernel) -> None:
        said = kernel.run("%%sparql\nSELECT ?x\n{ ?x kg:brefed ?y ; kg:brefed ?z }")
        assert said.text == "x\n0 rows"
        assert said.err.splitlines() == [
            "kg:brefed is no name of this graph; did you mean kg:briefed?",
            "2 | { ?x kg:brefed ?y ; kg:brefed ?z }",
            "  |      ^",
        ]
        assert kernel.run("%%sparql\nSELECT ?x { ?x kg:attended ?y }").err == ""


class TestKg:
    """`%kg`."""

    def test_builds_into_a_variable(self, kernel: Kernel, folder: Path) -> None:
        said = kernel.run(f"%kg build {folder}/talks.jsonl -o built")
        assert said.out.startswith("built: <KnowledgeGraph memory:")
        assert kernel.run("len(built)").text == "1"
        assert kernel.run("%kg stats").text.startswith("1 document, 4 entities")
        kernel.run(f"%kg open {folder}/talks.kg")  # the latest is asked
        kernel.run("del built")

    def test_says_warnings_as_sentences(self, kernel: Kernel, folder: Path) -> None:
        said = kernel.run(f"%kg build {folder}/talks.jsonl {folder}/none.txt -o other")
        assert said.err.startswith("Warning: 1 of the inputs failed")
        assert ".py:" not in said.err
        kernel.run(f"%kg open {folder}/talks.kg")
        kernel.run("del other")

    def test_focuses(self, kernel: Kernel) -> None:
        whole = kernel.run("%kg show")
        assert whole.text == "<Page of 4 entities, 2 relations, 1 document>"
        part = kernel.run("%kg focus Keir Starmer --hops 1")
        assert part.text == "<Page of 2 of 4 entities, 1 of 2 relations, 1 document>"
        assert "<iframe" in part.shown["text/html"]
        same = kernel.run("%kg show --focus 'Keir Starmer' --hops 1")
        assert same.shown == part.shown
        planned = kernel.run("%kg show --status planned --relation briefed")
        assert "1 of 2 relations," in planned.text
        assert "'nowhere'" in kernel.run("%kg show --view nowhere").err

    def test_lists_relations(self, kernel: Kernel) -> None:
        said = kernel.run("%kg relations briefed --status planned --subject Macron -o rows")
        assert said.text.endswith("1 row")
        assert kernel.run("rows.column('object')").text == "['Volodymyr Zelenskyy']"
        assert kernel.run("%kg relations").text.endswith("2 rows")

    def test_extracts_from_the_cell(self, kernel: Kernel) -> None:
        said = kernel.run(
            "%%kg extract --date 2025-02-17 -o found\n"
            "Emmanuel Macron met Olaf Scholz in Paris on Monday."
        )
        assert "2 entities" not in said.text
        assert "1 relation" in said.text
        assert kernel.run("found.relations[0].date").text == "'2025-02-17'"

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("%kg nope", "'nope'"),
            ("%kg open /nowhere.kg", "there is no graph here"),
            ("%kg focus Starmr", "did you mean 'Keir Starmer'?"),
            ("%kg relations brefed", "did you mean 'briefed'?"),
            ("%kg build x.txt -o news.kg", "'news.kg' is no name of a variable (a folder: --out)"),
            ("%kg show -g nobody", "there is no graph called 'nobody'; graphs here: g"),
            ('%kg show --focus "Macron', "a quotation mark is not closed"),
            ("%kg extract", "%%kg extract, with the text below it"),
            ("%%kg stats\ntext", "alone"),
            ("%kg show --min-score 3", "from 0 to 1"),
        ],
    )
    def test_says_what_is_wrong_in_one_sentence(
        self, kernel: Kernel, line: str, problem: str
    ) -> None:
        said = kernel.run(line)
        assert said.status == "error"
        assert problem in said.err
        assert len(said.err.strip().splitlines()) == 1

    def test_helps(self, kernel: Kernel) -> None:
        said = kernel.run("%kg --help")
        assert (said.status, said.err) == ("ok", "")
        assert "focus" in said.out

    def test_two_graphs_are_not_guessed_between(self, kernel: Kernel, folder: Path) -> None:
        kernel.run("import kg; other = kg.KnowledgeGraph(); first = g; del g")
        assert "say which graph with -g: other, first" in kernel.run("%kg stats").err
        assert kernel.run("%kg stats -g other").text.startswith("0 documents")
        kernel.run(f"del other, first\n%kg open {folder}/talks.kg")


class TestCompletion:
    """TAB, as JupyterLab asks the kernel for it."""

    @pytest.mark.parametrize(
        ("code", "typed", "some"),
        [
            ("%%sparql\nSELECT ?x { ?x kg:bri", "bri", ["briefed", "briefedBy"]),
            ("%%sparql\nSELECT ?x { ?x a kg:Brief", "Brief", ["Briefing"]),
            ("%%sparql\nSELECT ?x { ?x a schema:Per", "Per", ["Person"]),
            ("%%sparql -g g\nSELECT ?x { ?x ske", "", []),
            ("%%sparql\nSELECT ?x { ?x sko", "sko", ["skos:"]),
            ("%%sparql\nSELECT ?who { ?w", "?w", ["?who"]),
            ('%%sparql\nSELECT ?x { ?x rdfs:label "kei', "kei", ["Keir Starmer"]),
            ('g.relations("bri', "bri", ["briefed"]),
            ('g.relations(\n    ["visited", "bri', "bri", ["briefed"]),
            ('g.relations(type="bri', "bri", ["briefed"]),
            ("g.relations('briefed', status='pl", "pl", ["planned"]),
            ('g.relations(subject="Emmanuel Mac', "Emmanuel Mac", ["Emmanuel Macron"]),
            ('g.timeline("zel', "zel", ["Volodymyr Zelenskyy"]),
            ('g.page(focus="Kei', "Kei", ["Keir Starmer"]),
            ('g.named("who-br', "who-br", ["who-briefed-whom"]),
            ('table.column("evi', "evi", ["evidence"]),
            ("%kg fo", "fo", ["focus"]),
            ("%kg focus mac", "mac", ["Emmanuel Macron"]),
            ("%kg relations bri", "bri", ["briefed"]),
            ("%kg show --focus Kei", "Kei", ["Keir Starmer"]),
            ("%sparql --named who-br", "who-br", ["who-briefed-whom"]),
            ("%%sparql --as fr", "fr", ["frame"]),
            ("%kg focus Macron --view ti", "ti", ["timeline"]),
        ],
    )
    def test_offers_names(self, kernel: Kernel, code: str, typed: str, some: list[str]) -> None:
        kernel.run("table = g.relations()")
        found, names = kernel.tab(code)
        assert (found, names) == (typed, some)

    def test_leaves_everything_else_to_jupyter(self, kernel: Kernel) -> None:
        assert "relations" in kernel.tab("g.rel")[1]
        assert kernel.tab('print("bri')[1] == []
        assert kernel.tab('%%sparql\nSELECT ?x { ?x rdfs:label "Kei" ; sko')[1] == ["skos:"]
        assert kernel.tab('nothing.relations("bri')[1] == []

    def test_goes_when_unloaded(self, kernel: Kernel) -> None:
        kernel.run("%unload_ext kg")
        assert kernel.tab('g.relations("bri')[1] == []
        assert "not found" in kernel.run("%kg stats").err
        kernel.run("%load_ext kg")
        assert kernel.tab('g.relations("bri')[1] == ["briefed"]
