"""What two names have in common: the same words, a middle name more, another spelling, initials.

All comparisons are of names as such; what else speaks for or against is `kg.resolve.evidence`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from kg.data import table
from kg.resolve.weights import common_words
from kg.resolve.weights import words as listed

# German and Nordic letters have two plain forms: "Özil" is written "Ozil" and "Oezil".
_WIDE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_SILENT = re.compile(r"[aeiouyhjw]")
_LEAST = 5  # letters of a word that may differ in one and still be the same


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart: its words in plain small letters, without "Sir" and points.

    ``joined`` are its letters without spaces, once for each way to write umlauts.
    """

    words: tuple[str, ...]
    joined: frozenset[str]


@lru_cache(maxsize=50_000)
def form(name: str) -> Form:
    """Take a name apart.

    Examples
    --------
    >>> form("Sir J. D. Vance").words, form("al-Assad").words
    (('jd', 'vance'), ('assad',))
    """
    words = _words(_plain(name))
    wide = _words(_plain(_widened(name)))
    return Form(words, frozenset(("".join(words), "".join(wide))))


def sound(word: str) -> str:
    """Return the consonants of a word, alike for spellings of one name.

    Examples
    --------
    >>> {sound(word) for word in ("zelensky", "zelenskyy", "zelenskiy")}
    {'zlnsk'}
    """
    alike = word.replace("q", "k").replace("c", "k").replace("w", "v").replace("ph", "f")
    first, rest = alike[:1], _SILENT.sub("", alike[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)


def plain_forms(name: str) -> frozenset[str]:
    """Return a name of a body or place without accents and without "Ltd", for looking it up.

    Examples
    --------
    >>> sorted(plain_forms("Müller GmbH"))
    ['mueller', 'muller']
    """
    plain = (_plain(name), _plain(_widened(name)))
    return frozenset("-".join(_without_kind(_words(form))) for form in plain)


def initials(name: str) -> str:
    """Return the first letters of the capitalized words: "Agence France-Presse" is "AFP"."""
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())


def is_acronym(name: str) -> bool:
    """Tell whether a name is of two to eight capitals: "CDU", "E.U."."""
    return bool(re.fullmatch(r"[A-Z]{2,8}", name.replace(".", "")))


def is_lone(names: Iterable[str]) -> bool:
    """Tell whether of a person only one word is known, so that it may be anybody's surname.

    Examples
    --------
    >>> is_lone(["Kim", "Mr. Kim"]), is_lone(["Kim", "Kim Jong Un"])
    (True, False)
    """
    return all(len(form(name).words) <= 1 for name in names)


def is_common(name: str) -> bool:
    """Tell whether a body's name is one that many states have.

    Examples
    --------
    >>> is_common("Ministry of Foreign Affairs"), is_common("Bundestag")
    (True, False)
    """
    return all(word in common_words() for word in form(name).words)


@lru_cache(maxsize=100_000)
def person_names(one: str, two: str) -> str | None:
    """Return how the full names of two people agree, None if they cannot be one person's.

    The answer is an entry of ``[weights]`` in ``resolution.toml``.

    Examples
    --------
    >>> person_names("J.D. Vance", "JD Vance")
    'the same name but for case, accents, hyphens or points'
    >>> person_names("George W. Bush", "George Bush")
    'a name with more of the middle names'
    >>> person_names("Kim Sung-han", "Kim Yong-hyun") is None
    True
    """
    if one == two:
        return "the same name"
    a, b = form(one), form(two)
    if a.joined & b.joined:
        return "the same name but for case, accents, hyphens or points"
    short, long = sorted((a.words, b.words), key=lambda words: (len(words), words))
    if not short:
        return None
    if _is_surname(short, long):
        return "the same surname only"
    return _full_names(short, long) if len(short) > 1 else None


