"""The words that report speech, read from ``data/quotes.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def reporting(*path: str) -> frozenset[str]:
    """Return one word list, empty if there is none of that name.

    Examples
    --------
    >>> "say" in reporting("verbs", "say"), reporting("verbs", "about", "speak")
    (True, frozenset({'of'}))
    """
    found: Any = _lists()
    for name in path:
        found = found.get(name, {})
    return frozenset(found)


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((files("kg.data") / "quotes.toml").read_text(encoding="utf-8"))
