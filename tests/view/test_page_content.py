"""What a page shows, before it is drawn: merging, offsets, positions, and the file itself."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from kg.errors import UnknownName
from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.relations import Lexicon, parse, shipped
from kg.source import Source
from kg.view.content import clean, content, utf16
from kg.view.drawing import label
from kg.view.icons import flags, icon, initials
from kg.view.layout import positions
from kg.view.opening import Opening
from kg.view.page import _script, page
from kg.view.rows import caption, stats
from tests import strategies

LEXICON = Lexicon(
    parse(
        """
        [metWith]
        label = "met with"
        domain = ["Person"]
        range = ["Person"]
        symmetric = true
        colour = "#123456"
        """,
        "meeting.toml",
    )
    + parse(
        """
        [holdsPosition]
        label = "holds position"
        domain = ["Person"]
        range = ["Country"]
        colour = "#654321"
        """,
        "role.toml",
    )
)
MACRON, SCHOLZ, FRANCE = "http://x/macron", "http://x/scholz", "http://x/france"


def meeting(name: str, subject: str, object_: str, **fields: object) -> Document:
    """A document in which the first named meets the second."""
    text = f"{subject} met {object_} of France."
    second = text.index(object_, len(subject))
    france = text.index("France")
    iris = {"Macron": MACRON, "Scholz": SCHOLZ}
    return Document(
        id=name,
        text=text,
        entities=(
            Entity("e1", "Person", subject, _at(0, subject), iri=iris.get(subject)),
            Entity("e2", "Person", object_, _at(second, object_), iri=iris.get(object_)),
            Entity("e3", "Country", "France", _at(france, "France"), iso3="FRA", iri=FRANCE),
        ),
        relations=(
            replace(Relation("metWith", "e1", "e2", "actual", Span(0, len(text))), **fields),
        ),
    )


def _at(start: int, words: str) -> tuple[Mention, ...]:
    return (Mention(Span(start, start + len(words))),)


def data_of(html: str) -> dict[str, object]:
    """The data block of a page."""
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert block is not None
    found: dict[str, object] = json.loads(block[1], object_hook=rows)
    return found


def rows(found: dict[str, Any]) -> object:
    """What columns of the data block say, row by row."""
    if found.keys() != {"rows", "columns"}:
        return found
    columns = {}
    for key, column in found["columns"].items():
        if not isinstance(column, dict):
            columns[key] = column
        elif "all" in column:
            columns[key] = [column["all"]] * found["rows"]
        else:
            columns[key] = [column["of"][number] for number in column["at"]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def elements(html: str) -> list[str]:
    """The tags of a page, in their order."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            found.append(tag)

    Reader().feed(html)
    return found


def test_entities_with_one_iri_are_one_node_and_others_stay_apart() -> None:
    shown = content([meeting("a", "Macron", "Scholz"), meeting("b", "Macron", "Rutte")], LEXICON)
    assert [(node.name, node.mentions) for node in shown.nodes] == [
        ("Macron", 2), ("Scholz", 1), ("France", 2), ("Rutte", 1),
    ]  # fmt: skip
    assert shown.nodes[3].key == "b#e2"


def test_a_symmetric_fact_said_both_ways_is_one_edge_with_both_documents() -> None:
    shown = content([meeting("a", "Macron", "Scholz"), meeting("b", "Scholz", "Macron")], LEXICON)
    (edge,) = shown.edges
    assert (edge.source, edge.target) == ("n0", "n1")
    assert [seen.document for seen in edge.evidence] == [0, 1]


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"status": "negated"}, {"former": True}])
def test_what_is_planned_denied_or_past_is_an_edge_of_its_own(fields: dict[str, object]) -> None:
    documents = [meeting("a", "Macron", "Scholz"), meeting("b", "Macron", "Scholz", **fields)]
    assert len(content(documents, LEXICON).edges) == 2


def test_offsets_count_utf16_units_as_browsers_do() -> None:
    text = "😀 Macron met 🇫🇷 Scholz."
    place = utf16(text)
    for start, end in [(2, 8), (16, 22), (0, len(text))]:
        units = text.encode("utf-16-le")[2 * place(start) : 2 * place(end)]
        assert units.decode("utf-16-le") == text[start:end]


