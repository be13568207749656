"""Checks that any annotator or extractor must pass, for our tests and for those of plug-ins.

::

    from kg.testing import check_annotator

    def test_my_stage():
        check_annotator(MyStage())

Each check raises an AssertionError whose one sentence says what does not hold.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TypeVar

from kg.contracts import Annotator, Extractor
from kg.errors import DocumentError
from kg.model import Document, Relation
from kg.pipeline import Pipeline

LAYERS = tuple(
    field.name for field in fields(Document) if field.name not in ("id", "text", "date", "source")
)
LARGE = "100 kB"

_NEWS = (
    "Prime Minister Ana Berg met President Carl Dahl in Oslo on Tuesday. "
    "“We agree with Norway,” she said after the talks, but Dahl's envoy did not. "
    "NATO's allies will brief British officials before the summit next week.\n"
)

Found = TypeVar("Found")
Stage = TypeVar("Stage", Annotator, Extractor)


def samples() -> tuple[Document, ...]:
    """Return the texts that a stage has to bear: empty, emoji, one sentence, 100 kB ...

    Examples
    --------
    >>> [document.id for document in samples()]
    ['empty', 'white space', 'emoji', 'one sentence', 'news', 'odd signs', '100 kB']
    """
    texts = {
        "empty": "",
        "white space": " \n\t\n ",
        "emoji": "🇺🇦 👩‍👩‍👧 🙂",
        "one sentence": "Macron spoke with Trump.",
        "news": _NEWS,
        "odd signs": f"\ufeff{_NEWS}\u2028\r\n<b>“«\u202e Erdog\u0306an </b>\x00 … ’s \"'",
        LARGE: _NEWS * (100_000 // len(_NEWS) + 1),
    }
    return tuple(Document(id=name, text=text, date="2025-02-17") for name, text in texts.items())


@cache
def annotated_samples() -> tuple[Document, ...]:
    """Return the same texts with all layers of the shipped annotators."""
    annotators = Pipeline.default().annotators
    return tuple(Pipeline(annotators)(document) for document in samples())


def check_annotator(stage: Annotator, documents: Iterable[Document] | None = None) -> None:
    """Check that an annotator keeps its contract.

    It is a dataclass that survives pickling, names real layers, leaves the text and all layers
    alone but those it provides, gives a document that holds together, the same one each time, and
    adds nothing when it runs again.

    Parameters
    ----------
    stage
        The annotator to check.
    documents
        What to try it on. By default `samples`, with the layers of the shipped annotators if it
        requires any.

    Raises
    ------
    AssertionError
        If something does not hold.

    Examples
    --------
    >>> from kg.annotate.language import Language
    >>> check_annotator(Language())
    """
    _check_component(stage)
    _check_layers(stage.name, (*stage.requires, *stage.provides))
    for document in _or_samples(documents, stage.requires):
        result = _run(stage, stage.name, document)
        for name in ("id", "text", "date", "source", *LAYERS):
            if name not in stage.provides:
                same = getattr(result, name) == getattr(document, name)
                _hold(same, f"'{stage.name}' changes '{name}' of the document '{document.id}'")
        _check_holds(stage.name, result)
        if document.id != LARGE:
            again = _run(_copy(stage), stage.name, document)
            _hold(again == result, f"'{stage.name}' gives '{document.id}' differently each time")
            twice = _run(stage, stage.name, result)
            _hold(twice == result, f"'{stage.name}' changes '{document.id}' when it runs again")


def check_extractor(extractor: Extractor, documents: Iterable[Document] | None = None) -> None:
    """Check that an extractor keeps its contract.

    It is a dataclass that survives pickling, names real layers, and yields relations under its
    own name between entities of the document, with evidence in its text; the same ones each time.

    Parameters
    ----------
    extractor
        The extractor to check.
    documents
        What to try it on. By default `samples` with the layers of the shipped annotators.

    Raises
    ------
    AssertionError
        If something does not hold.

    Examples
    --------
    >>> from kg.extract.roles import Roles
    >>> check_extractor(Roles(), [Document(id="d", text="Macron spoke.")])
    """
    _check_component(extractor)
    _check_layers(extractor.name, extractor.requires)
    for document in _or_samples(documents, extractor.requires):
        found = _run(lambda doc: list(extractor(doc)), extractor.name, document)
        for relation in found:
            _hold(isinstance(relation, Relation), f"'{extractor.name}' yields {relation!r}")
            _hold(
                relation.by == extractor.name,
                f"'{extractor.name}' yields a relation by '{relation.by}'",
            )
        _check_holds(extractor.name, document.but(relations=tuple(found)))
        if document.id != LARGE:
            again = list(_copy(extractor)(document))
            _hold(again == found, f"'{extractor.name}' finds others in '{document.id}' each time")


def _hold(condition: bool, sentence: str) -> None:
    if not condition:
        raise AssertionError(sentence)


def _check_component(stage: Stage) -> None:
    _hold(is_dataclass(stage), f"'{stage.name}' is no dataclass: its fields are its settings")
    copy = _copy(stage)
    _hold(copy == stage, f"'{stage.name}' has other settings after pickling")


def _check_layers(name: str, layers: Iterable[str]) -> None:
    for layer in layers:
        _hold(layer in LAYERS, f"'{name}' names '{layer}'; the layers are {', '.join(LAYERS)}")


def _check_holds(name: str, document: Document) -> None:
    try:
        document.check()
    except DocumentError as error:
        raise AssertionError(f"'{name}' breaks a document: {error}") from error


def _copy(stage: Stage) -> Stage:
    try:
        copy: Stage = pickle.loads(pickle.dumps(stage))  # noqa: S301  # our own object
    except Exception as error:
        raise AssertionError(f"'{stage.name}' cannot be handed to a worker: {error!r}") from error
    return copy


def _run(stage: Callable[[Document], Found], name: str, document: Document) -> Found:
    try:
        return stage(document)
    except Exception as error:
        raise AssertionError(f"'{name}' fails on '{document.id}': {error!r}") from error


def _or_samples(
    documents: Iterable[Document] | None, requires: tuple[str, ...]
) -> Iterable[Document]:
    if documents is not None:
        return documents
    return annotated_samples() if requires else samples()
