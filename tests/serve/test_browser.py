"""The editor and the pages in a real browser: no request leaves, nothing complains."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.serving import KILLER, Served

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PEOPLE = "SELECT ?name ?who { ?who a kg:Person ; rdfs:label ?name }"


class Tab:
    """A page with all that it asked for and complained of."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page, self.served = page, served
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str = "/query") -> Page:
        self.page.goto("about:blank")
        self.page.goto(self.served.address + path)
        if path.startswith("/query"):
            self.page.wait_for_selector("body[data-ready]")
        return self.page

    def ask(self, query: str) -> Page:
        page = self.open()
        page.locator("#query").fill(query)
        page.keyboard.press("Control+Enter")
        return page


@pytest.fixture(scope="module")
def browsing(chromium: str, served: Served) -> Iterator[Tab]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield Tab(browser.new_page(viewport={"width": 1280, "height": 900}), served)
        browser.close()


@pytest.fixture
def tab(browsing: Tab) -> Iterator[Tab]:
    browsing.requests.clear()
    browsing.complaints.clear()
    yield browsing
    ours = (browsing.served.address, "data:", "blob:", "about:")
    assert [url for url in browsing.requests if not url.startswith(ours)] == []
    # A browser itself notes every answer that is an error, as that to a mistaken query has to be.
    own = "Failed to load resource: the server responded with a status of 4"
    assert [words for words in browsing.complaints if not words.startswith(own)] == []


def test_a_query_is_written_run_sorted_and_shared(tab: Tab) -> None:
    page = tab.ask(PEOPLE)
    expect(page.locator("#summary")).to_contain_text("3 rows in")
    names = page.locator("#table tbody tr td:first-child")
    page.get_by_role("columnheader", name="name").get_by_role("button").click()
    assert names.all_inner_texts() == ["Emmanuel Macron", "Keir Starmer", "Olaf Scholz"]
    page.keyboard.press("Enter")  # the heading has kept the focus
    assert names.all_inner_texts() == ["Olaf Scholz", "Keir Starmer", "Emmanuel Macron"]
    page.locator("#filter").fill("starmer")
    assert names.all_inner_texts() == ["Keir Starmer"]
    shared = page.url
    assert "#query=SELECT" in shared
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator("#summary")).to_contain_text("3 rows in")
    page.locator("#table a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/id/person/" in page.url
    assert tab.complaints == []


def test_a_mistake_is_marked_where_it_stands(tab: Tab) -> None:
    page = tab.ask("SELECT ?a {\n  ?a rdfs:label ?b .\n  ?a ?b\n}")
    expect(page.get_by_role("alert")).to_contain_text("line 4, column")
    expect(page.locator("#gutter .wrong")).to_have_text("4")
    page.get_by_role("button", name="Go to line 4").click()
    assert page.evaluate("document.activeElement.id") == "query"


def test_a_question_is_answered_with_its_parameter(tab: Tab) -> None:
    page = tab.open()
    page.get_by_role("button", name="What is planned").click()
    expect(page.locator("#summary")).to_contain_text("1 row in")
    page.locator("#parameters input[name=who]").fill('no"body\\')
    assert 'VALUES ?who { "no\\"body\\\\" }' in page.locator("#query").input_value()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#summary")).to_contain_text("0 rows in")
    assert tab.complaints == []


def test_a_long_query_can_be_stopped(tab: Tab) -> None:
    page = tab.ask(KILLER)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("alert")).to_contain_text("Stopped")


def test_a_long_answer_says_that_it_is_cut(tab: Tab) -> None:
    page = tab.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    expect(page.locator("#cut")).to_contain_text("cut at 1,000 rows")
    assert page.locator("#table tbody tr").count() == 500
    page.get_by_role("button", name="Show 500 more of 500").click()
    assert page.locator("#table tbody tr").count() == 1000


def test_answers_are_downloaded(tab: Tab) -> None:
    page = tab.ask("SELECT ?name { ?who a kg:Place ; rdfs:label ?name }")
    expect(page.locator("#summary")).to_contain_text("1 row in")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "answer.csv"
    assert download.value.path().read_bytes().split() == [b"name", b"Paris"]


def test_graphs_and_verdicts_are_shown(tab: Tab) -> None:
    page = tab.ask("ASK { ?a kg:spokeWith ?b }")
    expect(page.locator(".verdict")).to_have_text("yes")
    page = tab.ask("CONSTRUCT { ?a kg:spokeWith ?b } WHERE { ?a kg:spokeWith ?b }")
    expect(page.locator(".turtle")).to_contain_text("keir-starmer")


def test_the_editor_works_by_keyboard_and_in_the_dark(tab: Tab) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    tab.page.emulate_media(color_scheme="dark")
    dark = tab.open().evaluate(colour)
    tab.page.emulate_media(color_scheme="light")
    assert tab.page.evaluate(colour) != dark
    tab.page.locator("#query").focus()
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.id") == "run"


def test_the_pages_ask_nobody_else(tab: Tab) -> None:
    tab.open("/").wait_for_selector("#network canvas")
    tab.page.get_by_role("link", name="Browse").click()
    expect(tab.page).to_have_url(re.compile("/browse$"))
    for path in ("/browse", "/id/person/emmanuel-macron", "/nothing"):
        expect(tab.open(path).locator("h1")).to_be_visible()
    page = tab.open("/browse?list=documents")
    page.get_by_role("link", name="Talks in <Paris>").click()
    expect(page.locator(".text mark").first).to_contain_text("Emmanuel Macron")
