"""Precision, recall and F1 of predicted documents against documents annotated by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import DocumentError
from kg.evaluate.alignment import Alignment
from kg.evaluate.gold import Gold, read_gold, read_predictions
from kg.evaluate.matching import guideline
from kg.evaluate.report import mistakes, report
from kg.evaluate.scoring import REPORTED_AS_FACT, scored
from kg.evaluate.tally import Evaluation, Mistake, Rate, Score, Tally
from kg.model import Document
from kg.relations import RelationType, shipped

__all__ = [
    "REPORTED_AS_FACT",
    "Evaluation",
    "Gold",
    "Mistake",
    "Rate",
    "Score",
    "Tally",
    "evaluate",
    "mistakes",
    "read_gold",
    "read_predictions",
    "report",
]


def evaluate(
    gold: Iterable[Gold],
    predicted: Iterable[Document],
    *,
    lexicon: Mapping[str, RelationType] | None = None,
) -> Evaluation:
    """Compare predicted documents with gold documents of the same id and text.

    Parameters
    ----------
    gold
        From `read_gold`.
    predicted
        From `read_predictions`, or straight from a pipeline. Relations from background knowledge,
        and of types that neither the guideline nor this gold has, do not count.
    lexicon
        Tells which relations are symmetric; the shipped one unless given.

    Raises
    ------
    DocumentError
        If a prediction has another text than its gold.

    Examples
    --------
    >>> document = Document(id="d", text="Macron spoke.")
    >>> evaluate([Gold(document)], [document]).missing
    ()
    """
    known = shipped() if lexicon is None else lexicon
    everything = list(gold)
    by_id = {document.id: document for document in predicted}
    kinds = guideline()["relations"] | {
        relation.type
        for entry in everything
        for relation in (*entry.document.relations, *entry.optional)
    }
    total, documents = Tally(), dict[str, Tally]()
    for entry in everything:
        name, text = entry.document.id, entry.document.text
        ours = by_id.get(name, Document(id=name, text=text))
        _same_text(text, ours)
        counted = tuple(r for r in ours.relations if r.type in kinds and r.basis == "text")
        documents[name] = scored(Alignment(entry, ours.but(relations=counted), known))
        total.add(documents[name])
    return Evaluation(
        total,
        documents,
        missing=tuple(name for name in documents if name not in by_id),
        ignored=tuple(name for name in by_id if name not in documents),
    )


def _same_text(text: str, ours: Document) -> None:
    if ours.text == text:
        return
    pairs = enumerate(zip(text, ours.text, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(text), len(ours.text)))
    raise DocumentError(
        ours.id,
        f"its text differs from the gold text at character {at}: "
        f"{ours.text[at : at + 30]!r} instead of {text[at : at + 30]!r}",
    )
