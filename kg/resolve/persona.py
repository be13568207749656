"""What documents tell of someone that tells who it is, and who is who by it.

A `Persona` is an entity of a document without what differs from one appearance to the next: all
appearances that tell the same share one. Personas that may be namesakes share a block; `identify`
is given all personas of connected blocks and says which of them are the same. It is a pure
function of what it is given: no order of documents matters.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from hashlib import sha256
from typing import Any, Self

from kg.data import table
from kg.model import Document, Entity, EntityType
from kg.oddities import plainly
from kg.resolve.decisions import Decisions
from kg.resolve.forms import form, initials, is_common, is_lone, plain_forms, sound
from kg.resolve.styles import styles
from kg.vocab import (
    BASE,
    given_iri,
    iso3,
    linked_iri,
    local_iri,
    named_iri,
    slug,
    wikidata_iri,
)

# Relations whose object tells whose someone is: a state, or a body that may be one's.
_TIES = frozenset(
    [
        "holdsPosition",
        "memberOf",
        "citizenOf",
        "agencyOf",
        "advises",
        "partOf",
        "locatedIn",
        "basedIn",
    ]
)


@dataclass(frozen=True)
class Persona:
    """What some appearances tell of one entity.

    Attributes
    ----------
    type, name
        As in the documents; ``names`` are all words that name it there, sorted.
    wikidata, iso3
        What it is linked to, if that is well formed.
    iri
        The IRI that an input record gave it, unless it is one of our own making.
    countries
        ISO 3166 alpha-3 codes of the states it is tied to by office, membership, place, sorted.
    offices
        Titles it bears, sorted.
    bodies
        Organizations it is tied to: Wikidata ids, or names as in an IRI, sorted.
    scope
        "" for what may be the same in many documents; the appearance
        (``<document IRI>#entity-<n>``) for what is known in one document only.
    """

    type: EntityType
    name: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    iso3: str | None = None
    iri: str | None = None
    countries: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    scope: str = ""

    @cached_property
    def key(self) -> str:
        """A short hash of its content.

        Examples
        --------
        >>> Persona("Person", "Keir Starmer").key == Persona("Person", "Keir Starmer").key
        True
        """
        content = json.dumps(self.to_json(), sort_keys=True)
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, empty ones left out.

        Examples
        --------
        >>> Persona("Country", "France", iso3="FRA").to_json()
        {'type': 'Country', 'name': 'France', 'iso3': 'FRA'}
        """
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave.

        Examples
        --------
        >>> persona = Persona("Person", "Kim", countries=("KOR",))
        >>> Persona.from_json(persona.to_json()) == persona
        True
        """
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in content.items()
        }
        return cls(**plain)


@dataclass(frozen=True)
class Known:
    """A persona and what is known of its appearances.

    Attributes
    ----------
    documents
        Number of documents it appears in.
    near
        IRIs of the linked things in some of its documents (the first 50 by date), sorted.
    first
        Its first appearance: ``"<date or nothing> <document IRI>#entity-<n>"``, the smallest.
    last
        Date of the last document it appears in, "" if none has one.
    """

    persona: Persona
    documents: int = 1
    near: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Identity:
    """Who a persona is.

    Attributes
    ----------
    iri
        Its IRI in the merged graph.
    because
        Why it is the same as others of that IRI, in words; "" where it is simply its own.
    score
        How sure that is, 0 to 1.
    label
        The name the user gave it, if any.
    aliases
        Further names the user gave it.
    """

    iri: str
    because: str = ""
    score: float = 1.0
    label: str | None = None
    aliases: tuple[str, ...] = ()


def personas(doc: Document, document_iri: str) -> tuple[Persona, ...]:
    """Return the persona of every entity of a document, in order.

    Parameters
    ----------
    doc
        A document with entities; its relations tell more.
    document_iri
        As of `kg.vocab.document_iri`.

    Examples
    --------
    >>> doc = Document("d", "", entities=(Entity("e1", "Person", "Keir Starmer"),))
    >>> [persona.name for persona in personas(doc, "https://example.org/document/0")]
    ['Keir Starmer']
    """
    base = _base_of(document_iri)
    ties = _Ties(doc)
    plain = Counter(named_iri(entity, base) for entity in doc.entities if not linked_iri(entity))
    found = []
    for number, entity in enumerate(doc.entities, 1):
        given = given_iri(entity, doc)
        if given is not None and given.startswith((base, BASE)):
            given = None  # of our own making; it is worked out anew
        names = tuple(sorted(set(_names(doc, entity))))
        countries = ties.countries(entity.id)
        name = named_iri(entity, base)
        alone = name is None or plain[name] > 1 or _says_little(entity, names, countries)
        local = alone and not given and not linked_iri(entity, base)
        offices = ties.offices(entity.id)
        if local and entity.type == "Person" and not offices:
            offices = set(styles(doc, entity))
        found.append(
            Persona(
                type=entity.type,
                name=entity.name,
                names=names,
                wikidata=entity.wikidata if wikidata_iri(entity) else None,
                iso3=iso3(entity),
                iri=given,
                countries=tuple(sorted(countries)),
                offices=tuple(sorted(offices)),
                bodies=tuple(sorted(ties.bodies(entity.id))),
                scope=f"{document_iri}#entity-{number}" if local else "",
            )
        )
    return tuple(found)


def blocks(persona: Persona) -> tuple[str, ...]:
    """Return the keys under which possible namesakes are looked up, sorted.

    Examples
    --------
    >>> blocks(Persona("Country", "France", ("France", "Paris"), iso3="FRA"))
    ('iso3/FRA', 'name/france', 'name/paris')
    >>> blocks(Persona("Person", "Anna Zelenskyy"))
    ('name/anna-zelenskyy', 'sound/zlnsk')
    """
    own = {
        "wikidata": persona.wikidata,
        "iso3": persona.iso3,
        "iri": persona.iri,
        "only": persona.scope and local_iri(as_entity(persona), persona.scope, ""),
    }
    found = {f"{kind}/{value}" for kind, value in own.items() if value}
    if can_be_elsewhere(persona):
        names = {persona.name, *persona.names}
        found |= {f"name/{slug(name)}" for name in names}
        if persona.type == "Person":
            found |= {f"sound/{sound(word)}" for word in _surnames(persona.name)}
        elif persona.type in ("Organization", "Place"):
            found |= {f"name/{slug(plain)}" for name in names for plain in plain_forms(name)}
            if persona.type == "Organization" and len(short := initials(persona.name)) > 1:
                found.add(f"name/{slug(short)}")
    return tuple(sorted(found))


def _surnames(name: str) -> set[str]:
    """Return the words of a name that can be its surname: the last, and a first one if unusual."""
    words = form(name).words
    if len(words) > 1 and (len(words[0]) < 3 or words[0] in _given_names()):
        return {words[-1]}
    return {words[0], words[-1]} if words else set()


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row.name.casefold() for row in table("given_names"))


def identify(
    known: Sequence[Known], decisions: Decisions, *, base: str = BASE
) -> dict[str, Identity]:
    """Return who is who; see `kg.resolve.across.identify`."""
    from kg.resolve import across  # noqa: PLC0415  # it is built on this module

    return across.identify(known, decisions, base=base)


def can_be_elsewhere(persona: Persona) -> bool:
    """Tell whether other documents may speak of it: not of "the talks", nor of "an aide"."""
    return bool(persona.iri or persona.wikidata or persona.names or not persona.scope)


def as_entity(persona: Persona) -> Entity:
    """Return an entity that has the type, the name and the links of a persona."""
    return Entity("", persona.type, persona.name, iso3=persona.iso3, wikidata=persona.wikidata)


def _base_of(document_iri: str) -> str:
    return document_iri.rpartition("document/")[0]


def _names(doc: Document, entity: Entity) -> Iterator[str]:
    """Yield what a document calls an entity by name, each once."""
    if entity.type in ("Event", "Group"):
        return
    if not entity.mentions:
        yield entity.name
    for mention in entity.mentions:
        if mention.kind == "name" and (words := plainly(mention.span.of(doc.text)).split()):
            yield " ".join(words)


def _says_little(entity: Entity, names: Iterable[str], countries: Collection[str]) -> bool:
    """Tell a surname, or a ministry of who knows which state: its document alone knows it."""
    if entity.type == "Person":
        return is_lone((entity.name, *names))
    return entity.type == "Organization" and not countries and is_common(entity.name)


class _Ties:
    """What the relations of one document tell of whose its entities are."""

    def __init__(self, doc: Document) -> None:
        self._entities = {entity.id: entity for entity in doc.entities}
        self._to: dict[str, set[str]] = {}
        self._titles: dict[str, set[str]] = {}
        for relation in doc.relations:
            if relation.type not in _TIES or relation.status != "actual":
                continue
            self._to.setdefault(relation.subject, set()).add(relation.object)
            if relation.title and relation.type == "holdsPosition":
                title = " ".join(relation.title.casefold().split())
                self._titles.setdefault(relation.subject, set()).add(title)
        for entity in doc.entities:
            if entity.of is not None:
                self._to.setdefault(entity.id, set()).add(entity.of)

    def countries(self, entity_id: str) -> set[str]:
        """Return the codes of states that it is tied to, also through a body of a state."""
        near = self._to.get(entity_id, set())
        further = {other for one in near for other in self._to.get(one, ())}
        return set(self._codes(near | further))

    def _codes(self, ids: Iterable[str]) -> Iterator[str]:
        for name in ids:
            code = iso3(self._entities[name])
            if code is not None and self._entities[name].type == "Country":
                yield code

    def offices(self, entity_id: str) -> set[str]:
        """Return the titles it bears."""
        return self._titles.get(entity_id, set())

    def bodies(self, entity_id: str) -> set[str]:
        """Return the organizations it is tied to."""
        near = (self._entities[name] for name in self._to.get(entity_id, ()))
        return {
            body.wikidata if body.wikidata and wikidata_iri(body) else slug(body.name)
            for body in near
            if body.type == "Organization"
        }
