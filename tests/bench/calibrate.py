"""Learn how likely a relation is right, and write the weights to kg/data/confidence.toml.

    python tests/bench/calibrate.py --gold articles/ --records dwie.jsonl --challenge cases.jsonl

Every relation that the pipeline finds in annotated texts is right or wrong (what the annotation
leaves open is left out). A logistic regression with a penalty on large weights learns from them;
signs that a relation was less plainly said may only lower the score. Other kinds of gold than
articles have an intercept of their own, because their conventions differ: they teach what makes a
relation likelier than others, not how likely relations are. The reliability table and the trade
of precision and recall are out of sample: each article is scored by weights learned without it.
Without `--write` nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from kg.evaluate import challenge, read_gold, records
from kg.evaluate.alignment import Alignment
from kg.evaluate.files import raw_records
from kg.evaluate.matching import guideline
from kg.evaluate.scoring import verdicts
from kg.extract.confidence import OURS, described
from kg.model import Document
from kg.pipeline import Pipeline

WEIGHTS = Path(__file__).parents[2] / "kg" / "data" / "confidence.toml"
LOWERING = (
    "inferred", "group", "unnamed person", "elsewhere", "described", "pronoun", "crowd",
    "status planned", "status possible", "status negated",
)  # fmt: skip
STANDING = ("role", "place")
PENALTY = 1.0
STEPS = 4000
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
CUTS = (0.0, 0.5, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Seen:
    """A relation that the pipeline found: in which text, its features, and whether it is right."""

    kind: str
    document: str
    features: dict[str, float]
    right: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--gold", type=Path, required=True, help="annotated articles")
    parser.add_argument("--records", type=Path, help="records of names and standing facts")
    parser.add_argument("--challenge", type=Path, help="challenge cases")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    pipeline = replace(Pipeline.default(), confidence=None)
    seen = [*articles(options.gold, pipeline)]
    required = sum(len(gold.document.relations) for gold in read_gold(options.gold))
    if options.records:
        seen += facts(options.records, pipeline)
    if options.challenge:
        seen += cases(options.challenge, pipeline)
    weights = learned(seen)
    for name, weight in weights.items():
        print(f"{name:28}{weight:7.2f}{sum(bool(s.features.get(name)) for s in seen):6}")
    report(seen, required)
    if options.write:
        write(weights, seen)


def articles(path: Path, pipeline: Pipeline) -> Iterator[Seen]:
    for gold in read_gold(path):
        bare = Document(gold.document.id, gold.document.text, gold.document.date)
        found = pipeline(bare)
        pair = Alignment(gold, found, pipeline.lexicon)
        judged = verdicts(pair, pair.same_claim)[1]
        kinds = guideline()["relations"]
        truth = [
            None if verdict == "neutral" or relation.type not in kinds else verdict == "tp"
            for verdict, relation in zip(judged, found.relations, strict=True)
        ]
        yield from examples("article", found, truth, pipeline)


def facts(path: Path, pipeline: Pipeline) -> Iterator[Seen]:
    """Yield the standing facts; meetings and other acts are not annotated in such records."""
    standing = {name for name, entry in pipeline.lexicon.items() if entry.family in STANDING}
    for name, raw in raw_records(path):
        gold = records.Record.from_json(raw, fallback_id=name)
        found = pipeline(Document(gold.document.id, gold.document.text, gold.document.date))
        truth = [
            verdict if relation.type in standing else None
            for verdict, relation in zip(
                records.verdicts(gold, found), found.relations, strict=True
            )
        ]
        yield from examples("record", found, truth, pipeline)


def cases(path: Path, pipeline: Pipeline) -> Iterator[Seen]:
    for name, raw in raw_records(path):
        case = challenge.Case.from_json(raw, fallback_id=name)
        found = pipeline(Document(case.id, case.text))
        yield from examples("case", found, challenge.verdicts(case, found), pipeline)


def examples(
    kind: str, found: Document, truth: Iterable[bool | None], pipeline: Pipeline
) -> Iterator[Seen]:
    features = described(found, pipeline.lexicon)
    for relation, known, right in zip(found.relations, features, truth, strict=True):
        if right is not None and relation.by in OURS and relation.basis == "text":
            yield Seen(kind, found.id, known, right)


def learned(seen: Sequence[Seen]) -> dict[str, float]:
    """Return the weight of each feature, and of "always", by projected gradient descent."""
    names = sorted({name for one in seen for name in one.features} - {"status actual"})
    kinds = sorted({one.kind for one in seen} - {"article"})
    columns = ["always", *kinds, *names]
    matrix = np.array(
        [
            [1.0, *(one.kind == kind for kind in kinds), *(one.features.get(n, 0) for n in names)]
            for one in seen
        ],
        dtype=float,
    )
    right = np.array([one.right for one in seen], dtype=float)
    penalty = np.array([0.0] + [0.1 * PENALTY] * len(kinds) + [PENALTY] * len(names))
    most = np.array([0.0 if name in LOWERING else np.inf for name in columns])
    weights = np.zeros(len(columns))
    step = 1 / (0.25 * np.linalg.norm(matrix, 2) ** 2 + PENALTY)
    for _ in range(STEPS):
        slope = matrix.T @ (1 / (1 + np.exp(-matrix @ weights)) - right) + penalty * weights
        weights = np.minimum(weights - step * slope, most)
    found = {name: float(weight) for name, weight in zip(columns, weights, strict=True)}
    return {name: weight for name, weight in found.items() if name not in kinds}


def probability(weights: dict[str, float], one: Seen) -> float:
    odds = weights["always"] + sum(weights.get(n, 0.0) * v for n, v in one.features.items())
    return float(1 / (1 + np.exp(-odds)))


def report(seen: Sequence[Seen], required: int) -> None:
    """Print both tables, each article scored by weights learned without it."""
    judged: list[tuple[float, bool]] = []
    for document in sorted({one.document for one in seen if one.kind == "article"}):
        weights = learned([one for one in seen if one.document != document])
        mine = (one for one in seen if one.document == document)
        judged += [(probability(weights, one), one.right) for one in mine]
    print("\n| score | relations | expected right | right |\n|---|---|---|---|")
    for low, high in pairwise(BINS):
        inside = [(score, right) for score, right in judged if low <= score < high]
        if inside:
            expected = sum(score for score, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            name = f"{low:.2f} to {min(high, 1):.2f}"
            print(f"| {name} | {len(inside)} | {expected:.2f} | {right:.2f} |")
    print("\n| --min-score | relations | precision | recall | F1 |\n|---|---|---|---|---|")
    for cut in CUTS:
        kept = [right for score, right in judged if score >= cut]
        precision, recall = sum(kept) / max(len(kept), 1), sum(kept) / required
        f1 = 2 * sum(kept) / (len(kept) + required)
        print(f"| {cut} | {len(kept)} | {precision:.2f} | {recall:.2f} | {f1:.2f} |")
    loss = sum((score - right) ** 2 for score, right in judged) / len(judged)
    base = sum(right for _, right in judged) / len(judged)
    print(f"\nBrier score {loss:.3f}; of one score for all {base * (1 - base):.3f}")


def write(weights: dict[str, float], seen: Sequence[Seen]) -> None:
    lines = [
        "# How sure a relation is: weights that add up to the logarithm of the odds that it is",
        "# right. Origin: our own figures, learned by tests/bench/calibrate.py from",
        f"# {len(seen)} relations found in annotated news, {date.today().isoformat()}. No text.",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.2f}' for name, weight in weights.items()),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
