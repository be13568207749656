"""Web archives: the pages in them, whatever stands between, and those that mean harm."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.apart import Apart
from kg.read.archives import warc_records
from kg.read.archives.http_body import plain
from kg.read.through import through
from kg.resource import FLOOR, Link, Resource

FILES = Path(__file__).parent / "files"
Found = Document | Failure | Link


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as process:
        yield process


def found(apart: Apart | None, data: bytes, name: str = "a.warc") -> list[Found]:
    return list(through(Resource.of(data, name), apart))


def ids(results: list[Found]) -> list[str]:
    return [result.id for result in results if isinstance(result, Document)]


def problems(results: list[Found]) -> list[str]:
    return [result.problem for result in results if isinstance(result, Failure)]


@pytest.mark.parametrize("name", ["wget.warc", "wget.warc.gz", "wacz.wacz"])
def test_an_archive_that_wget_wrote_gives_its_pages(name: str) -> None:
    """One page plain, one in gzip and in pieces, and the first again after a redirect.

    A picture and a page that was not found are passed over. The WACZ was packed by the program
    ``wacz``.
    """
    results = [result for result in read([FILES / name]) if isinstance(result, Document)]
    assert [result.id for result in results] == ["talks", "packed", "talks-2"]
    talks = results[0]
    assert talks.source and talks.reading
    assert talks.date == "2025-02-17"
    assert talks.source.url == "http://127.0.0.1:8017/talks.html"
    assert talks.source.title == "Marchand and Brandt meet in Paris"
    assert talks.source.author == "Anna Berger"
    assert talks.text.startswith("President Hélène Marchand met Chancellor Otto Brandt in Paris")
    assert talks.text.endswith("speak with the mayor of the city.")
    assert talks.text == results[1].text == results[2].text
    assert "fetched on 2026-11-23" in talks.reading.notes
    assert talks.reading.where.endswith("!http://127.0.0.1:8017/talks.html")


def page(name: str) -> bytes:
    sentence = f"President Marchand met the mayor of {name} on Monday to talk about the railway. "
    return (
        f"<html><head><title>{name}</title></head><body><article><p>{sentence * 3}</p>"
        "</article></body></html>"
    ).encode()


class Archive:
    """Writes an archive as warcio does."""

    def __init__(self, *, packed: bool = False, version: str = "WARC/1.1") -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed, warc_version=version)

    def add(
        self, name: str, body: bytes, *, kind: str = "response", status: str = "200 OK",
        media: str = "text/html; charset=utf-8", **fields: str,
    ) -> Archive:  # fmt: skip
        sent = [("Content-Type", media)]
        sent += [(field.replace("_", "-"), value) for field, value in fields.items()]
        head = StatusAndHeaders(status, sent, protocol="HTTP/1.1") if kind != "resource" else None
        record = self.writer.create_warc_record(
            f"https://example.org/{name}", kind, payload=io.BytesIO(body), length=len(body),
            http_headers=head,
            warc_content_type=media if kind == "resource" else "",
        )  # fmt: skip
        self.writer.write_record(record)
        record.raw_stream.close()
        return self

    @property
    def data(self) -> bytes:
        return self.out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("version", ["WARC/1.0", "WARC/1.1"])
def test_records_of_all_kinds_give_their_pages(apart: Apart, packed: bool, version: str) -> None:
    body = page("Lyon")
    raw = zlib.compressobj(wbits=-15)
    archive = (
        Archive(packed=packed, version=version)
        .add("plain.html", page("Paris"))
        .add("resource.html", page("Madrid"), kind="resource", media="text/html")
        .add("gzip.html", gzip.compress(body), Content_Encoding="gzip")
        .add("deflate.html", zlib.compress(body), Content_Encoding="deflate")
        .add("raw.html", raw.compress(body) + raw.flush(), Content_Encoding="deflate")
        .add("brotli.html", brotli.compress(body), Content_Encoding="br")
        .add("said.html", body, Content_Encoding="gzip")  # though it is not packed
        .add("pieces.html", b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body),
             Transfer_Encoding="chunked")
        .add("whole.html", body, Transfer_Encoding="chunked")  # though it is not in pieces
        .add("latin.html", "<html><body><article><p>Président Marchand spoke at the Élysée "
             "with the mayor of Lyon on Monday about the railway.</p></article>".encode("latin-1"),
             media="text/html; charset=iso-8859-1")
    )  # fmt: skip
    results = found(apart, archive.data, "a.warc.gz" if packed else "a.warc")
    assert problems(results) == []
    assert ids(results) == [
        "plain", "resource", "gzip", "deflate", "raw", "brotli", "said", "pieces", "whole",
        "latin",
    ]  # fmt: skip
    latin = results[-1]
    assert isinstance(latin, Document)
    assert latin.text.startswith("Président Marchand spoke at the Élysée")


def test_what_is_no_page_or_was_not_given_is_passed_over(apart: Apart) -> None:
    archive = (
        Archive()
        .add("a.png", b"x", media="image/png")
        .add("a.js", b"x", media="text/javascript")
        .add("gone.html", page("Lyon"), status="404 Not Found")
        .add("moved.html", page("Lyon"), status="302 Found")
        .add("again.html", b"", kind="revisit")
        .add("asked.html", b"", kind="request")
        .add("empty.html", b"")
        .add("ok.html", page("Paris"))
    )
    results = found(apart, archive.data)
    assert (ids(results), problems(results)) == (["ok"], [])


def test_a_member_of_gzip_that_holds_all_records_is_read(apart: Apart) -> None:
    data = gzip.compress(Archive().add("a.html", page("Paris")).add("b.html", page("Rome")).data)
    assert ids(found(apart, data, "a.warc.gz")) == ["a", "b"]


def three(*, packed: bool = False) -> tuple[bytes, bytes, bytes]:
    """Return three records, each with a page."""
    first, second, third = (
        Archive(packed=packed).add(f"{name}.html", page(name)).data for name in "abc"
    )
    return first, second, third


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda r: r.replace(b"Content-Length: ", b"Content-Length: 9"), "is cut off"),
        (lambda r: r[:-400], "tells no type or size"),  # in the midst of its head
        (lambda r: r.replace(b"Content-Length: ", b"Content-Length: 99999999999"), "is cut off"),
        (lambda r: r.replace(b"Content-Length: ", b"Content-Length: -"), "tells no type or size"),
        (lambda r: r.replace(b"WARC-Type", b"WARC-Tipe"), "tells no type or size"),
        (lambda r: r.replace(b"WARC-Date", b"X: " + b"x" * 100_000 + b"\r\nWARC-Date"),
         "tells no type or size"),
        (lambda r: r.replace(b"WARC/1.1", b"WRAC/1.1"), "between the records"),
        (lambda r: b"\0" * 100_000 + b"\r\n", "between the records"),
    ],
)  # fmt: skip
def test_a_broken_record_costs_itself_only(apart: Apart, change: object, problem: str) -> None:
    assert callable(change)
    first, second, third = three()
    results = found(apart, first + change(second) + third)
    assert ids(results) == ["a", "c"]
    assert any(problem in told for told in problems(results)), problems(results)
    assert len(problems(results)) <= 2


@pytest.mark.parametrize("place", [3, 12, 60, 200, -3])
def test_a_broken_member_of_gzip_costs_itself_only(apart: Apart, place: int) -> None:
    first, second, third = three(packed=True)
    broken = bytearray(second)
    broken[place] ^= 0xFF
    broken[place + 1] ^= 0xFF
    results = found(apart, first + bytes(broken) + third, "a.warc.gz")
    assert [name for name in ids(results) if name != "b"] == ["a", "c"]
    assert 1 <= len(problems(results)) <= 2


@pytest.mark.parametrize("packed", [False, True])
def test_of_an_archive_that_is_cut_off_the_rest_is_read(apart: Apart, packed: bool) -> None:
    first, second, third = three(packed=packed)
    name = "a.warc.gz" if packed else "a.warc"
    results = found(apart, first + second + third[: len(third) // 2], name)
    assert ids(results) == ["a", "b"]
    assert "cut off" in problems(results)[0]


def test_an_archive_broken_everywhere_ends(apart: Apart) -> None:
    """Each record says that it is longer than it is, so that each is looked for twice."""
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000\r\n\r\n"
    results = found(apart, record * 20_000)
    assert problems(results)[-1] == "is damaged in too many places"
    assert len(results) == warc_records.MOST_BROKEN + 1


def test_a_page_that_is_too_large_is_refused(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "LARGEST", 10_000)
    archive = Archive().add("large.html", page("Lyon") * 100).add("ok.html", page("Paris"))
    results = found(apart, archive.data)
    assert ids(results) == ["ok"]
    assert problems(results)[0].startswith("holds a page of more than")


MOST = 1_000_000


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(bytes(50_000_000), mtime=0), "gzip"),
        (zlib.compress(bytes(50_000_000)), "deflate"),
        (brotli.compress(bytes(50_000_000)), "br"),
    ],
)
def test_a_packed_answer_stops_at_its_bound(body: bytes, encoding: str) -> None:
    with pytest.raises(OSError, match="unpacks to more than 1 MB"):
        plain(body, encoding, "", where="a.warc", most=MOST)


def test_bombs_in_an_archive_are_put_out_as_a_whole(
    apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.resource.FLOOR", FLOOR // 100)
    archive = Archive(packed=True).add("ok.html", page("Paris"))
    for number in range(30):
        body = gzip.compress(bytes(1_000_000))
        archive.add(f"{number}.html", body, Content_Encoding="gzip")
    results = found(apart, archive.data, "a.warc.gz")
    assert ids(results) == ["ok"]
    assert problems(results)[-1] == "unpacks to more than 100 times its size, as a bomb does"
    assert len(results) < 30


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"5\r\nMacro\r\n1;x=y\r\nn\r\n0\r\n\r\n", b"Macron"),
        (b"5\r\nMacro\r\n" * 3, b"MacroMacroMacro"),
        (b"FFFFFFFFFFFF\r\nMacron", b"Macron"),
        (b"-5\r\nMacron", b"-5\r\nMacron"),
        (b"Macron", b"Macron"),
        (b"", b""),
    ],
)
def test_pieces_are_put_together_even_broken_ones(data: bytes, expected: bytes) -> None:
    assert plain(data, "", "chunked", where="a.warc", most=MOST) == expected


def test_an_unknown_packing_is_said(apart: Apart) -> None:
    archive = Archive().add("a.html", b"x", Content_Encoding="zstd").add("ok.html", page("Paris"))
    results = found(apart, archive.data)
    assert ids(results) == ["ok"]
    assert problems(results) == ["is packed as 'zstd', which is not read"]


ODD = {
    "no address": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\nHTTP\r\n\r\n",
    "an address that is none": b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://[\r\n"
    b"Content-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>a\r\n\r\n",
    "bytes that are no text": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
    b"http://\xff\xfe\x1b[2J\r\nContent-Length: 4\r\n\r\n\xff\xff\xff\xff\r\n\r\n",
    "an answer with no head": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\n"
    b"Content-Length: 2\r\n\r\n\r\n\r\n\r\n",
    "a head without end": b"WARC/1.0\r\n" + b"x: y\r\n" * 20_000,
    "one line without end": b"WARC/1.0" + b" " * 3_000_000,
}


@pytest.mark.parametrize("attack", ODD)
def test_odd_records_cost_themselves_only(apart: Apart, attack: str) -> None:
    first, _, third = three()
    results = found(apart, first + ODD[attack] + b"\r\n\r\n" + third)
    assert [name for name in ids(results) if name != "page"] == ["a", "c"]
    assert len(problems(results)) <= 2
    for result in results:
        if isinstance(result, Failure):
            assert result.where.isprintable()


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\n", b"no archive", b"\x1f\x8b\x08"])
def test_what_holds_no_page_says_so(apart: Apart, data: bytes) -> None:
    for name in ("a.warc", "a.warc.gz"):
        told = problems(found(apart, data, name))
        assert told
        assert ids(found(apart, data, name)) == []
