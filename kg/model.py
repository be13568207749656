"""The document and the value types it is made of.

A `Document` passes through the stages of a pipeline, each of which adds one layer. All types are
frozen: a stage returns ``doc.but(entities=...)``. Offsets are Unicode code points of
``Document.text``, end exclusive; the text itself never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module
from typing import Any, Literal, Self, get_args

from kg.errors import DocumentError
from kg.source import Reading, Source, page

EntityType = Literal["Person", "Country", "Organization", "Place", "Event", "Group"]
MentionKind = Literal["name", "nominal", "pronoun"]
Status = Literal["actual", "planned", "possible", "negated"]
Basis = Literal["text", "background"]
StatementKind = Literal["direct", "indirect"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
STATUSES: tuple[Status, ...] = get_args(Status)
BASES: tuple[Basis, ...] = get_args(Basis)
STATEMENT_KINDS: tuple[StatementKind, ...] = get_args(StatementKind)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points ``start`` to ``end``, end exclusive.

    Examples
    --------
    >>> Span(0, 6).of("Macron spoke.")
    'Macron'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its grammar, independent of the parser that found it.

    ``head`` is the index of the governing token in ``Document.tokens`` (its own index for a root);
    ``sentence`` counts sentences from 0. ``pos`` is a Universal POS tag, ``tag`` a Penn Treebank
    tag, ``dep`` a ClearNLP dependency label, ``ner`` the model's own guess at an entity type as
    ``"B-PERSON"``, ``"I-PERSON"`` or ``""``.
    """

    span: Span
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    ner: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A date expression: its words, and the ISO day, month or year it stands for (or None)."""

    span: Span
    value: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """A title that the text gives someone: whose, of which body, and whether it is a former one.

    ``person`` and ``body`` are entity ids; ``body`` is None where the text does not tell.
    ``status`` is "planned" for someone elect or designate.
    """

    person: str
    title: Span
    body: str | None = None
    former: bool = False
    status: Status = "actual"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place in the text that refers to an entity: by a name, a nominal, or a pronoun."""

    span: Span
    kind: MentionKind = "name"


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something the text speaks of.

    ``id`` is local to the document ("e1"); ``iri`` is the identity in the merged graph. ``of``
    is the id of the country or organization a Group belongs to. A Person without a named mention
    is an unnamed individual ("Jordan's foreign minister").
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[Mention, ...] = ()
    iso3: str | None = None
    wikidata: str | None = None
    iri: str | None = None
    of: str | None = None

    @property
    def named(self) -> bool:
        """Whether at least one mention is a name."""
        return any(mention.kind == "name" for mention in self.mentions)

    @property
    def listed(self) -> tuple[Span, ...]:
        """What a record calls ``mentions``: names, and nominals of events and groups."""
        return tuple(m.span for m in self.mentions if m.kind in self._listed_kinds)

    @property
    def unlisted(self) -> tuple[Span, ...]:
        """What a record calls ``nominal_mentions``: titles, descriptions, pronouns."""
        return tuple(m.span for m in self.mentions if m.kind not in self._listed_kinds)

    @property
    def _listed_kinds(self) -> tuple[MentionKind, ...]:
        return ("name", "nominal") if self.type in ("Event", "Group") else ("name",)

    def to_json(self) -> dict[str, Any]:
        """Return the entity as it stands in a document record."""
        record: dict[str, Any] = {
            "id": self.id,
            "type": self.type,
            "name": self.name,
            "iso3": self.iso3,
            "wikidata": self.wikidata,
            "iri": self.iri,
            "mentions": [_pair(span) for span in self.listed],
            "nominal_mentions": [_pair(span) for span in self.unlisted],
        }
        if self.of is not None:
            record["of"] = self.of
        return record


