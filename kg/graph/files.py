"""A graph on disk: the folder it lives in, and the formats it can be saved in.

::

    news.kg/
      store/            the graph itself (Oxigraph), and beside its files catalogue.db
      documents.jsonl   every document with all that was found in it, one record a line
      graph.trig        the whole dataset
      page.html         the interactive page
      decisions.toml    who is who by the user's own decision, if there are any
      report.json       what is in the graph, and what failed at the last build
      lexicon/          relations of the user's own, if there are any

All but the store is written from the store; the same documents give the same bytes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError, UnknownName
from kg.model import Document
from kg.rdf import serialise
from kg.record import to_line
from kg.relations import Lexicon, shipped
from kg.run.report import Outcome
from kg.store.disk import UNFINISHED
from kg.version import __version__
from kg.view.dyads import dyads_csv

if TYPE_CHECKING:
    from kg.graph.knowledge import KnowledgeGraph

STORE, DOCUMENTS, LEXICON, REPORT = "store", "documents.jsonl", "lexicon", "report.json"
CATALOGUE = "store/catalogue.db"
NETWORKS = ("graphml", "gexf", "csv")
FORMATS = (*serialise.FORMATS, *NETWORKS, "dyads.csv", "jsonl", "html")


def is_graph(folder: Path) -> bool:
    """Tell whether a graph lives in that folder."""
    return (folder / STORE).is_dir()


def fit_for_new(folder: Path) -> bool:
    """Tell whether a new graph can have that folder: it is not there, or there is nothing in it."""
    if not folder.exists():
        return True
    return folder.is_dir() and all(entry.name == UNFINISHED for entry in folder.iterdir())


def lost_store(folder: Path) -> bool:
    """Tell whether a graph lived there whose store was deleted: our files are, the store is not."""
    return not is_graph(folder) and (folder / DOCUMENTS).is_file() and own_base(folder) is not None


def with_kept(folder: Path, inputs: Sequence[str | Path | Document]) -> list[str | Path | Document]:
    """Put the documents that a graph without its store has kept before what is added to it."""
    if not lost_store(folder):
        return list(inputs)
    kept = folder / DOCUMENTS
    rest = [
        entry
        for entry in inputs
        if isinstance(entry, Document) or Path(entry).resolve() != kept.resolve()
    ]
    return [kept, *rest]


def own_relations(folder: Path) -> Lexicon:
    """Return the shipped lexicon with the relations that are kept with the graph."""
    lexicon = shipped()
    for file in sorted((folder / LEXICON).glob("*.toml")):
        lexicon = lexicon.extended(file)
    return lexicon


def own_base(folder: Path) -> str | None:
    """Return the base IRI the graph was built with, if its report says so."""
    try:
        base = json.loads((folder / REPORT).read_text(encoding="utf-8"))["base"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return base if isinstance(base, str) else None


def keep_relations(folder: Path, source: Path) -> None:
    """Keep a lexicon file with the graph, so that whoever opens it knows its relations."""
    kept = folder / LEXICON / source.name
    if kept.resolve() != source.resolve():
        kept.parent.mkdir(exist_ok=True)
        write(kept, source.read_bytes())


def begin(folder: Path, base: str) -> None:
    """Note the base of a new graph before there is anything in it."""
    if own_base(folder) is None:
        write(folder / REPORT, _report(base, [], [], []))


def discard(folder: Path) -> None:
    """Take away the graph that was begun in a folder and has nothing in it."""
    shutil.rmtree(folder / STORE)
    if not lost_store(folder):
        (folder / REPORT).unlink(missing_ok=True)
        shutil.rmtree(folder / LEXICON, ignore_errors=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def write_all(graph: KnowledgeGraph, folder: Path) -> None:
    """Write everything beside the store."""
    write(folder / DOCUMENTS, _lines(graph))
    write(folder / "graph.trig", serialise.dump(graph.dump(), "trig", base=graph.base))
    write(folder / "page.html", graph.page().encode())
    outcomes = [Outcome.of(document).to_json() for document in graph.documents()]
    failures = [failure.to_json() for failure in graph.report.failures]
    repeats = [repeat.to_json() for repeat in graph.report.repeats]
    write(folder / REPORT, _report(graph.base, outcomes, failures, repeats))


def _report(base: str, documents: list[Any], failures: list[Any], repeats: list[Any]) -> bytes:
    report: dict[str, Any] = {
        "version": __version__,
        "base": base,
        "documents": documents,
        "failures": failures,
        "repeats": repeats,
    }
    return json.dumps(report, ensure_ascii=False, indent=2).encode() + b"\n"


def save(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the graph in the format that the path ends with; return the files written.

    Raises
    ------
    UnknownName
        If there is no such format.
    StoreError
        If the file cannot be written.
    """
    form = form_of(path)
    if form == "csv":
        from kg.view import export  # noqa: PLC0415  # networkx takes a while to load

        network = graph.network()
        nodes, edges = (path.with_suffix(f".{part}.csv") for part in ("nodes", "edges"))
        write(nodes, export.nodes_csv(network).encode())
        write(edges, export.edges_csv(network).encode())
        return [nodes, edges]
    write(path, content(graph, form))
    return [path]


def form_of(path: Path) -> str:
    """Return the format that a file's name asks for.

    Examples
    --------
    >>> form_of(Path("graph.ttl")), form_of(Path("2025.dyads.csv"))
    ('ttl', 'dyads.csv')
    """
    form = path.suffix.lower().removeprefix(".")
    if path.name.lower().endswith("dyads.csv"):
        form = "dyads.csv"
    if form not in FORMATS:
        raise UnknownName("format", form or path.name, FORMATS)
    return form


def content(graph: KnowledgeGraph, form: str) -> bytes:
    """Return the graph in a format that is one file."""
    if form == "html":
        return graph.page().encode()
    if form == "jsonl":
        return _lines(graph)
    if form == "dyads.csv":
        return dyads_csv(tuple(graph.documents()), graph.lexicon).encode()
    if form in ("graphml", "gexf"):
        from kg.view import export  # noqa: PLC0415  # networkx takes a while to load

        drawn = export.graphml if form == "graphml" else export.gexf
        return drawn(graph.network()).encode()
    return serialise.dump(graph.dump(), form, base=graph.base)


def _lines(graph: KnowledgeGraph) -> bytes:
    return "".join(to_line(document) + "\n" for document in graph.documents()).encode()


def text(path: Path) -> str:
    """Return what a file says, "" if there is none."""
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile sees the one before.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            str(path), f"cannot be written ({error.strerror}); check the folder"
        ) from None
