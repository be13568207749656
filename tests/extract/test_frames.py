"""The lexicon matched against clauses: a small lexicon, clauses written by hand."""

from __future__ import annotations

import pytest

from kg.extract.frames import Frames, Matcher
from kg.model import Clause, Document, Status
from kg.pipeline import Pipeline
from kg.relations import Lexicon, parse
from tests.build import doc, parsed, span
from tests.readings import facts

LEXICON = Lexicon(
    parse(
        """
[briefed]
domain = ["Person"]
range = ["Person", "Group"]
frames = ["brief: subj > obj; subj > to", "briefing.n: poss > to"]

[metWith]
symmetric = true
domain = ["Person"]
range = ["Person"]
frames = ["meet: subj & subj; subj > obj", "call [obj=Person] [as=-]: subj > obj"]

[fightsIn]
domain = ["Country"]
range = ["Place"]
frames = ["march [obj=troop]: obj.of > to", "call off: subj > obj = negated"]

[boycotted]
domain = ["Person"]
range = ["Event"]
frames = ["skip: subj > obj = negated"]
""",
        "small.toml",
    )
)

WORDS = """
Novak/PROPN/nsubj>briefed briefed=brief/VERB/ROOT Horak/PROPN/dobj>briefed and/CCONJ/cc>Horak Dahl/PROPN/conj>Horak ./PUNCT/punct>briefed
"""  # noqa: E501


def small(
    lemma: str = "brief",
    slots: dict[str, list[str]] | None = None,
    status: Status = "actual",
    *,
    pos: str = "v",
    purpose: bool = False,
) -> Document:
    """Return a document with three people and one clause with these slots."""
    found = doc(parsed(WORDS), people=["Novak", "Horak", "Dahl"])
    slots = {"subj": ["Novak"], "obj": ["Horak", "Dahl"]} if slots is None else slots
    only = Clause(
        trigger=span(found.text, "briefed"),
        lemma=lemma,
        pos=pos,
        slots={name: tuple(span(found.text, word) for word in w) for name, w in slots.items()},
        status=status,
        sentence=span(found.text, found.text),
        purpose=purpose,
    )
    return found.but(clauses=(only,))


def relations(found: Document) -> set[str]:
    return facts(found.but(relations=tuple(Frames(LEXICON)(found))))


def test_each_filler_of_a_slot_makes_a_relation() -> None:
    assert relations(small()) == {"briefed: Novak > Horak", "briefed: Novak > Dahl"}


@pytest.mark.parametrize("status", ["planned", "possible", "negated"])
def test_the_status_is_that_of_the_clause(status: Status) -> None:
    assert relations(small(status=status)) == {
        f"briefed: Novak > Horak ({status})",
        f"briefed: Novak > Dahl ({status})",
    }


def test_evidence_score_and_origin() -> None:
    found = small()
    first = next(iter(Frames(LEXICON)(found)))
    assert first.evidence.of(found.text) == found.text
    assert (first.by, first.basis) == ("frames", "text")
    assert 0 < first.score < 1


def test_a_noun_scores_less_than_a_verb() -> None:
    verb = next(iter(Frames(LEXICON)(small())))
    slots = {"poss": ["Novak"], "to": ["Horak"]}
    noun = next(iter(Frames(LEXICON)(small("briefing", slots, pos="n"))))
    assert noun.score < verb.score


def test_the_part_of_speech_counts() -> None:
    assert relations(small(pos="n")) == set()


def test_nobody_does_it_to_himself() -> None:
    assert relations(small(slots={"subj": ["Novak"], "obj": ["Novak"]})) == set()


def test_an_empty_slot_makes_nothing() -> None:
    assert relations(small(slots={"obj": ["Horak"]})) == set()


def test_two_of_one_slot_together() -> None:
    assert relations(small("meet", {"subj": ["Novak", "Horak", "Dahl"]})) == {
        "metWith: Novak > Horak",
        "metWith: Novak > Dahl",
        "metWith: Horak > Dahl",
    }


