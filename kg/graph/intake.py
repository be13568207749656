"""What comes in: documents as they are, texts through the pipeline, and nothing done twice.

A document is known by its text. What a graph has already, made from the same words and metadata
with the same settings by the same version, is not worked on again: so a build that was cut off
goes on where it stopped, and a second build of a folder takes no time.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TypeVar

import kg.data.own as own_tables
from kg.contracts import Runner
from kg.errors import Failure
from kg.graph.catalogue import Catalogue, Entry
from kg.model import Document
from kg.pipeline import Pipeline, supported, surer, unread_language
from kg.read import Web, read
from kg.record import from_json, to_line
from kg.relations import Lexicon
from kg.run.progress import FAILED, REPEATED, STORED, UNCHANGED, Progress
from kg.run.report import NOT_EXTRACTED, Input, Kept, Repeat
from kg.run.serial import Serial
from kg.source import Reading
from kg.vocab import document_iri

AS_IT_IS = "as it is"
MOST, SECONDS = 100, 3.0
"""How much of a run is stored at once, so that a crash loses little."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Extraction:
    """A pipeline for what has not been through one: a document with entities stays as it is."""

    pipeline: Callable[[Document], Document]
    min_score: float = 0.0

    def __call__(
        self, document: Document, *, watch: Callable[[str], None] | None = None
    ) -> Document:
        """Return the document with what was found in it."""
        if is_ready(document):
            return document
        if watch is not None and isinstance(self.pipeline, Pipeline):
            found = self.pipeline(document, watch=watch)
        else:
            found = self.pipeline(document)
        return supported(surer(found, self.min_score)) if self.min_score else found

    @staticmethod
    def leaves(document: Document) -> bool:
        """Tell whether there is nothing to do for a document."""
        return is_ready(document)

    def warm_up(self) -> None:
        """Load models and tables now rather than at the first document."""
        if warm_up := getattr(self.pipeline, "warm_up", None):
            warm_up()


@dataclass(frozen=True, slots=True)
class _Coming:
    """What is remembered of an input until it is done."""

    place: int
    id: str | None
    reading: Reading
    fingerprint: str = ""


