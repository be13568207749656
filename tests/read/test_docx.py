"""DOCX as LibreOffice writes it, and DOCX that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read.apart import Apart
from kg.read.files import resource
from kg.read.through import through
from kg.resource import Resource

LETTER = Path(__file__).parent / "files" / "letter.docx"

WORDS = """\
Macron and Scholz agree on talks

By Ada Brandt

PARIS — President Emmanuel Macron met Chancellor Olaf Scholz at the Élysée Palace on Monday to \
discuss the Franco-German initiative.

France will host the conference.

Germany may pay for it.

Country\tVote\tSeats

France\tfor\t81

Poland\tagainst\t53

Scholz firmly rejected the Hungarian proposal.

1 The ministry did not publish the figures of the previous year."""


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as process:
        yield process


def read(given: Resource | bytes, apart: Apart) -> Document:
    [document] = through(Resource.of(given, "a.docx") if isinstance(given, bytes) else given, apart)
    assert isinstance(document, Document), document
    return document


def refused(data: bytes, apart: Apart, name: str = "a.docx") -> str:
    [failure] = through(Resource.of(data, name), apart)
    assert isinstance(failure, Failure), failure
    assert failure.remedy
    return failure.problem


def changed(**parts: bytes | None) -> bytes:
    """Return the letter with some of its parts replaced, named by their stems."""
    packed = io.BytesIO()
    with zipfile.ZipFile(LETTER) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = Path(name).stem.strip("[]")
            given = parts.get(stem, old.read(name))
            if given is not None:
                new.writestr(name, given)
    return packed.getvalue()


def body(inside: str) -> bytes:
    """Return a document whose body holds that XML."""
    made = docx.Document()
    packed = io.BytesIO()
    made.save(packed)
    renewed = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(renewed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                start, rest = data.split(b"<w:body>")
                end = rest[rest.index(b"</w:body>") :]
                data = start + b"<w:body>" + inside.encode() + end
            new.writestr(name, data)
    return renewed.getvalue()


def test_a_letter_of_libreoffice(apart: Apart) -> None:
    """Its inserted word is there; its deleted word, its hidden sentence and its head are not."""
    document = read(resource(LETTER), apart)
    assert document.text == WORDS
    assert document.date == "2025-02-20"
    assert document.source is not None
    assert document.source.title == "Macron and Scholz agree on talks"
    assert document.source.author == "Ada Brandt"
    assert document.reading is not None
    assert document.reading.notes == (
        "stretches of hidden text left out: 1",
        "stretches of deleted text left out: 1",
        "notes, at the end: 1",
        "date: when the document was made",
    )


def test_what_is_known_from_outside_counts_more(apart: Apart) -> None:
    given = resource(LETTER).but(about={"date": "2025-02-17", "title": "Talks"})
    document = read(given, apart)
    assert document.date == "2025-02-17"
    assert document.source is not None
    assert (document.source.title, document.source.author) == ("Talks", "Ada Brandt")


def test_the_heading_is_the_title_and_the_dateline_the_date(apart: Apart) -> None:
    made = docx.Document()
    made.add_heading("Talks in Paris", 1)
    made.add_paragraph("Paris, 17 February 2025")
    made.add_paragraph("Macron met Scholz.\tBoth\nspoke.")
    packed = io.BytesIO()
    made.save(packed)
    document = read(packed.getvalue(), apart)
    assert document.text == (
        "Talks in Paris\n\nParis, 17 February 2025\n\nMacron met Scholz. Both spoke."
    )
    assert document.date == "2025-02-17"
    assert document.source is not None
    assert (document.source.title, document.source.author) == ("Talks in Paris", None)


def test_a_text_box_is_read_once_after_its_paragraph(apart: Apart) -> None:
    box = (
        '<w:p><w:r><w:t>Macron met </w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.'
        'openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:txbxContent><w:p><w:r><w:t>In '
        "a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r>"
        "<w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Scholz.</w:t></w:r></w:p>"
    )
    assert read(body(box), apart).text == "Macron met Scholz.\n\nIn a box."


def test_a_table_in_a_table_is_read_once(apart: Apart) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p>{}</w:tc>"
    inner = "<w:tbl><w:tr>" + cell.format("c", "") + "</w:tr></w:tbl>"
    table = "<w:tbl><w:tr>" + cell.format("a", inner) + cell.format("b", "") + "</w:tr></w:tbl>"
    assert read(body(table), apart).text == "a c\tb"


def test_an_old_or_damaged_file_is_refused(apart: Apart) -> None:
    whole = LETTER.read_bytes()
    assert refused(whole[: len(whole) // 2], apart) == "is damaged: no DOCX that can be read"
    assert refused(b"\xd0\xcf\x11\xe0 old", apart, "a.doc") == "is an old office document"
    assert refused(changed(document=None), apart) == "is damaged: no DOCX that can be read"
    assert (
        refused(changed(document=b"<w:document"), apart) == "is damaged: no DOCX that can be read"
    )


def test_a_document_without_words_is_refused(apart: Apart) -> None:
    assert refused(body("<w:p/>"), apart) == "has no text"


def test_entities_are_never_expanded(apart: Apart) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert refused(changed(document=bomb), apart) == "declares XML entities, which no DOCX does"
    hidden = bomb.decode().encode("utf-16")
    assert refused(changed(document=hidden), apart).startswith("holds XML that is not UTF-8")
    late = b"<?xml version='1.0'?><!--" + b" " * 9000 + b"-->" + bomb[21:]
    assert refused(changed(document=late), apart) == "is damaged: no DOCX that can be read"


def test_a_bomb_is_not_unpacked(apart: Apart) -> None:
    """90 kB that unpack to 90 MB of XML: the bound is told by the table of the archive."""
    assert "unpacks to 90 MB" in refused(changed(document=b" " * 90_000_000), apart)


def test_a_document_with_macros_is_refused(apart: Apart) -> None:
    with zipfile.ZipFile(LETTER) as archive:
        types = archive.read("[Content_Types].xml")
    macros = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    assert refused(changed(Content_Types=macros), apart) == "is a document with macros"


def test_nothing_outside_is_fetched(apart: Apart) -> None:
    """An external template and an altChunk: nothing is asked of either."""
    outside = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        b'2006/relationships"><Relationship Id="rId9" TargetMode="External" Target="http://127.0.0'
        b'.1:9/t.dotm" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate"/></Relationships>'
    )
    with zipfile.ZipFile(LETTER) as archive:
        rels = archive.read("word/_rels/document.xml.rels")
    parts = rels.replace(b"</Relationships>", outside[outside.index(b"<Relationship ") :])
    packed = changed(**{"document.xml": parts})
    assert read(packed, apart).text == WORDS


def test_an_opendocument_file_is_refused_with_a_remedy(apart: Apart) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
    assert refused(packed.getvalue(), apart, "a.odt") == "is an OpenDocument file"
