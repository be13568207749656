"""The map in a real browser: where bubbles stand, what they hold, how they are reached."""

from __future__ import annotations

from math import cos, radians

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import Open, Opened
from tests.diary import diary

KINDS = {
    "Paris": "Place:Q90", "Élysée Palace": "Place", "Brussels": "Place:Q239", "Kyiv": "Place:Q1899",
    "Riyadh": "Place:Q3692", "Washington": "Place:Q61", "Saudi Arabia": "Country:SAU",
    "Atlantis": "Place", "talks": "Event", "summit": "Event",
}  # fmt: skip
PARIS, KYIV, RIYADH = (48.8667, 2.3333), (50.4334, 30.5166), (24.6408, 46.7727)
THREE = diary(
    "Macron > visited > Kyiv | 2025-02-18",
    "Macron > metWith > Zelenskyy | in Paris",
    "Macron > metWith > Scholz | in Élysée Palace",
    "talks > heldIn > Riyadh",
    "Rubio > attended > talks",
    "Rubio > criticized > Macron",
    kinds=KINDS,
)


def bubble(shown: Opened, name: str) -> Locator:
    return shown.tab.locator(f'.bubble[aria-label^="{name}"]')


def middle(found: Locator) -> tuple[float, float]:
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_bubbles_stand_where_their_places_are(open_page: Open) -> None:
    shown = open_page(THREE, link="#view=map")
    names = shown.tab.locator(".bubble").evaluate_all("all => all.map(one => one.ariaLabel).sort()")
    # Who attended the talks was in Riyadh; a palace stands in its town.
    assert names == ["Kyiv: 1 fact", "Paris + 1: 2 facts", "Riyadh: 2 facts"]
    expect(shown.tab.locator("#map-words")).to_have_text("5 facts on the map · 1 without a place")
    (px, py), (kx, ky), (rx, ry) = (
        middle(bubble(shown, name)) for name in ("Paris", "Kyiv", "Riyadh")
    )
    east = (RIYADH[1] - PARIS[1]) / (KYIV[1] - PARIS[1])
    assert (rx - px) / (kx - px) == pytest.approx(east, abs=0.01)
    # True to shape in the middle, at (50.4334 + 24.6408) / 2 degrees north.
    degree_east, degree_south = (
        (rx - px) / (RIYADH[1] - PARIS[1]),
        (ry - py) / (PARIS[0] - RIYADH[0]),
    )
    assert degree_east / degree_south == pytest.approx(cos(radians(37.54)), abs=0.01)
    assert ky < py < ry


def test_a_bubble_lists_its_facts_and_its_place_selects(open_page: Open) -> None:
    shown = open_page(THREE, link="#view=map")
    bubble(shown, "Paris").press("Enter")
    place = shown.tab.locator("#place")
    expect(place).to_be_focused()
    expect(place.locator(".pill")).to_have_text(["Paris", "Élysée Palace"])
    expect(place.locator(".line-of")).to_have_count(2)
    place.locator(".line-of", has_text="Scholz").click()
    expect(shown.tab.locator("#detail blockquote")).to_contain_text("Macron metWith Scholz")
    expect(bubble(shown, "Paris")).to_have_class("bubble    chosen")
    shown.tab.keyboard.press("Escape")
    expect(place).to_be_hidden()
    expect(bubble(shown, "Paris")).to_be_focused()
    bubble(shown, "Riyadh").click()
    place.locator(".pill", has_text="Riyadh").click()
    expect(shown.tab.locator("#detail h2")).to_have_text("Riyadh")


def test_a_focus_pales_the_other_places_and_time_removes_them(open_page: Open) -> None:
    shown = open_page(THREE, link="#view=map&focus=Rubio")
    expect(bubble(shown, "Riyadh")).to_have_attribute("aria-label", "Riyadh: 1 fact")
    expect(shown.tab.locator(".bubble.pale")).to_have_count(2)
    shown.tab.click('[data-entry="relation:visited"]')
    expect(shown.tab.locator(".bubble.pale")).to_have_count(1)


def test_filters_that_leave_nothing_empty_the_map_and_take_no_focus(open_page: Open) -> None:
    link = "#view=map&words="
    shown = open_page(THREE, link=f"{link}nowhere")
    expect(shown.tab.locator(".bubble")).to_have_count(0)
    shown.tab.locator("#map-face").press("-")
    shown.tab.evaluate("location.hash = '#view=map'")
    expect(bubble(shown, "Riyadh")).to_be_in_viewport()
    shown.tab.locator("#map-face").press("f")
    bubble(shown, "Riyadh").click()
    shown.tab.locator("#query").focus()
    shown.tab.evaluate(f"location.hash = '{link}nowhere'")
    expect(shown.tab.locator(".bubble")).to_have_count(0)
    expect(shown.tab.locator("#place")).to_be_hidden()
    expect(shown.tab.locator("#query")).to_be_focused()


