"""Feeds as real tools write them, feeds that are broken, and feeds that mean harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.pages.feed import Feed
from kg.resource import Link, Resource

FILES = Path("tests/read/files")
PARIS = (
    "President Emmanuel Macron met Chancellor Olaf Scholz in Paris on Monday.\n\n"
    "They discussed the budget for two hours, officials said."
)
OSLO = "Foreign Minister Espen Barth Eide will host talks in Oslo on Tuesday."


def entries(feed: str | bytes, **known: str) -> list[Document | Failure | Link]:
    data = feed.encode() if isinstance(feed, str) else feed
    return list(Feed()(Resource.of(data, "news.rss", **known)))


def rss(*items: str, start: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{start}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>'
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    )


def only(feed: str | bytes, **known: str) -> Document:
    (found,) = entries(feed, **known)
    if isinstance(found, Link):
        assert found.summary is not None
        return found.summary
    assert isinstance(found, Document), found
    return found


def notes(document: Document) -> tuple[str, ...]:
    assert document.reading is not None
    return document.reading.notes


@pytest.mark.parametrize(
    ("name", "ids", "dates", "authors"),
    [
        ("feedgen.rss", ("2025_02_paris-talks", "2025_02_oslo"), ("2025-02-17", "2025-02-16"),
         ("Ada Quill", "Ben Ledger")),
        ("feedgen.atom", ("2025_02_paris-talks", "2025_02_oslo"), ("2025-02-17", "2025-02-16"),
         ("Ada Quill", "Ben Ledger")),
        ("feed.json", ("2025_02_paris-talks", "2025_02_oslo"), ("2025-02-17", "2025-02-16"),
         ("Ada Quill", "The Desk")),
        ("hugo.rss", ("posts_paris", "posts_oslo"), ("2025-02-17", "2025-02-16"), (None, None)),
    ],
)  # fmt: skip
def test_feeds_of_real_writers(
    name: str, ids: tuple[str, str], dates: tuple[str, str], authors: tuple[str | None, str | None]
) -> None:
    """The day is that of the publication, where it was published, not of the last change."""
    found = [entry for entry in read([FILES / name]) if isinstance(entry, Document)]
    assert tuple(entry.id for entry in found) == tuple(f"news.example_{name}" for name in ids)
    assert tuple(entry.date for entry in found) == dates
    assert " ".join(found[0].text.split()) == " ".join(PARIS.split())
    assert found[1].text == OSLO
    sources = [entry.source for entry in found if entry.source is not None]
    assert tuple(source.author for source in sources) == authors
    assert [source.title for source in sources] == [
        "Macron & Scholz meet in Paris",
        "Ministers gather in Oslo",
    ]
    assert all("The Example Courier" in (source.publisher or "") for source in sources)
    assert [source.url for source in sources] == [
        f"https://news.example/{path.replace('_', '/')}" + "/" * (name == "hugo.rss")
        for path in ids
    ]


def test_paragraphs_stay_apart_and_nothing_of_a_script_is_left() -> None:
    (first, _) = read([FILES / "feedgen.rss"])
    assert isinstance(first, Document)
    assert first.text == PARIS
    assert notes(first) == ()


def test_a_feed_in_a_file_never_makes_us_ask_the_network() -> None:
    (_, second) = read([FILES / "feedgen.rss"])
    assert isinstance(second, Document)
    assert notes(second) == (
        "the article is fetched if the address of the feed is given",
        "the summary that the feed gives",
    )


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel rdf:about="http://news.example/"><title>News</title></channel>
 <item rdf:about="http://news.example/a"><title>Talks</title><link>http://news.example/a</link>
 <description>Macron met Scholz.</description><dc:creator>Ada Quill</dc:creator>
 <dc:date>2025-02-17T10:00:00Z</dc:date></item></rdf:RDF>"""
