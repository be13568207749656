"""Every error `kg` raises on purpose.

::

    KGError
    ├─ UnknownName (LookupError)    a name that is not in a table, with the nearest ones that are
    ├─ LexiconError (ValueError)    file, entry and field of a lexicon entry that does not hold
    ├─ TableError (ValueError)      file and line of a user's own table that does not hold
    ├─ DecisionError (ValueError)   file and entry of a decision about who is who that does not hold
    ├─ DocumentError (ValueError)   a span, id or layer of a document that does not hold
    ├─ SourceError (OSError)        an input that could not be read
    │   └─ WrongValue               a value of an option or parameter that does not hold
    ├─ MissingExtra (ImportError)   a feature whose optional packages are not installed
    ├─ PipelineError
    │   ├─ OrderError               a stage needs a layer that no earlier stage provides
    │   ├─ StageError               a stage failed on a document
    │   └─ RunnerError              worker processes that cannot be started or reached
    └─ StoreError (OSError)
        ├─ StoreBusy                another process has the store open for writing
        └─ QueryError (ValueError)  SPARQL that cannot be run, with line and column

All arguments go to ``super().__init__`` and the sentence is written in ``__str__``, so that every
error survives pickling on its way back from a worker process.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches

LISTED = 8
"""So many of the known names are listed instead of an unknown one."""


class KGError(Exception):
    """Root of all errors of this package; ``str(error)`` is one sentence with the remedy."""


class UnknownName(KGError, LookupError):
    """A name that is not in a table.

    Parameters
    ----------
    kind
        What was looked up, in the user's words: "relation", "format".
    name
        The name given.
    known
        All names that would have been right.

    Examples
    --------
    >>> print(UnknownName("relation", "brefed", ("briefed", "visited")))
    There is no relation called 'brefed'; did you mean 'briefed'?
    >>> print(UnknownName("letter", "?", tuple("abcdefghij")))
    There is no letter called '?'; known are: a, b, c, d, e, f, g, h and 2 more.
    """

    def __init__(self, kind: str, name: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(kind, name, known)
        self.kind, self.name, self.known = kind, name, known

    def __str__(self) -> str:
        by_fold = {known.casefold(): known for known in self.known}
        near = get_close_matches(self.name.casefold(), by_fold, n=1, cutoff=0.6)
        if near:
            hint = f"; did you mean '{by_fold[near[0]]}'?"
        elif self.known:
            more = f" and {len(self.known) - LISTED:,} more" if len(self.known) > LISTED else ""
            hint = f"; known are: {', '.join(self.known[:LISTED])}{more}."
        else:
            hint = "."
        return f"There is no {self.kind} called '{self.name}'{hint}"


class LexiconError(KGError, ValueError):
    """A lexicon entry that does not hold: file, entry, field and what is wrong."""

    def __init__(self, file: str, entry: str, field: str, problem: str) -> None:
        super().__init__(file, entry, field, problem)
        self.file, self.entry, self.field, self.problem = file, entry, field, problem

    def __str__(self) -> str:
        entry = f", [{self.entry}]" if self.entry else ""
        field = f", {self.field}" if self.field else ""
        return f"{self.file}{entry}{field}: {self.problem}"


class TableError(KGError, ValueError):
    """A table of the user's that does not hold: file, line and what is wrong."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(file, line, problem)
        self.file, self.line, self.problem = file, line, problem

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}: {self.problem}"


class DecisionError(KGError, ValueError):
    """A decision about who is who that does not hold: file, entry and what to do.

    Examples
    --------
    >>> print(DecisionError("decisions.toml", "merge, entry 2", "names one thing; name two"))
    decisions.toml, merge, entry 2: names one thing; name two
    """

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(file, entry, problem)
        self.file, self.entry, self.problem = file, entry, problem

    def __str__(self) -> str:
        entry = f", {self.entry}" if self.entry else ""
        return f"{self.file}{entry}: {self.problem}"


class DocumentError(KGError, ValueError):
    """A document whose spans, ids or types do not hold together."""

    def __init__(self, document: str, problem: str) -> None:
        super().__init__(document, problem)
        self.document, self.problem = document, problem

    def __str__(self) -> str:
        return f"Document '{self.document}': {self.problem}"


class SourceError(KGError, OSError):
    """An input that could not be read: where, why, and what to do."""

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        super().__init__(where, problem, remedy)
        self.where, self.problem, self.remedy = where, problem, remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")


