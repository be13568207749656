"""Plain text: its bytes -> one `Document`, its text exactly as stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from kg.errors import SourceError
from kg.model import Document
from kg.read import decode
from kg.read.files import resource
from kg.resource import Resource
from kg.source import Reading


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
        notes = (note,) if note else ()
        yield document.but(reading=Reading(resource.where, self.name, notes))


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


def decoded(path: Path) -> str:
    """Return the text of a file, in whatever encoding it is.

    Raises
    ------
    SourceError
        If the file cannot be read, or is no text.
    """
    return decode.decoded(resource(path).data(), where=str(path))[0]
