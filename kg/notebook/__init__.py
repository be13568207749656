"""Jupyter: ``%load_ext kg`` gives ``%kg``, ``%%sparql`` and completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["load_ipython_extension", "unload_ipython_extension"]


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
