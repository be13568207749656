"""The pieces of type on a page -> its lines in reading order: columns, bands, rows.

A page is a set of pieces, each a stretch of type on one line. A gutter is a strip of white that
stands between at least three lines on either side; what lies above it is read first, then the
column on its left, the one on its right, and what lies below. Each of these may hold gutters in
turn, so that a headline across three columns needs no rule of its own. Of a page that runs from
right to left the mirror image is read.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

MOST_PIECES = 2_000
"""A page of more pieces is a drawing or a trap; its type is taken in the order of the file."""

_LEAST_LINES = 3
_LEAST_WORDS = 12
_WHITE = 0.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of type on one line: its words, where it stands and how large it is.

    ``base`` is the height of the line it stands on, from the foot of the page; ``number`` its
    place in the file. ``cells`` are the places in it where type begins after wide white.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    number: int = 0
    cells: tuple[float, ...] = ()

    @property
    def top(self) -> float:
        """The height of its capitals, about."""
        return self.base + 0.7 * self.size

    @property
    def foot(self) -> float:
        """How far its descenders reach, about."""
        return self.base - 0.2 * self.size


Block = list[Piece]
"""Lines that stand under one another."""


def blocks(pieces: Sequence[Piece]) -> list[Block]:
    """Return the lines of a page, block by block in reading order.

    Examples
    --------
    >>> column = lambda left, words: [
    ...     Piece(f"{words} line {n} of this column", left, left + 100, 90 - 12 * n, 10)
    ...     for n in range(3)
    ... ]
    >>> page = [Piece("A headline over both of them", 0, 220, 110, 18)]
    >>> page += column(0, "left") + column(120, "right")
    >>> [block[0].text for block in blocks(page)]
    ['A headline over both of them', 'left line 0 of this column', 'right line 0 of this column']
    """
    kept = [piece for piece in pieces if piece.text.strip()]
    if len(kept) > MOST_PIECES:
        return [kept]
    if _from_right(kept):
        kept = [replace(piece, left=-piece.right, right=-piece.left) for piece in kept]
    return list(_ordered(kept, deep=0))


def rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return pieces that stand on one line together, from the top, each from the left."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if found and _same_line(found[-1][0], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in found]


def joined(row: Sequence[Piece]) -> Piece:
    """Return the pieces of a row as one, with a space where there is white between them."""
    widest = max(row, key=lambda piece: len(piece.text))
    words, cells = row[0].text.rstrip(), []
    for one, other in pairwise(row):
        if other.left - one.right > widest.size:
            cells.append(other.left)
        white = other.left - one.right > 0.15 * widest.size or one.text[-1:].isspace()
        words += " " * white + other.text.strip()
    right = max(piece.right for piece in row)
    return replace(widest, text=words, left=row[0].left, right=right, cells=tuple(cells))


def _same_line(first: Piece, second: Piece) -> bool:
    return abs(first.base - second.base) < 0.35 * min(first.size, second.size)


def _from_right(pieces: Sequence[Piece]) -> bool:
    """Tell whether most letters belong to a script that is written from right to left."""
    kinds = [
        unicodedata.bidirectional(sign) for piece in pieces for sign in piece.text if sign.isalpha()
    ]
    return 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds)


def _ordered(pieces: list[Piece], deep: int) -> Iterator[Block]:
    gutter = _gutter(pieces) if deep < 8 else None
    if gutter is None:
        if pieces:
            yield _lines(pieces)
        return
    middle = (gutter.left + gutter.right) / 2
    parts: dict[str, list[Piece]] = {"above": [], "left": [], "right": [], "below": []}
    for piece in pieces:
        height = (piece.top + piece.foot) / 2
        if height > gutter.top:
            parts["above"].append(piece)
        elif height < gutter.foot:
            parts["below"].append(piece)
        else:
            side = "left" if (piece.left + piece.right) / 2 < middle else "right"
            parts[side].append(piece)
    for part in parts.values():
        yield from _ordered(part, deep + 1)


def _lines(pieces: list[Piece]) -> Block:
    """Return the lines of a block; a large initial belongs to the line beside its top."""
    usual = median(piece.size for piece in pieces)
    initials = [p for p in pieces if p.size > 1.8 * usual and len(p.text.strip()) == 1]
    lines = [joined(row) for row in rows(p for p in pieces if p not in initials)]
    for initial in initials:
        beside = [
            number
            for number, line in enumerate(lines)
            if line.left > initial.left and initial.foot < line.base and line.foot < initial.top
        ]
        if beside:
            line = lines[beside[0]]
            lines[beside[0]] = replace(
                line, text=initial.text.strip() + line.text, left=initial.left
            )
        else:
            lines.append(initial)
    return lines


@dataclass(frozen=True, slots=True)
class _Gutter:
    left: float
    right: float
    top: float
    foot: float


class _Strips:
    """The page cut at every height at which a piece begins or ends, with the white of each."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.heights = sorted({y for piece in pieces for y in (piece.top, piece.foot)})
        covered: list[list[tuple[float, float]]] = [[] for _ in self.heights[1:]]
        for piece in pieces:
            first = bisect_left(self.heights, piece.foot)
            for number in range(first, bisect_left(self.heights, piece.top)):
                covered[number].append((piece.left, piece.right))
        self.white = [list(_white(sorted(spans))) for spans in covered]

    def __len__(self) -> int:
        return len(self.white)

    def grown(self, start: int, gap: tuple[float, float], least: float) -> _Gutter:
        """Return the white of one strip as far up and down as it goes on."""
        ends = []
        for step in (1, -1):
            number = start
            while 0 <= number + step < len(self.white):
                narrow = _shared(self.white[number + step], gap)
                if narrow is None or narrow[1] - narrow[0] < least:
                    break
                gap, number = narrow, number + step
            ends.append(number)
        return _Gutter(*gap, top=self.heights[ends[0] + 1], foot=self.heights[ends[1]])


