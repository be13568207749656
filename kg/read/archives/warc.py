"""Web archives (WARC, WACZ) -> the pages in them, as they were fetched, by warcio."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from warcio.recordloader import ArcWarcRecordLoader

from kg.errors import Failure, SourceError
from kg.read.archives.http_body import plain
from kg.read.archives.packed import allowed
from kg.read.archives.warc_records import LARGEST, Record, records
from kg.read.archives.zip import Zip
from kg.read.kinds import by_media
from kg.read.names import harmless
from kg.resource import Allowance, Resource

_WANTED = ("html", "feed", "pdf", "docx")
_ARCHIVES = (".warc", ".warc.gz")


@dataclass(frozen=True)
class Warc:
    """Reads the pages, feeds, PDF and DOCX files of a web archive that a server gave with 200.

    Pictures, scripts, other answers and pages fetched again unchanged are passed over. The
    address is that of the archive; the day is the page's own, that of the fetching is a note.
    """

    name: ClassVar[str] = "warc"

    def __call__(self, resource: Resource) -> Iterator[Resource | Failure]:
        """Yield each page to be read in turn.

        Raises
        ------
        SourceError
            If there is none.
        """
        allowance = allowed(resource)
        loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        empty = True
        for record in records(resource, allowance):
            found = _page(record, loader, resource, allowance)
            if found is not None:
                empty = False
                yield found
        if empty:
            raise SourceError(
                resource.where, "holds no pages that were fetched well", "fetch them anew"
            )


@dataclass(frozen=True)
class Wacz:
    """Reads the web archives that are packed in a WACZ file."""

    name: ClassVar[str] = "wacz"

    def __call__(self, resource: Resource) -> Iterator[Resource | Failure]:
        """Yield each web archive in it, to be read in turn.

        Raises
        ------
        SourceError
            If there is none.
        """
        empty = True
        for found in Zip()(resource):
            if found.where.endswith(_ARCHIVES):
                empty = False
                yield found
        if empty:
            raise SourceError(resource.where, "holds no web archive", "make it anew")


def _page(
    record: Record | Failure, loader: ArcWarcRecordLoader, resource: Resource, allowance: Allowance
) -> Resource | Failure | None:
    """Return the page in a record; None if it is nothing that is read."""
    if isinstance(record, Failure):
        return record
    try:
        read = loader.parse_record_stream(io.BytesIO(record.head + record.block))
        data = read.raw_stream.read()
    except Exception as error:  # what the library raises at hostile bytes is its to choose
        problem = f"is damaged ({type(error).__name__} in a record)"
        return Failure(resource.where, "read", problem, "get it anew; a record of it is lost")
    address = (read.rec_headers.get_header("WARC-Target-URI") or "").strip()
    sent = read.http_headers
    if sent is not None and sent.get_statuscode() != "200":
        return None
    media = (sent.get_header("Content-Type") if sent is not None else read.content_type) or ""
    kind = by_media(media)
    if kind is None or kind.reader not in _WANTED or not data:
        return None
    where = f"{resource.where}!{harmless(address)}"
    if sent is not None:
        encoding = sent.get_header("Content-Encoding") or ""
        transfer = sent.get_header("Transfer-Encoding") or ""
        try:
            data = plain(data, encoding, transfer, where=where, most=LARGEST)
        except SourceError as error:
            return Failure.of(error, stage="read")
        allowance.take(len(data))
    fetched = (read.rec_headers.get_header("WARC-Date") or "")[:10]
    return Resource.of(
        data,
        _stem(address) + kind.endings[0],
        where=where,
        media=media,
        charset=_charset(media),
        about={"url": address} if address.startswith(("http://", "https://")) else {},
        depth=resource.depth + 1,
        allowance=allowance,
        notes=(f"fetched on {fetched}",) if fetched.isascii() and fetched.isprintable() else (),
    )


def _stem(address: str) -> str:
    """Return a name for a page: the last word of its address, or where it is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "page"
    path = PurePosixPath(unquote(parts.path).replace("\x00", ""))
    return harmless(path.stem or parts.netloc or "page")


def _charset(media: str) -> str:
    _, _, after = media.lower().partition("charset=")
    return after.partition(";")[0].strip(" \"'")[:40]
