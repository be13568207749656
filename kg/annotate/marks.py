"""Quotation marks in a text, straight or curly, paired into quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Span

_DOUBLE = '"＂“”„‟«»'
_MARK = re.compile(f"[{_DOUBLE}]")
_REOPENED = re.compile(rf"\s*[{_DOUBLE}]")
_LINES = re.compile(r"\n\s*")
_ENDING = frozenset(".!?:;…)]\"'”’")
_PARAGRAPH = re.compile(r"[^\n]+")
_OPENING = frozenset("“„‟«")
_CLOSING = frozenset("”»")
# What may stand left of an opening mark, and right of a closing one, apart from white space.
_BEFORE = frozenset("([{—–-/'‘" + _DOUBLE)
_AFTER = frozenset(",.;:!?)]}—–-/…'’" + _DOUBLE)
# A single mark opens before a word and closes after one; an apostrophe does neither.
_SINGLE_OPEN = re.compile(
    r"(?<![\w.,!?;:)’'])[‘'](?=\w|\[)(?!\d0s|em\b|til\b|tis\b|twas\b|cause\b)"
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?;…\])])[’'](?!\w)")
_LONGEST_SINGLE = 1_000  # code points; beyond, an apostrophe is likelier than a closing mark


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """Words between quotation marks.

    ``outer`` includes the marks, ``inner`` does not; ``nested`` says that it stands inside
    another quotation; ``continued`` that its paragraph ends without a closing mark and the next
    one opens again, as in a quotation of several paragraphs.
    """

    outer: Span
    inner: Span
    nested: bool = False
    continued: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    r"""Return the quotations of a text in order; marks without a partner are passed over.

    Examples
    --------
    >>> text = 'He said, “No.” "She said \'yes\'," he added.'
    >>> [(q.inner.of(text), q.nested) for q in quotations(text)]
    [('No.', False), ("She said 'yes',", False), ('yes', True)]
    """
    double = list(_double(text))
    single = [q for q in _single(text) if not any(_crosses(q.outer, d.outer) for d in double)]
    everything = sorted(double + single, key=lambda q: (q.outer.start, -q.outer.end))
    found: list[Quotation] = []
    reach = -1
    for q in everything:
        nested = q.outer.start < reach
        reach = max(reach, q.outer.end)
        found.append(Quotation(q.outer, q.inner, nested, q.continued))
    return tuple(found)


def breaks(text: str) -> tuple[Span, ...]:
    r"""Return the line breaks that end a paragraph or a heading, not those of wrapped lines.

    Examples
    --------
    >>> breaks("Talks resume\n\nThey met.\nIt rained.")
    (Span(start=12, end=14), Span(start=23, end=24))
    """
    found = [Span(*match.span()) for match in _LINES.finditer(text)]
    single = {span for span in found if "\n" not in text[span.start + 1 : span.end]}
    ended = sum(last_before(text, span.start) in _ENDING for span in single)
    if 2 * ended >= len(single):  # lines are paragraphs
        return tuple(found)
    return tuple(span for span in found if span not in single)


def last_before(text: str, end: int) -> str:
    """Return the last character before an offset that is no white space, or ""."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end]


def _double(text: str) -> Iterator[Quotation]:
    opened: int | None = None
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    for number, (start, end) in enumerate(paragraphs):
        if opened is not None and not _carries_on(text, start, end):
            opened = None
        for match in _MARK.finditer(text, start, end):
            at = match.start()
            if _opens(text, at, opened is not None):
                opened = at
            elif opened is not None:
                yield from _quotation(text, opened, at, at + 1)
                opened = None
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if opened is not None and following and _starts_open(text, following[0]):
            yield from _quotation(text, opened, end, end, continued=True)
            opened = None


def _single(text: str) -> Iterator[Quotation]:
    position = 0
    while match := _SINGLE_OPEN.search(text, position):
        start = match.start()
        position = start + 1
        stop = min(start + _LONGEST_SINGLE, _end_of_paragraph(text, start))
        again = _SINGLE_OPEN.search(text, position, stop)
        closers = [
            closer.start()
            for closer in _SINGLE_CLOSE.finditer(text, position, again.start() if again else stop)
        ]
        if not closers:
            continue
        # "the allies' view": after an s the mark may be a possessive, so a surer one goes first.
        sure = [at for at in closers if text[at - 1] in ".,!?;…"]
        likely = [at for at in closers if text[at - 1] != "s"]
        at = (sure or likely or closers)[0]
        yield from _quotation(text, start, at, at + 1)
        position = at + 1


def _quotation(
    text: str, opened: int, closed: int, end: int, *, continued: bool = False
) -> Iterator[Quotation]:
    start = opened + 1
    while start < closed and text[start].isspace():
        start += 1
    while closed > start and text[closed - 1].isspace():
        closed -= 1
    if start < closed:
        yield Quotation(Span(opened, end), Span(start, closed), continued=continued)


def _opens(text: str, at: int, is_open: bool) -> bool:
    """Decide whether a double mark opens, by its form, its neighbours, and what is open."""
    mark = text[at]
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    may_open = (before.isspace() or before in _BEFORE) and not after.isspace()
    may_close = not before.isspace() and (after.isspace() or after in _AFTER)
    if mark in _OPENING and not (is_open and may_close and not may_open):
        return True
    if mark in _CLOSING and (is_open or not may_open):
        return False
    if before.isdigit() and not is_open:
        return False  # inches
    if may_open != may_close:
        return may_open
    return not is_open


def _carries_on(text: str, start: int, end: int) -> bool:
    """Tell whether the first mark of a paragraph closes what an earlier one opened."""
    first = _MARK.search(text, start, end)
    return first is not None and not _opens(text, first.start(), True)


def _starts_open(text: str, start: int) -> bool:
    match = _REOPENED.match(text, start)
    return match is not None and _opens(text, match.end() - 1, False)


def _end_of_paragraph(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _crosses(a: Span, b: Span) -> bool:
    return a.overlaps(b) and not a.covers(b) and not b.covers(a)
