"""The link of a view in a real browser: written by hand, followed back and forth, copied."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.relations import shipped
from kg.source import Source
from kg.view.opening import Opening
from kg.view.page import page
from tests.browser import Open, Opened, two

WHO = {"m": "Emmanuel Macron", "t": "Donald Trump", "s": "Keir Starmer", "k": "Keith Kellogg"}
BASE = "https://example.org/id/person/"


def week() -> Document:
    """Macron met Trump, who briefed Starmer, who negotiates with Kellogg; and a lone Ursula."""
    text = "Emmanuel Macron, Donald Trump, Keir Starmer and Keith Kellogg. Ursula came."
    people = [
        Entity(
            key, "Person", name,
            (Mention(Span(text.index(name), text.index(name) + len(name))),
             Mention(Span(text.index(name.split()[1]), text.index(name) + len(name)))),
            iri=BASE + name.replace(" ", "_"),
        )
        for key, name in WHO.items()
    ]  # fmt: skip
    ursula = Entity("u", "Person", "Ursula", (Mention(Span(63, 69)),), iri=BASE + "Ursula")
    whole = Span(0, len(text))
    return Document(
        id="week", text=text, date="2025-02-20", source=Source(title="A week"),
        entities=(*people, ursula),
        relations=(
            Relation("metWith", "m", "t", "actual", whole, date="2025-02-17", score=0.9),
            Relation("briefed", "t", "s", "planned", whole, date="2025-02-19", score=0.7),
            Relation("negotiatedWith", "s", "k", "possible", whole, score=0.5),
            Relation("spokeWith", "m", "s", "actual", whole, date="2025-03-05", score=0.8),
        ),
    )  # fmt: skip


def rows(shown: Opened) -> list[tuple[str, str, str]]:
    """Return subject, relation and object of each row of the table, sorted."""
    found = shown.tab.locator("#table tbody tr").all()
    return sorted(tuple(row.locator("td").all_inner_texts()[:3]) for row in found)  # type: ignore[misc]


MET = ("Emmanuel Macron", "met with", "Donald Trump")
BRIEFED = ("Donald Trump", "briefed", "Keir Starmer")
NEGOTIATED = ("Keir Starmer", "negotiated with", "Keith Kellogg")
SPOKE = ("Emmanuel Macron", "spoke with", "Keir Starmer")


@pytest.fixture
def shown(open_page: Open) -> Opened:
    """The week as a page, opened on the table."""
    return open_page(week(), link="#view=table")


def follow(shown: Opened, link: str) -> list[tuple[str, str, str]]:
    shown.tab.evaluate("link => { location.hash = link }", link)
    shown.tab.wait_for_timeout(60)
    return rows(shown)


def test_each_part_of_a_link_narrows_what_is_shown(shown: Opened) -> None:
    assert rows(shown) == sorted([MET, BRIEFED, NEGOTIATED, SPOKE])
    assert follow(shown, "#view=table&relations=metWith,briefed") == sorted([MET, BRIEFED])
    assert follow(shown, "#view=table&relations=met with") == [MET]  # by label
    assert follow(shown, "#view=table&relations=none") == []
    assert follow(shown, "#view=table&statuses=planned,possible") == [BRIEFED, NEGOTIATED]
    assert follow(shown, "#view=table&from=2025-02-18&undated=no") == sorted([BRIEFED, SPOKE])
    assert follow(shown, "#view=table&to=2025-02&undated=no") == [BRIEFED, MET]  # a whole month
    assert follow(shown, "#view=table&score=0.8") == [MET, SPOKE]
    assert follow(shown, "#view=table&words=briefed") == [BRIEFED]
    assert follow(shown, "#view=table&types=Person") == sorted([MET, BRIEFED, NEGOTIATED, SPOKE])
    assert follow(shown, "#view=relations&focus=Kellogg") == [NEGOTIATED]  # by alias
    assert follow(shown, f"#view=relations&focus={BASE}Keith_Kellogg") == [NEGOTIATED]
    expect(shown.tab.locator(".notice-chip")).to_have_count(0)


def test_hops_count_relations_away_from_the_focus(shown: Opened) -> None:
    assert follow(shown, "#view=table&focus=Kellogg&hops=1") == [NEGOTIATED]
    near = follow(shown, "#view=table&focus=Kellogg&hops=2")
    assert near == sorted([NEGOTIATED, BRIEFED, SPOKE, MET])  # Macron and Trump, too, are near
    assert follow(shown, "#view=table&around=Trump") == sorted([MET, BRIEFED, SPOKE])


def test_an_undated_fact_is_as_old_as_its_document(shown: Opened) -> None:
    assert NEGOTIATED in follow(shown, "#view=table&from=2025-02-20&to=2025-02-20")
    assert NEGOTIATED not in follow(shown, "#view=table&from=2025-03-01")


def test_a_path_is_in_the_link(shown: Opened) -> None:
    assert follow(shown, "#view=table&path=Macron..Kellogg") == sorted([SPOKE, NEGOTIATED])
    expect(shown.tab.locator("#detail")).to_contain_text("shortest path: 2 steps")
    expect(shown.tab.locator("#detail")).to_contain_text("this one uses what is only possible.")
    expect(shown.tab.locator("#chips")).to_contain_text("only the path from Emmanuel Macron")
    link = unquote(shown.tab.evaluate("location.hash"))
    assert f"path={BASE}Emmanuel_Macron..{BASE}Keith_Kellogg" in link
    shown.tab.locator("#chips button").first.click()
    expect(shown.tab.locator("#table tbody tr")).to_have_count(4)


IN_VAIN = [
    ("relations=metWith,x", "The link asks for a relation 'x' that is not here"),
    ("relation=metWith", "The link says 'relation', which means nothing here"),
    ("focus=Macrom", "The link asks for 'Macrom', who or what is not here"),
    ("statuses=true", "The link asks for a status 'true' that is not here"),
    ("from=yesterday", "The link says from=yesterday; a day is written like 2025-02-17"),
    ("from=2025-02-31", "The link says from=2025-02-31; a day is written like 2025-02-17"),
    ("from=2025-03-01&to=2025-02-01", "The link asks for days that end before they start"),
    ("score=7", "The link says score=7; it must be a number from 0 to 1"),
    ("hops=-1&focus=Trump", "The link says hops=-1; it must be a number from 1 to 9"),
    ("view=cinema", "The link asks for a view 'cinema' that is not here"),
    ("path=Macron", "The link asks for a path; that is written path=Macron..Trump"),
    ("edge=%5B%5D", "The link asks for a relation between two that is not here"),
    ("document=none", "The link asks for a document 'none' that is not here"),
    ("lone=maybe", "The link says lone=maybe; it knows yes, no"),
    ("focus=%E2%80%AE%3Cimg src=x onerror=alert(1)%3E", "The link asks for '<img src=x on"),
    ("focus=%ZZ", ""),
    ("__proto__=1&constructor=2", "The link says '__proto__', which means nothing here (and 1"),
    ("relations=" + "x," * 3000, "The link asks for a relation 'x' that is not here (and 2999"),
]


def test_what_a_link_asks_for_in_vain_is_told_and_left_out(shown: Opened) -> None:
    notice = shown.tab.locator(".notice-chip")
    for link, told in IN_VAIN:
        found = follow(shown, f"#{link}&view=table" if "view" not in link else f"#{link}")
        if told:
            expect(notice).to_contain_text(told)
            notice.get_by_role("button", name="Dismiss").click()
        expect(notice).to_have_count(0)
        narrows = any(word in link for word in ("metWith", "view", "focus=Trump"))
        assert narrows or len(found) == 4, link


def test_back_and_forward_walk_through_what_was_selected(shown: Opened) -> None:
    heading = shown.tab.locator("#detail h2")
    shown.search("Macron")
    shown.tab.keyboard.press("Enter")
    expect(heading).to_have_text("Emmanuel Macron")
    shown.search("Kellogg")
    shown.tab.keyboard.press("Enter")
    expect(heading).to_have_text("Keith Kellogg")
    shown.tab.keyboard.press("g")
    expect(shown.tab.locator("#graph")).to_be_visible()
    shown.tab.go_back()
    expect(shown.tab.locator("#table")).to_be_visible()
    expect(heading).to_have_text("Keith Kellogg")
    shown.tab.go_back()
    expect(heading).to_have_text("Emmanuel Macron")
    shown.tab.go_back()
    expect(heading).not_to_have_text("Emmanuel Macron")
    shown.tab.go_forward()
    expect(heading).to_have_text("Emmanuel Macron")


def test_a_filter_is_no_step_back_but_stays_with_its_selection(shown: Opened) -> None:
    shown.tab.click('[data-entry="status:planned"]')
    shown.search("Macron")
    shown.tab.keyboard.press("Enter")
    shown.tab.go_back()
    expect(shown.tab.locator("#detail h2")).not_to_have_text("Emmanuel Macron")
    expect(shown.tab.locator("#table tbody tr")).to_have_count(3)


def test_a_link_that_hides_its_focus_says_so_and_keeps_its_filters(shown: Opened) -> None:
    assert follow(shown, "#view=table&focus=Kellogg&statuses=actual") == []
    expect(shown.tab.locator("#detail h2")).to_have_text("Keith Kellogg")
    expect(shown.tab.locator("#chips")).to_contain_text("hidden by filters")


def test_a_page_opens_as_its_python_opening_or_its_link_says(open_page: Open) -> None:
    opening = Opening(
        focus="Macron", since="2025-02-17", until="2025-02-19", relations=("metWith", "briefed"),
        statuses=("actual",), min_score=0.8, view="relations",
    )  # fmt: skip
    by_python = open_page(week(), opening=opening)
    by_link = open_page(week(), link=opening.link())
    for shown in (by_python, by_link):
        assert rows(shown) == [MET]
        expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    assert by_python.tab.evaluate("location.hash") == by_link.tab.evaluate("location.hash")
    by_python.tab.locator("#chips button", has_text="Reset").click()
    by_python.tab.keyboard.press("Escape")
    expect(by_python.tab.locator("#table tbody tr")).to_have_count(4)  # the page holds all
    all_ = open_page(week(), opening=opening, link="#")
    expect(all_.tab.locator("#graph")).to_be_visible()
    expect(all_.tab.locator("#counts")).to_contain_text("5 entities · 4 relations")


def test_a_family_of_relations_and_the_table_are_words_of_an_opening(open_page: Open) -> None:
    first, *others = week().relations
    mixed = week().but(relations=(replace(first, type="agreedWith"), *others))
    shown = open_page(mixed, opening=Opening(relations=("meeting",), view="table"))
    assert rows(shown) == sorted([BRIEFED, NEGOTIATED, SPOKE])
    expect(shown.tab.locator("#view-relations")).to_have_attribute("aria-selected", "true")


def test_statements_of_who_is_not_drawn_for_want_of_relations_count(open_page: Open) -> None:
    document = week()
    said = Statement("u", Span(0, 15), "indirect")
    shown = open_page(document.but(statements=(said,)), link="#lone=no")
    expect(shown.tab.locator("#counts")).to_have_text(
        "4 of 5 entities · 4 relations · 1 statement · 1 document"
    )
    shown.tab.click('[data-entry="type:Person"]')
    expect(shown.tab.locator("#counts")).to_contain_text("0 of 1 statement")


def test_the_link_can_be_copied_and_opened_again(open_page: Open) -> None:
    shown = open_page(week())
    shown.window.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.tab.click('[data-entry="relation:briefed"]', modifiers=["Alt"])
    shown.tab.click("#copy")
    expect(shown.tab.locator("#copy")).to_have_text("Link copied")
    link = shown.tab.evaluate("navigator.clipboard.readText()")
    assert link.startswith("file:") and link.endswith("page0.html#relations=briefed")
    again = open_page(week(), link="#" + link.partition("#")[2] + "&view=table")
    assert rows(again) == [BRIEFED]
    again.window.grant_permissions(["clipboard-read", "clipboard-write"])
    again.tab.locator("#table").focus()
    again.tab.keyboard.press("c")
    expect(again.tab.locator("#copy")).to_have_text("Link copied")
    assert again.tab.evaluate("navigator.clipboard.readText()").endswith("relations=briefed")


def test_selection_and_an_edge_stand_in_the_link(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed, link="#focus=Keith%20Kellogg&statuses=actual")
    expect(shown.tab.locator("#detail h2")).to_have_text("Keith Kellogg")
    expect(shown.tab.locator('[data-entry="status:planned"]')).to_have_attribute(
        "aria-pressed", "false"
    )
    shown.tab.locator("#detail .names button", has_text="EU officials").click()
    again = open_page(gold_seed, link=shown.tab.evaluate("location.hash"))
    assert "EU officials" in again.detail
    assert "Keith Kellogg" in again.detail


def test_dragging_a_handle_does_not_flood_the_address(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    days = [f"2025-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 28)]
    shown = open_page(document.but(relations=tuple(replace(fact, date=day) for day in days)))
    moved = """() => { const from = document.getElementById("from");
        for (let at = 1; at < 100; at += 1) { from.value = at;
            from.dispatchEvent(new Event("input")); } }"""
    for _ in range(3):
        shown.tab.evaluate(moved)
    shown.tab.wait_for_function("location.hash.includes('from=')")
    # The browser complains of more than 200 in 10 seconds, and the fixture of any complaint.


def test_in_a_sandboxed_frame_the_link_is_what_follows_the_address(
    browser: Browser, tmp_path: Path
) -> None:
    inner = escape(page([week()], lexicon=shipped(), opening=Opening(focus="Trump")), quote=True)
    outer = tmp_path / "notebook.html"
    frame = f'<iframe width="1200" height="700" sandbox="allow-scripts" srcdoc="{inner}"></iframe>'
    outer.write_text(f'<!doctype html><meta charset="utf-8">{frame}', encoding="utf-8")
    shown = Opened(browser.new_context(reduced_motion="reduce"))
    shown.tab.goto(outer.as_uri())
    inside = shown.tab.frame_locator("iframe")
    expect(inside.locator("#detail h2")).to_have_text("Donald Trump")
    inside.locator('[data-entry="relation:briefed"]').click()
    expect(inside.locator("#chips")).to_contain_text("hidden by filters")
    inside.locator("#copy").click()
    expect(inside.locator("#copy")).to_have_text("Link copied")  # by way of a text field
    assert shown.problems() == []
    shown.window.close()
