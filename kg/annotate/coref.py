"""Pronouns -> the entities they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg.annotate.mentions import with_mentions
from kg.cues import groups_of_words, words
from kg.data import table
from kg.model import Document, Entity, Mention
from kg.syntax import Syntax

_SENTENCES_BACK = 3
_NAME = 5  # words behind a noun in which the name it stands for ends
_ACTORS = ("Person", "Country", "Organization", "Group")
_SUBJECTS = ("nsubj", "nsubjpass")
_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_COPULAS = ("be", "seem", "appear", "become")
_THIRD_PERSON = ("male", "female", "plural", "neuter")


@dataclass(frozen=True)
class Coref:
    """Third-person pronouns as mentions of the most salient entity that agrees with them.

    Candidates are looked for as in Hobbs' search: the subjects of the governing clauses first,
    then the sentence from left to right, then the sentences before. An argument of the same verb
    is never the antecedent of a plain pronoun.

    References
    ----------
    J. R. Hobbs, "Resolving pronoun references", Lingua 44 (1978), doi:10.1016/0024-3841(78)90006-2.
    """

    name: ClassVar[str] = "coref"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "offices")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Load the table of given names."""
        table("given_names")

    def __call__(self, doc: Document) -> Document:
        """Return the document with pronoun mentions added."""
        return with_mentions(doc, _PronounReader(doc).read())


