"""A text as a string of units, so that a pattern of titles and names is a regular expression.

One letter a unit: T title, B country or organization, P person, m "former", r rank, s "'s",
o "of/for/to", c comma, a "and", d determiner, N another noun or adjective, x anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.cues import words
from kg.model import Entity
from kg.syntax import Syntax

_FIXED = {
    ",": "c", "—": "c", "–": "c", "(": "c", "and": "a", "&": "a", "the": "d", "a": "d", "an": "d",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A title, a name or a single word: its letter, its first and last token, its entity."""

    letter: str
    first: int
    last: int
    entity: str | None = None


def letters(units: Iterable[Unit]) -> str:
    """Return the letters of units as one string."""
    return "".join(unit.letter for unit in units)


class Splitter:
    """Splits the tokens of one document into units.

    Parameters
    ----------
    syntax
        Its dependency tree.
    entities
        Those whose names are units.
    """

    def __init__(self, syntax: Syntax, entities: Iterable[Entity]) -> None:
        self.tokens, self.starts = syntax.tokens, syntax.openings(entities)

    def split(self) -> Iterator[Unit]:
        """Yield the units of the text in their order."""
        index = 0
        while index < len(self.tokens):
            if self.tokens[index].pos == "SPACE":
                index += 1
                continue
            title = self._title_from(index)
            if index in self.starts and (title is None or self.starts[index][0] >= title):
                last, entity = self.starts[index]
                letter = "P" if entity.type == "Person" else "B"
                yield Unit("N" if self._is_sided(index) else letter, index, last, entity.id)
                index = last + 1
            elif title is not None:
                yield Unit("T", index, title)
                index = title + 1
            else:
                yield Unit(self._letter(index), index, index)
                index += 1

    def _is_sided(self, index: int) -> bool:
        """Tell "pro-Norwegian president": a side taken is no body of an office."""
        before = [token.text.lower() for token in self.tokens[max(0, index - 2) : index]]
        return before[-1:] == ["-"] and before[0] in ("pro", "anti")

    def _letter(self, index: int) -> str:
        token = self.tokens[index]
        low = token.text.lower()
        if low in ("'s", "’s", "'", "’"):
            return "s"
        if any(low in words("offices", name) for name in ("former", "planned", "neutral")):
            return "m"
        if low in words("offices", "ranks"):
            return "r"
        if low in ("of", "for", "to", "at"):
            return "o"
        if low in _FIXED:
            return _FIXED[low]
        return "N" if token.pos in ("NOUN", "PROPN", "ADJ") else "x"

    def _title_from(self, index: int) -> int | None:
        """Return the last token of the title phrase that starts here, or None."""
        low = self.tokens[index].text.lower()
        if low in words("offices", "former") | words("offices", "neutral") or index in self.starts:
            return None
        if low in words("offices", "ranks") and not self._is_head(index):
            return None
        if self._is_other_noun(index):
            return None
        end = None
        at = index
        while at < len(self.tokens) and at - index < 7 and (at == index or at not in self.starts):
            token = self.tokens[at]
            if token.text == "-" or token.tag == "HYPH":
                at += 1
                continue
            if self._is_head(at):
                end = at
                if self._plain_rank(at, index):
                    end = None
            elif not (token.pos in ("NOUN", "PROPN", "ADJ") or token.lemma == "vice"):
                break
            at += 1
        if end is None:
            return None
        if self._is_elect(end):
            return end + 2
        return self._with_complement(end)

    def _is_other_noun(self, index: int) -> bool:
        """Tell "after the summit King Charles" from "deputy Prime Minister Lind"."""
        token = self.tokens[index]
        if token.pos != "NOUN" or not token.text.islower() or self._is_head(index):
            return False
        behind = self.tokens[index + 1] if index + 1 < len(self.tokens) else token
        return behind.text[:1].isupper() and token.lemma not in words("offices", "deputies")

    def _is_elect(self, end: int) -> bool:
        """Tell whether "-elect" or "-designate" follows."""
        behind = [token.text.lower() for token in self.tokens[end + 1 : end + 3]]
        return behind[:1] == ["-"] and behind[-1] in words("offices", "planned")

    def _with_complement(self, end: int) -> int:
        """Take "of State", "of Economy" into the title: capitalised words that name no body."""
        at = end + 1
        if at + 1 < len(self.tokens) and self.tokens[at].lemma in ("of", "for"):
            last = at
            for nxt in range(at + 1, min(at + 4, len(self.tokens))):
                token = self.tokens[nxt]
                if nxt in self.starts or self._is_head(nxt) or not token.text[:1].isupper():
                    break
                if token.pos not in ("PROPN", "NOUN", "ADJ"):
                    break
                last = nxt
            if last > at:
                return last
        return end

    def _is_head(self, index: int) -> bool:
        token = self.tokens[index]
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        return token.lemma.rstrip(".") in words("offices", "heads") or (
            token.text.lower().rstrip("s") in words("offices", "heads")
        )

    def _plain_rank(self, at: int, first: int) -> bool:
        """Tell "General" alone, which is a rank, from "Secretary-General", an office."""
        word = self.tokens[at].text
        return at == first and word[:1].isupper() and word.lower() in words("offices", "ranks")
