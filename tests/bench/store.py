"""How fast a store takes in, gives up and answers, and how much memory and disk that needs.

    python tests/bench/store.py fill --documents 50000  # quads a second, memory, disk, opening
    python tests/bench/store.py change                  # one document out, back and replaced
    python tests/bench/store.py queries                 # every named query, beside rdflib's store
    python tests/bench/store.py build --documents 2000 10000 50000  # `kg build` and its memory

Documents are those of synthetic.py. Every figure of a table is from one run; times are wall-clock.
Each answer is worked out in a process of its own, which is stopped at the time limit.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import rdflib

from kg.rdf import write
from kg.record import to_line
from kg.store import EmbeddedStore, RemoteStore, open_store
from kg.store.named import named_queries, named_query
from kg.vocab import document_iri, prefixes
from tests.bench.synthetic import documents

SIZES = (10_000, 100_000, 1_000_000)
A_DOCUMENT, BATCH, TRIES = 426, 50, 20  # quads of a document on average; documents; repetitions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", choices=("fill", "change", "queries", "build"))
    parser.add_argument("--documents", type=int, nargs="+", default=[50_000])
    parser.add_argument("--quads", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--limit", type=float, default=60, help="seconds for one answer")
    parser.add_argument("--folder", type=Path, help="where to work; the system's own by default")
    options = parser.parse_args()
    with TemporaryDirectory(dir=options.folder) as folder:
        if options.what == "fill":
            fill(options.documents[0], Path(folder))
        elif options.what == "build":
            build(options.documents, Path(folder))
        elif options.what == "change":
            change(options.quads, Path(folder))
        else:
            queries(options.quads, options.limit, Path(folder))


# ---------------------------------------------------------------- into the store


def fill(number: int, folder: Path) -> None:
    """Put documents into a store on disk and print how it goes."""
    print("| documents | quads | quads a second | memory MB | on disk MB |\n|---|---|---|---|---|")
    spent, quads, done = 0.0, 0, 0
    with open_store(folder / "store") as store:
        for changes in _batches(number):
            quads += sum(graph.count("\n") for graph in changes.values())
            start = perf_counter()
            store.change(changes)
            spent += perf_counter() - start
            done += len(changes)
            if done % (number // 5) == 0:
                print(f"| {done:,} | {len(store):,} | {quads / spent:,.0f} | {resident():,.0f} "
                      f"| {on_disk(folder):,.0f} |", flush=True)  # fmt: skip
    for _ in range(3):
        start = perf_counter()
        with open_store(folder / "store", read_only=True) as store:
            opened = perf_counter() - start
            store.query("SELECT ?d { GRAPH ?d { ?d a kg:Document } } LIMIT 1")
            print(f"opened in {opened:.3f} s, first answer after {perf_counter() - start:.3f} s")


def _batches(number: int) -> Iterator[dict[str, str]]:
    found = documents(number)
    while some := list(islice(found, BATCH)):
        yield {document_iri(document): write.graph(document) for document in some}


def _filled(quads: int, folder: Path) -> tuple[EmbeddedStore | RemoteStore, list[str]]:
    """Return a store with about so many quads, and the names of its graphs."""
    store = open_store(folder / f"{quads}")
    for changes in _batches(quads // A_DOCUMENT):
        store.change(changes)
    return store, store.graphs()


# ---------------------------------------------------------------- one document


def change(sizes: list[int], folder: Path) -> None:
    """Take one document out, put it back, replace it by another; median and most of several."""
    print("| quads | out ms (most) | in ms (most) | replaced ms (most) |\n|---|---|---|---|")
    more = [write.graph(document) for document in documents(TRIES, seed=99)]
    for size in sizes:
        store, graphs = _filled(size, folder)
        step = len(graphs) // TRIES or 1
        out, back, replaced = [], [], []
        for name, other in zip(graphs[::step], more, strict=False):
            triples = store.graph(name)
            out.append(timed(partial(store.change, {name: None})))
            back.append(timed(partial(store.change, {name: triples})))
            both = {name: None, document_iri_in(other): other}
            replaced.append(timed(partial(store.change, both)))
        cells = (f"{median(each):.1f} ({max(each):.1f})" for each in (out, back, replaced))
        print(f"| {len(store):,} | {' | '.join(cells)} |", flush=True)
        store.close()


def document_iri_in(graph: str) -> str:
    """Return the IRI of the document that a graph is about."""
    return graph.partition("#char=")[0].rpartition("<")[2]


# ---------------------------------------------------------------- answers


def queries(sizes: list[int], limit: float, folder: Path) -> None:
    """Ask every named query of both stores."""
    for size in sizes:
        ours, _ = _filled(size, folder)
        start = perf_counter()
        theirs = _loaded(ours.dump())
        loading = perf_counter() - start
        ours.close()
        ours = open_store(folder / f"{size}", read_only=True)
        print(f"\n{len(ours):,} quads (rdflib takes {loading:.0f} s to load them)\n")
        print("| named query | rows | ms | rdflib ms | times faster |\n|---|---|---|---|---|")
        faster = [_compared(name, ours, theirs, limit) for name in named_queries()]
        print(f"| **median** | | | | **{median(faster):,.0f}** |", flush=True)
        ours.close()


def _compared(
    name: str, ours: EmbeddedStore | RemoteStore, theirs: rdflib.Dataset, limit: float
) -> float:
    """Print how long one query takes in both stores; return how many times ours is faster."""
    text = named_query(name)
    rows, own = answer(lambda: len(ours.query(text)), limit, tries=5)
    if own is None:
        print(f"| {name} | | over {1000 * limit:,.0f} | | |", flush=True)
        return 0.0
    _, other = answer(lambda: len(theirs.query(text, initNs=prefixes())), limit, tries=1)
    ratio = (other or limit) / own
    told = f"{1000 * other:,.0f}" if other else f"over {1000 * limit:,.0f}"
    over = "" if other else "over "
    print(f"| {name} | {rows:,} | {1000 * own:,.1f} | {told} | {over}{ratio:,.0f} |", flush=True)
    return ratio


def _loaded(nquads: bytes) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=nquads, format="nquads")
    return dataset


def answer(ask: Callable[[], int], limit: float, *, tries: int) -> tuple[int, float | None]:
    """Return the rows and the median seconds of an answer, or None if it takes too long."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            taken: list[float] = []
            while len(taken) < tries and sum(taken) < limit / 4:
                start = perf_counter()
                rows = ask()
                taken.append(perf_counter() - start)
            os.write(send, json.dumps([rows, median(taken)]).encode())
        os._exit(0)
    os.close(send)
    ends = perf_counter() + limit
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if perf_counter() > ends:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            break
        time.sleep(0.002)
    with os.fdopen(receive) as pipe:
        told = pipe.read()
    return tuple(json.loads(told)) if told else (0, None)


