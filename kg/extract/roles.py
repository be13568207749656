"""Offices -> holdsPosition; names that stand with a body -> memberOf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from kg.cues import words
from kg.extract.arguments import Arguments
from kg.model import Document, Relation
from kg.syntax import Syntax

_MEMBERSHIP = ("Person", "Organization")


@dataclass(frozen=True)
class Roles:
    """Who holds which office, and who belongs to which body."""

    name: ClassVar[str] = "roles"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "offices")

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield one holdsPosition for each person, body and title."""
        syntax = Syntax.of(doc.tokens)
        seen: set[tuple[str, str, str]] = set()
        for office in doc.offices:
            title = office.title.of(doc.text)
            if office.body is None or (office.person, office.body, title.lower()) in seen:
                continue
            seen.add((office.person, office.body, title.lower()))
            yield Relation(
                type="holdsPosition",
                subject=office.person,
                object=office.body,
                status=office.status,
                evidence=syntax.sentence_span(syntax.at(office.title.start)),
                title=title,
                former=office.former,
                score=0.95,
                by=self.name,
            )
        # A lawmaker "of the Green Alliance" is a member of it, a director of it holds an office.
        held = {
            (office.person, office.body)
            for office in doc.offices
            if office.title.of(doc.text).lower().split()[-1] not in words("offices", "seated")
        }
        for relation in self._members(doc, Arguments(doc), syntax):
            if (relation.subject, relation.object) not in held:
                yield relation

    def _members(self, doc: Document, arguments: Arguments, syntax: Syntax) -> Iterator[Relation]:
        """Read "officials in the administration, including JD Vance" and "Shapiro of the NSC"."""
        for index, token in enumerate(doc.tokens):
            if token.dep != "prep" or token.head == index:
                continue
            if token.lemma in ("include", "including"):
                nouns = [i for n in syntax.all(index, "pobj") for i in syntax.conjuncts(n)]
                prepositions = [
                    prep
                    for prep in syntax.all(token.head, "prep")
                    if doc.tokens[prep].lemma in ("of", "in", "from")
                ]
            elif token.lemma == "of" and doc.tokens[token.head].pos == "PROPN":
                # "A and B of the council": whom the phrase stands behind, wherever it hangs
                named = syntax.conjuncts(token.head)
                nouns, prepositions = [max(i for i in named if i < index)], [index]
            else:
                continue
            members = [e for i in nouns for e in arguments.of(i)]
            bodies = [
                e for p in prepositions for n in syntax.all(p, "pobj") for e in arguments.of(n)
            ]
            for member, body in product(members, bodies):
                if (arguments.type_of(member), arguments.type_of(body)) == _MEMBERSHIP:
                    yield Relation(
                        type="memberOf",
                        subject=member,
                        object=body,
                        status="actual",
                        evidence=syntax.sentence_span(index),
                        score=0.8,
                        by=self.name,
                    )
