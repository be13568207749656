"""Where graphs live: Oxigraph in memory or on disk, or a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

from kg.store.disk import open_folder
from kg.store.embedded import EmbeddedStore
from kg.store.remote import RemoteStore
from kg.store.results import IRI, Results
from kg.vocab import BASE, checked_base

__all__ = ["IRI", "EmbeddedStore", "RemoteStore", "Results", "open_store"]


def open_store(
    address: str | Path, *, read_only: bool = False, base: str = BASE
) -> EmbeddedStore | RemoteStore:
    """Open a graph.

    Parameters
    ----------
    address
        ``"memory:"``, the folder of a store, or the ``https://`` address of a SPARQL endpoint.
    read_only
        Refuse changes; a folder may then be open for writing elsewhere. Otherwise an endpoint
        decides for itself: see `kg.store.access` for credentials.
    base
        The IRI that ``:`` stands for in queries.

    Raises
    ------
    StoreBusy
        If the folder is open for writing elsewhere.
    StoreError
        If it cannot be opened.

    Examples
    --------
    >>> with open_store("memory:") as store:
    ...     len(store)
    0
    """
    checked_base(base)
    where = str(address)
    if where.startswith(("http://", "https://")):
        return RemoteStore(where, base=base, read_only=read_only)
    if where == "memory:":
        return EmbeddedStore(read_only=read_only, base=base)
    return open_folder(where, read_only=read_only, base=base)
