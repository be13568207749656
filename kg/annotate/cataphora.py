"""Who is named only later: "Two officials flew in ... Anna Keller and Omar Haddad met ..."."""

from __future__ import annotations

from collections.abc import Mapping, Set

from kg.cues import words
from kg.model import Entity, Office
from kg.syntax import Syntax

_AHEAD = 2  # sentences in which the name has to follow
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FEW = range(2, 6)


class Cataphora:
    """Finds the people whom a lead describes before the text names them.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    owner
        The actors by token.
    offices
        The offices of the document.
    """

    def __init__(
        self, syntax: Syntax, owner: Mapping[int, Entity], offices: tuple[Office, ...]
    ) -> None:
        self.syntax, self.tokens, self.owner = syntax, syntax.tokens, owner
        self.first: dict[str, int] = {}
        for index in sorted(owner):
            self.first.setdefault(owner[index].id, index)
        self.offices: dict[str, list[Office]] = {}
        for office in offices:
            if not office.former:
                self.offices.setdefault(office.person, []).append(office)

    def holder(self, index: int, title: Set[str], body: str | None) -> str | None:
        """Return who "a Chilean senator" turns out to be: the next to bear that title, if one."""
        determiner = self.syntax.child(index, "det")
        if determiner is None or self.tokens[determiner].lemma not in ("a", "an"):
            return None
        found = [
            person
            for person in self._new_people(index)
            if any(self._fits(office, title, body) for office in self.offices.get(person, ()))
        ]
        return found[0] if len(found) == 1 else None

    def _fits(self, office: Office, title: Set[str], body: str | None) -> bool:
        lemmas = {self.tokens[i].lemma.lower() for i in self.syntax.within(office.title)}
        return title <= lemmas and (body is None or office.body in (None, body))

    def members(self, index: int, body: str | None) -> list[str]:
        """Return who "two Chilean officials" turn out to be: as many names as are counted."""
        number = self._count(index)
        if number is None:
            return []
        lemma = self.tokens[index].lemma
        title = frozenset({lemma}) - words("descriptions", "broad")
        new = set(self._new_people(index))
        for at in sorted(self.owner):
            if self.owner[at].id not in new or self.tokens[at].dep not in _SUBJECTS:
                continue
            people = list(
                dict.fromkeys(
                    self.owner[i].id for i in self.syntax.conjuncts(at) if i in self.owner
                )
            )
            if len(people) == number and set(people) <= new and self._agree(people, title, body):
                return people
        return []

    def _agree(self, people: list[str], title: Set[str], body: str | None) -> bool:
        """Tell whether the offices of those named are what the description says."""
        fit = [
            any(self._fits(office, title, None) for office in self.offices.get(person, ()))
            for person in people
        ]
        if body is None or title:
            return all(fit)
        bodies = {office.body for person in people for office in self.offices.get(person, ())}
        return any(fit) and bodies <= {None, body}

    def _count(self, index: int) -> int | None:
        """Return how many are spoken of, where none of them has been spoken of before."""
        if self.tokens[index].lemma not in words("descriptions", "pair"):
            return None
        if self.tokens[index].tag != "NNS" or self.syntax.is_definite(index):
            return None
        number = self.syntax.count(index)
        return number if number in _FEW else None

    def _new_people(self, index: int) -> list[str]:
        """Return the people whom this sentence or the next ones name for the first time."""
        last = self.tokens[index].sentence + _AHEAD
        return [
            entity
            for entity, first in self.first.items()
            if first > index
            and self.tokens[first].sentence <= last
            and self.owner[first].type == "Person"
        ]
