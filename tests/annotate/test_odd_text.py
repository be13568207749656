"""Odd letters hide nothing from the pipeline, and move no offset of the text as stored."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.display import plain
from kg.errors import StageError
from kg.model import Document, Span
from kg.oddities import View, is_odd, plainly
from kg.pipeline import Pipeline

CLEAN = (
    "French President Emmanuel Macron met Olaf Scholz in Paris on Tuesday.\n\n"
    "“We didn’t agree,” Macron said. An official confirmed that Scholz flew to Berlin."
)
ODD = {
    "soft hyphens": CLEAN.replace("Macron", "Ma\u00adcron").replace("agree", "ag\u00adree"),
    "spaces that do not break": CLEAN.replace(" ", "\u00a0"),
    "thin spaces in names": CLEAN.replace("l M", "l\u2009M").replace("f S", "f\u202fS"),
    "spaces without width": CLEAN.replace("Scholz", "Sch\u200bolz"),
    "joiners": CLEAN.replace("Macron", "Mac\u200dron").replace("met", "m\u2060et"),
    "a mark of byte order": CLEAN.replace("Olaf", "\ufeffOlaf"),
    "marks of direction": CLEAN.replace("Olaf Scholz", "\u200eOlaf Scholz\u200e"),
    "an override of direction": CLEAN.replace("Olaf Scholz", "\u202eOlaf Scholz\u202c"),
    "isolates": CLEAN.replace("Olaf Scholz", "\u2068Olaf Scholz\u2069"),
    "ligatures": CLEAN.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02"),
    "letters of full width": CLEAN.replace("Scholz", "Ｓｃｈｏｌｚ"),
    "letters of mathematics": CLEAN.replace("Macron", "𝐌𝐚𝐜𝐫𝐨𝐧"),
    "a null": CLEAN.replace("Olaf Scholz", "Ol\0af Scholz"),
    "lines of Windows": CLEAN.replace("\n", "\r\n"),
    "lines of the old Macintosh": CLEAN.replace("\n", "\r"),
    "lines of mainframes": CLEAN.replace("\n", "\x85"),
    "separators of paragraphs": CLEAN.replace("\n\n", "\u2029"),
    "separators of lines": CLEAN.replace("\n", "\u2028"),
    "primes": CLEAN.replace("“", "″").replace("”", "″").replace("’", "′"),
    "straight quotes": CLEAN.replace("“", '"').replace("”", '"').replace("’", "'"),
    "emoji": CLEAN.replace("Paris", "Paris 👩‍👩‍👧"),
}


def facts(found: Document) -> set[tuple[str, str, str, str]]:
    return {
        (r.type, found.entity(r.subject).name, found.entity(r.object).name, r.status)
        for r in found.relations
    }


def surfaces(found: Document) -> list[str]:
    return [m.span.of(found.text) for e in found.entities for m in e.mentions]


@pytest.fixture(scope="module")
def clean(pipeline: Pipeline) -> Document:
    return pipeline(Document(id="d", text=CLEAN, date="2025-02-19"))


def test_the_clean_text_says_enough_to_compare(clean: Document) -> None:
    assert ("metWith", "Emmanuel Macron", "Olaf Scholz", "actual") in facts(clean)
    assert ("visited", "Olaf Scholz", "Berlin", "actual") in facts(clean)
    assert [statement.quote.of(CLEAN) for statement in clean.statements][:1] == ["We didn’t agree,"]
    assert not is_odd(CLEAN)


@pytest.mark.parametrize("kind", ODD)
def test_odd_text_says_what_clean_text_says(kind: str, pipeline: Pipeline, clean: Document) -> None:
    text = ODD[kind]
    assert text != CLEAN
    found = pipeline(Document(id="d", text=text, date="2025-02-19"))
    assert found.text == text
    assert facts(found) == facts(clean)
    assert sorted(map(plainly, surfaces(found))) == sorted(surfaces(clean))
    for relation in found.relations:
        said = " ".join(plainly(relation.evidence.of(text)).split())
        assert said in " ".join(plainly(text).split())
        assert said.endswith(".")


def test_names_with_accents_of_their_own(pipeline: Pipeline) -> None:
    composed = "François Müller met Recep Tayyip Erdoğan in Paris on Tuesday."
    apart = unicodedata.normalize("NFD", composed)
    assert len(apart) > len(composed)
    found = pipeline(Document(id="d", text=apart))
    assert facts(found) == facts(pipeline(Document(id="d", text=composed)))
    assert unicodedata.normalize("NFD", "Recep Tayyip Erdoğan") in surfaces(found)


def test_every_layer_refers_to_the_stored_text(pipeline: Pipeline) -> None:
    text = ODD["soft hyphens"]
    found = pipeline(Document(id="d", text=text, date="2025-02-19"))
    for token in found.tokens:
        assert plainly(token.span.of(text)) == token.text
    spans = [clause.trigger for clause in found.clauses] + [time.span for time in found.times]
    assert {"met", "flew", "Tuesday"} <= {span.of(text) for span in spans}
    assert {statement.quote.of(text) for statement in found.statements} >= {
        "We didn’t ag\u00adree,"
    }


@given(st.text(st.sampled_from("ab \u00ad\u200b\u202e\ufb01\u0301é\r\n\u2028\0Ａ𝐌\u00a0")))
def test_a_view_knows_where_each_letter_stands(text: str) -> None:
    view = View(text)
    assert not is_odd(view.text) or "\u0301" in view.text
    assert plainly(text) == view.text
    ends = [view.back(Span(at, at + 1)) for at in range(len(view.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in ends)
    assert ends == sorted(ends)
    for at, span in enumerate(ends):
        assert view.text[at] in View(span.of(text)).text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("President Macron met Scholz. " * 350_000, "characters are more than one article"),
        ("Ma\u00adcron " * 1_300_000, "characters are more than one article"),
        ('"' * 900_000, "more than 250,000 words and signs"),
    ],
)
def test_what_is_too_long_is_refused_in_one_sentence(
    pipeline: Pipeline, text: str, problem: str
) -> None:
    with pytest.raises(StageError, match=problem):
        pipeline(Document(id="d", text=text))


def test_nothing_turns_the_direction_of_a_terminal() -> None:
    assert plain("Mac\u202eron\u2066 \u200fmet\x1b[31m") == "Macron met [31m"
