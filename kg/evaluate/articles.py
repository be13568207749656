"""Precision, recall and F1 of predicted documents against documents annotated by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.evaluate.alignment import Alignment
from kg.evaluate.gold import Gold
from kg.evaluate.matching import guideline, same_text
from kg.evaluate.scoring import scored
from kg.evaluate.tally import Evaluation, Tally
from kg.model import Document
from kg.relations import Lexicon, shipped

Analysis = Callable[[Document], Document]
"""What gives a text its layers: a `Pipeline`."""


def evaluate(
    gold: Iterable[Gold],
    predicted: Iterable[Document],
    *,
    lexicon: Lexicon | None = None,
    analyse: Analysis | None = None,
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
    analyse
        A pipeline to read the gold texts with once more, so that the mistakes say whether a
        clause, a slot or an entry of the lexicon was lacking.

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
        same_text(text, ours)
        counted = tuple(r for r in ours.relations if r.type in kinds and r.basis == "text")
        pair = Alignment(entry, ours.but(relations=counted), known)
        layers = analyse(Document(name, text, entry.document.date)) if analyse else None
        documents[name] = scored(pair, layers)
        total.add(documents[name])
    return Evaluation(
        total,
        documents,
        missing=tuple(name for name in documents if name not in by_id),
        ignored=tuple(name for name in by_id if name not in documents),
    )
