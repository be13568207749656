"""The default graph: what all named graphs know together, each fact once.

In the graph of a document, what starts with the document's own IRI is about the text; the rest is
knowledge. The default graph is the union of the knowledge of all named graphs, with one
``rdfs:label`` for each thing (the best of all) and its other names as ``skos:altLabel``. So it is
a pure function of the named graphs: nothing is in it that no document supports.

`difference` works out what a change of named graphs does to everything, from a few questions to
the store (`Sight`); whoever asks writes it down in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

import pyoxigraph as ox

from kg.vocab import RDFS, SKOS, best_name

LABEL, ALIAS = ox.NamedNode(RDFS.label), ox.NamedNode(SKOS.altLabel)

Triples = set[ox.Triple]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Thing = ox.NamedNode | ox.BlankNode | ox.Triple
Names = set[tuple[ox.NamedNode, Term]]
"""How one thing is named: (label or alias, the name)."""


class Sight(Protocol):
    """What has to be known of a store to change it. All but the first are asked at most twice."""

    def told_in(self, graphs: Collection[str]) -> dict[str, Triples]:
        """Return the triples of those of these named graphs that are there."""
        ...

    def merged(self, triples: Collection[ox.Triple]) -> Triples:
        """Return those that the default graph has."""
        ...

    def told_beside(self, graphs: Collection[str], triples: Collection[ox.Triple]) -> Triples:
        """Return those that a named graph has that is none of these."""
        ...

    def names(self, subjects: Collection[Thing]) -> Triples:
        """Return the labels and aliases that these have in the default graph."""
        ...


@dataclass(frozen=True)
class Difference:
    """What goes from the default graph (None) and from named graphs, and what comes.

    ``graphs`` are the named graphs that change, as they shall be: without a triple, if one goes.
    """

    gone: dict[str | None, Triples] = field(default_factory=dict)
    come: dict[str | None, Triples] = field(default_factory=dict)
    graphs: dict[str, Triples] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.gone or self.come or self.graphs)

    @property
    def dropped(self) -> list[str]:
        """The named graphs that go altogether."""
        return [graph for graph, triples in self.graphs.items() if not triples]

    @property
    def size(self) -> int:
        """How many triples go and come."""
        return sum(map(len, chain(self.gone.values(), self.come.values())))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield what comes."""
        for graph, triples in self.come.items():
            place = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
            for triple in triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, place)


def difference(store: Sight, changes: Mapping[str, Triples]) -> Difference:
    """Work out what a store has to write down so that its named graphs become these.

    Parameters
    ----------
    store
        What is there now.
    changes
        All triples of each named graph that is put there; none for one that is taken away.
    """
    found = store.told_in(changes)
    new = {graph: triples for graph, triples in changes.items() if triples != found.get(graph)}
    new = {graph: triples for graph, triples in new.items() if triples or graph in found}
    old = {graph: found.get(graph, set()) for graph in new}
    before, after = _known(old), _known(new)
    lost = {triple for triple in before - after if not _is_name(triple)}
    won = {triple for triple in after - before if not _is_name(triple)}
    stay, due = _renamed(store, new, _named(before), _named(after))
    lost = lost - store.told_beside(new, lost) if lost else lost
    won = won - store.merged(won) if won else won
    lost = lost - store.told_beside(new, lost) if lost else lost
    won = won - store.merged(won) if won else won
    gone: dict[str | None, Triples] = {None: lost | (stay - due)}
    come: dict[str | None, Triples] = {None: won | (due - stay)}
    gone |= {graph: old[graph] - new[graph] for graph in new}
    come |= {graph: new[graph] - old[graph] for graph in new}
    return Difference(_filled(gone), _filled(come), new)


def update(change: Difference) -> str:
    """Return a change as one SPARQL update; empty if there is nothing to do."""
    parts = [f"DROP SILENT GRAPH <{graph}>" for graph in change.dropped]
    rest = {graph: told for graph, told in change.gone.items() if graph not in change.dropped}
    for verb, triples in (("DELETE", rest), ("INSERT", change.come)):
        if triples:
            inside = (_lines(told, graph) for graph, told in triples.items())
            parts.append(f"{verb} DATA {{\n{''.join(inside)}}}")
    return " ;\n".join(parts)


