"""A resource -> its documents: the reader of its kind is found and run, archives are gone into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten

from kg.contracts import Reader
from kg.errors import DocumentError, Failure, MissingExtra, SourceError
from kg.model import Document
from kg.read.apart import Apart
from kg.read.kinds import Kind, kind_of
from kg.read.metadata import described
from kg.read.names import shown
from kg.registry import component
from kg.resource import Link, Resource
from kg.source import Reading

DEEPEST = 4
"""How many archives may lie in one another."""

Found = Document | Failure | Link


def through(resource: Resource, apart: Apart | None) -> Iterator[Found]:
    """Yield the documents of a resource, a failure for each that cannot be read, and links.

    Parameters
    ----------
    resource
        What to read; if it is an archive, what lies in it is read in turn.
    apart
        The process in which others' parsers run; None reads all in this one.
    """
    for found in _through(resource, apart):
        yield _harmless(found)


def _through(resource: Resource, apart: Apart | None) -> Iterator[Found]:
    try:
        kind = kind_of(resource)
        if kind.apart and apart is not None:
            for answer in apart(resource, kind):
                yield _noted(answer, resource) if isinstance(answer, Document) else answer
            return
        for found in reader_of(kind)(resource):
            if isinstance(found, Document):
                yield _known(found, resource, kind)
            elif not isinstance(found, Resource):
                yield found
            elif found.depth > DEEPEST:
                yield _too_deep(found)
            else:
                yield from _through(found, apart)
    except (MissingExtra, OSError) as error:
        yield unread(error, resource.where)
    except DocumentError as error:
        yield Failure(resource.where, "read", error.problem, "mend the record")
    except MemoryError:
        yield Failure(
            resource.where, "read", "needs more memory than there is", "cut it into parts"
        )
    except RecursionError:
        yield Failure(resource.where, "read", "is nested too deeply", "save the article as text")
    except Exception as error:  # what others' parsers raise at hostile bytes is theirs to choose
        reason = shorten(f"{type(error).__name__}: {error}", 120)
        yield Failure(resource.where, "read", f"cannot be read ({reason})", "it may be damaged")


def unread(error: MissingExtra | OSError, where: str) -> Failure:
    """Return the failure of what cannot be read; a `SourceError` says itself where and why.

    Examples
    --------
    >>> print(unread(MissingExtra("web pages", "news-kg[web]"), "a.html"))
    a.html: web pages cannot be read without more packages; pip install 'news-kg[web]'
    >>> print(unread(PermissionError(13, "Permission denied"), "a.txt"))
    a.txt: cannot be read (Permission denied); check the path
    """
    if isinstance(error, SourceError):
        return Failure.of(error, stage="read")
    if isinstance(error, MissingExtra):
        problem = f"{error.feature} cannot be read without more packages"
        return Failure(where, "read", problem, f"pip install '{error.extra}'")
    reason = shorten(error.strerror or str(error), 120)
    return Failure(where, "read", f"cannot be read ({reason})", "check the path")


def reader_of(kind: Kind) -> Reader:
    """Return the reader of a kind.

    Raises
    ------
    MissingExtra
        If the packages that it needs are not installed.
    """
    try:
        reader: Reader = component("readers", kind.reader)
    except MissingExtra:
        raise
    except ImportError:
        if kind.extra is None:
            raise
        raise MissingExtra(
            f"{(kind.endings or ('',))[0]} files", f"news-kg[{kind.extra}]"
        ) from None
    return reader


def _harmless(found: Found) -> Found:
    """Return something found with nothing in what is told of it that would move a terminal."""
    if isinstance(found, Failure):
        return replace(found, where=shown(found.where), problem=shown(found.problem))
    if isinstance(found, Link):
        summary = found.summary
        return found if summary is None else replace(found, summary=_shown(summary))
    return _shown(found)


def _shown(document: Document) -> Document:
    reading = document.reading
    if reading is None or all(words.isprintable() for words in (reading.where, *reading.notes)):
        return document
    notes = tuple(map(shown, reading.notes))
    return document.but(reading=replace(reading, where=shown(reading.where), notes=notes))


def _known(document: Document, resource: Resource, kind: Kind) -> Document:
    """Return a document with what was known of it from outside, and how it was read."""
    if resource.about and kind.reader != "feed":  # what is known of a feed is not its entries'
        document = described(document, resource.about)
    reading = document.reading or Reading(resource.where, kind.reader)
    reading = replace(reading, where=reading.where or resource.where)
    return _noted(document.but(reading=reading), resource)


def _noted(document: Document, resource: Resource) -> Document:
    if not resource.notes or document.reading is None:
        return document
    notes = (*document.reading.notes, *resource.notes)
    return document.but(reading=replace(document.reading, notes=notes))


def noted(document: Document, *notes: str) -> Document:
    """Return a document with notes before those it has."""
    reading = document.reading or Reading("", "")
    return document.but(reading=replace(reading, notes=(*notes, *reading.notes)))


def _too_deep(resource: Resource) -> Failure:
    problem = f"lies in more than {DEEPEST} archives"
    return Failure(resource.where, "read", problem, "unpack the outer ones")
