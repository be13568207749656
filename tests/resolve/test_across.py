"""Who is who across documents, on personas made by hand."""

from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import EntityType
from kg.resolve.across import identify
from kg.resolve.decisions import Decisions
from kg.resolve.persona import Identity, Known, Persona, blocks

BASE = "https://example.org/id/"
NONE = Decisions()


def known(
    name: str,
    kind: EntityType = "Person",
    *,
    n: int = 1,
    near: Iterable[str] = (),
    also: Iterable[str] = (),
    lone: bool = False,
    documents: int = 1,
    **fields: Any,
) -> Known:
    """Return a persona of the ``n``-th document."""
    place = f"{BASE}document/{n:064d}#entity-1"
    scope = place if lone else ""
    persona = Persona(kind, name, tuple(sorted({name, *also})), scope=scope, **fields)
    return Known(persona, documents, tuple(sorted(near)), f"2025-02-{n:02d} {place}", "")


def iris(*given: Known, decisions: Decisions = NONE) -> list[str]:
    said = identify(given, decisions, base=BASE)
    return [said[one.persona.key].iri.removeprefix(BASE) for one in given]


def are_one(*given: Known, decisions: Decisions = NONE) -> bool:
    return len(set(iris(*given, decisions=decisions))) == 1


# ---------------------------------------------------------------- one thing


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
        ("J.D. Vance", "JD Vance"),
        ("J. D. Vance", "JD Vance"),
        ("Mesut Özil", "Mesut Oezil"),
        ("Mesut Özil", "Mesut Ozil"),
        ("Sir Keir Starmer", "Keir Starmer"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Donald J. Trump", "Donald Trump"),
        ("François Hollande", "Francois Hollande"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, two: str) -> None:
    assert are_one(known(one, n=1), known(two, n=2))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Agence France-Presse", "Agence France Presse"),
        ("Volkswagen AG", "Volkswagen"),
        ("Göttingen University", "Goettingen University"),
    ],
)
def test_spellings_of_one_body_are_one(one: str, two: str) -> None:
    assert are_one(known(one, "Organization", n=1), known(two, "Organization", n=2))


def test_what_has_the_same_id_is_one_whatever_it_is_called() -> None:
    one = known("Volodymyr Zelensky", wikidata="Q3874799")
    two = known("Wolodymyr Selenskyj", wikidata="Q3874799", n=2)
    assert iris(one, two) == ["Q3874799", "Q3874799"]


def test_initials_that_a_text_defines_stand_for_the_body_elsewhere() -> None:
    long = known("Northern Workers Front", "Organization", also=["NWF"])
    assert are_one(long, known("NWF", "Organization", n=2))


def test_initials_that_no_text_defines_need_more() -> None:
    long = known(
        "Northern Workers Front", "Organization", countries=("NOR",), near=["q/Q1", "q/Q2"]
    )
    assert not are_one(long, known("NWF", "Organization", n=2))
    near = known("NWF", "Organization", n=2, countries=("NOR",), near=["q/Q1", "q/Q2"])
    assert are_one(long, near)


def test_a_name_without_a_link_joins_the_linked_one() -> None:
    linked = known("Dmitry Peskov", wikidata="Q4359688")
    assert iris(linked, known("Dmitry Peskov", n=2))[1] == "Q4359688"


# ---------------------------------------------------------------- two things


def test_georgia_the_state_of_america_and_the_country_stay_apart() -> None:
    state = known("Georgia", "Place", n=1, countries=("USA",))
    country = known("Georgia", "Country", n=2, iso3="GEO", wikidata="Q230")
    unlinked = known("Georgia", "Country", n=3)
    assert iris(state, country) == ["place/georgia", "country/GEO"]
    assert not are_one(state, unlinked)


def test_two_ministers_called_kim_stay_apart() -> None:
    north = known("Kim", n=1, lone=True, countries=("PRK",), offices=("defence minister",))
    south = known("Kim", n=2, lone=True, countries=("KOR",), offices=("defence minister",))
    assert iris(north, south) == ["person/kim", "person/kim_KOR"]
    assert iris(south, north) == ["person/kim_KOR", "person/kim"]


def test_first_names_keep_ministers_of_one_surname_apart() -> None:
    one = known("Kim Sung-han", countries=("KOR",), offices=("minister",))
    two = known("Kim Yong-hyun", n=2, countries=("KOR",), offices=("minister",))
    assert not are_one(one, two)


def test_the_same_office_of_different_states_keeps_full_namesakes_apart() -> None:
    one = known("Anna Novak", countries=("CZE",), offices=("foreign minister",))
    two = known("Anna Novak", n=2, countries=("SVK",), offices=("foreign minister",))
    assert iris(one, two) == ["person/anna-novak", "person/anna-novak_SVK"]


