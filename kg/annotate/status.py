"""Whether something happened, is planned, is possible or is denied: reading a word's governors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.governors import Governors
from kg.annotate.outcomes import Outcomes, quitting_verb
from kg.annotate.signals import Signals
from kg.annotate.truth import Truth
from kg.cues import status_of_words, words
from kg.model import Status, Time
from kg.syntax import Syntax

_ARGUMENTS = ("dobj", "nsubjpass", "pobj", "attr")
# The strongest cue wins: what may not happen is denied, what may be planned is possible.
_STRENGTH: dict[Status, int] = {"actual": 0, "planned": 1, "possible": 2, "negated": 3}


class StatusReader:
    """Reads the status of verbs and nouns from the grammar around them.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    times
        Its date expressions; a present tense with a later date is a plan.
    today
        The document's date.
    """

    def __init__(
        self, syntax: Syntax, times: Iterable[Time] = (), today: str | None = None
    ) -> None:
        self.syntax, self.tokens = syntax, syntax.tokens
        self.signals = Signals(syntax, times, today)
        self.truth = Truth(syntax, self.signals)
        self.governors = Governors(syntax, self.signals)
        self.outcomes = Outcomes(syntax, self.signals)

    def of(self, index: int) -> Status:
        """Return the status of the event that a verb or noun names."""
        return strongest(cue for cue, _ in self._cues(index))

    def word(self, index: int) -> int | None:
        """Return the word that decides the status of a verb or noun, None where it is actual.

        Parameters
        ----------
        index
            The verb or noun.
        """
        cues = list(self._cues(index))
        status = strongest(cue for cue, _ in cues)
        at = next((at for cue, at in cues if cue == status), None)
        if at is None or status == "actual":
            return None
        own = self.signals.word(at, status) if self.tokens[at].pos in ("VERB", "AUX") else None
        return at if own is None else own

    def _cues(self, index: int) -> Iterator[tuple[Status, int]]:
        """Yield what the words around say, each with the word at which it was read."""
        seen = set()
        while index not in seen:
            seen.add(index)
            if self.tokens[index].pos in ("VERB", "AUX"):
                yield from ((cue, index) for cue in self.signals.of_verb(index))
                yield from ((cue, index) for cue in self.truth.framing(index))
                step = self._above_verb(index)
            else:
                yield from ((cue, index) for cue in self.signals.of_noun(index))
                step = self._above_noun(index)
            if step is None:
                return
            cue, governor = step
            above = self.tokens[index].head
            if cue == "negated" and governor is not None and self._is_denied(governor):
                yield "possible", governor  # "has not ruled out sending troops" leaves it open
                return
            if cue:
                yield cue, above if governor is None else governor
            if governor is None:
                return
            if cue in ("planned", "possible") and self.outcomes.is_dashed(governor, index):
                yield "negated", governor  # "had planned to come but stayed at home"
            index = governor

    def _is_denied(self, index: int) -> bool:
        is_verb = self.tokens[index].pos in ("VERB", "AUX")
        return is_verb and "negated" in self.signals.of_verb(index)

    def _above_verb(self, index: int) -> tuple[Status | None, int | None] | None:
        """Return what the governor of a verb says of it, and where to read on (None: nowhere)."""
        token = self.tokens[index]
        head = token.head
        if head == index:
            return None
        infinitive = self.syntax.has_to(index)
        if infinitive and self.governors.is_shown(head, index):
            return None, head  # "marched to protest": the march is the protest
        if token.dep == "conj":
            return self._above_conjunct(index, head)
        if token.dep == "xcomp":
            able = self.governors.ability(head)
            if able is not None:
                return able
            if self.truth.is_hearsay(index, head):
                return "possible", head  # "is said to have met"
            if infinitive and self.governors.is_gift(head, index):
                return None, head
            if self.governors.is_reason(head) and infinitive:
                return None, head
            return self.governors.effect(head, infinitive), head
        if self.truth.is_content(index):
            return self.truth.told(head), None  # "claims that X met Y"
        if token.dep in ("ccomp", "csubj", "csubjpass"):
            # A quoted or reported clause stands as told; only its own governor may undo it.
            told = index < head and self.syntax.child(index, "mark") is None
            if told:
                # "X met Y; Z denied it": two sentences in one
                return self.truth.untold(head), None
            if token.tag == "VB" and not infinitive and not self.signals.has_modal(index):
                return self.governors.effect(
                    head, infinitive=False
                ), head  # "would see Norway leave"
            if infinitive and self.syntax.lemma(head) in words("governors", "neutral", "verbs"):
                return None, head  # "a deal to get them to talk"
            if self.truth.is_false(head):
                return "negated", None
            if not self.truth.commits(head):
                return self.truth.doubt(head), None
            effect = self.governors.effect(head, infinitive)
            if effect == "planned" and self._is_denied(head):
                effect = "possible"  # "few expect Norway to leave"
            return effect, None
        if token.dep == "pcomp":
            return self._above_gerund(head)
        if token.dep in ("acl", "relcl"):
            if infinitive:
                if self.governors.is_ranked(head):
                    return None  # "the first president to visit" has visited
                return (
                    status_of_words("governors", "nouns").get(self.tokens[head].lemma, "possible"),
                    head if self.tokens[head].dep in _ARGUMENTS else None,
                )
            return None
        if token.dep == "advcl":
            if infinitive:
                return self._above_purpose(index, head)
            mark = self.syntax.child(index, "mark", "advmod")
            parallel = mark is None or self.tokens[mark].lemma == "while"
            if token.tag == "VBG" and parallel and index > head:
                return None, head
            return None
        if token.dep == "dep":
            return None, head
        return None

    def _above_purpose(self, index: int, head: int) -> tuple[Status | None, int | None]:
        """Tell what is done by doing ("wrote to congratulate") from what is meant to be done."""
        if self.signals.mark(index) == "for":
            if self.tokens[head].lemma == "be":
                return "planned", head  # "the plan was for Iran to leave"
            return self.governors.effect(head, infinitive=True), head  # "called for Iran to leave"
        told = self.syntax.lemma(head) in words("speech", "verbs")
        if told and self.governors.is_appeal(head):
            return "possible", head  # "call on Norway to free them"
        if told:
            return None, head  # "wrote to congratulate": the letter is the deed
        if self.syntax.lemma(head) == "vote":
            return None, head  # "voted to elect": that is how it is done
        if self.governors.is_gift(head, index):
            return None, head  # "gave rice to help": so is the rice
        return "planned", head  # any other purpose is not yet a deed

    def _above_conjunct(self, index: int, head: int) -> tuple[Status | None, int | None] | None:
        """Return what a second verb shares with the first, unless it has its own subject."""
        token = self.tokens[index]
        first = self.syntax.first_conjunct(index)
        if self.syntax.child(index, "nsubj", "nsubjpass") is not None:
            content = self.truth.is_content(first) or self.tokens[first].dep == "ccomp"
            above = self._above_verb(first) if content else None
            return (above[0], None) if above else None
        own_aux = self.syntax.child(index, "aux", "auxpass", "neg") is not None
        finite = token.tag in ("VBD", "VBZ", "VBP")
        conjunction = {self.tokens[c].lemma for c in self.syntax.all(head, "cc")}
        shared: Status | None = None
        if not own_aux and not (finite and self.signals.has_modal(first)):
            cues = list(self.signals.of_verb(first))
            if "but" in conjunction:
                cues = [cue for cue in cues if cue != "negated"]
            shared = strongest(cues)
        above = self._above_verb(first) if self.tokens[first].pos in ("VERB", "AUX") else None
        if above is None:
            return shared, None
        return strongest([cue for cue in (shared, above[0]) if cue]), above[1]

    def _above_gerund(self, prep: int) -> tuple[Status | None, int | None]:
        """Read over "without meeting", "ruled out sending", "accused of attacking"."""
        if self.tokens[prep].lemma in words("negators", "prepositions"):
            return "negated", None
        governor = self.tokens[prep].head
        if governor == prep:
            return None, None
        if self.tokens[governor].lemma in words("truth", "reports"):
            return self.truth.told(governor), None
        before = {self.tokens[child].lemma for child in self.syntax.children[prep]}
        if before & words("negators", "prepositions"):
            return "negated", None  # "instead of meeting"
        if self.outcomes.is_near(prep):
            return "possible", None  # "came within hours of attacking"
        if self.outcomes.is_stopped(prep):
            return "negated", None  # "turned back before reaching"
        if quitting_verb(self.syntax, prep) is not None:
            return "negated", None  # "backed out of hosting"
        effect = self.governors.effect(governor, infinitive=False)
        lemma = self.tokens[prep].lemma
        if self.outcomes.is_averted(prep) or (effect == "planned" and lemma == "against"):
            return "negated", None  # "decided against meeting", "kept from meeting"
        if effect == "negated" and lemma not in ("from", "out", "of", "on", "against", "at"):
            effect = None
        if lemma in ("after", "before") and self.tokens[governor].pos in ("VERB", "AUX"):
            # "before visiting Vilnius, he will stop in Riga": neither has happened yet.
            ahead = self.of(governor)
            return (ahead if ahead in ("planned", "possible") else None), None
        absolute = any(
            self.tokens[child].dep == "pcomp" and self.syntax.child(child, "nsubj") is not None
            for child in self.syntax.children[prep]
        )
        if lemma == "with" and effect is None and absolute:
            return None, governor  # "is to step down, with Novak succeeding her"
        if effect is None and lemma == "about":
            effect = "possible"  # "talks about forming a coalition"
        if effect == "planned" and lemma in ("since", "by"):
            effect = None
        return effect, (governor if effect else None)

    def _above_noun(self, index: int) -> tuple[Status | None, int | None] | None:
        """Return what governs an event noun: "called off a visit", "plans for talks"."""
        token = self.tokens[index]
        head = token.head
        if head == index:
            return None
        if token.dep == "conj":
            return None, head
        if token.dep == "compound" and self.tokens[head].pos == "NOUN":
            return status_of_words("governors", "nouns").get(self.tokens[head].lemma), None
        if token.dep == "pobj":
            return self._above_prepositional_noun(index, head)
        if token.dep in ("nsubj", "nsubjpass") and self.outcomes.is_stillborn(head):
            return "negated", None  # "talks collapsed before they began", "was left unsigned"
        if token.dep in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
            return self._above_argument_noun(index, head, passive=token.dep == "nsubjpass")
        if token.dep == "nsubj" and self.syntax.lemma(head) in words("outcomes", "pending"):
            return "possible", None  # "a pact awaits signature"
        if token.dep == "nsubj" and self.outcomes.is_failure(index, head):
            return "negated", None  # "plans for talks fell through"
        if token.dep == "nsubj" and self.syntax.lemma(head) in words("occurrence", "verbs"):
            complement = self.syntax.child(head, "acomp")
            if complement is not None and self.syntax.child(complement, "xcomp") is not None:
                # "talks are due to begin"
                return self.governors.effect(complement, infinitive=True), head
            return None, head
        return None

    def _above_argument_noun(
        self, noun: int, verb: int, *, passive: bool
    ) -> tuple[Status | None, int | None]:
        lemma = self.syntax.lemma(verb)
        if lemma in words("participation", "verbs") or lemma in words("speech", "addressing"):
            return None, None  # staying away undoes no event, and to be told is no wish
        effect = status_of_words("governors", "verbs").get(self.syntax.lemma(verb))
        if self.tokens[verb].lemma == "announce" and (
            self.tokens[noun].lemma in words("done", "announced")
        ):
            return None, verb
        ends = self.syntax.lemma(verb) in words("governors", "ending", "verbs")
        if ends and self.of(verb) != "actual":
            return None, None  # what is yet to be lifted stands
        made = self.tokens[noun].lemma in status_of_words("governors", "nouns")
        if made and self.syntax.lemma(verb) in words("truth", "declining"):
            return None, None  # an offer that is declined has been made
        if effect == "negated" and "negated" in self.signals.of_verb(verb):
            # "did not rule out talks" leaves them open, "did not cancel the talks" lets them stand
            open_ended = self.syntax.lemma(verb) in words("truth", "leaving")
            return ("possible" if open_ended else None), None
        if effect in ("negated", "planned"):
            # "will cancel the talks" has not cancelled them yet, but they are off all the same.
            return effect, (verb if effect == "planned" else None)
        if effect == "possible" and self.syntax.lemma(verb) not in words("support", "verbs"):
            return (None if self.syntax.is_definite(noun) else effect), None
        if effect:
            return effect, verb
        occurs = passive and self.syntax.lemma(verb) in words("occurrence", "verbs")
        carries = self.syntax.lemma(verb) in words("support", "verbs")
        open_ = not self.syntax.is_definite(noun) and self.of(verb) in ("planned", "possible")
        if open_ and not carries:
            return "possible", None  # "hopes to see a deal": there is none yet
        return None, (verb if occurs or carries or self.tokens[verb].lemma == "be" else None)

    def _above_prepositional_noun(
        self, noun: int, prep: int
    ) -> tuple[Status | None, int | None] | None:
        lemma, governor = self.tokens[prep].lemma, self.tokens[prep].head
        if governor == prep:
            return None
        if lemma in words("negators", "prepositions"):
            return "negated", None
        if self.tokens[governor].lemma in words("truth", "reports"):
            return self.truth.told(governor), None  # "denied reports of talks"
        if lemma == "to" and self.tokens[governor].lemma in ("invitation", "invite"):
            return None  # what someone is invited to takes place
        if self.tokens[governor].pos in ("NOUN", "PROPN"):
            effect = status_of_words("governors", "nouns").get(self.tokens[governor].lemma)
            carried = lemma == "as" and self.tokens[governor].lemma in words("support", "roles")
            if lemma == "for" and not effect:
                return self._above_occasion(noun, prep)
            return effect, (governor if effect or carried else None)
        verb = self.syntax.lemma(governor)
        if verb == "ahead":
            return "planned", None  # "ahead of her visit to Chile"
        if lemma == "to" and verb in words("participation", "inviting"):
            return None
        if self.outcomes.is_quitting(prep):
            return "negated", None  # "pulled out of a meeting with Novak"
        if lemma == "from":
            return None  # whoever is kept from an event, the event takes place
        if lemma == "for" and self.governors.is_underway(governor):
            return "planned", None  # "was en route to Lima for talks"
        if lemma == "for" and verb in words("motion", "verbs"):
            return "planned", governor
        sent = lemma == "to" and verb in words("motion", "going")
        if (lemma in ("at", "during") or sent) and self.syntax.is_definite(noun):
            # "needs to act at the summit in Lima", "did not speak at it": it is held all the same
            ahead = {"planned", "possible"} & {cue for cue, _ in self._cues(governor)}
            return ("planned" if ahead else None), None
        if lemma in ("for", "to", "on", "in", "into", "about", "of", "out", "at"):
            effect = status_of_words("governors", "verbs").get(verb)
            if lemma == "in" and effect and self.governors.is_measured(governor):
                return effect, governor  # "pledged 20 million dollars in aid"
            vague = not self.syntax.is_definite(noun)
            if effect == "possible" and vague and lemma in ("at", "about", "of"):
                return effect, None  # "hinted at a visit", "speculated about a trip"
            if effect and lemma in ("for", "to", "on", "out"):
                return effect, governor if effect == "planned" else None
            adjective = status_of_words("governors", "adjectives").get(verb)
            if adjective and self.tokens[governor].pos in ("ADJ", *(("ADV",) if vague else ())):
                return adjective, governor
            if lemma in ("in", "into", "to", "at") or verb in words("support", "verbs"):
                return None, governor
        if lemma in ("at", "during", "with"):
            return None, governor
        return self._above_occasion(noun, prep) if lemma == "for" else None

    def _above_occasion(self, noun: int, prep: int) -> tuple[Status | None, int | None]:
        """Read "will visit Lima for talks": the talks are no more certain than the visit."""
        doing = self.governors.served(noun, prep)
        if doing is None:
            return None, None
        if self.tokens[doing].pos == "NOUN":
            return None, doing  # "plans a visit to Lima for talks"
        return self.governors.effect(doing, infinitive=False), doing  # "is due in Lima for talks"


def strongest(cues: Iterable[Status]) -> Status:
    """Return the strongest of several cues: negated over possible over planned over actual.

    Examples
    --------
    >>> strongest(["planned", "negated"])
    'negated'
    """
    return max(cues, key=_STRENGTH.__getitem__, default="actual")
