"""How many questions does `kg serve` answer, how fast, with how many errors?

``python tests/bench/serve.py GRAPH --clients 8 --seconds 60`` starts a server of that graph and
asks it the named queries, small queries, pages and JSON from as many threads; ``--killer`` lets
one more client ask a query that has to be stopped, again and again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))

from kg.store.named import named_queries
from tests.serving import KILLER, Reply, Served, serving

SMALL = (
    "SELECT ?a ?b { ?a kg:metWith ?b } LIMIT 10",
    "SELECT (COUNT(*) AS ?n) { ?a a kg:Person }",
    "ASK { ?a kg:spokeWith ?b }",
    "DESCRIBE ?a { ?a a kg:Country } LIMIT 1",
)
PATHS = ("/api/entities?limit=20", "/api/relations?limit=20", "/api/documents", "/browse", "/query")


def load(served: Served, clients: int, seconds: float) -> dict[str, list[tuple[int, float]]]:
    """Ask from several clients at once; return status and seconds of each request by kind."""
    end = time.monotonic() + seconds
    named = [query.text for query in named_queries().values()]

    def client(number: int) -> list[tuple[str, int, float]]:
        chance, found = random.Random(number), []
        while time.monotonic() < end:
            kind = chance.choice(("small", "small", "named", "json"))
            start = time.perf_counter()
            reply = _ask(served, kind, chance, named)
            found.append((kind, reply.status, time.perf_counter() - start))
        return found

    with ThreadPoolExecutor(clients) as pool:
        done = [entry for found in pool.map(client, range(clients)) for entry in found]
    kinds: dict[str, list[tuple[int, float]]] = {}
    for kind, status, took in done:
        kinds.setdefault(kind, []).append((status, took))
    return kinds


def _ask(served: Served, kind: str, chance: random.Random, named: list[str]) -> Reply:
    if kind == "json":
        return served.ask(chance.choice(PATHS))
    text = chance.choice(SMALL if kind == "small" else named)
    accept = "*/*"
    return served.ask("/sparql?" + urlencode({"query": text}), headers={"accept": accept})


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--killer", action="store_true")
    given = parser.parse_args()
    end = time.monotonic() + given.seconds

    def kill() -> list[float]:
        times = []
        while given.killer and time.monotonic() < end:
            start = time.perf_counter()
            assert served.query(KILLER).status == 503
            times.append(time.perf_counter() - start)
        return times

    with (
        serving(given.graph, "--workers", str(given.workers), "--seconds", "10") as served,
        ThreadPoolExecutor(1) as other,
    ):
        killing = other.submit(kill)
        kinds = load(served, given.clients, given.seconds)
        stopped = killing.result()
    everything = [entry for found in kinds.values() for entry in found]
    print("| requests | number | errors | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|---|")
    for kind, found in [*sorted(kinds.items()), ("all", everything)]:
        times = sorted(1000 * took for _, took in found)
        bad = Counter(status for status, _ in found if status != 200)
        middle, most = times[len(times) // 2], times[int(0.95 * len(times))]
        errors = sum(bad.values())
        print(f"| {kind} | {len(found)} | {errors} | {middle:.0f} | {most:.0f} | {times[-1]:.0f} |")
    if stopped:
        print(f"\n{len(stopped)} killers stopped after {min(stopped):.1f} to {max(stopped):.1f} s")


if __name__ == "__main__":
    main()
