"""The interactive page: one HTML file that works by double click, offline, without one request.

pyvis writes the graph; the template, the script and the style are ours, because pyvis's own page
asks other hosts for files and runs text of the articles as HTML. Everything that comes from a
document stands as JSON in a block that no browser runs, and a Content Security Policy names the
hash of each script, so that nothing else could run even if it got in.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from pyvis.network import Network

from kg.model import ENTITY_TYPES, STATUSES, Document
from kg.relations import Lexicon, entity_types
from kg.view.content import Content, Edge, Node, clean, content, country_of
from kg.view.icons import icon
from kg.view.layout import positions

SCRIPTS = (
    "dom", "model", "state", "link", "timeline", "canvas", "labels", "legend", "chips", "search",
    "detail", "article", "tables", "paths", "export", "start",
)  # fmt: skip
STYLES = ("page", "graph", "views", "side")
LINE, LINES = 20, 3  # characters of a line, lines of a label
LINE_HEIGHT, NAME_LETTER, LETTER = 16, 7.2, 7  # pixels: a line and a letter of a name, a relation's
FAN = 0.18  # how far apart parallel lines bend


def page(
    documents: Sequence[Document],
    *,
    lexicon: Lexicon,
    title: str = "Knowledge graph",
    note: str = "",
    focus: str | None = None,
    hops: int | None = None,
) -> str:
    """Draw documents as one self-contained HTML page.

    Parameters
    ----------
    documents
        With entities and relations; entities are merged by ``iri``.
    lexicon
        Labels, colours and families of the relations.
    title
        Heading of the page.
    note
        A sentence under it, for instance about what is not shown.
    focus
        Name, alias or IRI of the entity to open on.
    hops
        With ``focus``: show only what is within so many relations of it.

    Returns
    -------
    str
        The HTML; the same for the same input. Write it as UTF-8.

    Raises
    ------
    UnknownName
        If there is no entity ``focus``.
    """
    shown = content(documents, lexicon)
    opened = shown.node(focus).key if focus is not None else None
    if opened is not None and hops is not None:
        shown = shown.around(opened, hops)
    network = _Page(shown, lexicon)
    network.facts |= {"title": clean(title), "note": note, "focus": opened}
    html: str = network.generate_html()
    return html


class _Page(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that is written with our template."""

    def __init__(self, shown: Content, lexicon: Lexicon) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.path = "page.html"
        template = (files("kg.view") / "page.html").read_text(encoding="utf-8")
        self.templateEnv = Environment(
            loader=DictLoader({self.path: template}), autoescape=True, undefined=StrictUndefined
        )
        self.options: dict[str, object] = {}
        pictures = self._draw_nodes(shown, lexicon)
        signs = {kind: pictures.setdefault(icon(kind, ""), len(pictures)) for kind in ENTITY_TYPES}
        self._draw_edges(shown)
        self.facts: dict[str, Any] = {
            "icons": list(pictures),
            "signs": signs,
            "articles": [asdict(article) for article in shown.articles],
            "quotes": [asdict(quote) for quote in shown.quotes],
            "types": _types(),
            "relations": _relations(shown, lexicon),
            "statuses": list(STATUSES),
        }

    def _draw_nodes(self, shown: Content, lexicon: Lexicon) -> dict[str, int]:
        """Add the nodes; return their pictures, each once, with its number."""
        flags = {
            node.id: node.iso3 or node.wikidata
            for node in shown.nodes
            if node.type in ("Country", "Organization")
        }
        country = country_of(shown, lexicon)
        pictures: dict[str, int] = {}
        for node, (x, y) in zip(shown.nodes, _places(shown, lexicon), strict=True):
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
                color=entity_types()[node.type]["colour"],
                x=x,
                y=y,
                size=_radius(node),
                picture=pictures.setdefault(picture, len(pictures)),
                entity=asdict(node),
            )
        return pictures

    def _draw_edges(self, shown: Content) -> None:
        """Add the edges, those between the same two nodes fanned out."""
        parallel: dict[frozenset[str], list[Edge]] = {}
        for edge in shown.edges:
            parallel.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
        for edge in shown.edges:
            siblings = parallel[frozenset((edge.source, edge.target))]
            bend = FAN * (siblings.index(edge) - (len(siblings) - 1) / 2)
            # The side a line bends to is counted from its own start.
            bend = round(bend if edge.source == siblings[0].source else -bend, 3)
            self.add_edge(
                edge.source,
                edge.target,
                id=edge.id,
                bend=bend,
                fact=asdict(edge),
            )

    def generate_html(
        self, name: str = "page.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return the page; the arguments are pyvis's and change nothing here."""
        script, library, style = _script(), _library(), _style()
        data = {"nodes": self.nodes, "edges": self.edges, "facts": self.facts}
        template = self.templateEnv.get_template(self.path)
        return template.render(
            title=self.facts["title"],
            note=self.facts["note"],
            policy=_policy([library, script], [style]),
            style=style,
            data=_json(data),
            library=library,
            script=script,
        )


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
    """Return where the pictures stand, with room for names below them and words on lines."""
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


def _json(data: object) -> str:
    """Write JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def _asset(name: str) -> str:
    return (files("kg.view") / "assets" / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    modules = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{modules}\n}})();\n'


@cache
def _style() -> str:
    return "\n".join(_asset(f"{name}.css") for name in STYLES)


@cache
def _library() -> str:
    """Return vis-network as the installed pyvis ships it."""
    folder = files("pyvis") / "lib" / "vis-9.1.2"
    text = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    # The address of a source map would be asked for as soon as someone opens the developer tools.
    return text.partition("//# sourceMappingURL=")[0]


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return a Content Security Policy that allows these scripts and styles and nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
