"""What kind of occasion a text speaks of, by its words for it (``data/occasions.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files


def family(names: Iterable[str]) -> str:
    """Return the family of an occasion from all that it is called, "" if none is known.

    Examples
    --------
    >>> family(["emergency talks", "meeting"]), family(["virtual summit"]), family(["wedding"])
    ('meeting', 'call', '')
    """
    found = set()
    for name in names:
        words = _words(name)
        head = _singular(words[-1]) if words else ""
        pair = f"{words[-2]} {head}" if len(words) > 1 else head
        kind = _families().get(pair) or _families().get(head)
        if kind in ("meeting", "convention", "conversation") and set(words) & listed("remote"):
            kind = "call"
        if kind:
            found.add(kind)
    return min(found, key=_data()["order"]["families"].index) if found else ""


def topics(names: Iterable[str]) -> Iterator[str]:
    """Yield the words that tell which one of its kind an occasion is.

    Examples
    --------
    >>> sorted(topics(["the emergency meeting", "upcoming trade talks in Rome"]))
    ['emergency', 'trade']
    """
    heads = {word for noun in _families() for word in noun.split()}
    for name in names:
        for word in _words(name):
            if _singular(word) not in heads and word not in listed("plain"):
                yield word


def kin(family: str) -> frozenset[str]:
    """Return the families under which an occasion of this one is looked up.

    Examples
    --------
    >>> sorted(kin("conversation")), sorted(kin("meeting"))
    (['call', 'meeting'], ['meeting'])
    """
    return frozenset(_data()["together"].get(family, (family,)))


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the word lists: "remote", "plain" or "upcoming"."""
    return frozenset(_data()["words"][name])


def _words(name: str) -> list[str]:
    return name.casefold().partition(" in ")[0].split()


def _singular(word: str) -> str:
    return word.removesuffix("s") if not word.endswith("ss") else word


@cache
def _families() -> dict[str, str]:
    return {noun: kind for kind, nouns in _data()["families"].items() for noun in nouns}


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("kg.data") / "occasions.toml").read_text(encoding="utf-8"))