def mend(now: Triples, graphs: Iterable[tuple[str, Triples]]) -> Difference:
    """Work out what makes the default graph, which is ``now``, what these named graphs know."""
    known: Triples = set()
    for graph, triples in graphs:
        known |= _known({graph: triples})
    due = {triple for triple in known if not _is_name(triple)}
    for subject, names in _named(known).items():
        due |= _naming(subject, names)
    return Difference(_filled({None: now - due}), _filled({None: due - now}))


def _known(graphs: Mapping[str, Triples]) -> Triples:
    """Return the knowledge in these graphs: what is not about the text."""
    known: Triples = set()
    for own, triples in graphs.items():
        inside = own + "#"
        for triple in triples:
            subject = triple.subject
            name = str(subject) if isinstance(subject, ox.Triple) else subject.value
            if name != own and not name.startswith(inside):
                known.add(triple)
    return known


def _renamed(
    store: Sight,
    graphs: Collection[str],
    before: Mapping[Thing, Names],
    after: Mapping[Thing, Names],
) -> tuple[Triples, Triples]:
    """Return the names that the default graph has, and shall have, of what is named otherwise.

    Only things that are named in another way than before are looked at, and of what other graphs
    call them only the names in question: someone in the news is named in most of the graphs.
    """
    less = {thing for thing in before if before[thing] - after.get(thing, set())}
    more = {thing for thing in after if after[thing] - before.get(thing, set())} - less
    asked = {_as(thing, which, name) for thing in more for which, name in after[thing]}
    asked |= {_as(name.subject, LABEL, name.object) for name in asked}
    there = store.merged(asked) if asked else asked
    more = {thing for thing in more if not _all_there(thing, after[thing], there)}
    now = _named(store.names(less | more)) if less or more else {}
    in_doubt = {
        _as(thing, which, name)
        for thing in less
        for which in (LABEL, ALIAS)
        for name in _words(now.get(thing, set()))
        if which == LABEL or name in _words(before[thing])
    }
    told = _named(store.told_beside(graphs, in_doubt)) if in_doubt else {}
    stay: Triples = set()
    due: Triples = set()
    for thing in less | more:
        names = after.get(thing, set()) | now.get(thing, set())
        if thing in less:
            others, ours = told.get(thing, set()), after.get(thing, set())
            kept = _words(now.get(thing, set())) - _words(before[thing])
            names = ours | others | {(ALIAS, name) for name in kept}
        stay |= {_as(thing, which, name) for which, name in now.get(thing, set())}
        due |= _naming(thing, names)
    return stay, due


def _all_there(thing: Thing, names: Names, there: Triples) -> bool:
    """Tell whether the default graph has these names already; a label may be one of an alias."""
    return all(
        _as(thing, which, name) in there or (which == ALIAS and _as(thing, LABEL, name) in there)
        for which, name in names
    )


def _naming(thing: Thing, names: Names) -> Triples:
    """Return one label for a thing, the best of all it has, and its other names as aliases."""
    labels = {_text(name) for which, name in names if which == LABEL}
    best = best_name(labels) if labels else None
    return {_as(thing, LABEL if _text(name) == best else ALIAS, name) for _, name in names}


def _named(triples: Iterable[ox.Triple]) -> dict[Thing, Names]:
    found: dict[Thing, Names] = {}
    for triple in triples:
        if _is_name(triple):
            found.setdefault(triple.subject, set()).add((triple.predicate, triple.object))
    return found


def _words(names: Names) -> set[Term]:
    return {name for _, name in names}


def _as(thing: Thing, which: ox.NamedNode, name: Term) -> ox.Triple:
    return ox.Triple(thing, which, name)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _is_name(triple: ox.Triple) -> bool:
    return triple.predicate in (LABEL, ALIAS)


def _filled(found: Mapping[str | None, Triples]) -> dict[str | None, Triples]:
    return {graph: triples for graph, triples in found.items() if triples}


def _lines(triples: Triples, graph: str | None) -> str:
    lines = "".join(f"{triple} .\n" for triple in triples)
    return lines if graph is None else f"GRAPH <{graph}> {{\n{lines}}}\n"
