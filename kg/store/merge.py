"""The default graph: what all named graphs know together, each fact once.

In the graph of a document, what starts with the document's own IRI is about the text; the rest is
knowledge. The default graph is the union of the knowledge of all named graphs, with one
``rdfs:label`` for each thing (the best of all) and its other names as ``skos:altLabel``. So it is
a pure function of the named graphs: nothing is in it that no document supports.

Changes are SPARQL updates of one transaction each: a crash leaves the graph before or after.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.vocab import RDFS, SKOS, best_name

LABEL, ALIAS = ox.NamedNode(RDFS.label), ox.NamedNode(SKOS.altLabel)
DEFAULT = ox.DefaultGraph()

Triples = set[ox.Triple]
Subject = ox.NamedNode | ox.BlankNode | ox.Triple


def replace(store: ox.Store, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
    """Put a graph in place of the one of that name (or of none) and bring the default graph along.

    Parameters
    ----------
    store
        An open store.
    graph
        The name of the graph.
    triples
        All of its triples; none to take the graph away.
    """
    new = set(triples)
    old = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    gone, come = _changes(store, graph, _knowledge(graph, old), _knowledge(graph, new))
    update = [f"DROP SILENT GRAPH {graph}"]
    if gone:
        update.append("DELETE DATA {\n" + _lines(gone) + "}")
    if new or come:
        inside = f"GRAPH {graph} {{\n{_lines(new)}}}\n" if new else ""
        update.append("INSERT DATA {\n" + _lines(come) + inside + "}")
    store.update(" ;\n".join(update))


def rebuild(store: ox.Store) -> None:
    """Work the default graph out anew from all named graphs."""
    knowledge: Triples = set()
    for graph in store.named_graphs():
        quads = store.quads_for_pattern(None, None, None, graph)
        knowledge |= _knowledge(graph, {quad.triple for quad in quads})
    merged = {triple for triple in knowledge if not _is_name(triple)}
    for names in _by_subject(knowledge).values():
        merged |= _naming(names)
    store.update("DROP DEFAULT ;\nINSERT DATA {\n" + _lines(merged) + "}")


def _knowledge(graph: ox.NamedNode | ox.BlankNode, triples: Triples) -> Triples:
    own = graph.value
    return {
        triple
        for triple in triples
        if _text(triple.subject) != own and not _text(triple.subject).startswith(own + "#")
    }


def _changes(
    store: ox.Store, graph: ox.NamedNode, old: Triples, new: Triples
) -> tuple[Triples, Triples]:
    """Return what leaves and what joins the default graph."""
    gone = {t for t in old - new if not _is_name(t) and not _supported(store, t, graph)}
    come = {t for t in new - old if not _is_name(t) and _quad(t) not in store}
    names_before, names_after = _by_subject(old), _by_subject(new)
    for subject in names_before.keys() | names_after.keys():
        if subject not in names_before and _known(store, names_after[subject]):
            continue
        before = _names_now(store, subject)
        stay = _names_elsewhere(store, subject, graph) if subject in names_before else before
        after = _naming(stay | names_after.get(subject, set()))
        gone |= before - after
        come |= after - before
    return gone, come


def _known(store: ox.Store, names: Triples) -> bool:
    """Tell whether the default graph has these names already, without looking at all others."""
    return all(
        _quad(name) in store
        or (name.predicate == ALIAS and _quad(ox.Triple(name.subject, LABEL, name.object)) in store)
        for name in names
    )


def _naming(found: Triples) -> Triples:
    """Return one label for a thing, the best of all it has, and its other names as aliases."""
    labels = {_text(triple.object) for triple in found if triple.predicate == LABEL}
    best = best_name(labels) if labels else None
    return {
        ox.Triple(t.subject, LABEL if _text(t.object) == best else ALIAS, t.object) for t in found
    }


def _names_now(store: ox.Store, subject: Subject) -> Triples:
    return {
        quad.triple
        for name in (LABEL, ALIAS)
        for quad in store.quads_for_pattern(subject, name, None, DEFAULT)
    }


def _names_elsewhere(store: ox.Store, subject: Subject, graph: ox.NamedNode) -> Triples:
    return {
        quad.triple
        for name in (LABEL, ALIAS)
        for quad in store.quads_for_pattern(subject, name, None, None)
        if quad.graph_name not in (graph, DEFAULT)
    }


def _supported(store: ox.Store, triple: ox.Triple, graph: ox.NamedNode) -> bool:
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name not in (graph, DEFAULT) for quad in quads)


def _by_subject(triples: Triples) -> dict[Subject, Triples]:
    found: dict[Subject, Triples] = {}
    for triple in triples:
        if _is_name(triple):
            found.setdefault(triple.subject, set()).add(triple)
    return found


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _is_name(triple: ox.Triple) -> bool:
    return triple.predicate in (LABEL, ALIAS)


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, DEFAULT)


def _lines(triples: Triples) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
