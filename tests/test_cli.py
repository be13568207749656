"""The command line as a person or a script meets it: streams, exit codes, one clear sentence."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kg
from kg.cli.app import app
from kg.errors import StageError
from kg.model import Document
from kg.record import to_line
from tests.build import doc
from tests.server import writable_oxigraph

TALKS = doc(
    "Emmanuel Macron met Olaf Scholz in Paris. Macron will brief Zelenskyy.",
    id="talks",
    date="2025-02-17",
    people=["Emmanuel Macron | Macron", "Olaf Scholz", "Zelenskyy"],
    places=["Paris"],
    relations=["metWith: Emmanuel Macron > Olaf Scholz", "briefed: Macron > Zelenskyy (planned)"],
)
DENIAL = doc(
    "Emmanuel Macron did not meet Olaf Scholz.",
    id="denial",
    people=["Emmanuel Macron", "Olaf Scholz"],
    relations=["metWith: Emmanuel Macron > Olaf Scholz (negated)"],
)
Kg = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_DEBUG", raising=False)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def news(run: Kg) -> str:
    """The folder of a graph of two documents."""
    Path("docs.jsonl").write_text(f"{to_line(TALKS)}\n{to_line(DENIAL)}\n", encoding="utf-8")
    assert run("build", "docs.jsonl", "-o", "news.kg").exit_code == 0
    return "news.kg"


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline that finds what `TALKS` has, and knows French when it sees it."""

    def pipeline(document: Document) -> Document:
        if "est" in document.text.split():
            raise StageError("language", document.id, "the text is French, not English")
        return TALKS.but(id=document.id) if document.text == TALKS.text else document

    monkeypatch.setattr("kg.pipeline.Pipeline.default", lambda *_, **__: pipeline)


