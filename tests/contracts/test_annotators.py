"""Every shipped stage keeps the contract; and the checks notice when one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from kg.contracts import Annotator, Extractor
from kg.model import Document, Entity, Mention, Relation, Span
from kg.pipeline import ANNOTATORS, EXTRACTORS, Pipeline
from kg.testing import LARGE, check_annotator, check_extractor, samples
from tests.build import doc

DONE: dict[str, Document] = {}
"""The large sample as each stage gives it: whoever asks first has it computed."""


@dataclass(frozen=True)
class Once:
    """A stage that works on the large sample only once; a check asks no more of it."""

    stage: Annotator

    @property
    def name(self) -> str:
        return self.stage.name

    @property
    def requires(self) -> tuple[str, ...]:
        return self.stage.requires

    @property
    def provides(self) -> tuple[str, ...]:
        return self.stage.provides

    def warm_up(self) -> None:
        self.stage.warm_up()

    def __call__(self, document: Document) -> Document:
        if document.id != LARGE:
            return self.stage(document)
        if self.name not in DONE:
            DONE[self.name] = self.stage(document)
        return DONE[self.name]


@pytest.fixture(scope="session")
def before(pipeline: Pipeline) -> dict[str, tuple[Document, ...]]:
    """The sample texts as each stage finds them, by the stage's name."""
    documents, found = samples(), {}
    for stage in pipeline.annotators:
        found[stage.name] = documents
        documents = tuple(map(Once(stage), documents))
    return found | {stage.name: documents for stage in pipeline.extractors}


@pytest.mark.parametrize("name", ANNOTATORS)
def test_every_annotator_keeps_its_contract(
    name: str, pipeline: Pipeline, before: dict[str, tuple[Document, ...]]
) -> None:
    stage = next(stage for stage in pipeline.annotators if stage.name == name)
    check_annotator(stage, [document for document in before[name] if document.id != LARGE])
    check_annotator(Once(stage), [document for document in before[name] if document.id == LARGE])


@pytest.mark.parametrize("name", EXTRACTORS)
def test_every_extractor_keeps_its_contract(
    name: str, pipeline: Pipeline, before: dict[str, tuple[Document, ...]]
) -> None:
    extractor = next(stage for stage in pipeline.extractors if stage.name == name)
    check_extractor(extractor, before[name])


def test_the_stages_are_those_of_the_pipeline(pipeline: Pipeline) -> None:
    assert [stage.name for stage in pipeline.stages] == [*ANNOTATORS, *EXTRACTORS]


def test_the_large_sample_is_large() -> None:
    large = next(sample for sample in samples() if sample.id == LARGE)
    assert len(large.text.encode()) >= 100_000


MACRON = Entity("e1", "Person", "Macron", (Mention(Span(0, 6)),))
TEXT = Document(id="d", text="Macron spoke.")


@dataclass(frozen=True)
class Stage:
    """An annotator that does what a test tells it."""

    name: ClassVar[str] = "stage"
    requires: ClassVar[tuple[str, ...]] = ()
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    change: Callable[[Document], Document]

    def warm_up(self) -> None:
        pass

    def __call__(self, document: Document) -> Document:
        return self.change(document)


@dataclass(frozen=True)
class Misnamed(Stage):
    provides: ClassVar[tuple[str, ...]] = ("people",)


def marks_macron(document: Document) -> Document:
    return document.but(entities=(MACRON,))


def alters_text(document: Document) -> Document:
    return document.but(text=document.text.upper())


def alters_another_layer(document: Document) -> Document:
    return document.but(statements=doc("A: b", people=["A"], statements=["A: b"]).statements)


def points_outside(document: Document) -> Document:
    return document.but(entities=(replace(MACRON, mentions=(Mention(Span(5, 99)),)),))


def adds_each_time(document: Document) -> Document:
    number = len(document.entities) + 1
    return document.but(entities=(*document.entities, replace(MACRON, id=f"e{number}")))


CALLS = iter(range(1_000))


def differs_each_time(document: Document) -> Document:
    return document.but(entities=(replace(MACRON, name=str(next(CALLS))),))


def breaks(document: Document) -> Document:
    raise ZeroDivisionError(document.id)


def test_a_good_annotator_passes() -> None:
    check_annotator(Stage(marks_macron), [TEXT])


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage(alters_text), "'stage' changes 'text' of the document 'd'"),
        (Stage(alters_another_layer), "'stage' changes 'statements' of the document 'd'"),
        (Stage(points_outside), r"'stage' breaks a document: .*\[5, 99\] is no span"),
        (Stage(adds_each_time), "'stage' changes 'd' when it runs again"),
        (Stage(differs_each_time), "'stage' gives 'd' differently each time"),
        (Stage(breaks), r"'stage' fails on 'd': ZeroDivisionError\('d'\)"),
        (Misnamed(marks_macron), "'stage' names 'people'; the layers are tokens, "),
    ],
)
def test_a_broken_annotator_is_told_what_is_wrong(stage: Annotator, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        check_annotator(stage, [TEXT])


class NoDataclass:
    name: ClassVar[str] = "bare"
    requires: ClassVar[tuple[str, ...]] = ()
    provides: ClassVar[tuple[str, ...]] = ()

    def warm_up(self) -> None:
        pass

    def __call__(self, document: Document) -> Document:
        return document


def test_a_stage_is_a_dataclass_that_pickles() -> None:
    with pytest.raises(AssertionError, match="'bare' is no dataclass"):
        check_annotator(NoDataclass())
    with pytest.raises(AssertionError, match="'stage' cannot be handed to a worker"):
        check_annotator(Stage(lambda document: document), [TEXT])


@dataclass(frozen=True)
class Finder:
    """An extractor that yields one relation of a test's choice."""

    name: ClassVar[str] = "finder"
    requires: ClassVar[tuple[str, ...]] = ("entities",)

    relation: Relation

    def warm_up(self) -> None:
        pass

    def __call__(self, document: Document) -> Iterator[Relation]:
        yield self.relation


GOOD = Relation("metWith", "e1", "e2", "actual", Span(0, 17), by="finder")


@pytest.mark.parametrize(
    ("relation", "sentence"),
    [
        (replace(GOOD, by="someone"), "'finder' yields a relation by 'someone'"),
        (replace(GOOD, object="e9"), "'finder' breaks a document: .*no entity 'e9'"),
        (replace(GOOD, evidence=Span(3, 3)), "'finder' breaks a document: .* is no span"),
        (replace(GOOD, status="denied"), "'finder' breaks a document: .*unknown status 'denied'"),
        (replace(GOOD, score=1.5), "'finder' breaks a document: .*is not in 0..1"),
    ],
)
def test_a_broken_extractor_is_told_what_is_wrong(relation: Relation, sentence: str) -> None:
    document = doc("Macron met Scholz.", people=["Macron", "Scholz"])
    check_extractor(Finder(GOOD), [document])
    extractor: Extractor = Finder(relation)
    with pytest.raises(AssertionError, match=sentence):
        check_extractor(extractor, [document])
