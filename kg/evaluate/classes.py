"""Sentences with a given source and target: which PLOVER class their relation falls into.

The relation from source to target decides, else one the other way round; of several, one of
material conflict, else the first. Its class depends on its status: who threatens to attack makes a
threat. A class is right or wrong; no relation at all is wrong too.

References
----------
Y. Hu et al., "Leveraging codebook knowledge with NLI and ChatGPT for zero-shot political relation
classification" (2024), https://arxiv.org/abs/2308.07876
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.errors import DocumentError
from kg.evaluate.benchmarks import counted
from kg.evaluate.matching import same_text
from kg.evaluate.tally import Score
from kg.model import Document, Relation, Span
from kg.rdf.plover import event_class, quad_class
from kg.relations import Lexicon, shipped

LEVELS = ("root", "quad", "binary")
_MATERIAL_CONFLICT = 4


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, where source and target stand, and its class at each of the `LEVELS`."""

    id: str
    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    labels: Mapping[str, str]

    @classmethod
    def from_json(cls, record: Mapping[str, Any], *, fallback_id: str) -> Labelled:
        """Read a record: ``id``, ``text``, ``source``, ``target``, ``root``, ``quad``, ``binary``.

        Raises
        ------
        DocumentError
            If something in it is missing.
        """
        name = str(record.get("id") or fallback_id)
        try:
            source, target = (
                tuple(Span(a, b) for a, b in record[end]) for end in ("source", "target")
            )
            labels = {level: str(record[level]) for level in LEVELS}
            labels["root"] = _later(labels["root"])
            return cls(name, str(record["text"]), source, target, labels)
        except (KeyError, TypeError, ValueError) as error:
            raise DocumentError(name, f"is no labelled sentence: {error}") from None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was predicted for a labelled sentence: the relation that decides, and its classes."""

    gold: Labelled
    labels: Mapping[str, str]
    words: str


@dataclass(frozen=True, slots=True)
class Level:
    """The figures of one level: how many sentences, answered, right; a score for each class."""

    sentences: int
    answered: int
    right: int
    classes: Mapping[str, Score]
    macro_f1: float

    @property
    def accuracy(self) -> float:
        """The right part of all sentences."""
        return self.right / self.sentences if self.sentences else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return all figures as a plain dictionary."""
        return {
            "sentences": self.sentences,
            "answered": self.answered,
            "accuracy": self.accuracy,
            "macro_f1": self.macro_f1,
            "classes": {
                name: {"precision": score.precision, "recall": score.recall, "f1": score.f1}
                for name, score in self.classes.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Answers:
    """What `compare` found for labelled sentences; ``missing`` are those without a prediction."""

    answers: tuple[Answer, ...]
    missing: tuple[str, ...] = ()

    def level(self, name: str) -> Level:
        """Return the figures of one of the `LEVELS`."""
        return level(self.answers, name)

    def to_json(self) -> dict[str, Any]:
        """Return all figures as plain dictionaries."""
        return {
            **{name: self.level(name).to_json() for name in LEVELS},
            "missing": [*self.missing],
        }


def answer(gold: Labelled, predicted: Document | None, lexicon: Lexicon | None = None) -> Answer:
    """Return what a prediction says of source and target; it may be nothing.

    Raises
    ------
    DocumentError
        If it has another text than the gold.
    """
    if predicted:
        same_text(gold.text, predicted)
    known = shipped() if lexicon is None else lexicon
    best: tuple[tuple[int, bool], Relation, str, int] | None = None
    for relation, forward in _between(gold, predicted) if predicted else ():
        root, quad = _class(relation, known)
        rank = (1 if forward else 0, quad == _MATERIAL_CONFLICT)
        if root and (best is None or rank > best[0]):
            best = rank, relation, root, quad
    if best is None or predicted is None:
        return Answer(gold, {}, "nothing")
    _, relation, root, quad = best
    names = [predicted.entity(end).name for end in (relation.subject, relation.object)]
    return Answer(
        gold,
        {"root": root, "quad": str(quad), "binary": str(int(quad > 2))},
        f"{names[0]} {relation.type} {names[1]} [{relation.status}]",
    )


def level(answers: Sequence[Answer], name: str) -> Level:
    """Return the figures of one level; macro-F1 is over the classes of the gold."""
    pairs = [(entry.gold.labels[name], entry.labels.get(name)) for entry in answers]
    right = Counter(gold for gold, ours in pairs if gold == ours)
    wanted = Counter(gold for gold, _ in pairs)
    given = Counter(ours for _, ours in pairs if ours is not None)
    classes = {
        label: Score(right[label], given[label] - right[label], wanted[label] - right[label])
        for label in sorted(wanted | given)
    }
    f1 = [classes[label].f1 or 0.0 for label in wanted]
    return Level(
        len(pairs), given.total(), right.total(), classes, sum(f1) / len(f1) if f1 else 0.0
    )


def _between(gold: Labelled, predicted: Document) -> Iterator[tuple[Relation, bool]]:
    """Yield the relations between source and target, and whether they run that way."""
    at = {entity.id: entity.listed for entity in predicted.entities}
    for relation in predicted.relations:
        ends = (at[relation.subject], at[relation.object])
        if _touch(gold.source, ends[0]) and _touch(gold.target, ends[1]):
            yield relation, True
        elif _touch(gold.target, ends[0]) and _touch(gold.source, ends[1]):
            yield relation, False


def _touch(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _class(relation: Relation, lexicon: Lexicon) -> tuple[str | None, int]:
    """Return the class that a relation counts for by its later name, and its quad class."""
    if relation.type not in lexicon:
        return None, 0
    entry = lexicon[relation.type]
    plover = counted("pairs")["counts_as"].get(relation.type, entry.plover)
    if not plover:
        return None, 0
    name = event_class(replace(entry, plover=plover), relation.status)
    return (_later(name), quad_class(name)) if name else (None, 0)


def _later(name: str) -> str:
    return str(counted("pairs")["later_names"].get(name, name))
