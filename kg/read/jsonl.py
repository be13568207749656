"""Document records: JSON Lines, or a file with one record or a list of them.

What is known of the source stands in the object ``source``, or flat in the record itself as in a
``NAME.meta.toml``; where both tell something, the object counts. Flat values that are no words
are passed over, as all fields are that mean nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kg.errors import DocumentError, Failure, SourceError
from kg.model import Document
from kg.read.decode import decoded
from kg.record import from_json
from kg.resource import Resource
from kg.source import Reading

_FLAT = ("url", "title", "publisher", "licence", "license")


@dataclass(frozen=True)
class JsonLines:
    """Reads one document record a line; a bad line is one failure, the others go on.

    Examples
    --------
    >>> news = Resource.of(b'{"text": "Macron spoke."}', "news.jsonl")
    >>> [found.id for found in JsonLines()(news)]
    ['news-1']
    """

    name: ClassVar[str] = "jsonl"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the document of each line that is not blank."""
        words, note = decoded(resource.data(), resource.charset, where=resource.where)
        if not words.strip():
            raise SourceError(resource.where, "is empty", "put the articles in it")
        yield from _noted(lines(words, where=resource.where, name=resource.stem), resource, note)


@dataclass(frozen=True)
class Json:
    """Reads a JSON file that holds one document record, or a list of them."""

    name: ClassVar[str] = "json"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the documents of the file."""
        words, note = decoded(resource.data(), resource.charset, where=resource.where)
        yield from _noted(records(words, where=resource.where, name=resource.stem), resource, note)


def _noted(
    found_all: Iterator[Document | Failure], resource: Resource, note: str
) -> Iterator[Document | Failure]:
    for found in found_all:
        if note and isinstance(found, Document):
            yield found.but(reading=Reading(resource.where, "json", (note,)))
        else:
            yield found


def lines(words: str, *, where: str, name: str) -> Iterator[Document | Failure]:
    """Read one document record a line; a bad line is one `Failure`, the others go on.

    Parameters
    ----------
    words
        The content of the file. Blank lines are passed over.
    where
        How a failure names the file.
    name
        What a record without an id is called, with the number of its line.

    Examples
    --------
    >>> [found.id for found in lines('{"text": "Macron spoke."}', where="news.jsonl", name="news")]
    ['news-1']
    """
    for number, line in enumerate(words.split("\n"), 1):
        if line.strip():
            yield _record(line, f"{where}, line {number}", f"{name}-{number}")


def records(words: str, *, where: str, name: str) -> Iterator[Document | Failure]:
    """Read a JSON file that holds one document record, or a list of them."""
    content = _parsed(words, where)
    if isinstance(content, Failure):
        yield content
    elif isinstance(content, list):
        for number, entry in enumerate(content, 1):
            yield _document(entry, f"{where}, entry {number}", f"{name}-{number}")
    else:
        yield _document(content, where, name)


def _record(line: str, where: str, name: str) -> Document | Failure:
    content = _parsed(line, where)
    return content if isinstance(content, Failure) else _document(content, where, name)


def _parsed(words: str, where: str) -> object:
    try:
        return json.loads(words)
    except json.JSONDecodeError as error:
        problem = f"is not JSON ({error.msg} at line {error.lineno}, column {error.colno})"
    except (ValueError, RecursionError) as error:
        problem = f"is not JSON that can be read ({type(error).__name__})"
    return Failure(where, "read", problem, 'a record is an object like {"text": "..."}')


def _document(content: object, where: str, name: str) -> Document | Failure:
    try:
        document = from_json(_with_source(content), fallback_id=name)
    except DocumentError as error:
        return Failure(where, "read", error.problem, "mend the record")
    if not document.text.strip():
        return Failure(where, "read", "has an empty text", "fill the field 'text'")
    return document


def _with_source(content: object) -> object:
    """Return a record with what stands flat in it about its source where the contract has it."""
    if not isinstance(content, Mapping):
        return content
    flat = {name: content[name] for name in _FLAT if isinstance(content.get(name), str)}
    source = content.get("source")
    if not flat or not isinstance(source, Mapping | None):
        return content
    told = {name: value for name, value in (source or {}).items() if value is not None}
    if "license" in told:
        flat.pop("licence", None)
    return {**content, "source": {**flat, **told}}
