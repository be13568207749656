"""The side panel in a real browser: the story in short, entities, and a phone's sheet."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from kg.model import Document
from kg.source import Source
from tests.browser import Open, Opened, two
from tests.build import doc
from tests.week import week

TALKS = "talks in Paris, 17 Feb 2025"


def rows(shown: Opened, chapter: str) -> list[str]:
    """The lines of a chapter of the overview, each in one line."""
    found = shown.tab.locator(f"[data-chapter={chapter}] .row")
    return [" ".join(line.split()) for line in found.all_inner_texts()]


def test_the_overview_tells_the_week_and_follows_the_filters(open_page: Open) -> None:
    shown = open_page(*week())
    lead = "3 documents (2 independent), 17 Feb 2025 – 19 Feb 2025: 7 relations shown."
    expect(shown.tab.locator("#detail .lead")).to_contain_text(lead)
    assert [line.split(" ")[-2:] for line in rows(shown, "people")] == [
        ["3", "relations"],
        ["3", "relations"],
        ["2", "relations"],
    ]
    assert rows(shown, "happened") == [
        f"{TALKS} 3 attended · reported by 3 documents, 2 independent",
        "Macron met with Scholz reported by 2 documents, 1 independent",
    ]
    assert rows(shown, "planned") == ["Tusk visited Kyiv planned"]
    assert rows(shown, "disputed") == [
        "Macron met with Scholz asserted by 2 documents, 1 independent",
        "Macron met with Scholz negated denied by 1 document",
    ]
    assert rows(shown, "said") == ["Macron, 17 Feb 2025 “I am tired”"]
    shown.tab.click("[data-choice=day]")
    assert rows(shown, "happened")[0].startswith(TALKS)  # the other one has no date
    shown.tab.click('[data-entry="status:negated"]')
    expect(shown.tab.locator("[data-chapter=disputed]")).to_have_count(0)
    shown.tab.click('[data-entry="type:Event"]')
    assert rows(shown, "happened") == [
        "Macron met with Scholz reported by 2 documents, 1 independent"
    ]


def test_each_line_leads_to_its_words(open_page: Open) -> None:
    shown = open_page(*week())
    shown.tab.locator("[data-chapter=disputed] .row").nth(1).click()
    expect(shown.tab.locator("#detail blockquote")).to_have_text("Macron did not meet Scholz.")
    expect(shown.tab.locator("#article mark.current")).to_have_text("Macron did not meet Scholz.")
    expect(shown.tab.locator("#article .lit:not(.other)")).to_have_text("Macron")
    expect(shown.tab.locator("#article .lit.other")).to_have_text(["Scholz", "Scholz"])
    # Who asserts the contrary stands beside it.
    shown.tab.locator("#detail .rows .row").click()
    expect(shown.tab.locator("#detail h3").first).to_contain_text(
        "Reported by 2 documents, 1 independent"
    )
    shown.tab.keyboard.press("Escape")
    shown.tab.locator("[data-chapter=said] .row").click()
    expect(shown.tab.locator("#detail h2")).to_have_text("Macron")
    expect(shown.tab.locator("#article mark.current")).to_have_text("I am tired")


def test_an_event_says_what_the_text_calls_it_and_an_entity_leads_on(open_page: Open) -> None:
    shown = open_page(*week())
    shown.tab.locator("[data-chapter=happened] .row").first.click()
    expect(shown.tab.locator("#detail h2")).to_have_text(TALKS)
    expect(shown.tab.locator("#detail .also")).to_have_text("called talks in the text")
    expect(shown.tab.locator("#detail li.row .verb")).to_have_text(["← attended", "held in"])
    expect(shown.tab.locator("#detail li.row .number")).to_have_text(["3"])
    shown.tab.get_by_label(f"Path from {TALKS} to").fill("kyi")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail")).to_contain_text("shortest path: 2 steps")
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator("#detail .lead")).to_be_visible()


def test_parts_are_walked_by_keyboard(open_page: Open) -> None:
    shown = open_page(*week())
    parts = shown.tab.locator("#parts [role=tab]")
    expect(parts).to_have_text(["Overview", "Article", "Documents (3)"])
    parts.first.focus()
    shown.tab.keyboard.press("ArrowRight")
    expect(parts.nth(1)).to_be_focused()
    expect(shown.tab.locator("#article")).to_be_visible()
    expect(shown.tab.locator("#detail")).to_be_hidden()
    shown.tab.keyboard.press("ArrowLeft")
    shown.tab.keyboard.press("ArrowLeft")
    expect(parts.nth(2)).to_be_focused()
    expect(shown.tab.locator("#documents")).to_be_visible()
    shown.tab.keyboard.press("o")
    shown.tab.keyboard.press("n")
    expect(parts.first).to_have_text("Selection")
    expect(shown.tab.locator("#heard")).to_have_text(TALKS)


def officials(name: str, date: str) -> Document:
    """A document with officials of its own."""
    return doc(
        "Russian officials met American officials in Oslo.",
        groups=["Russian officials", "American officials"],
        places=["Oslo"],
        relations=["metWith: Russian officials > American officials"],
        id=name,
        date=date,
        source=Source(title=name, publisher="Harbour"),
    )


def test_entities_of_one_name_are_told_apart(open_page: Open) -> None:
    shown = open_page(officials("a", "2025-02-17"), officials("b", "2025-02-18"))
    shown.search("russian officials")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail .who p")).to_have_text("group · Harbour, 17 Feb 2025")
    expect(shown.tab.locator("#detail .apart")).to_have_text("Harbour, 17 Feb 2025")


def test_long_lists_are_folded_and_grouped_by_who(open_page: Open) -> None:
    names = [f"Guest{number}" for number in range(20)]
    words = f"Host met {', '.join(names)} in Oslo."
    made = doc(
        words,
        people=["Host", *names],
        relations=[f"metWith: Host > {name}" for name in names],
    )
    again = replace(made.relations[0], type="criticized")
    shown = open_page(made.but(relations=(*made.relations, again)))
    shown.search("host")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail .names li")).to_have_count(12 + 1 + 1)
    shown.tab.click("text=show all 20")
    expect(shown.tab.locator("#detail .names li")).to_have_count(20 + 1)
    shown.tab.click("[data-choice=end]")
    first = shown.tab.locator("#detail li.row").first
    expect(first).to_contain_text("Guest0")
    expect(first.locator(".names li")).to_have_text(["met with", "criticized"])


def test_on_a_phone_a_sheet_is_drawn_up(open_page: Open) -> None:
    shown = open_page(*week(), size=(420, 860))
    tab = shown.tab
    assert tab.evaluate("document.documentElement.scrollWidth") <= 420
    expect(tab.locator("#detail")).to_be_hidden()
    tab.click("#part-detail")
    expect(tab.locator("#detail .lead")).to_be_visible()
    tab.locator("[data-chapter=disputed] .row").first.click()
    tab.locator("#detail .source button").first.click()
    expect(tab.locator("#article mark.current")).to_be_in_viewport()
    expect(tab.locator("#detail")).to_be_hidden()
    tab.click("#sheet")
    expect(tab.locator("#article")).to_be_hidden()
    assert tab.locator("#network").bounding_box()["height"] > 300  # type: ignore[index]


def test_a_page_without_facts_or_documents_says_so(open_page: Open) -> None:
    shown = open_page(Document("rain", "It rained."))
    expect(shown.tab.locator("#detail")).to_have_text(
        "Nothing was found in these documents to draw."
    )
    shown.tab.click("#part-article")
    expect(shown.tab.locator("#article")).to_contain_text("No relation or statement was found")
    none = open_page()
    none.tab.click("#part-article")
    expect(none.tab.locator("#article")).to_have_text("There is no document.")
    none.tab.click("#part-documents")
    expect(none.tab.locator("#shelf-words")).to_have_text("0 documents")


def test_one_document_shows_its_text_below_the_overview(open_page: Open) -> None:
    shown = open_page(two())
    expect(shown.tab.locator("#detail .lead")).to_contain_text("1 document: 1 relation shown")
    expect(shown.tab.locator("#article .text")).to_contain_text("Emmanuel Macron briefed")
