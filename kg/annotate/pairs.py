"""Two who are spoken of as a pair: "the two leaders", "both sides"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from kg.cues import words
from kg.model import Entity
from kg.syntax import Syntax

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative"})
_BACK = 4  # sentences in which two holders of one title are looked for
_PAIRS_OF: dict[str, tuple[str, ...]] = {
    "country": ("Country",),
    "nation": ("Country",),
    "side": ("Country", "Organization"),
    "party": ("Country", "Organization"),
}


class Pairs:
    """Finds the two whom a description of a pair means.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    owner
        The actors by token.
    by_position
        The actors with the offset of each of their names, in the order of the text.
    heads_of
        The words of the offices that each person holds.
    """

    def __init__(
        self,
        syntax: Syntax,
        owner: Mapping[int, Entity],
        by_position: Sequence[tuple[int, Entity]],
        heads_of: Mapping[str, Set[str]],
    ) -> None:
        self.syntax, self.tokens, self.owner = syntax, syntax.tokens, owner
        self.by_position, self.heads_of = by_position, heads_of

    def is_pair(self, index: int) -> bool:
        """Tell "the two leaders" and "both sides" from other plurals."""
        if self.tokens[index].lemma not in words("descriptions", "pair"):
            return False
        if self.tokens[index].tag not in ("NNS", "CD"):
            return False
        children = {self.tokens[c].lemma for c in self.syntax.children[index]}
        counted = "two" in children or self.tokens[index].lemma == "two"
        return "both" in children or (counted and "the" in children)

    def of(self, index: int) -> list[str]:
        """Return the last two that the text has put side by side: "Both Berg and Novak"."""
        lemma = self.tokens[index].lemma
        kinds = _PAIRS_OF.get(lemma, ("Person",))
        title = lemma if lemma in words("offices", "statal") else None
        near = self._facing(index, kinds, title)
        if near:
            return near
        pairs = [pair for pair in self._coordinated(index, kinds) if self._have(pair[0], title)]
        subjects = [pair for pair, is_subject in pairs if is_subject]
        return (subjects or [pair for pair, _ in pairs] or [[]])[0]

    def _have(self, people: Sequence[str], title: str | None) -> bool:
        held = [self.heads_of.get(one, frozenset()) for one in people]
        deputies = words("offices", "deputies")
        return title is None or all(title in own and not own & deputies for own in held)

    def _facing(self, index: int, kinds: tuple[str, ...], title: str | None) -> list[str]:
        """Return the only two of a kind that this sentence or the one before names as actors.

        "The two ministers" are the last two ministers, whoever else was named since.
        """
        sentence = self.tokens[index].sentence
        for number in range(sentence, sentence - (2 if title is None else _BACK), -1):
            named = [
                entity.id
                for start, entity in self.by_position
                if entity.type in kinds and self._acts_in(start, number, index)
            ]
            pair = [one for one in dict.fromkeys(named) if self._have([one], title)]
            if pair and (title is None or len(pair) > 1):
                return pair if len(pair) == 2 else []
        return []

    def _acts_in(self, start: int, sentence: int, before: int) -> bool:
        """Tell whether a name is an argument in a sentence, not the owner of one."""
        at = self.syntax.at(start)
        if self.tokens[at].sentence != sentence or at >= before:
            return False
        while self._belongs_to_next(at):
            at = self.tokens[at].head
        return self.tokens[at].dep in _ARGUMENTS

    def _belongs_to_next(self, at: int) -> bool:
        """Tell a word within a name, and a name in apposition: "her counterpart, Horak"."""
        token = self.tokens[at]
        return token.dep == "appos" or (token.dep == "compound" and token.head in self.owner)

    def _coordinated(self, index: int, kinds: tuple[str, ...]) -> Iterator[tuple[list[str], bool]]:
        """Yield the pairs named before, the nearest first, and whether they are subjects."""
        for earlier in range(index - 1, -1, -1):
            if self.tokens[earlier].dep != "conj" or earlier not in self.owner:
                continue
            first = self.syntax.first_conjunct(earlier)
            named = [self.owner.get(i) for i in self.syntax.conjuncts(first)]
            pair = list(dict.fromkeys(e.id for e in named if e is not None and e.type in kinds))
            if len(pair) == 2 and len(named) == 2:
                yield pair, self.tokens[first].dep in ("nsubj", "nsubjpass")
