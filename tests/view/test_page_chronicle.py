"""The timeline view in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import Open
from tests.diary import diary

KINDS = {"talks": "Event", "France": "Country:FRA", "Paris": "Place:Q90", "Riyadh": "Place:Q3692"}
WEEK = diary(
    "Putin > attacked > Zelenskyy | 2022-02",
    "Macron > metWith > Zelenskyy | 2025-02-17 | in Paris",
    "talks > heldIn > Riyadh | 2025-02-18",
    "Rubio > attended > talks",
    "Zelenskyy > attended > talks | negated",
    "Trump > visited > Riyadh | planned | 2025-03-01",
    "Scholz > criticized > Vance",
    "Macron > holdsPosition > France | 2017",
    "Trump > metWith > Putin | possible | on one of these days",
    kinds=KINDS,
    date="2025-02-19",
)


def test_a_week_reads_day_by_day(open_page: Open) -> None:
    shown = open_page(WEEK, link="#view=timeline")
    days = shown.tab.locator(".day h2 span")
    expect(days).to_have_text(
        [
            "February 2022",
            "Monday, 17 February 2025",
            "Tuesday, 18 February 2025",
            "Saturday, 1 March 2025",
            "No day named",
            "Offices, memberships and other lasting ties",
        ]
    )
    expect(shown.tab.locator(".day h2 small")).to_have_text(
        ["1 fact", "1 fact", "3 facts", "1 fact", "2 facts", "1 fact"]
    )
    # Who came to the talks stands with them, though no text names the day for it.
    talks = shown.tab.locator(".event")
    expect(talks).to_contain_text("held in Riyadh")
    expect(talks.locator(".who-of").nth(1)).to_have_text("attended by Rubio, Zelenskyy negated")
    plan = shown.tab.locator(".line-of.planned")
    expect(plan).to_contain_text("Trump visited Riyadh")
    expect(plan).to_contain_text("announced 19 Feb 2025")
    expect(shown.tab.locator(".line-of", has_text="met with Macron")).to_contain_text("in Paris")
    assert plan.evaluate("line => getComputedStyle(line).borderLeftStyle") == "dashed"
    possible = shown.tab.locator(".line-of.possible")
    assert possible.evaluate("line => getComputedStyle(line).borderLeftStyle") == "dotted"
    who = talks.locator(".negated bdi")
    assert "line-through" in who.evaluate("name => getComputedStyle(name).textDecorationLine")


def test_a_line_selects_everywhere_and_focus_narrows(open_page: Open) -> None:
    shown = open_page(WEEK, link="#view=timeline")
    line = shown.tab.locator(".line-of", has_text="Scholz")
    line.click()
    expect(shown.tab.locator("#detail blockquote")).to_have_text("Scholz criticized Vance.")
    expect(line).to_have_attribute("aria-current", "true")
    shown.tab.keyboard.press("ArrowDown")
    expect(line).not_to_be_focused()
    shown.tab.keyboard.press("ArrowUp")
    expect(line).to_be_focused()
    shown.tab.keyboard.press("r")
    expect(shown.tab.locator("#table tr.chosen")).to_contain_text("Scholz")
    shown.tab.keyboard.press("l")
    shown.tab.locator(".event-name").click()
    expect(shown.tab.locator("#chips")).to_contain_text("only facts of talks")
    expect(shown.tab.locator(".day h2")).to_have_count(1)
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator(".day h2")).to_have_count(6)


def test_the_box_of_the_slider_hides_what_has_no_day(open_page: Open) -> None:
    shown = open_page(WEEK, link="#view=timeline&from=2025-02-17&to=2025-02-19")
    expect(shown.tab.locator(".day h2")).to_have_count(4)
    shown.tab.uncheck("#undated")
    expect(shown.tab.locator(".day h2 span")).to_have_text(
        ["Monday, 17 February 2025", "Tuesday, 18 February 2025"]
    )


def test_days_are_opened_and_closed_and_lasting_ties_wait(open_page: Open) -> None:
    shown = open_page(WEEK, link="#view=timeline")
    heading = shown.tab.locator(".day h2 button", has_text="Offices")
    office = shown.tab.locator(".line-of", has_text="holds position")
    expect(heading).to_have_attribute("aria-expanded", "false")
    expect(office).to_have_count(0)
    heading.press("Enter")
    expect(office).to_be_visible()
    heading.press("Enter")
    expect(office).to_be_hidden()
    # Who selects what stands in a closed day sees it.
    shown.search("macron holds")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator('.line-of[aria-current="true"]')).to_contain_text("holds position")


def test_a_day_of_hundreds_of_facts_is_drawn_in_parts(open_page: Open) -> None:
    people = [f"Person {number}" for number in range(17)]
    facts = [f"{a} > briefed > {b} | 2025-02-17" for a in people for b in people if a != b]
    shown = open_page(diary(*facts, "Rubio > briefed > Vance | 2025-02-18"), link="#view=timeline")
    lines = shown.tab.locator(".line-of")
    expect(shown.tab.locator(".day h2 small").first).to_have_text("272 facts")
    expect(lines.first).to_be_visible()
    assert lines.count() in (100, 101)
    shown.tab.locator(".day .act", has_text="Show 100 more").first.click()
    expect(lines.nth(199)).to_be_visible()


def test_impossible_dates_are_no_days(open_page: Open) -> None:
    shown = open_page(
        diary(
            "A > briefed > B | 2025-02-31",
            "B > briefed > A | 2024-02-29",
            "C > briefed > A | 2025-13",
        ),
        link="#view=timeline",
    )
    expect(shown.tab.locator(".day h2 span")).to_have_text(
        ["Thursday, 29 February 2024", "No day named"]
    )
