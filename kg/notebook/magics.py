"""The magics ``%kg`` and ``%%sparql``: each a thin call into the Python face."""

from __future__ import annotations

import sys
import warnings
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class

from kg import graph as graphs
from kg.display import plain
from kg.errors import KGError, QueryError
from kg.graph import KnowledgeGraph
from kg.notebook.graphs import chosen
from kg.notebook.place import pointed, unknown_terms
from kg.notebook.words import Told, kg_parser, parsed, sparql_parser
from kg.run import extract
from kg.store import Results
from kg.view.notebook import Cell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

P = ParamSpec("P")
T = TypeVar("T")


def _guarded(magic: Callable[P, T]) -> Callable[P, T | None]:
    """Return the magic with one sentence, and no traceback, for what goes wrong."""

    @wraps(magic)
    def run(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return magic(*args, **kwargs)
        except Told:
            return None
        except KGError as error:
            raise UsageError(str(error)) from None
        except OSError as error:
            what = f"{error.filename}: " if error.filename else ""
            raise UsageError(f"{what}{error.strerror or error}") from None

    return run


@magics_class
class Magic(Magics):
    """The magics; the graph that was built or opened last is the one that is asked.

    Parameters
    ----------
    shell
        The IPython whose variables hold graphs.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self.latest: str | None = None
        self.variables: dict[str, Any] = shell.user_ns

    @line_cell_magic
    @_guarded
    def sparql(self, line: str, cell: str | None = None) -> object:
        """Answer a SPARQL query, or a named one: ``%%sparql [-g NAME] [-o NAME] [--as frame]``."""
        asked = parsed(sparql_parser(), line)
        graph = self._graph(asked)
        found = graph.named(asked.named, **_given(asked)) if asked.named else _answer(graph, cell)
        shown: object = found
        if asked.form == "frame":
            shown = found.to_dataframe()
        self._keep(asked.name, shown)
        return shown

    @line_cell_magic
    @_guarded
    def kg(self, line: str, cell: str | None = None) -> object:
        """Build, open and look: ``%kg build seeds/ -o g``, ``%kg focus Macron --hops 1``."""
        asked = parsed(kg_parser(), line)
        if (cell is None) == (asked.command == "extract"):
            how = "%%kg extract, with the text below it" if cell is None else f"%kg {line}, alone"
            raise UsageError(f"'{asked.command}' is written {how}")
        with _warned():
            act = getattr(self, f"_{asked.command}")
            done: object = act(asked, cell) if asked.command == "extract" else act(asked)
        return done

    def _build(self, asked: Namespace) -> None:
        graph = graphs.build(
            *asked.inputs,
            out=asked.out,
            lexicon=asked.lexicon,
            min_score=asked.min_score,
            background=asked.background,
            workers=asked.workers,
        )
        self._hold(asked.name, graph)

    def _open(self, asked: Namespace) -> None:
        self._hold(asked.name, graphs.open(asked.where))

    def _show(self, asked: Namespace) -> Cell:
        graph = self._graph(asked)
        page = graph.page(
            focus=asked.focus,
            hops=asked.hops,
            relation=asked.relation,
            view=asked.view,
            **_narrow(asked),
        )
        return Cell(page)

    def _focus(self, asked: Namespace) -> Cell:
        return self._show(Namespace(**vars(asked) | {"focus": " ".join(asked.who)}))

    def _relations(self, asked: Namespace) -> object:
        found = self._graph(asked).relations(
            asked.type or None,
            subject=asked.subject,
            object=asked.object,
            **_narrow(asked) | {"status": asked.status or None},
        )
        self._keep(asked.name, found)
        return found

    def _extract(self, asked: Namespace, text: str) -> object:
        found = extract(
            text,
            date=asked.date,
            lexicon=asked.lexicon,
            min_score=asked.min_score,
            background=asked.background,
        )
        self._keep(asked.name, found)
        return found

    def _stats(self, asked: Namespace) -> object:
        return self._graph(asked).stats()

    def _graph(self, asked: Namespace) -> KnowledgeGraph:
        return chosen(self.variables, asked.graph, self.latest)[1]

    def _hold(self, name: str | None, graph: KnowledgeGraph) -> None:
        """Keep a graph in a variable, and say so."""
        self.latest = name or "g"
        self._keep(self.latest, graph)
        print(f"{self.latest}: {graph!r}")

    def _keep(self, name: str | None, value: object) -> None:
        if name is not None:
            self.variables[name] = value


def _answer(graph: KnowledgeGraph, query: str | None) -> Results:
    """Answer a query; where it cannot be, point at the place."""
    if not (query or "").strip():
        raise UsageError("there is no query; write it below %%sparql, or give --named NAME")
    query = str(query).rstrip()
    try:
        found = graph.query(query)
    except QueryError as error:
        raise UsageError(f"{error}{pointed(query, error.line, error.column)}") from None
    if not found and found.boolean is None:
        for hint in unknown_terms(query, graph.lexicon):
            print(hint, file=sys.stderr)
    return found


def _narrow(asked: Namespace) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in ("status", "since", "until", "min_score")}


def _given(asked: Namespace) -> dict[str, str]:
    given = {}
    for entry in asked.param:
        name, equals, value = entry.partition("=")
        if not equals:
            raise UsageError(f"'{entry}' is not like who=Macron")
        given[name] = value
    return given


@contextmanager
def _warned() -> Iterator[None]:
    """Say warnings as sentences, without the line of code that they come from."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("default", UserWarning)
        yield
    for warning in found:
        print(f"Warning: {plain(warning.message)}", file=sys.stderr)
