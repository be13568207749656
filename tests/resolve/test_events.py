"""One meeting that several documents report is one event; two meetings stay two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Entity
from kg.resolve.decisions import Decisions
from kg.resolve.events import identify_events, likeness, related
from kg.resolve.occasions import Occasion, blocks
from kg.resolve.reports import event_personas
from kg.vocab import document_iri, mint
from tests.build import doc
from tests.strategies import documents


def report(
    text: str, date: str | None, events: Iterable[str], relations: Iterable[str], **given: Any
) -> Document:
    """Return a document; a relation may end with a day: ``"attended: A > talks @2025-02-17"``."""
    parts = [line.partition(" @") for line in relations]
    lines = [line for line, _, _ in parts]
    built = doc(text, events=events, relations=lines, date=date, **given)
    return built.but(
        relations=tuple(
            replace(relation, date=day or None)
            for relation, (_, _, day) in zip(built.relations, parts, strict=True)
        )
    )


def told(built: Document) -> list[Occasion]:
    iris = [entity.iri or "" for entity in mint(built).entities]
    found = event_personas(built, document_iri(built))
    return [one.settled(iris) for one in found if one is not None]


def clusters(*reports: Document) -> list[set[str]]:
    """Return the events of which several documents report, as sets of document ids and names."""
    occasions = {one.appearance: (built.id, one) for built in reports for one in told(built)}
    found: dict[str, set[str]] = {}
    for appearance, identity in identify_events(one for _, one in occasions.values()).items():
        number, one = occasions[appearance]
        found.setdefault(identity.iri, set()).add(f"{number}:{one.name}")
    return sorted((names for names in found.values() if len(names) > 1), key=sorted)


AGENCY = report(
    "PARIS. Ada Berg hosted an emergency meeting at the Old Mill in Paris on Monday. Ben Cole and "
    "Cleo Dorn attended the meeting.",
    "2025-02-17",
    ["emergency meeting | meeting"],
    [
        "hosted: Ada Berg > emergency meeting @2025-02-17",
        "heldIn: emergency meeting > Old Mill @2025-02-17",
        "heldIn: emergency meeting > Paris @2025-02-17",
        "attended: Ben Cole > meeting",
        "attended: Cleo Dorn > meeting",
    ],
    people=["Ada Berg", "Ben Cole", "Cleo Dorn"],
    places=["Old Mill", "Paris"],
).but(id="agency")
PAPER = report(
    "Ben Cole and Cleo Dorn took part in the talks in Paris. Dan Eck did not join the talks.",
    "2025-02-17",
    ["talks"],
    [
        "attended: Ben Cole > talks",
        "attended: Cleo Dorn > talks",
        "heldIn: talks > Paris",
        "attended: Dan Eck > talks (negated)",
    ],
    people=["Ben Cole", "Cleo Dorn", "Dan Eck"],
    places=["Paris"],
).but(id="paper")
WEEKLY = report(
    "Ada Berg opened the summit in Paris on 17 February. Cleo Dorn joined the summit.",
    "2025-02-21",
    ["summit"],
    [
        "attended: Ada Berg > summit @2025-02-17",
        "attended: Cleo Dorn > summit",
        "heldIn: summit > Paris @2025-02-17",
    ],
    people=["Ada Berg", "Cleo Dorn"],
    places=["Paris"],
).but(id="weekly")
SECOND = report(
    "Ada Berg held a second meeting in Paris on Wednesday. Cleo Dorn came to the meeting.",
    "2025-02-19",
    ["second meeting | meeting"],
    [
        "hosted: Ada Berg > second meeting @2025-02-19",
        "heldIn: second meeting > Paris @2025-02-19",
        "attended: Cleo Dorn > meeting",
    ],
    people=["Ada Berg", "Cleo Dorn"],
    places=["Paris"],
).but(id="second")
THREE = {"agency:emergency meeting", "paper:talks", "weekly:summit"}


def test_one_meeting_of_three_reports_is_one_event() -> None:
    assert clusters(AGENCY, PAPER, WEEKLY) == [THREE]


def test_two_meetings_in_one_town_and_week_stay_two() -> None:
    assert clusters(AGENCY, PAPER, WEEKLY, SECOND) == [THREE]
    assert clusters(AGENCY, SECOND) == []


def test_the_event_has_the_iri_of_its_first_report_and_a_lone_one_its_own() -> None:
    own = {entity.name: entity.iri for entity in mint(AGENCY).entities}
    together = identify_events([*told(PAPER), *told(WEEKLY), *told(AGENCY)])
    alone = identify_events(told(AGENCY))
    assert {identity.iri for identity in alone.values()} == {own["emergency meeting"]}
    first = min((AGENCY, PAPER), key=lambda built: built.sha256)
    expected = {e.name: e.iri for e in mint(first).entities}[told(first)[0].name]
    assert {identity.iri for identity in together.values()} == {expected}


def test_the_reasons_are_told() -> None:
    (one,), (other,) = told(AGENCY), told(WEEKLY)
    alike = likeness(one, other)
    assert alike is not None
    assert alike.because == "2025-02-17, the same place, both with Ada Berg, Cleo Dorn"
    identities = identify_events([one, other])
    assert identities[one.appearance].because == alike.because
    assert identities[one.appearance].score == alike.score
    assert identify_events([one])[one.appearance].because == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"family": "call"},
        {"family": "press"},
        {"family": "visit"},
        {"family": "convention"},
        {"family": ""},
        {"days": ("2025-02-18",)},
        {"days": (), "since": "2025-02-18", "until": "2025-03-10"},
        {"towns": ("Q64",), "venues": ()},
        {"states": ("DEU",)},
    ],
)
def test_what_contradicts_parts_two_reports(changed: dict[str, Any]) -> None:
    (one,) = told(AGENCY)
    assert likeness(one, replace(one, appearance="https://x.org/document/1#entity-1")) is not None
    other = replace(one, **{"appearance": "https://x.org/document/1#entity-1", **changed})
    assert likeness(one, other) is None
    assert likeness(other, one) is None


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (("a-security-conference", "a-security-conference"), True),
        (("a-security-conference", "b-security-conference"), False),
    ],
)
def test_an_occasion_with_a_name_of_its_own_is_known_by_it(
    names: tuple[str, str], together: bool
) -> None:
    one, other = (
        Occasion(
            f"https://x.org/document/{number}#entity-1",
            "conference",
            f"2025-02-1{number}",
            family="convention",
            proper=name,
            topics=("security",),
            since=f"2025-02-0{number}",
            until=f"2025-02-1{number}",
        )
        for number, name in enumerate(names, 1)
    )
    iris = {identity.iri for identity in identify_events([one, other]).values()}
    assert len(iris) == (1 if together else 2)
    next_year = replace(other, date="2026-02-12", since="2026-02-09", until="2026-02-12")
    assert len({i.iri for i in identify_events([one, next_year]).values()}) == 2


def test_two_occasions_of_one_document_that_fit_alike_leave_the_third_alone() -> None:
    (one,) = told(AGENCY)
    twin = replace(one, appearance=f"{one.document}#entity-99")
    (third,) = told(WEEKLY)
    assert len({i.iri for i in identify_events([one, twin, third]).values()}) == 3


@pytest.mark.parametrize(
    "mixed", [{"towns": ("Q64", "Q90")}, {"days": ("2025-02-17", "2025-02-19")}]
)
def test_what_mixes_two_occasions_up_is_joined_with_none(mixed: dict[str, Any]) -> None:
    one = replace(_one(AGENCY), **mixed)
    other = replace(one, appearance="https://x.org/document/1#entity-1")
    assert likeness(one, other) is None
    assert [block[:5] for block in blocks(one)] == ["only/"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Monday's talks were short.", "2025-02-17"),
        ("The Friday talks were short.", "2025-02-14"),
        ("They left the talks in Paris on Thursday.", "2025-02-13"),
        ("The talks ended and they left on Thursday.", None),
    ],
)
def test_a_weekday_beside_the_noun_is_the_day(text: str, day: str | None) -> None:
    talks = doc(
        f"Ada Berg attended the meeting. {text}",
        people=["Ada Berg"],
        events=["meeting | talks"],
        relations=["attended: Ada Berg > meeting"],
        date="2025-02-17",
    )
    assert _one(talks).days == ((day,) if day else ())


def _one(built: Document) -> Occasion:
    (one,) = told(built)
    return one


def test_the_same_town_and_days_are_not_enough() -> None:
    strangers = report(
        "Eva Falk attended the talks in Paris. Gus Hahn attended the talks, too.",
        "2025-02-17",
        ["talks"],
        ["attended: Eva Falk > talks", "attended: Gus Hahn > talks", "heldIn: talks > Paris"],
        people=["Eva Falk", "Gus Hahn"],
        places=["Paris"],
    ).but(id="strangers")
    assert clusters(AGENCY, strangers) == []


def test_what_was_denied_or_only_possible_is_no_company() -> None:
    (one,) = told(PAPER)
    assert one.called == ("Ben Cole", "Cleo Dorn")


def test_a_venue_is_in_its_town_and_a_town_in_its_state() -> None:
    palace = report(
        "Ada Berg attended the talks at the Élysée Palace.",
        "2025-02-17",
        ["talks"],
        ["heldIn: talks > Élysée Palace", "attended: Ada Berg > talks"],
        people=["Ada Berg"],
        places=["Élysée Palace"],
    )
    (one,) = told(palace)
    assert (one.towns, one.states) == (("Q90",), ("FRA",))


@pytest.mark.parametrize(
    ("text", "event", "family", "proper"),
    [
        (
            "They left the Munich Security Conference.",
            "Security Conference",
            "convention",
            "munich-security-conference",
        ),
        ("The press conference was long.", "press conference", "press", ""),
        ("The video conference was long.", "video conference", "call", ""),
        ("A virtual summit was held.", "virtual summit", "call", ""),
        ("Talks were held.", "Talks", "meeting", ""),
        ("The negotiations were long.", "negotiations", "meeting", ""),
        ("A telephone call was made.", "telephone call", "call", ""),
        ("The wedding was long.", "wedding", "", ""),
    ],
)
def test_the_words_for_an_occasion_tell_its_kind(
    text: str, event: str, family: str, proper: str
) -> None:
    (one,) = told(doc(text, events=[event]))
    assert (one.family, one.proper) == (family, proper)


def test_a_document_without_a_date_tells_no_day() -> None:
    (one,) = told(PAPER.but(date=None))
    assert (one.date, one.since, one.until) == ("", "", "")
    assert [block[:5] for block in blocks(one)] == ["only/"]


def test_what_is_told_survives_being_kept() -> None:
    for built in (AGENCY, PAPER, WEEKLY, SECOND):
        for one in told(built):
            assert Occasion.from_json(one.to_json()) == one


# ------------------------------------------------------------ whatever is told

places = st.lists(st.sampled_from(["Q90", "Q64"]), unique=True, max_size=2).map(sorted).map(tuple)
people = st.lists(st.sampled_from("abcd"), unique=True, max_size=4).map(sorted).map(tuple)
days = st.sampled_from(["2025-02-16", "2025-02-17", "2025-02-18"])


@st.composite
def occasions(draw: st.DrawFn) -> list[Occasion]:
    """Events of up to six documents, alike enough to be mistaken for each other."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        for entity in range(draw(st.integers(1, 2))):
            company, day, sure = draw(people), draw(days), draw(st.booleans())
            towns = draw(places)
            found.append(
                Occasion(
                    f"https://x.org/document/{number}#entity-{entity + 1}",
                    draw(st.sampled_from(["talks", "summit"])),
                    day,
                    family=draw(st.sampled_from(["meeting", "conversation", "call"])),
                    days=(day,) if sure else (),
                    since="" if sure else "2025-02-15",
                    until="" if sure else day,
                    towns=towns,
                    venues=towns,
                    people=company,
                    called=company,
                    hosts=company[:1],
                )
            )
    return found


