"""What a page carries besides its article: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median

from kg.read.paper.layout import Block, Piece, joined, rows

_OUTER = 3
"""So many lines at the head and at the foot of a page may be running ones."""

_HEIGHT = 3.0
"""Points by which the height of a running line may differ from page to page."""

_NUMBER = re.compile(
    r"[\s|–—-]*(?:(?:page|seite|p\.)\s*)?(\d{1,4})(?:\s*(?:/|of|von)\s*\d{1,4})?[\s|–—-]*", re.I
)
_PRINTED = re.compile(r"(?:https?|file):\S+\s+\d+/\d+")
_PRINTED_AT = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d")


def without_running(pages: Sequence[Sequence[Piece]]) -> tuple[list[list[Piece]], list[str]]:
    """Return the pages without running heads, feet and page numbers, and the lines left out.

    A running line stands at the same height on at least two pages, and is the same but for its
    digits. The outermost line of a page is left out, too, if it is nothing but the number of that
    page, or what a browser prints there.

    Examples
    --------
    >>> page = lambda n: [
    ...     Piece("The Post", 0, 50, 800, 8), Piece(f"Words {n * 'x'}", 0, 90, 700, 10),
    ...     Piece(f"Page {n}", 0, 40, 20, 8),
    ... ]
    >>> found, left_out = without_running([page(1), page(2)])
    >>> [[piece.text for piece in page] for page in found], left_out
    ([['Words x'], ['Words xx']], ['The Post', 'Page 1', 'The Post', 'Page 2'])
    """
    lines = [[(joined(row), row) for row in rows(p for p in page if p.text.strip())]
             for page in pages]  # fmt: skip
    outer = [
        {id(line): (line, row) for line, row in (*page[:_OUTER], *page[-_OUTER:])} for page in lines
    ]
    heights: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, page in enumerate(outer):
        for line, _ in page.values():
            heights[_same(line.text)].append((line.base, number))
    kept, left_out = [], []
    for number, page in enumerate(outer):
        gone: set[int] = set()
        for line, row in page.values():
            again = any(
                other != number and abs(base - line.base) <= _HEIGHT
                for base, other in heights[_same(line.text)]
            )
            if again or _stamped(line, lines[number], number + 1):
                gone |= set(map(id, row))
                left_out.append(line.text)
        kept.append([piece for piece in pages[number] if id(piece) not in gone])
    return kept, left_out


def _same(words: str) -> str:
    return re.sub(r"\d+", "#", " ".join(words.split())).casefold()


def _stamped(line: Piece, page: Sequence[tuple[Piece, list[Piece]]], number: int) -> bool:
    """Tell whether an outermost line holds the number of its page, or what a browser printed."""
    first, last = page[0][0], page[-1][0]
    printed = _PRINTED.fullmatch(last.text) is not None
    if line is last and printed:
        return True
    if line is first and printed and _PRINTED_AT.match(line.text):
        return True
    found = _NUMBER.fullmatch(line.text)
    return (line is first or line is last) and found is not None and int(found[1]) == number


def printed_from(lines: Sequence[str]) -> str | None:
    """Return the address that a browser printed at the foot of each page.

    Examples
    --------
    >>> printed_from(["11/23/26, 7:05 AM Talks", "https://example.org/talks 1/2"])
    'https://example.org/talks'
    """
    found = {line.split()[0] for line in lines if _PRINTED.fullmatch(line)}
    address = found.pop() if len(found) == 1 else ""
    return address if address.startswith("http") and "…" not in address else None


def body_size(pages: Sequence[Sequence[Piece]]) -> float:
    """Return the size of most type."""
    counted: Counter[float] = Counter()
    for page in pages:
        for piece in page:
            counted[round(piece.size, 1)] += len(piece.text)
    return counted.most_common(1)[0][0] if counted else 10.0


def footnotes(page: Sequence[Block], body: float) -> tuple[list[Block], list[Block]]:
    """Part the blocks of a page into its article and its footnotes.

    A footnote is in smaller type, begins with its mark, and nothing of the article stands under
    it in its column.
    """
    article: list[Block] = []
    notes: list[Block] = []
    for block in page:
        cut = len(block)
        while cut and block[cut - 1].size < 0.92 * body:
            cut -= 1
        while cut < len(block) and not MARK.match(block[cut].text):
            cut += 1
        low = cut < len(block) and block[cut].base < median(p.base for b in page for p in b)
        if low:
            notes.append(block[cut:])
            block = block[:cut]  # noqa: PLW2901  # what is left of it
        if block:
            article.append(block)
    return article, notes


MARK = re.compile(r"(\d{1,3}|[*†‡])(?=\D)")
"""How a footnote begins."""
