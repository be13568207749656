"""A run yields one document or failure for each that came in, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.errors import Failure, StageError
from kg.model import Document
from kg.pipeline import Pipeline
from kg.run.serial import Serial

DOCUMENTS = [Document(f"d{n}", f"Text {n}.") for n in range(4)]


def stumble(document: Document) -> Document:
    if document.id == "d1":
        raise ValueError("odd text")
    if document.id == "d2":
        raise StageError("clauses", "d2", "no root")
    return document.but(date="2025-02-17")


def test_a_failure_takes_the_place_of_its_document() -> None:
    first, second, third, fourth = Serial().map(stumble, DOCUMENTS)
    assert first == DOCUMENTS[0].but(date="2025-02-17")
    assert second == Failure(
        "d1",
        "pipeline",
        "ValueError: odd text",
        "this is a defect in the stage; please report it",
    )
    assert third == Failure("d2", "clauses", "no root")
    assert fourth == DOCUMENTS[3].but(date="2025-02-17")


def test_failures_of_the_reader_pass_through() -> None:
    failure = Failure("a.txt", "read", "is empty", "fill it")
    assert next(Serial().map(stumble, [failure, DOCUMENTS[0]])) is failure


def test_documents_are_worked_on_one_at_a_time() -> None:
    done: list[str] = []

    def note(document: Document) -> Document:
        done.append(document.id)
        return document

    next(Serial().map(note, iter(DOCUMENTS)))
    assert done == ["d0"]


@dataclass(frozen=True)
class Dated:
    """A stage that dates a document."""

    name: ClassVar[str] = "dated"
    requires: ClassVar[tuple[str, ...]] = ("text",)
    provides: ClassVar[tuple[str, ...]] = ("date",)

    def warm_up(self) -> None:
        """Load nothing."""

    def __call__(self, doc: Document) -> Document:
        """Give it a date."""
        return doc.but(date="2025-02-17")


def test_a_pipeline_tells_which_stage_is_at_work() -> None:
    heard: list[tuple[str, str]] = []
    pipeline = Pipeline((Dated(), Dated()))
    found = list(Serial().map(pipeline, DOCUMENTS[:1], progress=lambda *it: heard.append(it)))
    assert found == [DOCUMENTS[0].but(date="2025-02-17")]
    assert heard == [("d0", "dated"), ("d0", "dated")]
