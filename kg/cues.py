"""Word lists that steer annotation and extraction, read from ``data/cues.toml``.

They are those of English. While a pipeline of another language works, they are that language's:
``data/languages/de/cues.toml`` has those of German, in lists of the same names; a list that a
language lacks is empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from kg.model import STATUSES, Status

_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def of_language(code: str) -> Iterator[None]:
    """Read words as those of a language, in this thread, until the end of the block.

    Parameters
    ----------
    code
        Its ISO 639-1 code.

    Examples
    --------
    >>> with of_language("de"):
    ...     "nicht" in words("negators", "words")
    True
    >>> "nicht" in words("negators", "words")
    False
    """
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


def words(*path: str) -> frozenset[str]:
    """Return one word list.

    Examples
    --------
    >>> "delegation" in words("groups", "bodies")
    True
    """
    return _words(_language.get(), path)


def status_of_words(*path: str) -> Mapping[str, Status]:
    """Return one table of words by the status they give: word -> "planned", "negated" ...

    Examples
    --------
    >>> status_of_words("governors", "verbs")["refuse"]
    'negated'
    """
    return _status_of_words(_language.get(), path)


def groups_of_words(*path: str) -> Mapping[str, str]:
    """Return one table of words by class: word -> name of the list it stands in.

    Examples
    --------
    >>> groups_of_words("events")["summit"]
    'meeting'
    """
    return _groups_of_words(_language.get(), path)


@cache
def _words(language: str, path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_at(language, path))


@cache
def _status_of_words(language: str, path: tuple[str, ...]) -> Mapping[str, Status]:
    table = _at(language, path)
    return {word: status for status in STATUSES for word in table.get(status, ())}


@cache
def _groups_of_words(language: str, path: tuple[str, ...]) -> Mapping[str, str]:
    return {word: name for name, members in _at(language, path).items() for word in members}


def _at(language: str, path: tuple[str, ...]) -> Any:
    found: Any = _cues(language)
    for name in path:
        found = found[name] if language == "en" else found.get(name, {})
    return found


@cache
def _cues(language: str) -> dict[str, Any]:
    folder = files("kg.data")
    file = folder / "cues.toml"
    if language != "en":
        file = folder / "languages" / language / "cues.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
