"""Dependency tree -> who does what to whom, with status: the grammar undone once for all rules.

A clause is built for every verb and for every noun or adjective that has arguments. Passives read
like actives, controlled verbs know their subject, relative pronouns stand for their antecedent,
each member of a coordination fills the slot, and a support verb hands its arguments to its noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kg.annotate.ellipsis import denies, inherits, stands_for, subjects_of
from kg.annotate.exceptions import Exceptions
from kg.annotate.implied import Implied
from kg.annotate.nouns import Nouns, event_heads, speaker_at
from kg.annotate.prepositions import Slots
from kg.annotate.status import StatusReader
from kg.annotate.verbs import Verbs
from kg.model import Clause, Document
from kg.syntax import Syntax


@dataclass(frozen=True)
class Clauses:
    """Clauses of verbs, nouns and adjectives with their slots and their status."""

    name: ClassVar[str] = "clauses"
    requires: ClassVar[tuple[str, ...]] = (
        "tokens", "times", "entities", "offices", "statements",
    )  # fmt: skip
    provides: ClassVar[tuple[str, ...]] = ("clauses",)

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with its clauses."""
        return doc.but(clauses=tuple(_ClauseBuilder(doc).build()))


class _ClauseBuilder:
    """Builds the clauses of one document."""

    def __init__(self, doc: Document) -> None:
        self.syntax, self.tokens, self.statements = (
            Syntax.of(doc.tokens),
            doc.tokens,
            doc.statements,
        )
        self.status = StatusReader(self.syntax, doc.times, doc.date)
        named = {
            self.syntax.root_of(mention.span)
            for entity in doc.entities
            for mention in entity.mentions
            if entity.type != "Event"
        }
        self.verbs = Verbs(self.syntax, named)
        self.nouns = Nouns(doc, self.verbs)
        self.implied, self.exceptions = Implied(doc, self.syntax), Exceptions(self.syntax)

    def build(self) -> Iterator[Clause]:
        for index, token in enumerate(self.tokens):
            if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass")):
                yield from self._of_verb(index)
            elif token.pos == "NOUN" or (token.pos == "PROPN" and token.lemma in event_heads()):
                slots = self.nouns.of_noun(index)
                self.implied.complete(index, token.lemma, "n", slots)
                if slots:
                    yield self._clause(index, "n", slots)
            elif token.pos == "ADJ":
                slots = self.nouns.of_adjective(index)
                self.implied.complete(index, token.lemma, "a", slots)
                if slots and "subj" not in slots:
                    slots["subj"] = self.verbs.adjective_subjects(index, 0)
                if slots:
                    yield self._clause(index, "a", slots)

    def _of_verb(self, index: int) -> Iterator[Clause]:
        repeated = stands_for(self.syntax, index)
        if repeated is not None:
            yield self._repetition(index, repeated)
            return
        slots = dict(self.verbs.slots(index))
        self.implied.complete(index, self.syntax.lemma(index), "v", slots)
        self.implied.add_place(index, slots)
        self.implied.add_partners(index, slots, self.verbs)
        name = "subj" if slots.get("subj") else "obj"
        members = slots.get(name, [])
        excepted = self.exceptions.of(index, members)
        slots[name] = [member for member in members if member not in excepted]
        clause = self._clause(index, "v", slots)
        yield clause
        status = self.exceptions.status(members, clause.status) if excepted else None
        if status is not None:
            other = self._clause(index, "v", {**slots, name: excepted})
            yield replace(other, status=status)

    def _repetition(self, index: int, repeated: int) -> Clause:
        """Return the clause of "as did Macron": another subject does what was said before."""
        own = subjects_of(self.syntax, index) or self.verbs.subjects(index)
        clause = self._clause(index, "v", {**self.verbs.slots(repeated), "subj": own})
        if not inherits(self.syntax, index):
            return replace(clause, lemma=self.syntax.lemma(repeated))  # "agreed to do so"
        if denies(self.syntax, index):
            return replace(clause, lemma=self.syntax.lemma(repeated), status="negated")
        said = self.status.of(repeated)
        status = clause.status if "negated" in (clause.status, said) else said
        return replace(clause, lemma=self.syntax.lemma(repeated), status=status)

    def _clause(self, index: int, pos: str, slots: Slots) -> Clause:
        span = self.tokens[index].span
        return Clause(
            trigger=span,
            lemma=self.syntax.lemma(index) if pos == "v" else self.tokens[index].lemma,
            pos=pos,
            slots={
                name: tuple(self.tokens[i].span for i in dict.fromkeys(members))
                for name, members in slots.items()
                if members
            },
            status=self.status.of(index),
            sentence=self.syntax.sentence_span(index),
            speaker=speaker_at(span, self.statements),
            purpose=self.tokens[index].dep == "advcl" and self.syntax.has_to(index),
        )
