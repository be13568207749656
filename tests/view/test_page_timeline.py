"""The timeline in a real browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser import Open, two
from tests.diary import diary


def test_the_timeline_chooses_facts_by_their_days(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    document = document.but(
        relations=(
            replace(fact, date="2025-02-14"),
            replace(fact, date="2025-02-18", status="planned"),
            replace(fact, date="shortly before", status="possible"),
        )
    )
    shown = open_page(document, link="#from=2025-02-15")
    badges = shown.tab.locator("#table tbody .badge")
    shown.tab.keyboard.press("r")
    expect(badges).to_have_text(["planned", "possible"])
    shown.tab.uncheck("#undated")
    expect(badges).to_have_text(["planned"])
    shown.tab.locator("#from").press("Home")
    expect(badges).to_have_text(["actual", "planned"])
    shown.tab.locator("#to").press("ArrowLeft")
    expect(badges).to_have_text(["actual"])
    assert "to=2025-02-17&undated=no" in shown.tab.evaluate("location.hash")
    shown.tab.keyboard.press("g")
    shown.tab.click("#chips button")
    expect(shown.tab.locator("#time-words")).to_contain_text("2025-02-14 – 2025-02-18")


def test_one_old_date_does_not_squeeze_the_others(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    days = ("2015-06-01", "2025-02-14", "2025-02-21")
    shown = open_page(document.but(relations=tuple(replace(fact, date=day) for day in days)))
    lefts = shown.tab.locator("#bars i").evaluate_all(
        "all => all.map(i => parseFloat(i.style.left))"
    )
    assert lefts == pytest.approx([0, 66.67, 100], abs=0.1)  # two weeks for ten years, then a week
    expect(shown.tab.locator("#ticks span").first).to_have_text("Jun 2015")
    shown.tab.locator("#from").press("ArrowRight")
    expect(shown.tab.locator("#time-words")).to_contain_text("– 2025-02-21")
    shown.tab.locator("#from").press("End")
    expect(shown.tab.locator("#time-words")).to_contain_text("1 dated relation shown")


def test_offices_happen_on_no_day(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    held = replace(fact, type="holdsPosition", date="2015")
    dated = [replace(fact, date=day) for day in ("2025-02-14", "2025-02-18")]
    shown = open_page(document.but(relations=(held, *dated)))
    expect(shown.tab.locator("#time-words")).to_contain_text("2025-02-14 – 2025-02-18")


def test_without_two_days_there_is_no_timeline(open_page: Open) -> None:
    expect(open_page(two()).tab.locator("#time")).to_be_hidden()


def test_bars_are_parted_by_status_and_follow_the_filters(open_page: Open) -> None:
    shown = open_page(
        diary(
            "A > briefed > B | 2025-02-14",
            "A > briefed > C | 2025-02-14",
            "A > briefed > D | planned | 2025-02-14",
            "A > metWith > B | 2025-02-15",
        )
    )
    bars = shown.tab.locator("#bars i")
    heights = "all => all.map(i => parseFloat(i.style.height))"
    assert bars.evaluate_all(heights) == pytest.approx([100, 33.3], abs=0.1)
    expect(bars.first).to_have_attribute("title", "2025-02-14: 2 actual, 1 planned")
    parts = bars.first.locator("b").evaluate_all(
        "all => all.map(b => [b.className, b.offsetHeight])"
    )
    assert [name for name, _ in parts] == ["actual", "planned"]
    assert parts[0][1] == pytest.approx(2 * parts[1][1], abs=1.5)
    shown.tab.click('[data-entry="status:actual"]')
    assert bars.evaluate_all(heights) == [100, 0]
    expect(bars.first).to_have_attribute("title", "2025-02-14: 1 planned")
    bars.first.click()
    expect(shown.tab.locator("#time-words b")).to_have_text("2025-02-14")
    shown.tab.locator("#to").press("End")
    expect(shown.tab.locator("#time-words b")).to_have_text("2025-02-14 – 2025-02-15")


def test_over_years_a_bar_is_a_month_and_the_keys_go_by_months(open_page: Open) -> None:
    """From January 2020 to December 2025 there are 72 months; 31 days of each differ."""
    dates = [f"{year}-{month:02}-{day:02}" for year in range(2020, 2026) for month in range(1, 13)
             for day in (1, 16, 28)]  # fmt: skip
    shown = open_page(diary(*[f"A > briefed > B{i} | {date}" for i, date in enumerate(dates)]))
    words = shown.tab.locator("#time-words")
    expect(shown.tab.locator("#bars i")).to_have_count(72)
    expect(words).to_contain_text("2020-01-01 – 2025-12-28")
    expect(words).to_contain_text("216 dated relations shown, by month")
    shown.tab.locator("#from").press("ArrowRight")
    expect(words).to_contain_text("2020-02-01 – 2025-12-28")
    expect(words).to_contain_text("213 dated relations shown")
    shown.tab.locator("#to").press("ArrowLeft")
    expect(words).to_contain_text("2020-02-01 – 2025-11-30")
    expect(words).to_contain_text("210 dated relations shown")
    expect(shown.tab.locator("#to")).to_have_attribute("aria-valuetext", "2025-11-30")


def test_of_a_hundred_days_a_bar_is_a_week_from_monday(open_page: Open) -> None:
    """1 January 2025 is a Wednesday: its 100 days lie in 15 weeks, the first from 30 December."""
    days = [f"2025-{month:02}-{day:02}" for month, last in ((1, 31), (2, 28), (3, 31), (4, 10))
            for day in range(1, last + 1)]  # fmt: skip
    shown = open_page(diary(*[f"A > briefed > B{i} | {day}" for i, day in enumerate(days)]))
    bars = shown.tab.locator("#bars i")
    expect(bars).to_have_count(15)
    expect(bars.first).to_have_attribute("title", "week of 2024-12-30: 5 actual")
    bars.nth(1).click()
    expect(shown.tab.locator("#time-words b")).to_have_text("2025-01-06 – 2025-01-12")


def test_over_centuries_every_tick_says_its_year(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    years = [*range(1000, 1990, 10), 2025]  # more than 90 bars of a month would be
    facts = tuple(replace(fact, date=f"{year}-03-02") for year in years)
    ticks = open_page(document.but(relations=facts)).tab.locator("#ticks span").all_inner_texts()
    assert ticks[0] == "1000"
    assert [tick for tick in ticks if not tick.isdigit() or int(tick) not in years] == []


def test_a_handle_that_is_dragged_draws_once_for_a_frame(open_page: Open) -> None:
    shown = open_page(diary(*(f"A > metWith > B | 2025-02-{day}" for day in range(10, 20))))
    drawn = shown.tab.evaluate(
        """() => new Promise((done) => {
          const said = [], from = document.getElementById("from");
          const words = document.getElementById("time-words");
          const heard = new MutationObserver(() => said.push(words.textContent));
          heard.observe(words, { childList: true });
          requestAnimationFrame(() => {
            for (const stop of [2, 5, 7]) {
              from.value = stop;
              from.dispatchEvent(new Event("input"));
            }
            setTimeout(() => done(said), 300);
          });
        })"""
    )
    assert len(drawn) == 1
    assert drawn[0].startswith("2025-02-17 – 2025-02-19")
