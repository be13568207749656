"""The parser's own guesses at names, with their edges cleaned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.model import Document, Span, Token

_SHED_BEFORE = frozenset({"DET", "PUNCT", "SPACE", "SYM", "CCONJ", "ADP"})
_SHED_AFTER = frozenset({"PUNCT", "SPACE", "SYM", "PART", "CCONJ", "ADP", "DET"})


class Guess(NamedTuple):
    """A stretch of tokens ``first`` to ``last`` (included) the parser calls ``label``."""

    first: int
    last: int
    label: str
    span: Span


def guesses(doc: Document) -> list[Guess]:
    """Return the guesses of a document in order, without articles, possessives and line breaks."""
    found = []
    for first, last, label in _runs(doc.tokens):
        while first <= last and _sheds(doc.tokens[first], _SHED_BEFORE):
            first += 1
        while last >= first and _sheds(doc.tokens[last], _SHED_AFTER):
            last -= 1
        if first <= last:
            span = Span(doc.tokens[first].span.start, doc.tokens[last].span.end)
            found.append(Guess(first, last, label, span))
    return found


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    first, label = -1, ""
    for index, token in enumerate(tokens):
        mark, _, kind = token.ner.partition("-")
        broken = token.pos == "SPACE" and "\n" in token.text
        if label and (mark != "I" or kind != label or broken):
            yield first, index - 1, label
            first, label = -1, ""
        if kind and not broken and not label:
            first, label = index, kind
    if label:
        yield first, len(tokens) - 1, label


def _sheds(token: Token, kinds: frozenset[str]) -> bool:
    return (token.pos in kinds and not token.text[:1].isupper()) or token.text in ("The", "'s", "’s")
