"""Who was at an occasion, where the text tells it by several words or in several sentences."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.pipeline import Pipeline
from tests.readings import facts


def told(pipeline: Pipeline, text: str, *types: str) -> set[str]:
    """Return the relations of these types of a text."""
    return facts(pipeline(Document("d", text, "2025-02-17")), *types)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # who speaks there is there
        ("Anna Novak told the summit that Norway would not yield.", {"Anna Novak > summit"}),
        ("Anna Novak made the remark on the second day of the summit.", {"Anna Novak > summit"}),
        ("Anna Novak spoke to Pavel Horak on the sidelines of the summit.",
         {"Anna Novak > summit"}),
        ("Anna Novak said in a meeting with Pavel Horak that she was tired.",
         {"Anna Novak > meeting", "Pavel Horak > meeting"}),
        ("Anna Novak did not speak at the summit.", set()),
        ("Anna Novak did not speak at the meeting with Pavel Horak.", {"Pavel Horak > meeting"}),
        ("Anna Novak spoke after the meeting.", set()),
        # whose summit it is, and whom the text counts among them
        ("A summit of African leaders, who included Ola Berg and Ana Rojas, opened in Lima.",
         {"African leaders > summit", "Ola Berg > summit", "Ana Rojas > summit"}),
        ("A summit of ideas opened in Lima.", set()),
        # a verb before the noun
        ("Anna Novak met Pavel Horak in Lima on Monday. The meeting lasted an hour.",
         {"Anna Novak > meeting", "Pavel Horak > meeting"}),
        ("Anna Novak met Pavel Horak in Lima. The summit will open on Friday.", set()),
        ("Anna Novak and Pavel Horak met in Lima. The next meeting is planned for May.", set()),
        # and behind it
        ("Anna Novak held talks in Chile. Anna Novak met Pavel Horak in Santiago.",
         {"Anna Novak > talks in Chile", "Pavel Horak > talks in Chile"}),
        ("Anna Novak held talks with Ola Berg. She also met Pavel Horak.",
         {"Anna Novak > talks", "Ola Berg > talks"}),
        ("Anna Novak held talks in Chile. Anna Novak met Pavel Horak in Oslo.",
         {"Anna Novak > talks in Chile"}),
    ],
)  # fmt: skip
def test_attendance(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert told(pipeline, text, "attended") == {f"attended: {fact}" for fact in wanted}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anna Novak will attend a summit in Lima.", {"summit in Lima > Lima (planned)"}),
        ("Anna Novak attended a summit in Lima.", {"summit in Lima > Lima"}),
        ("Anna Novak flew to Lima for talks with Pavel Horak.", {"talks > Lima (planned)"}),
        ("Anna Novak told a press conference in Lima that she was tired.",
         {"press conference in Lima > Lima"}),
        ("Anna Novak met Pavel Horak in Lima on Monday. The meeting lasted an hour.",
         {"meeting > Lima"}),
    ],
)  # fmt: skip
def test_venue(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert told(pipeline, text, "heldIn") == {f"heldIn: {fact}" for fact in wanted}


def test_the_day_of_the_verb_is_the_day_of_the_occasion(pipeline: Pipeline) -> None:
    text = "Anna Novak met Pavel Horak in Lima on Friday. The meeting lasted an hour."
    read = pipeline(Document("d", text, "2025-02-17"))
    days = {r.type: r.date for r in read.relations if r.type in ("attended", "heldIn")}
    assert days == {"attended": "2025-02-14", "heldIn": "2025-02-14"}


def test_members_of_a_group_do_not_meet_it(pipeline: Pipeline) -> None:
    text = "A meeting of ministers, including Ola Berg and Ana Rojas, opened in Lima."
    assert told(pipeline, text, "metWith") == set()


def test_a_visit_is_that_of_the_guest_named(pipeline: Pipeline) -> None:
    text = "Novak and Horak agreed to a truce after visits to Lima by Ola Berg and Ana Rojas."
    assert told(pipeline, text, "visited") == {
        "visited: Ola Berg > Lima",
        "visited: Ana Rojas > Lima",
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anna Novak held talks in Chile, a first stop on her tour.", {"Chile"}),
        ("Anna Novak visited Lima, a bus stop on the road to Cusco.", {"Lima"}),
        ("The delegates are already in Lima.", {"Lima"}),
        ("The embassy is in Lima.", set()),
        ("Anna Novak is in prison in Lima.", set()),
        ("200 migrants arrived in Malta.", set()),
    ],
)
def test_who_has_come(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert {fact.split(" > ")[1] for fact in told(pipeline, text, "visited")} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two Russians met Anna Novak in Lima.", set()),
        ("The Russians met Anna Novak in Lima.", {"metWith: Russia > Anna Novak"}),
        ("Anna Novak might consider meeting with Pavel Horak.",
         {"metWith: Anna Novak > Pavel Horak (possible)"}),
        ("We call on Norway to free those it has held and meet with Pavel Horak.",
         {"metWith: Norway > Pavel Horak (possible)"}),
    ],
)  # fmt: skip
def test_who_met(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert told(pipeline, text, "metWith") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The foreign minister of Norway is Ola Berg.", {"Ola Berg > Norway"}),
        ("Anna Novak will step down, with Ola Berg succeeding her as prime minister of Norway.",
         {"Ola Berg > Norway (planned)"}),
        ("Rebels of the Polisario Front fled. Rebel leader Ola Berg surrendered.",
         {"Ola Berg > Polisario Front"}),
        ("Rebel leader Ola Berg surrendered. The United Nations was pleased.", set()),
    ],
)  # fmt: skip
def test_who_holds_which_office(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert told(pipeline, text, "holdsPosition") == {f"holdsPosition: {fact}" for fact in wanted}


def test_groups_counted_differently_are_two(pipeline: Pipeline) -> None:
    text = "Some 200 nurses criticized Norway. Chile praised 30 nurses. The nurses criticized Peru."
    assert told(pipeline, text, "criticized") == {
        "criticized: 200 nurses > Norway", "criticized: 30 nurses > Peru",
    }  # fmt: skip
