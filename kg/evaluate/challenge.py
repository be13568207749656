"""Single sentences with relations that must be found and some that must not.

An argument is given by its words and stands for every predicted entity with a mention that
overlaps them in the text, or with that very name; without words it stands for anything. Each
required relation needs a prediction of its own with its status; a forbidden one without a status
is forbidden in any. Everything else that is predicted is neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import DocumentError
from kg.evaluate.matching import best_pairs, folded, same_text
from kg.model import Document, Relation, Span
from kg.relations import shipped


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation in words; what is None may be anything."""

    type: str
    subject: str | None
    object: str | None
    status: str | None = None

    def __str__(self) -> str:
        ends = (self.subject or "anything", self.object or "anything")
        return f"{ends[0]} {self.type} {ends[1]} [{self.status or 'any status'}]"


@dataclass(frozen=True, slots=True)
class Reading:
    """A type or country that a phrase must not be given."""

    entity: str
    type: str | None = None
    iso3: str | None = None

    def __str__(self) -> str:
        return f"{self.entity} read as {self.type or self.iso3}"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what must be found in it, and what must not."""

    id: str
    text: str
    phenomenon: str
    required: tuple[Fact, ...]
    forbidden: tuple[Fact | Reading, ...]

    @classmethod
    def from_json(cls, record: Mapping[str, Any], *, fallback_id: str) -> Case:
        """Read a case: ``id``, ``text``, ``phenomenon``, ``relations``, ``must_not``.

        Raises
        ------
        DocumentError
            If something in it is missing.
        """
        try:
            return cls(
                str(record.get("id") or fallback_id),
                str(record["text"]),
                str(record.get("phenomenon") or ""),
                tuple(
                    Fact(r["type"], r["subject"], r["object"], r.get("status") or "actual")
                    for r in record["relations"]
                ),
                tuple(map(_forbidden, record["must_not"])),
            )
        except (KeyError, TypeError, AttributeError) as error:
            name = str(record.get("id") or fallback_id)
            raise DocumentError(name, f"is no case: {error} is missing or wrong") from None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case beside its prediction."""

    case: Case
    found: tuple[str, ...]
    missed: tuple[Fact, ...]
    met_but_for_status: int
    violations: tuple[Fact | Reading, ...]

    @property
    def met(self) -> int:
        """How many required relations were found."""
        return len(self.case.required) - len(self.missed)

    @property
    def right(self) -> bool:
        """Whether all was found that must be, and nothing that must not."""
        return not self.missed and not self.violations

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as plain lists."""
        return {
            "id": self.case.id,
            "phenomenon": self.case.phenomenon,
            "right": self.right,
            "required": len(self.case.required),
            "met": self.met,
            "met_but_for_status": self.met_but_for_status,
            "must_not": len(self.case.forbidden),
            "missed": [*map(str, self.missed)],
            "violations": [*map(str, self.violations)],
            "predicted": [*self.found],
        }


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What `compare` found for challenge cases; ``missing`` are those without a prediction."""

    outcomes: tuple[Outcome, ...]
    missing: tuple[str, ...] = ()

    def counts(self, phenomenon: str | None = None) -> dict[str, int]:
        """Return how many cases, requirements and prohibitions there are, and how many held."""
        of = [o for o in self.outcomes if phenomenon in (None, o.case.phenomenon)]
        return {
            "cases": len(of),
            "right": sum(o.right for o in of),
            "required": sum(len(o.case.required) for o in of),
            "met": sum(o.met for o in of),
            "met_but_for_status": sum(o.met_but_for_status for o in of),
            "must_not": sum(len(o.case.forbidden) for o in of),
            "violations": sum(len(o.violations) for o in of),
        }

    def to_json(self) -> dict[str, Any]:
        """Return all figures as plain dictionaries."""
        return {
            "total": self.counts(),
            "cases": [o.to_json() for o in self.outcomes],
            "missing": [*self.missing],
        }


def outcome(case: Case, predicted: Document) -> Outcome:
    """Judge a prediction.

    Raises
    ------
    DocumentError
        If it has another text than the case.
    """
    same_text(case.text, predicted)
    judged = _Judged(case, predicted)
    met = judged.met(heed_status=True)
    return Outcome(
        case,
        tuple(judged.words(relation) for relation in predicted.relations),
        tuple(fact for number, fact in enumerate(case.required) if number not in met),
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


def _forbidden(entry: Mapping[str, Any]) -> Fact | Reading:
    if "entity" in entry:
        return Reading(entry["entity"], entry.get("not_type"), entry.get("not_iso3"))
    return Fact(entry["type"], entry["subject"], entry["object"], entry.get("status"))


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
