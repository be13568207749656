"""A comparison as tables, for a terminal or as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.cases import Outcomes
from kg.evaluate.causes import CAUSES
from kg.evaluate.classes import LEVELS, Answers
from kg.evaluate.tally import Evaluation, Score, Share, Tally
from kg.model import STATUSES

Result = Evaluation | Outcomes | Answers
Row = tuple[str, ...]

_FIGURES = ("P", "R", "F1", "tp", "fp", "fn", "neutral")
_BY_DOCUMENT = ("mentions overlap", "entities", "relations strict", "statements all")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the first column names what the others tell; ``wide`` ones hold words."""

    title: str
    columns: Row
    rows: tuple[Row, ...]
    words: bool = False


def sheets(result: Result) -> list[Sheet]:
    """Return all figures as tables; percentages."""
    if isinstance(result, Outcomes):
        return [*_of_cases(result)]
    if isinstance(result, Answers):
        return [*_of_classes(result)]
    return [*_of_documents(result)]


def heading(result: Result) -> str:
    """Return what was compared, in one line."""
    if isinstance(result, Evaluation):
        return (
            f"documents {len(result.documents)}; "
            f"without a prediction: {_some(result.missing)}; "
            f"predictions without gold, ignored: {len(result.ignored)}"
        )
    if isinstance(result, Outcomes):
        return f"cases {len(result.outcomes)}; without a prediction: {_some(result.missing)}"
    return f"sentences {len(result.answers)}; without a prediction: {_some(result.missing)}"


def report(result: Result) -> str:
    """Return all figures as plain text."""
    return "\n".join([heading(result), *(line for s in sheets(result) for line in _lines(s))])


def mistakes(result: Result, most: int) -> str:
    """Return the first ``most`` mistakes of every class, with their sentences."""
    return "\n".join(
        line
        for title, found in mistakes_by_class(result).items()
        for line in [f"\n{title}, {min(most, len(found))} of {len(found)}", *found[:most]]
    )


def mistakes_by_class(result: Result) -> dict[str, list[str]]:
    """Return every mistake in words under the name of its class, the largest class first."""
    found: dict[str, list[str]] = {}
    if isinstance(result, Outcomes):
        for outcome in result.outcomes:
            told = zip(outcome.causes, outcome.missed, strict=True)
            mistakes = [
                (f"missed: {cause}", f"{fact}", f" [clause {clause}]" if clause else "")
                for (cause, clause), fact in told
            ]
            mistakes += [("forbidden", str(entry), "") for entry in outcome.violations]
            for title, fact, clause in mistakes:
                words = f"  {outcome.case.id}: {fact} -- {outcome.case.text}{clause}"
                found.setdefault(title, []).append(words)
    elif isinstance(result, Answers):
        for entry in result.answers:
            wanted, given = entry.gold.labels["root"], entry.labels.get("root", "nothing")
            if wanted != given:
                words = f"  {entry.gold.id}: {entry.words} -- {entry.gold.text}"
                found.setdefault(f"{wanted}, taken for {given}", []).append(words)
    else:
        for mistake in result.total.mistakes:
            title = f"{mistake.kind}: {mistake.cause}"
            clause = f" [clause {mistake.clause}]" if mistake.clause else ""
            found.setdefault(title, []).append(f"  {mistake.document}: {mistake.words}{clause}")
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _lines(sheet: Sheet) -> Iterator[str]:
    """Write a table as text: figures right, words left."""
    table = [(sheet.title, *sheet.columns), *sheet.rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    widths[0] = max(widths[0], 30)
    yield ""
    for first, *others in table:
        cells = [
            f"{cell:{width}}" if sheet.words and at == len(others) else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(others, widths[1:], strict=True), 1)
        ]
        yield " ".join([f"{first:{widths[0]}}", *cells]).rstrip()


def _of_documents(evaluation: Evaluation) -> Iterator[Sheet]:
    total = evaluation.total
    scores = total.scores
    types = [name for name in scores if name.startswith("relation ")]
    rest = [name for name in scores if name not in types]
    yield Sheet("all", _FIGURES, (*_scores(scores, rest), *_shares(total)))
    for rule in ("strict", "loose", "aligned"):
        names = [name for name in types if name.endswith(f" {rule}")]
        if names:
            yield Sheet(f"relations by type, {rule}", _FIGURES, tuple(_scores(scores, names)))
    if rates := total.rates.items():
        parts = [(name, *_part(rate.hits, rate.of)) for name, rate in rates]
        yield Sheet("rates", ("%", "cases"), tuple(parts))
    if total.statuses:
        rows = tuple(
            (gold, *(str(total.statuses[gold, status]) for status in STATUSES)) for gold in STATUSES
        )
        yield Sheet("status, gold in rows", STATUSES, rows)
    if total.mistakes:
        yield _causes(total)
    yield from _by_document(evaluation)


