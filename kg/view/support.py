"""How much stands behind a fact: how many documents, and how many independent ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.model import Document


class Support(NamedTuple):
    """How many documents say something, and how many stories they are.

    Copies of one wire report are several documents but one independent source.
    """

    documents: int
    sources: int


def support(documents: Iterable[Document]) -> Support:
    """Count the different documents and the different stories among them.

    Examples
    --------
    >>> first = Document("a", "Macron met Scholz.")
    >>> copy = Document("b", "Macron met Scholz!", story=f"https://x.org/document/{first.sha256}")
    >>> support([first, copy, copy, Document("c", "Scholz met Macron.")])
    Support(documents=3, sources=2)
    """
    stories = {document.id: story(document) for document in documents}
    return Support(len(stories), len(set(stories.values())))


def story(document: Document) -> str:
    """Return the sha256 of the first document of its story: of its own text if it is no copy.

    Examples
    --------
    >>> lone = Document("a", "Macron met Scholz.")
    >>> story(lone) == lone.sha256
    True
    """
    return document.story.rpartition("/")[2] if document.story else document.sha256
