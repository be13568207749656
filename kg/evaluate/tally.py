"""Counts of right, wrong and missed things, which add up over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.model import STATUSES, Status

Verdict = Literal["tp", "fp", "fn", "neutral"]
"""Found and right, found and wrong, missed, found and neither right nor wrong."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 from counts; None where nothing was to be found nor was found.

    Examples
    --------
    >>> Score(tp=3, fp=1, fn=2).f1
    0.6666666666666666
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0
    neutral: int = 0

    @property
    def precision(self) -> float | None:
        """The part of what was found that is right, neutral things left out."""
        return self._part(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """The part of what had to be found that was found."""
        return self._part(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return self._part(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def _part(self, part: int, whole: int) -> float | None:
        if self.tp + self.fp + self.fn == 0:
            return None
        return part / whole if part else 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a number of cases are so."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Hits as a part of all cases, 0 to 1."""
        return self.hits / self.of


@dataclass(frozen=True, slots=True)
class Share:
    """Precision and recall whose numerators need not be equal, nor whole.

    Examples
    --------
    >>> (Share(1, 2, 1, 4) + Share(0, 0, 1, 4)).f1
    0.3333333333333333
    """

    found: float = 0.0
    of_found: float = 0.0
    wanted: float = 0.0
    of_wanted: float = 0.0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.found + other.found,
            self.of_found + other.of_found,
            self.wanted + other.wanted,
            self.of_wanted + other.of_wanted,
        )

    @property
    def precision(self) -> float:
        """The right part of what was found; 0 where nothing was found."""
        return self.found / self.of_found if self.of_found else 0.0

    @property
    def recall(self) -> float:
        """The found part of what had to be found; 0 where nothing had to be."""
        return self.wanted / self.of_wanted if self.of_wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One relation that is wrong, in words: what kind of mistake, why, in which document.

    ``cause`` is one of `kg.evaluate.causes.CAUSES`; ``clause`` is the one that should have told.
    """

    document: str
    kind: Literal["missed", "false positive", "wrong status"]
    words: str
    relation: str
    cause: str
    clause: str = ""


@dataclass(slots=True)
class Tally:
    """Counts under the names that the report shows, of one document or of many."""

    verdicts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    cases: Counter[tuple[str, bool]] = field(default_factory=Counter)
    statuses: Counter[tuple[Status, Status]] = field(default_factory=Counter)
    shares: dict[str, Share] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another tally to this one."""
        self.verdicts.update(other.verdicts)
        self.cases.update(other.cases)
        self.statuses.update(other.statuses)
        for name, share in other.shares.items():
            self.share(name, share)
        self.mistakes += other.mistakes

    def count(self, verdict: Verdict, *names: str, times: int = 1) -> None:
        """Count a verdict under several names."""
        for name in names:
            self.verdicts[name, verdict] += times

    def case(self, name: str, hit: bool) -> None:
        """Count a case of a rate."""
        self.cases[name, hit] += 1

    def share(self, name: str, share: Share) -> None:
        """Add to the share of that name."""
        self.shares[name] = self.shares.get(name, Share()) + share

    def score(self, name: str) -> Score:
        """Return precision, recall and F1 of what was counted under a name."""
        return Score(*(self.verdicts[name, verdict] for verdict in ("tp", "fp", "fn", "neutral")))

    def rate(self, name: str) -> Rate | None:
        """Return a rate, or None if there was no case of it."""
        hits, misses = self.cases[name, True], self.cases[name, False]
        return Rate(hits, hits + misses) if hits + misses else None

    @property
    def scores(self) -> dict[str, Score]:
        """All scores by name, sorted."""
        return {name: self.score(name) for name in sorted({name for name, _ in self.verdicts})}

    @property
    def rates(self) -> dict[str, Rate]:
        """All rates by name, sorted."""
        names = sorted({name for name, _ in self.cases})
        return {name: rate for name in names if (rate := self.rate(name))}

    def to_json(self) -> dict[str, Any]:
        """Return all figures as plain dictionaries."""
        return {
            "scores": {
                name: {
                    "precision": score.precision,
                    "recall": score.recall,
                    "f1": score.f1,
                    "tp": score.tp,
                    "fp": score.fp,
                    "fn": score.fn,
                    "neutral": score.neutral,
                }
                for name, score in self.scores.items()
            },
            "shares": {
                name: {"precision": share.precision, "recall": share.recall, "f1": share.f1}
                for name, share in sorted(self.shares.items())
            },
            "rates": {
                name: {"rate": rate.value, "hits": rate.hits, "of": rate.of}
                for name, rate in self.rates.items()
            },
            "causes": {
                kind: self._causes(kind)
                for kind in sorted({mistake.kind for mistake in self.mistakes})
            },
            "status": {
                gold: {status: self.statuses[gold, status] for status in STATUSES}
                for gold in STATUSES
            },
        }

    def _causes(self, kind: str) -> dict[str, dict[str, int]]:
        """Count the mistakes of a kind by cause and relation."""
        found: dict[str, Counter[str]] = {}
        for mistake in self.mistakes:
            if mistake.kind == kind:
                found.setdefault(mistake.cause, Counter())[mistake.relation] += 1
        return {cause: dict(sorted(found[cause].items())) for cause in sorted(found)}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `evaluate` found.

    Parameters
    ----------
    total
        All documents counted together (micro average).
    documents
        The counts of each gold document by its id.
    missing
        Ids of gold documents without a prediction; all of theirs counts as missed.
    ignored
        Ids of predictions without gold; they do not count.
    """

    total: Tally
    documents: Mapping[str, Tally]
    missing: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return all figures as plain dictionaries."""
        return {
            "total": self.total.to_json(),
            "documents": {name: tally.to_json() for name, tally in self.documents.items()},
            "missing": list(self.missing),
            "ignored": list(self.ignored),
        }
