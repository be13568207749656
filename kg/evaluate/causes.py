"""Why a relation of the gold was missed, and why one that is not in the gold was found.

What the records show decides first: an end that was not found, found as another type, or not
known to be meant in that sentence. For a miss beyond that the layers are needed: whether a clause
holds the two, and whether an entry of the lexicon was there to make a relation of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.evaluate.alignment import Alignment
from kg.evaluate.matching import shared_part
from kg.extract.frames import Matcher
from kg.model import Clause, Document, Entity, Relation, Span

CAUSES = {
    "missing mention": "an end of it was not found in the text at all",
    "wrong type": "an end of it was found as another type of entity",
    "missing link in coreference": "an end is known, but not as what this sentence calls it",
    "no clause": "no clause was found that ties the two together",
    "slot wrong": "a clause and an entry meet, but somebody else stands in the slot",
    "no lexicon entry": "a clause holds the two, and no entry makes this relation of it",
    "status wrong": "fact, plan, possibility or denial was taken for another",
    "filtered": "the pipeline finds it in this text, and the prediction lacks it",
    "not found": "both ends are known, and no relation was made of them",
    "spurious mention": "an end of it is nothing that the gold knows",
    "other relation": "the gold has another relation between the two",
    "not in the gold": "the gold has no relation between the two",
}
"""The classes of mistakes, in the order in which they are told, and what each means."""

_SAME_WORDS = 0.5


class Causes:
    """Tells the causes of the mistakes in one document.

    Parameters
    ----------
    pair
        Gold and prediction.
    analysed
        The same text with all layers; without it what lies beyond the records is "not found".
    """

    def __init__(self, pair: Alignment, analysed: Document | None = None) -> None:
        self.pair = pair
        self.layers = _Layers(pair, analysed) if analysed else None

    def of_miss(self, relation: Relation) -> tuple[str, str]:
        """Return the class of a required relation that was not found, and the clause concerned."""
        ends = (relation.subject, relation.object)
        evidence = self.pair.gold.evidence(relation)
        for end in ends:
            if cause := self._of_end(self.pair.gold_entities[end], evidence):
                return cause, ""
        if self.layers is None:
            return "not found", ""
        cause, clause = self.layers.cause(relation)
        return cause, _in_words(clause, self.pair.gold.document.text) if clause else ""

    def of_false(self, relation: Relation) -> str:
        """Return the class of a relation that the gold does not have."""
        pair = self.pair
        for end in (relation.subject, relation.object):
            if end not in pair.pairs:
                entity = pair.predicted.entity(end)
                return _overlap(entity, pair.gold_entities.values()) or "spurious mention"
        for gold in (*pair.gold.document.relations, *pair.gold.optional):
            ends = ((gold.subject, gold.object), (gold.object, gold.subject))
            same = [
                (
                    pair.same_entity(relation.subject, subject),
                    pair.same_entity(relation.object, object_),
                )
                for subject, object_ in ends
            ]
            if gold.type != relation.type and any(map(all, same)):
                return "other relation"
            here = gold.type == relation.type and pair.evidence_agrees(relation, gold)
            if here and any(map(any, same)):
                return "slot wrong"
        return "not in the gold"

    def _of_end(self, gold: Entity, evidence: Iterable[Span]) -> str | None:
        ours = [e for e in self.pair.predicted.entities if self.pair.same_entity(e.id, gold.id)]
        if not ours:
            return _overlap(gold, self.pair.predicted.entities) or "missing mention"
        said = [mention.span for entity in ours for mention in entity.mentions]
        if any(span.overlaps(place) for span in said for place in evidence):
            return None
        return "missing link in coreference"


class _Layers:
    def __init__(self, pair: Alignment, analysed: Document) -> None:
        self.pair = Alignment(pair.gold, analysed, pair.lexicon)
        self.analysed, self.lexicon = analysed, pair.lexicon
        self.matcher = Matcher(analysed, pair.lexicon)

    def cause(self, relation: Relation) -> tuple[str, Clause | None]:
        evidence = self.pair.gold.evidence(relation)
        if any(self.pair.same_fact(found, relation) for found in self.analysed.relations):
            return "filtered", None
        ends = (relation.subject, relation.object)
        if relation.type == "holdsPosition" and any(
            self.pair.same_entity(office.person, relation.subject)
            and any(office.title.overlaps(span) for span in evidence)
            for office in self.analysed.offices
        ):
            return "slot wrong", None
        entries = self._entries(relation.type)
        both = None
        for clause in self.analysed.clauses:
            if not any(clause.trigger.overlaps(span) for span in evidence):
                continue
            held = self._ends_in(clause, ends)
            both = clause if held == {*ends} and both is None else both
            fits = held and (clause.lemma.partition(" ")[0], clause.pos) in entries
            if fits and (cause := self._of_clause(clause, relation)):
                return cause, clause
        return ("no lexicon entry", both) if both else ("no clause", None)

    def _entries(self, name: str) -> set[tuple[str, str]]:
        frames = self.lexicon[name].frames if name in self.lexicon else ()
        return {(trigger.lemma, trigger.pos) for frame in frames for trigger in frame.triggers}

    def _of_clause(self, clause: Clause, relation: Relation) -> str | None:
        matches = [m for m in self.matcher.matches(clause) if m.entry.name == relation.type]
        made = (r for match in matches for r in self.matcher.relations(clause, match))
        if any(self.pair.same_fact(found, relation) for found in made):
            return "filtered"
        return "slot wrong" if matches else None

    def _ends_in(self, clause: Clause, ends: tuple[str, str]) -> set[str]:
        spans = [clause.trigger, *(span for slot in clause.slots.values() for span in slot)]
        found = {eid for span in spans for eid in self._known(span)}
        return {end for end in ends if any(self.pair.same_entity(eid, end) for eid in found)}

    def _known(self, span: Span) -> Iterator[str]:
        yield from self.matcher.arguments.of_span(span)
        yield from self.matcher.arguments.belonging(span)


def _in_words(clause: Clause, text: str) -> str:
    slots = (
        f"{name} = {', '.join(span.of(text) for span in spans)}"
        for name, spans in clause.slots.items()
        if name != "self"
    )
    return f"{clause.lemma}.{clause.pos}: {'; '.join(slots)}"


def _overlap(entity: Entity, others: Iterable[Entity]) -> str | None:
    """Say how the other side has the words of an entity, if it has them."""
    kinds = {
        other.type == entity.type
        for other in others
        for mention in entity.mentions
        for theirs in other.mentions
        if shared_part(mention.span, theirs.span) >= _SAME_WORDS
    }
    if True in kinds:
        return "missing link in coreference"
    return "wrong type" if kinds else None
