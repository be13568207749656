"""A document record (one JSON object) -> `Document`; the way back is ``Document.to_json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from reprlib import repr as _shown  # short, and not deeper than a message needs
from typing import Any

from kg.errors import DocumentError
from kg.model import Document, Entity, EntityType, Mention, MentionKind, Relation, Span, Statement
from kg.source import Source


def from_json(record: object, *, fallback_id: str = "document") -> Document:
    """Read a document record; only ``text`` is required.

    Parameters
    ----------
    record
        What ``json.loads`` gave for one line.
    fallback_id
        The id of a record that has none.

    Returns
    -------
    Document
        Checked: all spans lie inside the text and all ids exist.

    Raises
    ------
    DocumentError
        Saying which field does not hold.

    Examples
    --------
    >>> from_json({"text": "Macron spoke."}, fallback_id="line 1").id
    'line 1'
    """
    if not isinstance(record, Mapping):
        raise DocumentError(fallback_id, "a record is a JSON object with at least a text")
    name = _Fields(record, fallback_id).text("id")
    fields = _Fields(record, name or fallback_id)
    return Document(
        id=fields.document,
        text=fields.required("text"),
        date=_iso_day(fields),
        source=_source(fields),
        entities=tuple(_entity(entry) for entry in fields.entries("entities")),
        relations=tuple(_relation(entry) for entry in fields.entries("relations")),
        statements=tuple(_statement(entry) for entry in fields.entries("statements")),
        language=fields.text("language"),
        pages=fields.offsets("pages"),
    ).check()


def to_line(document: Document) -> str:
    """Write the record as one line of JSON Lines, without the newline; same input, same bytes."""
    return json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"))


def mentions(
    kind: EntityType, listed: Iterable[Span], unlisted: Iterable[Span]
) -> tuple[Mention, ...]:
    """Return the mentions of an entity from the two lists that a record has of them.

    The ``mentions`` of events and groups hold nominals too; so the others are pronouns.
    """
    other: MentionKind = "pronoun" if kind in ("Event", "Group") else "nominal"
    return (
        *(Mention(span, "name") for span in listed),
        *(Mention(span, other) for span in unlisted),
    )


class _Fields:
    """One JSON object of a record, read field by field with errors that say where."""

    def __init__(self, record: Mapping[str, Any], document: str, where: str = "") -> None:
        self.record, self.document, self.where = record, document, where

    def fail(self, name: str, problem: str) -> DocumentError:
        return DocumentError(self.document, f"{self.where}{name}: {problem}")

    def text(self, name: str) -> str | None:
        value = self.record.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.fail(name, f"{_shown(value)} is not a string")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            problem = f"half a surrogate pair at character {error.start}; it is no Unicode text"
            raise self.fail(name, problem) from None
        return value

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise self.fail(name, "is missing")
        return value

    def choice(self, name: str, default: str | None = None) -> Any:
        return self.text(name) or default or self.required(name)

    def truth(self, name: str) -> bool:
        value = self.record.get(name, False)
        if not isinstance(value, bool):
            raise self.fail(name, f"{_shown(value)} is not true or false")
        return value

    def score(self) -> float:
        value = self.record.get("score", 1.0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail("score", f"{_shown(value)} is not a number")
        if not 0 <= value <= 1:
            raise self.fail("score", f"{_shown(value)} is not in 0..1")
        return float(value)

    def span(self, name: str) -> Span:
        return self._span(self.record.get(name), name)

    def spans(self, name: str) -> list[Span]:
        return [self._span(pair, name) for pair in self._list(name)]

    def offsets(self, name: str) -> tuple[int, ...]:
        found = self._list(name)
        if not all(type(offset) is int for offset in found) or [0, *found] != sorted([0, *found]):
            raise self.fail(name, f"{_shown(found)} are no offsets in order")
        return tuple(found)

    def entries(self, name: str) -> list[_Fields]:
        found = []
        for number, entry in enumerate(self._list(name), 1):
            where = f"{name}, entry {number}, "
            if not isinstance(entry, Mapping):
                raise DocumentError(self.document, f"{where}is not an object")
            found.append(_Fields(entry, self.document, where))
        return found

    def _list(self, name: str) -> list[Any]:
        value = self.record.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(name, "is not a list")
        return value

    def _span(self, pair: Any, name: str) -> Span:
        if (
            not isinstance(pair, list)
            or len(pair) != 2
            or not all(type(offset) is int for offset in pair)
        ):
            raise self.fail(name, f"{_shown(pair)} is not a [start, end] pair of code points")
        return Span(pair[0], pair[1])


def _iso_day(fields: _Fields) -> str | None:
    value = fields.text("date")
    if value is not None and not _is_iso_day(value):
        raise fields.fail("date", f"{_shown(value)} is not a day like 2025-02-17")
    return value


def _is_iso_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _source(fields: _Fields) -> Source | None:
    value = fields.record.get("source")
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise fields.fail("source", "is not an object")
    source = _Fields(value, fields.document, "source, ")
    return Source(
        url=source.text("url"),
        title=source.text("title"),
        publisher=source.text("publisher"),
        licence=source.text("licence") or source.text("license"),
        sha256=source.text("sha256"),
        author=source.text("author"),
    )


def _entity(fields: _Fields) -> Entity:
    kind = fields.choice("type")
    return Entity(
        id=fields.required("id"),
        type=kind,
        name=fields.required("name"),
        mentions=mentions(kind, fields.spans("mentions"), fields.spans("nominal_mentions")),
        iso3=fields.text("iso3"),
        wikidata=fields.text("wikidata"),
        iri=fields.text("iri"),
        of=fields.text("of"),
    )


def _relation(fields: _Fields) -> Relation:
    return Relation(
        type=fields.required("type"),
        subject=fields.required("subject"),
        object=fields.required("object"),
        status=fields.choice("status", "actual"),
        evidence=fields.span("evidence"),
        place=fields.text("place"),
        date=fields.text("date"),
        title=fields.text("title"),
        former=fields.truth("former"),
        basis=fields.choice("basis", "text"),
        score=fields.score(),
        by=fields.text("by") or "",
    )


def _statement(fields: _Fields) -> Statement:
    return Statement(
        speaker=fields.required("speaker"),
        quote=fields.span("quote"),
        kind=fields.choice("kind"),
        addressee=fields.text("addressee"),
        cue=fields.text("cue") or "",
    )
