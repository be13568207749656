"""Pronouns and whom they stand for."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from tests.readings import until


def antecedents(pipeline: Pipeline, text: str) -> list[tuple[str, str]]:
    """Return each pronoun with the name of what it stands for."""
    doc = until(pipeline, "coref", text)
    found = [
        (mention.span.start, mention.span.of(text), entity.name)
        for entity in doc.entities
        for mention in entity.mentions
        if mention.kind == "pronoun"
    ]
    return [(words, name) for _, words, name in sorted(found)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # the subject of the sentence before
        ("Peter Novak visited Oslo. He met the ministers.", [("He", "Peter Novak")]),
        ("Peter Novak met Paul Horak. He left Oslo.", [("He", "Peter Novak")]),
        # who does something to him is another, also one verb further on
        ("Peter Novak met Paul Horak and thanked him.", [("him", "Paul Horak")]),
        (
            "Peter Novak said he had called Paul Horak and thanked him.",
            [("he", "Peter Novak"), ("him", "Paul Horak")],
        ),
        # the subject above
        ("Peter Novak said that he met the ministers.", [("he", "Peter Novak")]),
        ("Peter Novak praised his ministers.", [("his", "Peter Novak")]),
        # gender by given name, by form of address, by title
        ("Peter Novak met Anna Horak. She left Oslo.", [("She", "Anna Horak")]),
        ("Anna Horak met Peter Novak. He left Oslo.", [("He", "Peter Novak")]),
        ("Mrs Dahl met Peter Novak. She left Oslo.", [("She", "Dahl")]),
        # who is quoted says "I" of himself
        (
            'Paul Horak left. "He is tired," Peter Novak said.',
            [("He", "Paul Horak")],
        ),
        # the subject that the sentence names behind a clause put first
        (
            "Paul Horak left. Before he met the ministers, Peter Novak visited Oslo.",
            [("he", "Peter Novak")],
        ),
        ("Paul Horak left. In his speech, Peter Novak praised Chile.", [("his", "Peter Novak")]),
        (
            "Paul Horak left Oslo. When he arrived, Peter Novak greeted him.",
            [("he", "Paul Horak"), ("him", "Paul Horak")],
        ),
        # several named side by side
        (
            "Anna Horak and Peter Novak met. They left Oslo.",
            [("They", "Anna Horak"), ("They", "Peter Novak")],
        ),
        (
            "Anna Horak and her Greek counterpart, Peter Novak, met. They left Oslo.",
            [("her", "Anna Horak"), ("They", "Anna Horak"), ("They", "Peter Novak")],
        ),
        (
            "Norway and Chile signed a treaty, which they praised.",
            [("they", "Chile"), ("they", "Norway")],
        ),
        # an argument of the same verb is someone else
        ("Peter Novak met Paul Horak. Horak thanked him.", [("him", "Peter Novak")]),
        ("Peter Novak saw Paul Horak, and Horak agreed to brief him.", [("him", "Peter Novak")]),
        # a name that comes later in the sentence before is no subject
        ("Norway signed the treaty. It praised Chile.", [("It", "Norway")]),
        ("NATO ended its mission.", [("its", "NATO")]),
        ("Norwegian officials said that they left.", [("they", "Norwegian officials")]),
    ],
)
def test_antecedents(pipeline: Pipeline, text: str, wanted: list[tuple[str, str]]) -> None:
    assert antecedents(pipeline, text) == wanted


def test_the_only_person_of_a_sentence_whatever_the_given_name(pipeline: Pipeline) -> None:
    found = antecedents(pipeline, "Carol Novak flew to Oslo, where he signed the treaty.")
    assert found == [("he", "Carol Novak")]


@pytest.mark.parametrize(
    "text",
    [
        "He met the ministers.",
        "It is clear that Norway left.",
        "It rained. Norway signed the treaty.",
        "Peter Novak left. She met the ministers.",
        "Norway signed the treaty. He met the ministers.",
        "Peter Novak left. It rained. It snowed. The sun rose. The wind fell. He slept.",
    ],
)
def test_a_pronoun_without_antecedent_stays_one(pipeline: Pipeline, text: str) -> None:
    assert [pair for pair in antecedents(pipeline, text) if pair[1] != "Norway"] == []


def test_the_empty_it_stands_for_nothing(pipeline: Pipeline) -> None:
    assert antecedents(pipeline, "Norway left. It is clear that Chile stayed.") == []
