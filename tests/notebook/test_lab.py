"""Cells in a real JupyterLab and Notebook 7, and as nbconvert exports them, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

import kg
from kg.view.network import network
from tests.browser import ARGUMENTS
from tests.build import doc
from tests.notebook.lab import Lab, started

# The libraries under nbconvert and the notary warn of themselves; none of it is ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

TALKS = doc(
    "Macron met Scholz in Paris. Macron will visit Poland.",
    people=["Macron", "Scholz"],
    places=["Paris"],
    countries=["Poland"],
    relations=["metWith: Macron > Scholz", "visited: Macron > Poland (planned)"],
)
APPS = ("lab/tree", "notebooks")
SLOW = 60_000  # milliseconds until JupyterLab stands


@pytest.fixture(scope="module")
def lab(warm: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One server for all tests of this file."""
    with started(tmp_path_factory.mktemp("lab"), warm) as server:
        yield server


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


class Window:
    """A window, with what was asked of other hosts or from within a cell, and complaints."""

    def __init__(self, browser: Browser, own: str) -> None:
        self.context = browser.new_context(viewport={"width": 1400, "height": 1000})
        self.tab: Page = self.context.new_page()
        self.strays: list[str] = []
        self.complaints: list[str] = []
        self.own = own
        self.tab.on("request", self._hear)
        self.tab.on("pageerror", lambda error: self._note(error.stack or "", str(error)))
        self.tab.on("console", lambda said: self._note(said.location["url"], said.text))

    def _hear(self, request: Any) -> None:
        local = request.url.startswith((self.own, "data:", "blob:", "about:"))
        if not local or request.frame.url == "about:srcdoc":
            self.strays.append(request.url)

    def _note(self, where: str, complaint: str) -> None:
        """Keep what is said in a cell; Notebook and JupyterLab say much of their own."""
        if "srcdoc" in where:
            self.complaints.append(complaint)

    def frame(self) -> Frame:
        """Return the page in the cell once it has drawn its graph."""
        inside = self.tab.frame_locator("iframe[srcdoc]")
        expect(inside.locator("html[data-ready]")).to_be_attached(timeout=SLOW)
        (found,) = [frame for frame in self.tab.frames if frame.url.startswith("about:srcdoc")]
        return found


@pytest.fixture
def window(browser: Browser, lab: Lab) -> Iterator[Window]:
    """A new window of the browser."""
    opened = Window(browser, lab.address)
    yield opened
    opened.context.close()


def cells(mark: str) -> list[Any]:
    """Return cells with the outputs they had; a mark makes them differ, as do their signatures."""
    graph = kg.build(TALKS)
    return [
        new_code_cell(
            f"{source}  # {mark}",
            outputs=[new_output("execute_result", data=shown, execution_count=1)],
            execution_count=1,
        )
        for source, shown in (
            ("g", graph._repr_mimebundle_()),
            ("g.network()", network([TALKS])._repr_mimebundle_()),
            ("g.relations()", graph.relations()._repr_mimebundle_()),
        )
    ]


@pytest.mark.parametrize("app", APPS)
def test_a_trusted_notebook_shows_the_page(lab: Lab, window: Window, app: str) -> None:
    name = f"own-{app[:3]}.ipynb"
    lab.keep(name, cells(name), trusted=True)
    window.tab.goto(lab.url(app, name))
    inside = window.frame()
    box = inside.evaluate("[innerWidth, innerHeight]")
    assert box[0] > 700
    assert box[1] == pytest.approx(640, abs=4)
    inside.fill("#query", "Macron")
    inside.press("#query", "Enter")
    expect(inside.locator("#detail")).to_contain_text("visited")
    caption = window.tab.locator(".jp-OutputArea-output").first
    expect(caption).to_contain_text("1 document, 4 entities, 2 relations (1 actual, 1 planned)")
    assert window.strays == []
    assert window.complaints == []


