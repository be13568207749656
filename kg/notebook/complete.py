"""Completion: names of relations, entities, queries and terms where one of them is due."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from IPython.core.completer import (
    CompletionContext,
    SimpleCompletion,
    SimpleMatcherResult,
    context_matcher,
)
from IPython.core.error import UsageError
from IPython.core.getipython import get_ipython

from kg.graph import KnowledgeGraph
from kg.model import STATUSES
from kg.notebook.graphs import chosen, graphs
from kg.notebook.place import terms
from kg.notebook.words import COMMANDS, FORMS
from kg.store import RemoteStore
from kg.store.named import named_queries
from kg.view.opening import VIEWS
from kg.view.table import Table
from kg.vocab import NAMESPACES, prefixes

MOST = 60
"""So many names are offered at once."""

Found = tuple[str, list[str]]
"""What has been typed of a name, and the names that go on so."""

_CALL = re.compile(
    r"""(\w+)\.(\w+)\((?:[^()]*,)?\s*(?:(\w+)\s*=\s*)?[\[(]?(?:\s*["'][^"']*["']\s*,)*\s*"""
    r"""["']([^"'\n]*)$"""
)
_OPTION = re.compile(r"(?:^|\s)(--?[\w-]+)\s+[\"']?([^\"'-][^\"']*|)$")
_TERM = re.compile(r"(?<![\w<])([A-Za-z][\w-]*):([\w.-]*)$")
_VARIABLE = re.compile(r"\?\w*$")
_WORD = re.compile(r"(?<![\w:?])\w+$")

NAMES = ("subject", "object", "who", "other", "focus", "speaker", "source", "target")
POSITIONS = {
    "relations": "relation",
    "statements": "who",
    "timeline": "who",
    "named": "query",
    "column": "column",
}
"""What the first thing in the brackets of a method is."""

OPTIONS = {
    "--focus": "who",
    "--subject": "who",
    "--object": "who",
    "--relation": "relation",
    "--status": "status",
    "--named": "query",
    "-n": "query",
    "--as": "form",
    "--view": "view",
    "-g": "graph",
}


@context_matcher(identifier="kg.names")  # type: ignore[untyped-decorator]
def matcher(context: CompletionContext) -> SimpleMatcherResult:
    """Offer names to IPython, and nothing else where there are any."""
    shell = get_ipython()
    lines = context.full_text.split("\n")
    before = "\n".join(
        [*lines[: context.cursor_line], lines[context.cursor_line][: context.cursor_position]]
    )
    typed, names = candidates(before, shell.user_ns) if shell else ("", [])
    return {
        "completions": [SimpleCompletion(text=name, type="kg") for name in names],
        "matched_fragment": typed,
        "suppress": bool(names),
        "ordered": True,
    }


def candidates(before: str, variables: Mapping[str, Any]) -> Found:
    """Return what has been typed of a name, and the names that it may become.

    Parameters
    ----------
    before
        The cell up to the cursor.
    variables
        Of the notebook.

    Examples
    --------
    >>> candidates('g.relations("bri', {"g": KnowledgeGraph()})
    ('bri', ['briefed'])
    """
    first, newline, rest = before.partition("\n")
    if first.startswith("%%sparql") and newline:
        return _in_query(rest, first, variables)
    line = before.rpartition("\n")[2].lstrip()
    if line.startswith(("%kg ", "%%kg ", "%sparql ", "%%sparql ")):
        return _in_magic(line, variables)
    call = _CALL.search(before)
    if call is None:
        return "", []
    owner, method, keyword, typed = call.groups()
    value = variables.get(owner)
    if isinstance(value, Table) and method == "column":
        return typed, _starting(typed, value.columns)
    if not isinstance(value, KnowledgeGraph):
        return "", []
    kind = "who" if keyword in NAMES else keyword or POSITIONS.get(method, "")
    kind = "relation" if kind == "type" else kind
    return typed, _of_kind(kind, typed, value, variables)


def _in_magic(line: str, variables: Mapping[str, Any]) -> Found:
    magic, _, rest = line.partition(" ")
    command, space, words = rest.lstrip().partition(" ")
    is_kg = magic.endswith("kg")
    if is_kg and not space:
        return command, _starting(command, COMMANDS)
    graph = _meant(line, variables)
    if option := _OPTION.search(rest):
        if option[1] in OPTIONS:
            return option[2], _of_kind(OPTIONS[option[1]], option[2], graph, variables)
        return "", []
    if is_kg and command == "focus":
        return words, _of_kind("who", words, graph, variables)
    if is_kg and command == "relations":
        typed = words.rpartition(" ")[2]
        return typed, _of_kind("relation", typed, graph, variables)
    return "", []


def _in_query(query: str, first: str, variables: Mapping[str, Any]) -> Found:
    graph = _meant(first, variables)
    line = query.rpartition("\n")[2]
    if line.count('"') % 2:
        typed = line.rpartition('"')[2]
        return typed, _of_kind("who", typed, graph, variables)
    if term := _TERM.search(query):
        prefix, typed = term.groups()
        if prefix == "kg":
            known = graph.lexicon if graph else None
            return typed, _starting(typed, terms(known) if known is not None else ())
        spaces = {space.short: space.terms for space in NAMESPACES}
        return typed, _starting(typed, sorted(spaces.get(prefix, ())))
    if variable := _VARIABLE.search(query):
        used = re.findall(r"\?\w+", query[: variable.start()])
        return variable[0], _starting(variable[0], sorted(set(used)))
    if word := _WORD.search(query):
        return word[0], _starting(word[0], [f"{name}:" for name in prefixes() if name])
    return "", []


def _meant(line: str, variables: Mapping[str, Any]) -> KnowledgeGraph | None:
    named = re.search(r"\s-g\s+(\w+)", line)
    magic: Any = get_ipython()
    held = magic.magics_manager.registry.get("Magic") if magic else None
    try:
        return chosen(variables, named[1] if named else None, getattr(held, "latest", None))[1]
    except UsageError:
        return None


def _of_kind(
    kind: str, typed: str, graph: KnowledgeGraph | None, variables: Mapping[str, Any]
) -> list[str]:
    makers: dict[str, Callable[[], Iterable[str]]] = {
        "status": lambda: STATUSES,
        "query": named_queries,
        "form": lambda: FORMS,
        "view": lambda: VIEWS,
        "graph": lambda: graphs(variables),
    }
    if kind in makers:
        return _starting(typed, makers[kind]())
    if graph is None:
        return []
    if kind == "relation":
        return _starting(typed, graph.lexicon)
    return _entities(graph, typed) if kind == "who" else []


def _starting(typed: str, names: Iterable[str]) -> list[str]:
    found = [name for name in names if name.startswith(typed)]
    folded = typed.casefold()
    return found or [name for name in names if name.casefold().startswith(folded)]


def _entities(graph: KnowledgeGraph, typed: str) -> list[str]:
    """Return names of entities that start so, or a word of which does.

    A graph on the web is not asked: one would wait for every letter.
    """
    if isinstance(graph._shelf.store, RemoteStore):
        return []
    folded = typed.casefold()
    found = graph.query(
        "SELECT DISTINCT ?name ?first { ?entity rdfs:label ?name "
        f"BIND(STRSTARTS(LCASE(?name), {_literal(folded)}) AS ?first) "
        f"FILTER(?first || CONTAINS(LCASE(?name), {_literal(' ' + folded)})) }} "
        f"ORDER BY DESC(?first) STRLEN(?name) ?name LIMIT {MOST}"
    )
    return [name for name in map(str, found.column("name")) if '"' not in name]


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
