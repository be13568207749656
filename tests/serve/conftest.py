"""A small graph of documents built by hand, and one server of it for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.model import Document
from kg.source import Source
from tests.build import doc
from tests.serving import Served, serving

TALKS = (
    "Emmanuel Macron met Olaf Scholz in Paris. Olaf Scholz will visit Poland. "
    "“We agree,” Emmanuel Macron said."
)
CALL = (
    "Emmanuel Macron did not meet Olaf Scholz. Keir Starmer spoke with Emmanuel Macron "
    "<b>twice</b>."
)


def documents() -> list[Document]:
    """Two reports; one asserts what the other denies, one has markup in its text."""
    talks = doc(
        Document("talks", TALKS, date="2025-02-17"),
        people=["Emmanuel Macron", "Olaf Scholz"],
        places=["Paris"],
        countries=["Poland"],
        relations=[
            "metWith: Emmanuel Macron > Olaf Scholz",
            "visited: Olaf Scholz > Poland (planned)",
        ],
        statements=["Emmanuel Macron: We agree (direct)"],
        source=Source("https://example.org/talks", "Talks in <Paris>", "Wire", None, None),
    )
    call = doc(
        Document("call", CALL, date="2025-02-18"),
        people=["Emmanuel Macron", "Olaf Scholz", "Keir Starmer"],
        relations=[
            "metWith: Emmanuel Macron > Olaf Scholz (negated)",
            "spokeWith: Keir Starmer > Emmanuel Macron",
        ],
    )
    return [talks, call]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph on disk."""
    place: Path = tmp_path_factory.mktemp("serve") / "news.kg"
    with kg.build(*documents(), out=place):
        return place


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    """A server with low limits, so that they can be reached."""
    options = ("--seconds", "4", "--rows", "1000", "--workers", "2", "--name", "news.example.org")
    with serving(folder, *options) as running:
        yield running
