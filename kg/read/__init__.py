"""The outside world -> Document: files, folders, JSON Lines, standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from glob import has_magic
from pathlib import Path

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read import folder, jsonl, metadata
from kg.read.text import as_utf8, decoded, of_words

__all__ = ["read"]


def read(inputs: Iterable[str | Path]) -> Iterator[Document | Failure]:
    """Read every document that the inputs name, in their order.

    Parameters
    ----------
    inputs
        Files (plain text, Markdown, JSON Lines), folders, patterns like ``"news/*.txt"``, or
        ``"-"`` for standard input.

    Yields
    ------
    Document or Failure
        A failure for each input that could not be read; the others go on. A document whose id
        was there before gets ``-2``, ``-3`` ... after it.

    Examples
    --------
    >>> [document.id for document in read(["seeds/000*.txt", "seeds/2025-02-1*_paris.txt"])]
    ['000_ccfa4a51f35b90bf', '2025-02-17_paris', '2025-02-19_paris']
    >>> [failure.problem for failure in read(["nowhere.txt"])]
    ['there is no such file']
    """
    seen: set[str] = set()
    for where in inputs:
        for found in _guarded(str(where)):
            yield found if isinstance(found, Failure) else _unique(found, seen)


def _unique(document: Document, seen: set[str]) -> Document:
    name, number = document.id, 1
    while name in seen:
        number += 1
        name = f"{document.id}-{number}"
    seen.add(name)
    return document.but(id=name)


def _guarded(where: str) -> Iterator[Document | Failure]:
    try:
        yield from _input(where)
    except SourceError as error:
        yield Failure.of(error, stage="read")
    except OSError as error:
        reason = error.strerror or str(error)
        yield Failure(where, "read", f"cannot be read ({reason})", "check the path")


def _input(where: str) -> Iterator[Document | Failure]:
    path = Path(where)
    if where == "-":
        words = as_utf8(sys.stdin.buffer.read(), where="standard input")
        yield from _sniffed(words, where="standard input", name="stdin")
    elif where.startswith(("http://", "https://")):
        raise SourceError(
            where,
            "web addresses are not read yet by this version",
            "save the article as a text file and give that",
        )
    elif path.is_dir():
        yield from _folder(path)
    elif has_magic(where) and not path.exists():
        yield from _pattern(where)
    else:
        yield from _file(path)


def _sniffed(words: str, *, where: str, name: str) -> Iterator[Document | Failure]:
    """Tell records from text by their first line, as standard input has no name to go by."""
    first = words.lstrip().partition("\n")[0].rstrip()
    if not re.match(r'\{\s*("|$)', first):
        yield of_words(words, where=where, name=name)
    elif first.endswith("}"):
        yield from jsonl.lines(words, where=where, name=name)
    else:
        yield from jsonl.records(words, where=where, name=name)


def _pattern(pattern: str) -> Iterator[Document | Failure]:
    try:
        paths = folder.matching(pattern)
    except ValueError as error:
        raise SourceError(pattern, f"is no pattern ({error})", "write it like news/*.txt") from None
    if not paths:
        raise SourceError(pattern, "no document matches", "check the pattern")
    for path in paths:
        yield from _guarded(str(path))


def _folder(path: Path) -> Iterator[Document | Failure]:
    table = path / metadata.TABLE
    known = metadata.from_csv(table) if table.is_file() else {}
    empty = True
    for file in folder.files(path):
        empty = False
        about = known.pop(file.relative_to(path).as_posix(), {})
        if isinstance(about, Failure):
            yield about
            continue
        try:
            yield from _file(file, about)
        except SourceError as error:
            yield Failure.of(error, stage="read")
    for name in sorted(known):
        yield Failure(str(table), "read", f"'{name}' is not in the folder", "check its path")
    if empty:
        raise SourceError(
            str(path),
            "there are no documents in this folder",
            "put .txt, .md or .jsonl files in it",
        )


def _file(path: Path, known: dict[str, str] | None = None) -> Iterator[Document | Failure]:
    where, ending = str(path), path.suffix.lower()
    if ending in folder.LATER:
        raise SourceError(
            where,
            f"{folder.LATER[ending]} are not read yet by this version",
            "save the article as plain text",
        )
    words = decoded(path)
    if ending == ".json":
        yield from jsonl.records(words, where=where, name=path.stem)
    elif ending in folder.RECORDS:
        yield from jsonl.lines(words, where=where, name=path.stem)
    else:
        document = of_words(words, where=where, name=path.stem)
        sidecar = metadata.beside(path)
        about = metadata.from_toml(sidecar) if sidecar.is_file() else {}
        yield metadata.described(document, {**(known or {}), **about})
