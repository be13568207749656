"""What our tables know of the things a text names, kept apart from what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

import kg
from kg.extract.background import Background
from kg.model import Document, Office, Relation, Span
from kg.pipeline import Pipeline, merged
from tests.build import doc, span


def known(document: Document) -> set[str]:
    """Return the background facts of a document whose entities are written by hand."""
    names = {entity.id: entity.name for entity in document.entities}
    found = Background()(document)
    return {f"{r.type}: {names[r.subject]} > {names[r.object]} by {r.by}" for r in found}


def coded(document: Document, **codes: str) -> Document:
    """Give entities of that name an ISO code, or a Wikidata id where it begins with Q."""

    def given(name: str) -> dict[str, str]:
        code = codes.get(name.replace(" ", "_"))
        return {} if code is None else {"wikidata" if code[0] == "Q" else "iso3": code}

    return document.but(
        entities=tuple(replace(entity, **given(entity.name)) for entity in document.entities)
    )


def test_a_place_lies_in_its_country_if_both_are_named() -> None:
    text = "Lyon in France. Springfield, Jerusalem and Israel."
    found = coded(
        doc(text, places=["Lyon", "Jerusalem"], countries=["France", "Israel"]),
        France="FRA",
        Israel="ISR",
    )
    # over Jerusalem states dispute: no side is taken
    assert known(found) == {"locatedIn: Lyon > France by background/places"}
    assert known(coded(doc(text, places=["Lyon"]))) == set()


def test_of_two_places_of_a_name_neither_is_meant_for_sure() -> None:
    found = doc("Tripoli and Lebanon.", places=["Tripoli"], countries=["Lebanon"])
    assert known(coded(found, Lebanon="LBN")) == set()


def test_a_body_of_the_state_and_a_firm() -> None:
    found = doc(
        "The Bundestag, Gazprom, Germany, Russia.",
        organizations=["Bundestag", "Gazprom"],
        countries=["Germany", "Russia"],
    )
    assert known(coded(found, Germany="DEU", Russia="RUS")) == {
        "agencyOf: Bundestag > Germany by background/organizations",
        "basedIn: Bundestag > Germany by background/organizations",
        "basedIn: Gazprom > Russia by background/organizations",
    }


def test_a_name_that_bodies_of_several_states_share_is_left_alone() -> None:
    text = "The Republicans lost, France said."
    found = doc(text, organizations=["The Republicans"], countries=["France"])
    assert known(coded(found, France="FRA")) == set()


def test_an_institution_belongs_to_its_union() -> None:
    found = doc("The European Commission of the European Union.",
                organizations=["European Commission", "European Union"])  # fmt: skip
    assert known(found) == {
        "agencyOf: European Commission > European Union by background/institutions"
    }


@pytest.mark.parametrize(
    ("date", "member"),
    [("2003-05-01", False), ("2006-05-01", True), (None, False)],
)
def test_a_state_is_a_member_from_when_it_joined(date: str | None, *, member: bool) -> None:
    found = doc("Estonia and NATO.", countries=["Estonia"], organizations=["NATO"])
    expected = {"memberOf: Estonia > NATO by background/org_members"} if member else set()
    assert known(coded(found, Estonia="EST").but(date=date)) == expected


def test_a_former_member_is_none() -> None:
    found = doc("Britain left the European Union.", countries=["Britain"],
                organizations=["European Union"])  # fmt: skip
    dated = coded(found, Britain="GBR").but(date="2023-01-01")
    assert known(dated) == set()


def test_an_official_linked_is_a_citizen_but_not_a_namesake() -> None:
    text = "Angela Merkel left Germany."
    found = doc(text, people=["Angela Merkel"], countries=["Germany"])
    linked = coded(found, Angela_Merkel="Q567", Germany="DEU")
    assert known(linked) == {"citizenOf: Angela Merkel > Germany by background/officials"}
    assert known(coded(found, Germany="DEU")) == set()
    other = doc("Anton Merkel left Germany.", people=["Anton Merkel"], countries=["Germany"])
    assert known(coded(other, Anton_Merkel="Q567", Germany="DEU")) == set()


@pytest.mark.parametrize(("former", "belongs"), [(False, True), (True, False)])
def test_who_holds_an_office_belongs_to_the_body(*, former: bool, belongs: bool) -> None:
    text = "Greenpeace director Liv Dahl."
    found = doc(text, people=["Liv Dahl"], organizations=["Greenpeace"])
    office = Office("e1", span(text, "director"), "e2", former=former)
    expected = {"memberOf: Liv Dahl > Greenpeace by background/offices"} if belongs else set()
    assert known(found.but(offices=(office,))) == expected


def test_the_evidence_is_the_first_name_of_the_subject() -> None:
    text = "France, it said, likes Lyon."
    (fact,) = Background()(coded(doc(text, places=["Lyon"], countries=["France"]), France="FRA"))
    assert (fact.evidence.of(text), fact.basis, fact.status) == ("Lyon", "background", "actual")


@pytest.mark.parametrize("status", ["actual", "planned", "negated"])
def test_what_the_text_says_takes_the_place_of_background(status: str) -> None:
    said = Relation("memberOf", "e1", "e2", status, Span(0, 20))
    added = Relation("memberOf", "e1", "e2", "actual", Span(0, 6), basis="background")
    other = Relation("memberOf", "e1", "e3", "actual", Span(0, 6), basis="background")
    assert merged([added, said, other]) == [other, said]


def test_background_is_there_only_where_it_is_asked_for(pipeline: Pipeline) -> None:
    text = "Lena Fischer went to Lyon. Later she left France."
    bases = {r.basis for r in pipeline(Document(id="d", text=text)).relations}
    assert bases == {"text"}
    with kg.KnowledgeGraph(pipeline=pipeline) as graph:
        graph.add(Document(id="d", text=text), background=True)
        found = {(r.subject, r.relation, r.object): r.basis for r in graph.relations()}
        assert found["Lyon", "locatedIn", "France"] == "background"
        assert graph.stats().by_relation.get("locatedIn") is None
        assert graph.validate().conforms
        edges = graph.network().edges(data=True)
        assert {data["basis"] for _, _, data in edges} == {"text", "background"}
        assert not list(graph.query("SELECT ?p WHERE { ?p kg:locatedIn ?state }"))
