""" "I" and "we" in a quotation -> the one who speaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kg.cues import words
from kg.model import Document, Mention


@dataclass(frozen=True)
class Deixis:
    """First-person pronouns inside direct speech as mentions of the speaker."""

    name: ClassVar[str] = "deixis"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "statements")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with first-person mentions added to the speakers."""
        first = words("person_words", "first_singular") | words("person_words", "first_plural")
        added: dict[str, set[Mention]] = {}
        spoken = [s for s in doc.statements if s.kind == "direct"]
        for token in doc.tokens:
            if token.pos == "PRON" and token.text.lower() in first:
                speaker = next((s.speaker for s in spoken if s.quote.covers(token.span)), None)
                if speaker is not None:
                    added.setdefault(speaker, set()).add(Mention(token.span, "pronoun"))
        if not added:
            return doc
        return doc.but(
            entities=tuple(
                replace(e, mentions=tuple(sorted({*e.mentions, *added[e.id]}))) if e.id in added else e
                for e in doc.entities
            )
        )
