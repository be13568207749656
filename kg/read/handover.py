"""What passes between us and the process that reads apart: lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import Failure
from kg.model import Document
from kg.read.files import opened
from kg.record import from_json
from kg.resource import Link, Resource
from kg.source import Reading


@dataclass(frozen=True)
class Message:
    """The head of a resource that is handed over; its bytes follow unless it is a file."""

    reader: str
    where: str
    name: str
    path: str | None
    media: str
    charset: str
    about: dict[str, str]
    depth: int
    size: int

    @classmethod
    def of(cls, resource: Resource, reader: str, path: str | None, size: int) -> Message:
        """Return the head of a resource."""
        return cls(
            reader,
            resource.where,
            resource.name,
            path,
            resource.media,
            resource.charset,
            dict(resource.about),
            resource.depth,
            size,
        )

    def line(self) -> bytes:
        """Return it as it is sent."""
        return json.dumps(asdict(self)).encode() + b"\n"

    def resource(self, data: bytes) -> Resource:
        """Return the resource at the other end."""
        known: dict[str, Any] = {
            "where": self.where,
            "media": self.media,
            "charset": self.charset,
            "about": self.about,
            "depth": self.depth,
        }
        if self.path is None:
            return Resource.of(data, self.name, **known)
        path = Path(self.path)
        return Resource(name=self.name, opened=lambda: opened(path), path=path, **known)


def told(found: Document | Failure | Link) -> bytes:
    """Return something found as it is sent."""
    message: dict[str, Any]
    if isinstance(found, Document):
        message = _document(found)
    elif isinstance(found, Failure):
        message = {"failure": found.to_json()}
    else:
        message = {"link": {"url": found.url, "about": dict(found.about)}}
        if found.summary is not None:
            message |= _document(found.summary)
    return json.dumps(message).encode() + b"\n"


def _document(document: Document) -> dict[str, Any]:
    reading = {"reading": asdict(document.reading)} if document.reading is not None else {}
    return {"document": document.to_json(), **reading}


def found_in(message: Mapping[str, Any], where: str) -> Iterator[Document | Failure | Link]:
    """Yield what a message says was found.

    Raises
    ------
    DocumentError
        If what it says is no document record.
    """
    if "failure" in message:
        yield Failure(**message["failure"])
    elif "link" in message:
        summary = _document_in(message, where) if "document" in message else None
        yield Link(message["link"]["url"], message["link"]["about"], summary)
    elif "document" in message:
        yield _document_in(message, where)


def _document_in(message: Mapping[str, Any], where: str) -> Document:
    reading = dict(message.get("reading") or {"where": where, "reader": ""})
    reading["notes"] = tuple(reading.get("notes", ()))
    return from_json(message["document"]).but(reading=Reading(**reading))
