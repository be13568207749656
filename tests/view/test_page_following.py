"""What follows the filters, and which of them give way to what is chosen, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.model import Document
from kg.source import Source
from tests.browser import Open
from tests.build import doc
from tests.diary import diary
from tests.week import week

WEEK = "#from=2025-02-17&to=2025-02-19"


def speeches() -> list[Document]:
    """Three documents of one statement each, of two days and of none; the second is a copy."""
    made = [
        doc(
            f'Macron met Scholz. "I am {mood}", Macron said.',
            people=["Macron", "Scholz"],
            relations=["metWith: Macron > Scholz"],
            statements=[f"Macron: I am {mood}"],
            id=mood,
            date=date,
            source=Source(title=mood),
        )
        for mood, date in (("tired", "2025-02-12"), ("glad", "2025-02-18"), ("calm", None))
    ]
    later = diary("Kallas > briefed > Rutte | 2025-03-01", "Kallas > briefed > Tusk | 2025-02-18")
    return [*made, later]


def test_statements_documents_and_the_story_follow_the_time(open_page: Open) -> None:
    shown = open_page(*speeches())
    counts, lead = shown.tab.locator("#counts"), shown.tab.locator("#detail .lead")
    expect(counts).to_contain_text("· 3 statements · 4 documents")
    expect(lead).to_contain_text("4 documents, 12 Feb 2025 – 18 Feb 2025: ")
    followed = open_page(*speeches(), link=f"{WEEK}&view=statements")
    said = followed.tab.locator("#table tbody tr")
    assert sorted(row.split("\t")[1] for row in said.all_inner_texts()) == [
        "“I am calm”", "“I am glad”",
    ]  # fmt: skip
    counts, lead = followed.tab.locator("#counts"), followed.tab.locator("#detail .lead")
    expect(counts).to_contain_text("· 2 of 3 statements · 3 of 4 documents")
    expect(lead).to_contain_text("3 of 4 documents, 17 Feb 2025 – 18 Feb 2025: ")
    followed.tab.uncheck("#undated")  # only what the diary dates itself is left
    expect(said).to_have_count(0)
    expect(counts).to_contain_text("· 0 of 3 statements · 1 of 4 documents")


def test_one_document_alone_is_what_the_story_is_from(open_page: Open) -> None:
    shown = open_page(*week(), link="#document=copy")
    expect(shown.tab.locator("#detail .lead")).to_contain_text("1 of 3 documents, 18 Feb 2025: ")
    expect(shown.tab.locator("#counts")).to_contain_text("· 1 of 2 statements · 1 of 3 documents")


def test_only_the_filters_that_hide_it_give_way_to_what_is_chosen(open_page: Open) -> None:
    facts = diary(
        "Macron > metWith > Scholz | 2025-02-10",
        "Tusk > briefed > Kallas | 2025-03-01",
        "Tusk > spokeWith > Kallas | planned | 2025-03-05",
        "Rutte > briefed > Kallas | planned | 2025-02-12",
    )
    shown = open_page(facts, link="#to=2025-02-20&statuses=actual&score=0.1")
    chips = shown.tab.locator("#chips")
    shown.search("Tusk")
    shown.tab.keyboard.press("Enter")
    expect(chips).to_contain_text("Time filter lifted to show Tusk")
    expect(shown.tab.locator("#counts")).to_contain_text(
        "2 of 4 relations"
    )  # the planned stay away
    address = shown.tab.evaluate("location.hash")
    assert "statuses=actual" in address and "score=0.1" in address and "to=" not in address
    chips.get_by_role("button", name="Dismiss").click()
    expect(chips).not_to_contain_text("lifted")
    shown.search("Rutte")
    shown.tab.keyboard.press("Enter")
    expect(chips).to_contain_text("Status filter lifted to show Rutte")
    shown.tab.click('[data-entry="relation:metWith"]')
    expect(chips).not_to_contain_text("lifted")  # that was about another selection
    assert "score=0.1" in shown.tab.evaluate("location.hash")


def test_entities_without_relations_are_not_said_to_be_filtered(open_page: Open) -> None:
    names = [f"Person{chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(45)]
    crowd = doc(" ".join((*names, "Macron met Scholz.")), people=[*names, "Macron", "Scholz"],
                relations=["metWith: Macron > Scholz"])  # fmt: skip
    shown = open_page(crowd)
    chips = shown.tab.locator("#chips")
    expect(chips).to_contain_text("45 entities without relations are not drawn")
    expect(chips).not_to_contain_text("filters")
    shown.search(names[7])
    shown.tab.keyboard.press("Enter")
    expect(chips).to_contain_text(f"Entities without relations drawn to show {names[7]}")
    expect(shown.tab.locator("#counts")).to_contain_text("47 entities")
    again = open_page(crowd)
    again.tab.locator("#chips button", has_text="Show").click()
    expect(again.tab.locator("#chips")).to_be_empty()
    expect(again.tab.locator("#counts")).to_contain_text("47 entities")


def test_shortcuts_rest_in_every_field_of_words(open_page: Open) -> None:
    shown = open_page(*week())
    shown.tab.evaluate(
        """() => { const field = document.createElement("input"); field.readOnly = true;
        field.id = "given"; document.getElementById("copy").after(field); field.focus(); }"""
    )
    shown.tab.keyboard.press("r")
    expect(shown.tab.locator("#graph")).to_be_visible()
    shown.tab.locator("#given").evaluate("field => field.blur()")
    shown.tab.keyboard.press("r")
    expect(shown.tab.locator("#table")).to_be_visible()
