"""The first person in a quotation ("I", "our") -> the one who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.annotate.mentions import with_mentions
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
        return with_mentions(doc, added)
