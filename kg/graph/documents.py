"""The documents of a graph to go through, as often as one likes, without holding them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.model import Document


class Documents:
    """The documents of a graph, read anew each time one goes through them: many need no memory.

    Parameters
    ----------
    read
        Begins to read them.
    """

    def __init__(self, read: Callable[[], Iterator[Document]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Document]:
        return self._read()
