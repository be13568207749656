"""The lexicon matched against clauses: every relation that a verb, noun or adjective says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import ClassVar

from kg.cues import words
from kg.extract.arguments import Arguments
from kg.extract.circumstances import Circumstances
from kg.extract.deeds import Deeds
from kg.extract.occasions import Occasions
from kg.extract.understood import Understood
from kg.model import ENTITY_TYPES, Clause, Document, Relation, Span, Status
from kg.relations import Companions, Frame, Lexicon, RelationType, Trigger, shipped


@dataclass(frozen=True)
class Frames:
    """Relations by the frames of a lexicon.

    Parameters
    ----------
    lexicon
        The relation types with their frames; ours if not given.
    """

    name: ClassVar[str] = "frames"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "times", "entities", "clauses")

    lexicon: Lexicon = field(default_factory=shipped)

    def warm_up(self) -> None:
        """Nothing to load beyond the lexicon."""

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield the relations of a document, clause by clause."""
        matcher = Matcher(doc, self.lexicon)
        told = []
        for clause in doc.clauses:
            # "A and B met C" says nothing of A meeting B: pairs count only where nothing else does.
            settled: set[str] = set()
            for match in sorted(matcher.matches(clause), key=lambda match: match.frame.together):
                if match.frame.together and match.entry.name in settled:
                    continue
                for relation in matcher.relations(clause, match):
                    settled.add(relation.type)
                    told.append(relation)
        yield from dated(told)
        if {"attended", "heldIn"} <= set(self.lexicon):
            yield from Occasions(doc, matcher.arguments, matcher.circumstances).read(told)


def dated(told: list[Relation]) -> Iterator[Relation]:
    """Yield the relations, a venue as planned where its sentence has all attendance so."""
    ahead: dict[tuple[str, Span], set[Status]] = {}
    for relation in told:
        if relation.type in ("attended", "hosted"):
            ahead.setdefault((relation.object, relation.evidence), set()).add(relation.status)
    for relation in told:
        is_venue = relation.type == "heldIn" and relation.status == "actual"
        is_ahead = ahead.get((relation.subject, relation.evidence)) == {"planned"}
        yield replace(relation, status="planned") if is_venue and is_ahead else relation


@dataclass(frozen=True)
class Match:
    """A frame whose trigger is the head of a clause."""

    entry: RelationType
    frame: Frame
    trigger: Trigger


