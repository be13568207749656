"""Measure the pipeline on annotated data and add a row to the table of figures over time.

    python tests/bench/figures.py --gold articles/ --challenge challenge.jsonl \\
        --records dwie.jsonl --pairs plv.jsonl --note "what changed"

The data is not ours and not here; what is not given stays "-". `--leave-out seed` leaves out the
sample article, which everybody has seen. `--time` measures the added CPU time on the records.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from overhead import added

from kg.evaluate import REPORTED_AS_FACT, Evaluation, Gold, Score, compare, evaluate, read_gold
from kg.evaluate.cases import Outcomes
from kg.evaluate.classes import Answers
from kg.evaluate.files import raw_records
from kg.model import Document
from kg.pipeline import Pipeline

TABLE = Path(__file__).with_name("figures.md")
MEETINGS = ("attended", "briefed", "spokeWith", "metWith", "visited")
NAMED = ("Person", "Country", "Organization", "Place")
COLUMNS = (
    "date", "commit", "strict P", "R", "F1", "loose", "meetings", "as fact", "statements",
    "right", "must-not", "mentions", "coref", "links", "wrong links", "facts, text", "all",
    "root", "quad", "CPU", "note",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name in ("gold", "challenge", "records", "pairs"):
        parser.add_argument(f"--{name}", type=Path, help=f"data for `kg eval --as {name}`")
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="ID", help="gold articles")
    parser.add_argument("--time", action="store_true", help="measure CPU time on the records")
    parser.add_argument("--note", default="", help="what changed, in a few words")
    options = parser.parse_args()
    pipeline = Pipeline.default()
    cells = {"date": date.today().isoformat(), "commit": commit(), "note": options.note}
    if options.gold:
        cells |= articles(read_gold(options.gold), set(options.leave_out), pipeline)
    for path in (options.challenge, options.records, options.pairs):
        if path:
            facts = path == options.records  # some of which no sentence says
            reader = Pipeline.default(background=True) if facts else pipeline
            types = NAMED if facts else None
            cells |= others(compare(path, analysed(path, reader), types=types))
    if options.time and options.records:
        cells["CPU"] = f"{added(pipeline, texts(options.records))[-1]:.2f}"
    row = "| " + " | ".join(cells.get(name, "-") for name in COLUMNS) + " |"
    with TABLE.open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    print(row)


def commit() -> str:
    words = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def texts(path: Path) -> list[Document]:
    return [
        Document(str(record.get("id") or name), record["text"], record.get("date"))
        for name, record in raw_records(path)
        if isinstance(record, dict)
    ]


def analysed(path: Path, pipeline: Pipeline) -> Iterator[Document]:
    return map(pipeline, texts(path))


def articles(gold: list[Gold], left_out: set[str], pipeline: Pipeline) -> dict[str, str]:
    kept = [entry for entry in gold if entry.document.id not in left_out]
    bare = (Document(e.document.id, e.document.text, e.document.date) for e in kept)
    total = evaluate(kept, map(pipeline, bare)).total
    strict, as_fact = total.score("relations strict"), total.rate(REPORTED_AS_FACT)
    parts = [total.score(f"relation {name} strict") for name in MEETINGS]
    meetings = Score(*(sum(getattr(part, n) for part in parts) for n in ("tp", "fp", "fn")))
    return {
        "strict P": shown(strict.precision),
        "R": shown(strict.recall),
        "F1": shown(strict.f1),
        "loose": shown(total.score("relations loose").f1),
        "meetings": shown(meetings.f1),
        "as fact": f"{as_fact.hits}/{as_fact.of}" if as_fact else "-",
        "statements": shown(total.score("statements all").f1),
    }


def others(found: Evaluation | Outcomes | Answers) -> dict[str, str]:
    if isinstance(found, Outcomes):
        counts = found.counts()
        return {
            "right": f"{counts['right']}/{counts['cases']}",
            "must-not": str(counts["violations"]),
        }
    if isinstance(found, Answers):
        return {name: shown(found.level(name).macro_f1) for name in ("root", "quad")}
    total = found.total
    coreference = [total.shares[f"coreference {name}"].f1 for name in ("MUC", "B3", "CEAFe")]
    right, wrong = (total.rate(f"{how} link, of mentions found") for how in ("right", "wrong"))
    return {
        "mentions": shown(total.score("mentions typed").f1),
        "coref": shown(sum(coreference) / 3),
        "links": shown(right.value if right else None),
        "wrong links": shown(wrong.value if wrong else None),
        "facts, text": shown(total.score("relations aligned, text alone").f1),
        "all": shown(total.score("relations aligned").f1),
    }


def shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
