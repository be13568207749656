"""Documents through a pipeline, one by one; a failure takes the place of the document it cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from kg.errors import Failure
from kg.model import Document
from kg.pipeline import Pipeline

Progress = Callable[[str, str], None]


@dataclass(frozen=True)
class Serial:
    """Works on one document after the other, in this process.

    Examples
    --------
    >>> def shout(document):
    ...     return document.but(entities=document.missing)
    >>> [failure.stage for failure in Serial().map(shout, [Document("d1", "Macron spoke.")])]
    ['pipeline']
    """

    name: ClassVar[str] = "serial"

    def map(
        self,
        pipeline: Callable[[Document], Document],
        documents: Iterable[Document | Failure],
        *,
        progress: Progress | None = None,
    ) -> Iterator[Document | Failure]:
        """Run every document through the pipeline; see `kg.contracts.Runner`.

        ``progress`` hears of every stage that begins to work on a document.
        """
        for document in documents:
            if isinstance(document, Failure):
                yield document
            else:
                yield attempt(_watched(pipeline, document, progress), document)


serial = Serial().map


def attempt(pipeline: Callable[[Document], Document], document: Document) -> Document | Failure:
    """Return what a pipeline makes of a document; whatever it raises becomes a failure."""
    try:
        return pipeline(document)
    except Exception as error:
        return Failure.of(error, stage="pipeline", where=document.id)


def _watched(
    pipeline: Callable[[Document], Document], document: Document, progress: Progress | None
) -> Callable[[Document], Document]:
    if progress is not None and isinstance(pipeline, Pipeline):
        return partial(pipeline, watch=partial(progress, document.id))
    return pipeline
