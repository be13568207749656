"""Bodies without a name that someone leads: "Anna Keller, the relief agency's director"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import words
from kg.model import Document, Entity, Mention, Office, Span
from kg.syntax import Syntax


def with_unnamed_bodies(doc: Document) -> Document:
    """Return the document with bodies that are only described, where a title names their head.

    Parameters
    ----------
    doc
        With tokens, entities and offices.
    """
    found = list(_Reader(doc).read())
    if not found:
        return doc
    bodies: dict[str, list[Mention]] = {}
    for _, _, _, span in found:
        bodies.setdefault(span.of(doc.text), []).append(Mention(span, "nominal"))
    ids = dict(zip(bodies, doc.fresh_ids(len(bodies)), strict=True))
    entities = tuple(
        Entity(ids[name], "Organization", name, tuple(dict.fromkeys(mentions)))
        for name, mentions in bodies.items()
    )
    offices = {
        (person, title.start): Office(person, title, ids[span.of(doc.text)], former=former)
        for person, title, former, span in found
    }
    # What had a title but no body has one now.
    kept = tuple(o for o in doc.offices if (o.person, o.title.start) not in offices)
    return doc.but(entities=doc.entities + entities, offices=(*kept, *offices.values()))


class _Reader:
    """Finds the titles of one document that are held in a body without a name."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax(doc.tokens)
        self.owner = self.syntax.owners(doc.entities)

    def read(self) -> Iterator[tuple[str, Span, bool, Span]]:
        """Yield person, title, whether it is a former one, and the words for the body."""
        for index, token in enumerate(self.tokens):
            if token.tag != "NN" or token.lemma not in words("offices", "heads"):
                continue
            body = self._body(index)
            person = self._person(index) if body is not None else None
            if body is not None and person is not None:
                before = self.tokens[max(0, self.syntax.edges(index)[0] - 1) : index]
                former = any(t.lemma in words("offices", "former") for t in before)
                yield person, self._title(index), former, self._phrase(body)

    def _body(self, title: int) -> int | None:
        nouns = self.syntax.all(title, "poss")
        for prep in self.syntax.all(title, "prep"):
            if self.tokens[prep].lemma == "of":
                nouns += self.syntax.all(prep, "pobj")
        for noun in nouns:
            known = noun in self.owner or self.tokens[noun].tag != "NN"
            is_body = self.tokens[noun].lemma in words("descriptions", "alliance")
            if is_body and not known and self.syntax.is_definite(noun):
                return noun
        return None

    def _person(self, title: int) -> str | None:
        """Return whose title it is: the name before it or behind it."""
        near = [self.tokens[title].head] if self.tokens[title].dep == "appos" else []
        for index in (*near, *self.syntax.all(title, "appos")):
            entity = self.owner.get(index)
            if entity is not None and entity.type == "Person":
                return entity.id
        return None

    def _title(self, index: int) -> Span:
        modifiers = [
            child for child in self.syntax.all(index, "amod", "compound") if child not in self.owner
        ]
        return self.syntax.span(min([*modifiers, index]), index)

    def _phrase(self, noun: int) -> Span:
        return self.syntax.premodified(noun)
