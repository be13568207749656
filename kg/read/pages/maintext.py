"""The main text of a page, as trafilatura gives it -> paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk
from lxml.html import HtmlElement

_INLINE = frozenset({"hi", "ref", "code", "del", "lb", "graphic", "formula", "span", "a"})
_AS_SET = frozenset({"code", "quote", "pre"})  # in which a blank line is one
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BLANK = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")
_PARAGRAPH = "\x00"  # no page has it
_STOP = re.compile(r"[.!?…][\"'”’»)]{0,2}$")
_TABLE = ("tbody", "thead", "tr", "td", "th")
_LAYOUT = 300  # letters of a cell that is a part of the page
_PROSE = 8  # words of a cell that is prose
_SENTENCE = 4  # words of one that ends like a sentence


def without_layout(page: HtmlElement) -> None:
    """Make blocks of what old pages are laid out by.

    These are tables whose cells hold paragraphs, and paragraphs around paragraphs, which come of
    tags that were left open.
    """
    for table in [*page.iter("table")]:
        cells = [part for part in table.iter(*_TABLE) if _table_of(part) is table]
        if any(_is_layout(cell) for cell in cells if cell.tag == "td"):
            for part in (table, *cells):
                part.tag = "div"
    for outer in [*page.iter("p")]:
        if outer.find(".//p") is not None:
            for font in [*outer.iter("font")]:
                font.drop_tag()
            outer.tag = "div"
            lead = outer.text or ""
            if lead.strip():
                outer.text = None
                first = outer.makeelement("p")
                first.text = lead
                outer.insert(0, first)


def _table_of(part: _Element) -> _Element | None:
    return next(part.iterancestors("table"), None)


def _is_layout(cell: _Element) -> bool:
    if cell.find(".//h1") is not None:
        return True
    blocks = sum(1 for _ in cell.iter("p", "br", "h2", "h3"))
    return blocks > 2 and sum(len(text) for text in cell.itertext()) > _LAYOUT


def paragraphs(body: _Element) -> Iterator[str]:
    """Yield the headings, paragraphs and points of the main part.

    Of a table remain the cells that hold sentences, as in pages that are laid out by tables.

    Examples
    --------
    >>> from lxml.etree import fromstring
    >>> [*paragraphs(fromstring("<body><head>Talks</head><p>They <hi>met</hi> there.</p></body>"))]
    ['Talks', 'They met there.']
    """
    pieces: list[str] = []
    tables = 0
    for event, element in iterwalk(body, events=("start", "end")):
        tag = element.tag
        if tag not in _INLINE:
            yield from _finished(pieces, in_table=tables > 0)
            pieces = []
        if event == "start":
            tables += tag == "table"
            pieces.append("\n" if tag == "lb" else _spaced(element.text, tag))
        else:
            tables -= tag == "table"
            if element is not body:
                pieces.append(_spaced(element.tail, ""))
    yield from _finished(pieces, in_table=False)


def _spaced(text: str | None, tag: str) -> str:
    if not text:
        return ""
    text = _UNSEEN.sub("", text)  # where a page lets lines be broken
    if tag in _AS_SET:
        text = _BLANK.sub(_PARAGRAPH, text)
    return _SPACE.sub(" ", text)


def _finished(pieces: list[str], *, in_table: bool) -> Iterator[str]:
    for paragraph in "".join(pieces).split(_PARAGRAPH):
        lines = (_SPACE.sub(" ", line).strip() for line in paragraph.split("\n"))
        shown = "\n".join(filter(None, lines))
        if shown and not (in_table and not _is_prose(shown)):
            yield shown


def _is_prose(words: str) -> bool:
    count = len(words.split())
    return count >= _PROSE or (count >= _SENTENCE and _STOP.search(words) is not None)
