"""How sure a relation is: the features a reader can check, and what the table makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.errors import SourceError
from kg.extract.confidence import calibrated, described, table
from kg.model import Document, Relation
from kg.pipeline import Pipeline, surer
from kg.relations import shipped
from kg.view.narrow import narrowed
from kg.view.rows import relation_rows
from tests.build import doc

TEXT = "Ama Kofi met envoys of Togo. She praised the minister. Later Kofi hailed Togo."


def document(*relations: str, **fields: Any) -> Document:
    found = doc(
        TEXT,
        people=["Ama Kofi | Kofi | She", "the minister"],
        countries=["Togo"],
        groups=["envoys"],
        relations=relations,
    )
    by = {"by": "frames", "score": 0.9, **fields}
    return found.but(relations=tuple(replace(r, **by) for r in found.relations))


def features(relation: str, **fields: Any) -> dict[str, float]:
    (found,) = described(document(relation, **fields), shipped())
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("supported: Kofi > Togo", {"family stance", "status actual"}),
        ("metWith: Ama Kofi > envoys", {"family meeting", "status actual", "group"}),
        (
            "supported: She > the minister (possible)",
            {"family stance", "status possible", "pronoun", "unnamed person", "described"},
        ),
    ],
)
def test_features_say_how_the_sentence_calls_the_ends(relation: str, expected: set[str]) -> None:
    assert set(features(relation)) == expected


def test_what_the_extractor_infers_is_a_feature() -> None:
    assert features("supported: Kofi > Togo", score=0.7)["inferred"] == 1


def test_an_end_that_the_sentence_does_not_name_is_elsewhere() -> None:
    given = document("supported: Kofi > Togo")
    moved = replace(given.relations[0], evidence=document("metWith: She > the minister")
                    .relations[0].evidence)  # fmt: skip
    (found,) = described(given.but(relations=(moved,)), shipped())
    # She is Kofi; Togo is not in that sentence
    assert (found["pronoun"], found["elsewhere"]) == (1, 1)


def test_many_relations_of_a_kind_in_one_sentence_are_a_crowd() -> None:
    crowd = document("supported: Kofi > Togo", "supported: Togo > Kofi", "criticized: Kofi > Togo")
    assert [round(entry["crowd"], 3) for entry in described(crowd, shipped())] == [0.167, 0.167, 0]


def scores(*relations: str, **fields: Any) -> list[float]:
    return [r.score for r in calibrated(document(*relations, **fields), shipped())]


def test_less_plainly_said_is_never_surer() -> None:
    plain = scores("supported: Kofi > Togo")
    for other in ("supported: Kofi > Togo (possible)", "supported: She > the minister",
                  "supported: Kofi > Togo (planned)"):  # fmt: skip
        assert scores(other) <= plain
    assert scores("supported: Kofi > Togo", score=0.7) <= plain
    lowering = {"group", "pronoun", "described", "unnamed person", "elsewhere", "crowd", "inferred"}
    assert all(table().get(name, 0) <= 0 for name in lowering)


def test_scores_of_plug_ins_and_of_background_knowledge_stay() -> None:
    assert scores("supported: Kofi > Togo", by="mine", score=0.31) == [0.31]
    assert scores("supported: Kofi > Togo", basis="background", score=0.32) == [0.32]


def test_the_least_score_keeps_what_is_at_least_so_sure() -> None:
    relations = document("supported: Kofi > Togo", "metWith: Ama Kofi > envoys").relations
    low, high = replace(relations[0], score=0.5), replace(relations[1], score=0.8)
    given = document().but(relations=(low, high))
    assert surer(given, 0.5).relations == (low, high)
    assert surer(given, 0.51).relations == (high,)


@pytest.mark.parametrize("wrong", [70, -0.1, float("nan")])
def test_a_least_score_is_a_likelihood(wrong: float) -> None:
    with pytest.raises(SourceError, match=r"min_score: .* is no likelihood; give a number"):
        Pipeline((), (), min_score=wrong)
    with pytest.raises(SourceError):
        surer(document(), wrong)
    with pytest.raises(SourceError):
        narrowed([document()], shipped(), min_score=wrong)
    with pytest.raises(SourceError):
        relation_rows([document()], shipped(), min_score=wrong)


class Finder:
    """An extractor that finds one sure and one unsure relation."""

    name = "finder"
    requires: tuple[str, ...] = ()

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> list[Relation]:
        return [*document("supported: Kofi > Togo", "metWith: Ama Kofi > envoys").relations]


def test_a_pipeline_scores_and_leaves_out() -> None:
    def half(doc: Document, lexicon: object) -> tuple[Relation, ...]:
        return tuple(replace(r, score=0.4 if r.type == "metWith" else 0.6) for r in doc.relations)

    given = document()
    everything = Pipeline((), (Finder(),), confidence=half)(given)
    assert {r.type: r.score for r in everything.relations} == {"supported": 0.6, "metWith": 0.4}
    sure = Pipeline((), (Finder(),), confidence=half, min_score=0.5)(given)
    assert [r.type for r in sure.relations] == ["supported"]
    assert all(entity.name != "envoys" for entity in sure.entities)
    raw = Pipeline((), (Finder(),), confidence=None)(given)
    assert {r.score for r in raw.relations} == {0.9}
