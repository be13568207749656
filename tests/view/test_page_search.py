"""Search in a real browser: names, relations and text, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.model import Document
from tests.browser import Open


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
