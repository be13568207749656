"""An evaluation as a page of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.evaluate.tally import Evaluation, Mistake, Score
from kg.model import STATUSES

_COLUMNS = "     P     R    F1    tp   fp   fn  neutral"
_BY_DOCUMENT = ("mentions overlap", "entities", "relations strict", "statements all")


def report(evaluation: Evaluation) -> str:
    """Return all figures as tables; percentages, to be read on a terminal 80 wide."""
    return "\n".join(_lines(evaluation))


def mistakes(evaluation: Evaluation, most: int) -> str:
    """Return the first ``most`` mistakes of each kind for every document, with their sentences."""
    lines: list[str] = []
    kinds = groupby(evaluation.total.mistakes, key=lambda mistake: (mistake.document, mistake.kind))
    for (document, kind), found in kinds:
        lines += _of_one_kind(document, kind, list(found), most)
    return "\n".join(lines)


def _of_one_kind(document: str, kind: str, found: list[Mistake], most: int) -> Iterator[str]:
    yield f"\n{document}: {kind}, {min(most, len(found))} of {len(found)}"
    for mistake in found[:most]:
        yield f"  {mistake.words}"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    total = evaluation.total
    yield (
        f"documents {len(evaluation.documents)}; "
        f"without a prediction: {', '.join(evaluation.missing) or 'none'}; "
        f"predictions without gold, ignored: {len(evaluation.ignored)}"
    )
    scores = total.scores
    types = [name for name in scores if name.startswith("relation ")]
    yield from _table("all", scores, [name for name in scores if name not in types])
    for rule in ("strict", "loose"):
        names = [name for name in types if name.endswith(f" {rule}")]
        yield from _table(f"relations by type, {rule}", scores, names)
    yield "\nrates (place, date, title and evidence: of relations found that have them in the gold)"
    for name, rate in total.rates.items():
        yield f"{name:56}{_percent(rate.value)}  ({rate.hits} of {rate.of})"
    yield "\nstatus, gold (rows) and predicted (columns)"
    yield " " * 10 + "".join(f"{status:>9}" for status in STATUSES)
    for gold in STATUSES:
        counts = (total.statuses[gold, status] for status in STATUSES)
        yield f"{gold:10}" + "".join(f"{count:9}" for count in counts)
    yield "\nF1 by document".ljust(27) + "".join(f"{name:>18}" for name in _BY_DOCUMENT)
    for document, tally in evaluation.documents.items():
        figures = (_percent(tally.score(name).f1) for name in _BY_DOCUMENT)
        yield f"{document:26}" + "".join(f"{figure:>18}" for figure in figures)


def _table(title: str, scores: dict[str, Score], names: Iterable[str]) -> Iterator[str]:
    yield f"\n{title:30}{_COLUMNS}"
    for name in names:
        score = scores[name]
        figures = " ".join(map(_percent, (score.precision, score.recall, score.f1)))
        yield (f"{_short(name):30} {figures} {score.tp:5}{score.fp:5}{score.fn:5}{score.neutral:6}")


def _short(name: str) -> str:
    return name.split()[1] if name.startswith("relation ") else name


def _percent(value: float | None) -> str:
    return "    -" if value is None else f"{value * 100:5.1f}"
