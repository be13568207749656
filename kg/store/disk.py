"""A graph in a folder: one writer at a time, any number of readers."""

from __future__ import annotations

from pathlib import Path
from time import sleep

import pyoxigraph as ox

from kg.errors import StoreBusy, StoreError
from kg.store.embedded import EmbeddedStore, remedy, trouble
from kg.vocab import BASE

ATTEMPTS, PAUSE = 20, 0.05  # seconds
UNFINISHED = ".store.unfinished"
"""The folder of a store that is being made, beside the one it will have."""


def open_folder(path: str | Path, *, read_only: bool = False, base: str = BASE) -> EmbeddedStore:
    """Open the store in a folder, which is made if it is not there.

    Parameters
    ----------
    path
        The folder of the store itself (``news.kg/store``).
    read_only
        Read the state of this moment, also while another process writes.
    base
        The IRI that ``:`` stands for in queries.

    Raises
    ------
    StoreBusy
        If another process, or another part of this one, has it open for writing.
    StoreError
        If there is nothing to read, no folder can be made, or the store is damaged.
    """
    folder, where = Path(path), str(path)
    if folder.exists() and not folder.is_dir():
        raise StoreError(where, "is a file; a graph lives in a folder")
    empty = not folder.is_dir() or not any(folder.iterdir())
    if read_only and empty:
        raise StoreError(where, "there is no graph here; make one with kg build INPUT -o FOLDER")
    if not empty and not (folder / "CURRENT").exists():
        raise StoreError(where, f"these files are no graph; {remedy(where)}")
    try:
        if empty:
            _make(folder)
        store = _for_reading(where) if read_only else ox.Store(where)
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreBusy(where) from None
        if isinstance(error, FileNotFoundError) and empty:
            raise StoreError(where, f"no graph can be made here ({error.strerror})") from None
        raise StoreError(where, trouble(error, where)) from None
    except (ValueError, RuntimeError) as error:
        raise StoreError(where, trouble(error, where)) from None
    return EmbeddedStore(where, store, read_only=read_only, base=base)


def _make(folder: Path) -> None:
    """Make an empty store, the whole of it or nothing: half of one could not be read."""
    unfinished = folder.with_name(UNFINISHED)
    unfinished.mkdir(parents=True, exist_ok=True)  # it is there after a crash; then it is mended
    ox.Store(str(unfinished)).flush()
    if folder.is_dir():
        folder.rmdir()
    unfinished.rename(folder)


def _for_reading(where: str) -> ox.Store:
    """Open a store that another process may be writing to.

    The writer tidies its files while we look for them, so one of them may be gone; a moment later
    there is a newer one.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return ox.Store.read_only(where)
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error):
                raise
            sleep(PAUSE)
    return ox.Store.read_only(where)
