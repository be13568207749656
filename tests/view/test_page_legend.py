"""The legend in a real browser: what it counts, hides and brings back."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from kg.model import Document, Entity, Relation
from tests.browser import Open, two


def test_the_legend_hides_a_type_says_so_and_brings_it_back(open_page: Open) -> None:
    shown = open_page(two())
    assert shown.hover_middle()
    shown.tab.click('[data-entry="type:Person"]')
    expect(shown.tab.locator("#chips")).to_contain_text("2 entities and 1 relation hidden")
    assert shown.hover_middle() == ""
    shown.tab.click("#chips button")
    expect(shown.tab.locator("#chips")).to_be_empty()
    assert shown.hover_middle()


def test_what_is_hidden_stays_hidden_in_the_dark(open_page: Open) -> None:
    shown = open_page(two())
    shown.tab.click('[data-entry="relation:briefed"]')
    shown.tab.click("#theme")
    assert shown.hover_middle() == ""
    shown.tab.click('[data-entry="relation:briefed"]')
    assert "briefed" in shown.hover_middle()


def test_counts_in_the_legend_are_those_of_the_document(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)

    def number(entry: str) -> str:
        return shown.tab.locator(f'[data-entry="{entry}"] .number').inner_text()

    assert [number(f"type:{kind}") for kind in ("Person", "Country", "Event")] == ["10", "12", "5"]
    assert [number(f"status:{status}") for status in ("actual", "planned", "possible", "negated")] \
        == ["28", "2", "1", "1"]  # fmt: skip
    assert number("relation:attended") == "11"


def test_alt_click_shows_only_this_status_and_the_table_follows(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)
    shown.tab.click('[data-entry="status:planned"]', modifiers=["Alt"])
    shown.tab.click("#view-relations")
    rows = shown.tab.locator("#table tbody tr")
    expect(rows).to_have_count(2)
    assert sorted(row.split("\t")[0] for row in rows.all_inner_texts()) == [
        "Emmanuel Macron", "senior U.S. officials",
    ]  # fmt: skip
    expect(shown.tab.locator("#table tbody .badge")).to_have_text(["planned", "planned"])


def test_relations_can_be_chosen_by_how_likely_they_are_right(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    document = document.but(
        relations=(
            replace(fact, score=0.95),
            replace(fact, score=0.75, status="planned"),
            replace(fact, score=0.4, status="possible"),
        )
    )
    shown = open_page(document)
    shown.tab.keyboard.press("r")
    badges = shown.tab.locator("#table tbody .badge")
    steps = shown.tab.locator("#legend .steps button")
    expect(steps).to_have_text(["all", "50 %", "70 %", "80 %", "90 %"])
    steps.nth(2).click()
    expect(badges).to_have_text(["actual", "planned"])
    expect(steps.nth(2)).to_have_attribute("aria-pressed", "true")
    again = open_page(document, link=shown.tab.evaluate("location.hash"))
    expect(again.tab.locator("#table tbody .badge")).to_have_text(["actual", "planned"])
    again.tab.locator("#legend .steps button").first.click()
    expect(again.tab.locator("#table tbody .badge")).to_have_count(3)


def test_relations_that_are_all_sure_need_no_such_choice(open_page: Open) -> None:
    shown = open_page(two())
    expect(shown.tab.locator("#legend .entry").first).to_be_visible()
    expect(shown.tab.locator("#legend .steps")).to_have_count(0)


def test_background_is_hidden_until_it_is_asked_for(open_page: Open) -> None:
    said = two()
    known = Relation(
        "citizenOf", "e1", "e3", "actual", said.entities[0].mentions[0].span,
        basis="background", by="background/officials",
    )  # fmt: skip
    france = Entity("e3", "Country", "France", iso3="FRA")
    shown = open_page(
        said.but(entities=(*said.entities, france), relations=(*said.relations, known))
    )
    counts = shown.tab.locator("#counts")
    own = shown.tab.locator('[data-entry="basis:background"]')
    expect(counts).to_contain_text("1 of 2 relations")
    expect(own).to_have_attribute("aria-pressed", "false")
    own.click()
    expect(counts).to_contain_text("2 relations")
    shown.tab.click("#view-relations")
    rows = shown.tab.locator("#table tbody tr")
    expect(rows.filter(has_text="citizen of")).to_contain_text("background")
    expect(rows.filter(has_text="briefed")).not_to_contain_text("background")


def test_a_page_without_background_does_not_speak_of_it(open_page: Open) -> None:
    shown = open_page(two())
    expect(shown.tab.locator("#counts")).to_contain_text("1 relation")
    expect(shown.tab.locator('[data-entry^="basis:"]')).to_have_count(0)
