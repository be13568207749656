"""A browser for the tests of the page, and pages opened in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from kg.model import Document
from kg.relations import shipped
from kg.view.page import page
from tests.browser import ARGUMENTS, Open, Opened

_PAGES: dict[tuple[object, ...], str] = {}


def _drawn(documents: tuple[Document, ...], options: dict[str, Any]) -> str:
    """Return a page; many tests look at the same one."""
    if not all(isinstance(value, str) for value in options.values()):
        return page(documents, **{"lexicon": shipped(), **options})
    key = (documents, *sorted(options.items()))
    if key not in _PAGES:
        _PAGES[key] = page(documents, **{"lexicon": shipped(), **options})
    return _PAGES[key]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a file: longer, and its event loop would stand in the way of
    other files' own.
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Write documents as a page and open the file, each time in a new window.

    ``options`` are those of `kg.view.page.page`; ``html`` is a page already written. At the end
    every page is asked whether it kept to itself.
    """
    pages: list[Opened] = []

    def opened(
        *documents: Document,
        link: str = "",
        size: tuple[int, int] = (1400, 900),
        dark: bool = False,
        motion: bool = False,
        html: str | None = None,
        window: dict[str, Any] | None = None,
        **options: Any,
    ) -> Opened:
        file = tmp_path / f"page{len(pages)}.html"
        if html is None:
            html = _drawn(documents, {"title": "Talks", **options})
        file.write_text(html, encoding="utf-8")
        shown = Opened(
            browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if dark else "light",
                reduced_motion="no-preference" if motion else "reduce",
                **(window or {}),
            )
        )
        pages.append(shown)
        shown.tab.goto(file.as_uri() + link)
        shown.tab.wait_for_selector("html[data-ready]")
        return shown

    yield opened
    try:
        assert [problem for shown in pages for problem in shown.problems()] == []
    finally:
        for shown in pages:
            shown.window.close()
