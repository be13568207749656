"""Addresses: what is fetched and what is refused, against real servers on this machine."""

from __future__ import annotations

import gzip
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import trustme

from kg.errors import Failure
from kg.model import Document
from kg.read import Web, read
from kg.read.web.fetch import AGENT
from tests.sites import FIRST, HTML, PAGE, Pretended, Site, site, web

PUBLIC = "93.184.216.34"
OTHER = "198.41.0.4"


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as found:
        yield found


@pytest.fixture
def news(running: Site) -> Site:
    running.routes.clear()
    running.asked.clear()
    return running


def page(found: Iterable[Document | Failure]) -> Document:
    (document,) = found
    assert isinstance(document, Document), document
    return document


def refused(address: str, settings: Web) -> Failure:
    (failure,) = read([address], web=settings)
    assert isinstance(failure, Failure), failure
    assert failure.remedy
    assert failure.input == address
    return failure


def head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines, "", "")).encode()


def test_a_page_is_read_with_its_address_and_an_id_made_of_it(news: Site, tmp_path: Path) -> None:
    address = news.answers("/2025/02/paris-talks.html", PAGE, HTML)
    document = page(read([f"{address}#top"], web=web(tmp_path)))
    assert FIRST in document.text
    assert "World" not in document.text
    assert document.id == f"127.0.0.1-{news.port}_2025_02_paris-talks"
    assert document.source is not None
    assert (document.source.url, document.source.title) == (address, "Talks in Paris")
    assert document.reading is not None
    assert (document.reading.input, document.reading.reader) == (f"{address}#top", "html")


def test_nothing_of_the_user_is_sent(
    news: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login anna password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://anna:secret@127.0.0.1:9")  # where nobody is
    monkeypatch.setenv("ALL_PROXY", "http://anna:secret@127.0.0.1:9")
    news.answers("/a", status=302, Location="/b", Set_Cookie="who=anna; Path=/")
    news.answers("/b", Set_Cookie="who=anna; Path=/")
    news.answers("/c")
    found = list(read([f"{news.url}/a", f"{news.url}/c"], web=web(tmp_path / "cache")))
    assert all(isinstance(entry, Document) for entry in found)
    assert news.paths == ["/a", "/b", "/c"]
    for _, headers in news.asked:
        assert headers == {
            "host": f"127.0.0.1:{news.port}",
            "user-agent": AGENT,
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            "connection": "close",
        }


def test_a_name_or_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    failure = refused("http://anna:secret@127.0.0.1/a", web(tmp_path))
    assert "never sent" in failure.problem
    assert "secret" not in f"{failure.where} {failure.problem} {failure.remedy}"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0",
        "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "１２７.0.0.1",
        "127。0。0。1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[fd00:ec2::254]",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "localhost.", "192.0.2.1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(
    news: Site, tmp_path: Path, host: str
) -> None:
    news.answers("/")
    failure = refused(f"http://{host}:{news.port}/", web(tmp_path, private=False))
    assert "not for the public" in failure.problem
    assert "--allow-private" in failure.remedy
    assert news.asked == []


def test_a_name_is_refused_if_any_of_its_addresses_is_private(news: Site, tmp_path: Path) -> None:
    network = Pretended({"news.example": [[PUBLIC, "10.0.0.7"]]}, {PUBLIC: news.port})
    settings = web(tmp_path, private=False, network=network)
    assert "leads to 10.0.0.7" in refused("http://news.example/", settings).problem
    assert network.connected == []


def test_a_name_is_looked_up_once_and_the_address_checked_is_the_one_connected_to(
    news: Site, tmp_path: Path
) -> None:
    """A second look-up, as in DNS rebinding, would find this machine."""
    news.answers("/a")
    network = Pretended({"news.example": [[PUBLIC], ["127.0.0.1"]]}, {PUBLIC: news.port})
    settings = web(tmp_path, private=False, network=network)
    document = page(read(["http://news.example/a"], web=settings))
    assert document.id == "news.example_a"
    assert (network.looked_up, network.connected) == (["news.example"], [PUBLIC])
    assert news.asked[0][1]["host"] == "news.example"


