"""The day on which a page was published: one that is written in it, and never that of a change.

The library looks in more places than are listed here, takes what stands for a change when nothing
else is told, fills what is missing with parts of today, and reads a year of copyright as the first
of January. So what it finds counts only if that day is written where pages tell their date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import islice
from typing import Any

from htmldate import find_date
from lxml.etree import _Element, iterwalk
from lxml.html import HtmlElement

from kg.read.days import in_calendar

_EARLIEST = "1900-01-01"
SETTINGS: dict[str, Any] = {
    "extensive_search": False,
    "original_date": True,
    "deferred_url_extractor": True,
    "min_date": _EARLIEST,
    "max_date": "2100-01-01",  # not today: the same page tells the same day tomorrow
}
"""How htmldate is asked."""

_PUBLISHED = frozenset({
    "article:published_time", "article:published", "og:article:published_time", "datepublished",
    "og:published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "pubdate", "publishdate", "publish-date", "publish_date", "published_time", "bt:pubdate",
    "rnews:datepublished", "citation_publication_date", "article_date_original",
})  # fmt: skip
_CHANGED = re.compile(r"modif|update|expir|revis|lastmod|copyright|crawl|accessed", re.I)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_ISO = re.compile(r"\s*(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)")
_CHANGED_IN_JSON = re.compile(
    r'"[^"]{0,40}(?:modif|update|expir|upload)[^"]{0,40}"\s*:\s*"[^"]*"', re.I
)
_WORDS = re.compile(r"\d+|[^\W\d_]{3,}")
_ORDER = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_ASIDE = frozenset({"footer", "aside", "nav", "style", "noscript", "template", "svg"})
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|related|sidebar|recommend\w*|copyright|calendar)(?=$|[\s_-])"
    r"|(?:^|\s)(?:site|page|main|global)?[_-]?footer(?=$|\s)",
    re.I,
)
_OF_ARTICLE = re.compile(r"publi|post|entry|creat", re.I)  # WordPress: "entry-date updated"
_LONG = 200  # characters; a longer text is no line that tells the date
_SHORT = 40
_POSTED = re.compile(
    r"\W*(?:(?:first )?(?:posted|published)(?: on| at|:)*|date:|datum:|erschienen am|stand:|"
    r"veröffentlicht(?: am|:)*|publié le|publicado el|pubblicato il)\s+(.{6,40})",
    re.I,
)
_MOST = 50_000  # elements of a page that are looked at


def published(page: HtmlElement, guess: str | None, url: str | None) -> tuple[str | None, str]:
    """Return the day a page was published, and where it is written.

    Parameters
    ----------
    page
        The page.
    guess
        The day that the library found.
    url
        The address of the page.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring("<p>Paris, 17 February 2025</p><footer>© 2025</footer>")
    >>> published(page, "2025-02-17", None)
    ('2025-02-17', 'date from the text')
    >>> published(page, "2025-01-01", None)
    (None, '')
    """
    for place, value in _told(page):
        if told := _iso(value):
            return told, f"date from {place}"
    guess = guess or _posted(page)
    if guess is None:
        return None, ""
    day = date.fromisoformat(guess)
    for place, text in _written(page, url):
        if _says(text, day):
            if unclear := _unclear(text, page):
                return None, f"no date: {unclear} can be read in two ways"
            return guess, f"date from {place}"
    return None, ""


def forget_changes(page: HtmlElement) -> None:
    """Take out of a page what it says of changes, which the library would take for want of else."""
    for meta in [*page.iter("meta")]:
        if _CHANGED.search(f"{meta.get('name')} {meta.get('property')} {meta.get('itemprop')}"):
            meta.attrib.clear()
    for time in [*page.iter("time")]:
        if _is_of_change(time):
            time.attrib.clear()
            time.text = None


def _told(page: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what is plainly said to be the day of publication."""
    for script in page.iter("script"):
        if "ld+json" in script.get("type", "") and script.text:
            for entry in _articles(script.text):
                yield "the page's JSON-LD", str(entry["datePublished"])
    for meta in page.iter("meta"):
        keys = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
        if any(key.lower() in _PUBLISHED for key in keys if key):
            yield "the page's metadata", meta.get("content", "")
    for time in page.iter("time"):
        if time.get("itemprop", "").lower() == "datepublished" or "pubdate" in time.attrib:
            yield "the page's metadata", time.get("datetime", "")


