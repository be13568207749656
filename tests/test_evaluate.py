"""`kg.evaluate` against figures worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError, SourceError
from kg.evaluate import (
    REPORTED_AS_FACT,
    Gold,
    Rate,
    Score,
    evaluate,
    mistakes,
    read_gold,
    read_predictions,
    report,
)
from kg.evaluate.matching import best_pairs
from kg.model import Document, Entity, Mention, Relation, Span
from kg.record import to_line
from tests.build import doc, span

TEXT = (
    "Anna Berg met Carl Dahl in Oslo. Berg will visit Norway. "
    "Dahl denied that he criticized Berg. Envoys of Norway met Dahl."
)


def gold(**changes: Any) -> Document:
    """Return four people and places, five mentions of people, three relations."""
    layers: dict[str, Any] = {
        "people": ["Anna Berg | Berg", "Carl Dahl | Dahl | he"],
        "places": ["Oslo"],
        "countries": ["Norway"],
        "relations": [
            "metWith: Anna Berg > Carl Dahl",
            "visited: Berg > Norway (planned)",
            "criticized: Dahl > Berg (negated)",
        ],
        "statements": ["Dahl: he criticized Berg (indirect)"],
    }
    return doc(TEXT, **{**layers, **changes})


def scores_of(predicted: Document, *, optional: tuple[Relation, ...] = ()) -> Any:
    return evaluate([Gold(gold(), optional)], [predicted]).total


def test_the_gold_itself_is_perfect() -> None:
    total = scores_of(gold())
    # mentions: Anna Berg, Berg, Berg; Carl Dahl, Dahl, Dahl; Oslo; Norway, Norway ("he" is none)
    assert total.score("mentions exact") == Score(tp=9)
    assert total.score("mentions overlap Person") == Score(tp=6)
    assert total.score("entities") == Score(tp=4)
    assert total.score("relations strict") == total.score("relations loose") == Score(tp=3)
    assert total.score("relation visited strict").f1 == 1
    assert total.score("statements all") == Score(tp=1)
    assert total.score("statements direct") == Score()
    assert total.rate(REPORTED_AS_FACT) == Rate(0, 2)
    assert total.rate("evidence") == Rate(3, 3)
    assert total.rate("place") is None
    assert total.mistakes == []


def test_nothing_found_is_all_missed() -> None:
    empty = Document(id="d", text=TEXT)
    for predicted in ([empty], []):
        total = evaluate([Gold(gold())], predicted).total
        assert total.score("mentions overlap") == Score(fn=9)
        assert total.score("entities") == Score(fn=4)
        assert total.score("relations strict") == Score(fn=3)
        assert total.score("statements all") == Score(fn=1)
        assert total.score("relations strict").f1 == 0
        assert [mistake.kind for mistake in total.mistakes] == ["missed"] * 3


def test_a_half_right_prediction() -> None:
    predicted = gold(
        people=["Anna Berg", "Carl | Dahl", "Envoys"],
        places=[],
        organizations=["Oslo"],
        relations=[
            "metWith: Carl > Anna Berg",  # symmetric: the order is free
            replace(gold().relations[1], object="e4", status="actual"),  # a plan as a fact
            "aided: Dahl > Norway",  # wrong
        ],
    )
    assert predicted.entity("e4").name == "Norway"
    total = scores_of(predicted)
    # "Anna Berg" and 2 "Dahl", 2 "Norway" exact; "Carl" only overlaps "Carl Dahl", and the "Dahl"
    # beside it has then no gold of its own; "Oslo" is no organization; "Envoys" is nobody.
    # Missed: 2 "Berg", the place Oslo.
    assert total.score("mentions overlap") == Score(tp=6, fp=3, fn=3)
    assert total.score("mentions exact") == Score(tp=5, fp=4, fn=4)
    assert total.score("entities") == Score(tp=3, fp=2, fn=1)
    assert total.score("entities Place") == Score(fn=1)
    assert total.score("relations loose") == Score(tp=2, fp=1, fn=1)
    assert total.score("relations strict") == Score(tp=1, fp=2, fn=2)
    assert total.score("relations strict").f1 == pytest.approx(1 / 3)
    assert total.score("relation visited loose") == Score(tp=1)
    assert total.score("relation visited strict") == Score(fp=1, fn=1)
    assert total.rate(REPORTED_AS_FACT) == Rate(1, 2)
    assert total.statuses["planned", "actual"] == 1
    assert [(mistake.kind, mistake.words) for mistake in total.mistakes] == [
        (
            "missed",
            "Carl Dahl (Person) criticized Anna Berg (Person) [negated] -- "
            '"Dahl denied that he criticized Berg."',
        ),
        (
            "false positive",
            'Carl (Person) aided Norway (Country) [actual] -- "Envoys of Norway met Dahl."',
        ),
        (
            "wrong status",
            "predicted actual, gold Anna Berg (Person) visited Norway (Country) [planned] -- "
            '"Berg will visit Norway."',
        ),
    ]


def test_an_unknown_entity_is_marked_in_a_false_positive() -> None:
    predicted = gold(
        people=["Anna Berg | Berg", "Carl Dahl | Dahl", "Envoys"],
        relations=["metWith: Envoys > Dahl"],
        statements=[],
    )
    wrong = [mistake for mistake in scores_of(predicted).mistakes if mistake.kind[0] == "f"]
    assert [mistake.words.split(" -- ")[0] for mistake in wrong] == [
        "Envoys (Person, not in gold) metWith Carl Dahl (Person) [actual]"
    ]


def test_optional_relations_are_neither_required_nor_wrong() -> None:
    optional = replace(gold().relations[1], subject="e2", status="planned")
    dahl_too = gold(relations=["visited: Dahl > Norway (planned)"])
    total = scores_of(dahl_too, optional=(optional,))
    assert total.score("relations strict") == Score(fn=3, neutral=1)
    as_fact = gold(relations=["visited: Dahl > Norway"])
    total = scores_of(as_fact, optional=(optional,))
    assert total.score("relations loose") == Score(fn=3, neutral=1)
    assert total.score("relations strict") == Score(fp=1, fn=3)
    assert total.rate(REPORTED_AS_FACT) == Rate(0, 2)
    assert total.rate(f"{REPORTED_AS_FACT} (optional relations)") == Rate(1, 1)


def test_a_second_status_for_one_fact_costs_precision() -> None:
    said_twice = gold(
        relations=["visited: Berg > Norway (planned)", "visited: Berg > Norway"],
    )
    total = scores_of(said_twice)
    assert total.score("relations strict") == Score(tp=1, fp=1, fn=2)
    assert total.score("relations loose") == Score(tp=1, fn=2, neutral=1)
    assert total.rate(REPORTED_AS_FACT) == Rate(1, 2)


def test_background_knowledge_and_types_outside_the_guideline_do_not_count() -> None:
    base = gold()
    met, *_ = base.relations
    extra = (
        replace(met, type="visited", object="e4", basis="background"),
        replace(met, type="spouseOf"),
    )
    total = scores_of(base.but(relations=base.relations + extra))
    assert total.score("relations strict") == Score(tp=3)
    annotated = base.but(relations=(*base.relations, extra[1]))
    total = evaluate([Gold(annotated)], [base]).total
    assert total.score("relation spouseOf strict") == Score(fn=1)


def test_place_date_title_and_evidence_of_matched_relations() -> None:
    base = gold()
    met, visit, denial = base.relations
    required = base.but(
        relations=(
            replace(met, place="e4", date="2025-02"),
            replace(visit, date="later this week", title="special envoy for Norway"),
            replace(denial, date="2025-02-18"),
        )
    )
    predicted = base.but(
        relations=(
            replace(met, place="e4", date="2025-02-17"),  # a day refines the month
            replace(visit, date="this week", title="envoy", evidence=met.evidence),
            replace(denial, date="2025-02"),  # a month does not meet a day
        )
    )
    total = evaluate([Gold(required)], [predicted]).total
    assert total.rate("place") == Rate(1, 1)
    assert total.rate("date") == Rate(2, 3)
    # {envoy} against {special, envoy, norway}: 2 * 1 / (1 + 3) is a half, and enough
    assert total.rate("title") == Rate(1, 1)
    assert total.rate("evidence") == Rate(2, 3)


def test_further_evidence_of_the_gold_counts_as_evidence() -> None:
    base = gold()
    visit = base.relations[1]
    predicted = base.but(relations=(replace(visit, evidence=span(TEXT, "Envoys")),))
    for also, hits in (({}, 0), ({visit: (span(TEXT, "Envoys of Norway"),)}, 1)):
        total = evaluate([Gold(base, also=also)], [predicted]).total
        assert total.rate("evidence") == Rate(hits, 1)


def test_a_group_and_its_body_stand_for_each_other() -> None:
    layers: dict[str, Any] = {"people": ["Dahl"], "countries": ["Norway"], "statements": []}
    grouped = gold(
        groups=["Envoys"], relations=["metWith: Envoys > Dahl"], **{**layers, "places": []}
    )
    envoys = replace(grouped.entities[2], of="e2")
    required = grouped.but(entities=(*grouped.entities[:2], envoys))
    by_state = gold(relations=["metWith: Dahl > Norway"], **{**layers, "places": []})
    assert evaluate([Gold(required)], [by_state]).total.score("relations strict") == Score(tp=1)
    assert evaluate([Gold(grouped)], [by_state]).total.score("relations strict") == Score(
        fp=1, fn=1
    )


def test_names_where_the_gold_has_nominals_are_let_pass() -> None:
    base = gold()
    he = next(m for m in base.entity("e2").mentions if m.kind == "pronoun")
    named = replace(
        base.entity("e2"), mentions=(*base.entity("e2").mentions[:-1], Mention(he.span))
    )
    entities = (base.entities[0], named, *base.entities[2:])
    total = evaluate([Gold(base)], [base.but(entities=entities)]).total
    assert total.score("mentions exact").fp == 0
    assert total.score("mentions exact").neutral == 1


def test_unnamed_people_are_not_required_and_unknown_groups_not_wrong() -> None:
    envoys = Entity("e9", "Person", "envoys", (Mention(span(TEXT, "Envoys"), "nominal"),))
    base = gold()
    with_envoys = base.but(entities=(*base.entities, envoys))
    assert evaluate([Gold(with_envoys)], [base]).total.score("entities") == Score(tp=4)
    found = evaluate([Gold(with_envoys)], [with_envoys]).total
    assert found.score("entities") == Score(tp=4, neutral=1)
    group = replace(envoys, type="Group", mentions=(Mention(envoys.mentions[0].span),))
    with_group = base.but(entities=(*base.entities, group))
    assert evaluate([Gold(base)], [with_group]).total.score("entities") == Score(tp=4, neutral=1)


def test_mixed_and_split_entities() -> None:
    mixed = gold(people=["Anna Berg | Carl Dahl", "Berg", "Dahl"], relations=[], statements=[])
    total = scores_of(mixed)
    # of five predicted entities the first holds two people; Berg and Dahl lie in two entities each
    assert total.rate("predicted entities mixing 2+ gold entities") == Rate(1, 5)
    assert total.rate("gold entities split over 2+ predicted") == Rate(2, 4)


def test_quotes_match_by_half_and_speakers_are_counted_apart() -> None:
    base = gold()
    statement = base.statements[0]  # "he criticized Berg", 18 characters
    for end, found in ((9, 1), (8, 0)):
        quote = Span(statement.quote.start, statement.quote.start + end)
        predicted = base.but(statements=(replace(statement, quote=quote, speaker="e1"),))
        total = scores_of(predicted)
        assert total.score("statements all") == Score(tp=found, fp=1 - found, fn=1 - found)
        assert total.rate("speaker, statements all") == (Rate(0, 1) if found else None)
    as_direct = base.but(statements=(replace(statement, kind="direct"),))
    total = scores_of(as_direct)
    assert total.score("statements all") == Score(tp=1)
    assert total.score("statements direct") == Score(fp=1)


def test_documents_add_up_and_are_told_apart() -> None:
    second = gold().but(id="second")
    stranger = Document(id="stranger", text="Nobody asked.")
    result = evaluate([Gold(gold()), Gold(second)], [gold(), stranger])
    assert result.total.score("relations strict") == Score(tp=3, fn=3)
    assert result.documents["d"].score("relations strict") == Score(tp=3)
    assert result.documents["second"].score("relations strict") == Score(fn=3)
    assert (result.missing, result.ignored) == (("second",), ("stranger",))
    assert result.to_json()["total"]["scores"]["relations strict"]["recall"] == 0.5


def test_another_text_is_refused_with_the_place() -> None:
    other = Document(id="d", text=TEXT.replace("Oslo", "Rome", 1))
    with pytest.raises(DocumentError, match="differs from the gold text at character 27"):
        evaluate([Gold(gold())], [other])
    with pytest.raises(DocumentError, match=f"at character {len(TEXT)}"):
        evaluate([Gold(gold())], [Document(id="d", text=TEXT + "!")])


def test_the_report_shows_the_figures_and_the_mistakes() -> None:
    predicted = gold(relations=["visited: Berg > Norway", "metWith: Anna Berg > Carl Dahl"])
    result = evaluate([Gold(gold())], [predicted])
    lines = report(result).splitlines()
    rows = [" ".join(line.split()) for line in lines]
    assert "relations strict 50.0 33.3 40.0 1 1 2 0" in rows
    assert f"{REPORTED_AS_FACT} 50.0 1 of 2" in rows
    assert "planned 1 0 0 0" in rows
    assert "not found 1 0 0 criticized 1" in rows
    assert "status wrong 0 0 1 visited 1" in rows
    assert lines[0] == (
        "documents 1; without a prediction: none; predictions without gold, ignored: 0"
    )
    assert all(len(line) <= 100 for line in lines)
    assert result.total.to_json()["causes"]["missed"] == {"not found": {"criticized": 1}}
    listed = mistakes(result, 1)
    assert "missed: not found, 1 of 1" in listed
    assert '"Dahl denied that he criticized Berg."' in listed


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9).map(float), max_size=14
    )
)
def test_pairs_reach_the_greatest_sum(weights: dict[tuple[int, int], float]) -> None:
    pairs = best_pairs(weights)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    best = max(
        sum(weights.get((left, right), 0) for left, right in enumerate(order))
        for order in permutations(range(5))
    )
    assert sum(weights[pair] for pair in pairs) == best


def record(document: Document, **extra: Any) -> dict[str, Any]:
    return {**document.to_json(), **extra}


def test_gold_records_keep_optional_relations_and_further_evidence(tmp_path: Path) -> None:
    base = gold().to_json()
    base["relations"][0]["also"] = [[0, 9]]
    optional = {**base["relations"][1], "status": "possible", "note": "an inference"}
    (tmp_path / "b.json").write_text(json.dumps({**base, "id": "b"}))
    (tmp_path / "a.json").write_text(
        json.dumps({**base, "id": "a", "optional_relations": [optional]})
    )
    (tmp_path / "notes.txt").write_text("not gold")
    first, second = read_gold(tmp_path)
    assert (first.document.id, second.document.id) == ("a", "b")
    assert [relation.status for relation in first.optional] == ["possible"]
    assert len(first.document.relations) == 3
    assert first.evidence(first.document.relations[0]) == (Span(0, 32), Span(0, 9))
    assert second.optional == ()
    lines = tmp_path / "gold.jsonl"
    lines.write_text(json.dumps({**base, "id": "c"}) + "\n\n" + json.dumps({**base, "id": "d"}))
    assert [found.document.id for found in read_gold(lines)] == ["c", "d"]
    assert [found.document.id for found in read_gold(tmp_path / "a.json")] == ["a"]


def test_predictions_are_document_records(tmp_path: Path) -> None:
    path = tmp_path / "pred.jsonl"
    path.write_text(to_line(gold()) + "\n" + to_line(gold().but(id="e")) + "\n", encoding="utf-8")
    assert [found.id for found in read_predictions(path)] == ["d", "e"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "there are no documents"),
        ("{", "is not JSON"),
        ('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "the id 'a' is given twice"),
    ],
)
def test_files_that_do_not_hold_are_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    for read in (read_gold, read_predictions):
        with pytest.raises(SourceError, match=problem):
            read(path)


def test_a_missing_file_an_empty_folder_and_bytes_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "gold.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="it is no UTF-8 text"):
        read_gold(binary)
    with pytest.raises(SourceError, match="No such file"):
        read_gold(tmp_path / "nowhere.jsonl")
    with pytest.raises(SourceError, match="there are no documents"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    "broken",
    [
        {"optional_relations": 3},
        {"optional_relations": [{"type": "metWith"}]},
        {"relations": [{**gold().relations[0].to_json(), "also": [[5, 3]]}]},
        {"relations": [{**gold().relations[0].to_json(), "also": "x"}]},
    ],
)
def test_gold_extras_that_do_not_hold_are_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(DocumentError):
        Gold.from_json(record(gold(), **broken))