def test_the_next_address_of_a_name_is_tried_if_one_is_down(news: Site, tmp_path: Path) -> None:
    news.answers("/a")
    network = Pretended({"news.example": [[OTHER, PUBLIC]]}, {PUBLIC: news.port})
    page(read(["http://news.example/a"], web=web(tmp_path, private=False, network=network)))
    assert network.connected == [OTHER, PUBLIC]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("http://127.0.0.1:{port}/secret", "this machine, not for the public"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is an address for"),
        ("http://inside.example/", "leads to 192.168.0.9, an address for a private network"),
        ("//[::1]/", "this machine"),
        ("file:///etc/passwd", "file:///etc/passwd, which is neither http nor https"),
        ("ftp://news.example/", "neither http nor https"),
        ("http://anna:secret@news.example/", "never sent"),
        ("http://nowhere.example/", "there is no host nowhere.example"),
        ("http://[/", "is no web address"),
    ],
)
def test_a_public_site_cannot_send_us_where_we_may_not_go(
    news: Site, tmp_path: Path, target: str, problem: str
) -> None:
    news.moves("/a", target.format(port=news.port))
    names = {"news.example": [[PUBLIC]], "inside.example": [["192.168.0.9"]]}
    network = Pretended(names, {PUBLIC: news.port})
    settings = web(tmp_path, private=False, network=network)
    failure = refused("http://news.example/a", settings)
    assert problem in failure.problem
    assert failure.where == "http://news.example/a"
    assert network.connected == [PUBLIC]
    assert news.paths == ["/a"]


def test_redirects_are_followed_and_told(news: Site, tmp_path: Path) -> None:
    news.moves("/a", "b?x=é", 301)
    news.moves("/b", f"{news.url}/c", 308)
    address = news.answers("/c")
    document = page(read([f"{news.url}/a"], web=web(tmp_path)))
    assert document.source is not None
    assert document.source.url == address
    assert document.reading is not None
    assert document.reading.notes[:2] == (
        f"redirected to {news.url}/b?x=%C3%A9",
        f"redirected to {address}",
    )


def test_a_fall_back_to_http_is_told(news: Site, tmp_path: Path) -> None:
    news.moves("/a", "http://news.example/b")
    news.answers("/b")
    network = Pretended({"news.example": [[PUBLIC]]}, {PUBLIC: news.port})
    settings = web(tmp_path, private=False, network=network)
    document = page(read(["https://news.example/a"], web=settings))
    assert document.reading is not None
    assert "redirected from https to http, which others can read and change" in (
        document.reading.notes
    )
    assert network.secured == ["news.example"]  # the certificate is asked for by name


def test_redirects_end(news: Site, tmp_path: Path) -> None:
    news.moves("/a", "/b")
    news.moves("/b", "/a")
    assert "in a circle" in refused(f"{news.url}/a", web(tmp_path)).problem
    for number in range(12):
        news.moves(f"/{number}", f"/{number + 1}")
    news.asked.clear()
    assert "more than 10 times" in refused(f"{news.url}/0", web(tmp_path)).problem
    assert len(news.asked) == 11


@pytest.mark.parametrize(
    ("status", "after", "sentence"),
    [
        (401, None, "asks for a name and password (401); open it in your browser, save the page"),
        (403, None, "is refused to programs by the server (403); open it in your browser"),
        (404, None, "is not there (404); check the address"),
        (410, None, "is gone for good (410); leave it out, or give a copy"),
        (418, None, "is refused by the server (418); open it in your browser"),
        (429, "120", "too much was asked of the server (429); try again after 120 seconds"),
        (429, "\x1b[2J", "too much was asked of the server (429); try again later"),
        (451, None, "is withheld for legal reasons (451); leave it out"),
        (500, None, "the server is in trouble (500); try again later"),
        (503, "Mon, 24 Feb 2025 08:00:00 GMT", "the server is in trouble (503); try again after M"),
        (204, None, "is answered with nothing to read (204); try again later"),
        (304, None, "is redirected to nowhere (304); open it in your browser"),
    ],
)
def test_what_a_server_says_instead_is_one_sentence_and_asked_once(
    news: Site, tmp_path: Path, status: int, after: str | None, sentence: str
) -> None:
    headers = {"Retry_After": after} if after else {}
    address = news.answers("/a", b"", status=status, **headers)
    assert str(refused(address, web(tmp_path))).startswith(f"{address}: {sentence}")
    assert news.paths == ["/a"]


