"""From an intake into a store: batch by batch, with a report of what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import Failure
from kg.graph.intake import Intake, batched
from kg.graph.shelf import Shelf
from kg.model import Document
from kg.run.report import Input, Outcome, Report


def taken_in(shelf: Shelf, intake: Intake, given: Iterable[Document | Failure | Input]) -> Report:
    """Store what comes out of an intake; return what went in and what could not.

    Parameters
    ----------
    shelf
        The store, open for writing.
    intake
        What becomes of the inputs before they are stored.
    given
        What was read, and inputs of which it is known what became of them.
    """
    outcomes: list[Outcome] = []
    failures: list[Failure] = []
    for batch in batched(intake(given)):
        failures += [found for found in batch if isinstance(found, Failure)]
        ready = [found for found in batch if isinstance(found, tuple)]
        for (document, _), now in zip(ready, shelf.put(ready), strict=True):
            intake.stored(document, now)
            if isinstance(now, Failure):
                failures.append(now)
            else:
                outcomes.append(now.outcome)
    intake.finish()
    shelf.discard([entry.iri for entry in intake.superseded])
    return Report(
        tuple(outcomes),
        tuple(failures),
        tuple(intake.repeats),
        tuple(intake.unchanged),
        tuple(intake.replaced),
        tuple(intake.kept),
    )
