"""Links people in office to Wikidata: "Ukrainian President Zelenskyy" in 2025 is Q3874799.

Countries, organizations and places got their ids where the tables named them. People need more:
a name, an office, a country and a day together must leave exactly one. No link is better than a
wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar, NamedTuple

from kg.data import Official, Title, table
from kg.model import Document, Entity, Mention
from kg.officials import fold, in_office, known_by_user, respelt, terms

_LEADERS = frozenset({"head_of_state", "head_of_government", "foreign_minister", "igo_head"})
_HEADS = frozenset({"head_of_state", "head_of_government"})
_KNOWN_EVERYWHERE = _HEADS | {"igo_head"}
_RESPELT = _LEADERS | {"deputy_leader", "defence_minister", "interior_minister", "minister"}
_LONG_AGO = "2001"  # terms that ended before are not looked for in texts without a date
# Governors, mayors, judges, ambassadors: a surname alone does not mean them.
_LESS_KNOWN = frozenset({"official", "ambassador"})
_GONE = 8  # years after a last term from which another office is more likely a namesake's
_LATER = 12  # years before a first office in which a name may already be that person's
_LONGEST = 5  # words of a title
# What may stand between a country and a title.
_GAP = re.compile(r"(?:['’]s)?\s(?:(?:former|then|late|new|acting|outgoing)\s)?$", re.IGNORECASE)
_APPOSITION = re.compile(r", ((?:[\w'’.-]+ ){0,5}?[\w'’.-]*\w)(?=[,.;:)]| of | for )")
_WAS = re.compile(r"former|formerly|ex|then|late|once", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|late)[ -](?:\S+ )?$", re.IGNORECASE)


class Claim(NamedTuple):
    """What the words around a name say of its bearer."""

    title: Title | None
    country: str | None
    former: bool = False


@dataclass(frozen=True)
class Link:
    """Gives people in office their full name and Wikidata id, if exactly one fits."""

    name: ClassVar[str] = "link"
    requires: ClassVar[tuple[str, ...]] = ("entities",)
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        _by_surname()
        _titles()
        _roles()
        respelt("Nobody Nowhere")

    def __call__(self, doc: Document) -> Document:
        """Return the document with the people it can tell for sure."""
        linker = _Linker(doc)
        return doc.but(
            entities=tuple(
                linker.linked(entity)
                if entity.type == "Person" and entity.named and not entity.wikidata
                else entity
                for entity in doc.entities
            )
        )


class _Linker:
    """One document's people against the table of officials."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.countries = {entity.iso3 for entity in doc.entities if entity.iso3}
        self.bodies = {entity.name for entity in doc.entities if entity.type == "Organization"}
        self.starts: dict[int, str] = {}
        self.ends: dict[int, str] = {}
        for entity in doc.entities:
            for mention in entity.mentions:
                if entity.iso3:
                    self.starts[mention.span.start] = entity.iso3
                    self.ends[mention.span.end] = entity.iso3

    def linked(self, entity: Entity) -> Entity:
        """Return the entity with name and id, or as it was."""
        names = [entity.name, *(mention.span.of(self.doc.text) for mention in entity.mentions)]
        full = dict.fromkeys(name for name in names if len(_plain(name)) > 1)
        if full:
            found = self._by_full_name(full, entity)
            return replace(entity, wikidata=found[0].wikidata or None) if found else entity
        found = self._by_short_name(_plain(entity.name), entity)
        if not found:
            return entity
        return replace(entity, name=found[0].name, wikidata=found[0].wikidata or None)

    # ------------------------------------------------------------ full names

    def _by_full_name(self, names: Iterable[str], entity: Entity) -> list[Official]:
        """Return the terms of the one person of this name that the document can mean."""
        for name in names:
            found = [*terms(name)] or [*terms(" ".join(_plain(name)))]
            found = [term for term in found if self._is_thinkable(term)]
            found = self._uncontradicted(found, entity)
            if one := _only(term for term in found if term in known_by_user()):
                return one
            for keep in (self._in_context, lambda term: term.role in _KNOWN_EVERYWHERE):
                one = _only(term for term in found if keep(term))
                if one:
                    return one
        for name in names:
            found = [term for term in respelt(name) if self._is_thinkable(term)]
            found = self._uncontradicted(found, entity)
            one = _only(t for t in found if t.role in _RESPELT and self._in_context(t))
            if one:
                return one
        return []

    def _is_thinkable(self, term: Official) -> bool:
        if not self.doc.date or not term.start:
            return True
        return int(term.start[:4]) <= int(self.doc.date[:4]) + _LATER

    def _uncontradicted(self, found: list[Official], entity: Entity) -> list[Official]:
        """Leave out those who cannot hold the office that the text gives the bearer of the name.

        Who left the last office years ago and never held the one claimed is a namesake.
        Heads of state and government are not so easily mistaken, and come back.
        """
        date = self.doc.date
        if not date or not found:
            return found
        said = [c for m in entity.mentions for c in (*self._claims(m), *self._claims_behind(m))]
        claimed = [c.title for c in said if c.title and c.title.role in _roles() and not c.former]
        if not claimed:
            return found
        limit = str(int(date[:4]) - _GONE)
        fitting = {
            _person(term)
            for term in found
            if term in known_by_user()
            or term.role in _HEADS
            or not term.end
            or term.end[:4] >= limit
            or any(_same_office(term, title) for title in claimed)
        }
        return [term for term in found if _person(term) in fitting]

    def _in_context(self, term: Official) -> bool:
        return term.country in self.countries or term.organization in self.bodies

    # ------------------------------------------------------------ short names

    def _by_short_name(self, words: list[str], entity: Entity) -> list[Official]:
        """Return the terms of the one person in office that a surname can mean."""
        known = _by_surname().get(fold(words[-1]), ()) if words else ()
        if not known:
            return []
        claims = [claim for m in entity.mentions for claim in self._claims(m)]
        for claim in claims:
            if claim.title is not None:
                fitting = (term for term in known if self._fits(term, claim))
                return _only(fitting)
        here = [t for t in known if self._is_known(t) and self._in_context(t)]
        leaders = _only(t for t in here if t.role in _LEADERS and self._in_office(t, former=False))
        return leaders if len({_person(term) for term in here if self._in_time(term)}) == 1 else []

    def _is_known(self, term: Official) -> bool:
        """Tell whether a surname alone can mean someone in this office."""
        long_ago = not self.doc.date and bool(term.end) and term.end < _LONG_AGO
        return term.role not in _LESS_KNOWN and not long_ago

    def _claims(self, mention: Mention) -> Iterator[Claim]:
        """Read "Ukrainian President" before a name and "of Ukraine" behind it."""
        text = self.doc.text
        before = text[max(0, mention.span.start - 90) : mention.span.start]
        words = list(re.finditer(r"[\w'’.-]+", before))
        if not words or before[words[-1].end() :].strip():
            return
        for count in range(min(_LONGEST, len(words)), 0, -1):
            start = words[-count].start()
            title = _titles().get(before[start:].strip().lower())
            if title is not None:
                offset = mention.span.start - len(before) + start
                behind = re.match(r" of (?:the )?", text[mention.span.end :])
                after = mention.span.end + (behind.end() if behind else 0)
                country = self._country_before(offset) or self.starts.get(after)
                former = _FORMER.search(before[:start]) is not None
                yield Claim(title, country, former)
                return

    def _claims_behind(self, mention: Mention) -> Iterator[Claim]:
        """Read ", Chile's foreign minister" behind a name."""
        apposition = _APPOSITION.match(self.doc.text, mention.span.end)
        said = list(re.finditer(r"[\w'’.-]+", apposition[1])) if apposition else []
        for word in said:
            title = _titles().get(apposition[1][word.start() :].lower()) if apposition else None
            if title is not None:
                yield Claim(title, None, former=any(_WAS.fullmatch(w.group()) for w in said))
                return

    def _country_before(self, offset: int) -> str | None:
        """Return the country whose name ends right before a title."""
        begin = max(0, offset - 40)
        gap = _GAP.search(self.doc.text[begin:offset])
        return self.ends.get(begin + gap.start()) if gap else None

    def _fits(self, term: Official, claim: Claim) -> bool:
        assert claim.title is not None
        if not _same_office(term, claim.title):
            return False
        if claim.country and term.country != claim.country:
            return False
        if not claim.country and not self._in_context(term):
            return False
        return self._in_office(term, former=claim.former)

    def _in_office(self, term: Official, *, former: bool) -> bool:
        if not self.doc.date:
            return True
        if former:
            return bool(term.end) and term.end <= self.doc.date
        return in_office(term, self.doc.date)

    def _in_time(self, term: Official) -> bool:
        return not self.doc.date or in_office(term, self.doc.date)


