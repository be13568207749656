"""How many documents the inputs hold, told without reading them all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import has_magic
from pathlib import Path

from kg.errors import Failure
from kg.read import folder, input_lists
from kg.read.files import opened
from kg.read.kinds import by_name
from kg.read.web import is_address

LARGEST = 1 << 30
"""Bytes of a file of records that are counted; a larger one takes too long for a mere figure."""

_ONE = frozenset({"text", "html", "pdf", "docx"})
_LIST = re.compile(rb'"[\w@.]{1,30}"\s*:\s*\[\s*\{')  # a list of objects: perhaps of articles


def count(inputs: Iterable[str | Path]) -> int | None:
    """Return how many documents there are to come, for a progress bar.

    Parameters
    ----------
    inputs
        As for `kg.read.read`.

    Returns
    -------
    int or None
        Of files of records the lines are counted; None where nothing can be told beforehand, as of
        tables, archives and boxes of mail.

    Examples
    --------
    >>> count(["seeds/000_ccfa4a51f35b90bf.txt"]), count(["-"])
    (1, None)
    """
    total = 0
    for where in map(str, inputs):
        if where == "-":
            return None
        try:
            if is_address(where):  # a feed has more, which nobody knows beforehand
                total += 1
                continue
            if input_lists.is_list(where):
                within = count(input_lists.inputs(where))
                if within is None:
                    return None
                total += within
                continue
            for file in _files(where):
                found = 1 if isinstance(file, Failure) else _documents(file)
                if found is None:
                    return None
                total += found
        except (OSError, ValueError):
            total += 1  # it will be a failure, which counts too
    return total


def _files(where: str) -> Iterable[Path | Failure]:
    path = Path(where)
    if path.is_dir():
        return folder.walk(path)
    if has_magic(where) and not path.exists():
        return folder.matching(where)
    return [path]


def _documents(file: Path) -> int | None:
    kind = by_name(file.name)
    name = "text" if kind is None else kind.reader
    try:
        if name == "jsonl" and file.stat().st_size <= LARGEST:
            return _lines(file)
        if name == "json":
            with opened(file) as stream:
                start = stream.read(8192).lstrip(b"\xef\xbb\xbf \t\r\n")
            return 1 if start.startswith(b"{") and not _LIST.search(start) else None
    except (OSError, ValueError):
        return 1  # it will be a failure
    return 1 if name in _ONE else None


def _lines(file: Path) -> int:
    """Count the lines with something on them."""
    with opened(file) as lines:
        return sum(not line.isspace() for line in lines)
