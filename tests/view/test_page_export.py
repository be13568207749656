"""What a reader takes along, in a real browser: each file is read again and compared."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from playwright.sync_api import expect

from kg.model import Document
from kg.source import Source
from tests.browser import Open, Opened, two
from tests.view.test_page_links import BASE, week

SVG = "{http://www.w3.org/2000/svg}"


def taken(shown: Opened, way: str) -> Path:
    """Choose a way of the menu and return the file that was downloaded."""
    shown.tab.click("#export")
    with shown.tab.expect_download() as download:
        shown.tab.click(f"#{way}")
    return Path(download.value.path())


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_json_holds_entities_facts_evidence_and_documents_of_what_is_selected(
    open_page: Open,
) -> None:
    shown = open_page(week(), link="#statuses=actual,planned&focus=Starmer&view=relations")
    found = json.loads(taken(shown, "json").read_text(encoding="utf-8"))
    assert list(found) == ["title", "link", "entities", "facts", "statements", "documents"]
    assert found["title"] == "Talks"
    assert "statuses=actual,planned" in found["link"]
    said = {(fact["subject"], fact["relation"], fact["status"]) for fact in found["facts"]}
    assert said == {
        (f"{BASE}Donald_Trump", "briefed", "planned"),
        (f"{BASE}Emmanuel_Macron", "spokeWith", "actual"),
    }
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    assert names == {
        f"{BASE}Donald_Trump": "Donald Trump",
        f"{BASE}Emmanuel_Macron": "Emmanuel Macron",
        f"{BASE}Keir_Starmer": "Keir Starmer",
    }
    (words,) = found["facts"][0]["evidence"]
    text = week().text
    assert words == {
        "document": "week", "start": 0, "end": len(text), "text": text, "date": "2025-02-19",
        "place": None, "score": 0.7, "basis": "text", "by": "",
    }  # fmt: skip
    (document,) = found["documents"]
    assert (document["id"], document["title"], document["date"]) == (
        "week", "A week", "2025-02-20",
    )  # fmt: skip


def test_a_cell_that_looks_like_a_formula_is_text_for_a_spreadsheet(open_page: Open) -> None:
    for number, sign in enumerate("=+-@"):
        document = two(f"{sign}HYPERLINK(1)", id=f"d{number}")
        rows = rows_of(taken(open_page(document), "csv"))
        assert rows[1][0] == f"'{sign}HYPERLINK(1)"


def test_statements_are_a_table_of_their_own(open_page: Open) -> None:
    shown = open_page(two())
    rows = rows_of(taken(shown, "quotes-csv"))
    assert rows[0] == [
        "speaker", "words", "kind", "verb", "addressee", "document", "start", "end",
        "page",
    ]  # fmt: skip
    said = ["Emmanuel Macron", "On Monday", "direct", "said", "", "one", "0", "9", ""]
    assert rows[1:] == [said]


def test_the_drawing_has_a_line_with_its_dashes_for_each_fact(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    statuses = ("actual", "planned", "possible", "negated")
    hostile = document.but(
        relations=tuple(replace(fact, status=status) for status in statuses),
        entities=(replace(document.entities[0], name="<script>&\ufffe"), document.entities[1]),
        source=Source(title="]]><x>"),
    )
    file = taken(open_page(hostile), "svg")
    drawing = ET.parse(file).getroot()
    assert drawing.tag == f"{SVG}svg"
    lines = {
        group.get("data-status"): group.find(f"{SVG}path").get("stroke-dasharray")  # type: ignore[union-attr]
        for group in drawing.iter(f"{SVG}g")
        if group.get("data-status")
    }
    assert lines == {"actual": None, "planned": "9 6", "possible": "2 5", "negated": "9 4"}
    people = [group for group in drawing.iter(f"{SVG}g") if group.get("data-type") == "Person"]
    assert sorted(group.findtext(f"{SVG}title") or "" for group in people) == [
        "<script>&", "Donald Trump",
    ]  # fmt: skip
    for group in people:
        assert group.find(f"{SVG}circle") is not None
    assert not [one for one in drawing.iter() if one.tag in (f"{SVG}script", "script")]
    words = {text.text for text in drawing.iter(f"{SVG}text")}
    assert {"briefed", "Donald Trump"} <= words


def test_only_what_the_filters_leave_is_drawn_and_it_opens_as_a_picture(open_page: Open) -> None:
    shown = open_page(week(), link="#relations=metWith")
    file = taken(shown, "svg")
    drawing = ET.parse(file).getroot()
    assert len([group for group in drawing.iter(f"{SVG}g") if group.get("data-type")]) == 2
    size = shown.tab.evaluate(
        """text => new Promise((done, failed) => { const picture = new Image();
        picture.onload = () => done([picture.naturalWidth, picture.naturalHeight]);
        picture.onerror = failed;
        picture.src = "data:image/svg+xml," + encodeURIComponent(text); })""",
        file.read_text(encoding="utf-8"),
    )
    assert size == [int(drawing.get("width", 0)), int(drawing.get("height", 0))]


def test_the_menu_is_walked_by_keyboard(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed, link="#view=relations")
    shown.tab.locator("#export").focus()
    shown.tab.keyboard.press("ArrowDown")
    expect(shown.tab.locator("#png")).to_be_focused()
    for _ in range(3):
        shown.tab.keyboard.press("ArrowDown")
    expect(shown.tab.locator("#csv")).to_be_focused()
    with shown.tab.expect_download() as download:
        shown.tab.keyboard.press("Enter")
    assert download.value.suggested_filename == "relations.csv"
    expect(shown.tab.locator("#exports")).to_be_hidden()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#exports")).to_be_visible()
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator("#exports")).to_be_hidden()
    expect(shown.tab.locator("#export")).to_be_focused()
    shown.tab.click("#export")
    shown.tab.click("#query")
    expect(shown.tab.locator("#exports")).to_be_hidden()
