"""Whatever is put and taken away in whatever order: the default graph is what the others know."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kg.store import EmbeddedStore, RemoteStore, open_store
from kg.vocab import RDF, RDFS, SKOS
from tests.store.conftest import SERVERS

GRAPHS = [f"https://example.org/document/{number}" for number in range(4)]
THINGS = [f"https://example.org/id/{name}" for name in "abc"]
NAMES = ['"Kim"', '"Kim Min"', '"KIM MIN"', '"Minister Kim"', '"金"', '"Kim \\"K\\" Min"']
OTHER = [
    f"<{RDF.type}> <https://example.org/Person>",
    f"<https://example.org/metWith> <{THINGS[0]}>",
    f"<https://example.org/metWith> <{THINGS[1]}>",
    '<https://example.org/born> "1970-01-02"^^<http://www.w3.org/2001/XMLSchema#date>',
    '<https://example.org/code> "KOR"',
]

known = st.builds(
    "<{}> {} .".format,
    st.sampled_from(THINGS),
    st.one_of(
        st.builds("<{}> {}".format, st.sampled_from([RDFS.label, SKOS.altLabel]),
                  st.sampled_from(NAMES)),
        st.sampled_from(OTHER),
    ),
)  # fmt: skip
about_the_text = st.builds(
    '{} <https://example.org/says> "{}" .'.format,
    st.sampled_from(["<{own}>", "<{own}#relation-1>", "<{own}#char=0,5>"]),
    st.integers(0, 2),
)
look_alike = st.just('<{own}0> <https://example.org/says> "this is knowledge" .')
triples = st.sets(st.one_of(known, known, about_the_text, look_alike), max_size=9)


def merged(graphs: dict[str, set[str]]) -> set[str]:
    """Work the default graph out from the named graphs, in the plainest way."""
    knowledge = {
        line
        for own, lines in graphs.items()
        for line in lines
        if not line.startswith((f"<{own}>", f"<{own}#"))
    }
    expected, names = set(), {}
    for line in knowledge:
        subject, predicate, value = line.removesuffix(" .").split(" ", 2)
        if predicate in (f"<{RDFS.label}>", f"<{SKOS.altLabel}>"):
            labels, every = names.setdefault(subject, (set(), set()))
            every.add(value)
            if predicate == f"<{RDFS.label}>":
                labels.add(value)
        else:
            expected.add(line)
    for subject, (labels, every) in names.items():
        plain = {value[1:-1].replace('\\"', '"'): value for value in labels}
        best = plain[max(plain, key=lambda text: (len(text), text))] if plain else None
        for value in every:
            which = RDFS.label if value == best else SKOS.altLabel
            expected.add(f"{subject} <{which}> {value} .")
    return expected


class Life(RuleBasedStateMachine):
    """Days in the life of a store: documents come, change, and go, one or several at a time."""

    open_it: Callable[[], EmbeddedStore | RemoteStore]

    def __init__(self) -> None:
        super().__init__()
        self.store = type(self).open_it()
        self.graphs: dict[str, set[str]] = {}

    @initialize()
    def clear(self) -> None:
        self.store.change(dict.fromkeys(self.store.graphs()))

    def keep(self, graph: str, told: set[str]) -> str:
        lines = {line.replace("{own}", graph) for line in told}
        self.graphs[graph] = lines
        if not lines:
            del self.graphs[graph]
        return "\n".join(sorted(lines))

    @rule(graph=st.sampled_from(GRAPHS), told=triples)
    def add(self, graph: str, told: set[str]) -> None:
        self.store.add(graph, self.keep(graph, told))

    @rule(told=st.dictionaries(st.sampled_from(GRAPHS), st.none() | triples, max_size=4))
    def change(self, told: dict[str, set[str] | None]) -> None:
        changes = {}
        for graph, lines in told.items():
            changes[graph] = None if lines is None else self.keep(graph, lines)
            if lines is None:
                self.graphs.pop(graph, None)
        self.store.change(changes)

    @precondition(lambda self: self.graphs)
    @rule(data=st.data(), more=known)
    def amend(self, data: st.DataObject, more: str) -> None:
        graph = data.draw(st.sampled_from(sorted(self.graphs)))
        self.store.add(graph, self.keep(graph, self.graphs[graph] ^ {more}))

    @precondition(lambda self: self.graphs)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        graph = data.draw(st.sampled_from(sorted(self.graphs)))
        self.store.add(graph, "\n".join(self.graphs[graph]))

    @rule(graph=st.sampled_from(GRAPHS))
    def drop(self, graph: str) -> None:
        assert self.store.drop(graph) == (self.graphs.pop(graph, None) is not None)

    @rule()
    def rebuild(self) -> None:
        self.store.rebuild()

    @invariant()
    def is_what_the_graphs_know(self) -> None:
        expected = {line + "\n" for line in merged(self.graphs)}
        for graph, lines in self.graphs.items():
            expected |= {f"{line.removesuffix('.')}<{graph}> .\n" for line in lines}
        assert set(self.store.dump().decode().splitlines(keepends=True)) == expected

    def teardown(self) -> None:
        self.store.close()


def live(open_it: Callable[[], EmbeddedStore | RemoteStore], lives: int, days: int) -> None:
    machine = type("Life", (Life,), {"open_it": staticmethod(open_it)})
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    short = settings(max_examples=lives, stateful_step_count=days, suppress_health_check=health)
    run_state_machine_as_test(machine, settings=short)


def test_in_memory() -> None:
    live(lambda: open_store("memory:"), lives=100, days=20)


def test_on_disk(tmp_path: Path) -> None:
    live(lambda: open_store(tempfile.mkdtemp(dir=tmp_path)), lives=6, days=12)


@pytest.mark.parametrize("store", SERVERS, indirect=True)
def test_behind_a_server(store: RemoteStore) -> None:
    live(lambda: open_store(store.where), lives=5, days=8)
