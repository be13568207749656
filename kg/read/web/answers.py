"""What a server answered: a page with what is said of it, or what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message

import httpcore

from kg.errors import SourceError
from kg.read.web.unpacking import unpacked

_MOVED = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({200, 203})
_WORDLESS = ("image/", "audio/", "video/", "font/", "model/")


@dataclass(frozen=True)
class Answer:
    """What an address answered, with what is needed to read it without asking again.

    Parameters
    ----------
    url
        The address that answered in the end.
    status
        The code of the answer; 200 is a page.
    body
        Its bytes, unpacked; none if it is no page.
    media, charset
        What the server says it is.
    fetched
        The second in which it was asked for, in UTC.
    etag, modified
        What to give the server to learn whether it is still the same.
    after
        When a server that refuses wants to be asked again.
    notes
        What happened on the way.
    """

    url: str
    status: int = 200
    body: bytes = b""
    media: str = ""
    charset: str = ""
    fetched: str = ""
    etag: str = ""
    modified: str = ""
    after: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether there is something to read."""
        return self.status == 200


def answer(
    where: str, response: httpcore.Response, known: Answer | None, largest: int
) -> Answer | str:
    """Return what a server answers, or the reference to where it says to go.

    Parameters
    ----------
    where
        The address.
    response
        The answer as it begins to come in.
    known
        What the address answered before; the server may say that it is still the same.
    largest
        Bytes that are taken.

    Raises
    ------
    SourceError
        If there are more, or they are no words.
    PackingError
        If they cannot be unpacked.
    """
    headers = _headers(response.headers)
    fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if response.status in _MOVED and "location" in headers:
        return _text(headers["location"])
    if response.status == 304 and known is not None:
        return replace(known, fetched=fetched)
    if response.status not in _PAGES:
        after = headers.get("retry-after", "")
        return Answer(where, response.status, fetched=fetched, after=after)
    media, charset = _type(headers.get("content-type", ""))
    if media.startswith(_WORDLESS):
        raise SourceError(where, f"is {media}, which holds no text", "give the page of the article")
    told = headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > largest:
        raise _too_large(where, largest)
    body = bytearray()
    for piece in unpacked(response.iter_stream(), headers.get("content-encoding", "")):
        body += piece
        if len(body) > largest:
            raise _too_large(where, largest)
    return Answer(
        where,
        200,
        bytes(body),
        media,
        charset,
        fetched,
        headers.get("etag", ""),
        headers.get("last-modified", ""),
    )


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by their names in lower case; of those of one name the first."""
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


def _text(value: str) -> str:
    """Return a header in which some servers write UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _type(told: str) -> tuple[str, str]:
    """Return the media type and the encoding that a ``Content-Type`` tells."""
    if "/" not in told:
        return "", ""
    message = Message()
    message["content-type"] = told[:300]
    return message.get_content_type(), message.get_content_charset() or ""


def _too_large(where: str, largest: int) -> SourceError:
    size = f"{largest // 1_000_000} MB" if largest >= 1_000_000 else f"{largest:,} bytes"
    return SourceError(where, f"is larger than {size}", "save it as a file and give that")
