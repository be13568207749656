"""What the words beside a verb or noun say of it: negation, modals, conditions, later dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
        self.later = [time.span for time in times if self._is_ahead(time, today)]
        self._of_verbs: dict[int, tuple[Status, ...]] = {}

    def _is_ahead(self, time: Time, today: str | None) -> bool:
        """Tell whether a date lies behind the document's own: "Friday", "next week"."""
        if time.value is not None:
            return today is not None and time.value > today
        said = {self.tokens[index].text.lower() for index in self.syntax.within(time.span)}
        return bool(said & words("conditions", "ahead")) and "day" not in said

    def of_verb(self, index: int) -> tuple[Status, ...]:
        """Return what auxiliaries, adverbs, subject, object and conditions say of a verb."""
        if index not in self._of_verbs:  # the first of many coordinated verbs is asked for each
            self._of_verbs[index] = tuple(dict.fromkeys(self._beside_verb(index)))
        return self._of_verbs[index]

    def _beside_verb(self, index: int) -> Iterator[Status]:
        token = self.tokens[index]
        for child in self.syntax.children[index]:
            if self._negates(child):
                yield "negated"
            elif self._is_doubtful(child, token):
                yield "possible"
            elif self.tokens[child].dep == "aux":
                yield from self._of_auxiliary(child, reported=token.dep == "ccomp")
        if self._is_question(index) or self._is_inverted(index):
            yield "possible"
        if self._is_later(index):
            yield "planned"
        if token.lemma == "be" and self._has_to_complement(index):
            # "is to visit" is a plan, "was to have visited" one that came to nothing.
            yield "negated" if self._is_unreal(index) else "planned"
        if (
            token.lemma == "have"
            and self._has_child(index, "yet")
            and self._has_to_complement(index)
        ):
            yield "negated"

    def _negates(self, index: int) -> bool:
        """Tell whether a word beside a verb denies it: "not", "no longer", "nobody", "no talks"."""
        word = self.tokens[index]
        low = word.text.lower()
        if word.dep == "advmod":
            ended = low == "longer" and self._has_child(index, "no")
            return ended or low in words("negators", "words")
        if word.dep in ("nsubj", "nsubjpass"):
            return self._denies(index)
        if word.dep in ("dobj", "attr"):
            return self._refuses(index)
        if word.dep == "prep":
            return any(
                self._refuses(i) and self._is_people(i) for i in self.syntax.all(index, "pobj")
            )
        return word.dep == "neg" or (word.dep == "preconj" and low == "neither")

    def _is_people(self, index: int) -> bool:
        """Tell "met with no officials", which denies the meeting, from "with no delay"."""
        lemma = self.tokens[index].lemma
        return lemma in words("groups", "people") or lemma in words("groups", "bodies")

    def _is_doubtful(self, index: int, verb: Token) -> bool:
        """Tell whether a word beside a verb makes it a condition: "if", "until", "unlikely"."""
        word = self.tokens[index]
        low = word.text.lower()
        opens = word.dep in ("mark", "advmod") and low in words("conditions", "limits")
        if opens and verb.tag in ("VBZ", "VBP"):
            return True  # "until the ministers meet", but "meets him after the summit"
        if word.dep == "advmod":
            return low in words("conditions", "adverbs")
        if word.dep == "mark":
            return low in words("conditions", "marks")
        if word.dep == "advcl":
            return self.mark(index) in ("if", "unless")
        return word.dep == "acomp" and word.lemma in words("predicates", "unsure")

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
        determiner = self.syntax.child(index, "det", "preconj")
        if determiner is not None and self.tokens[determiner].lemma in ("no", "neither"):
            return True
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
        if not self.later or self.tokens[index].tag not in _PRESENT:
            return False
        for child in self.syntax.children[index]:
            word = self.tokens[child]
            if word.dep == "aux" and word.tag in ("VBD", "VBN"):
                return False
            if word.dep in ("npadvmod", "prep", "tmod", "advmod") and any(
                span.overlaps(self._subtree_span(child)) for span in self.later
            ):
                return (
                    self.tokens[index].tag != "VBG" or self.syntax.child(index, "aux") is not None
                )
        return False

    def _subtree_span(self, index: int) -> Span:
        return self.syntax.span(*self.syntax.edges(index))
