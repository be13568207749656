"""Comparing spans and words, and pairing two lists one to one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import inf
from typing import TypeVar

from kg.errors import DocumentError
from kg.model import Document, Span

_PLAIN = str.maketrans("đðøłıħŧ", "ddoliht")  # letters that Unicode does not decompose

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)


def best_pairs(weights: Mapping[tuple[Left, Right], float]) -> list[tuple[Left, Right]]:
    """Pair left and right one to one so that the sum of the weights is greatest.

    All weights are above 0. Of several ways to reach that sum, what comes first in ``weights``
    keeps its place.

    References
    ----------
    H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics
    Quarterly 2 (1955), https://doi.org/10.1002/nav.3800020109

    Examples
    --------
    >>> best_pairs({("a", 1): 0.6, ("a", 2): 0.5, ("b", 1): 0.5})
    [('a', 2), ('b', 1)]
    """
    lefts = list(dict.fromkeys(left for left, _ in weights))
    rights = list(dict.fromkeys(right for _, right in weights))
    if len(lefts) > len(rights):
        turned = best_pairs({(right, left): weight for (left, right), weight in weights.items()})
        return [(left, right) for right, left in turned]
    seats = _Seats([[weights.get((left, right), 0.0) for right in rights] for left in lefts])
    chosen = {(lefts[row], rights[column]) for row, column in seats.filled()}
    return [pair for pair in weights if pair in chosen]


class _Seats:
    """Columns that rows take one after another; ``gain[row][column]``, not fewer columns."""

    def __init__(self, gain: Sequence[Sequence[float]]) -> None:
        self.gain = gain
        self.columns = range(len(gain[0]) if gain else 0)
        self.holder: dict[int, int] = {}
        # Once a row sits, no seat would give it more than its own worth and that seat's price.
        self.worth = [0.0 for _ in gain]
        self.price = [0.0 for _ in self.columns]

    def filled(self) -> Iterator[tuple[int, int]]:
        """Seat every row; yield (row, column) in the order of the columns."""
        for row in range(len(self.gain)):
            self._seat(row)
        for column in sorted(self.holder):
            yield self.holder[column], column

    def _seat(self, row: int) -> None:
        """Find the free column at the end of the cheapest chain of moves, and make the moves."""
        loss = [inf for _ in self.columns]
        came_from: list[int | None] = [None for _ in self.columns]
        passed: list[int] = []
        waiting = list(self.columns)
        mover, so_far = row, 0.0
        at: int | None = None
        while True:
            for column in waiting:
                regret = self.worth[mover] + self.price[column] - self.gain[mover][column]
                if so_far + regret < loss[column]:
                    loss[column], came_from[column] = so_far + regret, at
            at = min(waiting, key=loss.__getitem__)
            waiting.remove(at)
            so_far = loss[at]
            if at not in self.holder:
                break
            passed.append(at)
            mover = self.holder[at]
        self.worth[row] -= so_far
        for column in passed:
            saved = so_far - loss[column]
            self.worth[self.holder[column]] -= saved
            self.price[column] += saved
        while at is not None:
            before = came_from[at]
            self.holder[at] = row if before is None else self.holder[before]
            at = before


def shared_part(a: Span, b: Span) -> float:
    """Return the intersection of two spans over their union, 0 to 1.

    Examples
    --------
    >>> shared_part(Span(0, 4), Span(2, 6))
    0.3333333333333333
    """
    common = max(0, min(a.end, b.end) - max(a.start, b.start))
    return common / (a.end - a.start + b.end - b.start - common)


def folded(text: str) -> str:
    """Return the text in lower case, without accents, single spaces between its words.

    Examples
    --------
    >>> folded("  Recep Tayyip Erdoğan ")
    'recep tayyip erdogan'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_PLAIN).split())


def words_agree(predicted: str | None, gold: str) -> bool:
    """Tell whether two phrases share at least half of their words (Dice), small words aside.

    Examples
    --------
    >>> words_agree("minister of foreign affairs", "foreign minister")
    True
    """
    ours, theirs = _words(predicted or ""), _words(gold)
    return bool(ours and theirs) and 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= 0.5


def days_agree(predicted: str | None, gold: str) -> bool:
    """Tell whether a date meets or refines an ISO date, or agrees with a date in words.

    Examples
    --------
    >>> days_agree("2025-02-18", "2025-02"), days_agree("2025", "2025-02")
    (True, False)
    """
    if gold[:4].isdigit():
        return bool(predicted) and str(predicted).startswith(gold)
    return words_agree(predicted, gold)


def same_text(text: str, predicted: Document) -> None:
    """Refuse a prediction of another text.

    Raises
    ------
    DocumentError
        Saying where it differs.
    """
    if predicted.text == text:
        return
    pairs = enumerate(zip(text, predicted.text, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(text), len(predicted.text)))
    raise DocumentError(
        predicted.id,
        f"its text differs from the gold text at character {at}: "
        f"{predicted.text[at : at + 30]!r} instead of {text[at : at + 30]!r}",
    )


@cache
def guideline() -> dict[str, frozenset[str]]:
    """Return the word lists of ``data/guideline.toml``."""
    text = (files("kg.data") / "guideline.toml").read_text(encoding="utf-8")
    return {name: frozenset(entries) for name, entries in tomllib.loads(text).items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded(text))) - guideline()["small_words"]
