"""What stands in the slots of a verb: who does it, to whom, with whom; the passive undone."""

from __future__ import annotations

from collections.abc import Set

from kg.annotate.complements import add_complements
from kg.annotate.prepositions import RELATIVE, Prepositions, Slots
from kg.cues import words
from kg.syntax import NOMINAL, Syntax

_DEPTH = 12  # subjects are looked for through at most so many governors
_OF_OBJECT = ("of", "from", "for", "into", "against")


class Verbs:
    """Reads the arguments of the verbs of one document.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    named
        The heads of the mentions of its entities, occasions left out.
    """

    def __init__(self, syntax: Syntax, named: Set[int]) -> None:
        self.syntax, self.tokens, self.named = syntax, syntax.tokens, named
        self.prepositions = Prepositions(syntax)
        self._subjects: dict[int, list[int]] = {}
        self._slots: dict[int, Slots] = {}

    def slots(self, index: int) -> Slots:
        """Return the arguments of a verb, passive undone."""
        if index in self._slots:
            return self._slots[index]
        slots: Slots = {}
        self._slots[index] = slots
        backers = self._backers(index)
        slots["subj"] = backers or self.subjects(index)
        slots["obj"] = [self.tokens[index].head] if backers else self._objects(index)
        for child in self.syntax.all(index, "dative"):
            if self.tokens[child].pos != "ADP":
                slots.setdefault("iobj", []).extend(self.syntax.conjuncts(child))
        for child in self.syntax.all(index, "oprd"):
            # "called him a liar": what the object is said to be, as in "denounced him as a liar"
            if not slots["obj"] and child in self.named and child > index:
                slots["obj"] = self.syntax.conjuncts(child)  # "later called President Dahl"
                continue
            slots.setdefault("as", []).extend(self.syntax.conjuncts(child))
        for child in self.syntax.all(index, "ccomp"):
            # "found him guilty": parsers read a clause without a verb
            if self.tokens[child].pos == "ADJ" and self.syntax.child(child, "mark") is None:
                slots.setdefault("as", []).append(child)
                slots["obj"] = slots["obj"] or self.own_subjects(child)
        self.prepositions.add(index, slots, skip="agent")
        particle = self.syntax.child(index, "prt")
        if particle is not None:
            self.prepositions.add(particle, slots)
        for child in self.syntax.all(index, "ccomp", "xcomp", "advcl"):
            if self.tokens[child].dep == "advcl" and not self._is_for_clause(child):
                continue
            slots.setdefault("comp", []).extend(self.own_subjects(child))
            if any(
                self.tokens[a].text.lower() in words("speech", "duty")
                for a in self.syntax.all(child, "aux")
            ):
                slots.setdefault("duty", []).extend(self._obliged(child))
        self._share_with_conjunct(index, slots)
        add_complements(self, index, slots)
        return slots

    def _backers(self, index: int) -> list[int]:
        """Return who backs whom in "Norway-backed rebels"."""
        token = self.tokens[index]
        before = self.tokens[index - 1].text if index else ""
        if token.dep != "amod" or before != "-" or token.lemma not in words("support", "hyphened"):
            return []
        return [i for i in self.syntax.all(index, "npadvmod", "compound", "nmod") if i < index]

    def _is_for_clause(self, index: int) -> bool:
        """Tell "for the U.S. to lift its embargo" from other adverbial clauses."""
        return self.syntax.has_to(index) and any(
            self.tokens[mark].lemma == "for" for mark in self.syntax.all(index, "mark")
        )

    def _obliged(self, index: int) -> list[int]:
        """Return who should do something: "said that Russia should withdraw"."""
        return self._agents(index) if self.is_passive(index) else self.own_subjects(index)

    def subjects(self, index: int, depth: int = 0) -> list[int]:
        """Return who does what the verb says, also where another clause names them."""
        if index in self._subjects:
            return self._subjects[index]
        found = self._find_subjects(index, depth) if depth < _DEPTH else []
        if depth == 0 or found:
            self._subjects[index] = found
        return found

    def _find_subjects(self, index: int, depth: int) -> list[int]:
        behind = self._inverted(index)
        if behind:
            return behind
        if self.is_passive(index):
            return self._agents(index)
        own = self.own_subjects(index)
        if own:
            return own
        token = self.tokens[index]
        head = token.head
        if head == index:
            return []
        if token.dep == "conj":
            if self.is_passive(head):
                return self.patients(head)
            return self.subjects(head, depth + 1)
        if token.dep == "xcomp":
            return self._controller(index, head, depth)
        if token.dep in ("acl", "relcl"):
            infinitive = self.syntax.has_to(index)
            if infinitive:
                return self._noun_owner(head, depth)
            if token.tag != "VBG":
                return []
            # "sent a letter urging": it is the sender who urges.
            return (
                self.syntax.conjuncts(head) if head in self.named else self._noun_owner(head, depth)
            )
        if token.dep in ("advcl", "dep"):
            appeal = self._addressees(head) if self.syntax.has_to(index) else []
            return appeal or self._main_subject(head, depth)
        if token.dep == "pcomp":
            return self._gerund_subject(head, depth)
        return []

    def _inverted(self, index: int) -> list[int]:
        """Return the subject that stands behind: "Missing from the talks was Iran"."""
        token = self.tokens[index]
        if token.tag != "VBG":
            return []
        copulas = [token.head] if token.dep == "csubj" else self.syntax.all(index, "auxpass", "aux")
        return [
            member
            for copula in copulas
            if copula > index and self.tokens[copula].lemma == "be"
            for child in self.syntax.all(copula, "attr")
            for member in self.syntax.conjuncts(child)
        ]

    def own_subjects(self, index: int) -> list[int]:
        """Return the subjects that stand beside the verb itself."""
        found = []
        for child in self.syntax.all(index, "nsubj", "nsubjpass", "expl"):
            if self.tokens[child].dep != "expl":
                found += self._expand(child, index)
        return found

    def _expand(self, index: int, verb: int) -> list[int]:
        """Resolve a relative pronoun to its antecedent and open a coordination."""
        token = self.tokens[index]
        if token.lemma in RELATIVE and self.tokens[verb].dep in ("relcl", "acl"):
            return [self.tokens[verb].head]
        return self.syntax.conjuncts(index)

    def _controller(self, index: int, head: int, depth: int) -> list[int]:
        """Who is to do it: the object of "urged Russia to", the subject of "agreed to"."""
        if self.tokens[head].pos == "ADJ":
            return self.adjective_subjects(head, depth)
        if self.is_passive(head):
            return self.patients(head)
        others: list[int] = []
        if self.syntax.has_to(index):
            # "promised him to", "called him to thank": the subject stays the one who does it.
            own = words("speech", "committing") | words("speech", "verbs")
            objects = self._objects(head) if self.tokens[head].lemma not in own else []
            others = objects or self._addressees(head)
        return others or self.subjects(head, depth + 1)

    def _addressees(self, index: int) -> list[int]:
        """Return who is to do it in "called on Belarus to", "appealed to him to"."""
        verb, wanted = self.tokens[index].lemma, words("speech", "addressed")
        return [
            i
            for prep in self.syntax.all(index, "prep")
            if f"{verb} {self.tokens[prep].lemma}" in wanted
            for noun in self.syntax.all(prep, "pobj")
            for i in self.syntax.conjuncts(noun)
        ]

    def _main_subject(self, head: int, depth: int) -> list[int]:
        if self.tokens[head].pos in ("VERB", "AUX"):
            if self.is_passive(head):
                return self.patients(head)
            return self.subjects(head, depth + 1)
        return []

    def _gerund_subject(self, prep: int, depth: int) -> list[int]:
        """Return who is meant by a gerund: "accused Iran of attacking", "left after meeting"."""
        governor = self.tokens[prep].head
        if self.tokens[governor].pos in ("ADV", "ADP"):
            governor = self.tokens[governor].head  # "stopped short of condemning"
        if self.tokens[governor].pos in ("VERB", "AUX"):
            objects = self._objects(governor)
            behind = prep > governor and self.tokens[prep].lemma in _OF_OBJECT
            if objects and behind:
                return objects
            return self._main_subject(governor, depth)
        if self.tokens[governor].pos == "ADJ":
            return self.adjective_subjects(governor, depth)
        return self._noun_owner(governor, depth)

    def _noun_owner(self, noun: int, depth: int) -> list[int]:
        """Whose plan, offer or decision it is."""
        for child in self.syntax.all(noun, "poss"):
            return self.syntax.conjuncts(child)
        head = self.tokens[noun].head
        if self.tokens[noun].dep in ("dobj", "attr") and head != noun:
            return self._main_subject(head, depth)
        if self.tokens[noun].dep == "pobj":
            above = self.tokens[head].head
            if self.tokens[above].pos == "VERB":
                return self._main_subject(above, depth)
        return []

    def adjective_subjects(self, adjective: int, depth: int) -> list[int]:
        """Return whom an adjective is said of, and so who is ready to do what follows it."""
        copula = self.syntax.child(adjective, "aux", "cop")
        if copula is not None and self.tokens[copula].lemma == "be":
            # "Absent from the summit was Novak": the subject stands behind.
            behind = self.syntax.all(copula, "attr", "nsubj") or self.own_subjects(adjective)
            above = self.tokens[adjective].head
            if not behind and above > copula and self.tokens[above].pos in NOMINAL:
                behind = [above]
            return [i for child in behind for i in self.syntax.conjuncts(child)]
        own = self.own_subjects(adjective)
        if own:
            return own
        head = self.tokens[adjective].head
        if head != adjective and self.tokens[head].pos in ("VERB", "AUX"):
            # "Present at the dinner were Novak and Horak": the subject stands behind.
            behind = self.syntax.all(head, "attr") if adjective < head else []
            inverted = [i for child in behind for i in self.syntax.conjuncts(child)]
            own = [i for i in self.own_subjects(head) if i != adjective]
            return own or inverted or self._main_subject(head, depth)
        return []

    def is_passive(self, index: int) -> bool:
        """Tell whether a verb is done to its subject."""
        if self.syntax.child(index, "auxpass", "nsubjpass") is not None:
            return True
        token = self.tokens[index]
        if token.tag != "VBN":
            return False
        if self.syntax.child(index, "agent") is not None:
            return True
        if token.dep == "acl":
            return self.syntax.child(index, "nsubj", "aux") is None
        if token.dep == "conj" and self.syntax.child(index, "nsubj", "aux") is None:
            return self.is_passive(token.head)
        return token.dep == "advcl" and self.syntax.child(index, "aux", "dobj", "nsubj") is None

    def _agents(self, index: int) -> list[int]:
        found = []
        for child in self.syntax.all(index, "agent", "prep"):
            if self.tokens[child].lemma == "by":
                for noun in self.syntax.all(child, "pobj"):
                    found += self.syntax.conjuncts(noun)
        for child in self.syntax.all(index, "oprd", "attr", "dobj"):
            # "was named ambassador by Chile": some parses hang the agent on the noun.
            found = found or self._agents(child)
        if not found and self.tokens[index].pos == "VERB":
            # ... or on the last noun before it: "was invited to the summit by Peru"
            for prep in self.syntax.all(index, "prep"):
                for noun in self.syntax.all(prep, "pobj"):
                    found = found or self._agents(noun)
        return found

    def patients(self, index: int) -> list[int]:
        """Return what a passive verb is done to."""
        own = self.syntax.all(index, "nsubjpass", "nsubj")
        if own:
            return [i for child in own for i in self._expand(child, index)]
        token = self.tokens[index]
        if token.dep == "acl" and token.head != index:
            return [token.head]
        if token.dep == "conj" and token.head != index:
            return self.patients(token.head)
        if token.dep == "pcomp" and token.head != index:
            return self._main_subject(self.tokens[token.head].head, 1)
        if token.dep in ("advcl", "xcomp") and token.head != index:
            head = token.head
            return self.patients(head) if self.is_passive(head) else self.subjects(head, 1)
        return []

    def _objects(self, index: int) -> list[int]:
        if self.is_passive(index):
            return self.patients(index)
        found = []
        for child in self.syntax.all(index, "dobj", "attr"):
            if self.tokens[child].dep == "attr" and self.tokens[index].lemma == "be":
                continue
            if self.tokens[child].lemma in RELATIVE:
                found += [self.tokens[index].head]
            else:
                found += self.syntax.conjuncts(child)
        if not found and self.tokens[index].dep == "relcl" and self._gap_is_object(index):
            found = [self.tokens[index].head]
        if not found:
            for child in self.syntax.all(index, "ccomp", "xcomp"):
                # "asked Russia to withdraw": some parses hide the object in the complement.
                has_to = self.syntax.has_to(child)
                if has_to:
                    found += self.own_subjects(child)
        return found

    def _gap_is_object(self, index: int) -> bool:
        """Tell whether "the envoy Moscow expelled" lacks the object of its verb."""
        first = self.syntax.edges(index)[0]
        below = [
            noun for prep in self.syntax.all(index, "prep") for noun in self.syntax.children[prep]
        ]
        if any(self.tokens[c].lemma in RELATIVE for c in (*self.syntax.children[index], *below)):
            return False
        subject = self.syntax.child(index, "nsubj")
        stranded = any(
            self.tokens[c].dep == "prep" and not self.syntax.children[c]
            for c in self.syntax.children[index]
        )
        return subject is not None and not stranded and first > self.tokens[index].head

    def _share_with_conjunct(self, index: int, slots: Slots) -> None:
        """Give a verb without object that of the next one: "met and briefed the envoys"."""
        if slots.get("obj") or self.is_passive(index):
            return
        for child in self.syntax.all(index, "conj"):
            adjacent = child - index <= 4 and self.tokens[child].pos == "VERB"
            bare = not set(slots) - {"subj", "obj", "comp"}
            if adjacent and bare and not self.own_subjects(child):
                slots["obj"] = self._objects(child)
