"""Word lists that steer annotation and extraction, read from ``data/cues.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kg.model import STATUSES, Status


@cache
def words(*path: str) -> frozenset[str]:
    """Return one word list.

    Examples
    --------
    >>> "delegation" in words("groups", "bodies")
    True
    """
    return frozenset(_at(path))


@cache
def status_of_words(*path: str) -> Mapping[str, Status]:
    """Return one table of words by the status they give: word -> "planned", "negated" ...

    Examples
    --------
    >>> status_of_words("governors", "verbs")["refuse"]
    'negated'
    """
    table = _at(path)
    return {word: status for status in STATUSES for word in table.get(status, ())}


@cache
def groups_of_words(*path: str) -> Mapping[str, str]:
    """Return one table of words by class: word -> name of the list it stands in.

    Examples
    --------
    >>> groups_of_words("events")["summit"]
    'meeting'
    """
    return {word: name for name, members in _at(path).items() for word in members}


def _at(path: tuple[str, ...]) -> Any:
    found: Any = _cues()
    for name in path:
        found = found[name]
    return found


@cache
def _cues() -> dict[str, Any]:
    return tomllib.loads((files("kg.data") / "cues.toml").read_text(encoding="utf-8"))
