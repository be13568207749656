"""Hostile pages end in bounded time with a document or a failure, and cost no neighbour.

All run apart, within that process's own limits; what each came to is said beside it.
"""

from __future__ import annotations

import pytest

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.apart import Apart
from kg.read.pages.html import MOST, MOST_SAVED, MOST_TAGS, Html
from kg.read.through import through
from kg.resource import Resource

LINE = (
    "The presidents of Norland and Estmark met in the town of Hallow on Monday and spoke for "
    "three hours about the fishing grounds that both countries claim."
)
WORDS = f"<p>{LINE}</p>".encode()
ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
DEEP = "no article found in this page"  # the parser goes 256 tags deep

# name: the page, and the failure it is, or None for a document
HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "a million tags": (b"<div>" * 1_000_000 + WORDS, f"has more than {MOST_TAGS:,} tags"),
    "deep tags": (b"<div>" * 100_000 + WORDS, DEEP),
    "deep tables": (b"<table><tr><td>" * 1_000 + WORDS, DEEP),
    "deep spans": (b"<p>" + b"<span>" * 100_000 + WORDS, DEEP),
    "many attributes": (
        b"<div " + b" ".join(b'a%d="x"' % i for i in range(100_000)) + b">" + WORDS,
        "has a tag with 2,000 attributes",
    ),
    "a long attribute": (b'<div class="' + b"x " * 500_000 + b'"></div>' + WORDS, None),
    "an entity of a megabyte": (b"<p>&" + b"a" * 1_000_000 + b";</p>" + WORDS, None),
    "billion laughs": (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol">' + ENTITIES + b"]><html><body>"
        b"<p>&m;</p>" + WORDS,
        None,
    ),
    "an external entity": (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p>' + WORDS,
        None,
    ),
    "null bytes": (WORDS.replace(b"town", b"to\0wn"), None),
    "only null bytes": (b"<html>" + bytes(1_000_000), "is binary, not text"),
    "an unknown encoding": (
        b"<meta charset=klingon>" + WORDS + "<p>Hällöw</p>".encode("cp1252"),
        None,
    ),
    "open comments": (WORDS + b"<!--" * 100_000, None),
    "deep JSON-LD": (
        b'<script type="application/ld+json">' + b"[" * 500_000 + b"</script>" + WORDS,
        None,
    ),
    "bad JSON-LD": (
        b'<script type="application/ld+json">{"author":'
        + b'"name" ' * 50_000
        + b"</script>"
        + WORDS,
        None,
    ),
    "a long title": (b"<title>" + b"a - " * 200_000 + b"</title>" + WORDS, None),
}


@pytest.fixture(scope="module")
def apart() -> Apart:
    with Apart() as started:
        yield started  # type: ignore[misc]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_and_costs_no_neighbour(name: str, apart: Apart) -> None:
    data, problem = HOSTILE[name]
    page = data if data.startswith((b"<html", b"<?xml", b"<!DOC")) else b"<html><body>" + data
    (found,) = through(Resource.of(page, "hostile.html"), apart)
    if problem is None:
        assert isinstance(found, Document)
        assert LINE in found.text
        assert "root:" not in found.text
        assert found.text.count("lol") == 0
    else:
        assert isinstance(found, Failure)
        assert found.problem == problem
        assert found.remedy
    (good,) = through(Resource.of(b"<html><body>" + WORDS, "good.html"), apart)
    assert isinstance(good, Document)
    assert good.text == LINE


def test_a_page_with_ten_thousand_comments_is_its_article() -> None:
    comment = b"<div class=comment><p>I do not agree with what number %d says.</p></div>"
    comments = b"".join(comment % number for number in range(10_000))
    page = b"<html><body><article>" + WORDS + b"</article><div id=comments>" + comments + b"</div>"
    (document,) = Html()(Resource.of(page, "page.html"))
    assert document.text == LINE


@pytest.mark.parametrize(
    ("size", "problem"),
    [(MOST_SAVED + 1, "is larger than 50 MB"), (MOST + 1, "has more than 20 MB")],
)
def test_pages_of_no_article_s_size_are_refused(size: int, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        list(Html()(Resource.of(b"x" * size, "page.html")))


def test_pictures_that_are_saved_into_a_page_do_not_count() -> None:
    picture = b'<img src="data:image/png;base64,' + b"A" * (MOST + 1) + b'">'
    (document,) = Html()(Resource.of(b"<html><body>" + picture + WORDS, "page.html"))
    assert document.text == LINE


def test_signs_that_cannot_be_seen_are_no_part_of_a_title() -> None:
    page = "<title>Talks\x07 in \u202eHallow\u202c\u200b</title>".encode() + WORDS
    (document,) = Html()(Resource.of(page, "page.html"))
    assert document.source is not None
    assert document.source.title == "Talks in Hallow"
