"""A mail, or a page that a browser saved as one file (MHTML): its article, and what is attached.

The standard library takes it to pieces. Its words are those of the plain text, unless that is a
mere hint to look at the page beside it; what of them counts is in `kg.read.mail.quoting`, what its
head tells in `kg.read.mail.headers`. What is attached and of a kind that is read is an article of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import PurePosixPath
from typing import ClassVar

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.decode import decoded
from kg.read.kinds import by_media, by_name
from kg.read.mail import quoting
from kg.read.mail.headers import Head, words
from kg.read.metadata import described
from kg.read.names import harmless
from kg.resource import Link, Resource
from kg.source import Reading

PARTS = 1000
"""Parts of a mail that are looked at."""

HINT = 200
"""A plain text with fewer characters gives way to the page beside it."""

_MOST_NAMED = 5
_SAVED = "<saved by"
Found = Document | Failure | Resource | Link


@dataclass(frozen=True)
class Mail:
    r"""Reads a mail and what is attached to it, or a page that a browser saved as one file.

    Examples
    --------
    >>> letter = b"Subject: Talks\nDate: Mon, 17 Feb 2025 23:30 -0500\n\nMacron met Scholz.\n"
    >>> for document in Mail()(Resource.of(letter, "a.eml")):
    ...     print(document.id, document.date, document.source.title, repr(document.text))
    a 2025-02-17 Talks 'Macron met Scholz.\n'
    """

    name: ClassVar[str] = "mail"

    def __call__(self, resource: Resource) -> Iterator[Found]:
        """Yield the article of a mail, then what is attached.

        Raises
        ------
        SourceError
            If there is nothing to read in it.
        """
        message = message_from_bytes(resource.data())
        head = Head(message)
        if _is_page(resource, head):
            yield from _page(message, head, resource)
        else:
            yield from _mail(message, head, resource)


@dataclass
class _Parts:
    """What a mail consists of: its words as plain text and as a page, and what is attached."""

    plain: list[Message] = field(default_factory=list)
    pages: list[Message] = field(default_factory=list)
    attached: list[tuple[str, Message]] = field(default_factory=list)
    forwarded: list[Message] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    page_first: bool = False

    @classmethod
    def of(cls, message: Message) -> _Parts:
        """Sort the parts of a mail."""
        found, alternatives = cls(), False
        for part in _leaves(message):
            kind = part.get_content_type()
            name = _file_name(part)
            if kind == "multipart/alternative":
                alternatives = True
            elif part.is_multipart():
                if kind == "message/rfc822":
                    found.forwarded += part.get_payload()  # type: ignore[arg-type]
            elif name or part.get_content_disposition() == "attachment":
                found.attached.append((name, part))
            elif kind == "text/plain":
                found.plain.append(part)
            elif kind == "text/html":
                found.page_first |= not found.plain and not alternatives
                found.pages.append(part)
            elif part is not message:
                found.passed.append(kind)
        return found


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail in their order, but not those of mails that lie in it."""
    waiting, count = [message], 0
    while waiting and count < PARTS:
        part = waiting.pop()
        count += 1
        yield part
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting += reversed(part.get_payload())  # type: ignore[arg-type]


def _mail(message: Message, head: Head, resource: Resource) -> Iterator[Found]:
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
        raise SourceError(resource.where, "is encrypted", "save it decrypted")
    parts = _Parts.of(message)
    notes = [note for note in (head.day()[1],) if note]
    inside, passed = _inside(parts, resource)
    if passed:
        more = f" and {len(passed) - _MOST_NAMED} more" if len(passed) > _MOST_NAMED else ""
        notes.append(f"passed over: {', '.join(passed[:_MOST_NAMED])}{more}")
    article = _article(parts, head, resource, notes)
    if article is None and not inside:
        raise SourceError(resource.where, "has no words", "open it and save what it says as text")
    if article is not None:
        yield article
    yield from inside


