"""What a verb, adjective or noun says of the verb below it: "agreed to", "was able to"."""

from __future__ import annotations

from kg.annotate.signals import SignalReader
from kg.cues import status_of_words, words
from kg.model import Status


class Governors(SignalReader):
    """Reads what the words that govern a clause say of it."""

    def effect(self, governor: int, infinitive: bool) -> Status | None:
        """Return what a verb, adjective or noun says of the clause it governs."""
        token = self.tokens[governor]
        lemma = self.syntax.lemma(governor)
        complement = self.syntax.child(governor, "acomp")
        if token.lemma in ("be", "remain", "seem", "become") and complement is not None:
            return self.effect(complement, infinitive)
        if token.pos in ("ADJ", "ADV") or (token.dep == "acomp" and token.pos != "VERB"):
            found = status_of_words("governors", "adjectives").get(token.lemma)
        elif token.pos == "NOUN":
            found = status_of_words("governors", "nouns").get(token.lemma)
        else:
            verbs = status_of_words("governors", "verbs")
            found = verbs.get(lemma)
            for child in self.syntax.all(governor, "advmod"):
                found = verbs.get(f"{lemma} {self.tokens[child].lemma}", found)  # "held back from"
            for child in self.syntax.all(governor, "dobj"):
                found = verbs.get(
                    f"{lemma} {self.tokens[child].lemma}", found
                )  # "dragged its feet"
            if found is None and token.dep in ("acomp", "oprd", "ROOT", "acl"):
                found = status_of_words("governors", "adjectives").get(token.text.lower())
        if found:
            return found
        if infinitive and lemma not in words("governors", "neutral", "verbs"):
            return "possible"
        return None

    def ability(self, adjective: int) -> tuple[Status | None, int | None] | None:
        """Read "was not able to" as a denial and "was able to" as the deed."""
        token = self.tokens[adjective]
        if token.lemma not in words("governors", "ability"):
            return None
        auxiliaries = {self.tokens[a].lemma for a in self.syntax.all(token.head, "aux")}
        if auxiliaries & {"may", "might", "could"}:
            return None
        if "negated" in self.signals.of_verb(token.head):
            return "negated", None
        done = token.lemma == "able" and self.tokens[token.head].tag == "VBD"
        return (None, token.head) if done else None

    def is_gift(self, verb: int, purpose: int) -> bool:
        """Tell "donated rice to help Malawi" from other purposes, which are not yet deeds."""
        return (
            self.tokens[verb].lemma in words("done", "giving")
            and self.tokens[purpose].lemma in words("done", "helping")
            and self.syntax.child(verb, "dobj") is not None
        )

    def is_shown(self, head: int, index: int) -> bool:
        """Tell "marched to protest" and "a strike to protest" from "plans to protest"."""
        if self.tokens[index].lemma not in words("done", "protesting"):
            return False
        nouns = self.syntax.all(head, "dobj")
        nouns += [n for prep in self.syntax.all(head, "prep") for n in self.syntax.children[prep]]
        return any(self.tokens[i].lemma in words("done", "showing") for i in (head, *nouns))

    def is_appeal(self, verb: int) -> bool:
        """Tell "called on Norway to" from "called Norway to congratulate"."""
        return any(self.tokens[p].lemma in ("on", "upon") for p in self.syntax.all(verb, "prep"))

    def is_reason(self, verb: int) -> bool:
        """Tell "called him to congratulate", where the call is the deed, from "urged him to"."""
        carried = self.syntax.child(verb, "dobj") is not None
        return carried and self.syntax.lemma(verb) in words("speech", "verbs")

    def is_ranked(self, noun: int) -> bool:
        """Tell "the first president to visit", who has visited, from "a president to visit"."""
        ranks = words("predicates", "ranks")
        return any(self.tokens[c].lemma in ranks for c in self.syntax.all(noun, "amod"))

    def is_underway(self, verb: int) -> bool:
        """Tell "was en route to Lima" and "is on her way": whoever goes is not yet there."""
        return any(
            self.tokens[noun].lemma in words("motion", "courses")
            for prep in self.syntax.all(verb, "prep")
            if self.tokens[prep].lemma in ("en", "on")
            for noun in self.syntax.all(prep, "pobj")
        )

    def served(self, noun: int, prep: int) -> int | None:
        """Return the deed that an occasion is for, None in "thanked Chile for the talks".

        Parameters
        ----------
        noun
            The word that may name an occasion.
        prep
            The "for" before it.
        """
        kinds = ("meeting", "meal", "ceremony", "negotiation", "conversation", "call")
        if not any(self.tokens[noun].lemma in words("events", kind) for kind in kinds):
            return None
        for above in self.syntax.ancestors(prep):
            token = self.tokens[above]
            if token.pos in ("VERB", "AUX"):
                judged = self.syntax.lemma(above) in words("done", "judging")
                return None if judged else above
            if token.lemma in words("events", "visit"):
                return above
            passed = token.pos in ("PROPN", "ADP") or token.dep == "npadvmod"
            if not passed or token.dep in ("nsubj", "nsubjpass"):
                return None  # "in Lima for talks" is tied to whoever is there
        return None

    def is_measured(self, verb: int) -> bool:
        """Tell whether the object of a verb is an amount: "pledged 20 million dollars"."""
        return any(
            self.syntax.child(child, "nummod", "quantmod") is not None
            for child in self.syntax.all(verb, "dobj")
        )
