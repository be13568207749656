"""Documents through a pipeline, one by one; a failure takes the place of the document it cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kg.errors import Failure
from kg.model import Document
from kg.pipeline import Pipeline

Progress = Callable[[str, str], None]


def serial(
    pipeline: Callable[[Document], Document],
    documents: Iterable[Document | Failure],
    *,
    progress: Progress | None = None,
) -> Iterator[Document | Failure]:
    """Run every document through the pipeline, in order.

    Parameters
    ----------
    pipeline
        What turns a document into the same document with more layers.
    documents
        What a reader yields; its failures are passed on.
    progress
        Called with the id of a document and the name of the stage that begins to work on it.

    Yields
    ------
    Document or Failure
        One for each that came in. Whatever a stage raises becomes a failure.

    Examples
    --------
    >>> def shout(document):
    ...     return document.but(entities=document.missing)
    >>> [failure.stage for failure in serial(shout, [Document("d1", "Macron spoke.")])]
    ['pipeline']
    """
    for document in documents:
        if isinstance(document, Failure):
            yield document
            continue
        try:
            yield _watched(pipeline, document, progress)
        except Exception as error:
            yield Failure.of(error, stage="pipeline", where=document.id)


def _watched(
    pipeline: Callable[[Document], Document], document: Document, progress: Progress | None
) -> Document:
    if progress is not None and isinstance(pipeline, Pipeline):
        return pipeline(document, watch=partial(progress, document.id))
    return pipeline(document)