def test_ministries_of_different_states_stay_apart() -> None:
    name = "Ministry of Foreign Affairs"
    one = known(name, "Organization", countries=("NOR",))
    two = known(name, "Organization", n=2, countries=("SWE",))
    whose = known(name, "Organization", n=3, lone=True)
    assert len(set(iris(one, two, whose))) == 3
    same = known(name, "Organization", n=4, countries=("NOR", "DNK"), documents=2)
    assert are_one(one, same)


def test_a_plus_behind_a_name_makes_it_another() -> None:
    assert not are_one(known("Acme+", "Organization"), known("Acme", "Organization", n=2))


def test_different_ids_are_never_one() -> None:
    father = known("George Bush", wikidata="Q23505")
    son = known("George Bush", n=2, wikidata="Q207")
    assert iris(father, son) == ["Q23505", "Q207"]


def test_middle_names_that_differ_keep_people_apart() -> None:
    assert not are_one(known("George H. W. Bush"), known("George W. Bush", n=2))


# ---------------------------------------------------------------- a surname alone


def test_a_surname_joins_the_only_one_of_that_name_if_there_is_more_to_it() -> None:
    whole = known("Anna Bowen", countries=("GBR",), offices=("foreign secretary",), near=["q/Q1"])
    other = known("Bowen", n=2, lone=True)
    same = known("Bowen", n=3, lone=True, countries=("GBR",), offices=("foreign secretary",))
    assert iris(whole, other, same) == [
        "person/anna-bowen",
        "person/bowen",
        "person/anna-bowen",
    ]


def test_a_surname_that_two_people_bear_joins_nobody() -> None:
    near = [f"q/Q{n}" for n in range(9)]
    bill = known("Bill Bowen", countries=("GBR",), near=near)
    anna = known("Anna Bowen", n=2, countries=("GBR",), near=near)
    lone = known("Bowen", n=3, lone=True, countries=("GBR",), near=near)
    assert len(set(iris(bill, anna, lone))) == 3


# ---------------------------------------------------------------- the user's decisions


def decided(text: str) -> Decisions:
    return Decisions.from_toml(text)


def test_the_user_merges_what_we_hold_apart() -> None:
    one, two = known("Anna Novak"), known("Hanna Nowaková", n=2)
    said = decided('[[merge]]\nthese = ["Hanna Nowaková", "Anna Novak"]')
    assert not are_one(one, two)
    assert iris(one, two, decisions=said) == ["person/hanna-nowaková"] * 2
    because = identify([one, two], said, base=BASE)[one.persona.key].because
    assert because == "you merged Hanna Nowaková and Anna Novak"


def test_the_user_keeps_apart_what_we_merge() -> None:
    one, two = known("Donald Trump", countries=("USA",)), known("Donald J. Trump", n=2)
    said = decided('[[never]]\nthese = ["Donald Trump", "Donald J. Trump"]')
    assert are_one(one, two)
    assert not are_one(one, two, decisions=said)


def test_type_and_country_make_a_name_exact() -> None:
    one = known("Anna Novak", countries=("CZE",))
    two = known("Anna Novak", n=2, countries=("CZE", "SVK"))
    said = decided(
        '[[never]]\nthese = [{ name = "Anna Novak", country = "SVK" }, "Anna Nováková"]\n'
        '[[rename]]\nof = { name = "Anna Novak", type = "Person" }\nto = "Minister Novak"'
    )
    found = identify([one, two], said, base=BASE)
    assert {identity.label for identity in found.values()} == {"Minister Novak"}


def test_an_alias_brings_home_who_is_called_so() -> None:
    trump = known("Donald Trump", wikidata="Q22686")
    donald = known("The Donald", n=2, lone=True)
    said = decided('[[alias]]\nof = "Q22686"\nnames = ["The Donald"]')
    assert iris(trump, donald, decisions=said) == ["Q22686", "Q22686"]
    found = identify([trump, donald], said, base=BASE)
    assert found[trump.persona.key].aliases == ("The Donald",)


def test_a_name_that_several_bear_decides_nothing() -> None:
    one = known("Kim", lone=True, countries=("PRK",))
    two = known("Kim", n=2, lone=True, countries=("KOR",))
    lee = known("Lee Jae", n=3)
    said = decided('[[merge]]\nthese = ["Lee Jae", "Kim"]')
    assert len(set(iris(one, two, lee, decisions=said))) == 3
    exact = decided('[[merge]]\nthese = ["Lee Jae", {name = "Kim", country = "KOR"}]')
    assert iris(one, two, lee, decisions=exact) == [
        "person/kim",
        "person/lee-jae",
        "person/lee-jae",
    ]


