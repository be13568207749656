"""The interactive page: one HTML file that works by double click, offline, without one request.

pyvis writes the graph; the template, the script and the style are ours, because pyvis's own page
asks other hosts for files and runs text of the articles as HTML. Everything that comes from a
document stands as JSON in a block that no browser runs, and a Content Security Policy names the
hash of each script, so that nothing else could run even if it got in.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kg.model import Document
from kg.relations import Lexicon
from kg.view.content import Content, clean, content
from kg.view.drawing import Drawing
from kg.view.marks import Marks, drawn
from kg.view.opening import Opening
from kg.view.pack import packed, script_json
from kg.view.where import atlas

SCRIPTS = (
    "dom", "model", "state", "filters", "link", "linkparts", "timeline", "place", "scene",
    "bundles", "canvas", "communities", "marks", "labels", "bubbles", "legend", "chips", "search",
    "sources", "detail", "fact", "entity", "overview", "passages", "article", "documents", "side",
    "print", "grid", "chronicle", "outlines", "map", "mapview", "narrowing", "tables", "paths",
    "export", "picture", "tablefile", "host", "live", "start",
)  # fmt: skip
STYLES = ("page", "graph", "views", "side", "marks", "modes")
FIRST_LIT = "#marks=lit1"
LARGEST = 5_000  # entities of which a page holds all, even if it opens on few


def page(
    documents: Sequence[Document],
    *,
    lexicon: Lexicon,
    title: str = "Knowledge graph",
    note: str = "",
    opening: Opening | None = None,
    marks: Marks | None = None,
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
    opening
        What it opens on, and narrowed to what. It holds everything all the same, so that whoever
        gets the file can take the filters off; only of more than `LARGEST` entities it holds
        nothing but the neighbourhood that is asked for, and says so.
    marks
        What an analysis found, to be drawn over it.

    Returns
    -------
    str
        The HTML; the same for the same input. Write it as UTF-8.

    Raises
    ------
    UnknownName
        If the opening names an entity, relation, status or view that there is not.
    """
    shown = content(documents, lexicon)
    opens = (opening or Opening()).checked(lexicon)
    if opens.focus is not None:
        opens = replace(opens, focus=shown.node(opens.focus).key)
        if opens.hops and len(shown.nodes) > LARGEST:
            number = len(shown.nodes)
            shown = shown.around(opens.focus or "", opens.hops)
            note = f"{note} {_cut(number, shown)}".strip()
    network = _Page(shown, lexicon)
    network.facts |= {
        "title": clean(title), "note": note, "opens": opens.link(), "map": atlas(shown),
    }  # fmt: skip
    if marks is not None:
        told = drawn(marks, {node.key: node.id for node in shown.nodes})
        network.facts["marks"] = told
        only_lit = told["paths"] and not (told["groups"] or told["values"])
        if only_lit and not network.facts["opens"]:
            network.facts["opens"] = FIRST_LIT
    html: str = network.generate_html()
    return html


def _cut(number: int, shown: Content) -> str:
    return (
        f"The page holds the {len(shown.nodes):,} entities asked for, of {number:,}: "
        "all of them would make it too large."
    )


class _Page(Drawing):
    """The whole page."""

    def generate_html(
        self, name: str = "page.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return the page; the arguments are pyvis's and change nothing here."""
        script, library, style = _script(), _library(), _style()
        data = {"nodes": packed(self.nodes), "edges": packed(self.edges), "facts": self.facts}
        template = self.templateEnv.get_template(self.path)
        written = template.render(
            title=self.facts["title"],
            note=self.facts["note"],
            policy=_policy([library, script], [style]),
            style=style,
            data=script_json(data),
            library=library,
            script=script,
        )
        # Half a character, as broken text may hold one, cannot be written as UTF-8.
        return re.sub("[\ud800-\udfff]", "\ufffd", written)


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