# ---------------------------------------------------------------- a whole build

CHILD = """
import resource, sys, time
import kg
start = time.perf_counter()
graph = kg.build(sys.argv[1], out=sys.argv[2])
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
start = time.perf_counter()
graph.close()
graph = kg.open(sys.argv[2])
opened = time.perf_counter() - start
names = sorted(graph.graphs())
start = time.perf_counter()
graph.remove(names[len(names) // 2])
print(opened, time.perf_counter() - start)
"""


def build(numbers: list[int], folder: Path) -> None:
    """Build graphs from records as ``kg build`` does, and print the most memory it took."""
    print("| documents | documents a second | most memory MB | folder MB | opened s "
          "| one removed s |\n|---|---|---|---|---|---|")  # fmt: skip
    for number in numbers:
        records, graph = folder / "records.jsonl", folder / f"{number}.kg"
        with records.open("w") as file:
            file.writelines(to_line(document) + "\n" for document in documents(number))
        command = [sys.executable, "-c", CHILD, str(records), str(graph)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        seconds, memory, opened, removed = map(float, told[-4:])
        print(f"| {number:,} | {number / seconds:,.0f} | {memory:,.0f} | {on_disk(graph):,.0f} "
              f"| {opened:.2f} | {removed:.2f} |", flush=True)  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    start = perf_counter()
    act()
    return 1000 * (perf_counter() - start)


def resident() -> float:
    """Return the memory that this process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def on_disk(folder: Path) -> float:
    """Return the size of the files in a folder, in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
