"""Titles said by a verb: "Pompeo, who is the secretary of state", "served as ambassador"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.status import StatusReader
from kg.cues import words
from kg.model import Document, Office
from kg.syntax import Syntax

_BEING = frozenset({"be", "become", "remain"})
_SERVING = frozenset({"serve", "work", "act", "continue", "succeed", "replace", "return", "resign"})
_MAKING = frozenset({
    "appoint", "name", "elect", "make", "nominate", "choose", "select", "reappoint", "reelect",
    "swear", "inaugurate", "install", "confirm", "crown", "designate", "pick", "tap", "hire",
})  # fmt: skip
_RELATIVE = frozenset({"who", "which", "that"})


def predicated(doc: Document, syntax: Syntax) -> Iterator[Office]:
    """Yield the offices that a verb gives a person named beside it.

    Parameters
    ----------
    doc
        With tokens and entities.
    syntax
        Its dependency tree.
    """
    reader = _PredicateReader(doc, syntax)
    for index in range(len(doc.tokens)):
        yield from reader.at(index)


class _PredicateReader:
    def __init__(self, doc: Document, syntax: Syntax) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, syntax
        self.status = StatusReader(syntax, doc.times, doc.date)
        self.owner = syntax.owners(doc.entities)

    def at(self, index: int) -> Iterator[Office]:
        """Yield the office that the title headed at this token is said to be."""
        token = self.tokens[index]
        if index in self.owner or token.tag not in ("NN", "NNP"):
            return
        if token.lemma not in words("offices", "heads"):
            return
        verb, people = self._predicate(index)
        if verb is None:
            return
        span = self.syntax.premodified(index)
        first = self.syntax.at(span.start)
        while first < index and (first in self.owner or self.tokens[first].dep in ("poss", "case")):
            first += 1
        while first < index and self._is_aside(first):
            first += 1
        body = self._body(index)
        title = self.syntax.span(first, self._end(index))
        past = self.tokens[verb].tag in ("VBD", "VBN") and self.tokens[verb].lemma in (
            _BEING | _SERVING
        ) - {"become", "succeed", "replace"}
        status = self.status.of(verb)
        if status in ("possible", "negated"):
            return
        for person in people:
            yield Office(person, title, body, former=past and status == "actual", status=status)

    def _predicate(self, index: int) -> tuple[int | None, list[str]]:
        """Return the verb that gives the title, and who gets it."""
        token = self.tokens[index]
        head = token.head
        if token.dep == "attr" and self.tokens[head].lemma in _BEING:
            return head, self._people(head, "nsubj")
        if token.dep == "nsubj" and self.tokens[head].lemma in _BEING:
            return head, self._named_as(head)  # "the foreign minister is Anna Novak"
        if token.dep in ("oprd", "attr") and self.tokens[head].lemma in _MAKING:
            return head, self._people(head, "dobj", "nsubjpass")
        if token.dep == "dobj" and self.tokens[head].lemma in _MAKING:
            # "appointed Ola Berg ambassador": parsers read name and title as one noun
            named = {
                self.owner[i].id for i in self.syntax.all(index, "compound") if self._is_person(i)
            }
            return head, sorted(named) if self.syntax.child(index, "det", "poss") is None else []
        if token.dep == "pobj" and self.tokens[head].lemma == "as":
            verb = self.tokens[head].head
            if self.tokens[verb].dep == "pobj":
                verb = self.tokens[self.tokens[verb].head].head  # "for a term as president"
            if self.tokens[verb].lemma in _SERVING:
                return verb, self._people(verb, "nsubj")
            if self.tokens[verb].lemma in _MAKING:
                return verb, self._people(verb, "dobj", "nsubjpass")
        return None, []

    def _named_as(self, verb: int) -> list[str]:
        """Return who is named behind a form of "be", a title before the name left out."""
        for attribute in self.syntax.all(verb, "attr"):
            for index in range(attribute, min(attribute + 3, len(self.tokens))):
                if self._is_person(index):
                    return [self.owner[index].id]
                if self.tokens[index].lemma not in words("offices", "heads"):
                    break
        return []

    def _people(self, verb: int, *deps: str) -> list[str]:
        found = []
        for child in self.syntax.all(verb, *deps):
            relative = self.tokens[child].lemma in _RELATIVE and self.tokens[verb].dep == "relcl"
            for index in self.syntax.conjuncts(self.tokens[verb].head if relative else child):
                if self._is_person(index):
                    found.append(self.owner[index].id)
        return found

    def _is_person(self, index: int) -> bool:
        return index in self.owner and self.owner[index].type == "Person"

    def _body(self, index: int) -> str | None:
        """Return the body named in the phrase, before the title or behind it."""
        owner = self.syntax.child(index, "poss")
        if owner is not None and self.tokens[owner].lemma == "whose":
            relative = next(
                (v for v in self.syntax.ancestors(index) if self.tokens[v].dep == "relcl"), None
            )
            entity = self.owner.get(self.tokens[relative].head) if relative is not None else None
            if entity is not None and entity.type in ("Country", "Organization"):
                return entity.id
        for i in self.syntax.companions(index, "of", "at", "in"):
            entity = self.owner.get(i)
            if entity is not None and entity.type in ("Country", "Organization"):
                return entity.id
        return None

    def _end(self, index: int) -> int:
        """Take "of State" and "to the United Nations" into the title, but not the body."""
        if [t.text for t in self.tokens[index + 1 : index + 4 : 2]] == ["-", "-"]:
            return index + 4  # "commander-in-chief"
        for prep in self.syntax.all(index, "prep"):
            if prep != index + 1 or self.tokens[prep].lemma not in ("of", "for", "to"):
                continue
            last = self.syntax.edges(prep)[1]
            inside = range(prep + 1, last + 1)
            named = any(i in self.owner for i in inside)
            if len(inside) <= 4 and (not named or self.tokens[prep].lemma in ("to", "for")):
                return last
        return index

    def _is_aside(self, index: int) -> bool:
        low = self.tokens[index].text.lower()
        return low in words("offices", "neutral") | words("offices", "former")
