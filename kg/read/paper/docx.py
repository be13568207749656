"""DOCX -> one `Document`: its paragraphs as they read when all changes are accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import LxmlError

from kg.errors import SourceError
from kg.model import Document
from kg.read.dateline import dateline
from kg.read.paper import naming
from kg.read.paper.paragraphs import BETWEEN
from kg.resource import Resource
from kg.source import Reading, Source

UNPACKED = 100_000_000
"""Bytes that a document may unpack to."""

WORDS = 30_000_000
"""Bytes of XML in it; a tree of them takes some twenty times as much memory."""

PARTS = 10_000
"""Files that it may be made of."""

_SAVE = "open it and save it anew as DOCX"
_MACROS = b"macroEnabled"
_STRICT = b"http://purl.oclc.org/ooxml/"

_PARAGRAPH, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_BOX, _RUN, _TEXT, _FIRST = qn("w:txbxContent"), qn("w:r"), qn("w:t"), qn("w:footnoteReference")
_LAST = qn("w:endnoteReference")
_SPACE = frozenset(qn(f"w:{name}") for name in ("tab", "br", "cr", "ptab"))
_PASSED = frozenset(
    qn(f"w:{name}")
    for name in (
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "instrText",
        "delText",
        "sectPr",
        "tblPr",
        "object",
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


@dataclass(frozen=True)
class Docx:
    """Reads DOCX by python-docx; macros, links to other files and pictures are passed over.

    Deleted and hidden words are left out, inserted ones kept; a table is a paragraph for each
    row, a text box follows the paragraph that it belongs to, notes stand at the end. Heads, feet
    and comments are left out.

    Examples
    --------
    >>> from kg.read.files import resource
    >>> [document] = Docx()(resource("tests/read/files/letter.docx"))
    >>> document.source.title
    'Macron and Scholz agree on talks'
    """

    name: ClassVar[str] = "docx"

    def __call__(self, resource: Resource) -> Iterator[Document]:
        """Yield the one document of a DOCX.

        Raises
        ------
        SourceError
            If it is damaged, encrypted, unpacks to too much, or has no text.
        """
        data = resource.data()
        _check(data, resource.where)
        try:
            document = docx.Document(io.BytesIO(data))
            words = _Words(document)
            paragraphs = [*words.paragraphs(document.element.body), *words.notes()]
            told = document.core_properties
            title, author, made = told.title, told.author, told.created
        except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError,
                TypeError, IndexError, EOFError, NotImplementedError):  # fmt: skip
            raise SourceError(
                resource.where, "is damaged: no DOCX that can be read", _SAVE
            ) from None
        text = BETWEEN.join(paragraphs)
        if not text.strip():
            raise SourceError(resource.where, "has no text", "put the text of the article in it")
        day, notes = _day(paragraphs, made)
        yield Document(
            id=resource.stem,
            text=text,
            date=day,
            source=Source(title=naming.title(title) or words.title, author=naming.author(author)),
            reading=Reading(resource.where, self.name, (*words.told(), *notes)),
        )


def _check(data: bytes, where: str) -> None:
    """Look at what a document is made of before anything of it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            types = _start(archive, "[Content_Types].xml", where)
            if _MACROS in types:
                raise SourceError(where, "is a document with macros", "save it as DOCX, without")
            words = sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels")))
            size = sum(member.file_size for member in members)
            if size > UNPACKED or words > WORDS or len(members) > PARTS:
                raise SourceError(
                    where,
                    f"unpacks to {size // 1_000_000} MB in {len(members):,} files, which is more "
                    "than an article can be",
                    "save its text alone as DOCX",
                )
            for member in members:
                if member.flag_bits & 1:
                    raise SourceError(where, "is encrypted", "save it without a password")
                if member.filename.endswith((".xml", ".rels")):
                    start = _start(archive, member.filename, where)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise SourceError(where, "declares XML entities, which no DOCX does", _SAVE)
                    if _STRICT in start and member.filename == "word/document.xml":
                        raise SourceError(
                            where, "is of the strict kind of DOCX", "save it as ordinary DOCX"
                        )
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError):
        raise SourceError(where, "is damaged: no DOCX that can be read", _SAVE) from None


