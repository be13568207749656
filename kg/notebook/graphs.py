"""Which of the variables of a notebook is the graph that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from IPython.core.error import UsageError

from kg.graph import KnowledgeGraph


def graphs(variables: Mapping[str, Any]) -> dict[str, KnowledgeGraph]:
    """Return the graphs that have names of their own, by name.

    Examples
    --------
    >>> graphs({"one": KnowledgeGraph(), "_": KnowledgeGraph(), "x": 1}).keys()
    dict_keys(['one'])
    """
    return {
        name: value
        for name, value in variables.items()
        if isinstance(value, KnowledgeGraph) and not name.startswith("_")
    }


def chosen(
    variables: Mapping[str, Any], name: str | None, latest: str | None = None
) -> tuple[str, KnowledgeGraph]:
    """Return the graph that is meant, with its name.

    Parameters
    ----------
    variables
        Of the notebook.
    name
        As the user gave it, if so.
    latest
        The one that was built or opened last.

    Raises
    ------
    UsageError
        If there is none, or one of several would have to be guessed.
    """
    known = graphs(variables)
    if name is not None and name not in known:
        there = f"graphs here: {', '.join(known)}" if known else "make one with %kg build INPUT"
        raise UsageError(f"there is no graph called '{name}'; {there}")
    found = name or (latest if latest in known else None)
    if found is None:
        if not known:
            raise UsageError(
                "there is no graph yet; make one with %kg build INPUT, or %kg open FOLDER"
            )
        if len(known) > 1 and len({id(graph) for graph in known.values()}) > 1:
            raise UsageError(f"say which graph with -g: {', '.join(known)}")
        found = next(iter(known))
    return found, known[found]
