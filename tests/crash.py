"""Builds in processes of their own that can be killed at any moment, for tests.

They are forked from a server that has loaded everything, so that a moment of a build is a moment
of its work and not of its imports.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import rdflib

import kg
from kg.graph import intake
from kg.model import Document
from kg.record import to_line
from kg.store import open_store
from tests.build import doc

PEOPLE = (
    "Ana Berg", "Carl Dahl", "Eve Frost", "Gus Holm", "Ida Jansen", "Kim Larsen", "Mia Nowak",
    "Otto Palm", "Ruth Stein", "Tim Ulrich", "Vera Wolf", "Kim Young",
)  # fmt: skip
COUNTRIES = ("Norway", "Chile", "Ghana", "Japan", "Peru", "Kenya")
VERBS = {"met": "metWith", "called": "spokeWith", "criticized": "criticized"}
LOADED = (networkx, rdflib)
AT_ONCE = 10


def records(count: int, *, edition: int = 1) -> Iterator[Document]:
    """Yield documents as after extraction: the same each time, another text in each edition."""
    draw = random.Random(edition)
    for number in range(count):
        one, other = draw.sample(PEOPLE, 2)
        verb, country = draw.choice(sorted(VERBS)), draw.choice(COUNTRIES)
        status = draw.choice(["actual", "actual", "planned", "negated"])
        yield doc(
            f"{one} {verb} {other} of {country}. "
            f"Report {number}.{edition}. {one} said all is well.",
            people=[one, other],
            countries=[country],
            relations=[f"{VERBS[verb]}: {one} > {other} ({status})"],
            statements=[f"{one}: all is well (indirect)"],
            id=f"r{number:03}",
            date=f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
        )


def write(file: Path, documents: Iterator[Document]) -> Path:
    """Write documents as JSON Lines."""
    file.write_text("".join(to_line(document) + "\n" for document in documents), encoding="utf-8")
    return file


def build(inputs: Path, out: Path, told: Path, settings: dict[str, Any]) -> None:
    """Build a graph; at the end write what became of the inputs to the file ``told``."""
    intake.MOST = AT_ONCE  # as with real texts, of which a few seconds' worth is stored at once
    with kg.open(out, create=True) as graph:
        report = graph.add(inputs, **settings)
    counts = {
        "stored": len(report.documents),
        "unchanged": len(report.unchanged),
        "failed": len(report.failures),
    }
    told.write_text(json.dumps(counts), encoding="utf-8")


def make(folder: Path) -> None:
    """Make a store with nothing in it, and leave it open."""
    with open_store(folder):
        time.sleep(60)


def making(folder: Path) -> multiprocessing.process.BaseProcess:
    """Start to make a store."""
    return _start(make, folder)


def started(
    inputs: Path, out: Path, told: Path, **settings: Any
) -> multiprocessing.process.BaseProcess:
    """Start a build."""
    return _start(build, inputs, out, told, settings)


def _start(work: Callable[..., None], *arguments: Any) -> multiprocessing.process.BaseProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash"])
    process = context.Process(target=work, args=arguments)
    process.start()
    return process
