"""Where and when: the place and the date of what a clause says."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.cues import groups_of_words, words
from kg.extract.arguments import Arguments
from kg.model import Clause, Document, Time

_LOCAL = ("in", "at", "inside", "outside", "near")
_TEMPORAL = ("before", "after", "during", "since", "until", "ahead")
_CLAUSES = ("ccomp", "advcl", "relcl", "acl", "conj", "pcomp", "xcomp")
_LONGEST = 6  # tokens behind a preposition that still are a date in words


class Circumstances:
    """Finds place and date of the clauses of one document."""

    def __init__(self, doc: Document, arguments: Arguments) -> None:
        self.doc, self.arguments, self.syntax = doc, arguments, arguments.syntax
        self.times_at: dict[int, list[int]] = {}
        for number, time in enumerate(doc.times):
            for index in self.syntax.within(time.span):
                self.times_at.setdefault(index, []).append(number)

    def of(self, clause: Clause, *, exclude: Set[str]) -> tuple[str | None, str | None]:
        """Return the place (an entity id) and the date (ISO, or the text's words) of a clause."""
        return self._place(clause, exclude), self._date(clause)

    def _place(self, clause: Clause, exclude: Set[str]) -> str | None:
        trigger = self.syntax.at(clause.trigger.start)
        for name in _LOCAL:
            for span in clause.slots.get(name, ()):
                found = self._location(self.syntax.at(span.start), exclude)
                if found:
                    return found
        for index in sorted(self._own_tokens(self._verb_of(clause))):
            # "briefed allies and officials in Brussels": parsers hang the place on the last noun.
            token = self.syntax.tokens[index]
            if index > trigger and token.dep == "prep" and token.lemma in _LOCAL:
                for noun in self.syntax.all(index, "pobj"):
                    found = self._location(noun, exclude)
                    if found and self._is_free(index, clause) and self._is_theirs(index, exclude):
                        return found
        return None

    def _location(self, index: int, exclude: Set[str]) -> str | None:
        for entity in self.arguments.of(index):
            if self.arguments.type_of(entity) in ("Place", "Country") and entity not in exclude:
                return entity
        return None

    def _is_free(self, prep: int, clause: Clause) -> bool:
        """Tell a place of the whole clause from one that only says which noun is meant."""
        head = self.syntax.tokens[prep].head
        inside = {
            self.syntax.at(span.start)
            for name, members in clause.slots.items()
            # "met before the summit in Oslo" does not say where, "met during it" does
            if name == "during" or name not in _TEMPORAL
            for span in members
        }
        return head in inside and prep > head

    def _is_theirs(self, prep: int, people: Set[str]) -> bool:
        """Tell the place of one pair: "met Novak in Oslo and Berg in Lima" names one for each."""
        head = self.syntax.tokens[prep].head
        each = [
            i
            for i in self.syntax.conjuncts(self.syntax.first_conjunct(head))
            if any(self.syntax.tokens[p].lemma in _LOCAL for p in self.syntax.all(i, "prep"))
        ]
        return len(each) < 2 or bool(people & set(self.arguments.of(head)))

    def _date(self, clause: Clause) -> str | None:
        times = list(self._times(clause))
        exact = next((time.value for time in times if time.value), None)
        if exact:
            return exact
        if times:
            return times[0].span.of(self.doc.text)
        return self._relative_words(clause)

    def _times(self, clause: Clause) -> Iterator[Time]:
        """Yield the date expressions that hang on the clause, not on a clause inside it."""
        verb = self._verb_of(clause)
        own = self._own_tokens(verb)
        if self._has_a_day_of_its_own(clause, verb):
            own = set(self.syntax.subtree(self.syntax.at(clause.trigger.start)))
        while self.syntax.tokens[verb].dep == "xcomp":
            # "voted on Tuesday to elect": the day of the one is the day of the other
            verb = self.syntax.tokens[verb].head
            own |= self._own_tokens(verb)
        for number in sorted({number for i in own for number in self.times_at.get(i, ())}):
            time = self.doc.times[number]
            # "before the summit" is no date of the summit itself
            if not time.span.covers(clause.trigger):
                yield time

    def _has_a_day_of_its_own(self, clause: Clause, verb: int) -> bool:
        """Tell "on Monday, three years after Peru's attack", which was not on that Monday.

        So with all deeds that stand deeper than the subject or the object of what happened on a
        day, and with occasions that somebody only asks for.
        """
        noun = self.syntax.at(clause.trigger.start)
        if noun == verb or self.syntax.tokens[noun].dep in ("nsubj", "nsubjpass"):
            return False
        if clause.lemma in groups_of_words("events"):
            return self.syntax.lemma(verb) in words("event_parts", "asked")
        return any(clause.slots.get(name) for name in ("poss", "by")) and (
            self.syntax.tokens[noun].head != verb
        )

    def _verb_of(self, clause: Clause) -> int:
        """Return the verb that a clause belongs to, the trigger itself if it is one."""
        index = self.syntax.at(clause.trigger.start)
        while self.syntax.tokens[index].pos not in ("VERB", "AUX"):
            head = self.syntax.tokens[index].head
            if head == index:
                break
            index = head
        return index

    def _own_tokens(self, index: int) -> set[int]:
        """Return the tokens below a verb that belong to no other verb."""
        found, open_ = {index}, [index]
        while open_:
            for child in self.syntax.children[open_.pop()]:
                token = self.syntax.tokens[child]
                if token.pos != "VERB" or token.dep not in _CLAUSES:
                    found.add(child)
                    open_.append(child)
        return found

    def _relative_words(self, clause: Clause) -> str | None:
        """Return words like "shortly before the meeting", if the clause has them."""
        trigger = self.syntax.at(clause.trigger.start)
        for child in self.syntax.all(trigger, "prep"):
            named = self.syntax.child(child, "pobj") is not None
            if self.syntax.tokens[child].lemma in _TEMPORAL and named:
                first, last = self.syntax.edges(child)
                if last - first <= _LONGEST:
                    return self.syntax.span(first, last).of(self.doc.text)
        return None
