"""What stands in the slots of a noun or an adjective: possessors, prepositions, support verbs."""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.lookup import towns
from kg.annotate.outcomes import quitting_verb
from kg.annotate.prepositions import Slots
from kg.annotate.verbs import Verbs
from kg.cues import status_of_words, words
from kg.model import Document, Span, Statement

# What a noun does not take over from the verb that carries it; what is "of" it stands beside it.
_OF_THE_VERB = frozenset({"subj", "obj", "comp", "iobj", "of"})


class Nouns:
    """Reads the arguments of the nouns and adjectives of one document.

    Parameters
    ----------
    doc
        With tokens, entities, offices and statements.
    verbs
        The reader of its verbs.
    """

    def __init__(self, doc: Document, verbs: Verbs) -> None:
        self.verbs, self.syntax, self.tokens = verbs, verbs.syntax, doc.tokens
        self.statements, self.offices = doc.statements, doc.offices
        self.mentions = {entity.id: entity.mentions for entity in doc.entities}
        named = self.syntax.owners(doc.entities, names_only=True)
        self.names = set(named)
        # "the Silk Road summit" is about a region, "the Lisbon summit" in a town
        self.topics = {i for i, e in named.items() if e.type == "Place" and e.name not in towns()}

    def of_noun(self, index: int) -> Slots:
        """Return the arguments of a noun: possessor, modifiers, prepositions, support verb."""
        slots: Slots = {}
        modifiers = []
        topics = self.topics if self.tokens[index].lemma in event_heads() else ()
        for child in self.syntax.children[index]:
            dep = self.tokens[child].dep
            named = child in self.names and child not in topics
            if dep == "poss" or (dep in ("compound", "amod", "nmod") and named):
                modifiers += self.syntax.conjuncts(child)
                if dep != "poss":
                    modifiers += self._hyphenated(child)
        if modifiers:
            slots["poss"] = sorted(set(modifiers))
        self.verbs.prepositions.add(index, slots)
        self._add_adjacent(index, slots)
        for child in self.syntax.all(index, "dobj"):
            # "denied bombing Chile": a gerund that parsers take for a noun
            slots.setdefault("of", []).extend(self.syntax.conjuncts(child))
        self._add_support(index, slots)
        self._add_partner(index, slots)
        self._add_speaker(index, slots)
        self._add_stop(index, slots)
        first = self.syntax.first_conjunct(index)
        if first != index and not slots:
            for name, members in self.of_noun(first).items():
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
        """Add what a preposition right behind the noun ties to it, wherever the parser hung it."""
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if after is not None and after.dep in ("prep", "agent") and after.head != index:
            self.verbs.prepositions.add_objects(index + 1, slots)

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
            verb = quitting_verb(self.syntax, head) or governor.head
            if governor.lemma == "as" and self.tokens[verb].lemma in words("support", "roles"):
                slots.setdefault("subj", []).extend(self._owners(verb))
            elif self.tokens[verb].lemma in status_of_words("governors", "adjectives"):
                # "is open to talks with Chile"
                slots.setdefault("subj", []).extend(self.verbs.adjective_subjects(verb, 0))
            elif (
                verb != head
                and not self._has_own_people(index, slots)
                and self.tokens[verb].pos in ("VERB", "AUX")
                and self._takes_part(verb, head, index)
            ):
                slots.setdefault("subj", []).extend(self._people_before(verb))
            elif (
                governor.lemma == "on"
                and governor.head in self.names
                and token.lemma in words("events", "visit")
            ):
                slots.setdefault("subj", []).append(governor.head)  # "Novak, on a visit to Oslo,"
            return
        if governor.pos not in ("VERB", "AUX"):
            if token.dep == "appos":
                slots.setdefault("subj", []).extend(self._described(index, head))
            return
        if token.dep == "attr" or (
            token.dep in ("oprd",) and governor.lemma in ("be", "become", "remain")
        ):
            slots.setdefault("subj", []).extend(
                self.verbs.own_subjects(head) or self.verbs.subjects(head)
            )
        elif token.dep in ("dobj", "nsubjpass"):
            lemma = self.syntax.lemma(head)
            closes = lemma in words("support", "closing") and token.lemma in event_heads()
            if closes or lemma in words("support", "verbs"):
                carried = self.verbs.slots(head)
                slots.setdefault("subj", []).extend(carried.get("subj", []))
                for name, members in carried.items():
                    if name not in _OF_THE_VERB:
                        slots.setdefault(name, []).extend(members)
            elif lemma in status_of_words("governors", "verbs") and not self._is_sent(slots):
                slots.setdefault("subj", []).extend(self.verbs.subjects(head))
        elif token.dep in ("nsubj",) and self.syntax.lemma(head) in words("occurrence", "verbs"):
            for name, members in self.verbs.slots(head).items():
                if name not in _OF_THE_VERB:
                    slots.setdefault(name, []).extend(members)

    def _is_sent(self, slots: Slots) -> bool:
        """Tell "the deployment of troops from Chile", which is Chile's, whoever rules it out."""
        behind = (self.tokens[noun + 1 : noun + 2] for noun in slots.get("of", ()))
        return any(token.lemma == "from" for after in behind for token in after)

    def _described(self, index: int, head: int) -> list[int]:
        """Return whom a noun in apposition describes, all if many: "Oman and Togo, allies of"."""
        together = self.syntax.conjuncts(self.syntax.first_conjunct(head))
        plural = self.tokens[index].tag in ("NNS", "NNPS")
        return together if plural and together[-1] < index else [head]

    def _add_partner(self, index: int, slots: Slots) -> None:
        """Read "hand in hand with Chile, Peru built": parsers tear the idiom apart."""
        idiom = [token.lemma for token in self.tokens[index : index + 4]]
        if len(idiom) < 4 or idiom[0] != idiom[2] or idiom[3] != "with":
            return
        partners = [i for n in self.syntax.all(index + 3, "pobj") for i in self.syntax.conjuncts(n)]
        for verb in self.syntax.ancestors(index + 3):
            if self.tokens[verb].pos == "VERB":
                slots["with"], slots[idiom[1]] = partners, [index + 2]
                slots["subj"] = [
                    i for i in self._people_before(verb) if i not in (index, index + 2)
                ]
                return

    def _owners(self, noun: int) -> list[int]:
        """Return whose role it is: "its role as host", "took on the role of host"."""
        own = [i for child in self.syntax.all(noun, "poss") for i in self.syntax.conjuncts(child)]
        return own or self._people_before(self.tokens[noun].head)

    def _add_speaker(self, index: int, slots: Slots) -> None:
        """Whoever tells of "negotiations with Europe" tells of their own, or of their state's."""
        if "with" not in slots or slots.get("subj") or slots.get("poss"):
            return
        if self.tokens[index].lemma not in words("events", "negotiation"):
            return
        span = self.tokens[index].span
        speaker = speaker_at(span, self.statements)
        body = next((o.body for o in self.offices if o.person == speaker and o.body), speaker)
        mention = next((m.span for m in self.mentions.get(body or "", ())), None)
        if mention is not None:
            slots["subj"] = [self.syntax.root_of(mention)]

    def _add_stop(self, index: int, slots: Slots) -> None:
        """Read "spoke in Lima, the first stop of a tour": who spoke there has stopped there."""
        if self.tokens[index].lemma not in ("stop", "leg") or not {"of", "on", "in"} & set(slots):
            return
        first = self.syntax.at(self.syntax.premodified(index).start)
        comma = first - 2 if first and self.tokens[first - 1].pos == "DET" else first - 1
        place = comma - 1
        if place < 0 or self.tokens[comma].text != "," or place not in self.names:
            return
        verb = next(
            (v for v in self.syntax.ancestors(place) if self.tokens[v].pos in ("VERB", "AUX")), None
        )
        if verb is not None:
            slots["in"] = [place]
            slots["subj"] = list(self._people_before(verb))

    def _takes_part(self, verb: int, prep: int, noun: int) -> bool:
        """Read "entered into an agreement", "said in a meeting with", "left for talks with"."""
        lemma = self.tokens[prep].lemma
        if self.syntax.child(verb, "neg") is not None and lemma in ("at", "during"):
            return False  # who did not speak there may not have been there
        if lemma == "to" and self.syntax.child(verb, "dative") is not None:
            return False  # "handed him an invitation to talks": it is he who is to go
        if self.tokens[noun].lemma in event_heads():
            if lemma in ("of", "from") and quitting_verb(self.syntax, prep) is not None:
                return True
            return lemma in ("in", "into", "on", "to", "for", "at", "during", "after", "following")
        if lemma == "in" and self.tokens[noun].lemma in words("support", "joint"):
            return True
        return lemma in ("in", "into", "on") and self.syntax.lemma(verb) in words(
            "support", "verbs"
        )

    def _has_own_people(self, index: int, slots: Slots) -> bool:
        """Tell "left after visits by Novak", whose guests are named, from "left after talks"."""
        if "by" in slots or "between" in slots:
            return True
        return any(
            i in self.names or self.tokens[i].pos == "PRON"
            for i in slots.get("poss", ())
            if self.tokens[i].dep == "poss"
        )

    def _people_before(self, verb: int) -> list[int]:
        if self.verbs.is_passive(verb):
            return self.verbs.patients(verb)
        return self.verbs.subjects(verb)

    def of_adjective(self, index: int) -> Slots:
        """Return the arguments of an adjective: "X is critical of Y", "Y, critical of X"."""
        slots: Slots = {}
        self.verbs.prepositions.add(index, slots)
        if not slots:
            return slots
        token = self.tokens[index]
        if token.dep == "amod" and token.head != index:
            slots["subj"] = [token.head]
        else:
            slots["subj"] = self.verbs.adjective_subjects(index, 0)
            if not slots["subj"] and token.dep == "conj":
                slots["subj"] = self.verbs.adjective_subjects(self.syntax.first_conjunct(index), 0)
        return slots


def speaker_at(span: Span, statements: Iterable[Statement]) -> str | None:
    """Return the entity that is quoted at a place of the text."""
    return next((said.speaker for said in statements if said.quote.covers(span)), None)


def event_heads() -> frozenset[str]:
    """Return the head nouns of the occasions that people hold."""
    kinds = ("meeting", "meal", "ceremony", "negotiation", "visit", "call", "rally")
    return frozenset(name for kind in kinds for name in words("events", kind))
