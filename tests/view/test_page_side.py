"""Details and article in a real browser: what is said, in whose words."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.model import Document, Entity
from kg.source import Source
from tests.browser import Open, two

PEACE = "Ukraine has not agreed and is not sitting at the negotiating table"


def test_a_denied_fact_is_named_denied_with_its_words(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.search("ukraine attended")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail .facts .badge")).to_have_text("negated")
    assert PEACE in shown.tab.locator("#detail blockquote").inner_text()
    assert PEACE in "".join(shown.tab.locator("#article mark").all_inner_texts())


def test_a_name_in_the_article_opens_the_entity(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.tab.locator("#article .mention", has_text="Zelenskyy").first.click()
    expect(shown.tab.locator("#detail h2")).to_have_text("Volodymyr Zelenskyy")
    lit = shown.tab.locator("#article .mention.lit")
    assert set(lit.all_inner_texts()) == {"Zelenskyy"}


def test_every_document_that_says_so_is_listed(open_page: Open) -> None:
    first, second = two(), two(id="two")
    same = [
        document.but(
            entities=tuple(
                Entity(e.id, e.type, e.name, e.mentions, iri=f"http://x/{e.id}")
                for e in document.entities
            ),
            source=Source(title=title, url=f"https://example.org/{title}"),
        )
        for document, title in ((first, "Monday"), (second, "Tuesday"))
    ]
    shown = open_page(*same)
    shown.search("briefed")
    shown.tab.keyboard.press("Enter")
    assert "Reported by 2 documents, 1 independent" in shown.detail
    expect(shown.tab.locator("#detail .source button")).to_have_text(["Monday", "Tuesday"])
    shown.tab.locator("#detail .source button").nth(1).click()
    link = shown.tab.locator("#article a")
    expect(link).to_have_attribute("href", "https://example.org/Tuesday")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
