"""A record of JSON -> a document if it is one of kg's own, a row of another's dump if not.

It is kg's own if it has a text and no field that other dumps are known by. With entities,
relations or statements it must hold what the contract says, and a wrong field is an error. With
none of them it may be anybody's, as a dump of texts with titles and dates: a day is understood
however it is written, a number is an id, several paragraphs are a text, a source that is only a
name is the publisher, and what says nothing is not there. What is known of the source stands in its
object ``source``, or flat in the record itself as in a ``NAME.meta.toml``; where both tell
something, the object counts. Flat values that are no words are passed over, as all fields are that
mean nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kg.errors import DocumentError, Failure
from kg.model import Document
from kg.read.tables import fields
from kg.read.tables.articles import Row, language
from kg.record import from_json
from kg.resource import Resource
from kg.source import Reading

_FLAT = ("author", "url", "title", "publisher", "licence", "license")
_FOUND = frozenset({"entities", "relations", "statements"})
_OWN = frozenset({"id", "text", "date", "source", "language", "pages", *_FOUND, *_FLAT})
REMEDY = 'a record is an object like {"text": "..."}'


def parsed(words: str, where: str) -> Any:
    """Return what a piece of JSON says, a failure if it is none."""
    try:
        return json.loads(words)
    except json.JSONDecodeError as error:
        problem = f"is not JSON ({error.msg} at line {error.lineno}, column {error.colno})"
    except (ValueError, RecursionError) as error:
        problem = unreadable(error)
    return Failure(where, "read", problem, REMEDY)


def unreadable(error: ValueError | RecursionError) -> str:
    """Say what is wrong with JSON that is well formed."""
    if isinstance(error, RecursionError):
        return "is not JSON that can be read (nested too deeply)"
    if "digits" in str(error):
        return "is not JSON that can be read (a number of thousands of digits)"
    return f"is not JSON that can be read ({type(error).__name__})"


def document_or_row(
    content: object, where: str, name: str, *, resource: Resource, reader: str, note: str = ""
) -> Row | Document | Failure:
    """Return the document of a record of kg's own, the row of another's dump."""
    if isinstance(content, Mapping) and not is_own(content, resource.about):
        return Row(where, name, content, note)
    if isinstance(content, Mapping) and _FOUND.isdisjoint(content):
        return Row(where, name, _understood(content), note, own=True)
    try:
        document = from_json(_with_source(content), fallback_id=name)
    except DocumentError as error:
        return Failure(where, "read", error.problem, "mend the record")
    if not document.text.strip():
        return Failure(where, "read", "has an empty text", "fill the field 'text'")
    return document.but(reading=Reading(where, reader, (note,) if note else ()))


def is_own(content: Mapping[str, object], about: Mapping[str, str] | None = None) -> bool:
    """Tell whether a record has the fields of kg's own, so that none need be guessed.

    Parameters
    ----------
    content
        The record.
    about
        What is known from outside: who names the columns of a dump says that it is one.

    Examples
    --------
    >>> is_own({"text": "Macron spoke.", "note": 1}), is_own({"text": "", "published": ""})
    (True, False)
    """
    if not _FOUND.isdisjoint(content):
        return True
    if any(name.startswith(fields.TOLD) for name in about or ()):
        return False
    if "text" in content:
        return not any(map(_is_others, content))
    return _OWN.issuperset(content)


@lru_cache(4096)
def _is_others(name: str) -> bool:
    """Tell whether a field is one that other dumps are known by."""
    return name not in _OWN and fields.said(name) in _known() - {fields.said(own) for own in _OWN}


@lru_cache(1)
def _known() -> frozenset[str]:
    names = [name for role in fields.ROLES if role != "text" for name in fields.known()[role]]
    names += [name for rank in fields.known()["text"][:-1] for name in rank]
    return frozenset(map(fields.said, names))


def _understood(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as the contract has it but for its date; what is wrong in the text stays."""
    record = {name: content[name] for name in _OWN & content.keys() if _says(content[name])}
    source = record.get("source")
    if isinstance(source, Mapping):
        record["source"] = {
            name: value for name, value in source.items() if isinstance(value, str) and _says(value)
        }
    else:
        record["source"] = None
        if isinstance(source, str) and not isinstance(record.get("publisher"), str):
            record["publisher"] = source
    text, name, said = content.get("text"), record.get("id"), record.get("language")
    paragraphs = isinstance(text, list) and all(isinstance(entry, str) for entry in text)
    pages = record.get("pages")
    offsets = isinstance(pages, list) and all(type(offset) is int for offset in pages)
    return {
        "id": str(name) if isinstance(name, str | int) and not isinstance(name, bool) else None,
        "text": fields.joined(text) if paragraphs else text,
        "date": record.get("date"),
        "source": _with_source(record).get("source"),
        "language": language(said) if isinstance(said, str) else None,
        "pages": pages if offsets else None,
    }


def _says(value: object) -> bool:
    return not fields.says_nothing(value) and not (isinstance(value, str) and not value.strip())


def _with_source(content: Any) -> Any:
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
