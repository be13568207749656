"""A verb and a noun that tell of one occasion: "A met B in Lima. The talks lasted an hour."."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.cues import words
from kg.extract.arguments import Arguments
from kg.extract.circumstances import Circumstances
from kg.extract.places import countries_of
from kg.model import Clause, Document, Entity, Relation

_NEAR = 2  # sentences between the two
_ACTORS = ("Person", "Country", "Organization", "Group")
_PEOPLE = ("subj", "obj", "with")


@dataclass(frozen=True, slots=True)
class _Met:
    """What a verb of meeting says."""

    clause: Clause
    people: tuple[str, ...]
    place: str | None
    date: str | None


class Occasions:
    """Gives an occasion the participants and the place that a verb near it tells.

    Parameters
    ----------
    doc
        With clauses.
    arguments
        The reader of their slots.
    circumstances
        The reader of place and date.
    """

    def __init__(self, doc: Document, arguments: Arguments, circumstances: Circumstances) -> None:
        self.doc, self.arguments, self.circumstances = doc, arguments, circumstances
        self.syntax = arguments.syntax
        self.events = [e for e in doc.entities if e.type == "Event" and self._is_plain(e)]

    def _is_plain(self, event: Entity) -> bool:
        """Tell talks and meetings, which a verb may tell of, from a summit or a conference."""
        head = self.syntax.root_of(event.mentions[0].span)
        return self.syntax.tokens[head].lemma in words("occasions", "nouns")

    def read(self, told: Iterable[Relation]) -> Iterator[Relation]:
        """Yield who else attended, and where, after what the frames have told.

        Parameters
        ----------
        told
            The relations that the frames make of the document.
        """
        attended: dict[str, dict[str, Relation]] = {}
        venues: dict[str, set[str]] = {}
        for relation in told:
            if relation.type == "attended":
                attended.setdefault(relation.object, {})[relation.subject] = relation
            elif relation.type == "heldIn":
                venues.setdefault(relation.subject, set()).add(relation.object)
        for met in self._meetings() if self.events else ():
            for event in self.events:
                known = attended.get(event.id, {})
                if not self._is_same(met, event, known) or not self._agrees(
                    met, venues.get(event.id, set())
                ):
                    continue
                yield from self._added(met, event, known, venues.get(event.id, set()))

    def _added(
        self, met: _Met, event: Entity, known: Iterable[str], venues: set[str]
    ) -> Iterator[Relation]:
        facts = [("attended", person, event.id) for person in met.people if person not in known]
        if met.place is not None and met.place not in venues:
            facts.append(("heldIn", event.id, met.place))
        for kind, subject, object_ in facts:
            yield Relation(
                type=kind,
                subject=subject,
                object=object_,
                status=met.clause.status,
                evidence=met.clause.sentence,
                date=met.date,
                score=0.7,
                by="frames",
            )

    def _meetings(self) -> Iterator[_Met]:
        for clause in self.doc.clauses:
            if clause.pos != "v" or clause.lemma not in words("occasions", "verbs"):
                continue
            if clause.status not in ("actual", "planned"):
                continue
            found = [
                entity
                for name in _PEOPLE
                for span in clause.slots.get(name, ())
                for entity in self.arguments.of_span(span)
            ]
            people = tuple(e for e in dict.fromkeys(found) if self.arguments.type_of(e) in _ACTORS)
            several = len(people) > 1 or self._is_group(people)
            if several and not self._is_another(clause):
                place, date = self.circumstances.of(clause, exclude=set(people))
                yield _Met(clause, people, place, date)

    def _is_group(self, people: tuple[str, ...]) -> bool:
        return len(people) == 1 and self.arguments.type_of(people[0]) == "Group"

    def _is_another(self, clause: Clause) -> bool:
        """Tell "she also met Novak" and "later met Novak", a meeting of its own."""
        verb = self.syntax.at(clause.trigger.start)
        return any(
            self.syntax.tokens[child].lemma in words("occasions", "another")
            for child in self.syntax.all(verb, "advmod")
        )

    def _is_same(self, met: _Met, event: Entity, known: dict[str, Relation]) -> bool:
        """Tell whether the occasion can be the one of which the verb tells."""
        verb = self.syntax.at(met.clause.trigger.start)
        sentence = self.syntax.tokens[verb].sentence
        heads = [self.syntax.root_of(mention.span) for mention in event.mentions]
        statuses = {relation.status for relation in known.values()}
        if statuses - {met.clause.status}:
            return False
        if heads[0] > verb:
            near = self.syntax.tokens[heads[0]].sentence - sentence <= _NEAR
            return near and self._is_taken_up(heads[0], met)
        before = [head for head in heads if head < verb]
        near = 0 < sentence - self.syntax.tokens[before[-1]].sentence <= _NEAR
        return near and bool(known) and set(known) <= set(met.people)

    def _is_taken_up(self, head: int, met: _Met) -> bool:
        """Tell "the meeting", which takes up what was told, from another that is to come."""
        if not self.syntax.is_definite(head):
            return False
        own = next((c for c in self.doc.clauses if self.syntax.at(c.trigger.start) == head), None)
        if own is not None:
            if own.status != met.clause.status:
                return False
            if any(own.slots.get(name) for name in ("with", "between", "by")):
                return False
        modifiers = {self.syntax.tokens[i].lemma for i in self.syntax.all(head, "amod", "compound")}
        return not modifiers - words("event_parts", "temporal") and not modifiers & words(
            "modifiers", "planned"
        )

    def _agrees(self, met: _Met, venues: set[str]) -> bool:
        """Tell whether the places that both name can be one: Lima and Peru are."""
        if met.place is None or not venues or met.place in venues:
            return True
        within = countries_of(self.doc.entity(met.place))
        return any(self.doc.entity(venue).iso3 in within for venue in venues)
