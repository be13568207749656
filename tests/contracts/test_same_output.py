"""The same input gives the same bytes; `tests/test_sample.py` has two processes build them."""

from __future__ import annotations

from kg.model import Document
from kg.pipeline import Pipeline
from kg.record import to_line


def test_a_second_reading_agrees_to_the_byte(
    article: Document, analysed: Document, pipeline: Pipeline
) -> None:
    assert to_line(pipeline(article)) == to_line(analysed)
