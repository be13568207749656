"""The outside world -> Document: files, folders, archives, addresses, standard input.

An input becomes a `kg.resource.Resource`; `kg.read.kinds` tells its kind, `kg.read.through` finds
the reader of that kind and goes into archives, and `kg.read.apart` holds others' parsers in a
process of their own.

Readers stand in folders by what they read: `pages` (web pages, feeds, Markdown), `paper` (PDF,
DOCX), `mail`, `archives` (also packed files and web archives) and `tables` (also sheets and JSON);
`web` asks addresses. They import nothing of one another. What several of them need stands here:
`decode` for encodings, `days` for dates, `markup` for pieces of HTML, `names` for names of files
and members, `metadata` for what is known besides the words.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Failure, MissingExtra, SourceError
from kg.model import Document
from kg.read import folder, input_lists, metadata
from kg.read.apart import Apart
from kg.read.files import resource
from kg.read.names import shown
from kg.read.stdin import standard_input
from kg.read.through import Found, noted, through, unread
from kg.read.web import Web, is_address
from kg.resource import Link
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
    ids = _Ids()
    with Apart() as apart:
        door = _Door(apart, web or Web())
        for where in inputs:
            for found in door(str(where)):
                yield _as_text(found) if isinstance(found, Failure) else ids.unique(found)


class _Ids:
    """The ids that were given; one that comes again gets a number, in time that does not grow."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._times: dict[str, int] = {}

    def unique(self, document: Document) -> Document:
        """Return the document under an id that no other has."""
        name = document.id
        if name in self._given:
            number = self._times.get(name, 1)
            while (name := f"{document.id}-{(number := number + 1)}") in self._given:
                pass
            self._times[document.id] = number
            document = document.but(id=name)
        self._given.add(name)
        return document


def _as_text(failure: Failure) -> Failure:
    """Return a failure whose names can be written down, even where a file name is no text."""
    fields = (failure.where, failure.problem, failure.input)
    where, problem, given = (words.encode(errors="backslashreplace").decode() for words in fields)
    return replace(failure, where=where, problem=problem, input=given)


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
        yield from _guarded(self._input(where, listed), where)

    def _input(self, where: str, listed: str) -> Iterator[Document | Failure]:
        path = Path(where)
        if where == "-":
            yield from self._standard_input()
        elif is_address(where):
            yield from _with_input(self._visit(where, listed=listed), where)
        elif input_lists.is_list(where):
            for entry in input_lists.inputs(where, listed):
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
        with standard_input() as given:
            yield from _with_input(through(given, self._apart), "-")

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
            if isinstance(path, Failure):
                yield replace(path, input=pattern)
            else:
                yield from self(str(path))

    def _folder(self, path: Path) -> Iterator[Document | Failure]:
        table = path / metadata.TABLE
        root = os.path.realpath(path)
        known: dict[str, dict[str, str] | Failure] = {}
        if table.is_file() and not folder.is_inside(table, root):
            yield replace(folder.leads_out(table), input=str(path))
        elif table.is_file():
            known = metadata.from_csv(table)
        empty = True
        for file in folder.walk(path):
            empty = False
            if isinstance(file, Failure):
                yield replace(file, input=str(path))
                continue
            about = known.pop(file.relative_to(path).as_posix(), {})
            if isinstance(about, Failure):
                yield replace(about, input=str(file))
                continue
            yield from _guarded(self._file(file, about, root), str(file))
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
        self, path: Path, known: dict[str, str] | None = None, root: str = ""
    ) -> Iterator[Document | Failure]:
        sidecar = metadata.beside(path)
        has_sidecar = os.path.isfile(sidecar)  # noqa: PTH113  # whose name may be too long
        if has_sidecar and root and not folder.is_inside(sidecar, root):
            yield replace(folder.leads_out(sidecar), input=str(path))
            return
        about = metadata.from_toml(sidecar) if has_sidecar else {}
        given = resource(path).but(about={**(known or {}), **about})
        yield from _with_input(through(given, self._apart), str(path))


def _guarded(found_all: Iterable[Document | Failure], where: str) -> Iterator[Document | Failure]:
    """Yield what was found, and whatever goes wrong as a failure."""
    try:
        yield from found_all
    except (MissingExtra, OSError) as error:
        yield replace(unread(error, shown(where)), input=where)


def _with_input(found_all: Iterable[Found], where: str) -> Iterator[Document | Failure]:
    """Yield what was found with the input to give again for it; of links their summaries."""
    for found in found_all:
        if isinstance(found, Failure):
            yield replace(found, input=found.input or where)
        elif isinstance(found, Document):
            reading = found.reading or Reading(where, "")
            given = where.encode(errors="backslashreplace").decode()
            yield found.but(reading=replace(reading, input=given))
        elif found.summary is not None:  # files never make us ask the network
            note = "the article is fetched if the address of the feed is given"
            yield from _with_input([noted(found.summary, note)], where)
        else:
            yield _only_link(found, where)


def _only_link(link: Link, where: str) -> Failure:
    problem = "is an article that the feed only names"
    return Failure(link.url, "read", problem, "give its address", where)
