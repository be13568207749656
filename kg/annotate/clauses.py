"""Dependency tree -> who does what to whom, with status: the grammar undone once for all rules.

A clause is built for every verb and for every noun or adjective that has arguments. Passives read
like actives, controlled verbs know their subject, relative pronouns stand for their antecedent,
each member of a coordination fills the slot, and a support verb hands its arguments to its noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.annotate.status import StatusReader
from kg.cues import status_of_words, words
from kg.model import Clause, Document, Span
from kg.syntax import Syntax

_DEPTH = 12  # subjects are looked for through at most so many governors
_PREPOSITIONS = ("prep", "agent", "dative")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_OBJECT_CONTROL_EXCEPT = frozenset({"promise", "vow", "pledge", "threaten", "agree"})

_ADDRESSED = {
    "call": ("on", "upon"), "appeal": ("to",), "plead": ("with",), "prevail": ("on", "upon"),
    "count": ("on",), "rely": ("on",), "shout": ("to", "at"), "signal": ("to",), "push": ("for",),
}  # fmt: skip

Slots = dict[str, list[int]]


@dataclass(frozen=True)
class Clauses:
    """Clauses of verbs, nouns and adjectives with their slots and their status."""

    name: ClassVar[str] = "clauses"
    requires: ClassVar[tuple[str, ...]] = (
        "tokens", "times", "entities", "offices", "statements",
    )  # fmt: skip
    provides: ClassVar[tuple[str, ...]] = ("clauses",)

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with its clauses."""
        return doc.but(clauses=tuple(_ClauseBuilder(doc).build()))


