"""Keyboard and screen readers: the page in a real browser, judged by axe-core."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from kg.model import Document, Entity, Mention, Span
from tests.browser import Open, Opened, two
from tests.diary import diary

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """(async () => (await axe.run({ resultTypes: ["violations"] })).violations.map((found) =>
  ({ id: found.id, impact: found.impact, where: found.nodes.map((node) => node.target.join(" ")),
     why: found.nodes[0].failureSummary })))()"""


def findings(tab: Page) -> list[str]:
    """Return what axe-core finds serious or critical, and headings out of order."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    return [
        json.dumps(found)
        for found in tab.evaluate(RUN)
        if found["impact"] in ("serious", "critical") or found["id"] == "heading-order"
    ]


def week() -> tuple[Document, ...]:
    """Two documents with one of everything, so that every control is there."""
    told = diary(
        "Macron > metWith > Zelenskyy | 2025-02-18 | in Paris",
        "Macron > spokeWith > Scholz | 2025-02-17",
        "Scholz > metWith > Zelenskyy | planned | 2025-02-20",
        "France > criticized > Russia | possible | 2025-02-16",
        "Macron > memberOf > NATO",
        "NATO > attended > talks | negated",
        "allies > attended > talks | 2025-02-19 | in Lyon",
        kinds={
            "France": "Country:FRA", "Russia": "Country:RUS", "NATO": "Organization",
            "talks": "Event", "allies": "Group", "Paris": "Place:Q90", "Lyon": "Place:Q456",
        },
    )  # fmt: skip
    facts = tuple(
        replace(fact, score=0.65 + number / 20) for number, fact in enumerate(told.relations)
    )
    lone = Entity("lone", "Place", "met", (Mention(Span(7, 10)),))
    return told.but(relations=facts, entities=(*told.entities, lone)), two()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(1400, 900), (420, 860)], ids=["wide", "phone"])
def test_axe_finds_nothing_serious_in_any_view(
    open_page: Open, size: tuple[int, int], dark: bool
) -> None:
    shown = open_page(*week(), size=size, dark=dark, title="A week", note="of talks")
    tab = shown.tab
    for view in (name for name in shown.views() if name.startswith("view-")):
        tab.click(f"#{view}")
        assert findings(tab) == [], view
    tab.click("#view-graph")
    for act in ("n", "Enter", "a", "d", "o"):
        tab.locator("#network").focus()
        tab.keyboard.press(act)
        assert findings(tab) == [], act
    narrow = tab.locator("#filters").is_visible()
    if narrow:
        tab.click("#filters")
    tab.locator('[data-entry="status:negated"]').press("Enter")
    assert findings(tab) == []
    if narrow:
        tab.keyboard.press("Escape")
    shown.search("mac")
    assert findings(tab) == []
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    expect(tab.locator("#help")).to_be_visible()
    assert findings(tab) == []