def _start(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """Return the first bytes of a member, told apart from UTF-16 that would hide what they say."""
    with archive.open(name) as stream:
        start = stream.read(8192)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:64]:
        raise SourceError(where, "holds XML that is not UTF-8, which no DOCX does", _SAVE)
    return start


def _day(paragraphs: list[str], made: datetime | None) -> tuple[str | None, tuple[str, ...]]:
    if (day := dateline(paragraphs)) is not None:
        return day, ("date: as the text begins",)
    if made is None:
        return None, ()
    return made.date().isoformat(), ("date: when the document was made",)


class _Words:
    """The words of a document, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._hidden = {
            style.get(qn("w:styleId"))
            for style in document.styles.element
            if style.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
        }
        self._boxes: list[Any] = []
        self._references: list[tuple[str, str]] = []
        self._left_out = {"hidden": 0, "deleted": 0}
        self.title: str | None = None

    def told(self) -> Iterator[str]:
        """Yield what was left out."""
        for reason, count in self._left_out.items():
            if count:
                yield f"stretches of {reason} text left out: {count}"
        if self._references:
            yield f"notes, at the end: {len(self._references)}"

    def paragraphs(self, parent: Any) -> Iterator[str]:
        """Yield the paragraphs below an element."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                words = self._line(child)
                if words:
                    self._headed(child, words)
                    yield words
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self.paragraphs(box)
            elif child.tag == _TABLE:
                for row in self._within(child, _ROW):
                    cells = [" ".join(self.paragraphs(cell)) for cell in self._within(row, _CELL)]
                    if any(cells):
                        yield "\t".join(filter(None, cells))
            elif self._reads(child):
                yield from self.paragraphs(child)

    def _within(self, parent: Any, tag: str) -> Iterator[Any]:
        """Yield the rows of a table or the cells of a row, also those in a frame of their own."""
        if parent.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            self._left_out["deleted"] += 1
            return
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag != _TABLE and self._reads(child):
                yield from self._within(child, tag)

    def _line(self, paragraph: Any) -> str:
        """Return a paragraph as one line; a line broken by hand is one, too."""
        return " ".join("".join(self._pieces(paragraph)).split(" ")).strip()

    def _pieces(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag == _TEXT:
                yield child.text or ""
            elif child.tag in _SPACE:
                yield " "
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif child.tag in (_FIRST, _LAST):
                self._references.append((child.tag, child.get(qn("w:id"), "")))
            elif child.tag == _BOX:
                self._boxes.append(child)
            elif child.tag == _RUN and self._vanishes(child):
                self._left_out["hidden"] += 1
            elif self._reads(child):
                yield from self._pieces(child)

    def _reads(self, child: Any) -> bool:
        self._left_out["deleted"] += child.tag == qn("w:del")
        return isinstance(child.tag, str) and child.tag not in _PASSED

    def _vanishes(self, run: Any) -> bool:
        looks = run.find(qn("w:rPr"))
        if looks is None:
            return False
        vanish, style = looks.find(qn("w:vanish")), looks.find(qn("w:rStyle"))
        if vanish is not None:
            return vanish.get(qn("w:val"), "1") not in ("0", "false", "off")
        return style is not None and style.get(qn("w:val")) in self._hidden

    def _headed(self, paragraph: Any, words: str) -> None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else style.get(qn("w:val"), "")
        if self.title is None and name.casefold() in ("title", "heading1"):
            self.title = naming.title(words)

    def notes(self) -> Iterator[str]:
        """Yield footnotes and endnotes in the order in which the text refers to them."""
        parts: Mapping[str, dict[str, Any]] = {
            _FIRST: self._kept("footnotes"), _LAST: self._kept("endnotes")
        }  # fmt: skip
        for number, (kind, name) in enumerate(list(self._references), 1):
            note = parts[kind].get(name)
            if note is not None:
                for words in self.paragraphs(note):
                    yield f"{number} {words}"

    def _kept(self, kind: str) -> dict[str, Any]:
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                root = parse_xml(relation.target_part.blob)
                return {note.get(qn("w:id"), ""): note for note in root}
        return {}