def _white(spans: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield what is white left of, between and right of spans that are sorted."""
    reached = float("-inf")
    for left, right in spans:
        if left > reached:
            yield reached, left
        reached = max(reached, right)
    yield reached, float("inf")


def _shared(
    white: Iterable[tuple[float, float]], gap: tuple[float, float]
) -> tuple[float, float] | None:
    shared = [(max(left, gap[0]), min(right, gap[1])) for left, right in white]
    widest = max(shared, key=lambda span: span[1] - span[0], default=None)
    return widest if widest is not None and widest[1] > widest[0] else None


def _gutter(pieces: Sequence[Piece]) -> _Gutter | None:
    """Return the white strip that parts most type from most type, if there is one."""
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    least = _WHITE * median(piece.size for piece in pieces)
    strips = _Strips(pieces)
    tried: list[_Gutter] = []
    best, most = None, 0
    for number in range(len(strips)):
        for gap in strips.white[number][1:-1]:
            if gap[1] - gap[0] < least or _known(tried, gap, strips.heights[number]):
                continue
            gutter = strips.grown(number, gap, least)
            tried.append(gutter)
            if (parted := _parted(pieces, gutter, least)) > most:
                best, most = gutter, parted
    return best


def _known(tried: Iterable[_Gutter], gap: tuple[float, float], height: float) -> bool:
    return any(
        seen.foot <= height < seen.top and gap[0] <= seen.left and seen.right <= gap[1]
        for seen in tried
    )


def _parted(pieces: Iterable[Piece], gutter: _Gutter, least: float) -> int:
    """Return how many letters stand on the side that has fewer; 0 if these are no columns.

    A table has white between its cells too, but few words in each; and the white that happens to
    stand above white between the words of a column is narrow, and the file goes from one side to
    the other with each line.
    """
    within = [p for p in pieces if gutter.foot <= (p.top + p.foot) / 2 <= gutter.top]
    sides = [
        sorted((p for p in within if p.right <= gutter.left + 0.01), key=lambda p: p.number),
        sorted((p for p in within if p.left >= gutter.right - 0.01), key=lambda p: p.number),
    ]
    for side in sides:
        lines = [joined(row) for row in rows(side)]
        if len(lines) < _LEAST_LINES or median(len(p.text) for p in lines) < _LEAST_WORDS:
            return 0
    if gutter.right - gutter.left < 2 * least:
        where = sorted((p.number, side) for side, found in enumerate(sides) for p in found)
        turns = sum(one[1] != other[1] for one, other in pairwise(where))
        if 2 * turns > min(map(len, sides)):
            return 0
    return min(sum(len(p.text) for p in side) for side in sides)
