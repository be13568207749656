"""The tables in a real browser, and the files to take along."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.model import Document
from tests.browser import Open, two


def test_the_table_can_be_sorted_and_opened_by_keyboard(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)
    shown.tab.keyboard.press("r")
    header = shown.tab.locator("#table th", has_text="Subject")
    expect(header).to_have_attribute("aria-sort", "ascending")
    header.locator("button").focus()
    shown.tab.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    subjects = shown.tab.locator("#table tbody td:nth-child(1)").all_inner_texts()
    assert len(set(subjects)) > 10
    assert subjects == sorted(subjects, key=str.casefold, reverse=True)
    shown.tab.locator("#table tbody .verb").first.focus()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail blockquote")).to_be_visible()


def test_the_table_to_take_along_holds_what_is_shown(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.tab.click('[data-entry="status:negated"]', modifiers=["Alt"])
    with shown.tab.expect_download() as download:
        shown.tab.click("#export")
        shown.tab.click("#csv")
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith('"subject","relation","object","status"')
    assert rows[1].startswith('"Ukraine","attended","peace talks (upcoming)","negated"')
    assert len(rows) == 2
    with shown.tab.expect_download() as picture:
        shown.tab.click("#export")
        shown.tab.click("#png")
    image = picture.value.path().read_bytes()
    assert image.startswith(b"\x89PNG")
    seen = shown.tab.evaluate("document.querySelector('#network canvas').clientWidth")
    assert int.from_bytes(image[16:20], "big") == 2 * seen


def test_offsets_to_take_along_count_code_points(open_page: Open) -> None:
    document = two("😀 Macron", "Trump")
    shown = open_page(document)
    with shown.tab.expect_download() as download:
        shown.tab.click("#export")
        shown.tab.click("#csv")
    row = download.value.path().read_text(encoding="utf-8-sig").splitlines()[1]
    assert f'"0","{len(document.text)}"' in row
