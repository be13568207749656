"""Walking a dependency tree, on trees built by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import Document, Span, Token
from kg.syntax import Syntax
from tests.build import parsed, span

BRIEFED = """
The/DET/det>envoys three/NUM/nummod>envoys Norwegian/ADJ/amod>envoys envoys/NOUN/nsubj>met met=meet/VERB/ROOT Novak/PROPN/dobj>met ,/PUNCT/punct>Novak Horak/PROPN/conj>Novak and/CCONJ/cc>Horak Dahl/PROPN/conj>Horak ./PUNCT/punct>met
They/PRON/nsubj>left left=leave/VERB/ROOT ./PUNCT/punct>left
"""  # noqa: E501


@pytest.fixture
def doc() -> Document:
    return parsed(BRIEFED)


@pytest.fixture
def syntax(doc: Document) -> Syntax:
    return Syntax(doc.tokens)


def index(doc: Document, word: str) -> int:
    return next(i for i, token in enumerate(doc.tokens) if token.text == word)


def test_the_token_at_an_offset_or_right_before_it(doc: Document, syntax: Syntax) -> None:
    novak = index(doc, "Novak")
    place = doc.tokens[novak].span
    assert [syntax.at(place.start), syntax.at(place.end - 1)] == [novak, novak]
    gap = doc.text.index(" Novak")
    assert doc.tokens[syntax.at(gap)].text == "met"


def test_tokens_that_overlap_a_span(doc: Document, syntax: Syntax) -> None:
    inside = syntax.within(span(doc.text, "Norwegian envoys"))
    assert [doc.tokens[i].text for i in inside] == ["Norwegian", "envoys"]


def test_a_span_between_words_holds_none(doc: Document, syntax: Syntax) -> None:
    gap = doc.text.index(" Novak")
    assert list(syntax.within(Span(gap, gap + 1))) == []


def test_half_a_word_counts_as_the_word(doc: Document, syntax: Syntax) -> None:
    inside = syntax.within(span(doc.text, "wegian env"))
    assert [doc.tokens[i].text for i in inside] == ["Norwegian", "envoys"]


def test_the_head_of_a_phrase(doc: Document, syntax: Syntax) -> None:
    phrase = span(doc.text, "The three Norwegian envoys")
    assert doc.tokens[syntax.root_of(phrase)].text == "envoys"


def test_conjuncts_in_the_order_of_the_text(doc: Document, syntax: Syntax) -> None:
    listed = syntax.conjuncts(index(doc, "Novak"))
    assert [doc.tokens[i].text for i in listed] == ["Novak", "Horak", "Dahl"]


def test_who_is_left_out_on_purpose_is_no_conjunct() -> None:
    found = parsed("Novak/PROPN/ROOT but/CCONJ/cc>Novak not/PART/neg>Dahl Dahl/PROPN/conj>Novak")
    assert Syntax(found.tokens).conjuncts(0) == [0]


def test_who_is_taken_along_is_a_conjunct() -> None:
    found = parsed(
        "Novak/PROPN/nsubj>met ,/PUNCT/punct>met together/ADV/advmod>with with/ADP/prep>met"
        " Dahl/PROPN/pobj>with met/VERB/ROOT Horak/PROPN/dobj>met"
    )
    assert Syntax(found.tokens).conjuncts(0) == [0, 4]


def test_the_first_conjunct(doc: Document, syntax: Syntax) -> None:
    assert syntax.first_conjunct(index(doc, "Dahl")) == index(doc, "Novak")
    assert syntax.first_conjunct(index(doc, "Novak")) == index(doc, "Novak")


def test_children_by_label(doc: Document, syntax: Syntax) -> None:
    met = index(doc, "met")
    assert syntax.child(met, "dobj") == index(doc, "Novak")
    assert syntax.child(met, "iobj") is None
    assert syntax.all(met, "nsubj", "dobj") == [index(doc, "envoys"), index(doc, "Novak")]


def test_the_subtree_and_its_edges(doc: Document, syntax: Syntax) -> None:
    envoys = index(doc, "envoys")
    assert sorted(syntax.subtree(envoys)) == [0, 1, 2, 3]
    assert syntax.edges(envoys) == (0, 3)


def test_governors_nearest_first(doc: Document, syntax: Syntax) -> None:
    above = [doc.tokens[i].text for i in syntax.ancestors(index(doc, "Dahl"))]
    assert above == ["Horak", "Novak", "met"]


def test_the_sentence_of_a_token(doc: Document, syntax: Syntax) -> None:
    assert syntax.sentence_span(index(doc, "left")).of(doc.text) == "They left."
    first = syntax.sentence_span(index(doc, "Dahl")).of(doc.text)
    assert first == "The three Norwegian envoys met Novak, Horak and Dahl."


def test_a_noun_with_what_stands_before_it_but_no_article(doc: Document, syntax: Syntax) -> None:
    noun = syntax.premodified(index(doc, "envoys"))
    assert noun.of(doc.text) == "three Norwegian envoys"


def test_no_tokens() -> None:
    syntax = Syntax(())
    assert list(syntax.within(Span(0, 5))) == []
    assert syntax.at(3) == 0


class Counted(list[Token]):
    """Tokens that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index: Any) -> Any:
        self.looks += 1
        return super().__getitem__(index)


def test_the_work_does_not_grow_with_the_sentence() -> None:
    def looks(words: int) -> int:
        listed = " ".join(f"Novak/PROPN/{'dobj' if i == 0 else 'conj'}>met" for i in range(words))
        tokens = Counted(parsed(f"Horak/PROPN/nsubj>met met=meet/VERB/ROOT {listed}").tokens)
        syntax = Syntax(tokens)
        syntax.all(1, "conj")
        before = tokens.looks
        for _ in range(words):
            syntax.sentence_span(1)
            syntax.child(1, "dobj")
            syntax.all(1, "nsubj", "aux")
        return (tokens.looks - before) // words

    assert looks(10) == looks(200)
