"""Offices become holdsPosition; names that stand with a body become memberOf."""

from __future__ import annotations

import pytest

from kg.extract.roles import Roles
from kg.model import Document, Office
from kg.pipeline import Pipeline
from tests.build import doc, span
from tests.readings import facts

TEXT = "Norwegian President Ola Berg left. President Berg slept."


@pytest.fixture
def berg(pipeline: Pipeline) -> Document:
    """Two sentences with their tokens, the entities written by hand."""
    tokens = next(a for a in pipeline.annotators if a.name == "tokens")
    found = doc(TEXT, people=["Ola Berg | Berg"], countries=["Norwegian"])
    return found.but(tokens=tokens(found).tokens)


def test_an_office_with_its_title_and_sentence(berg: Document) -> None:
    office = Office("e1", span(TEXT, "President"), "e2")
    (relation,) = Roles()(berg.but(offices=(office,)))
    assert (relation.type, relation.subject, relation.object) == ("holdsPosition", "e1", "e2")
    assert (relation.title, relation.former, relation.status) == ("President", False, "actual")
    assert relation.evidence.of(TEXT) == "Norwegian President Ola Berg left."


def test_a_former_and_a_planned_office_are_marked(berg: Document) -> None:
    former = Office("e1", span(TEXT, "President"), "e2", former=True)
    assert next(iter(Roles()(berg.but(offices=(former,))))).former
    planned = Office("e1", span(TEXT, "President"), "e2", status="planned")
    assert next(iter(Roles()(berg.but(offices=(planned,))))).status == "planned"


def test_an_office_said_twice_is_one_relation(berg: Document) -> None:
    offices = tuple(Office("e1", span(TEXT, "President", n), "e2") for n in (1, 2))
    assert len(list(Roles()(berg.but(offices=offices)))) == 1


def test_an_office_of_nobody_known_makes_nothing(berg: Document) -> None:
    assert list(Roles()(berg.but(offices=(Office("e1", span(TEXT, "President")),)))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Officials in the Labour Party, including Ola Berg and Liv Dahl, resigned.",
         {"memberOf: Ola Berg > Labour Party", "memberOf: Liv Dahl > Labour Party"}),
        ("Ola Berg of the Labour Party resigned.", {"memberOf: Ola Berg > Labour Party"}),
        # a country has no members
        ("Ola Berg of Norway resigned.", set()),
        ("Ola Berg praised the Labour Party.", set()),
    ],
)  # fmt: skip
def test_members(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert facts(pipeline(Document(id="d", text=text)), "memberOf") == wanted
