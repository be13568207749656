"""Folders and patterns -> the files in them that can be documents, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePath

from kg.read.kinds import by_name
from kg.read.metadata import SIDECAR, TABLE

_ASIDE = frozenset({"SOURCES.md", TABLE, "report.json"})


def files(folder: str | Path) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders that can be documents, sorted by path.

    Hidden files, ``README*``, ``SOURCES.md``, metadata, and files of no kind that news comes in
    are passed over; so are the folders of graphs (``*.kg``).
    """
    for parent, subfolders, names in os.walk(folder):
        subfolders[:] = sorted(name for name in subfolders if not _is_aside(name))
        for name in sorted(names):
            if _is_document(name):
                yield Path(parent, name)


def matching(pattern: str) -> list[Path]:
    """Return the files that a pattern like ``news/**/*.txt`` stands for, sorted.

    What `files` passes over is passed over here too, unless the pattern names it.

    Raises
    ------
    ValueError
        If it is no pattern, like ``news/**.txt``.
    """
    anchor = Path(pattern).anchor
    if any("**" in part and part != "**" for part in Path(pattern).parts):
        # Some versions of Python take it for something else than the author meant.
        raise ValueError("'**' stands for folders and must be a whole part, like news/**/*.txt")
    found = Path(anchor).glob(str(Path(pattern).relative_to(anchor)))
    spelt = set(Path(pattern).parts)
    return sorted(
        path
        for path in found
        if path.is_file()
        and _is_document(path.name)
        and not any(_is_aside(part) for part in path.parts if part not in spelt)
    )


def holds(path: PurePath) -> bool:
    """Tell whether what stands at this path in a folder or an archive can be a document.

    Examples
    --------
    >>> holds(PurePath("news/paris.html")), holds(PurePath("__MACOSX/news/paris.html"))
    (True, False)
    """
    return _is_document(path.name) and not any(map(_is_aside, path.parts[:-1]))


def _is_aside(folder: str) -> bool:
    return folder.startswith(".") or folder.endswith(".kg") or folder == "__MACOSX"


def _is_document(name: str) -> bool:
    if name.startswith((".", "README")) or name in _ASIDE or name.endswith(SIDECAR):
        return False
    return by_name(name) is not None
