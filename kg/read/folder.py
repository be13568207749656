"""Folders and patterns -> the files in them that can be documents, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import has_magic
from itertools import takewhile
from pathlib import Path, PurePath

from kg.errors import Failure
from kg.read.kinds import by_name
from kg.read.metadata import SIDECAR, TABLE
from kg.read.names import shown

_ASIDE = frozenset({"SOURCES.md", TABLE, "report.json"})
_SAVED_WITH = (  # what browsers call the folder of what a saved page needs, in their languages
    "_files", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_file",
    "_bestanden", "-filer", "_filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_dosyalar",
)  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml")


def walk(folder: str | Path) -> Iterator[Path | Failure]:
    """Yield the files of a folder and its subfolders that can be documents, sorted by path.

    Hidden files, ``README*``, ``SOURCES.md``, metadata, and files of no kind that news comes in
    are passed over; so are the folders of graphs (``*.kg``). A folder that cannot be looked into
    is a failure, and so is a link that leads out of the folder given or nowhere; a link to a
    folder inside is passed over, since that is read in its own place. The folder that a browser
    saved beside a page, ``talks_files`` beside ``talks.html``, belongs to that page.
    """
    root = os.path.realpath(folder)
    waiting = [Path(folder)]
    while waiting:
        parent = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            problem = f"cannot be looked into ({error.strerror})"
            yield Failure(shown(str(parent)), "read", problem, "check its permissions")
            continue
        below = []
        names = {entry.name for entry in listed}
        for entry in listed:
            path = Path(parent, entry.name)
            if entry.is_symlink():
                yield from _linked(path, root)
            elif entry.is_dir(follow_symlinks=False):
                if not _is_aside(entry.name) and not _pages_of(entry.name) & names:
                    below.append(path)
            elif _is_document(entry.name):
                yield path
        waiting += reversed(below)


def files(folder: str | Path) -> Iterator[Path]:
    """Yield the files that `walk` finds."""
    return (found for found in walk(folder) if isinstance(found, Path))


def is_inside(path: Path, folder: str) -> bool:
    """Tell whether a path leads into a folder, whose own path has no links in it."""
    return Path(os.path.realpath(path)).is_relative_to(folder)


def leads_out(path: Path) -> Failure:
    """Return the failure of a link that leads out of the folder that was given."""
    problem = "is a link that leads out of the folder"
    return Failure(shown(str(path)), "read", problem, "give what it leads to by itself")


def _linked(path: Path, root: str) -> Iterator[Path | Failure]:
    try:
        is_folder = path.stat() and path.is_dir()
    except OSError:
        if _is_document(path.name):
            problem = "is a link that leads nowhere"
            yield Failure(shown(str(path)), "read", problem, "mend or remove it")
        return
    if _is_aside(path.name) if is_folder else not _is_document(path.name):
        return
    if not is_inside(path, root):
        yield leads_out(path)
    elif not is_folder:
        yield path


def matching(pattern: str) -> list[Path | Failure]:
    """Return the files that a pattern like ``news/**/*.txt`` stands for, sorted.

    What `walk` passes over is passed over here too, unless the pattern names it; a link that
    leads out of the folder before the first wildcard is a failure.

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
    root = os.path.realpath(Path(*takewhile(lambda part: not has_magic(part), Path(pattern).parts)))
    paths = sorted(
        path
        for path in found
        if path.is_file()
        and _is_document(path.name)
        and not any(_is_aside(part) for part in path.parts if part not in spelt)
        and not any(_is_of_a_page(above) for above in path.parents if above.name not in spelt)
    )
    return [path if is_inside(path, root) else leads_out(path) for path in paths]


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


def _pages_of(folder: str) -> set[str]:
    """Return the names of pages, one of which stands beside a folder that belongs to it."""
    return {
        folder.removesuffix(ending) + page
        for ending in _SAVED_WITH
        if folder.endswith(ending)
        for page in _PAGES
    }


def _is_of_a_page(folder: Path) -> bool:
    return any(folder.with_name(name).is_file() for name in _pages_of(folder.name))


def _is_document(name: str) -> bool:
    if name.startswith((".", "README")) or name in _ASIDE or name.endswith(SIDECAR):
        return False
    return by_name(name) is not None
