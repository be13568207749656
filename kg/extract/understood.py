"""Which occasion is meant where the text need not say: "Rutte took part, too"."""

from __future__ import annotations

from bisect import bisect_left

from kg.model import Document, Span
from kg.syntax import Syntax

_SENTENCES_BACK = 3


class Understood:
    """The events of one document in the order of their mentions.

    Parameters
    ----------
    doc
        With entities.
    syntax
        Its dependency tree.
    """

    def __init__(self, doc: Document, syntax: Syntax) -> None:
        self.syntax = syntax
        self.mentions = sorted(
            (mention.span.start, entity.id)
            for entity in doc.entities
            if entity.type == "Event"
            for mention in entity.mentions
        )

    def occasion(self, trigger: Span) -> list[str]:
        """Return the event named last before a word, here or in the three sentences before."""
        last = bisect_left(self.mentions, (trigger.start, "")) - 1
        if last < 0:
            return []
        start, event = self.mentions[last]
        tokens = self.syntax.tokens
        here = tokens[self.syntax.at(trigger.start)].sentence
        there = tokens[self.syntax.at(start)].sentence
        return [event] if here - there <= _SENTENCES_BACK else []
