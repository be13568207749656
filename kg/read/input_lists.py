"""Lists of inputs: ``@news.txt`` stands for what is written in ``news.txt``, one input a line."""

from __future__ import annotations

from pathlib import Path

from kg.errors import SourceError
from kg.read.text import decoded

MARK = "@"


def is_list(where: str) -> bool:
    """Tell whether an input is a list of inputs; a file of that very name is none.

    Examples
    --------
    >>> is_list("@addresses.txt"), is_list("addresses.txt")
    (True, False)
    """
    return where.startswith(MARK) and not Path(where).exists()


def inputs(where: str, listed: str = "") -> list[str]:
    """Return the inputs that stand in a list.

    Blank lines and what begins with ``#`` are passed over.

    Parameters
    ----------
    where
        The list, with the mark before it.
    listed
        The list in which it stands itself, if it stands in one.

    Raises
    ------
    SourceError
        If it cannot be read, names nothing, or stands in a list.
    """
    if listed:
        raise SourceError(where, f"is a list that stands in the list {listed}", "give it itself")
    lines = (line.strip() for line in decoded(Path(where.removeprefix(MARK))).splitlines())
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise SourceError(where, "names no inputs", "write one a line: files, folders, addresses")
    return found
