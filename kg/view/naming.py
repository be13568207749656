"""Who is meant by a name, as the link of a page finds it too (`nodeCalled` in link.js)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from kg.errors import UnknownName
from kg.model import Document
from kg.officials import fold

NEAR = 8
"""So many names are told of instead of an unknown one."""
LIKE = 0.7
"""From this share of the same letters on, a name may be a misspelling of another."""


@dataclass(frozen=True, slots=True)
class Called:
    """Something with a name: its key, what it is called, and how well connected it is."""

    key: str
    name: str
    aliases: Sequence[str] = ()
    degree: int = 0


def meant(who: str, things: Iterable[Called]) -> Called:
    """Return what is meant: by its key, name, alias, or else a word of its name.

    Names are the same in any case of letters, with accents or without; of several that fit as
    well, the best connected is meant.

    Raises
    ------
    UnknownName
        If there is none, with names that are near.

    Examples
    --------
    >>> known = [Called("i:e", "Recep Tayyip Erdoğan", ("Mr Erdogan",), 3), Called("i:n", "NATO")]
    >>> [meant(who, known).key for who in ("nato", "Erdoğan", "mr erdogan", "i:e")]
    ['i:n', 'i:e', 'i:e', 'i:e']
    """
    ranked = sorted(things, key=lambda thing: -thing.degree)
    wanted = fold(who)
    for thing in ranked:
        if thing.key == who:
            return thing
    for thing in ranked:
        if fold(thing.name) == wanted:
            return thing
    for thing in ranked:
        if any(fold(alias) == wanted for alias in thing.aliases):
            return thing
    for thing in ranked:
        if has_word(thing.name, who):
            return thing
    raise UnknownName("entity", who, near(who, [thing.name for thing in ranked]))


def has_word(name: str, word: str) -> bool:
    """Tell whether a word, or a few in a row, stand in a name as a whole.

    Examples
    --------
    >>> has_word("Recep Tayyip Erdoğan", "erdogan"), has_word("Tayyip", "Tay"), has_word("A", "")
    (True, False, False)
    """
    return bool(word.strip()) and f" {fold(word.strip())} " in f" {fold(name)} "


def near(who: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return a few names that are spelled like it, as a whole or by a word; or the first.

    Examples
    --------
    >>> near("Erdogn", ("NATO", "Recep Tayyip Erdoğan")), near("xyz", ("NATO",))
    (('Recep Tayyip Erdoğan',), ('NATO',))
    """
    known = tuple(dict.fromkeys(names))
    spelled: dict[str, dict[str, None]] = {}
    for name in known:
        bare = fold(name)
        for part in (bare, *bare.split()):
            spelled.setdefault(part, {})[name] = None
    like = get_close_matches(fold(who), spelled, n=NEAR, cutoff=LIKE)
    found = dict.fromkeys(name for part in like for name in spelled[part])
    return tuple(found or known)[:NEAR]


def relabelled(documents: Iterable[Document], given: Mapping[str, str]) -> Iterator[Document]:
    """Yield documents in which some entities, by IRI, have the names that the user gave them."""
    for document in documents:
        entities = tuple(
            replace(entity, name=given.get(entity.iri or "", entity.name))
            for entity in document.entities
        )
        yield document.but(entities=entities)
