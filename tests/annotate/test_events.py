"""Occasions, and which of their mentions are one occasion."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from tests.readings import surfaces, until


def events(pipeline: Pipeline, text: str) -> list[list[str]]:
    """Return the mentions of each event, event by event."""
    doc = until(pipeline, "events", text)
    return [surfaces(doc, entity) for entity in doc.entities if entity.type == "Event"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministers held an emergency meeting.", ["emergency meeting"]),
        ("The ministers held talks in Oslo.", ["talks"]),
        ("Novak paid a visit to Chile.", ["visit"]),
        ("Novak had a phone call with Horak.", ["phone call"]),
        ("Novak gave a press conference.", ["press conference"]),
        ("Novak attended the Norwegian peace summit.", ["peace summit"]),
    ],
)
def test_an_event_is_its_noun_with_what_describes_it(
    pipeline: Pipeline, text: str, wanted: list[str]
) -> None:
    assert events(pipeline, text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "There is talk of reform.",
        "The calls for reform grew louder.",
        "The summit venue is a castle.",
        "Novak had a conversation.",
        "The ship left the port.",
    ],
)
def test_what_is_no_event(pipeline: Pipeline, text: str) -> None:
    assert events(pipeline, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ministers held talks in Oslo. The talks lasted three hours.",
        "The ministers held talks in Oslo. The meeting lasted three hours.",
        "Norway hosted a summit. Novak left the summit early.",
        "Norway hosted a climate summit. Novak left the climate summit early.",
        "Novak visited Oslo for a meeting. This meeting was short.",
        "Novak attended a meeting in Paris. Horak hosted the meeting at the Élysée Palace.",
        "The talks between Norway and Chile began. Talks between Norway and Chile end today.",
    ],
)
def test_one_occasion(pipeline: Pipeline, text: str) -> None:
    assert len(events(pipeline, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Novak attended a meeting in Oslo. Horak attended a meeting in Lima.",
        "Norway hosted a climate summit. Chile hosted a trade summit.",
        "Norway held talks with Chile. Ghana held talks with Togo.",
        "The visit to Chile was short. The meeting was long.",
        "Ongoing talks in Oslo were hard. Norway will hold talks in Lima.",
        "Novak and Horak held a long meeting. Novak left for the climate summit in Lima.",
        # talks that are only wanted are not the meeting that there was
        "Novak and Horak agreed to begin negotiations. Dahl chaired the meeting at the castle.",
        # "that meeting" takes up what was just told, and a weekday tells which one is meant
        "Novak held a meeting in Oslo on Friday. He had received Horak in May. "
        "That meeting was short. After Friday's meeting he left.",
        "Novak spoke at the Oslo Peace Conference. Horak took part in the talks.",
    ],
)
def test_two_occasions(pipeline: Pipeline, text: str) -> None:
    assert len(events(pipeline, text)) == 2


def test_a_readable_name_has_the_place(pipeline: Pipeline) -> None:
    doc = until(pipeline, "events", "The ministers held emergency talks in Oslo.")
    assert [e.name for e in doc.entities if e.type == "Event"] == ["emergency talks in Oslo"]


def test_events_take_ids_that_are_free(pipeline: Pipeline) -> None:
    doc = until(pipeline, "events", "Novak met Horak. The talks in Oslo were short.")
    ids = [entity.id for entity in doc.entities]
    assert len(ids) == len(set(ids)) == 4
