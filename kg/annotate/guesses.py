"""The parser's own guesses at names, with their edges cleaned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.model import Document, Span, Token

_BEFORE = frozenset({"DET", "PUNCT", "SPACE", "SYM", "CCONJ", "ADP"})
_AFTER = frozenset({"PUNCT", "SPACE", "SYM", "PART", "CCONJ", "ADP", "DET"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_ARTICLES = frozenset({"The", "A", "An"})
_BREAKS = frozenset({"/", "|", ",", ";", "(", ")", '"', "“", "”", "–", "—"})


class Guess(NamedTuple):
    """A stretch of tokens ``first`` to ``last`` (included) that the parser calls ``label``."""

    first: int
    last: int
    label: str
    span: Span


def guesses(doc: Document) -> list[Guess]:
    """Return the guesses of a document in order, without articles, possessives and line breaks."""
    found = []
    for begin, end, label in _runs(doc.tokens):
        first, last = begin, end
        while first <= last and _sheds(doc.tokens[first], _BEFORE):
            first += 1
        while last >= first and _sheds(doc.tokens[last], _AFTER):
            last -= 1
        if first <= last:
            span = Span(doc.tokens[first].span.start, doc.tokens[last].span.end)
            found.append(Guess(first, last, label, span))
    return found


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of one label, broken where no name goes on."""
    first, label = -1, ""
    for index, token in enumerate(tokens):
        mark, _, kind = token.ner.partition("-")
        broken = token.text in _BREAKS or (token.pos == "SPACE" and "\n" in token.text)
        broken = broken or (kind == "PERSON" and token.text in _POSSESSIVE)
        broken = broken or (kind in ("PERSON", "GPE") and token.text == "and")
        if label and (mark != "I" or kind != label or broken):
            yield first, index - 1, label
            first, label = -1, ""
        if kind and not broken and not label:
            first, label = index, kind
    if label:
        yield first, len(tokens) - 1, label


def _sheds(token: Token, kinds: frozenset[str]) -> bool:
    if token.text in _ARTICLES or token.text in _POSSESSIVE:
        return True
    return token.pos in kinds and not token.text[:1].isupper()
