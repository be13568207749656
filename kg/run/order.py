"""Results in the order of what came in, while a bounded number of them is under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Protocol

from kg.errors import Failure
from kg.model import Document


class Promise(Protocol):
    """A result to come."""

    def done(self) -> bool:
        """Tell whether it has come."""
        ...

    def result(self) -> Document | Failure:
        """Wait for it."""
        ...


def in_order(
    pipeline: Callable[[Document], Document],
    submit: Callable[[Document], Promise],
    documents: Iterable[Document | Failure],
    window: int,
) -> Iterator[Document | Failure]:
    """Have documents worked on, and yield the results in the order in which they came in.

    Parameters
    ----------
    pipeline
        If it has a method ``leaves`` that is true of a document, that one is not worked on.
    submit
        Begins to work on a document.
    documents
        What a reader yields; its failures are passed on.
    window
        Documents read that are not yielded yet: never more, so memory stays flat.

    Examples
    --------
    >>> def done(document):
    ...     future = Future()
    ...     future.set_result(document)
    ...     return future
    >>> given = [Document("a", "A."), Document("b", "B.")]
    >>> [found.id for found in in_order(str, done, given, window=2)]
    ['a', 'b']
    """
    waiting: deque[Promise] = deque()
    leaves: Callable[[Document], bool] = getattr(pipeline, "leaves", lambda _: False)
    for document in documents:
        if isinstance(document, Failure) or leaves(document):
            waiting.append(_kept(document))
        else:
            waiting.append(submit(document))
        while waiting and (len(waiting) >= window or waiting[0].done()):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _kept(found: Document | Failure) -> Promise:
    future: Future[Document | Failure] = Future()
    future.set_result(found)
    return future
