"""Markdown: its words without the markup, by markdown-it; what its front matter tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import Document
from kg.read.days import day
from kg.read.decode import decoded
from kg.read.text import day_of, of_words
from kg.resource import Resource
from kg.source import Reading, Source

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_ENTRY = re.compile(r"([A-Za-z]{2,20})[ \t]*:[ \t]*(\S.{0,2000})")
_PROSE = 8  # words of a cell that is prose
_FIELDS = {"licence": "licence", "license": "licence", "publisher": "publisher", "url": "url",
           "author": "author", "title": "title", "date": "date"}  # fmt: skip


@dataclass(frozen=True)
class Markdown:
    r"""Reads Markdown; code, pictures and HTML in it are passed over.

    Examples
    --------
    >>> page = Resource.of(b"---\ndate: 2025-02-17\n---\n# Talks\n\n*Macron* [met](/a) Scholz.\n",
    ...                    "a.md")
    >>> [(found.text, found.date, found.source.title) for found in Markdown()(page)]
    [('Talks\n\nMacron met Scholz.', '2025-02-17', 'Talks')]
    """

    name: ClassVar[str] = "markdown"

    def __call__(self, resource: Resource) -> Iterator[Document]:
        """Yield the one document of a text.

        Raises
        ------
        SourceError
            If it says nothing, or is no text.
        """
        words, note = decoded(resource.data(), resource.charset, where=resource.where)
        known, words = _front(words)
        tokens = MarkdownIt("commonmark").enable("table").parse(words)
        document = of_words(
            "\n\n".join(_paragraphs(tokens)), where=resource.where, name=resource.stem
        )
        published = known.pop("date", None)
        whence: tuple[str, ...] = ()
        if published is None:
            published, whence = day_of(document.text, resource)
        notes = (*((note,) if note else ()), *whence)
        known.setdefault("title", _heading(tokens))
        source = Source(**known) if any(known.values()) else None
        yield document.but(
            date=published,
            source=source,
            reading=Reading(resource.where, self.name, notes),
        )


def _front(words: str) -> tuple[dict[str, str | None], str]:
    """Return what the front matter tells, and the text behind it."""
    front = _FRONT.match(words)
    if front is None:
        return {}, words
    known: dict[str, str | None] = {}
    for line in front[1].splitlines():
        entry = _ENTRY.fullmatch(line.rstrip())
        field = _FIELDS.get(entry[1].lower()) if entry else None
        if entry is None or field is None:
            continue
        value = entry[2].strip("\"' ")
        if field == "date":
            known["date"] = day(value)
        elif field != "url" or value.startswith(("http://", "https://")):
            known[field] = value or None
    return known, words[front.end() :]


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    in_table = False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            in_table = token.type == "table_open"
        elif token.type == "inline":
            shown = _shown(token)
            if len(shown.split()) >= (_PROSE if in_table else 1):
                yield shown


def _heading(tokens: Sequence[Token]) -> str | None:
    for opening, token in pairwise(tokens):
        if opening.type == "heading_open":
            return " ".join(_shown(token).split()) or None
    return None


def _shown(inline: Token) -> str:
    """Return the words of a paragraph as a reader sees them."""
    pieces = []
    for token in inline.children or ():
        if token.type in ("text", "text_special", "code_inline"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces).strip()
