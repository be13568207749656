"""Whether a graph is what we promise: SHACL shapes, and what shapes cannot say.

The shapes look at each named graph by itself, because a document must hold together alone, and at
the default graph. Then: is every plain triple asserted as actual by some document, does every such
assertion show as a plain triple, and do the quoted words stand in the text where they are said to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from kg.rdf.ontology import shapes
from kg.relations import Lexicon, shipped
from kg.vocab import KG, OA, RDFS, SCHEMA, compact

MERGED = "merged knowledge"
AT_ONCE = 2_000  # lines that are parsed at once


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is not as it should be.

    ``graph`` is the named graph it is in, or "merged knowledge"; ``node`` is the IRI of what is
    wrong; ``message`` says what, in a sentence.
    """

    graph: str
    node: str
    message: str

    def __str__(self) -> str:
        return f"{compact(self.node)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    Examples
    --------
    >>> print(Report(()))
    The graph conforms.
    """

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def __str__(self) -> str:
        if self.conforms:
            return "The graph conforms."
        lines = "\n".join(f"  {finding}" for finding in self.findings)
        return f"The graph does not conform, {len(self.findings)} findings:\n{lines}"


def validate(dataset: bytes | Iterable[str], *, lexicon: Lexicon | None = None) -> Report:
    """Check a dataset against the shapes of a lexicon.

    Parameters
    ----------
    dataset
        N-Quads: all of them as ``store.dump()`` gives them, or line by line as ``store.quads()``
        does, graph by graph; then only one document and the merged knowledge are held at a time.
    lexicon
        The lexicon it was built with; the shipped one by default.

    Returns
    -------
    Report
        With one finding for each thing that is wrong, sorted.

    Examples
    --------
    >>> validate(b"").conforms
    True
    """
    known = shipped() if lexicon is None else lexicon
    rules = rdflib.Graph().parse(data=shapes(known), format="turtle")
    relations = {KG.iri + name for name in known}
    plain: set[Row] = set()
    asserted: set[Row] = set()
    found: set[Finding] = set()
    for store in _graph_by_graph(dataset):
        found.update(_shape_findings(store, rules))
        plain |= {row for row in _rows(store, _PLAIN) if row[1] in relations}
        asserted |= _rows(store, _ASSERTED)
        for sparql, message in _CHECKS:
            found.update(Finding(graph, node, message) for graph, node in _rows(store, sparql))
    for subject, predicate, _ in plain - asserted:
        name = predicate.removeprefix(KG.iri)
        message = f"a plain '{name}' that no document asserts as actual"
        found.add(Finding(MERGED, subject, message))
    for subject, predicate, _ in asserted - plain:
        name = predicate.removeprefix(KG.iri)
        found.add(Finding(MERGED, subject, f"an actual '{name}' does not show as a plain triple"))
    return Report(tuple(sorted(found)))


Row = tuple[str, ...]


def _graph_by_graph(dataset: bytes | Iterable[str]) -> Iterator[ox.Store]:
    """Yield a store for each graph, with nothing else in it; each graph stands alone."""
    if isinstance(dataset, bytes):
        quads = list(ox.parse(dataset, format=ox.RdfFormat.N_QUADS))
        quads.sort(key=_name)
        yield from map(_stored, (inside for _, inside in groupby(quads, key=_name)))
        return
    lines = iter(dataset)
    batches = iter(lambda: "".join(islice(lines, AT_ONCE)), "")
    parsed = (quad for text in batches for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS))
    yield from map(_stored, (inside for _, inside in groupby(parsed, key=_name)))


def _stored(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def _name(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value


def _shape_findings(store: ox.Store, rules: rdflib.Graph) -> Iterator[Finding]:
    for name in (ox.DefaultGraph(), *store.named_graphs()):
        where = MERGED if isinstance(name, ox.DefaultGraph) else name.value
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
        lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        if not lines:
            continue
        data = rdflib.Graph().parse(data=lines.decode(), format="nt")
        _, report, _ = pyshacl.validate(data, shacl_graph=rules, allow_warnings=False)
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
            node = report.value(result, SH.focusNode)
            said = report.value(result, SH.resultMessage)
            yield Finding(where, str(node), str(said))


def _rows(store: ox.Store, sparql: str) -> set[Row]:
    found = store.query(sparql)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(str(term).strip("<>") for term in solution) for solution in found}


_ASSERTED = f"""
SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH ?graph {{
  ?node <{KG.subject}> ?s ; <{KG.relation}> ?p ; <{KG.object}> ?o ; <{KG.status}> <{KG.actual}> ;
        <{KG.basis}> <{KG.text}> .
  FILTER NOT EXISTS {{ ?node <{KG.former}> true }}
}} }}"""

_PLAIN = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(ISIRI(?o)) }"

_MISPLACED = f"""
SELECT ?graph ?node WHERE {{ GRAPH ?graph {{
  ?graph <{SCHEMA.text}> ?text .
  ?node <{OA.hasSelector}> [ <{OA.start}> ?start ; <{OA.end}> ?end ] ;
        <{OA.hasSelector}> [ <{OA.exact}> ?exact ] .
  FILTER(SUBSTR(?text, ?start + 1, ?end - ?start) != ?exact)
}} }}"""

_OTHER_WORDS = f"""
SELECT ?graph ?node WHERE {{ GRAPH ?graph {{
  ?node <{KG.quote}> ?quote ; <{KG.evidence}>/<{OA.hasSelector}>/<{OA.exact}> ?exact .
  FILTER(?quote != ?exact)
}} }}"""

_NAMELESS = f"""
SELECT DISTINCT ?graph ?node WHERE {{ GRAPH ?graph {{
  ?node <{KG.subject}>|<{KG.object}>|<{KG.place}>|<{KG.speaker}>|<{KG.addressee}> ?entity .
  FILTER NOT EXISTS {{ ?entity <{RDFS.label}> ?label }}
}} }}"""


_CHECKS = (
    (_MISPLACED, "its exact words do not stand there in the text"),
    (_OTHER_WORDS, "its quote is not its evidence"),
    (_NAMELESS, "names something without a label"),
)
