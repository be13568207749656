"""A dataset as a file: trig, nq, jsonld with all graphs; ttl, nt with the merged knowledge.

Everything is sorted and there are no blank nodes, so the same dataset gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import UnknownName
from kg.rdf.turtle import order, written
from kg.vocab import BASE, RDF, XSD, prefixes

FORMATS = ("trig", "nq", "jsonld", "ttl", "nt")


def dump(dataset: bytes, form: str, *, base: str = BASE) -> bytes:
    """Write a dataset in one of the formats of RDF.

    Parameters
    ----------
    dataset
        N-Quads, as ``store.dump()`` gives them.
    form
        "trig", "nq" and "jsonld" hold everything; "ttl" and "nt" have no named graphs and hold
        the default graph, that is the merged knowledge.
    base
        The IRI that the prefix ``:`` stands for.

    Raises
    ------
    UnknownName
        If there is no such format.

    Examples
    --------
    >>> line = b"<https://w3id.org/news-kg/id/Q142> <https://w3id.org/news-kg/ns#iso3> 'FRA' ."
    >>> print(dump(line.replace(b"'", b'"'), "ttl").decode().splitlines()[-1])
    :Q142 kg:iso3 "FRA" .
    """
    if form not in FORMATS:
        raise UnknownName("RDF format", form, FORMATS)
    quads = list(ox.parse(dataset, format=ox.RdfFormat.N_QUADS))
    if form in ("ttl", "nt"):
        quads = [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
    known = prefixes(base)
    if form == "jsonld":
        return _jsonld(sorted(quads, key=order), known)
    if form in ("trig", "ttl"):
        return written(quads, known).encode()
    lines = {str(quad) for quad in quads} if form == "nq" else {str(q.triple) for q in quads}
    return "".join(f"{line} .\n" for line in sorted(lines)).encode()


def _jsonld(quads: Iterable[ox.Quad], known: dict[str, str]) -> bytes:
    context = {short: iri for short, iri in known.items() if short}
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in quads:
        default = isinstance(quad.graph_name, ox.DefaultGraph)
        nodes = graphs.setdefault("" if default else _id(quad.graph_name), {})
        subject = _id(quad.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        if quad.predicate.value == RDF.type:
            node.setdefault("@type", []).append(_short(_id(quad.object), context))
        else:
            key = _short(quad.predicate.value, context)
            node.setdefault(key, []).append(_value(quad.object, context))
    top: list[dict[str, Any]] = list(graphs.pop("", {}).values())
    top += [{"@id": name, "@graph": list(nodes.values())} for name, nodes in graphs.items()]
    record = {"@context": context, "@graph": top}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _id(term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} is no IRI, and a dataset of ours has nothing else here")
    return term.value


def _short(iri: str, context: dict[str, str]) -> str:
    for short, start in context.items():
        if iri.startswith(start):
            return f"{short}:{iri[len(start) :]}"
    return iri


def _value(term: object, context: dict[str, str]) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD.string:
        return term.value
    return {"@type": _short(term.datatype.value, context), "@value": term.value}
