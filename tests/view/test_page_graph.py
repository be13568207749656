"""The drawing in a real browser: lines, tips, keys, paths, neighbours."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.model import Document
from tests.browser import Open, two


def test_a_click_on_a_line_shows_the_sentence_and_marks_it_in_the_article(open_page: Open) -> None:
    shown = open_page(two())
    assert "Emmanuel Macron – briefed – Donald Trump" in shown.hover_middle()
    shown.click()
    sentence = "On Monday, Emmanuel Macron briefed Donald Trump on the talks."
    expect(shown.tab.locator("#detail blockquote")).to_have_text(sentence)
    expect(shown.tab.locator("#detail .badge")).to_have_text("actual")
    expect(shown.tab.locator("#article mark")).to_have_text(sentence)


def test_the_tip_goes_when_the_pointer_leaves_or_clicks(open_page: Open) -> None:
    shown = open_page(two())
    tip = shown.tab.locator("#tip")
    assert shown.hover_middle()
    shown.tab.locator("#legend").hover()
    expect(tip).to_be_hidden()
    assert shown.hover_middle()
    shown.click()
    expect(tip).to_be_hidden()


def test_the_keys_walk_through_entities_and_their_relations(open_page: Open) -> None:
    shown = open_page(two())
    shown.tab.keyboard.press("n")
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    shown.tab.keyboard.press("n")
    expect(shown.tab.locator("#detail h2")).to_have_text("Donald Trump")
    shown.tab.locator("#network").focus()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail blockquote")).to_contain_text("briefed")


def test_shift_click_shows_the_shortest_path(open_page: Open) -> None:
    shown = open_page(two())
    shown.hover_across("Emmanuel Macron")
    shown.click()
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    shown.hover_across("Donald Trump")
    shown.tab.keyboard.down("Shift")
    shown.click()
    expect(shown.tab.locator("#detail")).to_contain_text("shortest path: 1 step")


def test_only_the_neighbours_of_an_entity_can_be_shown(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed, link="#focus=Keith%20Kellogg")
    shown.tab.click("text=Only neighbours")
    expect(shown.tab.locator("#counts")).to_contain_text("4 of 42 entities")
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator("#counts")).to_contain_text("42 entities")


def test_a_page_with_nothing_found_says_what_to_do(open_page: Open) -> None:
    shown = open_page(Document(id="none", text="It rained."))
    expect(shown.tab.locator("#empty")).to_contain_text("No people")
    expect(shown.tab.locator("#article")).to_contain_text("It rained.")
    nothing = open_page()
    expect(nothing.tab.locator("#empty")).to_be_visible()


def test_entities_without_relations_are_explained(open_page: Open) -> None:
    shown = open_page(two().but(relations=()))
    expect(shown.tab.locator("#empty")).to_contain_text("no relation between them")
