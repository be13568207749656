"""Slips of the parser that are mended: the tree after it, word by word."""

from __future__ import annotations

import pytest

from kg.annotate.tokens import Tokens
from kg.model import Document


def tree(text: str) -> dict[str, tuple[str, str]]:
    """Return of each word its relation and the word it hangs on."""
    tokens = Tokens()(Document(id="d", text=text)).tokens
    return {token.text: (token.dep, tokens[token.head].text) for token in tokens}


def test_a_day_is_no_first_name() -> None:
    found = tree("Later on Friday Novak and Horak met the Chilean minister in Oslo.")
    assert found["Novak"] == ("nsubj", "met")
    assert found["Horak"] == ("conj", "Novak")
    assert found["Friday"] == ("pobj", "on")


def test_a_name_with_a_particle_is_coordinated_whole() -> None:
    found = tree("Friedrich Novak met Costa and von der Leyen in Oslo before the summit.")
    assert found["Costa"] == ("dobj", "met")
    assert found["Leyen"] == ("conj", "Costa")
    assert {found["von"], found["der"]} == {("compound", "Leyen")}


@pytest.mark.parametrize("text", ["Costa met von der Leyen in Oslo.", "Von der Leyen left."])
def test_a_name_with_a_particle_is_a_person(text: str) -> None:
    tokens = Tokens()(Document(id="d", text=text)).tokens
    assert next(token for token in tokens if token.text == "Leyen").ner == "I-PERSON"


def test_two_people_met_in_two_towns() -> None:
    found = tree("Novak met Anna Horak in Paris and Chilean Prime Minister Ola Berg in London.")
    assert found["Berg"] == ("conj", "Horak")
    assert found["Paris"] == ("pobj", "in")
    assert found["London"] == ("pobj", "in")


def test_talks_that_are_opened_are_no_open_talks() -> None:
    found = tree("Officials were due to open talks in Chile on Monday.")
    assert found["talks"] == ("dobj", "open")
    assert found["open"][0] == "xcomp"


@pytest.mark.parametrize(
    "text",
    ["On Friday night Novak met Horak.", "The Friday prayers ended.", "Novak left on Friday."],
)
def test_other_days_stay_as_they_are(text: str) -> None:
    assert tree(text)["Friday"][0] in ("compound", "pobj")
