"""Why something was found in a sentence, or was not."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from kg.relations import Lexicon, parse

LEXICON = Lexicon(
    parse(
        """
[briefed]
domain = ["Person"]
range = ["Person"]
frames = ["brief: subj > obj", "gather: subj & subj", "speak [about=plan]: subj > to"]

[boycotted]
domain = ["Person"]
range = ["Event"]
frames = ["skip: subj > obj = negated"]
""",
        "small.toml",
    )
)


@pytest.fixture(scope="module")
def small() -> Pipeline:
    return Pipeline.default(LEXICON)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anna Novak briefed Pavel Horak.",
         "briefed (brief: subj > obj): fired, Anna Novak briefed Pavel Horak [actual]"),
        ("Anna Novak will brief Pavel Horak.",
         "briefed (brief: subj > obj): fired, Anna Novak briefed Pavel Horak [planned]"),
        ("Pavel Horak was briefed.",
         "briefed (brief: subj > obj): not fired, the slot 'subj' is empty"),
        ("Anna Novak briefed the cat.",
         "briefed (brief: subj > obj): not fired, the slot 'obj' holds 'cat', "
         "which is no known entity"),
        ("Anna Novak briefed Norway.",
         "briefed (brief: subj > obj): not fired, the slot 'obj' holds a Country, "
         "and briefed wants Person"),
        ("Anna Novak did not skip the summit.",
         "boycotted (skip: subj > obj): not fired, the sentence denies it"),
        ("Anna Novak gathered.", "not fired, subject and object would be the same, "
         "or only one stands in the slot"),
        ("Anna Novak spoke to Pavel Horak.", "briefed (speak): not fired, "
         "the sentence lacks plan in the slot 'about' (it is empty)"),
        ("Anna Novak greeted Pavel Horak.", "no relation has a frame for the verb 'greet'"),
    ],
)  # fmt: skip
def test_the_reason_is_named(small: Pipeline, text: str, wanted: str) -> None:
    assert wanted in str(small.explain(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anna Novak agreed to brief Pavel Horak.", "verb 'brief', planned by 'agreed'"),
        ("Anna Novak may brief Pavel Horak.", "verb 'brief', possible by 'may'"),
        ("Anna Novak did not brief Pavel Horak.", "verb 'brief', negated by 'not'"),
        ("Anna Novak left without briefing Pavel Horak.", "verb 'brief', negated by 'without'"),
        ("Anna Novak briefed Pavel Horak.", "verb 'brief', actual: subj"),
    ],
)
def test_the_word_that_decides_the_status_is_named(small: Pipeline, text: str, wanted: str) -> None:
    assert wanted in str(small.explain(text))


def test_where_one_wording_fired_the_others_are_left_out() -> None:
    entry = """
[briefed]
domain = ["Person"]
range = ["Person"]
frames = ["brief: subj > obj; subj > with"]
"""
    pipeline = Pipeline.default(Lexicon(parse(entry, "two.toml")))
    assert "subj > with" not in str(pipeline.explain("Anna Novak briefed Pavel Horak."))
    assert "subj > with): not fired" in str(pipeline.explain("Anna Novak briefed the cat."))


def test_every_layer_is_shown(small: Pipeline) -> None:
    text = "Norwegian President Ola Berg said on Friday that he briefed Pavel Horak."
    told = str(small.explain(text, date="2024-03-04"))
    headings = [line for line in told.splitlines() if not line.startswith(" ")]
    assert headings[0] == "Entities"
    assert headings[-1] == "Relations"
    assert {"Dates", "Offices", "Statements"} <= set(headings)
    assert "'Friday' = 2024-03-01" in told or "'on Friday' = 2024-03-01" in told
    assert "Ola Berg: President of Norway" in told


def test_a_sentence_without_relations_says_so(small: Pipeline) -> None:
    assert str(small.explain("Anna Novak greeted Pavel Horak.")).endswith("Relations\n  none")


def test_the_document_is_there_with_its_layers(small: Pipeline) -> None:
    explanation = small.explain("Anna Novak briefed Pavel Horak.")
    assert [r.type for r in explanation.document.relations] == ["briefed"]
