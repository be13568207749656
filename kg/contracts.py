"""What one can plug in: the Protocols that a component of one's own has to follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from kg.errors import Failure
from kg.model import Document, Relation
from kg.resource import Link, Resource


class Answer(Protocol):
    """What a query gives: rows (dictionaries of plain values), yes or no, or a graph.

    ``kind`` is "rows", "boolean" or "graph"; a graph has the columns subject, predicate, object.
    """

    kind: str
    columns: tuple[str, ...]
    boolean: bool | None

    def __getitem__(self, index: Any, /) -> Any: ...
    def __len__(self) -> int: ...

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of one column."""
        ...

    def serialize(self, form: str) -> bytes:
        """Return the answer as csv, tsv, json or xml, or a graph as turtle or nt."""
        ...


@runtime_checkable
class Store(Protocol):
    """Where a graph lives: a named graph per document, and the default graph merged from them.

    ``change`` is how a graph is written: several named graphs are put there or taken away and the
    default graph is brought along, all at once or not at all; ``add`` and ``drop`` are cases of
    it. The default graph stays what ``rebuild`` would make it. Graphs are named by IRI and handed
    over as N-Triples, the form that every RDF store reads.

    Examples
    --------
    >>> from kg.store import open_store
    >>> isinstance(open_store("memory:"), Store)
    True
    """

    where: str
    base: str

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        ...

    def change(self, changes: Mapping[str, str | bytes | None]) -> None:
        """Put named graphs in the place of those of these names; None takes one away.

        After a crash the graph is as it was before or as it is after, never between.
        """
        ...

    def add(self, graph: str, triples: str | bytes) -> None:
        """Put a named graph in the place of the one of that name."""
        ...

    def drop(self, graph: str) -> bool:
        """Take a named graph away, and what only it knew; tell whether it was there."""
        ...

    def rebuild(self) -> None:
        """Work the default graph out anew from the named graphs."""
        ...

    def graphs(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        ...

    def graph(self, graph: str) -> bytes:
        """Return one named graph as sorted N-Triples."""
        ...

    def quads(self) -> Iterator[str]:
        """Yield everything, one line of N-Quads after the other.

        The default graph comes first, its lines in any order; then each named graph in the order
        of `graphs`, its lines sorted. No more than one named graph is held in memory.
        """
        ...

    def dump(self) -> bytes:
        """Return everything as sorted N-Quads."""
        ...

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query; the usual prefixes are known."""
        ...

    def close(self) -> None:
        """Write everything down and let others open the graph."""
        ...

    def __len__(self) -> int: ...


@runtime_checkable
class Reader(Protocol):
    """What makes documents of the bytes of an input: ``Resource -> documents``.

    A component is a dataclass: its fields are its settings. It yields a document for each article
    with what the bytes say of it (text, date, source), the id being ``resource.stem`` if they tell
    none; a `kg.errors.Failure` for each article that cannot be read; and a resource for each thing
    that is to be read in turn, like the member of an archive. Whatever holds for the whole input
    is raised as a `kg.errors.SourceError`. It is called by its name in the table of kinds, or, in
    a package of your own, by the ending that it reads. `kg.testing.check_reader` checks it.

    Examples
    --------
    >>> from kg.registry import component
    >>> isinstance(component("readers", "text"), Reader)
    True
    """

    name: ClassVar[str]

    def __call__(self, resource: Resource, /) -> Iterator[Document | Failure | Resource | Link]:
        """Yield what lies in the resource, in its order."""
        ...


@runtime_checkable
class Annotator(Protocol):
    """A stage that adds layers to a document: ``Document -> Document``.

    A component is a dataclass: its fields are its settings, ``warm_up`` loads what takes long,
    ``__call__`` works. ``requires`` and ``provides`` name fields of `kg.model.Document`; the text
    never changes and no layer but those provided does. `kg.testing.check_annotator` checks it.

    Examples
    --------
    >>> from kg.registry import component
    >>> isinstance(component("annotators", "dates"), Annotator)
    True
    """

    name: ClassVar[str]
    requires: ClassVar[tuple[str, ...]]
    provides: ClassVar[tuple[str, ...]]

    def warm_up(self) -> None:
        """Load what takes long, once."""
        ...

    def __call__(self, doc: Document, /) -> Document:
        """Return the document with the provided layers filled."""
        ...


@runtime_checkable
class Extractor(Protocol):
    """A stage that finds relations, and may add nothing else: ``Document -> relations``.

    Examples
    --------
    >>> from kg.registry import component
    >>> isinstance(component("extractors", "roles"), Extractor)
    True
    """

    name: ClassVar[str]
    requires: ClassVar[tuple[str, ...]]

    def warm_up(self) -> None:
        """Load what takes long, once."""
        ...

    def __call__(self, doc: Document, /) -> Iterator[Relation]:
        """Yield the relations found in the document."""
        ...


@runtime_checkable
class Runner(Protocol):
    """What takes many documents through a pipeline: here, in processes, on other machines.

    A runner is a dataclass: its fields are its settings. It yields a document or a failure for
    each that comes in, in their order, and reads only as far ahead as it must, so that memory
    does not grow with their number. Whatever a stage raises becomes a failure; what the runner
    itself cannot do (no worker can be started) is a `kg.errors.RunnerError`. Working layers of a
    document (tokens, clauses) may be left out, and a document that the pipeline would give back as
    it is (a method ``leaves`` tells) need not be handed out. ``progress`` is called in the
    caller's thread with the id of a document and what begins to work on it.

    Examples
    --------
    >>> from kg.registry import component
    >>> isinstance(component("runners", "serial"), Runner)
    True
    """

    name: ClassVar[str]

    def map(
        self,
        pipeline: Callable[[Document], Document],
        documents: Iterable[Document | Failure],
        *,
        progress: Callable[[str, str], None] | None = None,
    ) -> Iterator[Document | Failure]:
        """Yield each document as the pipeline leaves it, or the failure in its place."""
        ...
