"""Unnamed collectives: "EU officials", "NATO's allies", "rebels of the northern front"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.cues import words
from kg.model import Document, Entity, Mention, Span
from kg.syntax import Syntax

_NAMING = ("of", "from", "in")
_LONGEST = 7  # words of a phrase that names the body


@dataclass(frozen=True)
class Groups:
    """Groups of people as entities, with the body they belong to.

    All candidates are kept here; the pipeline drops those that end up in no relation and no
    statement.
    """

    name: ClassVar[str] = "groups"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with its Group entities added."""
        mentions: dict[tuple[str, str | None, str], list[Mention]] = {}
        names: dict[tuple[str, str | None, str], str] = {}
        reader = _GroupReader(doc)
        for span, head, body, label in reader.read():
            number = reader.number(span)
            # "the 30 nurses" and "200 nurses" are not the same, "the nurses" are the last named
            alike = [key for key in mentions if key[:2] == (head, body)]
            same = alike[-1][2] if alike and not number and reader.is_definite(span) else number
            key = (head, body, same)
            mentions.setdefault(key, []).append(Mention(span, "nominal"))
            names[key] = max(names.get(key, ""), label, key=len)
        added = tuple(
            Entity(entity_id, "Group", names[key], tuple(mentions[key]), of=key[1])
            for entity_id, key in zip(doc.fresh_ids(len(mentions)), mentions, strict=True)
        )
        return doc.but(entities=doc.entities + added)


class _GroupReader:
    """Finds the group nominals of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        self.taken = set(self.syntax.owners(doc.entities))
        bodies = (e for e in doc.entities if e.type in ("Country", "Organization", "Place"))
        self.owner = self.syntax.owners(bodies, names_only=True)
        self.titles = {i for office in doc.offices for i in self.syntax.within(office.title)}

    def read(self) -> Iterator[tuple[Span, str, str | None, str]]:
        """Yield span, head lemma, body and readable name of every group nominal."""
        for index, token in enumerate(self.tokens):
            if index in self.taken or index in self.titles or not self._is_group(index):
                continue
            span = self._span(index)
            bodies = self._bodies(index)
            if self._is_state(index, bodies):
                continue
            if len(bodies) > 1 and self._are_alternatives(bodies):
                for body in bodies:
                    owner = self.owner[body]
                    plain = " ".join([*self._descriptive(index), token.text])
                    yield span, token.lemma, owner.id, f"{self.tokens[body].text} {plain}"
            else:
                body_id = self.owner[bodies[0]].id if bodies else None
                yield span, token.lemma, body_id, span.of(self.doc.text)

    def number(self, span: Span) -> str:
        """Return the figure or the words by which a group is counted, or ""."""
        head = self.syntax.root_of(span)
        counts = self.syntax.all(head, "nummod")
        return " ".join(self.tokens[i].text.lower() for i in counts)

    def is_definite(self, span: Span) -> bool:
        """Tell "the nurses", who have been named before, from "nurses"."""
        return self.syntax.is_definite(self.syntax.root_of(span))

    def _is_group(self, index: int) -> bool:
        token = self.tokens[index]
        if token.pos not in ("NOUN", "PROPN") or token.dep == "compound":
            return False
        if token.tag == "NNPS" and token.lemma.removesuffix("s") in words("groups", "people"):
            return True  # the model leaves a name in its plural: "Christians"
        if token.lemma in words("groups", "people"):
            return token.tag in ("NNS", "NNPS") or token.lemma in words("groups", "bodies")
        is_body = token.lemma in words("groups", "bodies") and token.pos == "NOUN"
        return is_body and not self._is_felt(index)

    def _is_felt(self, index: int) -> bool:
        """Tell "met with strong opposition", which is nobody, from "the Chilean opposition"."""
        if self.tokens[index].lemma not in words("groups", "felt"):
            return False
        before = self.syntax.all(index, "det", "poss", "amod", "compound", "nmod")
        return not any(i in self.owner or self.tokens[i].dep in ("det", "poss") for i in before)

    def _is_state(self, index: int, bodies: list[int]) -> bool:
        """Tell "Iran's government", which is Iran, from a government of no known country."""
        states = words("groups", "states")
        return self.tokens[index].lemma in states and any(
            self.owner[body].type == "Country" for body in bodies
        )

    def _span(self, index: int) -> Span:
        """Return the nominal with its modifiers and a naming "of", "from" or "in" phrase."""
        span = self.syntax.premodified(index)
        for prep in self._prepositions(index):
            if prep == index + 1:
                last = self.syntax.edges(prep)[1]
                inside = range(prep, last + 1)
                if any(i in self.owner for i in inside) and len(inside) <= _LONGEST:
                    return Span(span.start, self.tokens[last].span.end)
                end = self._first_name(prep + 1)
                if end is not None:
                    return Span(span.start, self.tokens[end].span.end)
        return span

    def _first_name(self, start: int) -> int | None:
        """Return the last token of a name that begins here, an article aside."""
        first = start + (self.tokens[start].dep == "det")
        last = first
        while self.owner.get(last) is not None and self.owner.get(last) == self.owner.get(first):
            last += 1
        return last - 1 if last > first else None

    def _bodies(self, index: int) -> list[int]:
        """Return the tokens that name the bodies the group belongs to."""
        first = self.syntax.at(self.syntax.premodified(index).start)
        found = self._distinct(i for i in range(first, index) if i in self.owner)
        if found:
            return found
        for prep in self._prepositions(index):
            inside = [i for i in sorted(self.syntax.subtree(prep)) if i in self.owner]
            if inside:
                return self._distinct(inside)[:1]
        return []

    def _prepositions(self, index: int) -> list[int]:
        """Return what may name the body: "officials from Oslo", not "took troops from Oslo"."""
        found = [i for i in self.syntax.all(index, "prep") if self.tokens[i].lemma in _NAMING]
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if found or after is None or after.dep != "prep" or after.lemma != "from":
            return found
        removed = self.tokens[after.head].lemma in words("removal", "verbs")
        return [] if removed else [index + 1]

    def _distinct(self, indexes: Iterator[int] | list[int]) -> list[int]:
        found: dict[str, int] = {}
        for index in indexes:
            found.setdefault(self.owner[index].id, index)
        return list(found.values())

    def _are_alternatives(self, bodies: list[int]) -> bool:
        """Tell "U.S. and Russian officials" (two groups) from "NATO's American allies" (one)."""
        if any(self.owner[body].type == "Place" for body in bodies):
            return False  # "Latin American and Caribbean leaders" are one group
        between = self.tokens[bodies[0] : bodies[-1] + 1]
        return any(token.dep == "cc" or token.text == "," for token in between)

    def _descriptive(self, index: int) -> list[str]:
        return [
            self.tokens[child].text.lower()
            for child in self.syntax.all(index, "amod", "compound")
            if child < index and child not in self.owner
        ]
