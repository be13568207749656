"""The word lists of ``data/benchmarks.toml``: what counts in gold of other kinds."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def counted(kind: str) -> dict[str, Any]:
    """Return what counts in gold of a kind: "records" or "pairs".

    Examples
    --------
    >>> counted("records")["counts_as"]["spokeWith"]
    'metWith'
    """
    text = (files("kg.data") / "benchmarks.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[kind])