def test_the_facts_of_a_place_come_by_day_those_without_one_last(open_page: Open) -> None:
    said = (
        "C > visited > Kyiv",
        "A > visited > Kyiv | 2025-02-18",
        "B > visited > Kyiv | 2025-02-17",
    )
    shown = open_page(diary(*said, kinds=KINDS), link="#view=map")
    bubble(shown, "Kyiv").click()
    lines = shown.tab.locator("#place .line-of")
    expect(lines).to_contain_text(["B", "A", "C"])
    expect(lines.first).to_contain_text("17 Feb 2025")


def test_a_country_is_a_square_and_a_plan_is_hollow(open_page: Open) -> None:
    shown = open_page(
        diary("summit > heldIn > Saudi Arabia | planned", "A > visited > Paris", kinds=KINDS),
        link="#view=map",
    )
    country = bubble(shown, "Saudi Arabia")
    assert {"rough", "unsure"} <= set((country.get_attribute("class") or "").split())
    country.click()
    expect(shown.tab.locator("#place")).to_contain_text("Only the country is known")


def test_close_places_part_when_the_map_is_enlarged(open_page: Open) -> None:
    shown = open_page(
        *[
            diary(f"Macron > visited > {place}", kinds=KINDS, id=place)
            for place in ("Paris", "Brussels", "Washington", "Riyadh")
        ],
        link="#view=map",
    )
    both = bubble(shown, "Brussels + 1").or_(bubble(shown, "Paris + 1"))
    expect(both).to_have_count(1)
    both.click()
    shown.tab.get_by_role("button", name="Zoom in").and_(shown.tab.locator("#place .act")).click()
    expect(bubble(shown, "Paris: 1")).to_have_count(1)
    expect(bubble(shown, "Brussels: 1")).to_have_count(1)
    face = shown.tab.locator("#map-face")
    face.focus()
    shown.tab.keyboard.press("f")
    expect(both).to_have_count(1)
    before = middle(bubble(shown, "Washington"))
    shown.tab.keyboard.press("ArrowRight")
    expect(bubble(shown, "Washington")).to_have_count(1)
    after = middle(bubble(shown, "Washington"))
    assert (before[0] - after[0], before[1] - after[1]) == pytest.approx((80, 0), abs=0.5)
    for _ in range(4):
        shown.tab.keyboard.press("+")
    expect(both).to_have_count(0)


def test_the_map_is_dragged_and_the_wheel_keeps_the_place_under_it(open_page: Open) -> None:
    shown = open_page(THREE, link="#view=map")
    x, y = middle(bubble(shown, "Kyiv"))
    shown.tab.mouse.move(x - 60, y + 60)
    shown.tab.mouse.down()
    shown.tab.mouse.move(x - 20, y + 90, steps=4)
    shown.tab.mouse.up()
    moved = middle(bubble(shown, "Kyiv"))
    assert moved == pytest.approx((x + 40, y + 30), abs=0.6)
    shown.tab.mouse.move(moved[0] + 40, moved[1])
    shown.tab.mouse.wheel(0, -100)
    left = "document.querySelector('.bubble[aria-label^=Kyiv]').getBoundingClientRect().x"
    shown.tab.wait_for_function(f"{left} < {moved[0] - 14}")
    nearer = middle(bubble(shown, "Kyiv"))
    # 100 units of the wheel enlarge by e^0.3; the point under the pointer stays.
    assert nearer == pytest.approx((moved[0] + 40 - 40 * 1.34986, moved[1]), abs=0.6)


def test_names_do_not_lie_over_each_other(open_page: Open) -> None:
    places = [place for place, kind in KINDS.items() if kind.startswith("Place:")]
    shown = open_page(
        diary(*[f"Macron > visited > {place}" for place in places], kinds=KINDS), link="#view=map"
    )
    boxes = shown.tab.locator(".bubble span, .bubble").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.x, b.y, b.right, b.bottom])"
    )
    assert len(boxes) >= 8
    names = shown.tab.locator(".bubble span").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.x, b.y, b.right, b.bottom])"
    )
    over = [
        (name, box)
        for name in names
        for box in boxes
        if box != name
        and min(name[2], box[2]) - max(name[0], box[0]) > 1
        and min(name[3], box[3]) - max(name[1], box[1]) > 1
    ]
    assert over == []


def test_without_a_known_place_there_is_no_map(open_page: Open) -> None:
    shown = open_page(diary("A > visited > Atlantis", kinds=KINDS), link="#view=map")
    assert "view-map" not in shown.views()
    expect(shown.tab.locator("#graph")).to_be_visible()
