"""Where and when: the place and the date of what a clause says."""

from __future__ import annotations

import pytest

from kg.extract.arguments import Arguments
from kg.extract.circumstances import Circumstances
from kg.pipeline import Pipeline
from tests.readings import clause, until

MONDAY = "2024-03-04"


def where_and_when(pipeline: Pipeline, text: str, trigger: str) -> tuple[str | None, str | None]:
    doc = until(pipeline, "clauses", text, MONDAY)
    place, date = Circumstances(doc, Arguments(doc)).of(clause(doc, trigger), exclude=set())
    return (doc.entity(place).name if place else None, date)


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Novak met Horak in Oslo.", "met", "Oslo"),
        ("In Oslo, Novak met Horak.", "met", "Oslo"),
        ("Novak met Horak at the airport in Oslo.", "met", "Oslo"),
        ("Novak briefed allies and officials in Oslo.", "briefed", "Oslo"),
        ("Novak met Horak in Norway.", "met", "Norway"),
        ("Novak met Horak during the summit in Oslo.", "met", "Oslo"),
        # another clause's place is not this one's
        ("Novak met Horak, and Dahl stayed in Oslo.", "met", None),
        ("Novak, who lives in Oslo, met Horak.", "met", None),
        ("Novak met Horak before the summit in Oslo.", "met", None),
        # a direction or an origin is no place of what happened
        ("Novak told Horak about Oslo.", "told", None),
        # a time is no place
        ("Novak met Horak in March.", "met", None),
    ],
)
def test_place(pipeline: Pipeline, text: str, trigger: str, place: str | None) -> None:
    assert where_and_when(pipeline, text, trigger)[0] == place


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("Novak met Horak on Friday.", "met", "2024-03-01"),
        ("Novak will meet Horak on Friday.", "meet", "2024-03-08"),
        ("On Friday, Novak met Horak.", "met", "2024-03-01"),
        ("Novak met Horak on 2 February 2024.", "met", "2024-02-02"),
        ("Novak met Horak.", "met", None),
        # the date of the saying is not that of the deed, nor the other way round
        ("Dahl said on Friday that Novak met Horak.", "met", None),
        ("Dahl said on Friday that Novak met Horak.", "said", "2024-03-01"),
        ("Dahl said that Novak met Horak on Friday.", "said", None),
        ("Novak met Horak, who left on Friday.", "met", None),
        # nor is an anniversary the day of the deed
        ("Novak visited Lima on Monday, a year after Norway's attack on Chile.", "attack", None),
        # who asks for an occasion on a day does not say when it is
        ("Novak called on Friday for a summit between Norway and Chile.", "summit", None),
        # words stay words
        ("Novak met Horak before the summit.", "met", "before the summit"),
    ],
)
def test_date(pipeline: Pipeline, text: str, trigger: str, date: str | None) -> None:
    assert where_and_when(pipeline, text, trigger)[1] == date


def test_an_occasion_is_not_before_itself(pipeline: Pipeline) -> None:
    text = "Novak met Horak shortly before the summit in Oslo."
    assert where_and_when(pipeline, text, "summit") == ("Oslo", None)


def test_subject_and_object_are_no_place_of_their_relation(pipeline: Pipeline) -> None:
    doc = until(pipeline, "clauses", "The summit took place in Oslo.", MONDAY)
    oslo = next(entity.id for entity in doc.entities if entity.name == "Oslo")
    found = Circumstances(doc, Arguments(doc)).of(clause(doc, "took"), exclude={oslo})
    assert found == (None, None)
