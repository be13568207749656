"""Web pages: the article is read without what stands around it."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read.html import Html
from kg.resource import Resource

PARAGRAPHS = (
    "The presidents of Norland and Estmark met in the town of Hallow on Monday and spoke for "
    "three hours about the fishing grounds that both countries claim.",
    "“We are close to a treaty,” said Mira Holt, the president of Norland, after the meeting.",
    "Estmark recalled its ambassador in January, when a trawler was seized off the coast.",
)


def read(page: str | bytes, **known: object) -> Document:
    data = page.encode() if isinstance(page, str) else page
    (document,) = Html()(Resource.of(data, "page.html", **known))
    return document


def article(head: str = "", body: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en-GB'><head>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<article>{body}{text}</article><footer>© 2026 The Paper</footer></body></html>"
    )


def test_paragraphs_are_lines_with_nothing_around_them() -> None:
    document = read(article("<title>Talks in Hallow - The Paper</title>"))
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert document.id == "page"
    assert document.language == "en"


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(SourceError, match="no article found in this page") as refused:
        read("<html><body></body></html>")
    assert refused.value.remedy
