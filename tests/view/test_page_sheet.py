"""The tables as a tool: several keys, words, choices, marked rows, the clipboard, many rows."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser import Open, Opened
from tests.diary import diary

NAMES = ["Zoran", "习近平", "Álvaro", "Ana", "أحمد", "émile", "Group 10", "Group 2"]
IN_ORDER = ["Álvaro", "Ana", "émile", "Group 2", "Group 10", "Zoran", "أحمد", "习近平"]
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PASTED = "navigator.clipboard.readText()"

MEETINGS = diary(
    "Macron > metWith > Scholz | 2025-02-18",
    "Biden > metWith > Scholz | planned | 2025-02-20",
    "Biden > criticized > Macron | 2025-02",
    "Macron > criticized > Biden | possible",
)


def column(shown: Opened, number: int) -> Locator:
    return shown.tab.locator(f"#table tbody td:nth-child({number})")


def heading(shown: Opened, title: str) -> Locator:
    return shown.tab.locator("#table th", has_text=title)


def test_names_of_all_scripts_stand_in_the_order_of_their_letters(open_page: Open) -> None:
    facts = [f"{name} > briefed > Trump" for name in NAMES]
    shown = open_page(diary(*facts), link="#view=relations")
    expect(column(shown, 1)).to_have_text(IN_ORDER)
    heading(shown, "Subject").locator("button").click()
    expect(column(shown, 1)).to_have_text(IN_ORDER[::-1])


def test_shift_adds_a_further_key(open_page: Open) -> None:
    shown = open_page(MEETINGS, link="#view=relations")
    # "met with" is symmetric: its ends stand in the order in which the text first names them.
    heading(shown, "Relation").locator("button").click()
    heading(shown, "When").locator("button").click(modifiers=["Shift"])
    expect(column(shown, 2)).to_have_text(["criticized", "criticized", "met with", "met with"])
    expect(column(shown, 5)).to_have_text(["", "2025-02", "2025-02-18", "2025-02-20"])
    expect(heading(shown, "Relation")).to_contain_text("↑1")
    expect(heading(shown, "When")).to_contain_text("↑2")
    heading(shown, "When").locator("button").press("Shift+Enter")
    expect(column(shown, 5)).to_have_text(["2025-02", "", "2025-02-20", "2025-02-18"])
    expect(heading(shown, "Relation")).to_have_attribute("aria-sort", "ascending")
    expect(shown.tab.locator(".sheet-number")).to_contain_text("Relation, then When, descending")
    heading(shown, "When").locator("button").click()
    expect(column(shown, 5)).to_have_text(["", "2025-02", "2025-02-18", "2025-02-20"])


def test_marked_rows_or_all_go_to_the_clipboard_under_their_headings(open_page: Open) -> None:
    shown = open_page(MEETINGS, link="#view=relations", window=CLIPBOARD)
    shown.tab.get_by_role("button", name="Copy", exact=True).click()
    expect(shown.tab.locator(".sheet-number")).to_contain_text("4 rows copied")
    lines = shown.tab.evaluate(PASTED).split("\n")
    assert lines[0] == "Subject\tRelation\tObject\tStatus\tWhen\tExact words"
    assert lines[1] == "Biden\tcriticized\tMacron\tactual\t2025-02\tBiden criticized Macron."
    assert len(lines) == 5
    column(shown, 4).nth(1).click()
    shown.tab.keyboard.press("Shift+ArrowDown")
    expect(shown.tab.locator('#table [aria-selected="true"]')).to_have_count(2)
    shown.tab.keyboard.press("Control+c")
    expect(shown.tab.locator(".sheet-number")).to_contain_text("2 rows copied")
    assert shown.tab.evaluate(PASTED) == "\n".join([lines[0], *lines[2:4]])
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator('#table [aria-selected="true"]')).to_have_count(0)


def test_without_the_clipboard_a_text_field_copies(open_page: Open) -> None:
    # Before the first sign stands one that is dropped where white space is.
    shown = open_page(diary("\ufeff=1+1 > briefed > Biden"), link="#view=relations")
    shown.tab.evaluate(
        """() => {
            navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
            addEventListener("copy", () => (window.copied = document.activeElement.value));
        }"""
    )
    shown.tab.get_by_role("button", name="Copy", exact=True).click()
    expect(shown.tab.locator(".sheet-number")).to_contain_text("1 row copied")
    # A spreadsheet reads the first cell as text and runs nothing.
    cells = shown.tab.evaluate("copied").split("\n")[1].split("\t")
    assert cells[:4] == ["'=1+1", "briefed", "Biden", "actual"]
    assert cells[-1] == "'=1+1 briefed Biden."
    expect(shown.tab.get_by_role("button", name="Copy", exact=True)).to_be_focused()


def test_arrows_walk_and_enter_opens_the_words_without_losing_the_place(open_page: Open) -> None:
    shown = open_page(MEETINGS, link="#view=relations")
    rows = shown.tab.locator("#table tbody tr")
    rows.nth(0).focus()
    shown.tab.keyboard.press("ArrowDown")
    shown.tab.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail blockquote")).to_have_text("Macron criticized Biden.")
    expect(rows).to_have_count(4)
    expect(rows.nth(2)).to_be_focused()
    expect(rows.nth(2)).to_have_class("chosen")
    shown.tab.keyboard.press("End")
    expect(rows.nth(3)).to_be_focused()
    # Only the row that is walked on is a stop for the Tab key, with its names.
    assert rows.locator("button:not([tabindex='-1'])").count() == 3
    rows.nth(0).click(position={"x": 3, "y": 3})
    expect(shown.tab.locator("#detail blockquote")).to_have_text("Biden criticized Macron.")


def test_words_and_choices_narrow_every_view_and_stand_in_the_link(open_page: Open) -> None:
    shown = open_page(MEETINGS, link="#view=relations")
    shown.tab.get_by_label("Filter by words").fill("MACRON crit")
    expect(column(shown, 1)).to_have_text(["Biden", "Macron"])
    expect(shown.tab.locator(".sheet-number")).to_have_text("2 of 4 relations")
    assert "words=MACRON" in shown.tab.evaluate("location.hash")
    status = shown.tab.get_by_label("Only this status")
    expect(status.locator("option")).to_contain_text(
        ["Any status", "several", "actual (1)", "planned (0)", "possible (1)"]
    )
    status.select_option("possible")
    expect(column(shown, 1)).to_have_text(["Macron"])
    again = open_page(MEETINGS, link=shown.tab.evaluate("location.hash"))
    expect(column(again, 1)).to_have_text(["Macron"])
    expect(again.tab.get_by_label("Filter by words")).to_have_value("MACRON crit")
    expect(again.tab.get_by_label("Only this status")).to_have_value("possible")
    again.tab.get_by_label("Only this status").select_option("")
    expect(column(again, 1)).to_have_text(["Biden", "Macron"])
    again.tab.keyboard.press("Escape")
    again.tab.locator("#chips button", has_text="Reset").click()
    expect(column(again, 1)).to_have_count(4)
    expect(again.tab.get_by_label("Filter by words")).to_have_value("")


def test_a_document_is_chosen_by_its_name(open_page: Open) -> None:
    other = diary("Biden > criticized > Macron", "Scholz > briefed > Biden", id="two")
    shown = open_page(MEETINGS, other, link="#view=relations")
    choice = shown.tab.get_by_label("Only this document")
    choice.select_option(index=3)  # after "All documents" and the hidden "several"
    expect(column(shown, 2)).to_have_text(["criticized", "briefed"])
    assert "document=two" in shown.tab.evaluate("location.hash")


def test_of_many_rows_only_those_seen_are_drawn(open_page: Open) -> None:
    people = [f"Person {number}" for number in range(25)]
    facts = [f"{a} > briefed > {b}" for a in people for b in people if a != b]
    shown = open_page(diary(*facts), link="#view=relations")
    grid = shown.tab.get_by_role("grid")
    rows = grid.locator("tbody tr[data-place]")
    expect(grid).to_have_attribute("aria-rowcount", "601")
    assert rows.count() < 100
    expect(rows.first).to_have_attribute("aria-rowindex", "2")
    rows.first.focus()
    shown.tab.keyboard.press("End")
    last = shown.tab.locator('#table tr[aria-rowindex="601"]')
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    expect(last.locator("td").first).to_have_text("Person 24")
    assert rows.count() < 100
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail blockquote")).to_have_text("Person 24 briefed Person 23.")
    expect(last).to_be_focused()
    shown.tab.locator(".sheet-rows").evaluate("box => box.scrollTo(0, 54 * 300)")
    expect(shown.tab.locator('#table tr[aria-rowindex="304"]')).to_be_in_viewport()
    # From there the arrows go on at the row that was walked on.
    shown.tab.keyboard.press("Home")