def _full_names(short: tuple[str, ...], long: tuple[str, ...]) -> str | None:
    if short[-1] != long[-1]:
        if len(short) < len(long) and short == long[: len(short)]:
            return "a name with more words behind it"
        if len(short) == len(long):
            return _spelling(short, long)
        return None
    if short[0] == long[0]:
        return "a name with more of the middle names" if _inside(short[1:-1], long[1:-1]) else None
    if _is_initial(short[0], long[0]):
        return "the first name as an initial" if _inside(short[1:-1], long[1:-1]) else None
    return _spelling(short, long) if len(short) == len(long) else None


def _spelling(one: tuple[str, ...], two: tuple[str, ...]) -> str | None:
    """Return how two names agree that differ in the letters of long words only."""
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if not all(_alike(a, b) for a, b in differing):
        return None
    if all(sound(a) == sound(b) for a, b in differing) and len("".join(one)) >= 2 * _LEAST:
        return "the same name, spelled another way"
    return "the same name but for its spelling"


def _is_surname(short: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Tell whether a short name is the family name of a longer one, which some put first."""
    if len(short) == 1 and (short[0] == names[0] or _sounds_alike(short[0], names[-1])):
        return True
    return short == names[-len(short) :]


def _sounds_alike(one: str, two: str) -> bool:
    return one == two or (sound(one) == sound(two) and _alike(one, two))


def _is_initial(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return len(short) == 1 and long.startswith(short)


def _inside(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Tell whether middle names fit: all of the shorter list, in order, some as initials."""
    rest = iter(many)
    return all(any(a == b or _is_initial(a, b) for b in rest) for a in few)


@lru_cache(maxsize=100_000)
def other_names(one: str, two: str) -> str | None:
    """Return how the names of two bodies or two places agree, None if they do not.

    Examples
    --------
    >>> other_names("Agence France Presse", "Agence France-Presse")
    'the same name but for case, accents, hyphens or points'
    >>> other_names("NWF", "Northern Workers Front")
    'initials that fit the other one'
    """
    if one == two:
        return "the same name"
    a, b = form(one), form(two)
    if a.joined & b.joined:
        return "the same name but for case, accents, hyphens or points"
    if is_acronym(one) != is_acronym(two):
        short, long = (one, two) if is_acronym(one) else (two, one)
        letters = short.replace(".", "")
        fits = len(letters) > 2 and initials(long) == letters
        return "initials that fit the other one" if fits else None
    if _without_kind(a.words) == _without_kind(b.words):
        return "the same name without the kind of body"
    if len(a.words) == len(b.words) > 1:
        return _spelling(a.words, b.words)
    return None


def _without_kind(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(word for word in words if word not in listed("little"))
    while len(kept) > 1 and kept[-1] in listed("kinds"):
        kept = kept[:-1]
    return kept


def _alike(one: str, two: str) -> bool:
    if min(len(one), len(two)) < _LEAST or one[0] != two[0]:
        return False
    return SequenceMatcher(None, one, two).ratio() >= 0.8


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_PLAIN)


def _widened(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().translate(_WIDE)


def _words(name: str) -> tuple[str, ...]:
    parts = re.sub(r"[.'’`]", "", re.sub(r"\b(al|el)-", "", _apart(name)))
    words = [word for word in re.split(r"[^\w+]|_", parts) if word]
    while len(words) > 1 and words[0] in _forms_of_address():
        words = words[1:]
    return tuple(_together(words))


def _apart(name: str) -> str:
    """Put a space behind the point of an initial: "J.D. Vance", "J. D. Vance"."""
    return re.sub(r"\b(\w)\.(?=\w)", r"\1. ", name)


def _together(words: list[str]) -> list[str]:
    """Join initials that follow each other: "j d vance" is "jd vance"."""
    joined: list[str] = []
    single = False
    for word in words:
        if single and len(word) == 1:
            joined[-1] += word
        else:
            joined.append(word)
        single = len(word) == 1
    return joined


@cache
def _forms_of_address() -> frozenset[str]:
    titles = {row.title for row in table("titles") if row.in_name}
    return listed("address") | titles
