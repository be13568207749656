"""Who is quoted as saying what: marks, cues, speakers, spans."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.marks import breaks, quotations
from kg.annotate.quotes import Quotes
from kg.annotate.tokens import Tokens
from kg.model import Document, Entity, Mention, Span
from tests.build import doc, parsed
from tests.strategies import texts


def read(text: str, people: tuple[str, ...] = ("Novak",), **entities: Any) -> list[str]:
    """Return the statements of a text as ``"speaker (kind): words"``."""
    found = doc(Tokens()(Document(id="d", text=text)), people=people, **entities)
    names = {entity.id: entity.name for entity in found.entities}
    return [
        f"{names[statement.speaker]} ({statement.kind}): {statement.quote.of(text)}"
        for statement in Quotes()(found).statements
    ]


# ---------------------------------------------------------------- marks
MARKS = [
    ('He said "no" twice.', ["no"]),
    ("He said “no” twice.", ["no"]),
    ("He said «no» and „never“.", ["no", "never"]),
    ("He said ”no” in the Swedish way.", ["no"]),
    ('He said "no”, mixing marks.', ["no"]),
    ('"No," he said. "Never."', ["No,", "Never."]),
    ("‘No,’ he said.", ["No,"]),
    ("'No,' he said.", ["No,"]),
    ("The allies' view isn't the ministers' view.", []),
    ("In the '90s it wasn't so.", []),
    ("He called the allies' view 'too simple' today.", ["too simple"]),
    ('A 6" pipe and a 12" pipe.', []),
    ("She said: \"He told me 'go away' and left.\"", ["He told me 'go away' and left.", "go away"]),
    ('"Not closed, he said.', []),
    ("Not opened,” he said.", []),
    ('"First part.\n\n"Second part," he said.', ["First part.", "Second part,"]),
    ('"One line\nof a wrapped text," he said.', ["One line\nof a wrapped text,"]),
    ('He said " loose " words.', ["loose"]),
    ('An empty "" pair.', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "inside"), MARKS)
def test_marks_are_paired(text: str, inside: list[str]) -> None:
    assert [q.inner.of(text) for q in quotations(text)] == inside


def test_only_the_inner_of_two_quotations_is_nested() -> None:
    text = "\"She said 'yes',\" he added, “no”."
    assert [q.nested for q in quotations(text)] == [False, True, False]


def test_a_quotation_of_several_paragraphs_says_that_it_goes_on() -> None:
    text = '"One.\n\n"Two.\n\n"Three."'
    assert [q.continued for q in quotations(text)] == [True, True, False]


def test_lines_of_wrapped_text_are_no_paragraphs() -> None:
    wrapped = (
        "Ministers met in Oslo and\nagreed on a plan that\nthey did not name\nyet.\n\nThey left."
    )
    assert [span.of(wrapped) for span in breaks(wrapped)] == ["\n\n"]
    assert len(breaks("Ministers met.\nThey agreed.\nThey left.")) == 2


@given(st.text("\"'“”‘’ab.,! \n", max_size=60))
def test_quotations_lie_in_order_inside_the_text(text: str) -> None:
    found = quotations(text)
    assert list(found) == sorted(found, key=lambda q: (q.outer.start, -q.outer.end))
    for q in found:
        assert 0 <= q.outer.start < q.inner.start < q.inner.end <= q.outer.end <= len(text)
        assert q.inner.of(text) == q.inner.of(text).strip()
    outer = [q.outer for q in found if not q.nested]
    assert all(a.end <= b.start for a, b in pairwise(outer))


# ---------------------------------------------------------------- direct
DIRECT = [
    # verb after, before, in the middle, inverted
    ('"We are ready," Novak said.', ["Novak (direct): We are ready,"]),
    ('"We are ready", Novak said.', ["Novak (direct): We are ready"]),
    ('"We are ready," said Novak.', ["Novak (direct): We are ready,"]),
    ('Novak said, "We are ready."', ["Novak (direct): We are ready."]),
    ('Novak said: "We are ready."', ["Novak (direct): We are ready."]),
    ('"We are ready," Novak said, "to talk."',
     ["Novak (direct): We are ready,", "Novak (direct): to talk."]),
    ('"Are we ready?" asked Novak.', ["Novak (direct): Are we ready?"]),
    ("“We are ready,” Novak said.", ["Novak (direct): We are ready,"]),
    ("‘We are ready,’ Novak said.", ["Novak (direct): We are ready,"]),
    ('Novak: "We are ready."', ["Novak (direct): We are ready."]),
    ('Novak took to the stage in Oslo: "We are ready."', ["Novak (direct): We are ready."]),
    ('"The law," according to Novak, "goes too far".',
     ["Novak (direct): The law,", "Novak (direct): goes too far"]),
    # several sentences, and a quotation that goes on
    ('Novak said, "We are ready. We have waited."',
     ["Novak (direct): We are ready. We have waited."]),
    ('"We are ready," Novak said in Oslo. "We have waited."',
     ["Novak (direct): We are ready,", "Novak (direct): We have waited."]),
    ('Novak said the troops were ready. "We have waited."',
     ["Novak (indirect): the troops were ready", "Novak (direct): We have waited."]),
    ('Novak said, "We are ready.\n\n"We have waited."',
     ["Novak (direct): We are ready.", "Novak (direct): We have waited."]),
    # part of a sentence: the words between the marks, if they are most of what was said
    ('Novak said the plan was "a threat to us all."', ["Novak (direct): a threat to us all."]),
    ('Novak called the plan "a historic mistake."', ["Novak (direct): a historic mistake."]),
    ('Novak described the plan as "deeply unfair" to the poor.', ["Novak (direct): deeply unfair"]),
    ('Novak vowed "enormous retaliation" at once.', ["Novak (direct): enormous retaliation"]),
    ('"It was late," Novak said. "10 minutes more and we leave."',
     ["Novak (direct): It was late,", "Novak (direct): 10 minutes more and we leave."]),
    ('Novak apologised for "the pain that was caused" to families.',
     ["Novak (direct): the pain that was caused"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_direct_speech(text: str, expected: list[str]) -> None:
    assert read(text) == expected


# ---------------------------------------------------------------- indirect
INDIRECT = [
    ("Novak said that the talks had failed.", ["the talks had failed"]),
    ("Novak said the talks had failed.", ["the talks had failed"]),
    ("Novak said on Monday the talks had failed.", ["the talks had failed"]),
    ("The talks had failed, Novak said.", ["The talks had failed"]),
    ("The talks, Novak said, had failed.", ["The talks, Novak said, had failed"]),
    ("Novak told reporters in Oslo that the talks had failed.", ["the talks had failed"]),
    ("According to Novak, the talks had failed.", ["the talks had failed"]),
    ("The talks had failed, according to Novak.", ["The talks had failed"]),
    ("Novak left Oslo early, saying that the talks had failed.", ["the talks had failed"]),
    ("Novak said that the talks had failed, adding that the envoy had left.",
     ["the talks had failed", "the envoy had left"]),
    ("Novak said that the talks had failed, that the envoy had left and that nobody knew why.",
     ["the talks had failed, that the envoy had left and that nobody knew why"]),
    ("Novak warned that Chile could attack and urged Peru to respond.",
     ["Chile could attack", "to respond"]),
    ("Novak said the talks had failed; Chile denied it.", ["the talks had failed"]),
    ("Novak called for an immediate ceasefire.", ["an immediate ceasefire"]),
    ("Novak called for the army to withdraw.", ["for the army to withdraw"]),
    ("Novak called on the army to withdraw.", ["to withdraw"]),
    ("Novak announced new sanctions against Chile.", ["new sanctions against Chile"]),
    ("Novak stressed the need for dialogue.", ["the need for dialogue"]),
    ("Novak promised to withdraw the troops.", ["to withdraw the troops"]),
    ("Novak made clear that the talks had failed.", ["the talks had failed"]),
    ("Novak expressed hope that the talks would succeed.", ["the talks would succeed"]),
    ("Novak spoke of a failure of the talks.", ["a failure of the talks"]),
    ("Novak claimed responsibility for the attack.", ["responsibility for the attack"]),
    ("Novak expressed readiness to talk.", ["readiness to talk"]),
    ("Novak attributed the crash to a pilot's error.", ["the crash to a pilot's error"]),
    ("Novak urged voters in Oslo to stay at home.", ["to stay at home"]),
    # what is promised not to be done
    ("Novak vowed not to attack Kosovo.", ["not to attack Kosovo"]),
    ("Novak promised never to attack Kosovo.", ["never to attack Kosovo"]),
    ("Novak urged Iraq not to attack Kuwait.", ["not to attack Kuwait"]),
    # a relative clause is not what was said
    ("Novak urged Chile to sign the deal, a demand that Chilean President Ana Rojas dismissed.",
     ["to sign the deal"]),
    ("Novak repeated the allegation that Horak rejected.", []),
    ("Novak repeated the claim that Horak denied.", []),
    ("Novak urged Chile to ratify the deal, a demand that Horak later criticised.",
     ["to ratify the deal"]),
    ("Novak repeated his demand that Horak resign.", ["Horak resign"]),
    ("Novak was quoted as saying that the talks had failed.", ["the talks had failed"]),
    ("Novak said there was an \"urgent\" need for further talks in Oslo.",
     ["there was an \"urgent\" need for further talks in Oslo"]),
    ("Novak said the talks began at 7 p.m.", ["the talks began at 7 p.m."]),
    ("It was reported by Novak that the talks had failed.", ["the talks had failed"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "contents"), INDIRECT)
def test_indirect_speech_spans_the_reported_words(text: str, contents: list[str]) -> None:
    assert read(text) == [f"Novak (indirect): {content}" for content in contents]


NOTHING_SAID = [
    "Novak did not say that the talks had failed.",
    "Novak may say that the talks have failed.",
    "Novak will say on Tuesday that the talks have failed.",
    "Novak refused to say whether the talks had failed.",
    "If Novak says that the talks have failed, markets will fall.",
    "Novak thinks the talks have failed.",
    "Novak accused Chile of breaking the truce.",
    "Novak met the so-called \"Weimar Triangle\" in Oslo.",
    'Novak deployed an "Intervention Brigade" to Chile.',
    'Novak won the prize for writing the songs of "The Sound of Music."',
    "Nobody said that Novak had left.",
    "No envoy told Novak that the talks had failed.",
    "Novak phoned Oslo to congratulate the winners.",
    "The storm claimed ten lives, and Novak claimed the throne.",
    "Novak expressed sorrow for the victims.",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_what_nobody_is_quoted_as_saying(text: str) -> None:
    assert read(text) == []


# ---------------------------------------------------------------- speakers
def test_each_of_several_speakers_makes_a_statement() -> None:
    text = "Novak and Horak said that the talks had failed."
    assert read(text, ("Novak", "Horak")) == [
        "Novak (indirect): the talks had failed",
        "Horak (indirect): the talks had failed",
    ]


def test_those_included_speak_with_their_group() -> None:
    text = "Several ministers, including Novak, had hinted that the talks had failed."
    assert read(text, groups=["ministers"]) == [
        "Novak (indirect): the talks had failed",
        "ministers (indirect): the talks had failed",
    ]


def test_a_title_and_a_name_in_apposition_are_one_speaker() -> None:
    text = "The envoy for Chile, General Ana Novak, said that the talks had failed."
    assert read(text, ("Ana Novak",)) == ["Ana Novak (indirect): the talks had failed"]


def test_a_nominal_or_pronoun_mention_speaks_for_its_entity() -> None:
    text = 'Novak met Horak. "We are ready," the minister said. She added that time was short.'
    assert read(text, ("Novak", "Horak | minister | She")) == [
        "Horak (direct): We are ready,",
        "Horak (indirect): time was short",
    ]


def test_a_pronoun_that_nobody_resolved_is_the_subject_before() -> None:
    text = "Novak met Horak. She said that time was short."
    assert read(text, ("Novak", "Horak")) == ["Novak (indirect): time was short"]


def test_a_pronoun_after_a_quotation_is_not_somebody_named_inside_it() -> None:
    text = 'Novak spoke in Oslo. "I know Horak well," she said.'
    assert read(text, ("Novak", "Horak | she")) == ["Novak (direct): I know Horak well,"]


def test_a_relative_pronoun_speaks_for_its_noun() -> None:
    text = "Novak, who said that the talks had failed, left Oslo."
    assert read(text) == ["Novak (indirect): the talks had failed"]


def test_a_statement_speaks_for_its_author() -> None:
    text = "NATO released a statement. The statement said that the talks had failed."
    assert read(text, (), organizations=["NATO"]) == ["NATO (indirect): the talks had failed"]
    text = "A letter from Novak said that the talks had failed."
    assert read(text) == ["Novak (indirect): the talks had failed"]


def test_the_government_of_a_country_speaks_for_it() -> None:
    text = "The Chilean government said that the talks had failed."
    assert read(text, (), countries=["Chilean"]) == ["Chilean (indirect): the talks had failed"]


def test_a_quotation_of_someone_unknown_is_not_given_to_the_speaker_before() -> None:
    text = '"We are ready," Novak said. "We are not," one of the soldiers replied.'
    assert read(text) == ["Novak (direct): We are ready,"]


def test_a_quotation_inside_a_quotation_has_its_own_speaker() -> None:
    text = "Novak said: \"I came and Horak said, 'You are late.'\""
    assert read(text, ("Novak", "Horak")) == [
        "Novak (direct): I came and Horak said, 'You are late.'",
        "Horak (direct): You are late.",
    ]


def test_a_title_is_no_quotation() -> None:
    text = '"I sang," said Novak, who starred in the musical "The Sound of Music."'
    assert read(text) == ["Novak (direct): I sang,"]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Novak told Horak that the talks had failed.", "Horak"),
        ("Novak said to Horak that the talks had failed.", "Horak"),
        ("In a letter to Horak, Novak wrote that the talks had failed.", "Horak"),
        ("Novak briefed Horak in Oslo, stressing that the talks had failed.", "Horak"),
        ("Novak urged Horak to leave.", "Horak"),
        ("Novak said that Horak had failed.", None),
    ],
)
def test_who_is_told(text: str, addressee: str | None) -> None:
    found = doc(Tokens()(Document(id="d", text=text)), people=("Novak", "Horak"))
    (statement,) = Quotes()(found).statements
    told = statement.addressee and found.entity(statement.addressee).name
    assert told == addressee


def test_the_cue_is_the_word_of_the_text() -> None:
    text = 'According to Novak, time was short. Novak urged calm talks. "Go," Novak whispered.'
    found = doc(Tokens()(Document(id="d", text=text)), people=("Novak",))
    assert [s.cue for s in Quotes()(found).statements] == ["According to", "whispered"]


# ---------------------------------------------------------------- grammar by hand
def test_a_clause_is_found_by_its_grammar_not_by_its_words() -> None:
    found = doc(
        parsed(
            "Novak/PROPN:NNP/nsubj>zorbed zorbed=state/VERB:VBD/ROOT that/SCONJ:IN/mark>fell "
            "prices/NOUN:NNS/nsubj>fell fell=fall/VERB:VBD/ccomp>zorbed ./PUNCT/punct>zorbed"
        ),
        people=("Novak",),
    )
    (statement,) = Quotes()(found).statements
    assert (statement.quote.of(found.text), statement.cue) == ("prices fell", "zorbed")


def test_a_document_without_entities_or_words_has_no_statements() -> None:
    silent = Tokens()(Document(id="d", text='"We are ready," Novak said.'))
    assert Quotes()(silent).statements == ()
    assert Quotes()(Document(id="d", text="")).statements == ()


def everyone_speaks(found: Document) -> Document:
    """Return the document with each name and pronoun a person of its own."""
    places: dict[str, list[Span]] = {}
    for token in found.tokens:
        if token.pos in ("PROPN", "PRON") or token.text.istitle():
            places.setdefault(token.text, []).append(token.span)
    return found.but(
        entities=tuple(
            Entity(f"e{number}", "Person", name, tuple(Mention(span) for span in spans))
            for number, (name, spans) in enumerate(places.items())
        )
    )


MARKED = st.lists(
    st.sampled_from(
        ["Novak", "said", '"', "“", "”", "'", "He", "We agree", ",", ".", ":", "that", "told", "it",
         "according to", "\n", "\n\n", "rain fell", "and", "not", "🙂", "to go", "who", "a letter"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(texts, MARKED))
def test_hostile_text_gives_statements_inside_it_or_none(text: str) -> None:
    found = Quotes()(everyone_speaks(Tokens()(Document(id="d", text=text)))).check()
    for statement in found.statements:
        words = statement.quote.of(text)
        assert words == words.strip()
        assert statement.addressee != statement.speaker
    said = [(s.speaker, s.quote) for s in found.statements]
    assert len(set(said)) == len(said)
