"""PDF -> one `Document`: its columns in reading order, a paragraph a line, its pages known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

from kg.data import lists
from kg.errors import SourceError
from kg.model import Document
from kg.read.dateline import dateline
from kg.read.days import in_calendar
from kg.read.paper import furniture, naming
from kg.read.paper.layout import Block, blocks
from kg.read.paper.paragraphs import text_of
from kg.read.paper.pdfium import Type, opened, said
from kg.resource import Resource
from kg.source import Reading, Source

_RECOGNISE = "recognise its letters first, as with ocrmypdf"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_DAY = re.compile(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)")


@dataclass(frozen=True)
class Pdf:
    """Reads PDF by PDFium; attached files, scripts, forms and links are passed over.

    Columns are read one after the other, words broken at line ends are joined, running heads,
    feet and page numbers are left out; ``Document.pages`` tells where each page begins.

    Examples
    --------
    >>> from kg.read.files import resource
    >>> [document] = Pdf()(resource("tests/read/files/columns.pdf"))
    >>> document.source.title
    'Macron and Scholz revive the initiative of two governments'
    """

    name: ClassVar[str] = "pdf"

    def __call__(self, resource: Resource) -> Iterator[Document]:
        """Yield the one document of a PDF.

        Raises
        ------
        SourceError
            If it is damaged, encrypted, scanned without a text layer, too long or has no text.
        """
        data = resource.data()
        with opened(data, resource.where) as document:
            found = Type(document, resource.where)
            info = {
                key: said(document, key)
                for key in ("Title", "Author", "CreationDate", "Producer", "Creator")
            }
        kept, running = furniture.without_running(found.pages)
        body = furniture.body_size(kept)
        pages = [blocks(page) for page in kept]
        text, begins, notes = text_of(pages, body)
        _check(found, text, resource.where)
        told = _Told(info, _xmp(data))
        day, reason = told.day(text)
        title, whence = told.title(pages, body)
        notes = (*_left_out(found, running), *notes, *whence, *reason)
        source = Source(title=title, author=told.author, url=furniture.printed_from(running))
        yield Document(
            id=resource.stem,
            text=text,
            date=day,
            source=source,
            pages=begins,
            reading=Reading(resource.where, self.name, notes),
        )


def _check(found: Type, text: str, where: str) -> None:
    if len(found.broken) == len(found.pages):
        raise SourceError(where, "is damaged: no page can be read", "get it again or save it anew")
    if not text.strip():
        raise SourceError(where, "has no text, only pictures of it", _RECOGNISE)
    if found.unknown > 0.3 * found.letters:
        raise SourceError(where, "does not say which letters its signs stand for", _RECOGNISE)


def _left_out(found: Type, running: Sequence[str]) -> Iterator[str]:
    yield f"pages: {len(found.pages)}"
    if running:
        yield f"running heads, feet and page numbers left out: {len(running)}"
    for reason, count in sorted((+found.left_out).items()):
        yield f"letters left out, {reason}: {count}"
    if found.ligatures:
        yield f"ligatures written out: {found.ligatures}"
    for numbers, problem in (
        (found.scanned, "read from the text layer of a scan, pages"),
        (found.empty, "no text on pages"),
        (found.broken, "damaged and left out, pages"),
    ):
        if numbers:
            yield f"{problem}: {', '.join(map(str, numbers))}"


def _xmp(data: bytes) -> dict[str, str]:
    """Return title, author and day from the XMP packet, if there is one that is not packed."""
    start = data.find(b"<x:xmpmeta")
    end = data.find(b"</x:xmpmeta>", start)
    packet = data[start : end + 12]
    if start < 0 or end < 0 or len(packet) > 200_000 or b"<!" in packet:
        return {}
    try:
        root = ET.fromstring(packet)  # noqa: S314  # no declarations in it, so nothing to expand
    except ET.ParseError:
        return {}
    found = {}
    for key, tag in (("Title", f"{_DC}title"), ("Author", f"{_DC}creator")):
        words = ["".join(item.itertext()) for node in root.iter(tag) for item in node.iter()]
        found[key] = next((word.strip() for word in reversed(words) if word.strip()), "")
    for node in root.iter():
        made = node.get(f"{_XMP}CreateDate") or (
            node.text if node.tag == f"{_XMP}CreateDate" else None
        )
        if made:
            found["CreationDate"] = made.strip()
    return found


@dataclass(frozen=True)
class _Told:
    """What a PDF says of itself, in its XMP packet (which counts more) and in its Info."""

    info: dict[str, str]
    xmp: dict[str, str]

    @property
    def author(self) -> str | None:
        """Who wrote it."""
        return naming.author(self.xmp.get("Author")) or naming.author(self.info["Author"])

    def title(self, pages: Sequence[Sequence[Block]], body: float) -> tuple[str | None, Any]:
        """Return its title: what it says, or else the largest type of the first page."""
        told = naming.title(self.xmp.get("Title")) or naming.title(self.info["Title"])
        if told is not None:
            return told, ()
        largest = naming.title(_largest(pages[0], body)) if pages else None
        return largest, ("title: the largest type on page 1",) if largest else ()

    def day(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """Return its day: what its words give as such, or else when the file was made."""
        if (day := dateline(text.split("\n"))) is not None:
            return day, ("date: as the text begins",)
        made = self._made()
        if made is None:
            return None, ()
        program = f"{self.info['Producer']} {self.info['Creator']}".casefold()
        if any(name in program for name in lists("paper")["browsers"]["producers"]):
            return None, (f"no date: a browser printed it on {made}",)
        if any(name in program for name in lists("paper")["offices"]["producers"]):
            return None, (f"no date: an office program made the PDF on {made}",)
        return made, ("date: when the PDF was made",)

    def _made(self) -> str | None:
        for given in (self.xmp.get("CreationDate", ""), self.info["CreationDate"]):
            if (found := _DAY.match(given)) and (day := in_calendar(*found.groups())):
                return day
        return None


def _largest(page: Sequence[Block], body: float) -> str:
    """Return the words in the largest type of a page, if it is larger than most."""
    lines = [line for block in page for line in block if len(line.text) > 3]
    size = max((line.size for line in lines), default=0.0)
    if size < 1.15 * body:
        return ""
    found: list[str] = []
    for line in lines:
        if line.size >= 0.95 * size:
            found.append(line.text)
        elif found:
            break
    return " ".join(found)
