"""The page on live data in a real browser: same links, told of changes, more on request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import kg
from kg.relations import shipped
from kg.view.page import page
from tests.browser import ARGUMENTS, Opened
from tests.build import doc
from tests.serve.conftest import documents
from tests.serving import Served, serving, until


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def shown(browser: Browser) -> Iterator[Opened]:
    """A window of its own; at the end nothing has complained."""
    opened = Opened(browser.new_context(reduced_motion="reduce"))
    yield opened
    assert opened.complaints == []
    opened.window.close()


def visit(shown: Opened, served: Served, path: str) -> Page:
    shown.tab.goto(served.address + path)
    shown.tab.wait_for_selector("html[data-ready]")
    return shown.tab


def test_the_same_links_work_as_in_a_file(shown: Opened, served: Served) -> None:
    tab = visit(shown, served, "/#focus=Starmer&view=relations&statuses=actual")
    expect(tab.locator("#detail h2")).to_have_text("Keir Starmer")
    expect(tab.locator("#table tbody tr")).to_have_count(1)
    expect(tab.locator("#detail a", has_text="More about it")).to_have_count(0)
    tab.evaluate("dispatchEvent(new Event('focus'))")
    expect(tab.locator(".notice-chip")).to_have_count(0)
    assert all(url.startswith((served.address, "data:")) for url in shown.requests)


def test_a_part_around_somebody_opens_on_them_and_leads_to_others(
    shown: Opened, served: Served
) -> None:
    tab = visit(shown, served, "/?focus=Keir%20Starmer&since=2025-02")
    expect(tab.locator("#detail h2")).to_have_text("Keir Starmer")
    tab.evaluate("location.hash = '#focus=Scholz'")
    more = tab.locator("#detail a", has_text="More about it")
    more.click()
    tab.wait_for_selector("html[data-ready]")
    expect(tab.locator("#detail h2")).to_have_text("Olaf Scholz")
    expect(tab).to_have_url(re.compile(r"/\?focus=http"))


def test_what_is_not_there_is_told(served: Served) -> None:
    nobody = served.ask("/?focus=Nobody", headers={"accept": "text/html"})
    assert nobody.status == 404
    assert "no entity called" in nobody.text
    assert served.ask("/?since=yesterday").status == 400
    assert served.ask("/?since=2025-03&until=2025-02").status == 400


def told(tab: Page) -> None:
    """Come back to a page until it says that the graph has changed."""

    def asked() -> bool:
        tab.evaluate("dispatchEvent(new Event('focus'))")
        tab.wait_for_timeout(200)
        return tab.locator(".notice-chip").count() == 1

    assert until(asked)
    expect(tab.locator(".notice-chip")).to_contain_text("The graph has changed")


def load_anew(tab: Page) -> None:
    with tab.expect_navigation():
        tab.locator(".notice-chip button").click()
    tab.wait_for_selector("html[data-ready]")


def test_a_page_says_when_a_newer_one_is_drawn_and_loads_that(
    shown: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "news.kg"
    kg.build(*documents(), out=folder).close()
    with serving(folder, "--workers", "1") as served:
        tab = visit(shown, served, "/#focus=Scholz&view=relations")
        before = served.ask("/api/state").json()
        assert before["page"] == before["state"] == served_as(tab)
        assert served.ask("/api/state").json() == before
        with kg.open(folder) as graph:
            more = doc(
                "Anna Berg met Olaf Scholz.",
                people=["Anna Berg", "Olaf Scholz"],
                relations=["metWith: Anna Berg > Olaf Scholz"],
                id="more",
            )
            graph.add(more)
        assert served.ask("/api/state").json()["state"] != before["state"]
        told(tab)
        load_anew(tab)
        expect(tab.locator("#table tbody")).to_contain_text("Anna Berg")
        expect(tab.locator("#detail h2")).to_have_text("Olaf Scholz")
        expect(tab.locator(".notice-chip")).to_have_count(0)
        after = served.ask("/api/state").json()
        assert after["page"] == after["state"] == served_as(tab) != before["state"]
        # A part is drawn for whoever asks for it, and says by itself when it is old.
        tab = visit(shown, served, "/?focus=Olaf%20Scholz#focus=Scholz&view=relations")
        expect(tab.locator("#table tbody")).to_contain_text("Anna Berg")
        with kg.open(folder) as graph:
            graph.remove("more")
        told(tab)
        load_anew(tab)
        expect(tab.locator("#detail h2")).to_have_text("Olaf Scholz")
        expect(tab.locator("#table tbody")).not_to_contain_text("Anna Berg")
        expect(tab.locator(".notice-chip")).to_have_count(0)


def served_as(tab: Page) -> str | None:
    """The state of the graph that a page was made of."""
    return tab.locator("html").get_attribute("data-served")


def test_only_a_served_page_may_ask_its_server(served: Served) -> None:
    file = page(documents(), lexicon=shipped())
    assert "connect-src" not in file.partition("<body>")[0]
    assert 'data-served="' not in file.partition("<head>")[0]
    sent = served.ask("/").text
    assert "connect-src &#39;self&#39;" in sent.partition("<body>")[0]
    assert 'data-served="' in sent.partition("<head>")[0]
