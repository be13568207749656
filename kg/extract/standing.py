"""Standing facts beside names: whose citizen, where seated, whose body, member of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg.cues import words
from kg.data import lists, table
from kg.extract.described import Described, Description, Owner, state_bodies
from kg.model import Document, Entity, Relation
from kg.syntax import Syntax

_Fact = tuple[str, Entity, float]
_INTERNATIONAL = ("igo", "alliance")
_STATE = ("government_body", "court", "central_bank", "military")
_AT = ("at", "for", "of", "from", "with")


@dataclass(frozen=True)
class Standing:
    """citizenOf, basedIn, agencyOf and memberOf from the words right beside a name.

    "French tennis star X" is of France, "the Munich carmaker Y" in Munich, "Germany's Foreign
    Ministry" of Germany, "Z, a biologist at the University of W" of that university.
    """

    name: ClassVar[str] = "standing"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "offices")

    def warm_up(self) -> None:
        """Load the tables."""
        _demonyms()
        _kinds()

    def __call__(self, doc: Document) -> Iterator[Relation]:
        """Yield each fact once, with the sentence that first says it."""
        described = Described(doc)
        yield from _citizens(doc, described.syntax)
        held = {(office.person, office.body) for office in doc.offices}
        seen: set[tuple[str, str, str]] = set()
        for found in described:
            for kind, other, score in _facts(found):
                key = (kind, found.entity.id, other.id)
                if key in seen or other.id == found.entity.id:
                    continue
                if kind == "memberOf" and (found.entity.id, other.id) in held:
                    continue
                seen.add(key)
                yield Relation(
                    type=kind,
                    subject=found.entity.id,
                    object=other.id,
                    status="actual",
                    evidence=described.syntax.sentence_span(found.at),
                    former=found.former and kind == "memberOf",
                    score=score,
                    by=self.name,
                )


def _citizens(doc: Document, syntax: Syntax) -> Iterator[Relation]:
    """Read a state's president or lawmaker as its citizen: foreigners hold no such office."""
    states = {entity.id: entity for entity in doc.entities if entity.type == "Country"}
    seen: set[tuple[str, str]] = set()
    for office in doc.offices:
        heads = set(re.findall(r"[\w-]+", office.title.of(doc.text).lower()))
        heads |= {head.removesuffix("s") for head in heads}
        if office.body not in states or not heads & lists("standing")["person"]["citizens"]:
            continue
        if (office.person, office.body) in seen:
            continue
        seen.add((office.person, office.body))
        sentence = syntax.sentence_span(syntax.at(office.title.start))
        said = any(sentence.covers(m.span) for m in states[office.body].mentions)
        yield Relation(
            type="citizenOf",
            subject=office.person,
            object=office.body,
            status="actual",
            evidence=sentence,
            score=0.8 if said else 0.65,
            by=Standing.name,
        )


def _facts(found: Description) -> Iterator[_Fact]:
    if found.entity.type == "Person":
        yield from _of_person(found)
    elif found.entity.type == "Organization":
        yield from _of_body(found)
    elif not found.close and found.head in lists("standing")["place"]["kinds"]:
        yield from _of_place(found)


# ------------------------------------------------------------------------------ people


def _of_person(found: Description) -> Iterator[_Fact]:
    owner = found.owner
    if owner is not None and owner.entity.type == "Country" and _is_nationality(found, owner):
        yield "citizenOf", owner.entity, 0.85
    if owner is not None and owner.entity.type == "Organization" and _is_one_of(found, owner):
        yield "memberOf", owner.entity, 0.8
    for preposition, other in found.behind:
        if found.direct and found.nouns and preposition == "in":
            continue
        if other.type == "Country" and _comes_from(found, preposition):
            yield "citizenOf", other, 0.75
        if other.type == "Organization" and _is_within(found, preposition, other):
            yield "memberOf", other, 0.75


def _is_nationality(found: Description, owner: Owner) -> bool:
    """Tell "French banker X" and "Peru's X Y" from "Syria envoy X" and "Peru's coach X"."""
    foreign = lists("standing")["person"]["foreign"]
    if owner.manner == "possessive" and not found.nouns and found.direct:
        return len(found.entity.name.split()) > 1
    if owner.manner != "plain" or not _is_adjective(owner):
        return False
    if set(found.nouns) & foreign:
        return False
    return _is_human(found.head) if found.nouns else len(found.entity.name.split()) > 1


def _is_human(noun: str) -> bool:
    """Tell a word for a person: by list, as a title, or by how it ends."""
    names = lists("standing")["person"]
    body = lists("standing")["body"]
    if noun in body["kinds"] | body["bureau"] | body["state"]:
        return False
    if noun in names["nouns"] or noun in words("offices", "heads") or noun in _titles():
        return True
    return noun.endswith(tuple(sorted(names["suffixes"])))


def _comes_from(found: Description, preposition: str) -> bool:
    if found.direct and not found.nouns:
        return preposition == "of"
    return preposition == "from" and not found.close


def _is_one_of(found: Description, owner: Owner) -> bool:
    if _is_international(owner.entity) or not _may_be_inside(found):
        return False
    return bool(found.nouns) or owner.manner == "possessive"


