"""A feed given by its address: its articles are fetched, politely, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from tests.sites import FIRST, HTML, PAGE, Pretended, Site, site, web

FEED = "application/rss+xml"


def rss(*items: tuple[str, str]) -> str:
    return (
        '<rss version="2.0"><channel><title>The Example Courier</title>'
        + "".join(
            f"<item><title>Title of {link}</title><link>{link}</link><description>{summary}"
            "</description><pubDate>Mon, 17 Feb 2025 10:00:00 GMT</pubDate></item>"
            for link, summary in items
        )
        + "</channel></rss>"
    )


@pytest.fixture
def news() -> Iterator[Site]:
    with site() as found:
        yield found


def test_articles_are_fetched_and_what_fails_leaves_its_summary(news: Site, tmp_path: Path) -> None:
    news.answers("/robots.txt", "User-agent: *\nDisallow: /closed")
    news.answers("/world/paris", PAGE, HTML)
    news.answers("/closed", PAGE, HTML)
    news.moves("/old", "/feed")
    address = news.answers(
        "/feed",
        rss(
            ("world/paris", "In short: Paris."),
            ("/gone", "In short: gone."),
            ("/closed", "In short: closed."),
            ("http://169.254.169.254/latest", "In short: inside."),
            ("file:///etc/passwd", "In short: a file."),
        ),
        FEED,
    )
    network = Pretended({}, {"127.0.0.1": news.port})
    settings = web(tmp_path, network=network)
    found = list(read([f"{news.url}/old"], web=settings))
    documents = [entry for entry in found if isinstance(entry, Document)]
    assert [document.text.partition("\n")[0] for document in documents] == [
        "Talks in Paris" if documents[0].text.startswith("Talks") else FIRST,
        "In short: gone.",
        "In short: closed.",
        "In short: inside.",
        "In short: a file.",
    ]
    first = documents[0]
    assert FIRST in first.text
    assert first.id == f"127.0.0.1-{news.port}_world_paris"
    assert first.source is not None
    assert (first.date, first.source.title, first.source.publisher, first.source.url) == (
        "2025-02-17",
        "Title of world/paris",
        "The Example Courier",
        f"{news.url}/world/paris",
    )
    problems = [entry.problem for entry in found if isinstance(entry, Failure)]
    assert problems == [
        "is not there (404)",
        "is an address that programs are asked to leave alone (robots.txt)",
        "the server cannot be reached (nobody there)",
    ]
    assert {entry.input for entry in found if isinstance(entry, Failure)} == {f"{news.url}/old"}
    second = documents[1].reading
    assert second is not None
    assert second.notes[0] == "the article was not read: is not there (404)"
    assert news.paths == ["/old", "/feed", "/robots.txt", "/world/paris", "/gone"]
    assert address not in [entry.where for entry in found if isinstance(entry, Failure)]


def test_a_second_run_reads_the_feed_and_its_articles_without_a_server(tmp_path: Path) -> None:
    with site() as news:
        news.answers("/a")
        address = news.answers("/feed", rss(("/a", "In short.")), FEED)
        (first,) = read([address], web=web(tmp_path))
    (second,) = read([address], web=web(tmp_path))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert second.to_json() == first.to_json()


def test_no_more_articles_are_fetched_than_is_allowed(news: Site, tmp_path: Path) -> None:
    for number in range(4):
        news.answers(f"/{number}", f"Article {number}.")
    items = [(f"/{number}", f"Short {number}.") for number in range(4)]
    address = news.answers("/feed", rss(*items), FEED)
    found = list(read([address], web=web(tmp_path, articles=2)))
    texts = [entry.text for entry in found if isinstance(entry, Document)]
    assert texts == ["Article 0.", "Article 1.", "Short 2.", "Short 3."]
    assert len(found) == 4


def test_a_public_feed_cannot_send_us_inside(news: Site, tmp_path: Path) -> None:
    items = [(f"http://127.0.0.1:{news.port}/secret", "One."), ("http://inside.example/", "Two.")]
    news.answers("/feed", rss(*items), FEED)
    names = {"news.example": [["93.184.216.34"]], "inside.example": [["192.168.0.9"]]}
    network = Pretended(names, {"93.184.216.34": news.port})
    settings = web(tmp_path, private=False, network=network)
    found = list(read(["http://news.example/feed"], web=settings))
    assert [entry.text for entry in found if isinstance(entry, Document)] == ["One.", "Two."]
    problems = [entry.problem for entry in found if isinstance(entry, Failure)]
    assert all("not for the public" in problem for problem in problems)
    assert len(problems) == 2
    assert network.connected == ["93.184.216.34"]


@pytest.mark.parametrize("media", ["text/html", "text/plain", "application/xml", "text/xml", ""])
def test_a_feed_is_told_by_its_words_whatever_its_server_calls_it(
    news: Site, tmp_path: Path, media: str
) -> None:
    item = "<rss><channel><item><description>Macron spoke.</description></item></channel></rss>"
    (found,) = read([news.answers("/feed", item, media)], web=web(tmp_path))
    assert isinstance(found, Document)
    assert found.text == "Macron spoke."


def test_an_article_that_is_a_feed_again_is_not_followed(news: Site, tmp_path: Path) -> None:
    address = news.answers("/feed", rss(("/feed", "Short.")), FEED)
    found = list(read([address], web=web(tmp_path)))
    assert [entry.text for entry in found if isinstance(entry, Document)] == ["Short."]
    assert news.paths == ["/feed"]