class WrongValue(SourceError):
    """A value given for an option or a parameter that does not hold.

    Examples
    --------
    >>> print(WrongValue("since", "'Monday' is no day", "write it like 2025-02-17"))
    since: 'Monday' is no day; write it like 2025-02-17
    """


def likelihood(least: float) -> float:
    """Return a least score that holds.

    Raises
    ------
    WrongValue
        If it is not from 0 to 1.

    Examples
    --------
    >>> likelihood(0.8)
    0.8
    """
    if not 0 <= least <= 1:
        raise WrongValue("min_score", f"{least} is no likelihood", "give a number from 0 to 1")
    return least


class MissingExtra(KGError, ImportError):
    """A feature whose optional packages are not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(feature, extra)
        self.feature, self.extra = feature, extra

    def __str__(self) -> str:
        return f"{self.feature} needs packages that are not installed: pip install '{self.extra}'"


class PipelineError(KGError):
    """Something about the stages of a pipeline."""


class OrderError(PipelineError):
    """A stage that needs a layer no earlier stage provides."""

    def __init__(self, stage: str, layer: str, provider: str | None) -> None:
        super().__init__(stage, layer, provider)
        self.stage, self.layer, self.provider = stage, layer, provider

    def __str__(self) -> str:
        remedy = f"; put '{self.provider}' before it" if self.provider else ""
        return f"Stage '{self.stage}' needs the layer '{self.layer}'{remedy}."


class StageError(PipelineError):
    """A stage that failed on one document; the run goes on without that document."""

    def __init__(self, stage: str, document: str, problem: str) -> None:
        super().__init__(stage, document, problem)
        self.stage, self.document, self.problem = stage, document, problem

    def __str__(self) -> str:
        return f"Stage '{self.stage}' failed on document '{self.document}': {self.problem}"


class RunnerError(PipelineError):
    """Worker processes, here or on other machines, that cannot be started or reached."""

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        super().__init__(where, problem, remedy)
        self.where, self.problem, self.remedy = where, problem, remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")


class StoreError(KGError, OSError):
    """A store that could not be opened, read or written."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where, self.problem = where, problem

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


class StoreBusy(StoreError):
    """Another process has the store open for writing."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "the graph is open in another process")

    def __reduce__(self) -> tuple[type[StoreBusy], tuple[str]]:
        """Rebuild from the one argument the constructor takes."""
        return (StoreBusy, (self.where,))

    def __str__(self) -> str:
        return f"{self.where} is open in another process; close that one (or wait) and try again."


class QueryError(StoreError, ValueError):
    """SPARQL that cannot be run; ``line`` and ``column`` count from 1 where known."""

    def __init__(
        self, where: str, problem: str, line: int | None = None, column: int | None = None
    ) -> None:
        KGError.__init__(self, where, problem, line, column)
        self.where, self.problem, self.line, self.column = where, problem, line, column

    def __str__(self) -> str:
        at = f" at line {self.line}, column {self.column}" if self.line else ""
        return f"The query cannot be run{at}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What reading or a run yields in place of a `Document`: it never stops for one article.

    Parameters
    ----------
    where
        The input or the document, in the user's words: a path, a line, an id.
    stage
        Where on the way it happened: "read", or the name of a stage.
    problem, remedy
        What is wrong, and what to do about it.
    input
        The file or address to give again in order to try again: ``news.zip`` where ``where`` is
        ``news.zip!paris.html``.

    Examples
    --------
    >>> print(Failure.of(SourceError("news.txt", "no such file", "check the path"), stage="read"))
    news.txt: no such file; check the path
    """

    where: str
    stage: str
    problem: str
    remedy: str = ""
    input: str = ""

    @classmethod
    def of(cls, error: Exception, *, stage: str, where: str = "", input: str = "") -> Failure:
        """Return the failure that an error stands for, whether or not the error is ours."""
        return replace(cls._of(error, stage, where), input=input)

    @classmethod
    def _of(cls, error: Exception, stage: str, where: str) -> Failure:
        if isinstance(error, SourceError):
            return cls(error.where, stage, error.problem, error.remedy)
        if isinstance(error, StageError):
            problem = error.problem.removeprefix(f"{error.document}: ")
            return cls(where or error.document, error.stage, problem)
        if isinstance(error, DocumentError):
            return cls(where or error.document, stage, error.problem)
        if isinstance(error, KGError):
            return cls(where, stage, str(error))
        problem = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return cls(where, stage, problem, "this is a defect in the stage; please report it")

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")

    def to_json(self) -> dict[str, str]:
        """Return the failure as it stands in ``report.json``."""
        return asdict(self)
