"""What of a graph is drawn: every name of an article, bundles, and a large graph in parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kg.model import Document, Entity, Mention, Relation, Span
from kg.relations import shipped
from kg.view.content import content
from kg.view.drawing import label
from tests.browser import Open, Opened
from tests.networks import document

# What is written and which pictures are drawn, with their boxes on the screen, in the last frame.
WATCH = """() => {
  if (window.drawing) return;
  window.drawing = { words: [], pictures: [] };
  const pen = CanvasRenderingContext2D.prototype;
  const [write, clear, draw] = [pen.fillText, pen.clearRect, pen.drawImage];
  const box = (pen, left, top, right, bottom) => {
    const at = pen.getTransform();
    return [left * at.a + at.e, top * at.d + at.f, right * at.a + at.e, bottom * at.d + at.f];
  };
  pen.clearRect = function (...given) {
    window.drawing = { words: [], pictures: [] };
    clear.apply(this, given);
  };
  pen.fillText = function (text, x, y) {
    const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    const half = this.measureText(text).width / 2;
    const top = this.textBaseline === "top" ? y : y - size / 2;
    const upright = this.getTransform().b === 0;
    const seen = box(this, x - half, top, x + half, top + size);
    window.drawing.words.push({ text, upright, box: seen, letters: size * this.getTransform().d });
    write.call(this, text, x, y);
  };
  pen.drawImage = function (image, ...at) {
    const [x, y, width, height] = at.slice(-4);
    window.drawing.pictures.push(box(this, x, y, x + width, y + height));
    draw.call(this, image, ...at);
  };
}"""


@dataclass
class Drawn:
    """What the last frame holds."""

    words: list[dict[str, Any]]
    pictures: list[list[float]]

    @property
    def texts(self) -> list[str]:
        return [word["text"] for word in self.words]


def drawn(tab: Page) -> Drawn:
    """Draw all once more and look at it."""
    tab.evaluate(WATCH)
    tab.keyboard.press("f")
    tab.evaluate("() => new Promise((done) => setTimeout(done, 150))")
    found = tab.evaluate("() => window.drawing")
    return Drawn(found["words"], found["pictures"])


def overlap(one: list[float], other: list[float], slack: float) -> bool:
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )


@pytest.mark.parametrize("size", [(1440, 900), (1600, 1000)])
def test_every_name_of_an_article_is_written_and_hides_nothing(
    open_page: Open, gold_seed: Document, size: tuple[int, int]
) -> None:
    shown = open_page(gold_seed, size=size)
    found = drawn(shown.tab)
    nodes = content([gold_seed], shipped()).nodes
    lines = sorted(line for node in nodes for line in label(node.name))
    names = [word for word in found.words if word["upright"]]
    assert sorted(word["text"] for word in names) == lines
    assert len(found.pictures) == len(nodes)
    clashes = [
        (one["text"], other["text"])
        for one, other in combinations(names, 2)
        if overlap(one["box"], other["box"], 1.5)
    ]
    assert clashes == []
    behind = [
        word["text"]
        for word in names
        for picture in found.pictures
        if overlap(word["box"], picture, 4)
    ]
    assert behind == []
    assert min(word["letters"] for word in names) > 9


def circles(number: int, size: int) -> Document:
    """A document with rings of people, each with a hub; from ring to ring the hubs are tied."""
    text, entities, relations = "", [], []
    for ring in range(number):
        for place in range(size):
            name = f"Ring{ring} {'Hub' if place == 0 else 'Leaf'}{ring}x{place}"
            at = Span(len(text), len(text) + len(name))
            entities.append(Entity(f"e{ring}x{place}", "Person", name, (Mention(at),)))
            text += f"{name}. "
            other = f"e{(ring + 1) % number}x0" if place == 0 else f"e{ring}x0"
            relations.append(Relation("metWith", f"e{ring}x{place}", other, "actual", at))
    return Document(id="d", text=text, entities=tuple(entities), relations=tuple(relations))


class TestLarge:
    """A graph that is too large to be drawn whole."""

    @pytest.fixture
    def shown(self, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Opened:
        monkeypatch.setattr("kg.view.drawing.WHOLE", 400)
        return open_page(circles(14, 30))

    def test_it_opens_on_its_groups_and_leads_into_them_and_back(self, shown: Opened) -> None:
        chip = shown.tab.locator(".crumbs")
        expect(chip).to_contain_text("Overview")
        expect(chip).to_contain_text("420 entities in 14 groups")
        found = drawn(shown.tab)
        assert found.texts.count("30") == 14
        assert found.pictures == []
        assert any(re.match(r"Hub\d+x0", text) for text in found.texts)
        # By keyboard: to the first group, into it, and back.
        shown.tab.locator("#network").focus()
        shown.tab.keyboard.press("n")
        shown.tab.keyboard.press("Enter")
        expect(chip).to_contain_text("30 entities")
        expect(shown.tab.locator("#counts")).to_contain_text("30 of 420 entities")
        expect(shown.tab).to_have_url(re.compile(r"#.*community=\d+"))
        assert len(drawn(shown.tab).pictures) == 30
        shown.tab.keyboard.press("Escape")
        expect(chip).to_contain_text("in 14 groups")
        expect(shown.tab).not_to_have_url(re.compile("community"))
        # By the list of groups, and back by the way that is shown.
        shown.tab.get_by_label("Open a group").select_option(index=3)
        expect(chip).to_contain_text("30 entities")
        shown.tab.get_by_role("button", name="Overview").click()
        expect(chip).to_contain_text("in 14 groups")

    def test_a_search_shows_what_is_near_and_a_filter_what_it_leaves(self, shown: Opened) -> None:
        chip = shown.tab.locator(".crumbs")
        shown.search("Hub3x0")
        shown.tab.keyboard.press("Enter")
        expect(chip).to_contain_text("near Ring3 Hub3x0")
        expect(chip).to_contain_text("32 entities")  # itself, its 29 leaves, two hubs
        shown.tab.locator("#network").focus()
        shown.tab.keyboard.press("Escape")
        expect(chip).to_contain_text("in 14 groups")


def test_many_facts_between_two_are_one_line_until_one_of_the_two_is_selected(
    open_page: Open,
) -> None:
    text = "Ann met Bob."
    kinds = ["metWith", "spokeWith", "visited", "criticized", "supported", "aided", "briefed"]
    people = (
        Entity("a", "Person", "Ann", (Mention(Span(0, 3)),)),
        Entity("b", "Person", "Bob", (Mention(Span(8, 11)),)),
    )
    facts = [Relation(kind, "a", "b", "actual", Span(0, 12)) for kind in kinds]
    facts.append(Relation("metWith", "a", "b", "negated", Span(0, 12)))
    shown = open_page(Document(id="d", text=text, entities=people, relations=tuple(facts)))
    slanted = [text for text in drawn(shown.tab).texts if "+" in text]
    assert len(slanted) == 1
    assert slanted[0].endswith("+6")  # what is denied has its own line
    shown.tab.keyboard.press("n")
    texts = drawn(shown.tab).texts
    assert not [text for text in texts if "+" in text]
    assert {"spoke with", "supported", "briefed"} <= set(texts)


@pytest.mark.parametrize(("size", "least"), [((1400, 900), 12), ((420, 860), 8)])
def test_the_best_connected_have_names_even_in_a_crowd(
    open_page: Open, size: tuple[int, int], least: int
) -> None:
    best = [f"Hub{place}" for place in range(12)]
    ties = [tuple(pair) for pair in combinations(best, 2)]
    for place, hub in enumerate(best):  # the first is the best connected
        ties += [(hub, f"Leaf{(7 * place + leaf) % 60}") for leaf in range(40 - 2 * place)]
    shown = open_page(document(*ties), size=size)
    names = [word for word in drawn(shown.tab).words if word["text"] in best[:least]]
    assert sorted(word["text"] for word in names) == sorted(best[:least])
    clashes = [
        (one["text"], other["text"])
        for one, other in combinations(names, 2)
        if overlap(one["box"], other["box"], 1.5)
    ]
    assert clashes == []
