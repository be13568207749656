"""The outside world -> Document: files, folders, archives, addresses, standard input.

An input becomes a `kg.resource.Resource`; `kg.read.kinds` tells its kind, `kg.read.through` finds
the reader of that kind and goes into archives, and `kg.read.apart` holds others' parsers in a
process of their own.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import Failure, MissingExtra, SourceError
from kg.model import Document
from kg.read import folder, metadata, several
from kg.read.apart import Apart
from kg.read.files import resource
from kg.read.through import Found, through
from kg.read.web import Web, is_address
from kg.resource import Link, Resource
from kg.source import Reading

if TYPE_CHECKING:
    from kg.read.web.visit import Visit

__all__ = ["Web", "read"]


def read(inputs: Iterable[str | Path], *, web: Web | None = None) -> Iterator[Document | Failure]:
    """Read every document that the inputs name, in their order.

    Parameters
    ----------
    inputs
        Files of any kind in `kg.read.kinds`, folders, patterns like ``"news/*.txt"``, web
        addresses, ``"@list.txt"`` for the inputs that stand in a file, one a line, or ``"-"``
        for standard input.
    web
        How addresses are read; nothing else ever asks the network.

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
    with Apart() as apart:
        door = _Door(apart, web or Web())
        for where in inputs:
            for found in door(str(where)):
                yield found if isinstance(found, Failure) else _unique(found, seen)


def _unique(document: Document, seen: set[str]) -> Document:
    name, number = document.id, 1
    while name in seen:
        number += 1
        name = f"{document.id}-{number}"
    seen.add(name)
    return document.but(id=name)


class _Door:
    """Tells what an input is and lets it in; says of each thing found what to give again for it."""

    def __init__(self, apart: Apart, web: Web) -> None:
        self._apart, self._web = apart, web

    def __call__(self, where: str, listed: str = "") -> Iterator[Document | Failure]:
        """Yield what an input holds; whatever goes wrong is a failure.

        Parameters
        ----------
        where
            The input.
        listed
            The list in which it stands, if it stands in one.
        """
        try:
            yield from self._input(where, listed)
        except SourceError as error:
            yield replace(Failure.of(error, stage="read"), input=where)
        except MissingExtra as error:
            problem = f"{error.feature} cannot be read without more packages"
            yield Failure(where, "read", problem, f"pip install '{error.extra}'", where)
        except OSError as error:
            reason = error.strerror or str(error)
            yield Failure(where, "read", f"cannot be read ({reason})", "check the path", where)

    def _input(self, where: str, listed: str) -> Iterator[Document | Failure]:
        path = Path(where)
        if where == "-":
            yield from self._standard_input()
        elif is_address(where):
            yield from _named(self._visit(where, listed=listed), where)
        elif several.is_list(where):
            for entry in several.inputs(where, listed):
                yield from self(entry, listed=where)
        elif path.is_dir():
            yield from self._folder(path)
        elif has_magic(where) and not path.exists():
            yield from self._pattern(where)
        else:
            yield from self._file(path)

    @cached_property
    def _visit(self) -> Visit:
        return self._web.visit(self._apart)

    def _standard_input(self) -> Iterator[Document | Failure]:
        with tempfile.TemporaryFile() as kept:  # it is read twice: to tell its kind, and for good
            shutil.copyfileobj(sys.stdin.buffer, kept)

            def opened() -> BinaryIO:
                kept.seek(0)
                return os.fdopen(os.dup(kept.fileno()), "rb")

            given = Resource("standard input", "stdin", opened)
            yield from _named(through(given, self._apart), "-")

    def _pattern(self, pattern: str) -> Iterator[Document | Failure]:
        try:
            paths = folder.matching(pattern)
        except ValueError as error:
            raise SourceError(
                pattern, f"is no pattern ({error})", "write it like news/*.txt"
            ) from None
        if not paths:
            raise SourceError(pattern, "no document matches", "check the pattern")
        for path in paths:
            yield from self(str(path))

    def _folder(self, path: Path) -> Iterator[Document | Failure]:
        table = path / metadata.TABLE
        known = metadata.from_csv(table) if table.is_file() else {}
        empty = True
        for file in folder.files(path):
            empty = False
            about = known.pop(file.relative_to(path).as_posix(), {})
            if isinstance(about, Failure):
                yield replace(about, input=str(file))
                continue
            try:
                yield from self._file(file, about)
            except SourceError as error:
                yield replace(Failure.of(error, stage="read"), input=str(file))
        for name in sorted(known):
            yield Failure(
                str(table), "read", f"'{name}' is not in the folder", "check its path", str(path)
            )
        if empty:
            raise SourceError(
                str(path),
                "there are no documents in this folder",
                "put articles in it: pages, PDF, text, JSON Lines ...",
            )

    def _file(
        self, path: Path, known: dict[str, str] | None = None
    ) -> Iterator[Document | Failure]:
        sidecar = metadata.beside(path)
        about = metadata.from_toml(sidecar) if sidecar.is_file() else {}
        given = resource(path).but(about={**(known or {}), **about})
        yield from _named(through(given, self._apart), str(path))


def _named(found_all: Iterable[Found], where: str) -> Iterator[Document | Failure]:
    """Yield what was found with the input to give again for it; of links their summaries."""
    for found in found_all:
        if isinstance(found, Failure):
            yield replace(found, input=found.input or where)
        elif isinstance(found, Document):
            reading = found.reading or Reading(where, "")
            yield found.but(reading=replace(reading, input=where))
        elif found.summary is not None:  # files never make us ask the network
            yield from _named([found.summary], where)
        else:
            yield _only_link(found, where)


def _only_link(link: Link, where: str) -> Failure:
    problem = "is an article that the feed only names"
    return Failure(link.url, "read", problem, "give its address", where)
