"""Search in a real browser: names, relations and text, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.model import Document
from kg.source import Source
from tests.browser import Open, two


def test_search_finds_macron_by_keyboard_alone(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.search("macron")
    expect(shown.tab.locator("#hit-0")).to_contain_text("Emmanuel Macron")
    shown.tab.keyboard.press("ArrowDown")
    shown.tab.keyboard.press("ArrowUp")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    assert "briefed" in shown.detail
    assert "planned" in shown.detail
    shown.tab.keyboard.press("Escape")
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator("#detail .lead")).to_be_visible()


@pytest.mark.parametrize("words", ["elysee palace", "ÉLYSÉE"])
def test_search_minds_neither_accents_nor_case(
    open_page: Open, gold_seed: Document, words: str
) -> None:
    shown = open_page(gold_seed)
    shown.search(words)
    expect(shown.tab.locator("#hit-0")).to_contain_text("Élysée Palace")


def test_search_in_the_text_opens_the_passage(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.search("negotiating table. General")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#article mark")).to_have_text("negotiating table. General")


def test_letters_that_grow_when_small_move_no_passage(open_page: Open) -> None:
    shown = open_page(two("Ekrem İmamoğlu", "Selin İpek"))
    shown.search("briefed selin")
    shown.tab.keyboard.press("ArrowUp")
    shown.tab.keyboard.press("ArrowUp")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#article mark")).to_have_text("briefed Selin")


def test_documents_are_found_by_title_and_words_can_narrow_all_views(open_page: Open) -> None:
    first = two().but(source=Source(title="Élysée diary"))
    second = two("Keir Starmer", "Mark Rutte", id="two").but(source=Source(title="Hague notes"))
    shown = open_page(first, second, link="#view=relations")
    shown.search("hague")
    groups = shown.tab.locator("#hits .group")
    expect(groups).to_have_text(["Documents", "Everywhere"])
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#article")).to_contain_text("Keir Starmer briefed Mark Rutte")
    shown.search("rutte")
    shown.tab.keyboard.press("ArrowUp")  # from the first to the last
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#table tbody tr")).to_have_count(1)
    assert shown.tab.evaluate("location.hash").endswith("words=rutte")
