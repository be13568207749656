"""What the JSON of the server looks like, for its OpenAPI description."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from kg.model import Basis, EntityType, Status

_IRI = "An IRI; those under the base of the graph are served under /id/ as well."


class Problem(BaseModel):
    """What is wrong, in one sentence (RFC 9457)."""

    status: int
    detail: str
    line: int | None = Field(None, description="Of a query, counted from 1.")
    column: int | None = Field(None, description="Of a query, counted from 1.")


class Thing(BaseModel):
    """Someone or something, by IRI and name."""

    iri: str = Field(description=_IRI)
    name: str


class Entity(Thing):
    """Someone or something in the merged graph."""

    type: EntityType
    iso3: str | None = Field(description="ISO 3166 code of a country.")
    wikidata: str | None = Field(description="Wikidata id, like Q3052772.")


class Mentioned(BaseModel):
    """A document that speaks of something."""

    iri: str
    title: str
    date: str | None


class EntityInFull(Entity):
    """Someone or something with all other names, and the documents that speak of it."""

    aliases: list[str]
    documents: list[Mentioned] = Field(description="The newest 500.")


class Evidence(BaseModel):
    """Where a document says something; offsets are code points of its text, end exclusive."""

    iri: str
    document: str
    title: str
    published: str | None
    quote: str
    start: int
    end: int


class Fact(BaseModel):
    """What one sentence of one document says about two things."""

    iri: str
    relation: str
    subject: Thing
    object: Thing
    status: Status = Field(description="Whether it is said to be so, planned, possible or not so.")
    date: str | None
    place: Thing | None
    title: str | None = Field(description="The office, of holdsPosition.")
    former: bool = Field(description="Whether the text speaks of a past holder or member.")
    basis: Basis
    score: float = Field(description="How likely it is to be right, 0 to 1.")
    by: str | None = Field(description="What found it.")
    evidence: Evidence


class DocumentEntry(BaseModel):
    """A document in a list."""

    iri: str
    id: str
    title: str
    date: str | None
    url: str | None
    publisher: str | None


class Record(BaseModel):
    """A document with all that was found in it, as ``kg extract`` prints it."""

    iri: str
    id: str
    text: str
    date: str | None
    source: dict[str, Any] | None
    entities: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    language: str | None = None
    pages: list[int] = Field(default=[], description="Where the pages of a PDF begin in the text.")


class _Page(BaseModel):
    offset: int
    next: int | None = Field(description="The offset of the next page, if there is one.")


class Entities(_Page):
    """A page of entities, by name."""

    items: list[Entity]


class Facts(_Page):
    """A page of facts with their evidence, the newest documents first."""

    items: list[Fact]


class Documents(_Page):
    """A page of documents, the newest first."""

    items: list[DocumentEntry]


class Question(BaseModel):
    """A query that comes with the package."""

    name: str
    question: str
    parameters: dict[str, str]
    text: str


class State(BaseModel):
    """Which state of the graph is served."""

    state: str = Field(description="Another word whenever the graph has changed.")
    page: str = Field(description="The state that the page at / shows; empty where none is drawn.")


class Questions(BaseModel):
    """What the query editor knows: prefixes, examples, limits."""

    base: str
    prefixes: dict[str, str]
    queries: list[Question]
    seconds: float
    rows: int


class Done(BaseModel):
    """What a change did."""

    graphs: int = Field(description="How many named graphs are different now.")
    status: Literal["done"] = "done"
