"""Reports of one meeting share an event in the graph, whatever comes, goes and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.graph import KnowledgeGraph
from kg.model import Document
from kg.vocab import mint
from tests.build import doc


def report(
    name: str, date: str, noun: str, place: str, *people: str, day: str | None = None
) -> Document:
    """An article about one occasion: who attended it, where, on which day."""
    made = doc(
        " ".join(f"{who} attended the {noun} in {place}." for who in people),
        id=name,
        date=date,
        people=people,
        places=[place],
        events=[noun],
        relations=[
            *(f"attended: {who} > {noun}" for who in people),
            f"heldIn: {noun} > {place}",
        ],
    )
    return made.but(relations=tuple(replace(relation, date=day) for relation in made.relations))


MONDAY = report(
    "monday", "2025-02-17", "talks", "Oslo", "Anna Keller", "Tomas Brandt", day="2025-02-17"
)
TUESDAY = report(
    "tuesday",
    "2025-02-18",
    "meeting",
    "Oslo",
    "Anna Keller",
    "Jo Kim",
    "Tomas Brandt",
    day="2025-02-17",
)
WEEKLY = report(
    "weekly", "2025-02-21", "summit", "Oslo", "Jo Kim", "Tomas Brandt", day="2025-02-17"
)
SECOND = report("second", "2025-02-19", "talks", "Oslo", "Anna Keller", "Jo Kim", day="2025-02-19")
CALL = report(
    "call", "2025-02-17", "phone call", "Oslo", "Anna Keller", "Tomas Brandt", day="2025-02-17"
)
ALL = (MONDAY, TUESDAY, WEEKLY, SECOND, CALL)


def events(graph: KnowledgeGraph) -> dict[str, str]:
    """The IRI of the event of each document."""
    return {
        document.id: entity.iri or ""
        for document in graph.documents()
        for entity in document.entities
        if entity.type == "Event"
    }


def own(document: Document) -> str:
    """The IRI that the event of a document has if no other document tells of it."""
    return next(e.iri or "" for e in mint(document).entities if e.type == "Event")


@pytest.fixture(scope="module")
def everything() -> KnowledgeGraph:
    graph = kg.open("memory:")
    graph.add(*ALL)
    return graph


def test_one_meeting_is_one_event_and_others_stay_their_own(everything: KnowledgeGraph) -> None:
    assert events(everything) == {
        "monday": own(MONDAY),
        "tuesday": own(MONDAY),
        "weekly": own(MONDAY),
        "second": own(SECOND),
        "call": own(CALL),
    }
    assert everything.validate().conforms


def test_the_event_shows_all_its_reports(everything: KnowledgeGraph) -> None:
    rows = everything.named("who-attended-what", event=own(MONDAY))
    told = sorted((str(row["participant"]), str(row["sentence"])) for row in rows)
    assert told == [
        ("Anna Keller", "Anna Keller attended the meeting in Oslo."),
        ("Anna Keller", "Anna Keller attended the talks in Oslo."),
        ("Jo Kim", "Jo Kim attended the meeting in Oslo."),
        ("Jo Kim", "Jo Kim attended the summit in Oslo."),
        ("Tomas Brandt", "Tomas Brandt attended the meeting in Oslo."),
        ("Tomas Brandt", "Tomas Brandt attended the summit in Oslo."),
        ("Tomas Brandt", "Tomas Brandt attended the talks in Oslo."),
    ]


def test_who_was_there_with_whom_is_told_by_every_document(everything: KnowledgeGraph) -> None:
    both = ("Jo Kim", "Tomas Brandt")
    found = {
        tuple(str(row[name] or "") for name in ("one", "other", "sentence", "othersentence"))
        for row in everything.named("co-attendance", who="Jo Kim")
    }
    assert {row[2:] for row in found if row[:2] == both} == {
        ("", "Tomas Brandt attended the talks in Oslo."),
        ("Jo Kim attended the meeting in Oslo.", "Tomas Brandt attended the meeting in Oslo."),
        ("Jo Kim attended the summit in Oslo.", "Tomas Brandt attended the summit in Oslo."),
    }


def test_the_first_report_gone_the_next_one_gives_the_name() -> None:
    graph = kg.open("memory:")
    graph.add(*ALL)
    graph.remove("monday")
    assert events(graph)["weekly"] == events(graph)["tuesday"] == own(TUESDAY)
    graph.remove("weekly")
    assert events(graph)["tuesday"] == own(TUESDAY)
    graph.add(MONDAY)
    assert events(graph)["tuesday"] == own(MONDAY)


def test_a_report_that_is_replaced_may_be_of_another_meeting() -> None:
    graph = kg.open("memory:")
    graph.add(MONDAY, TUESDAY)
    moved = report(
        "tuesday", "2025-02-18", "meeting", "Rome", "Anna Keller", "Tomas Brandt", day="2025-02-17"
    )
    graph.add(moved)
    assert events(graph) == {"monday": own(MONDAY), "tuesday": own(moved)}


@settings(max_examples=15, deadline=None)
@given(st.permutations(ALL), st.sets(st.sampled_from(ALL), min_size=1))
def test_any_order_of_adding_and_removing_gives_the_same_graph(
    order: list[Document], gone: set[Document]
) -> None:
    graph, fresh = kg.open("memory:"), kg.open("memory:")
    for document in order:
        graph.add(document)
    graph.remove(*sorted(document.id for document in gone))
    left = [document for document in ALL if document not in gone]
    if left:
        fresh.add(*left)
    assert graph.dump() == fresh.dump()
