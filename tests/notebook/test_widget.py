"""What Python reads of a page, without a browser: `test_lab` has the whole way."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

import kg
from kg.errors import MissingExtra, UnknownName
from kg.notebook import explore
from kg.notebook.selection import Selection, Shown
from kg.notebook.widget import Explorer
from tests.build import doc

TALKS = doc(
    "🕊 Macron met Scholz in Paris. Macron will visit Poland.",
    people=["Macron", "Scholz"],
    places=["Paris"],
    countries=["Poland"],
    relations=["metWith: Macron > Scholz", "visited: Macron > Poland (planned)"],
)
met, *_ = TALKS.relations
place = next(entity.id for entity in TALKS.entities if entity.name == "Paris")
TALKS = TALKS.but(relations=(replace(met, place=place), *TALKS.relations[1:]))


@pytest.fixture
def widget() -> Explorer:
    return explore(kg.build(TALKS))


def test_what_the_page_tells_is_read_as_facts(widget: Explorer) -> None:
    heard: list[Selection] = []
    widget.on_select(heard.append)
    key = widget._shown.key("macron")
    widget.told = {"focus": key, "edges": ["e0", "e1"]}
    assert widget.focus == "Macron"
    assert widget.wanted == {}  # what the page said is not said back to it
    facts = {(row.relation, row.object): row for row in widget.selection.facts}
    assert facts["metWith", "Scholz"].evidence == "🕊 Macron met Scholz in Paris."
    assert facts["metWith", "Scholz"].place == "Paris"
    assert facts["visited", "Poland"].status == "planned"
    assert facts["visited", "Poland"].document == TALKS.id
    assert widget.selection.entities == ["Macron", "Scholz", "Poland"]
    assert [found.focus for found in heard] == ["Macron"]
    assert "Macron met Scholz" in widget.selection._repr_html_()
    assert widget.selection._repr_mimebundle_()["text/plain"].startswith("Facts of Macron\n")


def test_python_leads_the_page(widget: Explorer) -> None:
    widget.focus = "scholz"
    assert widget.focus == "Scholz"
    key = widget._shown.key("Scholz")
    assert widget.wanted["link"].startswith("#focus=https%3A%2F%2F")
    turn = widget.wanted["turn"]
    widget.told = {"focus": None, "edges": []}  # somebody clicked beside it
    assert widget.focus is None
    widget.focus = "Scholz"
    assert widget.wanted["turn"] == turn + 1  # so the page is led there again
    assert widget._shown.name(key) == "Scholz"
    widget.focus = None
    assert widget.wanted["link"] == "#"
    with pytest.raises(UnknownName, match="did you mean 'Scholz'"):
        widget.focus = "Sholz"
    assert widget.focus is None


@pytest.mark.parametrize(
    "told",
    [
        {"focus": "javascript:alert(1)", "edges": ["e99", "__proto__", None, 3, ["e0"]]},
        {"focus": 3, "edges": [{}]},
        {"focus": ["x"]},
        {},
    ],
)
def test_what_no_page_of_ours_tells_selects_nothing(
    widget: Explorer, told: dict[str, object]
) -> None:
    widget.told = told
    assert widget.focus is None
    assert widget.selection == Selection(None, widget.selection.facts[:0])


def test_where_no_widget_is_shown_there_is_the_picture(widget: Explorer) -> None:
    bundle, _ = widget._repr_mimebundle_()
    assert bundle["text/plain"] == "<Explorer of 4 entities, 2 relations, 1 document>"
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "data:image/svg+xml;base64," in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


def test_a_part_of_a_graph_can_be_explored() -> None:
    graph = kg.build(TALKS)
    part = explore(graph.page(status=("planned",)), height=400)
    assert part.height == 400
    assert part.words == "2 of 4 entities, 1 of 2 relations, 1 document"
    assert Shown(graph.page()).name("nobody") is None


def test_without_anywidget_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "kg.notebook.widget")
    with pytest.raises(MissingExtra, match=r"pip install 'news-kg\[jupyter\]'"):
        explore(kg.build(TALKS))
