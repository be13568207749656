"""Which documents tell one story: a wire report that five sites print with small edits.

MinHash over pairs of neighbouring words, kept in bands: two texts that share a band are compared,
all others never are. Measured on 164 articles and 3280 edited copies of them (headline, dateline,
a paragraph cut or added, quotes shortened, spelling, credits, footers, up to five of these at
once on both sides): 98.4 % of the copies are found. None of 21,730 pairs of different articles
passes, among them articles of one event and pairs with the same long footer or with the same two
paragraphs of background.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from rensa import RMinHash

VERSION = "rensa2-w2-128x4"
"""How signatures are made; those of another version cannot be compared with ours."""

COPY = 0.45
"""Similarity from which two texts are the same story."""

_SLOTS, _ROWS, _SEED = 128, 4, 1
_SHORT = 40  # words; short texts of one kind ("A met B in C on Monday") are alike without copying


def signature(text: str) -> tuple[int, ...]:
    """Return the MinHash of a text; the same on every machine, and empty for a text without words.

    Case, punctuation and white space make no difference. A text of fewer than 40 words is like
    no other one that has not the very same words.

    Examples
    --------
    >>> len(signature("Macron met Scholz.")), signature("...")
    (128, ())
    >>> signature("Macron met Scholz.") == signature("MACRON met Scholz")
    True
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    if not words:
        return ()
    size = 2 if len(words) >= _SHORT else len(words)
    sketch = RMinHash(_SLOTS, _SEED)
    sketch.update([" ".join(words[n : n + size]) for n in range(len(words) - size + 1)])
    return tuple(sketch.digest())


def bands(signature: Sequence[int]) -> tuple[str, ...]:
    """Return the keys under which a signature is looked up; likely copies share at least one.

    Examples
    --------
    >>> keys = bands(signature("Macron met Scholz."))
    >>> len(keys), len(set(keys)), max(map(len, keys))
    (32, 32, 19)
    """
    return tuple(
        f"{number}-{_digest(signature[start : start + _ROWS])}"
        for number, start in enumerate(range(0, len(signature), _ROWS))
    )


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate which part of the pairs of words of two texts they share, 0 to 1 (Jaccard).

    The standard error is about 0.03.

    Examples
    --------
    >>> similarity(signature("Macron met Scholz."), signature("Macron met Scholz"))
    1.0
    """
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def same_story(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell from two signatures whether one text is an edited copy of the other.

    Examples
    --------
    >>> same_story(signature("Macron met Scholz."), signature("Tusk met Sánchez."))
    False
    """
    return similarity(one, other) >= COPY


def _digest(values: Sequence[int]) -> str:
    packed = b"".join(value.to_bytes(8, "big") for value in values)
    return blake2b(packed, digest_size=8).hexdigest()