class Matcher:
    """Matches the frames of a lexicon against the clauses of one document."""

    def __init__(self, doc: Document, lexicon: Lexicon) -> None:
        self.doc, self.arguments = doc, Arguments(doc)
        self.deeds = Deeds(self.arguments)
        self.circumstances = Circumstances(doc, self.arguments)
        self.understood = Understood(doc, self.arguments.syntax)
        self.lexicon = lexicon
        self._read = {
            "": self.arguments.of_span,
            "of": self.arguments.belonging,
            "doer": self.deeds.of_span,
        }

    def matches(self, clause: Clause) -> Iterator[Match]:
        """Yield the frames whose trigger and companions the clause has."""
        for match in self.candidates(clause):
            companions = match.trigger.companions
            if all(self.has(clause, slot, wanted) for slot, wanted in companions):
                yield match

    def candidates(self, clause: Clause) -> Iterator[Match]:
        """Yield the frames whose trigger the clause has, whatever else they ask for."""
        lemma, _, particle = clause.lemma.partition(" ")
        for entry, frame, trigger in self.lexicon.by_trigger.get((lemma, clause.pos), ()):
            # "call off" is no "call", but "rally together" is still "rally".
            fits = trigger.particle == particle
            fits |= not trigger.particle and particle not in words("particles", "splitting")
            if fits:
                yield Match(entry, frame, trigger)

    def relations(self, clause: Clause, match: Match) -> Iterator[Relation]:
        """Yield the relations that a matching frame makes of a clause."""
        entry, frame = match.entry, match.frame
        if "self" in (frame.subject, frame.object) and self._is_description(clause):
            return
        status = _status(frame, clause)
        if status is None:
            return
        for subject, object_ in self._pairs(clause, match):
            if subject == object_ or not self._allowed(entry, subject, object_):
                continue
            place, date = self.circumstances.of(clause, exclude={subject, object_})
            if entry.range == ("Event",) and clause.lemma in words("event_parts", "asked"):
                date = None  # "had called the summit in May": it was not held in May
            if entry.name == "heldIn":
                place = None  # that is the object
            yield Relation(
                type=entry.name,
                subject=subject,
                object=object_,
                status=status,
                evidence=clause.sentence,
                place=place,
                date=date,
                score=_SCORE[clause.pos],
                by=Frames.name,
            )

    def _is_description(self, clause: Clause) -> bool:
        """Tell "NATO's allies", which only says who is meant, from "NATO's talks"."""
        found = self.arguments.of_span(clause.trigger)
        return bool(found) and self.arguments.type_of(found[0]) == "Group"

    def _pairs(self, clause: Clause, match: Match) -> Iterator[tuple[str, str]]:
        frame, companions = match.frame, match.trigger.companions
        subjects = self.fillers(clause, frame.subject, companions)
        objects = self.fillers(clause, frame.object, companions)
        if frame.together and frame.subject == frame.object:
            if clause.purpose:
                return  # "gathered to discuss" is no second meeting
            for one, other in combinations(subjects, 2):
                if not self.arguments.are_of_one_party(one, other):
                    yield one, other
        else:
            seen = set()
            for pair in product(subjects, objects):
                # "accused each other" is two facts, "met each other" only one
                if match.entry.symmetric and (pair[1], pair[0]) in seen:
                    continue
                seen.add(pair)
                yield pair

    def fillers(self, clause: Clause, slot: str, companions: Companions) -> list[str]:
        """Return the ids of the entities in a slot.

        "obj" itself, "obj.of" what it belongs to, "obj.doer" whose deed it is; "occasion" is the
        event named last before the clause.
        """
        if slot == "occasion":
            return self.understood.occasion(clause.trigger)
        name, _, part = slot.partition(".")
        spans = [*self.slot(clause, name)]
        for companion, wanted in companions:
            # "joined forces with Togo": the parser may hang "with" on the noun of the idiom.
            for span in self.slot(clause, companion):
                if self._is_called(span, wanted):
                    spans += self.arguments.behind(span, name)
        found: list[str] = []
        for span in spans:
            found += self._read[part](span)
        return list(dict.fromkeys(found))

    def slot(self, clause: Clause, name: str) -> tuple[Span, ...]:
        """Return the argument heads in a slot; "self" is the trigger itself."""
        return (clause.trigger,) if name == "self" else clause.slots.get(name, ())

    def has(self, clause: Clause, slot: str, wanted: frozenset[str]) -> bool:
        """Tell whether a slot of a clause holds what a companion asks for."""
        if "-" in wanted:
            return not self.slot(clause, slot)
        if excluded := {word[1:] for word in wanted if word.startswith("!")}:
            slots = self.slot(clause, slot)
            return not any(self.arguments.head_lemmas(span) & excluded for span in slots)
        for span in self.slot(clause, slot):
            if self._is_called(span, wanted):
                return True
            if wanted & set(ENTITY_TYPES):
                types = {self.arguments.type_of(eid) for eid in self.arguments.of_span(span)}
                if types & wanted:
                    return True
        return False

    def _is_called(self, span: Span, wanted: frozenset[str]) -> bool:
        """Tell whether the head of a phrase is one of these lemmas; "deed" and "site" are any."""
        if self.arguments.head_lemmas(span) & wanted:
            return True
        if "site" in wanted and self.arguments.is_site(span):
            return True
        return "deed" in wanted and self.deeds.is_deed(span)

    def _allowed(self, entry: RelationType, subject: str, object_: str) -> bool:
        return (
            self.arguments.type_of(subject) in entry.domain
            and self.arguments.type_of(object_) in entry.range
        )


def _status(frame: Frame, clause: Clause) -> Status | None:
    """Return the status of what a frame says; None where a denial leaves it open.

    "Did not boycott the talks" tells nothing of attendance, and "may boycott" no more than may.
    """
    if frame.status is None:
        return clause.status
    if clause.status == "negated":
        return None
    if frame.status == "implied" or clause.status == "possible":
        return clause.status
    return frame.status


# A verb names its roles; a noun leaves more of them to inference.
_SCORE = {"v": 0.9, "n": 0.75, "a": 0.8}
