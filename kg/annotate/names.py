"""People, and the organizations and places that the tables miss.

The parser's guesses are mended by the tables (titles, officials) and by the document as a whole:
a surname that is a person once is that person throughout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from kg.annotate.guesses import Guess, guesses
from kg.annotate.lookup import fold, officials
from kg.data import Title, lists, table
from kg.model import Document, Entity, EntityType, Mention, Span
from kg.syntax import Syntax

_TYPES: dict[str, EntityType] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
}
_NEVER = {"Person": "persons", "Organization": "organizations", "Place": "places"}
_PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "abu", "van", "von", "der", "den", "de", "la", "du", "da", "dos", "di", "del", "le", "ben", "ter", "ten", "zu", "y"]
)


@dataclass(frozen=True)
class Names:
    """People, and organizations and places that the tables do not know."""

    name: ClassVar[str] = "names"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        officials()
        _titles()

    def __call__(self, doc: Document) -> Document:
        """Return the document with its named entities, ids in the order of first mention."""
        return doc.but(entities=_Reader(doc).read())


@cache
def _titles() -> dict[str, Title]:
    return {row.title: row for row in table("titles")}


@cache
def _longest_title() -> int:
    return max(len(title.split()) for title in _titles())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row.name for row in table("given_names"))


class _Reader:
    """One document's names."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.syntax = Syntax(doc.tokens)
        self.taken = {
            index: entity
            for entity in doc.entities
            for mention in entity.mentions
            for index in self.syntax.within(mention.span)
        }
        self.found: dict[Span, EntityType] = {}
        self.words: set[int] = set()

    def read(self) -> tuple[Entity, ...]:
        """Return all entities, old and new."""
        guessed = guesses(self.doc)
        for match in officials().find(self.doc.text):
            self._add(match.span, "Person", over=True)
        for guess in guessed:
            if guess.label == "PERSON":
                self._person(guess)
        for span in self._titled():
            self._add(span, "Person")
        surnames = self._surnames()
        for guess in guessed:
            kind = _TYPES.get(guess.label)
            if kind is not None and kind != "Person":
                self._guess(guess, kind, surnames)
        self._repeat(surnames)
        return self._entities()

    def _add(self, span: Span, kind: EntityType, *, over: bool = False) -> None:
        inside = self.syntax.within(span)
        if any(index in self.words for index in inside):
            return
        if not over and any(index in self.taken for index in inside):
            return
        name = span.of(self.doc.text)
        if fold(name) in lists("names")["never"][_NEVER[kind]] or not any(
            c.isalpha() for c in name
        ):
            return
        self.found[span] = kind
        self.words.update(inside)

    def _person(self, guess: Guess) -> None:
        first, last = guess.first, guess.last
        first = self._behind_title(first, last)
        while first > 0 and self._is_in_name(self.tokens[first - 1].text.lower()):
            first -= 1
        if first > last:
            return
        while (
            first < last
            and not self.tokens[first].text[:1].isupper()
            and (self.tokens[first].text.lower() not in _PARTICLES)
        ):
            first += 1
        span = self.syntax.span(first, last)
        name = span.of(self.doc.text)
        if not name[:1].isupper() and "-" not in name and name.split()[0] not in _PARTICLES:
            return
        self._add(span, "Person", over=first < last)

    def _is_in_name(self, word: str) -> bool:
        title = _titles().get(word)
        return title is not None and bool(title.in_name)

    def _behind_title(self, first: int, last: int) -> int:
        """Return the first token after titles at the start of a stretch."""
        moved = True
        while moved:
            moved = False
            for length in range(min(_longest_title(), last - first), 0, -1):
                words = " ".join(t.text.lower() for t in self.tokens[first : first + length])
                title = _titles().get(words)
                if title is not None and not title.in_name:
                    first, moved = first + length, True
                    break
        return first

    def _titled(self) -> Iterator[Span]:
        """Yield runs of capitalized words right behind a title."""
        for index, token in enumerate(self.tokens):
            title = _titles().get(token.text.lower())
            if title is None or not title.before_name or index + 1 >= len(self.tokens):
                continue
            first = last = index + 1
            while last < len(self.tokens) and self._is_name_word(last, first):
                last += 1
            while last > first and not self.tokens[last - 1].text[:1].isupper():
                last -= 1
            if last == first or _titles().get(self.tokens[first].text.lower()):
                continue
            if not token.text[:1].isupper() and self.tokens[first].pos != "PROPN":
                continue
            begin = index if title.in_name and token.text[:1].isupper() else first
            yield self.syntax.span(begin, last - 1)

    def _is_name_word(self, index: int, first: int) -> bool:
        token = self.tokens[index]
        if index in self.taken or token.pos not in ("PROPN", "X", "NOUN", "ADP", "PART", "DET"):
            return False
        if token.pos == "PROPN" and token.text[:1].isupper() and len(token.text) > 1:
            return True
        return index > first and token.text in _PARTICLES

    def _surnames(self) -> Counter[str]:
        """Count the words that end a person's full name in this document."""
        found = Counter[str]()
        for span, kind in self.found.items():
            words = span.of(self.doc.text).split()
            if kind == "Person" and words:
                found[words[-1]] += 1
        return found

    def _guess(self, guess: Guess, kind: EntityType, surnames: Counter[str]) -> None:
        name = guess.span.of(self.doc.text)
        if surnames[name]:
            self._add(guess.span, "Person")
        elif kind == "Organization":
            self._organization(guess, name, surnames)
        elif name[:1].isupper() or "-" in name:
            self._add(guess.span, kind)

    def _organization(self, guess: Guess, name: str, surnames: Counter[str]) -> None:
        first = guess.first
        words = name.split()
        if self.tokens[guess.last].text.lower() in _titles() and len(words) > 1:
            return
        if not any(word[:1].isupper() for word in words):
            return
        last = guess.last
        nested = [i for i in range(first, last + 1) if i in self.taken]
        if nested and len(nested) == last - first + 1:
            return
        if nested and all(self.taken[i].type == "Organization" for i in nested):
            return
        self._add(self.syntax.span(first, last), "Organization", over=True)

    def _repeat(self, surnames: Counter[str]) -> None:
        """Find surnames again where the parser saw no name."""
        for index, token in enumerate(self.tokens):
            if (
                surnames[token.text]
                and index not in self.words
                and index not in self.taken
                and token.text[:1].isupper()
                and token.pos in ("PROPN", "NOUN", "ADJ", "X")
            ):
                self._add(token.span, "Person")

    def _entities(self) -> tuple[Entity, ...]:
        """Merge what was there with what was found; one entity for each type and surface."""
        groups: dict[tuple[str, str], Entity] = {}
        for entity in self.doc.entities:
            kept = tuple(
                mention
                for mention in entity.mentions
                if not any(index in self.words for index in self.syntax.within(mention.span))
            )
            if kept:
                groups[entity.id, ""] = replace(entity, mentions=kept)
        for span, kind in self.found.items():
            name = re.sub(r"\s+", " ", span.of(self.doc.text))
            entity = groups.get((kind, name)) or Entity("", kind, name)
            groups[kind, name] = replace(entity, mentions=(*entity.mentions, Mention(span)))
        ordered = sorted(
            (
                replace(entity, mentions=tuple(sorted(entity.mentions)))
                for entity in groups.values()
            ),
            key=lambda entity: entity.mentions[0],
        )
        return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(ordered, 1))
