"""How long a graph takes to build with one process and with several, and what it needs.

    python tests/bench/build.py articles.jsonl [--workers 1 2] [--rounds 1]

Each build is a process of its own, one after the other, taking turns in each round; so the rates
of one run can be compared with each other, whatever else the machine has to do meanwhile.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

MIB = 1024


class Figures(NamedTuple):
    """Of one build: seconds in all, for extraction and storing, peak memory in MiB, and sizes."""

    seconds: float
    stored: float
    documents: int
    cpu: float
    parent: int
    worker: int
    store: int
    folder: int


def build(inputs: Path, workers: int, result: Connection) -> None:
    import kg

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "g")
        begun, stored = perf_counter(), 0.0

        def note(document: str, _: str) -> None:
            nonlocal stored
            if not document and not stored:  # the first thing that concerns the whole graph
                stored = perf_counter() - begun

        with kg.open(out, create=True) as graph:
            documents = len(graph.add(inputs, workers=workers, progress=note).documents)
        seconds = perf_counter() - begun
        own = resource.getrusage(resource.RUSAGE_SELF)
        theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
        result.send(
            Figures(
                seconds,
                stored,
                documents,
                own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime,
                own.ru_maxrss // MIB,
                theirs.ru_maxrss // MIB,
                size(out / "store"),
                size(out),
            )
        )


def size(folder: Path) -> int:
    """Return the MiB of a folder's files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    found: dict[int, list[Figures]] = {workers: [] for workers in options.workers}
    for _ in range(options.rounds):
        for workers in options.workers:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=build, args=(options.inputs, workers, theirs))
            process.start()
            found[workers].append(ours.recv())
            process.join()
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| workers | documents | seconds | documents a minute (extracted and stored) | CPU s "
          "| parent MiB | worker MiB | store MiB | folder MiB |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for workers, runs in found.items():
        middle = sorted(runs)[len(runs) // 2]
        rate = median(60 * run.documents / run.stored for run in runs)
        print(
            f"| {workers} | {middle.documents} | {middle.seconds:.0f} | {rate:.0f} "
            f"| {middle.cpu:.0f} | {middle.parent} | {middle.worker} | {middle.store} "
            f"| {middle.folder} |"
        )


if __name__ == "__main__":
    main()
