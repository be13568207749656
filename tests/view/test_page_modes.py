"""The page for eyes and windows of their own: no motion, forced colours, magnified, on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from kg.model import Document
from tests.browser import Open, two

GROUND = "(one) => getComputedStyle(one).backgroundColor"


def test_nothing_glides_for_who_wants_no_motion(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    drawing = shown.tab.locator("#network")
    shown.tab.keyboard.press("n")
    shown.tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")
    at_once = drawing.screenshot()
    shown.tab.wait_for_timeout(700)
    assert drawing.screenshot() == at_once


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_grounds_that_tell_something_stay_in_forced_colours(open_page: Open, dark: bool) -> None:
    document = two()
    (fact,) = document.relations
    dated = tuple(replace(fact, date=day) for day in ("2025-02-14", "2025-02-18"))
    shown = open_page(document.but(relations=dated), dark=dark, window={"forced_colors": "active"})
    tab = shown.tab
    tab.keyboard.press("n")
    system = "(name) => { const one = document.createElement('i'); one.style.color = name;" \
             "document.body.append(one); const had = getComputedStyle(one).color; one.remove();" \
             "return had; }"  # fmt: skip
    highlight, canvas = (tab.evaluate(system, name) for name in ("Highlight", "Canvas"))
    assert highlight != canvas
    for told in ("#bars b", "#stretch", "#view-graph", "#article .mention.lit"):
        assert tab.locator(told).first.evaluate(GROUND) == highlight, told
    assert tab.locator("#view-relations").evaluate(GROUND) != highlight


def test_at_twice_the_size_everything_is_there(open_page: Open, gold_seed: Document) -> None:
    """A window of 1400 to 900 shows half as much at 200 %."""
    shown = open_page(gold_seed, size=(700, 450), window={"device_scale_factor": 2})
    tab = shown.tab
    for view in shown.views():
        assert tab.locator(f"#{view}").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 700
    box = tab.locator("#network").bounding_box()
    assert box is not None
    assert box["height"] > 180
    shown.search("macron")
    tab.keyboard.press("Enter")
    expect(tab.locator("#detail h2").first).to_be_in_viewport()


def test_on_paper_the_page_is_light_and_dark_again_after(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed, dark=True)
    theme = "document.documentElement.dataset.theme"
    shown.tab.evaluate(
        f"window.seen = []; addEventListener('beforeprint', () => seen.push({theme}))"
    )
    assert shown.tab.pdf().startswith(b"%PDF")
    assert shown.tab.evaluate("seen") == ["light"]
    assert shown.tab.evaluate(theme) == "dark"
    assert shown.tab.locator("#printed").count() == 0