def test_whoever_meets_a_third_does_not_thereby_meet_each_other() -> None:
    assert relations(small("meet", {"subj": ["Novak", "Horak"], "obj": ["Dahl"]})) == {
        "metWith: Novak > Dahl",
        "metWith: Horak > Dahl",
    }


def test_a_purpose_is_no_second_meeting() -> None:
    assert relations(small("meet", {"subj": ["Novak", "Horak"]}, purpose=True)) == set()


def test_a_companion_may_be_a_type() -> None:
    assert relations(small("call", {"subj": ["Novak"], "obj": ["Horak"]})) == {
        "metWith: Novak > Horak"
    }


def test_a_companion_that_must_be_absent() -> None:
    slots = {"subj": ["Novak"], "obj": ["Horak"], "as": ["Dahl"]}
    assert relations(small("call", slots)) == set()


def test_a_particle_makes_another_verb() -> None:
    assert relations(small("call off", {"subj": ["Novak"], "obj": ["Horak"]})) == set()


def test_types_outside_domain_and_range_make_nothing() -> None:
    found = doc(parsed(WORDS), people=["Novak"], places=["Horak", "Dahl"])
    assert relations(found.but(clauses=small().clauses)) == set()


def test_what_a_phrase_belongs_to() -> None:
    words = parsed(
        "Chilean/ADJ/amod>troops troops=troop/NOUN:NNS/nsubj>marched marched=march/VERB/ROOT"
        " to/ADP/prep>marched Lima/PROPN/pobj>to ./PUNCT/punct>marched"
    )
    found = doc(words, countries=["Chilean"], places=["Lima"])
    march = Clause(
        trigger=span(found.text, "marched"),
        lemma="march",
        pos="v",
        slots={"obj": (span(found.text, "troops"),), "to": (span(found.text, "Lima"),)},
        status="actual",
        sentence=span(found.text, found.text),
    )
    assert relations(found.but(clauses=(march,))) == {"fightsIn: Chilean > Lima"}


def test_a_frame_with_a_status_of_its_own() -> None:
    found = doc(parsed(WORDS), people=["Novak"], events=["Horak", "Dahl"])
    skip = small("skip", {"subj": ["Novak"], "obj": ["Horak"]}).clauses
    assert relations(found.but(clauses=skip)) == {"boycotted: Novak > Horak (negated)"}


def test_denying_such_a_frame_says_nothing() -> None:
    found = doc(parsed(WORDS), people=["Novak"], events=["Horak", "Dahl"])
    skip = small("skip", {"subj": ["Novak"], "obj": ["Horak"]}, "negated").clauses
    assert relations(found.but(clauses=skip)) == set()


def test_the_filler_of_an_unknown_slot_is_nobody() -> None:
    found = small()
    assert Matcher(found, LEXICON).fillers(found.clauses[0], "against", ()) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anna Novak briefed Pavel Horak and Liv Dahl.",
         {"briefed: Anna Novak > Pavel Horak", "briefed: Anna Novak > Liv Dahl"}),
        ("Pavel Horak was briefed by Anna Novak.", {"briefed: Anna Novak > Pavel Horak"}),
        ("Anna Novak refused to brief Pavel Horak.",
         {"briefed: Anna Novak > Pavel Horak (negated)"}),
        ("Anna Novak will meet Pavel Horak.", {"metWith: Anna Novak > Pavel Horak (planned)"}),
        ("Anna Novak and Pavel Horak met.", {"metWith: Anna Novak > Pavel Horak"}),
        ("Norwegian and Chilean officials met.",
         {"metWith: Norwegian officials > Chilean officials"}),
        ("Leaders from Norway and Chile attended the summit.",
         {"attended: Norway > summit", "attended: Chile > summit"}),
        ("Anna Novak denied meeting Pavel Horak.",
         {"metWith: Anna Novak > Pavel Horak (negated)"}),
        ("Norway attacked no one.", set()),
    ],
)  # fmt: skip
def test_from_sentence_to_relation(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    found = pipeline(Document(id="d", text=text))
    assert facts(found, "briefed", "metWith", "attended", "attacked") == wanted
