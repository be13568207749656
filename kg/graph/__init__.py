"""The object users hold, over a store."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

from kg.errors import SourceError, StoreError
from kg.graph import files
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.shelf import MEMORY, outside
from kg.model import Document
from kg.read import Web
from kg.relations import Lexicon
from kg.run.progress import Progress
from kg.store.embedded import remedy

__all__ = ["KnowledgeGraph", "build", "open"]


def build(
    *inputs: str | Path | Document,
    out: str | Path | None = None,
    lexicon: Lexicon | str | Path | None = None,
    base: str | None = None,
    pipeline: Callable[[Document], Document] | None = None,
    min_score: float = 0.0,
    background: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    web: Web | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read, extract and store: text in, a graph out.

    Parameters
    ----------
    inputs
        Files, folders, patterns, web addresses, ``"@list.txt"``, ``"-"``, or documents.
    out
        Folder of the graph, which is added to if it is there; in memory by default.
    lexicon
        A TOML file of your own relations to add to ours, or a whole lexicon.
    base
        What IRIs of entities start with.
    pipeline
        What finds entities and relations in a text; by default everything that we ship.
    min_score
        Leave out relations that are less likely to be right, 0 to 1.
    background
        Add what the texts do not say but our tables know; see `KnowledgeGraph.add`.
    workers, scheduler
        Processes of this machine, or a Dask cluster, that do the work: see `kg.run.runner`.
    web
        How addresses are read; see `kg.read.web.Web`.
    progress
        Called with the id of a document and what is about to happen to it.

    Returns
    -------
    KnowledgeGraph
        What failed is in its ``report``; a warning says so.

    Raises
    ------
    SourceError
        If not one of the inputs could be read and worked on.

    Examples
    --------
    >>> g = build("seeds/000_ccfa4a51f35b90bf.txt")
    >>> sorted(set(g.relations("briefed").column("subject")))
    ['Emmanuel Macron', 'Keith Kellogg']
    """
    place = MEMORY if out is None else out
    graph = open(place, lexicon=lexicon, base=base, pipeline=pipeline, create=True)
    report = graph.add(
        *inputs,
        min_score=min_score,
        background=background,
        workers=workers,
        scheduler=scheduler,
        web=web,
        progress=progress,
    )
    if report.failures:
        first = report.failures[0]
        if not report.any:
            graph.close()
            raise SourceError(first.where, first.problem, first.remedy)
        warnings.warn(
            f"{len(report.failures)} of the inputs failed, the first is {first}; "
            "all are in .report.failures",
            stacklevel=2,
        )
    return graph


def open(
    where: str | Path,
    *,
    lexicon: Lexicon | str | Path | None = None,
    base: str | None = None,
    pipeline: Callable[[Document], Document] | None = None,
    create: bool = False,
) -> KnowledgeGraph:
    """Open a graph: a folder, ``"memory:"``, or the ``https://`` address of a SPARQL endpoint.

    Parameters
    ----------
    where
        Its address. A folder can be read while another process writes to it.
    lexicon, base, pipeline
        As for `build`; a graph in a folder knows its own lexicon and base.
    create
        Whether a graph may be made in a folder that is not there, or empty, or anew in one
        that only lost its store.

    Raises
    ------
    StoreError
        If there is no graph there, or it is damaged.

    Examples
    --------
    >>> with open("memory:") as g:
    ...     len(g)
    0
    """
    folder = Path(where)
    fit = create and (files.fit_for_new(folder) or files.lost_store(folder))
    if not (outside(where) or files.is_graph(folder) or fit):
        problem = _NO_ADDRESS if "://" in str(where) else _no_graph(folder, create)
        raise StoreError(str(where), problem)
    return KnowledgeGraph(where, lexicon=lexicon, base=base, pipeline=pipeline)


_NO_ADDRESS = "is no address of a SPARQL endpoint; give one with http:// or https://, or a folder"


def _no_graph(folder: Path, create: bool) -> str:
    if folder.is_file():
        return "is a file; a graph lives in a folder of its own"
    if files.lost_store(folder):
        return f"the store is missing; {remedy(folder / files.STORE)}"
    if create:
        return "is a folder with other things in it; give a graph a folder of its own"
    return f"there is no graph here; make one with kg build INPUT -o {folder}"