@pytest.mark.parametrize("app", APPS)
def test_an_untrusted_notebook_shows_picture_and_caption(
    lab: Lab, window: Window, app: str
) -> None:
    name = f"other-{app[:3]}.ipynb"
    lab.keep(name, cells(name), trusted=False)
    window.tab.goto(lab.url(app, name))
    outputs = window.tab.locator(".jp-OutputArea-output")
    picture = outputs.nth(0).locator("img")
    expect(picture).to_be_visible(timeout=SLOW)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 960
    assert outputs.nth(1).locator("img").evaluate("image => image.naturalWidth") == 960
    expect(outputs.nth(0)).to_contain_text("4 entities, 2 relations (1 actual, 1 planned)")
    expect(outputs.nth(0)).to_contain_text("trust the notebook")
    expect(outputs.nth(2)).to_contain_text("Macron met Scholz in Paris.")
    assert window.tab.locator(".jp-OutputArea-output iframe").count() == 0
    assert [url for url in window.strays if "127.0.0.1" not in url] == []


def test_an_exported_notebook_draws_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    # The scripts that nbconvert itself would fetch for formulas and widgets are left out.
    fetched = dict.fromkeys(("mathjax_url", "require_js_url", "mermaid_js_url"), "")
    html, _ = HTMLExporter(**fetched).from_notebook_node(new_notebook(cells=cells("export")))
    file = tmp_path / "exported.html"
    file.write_text(html, encoding="utf-8")
    window = Window(browser, file.as_uri())
    window.tab.goto(file.as_uri())
    inside = window.frame()
    assert inside.locator("#network canvas").count() == 1
    assert window.strays == []
    assert window.complaints == []
    window.context.close()


def test_a_selection_goes_both_ways(lab: Lab, window: Window) -> None:
    kg.build(TALKS, out=lab.folder / "talks.kg").close()
    sources = (
        "import kg; from kg.notebook import explore\nw = explore(kg.open('talks.kg')); w",
        "print('chosen', w.focus, [row.object for row in w.selection.facts])",
        "w.focus = 'Scholz'",
        "print('then', w.focus, [row.status for row in w.selection.facts])",
    )
    lab.keep("explore.ipynb", [new_code_cell(source) for source in sources], trusted=True)
    window.tab.goto(lab.url("lab/tree", "explore.ipynb"))

    def run(number: int) -> None:
        window.tab.locator(".jp-Cell .jp-InputArea-editor").nth(number).click(timeout=SLOW)
        window.tab.keyboard.press("Control+Enter")

    def says(number: int, words: str) -> None:
        run(number)
        cell = window.tab.locator(".jp-Cell").nth(number)
        expect(cell.locator(".jp-OutputArea-output")).to_contain_text(words, timeout=SLOW)

    expect(window.tab.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=SLOW)
    run(0)
    page = window.frame()
    page.fill("#query", "Macron")
    page.press("#query", "Enter")
    expect(page.locator("#detail")).to_contain_text("visited")
    says(1, "chosen Macron ['Scholz', 'Poland']")

    # Messages from elsewhere, and of another kind, change nothing.
    window.tab.evaluate("postMessage({kg: 'selection', focus: null, edges: []}, '*')")
    page.evaluate("parent.postMessage({kg: 'selection', focus: 5, edges: 'all'}, '*')")
    page.evaluate("parent.postMessage(null, '*')")
    page.evaluate("postMessage({kg: 'link', link: '#focus=Poland'}, '*')")
    says(1, "chosen Macron ['Scholz', 'Poland']")
    expect(page.locator("#detail")).to_contain_text("visited")

    run(2)
    expect(page.locator("#detail h2").first).to_have_text("Scholz")
    says(3, "then Scholz ['actual']")
    page.evaluate("parent.postMessage({kg: 'selection', focus: '<b>', edges: ['e9', 'x']}, '*')")
    says(3, "then None []")
    assert window.strays == []
    assert window.complaints == []
