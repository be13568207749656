"""Documents and articles in a real browser: where all comes from, in whose exact words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from kg.model import Document, Span
from kg.source import Source
from tests.browser import Open, two
from tests.week import ATTENDED, week


def test_copies_of_one_story_stand_together(open_page: Open) -> None:
    shown = open_page(*week())
    shown.tab.keyboard.press("d")
    titles = shown.tab.locator("#shelf .title")
    expect(shown.tab.locator("#shelf-words")).to_have_text("3 documents, 2 independent")
    expect(titles).to_have_text(["Wednesday", "Monday", "Copy"])
    monday, copy = shown.tab.locator(".document").nth(1), shown.tab.locator(".document").nth(2)
    expect(monday).to_contain_text("Harbour · 17 Feb 2025 · source ↗")
    expect(monday).to_contain_text("2 documents, 1 story")
    expect(monday).to_contain_text("4 relations, 1 statement")
    expect(monday.locator("a")).to_have_attribute("href", "https://example.org/monday")
    expect(copy).to_contain_text("Lowland · 18 Feb 2025 · CC0-1.0")
    expect(copy).to_contain_text("same story as “Monday”")
    shown.tab.select_option("#documents select", "title")
    expect(titles).to_have_text(["Monday", "Copy", "Wednesday"])
    shown.tab.fill("#shelf-find", "lowland")
    expect(titles).to_have_text(["Copy"])
    expect(shown.tab.locator("#shelf-words")).to_have_text("1 of 3 documents")


def test_only_what_one_document_says(open_page: Open) -> None:
    shown = open_page(*week())
    shown.tab.click("#part-documents")
    shown.tab.locator(".document", has_text="Wednesday").locator("[data-only]").click()
    expect(shown.tab.locator("#counts")).to_contain_text("3 of 7 relations")
    expect(shown.tab.locator(".document.chosen .title")).to_have_text("Wednesday")
    assert "wednesday" in shown.tab.evaluate("location.hash")
    shown.tab.click("#part-detail")
    expect(shown.tab.locator("[data-chapter=disputed]")).to_have_count(0)
    expect(shown.tab.locator("[data-chapter=said]")).to_have_count(0)
    shown.tab.click("#part-documents")
    shown.tab.locator(".document.chosen [data-only]").click()
    expect(shown.tab.locator("#counts")).to_contain_text("7 relations")


def test_an_article_opens_with_all_it_says_marked(open_page: Open) -> None:
    shown = open_page(*week())
    shown.tab.keyboard.press("d")
    shown.tab.locator("#shelf .title", has_text="Monday").click()
    expect(shown.tab.locator("#article h2")).to_have_text("Monday")
    expect(shown.tab.locator("#article .same")).to_have_text("Same story as Copy")
    expect(shown.tab.locator("#article .told")).to_have_text(["Macron met Scholz.", ATTENDED])
    expect(shown.tab.locator("#article .said")).to_have_count(0)
    shown.tab.click("[data-marks=quotes]")
    expect(shown.tab.locator("#article .said")).to_have_text("I am tired")
    expect(shown.tab.locator("[data-marks=quotes]")).to_be_focused()
    shown.tab.locator("#article summary").click()
    expect(shown.tab.locator("#article .contents li")).to_have_count(4 + 1)
    shown.tab.locator("#article .told").first.click(position={"x": 3, "y": 8})
    expect(shown.tab.locator("#detail .fact")).to_contain_text("met with")
    expect(shown.tab.locator("#article mark.current")).to_have_text("Macron met Scholz.")


def test_evidence_is_walked_by_keyboard(open_page: Open) -> None:
    shown = open_page(*week())
    shown.search("macron met with scholz")
    shown.tab.keyboard.press("Enter")
    title, steps = shown.tab.locator("#article h2"), shown.tab.locator(".steps-through span")
    shown.tab.locator("#detail").focus()
    expect(title).to_have_text("Monday")
    expect(steps).to_have_text("1 of 2")
    for key, at, name in (("j", 2, "Copy"), ("j", 1, "Monday"), ("k", 2, "Copy")):
        shown.tab.keyboard.press(key)
        expect(title).to_have_text(name)
        expect(steps).to_have_text(f"{at} of 2")
        expect(shown.tab.locator(".evidence .current .source")).to_contain_text(name)
    expect(shown.tab.locator(".evidence .current")).to_contain_text("same story as “Monday”")
    expect(shown.tab.locator(".evidence .print").first).to_have_text("score 1.00 · found by hand")
    # Of an entity, its mentions are walked; of nothing, the facts of the article.
    shown.tab.locator("#detail .pill").first.click()
    shown.tab.keyboard.press("j")
    expect(shown.tab.locator("#article mark")).to_have_text("Macron")
    shown.tab.keyboard.press("Escape")
    shown.tab.keyboard.press("j")
    expect(shown.tab.locator("#detail .fact")).to_be_visible()
    expect(shown.tab.locator("#article mark.current")).to_have_text("Macron met Scholz.")


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_an_endless_article_is_drawn_around_its_evidence(open_page: Open, gap: str) -> None:
    rain = f"It rained on the sea.{gap}" * 20_000
    made = two()
    moved = tuple(
        replace(e, mentions=tuple(replace(m, span=_later(m.span, len(rain))) for m in e.mentions))
        for e in made.entities
    )
    (fact,) = made.relations
    shown = open_page(
        made.but(
            text=rain + made.text + gap + rain,
            entities=moved,
            relations=(replace(fact, evidence=_later(fact.evidence, len(rain))),),
            statements=(),
        )
    )
    text = shown.tab.locator("#article .text")
    assert len(text.inner_text()) < 60_000
    shown.search("briefed")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#article mark.current")).to_be_in_viewport()
    before = len(text.inner_text())
    assert before < 60_000
    shown.tab.get_by_role("button", name="Show the text before").click()
    shown.tab.get_by_role("button", name="Show the text after").click()
    after = text.inner_text()
    assert before + 20_000 < len(after) < 120_000
    assert after.count("briefed") == 1


def _later(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def test_many_documents_are_listed_on_demand(open_page: Open) -> None:
    documents = [
        Document(f"d{number}", f"It rained {number} times.", source=Source(title=f"T{number}"))
        for number in range(300)
    ]
    shown = open_page(two(), *documents)
    shown.tab.keyboard.press("d")
    expect(shown.tab.locator("#shelf .document")).to_have_count(60)
    shown.tab.click("text=show all 301")
    expect(shown.tab.locator("#shelf .document")).to_have_count(301)
    for event in ("beforeprint", "afterprint"):  # what was open before is open after
        shown.tab.evaluate(f"dispatchEvent(new Event('{event}'))")
    expect(shown.tab.locator("#shelf .document")).to_have_count(301)


def test_paper_shows_graph_evidence_and_documents(open_page: Open) -> None:
    shown = open_page(*week(), dark=True)
    shown.search("macron met with scholz")
    shown.tab.keyboard.press("Enter")
    shown.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown.tab.emulate_media(media="print")
    for part in ("#printed", "#detail .evidence", "#shelf .document >> nth=2"):
        expect(shown.tab.locator(part)).to_be_visible()
    for part in ("#network", "#legend", "#parts", "#article", "#detail .act-button"):
        expect(shown.tab.locator(part).first).to_be_hidden()
    assert shown.tab.locator("html").get_attribute("data-theme") == "light"
    inked = "id => getComputedStyle(document.querySelector(id)).color"
    assert shown.tab.evaluate(inked, "#detail .verb") == "rgb(0, 0, 0)"
    shown.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    shown.tab.emulate_media(media="screen")
    expect(shown.tab.locator("#printed")).to_have_count(0)
    expect(shown.tab.locator("#documents")).to_be_hidden()
    assert shown.tab.locator("html").get_attribute("data-theme") == "dark"


def test_names_in_the_text_are_walked_and_opened_by_keyboard(open_page: Open) -> None:
    shown = open_page(week()[0])
    names = shown.tab.locator("#article .mention")
    expect(shown.tab.locator("#article .mention[tabindex='0']")).to_have_count(1)
    names.first.focus()
    shown.tab.keyboard.press("ArrowRight")
    expect(names.nth(1)).to_be_focused()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail h2")).to_have_text("Scholz")
    expect(names.nth(1)).to_be_focused()
    shown.tab.keyboard.press("ArrowLeft")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail h2")).to_have_text("Macron")
