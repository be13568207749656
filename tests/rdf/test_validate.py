"""Validation: a good graph passes, and each kind of wrong is said in plain words."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.rdf import write
from kg.rdf.validate import MERGED, Report, validate
from kg.relations import Lexicon, parse, shipped
from kg.source import Source
from kg.store import EmbeddedStore
from kg.vocab import KG, document_iri

TEXT = "Macron met Scholz in Paris. “We agree,” he said. He may brief EU officials there."


def document() -> Document:
    return Document(
        "d",
        TEXT,
        date="2025-02-17",
        source=Source(title="A meeting"),
        entities=(
            Entity("e1", "Person", "Macron", (Mention(Span(0, 6)),), wikidata="Q3052772"),
            Entity("e2", "Person", "Scholz", (Mention(Span(11, 17)),)),
            Entity("e3", "Place", "Paris", (Mention(Span(21, 26)),)),
            Entity("e4", "Group", "EU officials", (Mention(Span(62, 74), "nominal"),)),
        ),
        relations=(
            Relation("metWith", "e1", "e2", "actual", Span(0, 27), "e3", "2025-02-17", by="frames"),
            Relation("briefed", "e1", "e4", "possible", Span(49, 81), date="soon", score=0.5),
        ),
        statements=(Statement("e1", Span(29, 38), "direct", "e2", "said"),),
    )


@pytest.fixture
def good() -> bytes:
    store = EmbeddedStore()
    store.add(document_iri(document()), write.graph(document()))
    return store.dump()


def without(dataset: bytes, *words: str) -> bytes:
    lines = dataset.decode().splitlines(keepends=True)
    kept = [line for line in lines if not all(word in line for word in words)]
    assert len(kept) < len(lines)
    return "".join(kept).encode()


def messages(report: Report) -> set[str]:
    assert not report.conforms
    return {finding.message for finding in report.findings}


def test_what_we_write_conforms(good: bytes) -> None:
    report = validate(good)
    assert report.conforms
    assert str(report) == "The graph conforms."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("#relation-1>", "ns#evidence>"), "no sentence proves it"),
        (("#relation-1>", "ns#subject>"), "has not exactly one subject"),
        (("#relation-2>", "ns#object>"), "has not exactly one object"),
        (("#relation-2>", "ns#status>"), "has not one status of actual, planned, possible"),
        (("#relation-1>", "ns#Meeting>"), "is not of the class of a relation of the lexicon"),
        (("#statement-1>", "ns#speaker>"), "has no speaker, or several"),
        (("#statement-1>", "ns#evidence>"), "no words of the text prove it"),
        (("#entity-1>", "ns#refersTo>"), "refers to no entity"),
        (("/person/scholz>", "rdf-schema#label>"), "has not exactly one label"),
        (("schema.org/text>",), "has not one text"),
    ],
)
def test_something_missing(good: bytes, words: tuple[str, ...], message: str) -> None:
    assert any(message in said for said in messages(validate(without(good, *words))))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ns#possible>", "ns#certain>", "has not one status of actual, planned, possible, negated"),
        ('"0.5"^^', '"1.5"^^', "has not one score from 0 to 1"),
        ('"0.5"^^', '"-0.5"^^', "has not one score from 0 to 1"),
        ("ns#direct>", "ns#loud>", "is neither direct nor indirect"),
        ("ns#briefed>", "ns#debriefed>", "has not one relation of the lexicon"),
        ('#exact> "We agree,"', '#exact> " "', "its exact words are empty"),
        ('#exact> "We agree,"', '#exact> "We refuse"', "its exact words do not stand there"),
        ('#quote> "Macron met', '#quote> "Macron hit', "its quote is not its evidence"),
        ('#end> "38"', '#end> "12"', "does not end after its start"),
    ],
)
def test_something_wrong(good: bytes, old: str, new: str, message: str) -> None:
    text = good.decode()
    assert old in text
    broken = text.replace(old, new).encode()
    assert any(said.startswith(message) for said in messages(validate(broken)))


def test_a_wrong_domain_and_range() -> None:
    wrong = Relation("heldIn", "e1", "e2", "planned", Span(0, 27))
    store = EmbeddedStore()
    broken = document().but(relations=(wrong,))
    store.add(document_iri(broken), write.graph(broken))
    report = validate(store.dump())
    assert messages(report) == {
        "the subject of 'heldIn' is not an event",
        "the object of 'heldIn' is not a place or country",
    }
    assert {finding.node.rpartition("#")[2] for finding in report.findings} == {"relation-1"}
    assert {finding.graph for finding in report.findings} == {document_iri(broken)}


def test_a_plain_triple_that_nobody_asserts(good: bytes) -> None:
    scholz, macron = (
        "https://w3id.org/news-kg/id/person/scholz",
        "https://w3id.org/news-kg/id/Q3052772",
    )
    made_up = f"<{scholz}> <{KG.iri}briefed> <{macron}> .\n".encode()
    (finding,) = validate(good + made_up).findings
    assert finding.graph == MERGED
    assert finding.node == scholz
    assert finding.message == "a plain 'briefed' that no document asserts as actual"
    assert str(finding) == ":person/scholz: a plain 'briefed' that no document asserts as actual"


def test_a_planned_relation_as_a_plain_triple(good: bytes) -> None:
    planned = f"<https://w3id.org/news-kg/id/Q3052772> <{KG.iri}briefed> "
    group = next(line.split()[2] for line in good.decode().splitlines()
                 if "#relation-2>" in line and "ns#object>" in line)  # fmt: skip
    said = messages(validate(good + f"{planned}{group} .\n".encode()))
    assert said == {"a plain 'briefed' that no document asserts as actual"}


def test_an_actual_relation_that_does_not_show(good: bytes) -> None:
    lines = [line for line in good.decode().splitlines(keepends=True)
             if not ("ns#metWith>" in line and "document" not in line)]  # fmt: skip
    said = messages(validate("".join(lines).encode()))
    assert said == {"an actual 'metWith' does not show as a plain triple"}


def test_relations_of_ones_own_are_checked_by_their_own_shapes() -> None:
    mine = parse('[hired]\ndomain = ["Body"]\nrange = ["Person"]', "mine.toml")
    lexicon = Lexicon([*shipped().values(), *mine])
    hired = document().but(relations=(Relation("hired", "e1", "e2", "actual", Span(0, 27)),))
    store = EmbeddedStore()
    store.add(document_iri(hired), write.graph(hired, lexicon=lexicon))
    assert "the subject of 'hired' is not a country or organization" in messages(
        validate(store.dump(), lexicon=lexicon)
    )
    assert "has not one relation of the lexicon" in messages(validate(store.dump()))


def test_graph_by_graph_the_verdicts_are_the_same(good: bytes) -> None:
    other = document().but(id="other", text=TEXT + " So they said.")
    store = EmbeddedStore()
    store.add(document_iri(document()), write.graph(document()))
    store.add(document_iri(other), write.graph(other))
    broken = without("".join(store.quads()).encode(), "#statement-1>", "ns#speaker>").decode()
    lines = [line for line in broken.splitlines(keepends=True)
             if not ("ns#metWith>" in line and "document" not in line)]  # fmt: skip
    report = validate(iter(lines))
    assert report == validate("".join(lines).encode())
    assert [finding.graph == MERGED for finding in report.findings].count(False) == 2
    assert len(report.findings) == 3
