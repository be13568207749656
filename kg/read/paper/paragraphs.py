"""The blocks of lines of a document -> its paragraphs, and where its pages begin in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from kg.read.paper.furniture import MARK, footnotes
from kg.read.paper.hyphens import HYPHENS, Hyphens
from kg.read.paper.layout import Block, Piece

_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*\d{0,2}$")
_BULLET = re.compile(r"[•‣▪●◦–—*·]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")
_FULL = 0.7

BETWEEN = "\n\n"
"""What stands between paragraphs, so that nobody takes a headline and what follows for one."""


@dataclass(slots=True)
class _Paragraph:
    """Lines of one paragraph, each with the number of its page.

    ``width`` is that of its column, ``last`` that of its last line.
    """

    size: float
    width: float
    last: float
    indented: bool
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether it does not end as a sentence does."""
        words = self.lines[-1][1]
        return words[-1:] in HYPHENS or not _ENDS.search(words)

    def goes_on(self, after: _Paragraph) -> bool:
        """Tell whether the first paragraph of the next column or page is the rest of this one."""
        words = after.lines[0][1]
        if abs(self.size - after.size) > 0.1 * self.size or _BULLET.match(words):
            return False
        if self.lines[-1][1][-1:] in HYPHENS or (self.open and words[:1].islower()):
            return True
        full = self.last >= _FULL * max(self.width, after.width)
        return self.open and full and not after.indented

    def take(self, after: _Paragraph) -> None:
        """Add the rest of it."""
        self.lines += after.lines
        self.last, self.width = after.last, after.width


def text_of(
    pages: Sequence[Sequence[Block]], body: float
) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    r"""Return the text of a document, the offsets at which its pages begin, and notes.

    Each paragraph is a line of the text, and an empty one stands between them. One that runs over
    a column or a page is one paragraph; the footnotes of a page then stand before it, so that all
    words stay on their page.

    Examples
    --------
    >>> line = lambda words, base: Piece(words, 0, 10 * len(words), base, 10)
    >>> pages = [[[line("Macron met the Chan-", 50)]], [[line("cellor on Monday.", 700)]]]
    >>> text_of(pages, 10)
    ('Macron met the Chancellor on Monday.', (0, 19), ('words joined at line ends: 1',))
    """
    every: list[_Paragraph] = []
    count = 0
    for number, page in enumerate(pages):
        article, notes = footnotes(page, body)
        for block in article:
            _add(every, list(_paragraphs(block, number)))
        every_note = [note for block in notes for note in _notes(block)]
        below = [found for note in every_note for found in _paragraphs(note, number)]
        runs_over = bool(every) and every[-1].open and number + 1 < len(pages)
        place = len(every) - 1 if runs_over else len(every)
        every[place:place] = below
        count += len(below)
    return _written(every, len(pages), count)


def _add(every: list[_Paragraph], found: list[_Paragraph]) -> None:
    if every and found and every[-1].goes_on(found[0]):
        every[-1].take(found.pop(0))
    every += found


def _written(
    every: Sequence[_Paragraph], count: int, notes: int
) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    hyphens = Hyphens(line for paragraph in every for _, line in paragraph.lines)
    parts: list[str] = []
    begins = [-1] * count
    start = 0
    for paragraph in every:
        words = ""
        for number, line in paragraph.lines:
            words = hyphens.added(words, line)
            if begins[number] < 0:
                begins[number] = start + len(words) - len(line.strip())
        parts.append(words)
        start += len(words) + len(BETWEEN)
    text = BETWEEN.join(parts)
    told: tuple[str, ...] = ()
    if hyphens.count:
        told += (f"words joined at line ends: {hyphens.count}",)
    if notes:
        told += (f"footnotes, at the end of their pages: {notes}",)
    return text, _filled(begins, len(text)), told


def _filled(begins: Sequence[int], end: int) -> tuple[int, ...]:
    """Return where pages begin; one without words begins where the next one does."""
    found: list[int] = []
    for begin in reversed(begins):
        end = begin if begin >= 0 else end
        found.append(end)
    return (0, *found[-2::-1]) if found else ()


def _notes(block: Block) -> Iterator[Block]:
    """Yield each footnote of a block, a space after its mark."""
    note: Block = []
    for line in block:
        if (mark := MARK.match(line.text)) is None:
            note.append(line)
            continue
        if note:
            yield note
        note = [replace(line, text=f"{mark[0]} {line.text[mark.end() :].lstrip()}")]
    yield note


def _paragraphs(block: Block, page: int) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a block of lines."""
    if not block:
        return
    right = max(line.right for line in block)
    left = _margin(block)
    pitches, table = _pitches(block), _table(block)
    current: _Paragraph | None = None
    before: Piece | None = None
    for line in block:
        indented = line.left > left + 0.7 * line.size
        parts = id(line) in table or (before is not None and id(before) in table)
        if not parts and before is not None:
            parts = _parted(before, line, left, right, pitches)
        if current is None or parts:
            if current is not None:
                yield current
            current = _Paragraph(line.size, right - left, 0.0, indented)
        current.lines.append((page, line.text.strip()))
        current.last = line.right - left
        before = line
    if current is not None:
        yield current


def _table(block: Block) -> set[int]:
    """Return which lines are rows of a table: their cells stand under one another."""
    found: set[int] = set()
    for above, line in pairwise(block):
        near = 0.5 * line.size
        if any(abs(one - other) < near for one in above.cells for other in line.cells):
            found |= {id(above), id(line)}
    return found


def _margin(block: Block) -> float:
    """Return where most lines of a block begin, or the leftmost."""
    lefts = sorted(line.left for line in block)
    counted = [(sum(abs(left - other) < 1 for other in lefts), -left) for left in lefts]
    return -max(counted)[1] if len(lefts) > 2 else lefts[0]


def _pitches(block: Block) -> dict[float, float]:
    """Return the usual distance between lines of each size."""
    found: dict[float, list[float]] = {}
    for above, below in pairwise(block):
        if abs(above.size - below.size) < 0.05 * above.size and above.base > below.base:
            found.setdefault(round(below.size), []).append(above.base - below.base)
    return {size: median(sorted(all_)[: (len(all_) + 1) // 2 + 1]) for size, all_ in found.items()}


def _parted(
    above: Piece, line: Piece, left: float, right: float, pitches: dict[float, float]
) -> bool:
    """Tell whether a line begins a new paragraph."""
    size = max(above.size, line.size)
    if abs(above.size - line.size) > 0.12 * size:
        return True
    pitch = pitches.get(round(line.size), 1.2 * size)
    if above.base - line.base > 1.35 * min(pitch, 2.5 * size) or _BULLET.match(line.text):
        return True
    if above.text[-1:] in HYPHENS and line.text[:1].islower():
        return False
    if line.left > left + 0.7 * size and above.left < line.left - 0.5 * size:
        return True
    if line.left > left + 0.7 * size and _ENDS.search(above.text):
        return True
    return _fitted(above, line, right)


def _fitted(above: Piece, line: Piece, right: float) -> bool:
    """Tell whether the first word of a line would have fitted on the one above it."""
    first = line.text.split()[0]
    letter = (line.right - line.left) / max(1, len(line.text))
    room = right - above.right
    if _ENDS.search(above.text):
        return room > letter * (len(first) + 1) + 0.5 * line.size
    if line.text[:1].islower():
        return False
    return room > letter * (len(first) + 1) + 4 * line.size
