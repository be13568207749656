"""Who is left out: "everyone except Peru", "nobody but Malta", "apart from Chile, all states"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Status
from kg.syntax import NOMINAL, Syntax

_EXCEPT = frozenset({"except", "save", "bar", "barring", "excluding", "but"})
_EVERYBODY = frozenset({"everyone", "everybody", "all", "each"})
_NOBODY = frozenset({"nobody", "none", "no-one"})
_UNDONE: dict[Status, Status] = {"actual": "negated", "planned": "negated"}


class Exceptions:
    """Reads exceptions from the arguments of the verbs of one document.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax, self.tokens = syntax, syntax.tokens

    def of(self, verb: int, members: Iterable[int]) -> list[int]:
        """Return who is excepted from those who fill a slot of a verb.

        Parameters
        ----------
        verb
            The verb.
        members
            The tokens in the slot.
        """
        found: list[int] = []
        for member in members:
            if self._is_many(member):
                found += self._behind(member)
                found += self._behind(verb)
                for noun in self.syntax.all(verb, "dobj"):
                    found += self._behind(noun)
            found += [member] if self._is_barred(member) else []
        return list(dict.fromkeys(found))

    def status(self, members: Iterable[int], status: Status) -> Status | None:
        """Return what holds of the exception where ``status`` holds of all others."""
        if status == "negated" and any(self._is_nobody(member) for member in members):
            return "actual"
        return _UNDONE.get(status)

    def _behind(self, index: int) -> list[int]:
        """Return what "except" and the like tie to a word."""
        found = []
        for prep in self.syntax.all(index, "prep", "advmod"):
            nouns = self.syntax.all(prep, "pobj")
            if self.tokens[prep].lemma in ("apart", "aside"):
                found += self._of_preposition(prep, "from")
            elif self.tokens[prep].lemma in _EXCEPT:
                found += nouns
            elif self.tokens[prep].lemma == "with":
                for noun in nouns:
                    if self.tokens[noun].lemma == "exception":
                        found += self._of_preposition(noun, "of")
        if any(self.tokens[cc].lemma == "but" for cc in self.syntax.all(index, "cc")):
            found += [i for i in self.syntax.all(index, "conj") if self.tokens[i].pos in NOMINAL]
        return [member for noun in found for member in self.syntax.conjuncts(noun)]

    def _of_preposition(self, index: int, lemma: str) -> list[int]:
        return [
            noun
            for prep in self.syntax.all(index, "prep")
            if self.tokens[prep].lemma == lemma
            for noun in self.syntax.all(prep, "pobj")
        ]

    def _is_many(self, index: int) -> bool:
        token = self.tokens[index]
        if token.lemma in _EVERYBODY or token.tag == "NNS":
            return True
        return self._is_nobody(index) or self._has_determiner(index, ("all", "every", "each"))

    def _is_nobody(self, index: int) -> bool:
        return self.tokens[index].lemma in _NOBODY or self._has_determiner(index, ("no",))

    def _has_determiner(self, index: int, lemmas: tuple[str, ...]) -> bool:
        return any(
            self.tokens[child].lemma in lemmas
            for child in self.syntax.all(index, "det", "predet", "neg")
        )

    def _is_barred(self, index: int) -> bool:
        """Tell "every minister bar Novak", which parsers read as one long name."""
        first = self.syntax.edges(index)[0]
        for at in range(first, index):
            if self.tokens[at].lemma == "bar" and self.tokens[at].dep == "compound":
                before = {token.lemma for token in self.tokens[max(0, at - 3) : at]}
                return bool(before & (_EVERYBODY | {"every", "all"}))
        return False
