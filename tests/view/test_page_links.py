"""The link of a view in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.model import Document
from tests.browser import Open


def test_the_link_keeps_selection_and_filters(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed, link="#focus=Keith%20Kellogg&hide=type:Place")
    expect(shown.tab.locator("#detail h2")).to_have_text("Keith Kellogg")
    expect(shown.tab.locator('[data-entry="type:Place"]')).to_have_attribute(
        "aria-pressed", "false"
    )
    shown.tab.locator("#detail .names button", has_text="EU officials").click()
    link = shown.tab.evaluate("location.hash")
    again = open_page(gold_seed, link=link)
    assert "EU officials" in again.detail
    assert "Keith Kellogg" in again.detail
