"""Word lists that steer annotation and extraction, read from ``data/cues.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.model import Status


@cache
def words(*path: str) -> frozenset[str]:
    """Return one word list.

    Examples
    --------
    >>> "delegation" in words("groups", "bodies")
    True
    """
    found = _at(path)
    return frozenset(found)


@cache
def status_of_words(*path: str) -> Mapping[str, Status]:
    """Return one table of words by the status they give: word -> "planned", "negated" ...

    Examples
    --------
    >>> status_of_words("governors", "verbs")["refuse"]
    'negated'
    """
    return {word: status for status, members in _at(path).items() for word in members}


@cache
def groups_of_words(*path: str) -> Mapping[str, str]:
    """Return one table of words by class: word -> name of the list it stands in."""
    return {word: name for name, members in _at(path).items() for word in members}


def _at(path: tuple[str, ...]) -> dict[str, list[str]]:
    found = _cues()
    for name in path:
        found = found[name]
    return found


@cache
def _cues() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("kg.data") / "cues.toml").read_text(encoding="utf-8"))
