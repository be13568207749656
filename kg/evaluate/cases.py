"""Cases of single sentences: what must be found, what must not, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import DocumentError


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
    """A case beside its prediction.

    ``causes`` has for each missed relation the class of the mistake and the clause concerned.
    """

    case: Case
    found: tuple[str, ...]
    missed: tuple[Fact, ...]
    causes: tuple[tuple[str, str], ...]
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
            "causes": [cause for cause, _ in self.causes],
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


def _forbidden(entry: Mapping[str, Any]) -> Fact | Reading:
    if "entity" in entry:
        return Reading(entry["entity"], entry.get("not_type"), entry.get("not_iso3"))
    return Fact(entry["type"], entry["subject"], entry["object"], entry.get("status"))
