"""Events between countries, by class and day."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Document
from kg.relations import shipped
from kg.view.dyads import dyads_csv
from kg.vocab import mint
from tests.build import doc

CODES = {"France": "FRA", "Germany": "DEU", "Ukraine": "UKR"}
OFFICES = ["holdsPosition: Macron > France", "citizenOf: Scholz > Germany"]
TEXT = "Macron of France met Scholz of Germany and aided Ukraine in Kyiv."


def document(*relations: str, id: str = "d") -> Document:
    made = doc(
        TEXT,
        people=["Macron", "Scholz"],
        countries=["France", "Germany", "Ukraine"],
        places=["Kyiv"],
        relations=relations,
        id=id,
        date="2025-02-17",
    )
    entities = tuple(replace(e, iso3=CODES.get(e.name)) for e in made.entities)
    return mint(made.but(entities=entities))


def dyads(*documents: Document) -> list[str]:
    header, *rows = dyads_csv(documents, shipped()).splitlines()
    assert header == "source,target,day,plover,count"
    return rows


def test_officials_and_citizens_act_for_their_country_and_meetings_count_both_ways() -> None:
    assert dyads(document(*OFFICES, "metWith: Macron > Scholz")) == [
        "DEU,FRA,2025-02-17,CONSULT,1",
        "FRA,DEU,2025-02-17,CONSULT,1",
    ]


def test_background_facts_neither_count_nor_tell_for_whom_somebody_acts() -> None:
    said = document("metWith: Macron > Scholz", *OFFICES)
    known = tuple(replace(r, basis="background") for r in said.relations if r.type == "citizenOf")
    told = tuple(r for r in said.relations if r.type != "citizenOf")
    assert dyads(said.but(relations=(*told, *known))) == []


def test_the_class_follows_the_status() -> None:
    assert dyads(document("metWith: France > Germany (planned)")) == [
        "DEU,FRA,2025-02-17,AGREE,1",
        "FRA,DEU,2025-02-17,AGREE,1",
    ]
    assert dyads(document("aided: France > Ukraine")) == ["FRA,UKR,2025-02-17,AID,1"]


def test_a_fact_counts_once_however_often_it_is_stated() -> None:
    once = document("aided: France > Ukraine")
    again = once.but(id="other", relations=once.relations * 2)
    assert dyads(once, again) == ["FRA,UKR,2025-02-17,AID,1"]
    more = document("aided: France > Ukraine", *OFFICES, "aided: Macron > Ukraine")
    assert dyads(more) == ["FRA,UKR,2025-02-17,AID,2"]


def test_what_one_document_knows_of_an_official_holds_for_all() -> None:
    assert dyads(document(*OFFICES), document("aided: Macron > Ukraine", id="other")) == [
        "FRA,UKR,2025-02-17,AID,1"
    ]


def test_the_day_is_the_relations_own_if_it_has_one() -> None:
    dated = document("aided: France > Ukraine")
    (aided,) = dated.relations
    days = ["2025-02-18", "next week", None]
    each = [dated.but(relations=(replace(aided, date=day),)) for day in days]
    assert [dyads(entry)[0].split(",")[2] for entry in each] == [
        "2025-02-18",
        "2025-02-17",
        "2025-02-17",
    ]
    assert dyads(dated.but(date=None)) == ["FRA,UKR,,AID,1"]


def test_what_is_no_event_between_two_known_countries_is_left_out() -> None:
    assert dyads(document(*OFFICES)) == []
    assert dyads(document("metWith: Macron > Scholz")) == []
    assert dyads(document("holdsPosition: Macron > France", "criticized: Macron > France")) == []
    denied = document("holdsPosition: Macron > France (negated)", "aided: Macron > Ukraine")
    assert dyads(denied) == []


def test_a_city_stands_for_the_country_it_lies_in() -> None:
    assert dyads(document("locatedIn: Kyiv > Ukraine", "visited: France > Kyiv")) == [
        "FRA,UKR,2025-02-17,CONSULT,1"
    ]


def test_a_plan_counts_on_the_day_it_was_first_reported_and_once() -> None:
    plan = document("aided: France > Ukraine (planned)")
    dated = replace(plan.relations[0], date="2025-03-01")
    first = plan.but(relations=(dated,))
    later = first.but(id="later", text=TEXT + " ", date="2025-02-19")
    assert dyads(first) == ["FRA,UKR,2025-02-17,AGREE,1"]
    assert dyads(later, first) == ["FRA,UKR,2025-02-17,AGREE,1"]
    other = later.but(relations=(replace(dated, date="2025-03-02"),))
    assert dyads(first, other) == ["FRA,UKR,2025-02-17,AGREE,1", "FRA,UKR,2025-02-19,AGREE,1"]


def test_a_story_told_again_on_another_day_counts_on_its_first() -> None:
    first = document("aided: France > Ukraine")
    again = first.but(
        id="again", text=TEXT + " ", date="2025-02-18", story=f"https://x.org/{first.sha256}"
    )
    once = ["FRA,UKR,2025-02-17,AID,1"]
    assert dyads(first, again) == dyads(again, first) == once
    twice = [*once, "FRA,UKR,2025-02-18,AID,1"]
    assert dyads(first, again.but(story=None)) == twice


def test_a_stretch_of_time_and_a_stream_of_documents() -> None:
    days = [
        document("aided: France > Ukraine").but(id=day, text=TEXT + " " * number, date=day)
        for number, day in enumerate(("2025-02-17", "2025-02-18", "2025-03-01"))
    ]
    stream = (entry for entry in days)
    rows = dyads_csv(stream, shipped(), since="2025-02-18", until="2025-02").splitlines()
    assert rows[1:] == ["FRA,UKR,2025-02-18,AID,1"]
