"""Gold of the other kinds: challenge cases, labelled pairs, records of names and facts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DocumentError, SourceError, UnknownName
from kg.evaluate import Evaluation, Rate, Score, compare, kind_of, mistakes, report
from kg.evaluate.across import scored_across
from kg.evaluate.cases import Case, Outcomes
from kg.evaluate.challenge import outcome
from kg.evaluate.classes import Answers, Labelled, answer, level
from kg.evaluate.clusters import b_cubed, ceaf_e, muc
from kg.evaluate.records import Record, scored_record
from kg.model import Document, Entity, Relation, Span
from kg.record import to_line
from tests.build import doc

SENTENCE = "Togo's Ama Kofi met Kofi Mensah of Benin and may visit Benin."


def case(**changes: Any) -> Case:
    record = {
        "id": "c",
        "text": SENTENCE,
        "phenomenon": "coordination",
        "relations": [
            {"type": "metWith", "subject": "Kofi Mensah", "object": "Ama Kofi"},
            {"type": "visited", "subject": "Ama Kofi", "object": "Benin", "status": "possible"},
        ],
        "must_not": [
            {"type": "visited", "subject": None, "object": "Benin", "status": "actual"},
            {"type": "visited", "subject": "Kofi Mensah", "object": None},
            {"entity": "Togo", "not_type": "Place"},
            {"entity": "Benin", "not_iso3": "GHA"},
        ],
    }
    return Case.from_json({**record, **changes}, fallback_id="c")


def predicted(*relations: str, **layers: Any) -> Document:
    parts: dict[str, Any] = {"people": ["Ama Kofi", "Kofi Mensah"], "countries": ["Togo", "Benin"]}
    return doc(SENTENCE, relations=relations, **{**parts, **layers})


def test_a_case_is_right_when_all_is_found_and_nothing_forbidden() -> None:
    found = outcome(
        case(), predicted("metWith: Ama Kofi > Kofi Mensah", "visited: Ama Kofi > Benin (possible)")
    )
    assert found.right
    assert (found.met, found.met_but_for_status, found.violations) == (2, 2, ())


def test_a_status_that_differs_is_a_miss_and_may_be_a_violation() -> None:
    found = outcome(case(), predicted("visited: Ama Kofi > Benin"))
    assert (found.met, found.met_but_for_status) == (0, 1)
    assert [*map(str, found.violations)] == ["anything visited Benin [actual]"]
    assert [*map(str, found.missed)] == [
        "Kofi Mensah metWith Ama Kofi [actual]",
        "Ama Kofi visited Benin [possible]",
    ]


def test_a_forbidden_relation_without_a_status_is_forbidden_in_any() -> None:
    found = outcome(case(), predicted("visited: Kofi Mensah > Togo (negated)"))
    assert [*map(str, found.violations)] == ["Kofi Mensah visited anything [any status]"]


def test_forbidden_readings_look_at_what_the_words_were_read_as() -> None:
    benin = replace(predicted().entities[3], iso3="GHA")
    read = predicted(places=["Togo"], countries=["Benin"])
    read = read.but(entities=(*read.entities[:2], replace(read.entities[2], iso3="GHA")))
    assert benin.name == "Benin"
    found = outcome(case(), read.but(entities=(*predicted().entities[:3], benin)))
    assert [*map(str, found.violations)] == ["Benin read as GHA"]
    placed = outcome(case(), predicted(countries=["Benin"], places=["Togo"]))
    assert [*map(str, placed.violations)] == ["Togo read as Place"]


def test_words_in_a_longer_argument_do_not_stand_for_the_short_one() -> None:
    # "Kofi" is a part of two names and stands nowhere else, so both may stand for it;
    # with a third place of its own, only that one does.
    short = {"type": "metWith", "subject": "Kofi", "object": "Togo"}
    long = {"type": "metWith", "subject": "Ama Kofi", "object": "Kofi Mensah"}
    once = case(relations=[short, long], must_not=[])
    met = predicted("metWith: Ama Kofi > Togo")
    assert outcome(once, met).met == 1
    text = SENTENCE + " Kofi is a name."
    apart = case(text=text, relations=[short, long], must_not=[])
    met = doc(text, people=["Ama Kofi"], countries=["Togo"], relations=["metWith: Ama Kofi > Togo"])
    assert outcome(apart, met).met == 0


@pytest.mark.parametrize(
    ("prediction", "cause"),
    [
        (predicted("visited: Ama Kofi > Benin (planned)"), "status wrong"),
        (predicted(countries=["Togo"]), "missing mention"),
        (predicted(countries=["Togo"], groups=["Benin"]), "wrong type"),
        (predicted("metWith: Ama Kofi > Benin"), "not found"),
    ],
)
def test_a_miss_has_a_cause(prediction: Document, cause: str) -> None:
    visit = {"type": "visited", "subject": "Ama Kofi", "object": "Benin", "status": "possible"}
    assert outcome(case(relations=[visit]), prediction).causes == ((cause, ""),)


def test_two_requirements_need_two_predictions() -> None:
    twice = case(relations=[{"type": "metWith", "subject": "Ama Kofi", "object": None}] * 2)
    assert outcome(twice, predicted("metWith: Ama Kofi > Kofi Mensah")).met == 1


PAIR = {
    "id": "p",
    "text": "Mali threatened to attack Niger, and Chad met Mali.",
    "source": [[0, 4]],
    "target": [[26, 31]],
    "root": "THREATEN",
    "quad": 3,
    "binary": 1,
}


def labelled(**changes: Any) -> Labelled:
    return Labelled.from_json({**PAIR, **changes}, fallback_id="p")


def claims(*relations: str) -> Document:
    return doc(str(PAIR["text"]), countries=["Mali", "Niger", "Chad"], relations=relations)


@pytest.mark.parametrize(
    ("relations", "root", "quad"),
    [
        (["attacked: Mali > Niger (planned)"], "THREATEN", "3"),
        (["attacked: Mali > Niger"], "ASSAULT", "4"),
        (["attacked: Mali > Niger (negated)"], "YIELD", "2"),
        (["requested: Mali > Niger"], "REQUEST", "3"),
        (["appointed: Mali > Niger"], "SUPPORT", "1"),
        # the relation from source to target before one the other way
        (["attacked: Niger > Mali", "criticized: Mali > Niger"], "ACCUSE", "3"),
        (["attacked: Niger > Mali"], "ASSAULT", "4"),
        # of several the first, but material conflict before all else
        (["criticized: Mali > Niger", "supported: Mali > Niger"], "ACCUSE", "3"),
        (["criticized: Mali > Niger", "attacked: Mali > Niger"], "ASSAULT", "4"),
    ],
)
def test_the_relation_between_source_and_target_gives_the_class(
    relations: list[str], root: str, quad: str
) -> None:
    labels = answer(labelled(), claims(*relations)).labels
    assert (labels["root"], labels["quad"]) == (root, quad)


@pytest.mark.parametrize("relations", [[], ["metWith: Chad > Mali"], ["memberOf: Mali > Niger"]])
def test_other_pairs_and_relations_without_a_class_give_none(relations: list[str]) -> None:
    assert answer(labelled(), claims(*relations)).labels == {}


def test_macro_f1_is_over_the_classes_of_the_gold() -> None:
    right = answer(labelled(), claims("threatened: Mali > Niger"))
    wrong = answer(labelled(root="ASSAULT", quad=4), claims("threatened: Mali > Niger"))
    nothing = answer(labelled(), None)
    root = level([right, wrong, nothing], "root")
    assert (root.sentences, root.answered, root.right) == (3, 2, 1)
    # THREATEN: 1 of 2 given, 1 of 2 wanted, so 1/2; ASSAULT: 0
    assert root.classes == {"ASSAULT": Score(fn=1), "THREATEN": Score(1, 1, 1)}
    assert root.macro_f1 == pytest.approx(1 / 4)
    assert level([right, wrong, nothing], "binary").macro_f1 == pytest.approx(4 / 5)


def test_older_class_names_go_by_their_later_ones() -> None:
    assert labelled(root="DEMAND").labels["root"] == "REQUEST"


def test_coreference_figures_of_a_cluster_cut_in_two() -> None:
    gold, found = [["a", "b", "c"], ["d"]], [["a", "b"], ["c", "d"], ["x"]]
    # gold has 2 links, one kept; we have 2, one right
    assert (muc(found, gold).precision, muc(found, gold).recall) == (0.5, 0.5)
    # per mention: a, b 1 of their cluster, c and d half of it, x nothing: (1+1+.5+.5+0)/5
    assert b_cubed(found, gold).precision == pytest.approx(3 / 5)
    # a, b 2/3 each, c 1/3, d 1: (2/3+2/3+1/3+1)/4
    assert b_cubed(found, gold).recall == pytest.approx((5 / 3 + 1) / 4)
    # best pairing: ab with abc 4/5, cd with d 2/3
    assert ceaf_e(found, gold).precision == pytest.approx((4 / 5 + 2 / 3) / 3)
    assert ceaf_e(found, gold).recall == pytest.approx((4 / 5 + 2 / 3) / 2)


NEWS = "Anna Berg leads Norway. Berg met Dahl in Oslo. Norway and Oslo wait."


def facts(**changes: Any) -> Document:
    layers: dict[str, Any] = {
        "people": ["Anna Berg | Berg", "Dahl"],
        "countries": ["Norway"],
        "places": ["Oslo"],
        "relations": ["holdsPosition: Anna Berg > Norway", "metWith: Berg > Dahl"],
    }
    found = doc(NEWS, **{**layers, **changes})
    ids = {"Anna Berg": "Q1", "Norway": "Q2", "Oslo": "Q3"}
    linked = (replace(entity, wikidata=ids.get(entity.name)) for entity in found.entities)
    return found.but(entities=tuple(linked))


def test_a_record_against_itself_is_perfect() -> None:
    tally = scored_record(Record(facts()), facts())
    assert tally.score("mentions") == tally.score("mentions typed") == Score(tp=7)
    assert tally.score("links") == Score(tp=6)
    assert tally.score("relations aligned") == Score(tp=2)
    assert {share.f1 for share in tally.shares.values()} == {1.0}
    assert tally.rate("right link, of mentions found") == Rate(6, 6)
    assert tally.rate("no link where the gold has none") == Rate(1, 1)
    assert tally.mistakes == []


def test_a_record_found_by_halves() -> None:
    ours = facts(
        people=["Anna Berg", "Dahl"],
        places=[],
        organizations=["Oslo"],
        # spokeWith counts as metWith, and the order of the two is free
        relations=[
            Relation("spokeWith", "e2", "e1", "actual", Span(24, 47)),
            Relation("memberOf", "e2", "e4", "actual", Span(24, 47)),
        ],
    )
    oslo = replace(ours.entities[-1], wikidata="Q9")
    tally = scored_record(Record(facts()), ours.but(entities=(*ours.entities[:-1], oslo)))
    assert tally.score("mentions") == Score(tp=6, fn=1)
    assert tally.score("mentions typed") == Score(tp=4, fp=2, fn=3)
    # exactly alike are Dahl and Norway; Oslo has another type, Berg lacks a mention
    assert tally.score("entities hard") == Score(tp=2, fp=2, fn=2)
    # found: Berg 1, Dahl 1, Oslo 0, Norway 1 of 4; wanted: Berg 1/2, Dahl 1, Norway 1, Oslo 0
    assert tally.shares["entities soft"].precision == pytest.approx(3 / 4)
    assert tally.shares["entities soft"].recall == pytest.approx(2.5 / 4)
    assert tally.score("links") == Score(tp=3, fp=2, fn=3)
    assert tally.rate("wrong link, of mentions found") == Rate(2, 5)
    assert tally.score("relation metWith aligned") == Score(tp=1)
    assert tally.score("relations aligned") == Score(tp=1, fp=1, fn=1)
    assert tally.score("relations hard") == Score(fp=2, fn=2)
    # metWith links 2 x 1 mentions in the gold, both ways: 4 pairs, of which we have 2;
    # holdsPosition 2 x 2
    assert tally.score("relation metWith pairs") == Score(tp=2, fn=2)
    assert tally.score("relations pairs") == Score(tp=2, fp=2, fn=6)
    assert tally.shares["relations soft"].precision == pytest.approx(1 / 2)
    assert tally.shares["relations soft"].recall == pytest.approx(0.5 / 2)
    assert [(mistake.kind, mistake.cause) for mistake in tally.mistakes] == [
        ("missed", "not found"),
        ("false positive", "wrong type"),
    ]


def test_denied_facts_ignored_spans_and_background_in_records() -> None:
    gold = Record.from_json({**facts().to_json(), "ignore": [[58, 62]]})
    ours = facts(relations=["holdsPosition: Anna Berg > Norway (negated)", "metWith: Berg > Dahl"])
    known = replace(ours.relations[1], basis="background")
    tally = scored_record(gold, ours.but(relations=(ours.relations[0], known)))
    assert NEWS[58:62] == "Oslo"
    assert tally.score("mentions") == Score(tp=6, fn=1)
    assert tally.score("relations aligned") == Score(tp=1, fn=1)
    assert tally.score("relations aligned, text alone") == Score(fn=2)


def test_entities_of_other_types_are_left_out() -> None:
    tally = scored_record(Record(facts()), facts(), ["Person"])
    assert tally.score("mentions") == Score(tp=3)
    assert tally.score("relations aligned") == Score(tp=1)


def test_identity_across_documents() -> None:
    def document(name: str, iri: str) -> Document:
        found = facts()
        berg = replace(found.entities[0], iri=iri)
        return found.but(id=name, entities=(berg, *found.entities[1:]))

    gold = [facts().but(id="a"), facts().but(id="b")]
    ours = {name: document(name, "urn:berg") for name in ("a", "b")}
    share = scored_across(gold, ours).shares["identity across documents (B3)"]
    # Berg is one thing; Norway and Oslo are two things each, half of what they should be
    assert (share.precision, share.recall) == (1, pytest.approx(2 / 3))
    alone = scored_across(gold, {"a": ours["a"]})
    assert alone.rate("gold entities that an entity stands for") == Rate(3, 6)


def test_the_kind_of_gold_is_told_by_its_records() -> None:
    assert kind_of(PAIR) == "pairs"
    assert kind_of({"text": "x", "ignore": []}) == "records"
    assert kind_of({"text": "x", "must_not": []}) == "challenge"
    assert kind_of({"text": "x"}) == "articles"


def written(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_files_of_every_kind_are_compared_and_reported(tmp_path: Path) -> None:
    threat = claims("threatened: Mali > Niger").but(id="p")
    pairs = compare(written(tmp_path / "pairs.jsonl", PAIR), [threat])
    assert isinstance(pairs, Answers)
    assert pairs.to_json()["root"]["macro_f1"] == 1
    assert "sentences 1; without a prediction: none" in report(pairs)
    record = {
        "id": "c", "text": SENTENCE, "phenomenon": "plain", "must_not": [],
        "relations": [{"type": "metWith", "subject": "Ama Kofi", "object": "Kofi Mensah"}],
    }  # fmt: skip
    cases = compare(written(tmp_path / "cases.jsonl", record), [])
    assert isinstance(cases, Outcomes)
    assert cases.counts()["right"] == 0
    assert cases.missing == ("c",)
    assert "c: Ama Kofi metWith Kofi Mensah [actual] -- Togo's" in mistakes(cases, 1)
    gold = {**facts().to_json(), "ignore": []}
    predictions = tmp_path / "pred.jsonl"
    predictions.write_text(to_line(facts()), encoding="utf-8")
    records = compare(written(tmp_path / "gold.jsonl", gold), predictions)
    assert isinstance(records, Evaluation)
    assert records.total.score("relations aligned").f1 == 1
    assert any(line.startswith("coreference, average") for line in report(records).splitlines())
    assert records.to_json()["total"]["shares"]["coreference MUC"]["f1"] == 1


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"id": "c", "text": "x", "must_not": []}, "is no case: .relations. is missing"),
        ({"id": "p", "text": "x", "root": "AID"}, "is no labelled sentence: .source."),
        ({"id": "r", "text": "x", "ignore": [3]}, "ignore: is no list of"),
        ([1], "a record is a JSON object"),
    ],
)
def test_gold_that_does_not_hold_is_refused(tmp_path: Path, record: Any, problem: str) -> None:
    with pytest.raises(DocumentError, match=problem):
        compare(written(tmp_path / "gold.jsonl", record), [])


def test_another_text_no_gold_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    other = Document(id="p", text="Somebody else said something else.")
    path = written(tmp_path / "gold.jsonl", PAIR)
    with pytest.raises(DocumentError, match="differs from the gold text at character 0"):
        compare(path, [other])
    with pytest.raises(UnknownName, match="pears"):
        compare(path, [], kind="pears")
    with pytest.raises(SourceError, match="there are no documents"):
        compare(written(tmp_path / "none.jsonl"), [])


def test_entities_need_a_mention_of_their_own() -> None:
    # "Oslo" is claimed by two entities; the first keeps it and the second has nothing left
    twin = Entity("e9", "Organization", "Oslo", facts().entities[-1].mentions)
    tally = scored_record(Record(facts()), facts().but(entities=(*facts().entities, twin)))
    assert tally.score("mentions") == Score(tp=7)
    assert tally.score("entities hard") == Score(tp=4)


def records(path: Path, *ids: str) -> Path:
    """Write records that hold nothing but a text."""
    lines = [json.dumps({"id": name, "text": SENTENCE}) for name in ids]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_predictions_of_other_documents_are_refused(tmp_path: Path) -> None:
    gold, other = records(tmp_path / "gold.jsonl", "a"), records(tmp_path / "other.jsonl", "b")
    with pytest.raises(SourceError, match=r"no id is common .* like 'a' .* like 'b'"):
        compare(gold, other, kind="records")


def test_types_are_known_and_for_records_only(tmp_path: Path) -> None:
    gold = records(tmp_path / "gold.jsonl", "a")
    with pytest.raises(UnknownName, match="Foo"):
        compare(gold, gold, kind="records", types=["Foo"])
    with pytest.raises(SourceError, match="are for gold of records"):
        compare(gold, gold, kind="articles", types=["Person"])
    compare(gold, gold, kind="records", types=["Person"])
