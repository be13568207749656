"""Single sentences with relations that must be found and some that must not.

An argument is given by its words and stands for every predicted entity with a mention that
overlaps them in the text, or with that very name; without words it stands for anything. Each
required relation needs a prediction of its own with its status; a forbidden one without a status
is forbidden in any. Everything else that is predicted is neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from kg.evaluate.alignment import Alignment
from kg.evaluate.cases import Case, Fact, Outcome, Reading
from kg.evaluate.causes import Causes
from kg.evaluate.gold import Gold
from kg.evaluate.matching import best_pairs, folded, same_text
from kg.model import ENTITY_TYPES, Document, Entity, EntityType, Mention, Relation, Span
from kg.relations import shipped


def outcome(case: Case, predicted: Document, analysed: Document | None = None) -> Outcome:
    """Judge a prediction.

    Parameters
    ----------
    analysed
        The same sentence with all layers, to tell why something was missed.

    Raises
    ------
    DocumentError
        If it has another text than the case.
    """
    same_text(case.text, predicted)
    judged = _Judged(case, predicted)
    met = judged.met(heed_status=True)
    missed = tuple(fact for number, fact in enumerate(case.required) if number not in met)
    return Outcome(
        case,
        tuple(judged.words(relation) for relation in predicted.relations),
        missed,
        tuple(judged.cause(fact, analysed) for fact in missed),
        len(judged.met(heed_status=False)),
        tuple(entry for entry in case.forbidden if judged.is_violated(entry)),
    )


def verdicts(case: Case, predicted: Document) -> list[bool | None]:
    """Return for each predicted relation whether it is required, forbidden or neither (None)."""
    judged = _Judged(case, predicted)
    found: list[bool | None] = []
    for relation in predicted.relations:
        alone = _Judged(case, predicted.but(relations=(relation,)))
        wrong = any(isinstance(e, Fact) and alone.is_violated(e) for e in case.forbidden)
        met = any(
            judged.same(relation, fact) and relation.status == fact.status for fact in case.required
        )
        found.append(False if wrong else met or None)
    return found


class _Judged:
    def __init__(self, case: Case, predicted: Document) -> None:
        self.case, self.predicted = case, predicted
        self.entities = {entity.id: entity for entity in predicted.entities}
        self.spans = _alone(_phrases((*case.required, *case.forbidden)), case.text)

    def met(self, *, heed_status: bool) -> set[int]:
        weights = {
            (p, r): 1.0
            for p, relation in enumerate(self.predicted.relations)
            for r, fact in enumerate(self.case.required)
            if self.same(relation, fact) and (not heed_status or relation.status == fact.status)
        }
        return {r for _, r in best_pairs(weights)}

    def is_violated(self, entry: Fact | Reading) -> bool:
        if isinstance(entry, Fact):
            return any(
                self.same(relation, entry) and entry.status in (None, relation.status)
                for relation in self.predicted.relations
            )
        return any(
            (entry.type is not None and entity.type == entry.type)
            or (entry.iso3 is not None and entity.iso3 == entry.iso3)
            for entity in self.predicted.entities
            if self._mentioned(entity.id, entry.entity)
        )

    def same(self, relation: Relation, fact: Fact) -> bool:
        if relation.type != fact.type:
            return False
        ends = [(relation.subject, relation.object)]
        if fact.type in shipped() and shipped()[fact.type].symmetric:
            ends.append((relation.object, relation.subject))
        return any(
            self._stands_for(subject, fact.subject) and self._stands_for(object_, fact.object)
            for subject, object_ in ends
        )

    def cause(self, fact: Fact, analysed: Document | None) -> tuple[str, str]:
        """Return the class of a miss, and the clause that should have told it."""
        if any(self.same(relation, fact) for relation in self.predicted.relations):
            return "status wrong", ""
        if fact.subject is None or fact.object is None:
            return "not found", ""
        gold: list[Entity] = []
        for end in (fact.subject, fact.object):
            kinds = [e.type for e in self.entities.values() if self._stands_for(e.id, end)]
            if not kinds:
                return "missing mention", ""
            mentions = tuple(Mention(span) for span in self.spans[end])
            gold.append(Entity(end, self._fitting(kinds, fact, len(gold)), end, mentions))
        ranges = _ends_of(fact)
        if any(end.type not in of for end, of in zip(gold, ranges, strict=True)):
            return "wrong type", ""
        # As in an article whose one sentence is the case, the classes are then the same.
        relation = Relation(
            fact.type, gold[0].id, gold[1].id, "actual", Span(0, len(self.case.text))
        )
        article = Document(
            self.case.id, self.case.text, entities=tuple(gold), relations=(relation,)
        )
        pair = Alignment(Gold(article), self.predicted, shipped())
        return Causes(pair, analysed).of_miss(relation)

    def _fitting(self, kinds: Sequence[EntityType], fact: Fact, end: int) -> EntityType:
        """Return the type that the relation wants there, if the phrase was read so at all."""
        return next((kind for kind in kinds if kind in _ends_of(fact)[end]), kinds[0])

    def words(self, relation: Relation) -> str:
        names = [self.entities[end].name for end in (relation.subject, relation.object)]
        return f"{names[0]} {relation.type} {names[1]} [{relation.status}]"

    def _stands_for(self, entity: str, phrase: str | None) -> bool:
        if phrase is None or folded(self.entities[entity].name) == folded(phrase):
            return True
        return self._mentioned(entity, phrase)

    def _mentioned(self, entity: str, phrase: str) -> bool:
        listed = self.entities[entity].listed
        return any(span.overlaps(place) for span in listed for place in self.spans[phrase])


def _ends_of(fact: Fact) -> tuple[tuple[EntityType, ...], tuple[EntityType, ...]]:
    if fact.type not in shipped():
        return ENTITY_TYPES, ENTITY_TYPES
    entry = shipped()[fact.type]
    return entry.domain, entry.range


def _phrases(entries: Iterable[Fact | Reading]) -> set[str]:
    named: set[str | None] = set()
    for entry in entries:
        named |= {entry.entity} if isinstance(entry, Reading) else {entry.subject, entry.object}
    return {phrase for phrase in named if phrase is not None}


def _alone(phrases: Collection[str], text: str) -> dict[str, list[Span]]:
    """Return where each phrase stands, but in a longer one only if it stands nowhere else."""
    everywhere = {phrase: _occurrences(phrase, text) for phrase in sorted(phrases)}
    found = {}
    for phrase, spans in everywhere.items():
        longer = [s for other in phrases if len(other) > len(phrase) for s in everywhere[other]]
        found[phrase] = [s for s in spans if not any(big.covers(s) for big in longer)] or spans
    return found


def _occurrences(phrase: str, text: str) -> list[Span]:
    """Return the phrase as whole words as written, or in any case if there is none such."""
    pattern = rf"(?<!\w){re.escape(phrase)}(?!\w)"
    for flags in (0, re.IGNORECASE):
        if found := [Span(*match.span()) for match in re.finditer(pattern, text, flags)]:
            return found
    return []
