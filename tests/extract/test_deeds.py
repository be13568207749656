"""Whose deed a noun names."""

from __future__ import annotations

import pytest

from kg.extract.arguments import Arguments
from kg.extract.deeds import Deeds
from kg.pipeline import Pipeline
from tests.build import span
from tests.readings import until


def doers(pipeline: Pipeline, text: str, word: str) -> list[str]:
    """Return the names of those whose deed the phrase headed by ``word`` names."""
    found = until(pipeline, "clauses", text)
    deeds = Deeds(Arguments(found))
    return [found.entity(entity_id).name for entity_id in deeds.of_span(span(text, word))]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        # a possessor, an adjective, an acronym, "of"
        ("Peru condemned Norway's decision.", "decision", ["Norway"]),
        ("Peru condemned the Norwegian decision.", "decision", ["Norway"]),
        ("Peru condemned a U.S. ban on fish.", "ban", ["United States"]),
        ("Peru condemned the policies of Norway.", "policies", ["Norway"]),
        # who stands behind "by", near or far, or makes it
        ("Peru condemned the arrest of Ola Berg by Norway.", "arrest", ["Norway"]),
        ("Peru condemned the ban announced by Norway.", "ban", ["Norway"]),
        ("Peru ignored an offer of talks by Norway.", "offer", ["Norway"]),
        ("Peru condemned the plan that Norway put forward.", "plan", ["Norway"]),
        # a noun that only frames the deed
        ("Peru condemned acts of aggression by Norway.", "acts", ["Norway"]),
        # what was done to Norway is not its deed
        ("Peru condemned the invasion of Norway.", "invasion", []),
        ("Peru condemned Ola Berg's arrest.", "arrest", []),
        ("Chile spoke of Norway's arrest of Ola Berg.", "arrest", ["Norway"]),
        # nor is what is about it, or happened there
        ("Peru condemned the Norway policy.", "policy", []),
        ("Peru condemned the Norwegian attack.", "attack", []),
        ("Peru condemned the Norwegian attack on Chile.", "attack", ["Norway"]),
        # a deal has parties
        ("Peru condemned the accord between Norway and Chile.", "accord", ["Norway", "Chile"]),
        ("Peru condemned Norway's accord with Chile.", "accord", ["Norway", "Chile"]),
        # no deed at all
        ("Peru praised Norway's fjords.", "fjords", []),
    ],
)
def test_whose_deed_a_noun_names(
    pipeline: Pipeline, text: str, word: str, wanted: list[str]
) -> None:
    assert doers(pipeline, text, word) == wanted