class _PronounReader:
    """Resolves the pronouns of one document from left to right."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        self.genders = {entity.id: _gender(entity, doc) for entity in doc.entities}
        self.verbs: dict[int, int] = {}
        self.heads: dict[int, Entity] = {}
        for entity in doc.entities:
            for mention in entity.mentions:
                if mention.kind != "pronoun" and len(self.syntax.within(mention.span)):
                    self.heads.setdefault(self.syntax.root_of(mention.span), entity)
        self.in_sentence: dict[int, list[int]] = {}
        for index in sorted(self.heads):
            self.in_sentence.setdefault(self.tokens[index].sentence, []).append(index)

    def read(self) -> dict[str, list[Mention]]:
        added: dict[str, list[Mention]] = {}
        for index, token in enumerate(self.tokens):
            if token.pos not in ("PRON", "DET") or index in self.heads:
                continue
            entities = self._antecedents(index)
            for entity in entities:
                added.setdefault(entity.id, []).append(Mention(token.span, "pronoun"))
            if len(entities) == 1:
                self.heads[index] = entities[0]
                here = self.in_sentence.setdefault(token.sentence, [])
                here.append(index)
                here.sort()
        return added

    def _antecedents(self, index: int) -> list[Entity]:
        """Return what a pronoun stands for: one entity, or for "they" those named side by side."""
        number = groups_of_words("person_words").get(self.tokens[index].text.lower())
        if number not in _THIRD_PERSON or self._is_empty(index):
            return []
        if number == "plural":
            return self._several(index)
        one = self._ahead(index, number) or self._antecedent(index, number)
        return [one] if one else []

    def _several(self, index: int) -> list[Entity]:
        """Return the nearest that is plural: a group, a body, or "Anna Novak and Ola Berg"."""
        for candidate in self._candidates(index):
            if self._is_coargument(index, candidate):
                continue
            together = self.syntax.conjuncts(self.syntax.first_conjunct(candidate))
            named = [self._named_at(i) for i in together]
            members = [one for one in named if one is not None and one.type in _ACTORS]
            if len(members) > 1:
                return list({member.id: member for member in members}.values())
            if self._agrees(self.heads[candidate], "plural"):
                return [self.heads[candidate]]
        return []

    def _named_at(self, index: int) -> Entity | None:
        """Return whom a noun names, itself or right behind: "her counterpart, Ola Berg"."""
        last = min(index + _NAME, len(self.tokens) - 1)
        while index < last and index not in self.heads:
            index += 1
            if self.tokens[index].pos != "PROPN" and self.tokens[index].text != ",":
                break
        return self.heads.get(index)

    def _antecedent(self, index: int, number: str) -> Entity | None:
        near = self._possible(index)
        for candidate in near:
            if self._agrees(self.heads[candidate], number):
                return self.heads[candidate]
        here = [i for i in near if self.tokens[i].sentence == self.tokens[index].sentence]
        return self._only_person(here) if number in ("male", "female") else None

    def _possible(self, index: int) -> list[int]:
        """Return the candidates but for who does it to him: "Abe said he met him"."""
        candidates = list(self._candidates(index))
        beside = {i for i in candidates if self._is_coargument(index, i)}
        others = {self.heads[i].id for i in beside if self.tokens[i].dep in _SUBJECTS}
        return [i for i in candidates if i not in beside and self.heads[i].id not in others]

    def _ahead(self, index: int, number: str) -> Entity | None:
        """Return the subject named behind a clause that is put first: "Before he left, Abe said".

        Not where the main clause has the pronoun again ("When he arrived, Abe greeted him"): it
        then means somebody named before.
        """
        for verb in self.syntax.ancestors(index):
            subject = self.syntax.child(verb, "nsubj", "nsubjpass")
            if self.tokens[verb].pos != "VERB" or subject is None or subject < index:
                continue
            if any(self.tokens[i].text in _QUOTES for i in range(index, subject)):
                continue  # who is quoted says "I"
            again = {self.tokens[i].lemma for i in range(subject, self.syntax.edges(verb)[1] + 1)}
            own = {self.tokens[index].lemma} & again
            if subject in self.heads and not own and self._agrees(self.heads[subject], number):
                return self.heads[subject]
        return None

    def _only_person(self, near: list[int]) -> Entity | None:
        """Return the one person of a sentence: a given name alone is no proof of "he" or "she"."""
        people = {self.heads[i].id: self.heads[i] for i in near if self.heads[i].type == "Person"}
        if len(people) != 1:
            return None
        (person,) = people.values()
        return None if _address(person, self.doc) else person

    def _candidates(self, index: int) -> Iterator[int]:
        """Yield heads of earlier mentions, the likeliest antecedent first."""
        sentence = self.tokens[index].sentence
        before = [i for i in self.in_sentence.get(sentence, []) if i < index]
        governors = list(self.syntax.ancestors(index))
        above = [
            child
            for governor in governors
            for child in self.syntax.children[governor]
            if child in self.heads and self.tokens[child].dep in _SUBJECTS and child < index
        ]
        yield from above
        yield from (i for i in before if self.tokens[i].dep in _SUBJECTS and i not in above)
        yield from (i for i in reversed(before) if self.tokens[i].dep not in _SUBJECTS)
        for back in range(1, _SENTENCES_BACK + 1):
            earlier = self.in_sentence.get(sentence - back, [])
            main = [i for i in earlier if self.tokens[i].dep in _SUBJECTS]
            yield from sorted(main, key=self._depth)
            yield from (i for i in earlier if i not in main)

    def _depth(self, index: int) -> int:
        return sum(1 for _ in self.syntax.ancestors(index))

    def _agrees(self, entity: Entity, number: str) -> bool:
        if number in ("male", "female"):
            return entity.type == "Person" and self.genders[entity.id] in (number, None)
        if number == "neuter":
            return entity.type in ("Country", "Organization")
        return entity.type in ("Group", "Organization")

    def _is_coargument(self, index: int, candidate: int) -> bool:
        """Tell whether both are arguments of one verb; a possessive may mean its own subject."""
        if self.tokens[index].dep == "poss":
            return index in self.syntax.children[candidate]
        own, *above = self._controlling_verbs(index)
        verb = self._verb(candidate)
        is_subject = self.tokens[self.syntax.first_conjunct(candidate)].dep in _SUBJECTS
        if verb == own or (is_subject and verb in self._lenders(own)):
            return True
        # "called Abe to congratulate him": who congratulates is the caller, so he may be Abe.
        lends_object = self.syntax.child(verb, "dobj") is not None and (
            self.tokens[verb].lemma not in words("speech", "verbs")
        )
        return verb in above and is_subject != lends_object

    def _lenders(self, verb: int) -> Iterator[int]:
        """Yield the verbs whose subject is also that of this one: "he called and advised him"."""
        while self.tokens[verb].dep == "conj" and self.syntax.child(verb, *_SUBJECTS) is None:
            verb = self.tokens[verb].head
            yield verb

    def _verb(self, index: int) -> int:
        if index not in self.verbs:  # asked for each candidate of each pronoun
            first = self.syntax.first_conjunct(index)
            above = (g for g in self.syntax.ancestors(first) if self._is_verb(g))
            self.verbs[index] = next(above, first)
        return self.verbs[index]

    def _is_verb(self, index: int) -> bool:
        return self.tokens[index].pos in ("VERB", "AUX")

    def _controlling_verbs(self, index: int) -> list[int]:
        """Return the verb of a pronoun and those that lend it their subject ("agreed to brief")."""
        verbs = [self._verb(index)]
        while self.tokens[verbs[-1]].dep == "xcomp":
            verbs.append(self._verb(verbs[-1]))
        return verbs

    def _is_empty(self, index: int) -> bool:
        """Tell the "it" of "it is clear that" from one that stands for something."""
        token = self.tokens[index]
        if token.dep == "expl":
            return True
        if token.lemma != "it" or token.dep not in _SUBJECTS:
            return False
        complement = self.syntax.child(token.head, "ccomp", "acomp", "csubj", "attr")
        return complement is not None and self.tokens[token.head].lemma in _COPULAS


def _gender(entity: Entity, doc: Document) -> str | None:
    """Return "male" or "female" by form of address, gendered title or given name, else None."""
    if entity.type != "Person":
        return None
    given = _given_names()
    names = [m.span.of(doc.text).split() for m in entity.mentions if m.kind == "name"]
    by_name = next((given[name[0]] for name in names if len(name) > 1 and name[0] in given), None)
    return _address(entity, doc) or by_name


def _address(entity: Entity, doc: Document) -> str | None:
    """Return the gender that a form of address or a title tells: "Sir", "Mrs", "Queen"."""
    for mention in entity.mentions:
        before = doc.text[max(0, mention.span.start - 12) : mention.span.start].lower().split()
        own = mention.span.of(doc.text).lower().split()
        nearby = {word.strip(".") for word in before[-1:] + own[:1]}
        for gender in ("male", "female"):
            if nearby & words("address", gender):
                return gender
    return None


@cache
def _given_names() -> dict[str, str]:
    long = {"m": "male", "f": "female"}
    return {row.name: long[row.gender] for row in table("given_names") if row.gender in long}
