"""TriG and Turtle made to be read: sorted, prefixed, a document's own nodes as ``this:...``.

Oxigraph's own writer puts prefixes in an order that changes from run to run, and the nodes of a
document have long names; hence this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from kg.vocab import KG, RDF, RDFS, XSD

_ORDER = (
    RDF.type, RDFS.label, KG.documentId, KG.localId, KG.relation, KG.speaker, KG.subject,
    KG.object, KG.addressee, KG.status, KG.place, KG.date, KG.title, KG.former, KG.quote,
)  # fmt: skip
_RANK = {predicate: rank for rank, predicate in enumerate(_ORDER)}
_LETTERS = (
    "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"[{_LETTERS}]([{_LETTERS}/=,;.#~-]*[{_LETTERS}])?")
MOST_SEEN = 10_000
_ESCAPED = re.compile(r"[/=,;.#~]")


def natural(text: str) -> list[tuple[int, str]]:
    """Return a key by which relation-9 comes before relation-10."""
    pieces = re.split(r"([0-9]{1,9})", text)
    return [(int(p) if n % 2 else 0, p) for n, p in enumerate(pieces)]


def arranged(graph: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads of a named graph as one reads them: the document, what it knows, its nodes.

    Only what several quads share is compared further: most keys of the longer parts, which take
    long to make, are never needed.
    """
    about: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        about.setdefault(str(quad.subject).strip("<>"), []).append(quad)
    own = graph + "#"

    def place(subject: str) -> tuple[int, list[tuple[int, str]]]:
        if subject.startswith(own):
            return 2, natural(subject[len(own) :])
        return int(subject != graph), natural(subject)

    for subject in sorted(about, key=place):
        yield from one_by_one(about[subject])


def one_by_one(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads of one subject in the order of predicates and objects."""
    told: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        told.setdefault(quad.predicate.value, []).append(quad)
    for predicate in sorted(told, key=lambda name: (_RANK.get(name, len(_RANK)), name)):
        same = told[predicate]
        if len(same) > 1:
            same.sort(key=lambda quad: natural(str(quad.object)))
        yield from same


def written(
    graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph,
    quads: Iterable[ox.Quad],
    known: Mapping[str, str],
    used: set[str],
) -> Iterator[str]:
    """Yield a graph as TriG, subject by subject; the default graph alone is Turtle.

    Parameters
    ----------
    graph
        Its name.
    quads
        What is in it, arranged.
    known
        Prefixes that may be used.
    used
        Takes up those that are; `head` declares them.
    """
    if isinstance(graph, ox.DefaultGraph):
        yield from _nodes(quads, _Names(known, used), "")
        return
    own = {} if "#" in graph.value else {"this": f"{graph.value}#"}  # no IRI has two of them
    yield from (f"@prefix {name}: <{start}> .\n\n" for name, start in own.items())
    yield f"<{graph.value}> {{\n"
    yield from _nodes(quads, _Names({**known, **own}, used), "  ")
    yield "}\n\n"


def head(known: Mapping[str, str], used: set[str]) -> str:
    """Return what a file of TriG or Turtle starts with: the prefixes it uses."""
    declared = (
        f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(known.items()) if name in used
    )
    return "".join(declared) + "\n"


class _Names:
    """Shortens IRIs and remembers which prefixes that took."""

    def __init__(self, known: Mapping[str, str], used: set[str]) -> None:
        self.known = sorted(known.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used = used
        self.seen: dict[str, str] = {}

    def __call__(self, iri: str) -> str:
        if iri not in self.seen:
            if len(self.seen) > MOST_SEEN:
                self.seen.clear()
            self.seen[iri] = self.short(iri)
        return self.seen[iri]

    def short(self, iri: str) -> str:
        for name, start in self.known:
            if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
                self.used.add(name)
                return f"{name}:" + _ESCAPED.sub(r"\\\g<0>", iri[len(start) :])
        return f"<{iri}>"


def _nodes(quads: Iterable[ox.Quad], names: _Names, indent: str) -> Iterator[str]:
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        lines = []
        for predicate, same in groupby(about, key=lambda quad: quad.predicate):
            verb = "a" if predicate.value == RDF.type else names(predicate.value)
            lines.append(f"{verb} {', '.join(_term(quad.object, names) for quad in same)}")
        yield f"{indent}{_term(subject, names)} " + f" ;\n{indent}    ".join(lines) + " .\n\n"


def _term(term: Any, names: _Names) -> str:
    if isinstance(term, ox.NamedNode):
        return names(term.value)
    if not isinstance(term, ox.Literal) or term.language:
        return str(term)
    kind = term.datatype.value
    if kind == XSD.string:
        return str(term)
    if kind == XSD.boolean or (kind == XSD.integer and re.fullmatch(r"[+-]?[0-9]+", term.value)):
        return term.value
    return f"{ox.Literal(term.value)}^^{names(kind)}"
