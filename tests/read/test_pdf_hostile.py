"""PDF that are damaged or mean harm: read without what is hidden in them, or refused, in bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read.apart import Apart
from kg.read.paper.layout import MOST_PIECES
from kg.read.paper.pdfium import LETTERS, PAGES
from kg.read.through import through
from kg.resource import Resource
from tests.papers import paper, shown, stream

COLUMNS = Path(__file__).parent / "files" / "columns.pdf"
WORDS = shown("Macron met Scholz in Paris.")
DAMAGED = "is damaged: no PDF that can be opened"


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as process:
        yield process


def read(data: bytes, apart: Apart) -> Document:
    [document] = through(Resource.of(data, "a.pdf"), apart)
    assert isinstance(document, Document), document
    return document


def refused(data: bytes, apart: Apart) -> str:
    """Return why a PDF is refused; the one after it is read all the same."""
    [failure] = through(Resource.of(data, "a.pdf"), apart)
    assert isinstance(failure, Failure), failure
    assert failure.remedy
    assert read(paper(WORDS), apart).text == "Macron met Scholz in Paris."
    return failure.problem


def notes(document: Document) -> tuple[str, ...]:
    assert document.reading is not None
    return document.reading.notes


def test_what_needs_a_password_is_refused(apart: Apart) -> None:
    locked = (
        f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{'00' * 32}> "
        f"/U <{'11' * 32}> >> /ID [<00><00>]"
    )
    assert refused(paper(WORDS, trailer=locked), apart) == "is encrypted and needs a password"


@pytest.mark.parametrize(
    "data", [b"%PDF-", b"%PDF-1.7\n" + b"\x00\xff" * 5000, COLUMNS.read_bytes()[:3000]]
)
def test_what_is_damaged_is_refused(data: bytes, apart: Apart) -> None:
    assert refused(data, apart) == DAMAGED


def test_a_file_cut_short_is_read_as_far_as_it_goes_or_refused(apart: Apart) -> None:
    whole = COLUMNS.read_bytes()
    for part in (1, 2, 3):
        found = list(through(Resource.of(whole[: part * len(whole) // 4], "a.pdf"), apart))
        assert [isinstance(one, Document | Failure) for one in found] == [True]


def test_a_scan_without_text_is_refused_with_a_remedy(apart: Apart) -> None:
    data = paper("100 100 200 200 re f")
    [failure] = through(Resource.of(data, "a.pdf"), apart)
    assert isinstance(failure, Failure)
    assert failure.problem == "has no text, only pictures of it"
    assert "ocrmypdf" in failure.remedy


def test_the_text_layer_of_a_scan_is_read(apart: Apart) -> None:
    document = read(paper(shown("Macron met Scholz.", mode=3)), apart)
    assert document.text == "Macron met Scholz."
    assert "read from the text layer of a scan, pages: 1" in notes(document)


def test_no_pages_and_too_many_are_refused(apart: Apart) -> None:
    assert refused(paper(), apart) in (DAMAGED, "is a PDF without pages")
    many = paper(*[""] * (PAGES + 1))
    assert refused(many, apart) == f"has {PAGES + 1:,} pages, more than {PAGES:,}"


def test_a_form_without_pages_is_refused(apart: Apart) -> None:
    form = "/NeedsRendering true /AcroForm << /Fields [] /XFA 4 0 R >>"
    data = paper(shown("Please wait..."), catalog=form, more={4: stream(b"<xdp:xdp/>")})
    assert refused(data, apart) == "is an XFA form, whose text is not on its pages"


def test_nothing_that_a_document_would_do_is_done(apart: Apart, tmp_path: Path) -> None:
    """A script, a program to start, an address to open, an attached file: only words are read."""
    mark = tmp_path / "done"
    data = paper(
        WORDS,
        catalog="/OpenAction 4 0 R /AA << /WC 5 0 R >> /Names << /JavaScript << /Names [(a) 4 0 R] "
        ">> /EmbeddedFiles << /Names [(secret.txt) 6 0 R] >> >>",
        page="/AA << /O 5 0 R >> /Annots [8 0 R]",
        more={
            4: b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\);) /Next 5 0 R >>",
            5: f"<< /S /Launch /F (touch) /Unix << /F (touch) /P ({mark}) >> >>".encode(),
            6: b"<< /Type /Filespec /F (secret.txt) /EF << /F 7 0 R >> >>",
            7: stream(b"Putin met Trump.", "/Type /EmbeddedFile"),
            8: b"<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI "
            b"(http://127.0.0.1:9/) >> >>",
        },
    )
    assert read(data, apart).text == "Macron met Scholz in Paris."
    assert not mark.exists()


def test_words_that_nobody_sees_are_left_out(apart: Apart) -> None:
    hidden = [
        shown("Scholz resigned.", mode=3, top=600),
        shown("Scholz resigned.", size=0.5, top=500),
        shown("Scholz resigned.", top=900),
        shown("Scholz resigned.", left=900, top=400),
    ]
    document = read(
        paper(WORDS + shown("They agreed on a plan for Kyiv.", top=640) + "".join(hidden)), apart
    )
    assert "resigned" not in document.text
    assert "Macron met Scholz in Paris." in document.text
    assert {note for note in notes(document) if "left out" in note} == {
        "letters left out, unseen: 16",
        "letters left out, too small to be seen: 16",
        "letters left out, outside the page: 32",
    }


def test_a_page_tree_that_bites_its_tail_ends(apart: Apart) -> None:
    document = paper(WORDS, kids="10 0 R 2 0 R")
    [found] = through(Resource.of(document, "a.pdf"), apart)
    assert isinstance(found, Document | Failure)
    if isinstance(found, Document):
        assert found.text == "Macron met Scholz in Paris."


def test_a_table_of_objects_that_names_itself_ends(apart: Apart) -> None:
    found = list(through(Resource.of(paper(WORDS, trailer="/Prev @START"), "a.pdf"), apart))
    assert [isinstance(one, Document | Failure) for one in found] == [True]


def test_a_font_and_a_form_that_draw_themselves_end(apart: Apart) -> None:
    form = stream(
        b"/X Do",
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>",
    )
    data = paper(WORDS + "/X Do", more={4: form}).replace(
        b"/Resources << /Font << /F1 3 0 R >> >>",
        b"/Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >>",
    )
    [found] = through(Resource.of(data, "a.pdf"), apart)
    assert isinstance(found, Document | Failure)


def test_a_stream_that_unpacks_to_very_much_costs_that_file_alone(apart: Apart) -> None:
    """Three hundred bytes that unpack to 100 kB that unpack to 100 MB."""
    body = zlib.compress(zlib.compress(b"\n" * 100_000_000, 9), 9)
    bomb = stream(body, "/Filter [/FlateDecode /FlateDecode]")
    assert len(bomb) < 1000
    assert refused(paper(bomb), apart) == "has no text, only pictures of it"


def test_a_page_of_too_many_letters_is_refused(apart: Apart) -> None:
    line = "a" * 1000
    data = paper(shown(*[line] * (LETTERS // 1000 + 1), size=3, top=790))
    assert refused(data, apart) == f"has more than {LETTERS:,} letters on page 1"


def test_a_page_of_scattered_words_is_read_in_the_order_of_the_file(apart: Apart) -> None:
    words = [
        shown(
            f"w{number}",
            size=4,
            left=10 + 590 * (number * 7919 % 1009) / 1009,
            top=10 + number % 770,
        )
        for number in range(MOST_PIECES + 500)
    ]
    assert "w2499" in read(paper("".join(words)), apart).text
