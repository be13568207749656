"""A dataset as a file: trig, nq, jsonld with all graphs; ttl, nt with the merged knowledge.

Everything is sorted and there are no blank nodes, so the same dataset gives the same bytes. It is
written graph by graph: no more is held in memory than one document's graph and a run of the
merged knowledge, however much there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import pyoxigraph as ox

from kg.errors import UnknownName
from kg.rdf.sorting import in_order
from kg.rdf.turtle import arranged, head, natural, one_by_one, written
from kg.vocab import BASE, RDF, XSD, prefixes

FORMATS = ("trig", "nq", "jsonld", "ttl", "nt")
DEFAULT = ox.DefaultGraph()
AT_ONCE = 2_000
"""Lines that are parsed at once."""
SPOOL, RUN = 8 * 1024 * 1024, 4 * 1024 * 1024
"""Bytes of a file that are held before they go to disk; characters of what is sorted at once."""


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
    graphs: dict[str, dict[str, None]] = {}
    for quad in ox.parse(dataset, format=ox.RdfFormat.N_QUADS):
        name = "" if quad.graph_name == DEFAULT else quad.graph_name.value
        graphs.setdefault(name, {})[f"{quad} .\n"] = None
    lines = chain.from_iterable(graphs[name] for name in sorted(graphs))
    return b"".join(stream(lines, form, base=base))


def stream(
    quads: Iterable[str], form: str, *, base: str = BASE, room: Path | None = None
) -> Iterator[bytes]:
    """Yield what `dump` returns, piece by piece.

    Parameters
    ----------
    quads
        N-Quads line by line, as ``store.quads()`` gives them: first the default graph, then the
        named graphs one after the other, sorted by name; inside a graph in any order.
    form, base
        As for `dump`.
    room
        Folder for what does not fit in memory; the system's own by default.

    Raises
    ------
    UnknownName
        If there is no such format.
    """
    if form not in FORMATS:
        raise UnknownName("RDF format", form, FORMATS)
    if form == "nq":
        return (line.encode() for line in in_order(quads, room=room))
    graphs = _graphs(quads)
    if form == "nt":
        lines = (f"{quad.triple} .\n" for quad in _merged(graphs))
        return (line.encode() for line in in_order(lines, room=room))
    if form == "ttl":
        graphs = iter([(DEFAULT, _merged(graphs))])
    ordered = ((graph, _sorted(graph, inside, room)) for graph, inside in graphs)
    if form == "jsonld":
        return _jsonld(ordered, prefixes(base))
    return _with_head(ordered, prefixes(base), room)


Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Graphs = Iterator[tuple[Graph, Iterator[ox.Quad]]]


def _graphs(lines: Iterable[str]) -> Graphs:
    return groupby(_parsed(lines), key=lambda quad: quad.graph_name)


def _merged(graphs: Graphs) -> Iterator[ox.Quad]:
    """Return the quads of the default graph, which comes first if there is one."""
    graph, quads = next(graphs, (DEFAULT, iter(())))
    return quads if graph == DEFAULT else iter(())


def _sorted(graph: Graph, quads: Iterable[ox.Quad], room: Path | None) -> Iterator[ox.Quad]:
    """Sort the quads of a graph; that of a document is small, the merged knowledge may be not."""
    if not isinstance(graph, ox.DefaultGraph):
        return arranged(graph.value, quads)
    lines = in_order((f"{quad} .\n" for quad in quads), key=_subject, room=room, run=RUN)
    subjects = groupby(_parsed(lines), key=lambda quad: quad.subject)
    return chain.from_iterable(one_by_one(about) for _, about in subjects)


def _subject(line: str) -> list[tuple[int, str]]:
    return natural(line[1 : line.index(">")])


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    lines = iter(lines)
    while some := "".join(islice(lines, AT_ONCE)):
        yield from ox.parse(some, format=ox.RdfFormat.N_QUADS)


def _with_head(graphs: Graphs, known: dict[str, str], room: Path | None) -> Iterator[bytes]:
    """Yield TriG: first the prefixes, which are known when all the rest is written."""
    used: set[str] = set()
    with SpooledTemporaryFile(SPOOL, dir=None if room is None else str(room)) as body:
        for graph, quads in graphs:
            body.writelines(text.encode() for text in written(graph, quads, known, used))
        yield head(known, used).encode()
        left = max(0, body.tell() - 1)  # each piece ends with an empty line, the file with none
        body.seek(0)
        while left:
            piece = body.read(min(left, SPOOL))
            left -= len(piece)
            yield piece


def _jsonld(graphs: Graphs, known: dict[str, str]) -> Iterator[bytes]:
    """Yield what ``json.dumps(..., indent=1)`` gives for the whole, node by node."""
    context = {short: iri for short, iri in known.items() if short}
    yield f'{{\n "@context": {_indented(context, 1)},\n "@graph": ['.encode()
    between = "\n  "
    for graph, quads in graphs:
        nodes = _nodes(quads, context)
        if graph != DEFAULT:
            nodes = iter([{"@id": _id(graph), "@graph": list(nodes)}])
        for node in nodes:
            yield f"{between}{_indented(node, 2)}".encode()
            between = ",\n  "
    yield ("]\n}\n" if between == "\n  " else "\n ]\n}\n").encode()


def _indented(value: object, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + depth * " ")


def _nodes(quads: Iterable[ox.Quad], context: dict[str, str]) -> Iterator[dict[str, Any]]:
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, Any] = {"@id": _id(subject)}
        for quad in about:
            if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode):
                node.setdefault("@type", []).append(_short(quad.object.value, context))
            else:
                key = _short(quad.predicate.value, context)
                node.setdefault(key, []).append(_value(quad.object, context))
        yield node


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