def script(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1]), **settings}
    return subprocess.run(
        [sys.executable, "-m", "kg", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_a_build_names_its_page_and_says_the_rest_on_the_side(run: Kg) -> None:
    Path("docs.jsonl").write_text(to_line(TALKS), encoding="utf-8")
    built = run("build", "docs.jsonl", "-o", "news.kg")
    assert built.exit_code == 0
    assert built.stdout == "news.kg/page.html\n"
    assert Path("news.kg/page.html").is_file()
    for words in ("1 document", "people", "planned", "kg query news.kg", "kg export news.kg"):
        assert words in built.stderr


def test_the_commands_a_build_suggests_work(run: Kg, news: str) -> None:
    built = run("build", "docs.jsonl", "-o", news)
    suggested = re.findall(r"^  kg (.*)$", built.stderr, re.MULTILINE)
    assert len(suggested) == 3
    for words in suggested:
        result = run(*[word.strip("'") for word in re.findall(r"'[^']*'|\S+", words)])
        assert result.exit_code == 0, words


def test_a_build_that_loses_some_inputs_says_which(run: Kg, no_model: None) -> None:
    Path("good.txt").write_text(TALKS.text, encoding="utf-8")
    Path("french.txt").write_text("Le roi est mort.", encoding="utf-8")
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(b"\x00\x01")
    built = run("build", "good.txt", "french.txt", "empty.txt", "binary.txt", "gone.txt")
    assert built.exit_code == 3
    assert built.stdout == "news.kg/page.html\n"
    for sentence in (
        "Failed (4)",
        "french (stage language): the text is French, not English",
        "empty.txt: is empty; put the text of the article in it",
        "binary.txt: is binary, not text; give the article as plain text",
        "gone.txt: there is no such file; check the path",
    ):
        assert sentence in built.stderr
    report = json.loads(Path("news.kg/report.json").read_text(encoding="utf-8"))
    assert [entry["where"] for entry in report["failures"]] == [
        "french",
        "empty.txt",
        "binary.txt",
        "gone.txt",
    ]
    assert [entry["id"] for entry in report["documents"]] == ["good"]


def test_a_build_that_loses_everything_changes_but_the_report(
    run: Kg, news: str, no_model: None
) -> None:
    files = [path for path in Path(news).iterdir() if path.is_file() and path.stem != "report"]
    before = {path: path.read_bytes() for path in files}
    Path("french.txt").write_text("Le roi est mort.", encoding="utf-8")
    Path("empty").mkdir()
    built = run("build", "french.txt", "empty", "-o", news)
    assert built.exit_code == 1
    assert built.stdout == ""
    assert "empty: there are no documents in this folder; put articles in it" in built.stderr
    assert before == {path: path.read_bytes() for path in files}
    report = json.loads(Path(news, "report.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in report["documents"]] == ["denial", "talks"]
    assert [(entry["where"], entry["outcome"]) for entry in report["inputs"]] == [
        ("french.txt", "failed"),
        ("empty", "failed"),
    ]
    assert run("build", "gone.txt", "-o", "other.kg").exit_code == 1
    assert not Path("other.kg").exists()


def test_extract_prints_records_in_order_and_stores_nothing(run: Kg, no_model: None) -> None:
    Path("b.txt").write_text(TALKS.text, encoding="utf-8")
    Path("a.txt").write_text("Nobody spoke.", encoding="utf-8")
    done = run("extract", "b.txt", "gone.txt", "a.txt")
    assert done.exit_code == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", "a"]
    assert json.loads(done.stdout.splitlines()[0])["relations"][0]["type"] == "metWith"
    assert "gone.txt: there is no such file" in done.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "b.txt"]
    assert run("extract", "gone.txt").exit_code == 1


def test_extract_reads_standard_input(no_model: None) -> None:
    done = CliRunner().invoke(app, ["extract", "-"], input=TALKS.text)
    assert json.loads(done.stdout)["id"] == "stdin"


def test_a_query_prints_a_table_with_ids_for_documents(run: Kg, news: str) -> None:
    done = run("query", news, "--named", "planned")
    assert done.exit_code == 0
    header, row = done.stdout.splitlines()
    assert header.split() == ["one", "relation", "other", "place", "date", "sentence", "document"]
    assert row.split()[:3] == ["Emmanuel", "Macron", "briefed"]
    assert row.split()[-1] == "talks"
    assert done.stderr == "1 row\n"


def test_a_query_comes_from_words_a_file_or_by_name(run: Kg, news: str) -> None:
    words = "SELECT ?name { ?a kg:metWith ?b . ?a rdfs:label ?name }"
    Path("q.rq").write_text(words, encoding="utf-8")
    spoken = run("query", news, words).stdout
    assert spoken == run("query", news, "--file", "q.rq").stdout
    assert spoken == "name\nEmmanuel Macron\n"
    assert run("query", news, "ASK { ?a kg:briefed ?b }").stdout == "no\n"
    listed = run("query", news)
    assert listed.exit_code == 0
    assert "who-briefed-whom" in listed.stdout


def test_a_named_query_takes_parameters(run: Kg, news: str) -> None:
    found = run("query", news, "-n", "planned", "-p", "who=Zelenskyy")
    assert "Macron will brief Zelenskyy." in found.stdout
    assert "Macron will brief" not in run("query", news, "-n", "planned", "-p", "who=Paris").stdout


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("csv", lambda text: next(csv.DictReader(io.StringIO(text)))["name"]),
        ("tsv", lambda text: text.splitlines()[1].strip('"')),
        ("json", lambda text: json.loads(text)["results"]["bindings"][0]["name"]["value"]),
        ("xml", lambda text: re.findall("<literal>(.*)</literal>", text)[0]),
    ],
)
def test_an_answer_is_printed_in_the_form_asked_for(
    run: Kg, news: str, form: str, read: Callable[[str], str]
) -> None:
    words = "SELECT ?name { ?a kg:metWith ?b . ?a rdfs:label ?name }"
    done = run("query", news, words, "--as", form)
    assert read(done.stdout) == "Emmanuel Macron"
    assert done.stderr == ""


def test_a_graph_as_an_answer_is_turtle(run: Kg, news: str) -> None:
    words = "CONSTRUCT { ?a kg:metWith ?b } { ?a kg:metWith ?b }"
    assert "kg:metWith" in run("query", news, words, "--as", "turtle").stdout
    wrong = run("query", news, words, "--as", "csv")
    assert wrong.exit_code == 2
    assert "There is no format of a graph called 'csv'" in wrong.stderr


def test_pages_and_exports_name_what_they_wrote(run: Kg, news: str) -> None:
    page = run("show", news, "-o", "p.html", "--focus", "Macron", "--hops", "1", "--view", "map")
    assert page.stdout == "p.html\n"
    assert "\np.html#focus=Macron&view=map&hops=1\n" in page.stderr
    assert run("show", news, "--relation", "briefed", "--since", "2025-02").stdout == (
        "news.kg/view.html\n"
    )
    assert run("export", news, "-o", "g.csv").stdout == "g.nodes.csv\ng.edges.csv\n"
    for name in ("p.html", "news.kg/view.html", "g.nodes.csv", "g.edges.csv"):
        assert Path(name).stat().st_size > 0


def test_stats_count(run: Kg, news: str) -> None:
    words = run("stats", news).stdout
    assert re.search(r"people +3 .*actual +1$", words, re.MULTILINE)
    assert re.search(r"^metWith +2$", words, re.MULTILINE)
    assert re.search(r"^talks +2025-02-17 +4 +2 +0$", words, re.MULTILINE)


def test_validate_passes_and_fails(run: Kg, news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("validate", news).stdout == "The graph conforms.\n"
    from kg.rdf.validate import Finding, Report

    broken = Report((Finding("g", "https://example.org/x", "has no evidence"),))
    monkeypatch.setattr("kg.rdf.validate.validate", lambda data, lexicon: broken)
    failed = run("validate", news)
    assert failed.exit_code == 1
    assert "has no evidence" in failed.stdout


def test_remove_takes_a_document_out(run: Kg, news: str) -> None:
    assert run("remove", news, "denial").exit_code == 0
    assert "denial" not in run("stats", news).stdout
    missing = run("remove", news, "talk")
    assert missing.exit_code == 1
    assert "There is no document called 'talk'; did you mean 'talks'?" in missing.stderr


def test_the_lexicon_can_be_looked_up(run: Kg) -> None:
    listed = run("relations")
    assert listed.exit_code == 0
    assert re.search(r"^briefed +Actor +Actor +CONSULT +gave", listed.stdout, re.MULTILINE)
    assert re.search(r"^metWith\* ", listed.stdout, re.MULTILINE)
    one = run("relations", "briefed").stdout
    where = re.search(r"^where +kg/(data/relations/meeting\.toml):(\d+)$", one, re.MULTILINE)
    assert where is not None
    file = Path(kg.__file__).parent / where[1]
    assert file.read_text(encoding="utf-8").splitlines()[int(where[2]) - 1] == "[briefed]"
    assert re.search(r"^frame +brief", one, re.MULTILINE)


def test_a_lexicon_of_ones_own_is_listed_and_checked(run: Kg) -> None:
    Path("mine.toml").write_text(
        '[nicknamed]\nnoun = "Nicknaming"\ndomain = ["Actor"]\nrange = ["Actor"]\n'
        'frames = ["nickname: subj > obj"]\n',
        encoding="utf-8",
    )
    one = run("relations", "nicknamed", "--lexicon", "mine.toml").stdout
    assert re.search(r"^where +mine\.toml:1$", one, re.MULTILINE)
    Path("mine.toml").write_text("[nicknamed]\ndomian = []\n", encoding="utf-8")
    wrong = run("relations", "--lexicon", "mine.toml")
    assert wrong.exit_code == 1
    assert "did you mean 'domain'?" in wrong.stderr


def test_the_examples_of_a_lexicon_of_ones_own_are_tried(run: Kg) -> None:
    entry = '[toasted]\ndomain = ["Actor"]\nrange = ["Actor"]\nframes = ["toast: subj > obj"]\n'
    example = '{text = "Anna Keller toasted Norway.", yields = ["%s"]}'
    right, wrong = example % "Anna Keller > Norway", example % "Norway > Anna Keller"
    Path("mine.toml").write_text(f"{entry}examples = [{right}]\n", encoding="utf-8")
    tried = run("relations", "--check", "--lexicon", "mine.toml")
    assert tried.exit_code == 0
    assert re.findall(r"^(\w+) +Anna .* (\w+)$", tried.stdout, re.MULTILINE) == [
        ("toasted", "holds")
    ], "only the entries of the file are tried"
    Path("mine.toml").write_text(f"{entry}examples = [{wrong}]\n", encoding="utf-8")
    tried = run("relations", "toasted", "--check", "--lexicon", "mine.toml")
    assert tried.exit_code == 1
    assert "found, but not promised: Anna Keller > Norway" in " ".join(tried.stdout.split())


def test_the_ontology_is_turtle(run: Kg) -> None:
    assert "kg:briefed a owl:ObjectProperty" in run("ontology").stdout
    assert "sh:NodeShape" in run("ontology", "--shapes").stdout


def test_eval_compares_two_files(run: Kg) -> None:
    Path("gold.jsonl").write_text(to_line(TALKS), encoding="utf-8")
    Path("pred.jsonl").write_text(to_line(TALKS.but(relations=TALKS.relations[:1])), "utf-8")
    done = run("eval", "gold.jsonl", "pred.jsonl")
    assert done.exit_code == 0
    line = re.search(r"^relations strict +([\d.]+) +([\d.]+)", done.stdout, re.MULTILINE)
    assert line is not None
    assert line.groups() == ("100.0", "50.0")


def test_eval_shows_sentences_of_mistakes_and_speaks_json(run: Kg) -> None:
    Path("gold.jsonl").write_text(to_line(TALKS), encoding="utf-8")
    Path("pred.jsonl").write_text(to_line(TALKS.but(relations=TALKS.relations[:1])), "utf-8")
    shown = run("eval", "gold.jsonl", "pred.jsonl", "--errors", "1").stdout
    assert re.search(r"^missed: [a-z ]+, 1 of 1 \(", shown, re.MULTILINE)
    assert TALKS.relations[1].evidence.of(TALKS.text) in shown
    figures = json.loads(run("eval", "gold.jsonl", "pred.jsonl", "--json").stdout)
    assert figures["total"]["scores"]["relations strict"]["recall"] == 0.5
    as_records = run("eval", "gold.jsonl", "pred.jsonl", "--as", "records", "--types", "Person")
    assert re.search(r"^mentions typed +100\.0", as_records.stdout, re.MULTILINE)


def test_the_least_score_trades_recall_for_precision(run: Kg) -> None:
    text = "Emmanuel Macron met Donald Trump in Paris. Emmanuel Macron may visit Mali."
    Path("a.txt").write_text(text, encoding="utf-8")
    everything = json.loads(run("extract", "a.txt").stdout)["relations"]
    least = str(max(relation["score"] for relation in everything))
    sure = json.loads(run("extract", "a.txt", "--min-score", least).stdout)["relations"]
    assert [relation["type"] for relation in everything] == ["metWith", "visited"]
    assert [relation["type"] for relation in sure] == ["metWith"]
    assert run("build", "a.txt", "-o", "sure.kg", "--min-score", least).exit_code == 0
    assert json.loads(Path("sure.kg/documents.jsonl").read_text("utf-8"))["relations"] == sure
    run("build", "a.txt", "-o", "all.kg")
    run("show", "all.kg", "-o", "sure.html", "--min-score", least)
    pages = [Path(name).read_text("utf-8") for name in ("all.kg/page.html", "sure.html")]
    shown = [html.split('id="data">')[1].split("</script>")[0] for html in pages]
    # The page holds everything; whoever gets it can take the filter off.
    assert [json.loads(data)["facts"]["opens"] for data in shown] == ["", f"#score={least}"]
    assert run("extract", "a.txt", "--min-score", "70").exit_code == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["query", "nowhere.kg", "ASK {}"], "nowhere.kg: there is no graph here; make one with"),
        (["query", "news.kg", "SELECT ?a\n{ ?a kg:metWith }"], "at line 2, column 17"),
        (["query", "news.kg", "--file", "gone.rq"], "gone.rq: there is no such file"),
        (["query", "ftp://x/y", "ASK {}"], "ftp://x/y: is no address of a SPARQL endpoint; give"),
        (["remove", "http://127.0.0.1:9/q", "a"], "http://127.0.0.1:9/q: cannot be reached"),
        (["resolve", "http://127.0.0.1:9/q"], "http://127.0.0.1:9/q: cannot be reached"),
        (["resolve", "https://a/q", "--merge", "A", "B"], "https://a/q: decisions stand in the"),
        (["query", "https://localhost:9/sparql", "ASK {}"], "https://localhost:9/sparql"),
        (["show", "news.kg", "--focus", "Makron"], "There is no entity called 'Makron'"),
        (["export", "news.kg", "-o", "no/where.ttl"], "no/where.ttl: cannot be written"),
        (["relations", "--lexicon", "gone.toml"], "gone.toml"),
        (["explain", " "], "text: is empty; give a sentence to explain"),
        (["eval", "gone.json", "gone.json"], "gone.json"),
        (["build", "docs.jsonl", "-o", "."], "is a folder with other things in it"),
        (["build", "docs.jsonl", "-o", "docs.jsonl"], "is a file; a graph lives in a folder"),
    ],
)
def test_what_fails_is_one_sentence_and_exit_1(
    run: Kg, news: str, words: list[str], sentence: str
) -> None:
    failed = run(*words)
    assert failed.exit_code == 1, failed.output
    assert failed.stdout == ""
    assert failed.stderr.startswith("Error: ")
    assert failed.stderr.count("\n") == 1
    assert sentence in failed.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["query", "news.kg", "-n", "planed"], "no query called 'planed'; did you mean 'planned'?"),
        (["query", "news.kg", "-n", "planned", "-p", "whom=x"], "did you mean 'who'?"),
        (["query", "news.kg", "-n", "facts", "--since", "now"], "since: 'now' is no day; write"),
        (["export", "news.kg", "-o", "g.csv", "--until", "x"], "until: 'x' is no day; write"),
        (["show", "news.kg", "--relation", "brefed"], "did you mean 'briefed'?"),
        (["show", "news.kg", "--status", "plannd"], "did you mean 'planned'?"),
        (["show", "news.kg", "--view", "graf"], "no view called 'graf'; did you mean 'graph'"),
        (["show", "news.kg", "--focus", "Macron", "--hops", "0"], "give a number from 1 to 9"),
        (["show", "news.kg", "--focus", "Macron", "--hops", "10"], "hops: 10 is too few or too"),
        (["relations", "brefed"], "There is no relation called 'brefed'; did you mean 'briefed'?"),
        (["extract", "docs.jsonl", "--scheduler", "foo"], "'foo' is no address of a Dask"),
        (["build", "docs.jsonl", "--scheduler", "tcp://a:1", "--workers", "2"], "workers: do not"),
    ],
)
def test_a_wrong_name_or_value_is_one_sentence_and_exit_2(
    run: Kg, news: str, words: list[str], sentence: str
) -> None:
    wrong = run(*words)
    assert wrong.exit_code == 2, wrong.output
    assert wrong.stdout == ""
    assert wrong.stderr.startswith("Error: ")
    assert wrong.stderr.count("\n") == 1
    assert sentence in wrong.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["surf"], "There is no command 'surf'; known are: build, extract, read"),
        (["build"], "Give INPUT, or --retry-failed"),
        (["build", "docs.jsonl", "-o", "https://a/q"], "to add to an endpoint, use kg.open"),
        (["query", "news.kg", "ASK {}", "--as", "cvs"], "'cvs' is not one of"),
        (["query", "news.kg", "ASK {}", "-n", "planned"], "Give only one of"),
        (["query", "news.kg", "ASK {}", "-p", "who=x"], "are for a query by name; give --named"),
        (["query", "news.kg", "-n", "planned", "-p", "who"], "'who' is not like who=Macron"),
        (["export", "news.kg", "-o", "g.grphml"], "did you mean 'graphml'?"),
        (["export", "news.kg"], "Missing option"),
        (["show", "news.kg", "--hops", "1"], "--hops counts from --focus"),
        (["show", "news.kg", "--since", "Monday"], "'Monday' is no day"),
    ],
)
def test_wrong_usage_is_exit_2(run: Kg, news: str, words: list[str], sentence: str) -> None:
    wrong = run(*words)
    assert wrong.exit_code == 2, wrong.output
    assert wrong.stdout == ""
    shown = " ".join(re.sub("[│╭╮╰╯─]", " ", wrong.stderr).split())
    assert sentence in shown


