"""The timeline in a real browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser import Open, two


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
    shown = open_page(document, link="#time=2025-02-15..")
    badges = shown.tab.locator("#table tbody .badge")
    shown.tab.keyboard.press("r")
    expect(badges).to_have_text(["planned", "possible"])
    shown.tab.uncheck("#undated")
    expect(badges).to_have_text(["planned"])
    shown.tab.locator("#from").press("Home")
    expect(badges).to_have_text(["actual", "planned"])
    shown.tab.locator("#to").press("ArrowLeft")
    expect(badges).to_have_text(["actual"])
    assert "time=..2025-02-17&undated=no" in shown.tab.evaluate("location.hash")
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
