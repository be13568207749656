"""Jupyter: ``%load_ext kg`` for magics and completion, `explore` for a page that Python hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import MissingExtra

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from kg.graph import KnowledgeGraph
    from kg.notebook.widget import Explorer

__all__ = ["explore", "load_ipython_extension", "unload_ipython_extension"]


def explore(graph: KnowledgeGraph | str, *, height: int = 640) -> Explorer:
    """Show a graph so that Python knows what is selected on its page, and can lead it.

    ``w = explore(g)``; then ``w.focus`` and ``w.selection`` are what somebody chose there, and
    ``w.focus = "Macron"`` selects on the page.

    Parameters
    ----------
    graph
        A graph, or a page of it, like ``g.page(since="2025-02-17")``.
    height
        In CSS pixels.

    Raises
    ------
    MissingExtra
        If anywidget is not installed; the graph itself shows its page without.

    Examples
    --------
    >>> import kg
    >>> explore(kg.KnowledgeGraph()).selection.entities
    []
    """
    try:
        from kg.notebook.widget import Explorer  # noqa: PLC0415  # anywidget is optional
    except ImportError as error:
        if error.name and error.name.partition(".")[0] == "kg":
            raise
        raise MissingExtra("kg.notebook.explore()", "news-kg[jupyter]") from None
    return Explorer(graph if isinstance(graph, str) else graph.page(), height=height)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Add ``%kg``, ``%%sparql`` and completion to IPython or a notebook; what ``%load_ext`` does.

    Parameters
    ----------
    shell
        The IPython that asks.
    """
    from kg.notebook.complete import matcher  # noqa: PLC0415  # IPython is optional
    from kg.notebook.magics import Magic  # noqa: PLC0415

    shell.register_magics(Magic(shell))
    if matcher not in shell.Completer.custom_matchers:
        shell.Completer.custom_matchers.append(matcher)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take ``%kg``, ``%%sparql`` and completion away again."""
    from kg.notebook.complete import matcher  # noqa: PLC0415  # IPython is optional

    if matcher in shell.Completer.custom_matchers:
        shell.Completer.custom_matchers.remove(matcher)
    for kind, names in {"line": ("kg", "sparql"), "cell": ("kg", "sparql")}.items():
        for name in names:
            shell.magics_manager.magics[kind].pop(name, None)
