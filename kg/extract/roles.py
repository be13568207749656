"""Offices -> holdsPosition; names that stand with a body -> memberOf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.extract.arguments import Arguments
from kg.model import Document, Relation
from kg.syntax import Syntax


@dataclass(frozen=True)
class Roles:
    """Who holds which office, and who belongs to which body."""

    name: ClassVar[str] = "roles"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "offices")

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield one holdsPosition for each person, body and title."""
        syntax = Syntax(doc.tokens)
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
        held = {(office.person, office.body) for office in doc.offices}
        for relation in self._members(doc, Arguments(doc), syntax):
            if (relation.subject, relation.object) not in held:
                yield relation

    def _members(self, doc: Document, arguments: Arguments, syntax: Syntax) -> Iterator[Relation]:
        """Read "officials in the Trump administration, including JD Vance", "Shapiro of the NSC"."""
        for index, token in enumerate(doc.tokens):
            if token.dep != "prep" or token.head == index:
                continue
            bodies: list[str] = []
            if token.lemma in ("include", "including"):
                members = [e for n in syntax.all(index, "pobj") for i in syntax.conjuncts(n) for e in arguments.of(i)]
                for prep in syntax.all(token.head, "prep"):
                    if doc.tokens[prep].lemma in ("of", "in", "from"):
                        bodies += [e for n in syntax.all(prep, "pobj") for e in arguments.of(n)]
            elif token.lemma == "of" and doc.tokens[token.head].pos == "PROPN":
                members = arguments.of(token.head)
                bodies = [e for n in syntax.all(index, "pobj") for e in arguments.of(n)]
            else:
                continue
            for member in members:
                for body in bodies:
                    if arguments.type_of(member) == "Person" and arguments.type_of(body) == "Organization":
                        yield Relation(
                            type="memberOf",
                            subject=member,
                            object=body,
                            status="actual",
                            evidence=syntax.sentence_span(index),
                            score=0.8,
                            by=self.name,
                        )
