"""What kinds of input there are, and of which kind a resource is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.errors import SourceError
from kg.read.archives.listing import listed
from kg.read.tables.fields import is_header
from kg.registry import COMPONENTS, plugged
from kg.resource import Resource


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input and how it is told.

    Parameters
    ----------
    reader
        The name of the component that reads it.
    endings
        File names of this kind end so, in lower case.
    media
        Media types of this kind.
    starts
        The first bytes of a file of this kind, whatever it is called.
    extra
        The optional packages it needs.
    apart
        Whether it is read in a process apart, because others' code takes hostile bytes to pieces.
    """

    reader: str
    endings: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    starts: tuple[bytes, ...] = ()
    extra: str | None = None
    apart: bool = False


KINDS = (
    Kind("text", (".txt", ".text"), ("text/plain",)),
    Kind("markdown", (".md", ".markdown"), ("text/markdown",), apart=True),
    Kind("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"),
         extra="web", apart=True),
    Kind("feed", (".rss", ".atom"),
         ("application/rss+xml", "application/atom+xml", "application/feed+json"),
         extra="web", apart=True),
    Kind("pdf", (".pdf",), ("application/pdf",), (b"%PDF-",), extra="pdf", apart=True),
    Kind("docx", (".docx",),
         ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
         extra="office", apart=True),
    Kind("mail", (".eml", ".mht", ".mhtml"), ("message/rfc822", "multipart/related"), apart=True),
    Kind("mbox", (".mbox",), ("application/mbox",)),
    Kind("table", (".csv", ".tsv"), ("text/csv", "text/tab-separated-values")),
    Kind("xlsx", (".xlsx",),
         ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
         extra="office", apart=True),
    Kind("parquet", (".parquet",), ("application/vnd.apache.parquet",), (b"PAR1",),
         extra="parquet", apart=True),
    Kind("json", (".json",), ("application/json",)),
    Kind("jsonl", (".jsonl", ".ndjson"), ("application/x-ndjson", "application/jsonl")),
    Kind("warc", (".warc", ".warc.gz"), ("application/warc",), (b"WARC/",), extra="warc"),
    Kind("wacz", (".wacz",), ("application/wacz",), extra="warc"),
    Kind("zip", (".zip",), ("application/zip",), (b"PK\x03\x04",)),
    Kind("tar", (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"), ("application/x-tar",)),
    Kind("gzip", (".gz", ".bz2", ".xz"),
         ("application/gzip", "application/x-bzip2", "application/x-xz"),
         (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")),
)  # fmt: skip

_REFUSED = {
    b"\xd0\xcf\x11\xe0": ("is an old office document", "save it as DOCX, XLSX or PDF"),
    b"{\\rtf": ("is an RTF document", "save it as DOCX or PDF"),
    b"PK\x05\x06": ("is an empty archive", "put something in it"),
    b"SQLite format 3\x00": ("is a database", "export a table of it as CSV"),
} | {
    b"\x80" + protocol: ("is a Python pickle, which is never loaded", "save it as JSON Lines")
    for protocol in (b"\x02", b"\x03", b"\x04", b"\x05")
}
_IN_ZIP = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "datapackage.json": "wacz"}
_BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
_BY_MEDIA = {media: kind for kind in KINDS for media in kind.media}
_BY_NAME = {kind.reader: kind for kind in KINDS}
_BINARY = tuple((start, kind) for kind in KINDS for start in kind.starts)
_LONG = 1 << 22
_HEADER = re.compile(rb"[A-Za-z-]+: .*\r?\n(?:[A-Za-z-]+: .*\r?\n|[ \t].*\r?\n)*", re.ASCII)
_MAIL = re.compile(rb"^(?:From|Date|Message-ID|Received|Return-Path): ", re.I | re.M)


def kind_of(resource: Resource) -> Kind:
    """Tell of which kind a resource is: by its first bytes, its ending, its media type, its words.

    Raises
    ------
    SourceError
        If it is of a kind that is never read.

    Examples
    --------
    >>> kind_of(Resource.of(b"Macron spoke.", "paris")).reader
    'text'
    >>> kind_of(Resource.of(b"%PDF-1.7", "paris.txt")).reader
    'pdf'
    """
    start = resource.start()
    for magic, (problem, remedy) in _REFUSED.items():
        if start.startswith(magic):
            raise SourceError(resource.where, problem, remedy)
    if start[30:72].startswith(b"mimetypeapplication/vnd.oasis.opendocument"):
        raise SourceError(resource.where, "is an OpenDocument file", "save it as DOCX or PDF")
    named = by_name(resource.name)
    if binary := next((kind for magic, kind in _BINARY if start.startswith(magic)), None):
        if binary.reader == "zip":
            return named if named and named.reader in _IN_ZIP.values() else _in_zip(resource)
        return named if binary.reader == "gzip" and named and _is_packed(named) else binary
    if start[257:262] == b"ustar":
        return _BY_NAME["tar"]
    sniffed = _by_words(start)
    if sniffed.reader == "json" and b"\n" not in start:
        # The first line may be long, and not the only one.
        sniffed = _by_words(resource.start(_LONG))
    if named is None:
        table = sniffed.reader == "text" and is_header(start)
        return by_media(resource.media) or (_BY_NAME["table"] if table else sniffed)
    if named.reader == "json" and sniffed.reader in ("feed", "jsonl"):
        return sniffed
    return named


def by_name(name: str) -> Kind | None:
    """Return the kind that a file name tells, by the longest ending that is known."""
    name = name.lower()
    known = [ending for ending in endings() if name.endswith(ending)]
    if not known:
        return None
    ending = max(known, key=len)
    return _BY_ENDING.get(ending) or Kind(ending.removeprefix("."), (ending,))


def by_media(media: str) -> Kind | None:
    """Return the kind that a media type tells."""
    return _BY_MEDIA.get(media.partition(";")[0].strip().lower())


@cache
def endings() -> frozenset[str]:
    """Return all endings that are read; a reader of your own is called by the ending it reads."""
    own = {f".{name}" for name in plugged("readers") if name not in COMPONENTS["readers"]}
    return frozenset(_BY_ENDING) | own


def _is_packed(kind: Kind) -> bool:
    return kind.reader in ("warc", "tar")


def _in_zip(resource: Resource) -> Kind:
    try:
        with resource.opened() as stream, listed(stream, resource.where) as archive:
            names: Iterable[str] = archive.NameToInfo
            found = next((reader for member, reader in _IN_ZIP.items() if member in names), "zip")
    except SourceError:
        found = "zip"  # whose reader tells what is wrong with it
    return _BY_NAME[found]


def _by_words(start: bytes) -> Kind:
    """Tell the kind of what has no telling name by how it begins."""
    words = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = words[:2048].lower()
    if words.startswith((b"From ",)) and _MAIL.search(words):
        return _BY_NAME["mbox"]
    if (header := _HEADER.match(words)) and _MAIL.search(header[0]):
        return _BY_NAME["mail"]
    if re.match(rb"\{\s*(\"|$)", words):
        return _BY_NAME[_json(words, lower)]
    if words.startswith(b"["):
        return _BY_NAME["json" if re.match(rb"\[\s*\{\s*\"", words) else "text"]
    if lower.startswith((b"<!doctype html", b"<html")):
        return _BY_NAME["html"]
    if lower.startswith(b"<") and re.search(rb"<(rss|feed|rdf:rdf)[\s>]", lower):
        return _BY_NAME["feed"]
    if lower.startswith(b"<") and re.search(rb"<(html|head|body|article)[\s>]", lower):
        return _BY_NAME["html"]
    return _BY_NAME["text"]


def _json(words: bytes, lower: bytes) -> str:
    if b"https://jsonfeed.org/version/" in lower.replace(b"\\/", b"/"):
        return "feed"
    first = words.partition(b"\n")[0].rstrip()
    return "jsonl" if first.endswith(b"}") and len(words) > len(first) + 1 else "json"
