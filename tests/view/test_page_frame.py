"""The page as a whole in a real browser: no request, dark, phone, a notebook's sandbox."""

from __future__ import annotations

from html import escape

from playwright.sync_api import expect

from kg.model import Document
from kg.relations import shipped
from kg.view.page import page
from tests.browser import Open, two


def test_the_file_asks_for_nothing_and_complains_of_nothing(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)
    for view in ("relations", "statements", "graph"):
        shown.tab.click(f"#view-{view}")
    shown.tab.keyboard.press("t")
    shown.search("macron")
    shown.tab.keyboard.press("Enter")
    (own,) = [url for url in shown.requests if not url.startswith("data:")]
    assert own.startswith("file:")


def test_dark_is_kept_and_follows_the_system_at_first(open_page: Open) -> None:
    shown = open_page(two())
    assert shown.tab.locator("html").get_attribute("data-theme") == "light"
    shown.tab.click("#theme")
    assert shown.tab.locator("html").get_attribute("data-theme") == "dark"
    shown.tab.reload()
    shown.tab.wait_for_selector("html[data-ready]")
    assert shown.tab.locator("html").get_attribute("data-theme") == "dark"


def test_a_phone_shows_it_all_without_scrolling_sideways(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed, size=(420, 860))
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= 420
    expect(shown.tab.locator("#legend")).to_be_hidden()
    shown.tab.click("#filters")
    expect(shown.tab.locator("#legend")).to_be_visible()


def test_the_page_works_in_the_sandbox_of_a_notebook(open_page: Open, gold_seed: Document) -> None:
    inner = escape(page([gold_seed], lexicon=shipped(), title="Talks"), quote=True)
    outer = (
        '<!doctype html><html data-ready><meta charset="utf-8"><iframe width="1200" height="700" '
        f'sandbox="allow-scripts allow-downloads allow-popups" srcdoc="{inner}"></iframe>'
    )
    frame = open_page(html=outer).tab.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#theme").click()
    frame.locator("#query").fill("macron")
    frame.locator("#query").press("Enter")
    expect(frame.locator("#detail h2")).to_have_text("Emmanuel Macron")
