"""What an address answered -> a resource, of the kind that its bytes and its server tell."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import SourceError
from kg.read.kinds import KINDS, Kind, by_name, kind_of
from kg.read.web.addresses import name_of
from kg.read.web.answers import Answer
from kg.resource import Resource

_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream",
                    "application/x-download", "application/force-download"})  # fmt: skip
_XML = ("/xml", "+xml")
_ONE = frozenset({"html", "text", "pdf", "docx"})
"""Kinds of which a resource holds one document, whose address is that of the resource."""


def resource(answer: Answer, where: str, about: Mapping[str, str] | None = None) -> Resource:
    """Return the resource of an answer.

    Parameters
    ----------
    answer
        What was answered.
    where
        What it is called to the user; documents of no better name are called after it.
    about
        What is known from outside.

    Raises
    ------
    SourceError
        If it is empty, or of no kind that is read.

    Examples
    --------
    >>> page = Answer("https://example.org/a", body=b"<p>Macron spoke.", media="text/html")
    >>> resource(page, "https://example.org/a").name
    'example.org_a.html'
    """
    if not answer.body.strip():
        raise SourceError(where, "is answered with nothing to read", "try again later")
    plain = Resource.of(answer.body, "answer", where=where)
    kind = _kind(plain, answer)
    known = dict(about or {})
    if kind.reader in _ONE:
        known.setdefault("url", answer.url)
    else:
        known.pop("id", None)
    ending = next((end for end in kind.endings if answer.url.endswith(end)), kind.endings[0])
    where = answer.url if kind.reader == "feed" else where  # its references start from there
    return plain.but(
        where=where,
        name=name_of(where) + ending,
        media=answer.media,
        charset=answer.charset,
        about=known,
    )


def _kind(plain: Resource, answer: Answer) -> Kind:
    """Tell the kind: by unmistakable first bytes, by the media type, by the address, by words."""
    told = by_name(answer.url.partition("?")[0].rpartition("/")[2])
    named = next((kind for kind in KINDS if told is not None and kind.reader == told.reader), None)
    by_words = kind_of(plain)
    by_media = next((kind for kind in KINDS if answer.media in kind.media), None)
    if by_words.reader == "feed" or by_words.starts or by_words.reader in ("docx", "xlsx", "wacz"):
        return by_words
    if answer.media in _VAGUE:
        return named or by_words
    if by_media is not None and by_media.reader == "json":
        lines = (kind for kind in (named, by_words) if kind is not None and kind.reader == "jsonl")
        return next(lines, by_media)  # which has no type of its own that servers know
    if by_media is not None:
        if named is not None and (by_media.reader, named.reader) == ("json", "jsonl"):
            return named  # few servers know JSON Lines
        return by_media
    if answer.media.endswith(_XML) and by_words.reader == "text":
        raise SourceError(
            plain.where,
            f"is {answer.media} of no kind that is read",
            "give the page of the article",
        )
    return named or by_words
