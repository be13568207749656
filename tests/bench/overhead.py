"""How much CPU time the pipeline adds to the spaCy pipeline inside it, on the same texts.

    python tests/bench/overhead.py articles.jsonl [--profile 20]

Each line of the file is a record with at least a ``text``. Every text goes through bare spaCy and
through the whole of `kg`, one right after the other, in one process; CPU time, not wall time. The
profile is of the stages of `kg` alone, without the parser.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

from kg.annotate import tokens
from kg.errors import StageError
from kg.model import Document
from kg.pipeline import Pipeline

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("articles", type=Path, help="JSON Lines with a text in each record")
    parser.add_argument(
        "--profile", type=int, default=20, metavar="N", help="profile the first N texts"
    )
    options = parser.parse_args()
    lines = options.articles.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    documents = [
        Document(id=str(number), text=record["text"], date=record.get("date"))
        for number, record in enumerate(records)
    ]
    pipeline = Pipeline.default()
    pipeline.warm_up()
    readable = [document for document in documents if is_read(pipeline, document)]
    print(f"{len(readable)} of {len(documents)} texts, {words(readable):,} words")
    measure(pipeline, readable)
    stages(pipeline, readable)
    profile(pipeline, readable[: options.profile])


def is_read(pipeline: Pipeline, document: Document) -> bool:
    """Tell whether the pipeline takes the text; this warms every cache as well."""
    try:
        pipeline(document)
    except StageError as error:
        print(error, file=sys.stderr)
        return False
    return True


def words(documents: list[Document]) -> int:
    return sum(len(document.text.split()) for document in documents)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = process_time()
    result = work()
    return process_time() - start, result


def added(pipeline: Pipeline, documents: list[Document]) -> tuple[float, float, float]:
    """Return the CPU seconds of spaCy alone, of all, and what is added as a part of the former."""
    spacy = tokens._load(tokens.SHIPPED)  # the very same model that the pipeline uses
    bare = whole = 0.0
    for document in documents:
        bare += timed(lambda text=document.text: spacy(text))[0]
        whole += timed(lambda document=document: pipeline(document))[0]
    return bare, whole, (whole - bare) / bare


def measure(pipeline: Pipeline, documents: list[Document]) -> None:
    bare, whole, part = added(pipeline, documents)
    print(f"\nspaCy alone {bare:8.2f} s CPU\nkg          {whole:8.2f} s CPU")
    print(f"added       {whole - bare:8.2f} s CPU, {part:.2f} of spaCy's own")


def stages(pipeline: Pipeline, documents: list[Document]) -> None:
    """Print what each stage takes; "tokens" is spaCy and the copying of its result."""
    spent: Counter[str] = Counter()
    for document in documents:
        found = document
        for annotator in pipeline.annotators:
            seconds, found = timed(lambda stage=annotator, given=found: stage(given))
            spent[annotator.name] += seconds
        for extractor in pipeline.extractors:
            seconds, _ = timed(lambda stage=extractor, given=found: list(stage(given)))
            spent[extractor.name] += seconds
    print("\nCPU seconds by stage")
    for name, seconds in spent.most_common():
        print(f"{name:12}{seconds:8.2f}")


def profile(pipeline: Pipeline, documents: list[Document]) -> None:
    """Print the five functions that take most time of their own, the parser left out."""
    after = [stage for stage in pipeline.annotators if stage.name != "tokens"]
    parser = next(stage for stage in pipeline.annotators if stage.name == "tokens")
    parsed = [parser(document) for document in documents]
    profiler = cProfile.Profile()
    for document in parsed:
        found = document
        for annotator in after:
            found = profiler.runcall(annotator, found)
        for extractor in pipeline.extractors:
            profiler.runcall(lambda stage=extractor, given=found: list(stage(given)))
    print(f"\nTop five by own time over {len(documents)} texts, the parser left out")
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(5)


if __name__ == "__main__":
    main()
