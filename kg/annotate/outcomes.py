"""What became of it: plans that came to nothing, deeds that would have been done."""

from __future__ import annotations

from kg.annotate.signals import SignalReader
from kg.cues import status_of_words, words
from kg.syntax import Syntax


class Outcomes(SignalReader):
    """Reads whether a plan was carried out."""

    def is_dashed(self, governor: int, governed: int) -> bool:
        """Tell whether a plan is past and undone: "was due to come but fell ill".

        Parameters
        ----------
        governor
            The verb or adjective that says the plan: "planned", "due".
        governed
            What is planned: "to come".
        """
        verb = governor
        if self.tokens[verb].pos not in ("VERB", "AUX"):
            verb = self.tokens[verb].head
        if not self._is_past(verb):
            return False
        behind = self._behind_but(verb)
        behind += [i for i in self._behind_but(governed) if self._is_past(i)]
        return any(self._undoes(child) for child in behind)

    def is_quitting(self, prep: int) -> bool:
        """Tell "pulled out of a meeting" from leaving talks, which have been held till then."""
        noun = self.syntax.child(prep, "pobj")
        kinds = ("meeting", "visit", "call", "press")
        return (
            noun is not None
            and any(self.tokens[noun].lemma in words("events", kind) for kind in kinds)
            and quitting_verb(self.syntax, prep) is not None
        )

    def is_averted(self, prep: int) -> bool:
        """Tell "voted against meeting" and "was kept from meeting".

        Parameters
        ----------
        prep
            The preposition before the gerund.
        """
        verb = self.syntax.lemma(self.tokens[prep].head)
        against = self.tokens[prep].lemma == "against" and verb in words("outcomes", "deciding")
        kept = self.tokens[prep].lemma == "from" and verb in words("outcomes", "keeping")
        return against or kept

    def is_near(self, prep: int) -> bool:
        """Tell "came within hours of attacking" from "acted within hours of attacking".

        Parameters
        ----------
        prep
            The preposition before the gerund: "of".
        """
        noun = self.tokens[prep].head
        within = self.tokens[noun].head
        verb = self.tokens[within].head
        own = any(
            self.syntax.child(gerund, "nsubj") is not None
            for gerund in self.syntax.all(prep, "pcomp")
        )
        return (
            self.tokens[prep].lemma == "of"
            and self.tokens[within].lemma == "within"
            and verb < within
            and self.tokens[verb].lemma in words("outcomes", "nearing")
            and not own  # "the statement came within hours of Chile attacking Peru"
        )

    def is_stopped(self, prep: int) -> bool:
        """Tell "turned back before reaching Lima" from "rested before reaching Lima"."""
        verb = self.tokens[prep].head
        if self.tokens[prep].lemma != "before":
            return False
        said = {self.tokens[child].lemma for child in self.syntax.all(verb, "advmod", "prt")}
        stops = words("outcomes", "stopping")
        return any(f"{self.tokens[verb].lemma} {word}" in stops for word in said)

    def is_stillborn(self, verb: int) -> bool:
        """Tell "collapsed before they began" and "was left unsigned" from what has been.

        Parameters
        ----------
        verb
            The verb whose subject is the event.
        """
        table = status_of_words("modifiers")
        left = self.syntax.all(verb, "acomp", "oprd")
        if any(table.get(self.tokens[child].text.lower()) == "negated" for child in left):
            return not self.signals.of_verb(verb)
        over = any(self.tokens[c].lemma == "over" for c in self.syntax.children[verb])
        if not over and self.tokens[verb].lemma not in words("outcomes", "dying"):
            return False
        begun = [c for c in self.syntax.all(verb, "advcl") if self.signals.mark(c) == "before"]
        for prep in self.syntax.all(verb, "prep"):
            if self.tokens[prep].lemma == "before":
                begun += self.syntax.all(prep, "pcomp")
        return any(
            self.tokens[child].lemma in words("outcomes", "beginning")
            and all(
                self.tokens[subject].tag == "PRP"
                for subject in self.syntax.all(child, "nsubj", "nsubjpass")
            )
            for child in begun
        )

    def _behind_but(self, verb: int) -> list[int]:
        """Return the verbs that "but" sets against a verb."""
        if not any(self.tokens[c].lemma in ("but", "until") for c in self.syntax.all(verb, "cc")):
            return []
        return [i for i in self.syntax.all(verb, "conj") if self.tokens[i].pos in ("VERB", "AUX")]

    def _is_past(self, verb: int) -> bool:
        """Tell "had planned" and "was due" from a plan that stands: "plans", "has agreed"."""
        auxiliaries = self.syntax.all(verb, "aux", "auxpass")
        return any(self.tokens[child].tag == "VBD" for child in (verb, *auxiliaries))

    def _undoes(self, verb: int) -> bool:
        """Tell "but fell ill", "but did not" and "but was called off" from other news."""
        if self.syntax.lemma(verb) in words("outcomes", "deferring"):
            return False
        effect = status_of_words("governors", "verbs").get(self.syntax.lemma(verb))
        undone = effect == "negated" or self.syntax.lemma(verb) in words("outcomes", "undoing")
        if undone or "negated" in self.signals.of_verb(verb):
            return True
        return any(self._undoes(child) for child in self._not_to(verb))

    def _not_to(self, verb: int) -> list[int]:
        """Return the negated infinitive of "chose not to", "decided not to go"."""
        return [
            child
            for child in self.syntax.all(verb, "xcomp")
            if "negated" in self.signals.of_verb(child)
        ]

    def is_failure(self, noun: int, verb: int) -> bool:
        """Tell whether a plan, an offer, a bid came to nothing: "fell through", "collapsed"."""
        made = self.tokens[noun].lemma in status_of_words("governors", "nouns")
        ends = self.syntax.lemma(verb) in words("outcomes", "failing")
        fell = self.tokens[verb].lemma == "fall" and any(
            self.tokens[child].lemma in ("through", "apart") for child in self.syntax.children[verb]
        )
        return made and (ends or fell)


def quitting_verb(syntax: Syntax, prep: int) -> int | None:
    """Return the verb of "withdrew from a meeting", "pulled out of a meeting", or None."""
    verb, said = syntax.tokens[prep].head, ""
    if syntax.tokens[verb].pos in ("ADP", "ADV"):
        verb, said = syntax.tokens[verb].head, f" {syntax.tokens[verb].lemma}"
    lemma = syntax.tokens[verb].lemma + said if said else syntax.lemma(verb)
    return verb if lemma in words("outcomes", "quitting") else None
