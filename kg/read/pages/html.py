"""Web pages: the article of a page without what stands around it, by trafilatura.

The library finds the main text and most of what the page says of itself. Its options are fixed
here, so that neither the day nor the pages read before change what is found.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor
from trafilatura.utils import load_html

from kg.errors import SourceError
from kg.model import Document
from kg.read.decode import decoded
from kg.read.pages.boilerplate import without_boilerplate
from kg.read.pages.dates import published
from kg.read.pages.facts import facts, language
from kg.read.pages.maintext import paragraphs, without_layout
from kg.resource import Resource
from kg.source import Reading

MOST_SAVED = 50_000_000
"""Bytes of a page with the pictures that were saved into it."""

MOST = 20_000_000
"""Bytes of a page without them; an article of that size is none."""

MOST_TAGS = 400_000
"""Tags of a page: what the library does with each of them takes time."""

_BRIEF = 400  # letters of an article that may be all words of the page
_LEAST = 25  # letters that are an article
_SAVE = "save the article as text"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.I)
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENTITIES = re.compile(r"(<!DOCTYPE[^\[<>]{0,300})\[[^\]]*\]\s*>", re.I)  # we know none but HTML's
_PICTURE = re.compile(rb"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=%\s]{99,}")
_ATTRIBUTES = re.compile(  # so many of a tag; the parser compares each with all others
    rb"<[a-zA-Z][^\s<>]{0,60}+(?:\s++[^\s<>=\"']++(?:=(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"']*+))?+){2000}"
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds wrong, we say
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Html:
    """Reads a web page: its main text, title, author, publisher, day and address.

    Examples
    --------
    >>> page = Resource.of(
    ...     b"<html><title>Talks | The Paper</title><body><nav><a href='/'>Home</a></nav>"
    ...     b"<article><p>Macron spoke with Scholz.</p></article></body></html>", "a.html")
    >>> [(found.text, found.source.title) for found in Html()(page)]
    [('Macron spoke with Scholz.', 'Talks')]
    """

    name: ClassVar[str] = "html"

    def __call__(self, resource: Resource) -> Iterator[Document]:
        """Yield the article of a page.

        Raises
        ------
        SourceError
            If there is none, or the page is too large.
        """
        words, note = _words(resource)
        page = _parsed(words, resource.where)
        known, guess = facts(page, words, resource.about.get("url"))
        without_layout(page)
        if not (text := _article(page, known.title)):
            raise SourceError(
                resource.where, "no article found in this page", f"{_SAVE} if it has one"
            )
        day, why = published(page, guess, known.url)
        yield Document(
            id=resource.stem,
            text=text,
            date=day,
            source=known,
            language=language(page),
            reading=Reading(resource.where, self.name, tuple(filter(None, (note, why)))),
        )


def _article(page: HtmlElement, title: str | None) -> str:
    """Return the main text of a page.

    If that is short, the library gives all words of the page: then it is asked for less.
    """
    text = _extracted(page, title, Extractor(output_format="python", comments=False))
    if len(text) < _BRIEF:
        options = Extractor(output_format="python", comments=False)
        options.min_extracted_size = _LEAST
        text = _extracted(page, title, options) or text
    return text


def _extracted(page: HtmlElement, title: str | None, options: Extractor) -> str:
    found: Any = bare_extraction(page, options=options)
    if found is None:
        return ""
    return "\n\n".join(without_boilerplate([*paragraphs(found.body)], title))


def _words(resource: Resource) -> tuple[str, str]:
    """Return the source text of a page and a note on its encoding."""
    data = _PICTURE.sub(b"", resource.data(MOST_SAVED))
    if len(data) > MOST:
        raise SourceError(resource.where, f"has more than {MOST // 1_000_000} MB of text", _SAVE)
    if data.count(b"<") > MOST_TAGS:
        raise SourceError(resource.where, f"has more than {MOST_TAGS:,} tags", _SAVE)
    if _ATTRIBUTES.search(data):
        raise SourceError(resource.where, "has a tag with 2,000 attributes", _SAVE)
    if 0 < data.count(0) < len(data) // 20:
        data = data.replace(b"\0", b"")  # browsers pass over it too
    charset = resource.charset
    if not charset and (declared := _CHARSET.search(data[:4096])):
        charset = declared[1].decode("ascii", "ignore")
    words, note = decoded(data, charset, where=resource.where)
    return _ENTITIES.sub(r"\1>", _DECLARED.sub("", words), count=1), note


def _parsed(words: str, where: str) -> HtmlElement:
    """Parse a page, or a piece of one."""
    try:
        page = load_html(words)
        if page is None:
            page = load_html(f"<html><body>{words}</body></html>")
    except (LxmlError, ValueError):
        page = None
    if page is None:
        raise SourceError(where, "is no web page", _SAVE)
    return page
