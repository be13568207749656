"""Titles in a text: "Prime Minister", "Secretary of State", "Sir"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.annotate.lookup import Entry, Trie
from kg.data import Title, table
from kg.model import Document
from kg.syntax import Syntax


@cache
def titles() -> Mapping[str, Title]:
    """Return the rows of the table by title, in lower case."""
    return {row.title: row for row in table("titles")}


@cache
def _trie() -> Trie:
    return Trie((title, Entry("Person", title, "title")) for title in titles())


def titles_in(doc: Document, syntax: Syntax) -> dict[int, tuple[int, Title]]:
    """Return the titles of a document: first token -> last token and the table's row."""
    found = {}
    for match in _trie().find(doc.text, lower=True):
        inside = syntax.within(match.span)
        if inside and doc.tokens[inside[0]].span.start == match.span.start:
            found[inside[0]] = (inside[-1], titles()[match.entries[0].name])
    return found
