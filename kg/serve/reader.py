"""A graph open for reading that keeps up with what another process writes to it."""

from __future__ import annotations

import os
import time
from functools import cached_property
from pathlib import Path

import kg
from kg.errors import QueryError, StoreError
from kg.relations import Lexicon
from kg.store import open_store
from kg.store.embedded import EmbeddedStore

REST = 1.0
"""Seconds a state is kept at least while another process goes on writing."""

SHARE = 10
"""Opening takes at most one part in so many of a worker's time."""

Stamp = tuple[tuple[str, int, int], ...]


def stamp(store: Path) -> Stamp:
    """Return what changes whenever something is written to a store: sizes and times of its logs."""
    found = []
    with os.scandir(store) as entries:
        for entry in entries:
            if entry.name.endswith(".log") or entry.name.startswith(("MANIFEST", "CURRENT")):
                try:
                    about = entry.stat()
                except FileNotFoundError:
                    continue  # tidied away by the writer; its successor has another name
                found.append((entry.name, about.st_size, about.st_mtime_ns))
    return tuple(sorted(found))


class Reader:
    """The store of a graph, opened anew when another process has written to it.

    Parameters
    ----------
    folder
        The folder of the graph.
    base
        What the IRIs of its things start with.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self.folder, self.base = folder, base
        self._place = folder / "store"
        self._store: EmbeddedStore | None = None
        self._stamp: Stamp = ()
        self._opened, self._took, self._generation = 0.0, 0.0, 0

    @cached_property
    def lexicon(self) -> Lexicon:
        """The relations of the graph."""
        with kg.open(self.folder) as graph:
            return graph.lexicon

    def store(self, generation: int = 0) -> EmbeddedStore:
        """Return the store as it is now, or was a moment ago.

        Parameters
        ----------
        generation
            How often this server has written; what it wrote itself is seen at once.
        """
        age = time.monotonic() - self._opened
        rested = age > max(REST, SHARE * self._took)
        if self._store is None or generation > self._generation:
            return self.again(generation)
        if rested and stamp(self._place) != self._stamp:
            return self.again(generation)
        return self._store

    def forget(self) -> None:
        """Let the next request open the store anew."""
        self._store = None

    def again(self, generation: int = 0) -> EmbeddedStore:
        """Open the store anew and return it."""
        started = time.monotonic()
        now = stamp(self._place) if self._place.is_dir() else ()
        store = open_store(self._place, read_only=True, base=self.base)
        if not isinstance(store, EmbeddedStore):
            raise StoreError(str(self._place), "is no folder")
        self._store, self._stamp = store, now
        self._opened = time.monotonic()
        self._took = self._opened - started
        self._generation = max(generation, self._generation)
        return store


def outdated(error: Exception) -> bool:
    """Tell whether reading failed because a writer has tidied the files away meanwhile."""
    return isinstance(error, StoreError) and not isinstance(error, QueryError)
