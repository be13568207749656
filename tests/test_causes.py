"""Why relations are missed or wrong, told from records and from the layers of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.evaluate import Gold, evaluate
from kg.model import Clause, Document, Relation
from tests.build import doc, parsed, span

WORDS = parsed(
    "Kofi/PROPN/nsubj>met met=meet/VERB/ROOT Mensah/PROPN/dobj>met in/ADP/prep>met "
    "Lagos/PROPN/pobj>in ./PUNCT/punct>met\n"
    "He/PRON/nsubj>thanked thanked=thank/VERB/ROOT Togo/PROPN/dobj>thanked ./PUNCT/punct>thanked"
)
TEXT = WORDS.text
FIRST = span(TEXT, "Kofi met Mensah in Lagos.")


def document(**changes: Any) -> Document:
    layers: dict[str, Any] = {
        "people": ["Kofi | He", "Mensah"],
        "countries": ["Togo"],
        "places": ["Lagos"],
        "relations": ["metWith: Kofi > Mensah"],
    }
    return doc(WORDS, **{**layers, **changes})


def clause(lemma: str, word: str, **slots: str) -> Clause:
    found = {name: (span(TEXT, filler),) for name, filler in slots.items()}
    return Clause(span(TEXT, word), lemma, "v", found, "actual", FIRST)


def cause(
    predicted: Document, layers: Document | None = None, *, gold: Document | None = None
) -> list[tuple[str, str]]:
    found = evaluate(
        [Gold(gold or document())], [predicted], analyse=(lambda _: layers) if layers else None
    )
    return [(mistake.kind, mistake.cause) for mistake in found.total.mistakes]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"people": ["Kofi | He"]}, "missing mention"),
        ({"people": ["Kofi | He"], "organizations": ["Mensah"]}, "wrong type"),
        ({"people": ["Kofi | Mensah"]}, "missing link in coreference"),
        ({}, "not found"),
    ],
)
def test_the_ends_of_a_missed_relation_come_first(changes: dict[str, Any], expected: str) -> None:
    assert cause(document(**{**changes, "relations": []})) == [("missed", expected)]


def test_an_end_unknown_in_that_sentence_is_a_missing_link() -> None:
    gold = document(relations=["supported: He > Togo"])
    ours = document(people=["Kofi", "Mensah"], relations=[])
    assert cause(ours, gold=gold) == [("missed", "missing link in coreference")]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ((), "no clause"),
        ((clause("meet", "met", subj="Kofi", obj="Lagos"),), "slot wrong"),
        ((clause("meet", "met", subj="Kofi", obj="Mensah"),), "filtered"),
        ((clause("outlive", "met", subj="Kofi", obj="Mensah"),), "no lexicon entry"),
        ((clause("outlive", "met", subj="Kofi", obj="Lagos"),), "no clause"),
    ],
)
def test_the_layers_tell_what_was_lacking(clauses: tuple[Clause, ...], expected: str) -> None:
    ours = document(relations=[])
    assert cause(ours, ours.but(clauses=clauses)) == [("missed", expected)]


def test_the_clause_that_lacks_an_entry_is_told() -> None:
    ours = document(relations=[])
    layers = ours.but(clauses=(clause("outlive", "met", subj="Kofi", obj="Mensah"),))
    (mistake,) = evaluate([Gold(document())], [ours], analyse=lambda _: layers).total.mistakes
    assert mistake.clause == "outlive.v: subj = Kofi; obj = Mensah"


def test_what_the_pipeline_finds_and_the_record_lacks_was_filtered() -> None:
    assert cause(document(relations=[]), document()) == [("missed", "filtered")]


def test_a_wrong_status_is_one_mistake() -> None:
    (met,) = document().relations
    planned = document(relations=[replace(met, status="planned")])
    assert cause(planned) == [("wrong status", "status wrong")]


@pytest.mark.parametrize(
    ("changes", "relation", "expected"),
    [
        ({"groups": ["Togo"], "countries": []}, "visited: Kofi > Togo", "wrong type"),
        ({"events": ["in"]}, "attended: Kofi > in", "spurious mention"),
        ({}, "criticized: Mensah > Kofi", "other relation"),
        ({}, "metWith: Kofi > Togo", "slot wrong"),
        ({}, "visited: Mensah > Togo", "not in the gold"),
    ],
)
def test_false_positives_have_causes_too(
    changes: dict[str, Any], relation: str, expected: str
) -> None:
    name, subject, object_ = relation.replace(":", "").replace(" >", "").split()
    ours = document(**changes)
    ids = {entity.name: entity.id for entity in ours.entities}
    wrong = Relation(name, ids[subject], ids[object_], "actual", FIRST)
    assert cause(ours.but(relations=(*ours.relations, wrong))) == [("false positive", expected)]
