"""Feeds: RSS, RDF and Atom by feedparser, JSON Feed by JSON.

An entry that has its article with it is a document. One that has only a summary is a link, which
is followed if the feed itself came from an address; else the summary is the document.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin

import feedparser

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read import markup
from kg.read.days import day
from kg.read.web.addresses import Address, name_of
from kg.resource import Link, Resource
from kg.source import Reading, Source

LONGEST = 1000
"""Characters of a title, an author or a publisher."""

_ROOT = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf|channel)[\s>]", re.I)
_END = re.compile(rb"</(?:[a-z]+:)?(?:rss|feed|rdf|channel)\s*>", re.I)
_MAILED = re.compile(r"[^\s@()]+@[^\s@()]+(?:\s+\((.*)\))?")  # as RSS writes authors
_AHEAD = timedelta(days=2)  # the clock of another zone, and one that is not quite right


@dataclass(frozen=True)
class Entry:
    """One entry of a feed, whatever the feed is written in; what is not known is "".

    Parameters
    ----------
    url, key
        Where the article is, and what the feed calls the entry.
    title, author, publisher
        What the feed says of it.
    dated
        Its date in the feed's words.
    full, summary
        The article if the feed has it, and what the feed gives in short.
    """

    url: str = ""
    key: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    dated: str = ""
    full: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    """Reads the entries of a feed.

    Examples
    --------
    >>> news = Resource.of(b'''<rss version="2.0"><channel><title>News</title><item>
    ... <title>Talks</title><link>http://example.org/talks</link>
    ... <description>Macron met Scholz.</description></item></channel></rss>''', "news.rss")
    >>> [(found.url, found.summary.text) for found in Feed()(news)]
    [('http://example.org/talks', 'Macron met Scholz.')]
    """

    name: ClassVar[str] = "feed"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure | Link]:
        """Yield a document or a link for each entry.

        Raises
        ------
        SourceError
            If it is no feed, or one that declares entities.
        """
        data = resource.data()
        is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        base = resource.about.get("url") or resource.where
        entries = _in_json(data, resource) if is_json else _in_xml(data, resource, base)
        seen: set[tuple[str, ...]] = set()
        number = 0
        for number, entry in enumerate(entries, 1):
            known = (entry.url or entry.key, entry.full, entry.summary)
            if known not in seen:
                seen.add(known)
                yield _found(entry, number, resource, base)
        if not number:
            raise SourceError(resource.where, "is a feed without entries", "leave it out")
        if not is_json and not _END.search(data[-1000:].replace(b"\0", b"")):
            problem = f"is a feed that was cut off after entry {number:,}"
            yield Failure(resource.where, "read", problem, "fetch it again")


def _found(entry: Entry, number: int, resource: Resource, base: str) -> Document | Failure | Link:
    where = f"{resource.where}, entry {number}"
    url = _address(entry.url, base)
    published, note = _day(entry.dated)
    told = {"title": entry.title, "author": entry.author, "publisher": entry.publisher}
    known = {name: _line(value) for name, value in told.items() if _line(value)}
    if url:
        known["url"] = url
    is_full = bool(entry.full) and (not url or len(entry.full) >= len(entry.summary))
    text = entry.full if is_full else entry.summary
    if not text and not url:
        return Failure(where, "read", "has neither an article nor an address", "leave it out")
    is_alone = is_full or not url  # there is nothing to fetch
    notes = (note, "" if is_alone else "the summary that the feed gives")
    document = text and Document(
        id=name_of(url or entry.key) if url or entry.key else f"{resource.stem}-{number}",
        text=text,
        date=published,
        source=Source(**known),
        reading=Reading(where, Feed.name, tuple(filter(None, notes))),
    )
    if document and is_alone:
        return document
    if published:
        known["date"] = published
    return Link(url, known, document or None)


def _in_xml(data: bytes, resource: Resource, base: str) -> Iterator[Entry]:
    """Yield the entries of RSS, RDF or Atom.

    Raises
    ------
    SourceError
        If it is none of them, or declares entities: no feed needs any, and attacks do.
    """
    plain = data.replace(b"\0", b"") if b"\0" in data[:100] else data  # UTF-16
    root = _ROOT.search(plain)
    if root is None:
        raise SourceError(resource.where, "is no feed", "give the page of the article")
    if b"<!ENTITY" in plain[: root.start()].upper():
        raise SourceError(
            resource.where, "declares entities, which may grow without end", "leave it out"
        )
    headers = {"content-type": "application/xml", "content-location": base}
    if resource.charset:
        headers["content-type"] += f"; charset={resource.charset}"
    parsed = feedparser.parse(
        io.BytesIO(data),  # a string might be taken for an address
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,  # no tag stays anyway
    )
    feed = parsed.feed
    by = _author(feed) if str(parsed.version).startswith("atom") else ""
    for told in parsed.entries:
        entry = dict(told.items())  # which has no other value where one is missing
        yield Entry(
            url=_str(entry.get("link")),
            key=_str(entry.get("id")),
            title=_str(entry.get("title")),
            author=_author(entry) or by,
            publisher=_str((entry.get("source") or {}).get("title")) or _str(feed.get("title")),
            dated=_str(entry.get("published")) or _str(entry.get("updated")),
            full=max(map(_words, entry.get("content") or ()), key=len, default=""),
            summary=_words(entry.get("summary_detail") or {}),
        )


def _in_json(data: bytes, resource: Resource) -> Iterator[Entry]:
    """Yield the entries of a JSON Feed."""
    try:
        feed = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        raise SourceError(resource.where, "is no JSON that can be read", "fetch it again") from None
    items = feed.get("items")
    for entry in items if isinstance(items, list) else ():
        if not isinstance(entry, Mapping):
            yield Entry()
            continue
        by = (told.get("authors") or [told.get("author")] for told in (entry, feed))
        html, plain = _str(entry.get("content_html")), _str(entry.get("content_text"))
        yield Entry(
            url=_str(entry.get("url")) or _str(entry.get("external_url")),
            key=str(entry.get("id") or ""),
            title=_str(entry.get("title")),
            author=next(filter(None, (", ".join(_names(people)) for people in by)), ""),
            publisher=_str(feed.get("title")),
            dated=_str(entry.get("date_published")) or _str(entry.get("date_modified")),
            full=plain.strip() or markup.words(html).strip(),
            summary=_str(entry.get("summary")).strip(),
        )


def _words(content: Mapping[str, Any]) -> str:
    """Return the words of what feedparser calls content."""
    value = _str(content.get("value"))
    plain = content.get("type") == "text/plain" and not markup.is_markup(value)
    return (value if plain else markup.words(value)).strip()


def _author(told: Mapping[str, Any]) -> str:
    """Return who wrote it, without mail addresses."""
    if found := _MAILED.fullmatch(_str(told.get("author")).strip()):
        return found[1] or ""
    return ", ".join(_names(told.get("authors"))) or _str(told.get("author"))


def _names(people: object) -> Iterator[str]:
    for person in people if isinstance(people, list) else ():
        if isinstance(person, Mapping) and _str(person.get("name")):
            yield person["name"]


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(value: str) -> str:
    """Return a title or a name on one line, without tags."""
    return " ".join(markup.words(value[: 4 * LONGEST]).split())[:LONGEST]


def _address(reference: str, base: str) -> str:
    """Return the web address that an entry names; "" if it is none."""
    try:
        return str(Address.of(urljoin(base, reference.strip()))) if reference.strip() else ""
    except (SourceError, ValueError):
        return ""


def _day(words: str) -> tuple[str | None, str]:
    """Return the day an entry was published, and a note if what the feed says is none."""
    if not words.strip():
        return None, ""
    found = day(words)
    if found is None:
        return None, f"its date is no day: {_line(words)[:60]}"
    if found > (date.today() + _AHEAD).isoformat():
        return None, f"its date is in the future: {found}"
    return found, ""
