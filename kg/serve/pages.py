"""Pages to read, without a script: one thing, one document, lists of both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import DictLoader, Environment, StrictUndefined

from kg.model import Span
from kg.relations import Lexicon, entity_types
from kg.serve import facts
from kg.serve.facts import Item
from kg.store.embedded import EmbeddedStore
from kg.view.content import clean

TEMPLATES = ("frame", "parts", "entity", "document", "browse", "query", "problem")
FACTS = 300
"""Facts on the page of a thing at most; all of them are in the JSON."""

LIST = 50


class Piece(NamedTuple):
    """A stretch of a text that is shown in one way throughout."""

    words: str
    link: str
    marked: bool
    anchors: tuple[str, ...]


def entity(store: EmbeddedStore, found: Item, lexicon: Lexicon) -> bytes:
    """Return the page of a thing: its names, what is said of it and in which words."""
    told = facts.relations(store, entity=found["iri"], limit=FACTS)
    return _drawn(
        "entity.html",
        store,
        thing=found,
        groups=_grouped(told[:FACTS], lexicon),
        more=len(told) > FACTS,
        said=facts.statements(store, found["iri"]),
        title=clean(found["name"]),
    )


def document(store: EmbeddedStore, found: Item, lexicon: Lexicon) -> bytes:
    """Return the page of a document: its text, with what is said of whom marked in it."""
    told = facts.relations(store, document=found["iri"], limit=1000)
    link = linker(store.base)
    return _drawn(
        "document.html",
        store,
        document=found,
        source=found["source"] or {},
        pieces=pieces(found, link),
        groups=_grouped(told, lexicon),
        title=clean((found["source"] or {}).get("title") or found["id"]),
    )


def browse(store: EmbeddedStore, *, name: str, kind: str, documents: bool, offset: int) -> bytes:
    """Return the page that lists things, or documents, by name."""
    if documents:
        items = facts.documents(store, name=name, limit=LIST, offset=offset)
    else:
        known = kind if kind in entity_types() else ""
        items = facts.entities(store, name=name, kind=known, limit=LIST, offset=offset)
    given = {"q": name, "type": kind, "list": "documents" if documents else ""}
    asked = {name: value for name, value in given.items() if value}

    def at(place: int) -> str:
        return "/browse?" + urlencode(asked | {"from": str(place)})

    return _drawn(
        "browse.html",
        store,
        items=items[:LIST],
        documents=documents,
        name=name,
        kind=kind,
        counts=facts.counts(store),
        before=at(max(0, offset - LIST)) if offset else "",
        after=at(offset + LIST) if len(items) > LIST else "",
        title="Documents" if documents else "Who and what is there",
    )


@cache
def editor() -> bytes:
    """Return the page with the query editor, the same for every graph."""
    return _environment().get_template("query.html").render(title="Query", here="query").encode()


def problem(status: int, detail: str) -> bytes:
    """Return a page that says what is wrong."""
    page = _environment().get_template("problem.html")
    return page.render(title="Not possible", here="", status=status, detail=detail).encode()


def _drawn(template: str, store: EmbeddedStore, **given: Any) -> bytes:
    here = "browse" if template == "browse.html" else ""
    page = _environment().get_template(template)
    return page.render(
        link=linker(store.base), types=entity_types(), clean=clean, here=here, **given
    ).encode()


@cache
def _environment() -> Environment:
    folder = files("kg.serve") / "html"
    texts = {f"{name}.html": (folder / f"{name}.html").read_text("utf-8") for name in TEMPLATES}
    return Environment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def linker(base: str) -> Any:
    """Return what gives the address here of an IRI of the graph.

    Examples
    --------
    >>> linker("https://example.org/")("https://example.org/person/x")
    '/id/person/x'
    >>> linker("https://example.org/")("http://other.org/x")
    '/entity?iri=http%3A%2F%2Fother.org%2Fx'
    """

    def link(iri: str) -> str:
        if not iri.startswith(base):
            return "/entity?" + urlencode({"iri": iri})
        path, hash_, fragment = iri[len(base) :].partition("#")
        place = "/id/" + quote(path, safe="/:@!$&'()*+,;=~")
        return place + (f"#{quote(fragment, safe='=,')}" if hash_ else "")

    return link


def _grouped(told: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """Put facts that say the same together, with all their quotations; best attested first."""
    groups: dict[tuple[str, ...], Item] = {}
    for fact in told:
        ends = (fact["subject"]["iri"], fact["object"]["iri"])
        known = fact["relation"] in lexicon
        if known and lexicon[fact["relation"]].symmetric:
            ends = (min(ends), max(ends))
        key = (fact["relation"], *ends, fact["status"], str(fact["title"]), str(fact["former"]))
        label = lexicon[fact["relation"]].label if known else fact["relation"]
        colour = lexicon[fact["relation"]].colour if known else "#667788"
        group = groups.setdefault(key, fact | {"label": label, "colour": colour, "places": []})
        group["places"].append(fact)
    order = {status: place for place, status in enumerate(("actual", "planned", "possible"))}
    return sorted(
        groups.values(),
        key=lambda group: (
            group["basis"] == "background",
            order.get(group["status"], 9),
            -len({place["evidence"]["document"] for place in group["places"]}),
        ),
    )


def pieces(document: Item, link: Any) -> list[Piece]:
    """Cut a text where a mention or a piece of evidence begins or ends."""
    text: str = document["text"]
    quoted = {Span(*relation["evidence"]) for relation in document["relations"]}
    quoted |= {Span(*statement["quote"]) for statement in document["statements"]}
    named = sorted(
        (Span(*span), entity["iri"])
        for entity in document["entities"]
        for span in entity["mentions"]
        if entity["iri"]
    )
    cuts = {0, len(text)}
    for span in (*quoted, *(span for span, _ in named)):
        cuts |= {span.start, span.end}
    starts: dict[int, list[str]] = {}
    for span in sorted(quoted):
        starts.setdefault(span.start, []).append(f"char={span.start},{span.end}")
    places = sorted(cuts)
    inside = _covered(places, quoted)
    links = _links(places, named)
    return [
        Piece(
            text[start:end],
            link(links[start]) if start in links else "",
            start in inside,
            tuple(starts.get(start, ())),
        )
        for start, end in pairwise(places)
    ]


def _covered(places: Sequence[int], spans: set[Span]) -> set[int]:
    """Return the places from which on some span covers the text."""
    depth, found = 0, set()
    opened: dict[int, int] = {}
    for span in spans:
        if span.start < span.end:
            opened[span.start] = opened.get(span.start, 0) + 1
            opened[span.end] = opened.get(span.end, 0) - 1
    for place in places:
        depth += opened.get(place, 0)
        if depth:
            found.add(place)
    return found


def _links(places: Sequence[int], named: Sequence[tuple[Span, str]]) -> dict[int, str]:
    """Return whom the text names from each place on; of two at one place the longer."""
    found: dict[int, str] = {}
    by_length = sorted(named, key=lambda entry: (entry[0].end - entry[0].start, entry))
    position = {place: number for number, place in enumerate(places)}
    for span, iri in by_length:
        for number in range(position[span.start], position[span.end]):
            found[places[number]] = iri
    return found
