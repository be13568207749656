"""Web pages: the article is read without what stands around it, and with its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring

from kg.errors import SourceError
from kg.model import Document
from kg.read.files import resource
from kg.read.folder import files, matching
from kg.read.pages.dates import published
from kg.read.pages.html import Html
from kg.read.through import through
from kg.resource import Resource

FILES = Path(__file__).with_name("files")
PARAGRAPHS = (
    "The presidents of Norland and Estmark met in the town of Hallow on Monday and spoke for "
    "three hours about the fishing grounds that both countries claim.",
    "“We are close to a treaty,” said Mira Holt, the president of Norland, after the meeting.",
    "Estmark recalled its ambassador in January, when a trawler was seized off the coast.",
)


def read(page: str | bytes, **known: Any) -> Document:
    data = page.encode() if isinstance(page, str) else page
    (document,) = Html()(Resource.of(data, "page.html", **known))
    return document


def saved(name: str) -> Document:
    return read((FILES / name).read_bytes())


def article(head: str = "", body: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en-GB'><head>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<article>{body}{text}</article><footer>© 2026 The Paper</footer></body></html>"
    )


def json_ld(**fields: str) -> str:
    told = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    head = '{"@context": "https://schema.org", "@type": "NewsArticle", '
    return f'<script type="application/ld+json">{head}{told}}}</script>'


def test_a_page_as_the_browser_saved_it() -> None:
    document = saved("talks.html")
    assert document.text.split("\n\n") == [
        "HALLOW — The presidents of Norland and Estmark, Mira Holt and Jonas Reik, met in the "
        "town of Hallow on Tuesday and spoke for three hours about the fishing grounds that both "
        "countries claim.",
        "“We are close to a treaty,” Holt said after the meeting. Reik did not speak to reporters.",
        "A trawler in January",
        "Estmark recalled its ambassador in January, when the Norland coast guard seized a "
        "trawler off Cape Sorrow. The crew of eleven was released two weeks later.",
        "Nobody wants to fight over herring.",
        "The two sides want to meet again in April. Norland has not ruled out asking the court in "
        "Westhaven if the talks fail, its foreign minister, Petra Lang, said on Monday.",
        "The treaty would give Estmark a third of the catch.",
        "Norland would keep the islands.",
    ]
    assert document.date == "2026-03-03"  # it was changed on 5 March
    assert document.language == "en"
    assert document.source is not None
    assert document.source.title == "Norland and Estmark near fishing treaty"
    assert document.source.author == "Irena Varga"
    assert document.source.publisher == "The Hallow Courier"
    assert document.source.url == "https://courier.example/world/2026/03/fishing-treaty"
    assert document.reading is not None
    assert document.reading.notes == ("date from the page's JSON-LD",)


def test_the_same_page_as_the_browser_saved_it_with_all_that_belongs_to_it() -> None:
    (found,) = through(resource(FILES / "talks.mhtml"), None)
    assert isinstance(found, Document)
    assert found.text == saved("talks.html").text
    assert found.date == "2026-03-03"  # the browser leaves scripts out, and JSON-LD with them
    assert found.source is not None
    assert found.source.author == "Irena Varga"


def test_a_live_blog_is_of_the_day_it_began() -> None:
    document = saved("live.html")
    assert document.date == "2026-05-10"
    assert document.source is not None
    assert document.source.author == "Olaf Brandt; Lea Sund"
    assert document.source.publisher == "Northern Wire"
    assert "Polling stations have closed all over Estmark." in document.text
    assert "He has governed for eight years and may not stand again." in document.text
    assert document.text.endswith("elect a president and the ninety members of the assembly.")


def test_a_page_without_metadata_has_the_day_of_its_time_and_not_that_of_a_change() -> None:
    document = saved("time_only.html")
    assert document.date == "2025-11-20"
    assert document.text.startswith("The council of Lowmere bought the old harbour")
    assert document.source is not None
    assert document.source.title == "Council of Lowmere buys old harbour"
    assert document.source.publisher is None


def test_an_old_page_that_is_laid_out_by_tables() -> None:
    document = saved("tables.html")
    assert document.text.split("\n\n") == [
        "The keeper of the Cape Sorrow lighthouse, Élodie Brázda, received the medal of the "
        "republic on Sunday. “I only did my duty,” she said – and went back to work.",
        "President Anton Müller visited the cape for the first time. He called the keeper’s work "
        "the pride of the coast and promised a new lamp that costs 300 € a month.",
        "The lighthouse was built in 1871. It guides some 4,000 ships a year into the port of "
        "Sorrow.",
    ]
    assert document.date == "2003-06-09"
    assert document.source is not None
    assert document.source.title == "Lighthouse keeper honoured"
    assert document.reading is not None
    assert "decoded as windows-1252" in document.reading.notes


def test_paragraphs_are_lines_with_nothing_around_them() -> None:
    document = read(article("<title>Talks in Hallow - The Paper</title>"))
    assert document.text.split("\n\n") == [*PARAGRAPHS]
    assert document.id == "page"


@pytest.mark.parametrize("page", ["", "<html><body></body></html>", "<html><frameset></html>"])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match="no article found in this page") as refused:
        read(page)
    assert refused.value.remedy


def test_a_piece_of_a_page_is_read_too() -> None:
    assert read("<p>Macron spoke.").text == "Macron spoke."


@pytest.mark.parametrize(
    ("head", "day", "note"),
    [
        (json_ld(datePublished="2026-03-03T23:30:00-05:00"), "2026-03-03", "JSON-LD"),
        (json_ld(dateModified="2026-03-05"), None, ""),
        ('<meta property="article:published_time" content="2026-03-03">', "2026-03-03", "metadata"),
        ('<meta property="article:modified_time" content="2026-03-03">', None, ""),
        ('<meta name="dc.date.issued" content="2026-02-31">', None, ""),
        (
            '<meta property="og:updated_time" content="2026-03-05">'
            '<meta name="date" content="2026-03-03">',
            "2026-03-03",
            "metadata",
        ),
        ('<meta name="date" content="3 March 2026">', "2026-03-03", "metadata"),
        ('<link rel="canonical" href="https://a.example/2026/03/03/x">', "2026-03-03", "address"),
        ("", None, ""),  # there is a copyright of 2026
    ],
)
def test_the_day_is_one_that_the_page_tells(head: str, day: str | None, note: str) -> None:
    document = read(article(head))
    assert document.date == day
    assert document.reading is not None
    assert note in " ".join(document.reading.notes)


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<p class="date">3 March 2026</p>', "2026-03-03"),
        ('<p class="date">3. März 2026</p>', "2026-03-03"),
        ('<p class="date">March 2026</p>', None),
        ('<p class="date">3 March</p>', None),  # a library would take this year
        ('<p class="date">10:30</p>', None),  # or today
        ('<p class="date">yesterday</p>', None),
        ('<p class="date">Updated 3 March 2026</p>', None),
        ('<p class="date">3/4/2026</p>', None),  # of March or of April
        ('<p class="date">13/4/2026</p>', "2026-04-13"),
        ('<p>Last updated <time datetime="2026-03-03">3 March</time></p>', None),
        ('<p><time datetime="2026-03-03">Tuesday</time></p>', "2026-03-03"),
        ('<div id="comments"><span class="date">3 March 2026</span></div>', None),
    ],
)
def test_the_day_is_written_in_the_text_or_it_is_none(body: str, day: str | None) -> None:
    assert read(article("", body)).date == day


def test_a_guess_that_is_not_written_does_not_count() -> None:
    page = document_fromstring("<p>Paris, 17 February 2025</p><footer>© 2025</footer>")
    assert published(page, date(2025, 1, 1).isoformat(), None) == (None, "")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("/x", None),
        ("https://", None),
        ("http://[::1", None),
        ("https://a.example/a b", None),
        ("https://a.example/<script>", None),
    ],
)
def test_only_addresses_of_the_web_are_taken(link: str, url: str | None) -> None:
    head = f'<base href="javascript:alert(2)"><link rel="canonical" href="{link}">'
    document = read(article(head))
    assert document.source is not None
    assert document.source.url == url


def test_where_a_browser_saved_the_page_from_is_its_address() -> None:
    page = article().replace(
        "<html", "<!-- saved from url=(0023)https://a.example/talks -->\n<html"
    )
    document = read(page)
    assert document.source is not None
    assert document.source.url == "https://a.example/talks"


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("Irena Varga", "Irena Varga"),
        ("By Irena Varga and Olaf Brandt", "Irena Varga; Olaf Brandt"),
        ("Editorial Team", None),
        ("Staff Writer", None),
        ("https://www.facebook.com/paper", None),
    ],
)
def test_authors_are_people(author: str, told: str | None) -> None:
    document = read(article(f'<meta name="author" content="{author}">'))
    assert document.source is not None
    assert document.source.author == told


@pytest.mark.parametrize(
    "line", ["Read more", "Share this: Facebook", "Photo: T. Lind/Agency", "ADVERTISEMENT", "20:15"]
)
def test_lines_of_no_article_are_left_out(line: str) -> None:
    paragraphs = (*PARAGRAPHS[:2], line, PARAGRAPHS[2])
    assert read(article(paragraphs=paragraphs)).text.split("\n\n") == [*PARAGRAPHS]


def test_sentences_that_only_begin_like_such_lines_stay() -> None:
    long = (
        "Photo: that is what the minister called the picture which the guards of the palace took."
    )
    paragraphs = ("Share prices fell on Monday.", *PARAGRAPHS, long)
    assert read(article(paragraphs=paragraphs)).text.split("\n\n") == [*paragraphs]


def test_where_lines_may_be_broken_is_no_part_of_a_word() -> None:
    words = (
        "The Nor\u00adland parlia\u200bment met in Hal<wbr>low on Monday and voted for the treaty."
    )
    assert (
        "The Norland parliament met in Hallow"
        in read(article(paragraphs=(words, *PARAGRAPHS))).text
    )


def test_letters_stay_as_they_are() -> None:
    words = "The Élyse\u0301e spoke of 5,000 ships, 👩‍👩‍👧 and of Zu\u0308rich on that Monday."
    assert words in read(article(paragraphs=(words, *PARAGRAPHS))).text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "windows-1252"])
def test_the_declared_encoding_is_followed(codec: str) -> None:
    page = article(f'<meta charset="{codec}">').replace("Hallow", "Hällöw")
    assert "the town of Hällöw" in read(page.encode(codec)).text
    page = article().replace("Hallow", "Hällöw")
    assert "the town of Hällöw" in read(page.encode(codec), charset=codec).text


def test_the_order_of_pages_changes_nothing() -> None:
    """The library has caches and settings that all pages share."""
    names = ("talks.html", "tables.html", "live.html", "time_only.html")
    first = [saved(name) for name in names]
    again = [saved(name) for name in (*reversed(names), *names)]
    assert first == again[:4][::-1] == again[4:]


def test_the_folder_that_a_browser_saves_beside_a_page_belongs_to_it(tmp_path: Path) -> None:
    for name in ("talks.html", "talks_files/advert.html", "vote.htm", "vote-Dateien/a.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(article(), encoding="utf-8")
    (tmp_path / "other_files").mkdir()  # there is no other.html
    (tmp_path / "other_files" / "kept.html").write_text(article(), encoding="utf-8")
    expected = ["talks.html", "vote.htm", "kept.html"]
    assert [path.name for path in files(tmp_path)] == expected
    found = matching(f"{tmp_path}/**/*.htm*")
    assert {path.name for path in found if isinstance(path, Path)} == set(expected)
    (named,) = matching(f"{tmp_path}/talks_files/*.html")
    assert isinstance(named, Path)


def test_a_folder_of_saved_pages_is_read_without_what_belongs_to_them() -> None:
    names = [path.name for path in files(FILES) if path.suffix == ".html"]
    assert names == ["live.html", "tables.html", "talks.html", "time_only.html"]
