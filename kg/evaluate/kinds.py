"""Which kind of gold a file holds, and its comparison with a file of predictions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import DocumentError, SourceError, UnknownName
from kg.evaluate.across import scored_across
from kg.evaluate.articles import Analysis, evaluate
from kg.evaluate.cases import Case, Outcomes
from kg.evaluate.challenge import outcome
from kg.evaluate.classes import Answers, Labelled, answer
from kg.evaluate.files import each_once, raw_records, read_predictions
from kg.evaluate.gold import Gold
from kg.evaluate.matching import same_text
from kg.evaluate.records import Record, scored_record
from kg.evaluate.tally import Evaluation, Tally
from kg.model import ENTITY_TYPES, Document
from kg.relations import Lexicon

Kind = Literal["articles", "records", "challenge", "pairs"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Raw = Mapping[str, Any]


def kind_of(record: Mapping[str, Any]) -> Kind:
    """Tell the kind of gold by what only that kind has.

    A challenge case says what must not be found, a labelled pair has a root class, a record has
    spans to ignore; everything else is an annotated article.

    Examples
    --------
    >>> kind_of({"text": "Togo met Benin.", "relations": [], "must_not": []})
    'challenge'
    """
    if "must_not" in record:
        return "challenge"
    if "root" in record:
        return "pairs"
    return "records" if "ignore" in record else "articles"


def compare(
    gold: str | Path,
    predicted: str | Path | Iterable[Document],
    *,
    kind: str | None = None,
    types: Collection[str] | None = None,
    lexicon: Lexicon | None = None,
    analyse: Analysis | None = None,
) -> Evaluation | Outcomes | Answers:
    """Compare predictions with the gold of a file or folder, in the way that fits its kind.

    Parameters
    ----------
    gold
        A folder of ``*.json``, a ``.json`` or a ``.jsonl`` file.
    predicted
        The same, of document records; or documents.
    kind
        One of `KINDS`, where the first record would tell wrong.
    types
        Of records: entities of other types are left out on both sides.
    lexicon
        Ours unless given.
    analyse
        Of articles and cases: a pipeline that shows what a missed relation lacked.

    Raises
    ------
    SourceError, DocumentError
        If a file cannot be read, or a prediction has another text than its gold.
        Also if they have no document in common, or types are given for other gold than records.
    UnknownName
        If there is no such kind, or no such type of entity.
    """
    found = [(name, _object(record, name)) for name, record in raw_records(gold)]
    if not found:
        raise SourceError(str(gold), "there are no documents", "give .json or .jsonl records")
    if kind is not None and kind not in KINDS:
        raise UnknownName("kind of gold", kind, KINDS)
    documents = (
        read_predictions(predicted) if isinstance(predicted, str | Path) else list(predicted)
    )
    _share_a_document(gold, found, documents)
    told = kind or kind_of(found[0][1])
    if types is not None:
        _check_types(gold, told, types)
    match told:
        case "challenge":
            return _challenge(gold, found, documents, analyse)
        case "pairs":
            return _pairs(gold, found, documents, lexicon)
        case "records":
            return _records(gold, found, documents, types)
    articles = [Gold.from_json(record, fallback_id=name) for name, record in found]
    each_once((entry.document.id for entry in articles), gold)
    return evaluate(articles, documents, lexicon=lexicon, analyse=analyse)


def _check_types(where: str | Path, kind: str, types: Collection[str]) -> None:
    """Refuse types where they tell nothing, and types that there are not."""
    for name in types:
        if name not in ENTITY_TYPES:
            raise UnknownName("type of entity", name, ENTITY_TYPES)
    if kind != "records":
        problem = f"types (--types) are for gold of records, and this is gold of {kind}"
        raise SourceError(str(where), problem, "leave them out, or say that it is records (--as)")


def _share_a_document(
    where: str | Path, found: Iterable[tuple[str, Raw]], predicted: Iterable[Document]
) -> None:
    """Refuse predictions of which none is for a document of the gold: all figures would be 0."""
    gold = [str(record.get("id") or name) for name, record in found]
    ours = [document.id for document in predicted]
    if ours and not set(ours) & set(gold):
        problem = "no id is common to gold and predictions: " + " and ".join(
            f"{side} has ids like '{ids[0]}'"
            for side, ids in (("the gold", gold), ("the prediction", ours))
        )
        raise SourceError(str(where), problem, "give predictions for the documents of this gold")


def _challenge(
    where: str | Path,
    found: Iterable[tuple[str, Raw]],
    predicted: Iterable[Document],
    analyse: Analysis | None,
) -> Outcomes:
    cases = [Case.from_json(record, fallback_id=name) for name, record in found]
    each_once((case.id for case in cases), where)
    by_id = {document.id: document for document in predicted}
    bare = {case.id: Document(id=case.id, text=case.text) for case in cases}
    return Outcomes(
        tuple(
            outcome(
                case,
                by_id.get(case.id, bare[case.id]),
                analyse(bare[case.id]) if analyse else None,
            )
            for case in cases
        ),
        missing=tuple(case.id for case in cases if case.id not in by_id),
    )


def _pairs(
    where: str | Path,
    found: Iterable[tuple[str, Raw]],
    predicted: Iterable[Document],
    lexicon: Lexicon | None,
) -> Answers:
    pairs = [Labelled.from_json(record, fallback_id=name) for name, record in found]
    each_once((pair.id for pair in pairs), where)
    by_id = {document.id: document for document in predicted}
    return Answers(
        tuple(answer(pair, by_id.get(pair.id), lexicon) for pair in pairs),
        missing=tuple(pair.id for pair in pairs if pair.id not in by_id),
    )


def _records(
    where: str | Path,
    found: Iterable[tuple[str, Raw]],
    predicted: Iterable[Document],
    types: Collection[str] | None,
) -> Evaluation:
    records = [Record.from_json(record, fallback_id=name) for name, record in found]
    each_once((record.document.id for record in records), where)
    by_id = {document.id: document for document in predicted}
    total, documents = Tally(), dict[str, Tally]()
    for record in records:
        name, text = record.document.id, record.document.text
        ours = by_id.get(name, Document(id=name, text=text))
        same_text(text, ours)
        documents[name] = scored_record(record, ours, types)
        total.add(documents[name])
    total.add(scored_across((record.document for record in records), by_id))
    return Evaluation(
        total,
        documents,
        missing=tuple(name for name in documents if name not in by_id),
        ignored=tuple(name for name in by_id if name not in documents),
    )


def _object(record: object, name: str) -> Raw:
    if not isinstance(record, Mapping):
        raise DocumentError(name, "a record is a JSON object with at least a text")
    return record