def test_an_endpoint_is_counted_emptied_and_counted_again(
    run: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_STORE_HOST", raising=False)
    with writable_oxigraph(tmp_path) as address:
        with kg.open(address) as graph:
            graph.add(TALKS, DENIAL)
        assert re.search(r"documents +2$", run("stats", address).stdout, re.MULTILINE)
        assert run("resolve", address).exit_code == 0
        assert "Olaf Scholz" in run("resolve", address, "--why", "Olaf Scholz", "Paris").stdout
        removed = run("remove", address, "talks", "denial")
        assert removed.stderr == f"Removed 2; 0 left in {address}.\n"
        counted = run("stats", address)
        assert counted.exit_code == 0, counted.output
        for what in ("documents", "statements", "independent sources"):
            assert re.search(rf"{what} +0$", counted.stdout, re.MULTILINE)
        with kg.open(address) as graph:
            assert graph.dump() == b""


def test_a_warning_is_a_sentence_without_code(
    run: Kg, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of an endpoint that cuts its answers."""
    stats = kg.KnowledgeGraph.stats

    def cut(self: kg.KnowledgeGraph) -> object:
        warnings.warn("https://a/q gives 10 rows at most, and there may be more", stacklevel=2)
        return stats(self)

    monkeypatch.setattr("kg.graph.KnowledgeGraph.stats", cut)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        done = run("stats", news)
    assert done.exit_code == 0
    assert done.stderr == "Warning: https://a/q gives 10 rows at most, and there may be more\n"


def test_a_scheduler_that_is_none_costs_no_time_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(to_line(TALKS), encoding="utf-8")
    words = ("build", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "g"), "--scheduler", "foo")
    done = script(*words)
    assert done.returncode == 2
    assert done.stderr == (
        "Error: scheduler: 'foo' is no address of a Dask scheduler; "
        "give one like tcp://192.0.2.7:8786\n"
    )
    assert not (tmp_path / "g").exists()


@pytest.mark.parametrize("token", ["a", "fifteen letters"])
def test_a_token_that_can_be_guessed_is_refused(
    run: Kg, news: str, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("KG_SERVE_TOKEN", token)
    refused = run("serve", news, "--write", "--port", "0")
    assert refused.exit_code == 2
    assert refused.stderr == (
        f"Error: KG_SERVE_TOKEN: is too short to be a secret ({len(token)} of at least 16 "
        "characters); give a longer one, or none: then one is made and shown\n"
    )


def test_a_store_that_is_open_elsewhere_is_told(run: Kg, news: str) -> None:
    with kg.open(news) as graph:
        graph.add(TALKS)  # holds it for writing from here on
        busy = run("build", "docs.jsonl", "-o", news)
        assert busy.exit_code == 1
        assert "open in another process; close that one (or wait) and try again" in busy.stderr
        assert run("query", news, "ASK { ?a kg:metWith ?b }").stdout == "yes\n"


def test_a_text_that_comes_twice_is_told(run: Kg) -> None:
    line = to_line(TALKS)
    Path("twice.jsonl").write_text(f"{line}\n{to_line(TALKS.but(id='again'))}\n", encoding="utf-8")
    built = run("build", "twice.jsonl", "-o", "twice.kg")
    assert built.exit_code == 0
    assert f"again: is the same text as {TALKS.id}, which" in built.stderr


def test_a_damaged_store_is_told(run: Kg, news: str) -> None:
    for file in Path(news, "store").iterdir():
        file.write_bytes(b"garbage")
    failed = run("stats", news)
    assert failed.exit_code == 1
    assert "documents.jsonl" in failed.stderr
    assert run("build", f"{news}/documents.jsonl", "-o", "again.kg").exit_code == 0


def test_a_defect_is_told_without_a_traceback(
    run: Kg, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("kg.graph.KnowledgeGraph.stats", broken)
    failed = run("stats", news)
    assert failed.exit_code == 1
    assert failed.stderr.startswith("Error: This is a defect in kg (ZeroDivisionError: odd);")
    assert "KG_DEBUG=1" in failed.stderr
    monkeypatch.setenv("KG_DEBUG", "1")
    assert isinstance(run("stats", news).exception, ZeroDivisionError)


def test_stopping_it_is_quiet(run: Kg, news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.graph.KnowledgeGraph.stats", stopped)
    result = run("stats", news)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


def test_a_pipe_that_closes_early_is_quiet(run: Kg, news: str) -> None:
    words = "SELECT ?a ?b { VALUES ?a { 1 2 3 4 5 6 7 8 9 } VALUES ?b { 'x' } }"
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "query", news, words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 0


def test_a_full_disk_is_told(run: Kg, news: str) -> None:
    with Path("/dev/full").open("w") as full:
        failed = subprocess.run(
            [sys.executable, "-m", "kg", "stats", news],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])},
        )
    assert failed.returncode == 1
    assert failed.stderr == "Error: cannot be read or written (No space left on device).\n"


def test_output_that_goes_to_a_pipe_has_no_colours_and_is_not_cut(run: Kg) -> None:
    long = TALKS.but(text=TALKS.text + " " + "word " * 100)
    met = replace(long.relations[0], evidence=kg.Span(0, len(long.text)))
    Path("long.jsonl").write_text(to_line(long.but(relations=(met,))), encoding="utf-8")
    run("build", "long.jsonl", "-o", "long.kg")
    done = script("query", "long.kg", "--named", "who-spoke-with-whom", FORCE_COLOR="")
    assert "\x1b" not in done.stdout + done.stderr
    assert "word " * 99 in done.stdout
    assert not re.search(r" $", done.stdout, re.MULTILINE)


def test_in_a_terminal_a_sentence_stands_below_its_row(run: Kg) -> None:
    long = doc(
        "Macron will brief Zelenskyy on all that the leaders say in Paris on Monday.",
        id="a-document-with-a-long-name",
        people=["Macron", "Zelenskyy"],
        relations=["briefed: Macron > Zelenskyy (planned)"],
    )
    Path("long.jsonl").write_text(to_line(long), encoding="utf-8")
    run("build", "long.jsonl", "-o", "long.kg")
    settings = {"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "60"}
    shown = script("query", "long.kg", "--named", "planned", **settings)
    lines = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", shown.stdout).splitlines()]
    assert lines == [
        "one     relation  other      place  date",
        "Macron  briefed   Zelenskyy",
        "  Macron will brief Zelenskyy on all that the leaders say in",
        "  Paris on Monday.",
        "  a-document-with-a-long-name",
    ]


def test_colours_are_left_out_when_asked(run: Kg, news: str) -> None:
    coloured = script("stats", news, FORCE_COLOR="1", TERM="xterm-256color")
    plain = script("stats", news, FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color")
    assert re.search(r"\x1b\[[0-9;]*38;", coloured.stdout)
    assert not re.search(r"\x1b\[[0-9;]*[34]8;", plain.stdout)


def test_a_terminal_cannot_be_steered_by_a_text(run: Kg) -> None:
    hostile = doc(
        "Mal\x1b[31mlory [bold]met[/] \x07Bob.",
        people=["Mal\x1b[31mlory", "\x07Bob"],
        relations=["metWith: Mal\x1b[31mlory > \x07Bob"],
    )
    Path("hostile.jsonl").write_text(to_line(hostile), encoding="utf-8")
    assert run("build", "hostile.jsonl").exit_code == 0
    done = run("query", "news.kg", "--named", "who-spoke-with-whom")
    assert "[bold]met[/]" in done.stdout
    assert not re.search("[\x00-\x08\x0b-\x1f]", done.stdout)


def test_help_and_version_answer(run: Kg) -> None:
    assert run("--version").stdout == f"kg {kg.__version__}\n"
    words = run("--help").stdout
    for command in ("build", "extract", "explain", "query", "show", "export", "validate", "stats",
                    "remove", "relations", "eval", "ontology", "stages"):  # fmt: skip
        assert re.search(rf"^│ {command} ", words, re.MULTILINE), command


def test_help_loads_no_model_and_no_graph_library() -> None:
    code = (
        "import sys, kg.cli.app; "
        "print(*sorted({'spacy', 'rdflib', 'networkx', 'pyvis', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_python_dash_m_is_the_command() -> None:
    done = script("relations", "brefed")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: There is no relation called 'brefed'; did you mean 'briefed'?\n"
