"""What a build writes beside the store: documents, dataset, page, report.

All of it follows from the store. It is written piece by piece, so that memory does not grow with
the number of documents; of ``documents.jsonl`` only the lines that changed are made anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from kg.graph import files, part
from kg.graph.shelf import Shelf
from kg.rdf import serialise
from kg.rdf.read import document as read_back
from kg.record import to_line
from kg.run.report import Report

LARGE = 2_000
"""Of more documents than this (about a million quads) no ``graph.trig`` is written at a build."""

_START = b'{"id":'


def write_all(shelf: Shelf, folder: Path, report: Report, page: Callable[[], str]) -> list[str]:
    """Write everything beside the store.

    Parameters
    ----------
    shelf
        The graph, open for writing and settled.
    folder
        The folder it lives in.
    report
        Of the run that ends with this.
    page
        Draws the page.

    Returns
    -------
    list of str
        What the user should know of it, in sentences.
    """
    notes = []
    _list_documents(shelf, folder / files.DOCUMENTS)
    dataset = folder / files.DATASET
    if len(shelf.catalogue) <= LARGE:
        quads = shelf.store.quads()
        files.write(dataset, serialise.stream(quads, "trig", base=shelf.base, room=folder))
    else:
        dataset.unlink(missing_ok=True)
        notes.append(
            f"{files.DATASET} is not written for more than {LARGE:,} documents; "
            f"kg export {folder} -o all.trig makes it."
        )
    files.write(folder / files.PAGE, page().encode())
    if len(shelf.catalogue) > part.MOST:
        notes.append(part.note(part.MOST, len(shelf.catalogue)))
    outcomes = (entry.outcome for entry in shelf.catalogue.entries())
    told = files.report(shelf.base, outcomes, report.failures, report.repeats)
    files.write(folder / files.REPORT, told)
    return notes


class _NotOursError(Exception):
    """The file is not the one that was written last time."""


def _list_documents(shelf: Shelf, path: Path) -> None:
    """Bring the list of all documents up to date.

    The catalogue knows the digest of the file that was written last, and which documents have
    changed since. If the file is still that one its other lines are taken over, else all lines
    are made anew from the store.
    """
    catalogue = shelf.catalogue

    def line(name: str) -> bytes:
        entry = catalogue.entry(id=name)
        if entry is None:
            return b""
        return (to_line(read_back(shelf.store.graph(entry.iri))) + "\n").encode()

    digest = sha256()

    def noted(lines: Iterable[bytes]) -> Iterator[bytes]:
        for each in lines:
            digest.update(each)
            yield each

    before = catalogue.setting(files.DOCUMENTS)
    try:
        if before is None or not path.is_file():
            raise _NotOursError
        files.write(path, noted(_updated(path, before, catalogue.unlisted(), line)))
    except _NotOursError:
        digest = sha256()
        files.write(path, noted(map(line, catalogue.ids())))
    with catalogue.change():
        catalogue.listed()
        catalogue.keep(files.DOCUMENTS, digest.hexdigest())


def _updated(
    path: Path, digest: str, changed: Iterator[str], line: Callable[[str], bytes]
) -> Iterator[bytes]:
    """Yield the lines of a file with those of some ids made anew; both are sorted by id.

    Raises
    ------
    _NotOursError
        In the end, if the file does not have that digest.
    """
    seen = sha256()
    due = next(changed, None)
    with path.open("rb") as lines:
        for old in lines:
            seen.update(old)
            name = _id(old)
            while due is not None and due < name:
                yield line(due)
                due = next(changed, None)
            if due == name:
                yield line(due)
                due = next(changed, None)
            else:
                yield old
    if seen.hexdigest() != digest:
        raise _NotOursError
    while due is not None:
        yield line(due)
        due = next(changed, None)


def _id(line: bytes) -> str:
    if not line.startswith(_START):
        raise _NotOursError
    try:
        name = json.JSONDecoder().raw_decode(line[len(_START) :].decode())[0]
    except ValueError:
        raise _NotOursError from None
    if not isinstance(name, str):
        raise _NotOursError
    return name
