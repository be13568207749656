"""A PDF, by PDFium: its bytes -> the pieces of type on each page, and what it says of itself.

PDFium is asked for letters and their places only. It is built without scripts and forms here, so
that nothing a document would like to do when it is opened is ever done.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from kg.errors import SourceError
from kg.read.paper.layout import Piece

PAGES = 2_000
"""Pages that are read of one document."""

LETTERS = 200_000
"""Letters that are read of one page; a page of a newspaper has up to 60,000."""

_TINY = 2.0
"""Points: smaller type is not there to be read."""

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_MARKS = "0123456789*†‡"
_RAISED = 0.78
_BREAKS = "\r\n"
_CUT = "\ufffe\x02"
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_PROBLEMS = {
    pdfium.FPDF_ERR_PASSWORD: (
        "is encrypted and needs a password", "save it without one, as with qpdf --decrypt"
    ),
    pdfium.FPDF_ERR_SECURITY: (
        "is encrypted in a way that is not known", "print it to a PDF without protection"
    ),
}  # fmt: skip


@contextmanager
def opened(data: bytes, where: str) -> Iterator[Any]:
    """Open a PDF.

    Raises
    ------
    SourceError
        If it is encrypted, damaged, empty, a form without pages or too long.
    """
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        problem, remedy = _PROBLEMS.get(
            pdfium.FPDF_GetLastError(),
            ("is damaged: no PDF that can be opened", "get it again, or save it anew"),
        )
        raise SourceError(where, problem, remedy)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise SourceError(where, "is a PDF without pages", "get it again")
        if count > PAGES:
            raise SourceError(where, f"has {count:,} pages, more than {PAGES:,}", "cut it in parts")
        if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL:
            raise SourceError(
                where,
                "is an XFA form, whose text is not on its pages",
                "open it in a reader that shows it and print it to PDF",
            )
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def said(document: Any, key: str) -> str:
    """Return what the Info dictionary says under a key."""
    size = pdfium.FPDF_GetMetaText(document, key.encode(), None, 0)
    if not 2 < size < 20_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, key.encode(), buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip("\0 \t\r\n")


@dataclass(slots=True)
class _Style:
    """How the letters of one text object look."""

    size: float = 0.0
    angle: int = 0
    hidden: bool = False

    def like(self, other: _Style) -> bool:
        """Tell whether letters of both may stand in one piece."""
        alike = self.hidden == other.hidden and self.angle == other.angle
        return alike and 0.4 * other.size < self.size < 2.5 * other.size


class Type:
    """All type of a document, page by page, and what was left out of it.

    ``left_out`` counts letters by the reason; ``scanned`` are pages whose letters lie unseen under
    a picture, ``empty`` those without any.
    """

    def __init__(self, document: Any, where: str) -> None:
        self.left_out: Counter[str] = Counter()
        self.ligatures = 0
        self.unknown = 0
        self.letters = 0
        self.scanned: list[int] = []
        self.empty: list[int] = []
        self.broken: list[int] = []
        self._where = where
        self.pages = [
            self._page(document, number) for number in range(pdfium.FPDF_GetPageCount(document))
        ]

    def _page(self, document: Any, number: int) -> list[Piece]:
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            self.broken.append(number + 1)
            return []
        try:
            text = pdfium.FPDFText_LoadPage(page)
            if not text:
                self.broken.append(number + 1)
                return []
            try:
                return self._shown(_Letters(text, page), number)
            finally:
                pdfium.FPDFText_ClosePage(text)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _shown(self, letters: _Letters, number: int) -> list[Piece]:
        """Return the pieces of a page that a reader would see."""
        if letters.count > LETTERS:
            raise SourceError(
                self._where,
                f"has more than {LETTERS:,} letters on page {number + 1}",
                "cut the page in parts",
            )
        found = list(letters.pieces())
        self.ligatures += letters.ligatures
        self.left_out["marks of footnotes"] += letters.marks
        self.unknown += letters.unknown
        self.letters += letters.count
        hidden = sum(len(piece.text) for piece, style, _ in found if style.hidden)
        angles: Counter[int] = Counter()
        for piece, style, _ in found:
            angles[style.angle] += len(piece.text)
        if not angles:
            self.empty.append(number + 1)
            return []
        scan = hidden > 0.8 * angles.total()
        if scan:
            self.scanned.append(number + 1)
        angle = angles.most_common(1)[0][0]
        kept = []
        for piece, style, outside in found:
            if style.hidden != scan:
                self.left_out["over a scanned page" if scan else "unseen"] += len(piece.text)
            elif style.size < _TINY:
                self.left_out["too small to be seen"] += len(piece.text)
            elif outside:
                self.left_out["outside the page"] += len(piece.text)
            elif style.angle != angle:
                self.left_out["across the page"] += len(piece.text)
            else:
                kept.append(piece)
        return kept


class _Letters:
    """The letters of one page as PDFium gives them."""

    def __init__(self, text: Any, page: Any) -> None:
        self.text, self.count = text, max(0, pdfium.FPDFText_CountChars(text))
        self.ligatures = self.unknown = self.marks = 0
        self._left, self._right, self._foot, self._top = (ctypes.c_double() for _ in range(4))
        self._box = [ctypes.byref(end) for end in (self._left, self._right, self._foot, self._top)]
        self._page = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(self._page))

    def pieces(self) -> Iterator[tuple[Piece, _Style, bool]]:
        """Yield stretches of letters that stand beside one another and look alike.

        Each comes with its looks, and with whether it stands outside the page. Its place is told
        as if its line were level.
        """
        piece, style, last, small = _Open(), _Style(), None, False
        for index in range(self.count):
            sign = chr(pdfium.FPDFText_GetUnicode(self.text, index) & 0xFFFFF or 0xFFFD)
            if sign in _BREAKS:
                yield from piece.ended(style)
                last = None
            elif sign.isspace():
                piece.space()
            if sign.isspace():
                continue
            thing = pdfium.FPDFText_GetTextObject(self.text, index)
            address = ctypes.cast(thing, ctypes.c_void_p).value
            if address != last:
                last, now = address, self._style(index, thing)
                small = now.size < _RAISED * style.size
                if piece.noted and now.size > 1.2 * style.size:  # a footnote after its mark
                    piece.space()
                    style = now
                elif not piece.words or not now.like(style):
                    yield from piece.ended(style)
                    style = now
            if not pdfium.FPDFText_GetCharBox(self.text, index, *self._box):
                continue
            box = (self._left.value, self._foot.value, self._right.value, self._top.value)
            level = _level(box, style.angle)
            if small and piece.marked(sign, level, style):
                self.marks += 1
                continue
            if piece.far(level, style):
                yield from piece.ended(style)
                style = self._style(index, thing)
            if not piece.words:
                piece.number, piece.base = index, self._base(index, style)
                piece.outside = not self._on_page(box)
            piece.add(self._written(sign), level)
            if sign in _CUT:
                yield from piece.ended(style)
                last = None
        yield from piece.ended(style)

    def _on_page(self, box: _Box) -> bool:
        x, y, page = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, self._page
        return bool(page.left <= x <= page.right and page.bottom <= y <= page.top)

    def _written(self, sign: str) -> str:
        if sign in _LIGATURES:
            self.ligatures += 1
            return _LIGATURES[sign]
        if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or (sign < " " and sign != "\x02"):
            self.unknown += 1
            return "\ufffd"
        return "-" if sign in _CUT else sign

    def _style(self, index: int, thing: Any) -> _Style:
        matrix = pdfium.FS_MATRIX()
        size = pdfium.FPDFText_GetFontSize(self.text, index)
        if pdfium.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
        angle = pdfium.FPDFText_GetCharAngle(self.text, index)
        quarter = round(angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0
        if abs(math.remainder(angle, math.pi / 2)) > 0.1:
            quarter = -1  # aslant: a watermark
        hidden = bool(thing) and pdfium.FPDFTextObj_GetTextRenderMode(thing) in _INVISIBLE
        return _Style(size if math.isfinite(size) else 0.0, quarter, hidden)

    def _base(self, index: int, style: _Style) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y))
        return _level((x.value, y.value, x.value, y.value), style.angle)[1]


_Box = tuple[float, float, float, float]


def _level(box: _Box, quarters: int) -> _Box:
    """Return a box (left, foot, right, top) with the page turned so that its line is level."""
    left, foot, right, top = box
    if quarters == 1:
        return foot, -right, top, -left
    if quarters == 2:
        return -right, -top, -left, -foot
    if quarters == 3:
        return -top, left, -foot, right
    return box


@dataclass(slots=True)
class _Open:
    """A piece that grows letter by letter."""

    words: str = ""
    left: float = 0.0
    right: float = 0.0
    last: _Box = (0.0, 0.0, 0.0, 0.0)
    base: float = 0.0
    number: int = 0
    spaced: bool = False
    outside: bool = False

    @property
    def noted(self) -> bool:
        """Whether it is the mark at the head of a footnote."""
        return 0 < len(self.words) < 3 and all(sign in _MARKS for sign in self.words)

    def marked(self, sign: str, box: _Box, style: _Style) -> bool:
        """Tell whether a small letter is the mark of a footnote, raised behind a word."""
        if sign not in _MARKS or self.spaced or box[1] < self.base + 0.2 * style.size:
            return False
        word = self.words.rpartition(" ")[2]
        return word[-1:] not in ("", *"0123456789") and word not in ("m", "km", "cm")

    def space(self) -> None:
        """Take a space; it counts if a letter follows."""
        self.spaced = True

    def far(self, box: _Box, style: _Style) -> bool:
        """Tell whether a letter does not stand beside the last one."""
        if not self.words:
            return False
        white = max(box[0] - self.last[2], self.last[0] - box[2])
        apart = max(box[1] - self.last[3], self.last[1] - box[3])
        return white > (2.0 if self.spaced else 0.6) * style.size or apart > 0.6 * style.size

    def add(self, sign: str, box: _Box) -> None:
        """Take a letter."""
        if not self.words:
            self.left, self.right = box[0], box[2]
        self.words += " " * (self.spaced and bool(self.words)) + sign
        self.left, self.right = min(self.left, box[0]), max(self.right, box[2])
        self.last, self.spaced = box, False

    def ended(self, style: _Style) -> Iterator[tuple[Piece, _Style, bool]]:
        """Yield what has grown, if anything, and begin anew."""
        if self.words:
            words = self.words + " " * self.spaced
            piece = Piece(words, self.left, self.right, self.base, style.size, self.number)
            yield piece, style, self.outside
        self.words, self.spaced = "", False
