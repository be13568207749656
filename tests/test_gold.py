"""The sample article against its annotation by hand: what was reached may not be lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate import REPORTED_AS_FACT, Gold, Tally, evaluate
from kg.model import Document

GOLD = Path(__file__).parent / "gold" / "seed.json"


@pytest.fixture(scope="module")
def total(analysed: Document) -> Tally:
    gold = Gold.from_json(json.loads(GOLD.read_text(encoding="utf-8")))
    return evaluate([gold], [analysed.but(id=gold.document.id)]).total


def test_the_annotation_is_of_the_sample_article(article: Document, gold_seed: Document) -> None:
    assert (gold_seed.text, gold_seed.date) == (article.text, article.date)


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("mentions overlap", 0.95),
        ("relations strict", 0.95),
        ("relation attended strict", 1.0),
        ("relation briefed strict", 1.0),
        ("relation spokeWith strict", 1.0),
        ("statements all", 0.90),
    ],
)
def test_f1_does_not_fall_below_its_floor(total: Tally, name: str, floor: float) -> None:
    f1 = total.score(name).f1
    assert f1 is not None
    assert f1 >= floor


def test_no_denial_or_plan_is_reported_as_fact(total: Tally) -> None:
    rate = total.rate(REPORTED_AS_FACT)
    assert rate is not None
    assert (rate.hits, rate.of > 0) == (0, True)


@pytest.mark.parametrize("name", ["evidence", "speaker, statements all"])
def test_every_relation_found_has_its_sentence_and_every_quote_its_speaker(
    total: Tally, name: str
) -> None:
    rate = total.rate(name)
    assert rate is not None
    assert rate.value == 1
