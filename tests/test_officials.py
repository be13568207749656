"""Who held which office when."""

from __future__ import annotations

import pytest

from kg.data import Official
from kg.officials import fold, in_office, respelt, terms


def chancellor() -> Official:
    return next(t for t in terms("Angela Merkel") if t.country == "DEU" and "hancellor" in t.office)


@pytest.mark.parametrize(
    ("date", "held"),
    [("2004-01-01", False), ("2006-01-01", True), ("2019-08-24", True), ("2023-01-01", False)],
)
def test_a_term_has_a_first_and_a_last_day(date: str, held: bool) -> None:
    # Chancellor of Germany from 22 November 2005 to 8 December 2021
    assert in_office(chancellor(), date) is held


@pytest.mark.parametrize("name", ["Angela Merkel", "angela merkel", "ANGELA MERKEL"])
def test_case_does_not_matter(name: str) -> None:
    assert terms(name) == terms("Angela Merkel") != ()


def test_terms_that_had_not_begun_are_left_out() -> None:
    assert chancellor() not in terms("Angela Merkel", "2004-01-01")
    assert chancellor() in terms("Angela Merkel", "2023-01-01")


def test_nobody_of_that_name() -> None:
    assert terms("Ola Nordmann Testperson") == ()


@pytest.mark.parametrize(
    ("name", "plain"), [("Erdoğan", "erdogan"), ("José Muñoz", "jose munoz"), ("Novák", "novak")]
)
def test_names_are_compared_without_case_and_accents(name: str, plain: str) -> None:
    assert fold(name) == plain


def term(*, end: str = "", as_of: str = "2024-06-01") -> Official:
    return Official("N", (), "", "NOR", "", "", "minister", "2022-01-01", end, as_of)


def test_an_open_term_is_trusted_for_two_years() -> None:
    assert in_office(term(), "2026-01-01")
    assert not in_office(term(), "2027-01-01")


def test_an_open_term_without_a_date_of_knowledge_is_trusted() -> None:
    assert in_office(term(as_of=""), "2040-01-01")


def test_the_last_day_belongs_to_the_term() -> None:
    assert in_office(term(end="2023-05-05"), "2023-05-05")
    assert not in_office(term(end="2023-05-05"), "2023-05-06")


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("Yulia Timoshenko", "Yulia Tymoshenko"),
        ("Nuri Maliki", "Nouri al-Maliki"),
        ("Sergei Lavrow", "Sergey Lavrov"),
        ("Avigdor Liebermann", "Avigdor Lieberman"),
    ],
)
def test_other_spellings_of_a_name(other: str, name: str) -> None:
    assert {term.name for term in respelt(other)} == {name}


@pytest.mark.parametrize("name", ["Merkel", "Anton Merkel", "Angela Markov", "", "X Y"])
def test_other_names_are_no_other_spellings(name: str) -> None:
    assert "Angela Merkel" not in {term.name for term in respelt(name)}


def test_hyphens_and_stroked_letters_do_not_matter() -> None:
    assert fold("Jarosław Frank-Walter") == "jaroslaw frank walter"
