"""What became of the inputs of a run."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from kg.errors import Failure
from kg.model import Document


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
class Report:
    """The documents that a run added to a graph, and the inputs that it could not or need not.

    ``unchanged`` are the ids of those that were in the graph already, just as they are;
    ``replaced`` of those among ``documents`` that took the place of an older text or finding. A
    run that goes on where another stopped differs in these two and in nothing that is written.
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
    notes: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether at least one text is in the graph now."""
        return bool(self.documents or self.repeats or self.unchanged)

    @property
    def ok(self) -> bool:
        """Whether every text is in the graph."""
        return not self.failures
