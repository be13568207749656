"""What a notebook's cell shows: a page in a frame, a picture behind it, and text for all else."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from playwright.sync_api import Browser, expect

import kg
from kg.model import Document
from kg.relations import shipped
from kg.store import EmbeddedStore
from kg.view import notebook
from kg.view.drawing import PLACED
from kg.view.fold import data_of, folded
from kg.view.network import network
from kg.view.notebook import Cell, framed, pictured
from kg.view.opening import Opening
from kg.view.page import page
from kg.view.picture import MOST, TOP, Dot, Line, picture
from kg.view.rows import stats
from tests.browser import Opened
from tests.build import doc
from tests.networks import network as chain

SVG = "{http://www.w3.org/2000/svg}"
TALKS = doc(
    "Macron met Scholz in Paris. Macron will visit Poland. Starmer did not meet Scholz.",
    people=["Macron", "Scholz", "Starmer"],
    places=["Paris"],
    countries=["Poland"],
    relations=[
        "metWith: Macron > Scholz",
        "visited: Macron > Poland (planned)",
        "metWith: Starmer > Scholz (negated)",
    ],
)
HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e"


def talks(**options: str) -> str:
    return page([TALKS], lexicon=shipped(), title="Talks", **options)


class Tags(HTMLParser):
    """The elements that a browser would make of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def only(self, tag: str) -> dict[str, str | None]:
        (attributes,) = [attributes for name, attributes in self.found if name == tag]
        return attributes


def drawn(html: str) -> ElementTree.Element:
    """Return the picture of a cell."""
    source = Tags(html).only("img")["src"]
    assert source is not None
    kind, _, data = source.partition(",")
    assert kind == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(data))


def words(svg: ElementTree.Element) -> list[str | None]:
    return [text.text for text in svg.iter(f"{SVG}text")]


