"""What has been named so far in a document: a word belongs to one name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.annotate.lookup import fold, region_adjectives
from kg.annotate.titles import titles_in
from kg.data import lists
from kg.model import Document, Entity, EntityType, Mention, Span
from kg.syntax import Syntax


class Naming:
    """The names of one document as they are found.

    ``taken`` maps tokens to the entities that the tables found, ``words`` are the tokens of the
    names found since. ``titles`` maps the first token of a title to its last and the table's row;
    ``title_words`` are the tokens of titles that are no part of a name.
    """

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.syntax = Syntax.of(doc.tokens)
        self.taken = {
            index: entity
            for entity in doc.entities
            for mention in entity.mentions
            for index in self.syntax.within(mention.span)
        }
        self.titles = titles_in(doc, self.syntax)
        self.title_words = {
            index
            for first, (last, row) in self.titles.items()
            if not row.in_name
            for index in range(first, last + 1)
        }
        self.particles = lists("names")["people"]["particles"]
        self.behind_titles = {last + 1 for last, row in self.titles.values() if row.before_name}
        self.found: dict[Span, EntityType] = {}
        self.words: set[int] = set()

    def words_of(self, first: int, last: int) -> str:
        """Return the text from one token to another, both included."""
        return self.syntax.span(first, last).of(self.doc.text)

    def behind_honorific(self, index: int) -> bool:
        """Tell whether a "Sir" or its like stands right before a token."""
        title = self.titles.get(index - 1)
        return title is not None and bool(title[1].in_name)

    def add(self, span: Span, kind: EntityType, *, over: bool = False) -> None:
        """Note a name unless its words belong to another; ``over`` outranks the tables."""
        inside = self.syntax.within(span)
        if any(index in self.words for index in inside):
            return
        if not over and any(index in self.taken for index in inside):
            return
        name = span.of(self.doc.text)
        if fold(name) in lists("names")["never"]["names"] or name in region_adjectives():
            return
        self.found[span] = kind
        self.words.update(inside)

    def drop(self, span: Span) -> None:
        """Forget a name."""
        del self.found[span]
        self.words.difference_update(self.syntax.within(span))

    def entities(self) -> tuple[Entity, ...]:
        """Return old and new entities, one for each kind and surface, in order of first mention."""
        named = list(self._kept())
        by_surface: dict[tuple[EntityType, str], list[Mention]] = {}
        for span, kind in self.found.items():
            name = re.sub(r"\s+", " ", span.of(self.doc.text))
            by_surface.setdefault((kind, name), []).append(Mention(span))
        for (kind, name), mentions in by_surface.items():
            named.append(Entity("", kind, name, tuple(sorted(mentions))))
        named.sort(key=lambda entity: entity.mentions[0])
        return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(named, 1))

    def _kept(self) -> Iterator[Entity]:
        """Yield what the tables found and nothing here outranked."""
        for entity in self.doc.entities:
            mentions = tuple(
                mention
                for mention in entity.mentions
                if self.words.isdisjoint(self.syntax.within(mention.span))
            )
            if mentions:
                yield replace(entity, mentions=mentions)
