"""Less of a graph: what is asked for stays, with who takes part in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import UnknownName
from kg.model import Document
from kg.relations import shipped
from kg.view.narrow import narrowed, within
from tests.build import doc


@pytest.fixture
def talks() -> Document:
    made = doc(
        "EU officials and Macron met Scholz in Paris. The EU paid. Macron will brief Zelenskyy. "
        "Rutte said no.",
        date="2025-02-17",
        people=["Macron", "Scholz", "Zelenskyy", "Rutte"],
        organizations=["EU"],
        groups=["EU officials"],
        places=["Paris"],
        relations=[
            "metWith: EU officials > Scholz",
            "metWith: Macron > Scholz",
            "briefed: Macron > Zelenskyy (planned)",
        ],
        statements=["Rutte: no (indirect)"],
    )
    ids = {entity.name: entity.id for entity in made.entities}
    entities = (
        replace(entity, of=ids["EU"]) if entity.type == "Group" else entity
        for entity in made.entities
    )
    group, met, briefed = made.relations
    met = replace(met, place=ids["Paris"], date="2025-02-15")
    return made.but(entities=tuple(entities), relations=(group, met, briefed)).check()


def names(documents: list[Document]) -> set[str]:
    return {entity.name for document in documents for entity in document.entities}


def test_without_a_wish_all_stays(talks: Document) -> None:
    assert narrowed([talks], shipped()) == [talks]


def test_only_some_relations_stay_with_who_takes_part(talks: Document) -> None:
    narrow = narrowed([talks], shipped(), relation=["briefed"])
    assert names(narrow) == {"Macron", "Zelenskyy"}
    assert narrow[0].text == talks.text
    assert narrow[0].statements == ()


def test_places_and_the_bodies_of_groups_stay_too(talks: Document) -> None:
    narrow = narrowed([talks], shipped(), status=["actual"])
    assert names(narrow) == {"EU", "EU officials", "Macron", "Scholz", "Paris"}
    assert narrow[0].check() is narrow[0]


def test_what_has_no_date_counts_on_the_day_of_its_document(talks: Document) -> None:
    before = narrowed([talks], shipped(), until="2025-02-16")
    assert [relation.date for relation in before[0].relations] == ["2025-02-15"]
    assert before[0].statements == ()
    since = narrowed([talks], shipped(), since="2025-02-17")
    assert len(since[0].relations) == 2
    assert "Rutte" in names(since)


def test_unknown_names_are_errors(talks: Document) -> None:
    with pytest.raises(UnknownName, match="did you mean 'briefed'"):
        narrowed([talks], shipped(), relation=["brefed"])
    with pytest.raises(UnknownName, match="did you mean 'planned'"):
        narrowed([talks], shipped(), status=["plannd"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("day", "fallback", "since", "until", "inside"),
    [
        ("2025-02-17", None, None, None, True),
        (None, None, None, None, True),
        (None, None, "2025", None, False),
        ("2025-02-17", None, "2025-02-17", "2025-02-17", True),
        ("2025-02-17", None, "2025-02-18", None, False),
        ("2025-02-17", None, None, "2025-02-16", False),
        ("2025-02-17", None, "2025-02", "2025-02", True),
        ("2025-02-17", None, "2025-03", None, False),
        ("2025-02", None, "2025-02-18", None, True),
        ("2025", None, None, "2024-12-31", False),
        ("soon", "2025-02-17", "2025-02-18", None, False),
        ("soon", "2025-02-17", "2025-02-17", None, True),
    ],
)
def test_days_months_and_years_compare_as_far_as_both_are_written(
    day: str | None, fallback: str | None, since: str | None, until: str | None, inside: bool
) -> None:
    assert within(day, fallback, since, until) is inside