def drip(first: bytes) -> Iterator[bytes]:
    yield first
    for _ in range(100):
        time.sleep(0.02)
        yield b"x"


def test_a_server_that_drips_is_left(news: Site, tmp_path: Path) -> None:
    body = news.sends("/a", lambda: drip(head("Content-Type: text/plain", "Content-Length: 100")))
    header = news.sends("/b", lambda: drip(b"HTTP/1.1 200 OK\r\nX-Slow: "))
    silent = news.sends("/c", lambda: drip(b""))
    settings = web(tmp_path, seconds=0.2)
    for address in (body, header, silent):
        assert refused(address, settings).problem == "took longer than 0.2 seconds"


def endless() -> Iterator[bytes]:
    yield head("Content-Type: text/plain")
    while True:
        yield b"Macron spoke. " * 1000


def bomb(packing: str) -> bytes:
    plain = b"\0" * 30_000_000
    return gzip.compress(plain) if packing == "gzip" else zlib.compress(plain)


def test_an_answer_without_end_is_cut_off(news: Site, tmp_path: Path) -> None:
    address = news.sends("/a", endless)
    assert refused(address, web(tmp_path, largest=2_000_000)).problem == "is larger than 2 MB"


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_is_not_unpacked(news: Site, tmp_path: Path, packing: str) -> None:
    address = news.answers("/a", bomb(packing), "text/plain", Content_Encoding=packing)
    assert refused(address, web(tmp_path, largest=2_000_000)).problem == "is larger than 2 MB"


def test_a_size_told_beforehand_is_believed_if_it_is_too_large(news: Site, tmp_path: Path) -> None:
    size = "Content-Length: 99999999999"
    address = news.sends("/a", lambda: [head("Content-Type: text/plain", size)])
    assert refused(address, web(tmp_path)).problem == "is larger than 50 MB"


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(FIRST.encode(), mtime=0)),
        (
            "x-gzip",
            gzip.compress(FIRST[:50].encode(), mtime=0)
            + gzip.compress(FIRST[50:].encode(), mtime=0),
        ),
        ("deflate", zlib.compress(FIRST.encode())),
        ("deflate", zlib.compress(FIRST.encode())[2:-4]),
        ("identity", FIRST.encode()),
    ],
)
def test_a_packed_answer_is_unpacked(news: Site, tmp_path: Path, packing: str, body: bytes) -> None:
    address = news.answers("/a", body, Content_Encoding=packing)
    assert page(read([address], web=web(tmp_path))).text == FIRST


@pytest.mark.parametrize(
    ("lines", "body", "problem"),
    [
        (["Content-Length: 1000"], b"Macron spoke.", "was cut off on the way"),
        (["Transfer-Encoding: chunked"], b"5\r\nMacro\r\n", "was cut off on the way"),
        (["Transfer-Encoding: chunked"], b"zz\r\n", "does not speak HTTP"),
        (
            ["Content-Encoding: gzip"],
            gzip.compress(b"Macron" * 99, mtime=0)[:-9],
            "was cut off on the way",
        ),
        (["Content-Encoding: gzip"], b"Macron spoke.", "cannot be unpacked"),
        (["Content-Encoding: br"], b"Macron spoke.", "a way we did not ask for (br)"),
        (["X: " + "y" * 200_000], b"Macron spoke.", "does not speak HTTP"),
        (["Content-Type: image/png"], b"Macron spoke.", "is image/png, which holds no text"),
        (["Content-Type: application/xml"], b"<urlset/>", "application/xml of no kind"),
        ([], b"", "nothing to read"),
    ],
)
def test_what_a_server_gets_wrong_is_told(
    news: Site, tmp_path: Path, lines: list[str], body: bytes, problem: str
) -> None:
    address = news.sends("/a", lambda: [head(*lines), body])
    assert problem in refused(address, web(tmp_path)).problem


