"""What failed at the last build, read once more; everything else of its report is passed on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kg.errors import Failure
from kg.graph.earlier import told
from kg.model import Document
from kg.read import Web, read
from kg.read.metadata import SIDECAR, TABLE
from kg.run.progress import FAILED
from kg.run.report import Input, Repeat

ONCE = ("", "-")
"""Inputs that cannot be read again: documents of a program, standard input."""

_ONCE = "give it again: what came from standard input or a program is not kept"
_GONE = "check the path; it counts from the folder in which kg build was run"
_DEEPEST = 32  # archives, lines and entries in one another that a place may name


class Places:
    """Where in one input something failed, or in several of a folder that is read whole."""

    def __init__(self) -> None:
        self.at: dict[str, list[Input]] = {}
        self.around: dict[str, list[Input]] = {}
        self.whole = False

    def add(self, entry: Input) -> None:
        """Note an entry that failed."""
        self.at.setdefault(entry.where, []).append(entry)
        for place in _around(entry.where):
            self.around.setdefault(place, []).append(entry)
        file = re.sub(r", line \d+$", "", entry.where)
        self.whole |= file.endswith((SIDECAR, TABLE))  # of what is known from outside

    def hold(self, where: str) -> bool:
        """Tell whether something failed at a place, or at one that it lies in."""
        return self.whole or not self.at.keys().isdisjoint(_around(where))

    def has(self, where: str, id: str | None) -> bool:
        """Tell whether what is found at a place, under that id, is what failed there."""
        named = [entry.id for entry in self.at.get(where, []) if entry.id]
        if named and id and not self.whole:  # several may be at one place
            return any(re.fullmatch(re.escape(id) + r"(-\d+)?", one) for one in named)
        return self.hold(where)

    def cost_of(self, failure: Failure) -> Iterator[Failure]:
        """Yield a failure for each place that it costs, as it was listed."""
        costs = self.around.get(failure.where, [])
        if failure.where == failure.input:
            costs = [entry for entries in self.at.values() for entry in entries]
        if costs:
            yield from (replace(failure, where=one.where) for one in costs)
        elif self.hold(failure.where):
            yield failure


@dataclass(frozen=True)
class Again:
    """What is to be taken up again.

    Parameters
    ----------
    report
        The report of the last build; by default there is none, and nothing to take up.
    wanted
        Where something failed, by input.
    folders
        Those of them that are read whole, since a table of metadata in them was at fault.
    lost
        Failures that cannot be taken up.
    repeats
        Inputs that others stand for.
    """

    report: Path | None = None
    wanted: Mapping[str, Places] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    lost: tuple[Failure, ...] = ()
    repeats: tuple[Repeat, ...] = ()

    @classmethod
    def of(cls, report: Path) -> Again:
        """Return what a report says is to be taken up again.

        Raises
        ------
        SourceError
            If there is no report, or it is damaged.
        """
        wanted: dict[str, Places] = {}
        lost: list[Failure] = []
        repeats: list[Repeat] = []
        for entry in told(report):
            if isinstance(entry, Repeat):
                repeats.append(entry)
            elif isinstance(entry, Failure):
                lost += [replace(entry, remedy=_ONCE)] if entry.input in ONCE else []
            elif entry.outcome == FAILED and entry.input not in ONCE:
                wanted.setdefault(entry.input, Places()).add(entry)
        whole = (one for one, places in wanted.items() if places.whole and _is_folder(one))
        folders = tuple(one.rstrip(os.sep) + os.sep for one in whole)
        return cls(report, wanted, folders, tuple(lost), tuple(repeats))

    @property
    def inputs(self) -> list[str]:
        """What is to be read, in order; a file in a folder that is read whole is not named."""
        return [one for one in self.wanted if not one.startswith(self.folders)]

    def __call__(self, web: Web | None = None) -> Iterator[Document | Failure | Input]:
        """Yield what stays as it was, then what is found where something failed."""
        for entry in told(self.report) if self.report is not None else ():
            if isinstance(entry, Input) and not self._is_read_again(entry):
                yield replace(entry, remedy=_ONCE) if entry.outcome == FAILED else entry
        for found in read(self.inputs, web=web):
            places = self.wanted.get(found.input)
            if places is None:  # of a folder or a pattern that is wanted whole
                yield found
            elif isinstance(found, Failure):
                yield from places.cost_of(_with_remedy(found))
            elif places.has(_where(found), found.id):
                yield found

    def _is_read_again(self, entry: Input) -> bool:
        places = self.wanted.get(entry.input)
        return entry.input.startswith(self.folders) or (
            places is not None and (entry.outcome == FAILED or places.has(entry.where, entry.id))
        )


def _where(document: Document) -> str:
    return document.reading.where if document.reading is not None else document.id


def _with_remedy(failure: Failure) -> Failure:
    gone = failure.problem == "there is no such file" and not Path(failure.where).is_absolute()
    return replace(failure, remedy=_GONE) if gone else failure


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _around(where: str) -> Iterator[str]:
    """Yield a place, and those it lies in.

    Examples
    --------
    >>> list(_around("news.zip!day.jsonl, line 3"))
    ['news.zip!day.jsonl, line 3', 'news.zip', 'news.zip!day.jsonl']
    """
    yield where
    for found in islice(re.finditer("[!,]", where), _DEEPEST):
        yield where[: found.start()]