def _only(found: Iterable[Official]) -> list[Official]:
    """Return the terms if they are all of one person."""
    members = list(found)
    return members if len({_person(term) for term in members}) == 1 else []


def _person(term: Official) -> str:
    return term.wikidata or f"{fold(term.name)} {term.country}"


def _same_office(term: Official, title: Title) -> bool:
    if title.role in _HEADS:
        return term.role in _HEADS
    if title.role == "minister":
        return term.role.endswith("minister")
    return term.role == title.role


def _plain(name: str) -> list[str]:
    """Split a name without "Sir" and middle initials."""
    words = [word for word in name.split() if not re.fullmatch(r"[A-Z]\.?", word)]
    title = _titles().get(words[0].lower()) if len(words) > 1 else None
    return words[1:] if title is not None and title.in_name else words


@cache
def _titles() -> dict[str, Title]:
    return {row.title: row for row in table("titles")}


@cache
def _roles() -> frozenset[str]:
    """Return the roles of which the table of officials knows who had them."""
    return frozenset(term.role for term in table("officials")) - _LESS_KNOWN


@cache
def _by_surname() -> dict[str, tuple[Official, ...]]:
    found: dict[str, dict[Official, None]] = {}
    for term in table("officials"):
        for name in (term.name, *term.aliases):
            words = fold(name).split()
            for start in range(1, len(words)):
                found.setdefault(" ".join(words[start:]), {})[term] = None
    return {surname: tuple(members) for surname, members in found.items()}
