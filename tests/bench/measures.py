"""How long measures take on a large network, by networkx and by igraph.

    python tests/bench/measures.py 100000

An invented network of so many ties and half as many entities, in which few have many ties, as in
the news; every tie is a fact with words. Each figure is of one run, in
seconds of one processor.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from time import process_time
from typing import Any

import networkx

from kg.view.measures import engines
from kg.view.measures.brokers import brokers
from kg.view.measures.central import MEASURES, central
from kg.view.measures.communities import communities
from kg.view.measures.connection import connection
from kg.view.measures.facts import Fact, Thing, Words
from kg.view.measures.facts import Told as Chosen
from kg.view.measures.ties import Ties, ties


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("ties", type=int, nargs="?", default=100_000)
    parser.add_argument("--without", nargs="*", default=(), help="measures to leave out")
    options = parser.parse_args()
    found = facts(options.ties)
    graph = timed("ties", lambda: ties(found, ("Person",)))
    print(f"{len(graph):,} entities, {graph.number_of_edges():,} ties")
    for name, least in (("networkx", float("inf")), ("igraph", 0)):
        engines.FAST = least  # type: ignore[assignment]  # only compared with a number
        print(name)
        measure(graph, found, options.without)


def measure(graph: Ties, found: Chosen, without: list[str]) -> None:
    for by in MEASURES:
        if by not in without:
            rows = timed(by, lambda by=by: central(graph, found, by))  # type: ignore[misc]
            print(f"  {'':14}first {rows[0].name} {rows[0].value:.6f}")
    parts = timed("communities", lambda: communities(graph, found))
    print(f"  {'':14}{parts.figures}")
    timed("brokers", lambda: brokers(graph, found))
    ends = list(found.things)
    one, other = ends[-1], ends[-2]
    names = (one, other)
    path = timed("connection", lambda: connection(graph, found, {one}, {other}, names=names))
    print(f"  {'':14}{path.figures}")


def timed(name: str, act: Callable[[], Any]) -> Any:
    start = process_time()
    found = act()
    print(f"  {name:14}{process_time() - start:8.2f} s")
    return found


def facts(number: int, *, seed: int = 7) -> Chosen:
    """Invent facts: whoever has many ties gets more (Barabási & Albert 1999)."""
    chance = random.Random(seed)
    graph = networkx.barabasi_albert_graph(number // 2, 2, seed=seed)
    made = []
    for place, (one, other) in enumerate(graph.edges):
        words = Words(
            chance.choice((0.7, 0.9, 0.98)), "~", f"d{place}", 0, "words", None, str(place)
        )
        ends = sorted((f"i:{one:06}", f"i:{other:06}"))
        made.append(Fact(ends[0], "metWith", ends[1], "met with", "actual", False, None, (words,)))
    things = {f"i:{node:06}": Thing(f"Person {node}", "Person") for node in graph}
    return Chosen(tuple(made), things, "invented facts", "")


if __name__ == "__main__":
    main()
