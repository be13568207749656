"""How fast large files are read and how much memory that takes, whatever their size.

    python tests/bench/reading.py [--megabytes 1000] [--kinds jsonl csv ...] [--folder /tmp]

Files of invented articles are made, read in a process each, and deleted. ``runner`` takes them
through a pipeline that does nothing, as ``kg extract`` would, ``build`` stores ready records.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import IO, Any

PEOPLE = ("Macron", "Scholz", "Tusk", "Meloni", "Rutte", "Orpo", "Frederiksen", "Fiala")
VERBS = ("met", "called", "criticized", "thanked", "visited", "invited")
PLACES = ("Paris", "Berlin", "Warsaw", "Rome", "Kyiv", "Élysée", "Köln")


def articles(size: int) -> Iterator[dict[str, str]]:
    """Yield invented articles of about 3,000 characters, of so many bytes in all."""
    draw, number, made = random.Random(7), 0, 0
    while made < size:
        said = (
            f"{draw.choice(PEOPLE)} {draw.choice(VERBS)} {draw.choice(PEOPLE)} in "
            f'{draw.choice(PLACES)}, "{draw.randrange(10**6)}" was the word.'
            for _ in range(50)
        )
        day = date(2000, 1, 1) + timedelta(number % 9000)
        yield {"id": f"n{number}", "title": f"Talks {number}", "date": day.isoformat(),
               "text": "\n".join(said)}  # fmt: skip
        number, made = number + 1, made + 3200


def of_ours(file: IO[str], made: Iterable[dict[str, str]]) -> None:
    file.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in made)


def ready(file: IO[str], made: Iterable[dict[str, str]]) -> None:
    for entry in made:
        name = entry["text"].split()[0]
        person = {"id": "e1", "type": "Person", "name": name, "mentions": [[0, len(name)]]}
        file.write(json.dumps({**entry, "entities": [person]}) + "\n")


def renamed(entry: dict[str, str]) -> dict[str, str]:
    year, month, day = entry["date"].split("-")
    return {"uuid": entry["id"], "headline": entry["title"], "maintext": entry["text"],
            "published": f"{day}/{month}/{year}"}  # fmt: skip


def dump(file: IO[str], made: Iterable[dict[str, str]]) -> None:
    file.writelines(json.dumps(renamed(entry), ensure_ascii=False) + "\n" for entry in made)


def listed(file: IO[str], made: Iterable[dict[str, str]]) -> None:
    file.write("[")
    for number, entry in enumerate(made):
        file.write(",\n"[: 2 * bool(number)] + json.dumps(renamed(entry), ensure_ascii=False))
    file.write("]\n")


def table(file: IO[str], made: Iterable[dict[str, str]]) -> None:
    rows = csv.writer(file)
    rows.writerow(("uuid", "headline", "maintext", "published"))
    rows.writerows(renamed(entry).values() for entry in made)


KINDS: dict[str, tuple[str, Callable[[IO[str], Iterable[dict[str, str]]], None], str]] = {
    "jsonl": ("a.jsonl", of_ours, "read"),
    "runner": ("a.jsonl", of_ours, "runner"),
    "dump": ("a.jsonl", dump, "read"),
    "gz": ("a.jsonl.gz", of_ours, "read"),
    "json": ("a.json", listed, "read"),
    "csv": ("a.csv", table, "read"),
    "build": ("a.jsonl", ready, "build"),
}


def work(path: str, how: str) -> None:
    """Read a file in this process and print what that took."""
    from kg.errors import Failure
    from kg.read import read
    from kg.run.serial import Serial

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = perf_counter()
    if how == "build":
        import kg

        with tempfile.TemporaryDirectory() as folder, kg.open(Path(folder, "g"), create=True) as g:
            count, failed = len(g.add(path).documents), 0
    else:
        coming: Iterable[Any] = read([path])
        if how == "runner":
            coming = Serial().map(lambda document: document, coming)
        count = failed = 0
        for found in coming:
            count += 1
            failed += isinstance(found, Failure)
    seconds = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(count, failed, seconds, before // 1024, peak // 1024)


def main() -> None:
    """Make each file, read it, print a row of the table."""
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    given.add_argument("--megabytes", type=int, default=1000)
    given.add_argument("--kinds", nargs="+", choices=KINDS, default=[*KINDS])
    given.add_argument("--folder", default=None)
    given.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options = given.parse_args()
    if options.work:
        work(*options.work)
        return
    print("| what | MB | documents | failed | documents/s | MB/s | MB before | MB at most |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in options.kinds:
        name, write, how = KINDS[kind]
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            path = Path(folder, name)
            opened = gzip.open if name.endswith(".gz") else open
            with opened(path, "wt", encoding="utf-8", newline="") as file:
                write(file, articles(options.megabytes * 1_000_000))
            size = path.stat().st_size / 1e6
            told = subprocess.run(
                [sys.executable, __file__, "--work", str(path), how],
                check=True, capture_output=True, text=True,
            ).stdout.split()  # fmt: skip
        count, failed, seconds, before, peak = map(float, told)
        print(f"| {kind} | {size:,.0f} | {count:,.0f} | {failed:.0f} | {count / seconds:,.0f} "
              f"| {size / seconds:.0f} | {before:.0f} | {peak:.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