def test_a_server_that_is_none_is_told(tmp_path: Path, news: Site) -> None:
    news.sends("/a", lambda: [b"HTTP/nine what\r\n\r\n"])
    assert "does not speak HTTP" in refused(f"{news.url}/a", web(tmp_path)).problem
    news.sends("/b", lambda: [])
    assert "broke the connection" in refused(f"{news.url}/b", web(tmp_path)).problem
    https = f"https://127.0.0.1:{news.port}/"
    assert "does not speak https" in refused(https, web(tmp_path)).problem
    with site() as gone:
        address = gone.url
    assert "cannot be reached (Connection refused)" in refused(address, web(tmp_path)).problem


def test_a_server_that_cannot_prove_who_it_is_is_not_read(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with site() as found:
        found.answers("/a")
        found.server.socket = context.wrap_socket(found.server.socket, server_side=True)
        failure = refused(f"https://127.0.0.1:{found.port}/a", web(tmp_path))
        assert (
            failure.problem
            == "the server cannot prove who it is (unable to get local issuer certificate)"
        )
        assert found.asked == []


def test_an_answer_that_is_longer_than_told_ends_where_it_was_told(
    news: Site, tmp_path: Path
) -> None:
    told = head("Content-Type: text/plain", "Content-Length: 13")
    address = news.sends("/a", lambda: [told, b"Macron spoke. And then some."])
    assert page(read([address], web=web(tmp_path))).text == "Macron spoke."


def test_the_encoding_that_only_the_server_knows_is_heeded(news: Site, tmp_path: Path) -> None:
    words = PAGE.replace("Paris", "Orléans").encode("iso-8859-15")
    address = news.answers("/a", words, "text/html; charset=ISO-8859-15")
    document = page(read([address], web=web(tmp_path)))
    assert "Scholz in Orléans on Monday" in document.text


@pytest.mark.parametrize(
    ("path", "media", "reader"),
    [
        ("/a.txt", "text/plain", "text"),
        ("/a", "", "text"),
        ("/a.md", "application/octet-stream", "markdown"),
        ("/a.jsonl", "application/octet-stream", "jsonl"),
        ("/a.jsonl", "application/json; charset=utf-8", "jsonl"),
        ("/json/lines", "application/json", "jsonl"),
        ("/a.json", "application/json", "json"),
    ],
)
def test_the_kind_is_told_by_the_server_the_address_and_the_bytes(
    news: Site, tmp_path: Path, path: str, media: str, reader: str
) -> None:
    body = '{"text": "Macron spoke."}' if "json" in path else FIRST
    body = f"{body}\n{body.replace('spoke', 'met')}\n" if "lines" in path else body
    document, *_ = read([news.answers(path, body, media)], web=web(tmp_path))
    assert isinstance(document, Document)
    assert document.reading is not None
    assert document.reading.reader == reader


def test_one_bad_address_costs_only_itself(news: Site, tmp_path: Path) -> None:
    good = news.answers("/a")
    found = list(read([f"{news.url}/none", good, "http://", "nowhere.txt"], web=web(tmp_path)))
    assert [isinstance(entry, Document) for entry in found] == [False, True, False, False]


def test_a_host_is_asked_no_oftener_than_once_a_second() -> None:
    from kg.read.web.addresses import Address
    from kg.read.web.fetch import Fetcher

    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    network = Pretended({"a.example": [[PUBLIC]], "b.example": [[OTHER]]}, {})
    with site() as found:
        found.answers("/")
        network.ports = {PUBLIC: found.port, OTHER: found.port}
        fetch = Fetcher(Web(network=network), clock=lambda: now[0], sleep=sleep)
        for host in ("a", "b", "a", "a"):
            fetch(Address.of(f"http://{host}.example/"))
        assert slept == [1.0, 1.0]
        now[0] += 5
        fetch(Address.of("http://a.example/"))
        assert slept == [1.0, 1.0]
