"""What the prepositions of a verb or noun tie to it: "spoke by telephone with", "out of"."""

from __future__ import annotations

from kg.cues import groups_of_words, words
from kg.syntax import Syntax

Slots = dict[str, list[int]]

RELATIVE = frozenset({"who", "which", "that", "whom"})
_PREPOSITIONS = ("prep", "agent", "dative")
_AT_PHASE = ("on", "at", "in", "during")


class Prepositions:
    """Reads the prepositional phrases of one document.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax, self.tokens = syntax, syntax.tokens

    def add(self, index: int, slots: Slots, skip: str = "") -> None:
        """Add what the prepositions of a word tie to it, by preposition."""
        for child in self.syntax.all(index, *_PREPOSITIONS):
            if self.tokens[child].dep == skip or self.tokens[child].pos not in (
                "ADP",
                "SCONJ",
                "VERB",
                "ADV",
                "PART",
            ):
                continue
            self.add_objects(child, slots)
            for other in self.syntax.all(child, "conj"):
                self.add_objects(other, slots)

    def add_objects(self, prep: int, slots: Slots) -> None:
        """Add what one preposition ties, and what a second one after it does ("out of")."""
        name = self.tokens[prep].text.lower()
        if not name.isalpha():
            return
        name = groups_of_words("prepositions").get(name, name)
        for noun in self.syntax.all(prep, "pobj"):
            slots.setdefault(name, []).extend(self._antecedent(noun) or self.syntax.conjuncts(noun))
            if self.tokens[noun].lemma in words("support", "transparent"):
                self.add(noun, slots)
            if name in _AT_PHASE and self.tokens[noun].lemma in words("event_parts", "phases"):
                # "on the final day of the summit", "on the sidelines of the talks"
                for of in self.syntax.all(noun, "prep"):
                    if self.tokens[of].lemma == "of":
                        slots.setdefault("at", []).extend(
                            i for n in self.syntax.all(of, "pobj") for i in self.syntax.conjuncts(n)
                        )
        for deeper in self.syntax.all(prep, "prep"):
            self.add_objects(deeper, slots)

    def _antecedent(self, pronoun: int) -> list[int]:
        """Return what the relative pronoun of "with whom X spoke" or "at which" stands for."""
        if self.tokens[pronoun].lemma not in RELATIVE:
            return []
        for verb in self.syntax.ancestors(pronoun):
            if self.tokens[verb].dep == "relcl":
                return [self.tokens[verb].head]
        return []
