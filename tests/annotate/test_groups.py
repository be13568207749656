"""Unnamed collectives and the bodies they belong to."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from tests.readings import until


def groups(pipeline: Pipeline, text: str) -> list[tuple[str, str | None]]:
    """Return name and body of each group."""
    doc = until(pipeline, "groups", text)
    return [
        (entity.name, doc.entity(entity.of).name if entity.of else None)
        for entity in doc.entities
        if entity.type == "Group"
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Novak briefed Norwegian officials.", [("Norwegian officials", "Norway")]),
        ("Novak briefed NATO's allies.", [("NATO's allies", "NATO")]),
        ("Novak briefed officials from Norway.", [("officials from Norway", "Norway")]),
        ("Chile withdrew soldiers from Norway.", [("soldiers", None)]),
        ("Novak briefed the reporters.", [("reporters", None)]),
        ("Novak briefed Norway's delegation.", [("Norway's delegation", "Norway")]),
        # two groups in one phrase, or one group with two modifiers
        ("Norwegian and Chilean officials met.",
         [("Norwegian officials", "Norway"), ("Chilean officials", "Chile")]),
        ("Novak briefed NATO's Norwegian allies.", [("NATO's Norwegian allies", "NATO")]),
        ("Latin American and Caribbean leaders met.",
         [("Latin American and Caribbean leaders", None)]),
        # one person, or a word that only stands before another
        ("The official left.", []),
        ("The reporters' room was full.", [("reporters", None)]),
        ("The troop carrier left.", []),
        # what is felt is nobody
        ("The plan met with strong opposition from Norway.", []),
        ("Novak met the Norwegian opposition.", [("Norwegian opposition", "Norway")]),
    ],
)  # fmt: skip
def test_groups(pipeline: Pipeline, text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert groups(pipeline, text) == wanted


def test_the_same_group_is_one_entity(pipeline: Pipeline) -> None:
    text = "Norwegian officials met Novak. He thanked the Norwegian officials."
    doc = until(pipeline, "groups", text)
    (group,) = [entity for entity in doc.entities if entity.type == "Group"]
    assert [m.span.of(text) for m in group.mentions] == ["Norwegian officials"] * 2


def test_groups_of_two_bodies_share_their_words(pipeline: Pipeline) -> None:
    text = "Norwegian and Chilean officials met."
    doc = until(pipeline, "groups", text)
    spans = [entity.mentions[0].span.of(text) for entity in doc.entities if entity.type == "Group"]
    assert spans == ["Norwegian and Chilean officials"] * 2
