"""The file of the user's decisions: what it may say, and what it says if it does not hold."""

from pathlib import Path

import pytest

from kg.errors import DecisionError
from kg.resolve.decisions import Decisions, Reference


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert Decisions.read(tmp_path / "decisions.toml") == Decisions()


def test_all_kinds_of_decisions_are_read(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(
        '# mine\n[[merge]]\nthese = ["Zelensky", "Q3874799"]\nwhy = "I know him"\n'
        '[[never]]\nthese = ["person/kim", {name = "Kim", type = "Person", country = "KOR"}]\n'
        '[[alias]]\nof = "Trump"\nnames = ["the Donald"]\n'
        '[[rename]]\nof = "country/FRA"\nto = "France"\n',
        encoding="utf-8",
    )
    said = Decisions.read(file)
    assert said.merge == ((Reference("Zelensky"), Reference("Q3874799")),)
    assert said.never == ((Reference("person/kim"), Reference("Kim", "Person", "KOR")),)
    assert said.alias == ((Reference("Trump"), ("the Donald",)),)
    assert said.rename == ((Reference("country/FRA"), "France"),)
    assert said.blocks() == {
        "name/zelensky", "wikidata/Q3874799", "name/kim", "only/person/kim", "name/trump",
        "name/the-donald", "iso3/FRA",
    }  # fmt: skip
    assert said.beside("wikidata/Q3874799") == ("name/zelensky",)
    assert said.beside("name/the-donald") == ("name/trump",)
    assert said.beside("name/kim") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[merge]", "decisions.toml: is no TOML: "),
        ('[[fusion]]\nthese = ["A", "B"]', "decisions.toml, fusion: is no kind of decision; known"),
        ('[[merge]]\nthese = ["A"]', "decisions.toml, merge, entry 1: 'these' names less than two"),
        ('[[merge]]\nthese = ["A", 7]', "decisions.toml, merge, entry 1: 'these' needs a name"),
        ('merge = ["A", "B"]', "decisions.toml, merge: is no list of entries; write [[merge]]"),
        ('[[rename]]\nof = "A"', "decisions.toml, rename, entry 1: 'to' has no text; write to ="),
        ('[[alias]]\nof = "A"', "decisions.toml, alias, entry 1: 'names' has no names; write"),
        ("[[never]]\nthat = 1", "decisions.toml, never, entry 1: there is no 'that'; it has these"),
        (
            '[[rename]]\nof = {name = "A", type = "Human"}\nto = "B"',
            "decisions.toml, rename, entry 1: there is no type 'Human'; take Person, ",
        ),
        (
            '[[rename]]\nof = {name = "A", country = "fr"}\nto = "B"',
            "decisions.toml, rename, entry 1: 'fr' is no code of a state; write it like \"FRA\"",
        ),
        (
            '[[rename]]\nof = {name = "A", land = "FRA"}\nto = "B"',
            "decisions.toml, rename, entry 1: 'of' may hold name, type and country",
        ),
    ],
)
def test_an_entry_that_does_not_hold_is_named_with_what_to_do(text: str, message: str) -> None:
    with pytest.raises(DecisionError) as caught:
        Decisions.from_toml(text)
    assert str(caught.value).startswith(message)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DecisionError, match="is no UTF-8 text; save it as UTF-8"):
        Decisions.read(file)


def test_a_file_that_says_both_of_the_same_things_is_refused_with_both_entries() -> None:
    text = (
        '[[merge]]\nthese = ["A", "B"]\n[[merge]]\nthese = ["B", "C"]\n'
        '[[never]]\nthese = ["D", "A"]\n[[never]]\nthese = ["C", "A"]\n'
    )
    with pytest.raises(DecisionError) as caught:
        Decisions.from_toml(text)
    assert str(caught.value) == (
        "decisions.toml, never, entry 2: C and A are one by merge, entry 1 and merge, entry 2; "
        "take out one of these entries"
    )
    assert Decisions.from_toml(text.replace('["C", "A"]', '["C", "D"]')).never
