"""News text in, a knowledge graph out that a careful person can trust."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.version import __version__

if TYPE_CHECKING:
    from kg.errors import Failure, KGError
    from kg.graph import KnowledgeGraph, build, open
    from kg.model import Document, Entity, Mention, Relation, Span, Statement
    from kg.pipeline import Pipeline
    from kg.read import Web
    from kg.relations import Lexicon
    from kg.run import extract, extract_all
    from kg.source import Source

__all__ = [
    "Document",
    "Entity",
    "Failure",
    "KGError",
    "KnowledgeGraph",
    "Lexicon",
    "Mention",
    "Pipeline",
    "Relation",
    "Source",
    "Span",
    "Statement",
    "Web",
    "__version__",
    "build",
    "extract",
    "extract_all",
    "open",
]

_HOMES = {
    "kg.errors": ("Failure", "KGError"),
    "kg.graph": ("KnowledgeGraph", "build", "open"),
    "kg.notebook": ("load_ipython_extension", "unload_ipython_extension"),
    "kg.model": ("Document", "Entity", "Mention", "Relation", "Span", "Statement"),
    "kg.pipeline": ("Pipeline",),
    "kg.read": ("Web",),
    "kg.relations": ("Lexicon",),
    "kg.source": ("Source",),
    "kg.run": ("extract", "extract_all"),
}

# The folder `kg.extract` holds the stages behind the function `kg.extract`. Python binds a folder
# to its name when it is first imported; once that has happened, the name is free for the function.
import_module("kg.extract")
del globals()["extract"]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that ``import kg`` stays instant."""
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
