"""The same input gives the same bytes, whatever order the interpreter keeps sets in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kg.model import Document
from kg.pipeline import Pipeline
from kg.record import to_line


def extracted(article: Path, hash_seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "extract", str(article)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_two_processes_with_other_hashes_agree_to_the_byte(root: Path) -> None:
    article = root / "seeds" / "000_ccfa4a51f35b90bf.txt"
    first, second = (extracted(article, seed) for seed in ("1", "2"))
    assert first == second
    assert first.count(b"\n") == 1


def test_a_second_reading_agrees_to_the_byte(
    article: Document, analysed: Document, pipeline: Pipeline
) -> None:
    assert to_line(pipeline(article)) == to_line(analysed)