@dataclass(frozen=True, slots=True)
class Clause:
    """Who does what to whom: a trigger word with its slots, grammar already undone.

    A passive reads like its active, each member of a coordination fills the slot, and the
    subject of a controlled verb is found. ``pos`` is "v", "n" or "a"; ``slots`` maps "subj",
    "obj", "iobj", "poss", "comp" and prepositions ("with", "to") to argument spans.
    """

    trigger: Span
    lemma: str
    pos: str
    slots: Mapping[str, tuple[Span, ...]]
    status: Status
    sentence: Span
    speaker: str | None = None
    purpose: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact that the text states, plans, supposes or denies, and the words that say so.

    ``subject``, ``object`` and ``place`` are entity ids; ``date`` is an ISO date or, where it
    could not be resolved, the text's own words; ``score`` is how likely it is right, 0 to 1.
    """

    type: str
    subject: str
    object: str
    status: Status
    evidence: Span
    place: str | None = None
    date: str | None = None
    title: str | None = None
    former: bool = False
    basis: Basis = "text"
    score: float = 1.0
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the relation as it stands in a document record."""
        return {
            "type": self.type,
            "subject": self.subject,
            "object": self.object,
            "status": self.status,
            "evidence": _pair(self.evidence),
            "place": self.place,
            "date": self.date,
            "title": self.title,
            "former": self.former,
            "basis": self.basis,
            "score": self.score,
            "by": self.by,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """What someone is quoted as saying; ``quote`` is without quotation marks and cue."""

    speaker: str
    quote: Span
    kind: StatementKind
    addressee: str | None = None
    cue: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the statement as it stands in a document record."""
        return {
            "speaker": self.speaker,
            "quote": _pair(self.quote),
            "kind": self.kind,
            "addressee": self.addressee,
            "cue": self.cue,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what has been found in it so far.

    ``story`` is the IRI of the first document of which this one is an edited copy, if it is one.
    ``language`` is the ISO 639-1 code of the language its text is in, where that is known.
    ``pages`` are the offsets at which the pages of a PDF begin, the first one 0. ``reading`` tells
    how it was read.

    Examples
    --------
    >>> doc = Document(id="d1", text="Macron met Scholz.", date="2025-02-17")
    >>> doc.but(entities=(Entity("e1", "Person", "Macron", (Mention(Span(0, 6)),)),)).to_json()[
    ...     "entities"
    ... ][0]["mentions"]
    [[0, 6]]
    """

    id: str
    text: str
    date: str | None = None
    source: Source | None = None
    tokens: tuple[Token, ...] = ()
    times: tuple[Time, ...] = ()
    entities: tuple[Entity, ...] = ()
    offices: tuple[Office, ...] = ()
    clauses: tuple[Clause, ...] = ()
    relations: tuple[Relation, ...] = ()
    statements: tuple[Statement, ...] = ()
    story: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    reading: Reading | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Return what a notebook shows; how, is known to a part that stands above this one."""
        notebook = import_module("kg.view.notebook")
        shown: dict[str, str] = notebook.of_document(self, include, exclude)
        return shown

    @property
    def sha256(self) -> str:
        """The sha256 of the text as UTF-8, in hexadecimal: the document's identity in a graph."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def input(self) -> str:
        """The file or address to give again in order to read it again; "" where there is none."""
        return self.reading.input if self.reading is not None else ""

    def but(self, **layers: Any) -> Self:
        """Return a copy in which the named fields are replaced."""
        return replace(self, **layers)

    def fresh_ids(self, count: int) -> list[str]:
        """Return so many entity ids that are not taken yet: "e1", "e2" ..."""
        taken = {entity.id for entity in self.entities}
        numbers = (f"e{number}" for number in range(1, len(taken) + count + 1))
        return [name for name in numbers if name not in taken][:count]

    def entity(self, entity_id: str) -> Entity:
        """Return the entity of that local id.

        Raises
        ------
        DocumentError
            If there is none.
        """
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise DocumentError(self.id, f"there is no entity '{entity_id}'")

    def check(self) -> Self:
        """Return the document if spans, ids and types hold together.

        Raises
        ------
        DocumentError
            Saying which span or id does not hold.
        """
        ids = [entity.id for entity in self.entities]
        if len(set(ids)) != len(ids):
            raise DocumentError(self.id, "two entities share an id")
        known = set(ids)
        for where, span in self._spans():
            if not 0 <= span.start < span.end <= len(self.text):
                raise DocumentError(
                    self.id, f"{where}: [{span.start}, {span.end}] is no span of the text"
                )
        for where, entity_id in self._references():
            if entity_id not in known:
                raise DocumentError(self.id, f"{where}: there is no entity '{entity_id}'")
        for where, field, value, allowed in self._choices():
            if value not in allowed:
                raise DocumentError(self.id, f"{where}: unknown {field} '{value}'")
        for relation in self.relations:
            if not 0 <= relation.score <= 1:
                raise DocumentError(
                    self.id, f"relation {relation.type}: score {relation.score} is not in 0..1"
                )
        return self

    def _spans(self) -> Iterable[tuple[str, Span]]:
        for entity in self.entities:
            for mention in entity.mentions:
                yield f"entity {entity.id}", mention.span
        for relation in self.relations:
            yield f"relation {relation.type}", relation.evidence
        for statement in self.statements:
            yield f"statement of {statement.speaker}", statement.quote

    def _choices(self) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
        for entity in self.entities:
            yield f"entity {entity.id}", "type", entity.type, ENTITY_TYPES
        for relation in self.relations:
            yield f"relation {relation.type}", "status", relation.status, STATUSES
            yield f"relation {relation.type}", "basis", relation.basis, BASES
        for statement in self.statements:
            yield f"statement of {statement.speaker}", "kind", statement.kind, STATEMENT_KINDS

    def _references(self) -> Iterable[tuple[str, str]]:
        for entity in self.entities:
            if entity.of is not None:
                yield f"entity {entity.id}", entity.of
        for relation in self.relations:
            yield f"relation {relation.type}", relation.subject
            yield f"relation {relation.type}", relation.object
            if relation.place is not None:
                yield f"relation {relation.type}", relation.place
        for statement in self.statements:
            yield "statement", statement.speaker
            if statement.addressee is not None:
                yield "statement", statement.addressee

    def to_json(self) -> dict[str, Any]:
        """Return the document record, without working layers; language and pages if known."""
        record: dict[str, Any] = {
            "id": self.id,
            "text": self.text,
            "date": self.date,
            "source": self.source.to_json() if self.source else None,
            "entities": [entity.to_json() for entity in self.entities],
            "relations": [relation.to_json() for relation in self.relations],
            "statements": [statement.to_json() for statement in self.statements],
        }
        if self.language is not None:
            record["language"] = self.language
        if self.pages:
            record["pages"] = list(self.pages)
            for entry in (*record["relations"], *record["statements"]):
                entry["page"] = page(self.pages, (entry.get("evidence") or entry["quote"])[0])
        return record


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
