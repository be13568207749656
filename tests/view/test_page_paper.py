"""What was on paper, in a real browser: on which page the words stand, and who wrote them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from playwright.sync_api import expect

from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.source import Source
from tests.browser import Open

TEXT = "Macron met Scholz.\n\n“We agree,” said Macron."


def paper() -> Document:
    return Document(
        "paper",
        TEXT,
        date="2025-02-17",
        source=Source(title="Talks", author="Ada <b>Brandt</b>", publisher="Harbour"),
        pages=(0, 20),
        entities=(
            Entity("e1", "Person", "Macron", (Mention(Span(0, 6)), Mention(Span(37, 43)))),
            Entity("e2", "Person", "Scholz", (Mention(Span(11, 17)),)),
        ),
        relations=(Relation("metWith", "e1", "e2", "actual", Span(0, 18)),),
        statements=(Statement("e1", Span(21, 29), "direct", cue="said"),),
    )


def test_evidence_tells_its_page_and_the_article_its_author(open_page: Open) -> None:
    shown = open_page(paper())
    shown.search("met")
    shown.tab.keyboard.press("Enter")
    source = shown.tab.locator("#detail .evidence .source")
    expect(source).to_contain_text("Talks · Harbour · 17 Feb 2025 · page 1")
    shown.tab.locator("#article .mention", has_text="Macron").first.click()
    expect(shown.tab.locator("#detail .row.quote")).to_have_text("“We agree” page 2")
    shown.tab.keyboard.press("d")
    expect(shown.tab.locator(".document .source")).to_have_text(
        "Ada <b>Brandt</b> · Harbour · 17 Feb 2025"
    )
    shown.tab.fill("#shelf-find", "brandt")
    expect(shown.tab.locator("#shelf .title")).to_have_text(["Talks"])
    shown.tab.locator("#shelf .title").click()
    expect(shown.tab.locator("#article .article-head p").first).to_have_text(
        "Ada <b>Brandt</b> · Harbour · 17 Feb 2025"
    )


def test_what_is_saved_tells_the_page(open_page: Open) -> None:
    shown = open_page(paper())

    def saved(way: str) -> str:
        shown.tab.click("#export")
        with shown.tab.expect_download() as download:
            shown.tab.click(f"#{way}")
        return Path(download.value.path()).read_text(encoding="utf-8-sig")

    [row] = csv.DictReader(io.StringIO(saved("csv")))
    assert row["page"] == "1"
    [row] = csv.DictReader(io.StringIO(saved("quotes-csv")))
    assert row["page"] == "2"
    data = json.loads(saved("json"))
    assert data["facts"][0]["evidence"][0]["page"] == 1
    assert data["statements"][0]["page"] == 2
    assert data["documents"][0]["author"] == "Ada <b>Brandt</b>"


def test_a_text_without_pages_has_none(open_page: Open) -> None:
    shown = open_page(paper().but(pages=(), source=None))
    shown.search("met")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail .evidence .source")).to_contain_text("paper")
    expect(shown.tab.locator("#detail .evidence .source")).not_to_contain_text("page")
