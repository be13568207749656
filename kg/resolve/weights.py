"""How much each piece of evidence counts, and the words of bodies that many states have."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kg.data import table


@cache
def weight(reason: str) -> float:
    """Return how much a reason counts.

    Examples
    --------
    >>> weight("the same name")
    0.85
    """
    return float(_content()["weights"][reason])


@cache
def most(reason: str) -> float:
    """Return how much a reason that holds several times counts at most."""
    return float(_content()["most"][reason])


@cache
def threshold() -> float:
    """Return the sum from which two descriptions are of one thing."""
    return float(_content()["threshold"])


@cache
def margin() -> float:
    """Return by how much the best candidate must be better than the second best."""
    return float(_content()["margin"])


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words of names.

    Examples
    --------
    >>> "gmbh" in words("kinds")
    True
    """
    return frozenset(_content()["words"][name])


@cache
def common_words() -> frozenset[str]:
    """Return the words that make no body one of its kind: "foreign", "ministry", "of"."""
    shipped = {word for row in table("bodies") for word in row.words.split()}
    return words("common") | words("little") | shipped


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((files("kg.data") / "resolution.toml").read_text(encoding="utf-8"))
