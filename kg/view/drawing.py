"""The graph of a page as pyvis holds it: pictures, places, lines and what stands behind them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from pyvis.network import Network

from kg.model import ENTITY_TYPES, STATUSES
from kg.relations import Lexicon, entity_types
from kg.view.communities import communities
from kg.view.content import Article, Content, Node, country_of
from kg.view.icons import icon
from kg.view.layout import positions
from kg.view.marks import rings
from kg.view.pack import packed, row_of

LINE, LINES = 20, 3  # characters of a line, lines of a label
LINE_HEIGHT, NAME_LETTER, LETTER = 16, 7.2, 7  # pixels: a line and a letter of a name, a relation's
PLACED = 300  # entities that are placed here
WHOLE = 1500  # entities that are drawn all at once; of more, groups are


class _Ids(list[str]):
    """The ids of a network, found at once: pyvis looks there for each node and each end."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def append(self, found: str) -> None:
        super().append(found)
        self._known.add(found)

    def __contains__(self, found: object) -> bool:
        return found in self._known


class Drawing(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network of what a page shows; written with our template."""

    def __init__(self, shown: Content, lexicon: Lexicon) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.path = "page.html"
        template = (files("kg.view") / "page.html").read_text(encoding="utf-8")
        self.templateEnv = Environment(
            loader=DictLoader({self.path: template}), autoescape=True, undefined=StrictUndefined
        )
        self.options: dict[str, object] = {}
        self.node_ids = _Ids()
        groups, inside = communities(shown, deep=len(shown.nodes) > WHOLE)
        pictures = self._draw_nodes(shown, lexicon, inside)
        signs = {kind: pictures.setdefault(icon(kind, ""), len(pictures)) for kind in ENTITY_TYPES}
        self._draw_edges(shown)
        colours, dashes = rings()
        self.facts: dict[str, Any] = {
            "icons": list(pictures),
            "signs": signs,
            "articles": packed([_article(article) for article in shown.articles]),
            "quotes": packed([row_of(quote) for quote in shown.quotes]),
            "evidence": packed([row_of(seen) for edge in shown.edges for seen in edge.evidence]),
            "groups": packed([row_of(group) for group in groups]),
            "rings": colours,
            "dashes": dashes,
            "placed": PLACED,
            "whole": WHOLE,
            "types": _types(),
            "relations": _relations(shown, lexicon),
            "statuses": list(STATUSES),
        }

    def _draw_nodes(
        self, shown: Content, lexicon: Lexicon, inside: list[int | None]
    ) -> dict[str, int]:
        """Add the nodes; return their pictures, each once, with its number."""
        flags = {
            node.id: node.iso3 or node.wikidata
            for node in shown.nodes
            if node.type in ("Country", "Organization")
        }
        country = country_of(shown, lexicon)
        pictures: dict[str, int] = {}
        places = _places(shown, lexicon)
        for node, (x, y), group in zip(shown.nodes, places, inside, strict=True):
            picture = icon(
                node.type,
                node.name,
                flag=flags.get(node.id),
                badge=flags.get(country.get(node.id, "")),
            )
            self.add_node(
                node.id,
                label="\n".join(label(node.name)),
                shape="image",
                x=x,
                y=y,
                size=_radius(node),
                picture=pictures.setdefault(picture, len(pictures)),
                group=group,
                **_without(row_of(node), "id"),
            )
        return pictures

    def _draw_edges(self, shown: Content) -> None:
        """Add the facts; how lines between the same two nodes fan out is up to the browser."""
        for edge in shown.edges:
            row = _without(row_of(edge), "source", "target") | {"evidence": len(edge.evidence)}
            self.add_edge(edge.source, edge.target, **row)


def _without(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in keys}


def _article(article: Article) -> dict[str, Any]:
    """Return an article with its mentions in one flat list: start, end, number of node, kind."""
    flat = [
        part
        for start, end, node, kind in article.mentions
        for part in (start, end - start, int(node[1:]), kind)
    ]
    return row_of(article) | {"mentions": flat}


def label(name: str) -> list[str]:
    """Break a name into lines that fit under a node; what is too long ends in an ellipsis.

    Examples
    --------
    >>> label("emergency talks of European leaders in Paris")
    ['emergency talks of', 'European leaders in', 'Paris']
    """
    rows = [""]
    for word in name.split(" "):
        pieces = [word[start : start + LINE] for start in range(0, len(word), LINE)] or [""]
        for piece in pieces:
            if rows[-1] and len(rows[-1]) + 1 + len(piece) > LINE:
                rows.append(piece)
            else:
                rows[-1] = f"{rows[-1]} {piece}".strip()
    if len(rows) > LINES:
        rows = [*rows[: LINES - 1], rows[LINES - 1][: LINE - 1] + "…"]
    return rows


def _radius(node: Node) -> float:
    return round(min(18 + 3.6 * node.degree**0.5, 36), 1) if node.degree else 15


def _places(shown: Content, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return where the pictures stand, with room for names below them and words on lines.

    Of many entities the browser places those that it draws, when it draws them.
    """
    if len(shown.nodes) > PLACED:
        return [(0, 0)] * len(shown.nodes)
    radii = {node.id: _radius(node) for node in shown.nodes}
    rows = [label(node.name) for node in shown.nodes]
    boxes = [
        (
            max(2 * radii[node.id], NAME_LETTER * max(map(len, own))) + 12,
            2 * radii[node.id] + LINE_HEIGHT * len(own) + 12,
        )
        for node, own in zip(shown.nodes, rows, strict=True)
    ]
    numbers = {node.id: place for place, node in enumerate(shown.nodes)}
    lines = []
    for edge in shown.edges:
        words = edge.title or (lexicon[edge.type].label if edge.type in lexicon else edge.type)
        room = LETTER * min(len(words), LINE) + 26
        length = radii[edge.source] + radii[edge.target] + room
        lines.append((numbers[edge.source], numbers[edge.target], length))
    return [
        (x, y - round(LINE_HEIGHT * len(own) / 2))
        for (x, y), own in zip(positions(boxes, lines), rows, strict=True)
    ]


def _types() -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "label": entry["label"],
            "plural": entry["plural"],
            "colour": entry["colour"],
        }
        for name, entry in entity_types().items()
    ]


def _relations(shown: Content, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Return the relation types that occur, in the order of the lexicon."""
    used = {edge.type for edge in shown.edges}
    known = [
        {
            "name": entry.name,
            "label": entry.label,
            "gloss": entry.gloss,
            "family": entry.family,
            "colour": entry.colour,
            "symmetric": entry.symmetric,
        }
        for entry in lexicon.values()
        if entry.name in used
    ]
    unknown = sorted(used - set(lexicon))
    return known + [
        {"name": name, "label": name, "gloss": "", "family": "other", "colour": "#667788",
         "symmetric": False}
        for name in unknown
    ]  # fmt: skip
