"""Descriptions that stand for someone named, and people without a name."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from tests.readings import entity, surfaces, until


def test_the_table_knows_who_led_the_state_at_the_date(pipeline: Pipeline) -> None:
    text = "The Ukrainian president met Emmanuel Macron. The French leader thanked Zelensky."
    doc = until(
        pipeline, "descriptions", text.replace("Zelensky", "Volodymyr Zelensky"), "2025-02-24"
    )
    found = {e.name: surfaces(doc, e, "nominal") for e in doc.entities if e.type == "Person"}
    assert found == {"Emmanuel Macron": ["leader"], "Volodymyr Zelensky": ["president"]}


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        # a title stands for its holder
        ("Chilean President Ana Rojas arrived. The president met Novak.", "Ana Rojas",
         ["president"]),
        ("Chilean President Ana Rojas arrived. The Chilean president met Novak.", "Ana Rojas",
         ["president"]),
        ("Norwegian Foreign Minister Ola Berg arrived. The foreign minister met Novak.",
         "Ola Berg", ["foreign minister"]),
        # the latest holder of that very office
        ("Norwegian President Ola Berg met Chilean President Ana Rojas. The Norwegian president"
         " left.", "Ola Berg", ["president"]),
        ("Norwegian President Ola Berg met Chilean President Ana Rojas. The Norwegian president"
         " left.", "Ana Rojas", []),
        ("Norwegian Foreign Minister Ola Berg arrived. The prime minister left.", "Ola Berg", []),
        # who held it once is not meant
        ("Former Chilean President Ana Rojas arrived. The president met Novak.", "Ana Rojas", []),
        # an indefinite title is somebody else
        ("Chilean President Ana Rojas arrived. A president met Novak.", "Ana Rojas", []),
        # bodies
        ("Norway signed the treaty. The country has five ports.", "Norway", ["country"]),
        ("NATO signed the treaty. The alliance has five ships.", "NATO", ["alliance"]),
        # a person's government is that of the state where the person holds an office
        ("Norwegian Premier Ola Berg left. Chile accused Berg's government.", "Norway",
         ["government"]),
        ("Norwegian Premier Ola Berg left. Chile accused his government.", "Norway",
         ["government"]),
        ("Chile spoke. Norway praised Ola Berg's government.", "Norway", []),
        # who is named beside an office holder of one state speaks of that state's president
        ("Norwegian President Ola Berg left. Chilean Senator Ana Rojas praised the president.",
         "Ola Berg", []),
        # the two of one title, a counterpart among them
        ("Foreign Minister Ana Rojas met her Greek counterpart, Nikos Pavlidis. Rojas greeted"
         " Ola Berg. The two ministers will meet again.", "Nikos Pavlidis", ["two ministers"]),
        ("Foreign Minister Ana Rojas met her Greek counterpart, Nikos Pavlidis. Rojas greeted"
         " Ola Berg. The two ministers will meet again.", "Ola Berg", []),
        # two who were named side by side
        ("Anna Novak and Pavel Horak met. The two leaders signed a treaty.", "Anna Novak",
         ["two leaders"]),
        ("Anna Novak and Pavel Horak met. The two leaders signed a treaty.", "Pavel Horak",
         ["two leaders"]),
        ("Norway and Chile signed a treaty. Both countries praised it.", "Chile",
         ["countries"]),
    ],
)  # fmt: skip
def test_nominal_mentions(pipeline: Pipeline, text: str, name: str, wanted: list[str]) -> None:
    doc = until(pipeline, "descriptions", text)
    assert surfaces(doc, entity(doc, name=name), "nominal") == wanted


def test_someone_without_a_name(pipeline: Pipeline) -> None:
    doc = until(pipeline, "descriptions", "Norway's foreign minister met Novak.")
    unnamed = entity(doc, type="Person", named=False)
    assert unnamed.name == "foreign minister of Norway (unnamed)"
    assert surfaces(doc, unnamed) == ["foreign minister"]
    (office,) = doc.offices
    assert (office.person, office.body) == (unnamed.id, entity(doc, name="Norway").id)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The foreign minister met Novak.", "the foreign minister"),
        ("A spokesperson said Novak had left.", "spokesperson (unnamed)"),
    ],
)
def test_someone_without_name_and_body(pipeline: Pipeline, text: str, name: str) -> None:
    doc = until(pipeline, "descriptions", text)
    assert entity(doc, type="Person", named=False).name == name
    assert doc.offices == ()


@pytest.mark.parametrize(
    "text",
    [
        "Foreign ministers rarely met Novak.",
        "Novak wants to be a foreign minister.",
        "No Norwegian foreign minister met Novak.",
        "Norway withdrew its ambassador from Chile.",
        "Norwegian Foreign Minister Ola Berg met Novak.",
        "Norway's foreign minister, Ola Berg, met Novak.",
    ],
)
def test_no_one_without_a_name(pipeline: Pipeline, text: str) -> None:
    doc = until(pipeline, "descriptions", text)
    assert [e.name for e in doc.entities if e.type == "Person" and not e.named] == []


def test_the_same_unnamed_person_is_one_entity(pipeline: Pipeline) -> None:
    text = "Norway's foreign minister met Novak. Norway's foreign minister left."
    doc = until(pipeline, "descriptions", text)
    assert surfaces(doc, entity(doc, type="Person", named=False)) == ["foreign minister"] * 2


TWO = "Two Norwegian officials held talks in Chile. "


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        # as many as are counted, of the body that is named
        (TWO + "Norwegian Minister Ola Berg and Liv Dahl met Novak.", "Liv Dahl",
         ["officials"]),
        (TWO + "Chilean Minister Ola Berg and Liv Dahl met Novak.", "Liv Dahl", []),
        (TWO + "Norwegian Minister Ola Berg met Novak.", "Ola Berg", []),
        ("Two soldiers fell. Norwegian Minister Ola Berg and Minister Liv Dahl met Novak.",
         "Liv Dahl", []),
        # one, by title and body
        ("A Chilean senator left. Senator Ana Rojas of Chile is ill.", "Ana Rojas", ["senator"]),
        ("A Chilean senator left. Norwegian Senator Ola Berg is ill.", "Ola Berg", []),
        # the only two beside the verb
        ("Ola Berg met Ana Rojas. The two leaders signed a treaty.", "Ana Rojas", ["two leaders"]),
        ("Ola Berg met Ana Rojas and Liv Dahl. The two leaders left.", "Ola Berg", []),
    ],
)  # fmt: skip
def test_people_described_before_they_are_named(
    pipeline: Pipeline, text: str, name: str, wanted: list[str]
) -> None:
    doc = until(pipeline, "descriptions", text)
    found = surfaces(doc, entity(doc, name=name), "nominal")
    assert found == wanted
