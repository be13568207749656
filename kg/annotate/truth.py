"""What becomes of a report: "denied that", "it is a lie that", "lied when she said"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.signals import SignalReader
from kg.cues import status_of_words, words
from kg.model import Status


class Truth(SignalReader):
    """Reads what the teller, or the text, makes of what is told."""

    def commits(self, governor: int) -> bool:
        """Tell whether a verb takes a side on what it reports: "denied that", "demanded that"."""
        lemma = self.syntax.lemma(governor)
        neutral, telling = words("governors", "neutral", "verbs"), words("speech", "telling")
        if self._is_gossip(governor):
            return False  # "rumours spread that"
        return lemma not in neutral and lemma not in telling

    def doubt(self, governor: int) -> Status | None:
        """Read "it is not true that" and "could not confirm that": they undo what they govern."""
        if self._is_gossip(governor):
            return "possible"  # "rumour has it that"
        complement = self.syntax.child(governor, "acomp", "attr")
        denied = "negated" in self.signals.of_verb(governor)
        if self.tokens[governor].lemma == "be" and complement is not None:
            lemma = self.tokens[complement].lemma
            true, false = lemma in words("truth", "true"), lemma in words("truth", "false")
            return "negated" if (true and denied) or (false and not denied) else None
        if denied and self.syntax.lemma(governor) not in words("truth", "factive"):
            return "possible"
        return None

    def is_false(self, governor: int) -> bool:
        """Tell "falsely claimed that" and "the hoax claimed that" from plain reporting."""
        for child in self.syntax.children[governor]:
            token = self.tokens[child]
            if token.dep == "advmod" and token.text.lower() in words("truth", "falsely"):
                return True
            if token.dep == "nsubj" and token.lemma in words("truth", "false"):
                return True
            if token.dep == "nsubj" and self._is_invented(child):
                return True  # "a satirical website reported that"
            if (
                token.dep == "nsubj"
                and token.lemma in words("truth", "fiction")
                and self.syntax.lemma(governor) in words("truth", "showing")
            ):
                return True  # "the play shows"
            if token.dep == "prep" and token.lemma in ("as", "in") and self._is_jest(child):
                return True  # "as a joke, a newspaper reported that"
        if self.tokens[governor].lemma in words("truth", "misstating"):
            return True
        return self._is_lie(governor)

    def _is_jest(self, prep: int) -> bool:
        nouns = self.syntax.all(prep, "pobj")
        return any(self.tokens[noun].lemma in words("truth", "jests") for noun in nouns)

    def untold(self, telling: int) -> Status | None:
        """Read "she would have said" after a quote, which nobody may have spoken."""
        spoken = not any(self.tokens[i].lemma == "have" for i in self.syntax.all(telling, "aux"))
        if spoken or not self.signals.has_modal(telling):
            return None
        return "possible" if self.signals.of_verb(telling) else None

    def _is_gossip(self, governor: int) -> bool:
        """Tell "rumours spread that" and "unconfirmed reports said that" from plain reporting."""
        return any(
            self.tokens[subject].lemma in words("truth", "gossip")
            or self._is_called(subject, words("truth", "unsure"))
            or self._is_replaced(subject)
            for subject in self.syntax.all(governor, "nsubj")
        )

    def _is_replaced(self, noun: int) -> bool:
        """Tell "an earlier version of this article", which has been mended since."""
        version = self.tokens[noun].lemma in words("truth", "versions")
        return version and self._is_called(noun, words("truth", "former"))

    def _is_invented(self, noun: int) -> bool:
        """Tell "a spoof article" and "a false report" from others."""
        return self._is_called(noun, words("truth", "fictional")) or (
            self.tokens[noun].lemma in words("truth", "reports")
            and self._is_called(noun, words("truth", "false"))
        )

    def _is_called(self, noun: int, names: frozenset[str]) -> bool:
        modifiers = self.syntax.all(noun, "amod", "compound", "poss", "nmod")
        return any(self.tokens[i].lemma in names for i in modifiers)

    def _is_lie(self, telling: int) -> bool:
        """Tell "lied when she said that" and "was wrong to claim that"."""
        if self.tokens[telling].dep not in ("advcl", "xcomp", "pcomp"):
            return False
        above = self.tokens[telling].head
        if self.tokens[telling].dep == "pcomp":
            above = self.tokens[above].head
        complement = self.syntax.child(above, "acomp")
        said = self.tokens[above if complement is None else complement].lemma
        wrong = said in words("truth", "lying") or (
            complement is not None and said in words("truth", "false")
        )
        return wrong and "negated" not in self.signals.of_verb(above)

    def is_fiction(self, verb: int) -> bool:
        """Tell "in the novel, Japan invades Brazil" from what is told as having happened."""
        first = self.syntax.sentence(verb)[0]
        opening = [first] if self.tokens[first].lemma in ("in", "on") else []
        return any(
            self.tokens[noun].lemma in words("truth", "fiction") or self._is_invented(noun)
            for prep in (*opening, *self.syntax.all(verb, "prep"))
            if self.tokens[prep].lemma in ("in", "on")
            for noun in self.syntax.all(prep, "pobj")
        )

    def framing(self, index: int) -> Iterator[Status]:
        """Yield what "rather than" before a verb and "under the plan" beside it say."""
        before = tuple(token.text.lower() for token in self.tokens[max(0, index - 2) : index])
        if before in (("rather", "than"), ("instead", "of")) or self.is_fiction(index):
            yield "negated"
        if self.tokens[index].tag in ("VBZ", "VBP"):
            for prep in self.syntax.all(index, "prep"):
                nouns = {self.tokens[noun].lemma for noun in self.syntax.all(prep, "pobj")}
                if self.tokens[prep].lemma == "under" and nouns & words("conditions", "schemes"):
                    yield "planned"  # "under the plan, Serbia withdraws"

    def is_hearsay(self, index: int, head: int) -> bool:
        """Tell "is said to have met" and "was reported to have fled" from "was told to go"."""
        passive = self.syntax.child(head, "auxpass") is not None
        perfect = any(self.tokens[i].lemma == "have" for i in self.syntax.all(index, "aux"))
        return passive and perfect and self.tokens[head].lemma in words("truth", "hearsay")

    def is_content(self, index: int) -> bool:
        """Tell "claims that X met Y" from a clause that only says which claims."""
        token = self.tokens[index]
        inside = token.dep in ("acl", "relcl", "ccomp") and self.tokens[token.head].pos == "NOUN"
        if inside and self.signals.mark(index) == "that":
            return True
        # "Claims that X met Y were denied": the parser takes "that" for an object beside Y.
        objects = self.syntax.all(index, "dobj")
        return (
            token.dep == "relcl"
            and self.tokens[token.head].lemma in words("truth", "reports")
            and len(objects) > 1
            and self.tokens[objects[0]].lemma == "that"
        )

    def told(self, noun: int) -> Status | None:
        """Return what becomes of the content of a report, a claim, a piece of evidence."""
        token = self.tokens[noun]
        verb = token.head
        denied = "negated" in self.signals.of_verb(verb)
        if token.dep in ("dobj", "nsubjpass"):
            if self.syntax.lemma(verb) in words("truth", "denying"):
                return "possible" if denied else "negated"
        elif token.dep == "nsubj" and self.doubt(verb) is not None:
            return self.doubt(verb)
        elif token.dep == "attr" and token.lemma in words("truth", "false"):
            return None if denied else "negated"  # "it is a lie that"
        elif token.dep == "pobj" and self.tokens[self.tokens[verb].head].lemma == "contrary":
            return "negated"
        elif token.dep == "pobj" and self.tokens[verb].lemma == "contrary":
            return "negated"  # "contrary to reports that"
        unproven = token.lemma in words("truth", "reports") | words("truth", "evidence")
        if unproven and (denied or "negated" in self.signals.of_noun(noun)):
            return "possible"  # "there is no evidence that"
        told = status_of_words("governors", "nouns").get(token.lemma)
        return "possible" if told in ("possible", "negated") else None
