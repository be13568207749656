"""The word lists that steer the reading of a sentence."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import combinations
from typing import Any

import pytest

from kg.cues import groups_of_words, status_of_words, words
from kg.model import STATUSES


def test_a_word_list() -> None:
    assert "without" in words("negators", "prepositions")
    assert "with" not in words("negators", "prepositions")


@pytest.mark.parametrize(
    ("table", "word", "status"),
    [
        (("governors", "verbs"), "refuse", "negated"),
        (("governors", "verbs"), "agree", "planned"),
        (("governors", "verbs"), "offer", "possible"),
        (("governors", "nouns"), "proposal", "possible"),
        (("governors", "adjectives"), "unwilling", "negated"),
        (("modifiers",), "upcoming", "planned"),
        (("modals",), "might", "possible"),
    ],
)
def test_words_by_the_status_they_give(table: tuple[str, ...], word: str, status: str) -> None:
    assert status_of_words(*table)[word] == status


def test_words_by_their_class() -> None:
    assert groups_of_words("events")["summit"] == "meeting"


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        words("governors", "adverbs")


@pytest.mark.parametrize(
    "table",
    [("governors", "verbs"), ("governors", "nouns"), ("governors", "adjectives"), ("modals",),
     ("modifiers",)],
)  # fmt: skip
def test_a_word_has_one_status(table: tuple[str, ...]) -> None:
    lists = {status: words(*table, status) for status in set(status_of_words(*table).values())}
    assert set(lists) <= set(STATUSES)
    for one, other in combinations(lists, 2):
        assert not lists[one] & lists[other], f"both {one} and {other}"


def test_a_verb_that_changes_nothing_is_in_no_other_list() -> None:
    assert not words("governors", "neutral", "verbs") & set(status_of_words("governors", "verbs"))


@pytest.mark.parametrize("name", ["cues", "names", "quotes", "slots", "standing"])
def test_a_list_says_a_word_once(name: str) -> None:
    data = tomllib.loads((files("kg.data") / f"{name}.toml").read_text(encoding="utf-8"))
    for path, members in _lists(data):
        twice = [word for word, count in Counter(members).items() if count > 1]
        assert not twice, f"{name}: {path}"


def _lists(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        path = f"{above}.{key}"
        if isinstance(value, dict):
            yield from _lists(value, path)
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            yield path, value
