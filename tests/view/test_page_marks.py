"""What an analysis found, drawn on the page in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.view.marks import Lit, Marks, Step
from tests.browser import Open, Opened
from tests.networks import Told, document, iri

CAMPS = document(
    ("Anna", "Boris"),
    Told("Boris", "Anna", "criticized"),
    ("Carla", "Dmitri"),
    ("Boris", "Carla"),
    Told("Anna", "Dmitri", status="planned"),
)
PATH = Lit(
    "via Boris and Carla",
    (
        Step(iri("Anna"), "metWith", iri("Boris")),
        Step(iri("Carla"), "metWith", iri("Boris")),  # symmetric: found from either end
        Step(iri("Carla"), "metWith", iri("Dmitri")),
    ),
)
OTHER = Lit("at once", (Step(iri("Anna"), "metWith", iri("Dmitri"), "planned"),))
GROUPS = {
    "1: Anna": (iri("Anna"), iri("Boris")),
    "2: <b>Carla</b>": (iri("Carla"), iri("Dmitri"), iri("Nobody")),
}


def entries(shown: Opened) -> list[str]:
    found = shown.tab.locator("#legend .found").all_inner_texts()
    return [" ".join(words.split()) for words in found]


def pixels(shown: Opened, colour: tuple[int, int, int]) -> int:
    """Count the pixels of the drawing that have exactly this colour."""
    number: int = shown.tab.evaluate(
        """([red, green, blue]) => {
          const canvas = document.querySelector("#network canvas");
          const copy = new OffscreenCanvas(canvas.width, canvas.height);
          const pen = copy.getContext("2d", { willReadFrequently: true });
          pen.drawImage(canvas, 0, 0);
          const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
          let found = 0;
          for (let at = 0; at < data.length; at += 4)
            if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found += 1;
          return found;
        }""",
        list(colour),
    )
    return number


BLUE, ORANGE = (0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00)


def settled(shown: Opened) -> None:
    shown.tab.wait_for_timeout(200)


def test_groups_have_rings_and_a_legend_that_lights_them_up(open_page: Open) -> None:
    shown = open_page(CAMPS, marks=Marks("Two camps.", groups=GROUPS))
    settled(shown)
    assert shown.tab.locator("#legend .caption").inner_text() == "Two camps."
    assert entries(shown) == ["1 Anna 2", "2 <b>Carla</b> 2"]
    assert pixels(shown, BLUE) > 100 < pixels(shown, ORANGE)
    shown.tab.get_by_role("button", name="<b>Carla</b>").click()
    settled(shown)
    assert "Carla" in shown.detail and "Dmitri" in shown.detail and "Boris" not in shown.detail
    assert pixels(shown, ORANGE) > 100
    assert pixels(shown, BLUE) == 0  # under the veil
    shown.tab.get_by_role("tab", name="Relations").click()
    assert shown.tab.locator("#table tbody tr").count() == 1
    expect(shown.tab.locator("#chips")).to_contain_text("only 2: <b>Carla</b>")
    shown.tab.get_by_role("tab", name="Graph").click()
    shown.tab.get_by_role("button", name="<b>Carla</b>").click()
    settled(shown)
    assert pixels(shown, BLUE) > 100


def test_rings_and_sizes_are_put_away_and_brought_back_by_keyboard(open_page: Open) -> None:
    values = {iri("Anna"): 4.0, iri("Boris"): 1.0}
    shown = open_page(CAMPS, marks=Marks("Sizes.", groups=GROUPS, values=values))
    settled(shown)
    assert entries(shown)[2:] == ["Anna 4", "Boris 1"]
    before = pixels(shown, BLUE)
    shown.tab.locator('[data-entry="mark:show"]').focus()
    shown.tab.keyboard.press("Enter")
    settled(shown)
    assert pixels(shown, BLUE) == 0
    expect(shown.tab.locator('[data-entry="mark:show"]')).to_be_focused()
    shown.tab.keyboard.press("Enter")
    settled(shown)
    assert pixels(shown, BLUE) == before
    shown.tab.get_by_role("button", name="Anna 4").click()
    assert "Anna" in shown.detail


def test_a_path_is_lit_at_once_with_the_words_for_each_step(open_page: Open) -> None:
    shown = open_page(CAMPS, marks=Marks("How they are connected.", paths=(PATH, OTHER)))
    assert entries(shown) == ["via Boris and Carla 3", "at once 1"]
    rows = shown.tab.locator("#detail .steps-told li").all_inner_texts()
    assert [row.split("“")[1].split("”")[0] for row in rows] == [
        "Anna and in d Boris",
        "Boris and in d Carla",
        "Carla and in d Dmitri",
    ]
    shown.tab.get_by_role("button", name="at once").click()
    assert "planned" in shown.detail
    assert shown.tab.locator("#detail .steps-told li").count() == 1
    shown.tab.keyboard.press("Escape")
    assert shown.tab.locator("#detail .steps-told").count() == 0


def test_what_is_lit_stands_in_the_link_and_comes_back(open_page: Open) -> None:
    marks = Marks("How they are connected.", groups=GROUPS, paths=(PATH, OTHER))
    shown = open_page(CAMPS, link="#marks=lit2", marks=marks)
    assert "planned" in shown.detail
    shown.tab.get_by_role("button", name="<b>Carla</b>").click()
    assert shown.tab.evaluate("location.hash") == "#marks=group2"
    unknown = open_page(CAMPS, link="#marks=lit9", marks=marks)
    expect(unknown.tab.locator("#chips")).to_contain_text("lit9")
    plain = open_page(CAMPS, link="#marks=lit1")
    assert plain.tab.locator("#legend .caption").count() == 0


def test_marks_are_shown_on_a_phone_and_in_the_dark(open_page: Open) -> None:
    shown = open_page(
        CAMPS, marks=Marks("Two camps.", groups=GROUPS, paths=(PATH,)), size=(420, 800), dark=True
    )
    shown.tab.click("#filters")
    expect(shown.tab.locator("#legend .caption")).to_be_visible()
    wide = shown.tab.evaluate("document.documentElement.scrollWidth")
    assert wide <= 420
    shown.tab.get_by_role("button", name="via Boris").click()
    expect(shown.tab.locator("#legend .found").first).to_be_visible()
