"""Communities of a graph that is drawn whole: rings, their legend, one of them alone."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.view.marks import Marks
from tests.browser import Open, Opened
from tests.networks import document, iri
from tests.view.test_page_marks import BLUE, ORANGE, entries, pixels, settled

# Four who all meet, three who all meet, one tie between them, and two apart from all.
CAMPS = document(
    ("Anna", "Boris"), ("Anna", "Carla"), ("Anna", "Dmitri"), ("Boris", "Carla"),
    ("Boris", "Dmitri"), ("Carla", "Dmitri"), ("Xenia", "Yves"), ("Xenia", "Zoe"),
    ("Yves", "Zoe"), ("Anna", "Xenia"), ("Paul", "Quinn"),
)  # fmt: skip
LARGE, SMALL = "1 Anna, Boris, Carla 4", "2 Xenia, Yves, Zoe 3"


def shown_entities(shown: Opened) -> str:
    return shown.tab.locator("#counts").inner_text().split(" · ")[0]


def test_rings_tell_communities_and_a_click_leaves_one(open_page: Open) -> None:
    shown = open_page(CAMPS)
    settled(shown)
    assert entries(shown) == []
    assert pixels(shown, BLUE) == 0
    shown.tab.get_by_role("button", name="show rings").click()
    settled(shown)
    assert entries(shown) == [LARGE, SMALL]  # two alone are no community
    assert pixels(shown, BLUE) > 100 < pixels(shown, ORANGE)
    assert shown.tab.evaluate("location.hash") == "#communities=yes"
    shown.tab.locator("#legend .found").nth(1).click()
    settled(shown)
    assert shown_entities(shown) == "3 of 9 entities"
    assert pixels(shown, BLUE) == 0 < pixels(shown, ORANGE)
    link = shown.tab.evaluate("location.hash")
    expect(shown.tab.locator("#chips")).to_contain_text("outside Xenia, Yves, Zoe")
    shown.tab.locator("#legend .found").nth(0).click(modifiers=["Alt"])
    assert shown_entities(shown) == "4 of 9 entities"
    shown.tab.locator("#legend .found").nth(0).click()
    assert shown_entities(shown) == "9 entities"
    again = open_page(CAMPS, link=link)
    settled(again)
    assert shown_entities(again) == "3 of 9 entities"
    pressed = again.tab.locator("#legend .found")
    assert [pressed.nth(at).get_attribute("aria-pressed") for at in (0, 1)] == ["false", "true"]
    assert pixels(again, ORANGE) > 100


def test_communities_by_keyboard(open_page: Open) -> None:
    shown = open_page(CAMPS)
    toggle = shown.tab.locator('[data-entry="communities"]')
    toggle.focus()
    shown.tab.keyboard.press("Enter")
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    shown.tab.keyboard.press("Tab")
    shown.tab.keyboard.press("Space")
    expect(shown.tab.locator("#legend .found").first).to_be_focused()
    assert shown_entities(shown) == "4 of 9 entities"
    shown.tab.keyboard.press("Escape")
    assert shown_entities(shown) == "9 entities"
    toggle.focus()
    shown.tab.keyboard.press("Enter")
    assert entries(shown) == []
    assert shown.tab.evaluate("location.hash") in ("", "#")


def test_groups_of_an_analysis_win_and_one_community_is_none(open_page: Open) -> None:
    camps = {"1: Anna": (iri("Anna"), iri("Zoe"))}
    shown = open_page(CAMPS, marks=Marks("One camp.", groups=camps))
    assert entries(shown) == ["1 Anna 2"]
    assert shown.tab.locator('[data-entry="communities"]').count() == 0
    sized = open_page(CAMPS, marks=Marks("Sizes.", values={iri("Anna"): 2.0}))
    assert sized.tab.locator('[data-entry="communities"]').count() == 1
    one = open_page(document(("Anna", "Boris"), ("Boris", "Carla"), ("Carla", "Anna")))
    assert one.tab.locator('[data-entry="communities"]').count() == 0
    odd = open_page(CAMPS, link="#communities=<b>")
    expect(odd.tab.locator("#chips")).to_contain_text("communities=<b>; it knows yes, no")
