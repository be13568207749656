"""Occasions that a word leaves unsaid: "was invited to the talks but stayed away"."""

from __future__ import annotations

from bisect import bisect_left

from kg.annotate.prepositions import Slots
from kg.annotate.verbs import Verbs
from kg.cues import groups_of_words, words
from kg.model import Document
from kg.syntax import Syntax

_REACH = 60  # tokens between a pact and the refusal to sign it


class Implied:
    """Fills in the occasion that was named last.

    Parameters
    ----------
    doc
        With its events.
    syntax
        Its dependency tree.
    """

    def __init__(self, doc: Document, syntax: Syntax) -> None:
        self.syntax, self.tokens = syntax, syntax.tokens
        self.places = sorted(
            syntax.root_of(mention.span)
            for entity in doc.entities
            if entity.type in ("Place", "Country")
            for mention in entity.mentions
            if mention.kind == "name"
            and (entity.type == "Place" or self.tokens[syntax.root_of(mention.span)].dep == "pobj")
        )
        self.heads = sorted(
            (syntax.root_of(mention.span), entity.id)
            for entity in doc.entities
            if entity.type == "Event"
            for mention in entity.mentions
        )

    def complete(self, index: int, lemma: str, pos: str, slots: Slots) -> None:
        """Add the occasion to the slots of a word that needs one and names none.

        Parameters
        ----------
        index, lemma, pos
            The word, its lemma with its particle, "v", "n" or "a".
        slots
            Its arguments so far; changed in place.
        """
        slot = groups_of_words("implied", pos).get(lemma) if self.heads else None
        if slot is None or slots.get(slot):
            return
        if lemma == "send" and not self._is_proxy(slots):
            return
        event = self._latest(index)
        if event is not None:
            slots[slot] = [event]

    def add_place(self, index: int, slots: Slots) -> None:
        """Let "there" stand for the place that was named last: "flew there at once"."""
        if any(self.tokens[i].lemma == "there" for i in self.syntax.all(index, "advmod")):
            here = self.syntax.sentence(index).start
            first = self.syntax.sentence(here - 1).start if here else here
            before = self.places[bisect_left(self.places, first) : bisect_left(self.places, index)]
            for slot in ("in", "to"):
                slots[slot] = [*slots.get(slot, ()), *before[-1:]]

    def add_partners(self, index: int, slots: Slots, verbs: Verbs) -> None:
        """Let "refused to sign it" name those who signed: the pact of a verb before."""
        if self.tokens[index].lemma not in words("implied", "signing") or slots.get("with"):
            return
        signed = [*slots.get("obj", ()), *slots.get("to", ())]
        if not any(self.tokens[i].lemma == "it" for i in signed):
            return
        first = max(self.syntax.sentence(index).start, index - _REACH)
        for verb in range(index - 1, first - 1, -1):
            earlier = verbs.slots(verb) if self.tokens[verb].pos == "VERB" else {}
            if {self.tokens[i].lemma for i in earlier.get("obj", ())} & words("implied", "pacts"):
                slots["with"] = [*earlier.get("subj", ()), *earlier.get("with", ())]
                return

    def _is_proxy(self, slots: Slots) -> bool:
        return any(self.tokens[i].lemma in ("place", "stead") for i in slots.get("in", ()))

    def _latest(self, index: int) -> int | None:
        """Return the event named before in this sentence, or the only one of the last sentence."""
        here = self.syntax.sentence(index).start
        found = self._between(here, index)
        if found:
            return found[-1][0]
        earlier = self._between(self.syntax.sentence(here - 1).start, here) if here else []
        return earlier[-1][0] if len({event for _, event in earlier}) == 1 else None

    def _between(self, first: int, last: int) -> list[tuple[int, str]]:
        return self.heads[
            bisect_left(self.heads, (first, "")) : bisect_left(self.heads, (last, ""))
        ]
