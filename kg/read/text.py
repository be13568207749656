"""Plain text and Markdown: a file -> one `Document`, its text exactly as stored."""

from __future__ import annotations

import stat
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document

_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "an office document or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a gzip archive",
}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


def text(path: str | Path) -> Document:
    """Read a text file; the document's id is the file's name without its ending.

    Line breaks and spaces stay as they are stored, since offsets count them; a byte order mark
    is not part of the text.

    Raises
    ------
    SourceError
        If the file is missing, empty, no regular file, no text, or not UTF-8.

    Examples
    --------
    >>> text("seeds/000_ccfa4a51f35b90bf.txt").id
    '000_ccfa4a51f35b90bf'
    """
    path = Path(path)
    return of_words(decoded(path), where=str(path), name=path.stem)


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
    return as_utf8(stored(path), where=str(path))


def stored(path: Path) -> bytes:
    """Return the bytes of a regular file.

    Raises
    ------
    SourceError
        If the file is missing, is a folder, a device or a pipe, or may not be read.
    """
    where = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(where, "is a folder", "name a file in it")
        if not stat.S_ISREG(mode):
            raise SourceError(
                where, "is a device or a pipe, not a file", "give - to read standard input"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(where, "there is no such file", "check the path") from None
    except PermissionError:
        raise SourceError(where, "may not be read", "check its permissions") from None
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(where, f"cannot be read ({reason})", "check the path") from None


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
    for magic, kind in _FORMATS.items():
        if data.startswith(magic):
            raise SourceError(
                where, f"is {kind}, which this version does not read", "save it as plain text"
            )
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