def _posted(page: HtmlElement) -> str | None:
    """Return the day of a line like "Posted 9 June 2003", as pages without metadata have it."""
    for _, text in _written(page, None):
        if len(text) <= _LONG and (found := _POSTED.match(text)):
            told = f'<html><head><meta name="date" content="{escape(found[1])}"></head></html>'
            return find_date(told, **SETTINGS)
    return None


def _articles(text: str) -> Iterator[dict[str, Any]]:
    """Yield the articles of a piece of JSON-LD that tell when they were published, outer first."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    level = [found]
    for _ in range(3):
        entries = [
            entry
            for value in level
            for entry in (value if isinstance(value, list) else [value])
            if isinstance(entry, dict)
        ]
        for entry in entries:
            types = entry.get("@type")
            types = types if isinstance(types, list) else [types]
            if "datePublished" in entry and any(_ARTICLE.search(str(kind)) for kind in types):
                yield entry
        level = [
            entry.get(key) for entry in entries for key in ("@graph", "mainEntity") if key in entry
        ]


def _iso(value: str) -> str | None:
    found = _ISO.match(value)
    day = in_calendar(*found.groups()) if found else None
    return day if day and day >= _EARLIEST else None


def _written(page: HtmlElement, url: str | None) -> Iterator[tuple[str, str]]:
    """Yield all places of a page in which the day of its article may be told."""
    yield "the address", url or ""
    elements = sum(1 for _ in page.iter())
    walker = iterwalk(page, events=("start",))
    for _, element in islice(walker, _MOST):
        get = element.get
        if element.tag == "meta":
            if not _CHANGED.search(f"{get('name')} {get('property')} {get('itemprop')}"):
                yield "the page's metadata", get("content", "")
        elif element.tag == "script":
            if "ld+json" in get("type", ""):
                yield "the page's JSON-LD", _CHANGED_IN_JSON.sub("", element.text or "")
        elif _is_beside(element, elements):
            walker.skip_subtree()
        elif not _is_of_change(element):
            yield "a time", get("datetime") or get("title", "")
            yield "the text", element.text or ""
        yield "the text", element.tail or ""


def _is_beside(element: _Element, elements: int) -> bool:
    """Tell whether something stands beside the article; what holds half the page does not."""
    if element.tag in _ASIDE:
        return True
    kind = f"{element.get('id', '')} {element.get('class', '')}"
    return _BESIDE.search(kind) is not None and 2 * sum(1 for _ in element.iter()) < elements


def _is_of_change(element: _Element) -> bool:
    kind = f"{element.get('itemprop', '')} {element.get('class', '')}"
    return (_CHANGED.search(kind) is not None and not _OF_ARTICLE.search(kind)) or (
        _CHANGED.search(_before(element)) is not None
    )


def _before(element: _Element) -> str:
    """Return the words that stand before an element: "Updated" before a time."""
    sibling, parent = element.getprevious(), element.getparent()
    words = sibling.tail if sibling is not None else parent.text if parent is not None else ""
    return (words or "")[-_SHORT:]


def _says(text: str, day: date) -> bool:
    """Tell whether a text that is short enough for a date says that day."""
    told = _CHANGED.split(text, maxsplit=1)[0]
    if f"{day:%Y%m%d}" in told or f"{day:%Y-%m-%d}" in told:
        return True
    words = set(_WORDS.findall(told)) if len(told) <= _LONG else set()
    named = any(word.isalpha() for word in words)
    return (
        str(day.year) in words
        and not words.isdisjoint({str(day.day), f"{day.day:02}"})
        and (named or not words.isdisjoint({str(day.month), f"{day.month:02}"}))
    )


def _unclear(text: str, page: HtmlElement) -> str:
    """Return a date like 3/4/2025 that the language of the page does not make clear."""
    found = _ORDER.search(text)
    if found is None or max(int(found[1]), int(found[3])) > 12 or found[1] == found[3]:
        return ""
    clear = found[2] == "." or page.get("lang", "en")[:2].lower() != "en"
    return "" if clear else found[0]
