"""Learn how likely a relation is right, and write the weights to kg/data/confidence.toml.

    python tests/bench/calibrate.py --gold articles/ --records dwie.jsonl --challenge cases.jsonl

Every relation that the pipeline finds in annotated texts is right or wrong (what the annotation
leaves open is left out). A logistic regression with a penalty on large weights learns from them;
signs that a relation was less plainly said may only lower the score. Other kinds of gold than
articles have an intercept of their own, because their conventions differ: they teach what makes a
relation likelier than others, not how likely relations are. The reliability tables and the trade of
precision and recall are out of sample: each document is scored by weights learned without it.
`--write` writes the weights, and the tables into README.md beside this file.
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
from kg.evaluate.cases import Case
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
README = Path(__file__).with_name("README.md")
START, END = "<!-- calibration -->", "<!-- end -->"
STANDING = ("role", "place")
FOLDS = 10
Judged = tuple[float, bool]
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
    shifted: bool  # of a kind of relation that articles have too, by another convention


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
    articles_judged = out_of_sample(seen, "article")
    tables = [
        "Annotated articles:\n",
        *reliability(articles_judged),
        "\nThe trade, in the same articles:\n",
        *trade(articles_judged, required),
    ]
    if options.records:
        plain = [one for one in seen if one.kind != "record" or not one.shifted]
        tables += [
            "\nStanding facts beside names (citizenship, seat, public bodies) in records, whose "
            "annotation also lacks some that are true:\n",
            *reliability(out_of_sample(plain, "record")),
        ]
    print("\n" + "\n".join(tables))
    if options.write:
        write(weights, seen)
        readme = README.read_text(encoding="utf-8")
        before, after = readme.split(START)[0], readme.split(END)[1]
        text = "\n".join([before + START, *tables, END + after])
        README.write_text(text, encoding="utf-8")


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
        case = Case.from_json(raw, fallback_id=name)
        found = pipeline(Document(case.id, case.text))
        yield from examples("case", found, challenge.verdicts(case, found), pipeline)


def examples(
    kind: str, found: Document, truth: Iterable[bool | None], pipeline: Pipeline
) -> Iterator[Seen]:
    features = described(found, pipeline.lexicon)
    for relation, known, right in zip(found.relations, features, truth, strict=True):
        if right is not None and relation.by in OURS and relation.basis == "text":
            shifted = kind != "article" and relation.type in guideline()["relations"]
            yield Seen(kind, found.id, known, right, shifted)


def learned(seen: Sequence[Seen]) -> dict[str, float]:
    """Return the weight of each feature, and of "always", by projected gradient descent."""
    names = sorted({name for one in seen for name in one.features} - {"status actual"})
    kinds = sorted({one.kind for one in seen} - {"article"})
    columns = ["always", *kinds, *names]
    matrix = np.array(
        [
            [
                1.0,
                *(one.shifted and one.kind == kind for kind in kinds),
                *(one.features.get(n, 0) for n in names),
            ]
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


def reliability(judged: Sequence[Judged]) -> Iterator[str]:
    yield "| score | relations | expected right | right |"
    yield "|---|---|---|---|"
    for low, high in pairwise(BINS):
        inside = [(score, right) for score, right in judged if low <= score < high]
        if inside:
            expected = sum(score for score, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            name = f"{low:.2f} to {min(high, 1):.2f}"
            yield f"| {name} | {len(inside)} | {expected:.2f} | {right:.2f} |"
    loss = sum((score - right) ** 2 for score, right in judged) / len(judged)
    base = sum(right for _, right in judged) / len(judged)
    yield f"\nBrier score {loss:.3f}; of one score for all {base * (1 - base):.3f}."


def trade(judged: Sequence[Judged], required: int) -> Iterator[str]:
    yield "| --min-score | relations | precision | recall | F1 |"
    yield "|---|---|---|---|---|"
    for cut in CUTS:
        kept = [right for score, right in judged if score >= cut]
        precision, recall = sum(kept) / max(len(kept), 1), sum(kept) / required
        f1 = 2 * sum(kept) / (len(kept) + required)
        yield f"| {cut} | {len(kept)} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"


def out_of_sample(seen: Sequence[Seen], kind: str) -> list[Judged]:
    """Return score and truth of the relations of a kind, its documents left out fold by fold."""
    documents = sorted({one.document for one in seen if one.kind == kind})
    judged: list[Judged] = []
    for fold in range(FOLDS):
        left_out = set(documents[fold::FOLDS])
        if left_out:
            weights = learned([one for one in seen if one.document not in left_out])
            mine = (one for one in seen if one.document in left_out)
            judged += [(probability(weights, one), one.right) for one in mine]
    return judged


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
