"""Documents through a pipeline, one by one; a failure takes the place of the document it cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any, ClassVar

from kg.errors import Failure
from kg.model import Document
from kg.run.progress import Progress


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
        heard = progress if _can_be_watched(pipeline) else None
        watched: Any = pipeline
        for document in documents:
            if isinstance(document, Failure):
                yield document
            elif heard is None:
                yield attempt(pipeline, document)
            else:
                yield attempt(partial(watched, watch=partial(heard, document.id)), document)


def attempt(pipeline: Callable[[Document], Document], document: Document) -> Document | Failure:
    """Return what a pipeline makes of a document; whatever it raises becomes a failure."""
    try:
        return pipeline(document)
    except Exception as error:
        return Failure.of(error, stage="pipeline", where=document.id, input=document.input)


def _can_be_watched(pipeline: Callable[[Document], Document]) -> bool:
    """Tell whether a pipeline tells of its stages, as `kg.pipeline.Pipeline` does."""
    try:
        return "watch" in signature(pipeline).parameters
    except (TypeError, ValueError):  # something that is built into Python
        return False