# ---------------------------------------------------------------- what always holds

NAMES = ["Anna Novak", "Anna B. Novak", "Ana Novak", "Novak", "Eva Novak", "Nowak", "Novák"]
BODIES = ["Foreign Ministry", "NWF", "Northern Workers Front", "Northern Workers Front Ltd"]


@st.composite
def people(draw: st.DrawFn) -> list[Known]:
    found = []
    for n in range(1, draw(st.integers(1, 8)) + 1):
        body = draw(st.booleans())
        kind: EntityType = "Organization" if body else "Person"
        found.append(
            known(
                draw(st.sampled_from(BODIES if body else NAMES)),
                kind,
                n=n,
                lone=draw(st.booleans()),
                wikidata=draw(st.sampled_from([None, None, "Q1", "Q2"])),
                countries=draw(st.sampled_from([(), ("CZE",), ("SVK",), ("CZE", "SVK")])),
                offices=draw(st.sampled_from([(), ("minister",)])),
                near=draw(st.sets(st.sampled_from(["q/Q7", "q/Q8", "q/country/CZE"]))),
            )
        )
    return list({one.persona.key: one for one in found}.values())


@given(people(), st.integers())
@settings(max_examples=200)
def test_the_order_does_not_matter(given: list[Known], seed: int) -> None:
    mixed = list(given)
    Random(seed).shuffle(mixed)
    assert identify(mixed, NONE, base=BASE) == identify(given, NONE, base=BASE)


@given(people())
@settings(max_examples=200)
def test_different_ids_never_share_an_iri(given: list[Known]) -> None:
    said = identify(given, NONE, base=BASE)
    by_iri: dict[str, set[str]] = {}
    for one in given:
        if one.persona.wikidata:
            by_iri.setdefault(said[one.persona.key].iri, set()).add(one.persona.wikidata)
    assert all(len(found) == 1 for found in by_iri.values())


@given(people())
def test_a_decision_that_is_taken_back_leaves_nothing(given: list[Known]) -> None:
    before = identify(given, NONE, base=BASE)
    said = decided(
        '[[merge]]\nthese = ["Novak", "NWF"]\n[[never]]\nthese = ["Q1", "Anna Novak"]\n'
        '[[rename]]\nof = "Q2"\nto = "X"'
    )
    identify(given, said, base=BASE)
    assert identify(given, NONE, base=BASE) == before


@given(people())
def test_somebody_unrelated_changes_nothing(given: list[Known]) -> None:
    stranger = known("Xaver Quirin Unterholzer", n=28)
    together = {block for one in given for block in blocks(one.persona)}
    assert together.isdisjoint(blocks(stranger.persona))
    with_stranger = identify([stranger, *given], NONE, base=BASE)
    alone: dict[str, Identity] = identify(given, NONE, base=BASE)
    assert {key: with_stranger[key] for key in alone} == alone


# ---------------------------------------------------------------- a title before a surname


def titled(name: str, *offices: str, n: int = 9, **fields: Any) -> Known:
    return known(name, n=n, lone=True, offices=offices, **fields)


def test_a_surname_with_the_office_of_the_only_linked_one_is_that_one() -> None:
    trump = known("Donald Trump", wikidata="Q22686")  # the table knows the office and the dates
    novak = known("Anna Novak", wikidata="Q9", countries=("CZE",), offices=("foreign minister",))
    assert are_one(trump, titled("Trump", "president"))
    assert are_one(trump, titled("Trump", "president", countries=("USA",)))
    assert are_one(novak, titled("Novak", "foreign minister"))


def test_a_surname_with_another_office_state_time_or_namesake_is_nobody_elses() -> None:
    trump = known("Donald Trump", wikidata="Q22686")
    father = known("George H. W. Bush", wikidata="Q23505", offices=("president",))
    novak = known("Anna Novak", wikidata="Q9", countries=("CZE",), offices=("foreign minister",))
    assert not are_one(trump, titled("Trump", "senator"))
    assert not are_one(trump, titled("Trump", "president", countries=("FRA",)))
    assert not are_one(father, titled("Bush", "president"))  # in 2025
    assert not are_one(novak, titled("Novak", "foreign minister", countries=("SVK",)))
    assert not are_one(known("Anna Novak", offices=("judge",)), titled("Novak", "judge"))
    other = known("Eva Novak", n=2)
    lone = titled("Novak", "foreign minister")
    assert iris(novak, other, lone)[2] == "person/novak"
