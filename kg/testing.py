"""Checks that a stage, a reader or an entry of the lexicon must pass, for our tests and for yours.

::

    from kg.testing import check_annotator, check_examples

    def test_my_stage():
        check_annotator(MyStage())

    def test_my_relations():
        check_examples("mine.toml")

Each check raises an AssertionError whose one sentence says what does not hold.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from kg.config import lexicon_from
from kg.contracts import Annotator, Extractor, Reader
from kg.errors import DocumentError, Failure
from kg.model import Document, Entity, Relation
from kg.pipeline import Pipeline
from kg.relations import Example, Lexicon, RelationType
from kg.resource import Link, Resource

LAYERS = tuple(
    field.name for field in fields(Document) if field.name not in ("id", "text", "date", "source")
)
LARGE = "100 kB"
TODAY = "2025-02-17"

_NEWS = (
    "Prime Minister Ana Berg met President Carl Dahl in Oslo on Tuesday. "
    "“We agree with Norway,” she said after the talks, but Dahl's envoy did not. "
    "NATO's allies will brief British officials before the summit next week.\n"
)

Found = TypeVar("Found")
Stage = TypeVar("Stage", Annotator, Extractor, Reader)


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
    return tuple(Document(id=name, text=text, date=TODAY) for name, text in texts.items())


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


def check_reader(reader: Reader, resource: Resource) -> None:
    """Check that a reader keeps its contract.

    It is a dataclass that survives pickling; what it yields has an id and a text, the same each
    time; and of hostile bytes it makes documents, failures and resources, or an `OSError`
    like a `kg.errors.SourceError`.

    Parameters
    ----------
    reader
        The reader to check.
    resource
        Something it reads, with at least one document in it.

    Raises
    ------
    AssertionError
        If something does not hold.

    Examples
    --------
    >>> from kg.read.text import Text
    >>> check_reader(Text(), Resource.of(b"Macron spoke.", "paris.txt"))
    """
    _check_component(reader)
    found = _read(reader, resource)
    _hold(
        any(not isinstance(each, Failure) for each in found),
        f"'{reader.name}' finds nothing in '{resource.where}'",
    )
    _hold(
        list(map(_told, _read(_copy(reader), resource))) == list(map(_told, found)),
        f"'{reader.name}' reads '{resource.where}' differently each time",
    )
    whole = resource.data()
    for what, data in {
        "nothing": b"",
        "bytes of no meaning": bytes(range(256)) * 16,
        "half of it": whole[: len(whole) // 2],
        "all but its beginning": whole[len(whole) // 3 :],
        "1 MB of one sign": b"a" * 1_000_000,
        "1 MB of zeros": bytes(1_000_000),
    }.items():
        _read(reader, Resource.of(data, resource.name, where=what))


def _read(reader: Reader, resource: Resource) -> list[Document | Failure | Resource | Link]:
    """Return what a reader yields, each of which must be in order."""
    found: list[Document | Failure | Resource | Link] = []
    try:
        for each in reader(resource):
            known = isinstance(each, Document | Failure | Resource | Link)
            _hold(known, f"'{reader.name}' yields {each!r}")
            if isinstance(each, Document):
                where = f"of '{resource.where}'"
                _hold(bool(each.id), f"'{reader.name}' makes a document without an id {where}")
                _hold(bool(each.text.strip()), f"'{reader.name}' makes an empty document {where}")
                _check_holds(reader.name, each)
            found.append(each)
    except (OSError, DocumentError):  # a SourceError, or what a library says of a damaged file
        return found
    except AssertionError:
        raise
    except Exception as error:
        raise AssertionError(f"'{reader.name}' fails on '{resource.where}': {error!r}") from error
    return found


def _told(found: Document | Failure | Resource | Link) -> object:
    """Return what two readings must have in common: of a resource its name, not how it opens."""
    return (found.where, found.name) if isinstance(found, Resource) else found


def check_examples(lexicon: Lexicon | str | Path, *names: str) -> None:
    """Check that the sentences beside the entries of a lexicon yield what the entries say.

    Parameters
    ----------
    lexicon
        A TOML file of your own relations, or a whole lexicon.
    names
        The entries to check; by default all of the file, or all of the lexicon.

    Raises
    ------
    AssertionError
        If an example does not hold.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> check_examples(shipped(), "briefed")
    """
    known = lexicon_from(lexicon)
    own = isinstance(lexicon, Lexicon)
    wanted = names or [name for name in known if own or known[name].origin == str(lexicon)]
    pipeline = Pipeline.default(known)
    for name in wanted:
        for example in known[name].examples:
            problem = surprise(known[name], example, pipeline)
            _hold(not problem, f"[{name}] {example.text!r}: {problem}")


def surprise(entry: RelationType, example: Example, pipeline: Pipeline) -> str:
    """Say what a pipeline finds in an example that its entry does not promise, or misses.

    Returns
    -------
    str
        "" if the example holds.
    """
    document = pipeline(Document(id="example", text=example.text, date=TODAY))
    promised, surplus = list(example.yields), []
    for relation in document.relations:
        if relation.type == entry.name:
            fits = (line for line in promised if _means(document, relation, line, entry))
            line = next(fits, None)
            if line is None:
                surplus.append(_spelled(document, relation))
            else:
                promised.remove(line)
    told = {"not found": promised, "found, but not promised": surplus}
    return "; ".join(f"{what}: {', '.join(lines)}" for what, lines in told.items() if lines)


def _means(document: Document, relation: Relation, line: str, entry: RelationType) -> bool:
    """Tell whether a relation is the one that a line like "A > B (planned)" stands for."""
    pair, _, status = line.removesuffix(")").partition(" (")
    subject, _, object_ = pair.partition(" > ")
    ends = [document.entity(relation.subject), document.entity(relation.object)]
    orders = [(subject, object_), (object_, subject)] if entry.symmetric else [(subject, object_)]
    return relation.status == (status or "actual") and any(
        all(name in _names(document, entity) for entity, name in zip(ends, order, strict=True))
        for order in (tuple(map(_bare, order)) for order in orders)
    )


def _names(document: Document, entity: Entity) -> set[str]:
    """Return what the text and the tables call an entity, without a leading article."""
    called = (mention.span.of(document.text) for mention in entity.mentions)
    return {_bare(name) for name in (*called, entity.name)}


def _bare(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else name


def _spelled(document: Document, relation: Relation) -> str:
    subject, object_ = document.entity(relation.subject), document.entity(relation.object)
    status = "" if relation.status == "actual" else f" ({relation.status})"
    return f"{subject.name} > {object_.name}{status}"


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