def _is_field(found: Description, preposition: str) -> bool:
    """Tell "a professor of International Relations" from "a member of the Academy"."""
    return preposition == "of" and found.head in lists("standing")["person"]["learned"]


def _is_within(found: Description, preposition: str, other: Entity) -> bool:
    if preposition not in _AT or not _may_be_inside(found):
        return False
    if preposition == "at" and found.direct:
        return False  # "met President Rojas at the United Nations" says where
    return not _is_international(other) and not _is_field(found, preposition)


def _may_be_inside(found: Description) -> bool:
    if set(found.nouns) & lists("standing")["person"]["outside"]:
        return False
    return not found.nouns or _is_human(found.head)


# ------------------------------------------------------------------------------ bodies


def _of_body(found: Description) -> Iterator[_Fact]:
    owner = found.owner
    if owner is not None and owner.entity.type in ("Country", "Place", "Organization"):
        yield from _owned(found, owner)
    for preposition, other in found.behind:
        if other.type in ("Country", "Place") and _is_seated(found, preposition, other):
            yield "basedIn", other, 0.75


def _owned(found: Description, owner: Owner) -> Iterator[_Fact]:
    if not _is_what_is_meant(found):
        return
    if owner.manner == "name":
        if _is_public(found) or " ".join(found.nouns) in state_bodies():
            yield "agencyOf", owner.entity, 0.85
        return
    if owner.entity.type == "Organization":
        if not found.close and _is_called_public(found):
            yield "agencyOf", owner.entity, 0.8
        return
    if _is_international(found.entity):
        return
    if owner.manner == "based":
        yield "basedIn", owner.entity, 0.9
        return
    if owner.manner not in ("plain", "possessive"):
        return
    if owner.entity.type == "Country":
        if owner.manner == "plain" and not _is_adjective(owner):
            return
        if _is_public(found):
            yield "agencyOf", owner.entity, 0.85
        yield "basedIn", owner.entity, 0.8
    elif owner.manner == "possessive" or found.head in lists("standing")["body"]["kinds"]:
        yield "basedIn", owner.entity, 0.8


def _is_what_is_meant(found: Description) -> bool:
    """Tell "Germany's X newspaper", which is X, from "Germany's X spokesman", which is not."""
    if found.direct:
        return True
    body = lists("standing")["body"]
    if found.close and _is_public_name(found.entity):
        return True
    return found.head in body["kinds"] | body["state"] | body["bureau"]


def _is_public_name(entity: Entity) -> bool:
    kinds = _kinds().get(entity.name, frozenset())
    return bool(kinds) and kinds <= set(_STATE)


def _is_public(found: Description) -> bool:
    """Tell a body of the state: by our table, by its name, or by what the text calls it."""
    kinds = _kinds().get(found.entity.name, frozenset())
    if kinds:
        return kinds <= set(_STATE)
    named = found.entity.name.lower().split()[-1] in lists("standing")["body"]["names"]
    return named or _is_called_public(found)


def _is_called_public(found: Description) -> bool:
    body = lists("standing")["body"]
    if found.head in body["bureau"]:
        return bool(set(found.nouns[:-1]) & body["field"])
    return found.head in body["state"]


def _is_seated(found: Description, preposition: str, other: Entity) -> bool:
    """Read "the Institute of X in Jena", "Y of Austria" and "Z, a bank from Basel"."""
    body = lists("standing")["body"]
    if found.close:
        if preposition == "of":
            return found.direct and not found.nouns and other.type == "Country"
        named = set(found.entity.name.lower().split()) & body["seated"]
        return preposition == "in" and not found.nouns and bool(named)
    if found.owner is not None or found.head not in body["kinds"] | body["state"]:
        return False
    return preposition == "from" or (preposition == "in" and other.type == "Place")


# ------------------------------------------------------------------------------ places


def _of_place(found: Description) -> Iterator[_Fact]:
    """Read "X, a restaurant in Basel" and "Y, Chile's second city"."""
    owner = found.owner
    if owner is not None and owner.entity.type in ("Country", "Place"):
        adjective = owner.manner == "plain" and _is_adjective(owner)
        if adjective or owner.manner == "possessive":
            yield "locatedIn", owner.entity, 0.85
    for preposition, other in found.behind:
        if preposition in ("in", "of") and other.type in ("Country", "Place"):
            yield "locatedIn", other, 0.8


# ------------------------------------------------------------------------------ tables


def _is_adjective(owner: Owner) -> bool:
    """Tell "German" and "US" from "Germany": what stands as an adjective."""
    return owner.words in _demonyms() or owner.words.replace(".", "").isupper()


def _is_international(entity: Entity) -> bool:
    return bool(_kinds().get(entity.name, frozenset()) & set(_INTERNATIONAL))


@cache
def _titles() -> frozenset[str]:
    return frozenset(row.title for row in table("titles"))


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(name for row in table("countries") for name in row.demonyms)


@cache
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("organizations"):
        for name in (row.name, *row.aliases):
            found.setdefault(name, set()).add(row.kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}
