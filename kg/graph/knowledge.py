"""The object users hold: documents go in, answers, tables, networks, pages and files come out."""

from __future__ import annotations

import builtins
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.display import Displayed
from kg.errors import SourceError, likelihood
from kg.graph import files, formats
from kg.graph.again import Again
from kg.graph.answers import Answers
from kg.graph.beside import write_all, write_report
from kg.graph.intake import Intake, everything
from kg.graph.measures import Measures
from kg.graph.part import part
from kg.graph.shelf import MEMORY, Shelf
from kg.graph.storing import taken_in
from kg.graph.who import WhoIsWho
from kg.model import Document, Status
from kg.read import Web
from kg.relations import Lexicon
from kg.run import runner
from kg.run.progress import Progress
from kg.run.report import Repeat, Report
from kg.view import rows
from kg.view.marks import Marked
from kg.view.notebook import framed
from kg.view.opening import Opening

if TYPE_CHECKING:
    import rdflib

    from kg.rdf.validate import Report as Validation
    from kg.view.network import Network


class KnowledgeGraph(Displayed, Answers, Measures, WhoIsWho):
    """What a number of documents say, and what they say together.

    Make one with `kg.build` or `kg.open`. A graph in a folder is opened for reading; the first
    `add` or `remove` opens it for writing, which only one process may at a time.

    Parameters
    ----------
    where
        ``"memory:"``, the folder of a graph, or the address of a SPARQL endpoint.
    lexicon
        The relations it may hold.
    base
        What the IRIs of its entities start with.
    pipeline
        What finds entities and relations in a text.

    Examples
    --------
    >>> g = KnowledgeGraph()
    >>> g.query("SELECT ?who WHERE { ?who kg:attended ?event }").column("who")
    []
    """

    def __init__(
        self,
        where: str | Path = MEMORY,
        *,
        lexicon: Lexicon | str | Path | None = None,
        base: str | None = None,
        pipeline: Callable[[Document], Document] | None = None,
    ) -> None:
        self._shelf = Shelf(where, lexicon=lexicon, base=base)
        self._pipeline = pipeline
        self.report = Report()

    @property
    def folder(self) -> Path | None:
        """The folder it lives in, if it lives in one."""
        return self._shelf.folder

    @property
    def base(self) -> str:
        """What the IRIs of its entities start with."""
        return self._shelf.base

    def add(
        self,
        *inputs: str | Path | Document,
        min_score: float = 0.0,
        background: bool = False,
        workers: int = 1,
        scheduler: str | None = None,
        retry_failed: bool = False,
        web: Web | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Read, extract and store; the same text again takes the place of what was there.

        Parameters
        ----------
        inputs
            Files, folders, patterns, web addresses, ``"@list.txt"``, ``"-"``, or documents. A
            document (or record) that has
            entities or relations already is stored as it is; every other one is extracted.
        min_score
            Leave out extracted relations that are less likely to be right, 0 to 1.
        background
            Add what no text says but our tables know ("Lyon is in France"). It stays apart: with
            ``basis`` "background" in `relations`, in networks and in the named graphs, hidden on
            the page until asked for; it makes no plain triple and does not count in `stats` or
            dyads.
        workers, scheduler
            Processes of this machine, or a Dask cluster, that do the work: see `kg.run.runner`.
        retry_failed
            Take up first what failed at the last build, by the ``report.json`` of the graph. What
            goes in now is no failure any more; what fails again has its new reason.
        web
            How addresses are read: ``kg.Web(refresh=True)`` asks again for what was fetched once.
        progress
            Called with the id of a document and what is about to happen to it, or has.

        Returns
        -------
        Report
            What went in, and the `Failure` for each that could not; the others are in the graph.

        Raises
        ------
        StoreBusy
            If another process has the graph open for writing.
        SourceError
            If what failed is to be taken up, and there is no report or it is damaged.
        """
        least, work_by = likelihood(min_score), runner(workers, scheduler)
        given = list(inputs) if self.folder is None else files.with_kept(self.folder, inputs)
        again = self._again() if retry_failed else Again()
        if retry_failed and not (again.wanted or inputs):
            self.report = Report(failures=again.lost)
            return self.report
        self._shelf.claim()
        intake = Intake(
            self._shelf.catalogue,
            self.base,
            self.lexicon,
            pipeline=self._pipeline,
            min_score=least,
            background=background,
            runner=work_by,
            progress=progress,
        )
        report = taken_in(self._shelf, intake, chain(again(web), everything(given, web)))
        self.report = replace(report, failures=(*again.lost, *report.failures))
        if self._shelf.abandoned():
            return self.report
        if self.report.any:
            tell = progress or _unheard
            tell("", "who is who")
            self._shelf.settle()
            tell("", "files")
            self._write_files(again.repeats)
        elif self.folder is not None:
            write_report(self._shelf, self.folder, self.report, again.repeats)
        return self.report

    def remove(self, *names: str) -> None:
        """Take documents out, with what no other document supports.

        Raises
        ------
        UnknownName
            If there is no document of one of these ids; then nothing is removed.
        """
        self._shelf.drop(*names)
        self._shelf.settle()
        self.report = Report()
        self._write_files()

    def documents(self) -> Iterator[Document]:
        """Yield the documents with all that was found in them, sorted by id."""
        yield from self._shelf.documents()

    def validate(self) -> Validation:
        """Check the graph against its shapes, its evidence and its merged knowledge."""
        from kg.rdf.validate import validate  # noqa: PLC0415  # rdflib takes a while to load

        return validate(self.quads(), lexicon=self.lexicon)

    def network(self, *, status: Status | Collection[Status] | None = None) -> Network:
        """Return a networkx MultiDiGraph, see `kg.view.network.network`."""
        from kg.view.network import network  # noqa: PLC0415  # networkx takes a while to load

        return network(self._shelf.shown(), lexicon=self.lexicon, status=status)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return an rdflib Dataset with the merged knowledge and a named graph per document."""
        import rdflib  # noqa: PLC0415  # takes a while to load

        dataset = rdflib.Dataset()
        with warnings.catch_warnings():  # rdflib's own parser uses what rdflib 7.6 deprecates
            warnings.simplefilter("ignore", DeprecationWarning)
            dataset.parse(data=self._shelf.store.dump(), format="nquads")
        return dataset

    def page(
        self,
        *,
        focus: str | None = None,
        hops: int | None = None,
        relation: Collection[str] = (),
        status: Collection[Status] = (),
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
        view: str = "graph",
        marks: Marked | None = None,
    ) -> str:
        """Return the interactive page, opened on everything or narrowed to a part.

        It opens as its link would, ``page.html#focus=...`` (`kg.view.opening.Opening`), and holds
        everything, so that a reader can take the filters off. Of a graph with more documents than
        a browser can bear (`kg.graph.part.MOST`) it holds the newest, or the newest that speak of
        ``focus`` and what is related to it, or are of that time; it says so.

        Parameters
        ----------
        focus, hops
            Name of an entity to open on, and how many relations around it to show, 1 to 9.
        relation, status
            Only these; a relation may be a family of them ("meeting").
        since, until
            Only what happened in this time, like ``"2025-02-17"`` or ``"2025-02"``.
        min_score
            Only relations that are at least so likely to be right, 0 to 1.
        view
            What is seen first: graph, timeline, map, relations or statements.
        marks
            What an analysis found (``g.communities()``), or `kg.view.marks.Marks` of your own, to
            be drawn on it.
        """
        from kg.view.page import page  # noqa: PLC0415  # pyvis takes a while to load

        opening = Opening(
            focus, hops, since, until, tuple(relation), tuple(status), min_score, view
        ).checked(self.lexicon)
        chosen = part(self._shelf, focus=focus, since=since, until=until)
        return page(
            chosen.documents,
            lexicon=self.lexicon,
            title=chosen.title,
            note=chosen.note,
            opening=opening,
            marks=None if marks is None else marks.marks,
        )

    def save(
        self, path: str | Path, *, since: str | None = None, until: str | None = None
    ) -> list[Path]:
        """Write the graph in the format that the path ends with.

        ``.trig .nq .jsonld`` hold everything; ``.ttl .nt`` the merged knowledge; ``.graphml
        .gexf .csv`` the network (``graph.csv`` becomes ``graph.nodes.csv`` and
        ``graph.edges.csv``); ``dyads.csv`` counts of PLOVER classes by country and day;
        ``.jsonl`` the document records; ``.html`` the page. ``since``, ``until``: as for `page`.

        Returns
        -------
        list of Path
            The files written.

        Raises
        ------
        UnknownName
            If there is no such format.
        """
        return formats.save(self, Path(path), since=since, until=until)

    def quads(self) -> Iterator[str]:
        """Yield everything as lines of N-Quads: merged knowledge, then document by document."""
        return self._shelf.store.quads()

    def dump(self) -> bytes:
        """Return everything as sorted N-Quads."""
        return self._shelf.store.dump()

    def close(self) -> None:
        """Let go of the store; the graph can be opened again."""
        self._shelf.close()

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._shelf.graphs())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: builtins.type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        where = self.folder or self._shelf.store.where
        return f"<KnowledgeGraph {where}: {rows.caption(self.stats())}>"

    def _repr_html_(self) -> str:
        return framed(self.page(), rows.caption(self.stats()))

    def _again(self) -> Again:
        if self.folder is None:
            where = self._shelf.store.where
            raise SourceError(where, "keeps no report to go by", "add the inputs again")
        return Again.of(self.folder / files.REPORT)

    def _write_files(self, repeats: Iterable[Repeat] = ()) -> None:
        if self.folder is not None:
            notes = write_all(self._shelf, self.folder, self.report, self.page, repeats)
            self.report = replace(self.report, notes=tuple(notes))


def _unheard(document: str, what: str) -> None:
    """Tell nobody how a run goes on."""