@given(strategies.documents())
def test_each_mention_and_evidence_cuts_the_same_words_from_the_page(document: Document) -> None:
    shown = content([document], LEXICON)
    (article,) = shown.articles
    units = article.text.encode("utf-16-le")

    def words(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le")

    expected = sorted(len(m.span.of(document.text)) for e in document.entities for m in e.mentions)
    assert sorted(len(words(*mention[:2])) for mention in article.mentions) == expected
    seen = [one for edge in shown.edges for one in edge.evidence]
    assert sorted(len(words(one.start, one.end)) for one in seen) == sorted(
        len(relation.evidence.of(document.text)) for relation in document.relations
    )


@given(strategies.documents())
def test_any_document_gives_a_page_whose_data_cannot_leave_its_block(document: Document) -> None:
    html = page([document], lexicon=LEXICON)
    assert elements(html) == elements(page([], lexicon=LEXICON))
    assert html == page([document], lexicon=LEXICON)
    html.encode("utf-8")
    facts = data_of(html)["facts"]
    assert isinstance(facts, dict)
    assert len(facts["articles"]) == 1


def test_names_lose_what_could_hide_or_reorder_the_words_beside_them() -> None:
    assert clean("Mac\u202eron\x00 \u2066of\u2069\nFrance\u200b") == "Macron of France"
    assert len(clean("x" * 10_000)) == 160


def test_labels_break_long_words_and_end_in_time() -> None:
    rows = label("x" * 10_000)
    assert len(rows) == 3
    assert max(map(len, rows)) <= 20
    assert label("NATO") == ["NATO"]


def test_the_policy_names_the_hash_of_each_script_and_style_and_nothing_else() -> None:
    html = page([meeting("a", "Macron", "Scholz")], lexicon=LEXICON)
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert found is not None
    policy = dict(
        directive.strip().split(" ", 1) for directive in unescape(found[1]).split(";") if directive
    )
    assert policy["default-src"] == "'none'"

    def hashes(tag: str) -> str:
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        digests = [b64encode(sha256(block.encode()).digest()).decode() for block in blocks]
        return " ".join(f"'sha256-{digest}'" for digest in digests)

    assert policy["script-src"] == hashes("script")
    assert policy["style-src"] == hashes("style")
    assert "unsafe" not in unescape(found[1])


def test_nothing_in_the_file_names_another_host_but_the_documents_links() -> None:
    source = Source(url="https://example.org/article", title="An article")
    html = page([replace(meeting("a", "Macron", "Scholz"), source=source)], lexicon=LEXICON)
    assert not re.search(r"""\b(?:src|href)\s*=\s*["'](?!data:)""", html)
    assert "sourceMappingURL" not in html
    assert "https://example.org/article" in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_source_that_is_no_web_address_is_no_link(url: str) -> None:
    document = replace(meeting("a", "Macron", "Scholz"), source=Source(url=url))
    assert content([document], LEXICON).articles[0].url is None


def test_focus_is_found_by_name_alias_or_iri_and_a_wrong_one_is_told() -> None:
    documents = [meeting("a", "Macron", "Scholz"), meeting("b", "Rutte", "Tusk")]
    for who in ("Macron", "macron", MACRON):
        html = page(documents, lexicon=LEXICON, opening=Opening(focus=who))
        assert data_of(html)["facts"]["opens"] == f"#focus={MACRON}"
    with pytest.raises(UnknownName, match="did you mean 'Macron'"):
        page(documents, lexicon=LEXICON, opening=Opening(focus="Macrom"))
    with pytest.raises(UnknownName, match="known are: Macron, Scholz, Rutte, Tusk"):
        page(documents, lexicon=LEXICON, opening=Opening(focus="xyz"))


def test_hops_keep_only_what_is_near() -> None:
    documents = [meeting("a", "Macron", "Scholz"), meeting("b", "Rutte", "Tusk")]
    shown = content(documents, LEXICON).around("Macron", 1)
    assert [node.name for node in shown.nodes] == ["Macron", "Scholz"]
    assert [mention[2] for article in shown.articles for mention in article.mentions] == [
        "n0",
        "n1",
    ]


def test_places_and_hearers_of_what_is_near_are_kept(gold_seed: Document) -> None:
    shown = content([gold_seed], LEXICON).around("Keith Kellogg", 1)
    known = {node.id for node in shown.nodes}
    assert "Brussels" in {node.name for node in shown.nodes}
    named = {seen.place for edge in shown.edges for seen in edge.evidence}
    named |= {quote.addressee for quote in shown.quotes} | {node.body for node in shown.nodes}
    assert named - {None} <= known


def test_a_person_wears_the_flag_of_the_country_whose_office_is_held() -> None:
    document = meeting("a", "Macron", "Scholz")
    office = Relation("holdsPosition", "e1", "e3", "actual", Span(0, 5), title="President")
    nodes = data_of(page([document.but(relations=(office,))], lexicon=LEXICON))
    past = data_of(page([document.but(relations=(replace(office, former=True),))], lexicon=LEXICON))
    pictures = [found["facts"]["icons"][found["nodes"][0]["picture"]] for found in (nodes, past)]
    assert [flags()["FRA"] in picture for picture in pictures] == [True, False]


def test_initials_are_written_as_text() -> None:
    assert initials("Ursula von der Leyen") == "UL"
    assert "<script" not in icon("Person", "<script> </script>")
    assert "&amp;" not in icon("Person", "& &")  # a sign is no initial


def test_statements_keep_their_speaker_and_words() -> None:
    document = meeting("a", "Macron", "Scholz").but(
        statements=(Statement("e1", Span(7, 10), "direct", "e2", "said"),)
    )
    (quote,) = content([document], LEXICON).quotes
    assert (quote.speaker, quote.addressee, quote.start, quote.end) == ("n0", "n1", 7, 10)


class TestPositions:
    """Where nodes stand."""

    def test_boxes_of_an_article_do_not_overlap(self, gold_seed: Document) -> None:
        facts = data_of(page([gold_seed], lexicon=LEXICON))
        boxes = []
        for node in facts["nodes"]:
            rows = node["label"].split("\n")
            half = max(node["size"], 3.4 * max(map(len, rows)))
            boxes.append(
                (node["x"] - half, node["y"] - node["size"],
                 node["x"] + half, node["y"] + node["size"] + 15 * len(rows))
            )  # fmt: skip
        clashes = [
            (one, other)
            for place, one in enumerate(boxes)
            for other in boxes[:place]
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert len(boxes) == 42
        assert clashes == []

    def test_leaves_of_a_hub_stand_all_around_it(self) -> None:
        places = positions([(60, 40)] * 13, [(0, leaf, 80) for leaf in range(1, 13)])
        (x, y), leaves = places[0], places[1:]
        assert len(set(leaves)) == 12
        assert min(leaf[0] for leaf in leaves) < x < max(leaf[0] for leaf in leaves)
        assert min(leaf[1] for leaf in leaves) < y < max(leaf[1] for leaf in leaves)

    def test_loops_parallel_lines_single_nodes_and_nothing_at_all(self) -> None:
        assert positions([], []) == []
        assert len(set(positions([(50, 50)] * 4, [(0, 1, 9), (1, 0, 90), (2, 2, 9)]))) == 4

    def test_a_large_graph_is_placed_too(self) -> None:
        lines = [(node, node // 3, 80.0) for node in range(1, 1500)]
        places = positions([(60, 40)] * 1500, lines)
        assert len(places) == 1500
        assert places == positions([(60, 40)] * 1500, lines)


def test_copies_of_one_story_are_one_source() -> None:
    first = Document("a", "Macron spoke.")
    copy = Document("b", "Macron spoke!", story=f"https://example.org/document/{first.sha256}")
    other = Document("c", "Scholz spoke.")
    assert [article.story for article in content([first, copy, other], shipped()).articles] == [
        0, 0, 2,
    ]  # fmt: skip
    assert [article.story for article in content([copy, other, first], shipped()).articles] == [
        0, 1, 0,
    ]  # fmt: skip
    counted = stats([first, copy, other])
    assert (counted.documents, counted.sources) == (3, 2)
    assert caption(counted).startswith("3 documents (2 independent), ")
    assert caption(stats([first, other])).startswith("2 documents, ")


def test_no_two_scripts_of_the_page_use_one_name() -> None:
    # They become one function: a second `const` of a name would keep all of it from running.
    names = re.findall(r"^(?:async )?(?:const|let|function|class) ([\w$]+)", _script(), re.M)
    assert len(names) > 100
    assert [name for name, times in Counter(names).items() if times > 1] == []
