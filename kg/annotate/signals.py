"""What the words beside a verb or noun say of it: negation, modals, conditions, later dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.almanac import WEEKDAYS
from kg.annotate.reporting import reporting
from kg.cues import status_of_words, words
from kg.model import Span, Status, Time, Token
from kg.syntax import Syntax

_PRESENT = frozenset({"VBZ", "VBP", "VBG"})


class Signals:
    """Reads the signals of status beside the verbs and nouns of one document.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    times
        Its date expressions; a present tense with a later date is a plan.
    today
        The document's date.
    """

    def __init__(self, syntax: Syntax, times: Iterable[Time], today: str | None) -> None:
        self.syntax, self.tokens = syntax, syntax.tokens
        times = tuple(times)
        self.later = [time.span for time in times if self._is_ahead(time, today)]
        # "moves to Bergen on Thursday": without a day of writing, the present tense has to tell.
        self.undated = [
            time.span
            for time in times
            if time.value is None and today is None and self._is_weekday(time)
        ]
        self._of_verbs: dict[int, tuple[Status, ...]] = {}

    def _is_ahead(self, time: Time, today: str | None) -> bool:
        """Tell whether a date lies behind the document's own: "Friday", "next week"."""
        if time.value is not None:
            return today is not None and time.value > today
        said = {self.tokens[index].text.lower() for index in self.syntax.within(time.span)}
        return bool(said & words("conditions", "ahead")) and "day" not in said

    def _is_weekday(self, time: Time) -> bool:
        said = {self.tokens[index].text.lower() for index in self.syntax.within(time.span)}
        return not said.isdisjoint((*WEEKDAYS, "tomorrow"))

    def of_verb(self, index: int) -> tuple[Status, ...]:
        """Return what auxiliaries, adverbs, subject, object and conditions say of a verb."""
        if index not in self._of_verbs:  # the first of many coordinated verbs is asked for each
            self._of_verbs[index] = tuple(dict.fromkeys(self._beside_verb(index)))
        return self._of_verbs[index]

    def _beside_verb(self, index: int) -> Iterator[Status]:
        token = self.tokens[index]
        unreal = self._counterfactual(index)
        if unreal is not None:
            yield from unreal
        for child in self.syntax.children[index]:
            if self._negates(child):
                if unreal is None:
                    yield "negated"
            elif self._is_doubtful(child, token):
                yield "possible"
            elif self.tokens[child].dep == "aux" and unreal is None:
                yield from self._of_auxiliary(child, reported=token.dep == "ccomp")
        if self._is_question(index) or self._is_inverted(index) or self._is_conditional(index):
            yield "possible"
        if self._is_later(index):
            yield "planned"
        if token.lemma == "be" and self._has_to_complement(index):
            # "is to visit" is a plan, "was to have visited" one that came to nothing.
            yield "negated" if self._is_unreal(index) else "planned"
        if (
            token.lemma in ("have", "be", "remain")
            and self._has_child(index, "yet")
            and self._has_to_complement(index)
        ):
            yield "negated"

    def _counterfactual(self, index: int) -> tuple[Status, ...] | None:
        """Read "would have met", "should have come"; None if the verb is none of these.

        What should not have been done has been done, and so has mostly what would not have been.
        """
        auxiliaries = {self.tokens[child].lemma for child in self.syntax.all(index, "aux")}
        texts = {self.tokens[child].text.lower() for child in self.syntax.all(index, "aux")}
        if self.tokens[index].tag != "VBN" or "have" not in auxiliaries:
            return None
        denied = any(self._negates(child) for child in self.syntax.children[index])
        if texts & {"should", "ought"}:
            return () if denied else ("negated",)
        if texts & {"would", "'d"}:
            return ("possible",) if denied else ("negated",)
        if "could" in texts and any(
            self.tokens[c].lemma == "but" for c in self.syntax.all(index, "cc")
        ):
            return ("negated",)
        return None

    def _negates(self, index: int) -> bool:
        """Tell whether a word beside a verb denies it: "not", "no longer", "nobody", "no talks"."""
        word = self.tokens[index]
        low = word.text.lower()
        if word.dep == "advmod":
            ended = low == "longer" and self._has_child(index, "no")
            ended |= low == "before" and self._has_child(index, "never")
            return ended or low in words("negators", "words")
        if word.dep in ("nsubj", "nsubjpass"):
            return self._denies(index)
        if word.dep in ("dobj", "attr"):
            return self._refuses(index)
        if word.dep == "prep":
            return any(
                self._refuses(i) and self._is_people(i) for i in self.syntax.all(index, "pobj")
            )
        if word.dep == "neg":
            return not self._is_contrast(index)
        return word.dep == "preconj" and low == "neither"

    def _is_contrast(self, index: int) -> bool:
        """Tell "met Horak, not Duarte", which only denies Duarte, from "did not meet him"."""
        behind = index > self.tokens[index].head
        return behind and self.tokens[index - 1].text in (",", "-", "\u2013", "\u2014", "--")

    def _is_people(self, index: int) -> bool:
        """Tell "met with no officials", which denies the meeting, from "with no delay"."""
        lemma = self.tokens[index].lemma
        return lemma in words("groups", "people") or lemma in words("groups", "bodies")

    def _is_doubtful(self, index: int, verb: Token) -> bool:
        """Tell whether a word beside a verb makes it a condition: "if", "until", "unlikely"."""
        word = self.tokens[index]
        low = word.text.lower()
        opens = word.dep in ("mark", "advmod") and low in words("conditions", "limits")
        finite = [verb] + [self.tokens[i] for i in self.syntax.all(word.head, "aux")]
        if opens and any(one.tag in ("VBZ", "VBP") for one in finite):
            return (
                True  # "until they meet", "until they have met"; not "meets him after the summit"
            )
        if word.dep == "advmod":
            return low in words("conditions", "adverbs")
        if word.dep == "mark":
            return low in words("conditions", "marks")
        if word.dep == "advcl":
            # "If Norway leaves, X warned, Y will follow": the condition is that of what is said.
            opens = self.tokens[self.syntax.edges(index)[0]].lemma in ("if", "unless")
            tells = verb.dep == "parataxis" or self.syntax.child(word.head, "ccomp") is not None
            reported = tells and verb.lemma in reporting("verbs", "say")
            return (opens or self.mark(index) in ("if", "unless")) and not reported
        return word.dep == "acomp" and word.lemma in words("predicates", "unsure")

    def _is_conditional(self, index: int) -> bool:
        """Tell whether the verb that reports a clause carries its condition."""
        token = self.tokens[index]
        telling = self.syntax.all(index, "parataxis")
        if token.dep == "ccomp":
            telling.append(token.head)
        return any(
            self.tokens[self.syntax.edges(child)[0]].lemma in ("if", "unless")
            for verb in telling
            if self.tokens[verb].lemma in reporting("verbs", "say")
            for child in self.syntax.all(verb, "advcl")
        )

    def _of_auxiliary(self, index: int, *, reported: bool) -> Iterator[Status]:
        low, modals = self.tokens[index].text.lower(), status_of_words("modals")
        if reported and low in ("would", "'d"):
            yield "planned"  # in reported speech it is a will of the past
        elif status := modals.get(low) or modals.get(self.tokens[index].lemma):
            yield status

    def of_noun(self, index: int) -> Iterator[Status]:
        """Yield what modifiers and a later date say of the event that a noun names."""
        table = status_of_words("modifiers")
        for child in self.syntax.children[index]:
            word = self.tokens[child]
            if word.dep in ("amod", "det", "compound", "nmod"):
                effect = table.get(word.text.lower())
                if effect and (word.dep != "det" or effect == "negated"):
                    yield effect
        if any(span.overlaps(self.syntax.premodified(index)) for span in self.later):
            yield "planned"

    def word(self, index: int, status: Status) -> int | None:
        """Return the word beside a verb that gives it a status: "not", "may", "will"."""
        for child in self.syntax.children[index]:
            if status == "negated" and self._negates(child):
                return child
            if status == "possible" and self._is_doubtful(child, self.tokens[index]):
                return child
            if self.tokens[child].dep == "aux" and status in self._of_auxiliary(
                child, reported=self.tokens[index].dep == "ccomp"
            ):
                return child
        return None

    def has_modal(self, index: int) -> bool:
        """Tell whether "will", "may" or the like stands with a verb."""
        return any(self.tokens[child].tag == "MD" for child in self.syntax.all(index, "aux"))

    def mark(self, index: int) -> str:
        """Return the conjunction that opens a clause ("if", "that"), or an empty string."""
        mark = self.syntax.child(index, "mark")
        return self.tokens[mark].lemma if mark is not None else ""

    def _has_child(self, index: int, lemma: str) -> bool:
        return any(self.tokens[child].lemma == lemma for child in self.syntax.children[index])

    def _is_unreal(self, index: int) -> bool:
        return self.tokens[index].tag == "VBD" and any(
            self._has_child(child, "have") for child in self.syntax.all(index, "xcomp")
        )

    def _has_to_complement(self, index: int) -> bool:
        """Tell whether this is the "be" of "is to visit"."""
        return (
            any(
                self.syntax.has_to(child) and self.tokens[child].dep == "xcomp"
                for child in self.syntax.children[index]
            )
            and self.syntax.child(index, "acomp", "attr") is None
        )

    def _denies(self, index: int) -> bool:
        word = self.tokens[index]
        if word.lemma in words("negators", "subjects"):
            return True
        if self.tokens[self.syntax.edges(index)[0]].lemma == "neither":
            return True  # "neither Novak nor Duarte", whoever of them the parser takes for the head
        determiner = self.syntax.child(index, "det", "preconj")
        if determiner is not None and self.tokens[determiner].lemma in ("no", "neither"):
            return True
        beside = {self.tokens[child].lemma for child in self.syntax.all(index, "amod", "advmod")}
        if (determiner is None and "few" in beside) or beside & words("negators", "scarcity"):
            return True  # "few analysts", but "a few analysts"; "hardly anyone"
        return word.lemma == "one" and any(
            self.tokens[c].lemma == "no" for c in self.syntax.children[index]
        )

    def _refuses(self, index: int) -> bool:
        """Tell whether an object is "no talks" or "neither the summit nor the talks"."""
        return any(
            self.tokens[child].dep in ("det", "preconj", "cc", "predet")
            and self.tokens[child].lemma in ("no", "neither")
            for child in self.syntax.children[index]
        )

    def _is_question(self, index: int) -> bool:
        token = self.tokens[index]
        if token.dep not in ("ROOT", "ccomp"):
            return False
        end = self.syntax.edges(index)[1] + 1
        behind = end < len(self.tokens) and self.tokens[end].text == "?"
        return behind or any(self.tokens[c].text == "?" for c in self.syntax.children[index])

    def _is_inverted(self, index: int) -> bool:
        """Tell the condition "had Novak met him, ..." by its auxiliary before the subject."""
        first = self.syntax.edges(index)[0]
        subject = self.syntax.child(index, "nsubj", "nsubjpass")
        opens = self.tokens[first].text.lower() == "had" and self.tokens[first].head == index
        return opens and subject is not None and first < subject

    def _is_later(self, index: int) -> bool:
        """Tell whether a present tense stands with a date after the document's own."""
        later = [*self.later, *self.undated]
        if not later or self.tokens[index].tag not in _PRESENT:
            return False
        for child in self.syntax.children[index]:
            word = self.tokens[child]
            if word.dep == "aux" and word.tag in ("VBD", "VBN"):
                return False
            if word.dep in ("npadvmod", "prep", "tmod", "advmod") and any(
                span.overlaps(self._subtree_span(child)) for span in later
            ):
                return (
                    self.tokens[index].tag != "VBG" or self.syntax.child(index, "aux") is not None
                )
        return False

    def _subtree_span(self, index: int) -> Span:
        return self.syntax.span(*self.syntax.edges(index))


class SignalReader:
    """What those who read a status from signals share.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    signals
        The signals of status beside its verbs and nouns.
    """

    def __init__(self, syntax: Syntax, signals: Signals) -> None:
        self.syntax, self.tokens, self.signals = syntax, syntax.tokens, signals
