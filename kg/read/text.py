"""Plain text: its bytes -> one `Document`, its text exactly as stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from kg.errors import SourceError
from kg.model import Document
from kg.read.files import resource
from kg.resource import Resource

_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


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
            If it is empty, no text, or not UTF-8.
        """
        words = as_utf8(resource.data(), where=resource.where)
        yield of_words(words, where=resource.where, name=resource.stem)


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
    """Return the text of a file.

    Raises
    ------
    SourceError
        If the file cannot be read, or is not UTF-8 text.
    """
    return as_utf8(resource(path).data(), where=str(path))


def as_utf8(data: bytes, *, where: str) -> str:
    """Decode bytes that must be UTF-8 text; a byte order mark is left out.

    Raises
    ------
    SourceError
        Saying what the bytes are instead, and how to make text of them.

    Examples
    --------
    >>> as_utf8("Élysée".encode("latin-1"), where="article.txt")
    Traceback (most recent call last):
    ...
    kg.errors.SourceError: article.txt: is not UTF-8 (byte 0xc9 at offset 0); convert it, ...
    """
    for mark, encoding in _OTHER_MARKS.items():
        if data.startswith(mark):
            raise SourceError(
                where, f"is {encoding}, not UTF-8", f"convert it, iconv -f {encoding} -t UTF-8"
            )
    data = data.removeprefix(_UTF8_MARK)
    if 0 in data or sum(byte in _CONTROLS for byte in data[:8192]) > len(data[:8192]) // 100:
        raise SourceError(where, "is binary, not text", "give the article as plain text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            where,
            f"is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start})",
            "convert it, for example with iconv -f WINDOWS-1252 -t UTF-8",
        ) from None
