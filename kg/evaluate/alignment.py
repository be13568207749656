"""Which predicted entity is which gold entity, and which relations say the same."""

from __future__ import annotations

from kg.evaluate.gold import Gold
from kg.evaluate.matching import best_pairs, folded, shared_part
from kg.model import Document, Entity, Relation, Span
from kg.relations import Lexicon


class Alignment:
    """One gold document beside its prediction, their entities paired one to one.

    Entities of the same type are paired by the text that their mentions share, a nominal mention
    of the gold weighing a tenth; those left over by equal names. A Group and the body it belongs
    to stand for each other as arguments.
    """

    def __init__(self, gold: Gold, predicted: Document, lexicon: Lexicon) -> None:
        self.gold, self.predicted, self.lexicon = gold, predicted, lexicon
        self.gold_entities = {entity.id: entity for entity in gold.document.entities}
        self.pairs = self._paired()

    def _paired(self) -> dict[str, str]:
        """Predicted entity id -> gold entity id."""
        by_text: dict[tuple[str, str], float] = {}
        by_name: dict[tuple[str, str], float] = {}
        for ours in self.predicted.entities:
            for gold in self.gold_entities.values():
                if ours.type != gold.type:
                    continue
                shared = _shared(ours, gold.listed) + _shared(ours, gold.unlisted) / 10
                same_name = folded(ours.name) == folded(gold.name)
                if shared:
                    by_text[ours.id, gold.id] = shared + same_name / 100
                if same_name:
                    by_name[ours.id, gold.id] = 1.0
        pairs = dict(best_pairs(by_text))
        taken = set(pairs.values())
        rest = {
            (ours, gold): weight
            for (ours, gold), weight in by_name.items()
            if ours not in pairs and gold not in taken
        }
        return pairs | dict(best_pairs(rest))

    def same_entity(self, predicted: str | None, gold: str | None) -> bool:
        """Tell whether a predicted argument stands for a gold one."""
        own = self.pairs.get(predicted) if predicted is not None else None
        if own is None or gold is None:
            return False
        return (
            own == gold or self.gold_entities[own].of == gold or self.gold_entities[gold].of == own
        )

    def same_fact(self, predicted: Relation, gold: Relation) -> bool:
        """Tell whether two relations have the same type and arguments."""
        if predicted.type != gold.type:
            return False
        if self.same_entity(predicted.subject, gold.subject) and self.same_entity(
            predicted.object, gold.object
        ):
            return True
        return (
            self._is_symmetric(gold.type)
            and self.same_entity(predicted.subject, gold.object)
            and self.same_entity(predicted.object, gold.subject)
        )

    def same_claim(self, predicted: Relation, gold: Relation) -> bool:
        """Tell whether two relations say the same fact with the same status."""
        return predicted.status == gold.status and self.same_fact(predicted, gold)

    def evidence_agrees(self, predicted: Relation, gold: Relation) -> bool:
        """Tell whether the prediction points at words that the gold points at."""
        return any(predicted.evidence.overlaps(span) for span in self.gold.evidence(gold))

    def likeness(self, predicted: Relation, gold: Relation) -> float:
        """Return a small bonus, so that of several equal relations the likeliest is paired."""
        to_the_letter = (
            self.pairs.get(predicted.subject) == gold.subject
            and self.pairs.get(predicted.object) == gold.object
        )
        return (
            to_the_letter * 1e-3
            + (predicted.status == gold.status) * 1e-4
            + self.evidence_agrees(predicted, gold) * 1e-5
        )

    def owner(self, span: Span, entity: Entity) -> str | None:
        """Return the gold entity that a predicted mention belongs to, if any.

        That is the one with this very span, of any type, or else the one of the same type that
        shares most of it.
        """
        best: tuple[float, bool] = (0.0, False)
        found = None
        for gold in self.gold_entities.values():
            for mention in (*gold.listed, *gold.unlisted):
                if mention == span or (gold.type == entity.type and mention.overlaps(span)):
                    rank = (shared_part(mention, span), self.pairs.get(entity.id) == gold.id)
                    if rank > best:
                        best, found = rank, gold.id
        return found

    def _is_symmetric(self, name: str) -> bool:
        return name in self.lexicon and self.lexicon[name].symmetric


def _shared(entity: Entity, spans: tuple[Span, ...]) -> float:
    return sum(
        max((shared_part(mention, span) for span in spans), default=0.0)
        for mention in entity.listed
    )