def _by_document(evaluation: Evaluation) -> Iterator[Sheet]:
    known = evaluation.total.scores
    names = [name for name in _BY_DOCUMENT if name in known]
    if len(names) > 1:
        rows = tuple(
            (document, *(_percent(tally.score(name).f1) for name in names))
            for document, tally in evaluation.documents.items()
        )
        yield Sheet("F1 by document", tuple(names), rows)


def _causes(total: Tally) -> Sheet:
    """Count the mistakes by class; the relations of a class, most frequent first."""
    rows = []
    for cause in CAUSES:
        found = [mistake for mistake in total.mistakes if mistake.cause == cause]
        if found:
            missed = sum(mistake.kind == "missed" for mistake in found)
            false = sum(mistake.kind == "false positive" for mistake in found)
            common = Counter(mistake.relation for mistake in found).most_common()
            names = ", ".join(f"{name} {count}" for name, count in common[:_MOST])
            names += ", ..." if len(common) > _MOST else ""
            other = len(found) - missed - false
            rows.append((cause, str(missed), str(false), str(other), names))
    columns = ("missed", "false", "status", "in relations")
    return Sheet("why relations are wrong", columns, tuple(rows), words=True)


def _of_cases(result: Outcomes) -> Iterator[Sheet]:
    counts = result.counts()
    rows = (
        ("cases fully right", *_part(counts["right"], counts["cases"])),
        ("required relations met", *_part(counts["met"], counts["required"])),
        ("the same, status aside", *_part(counts["met_but_for_status"], counts["required"])),
        ("must-not violations", *_part(counts["violations"], counts["must_not"])),
    )
    yield Sheet("all", ("%", "cases"), rows)
    names = list(dict.fromkeys(outcome.case.phenomenon for outcome in result.outcomes))
    parts = [(name, result.counts(name)) for name in names]
    yield Sheet(
        "by phenomenon",
        ("right", "required", "violations"),
        tuple(
            (
                name,
                f"{part['right']} of {part['cases']}",
                f"{part['met']} of {part['required']}",
                f"{part['violations']} of {part['must_not']}",
            )
            for name, part in parts
        ),
    )


def _of_classes(result: Answers) -> Iterator[Sheet]:
    levels = {name: result.level(name) for name in LEVELS}
    rows = tuple(
        (name, str(level.sentences), str(level.answered), _percent(level.accuracy),
         _percent(level.macro_f1))
        for name, level in levels.items()
    )  # fmt: skip
    yield Sheet("all", ("sentences", "answered", "accuracy", "macro-F1"), rows)
    for name, level in levels.items():
        yield Sheet(f"by class, {name}", _FIGURES, tuple(_scores(level.classes, level.classes)))


def _scores(scores: Mapping[str, Score], names: Iterable[str]) -> Iterator[Row]:
    for name in names:
        score = scores[name]
        figures = map(_percent, (score.precision, score.recall, score.f1))
        counts = map(str, (score.tp, score.fp, score.fn, score.neutral))
        yield (_short(name), *figures, *counts)


def _shares(total: Tally) -> Iterator[Row]:
    shares: Sequence[tuple[str, Share]] = sorted(total.shares.items())
    averaged = [share.f1 for name, share in shares if name.startswith("coreference")]
    for name, share in shares:
        if not name.startswith("relation "):
            yield (name, *map(_percent, (share.precision, share.recall, share.f1)), *[""] * 4)
    if averaged:
        average = _percent(sum(averaged) / len(averaged))
        yield ("coreference, average", "", "", average, *[""] * 4)


def _part(part: int, whole: int) -> tuple[str, str]:
    return _percent(part / whole if whole else None), f"{part} of {whole}"


def _short(name: str) -> str:
    return name.split()[1] if name.startswith("relation ") else name


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more if names else "none"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.1f}"