# Every control that is seen; of the tabs of a list, and of the cells of a grid, one is enough,
# because the arrow keys lead to the others.
CONTROLS = """() => {
  const roving = (one) => one.tabIndex < 0 && one.closest("[role=tablist], [role=grid], #article");
  window.controls = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex], [role=link], [role=option]")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled
      && one.getClientRects().length && !roving(one)
      && !(one.tabIndex < 0 && !one.matches("a, button, input, select, [role=link]")));
  window.reached = new Map();
  document.body.tabIndex = -1; // Tab starts at the beginning
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
STEP = """() => {
  const own = document.activeElement;
  if (own === document.body || own === document.documentElement) return "out";
  if (reached.has(own)) return "again";
  const style = getComputedStyle(own);
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== "none";
  reached.set(own, ring);
  const box = own.getBoundingClientRect();
  const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  return inside ? "" : "outside: " + own.outerHTML.slice(0, 200);
}"""
MISSED = """() => controls.filter((one) => !reached.has(one) && one.isConnected)
  .map((one) => one.outerHTML.slice(0, 160))"""
RINGLESS = """() => [...reached].filter(([, ring]) => !ring)
  .map(([one]) => one.outerHTML.slice(0, 160))"""


def tab_through(shown: Opened) -> None:
    """Press Tab until it leaves the page: every control is met once, seen and with a ring."""
    shown.tab.evaluate(CONTROLS)
    for _ in range(600):
        shown.tab.keyboard.press("Tab")
        met = shown.tab.evaluate(STEP)
        if met in ("out", "again"):
            break
        assert met == ""
    else:
        raise AssertionError("the keyboard is trapped")
    assert shown.tab.evaluate("reached.size") > 10
    assert shown.tab.evaluate(MISSED) == []
    assert shown.tab.evaluate(RINGLESS) == []


@pytest.mark.parametrize("size", [(1400, 900), (420, 860)], ids=["wide", "phone"])
def test_tab_reaches_every_control_of_every_view(open_page: Open, size: tuple[int, int]) -> None:
    shown = open_page(*week(), size=size)
    for view in (name for name in shown.views() if name.startswith("view-")):
        shown.tab.click(f"#{view}")
        tab_through(shown)
    shown.tab.click("#view-graph")
    shown.tab.keyboard.press("n")
    tab_through(shown)
    shown.tab.locator("#network").focus()
    shown.tab.keyboard.press("Enter")
    tab_through(shown)


def test_arrows_walk_through_tabs_and_names(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    tab = shown.tab
    views = [name for name in shown.views() if name.startswith("view-")]
    tab.locator("#view-graph").focus()
    for view in (*views[1:], views[0]):
        tab.keyboard.press("ArrowRight")
        expect(tab.locator(f"#{view}")).to_be_focused()
        expect(tab.locator(f"#{view}")).to_have_attribute("aria-selected", "true")
    tab.locator("#article").focus()
    tab.keyboard.press("ArrowRight")
    first = tab.locator("#article .mention").first
    expect(first).to_be_focused()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator("#article .mention").nth(1)).to_be_focused()
    tab.keyboard.press("ArrowLeft")
    name = first.get_attribute("title")
    tab.keyboard.press("Enter")
    expect(tab.locator("#detail h2").first).to_have_text(str(name))


def test_escape_leads_out_of_everything(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed, size=(1100, 800))
    tab = shown.tab
    tab.click("#filters")
    expect(tab.locator("#legend")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("#legend")).to_be_hidden()
    tab.click("#filters")
    tab.locator("#network").click(position={"x": 500, "y": 20})
    expect(tab.locator("#legend")).to_be_hidden()
    tab.locator("#help-open").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#help")).to_be_visible()
    for _ in range(3):  # what lies behind it is never met
        tab.keyboard.press("Tab")
        assert tab.locator("body > :not(#help) :focus").count() == 0
    tab.keyboard.press("Escape")
    expect(tab.locator("#help")).to_be_hidden()
    expect(tab.locator("#help-open")).to_be_focused()
    shown.search("zel")
    tab.keyboard.press("Escape")
    expect(tab.locator("#hits")).to_be_hidden()
    expect(tab.locator("#query")).to_have_value("")
    tab.keyboard.press("n")
    tab.keyboard.press("Escape")
    expect(tab).not_to_have_url(re.compile("focus="))


def test_keys_do_nothing_while_one_writes_or_holds_control(open_page: Open) -> None:
    shown = open_page(two())
    tab = shown.tab
    for letter in "nprsgtmf?+-oadjkl":
        tab.locator("#query").press(letter)
    expect(tab.locator("#query")).to_have_value("nprsgtmf?+-oadjkl")
    tab.locator("#query").fill("")
    tab.keyboard.press("Escape")
    for chord in ("Control+n", "Alt+r", "Meta+s", "Control+r"):
        tab.evaluate(
            "(chord) => { const [hold, key] = chord.split('+'); dispatchEvent(new KeyboardEvent("
            "'keydown', { key, ctrlKey: hold === 'Control', altKey: hold === 'Alt', "
            "metaKey: hold === 'Meta', bubbles: true })); }",
            chord,
        )
    expect(tab.locator("#view-graph")).to_have_attribute("aria-selected", "true")
    assert tab.locator("html").get_attribute("data-theme") == "light"
    expect(tab).not_to_have_url(re.compile("focus="))
    expect(tab.locator("#help")).to_be_hidden()


def test_what_is_selected_is_said_once_and_in_few_words(open_page: Open) -> None:
    """A live region that held the whole panel would read it out with each step."""
    shown = open_page(two())
    live = shown.tab.locator("[aria-live]:visible, [aria-live].unseen")
    shown.tab.evaluate(
        "() => { window.said = []; for (const one of document.querySelectorAll('[aria-live]'))"
        " new MutationObserver(() => said.push(one.textContent)).observe(one,"
        " { childList: true, characterData: true, subtree: true }); }"
    )
    shown.tab.keyboard.press("n")
    shown.tab.wait_for_timeout(50)
    said = shown.tab.evaluate("said")
    assert "Emmanuel Macron" in said
    assert len(said) <= 2
    assert all(len(words) < 200 for words in said)
    assert live.count() >= 2
    network = shown.tab.locator("#network")
    assert "Graph" in str(network.get_attribute("aria-label"))
