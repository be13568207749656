"""Graphs at the edges of what can be, in a real browser."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser import Open, Opened
from tests.odd import ALL, ARABIC, HEBREW, LONG, ages, alone, parallel, scripts
from tests.view.test_scene import drawn


def views(shown: Opened) -> list[str]:
    return [name for name in shown.views() if name.startswith("view-")]


@pytest.mark.parametrize("name", ALL)
def test_every_view_opens_and_nothing_is_wider_than_the_window(open_page: Open, name: str) -> None:
    for width, height in ((1400, 900), (420, 860)):
        shown = open_page(*ALL[name], size=(width, height), title=LONG)
        for view in views(shown):
            shown.tab.click(f"#{view}")
            shown.tab.locator("body").press("n")
            shown.tab.locator("#network").dispatch_event("keydown", {"key": "Enter"})
            assert shown.tab.evaluate("document.documentElement.scrollWidth") <= width, view
            side = "document.getElementById('side')"
            assert shown.tab.evaluate(f"{side}.scrollWidth <= {side}.clientWidth"), view


def test_one_entity_without_a_relation_is_shown_and_explained(open_page: Open) -> None:
    shown = open_page(alone())
    expect(shown.tab.locator("#empty")).to_contain_text("no relation between them")
    shown.tab.keyboard.press("n")
    expect(shown.tab.locator("#detail h2").first).to_have_text("Emmanuel Macron")


def test_a_fact_about_oneself_counts_once(open_page: Open) -> None:
    shown = open_page(alone(loop=True))
    assert drawn(shown.tab).texts.count("criticized") == 1  # its line is lettered
    shown.tab.keyboard.press("n")
    expect(shown.tab.locator("#detail")).to_contain_text("1 relation,")
    shown.tab.locator("#network").focus()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#article mark")).to_have_text("Emmanuel Macron")


def test_three_hundred_facts_between_two_come_apart_on_demand(open_page: Open) -> None:
    shown = open_page(parallel(300))
    expect(shown.tab.locator("#counts")).to_contain_text("300 relations")
    with shown.tab.expect_download() as download:
        shown.tab.click("#export")
        shown.tab.click("#csv")
    text = download.value.path().read_text(encoding="utf-8-sig")
    facts = {(row[1], row[3], row[5]) for row in csv.reader(io.StringIO(text))}
    assert len(facts) == 301  # with the headings
    assert all("click to see each" in tip for tip in tips(shown))
    shown.tab.keyboard.press("n")
    assert len(tips(shown)) > 10


def tips(shown: Opened) -> set[str]:
    """Move down through the middle of the graph; return what it says of the lines."""
    box = shown.tab.locator("#network").bounding_box()
    assert box is not None
    seen = set()
    for y in range(-90, 91, 4):
        shown.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + y)
        if shown.tab.locator("#tip").is_visible():
            seen.add(shown.tab.locator("#tip strong").inner_text())
    assert seen
    return seen


def test_two_thousand_years_stand_in_order(open_page: Open) -> None:
    shown = open_page(ages())
    shown.tab.click("#view-timeline")
    headings = shown.tab.locator("[role=tabpanel]:visible h2:visible").all_inner_texts()
    order = [next(at for at, text in enumerate(headings) if year in text)
             for year in ("44", "1066", "1945", "2025", "9999", "No day")]  # fmt: skip
    assert order == sorted(order)
    shown.tab.locator("#from").press("End")
    expect(shown.tab).to_have_url(re.compile("(from|time)=9999"))


def test_each_kind_of_writing_runs_its_own_way(open_page: Open) -> None:
    document = scripts()
    assert document.source is not None
    shown = open_page(document, title=document.source.title)
    tab = shown.tab
    direction = "(one) => getComputedStyle(one).direction"
    assert tab.locator("h1").evaluate(direction) == "rtl"
    assert tab.locator("html").evaluate(direction) == "ltr"
    paragraphs = tab.locator("#article p[dir=auto]")
    ways = [paragraphs.nth(at).evaluate(direction) for at in range(paragraphs.count())]
    assert ways == ["rtl", "rtl", "ltr", "ltr"]
    for name in (ARABIC[0], HEBREW[0], "习近平", "이재명"):
        shown.search(name)
        tab.keyboard.press("Enter")
        expect(tab.locator("#detail h2").first).to_have_text(name)
        tab.keyboard.press("Escape")