OLD = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>
 <title>News</title><item><title>Talks</title><link>http://news.example/a</link>
 <description>Macron met Scholz.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
 <author><name>Ada Quill</name></author><entry><title type="html">&lt;b&gt;Talks&lt;/b&gt;</title>
 <link rel="self" href="/self"/><link href="/a"/><updated>2025-02-17T10:00:00Z</updated>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Macron met</p>
 <p>Scholz.</p></div></content></entry></feed>"""


@pytest.mark.parametrize(
    ("feed", "day", "author", "text"),
    [
        (RDF, "2025-02-17", "Ada Quill", "Macron met Scholz."),
        (OLD, None, None, "Macron met Scholz."),
        (ATOM, "2025-02-17", "Ada Quill", "Macron met\n\nScholz."),
    ],
)
def test_older_and_other_forms(feed: str, day: str | None, author: str | None, text: str) -> None:
    document = only(feed, where="http://news.example/feeds/all.xml")
    assert (document.id, document.date, document.text) == ("news.example_a", day, text)
    assert document.source is not None
    assert document.source.author == author
    assert document.source.title == "Talks"
    assert document.source.publisher == "News"
    assert document.source.url == "http://news.example/a"


@pytest.mark.parametrize(
    ("dated", "day", "note"),
    [
        ("Mon, 17 Feb 2025 23:30:00 -0500", "2025-02-17", None),
        ("Mon, 17 Feb 2025 23:30:00 EST", "2025-02-17", None),
        ("2025-02-17", "2025-02-17", None),
        ("two hours ago", None, "its date is no day: two hours ago"),
        ("Fri, 30 Feb 2025 10:00:00 GMT", None, "its date is no day: Fri, 30 Feb"),
        ("Sat, 17 Feb 2996 10:00:00 GMT", None, "its date is in the future: 2996-02-17"),
        ("", None, None),
    ],
)
def test_only_a_day_is_taken_for_one(dated: str, day: str | None, note: str | None) -> None:
    document = only(rss(f"<description>Macron spoke.</description><pubDate>{dated}</pubDate>"))
    assert document.date == day
    assert [told.startswith(note) for told in notes(document)] == ([True] if note else [])


def test_entries_with_little_are_kept_and_with_nothing_told() -> None:
    found = entries(
        rss(
            "<title>Only a title</title>",
            "<link>http://news.example/a</link>",
            "<description>Macron spoke.</description>",
            "<link>javascript:alert(1)</link><description>Scholz spoke.</description>",
        )
    )
    failure, link, third, fourth = found
    assert isinstance(failure, Failure)
    assert (failure.where, failure.problem) == (
        "news.rss, entry 1",
        "has neither an article nor an address",
    )
    assert link == Link(
        "http://news.example/a", {"publisher": "News", "url": "http://news.example/a"}
    )
    assert isinstance(third, Document)
    assert isinstance(fourth, Document)
    assert (third.id, third.text) == ("news-3", "Macron spoke.")
    assert fourth.source is not None
    assert (fourth.text, fourth.source.url) == ("Scholz spoke.", None)


def test_an_entry_that_comes_twice_is_read_once() -> None:
    item = "<link>http://news.example/a</link><description>Macron spoke.</description>"
    other = "<link>http://news.example/a</link><description>Macron spoke again.</description>"
    assert len(entries(rss(item, item, other))) == 2


def test_what_is_shorter_than_the_summary_is_no_article() -> None:
    link = "<link>http://news.example/a</link><description>Macron spoke.</description>"
    (found,) = entries(rss(f"{link}<content:encoded>Macron.</content:encoded>"))
    assert isinstance(found, Link)
    alone = "<link>http://news.example/a</link><content:encoded>Macron.</content:encoded>"
    (found,) = entries(rss(alone))
    assert isinstance(found, Document)


def test_the_encoding_is_the_one_declared() -> None:
    latin = rss("<description>Élysée</description>").replace(
        '"1.0"?', '"1.0" encoding="iso-8859-1"?'
    )
    assert only(latin.encode("latin-1")).text == "Élysée"
    assert only(rss("<description>Élysée</description>").encode("utf-16")).text == "Élysée"
    only_told = rss("<description>Élysée</description>").encode("cp1252")
    assert only(only_told, charset="windows-1252").text == "Élysée"


BOMB = "<!DOCTYPE rss [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip


EVIL = [
    rss("<description>&j;</description>", start=BOMB).encode(),
    rss("<description>&j;</description>", start=BOMB).encode("utf-16"),
    rss("<description>&a;</description>",
        start='<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>').encode(),
    rss("<description>&a;</description>",
        start='<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>').encode(),
]  # fmt: skip
HIDDEN = ["'lol'", f"'{'lol ' * 20_000}'", "SYSTEM 'file:///etc/passwd'"]


def test_a_feed_that_declares_entities_is_refused(tmp_path: Path) -> None:
    for number, feed in enumerate(EVIL):
        (tmp_path / f"{number}.rss").write_bytes(feed)
    (tmp_path / "good.txt").write_text("Macron spoke.")
    *failures, document = read([tmp_path])
    assert isinstance(document, Document)
    assert [entry.problem for entry in failures if isinstance(entry, Failure)] == [
        "declares entities, which may grow without end"
    ] * len(EVIL)


def test_entities_that_hide_are_not_expanded(tmp_path: Path) -> None:
    """Behind a comment that looks like the start of the feed; the parser itself must hold."""
    item = f"<description>{'&a;' * 20_000}</description>"
    for number, entity in enumerate(HIDDEN):
        start = f"<!-- <rss > --><!DOCTYPE rss [<!ENTITY a {entity}>]>"
        (tmp_path / f"{number}.rss").write_text(rss(item, start=start))
    found = list(read([tmp_path]))
    assert len(found) == len(HIDDEN)
    for entry in found:
        if isinstance(entry, Document):
            assert "root:" not in entry.text
            assert len(entry.text) < 10_000_000


@pytest.mark.parametrize(
    ("feed", "problem"),
    [
        ("<rss", "is no feed"),
        ("<html><body>No</body></html>", "is no feed"),
        (rss(), "is a feed without entries"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "without entries"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": 7}', "without entries"),
        ('{"version": "https://jsonfeed.org/version/1.1"', "is no JSON that can be read"),
        ('{"items": ' + "[" * 100_000, "is no JSON that can be read"),
    ],
)
def test_what_is_no_feed_is_told(feed: str, problem: str) -> None:
    from kg.errors import SourceError

    with pytest.raises(SourceError, match=problem):
        entries(feed)


def test_a_feed_that_was_cut_off_gives_what_it_has_and_says_so() -> None:
    whole = rss(*(f"<description>Report {number}.</description>" for number in range(5)))
    found = entries(whole[: whole.index("Report 4")])
    assert isinstance(found[-1], Failure)
    assert "was cut off after entry" in found[-1].problem
    texts = [entry.text for entry in found if isinstance(entry, Document)]
    assert texts[:4] == [f"Report {number}." for number in range(4)]


def odd() -> Iterator[str]:
    for value in (None, 7, [], {}, [[]], "x" * 5000, "\0\x1b[2J"):
        for field in ("id", "url", "title", "authors", "author", "content_html", "content_text",
                      "summary", "date_published"):  # fmt: skip
            yield json.dumps({"items": [{"content_text": "Macron spoke.", field: value}, value]})


def test_no_value_of_a_json_feed_breaks_it() -> None:
    for feed in odd():
        found = entries(feed)
        assert 1 <= len(found) <= 2
        for entry in found:
            if isinstance(entry, Document):
                assert entry.source is not None
                assert len(entry.source.title or "") <= 1000


def test_a_feed_of_many_entries_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "news.rss"
    item = "<description>Macron spoke on day {}.</description><guid>{}</guid>"
    path.write_text(rss(*(item.format(number, number) for number in range(500))))
    assert sum(isinstance(entry, Document) for entry in read([path])) == 500
