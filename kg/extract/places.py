"""Places inside places, as the text puts them: "Minsk, Belarus", "the Ugandan capital, Kampala"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg.data import lists, table
from kg.model import Document, Entity, Relation, Token
from kg.syntax import Syntax

_BEFORE_NAME = ("DET", "ADJ")
_BETWEEN = ("ADJ", "NOUN", "NUM")
_Starts = dict[int, tuple[int, Entity]]
_Ends = dict[int, Entity]


@dataclass(frozen=True)
class Places:
    """locatedIn by apposition and by "in": only where the text says so."""

    name: ClassVar[str] = "places"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")

    def warm_up(self) -> None:
        """Load the table of places."""
        _countries_by_name()

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield one locatedIn for each place and what it is said to lie in."""
        syntax = Syntax.of(doc.tokens)
        starts = syntax.openings(doc.entities)
        ends = dict(starts.values())
        seen: set[tuple[str, str]] = set()
        for first in sorted(starts):
            last, entity = starts[first]
            if entity.type != "Place":
                continue
            for other in (
                self._after(doc, entity, last, starts),
                self._before(doc, first, ends),
                self._listed(syntax, first, last, ends),
                self._owned(doc, entity, first, last, ends),
                *(self._spread(syntax, last, starts) if not countries_of(entity) else ()),
            ):
                if other is None or other.id == entity.id or (entity.id, other.id) in seen:
                    continue
                seen.add((entity.id, other.id))
                yield Relation(
                    type="locatedIn",
                    subject=entity.id,
                    object=other.id,
                    status="actual",
                    evidence=syntax.sentence_span(first),
                    score=0.9,
                    by=self.name,
                )

    def _spread(self, syntax: Syntax, last: int, starts: _Starts) -> Iterator[Entity]:
        """Read "the lake in Chad, Niger and Nigeria": it lies in all of them, as no town does."""
        if last + 1 >= len(syntax.tokens) or syntax.tokens[last + 1].text != "in":
            return
        at = last + 2
        while at in starts and starts[at][1].type == "Country":
            yield starts[at][1]
            at = starts[at][0] + 1
            while at < len(syntax.tokens) and syntax.tokens[at].text in (",", "and", "the"):
                at += 1
            if at in starts and last + 1 not in syntax.ancestors(at):
                return  # the subject of the next clause

    def _after(self, doc: Document, place: Entity, last: int, starts: _Starts) -> Entity | None:
        """Read "Minsk, Belarus" and "Mosul, in northern Iraq"."""
        at = last + 1
        if at >= len(doc.tokens):
            return None
        text = [token.text.lower() for token in doc.tokens[at : at + 5]]
        if text[:1] == [","]:
            at += 1
            text = text[1:]
            direct = at in starts
            known = direct and country_of(place) == starts[at][1].iso3 is not None
            if direct and (known or self._closes(doc, starts[at][0])):
                return _container(starts[at][1])
        comma = doc.tokens[last + 1].text == ","
        named = not comma and len(text) > 1 and doc.tokens[at].lemma in _kinds()
        if named:  # "the Panjshir valley in Afghanistan"
            at, text = at + 1, text[1:]
        if text[:1] in (["in"], ["of"]):
            before = last + 1 if named else last
            own = doc.tokens[at].head == before and doc.tokens[at].dep == "prep"
            at += 1
            while at not in starts and at < len(doc.tokens) and self._leads_in(doc, at):
                at += 1
            if named and text[0] == "of" and at in starts and starts[at][1].type != "Country":
                return None  # "the Brittany town of X": the other way round
            if at in starts and (comma or own):
                return _container(starts[at][1])
        return None

    def _closes(self, doc: Document, last: int) -> bool:
        """Tell whether a comma or the end follows, so that a list of places is not a chain."""
        after = doc.tokens[last + 1] if last + 1 < len(doc.tokens) else None
        if after is None or after.pos == "SPACE" or after.text in (".", ";", ")", "—", '"'):
            return True
        return after.text == "," and not any(
            token.dep in ("cc", "conj") and token.head in range(last - 3, last + 1)
            for token in doc.tokens[last + 1 : last + 6]
        )

    def _leads_in(self, doc: Document, at: int) -> bool:
        """Tell the words before a name: "the southern", "the state of"."""
        token = doc.tokens[at]
        if token.lemma in _kinds():
            return doc.tokens[at + 1 : at + 2] != () and doc.tokens[at + 1].lemma == "of"
        return token.pos in _BEFORE_NAME or (
            token.lemma == "of" and doc.tokens[at - 1].lemma in _kinds()
        )

    def _before(self, doc: Document, first: int, ends: _Ends) -> Entity | None:
        """Read "the Ugandan capital, Kampala" and "the eastern Congo city of Goma"."""
        at = first - 1
        while at >= 0 and doc.tokens[at].text.lower() in (",", "of"):
            at -= 1
        if at < 0 or doc.tokens[at].lemma not in _kinds():
            return None
        return self._up_to(doc.tokens, at, ends)

    def _up_to(self, tokens: Sequence[Token], at: int, ends: _Ends) -> Entity | None:
        """Return the name that ends before a noun, with nothing but adjectives between."""
        for index in range(at - 1, max(-1, at - 5), -1):
            if index in ends:
                return _container(ends[index])
            possessive = tokens[index].tag == "POS" and index - 1 in ends
            if not possessive and tokens[index].pos not in _BETWEEN:
                return None
        return None

    def _listed(self, syntax: Syntax, first: int, last: int, ends: _Ends) -> Entity | None:
        """Read "the Nigerian states of A, B and C": the second and third lie there too."""
        head = syntax.root_of(syntax.span(first, last))
        lead = syntax.first_conjunct(head)
        tokens = syntax.tokens
        if lead == head or tokens[lead].dep != "pobj" or tokens[tokens[lead].head].lemma != "of":
            return None
        kind = tokens[tokens[lead].head].head
        if tokens[kind].lemma not in _kinds() or tokens[kind].tag != "NNS":
            return None
        return self._up_to(syntax.tokens, kind, ends)

    def _owned(
        self, doc: Document, place: Entity, first: int, last: int, ends: _Ends
    ) -> Entity | None:
        """Read "Kenya's Rift Valley", not "Russia's Berlin embassy"."""
        at = first - 1
        while at > 0 and doc.tokens[at].pos == "ADJ":
            at -= 1
        if at < 1 or doc.tokens[at].tag != "POS":
            return None
        head = doc.tokens[last].head
        modifies = doc.tokens[last].dep in ("compound", "nmod", "amod", "poss") and head > last
        if modifies and doc.tokens[head].lemma not in _kinds():
            return None
        owner = ends.get(at - 1)
        if owner is None or _container(owner) is None:
            return None
        known = _countries_by_name().get(place.name, frozenset())
        return owner if not (known and owner.iso3) or owner.iso3 in known else None


def _kinds() -> frozenset[str]:
    return lists("standing")["place"]["kinds"]


def countries_of(place: Entity) -> frozenset[str]:
    """Return the ISO codes of the countries that have a place of this name."""
    return _countries_by_name().get(place.name, frozenset())


def country_of(place: Entity) -> str | None:
    """Return the ISO code of the one country that has a place of this name, if only one has."""
    countries = countries_of(place)
    return next(iter(countries)) if len(countries) == 1 else None


@cache
def _countries_by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("places"):
        for name in (row.name, *row.aliases):
            found.setdefault(name, set()).add(row.country)
    return {name: frozenset(countries) for name, countries in found.items()}


def _container(entity: Entity) -> Entity | None:
    return entity if entity.type in ("Country", "Place") else None
