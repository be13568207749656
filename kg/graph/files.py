"""A graph on disk: the folder it lives in.

::

    news.kg/
      store/            the graph itself (Oxigraph), and beside its files catalogue.db
      documents.jsonl   every document with all that was found in it, one record a line
      graph.trig        the whole dataset, unless it is large
      page.html         the interactive page, of a large graph the newest part
      decisions.toml    who is who by the user's own decision, if there are any
      report.json       what is in the graph, and what became of every input of the last build
      lexicon/          relations of the user's own, if there are any

All but the store is written from the store; the same documents give the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import Failure, StoreError
from kg.model import Document
from kg.relations import Lexicon, shipped
from kg.run.report import Input, Outcome, Repeat
from kg.store.disk import UNFINISHED
from kg.version import __version__

STORE, DOCUMENTS, LEXICON, REPORT = "store", "documents.jsonl", "lexicon", "report.json"
CATALOGUE = "store/catalogue.db"
DATASET, PAGE = "graph.trig", "page.html"
HEAD = 64 * 1024  # characters of a report in which its base stands
_BASE = re.compile(r'\{\s*"version": "[^"]*",\s*"base":\s*')


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
    """Return the base IRI the graph was built with, if its report says so (near its beginning)."""
    try:
        with (folder / REPORT).open(encoding="utf-8") as file:
            start = file.read(HEAD)
        base = json.JSONDecoder().raw_decode(start, _BASE.search(start).end())[0]  # type: ignore[union-attr]
    except (OSError, ValueError, AttributeError):
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
        write(folder / REPORT, report(base))


def discard(folder: Path) -> None:
    """Take away the graph that was begun in a folder and has nothing in it."""
    shutil.rmtree(folder / STORE)
    if not lost_store(folder):
        (folder / REPORT).unlink(missing_ok=True)
        shutil.rmtree(folder / LEXICON, ignore_errors=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def report(
    base: str,
    documents: Iterable[Outcome] = (),
    failures: Iterable[Failure] = (),
    repeats: Iterable[Repeat] = (),
    inputs: Iterable[Input] = (),
) -> Iterator[bytes]:
    """Yield ``report.json`` piece by piece: there may be many documents."""
    head = {"version": __version__, "base": base}
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}").encode()
    lists: dict[str, Iterable[Outcome | Failure | Repeat | Input]] = {
        "documents": documents,
        "failures": failures,
        "repeats": repeats,
        "inputs": inputs,
    }
    for name, entries in lists.items():
        between = f',\n  "{name}": [\n    '
        empty = True
        for entry in entries:
            yield between.encode() + _indented(entry.to_json())
            between, empty = ",\n    ", False
        yield (f',\n  "{name}": []' if empty else "\n  ]").encode()
    yield b"\n}\n"


def _indented(told: Mapping[str, object]) -> bytes:
    """Return an entry of the report; what no UTF-8 can say (names of files) in escapes."""
    try:
        words = json.dumps(told, ensure_ascii=False, indent=2).encode()
    except UnicodeEncodeError:
        words = json.dumps(told, indent=2).encode()
    return words.replace(b"\n", b"\n    ")


def text(path: Path) -> str:
    """Return what a file says, "" if there is none."""
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile sees the one before.

    Parameters
    ----------
    path
        The file.
    data
        What is in it, at once or piece by piece.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())  # or a power cut may leave the new name with nothing in it
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            str(path), f"cannot be written ({error.strerror}); check the folder"
        ) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
