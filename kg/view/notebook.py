"""What Jupyter shows for a graph: its page in a frame, and behind it a picture that always shows.

The page runs in a sandboxed frame of its own, so that it can touch neither the notebook nor its
cookies. Where a frame is taken out (a notebook that is not trusted, a code host) or runs no script,
the picture and the caption stay.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable
from html import escape

from kg.display import Displayed, bundle, plain
from kg.model import Document
from kg.relations import shipped
from kg.view.fold import data_of, folded
from kg.view.opened import opened
from kg.view.picture import Dot, Line, picture, placed
from kg.view.rows import caption, stats

HEIGHT = 640
LARGEST = 3_000_000
"""Characters that a cell may add to a notebook for its page; of a larger one only the picture."""

SANDBOX = "allow-scripts allow-downloads allow-popups"
_TRUST = (
    "If this is a picture that does not move, trust the notebook (in JupyterLab: File, Trust "
    "Notebook) or save the page: <code>g.save(&quot;page.html&quot;)</code>."
)
_TOO_LARGE = (
    "The page itself would make the notebook {size:.0f} MB larger; save it, "
    "<code>g.save(&quot;page.html&quot;)</code>, or show a part: "
    "<code>%kg show --focus NAME --hops 1</code>."
)


def framed(page: str, words: str, *, height: int = HEIGHT) -> str:
    """Return a page as HTML for a notebook's cell.

    Parameters
    ----------
    page
        A page of `kg.view.page`.
    words
        What the page shows, in a sentence.
    height
        In CSS pixels.

    Examples
    --------
    >>> import kg
    >>> cell = framed(kg.KnowledgeGraph().page(), "0 entities")
    >>> cell.count("<iframe "), cell.count("<img "), cell.count("<script")
    (1, 1, 0)
    """
    small = folded(page)
    fits = len(small) <= LARGEST
    frame = (
        f'<iframe srcdoc="{escape(small)}" sandbox="{SANDBOX}" title="{escape(words)}" '
        'loading="lazy" style="position:absolute;left:0;top:0;width:100%;height:100%;border:0">'
        "</iframe>"
    )
    advice = _TRUST if fits else _TOO_LARGE.format(size=len(small) / 1e6)
    return (
        f'<div style="position:relative;height:{height if fits else "auto"}px;overflow:hidden;'
        'resize:vertical;border:1px solid #8884;border-radius:8px;background:#fbfcfd">'
        f"{pictured(page, words)}{frame if fits else ''}</div>"
        f"{captioned(words, advice)}"
    )


def pictured(page: str, words: str) -> str:
    """Return the graph of a page as a picture that needs no script, an ``<img>``."""
    data = data_of(page)
    colours = {relation["name"]: relation["colour"] for relation in data["facts"]["relations"]}
    seen = opened(data)
    dots = [
        Dot(node["id"], node["x"], node["y"], node["type"], node["name"]) for node in seen.nodes
    ]
    lines = [
        Line(edge["from"], edge["to"], colours[edge["type"]], edge["status"]) for edge in seen.edges
    ]
    is_large = data["nodes"]["rows"] > data["facts"]["placed"]
    return image(placed(dots, lines) if is_large else dots, lines, words)


def image(dots: Iterable[Dot], lines: Iterable[Line], words: str) -> str:
    """Return a drawn graph as an ``<img>`` that carries its own picture."""
    drawn = b64encode(picture(list(dots), list(lines)).encode()).decode()
    return (
        f'<img alt="{escape(words)}" src="data:image/svg+xml;base64,{drawn}" '
        'style="display:block;width:100%;height:100%;object-fit:contain">'
    )


def captioned(words: str, advice: str = "") -> str:
    """Return what stands under a picture; ``advice`` is HTML."""
    return f'<p style="margin:.4em 0;font-size:90%">{escape(words)}. {advice}</p>'


class Cell(Displayed):
    """A page that a notebook shows, with how much is on it.

    Parameters
    ----------
    page
        A page of `kg.view.page`.

    Examples
    --------
    >>> import kg
    >>> Cell(kg.KnowledgeGraph().page())
    <Page of 0 entities, 0 relations, 0 documents>
    """

    def __init__(self, page: str) -> None:
        self.page = page
        self.words = opened(data_of(page)).words

    def __repr__(self) -> str:
        return f"<Page of {self.words}>"

    def _repr_html_(self) -> str:
        return framed(self.page, self.words)


def of_document(
    document: Document,
    include: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
) -> dict[str, str]:
    """Return what a notebook shows of a document: its page, and how much was found in it."""
    words = caption(stats([document]))

    def html() -> str:
        from kg.view.page import page  # noqa: PLC0415  # pyvis takes a while to load

        return framed(page([document], lexicon=shipped(), title=document.id), words)

    return bundle(lambda: f"<Document {plain(document.id)}: {words}>", html, include, exclude)
