"""The word lists that steer the reading of a sentence."""

from __future__ import annotations

from itertools import combinations

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