class _ClauseBuilder:
    """Builds the clauses of one document."""

    def __init__(self, doc: Document) -> None:
        self.syntax = Syntax(doc.tokens)
        self.tokens = doc.tokens
        self.status = StatusReader(self.syntax, doc.times, doc.date)
        self.statements, self.offices = doc.statements, doc.offices
        self.mentions = {entity.id: entity.mentions for entity in doc.entities}
        self.names = {
            index
            for entity in doc.entities
            for mention in entity.mentions
            if mention.kind == "name"
            for index in self.syntax.within(mention.span)
        }
        self.named = {
            self.syntax.root_of(mention.span)
            for entity in doc.entities
            for mention in entity.mentions
            if entity.type != "Event"
        }
        self._subjects: dict[int, list[int]] = {}
        self._verbs: dict[int, Slots] = {}

    def build(self) -> Iterator[Clause]:
        for index, token in enumerate(self.tokens):
            if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass")):
                yield self._clause(index, "v", self.verb_slots(index))
            elif token.pos == "NOUN" or (token.pos == "PROPN" and token.lemma in _event_heads()):
                slots = self.noun_slots(index)
                if slots:
                    yield self._clause(index, "n", slots)
            elif token.pos == "ADJ":
                slots = self.adjective_slots(index)
                if slots:
                    yield self._clause(index, "a", slots)

    def _clause(self, index: int, pos: str, slots: Slots) -> Clause:
        span = self.tokens[index].span
        speaker = next((s.speaker for s in self.statements if s.quote.covers(span)), None)
        return Clause(
            trigger=span,
            lemma=self.status.lemma(index) if pos == "v" else self.tokens[index].lemma,
            pos=pos,
            slots={
                name: tuple(self.tokens[i].span for i in dict.fromkeys(members))
                for name, members in slots.items()
                if members
            },
            status=self.status.of(index),
            sentence=self.syntax.sentence_span(index),
            speaker=speaker,
            purpose=self.tokens[index].dep == "advcl" and self.status.has_to(index),
        )

    # ------------------------------------------------------------ verbs
    def verb_slots(self, index: int) -> Slots:
        """Return the arguments of a verb, passive undone."""
        if index in self._verbs:
            return self._verbs[index]
        slots: Slots = {}
        self._verbs[index] = slots
        slots["subj"] = self.subjects(index)
        slots["obj"] = self._objects(index)
        for child in self.syntax.all(index, "dative"):
            if self.tokens[child].pos != "ADP":
                slots.setdefault("iobj", []).extend(self.syntax.conjuncts(child))
        for child in self.syntax.all(index, "oprd"):
            # "called him a liar": what the object is said to be, as in "denounced him as a liar"
            slots.setdefault("as", []).extend(self.syntax.conjuncts(child))
        self._add_prepositions(index, slots, skip="agent")
        particle = self.syntax.child(index, "prt")
        if particle is not None:
            self._add_prepositions(particle, slots)
        for child in self.syntax.all(index, "ccomp", "xcomp", "advcl"):
            if self.tokens[child].dep == "advcl" and not self._is_for_clause(child):
                continue
            slots.setdefault("comp", []).extend(self._own_subjects(child))
            if any(self.tokens[a].text.lower() in words("speech", "duty") for a in self.syntax.all(child, "aux")):
                slots.setdefault("duty", []).extend(self._obliged(child))
        self._share_with_conjunct(index, slots)
        return slots

    def _is_for_clause(self, index: int) -> bool:
        """Tell "for the U.S. to lift its embargo" from other adverbial clauses."""
        return self.status.has_to(index) and any(
            self.tokens[mark].lemma == "for" for mark in self.syntax.all(index, "mark")
        )

    def _obliged(self, index: int) -> list[int]:
        """Return who should do something: "said that Russia should withdraw"."""
        return self._agents(index) if self._is_passive(index) else self._own_subjects(index)

    def subjects(self, index: int, depth: int = 0) -> list[int]:
        """Return who does what the verb says, also where another clause names them."""
        if index in self._subjects:
            return self._subjects[index]
        found = self._find_subjects(index, depth) if depth < _DEPTH else []
        if depth == 0 or found:
            self._subjects[index] = found
        return found

    def _find_subjects(self, index: int, depth: int) -> list[int]:
        if self._is_passive(index):
            return self._agents(index)
        own = self._own_subjects(index)
        if own:
            return own
        token = self.tokens[index]
        head = token.head
        if head == index:
            return []
        if token.dep == "conj":
            if self._is_passive(head):
                return self._patients(head)
            return self.subjects(head, depth + 1)
        if token.dep == "xcomp":
            return self._controller(index, head, depth)
        if token.dep in ("acl", "relcl"):
            infinitive = any(self.tokens[c].tag == "TO" for c in self.syntax.all(index, "aux"))
            if infinitive:
                return self._noun_owner(head, depth)
            if token.tag != "VBG":
                return []
            # "sent a letter urging": it is the sender who urges.
            return self.syntax.conjuncts(head) if head in self.named else self._noun_owner(head, depth)
        if token.dep in ("advcl", "dep"):
            return self._main_subject(head, depth)
        if token.dep == "pcomp":
            return self._gerund_subject(head, depth)
        return []

    def _own_subjects(self, index: int) -> list[int]:
        """Return the subjects that stand beside the verb itself."""
        found = []
        for child in self.syntax.all(index, "nsubj", "nsubjpass", "expl"):
            if self.tokens[child].dep != "expl":
                found += self._expand(child, index)
        return found

    def _expand(self, index: int, verb: int) -> list[int]:
        """Resolve a relative pronoun to its antecedent and open a coordination."""
        token = self.tokens[index]
        if token.lemma in _RELATIVE and self.tokens[verb].dep in ("relcl", "acl"):
            return self._antecedents(self.tokens[verb].head)
        return self.syntax.conjuncts(index)

    def _antecedents(self, head: int) -> list[int]:
        """A plural verb would mean the whole list; the last name is the safe reading."""
        return [head]

    def _controller(self, index: int, head: int, depth: int) -> list[int]:
        """Who is to do it: the object of "urged Russia to", the subject of "agreed to"."""
        if self.tokens[head].pos == "ADJ":
            return self._adjective_subjects(head, depth)
        if self._is_passive(head):
            return self._patients(head)
        infinitive = any(self.tokens[c].tag == "TO" for c in self.syntax.all(index, "aux"))
        if infinitive and self.tokens[head].lemma not in _OBJECT_CONTROL_EXCEPT:
            objects = self._objects(head)
            objects = objects or self._addressees(head)
            if objects:
                return objects
        return self.subjects(head, depth + 1)

    def _addressees(self, index: int) -> list[int]:
        """Return who is to do it in "called on Belarus to", "appealed to him to"."""
        wanted = _ADDRESSED.get(self.tokens[index].lemma, ())
        found = []
        for prep in self.syntax.all(index, "prep"):
            if self.tokens[prep].lemma in wanted:
                found += [i for noun in self.syntax.all(prep, "pobj") for i in self.syntax.conjuncts(noun)]
        return found

    def _main_subject(self, head: int, depth: int) -> list[int]:
        if self.tokens[head].pos in ("VERB", "AUX"):
            if self._is_passive(head):
                return self._patients(head)
            return self.subjects(head, depth + 1)
        return []

    def _gerund_subject(self, prep: int, depth: int) -> list[int]:
        """ "accused Iran of attacking": the object; "left after meeting": the subject."""
        governor = self.tokens[prep].head
        if self.tokens[governor].pos in ("VERB", "AUX"):
            objects = self._objects(governor)
            behind = prep > governor and self.tokens[prep].lemma in ("of", "from", "for", "into", "against")
            if objects and behind:
                return objects
            return self._main_subject(governor, depth)
        if self.tokens[governor].pos == "ADJ":
            return self._adjective_subjects(governor, depth)
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

    def _adjective_subjects(self, adjective: int, depth: int) -> list[int]:
        head = self.tokens[adjective].head
        if head != adjective and self.tokens[head].pos in ("VERB", "AUX"):
            return self._own_subjects(head) or self._main_subject(head, depth)
        return []

    def _is_passive(self, index: int) -> bool:
        if self.syntax.child(index, "auxpass", "nsubjpass") is not None:
            return True
        token = self.tokens[index]
        if token.tag != "VBN":
            return False
        if token.dep == "acl" or self.syntax.child(index, "agent") is not None:
            return True
        if token.dep == "conj" and self.syntax.child(index, "nsubj", "aux") is None:
            return self._is_passive(token.head)
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
        return found

    def _patients(self, index: int) -> list[int]:
        """Return what a passive verb is done to."""
        own = self.syntax.all(index, "nsubjpass", "nsubj")
        if own:
            return [i for child in own for i in self._expand(child, index)]
        token = self.tokens[index]
        if token.dep == "acl" and token.head != index:
            return [token.head]
        if token.dep == "conj" and token.head != index:
            return self._patients(token.head)
        if token.dep == "pcomp" and token.head != index:
            return self._main_subject(self.tokens[token.head].head, 1)
        if token.dep in ("advcl", "xcomp") and token.head != index:
            head = token.head
            return self._patients(head) if self._is_passive(head) else self.subjects(head, 1)
        return []

    def _objects(self, index: int) -> list[int]:
        if self._is_passive(index):
            return self._patients(index)
        found = []
        for child in self.syntax.all(index, "dobj", "attr"):
            if self.tokens[child].dep == "attr" and self.tokens[index].lemma == "be":
                continue
            if self.tokens[child].lemma in _RELATIVE:
                found += self._antecedents(self.tokens[index].head)
            else:
                found += self.syntax.conjuncts(child)
        if not found and self.tokens[index].dep == "relcl" and self._gap_is_object(index):
            found = self._antecedents(self.tokens[index].head)
        if not found:
            for child in self.syntax.all(index, "ccomp", "xcomp"):
                # "asked Russia to withdraw": some parses hide the object in the complement.
                has_to = any(self.tokens[c].tag == "TO" for c in self.syntax.all(child, "aux"))
                if has_to:
                    found += self._own_subjects(child)
        return found

    def _gap_is_object(self, index: int) -> bool:
        """Tell whether "the envoy Moscow expelled" lacks the object of its verb."""
        first = self.syntax.edges(index)[0]
        if any(self.tokens[c].lemma in _RELATIVE for c in self.syntax.children[index]):
            return False
        subject = self.syntax.child(index, "nsubj")
        stranded = any(
            self.tokens[c].dep == "prep" and not self.syntax.children[c]
            for c in self.syntax.children[index]
        )
        return subject is not None and not stranded and first > self.tokens[index].head

    # ------------------------------------------------------------ prepositions
    def _add_prepositions(self, index: int, slots: Slots, skip: str = "") -> None:
        for child in self.syntax.all(index, *_PREPOSITIONS):
            if self.tokens[child].dep == skip or self.tokens[child].pos not in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
                continue
            self._add_objects_of(child, slots)
            for other in self.syntax.all(child, "conj"):
                self._add_objects_of(other, slots)

    def _add_objects_of(self, prep: int, slots: Slots) -> None:
        name = self.tokens[prep].text.lower()
        if not name.isalpha():
            return
        for noun in self.syntax.all(prep, "pobj"):
            slots.setdefault(name, []).extend(self.syntax.conjuncts(noun))
            if self.tokens[noun].lemma in ("side", "behalf", "invitation", "request"):
                self._add_prepositions(noun, slots)
        for deeper in self.syntax.all(prep, "prep"):
            self._add_objects_of(deeper, slots)

    def _share_with_conjunct(self, index: int, slots: Slots) -> None:
        """ "met and briefed the envoys": a verb without object shares the next one's."""
        if slots.get("obj") or self._is_passive(index):
            return
        for child in self.syntax.all(index, "conj"):
            adjacent = child - index <= 4
            if self.tokens[child].pos == "VERB" and adjacent and not self._own_subjects(child):
                if not any(name not in ("subj", "obj", "comp") for name in slots):
                    slots["obj"] = self._objects(child)

    # ------------------------------------------------------------ nouns
    def noun_slots(self, index: int) -> Slots:
        """Return the arguments of a noun: possessor, modifiers, prepositions, support verb."""
        slots: Slots = {}
        modifiers = []
        for child in self.syntax.children[index]:
            dep = self.tokens[child].dep
            if dep == "poss" or (dep in ("compound", "amod", "nmod") and child in self.names):
                modifiers += self.syntax.conjuncts(child)
                if dep != "poss":
                    modifiers += self._hyphenated(child)
        if modifiers:
            slots["poss"] = sorted(set(modifiers))
        self._add_prepositions(index, slots)
        self._add_adjacent(index, slots)
        self._add_support(index, slots)
        self._add_speaker(index, slots)
        first = self.syntax.first_conjunct(index)
        if first != index and not slots:
            for name, members in self.noun_slots(first).items():
                slots.setdefault(name, members)
        if slots or index in self.names:
            slots["self"] = [index]
            # "a verbal attack", "a phone call": what kind of thing it is
            slots["mod"] = [
                child
                for child in self.syntax.all(index, "amod", "compound")
                if child not in self.names
            ]
        return slots

    def _hyphenated(self, index: int) -> list[int]:
        """Return the other half of "Putin-Xi" or "U.S.-Russian"."""
        return [
            other
            for other in (index - 2, index + 2)
            if 0 <= other < len(self.tokens)
            and other in self.names
            and self.tokens[(index + other) // 2].text in ("-", "–", "/")
        ]

    def _add_adjacent(self, index: int, slots: Slots) -> None:
        """A preposition right behind a noun is the noun's, wherever the parser hung it."""
        after = index + 1
        if after < len(self.tokens) and self.tokens[after].dep in ("prep", "agent"):
            if self.tokens[after].head != index:
                self._add_objects_of(after, slots)

    def _add_support(self, index: int, slots: Slots) -> None:
        """Give a noun the arguments of the verb that only carries it."""
        token = self.tokens[index]
        head = token.head
        if head == index:
            return
        governor = self.tokens[head]
        if token.dep == "conj" and governor.pos == "NOUN":
            return
        if token.dep == "pobj":
            verb = governor.head
            if verb != head and self.tokens[verb].pos in ("VERB", "AUX") and self._takes_part(verb, head, index):
                slots.setdefault("subj", []).extend(self._people_before(verb))
            return
        if governor.pos not in ("VERB", "AUX"):
            if token.dep == "appos":
                slots.setdefault("subj", []).append(head)
            return
        if token.dep == "attr" or (token.dep in ("oprd",) and governor.lemma in ("be", "become", "remain")):
            slots.setdefault("subj", []).extend(self._own_subjects(head) or self.subjects(head))
        elif token.dep in ("dobj", "nsubjpass"):
            lemma = self.status.lemma(head)
            if lemma in words("support", "verbs"):
                carried = self.verb_slots(head)
                slots.setdefault("subj", []).extend(carried.get("subj", []))
                for name, members in carried.items():
                    if name not in ("subj", "obj", "comp", "iobj"):
                        slots.setdefault(name, []).extend(members)
            elif lemma in status_of_words("governors", "verbs"):
                slots.setdefault("subj", []).extend(self.subjects(head))
        elif token.dep in ("nsubj",) and self.status.lemma(head) in words("occurrence", "verbs"):
            for name, members in self.verb_slots(head).items():
                if name not in ("subj", "obj", "comp", "iobj"):
                    slots.setdefault(name, []).extend(members)

    def _add_speaker(self, index: int, slots: Slots) -> None:
        """Whoever tells of "negotiations with Europe" tells of their own, or of their state's."""
        if "with" not in slots or slots.get("subj") or slots.get("poss"):
            return
        if self.tokens[index].lemma not in words("events", "negotiation"):
            return
        span = self.tokens[index].span
        speaker = next((s.speaker for s in self.statements if s.quote.covers(span)), None)
        body = next((o.body for o in self.offices if o.person == speaker and o.body), speaker)
        mention = next((m.span for m in self.mentions.get(body or "", ())), None)
        if mention is not None:
            slots["subj"] = [self.syntax.root_of(mention)]

    def _takes_part(self, verb: int, prep: int, noun: int) -> bool:
        """Read "entered into an agreement", "said in a meeting with", "left for talks with"."""
        lemma = self.tokens[prep].lemma
        if self.tokens[noun].lemma in _event_heads():
            return lemma in ("in", "into", "on", "to", "for", "at", "during", "after", "following")
        return lemma in ("in", "into", "on") and self.status.lemma(verb) in words("support", "verbs")

    def _people_before(self, verb: int) -> list[int]:
        if self._is_passive(verb):
            return self._patients(verb)
        return self.subjects(verb)

    # ------------------------------------------------------------ adjectives
    def adjective_slots(self, index: int) -> Slots:
        """Return the arguments of an adjective: "X is critical of Y", "Y, critical of X"."""
        slots: Slots = {}
        self._add_prepositions(index, slots)
        if not slots:
            return slots
        token = self.tokens[index]
        if token.dep == "amod" and token.head != index:
            slots["subj"] = [token.head]
        else:
            slots["subj"] = self._adjective_subjects(index, 0)
            if not slots["subj"] and token.dep == "conj":
                slots["subj"] = self._adjective_subjects(self.syntax.first_conjunct(index), 0)
        return slots


def _event_heads() -> frozenset[str]:
    return frozenset(
        name for kind in ("meeting", "negotiation", "visit", "call", "rally") for name in words("events", kind)
    )
