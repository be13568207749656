"""What became of the inputs of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.errors import Failure
from kg.model import Document
from kg.run.progress import FAILED, REPEATED, STORED
from kg.source import Reading

NOT_EXTRACTED = "not extracted"
OUTCOMES = (STORED, REPEATED, NOT_EXTRACTED, FAILED)
"""What may have become of an input, as ``report.json`` tells it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document that is in the graph now, with the numbers of what was found in it."""

    id: str
    sha256: str
    entities: int
    relations: int
    statements: int

    @classmethod
    def of(cls, document: Document) -> Outcome:
        """Count what was found in a document."""
        return cls(
            document.id,
            document.sha256,
            len(document.entities),
            len(document.relations),
            len(document.statements),
        )

    def to_json(self) -> dict[str, str | int]:
        """Return the outcome as it stands in ``report.json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Repeat:
    """An input whose text is that of another one, which stands for both in the graph."""

    id: str
    same_text_as: str

    def to_json(self) -> dict[str, str]:
        """Return the repeat as it stands in ``report.json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Kept:
    """A document in a language that is not read: in the graph with its text, without facts."""

    id: str
    language: str


@dataclass(frozen=True, slots=True)
class Input:
    """What became of something that was given: a file, a line or a member of it, a document.

    Parameters
    ----------
    input
        What to give again in order to read it again; "" for a document handed over in Python.
    where
        The place in it: ``news.zip!paris.html``, ``news.jsonl, line 3``.
    id
        The id of the document, None if it never became one.
    outcome
        One of `OUTCOMES`. Whether a document was new, as it was, or took the place of another is
        left out: a build that goes on after a crash must say the same as one that did not crash.
    reason, remedy
        Why it is not simply in the graph, and what to do about it.
    reader
        The name of the reader.
    notes
        How it was read, for whoever looks closely: "decoded as windows-1252".
    """

    input: str
    where: str
    id: str | None
    outcome: str
    reason: str = ""
    remedy: str = ""
    reader: str = ""
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, reading: Reading, id: str | None, outcome: str, **why: str) -> Input:
        """Return what became of something that was read."""
        return cls(
            reading.input, reading.where, id, outcome,
            why.get("reason", ""), why.get("remedy", ""), reading.reader, reading.notes,
        )  # fmt: skip

    def to_json(self) -> dict[str, str | list[str] | None]:
        """Return the input as it stands in ``report.json``."""
        return {**asdict(self), "notes": list(self.notes)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Input:
        """Return an input as it stood in a ``report.json``."""
        return cls(**{**told, "notes": tuple(told["notes"])})


@dataclass(frozen=True, slots=True)
class Report:
    """The documents that a run added to a graph, and the inputs that it could not or need not.

    ``unchanged`` are the ids of those that were in the graph already, just as they are;
    ``replaced`` of those among ``documents`` that took the place of an older text or finding. A
    run that goes on where another stopped differs in these two and in nothing that is written.
    ``kept`` are documents, among all these, whose language is not read: nothing was looked for in
    them.
    ``notes`` are sentences about what was written beside the store.

    Examples
    --------
    >>> Report((), (Failure("news.txt", "read", "is empty"),)).ok
    False
    """

    documents: tuple[Outcome, ...] = ()
    failures: tuple[Failure, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether at least one text is in the graph now."""
        return bool(self.documents or self.repeats or self.unchanged)

    @property
    def ok(self) -> bool:
        """Whether every text is in the graph."""
        return not self.failures