Show = Callable[..., Opened]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open a cell's HTML as a notebook's page would hold it."""
    opened = []

    def cell(html: str, head: str = "") -> Opened:
        file = tmp_path / f"cell{len(opened)}.html"
        start = f'<!doctype html><meta charset="utf-8">{head}<body style="margin:0;width:960px">'
        file.write_text(start + html, encoding="utf-8")
        shown = Opened(browser.new_context(viewport={"width": 960, "height": 720}))
        opened.append(shown)
        shown.tab.goto(file.as_uri())
        return shown

    yield cell
    for shown in opened:
        shown.window.close()


class TestFrame:
    """The page in its frame."""

    def test_draws_asks_for_nothing_and_keeps_its_policy(self, show: Show) -> None:
        shown = show(framed(talks(), "3 facts"))
        inside = shown.tab.frame_locator("iframe")
        expect(inside.locator("html[data-ready]")).to_be_attached()
        assert inside.locator("html").get_attribute("hidden") is None
        # Storage and history throw in a sandbox; the page does what it does all the same.
        inside.locator("#query").fill("Macron")
        inside.locator("#query").press("Enter")
        expect(inside.locator("#detail")).to_contain_text("visited")
        inside.locator("#theme").click()
        expect(inside.locator("html")).to_have_attribute("data-theme", "dark")
        assert shown.problems() == []
        assert inside.locator("html").evaluate("() => { try { localStorage } catch { return 1 } }")
        inside.locator("html").evaluate(
            "html => { const bad = document.createElement('script'); "
            "bad.textContent = 'document.title = \"hacked\"'; html.append(bad); }"
        )
        assert inside.locator("html").evaluate("() => document.title") == "Talks"
        assert any("Content Security Policy" in said for said in shown.complaints)

    def test_without_scripts_the_picture_behind_it_is_seen(self, show: Show) -> None:
        cell = framed(talks(), "3 facts").replace("allow-scripts ", "")
        with_frame = show(cell)
        assert len(with_frame.tab.frames) == 2
        frameless = re.sub(r"<iframe.*?</iframe>", "", cell, flags=re.DOTALL)
        assert "iframe" not in frameless
        tabs = with_frame.tab, show(frameless).tab
        for tab in tabs:
            tab.locator("img").evaluate("image => image.decode()")
        for _ in range(30):  # a busy machine paints what is decoded a moment later
            if tabs[0].screenshot() == tabs[1].screenshot():
                return
            tabs[0].wait_for_timeout(300)
        raise AssertionError("the two never looked the same")

    def test_draws_where_vs_code_shows_it(self, show: Show) -> None:
        """VS Code puts the HTML of an output into a page of its own, which has this policy."""
        policy = (
            "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' https: http: data:; "
            "font-src 'self' https:; connect-src https:; child-src https: data:;"
        )
        # `innerHTML`, as there; its text cannot hold "</script", for no cell does.
        cell = json.dumps(framed(talks(), "3 facts")).replace("</", "<\\/")
        shown = show(
            '<div id="output"></div>'
            f"<script>document.getElementById('output').innerHTML = {cell}</script>",
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        )
        inside = shown.tab.frame_locator("iframe")
        expect(inside.locator("html[data-ready]")).to_be_attached()
        expect(inside.locator("#counts")).to_contain_text("3 relations")
        assert shown.tab.locator("img").evaluate("image => image.naturalWidth") == 960
        assert shown.problems() == []

    def test_a_small_graph_makes_a_small_cell(self) -> None:
        whole = talks()
        assert len(framed(whole, "")) < 0.45 * len(whole)
        assert framed(whole, "") == framed(talks(), "")

    def test_a_page_too_large_to_keep_is_a_picture_with_advice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notebook, "LARGEST", 1000)
        cell = framed(talks(), "3 facts")
        assert "<iframe" not in cell
        assert "Macron" in words(drawn(cell))
        assert "save(" in cell

    def test_hostile_text_stays_in_its_place(self, show: Show) -> None:
        evil = doc(f"{HOSTILE} met Scholz.", people=[HOSTILE, "Scholz"])
        evil = evil.but(id=HOSTILE, relations=doc(
            "A met B.", people=["A", "B"], relations=["metWith: A > B"]
        ).relations)  # fmt: skip
        html = framed(page([evil], lexicon=shipped(), title=HOSTILE), HOSTILE)
        assert [name for name, _ in Tags(html).found] == ["div", "img", "iframe", "p", "code"]
        frame = Tags(html).only("iframe")
        assert frame["sandbox"] == "allow-scripts allow-downloads allow-popups"
        shown = show(html)
        expect(shown.tab.frame_locator("iframe").locator("html[data-ready]")).to_be_attached()
        assert shown.problems() == []
        assert len(drawn(html).findall(f".//{SVG}circle")) > 1

    def test_folding_keeps_every_part(self) -> None:
        whole = talks()
        small = folded(whole)
        assert re.findall(r"<(?:header|aside|main|dialog)\b", small) == re.findall(
            r"<(?:header|aside|main|dialog)\b", whole
        )
        assert small.count("<script") == 2
        assert data_of(whole)["facts"]["title"] == "Talks"
        with pytest.raises(ValueError, match="no data"):
            data_of("<p>")


class TestPicture:
    """The picture that needs no script."""

    def test_shows_names_and_statuses_as_the_page_does(self) -> None:
        svg = drawn(pictured(talks(), "3 facts"))
        assert {"Macron", "Scholz", "Starmer", "Poland", "planned", "negated"} <= set(words(svg))
        assert "possible" not in words(svg)
        looks = {
            (path.get("stroke-dasharray"), path.get("stroke") == "#dc2626")
            for path in svg.findall(f"{SVG}path")
        }
        assert looks == {(None, False), ("6 4", False), ("6 3", True)}

    def test_names_never_lie_on_names(self) -> None:
        dots = [
            Dot(f"n{n}", n % 12 * 80, n // 12 * 60, "Person", "Somebody Longname")
            for n in range(144)
        ]
        lines = [Line(f"n{n}", f"n{n + 1}", "#224466", "actual") for n in range(143)]
        svg = ElementTree.fromstring(picture(dots, lines))
        places = [
            (float(text.get("x", "")), float(text.get("y", "")))
            for text in svg.iter(f"{SVG}text")
            if text.text == "Somebody Longname"
        ]
        assert len(places) >= TOP
        for x, y in places:
            near = [(a, b) for a, b in places if abs(a - x) < 100 and abs(b - y) < 12]
            assert near == [(x, y)]
            assert 50 < x < 910

    def test_of_many_the_best_connected_are_drawn_and_it_says_so(self) -> None:
        dots = [Dot(f"n{n}", n, n % 37, "Person", f"P{n}") for n in range(MOST + 51)]
        lines = [Line("n0", f"n{n}", "#224466", "actual") for n in range(1, MOST + 51)]
        svg = ElementTree.fromstring(picture(dots, lines))
        assert "51 more entities are not drawn" in words(svg)
        assert len(svg.findall(f"{SVG}circle")) == MOST
        assert "P0" in words(svg)

    def test_of_a_page_that_leaves_places_to_the_browser_nothing_lies_on_one_spot(self) -> None:
        many = chain([(number, number + 1) for number in range(PLACED + 20)])
        svg = drawn(pictured(page([many], lexicon=shipped()), "a chain"))
        dots = [(dot.get("cx"), dot.get("cy")) for dot in svg.findall(f"{SVG}circle")]
        assert len(dots) == MOST
        assert len(set(dots)) > 0.9 * MOST

    def test_nobody_and_somebody_alone(self) -> None:
        assert words(ElementTree.fromstring(picture([], []))) == []
        assert "Ada" in words(
            ElementTree.fromstring(picture([Dot("a", 0, 0, "Person", "Ada")], []))
        )


class TestBundles:
    """Text for everybody, HTML for notebooks, nothing made that nobody looks at."""

    def test_of_a_graph(self) -> None:
        graph = kg.build(TALKS)
        shown = graph._repr_mimebundle_()
        assert set(shown) == {"text/plain", "text/html"}
        assert shown["text/plain"] == repr(graph)
        assert "<iframe" in shown["text/html"]

    def test_html_is_not_made_for_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(notebook, "framed", None)  # calling it would fail
        assert set(TALKS._repr_mimebundle_(include=("text/plain",))) == {"text/plain"}
        assert set(TALKS._repr_mimebundle_(exclude=("text/html",))) == {"text/plain"}

    def test_of_a_document(self) -> None:
        shown = TALKS._repr_mimebundle_()
        assert shown["text/plain"].startswith(f"<Document {TALKS.id}: 1 document, 5 entities")
        assert {"Macron", "Poland"} <= set(words(drawn(shown["text/html"])))

    def test_of_a_network_and_of_what_networkx_makes_of_it(self) -> None:
        whole = network([TALKS])
        assert isinstance(whole, networkx.MultiDiGraph)
        shown = whole._repr_mimebundle_()
        assert shown["text/plain"] == "Network with 5 nodes and 3 edges"
        assert {"Macron", "Scholz", "negated"} <= set(words(drawn(shown["text/html"])))
        few = [node for node, data in whole.nodes(data=True) if data["label"] != "Starmer"]
        part = whole.subgraph(few)._repr_mimebundle_()["text/html"]
        assert "Starmer" not in words(drawn(part))
        assert "Network of 4 nodes and 2 edges" in part
        whole.add_edge(("odd", 1), HOSTILE)
        assert "alert(1)" not in re.sub("src=.*?>", "", whole._repr_html_())

    def test_of_counts_and_answers(self) -> None:
        counts = stats([TALKS])
        assert "<td" in counts._repr_html_()
        assert "planned" in counts._repr_html_()
        found = EmbeddedStore().query("SELECT ('<b>' AS ?x) {}")
        assert found._repr_mimebundle_() == {
            "text/plain": "x\n<b>\n1 row",
            "text/html": found._repr_html_(),
        }
        assert "&lt;b&gt;" in found._repr_html_()
        assert EmbeddedStore().query("ASK {}")._repr_mimebundle_() == {
            "text/plain": "yes",
            "text/html": "<p>yes</p>",
        }

    def test_of_nothing(self) -> None:
        assert "0 relations" in kg.KnowledgeGraph()._repr_html_()
        assert "<img" in Document("d1", "Nothing.")._repr_mimebundle_()["text/html"]


class TestOpened:
    """The picture and the caption are of what the page opens on."""

    @pytest.mark.parametrize(
        ("opening", "names", "said"),
        [
            (Opening(), {"Macron", "Scholz", "Starmer", "Poland"}, "5 entities, 3 relations"),
            (Opening(focus="Starmer", hops=1), {"Starmer", "Scholz"}, "2 of 5"),
            (Opening(focus="Starmer", hops=2), {"Starmer", "Scholz", "Macron"}, "3 of 5"),
            (Opening(focus="Macron"), {"Macron", "Scholz", "Starmer", "Poland"}, "5 entities"),
            (Opening(statuses=("planned",)), {"Macron", "Poland"}, "2 of 5"),
            (Opening(relations=("metWith",)), {"Macron", "Scholz", "Starmer"}, "3 of 5"),
            (
                Opening(relations=("meeting",)),
                {"Macron", "Scholz", "Starmer", "Poland"},
                "5 entities",
            ),
            (Opening(until="2024"), set(), "0 of 5 entities, 0 of 3 relations, 1 document"),
            (Opening(since="2025-02"), {"Macron", "Scholz", "Starmer", "Poland"}, "5 entities"),
        ],
    )
    def test_is_what_is_drawn(self, opening: Opening, names: set[str], said: str) -> None:
        dated = TALKS.but(date="2025-02-17")
        shown = Cell(page([dated], lexicon=shipped(), opening=opening))
        people = {"Macron", "Scholz", "Starmer", "Poland", "Paris"}
        assert people & set(words(drawn(shown._repr_html_()))) == names
        assert said in shown.words
        assert repr(shown) == f"<Page of {shown.words}>"
