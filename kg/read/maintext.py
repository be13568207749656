"""The main text of a page, as trafilatura gives it -> lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk

_LINES = frozenset({"head", "p", "list", "item", "quote", "table", "row", "cell", "body"})
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]{0,2}$")
_IN_TABLE = 6  # words of a line of a table that is prose


def main_text(body: _Element) -> str:
    """Return the text of the main part: a blank line between headings, paragraphs and points.

    Of a table remain the cells that hold sentences, as in pages that are laid out by tables.
    """
    return "\n\n".join(_paragraphs(body))


def _paragraphs(body: _Element) -> Iterator[str]:
    pieces: list[str] = []
    tables = 0
    for event, element in iterwalk(body, events=("start", "end")):
        tag = element.tag
        if tag in _LINES:
            if paragraph := _paragraph(pieces, in_table=tables > 0):
                yield paragraph
            pieces = []
        if event == "start":
            tables += tag == "table"
            pieces.append("\n" if tag == "lb" else _SPACE.sub(" ", element.text or ""))
        else:
            tables -= tag == "table"
            pieces.append(_SPACE.sub(" ", element.tail or "") if element is not body else "")


def _paragraph(pieces: list[str], *, in_table: bool) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    paragraph = "\n".join(filter(None, lines))
    if in_table and not (_SENTENCE.search(paragraph) and len(paragraph.split()) >= _IN_TABLE):
        return ""
    return paragraph