def _article(
    parts: _Parts, head: Head, resource: Resource, notes: list[str]
) -> Document | Failure | None:
    """Return what a mail says; None if it says nothing."""
    about = {**head.about(), **resource.about}
    text, told = _plain(parts, head)
    has_page = bool(parts.pages) and (parts.page_first or len(text.strip()) < HINT)
    failure = None
    if has_page:
        found = _of_page(parts.pages[0], resource, {})
        if isinstance(found, Document):
            read = found.reading.notes if found.reading else ()
            reading = Reading(resource.where, "mail", ("read as a page", *read, *notes))
            return described(found.but(id=resource.stem, reading=reading), about)
        failure = found
    if text.strip():
        reading = Reading(resource.where, "mail", (*told, *notes))
        return described(Document(resource.stem, text, reading=reading), about)
    return failure


def _plain(parts: _Parts, head: Head) -> tuple[str, list[str]]:
    answer = quoting.is_answer(head["subject"], "in-reply-to" in head)
    found, notes = [], []
    for part in parts.plain:
        try:
            text, note = decoded(_data(part), _charset(part), where="part")
        except SourceError as error:
            notes.append(f"a part that {error.problem}")
            continue
        text = text.replace("\r\n", "\n").replace("\x00", "")
        if note:
            notes.append(note)
        if _parameter(part, "format") == "flowed":
            text = quoting.unfolded(text, joined=_parameter(part, "delsp") == "yes")
        text, told = quoting.own_words(text, answer=answer)
        found.append(text)
        notes += told
    return "\n".join(text for text in found if text.strip()), notes


def _inside(parts: _Parts, resource: Resource) -> tuple[list[Resource], list[str]]:
    """Return what is attached and of a kind that is read, and what is passed over."""
    found: list[Resource] = []
    passed = list(parts.passed)
    for name, part in parts.attached:
        kind = by_name(name) or (None if name else by_media(part.get_content_type()))
        if kind is None:
            passed.append(harmless(name) or part.get_content_type())
            continue
        data = _data(part)
        known = {"media": part.get_content_type(), "charset": _charset(part)}
        attached = resource.inside(harmless(name) or "attachment", Resource.of(data, "").opened)
        found.append(attached.but(**known))
    for number, forwarded in enumerate(parts.forwarded, 1):
        try:
            data = forwarded.as_bytes()
        except (ValueError, LookupError, TypeError, AttributeError):
            passed.append(f"a broken mail, number {number}")
            continue
        found.append(resource.inside(f"mail-{number}.eml", Resource.of(data, "").opened))
    return found, passed


def _is_page(resource: Resource, head: Head) -> bool:
    saved = head["from"].lower().startswith(_SAVED) or "snapshot-content-location" in head
    return saved or resource.ending in (".mht", ".mhtml")


def _page(message: Message, head: Head, resource: Resource) -> Iterator[Found]:
    """Yield the page that was saved; its pictures and frames are passed over."""
    pages = [part for part in _leaves(message) if part.get_content_type() == "text/html"]
    if not pages:
        raise SourceError(resource.where, "holds no page", "save the page anew, or as HTML")
    address = head["snapshot-content-location"]
    main = next((page for page in pages if Head(page)["content-location"] == address), pages[0])
    url = address or Head(main)["content-location"]
    about = {"url": url} if url.startswith(("http://", "https://")) else {}
    found = _of_page(main, resource, about)
    if found is not None:
        yield found


def _of_page(part: Message, resource: Resource, about: dict[str, str]) -> Document | Failure | None:
    """Return the article of a page as the reader of pages sees it, or why there is none."""
    from kg.read.through import through  # noqa: PLC0415  # which finds this reader

    name = f"{resource.stem}.html"
    page = Resource.of(
        _data(part), name, where=resource.where, charset=_charset(part), media="text/html",
        about={**about, **resource.about}, depth=resource.depth,
    )  # fmt: skip
    for found in through(page, None):
        if isinstance(found, Document | Failure):
            return found
    return None


def _data(part: Message) -> bytes:
    """Return the bytes of a part; what is not encoded as it says comes as far as it is."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        data = None
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return (part.get_content_charset() or "").lower()
    except (ValueError, LookupError):
        return ""


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name, "")
    return value.lower() if isinstance(value, str) else ""


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError):
        return "attachment"
    name = harmless(words(name))
    return PurePosixPath(name.replace("\\", "/")).name