@dataclass
class Intake:
    """The inputs of one run on their way into a graph.

    Parameters
    ----------
    catalogue
        Of the graph they go into.
    base
        What the IRIs of the graph start with.
    lexicon
        The relations to look for.
    pipeline
        What finds entities and relations; by default everything that we ship.
    min_score, background, runner, progress
        As for `kg.graph.KnowledgeGraph.add`.

    Attributes
    ----------
    unchanged
        Ids of the documents that were in the graph already.
    replaced
        Ids of the documents that take the place of an older text, or an older finding.
    repeats
        Inputs whose text is that of another document.
    superseded
        Older texts of documents whose new text was in the graph already, under another id.
    kept
        Documents in a language that is not read.
    """

    catalogue: Catalogue
    base: str
    lexicon: Lexicon
    pipeline: Callable[[Document], Document] | None = None
    min_score: float = 0.0
    background: bool = False
    runner: Runner = field(default_factory=Serial)
    progress: Progress | None = None
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    superseded: list[Entry] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    _to_store: dict[str, _Coming] = field(default_factory=dict)
    _again: bool = False

    def __call__(
        self, given: Iterable[Document | Failure | Input]
    ) -> Iterator[tuple[Document, str] | Failure]:
        """Yield every document that is to be stored with its fingerprint, and every failure.

        What became of a document in the store is told by `stored`. An input of which it is known
        what became of it is only listed.
        """
        with self.catalogue.change():
            self.catalogue.begin()
        coming: deque[_Coming] = deque()
        work = Extraction(self._chosen, self.min_score)
        wanted = self._wanted(given, coming)
        for found in self.runner.map(work, wanted, progress=self.progress):
            came = coming.popleft()  # a runner keeps the order
            if isinstance(found, Failure):
                self.failed(found, came)
                yield found
            else:
                if self._replaces(found):
                    self.replaced.append(found.id)
                self._to_store[found.sha256] = came
                yield found, came.fingerprint

    def stored(self, document: Document, now: Entry | Failure) -> None:
        """Note what became of a document that went to the store."""
        came = self._to_store.pop(document.sha256)
        if isinstance(now, Failure):
            self.failed(now, came)
        else:
            self._note(came.place, self._kept(document.but(id=now.id, reading=came.reading)))
            self._tell(now.id, STORED)

    def failed(self, failure: Failure, came: _Coming) -> None:
        """Note why something is not in the graph."""
        why = {"reason": failure.problem, "remedy": failure.remedy}
        self._note(came.place, Input.of(came.reading, came.id, FAILED, **why))
        self._tell(failure.where, FAILED)

    def finish(self) -> None:
        """Write down what became of the last inputs."""
        with self.catalogue.change():
            self.catalogue.ledger.finish()

    def _wanted(
        self, given: Iterable[Document | Failure | Input], coming: deque[_Coming]
    ) -> Iterator[Document | Failure]:
        """Yield what there is to do, and line up what to remember of it until it is done."""
        for found in given:
            place = self.catalogue.ledger.place()
            if isinstance(found, Input):
                self._known(place, found)
                continue
            if isinstance(found, Failure):
                coming.append(_Coming(place, None, Reading(found.where, "", (), found.input)))
                yield found
                continue
            reading = found.reading or Reading(found.id, "")
            settings = AS_IT_IS if is_ready(found) else self._settings
            fingerprint = settings and f"{settings}/{_digest(to_line(found))}"
            if (told := self._done(found.but(reading=reading), fingerprint)) is not None:
                self._note(place, told)
            else:
                coming.append(_Coming(place, found.id, reading, fingerprint))
                yield found

    def _done(self, document: Document, fingerprint: str) -> Input | None:
        """Tell why there is nothing to do for a document, if there is not."""
        iri = document_iri(document, self.base)
        with self.catalogue.change():
            first = self.catalogue.meet(iri, document.id)
        entry = self.catalogue.entry(iri=iri)
        if first is not None:  # of inputs with one text the first stands for all
            if self._again and entry is not None and entry.is_called(document.id):
                return self._kept(self._as_stored(entry, document))  # it has moved in its file
            return self._repeats(document, first)
        if entry is None or not fingerprint or not entry.fingerprint:
            return None
        if entry.fingerprint == fingerprint:
            self.unchanged.append(entry.id)
            self._tell(entry.id, UNCHANGED)
            return self._kept(self._as_stored(entry, document))
        if entry.settings != fingerprint.partition("/")[0] or entry.is_called(document.id):
            return None
        url = document.source.url if document.source is not None else None
        self.superseded += self.catalogue.superseded(iri, document.id, url)
        return self._repeats(document, entry.id)

    def _replaces(self, document: Document) -> bool:
        """Tell whether the graph has that text, or another of the same id or address."""
        iri = document_iri(document, self.base)
        if self.catalogue.entry(iri=iri) is not None:
            return True
        url = document.source.url if document.source is not None else None
        return bool(self.catalogue.superseded(iri, document.id, url))

    def _repeats(self, document: Document, first: str) -> Input:
        self.repeats.append(Repeat(document.id, first))
        self._tell(document.id, REPEATED)
        assert document.reading is not None
        reason = f"is the same text as {first}, which stands for both"
        return Input.of(document.reading, document.id, REPEATED, reason=reason)

    def _kept(self, document: Document) -> Input:
        """Return what became of a document that is in the graph."""
        assert document.reading is not None
        language = unread_language(document)
        if is_ready(document) or language is None:
            return Input.of(document.reading, document.id, STORED)
        self.kept.append(Kept(document.id, document.language or ""))
        why = {"reason": f"is in {language}; only English is read", "remedy": "translate it"}
        return Input.of(document.reading, document.id, NOT_EXTRACTED, **why)

    def _as_stored(self, entry: Entry, document: Document) -> Document:
        """Return a document as it is in the graph, as far as it matters here."""
        if entry.entities or entry.relations or entry.statements:
            return document.but(id=entry.id, language=None)
        line = self.catalogue.record(entry.iri)
        known = from_json(json.loads(line)) if line is not None else document
        return known.but(id=entry.id, reading=document.reading)

    def _known(self, place: int, told: Input) -> None:
        """List what an earlier build says of an input; its document is one of this run too."""
        self._again = True
        entry = self.catalogue.entry(id=told.id) if told.outcome != FAILED and told.id else None
        with self.catalogue.change():
            if entry is not None:
                self.catalogue.meet(entry.iri, entry.id)
            self.catalogue.ledger.note(place, told)

    def _note(self, place: int, told: Input) -> None:
        with self.catalogue.change():
            self.catalogue.ledger.note(place, told)

    def _tell(self, document: str, what: str) -> None:
        if self.progress is not None:
            self.progress(document, what)

    @cached_property
    def _chosen(self) -> Callable[[Document], Document]:
        pipeline = self.pipeline or Pipeline.default(self.lexicon)
        if self.background and isinstance(pipeline, Pipeline):
            return pipeline.with_extractor("background")
        return pipeline

    @cached_property
    def _settings(self) -> str:
        """A digest of all that decides what is found in a text; "" where that is not known."""
        if self.pipeline is not None:
            return ""
        told = [repr((self.min_score, self.background))]
        told += [  # sets in order: their own order is another one in every process
            json.dumps(asdict(entry), default=sorted, sort_keys=True)
            for entry in self.lexicon.values()
        ]
        told += [path.name for path in own_tables.files()]
        content = [path.read_bytes() for path in own_tables.files()]
        return _digest("\n".join(told), *content, *_ours(files("kg")))


def batched(found: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield what comes in lists: of `MOST` at most, and not much older than `SECONDS`.

    Examples
    --------
    >>> list(batched([1, 2, 3]))
    [[1, 2, 3]]
    """
    batch: list[Item] = []
    started = monotonic()
    for item in found:
        batch.append(item)
        if len(batch) == MOST or monotonic() - started > SECONDS:
            yield batch
            batch, started = [], monotonic()
    if batch:
        yield batch


def everything(
    inputs: Iterable[str | Path | Document], web: Web | None = None
) -> Iterator[Document | Failure]:
    """Yield the documents given, then what is read from the other inputs."""
    given = list(inputs)
    documents = [entry for entry in given if isinstance(entry, Document)]
    rest = (entry for entry in given if not isinstance(entry, Document))
    return chain(documents, read(rest, web=web))


def is_ready(document: Document) -> bool:
    """Tell whether a document has been through a pipeline, ours or another."""
    return bool(document.entities or document.relations or document.statements)


def _ours(folder: Traversable) -> Iterator[bytes]:
    """Yield our own code and data, so that a new version works everything out anew."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _ours(entry)
        elif entry.name.endswith((".py", ".toml", ".tsv")):
            yield entry.read_bytes()


def _digest(*content: str | bytes) -> str:
    digest = sha256()
    for part in content:
        digest.update(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part)
    return digest.hexdigest()[:32]
