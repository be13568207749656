"""What a build writes beside the store: documents, dataset, page, report.

All of it follows from the store. It is written piece by piece, so that memory does not grow with
the number of documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kg.graph import files, part
from kg.graph.shelf import Shelf
from kg.rdf import serialise
from kg.run.report import Repeat, Report

LARGE = 2_000
"""Of more documents than this (about a million quads) no ``graph.trig`` is written at a build."""


def write_all(
    shelf: Shelf,
    folder: Path,
    report: Report,
    page: Callable[[], str],
    repeats: Iterable[Repeat] = (),
) -> list[str]:
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
    repeats
        Those of an earlier build that are to stay in the report.

    Returns
    -------
    list of str
        What the user should know of it, in sentences.
    """
    notes = []
    files.write(folder / files.DOCUMENTS, shelf.catalogue.records())
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
    write_report(shelf, folder, report, repeats)
    return notes


def write_report(
    shelf: Shelf, folder: Path, report: Report, earlier: Iterable[Repeat] = ()
) -> None:
    """Write what is in the graph, and what became of the inputs of the run that ends with this."""
    outcomes = (entry.outcome for entry in shelf.catalogue.entries())
    repeats = dict.fromkeys((*earlier, *report.repeats))
    inputs = shelf.catalogue.ledger.inputs()
    told = files.report(shelf.base, outcomes, report.failures, repeats, inputs)
    files.write(folder / files.REPORT, told)
