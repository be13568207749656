"""A small week of diplomacy by hand: three documents, of which the second copies the first."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Document
from kg.source import Source
from tests.build import doc

ATTENDED = "Macron and Tusk attended the talks in Paris."
MONDAY = f'Macron met Scholz. {ATTENDED} "I am tired", Macron said.'
WEDNESDAY = "Macron did not meet Scholz. Scholz attended the talks. Tusk will visit Kyiv."


def week() -> list[Document]:
    """Return the documents; their entities of one name are one.

    Seven facts: Macron met Scholz (two documents, one story; the third denies it), Macron, Tusk
    and Scholz attended the talks, these were in Paris on the 17th, and Tusk is to visit Kyiv.
    """
    first = doc(
        MONDAY,
        people=["Macron", "Scholz", "Tusk"],
        places=["Paris"],
        events=["talks"],
        relations=[
            "metWith: Macron > Scholz",
            "attended: Macron > talks",
            "attended: Tusk > talks",
            "heldIn: talks > Paris",
        ],
        statements=["Macron: I am tired"],
        id="monday",
        date="2025-02-17",
        source=Source(title="Monday", publisher="Harbour", url="https://example.org/monday"),
    )
    *others, held = first.relations
    first = first.but(relations=(*others, replace(held, date="2025-02-17")))
    copy = first.but(
        id="copy",
        date="2025-02-18",
        source=Source(title="Copy", publisher="Lowland", licence="CC0-1.0"),
        story=f"https://example.org/document/{first.sha256}",
    )
    third = doc(
        WEDNESDAY,
        people=["Macron", "Scholz", "Tusk"],
        places=["Kyiv"],
        events=["talks"],
        relations=[
            "metWith: Macron > Scholz (negated)",
            "attended: Scholz > talks",
            "visited: Tusk > Kyiv (planned)",
        ],
        id="wednesday",
        date="2025-02-19",
        source=Source(title="Wednesday", publisher="Harbour"),
    )
    return [_of_one_world(document) for document in (first, copy, third)]


def _of_one_world(document: Document) -> Document:
    entities = [replace(e, iri=f"https://example.org/{e.name}") for e in document.entities]
    return document.but(entities=tuple(entities))