@given(occasions(), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(found: list[Occasion], random: Any) -> None:
    expected = identify_events(found)
    random.shuffle(found)
    assert identify_events(found) == expected


@given(occasions())
def test_events_of_one_document_and_contradictions_never_merge(found: list[Occasion]) -> None:
    identities = identify_events(found)
    assert identities.keys() == {one.appearance for one in found}
    for one in found:
        for other in found:
            if (
                one is not other
                and identities[one.appearance].iri == identities[other.appearance].iri
            ):
                assert likeness(one, other) is not None
                assert one.document != other.document


@given(occasions(), st.permutations(range(12)))
def test_those_that_do_not_hang_together_do_not_matter_to_each_other(
    found: list[Occasion], order: list[int]
) -> None:
    """So a catalogue may work out each part alone, and leave all others as they are."""
    whole = identify_events(found)
    left, parts = found[:], {}
    for number in order:
        if number < len(found) and found[number] in left:
            part, ahead = [], [found[number]]
            left.remove(found[number])
            while ahead:
                one = ahead.pop()
                part.append(one)
                near = [
                    two for two in left if {*blocks(one)} & {*blocks(two)} and related(one, two)
                ]
                left = [two for two in left if two not in near]
                ahead += near
            parts |= identify_events(part)
    assert parts == whole


@given(documents())
def test_any_document_tells_something(built: Document) -> None:
    iris = [entity.iri or "" for entity in mint(built).entities]
    found = event_personas(built, document_iri(built))
    assert [one is not None for one in found] == [
        e.type == "Event" and not e.wikidata and not e.iri for e in built.entities
    ]
    for one in found:
        if one is not None:
            assert Occasion.from_json(one.to_json()) == one
            assert blocks(one)
            assert identify_events([one.settled(iris)])


def test_an_event_that_is_known_by_a_wikidata_id_is_left_alone() -> None:
    named = Entity("e1", "Event", "talks", wikidata="Q1")
    assert told(Document("d", "The talks ended.", entities=(named,))) == []


def test_a_lone_event_keeps_the_iri_it_always_had() -> None:
    built = Document("d", "The talks ended.", entities=(Entity("e1", "Event", "talks"),))
    (one,) = told(built)
    assert identify_events([one])[one.appearance].iri == mint(built).entities[0].iri


def decided(text: str, *reports: Document) -> dict[str, Any]:
    """Return the identity of the event of each report by the report's id."""
    ones = {built.id: told(built)[0] for built in reports}
    found = identify_events(ones.values(), Decisions.from_toml(text))
    return {name: found[one.appearance] for name, one in ones.items()}


def test_the_user_joins_two_events_and_all_that_was_joined_with_them() -> None:
    entry = f'[[merge]]\nthese = ["{_one(AGENCY).local}", "{_one(SECOND).local}"]'
    found = decided(entry, AGENCY, WEEKLY, SECOND)
    assert len({identity.iri for identity in found.values()}) == 1
    assert found["second"].because.startswith("you merged event/emergency-meeting_")


def test_the_user_keeps_two_reports_apart() -> None:
    entry = f'[[never]]\nthese = ["{_one(AGENCY).local}", "{_one(WEEKLY).local}"]'
    found = decided(entry, AGENCY, WEEKLY)
    assert found["agency"].iri != found["weekly"].iri


def test_the_user_names_an_event_by_the_iri_of_any_of_its_reports() -> None:
    entry = f'[[rename]]\nof = "{_one(WEEKLY).local}"\nto = "Mill Talks"\n'
    entry += f'[[alias]]\nof = "{_one(AGENCY).local}"\nnames = ["Monday Talks"]'
    found = decided(entry, AGENCY, WEEKLY)
    assert {(one.label, one.aliases) for one in found.values()} == {
        ("Mill Talks", ("Monday Talks",))
    }
