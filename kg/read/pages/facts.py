"""What a page says of itself: title, author, publisher, address, language."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from kg.data import lists
from kg.read.pages.dates import SETTINGS, forget_changes
from kg.source import Source

_LONGEST = 500  # characters of a title or a name; what is longer is neither
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_NO_NAME = re.compile(r"^(?:©|\(c\)|copyright\b|https?:|www\.|//|@)", re.I)
_NO_ADDRESS = re.compile(r"[\s<>\"{}|\\^`\x00-\x20\x7f]")
_WORDS = re.compile(r"\w+")
_PARTS = re.compile(r"\s+[|–—·•»-]\s+")
_SAVED = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S{1,2000}) -->")
_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2})(?:[-_]|\s*$)")


def facts(page: HtmlElement, words: str, url: str | None) -> tuple[Source, str | None]:
    """Return where a page says it is from, and the day that the library finds in it.

    Parameters
    ----------
    page
        The page as it was parsed.
    words
        Its source text: browsers write into a comment where a page was saved from.
    url
        Its address if it is known from outside.
    """
    where = address(page, words, url)
    forget_changes(page)
    found: Any = extract_metadata(page, default_url=where, date_config=SETTINGS, extensive=False)
    told = Source(
        url=where,
        title=_title(page, name(found.title)),
        author=_author(name(found.author)),
        publisher=_publisher(found.sitename, found.hostname),
    )
    return told, found.date


def name(value: object) -> str | None:
    r"""Return a title or a name on one line and without signs that cannot be seen.

    Examples
    --------
    >>> name("Talks\x07 in\u200b  Paris ")
    'Talks in Paris'
    """
    if not isinstance(value, str):
        return None
    shown = " ".join(_UNSEEN.sub(" ", value[: 4 * _LONGEST]).split())
    return shown if 0 < len(shown) <= _LONGEST else None


def address(page: HtmlElement, words: str, url: str | None) -> str | None:
    """Return the address that a page gives for itself, else where it was saved from.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring('<link rel="canonical" href="/talks"><p>Macron spoke.')
    >>> address(page, "", "https://paper.example/a?from=feed")
    'https://paper.example/talks'
    """
    saved = _SAVED.search(words, 0, 4096)
    base = url or (saved[1] if saved else "")
    told = (
        *page.xpath(".//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")[:3],
        *page.xpath(".//meta[@property='og:url' or @name='og:url']/@content")[:3],
        base,
    )
    return next(filter(None, (_absolute(base, str(link)) for link in told)), None)


def _absolute(base: str, link: str) -> str | None:
    try:
        found = urljoin(base, link.strip())
        parts = urlsplit(found)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return found if known and len(found) <= 2000 and not _NO_ADDRESS.search(found) else None


def _title(page: HtmlElement, found: str | None) -> str | None:
    """Return the title that was found, or that of the window if they have little in common.

    A page whose only large heading is that of a box or of a section has its title there.
    """
    window = name(page.findtext(".//head/title") or "")
    told = page.xpath(".//meta[@property='og:title' or @name='twitter:title']/@content")
    if found is None or window is None or told:
        return found or window
    parts = _PARTS.split(window)
    headings = {name(heading.text_content()) for heading in page.iter("h1", "h2", "h3")}
    if len(parts) > 1 and len(headings & set(parts)) == 1:
        return (headings & set(parts)).pop()
    words = set(_WORDS.findall(found.lower()))
    if len(words & set(_WORDS.findall(window.lower()))) * 2 > len(words):
        return found
    return parts[0]


def _author(found: str | None) -> str | None:
    """Return the names of people and agencies among those that were found.

    Examples
    --------
    >>> _author("Mira Holt; Admin; AFP; Jane Doe March; I")
    'Mira Holt; AFP; Jane Doe'
    """
    words = lists("boilerplate")["author"]
    kept = []
    for part in (found or "").split(";"):
        names = part.split()
        while len(names) > 2 and names[-1].lower() in words["behind"]:
            names.pop()
        shown = " ".join(names)
        named = len(names) > 1 or shown.lower() in words["agencies"]
        if named and shown.lower() not in words["nobody"] and len(names) < 8:
            kept.append(shown)
    return "; ".join(kept) or None


def _publisher(value: object, host: object) -> str | None:
    """Return the name of a site; its host is none, and neither is a right or an address."""
    shown = name(value)
    if shown is None or _NO_NAME.match(shown) or shown == host:
        return None
    return shown


def language(page: HtmlElement) -> str | None:
    """Return the language that a page says it is in.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> language(document_fromstring('<html lang="de-AT"><p>Wien.</p></html>'))
    'de'
    """
    for told in (
        page.get("lang", ""),
        *page.xpath(".//meta[@property='og:locale']/@content")[:1],
    ):
        if found := _LANGUAGE.match(str(told)):
            return found[1].lower()
    return None
