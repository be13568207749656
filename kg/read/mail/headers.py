"""The head of a mail: its fields decoded, whatever they were written in, and what they tell."""

from __future__ import annotations

import binascii
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

LONGEST = 4000
"""Characters of a field of the head that are looked at."""

_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_ID = re.compile(r"<\s*([^<>\s]{1,200})\s*>")


class Head:
    r"""The fields of the head of a mail; of those that stand there twice, the first.

    Parameters
    ----------
    message
        The mail.

    Examples
    --------
    >>> from email import message_from_string
    >>> Head(message_from_string("Subject: =?utf-8?q?=C3=89lys=C3=A9e?=\n\n"))["subject"]
    'Élysée'
    """

    def __init__(self, message: Message) -> None:
        self._raw: dict[str, str] = {}
        for name, value in message.raw_items():
            self._raw.setdefault(name.lower(), str(value)[:LONGEST])

    def __getitem__(self, name: str) -> str:
        return words(self._raw.get(name, ""))

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    @property
    def id(self) -> str:
        """What the mail calls itself; "" if it does not."""
        found = _ID.search(self["message-id"])
        return found[1] if found and found[1].isprintable() else ""

    @property
    def author(self) -> str:
        """The name of who sent it, or the address if no name is given."""
        name, address = parseaddr(self._raw.get("from", "").replace("\r", "").replace("\n", " "))
        return words(name) or words(address)

    @property
    def publisher(self) -> str:
        """The name of the list that it was sent to, or else the organization that it names."""
        named = self["list-id"].partition("<")[0].strip(' "')
        return named or self["organization"]

    def day(self) -> tuple[str, str]:
        """Return the day it was sent, where its sender was, and whence that is known."""
        if found := _day(self["date"]):
            return found, ""
        received = self["received"].rpartition(";")[2]
        if found := _day(received):
            return found, "date from when it was received"
        return "", ""

    def about(self) -> dict[str, str]:
        """Return what it tells of an article, as for `kg.resource.Resource`."""
        known = {
            "id": self.id,
            "date": self.day()[0],
            "title": self["subject"],
            "author": self.author,
            "publisher": self.publisher,
            "url": self["archived-at"].strip("<> "),
        }
        return {name: value for name, value in known.items() if value}


def words(value: str) -> str:
    """Return a field of a head as it was meant; what cannot be decoded stays as it stands.

    Examples
    --------
    >>> words("=?iso-8859-1?Q?Le_pr=E9sident?= said =?utf-8?B?")
    'Le président said =?utf-8?B?'
    """
    value = _text(value)
    if "=?" in value:
        try:
            pieces = decode_header(value)
        except (HeaderParseError, binascii.Error, ValueError):
            pieces = []
        if pieces:
            value = "".join(_piece(piece, charset) for piece, charset in pieces) or value
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return as_text(piece, charset or "")


def _text(value: str) -> str:
    """Return a field whose bytes beyond ASCII were kept as they came."""
    if value.isascii():
        return value
    return as_text(value.encode("utf-8", "surrogateescape"), "")


def as_text(data: bytes, charset: str) -> str:
    """Return the few words of a field as text, whatever encoding they are in.

    Examples
    --------
    >>> as_text("Élysée".encode("latin-1"), "utf-8")
    'Élysée'
    """
    for name in (charset, "utf-8"):
        if name.lower().replace("-", "_") in _NO_CHARSETS:  # some take very long
            continue
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue  # no such encoding, or not this one
    return data.decode("windows-1252", "replace")


def _day(value: str) -> str:
    value = value.strip()[:200]
    for spelt in (value, f"{value} 00:00:00"):  # some tell no time
        try:
            return parsedate_to_datetime(spelt).date().isoformat()
        except (TypeError, ValueError, OverflowError, IndexError):
            continue
    return ""
