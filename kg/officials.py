"""Who held which office when: the table of officials by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from difflib import SequenceMatcher
from functools import cache

from kg.data import Official, table
from kg.data.mine import people
from kg.data.own import own

_LEADING = frozenset({"leader", "premier", "ruler"})
_STROKED = str.maketrans("đðøłıħ’‘ʼ", "ddolih'''")  # letters that do not come apart
_CONSONANTS = str.maketrans("wqczx", "vkkss", "aeiouyh'.`")
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 4  # letters of a surname that may be spelt otherwise
_ALIKE = 0.75  # how alike two spellings of a name are
_LAST_KNOWN = 366 * 2  # days an open term is trusted beyond the day it was last known true


def terms(name: str, date: str | None = None) -> tuple[Official, ...]:
    """Return the terms in office of the people who have this name.

    Parameters
    ----------
    name
        A full name; case and accents do not matter.
    date
        An ISO day: only terms that cover it, or had ended before it.

    Examples
    --------
    >>> {term.country for term in terms("Angela Merkel", "2019-08-24")}
    {'DEU'}
    """
    found = _by_name().get(fold(name), ())
    return tuple(term for term in found if date is None or term.start <= date)


def of_wikidata(wikidata: str) -> tuple[Official, ...]:
    """Return the terms in office of the person who has this Wikidata id.

    Examples
    --------
    >>> {term.country for term in of_wikidata("Q22686")}
    {'USA'}
    """
    return _by_wikidata().get(wikidata, ())


@cache
def known_by_user() -> frozenset[Official]:
    """Return the terms of the user's own tables."""
    return frozenset(people(own()))


def respelt(name: str) -> tuple[Official, ...]:
    """Return the terms of people whose name is this one in another spelling.

    Names in other scripts are written in many ways: vowels, doubled letters, articles and middle
    names may differ, the consonants of first and last word may not.

    Examples
    --------
    >>> {term.name for term in respelt("Yulia Timoshenko")}
    {'Yulia Tymoshenko'}
    """
    words = fold(name).split()
    if len(words) < 2 or len(words[-1]) < _SHORTEST:
        return ()
    plain, first = " ".join(words), _sound(words[0])
    return tuple(
        term
        for other in _by_sound().get(_sound(words[-1]), ())
        if _sound(other[: other.index(" ")]) == first
        and SequenceMatcher(None, plain, other).ratio() >= _ALIKE
        for term in _by_name()[other]
    )


def in_office(term: Official, date: str) -> bool:
    """Tell whether a term covers a day, as far as the table knows.

    Examples
    --------
    >>> [in_office(t, "2018-05-01") for t in terms("Mike Pompeo") if "State" in t.office]
    [True]
    """
    if term.start > date:
        return False
    if term.end:
        return date <= term.end
    return not term.as_of or date[:4] <= str(int(term.as_of[:4]) + _LAST_KNOWN // 366)


def leads(term: Official, words: Set[str]) -> bool:
    """Tell whether the words of a description fit an office: "prime minister", "leader".

    Examples
    --------
    >>> [leads(t, {"leader"}) for t in terms("Olaf Scholz", "2024-01-01") if t.country == "DEU"]
    [True]
    """
    if words <= set(fold(term.office).split()):
        return True
    return words <= _LEADING and term.role in ("head_of_state", "head_of_government")


def fold(name: str) -> str:
    """Return a name in lower case without accents and hyphens, for comparison.

    Examples
    --------
    >>> fold("Jarosław Kaczyński"), fold("Frank-Walter Steinmeier")
    ('jaroslaw kaczynski', 'frank walter steinmeier')
    """
    plain = name.casefold().replace("-", " ")
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_STROKED)


@cache
def _by_name() -> dict[str, tuple[Official, ...]]:
    found: dict[str, list[Official]] = {}
    for term, name in _names():
        found.setdefault(fold(name), []).append(term)
    return {name: tuple(members) for name, members in found.items()}


@cache
def _by_wikidata() -> dict[str, tuple[Official, ...]]:
    found: dict[str, list[Official]] = {}
    for term in table("officials"):
        if term.wikidata:
            found.setdefault(term.wikidata, []).append(term)
    return {wikidata: tuple(held) for wikidata, held in found.items()}


def _sound(word: str) -> str:
    """Return the consonants of a word, each once where it is doubled."""
    return _DOUBLED.sub(r"\1", word.translate(_CONSONANTS))


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in _by_name():
        if " " in name:
            found.setdefault(_sound(name[name.rindex(" ") + 1 :]), []).append(name)
    return {sound: tuple(names) for sound, names in found.items()}


def _names() -> Iterator[tuple[Official, str]]:
    for term in table("officials"):
        for name in {term.name, *term.aliases}:
            yield term, name
