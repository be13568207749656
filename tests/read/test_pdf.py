"""PDF as LibreOffice and Chromium write it: reading order, whole words, pages, title and date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Document
from kg.read.apart import Apart
from kg.read.files import resource
from kg.read.paper.pdf import Pdf
from kg.read.through import through
from kg.resource import Resource
from tests.papers import paper, shown

FILES = Path(__file__).parent / "files"

COLUMNS = """\
Macron and Scholz revive the initiative of two governments
Paris, 17 February 2025
PARIS — President Emmanuel Macron met Chancellor Olaf Scholz at the Élysée Palace on Monday \
to discuss the Franco-German initiative for a European security conference. Both governments had \
announced the meeting only hours before, after consultations with officials of the European \
Commission.
Macron said that the responsibility for the negotiations rested with Ukraine. “There can be no \
agreement about Ukraine without Ukraine,” he told reporters in the courtyard. The long-term \
commitment of the United States, he added, remained indispensable for the whole continent.
Scholz criticised the proposal of the Hungarian government to postpone the sanctions against \
Russia. The representatives of twenty-seven member states will vote on the extension in Brussels \
next Thursday, according to a spokeswoman of the Commission.
The Prime Minister of Denmark, Mette Frederiksen, spoke by telephone with both leaders in the \
afternoon. Her office confirmed that the conversation concerned the Arctic and the financing of \
additional air-defence systems, and that it lasted for almost an hour.
In Washington, Secretary of State Marco Rubio briefed the ambassadors of the Baltic states. He \
rejected the accusation that the administration was negotiating over the heads of the Europeans. \
The ambassador of Estonia called the briefing constructive and unusually straightforward.
Officials of the European Commission expect that the Franco-German initiative will be presented \
formally at the extraordinary summit in March. Poland and Italy have so far refused to support \
it; the Netherlands may participate if the financial guarantees are sufficiently comprehensive.
1 The ministry did not publish the figures of the previous year.
The opposition in the Bundestag demanded further explanations. Its parliamentary leader, \
Friedrich Merz, said that a responsible government would not surprise its allies with \
half-finished arrangements. Representatives of the coalition dismissed the criticism as \
electioneering.
Kyiv welcomed the announcement. President Volodymyr Zelensky thanked Macron and Scholz and \
invited them to visit the Ukrainian capital before the end of the month. Whether the two will \
accept the invitation has not been decided, a diplomat said on condition of anonymity.""".replace(
    "\n", "\n\n"
)

PRINTED = """\
Macron and Scholz agree on talks with Kyiv
Published 17 February 2025
PARIS. President Emmanuel Macron met Chancellor Olaf Scholz on Monday. The two governments \
offered official talks with officials from Kyiv, and the Franco-German declaration was published \
in the afternoon by the offices of both.
“We shall not wait,” said Macron. The long-term financing remains an unresolved difficulty for \
the European Commission, whose representatives were not invited to participate in the \
negotiations at all.
Scholz criticised the Hungarian government. He rejected the accusation that the responsibilities \
of the Commission were disregarded, and announced that he would telephone with the Prime \
Minister of Denmark.""".replace("\n", "\n\n")


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as process:
        yield process


def read(name: str, apart: Apart) -> Document:
    [document] = through(resource(FILES / name), apart)
    assert isinstance(document, Document)
    return document


def test_two_columns_of_libreoffice(apart: Apart) -> None:
    document = read("columns.pdf", apart)
    assert document.text == COLUMNS
    assert document.date == "2025-02-17"
    assert document.source is not None
    assert document.source.title == "Macron and Scholz revive the initiative of two governments"
    assert document.source.author == "Ada Brandt"


def test_pages_begin_where_the_paper_turns(apart: Apart) -> None:
    """The last word on page 1 is "ex-", broken off "explanations"."""
    assert read("columns.pdf", apart).pages == (0, COLUMNS.index("planations"))


def test_what_was_done_is_told(apart: Apart) -> None:
    reading = read("columns.pdf", apart).reading
    assert reading is not None
    assert reading.reader == "pdf"
    assert reading.notes == (
        "pages: 2",
        "running heads, feet and page numbers left out: 4",
        "letters left out, marks of footnotes: 1",
        "words joined at line ends: 25",
        "footnotes, at the end of their pages: 1",
        "date: as the text begins",
    )


def test_a_page_that_chromium_printed(apart: Apart) -> None:
    document = read("printed.pdf", apart)
    assert document.text == PRINTED
    assert (document.date, document.pages) == ("2025-02-17", (0,))
    assert document.source is not None
    assert document.source.title == "Macron and Scholz agree on talks"
    assert document.source.author is None


@pytest.mark.parametrize(
    ("producer", "date", "note"),
    [
        ("LibreOffice 7.4", None, "no date: an office program made the PDF on 2026-11-22"),
        ("Skia/PDF m120", None, "no date: a browser printed it on 2026-11-22"),
        ("Acrobat Distiller 9", "2026-11-22", "date: when the PDF was made"),
    ],
)
def test_the_day_of_a_conversion_is_not_that_of_the_news(
    producer: str, date: str | None, note: str
) -> None:
    info = f"<< /Producer ({producer}) /CreationDate (D:20261122093000Z) >>".encode()
    data = paper(shown("Macron met Scholz in Paris."), more={4: info}, trailer="/Info 4 0 R")
    [document] = Pdf()(Resource.of(data, "talks.pdf"))
    assert document.date == date
    assert document.reading is not None
    assert note in document.reading.notes
