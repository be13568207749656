"""What stands beside a name and describes it: "the German weekly X", "X, a professor at Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.data import table
from kg.model import Document, Entity
from kg.syntax import Syntax

_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_QUOTES = frozenset("\"“”„'‘’«»")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_MODIFIERS = ("amod", "compound", "nmod", "poss")
_FORMER = frozenset({"former", "ex", "onetime", "ex-", "erstwhile"})
_NOT_BEYOND = frozenset({"VERB", "AUX", "PRON"})
_DESCRIBED = ("Person", "Organization", "Place")
_NEAR = 4  # words from a name to the noun it modifies
_LONGEST = 8  # words before a name


@dataclass(frozen=True, slots=True)
class Owner:
    """A name before a noun phrase: whose it is, and how it stands there.

    ``manner`` is "plain" ("German", "CDU"), "possessive" ("Germany's"), "name" where it is part
    of the name ("US Congress") or the word behind a hyphen ("based" in "Munich-based").
    """

    entity: Entity
    words: str
    manner: str


@dataclass(frozen=True, slots=True)
class Description:
    """One phrase about one named entity.

    ``nouns`` are the lemmas of the words that describe it, the head last: none where the owner
    stands right before the name. ``behind`` are the entities that prepositions tie to it.
    ``direct`` tells a phrase that ends in the name ("the daily X") and ``close`` also one that has
    the name inside it ("the X newspaper"), from one set beside it by a comma or "is".
    """

    entity: Entity
    at: int
    nouns: tuple[str, ...]
    owner: Owner | None
    behind: tuple[tuple[str, Entity], ...]
    direct: bool
    close: bool
    former: bool

    @property
    def head(self) -> str:
        """The noun that says what the entity is, or ""."""
        return self.nouns[-1] if self.nouns else ""


class Described:
    """Reads the descriptions of one document's names.

    Parameters
    ----------
    doc
        A document with tokens and entities.
    """

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        self.starts = self.syntax.openings(doc.entities)
        self.ends = {last: (first, entity) for first, (last, entity) in self.starts.items()}
        self.countries = {
            entity.iso3: entity for entity in doc.entities if entity.type == "Country"
        }
        self.inside = {
            index: entity
            for first, (last, entity) in self.starts.items()
            for index in range(first, last + 1)
        }
        self.extents = {
            index: (first, last)
            for first, (last, _) in self.starts.items()
            for index in range(first, last + 1)
        }
        self.people = {i for i, entity in self.inside.items() if entity.type == "Person"}

    def __iter__(self) -> Iterator[Description]:
        for first, (last, entity) in sorted(self.starts.items()):
            # "anti-Mafia investigators" are not about the Mafia's seat.
            if entity.type in _DESCRIBED and not (first and self._is_hyphen(first - 1)):
                yield from self._of(first, last, entity)

    def _is_hyphen(self, index: int) -> bool:
        """Tell the hyphen of "Munich-based" from a dash between two phrases."""
        token = self.tokens[index]
        return token.text == "-" and (
            index == 0 or self.tokens[index - 1].span.end == token.span.start
        )

    def named_states(self) -> dict[str, str]:
        """Return the country of each body whose name begins with it: "the Syrian army" -> Syria."""
        found: dict[str, str] = {}
        for first, (last, entity) in sorted(self.starts.items()):
            own = self._own_state(first, last, plain=True)
            if entity.type != "Organization" or own is None:
                continue
            if " ".join(own[1]) in state_bodies():
                found.setdefault(entity.id, own[0].entity.id)
        return found

    def _of(self, first: int, last: int, entity: Entity) -> Iterator[Description]:
        head = self.syntax.root_of(self.syntax.span(first, last))
        own = self._own_state(first, last)
        if own is not None:
            yield Description(
                entity, first, own[1], own[0], (), direct=True, close=True, former=False
            )
        noun = self._heads(head, last)
        if noun is None:
            yield self._phrase(entity, first, head, ())
        else:
            yield self._phrase(entity, first, noun, (self.tokens[noun].lemma.lower(),), close=True)
        for other in self._bodies_beside(head):
            own = self._own_state(*other, plain=True)
            if own is not None and entity.type == "Organization":
                yield Description(
                    entity, first, own[1], own[0], (), direct=False, close=False, former=False
                )
        for noun in self._nouns_beside(head, first):
            lemma = self.tokens[noun].lemma.lower()
            yield self._phrase(entity, noun, noun, (lemma,))

    def _own_state(
        self, first: int, last: int, *, plain: bool = False
    ) -> tuple[Owner, tuple[str, ...]] | None:
        """Return the country that a name begins with, and the rest of the name: "US Congress".

        "The Syrian government" has none: that it is Syria's need not be said.
        """
        for length in range(min(3, last - first), 0, -1):
            words = self.syntax.span(first, first + length - 1).of(self.doc.text)
            country = self.countries.get(country_codes().get(words.removesuffix("'s"), ""))
            if country is not None:
                rest = self.tokens[first + length : last + 1]
                if not plain and not rest[-1].text[:1].isupper():
                    return None
                nouns = tuple(t.text.lower() for t in rest if t.text not in _POSSESSIVE)
                return Owner(country, words, "name"), nouns
        return None

    def _heads(self, head: int, last: int) -> int | None:
        """Return the noun that a name stands before as "Bild" before "newspaper", if it does."""
        token = self.tokens[head]
        if token.dep in _MODIFIERS[:3] and last < token.head < last + _NEAR:
            return token.head
        return None

    def _phrase(
        self, entity: Entity, first: int, head: int, own: tuple[str, ...], *, close: bool = False
    ) -> Description:
        owner, words = self._before(first)
        behind = list(self._behind(head, through=bool(own) and not close))
        if not own:
            behind += self._right_behind(self.starts[first][0])
        return Description(
            entity=entity,
            at=first,
            nouns=(*words, *own),
            owner=owner,
            behind=tuple({(prep, other.id): (prep, other) for prep, other in behind}.values()),
            direct=not own,
            close=close or not own,
            former=bool(_FORMER.intersection(words)) or self._is_former(first),
        )

    def _is_former(self, first: int) -> bool:
        """Tell "the former CDU leader" and "an ex-KGB spy": the word stands before the owner."""
        low = [token.text.lower() for token in self.tokens[max(0, first - _LONGEST) : first]]
        while low and low[-1] not in (",", ".", "the", "a", "an", "and"):
            if low.pop() in _FORMER:
                return True
        return False

    def _before(self, first: int) -> tuple[Owner | None, tuple[str, ...]]:
        """Return the name that begins the phrase which ends before a token, and what follows it."""
        words: list[str] = []
        manner, at = "plain", first - 1
        while at >= max(0, first - _LONGEST) and self.tokens[at].sentence == self._sentence(first):
            token = self.tokens[at]
            if at in self.ends:
                start, entity = self.ends[at]
                return self._owner(start, at, entity, manner, words)
            if at in self.inside:
                break
            if token.text in _POSSESSIVE and at - 1 in self.ends:
                manner = "possessive"
            elif self._is_hyphen(at):
                if at - 1 in self.ends and words:
                    manner = words[0]
            elif token.pos in _INSIDE or token.tag in ("VBN", "VBG"):
                noun = token.pos in ("NOUN", "PROPN")
                words.insert(0, (token.lemma if noun else token.text).lower())
            elif token.text not in _QUOTES:
                break
            at -= 1
        return None, tuple(words)

    def _owner(
        self, start: int, last: int, entity: Entity, manner: str, words: list[str]
    ) -> tuple[Owner | None, tuple[str, ...]]:
        surface = self.syntax.span(start, last).of(self.doc.text)
        if start > 0 and self._is_hyphen(start - 1):
            return None, tuple(words)
        modifies = self.tokens[last].pos == "ADJ" or self.tokens[last].dep in _MODIFIERS
        if manner == "plain" and not words and not modifies:
            # "In Germany Angela Merkel said" and "X told Germany Y would go".
            return None, ()
        return Owner(entity, surface, manner), tuple(words)

    def _sentence(self, index: int) -> int:
        return self.tokens[index].sentence if index < len(self.tokens) else -1

    def _nouns_beside(self, head: int, first: int) -> Iterator[int]:
        """Yield the nouns in apposition to a name, or said to be what it is."""
        token = self.tokens[head]
        found = self.syntax.all(head, "appos")
        if token.dep == "appos" and self._precedes(token.head, first):
            found.append(token.head)
        if token.dep == "nsubj" and self._states(token.head):
            found += self.syntax.all(token.head, "attr")
        for noun in found:
            yield from (n for n in self.syntax.conjuncts(noun) if self._is_noun(n))

    def _bodies_beside(self, head: int) -> Iterator[tuple[int, int]]:
        """Yield the names in apposition to a name: "the German parliament, the Bundestag"."""
        token = self.tokens[head]
        found = self.syntax.all(head, "appos")
        for index in (*found, token.head) if token.dep == "appos" else found:
            if index in self.extents:
                yield self.extents[index]

    def _precedes(self, noun: int, first: int) -> bool:
        """Tell "the parliament, the X" from "Editor: X"."""
        between = self.tokens[noun + 1 : first]
        return self._is_noun(noun) and noun < first and all(token.text != ":" for token in between)

    def _is_noun(self, index: int) -> bool:
        return self.tokens[index].pos in ("NOUN", "PROPN") and index not in self.inside

    def _states(self, verb: int) -> bool:
        """Tell a plain "is" or "was" from "is not", "would be" and "if X is"."""
        if self.tokens[verb].lemma != "be" or self.tokens[verb].tag not in ("VBZ", "VBP", "VBD"):
            return False
        return not self.syntax.all(verb, "neg", "aux", "mark") and not any(
            self.tokens[child].text == "?" for child in self.syntax.children[verb]
        )

    def _behind(self, head: int, *, through: bool) -> Iterator[tuple[str, Entity]]:
        """Yield what prepositions tie to a noun, also "of" another: "head of sales at X"."""
        open_ = [head]
        while open_:
            index = open_.pop()
            for child in self.syntax.children[index]:
                token = self.tokens[child]
                if child < head or token.dep in ("appos", "conj", "cc"):
                    continue
                if token.dep == "prep" and token.pos not in _NOT_BEYOND:
                    for noun in self.syntax.all(child, "pobj"):
                        entity = self._named_at(noun)
                        if entity is not None:
                            yield token.lemma.lower(), entity
                        if through and token.lemma == "of" and noun not in self.people:
                            open_.append(noun)

    def _right_behind(self, last: int) -> Iterator[tuple[str, Entity]]:
        """Yield the place in "the Institute of X (IX) in Y", wherever the parser hangs the "in"."""
        at = last + 1
        if at + 2 < len(self.tokens) and self.tokens[at].text == "(":
            at += 3 if self.tokens[at + 2].text == ")" else 0
        if at + 1 < len(self.tokens) and self.tokens[at].text == "in":
            at += 1 + (self.tokens[at + 1].text == "the")
            if at in self.starts:
                yield "in", self.starts[at][1]

    def _named_at(self, noun: int) -> Entity | None:
        """Return the entity a noun is part of, or stands before: "the consultancy X"."""
        if noun in self.inside:
            return self.inside[noun]
        after = self.syntax.child(noun, "appos")
        return self.inside.get(after) if after is not None and after - noun <= _NEAR else None


@cache
def state_bodies() -> frozenset[str]:
    """Return the words that name a body of the state behind a country: "foreign ministry"."""
    kinds = ("government_body", "court", "central_bank", "military")
    return frozenset(row.words for row in table("bodies") if row.kind in kinds)


@cache
def country_codes() -> dict[str, str]:
    """Return the ISO code of a state by its names and adjectives, where only one has them."""
    found: dict[str, set[str]] = {}
    for row in table("countries"):
        for name in (row.name, *row.aliases, *row.demonyms) if row.state else ():
            found.setdefault(name, set()).add(row.iso3)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
