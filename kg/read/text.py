"""Plain text: its bytes -> one `Document`, its text exactly as stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from kg.errors import SourceError
from kg.model import Document
from kg.read import decode
from kg.read.dateline import dateline
from kg.read.files import resource
from kg.resource import Resource
from kg.source import Reading

_TOP = 4_000  # letters of a text that the day of it is looked for in


@dataclass(frozen=True)
class Text:
    """Reads plain text; line breaks and spaces stay as they are stored, since offsets count them.

    Examples
    --------
    >>> from kg.resource import Resource
    >>> [document.text for document in Text()(Resource.of(b"Macron spoke.", "a.txt"))]
    ['Macron spoke.']
    """

    name: ClassVar[str] = "text"

    def __call__(self, resource: Resource) -> Iterator[Document]:
        """Yield the one document of a text.

        Raises
        ------
        SourceError
            If it is empty or no text.
        """
        words, note = decode.decoded(resource.data(), resource.charset, where=resource.where)
        document = of_words(words, where=resource.where, name=resource.stem)
        day, whence = day_of(words, resource)
        notes = (*((note,) if note else ()), *whence)
        yield document.but(date=day, reading=Reading(resource.where, self.name, notes))


def of_words(words: str, *, where: str, name: str) -> Document:
    """Return the document of a text, which must say something.

    Raises
    ------
    SourceError
        If there is nothing but white space.
    """
    if not words.strip():
        raise SourceError(where, "is empty", "put the text of the article in it")
    return Document(id=name, text=words)


def day_of(words: str, resource: Resource) -> tuple[str | None, tuple[str, ...]]:
    """Return the day that the top of a text gives, with a note; nothing if the day is known.

    Examples
    --------
    >>> day_of("PARIS, March 4, 2024 - Macron spoke.", Resource.of(b"", "a.txt"))
    ('2024-03-04', ('date: as the text begins',))
    """
    if "date" in resource.about or (day := dateline(words[:_TOP].split("\n"))) is None:
        return None, ()
    return day, ("date: as the text begins",)


def decoded(path: Path) -> str:
    """Return the text of a file, in whatever encoding it is.

    Raises
    ------
    SourceError
        If the file cannot be read, or is no text.
    """
    return decode.decoded(resource(path).data(), where=str(path))[0]
