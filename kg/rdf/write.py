r"""Document -> the named graph of what it says, as N-Triples.

What starts with the document's own IRI tells where things stand in the text; the rest is
knowledge, and the default graph of a store is the union of the knowledge of all documents::

    GRAPH <document> {
      <document>              a kg:Document ; schema:text "..." ; schema:datePublished "..." .
      <document#entity-7>     a kg:Appearance ; kg:refersTo :Q5 ; kg:mentions "0-13 90-97" .
      <document#relation-3>   a kg:Assertion, kg:Briefing ; kg:relation kg:briefed ;
                              kg:subject :Q5 ; kg:object :Q6 ; kg:status kg:planned ;
                              kg:quote "..." ; kg:evidence <document#char=12,90> .
      <document#statement-1>  a kg:Statement ; kg:speaker :Q5 ; kg:quote "..." .
      <document#char=12,90>   a oa:SpecificResource ; oa:hasSelector ... .

      :Q5  a kg:Person ; rdfs:label "..." ; skos:altLabel "..." .        # knowledge
      :Q5  kg:spokeWith :Q6 .                                            # actual ones only
    }

A relation becomes a plain triple only if the document asserts it as ``actual``, not as ``former``
and not from background knowledge: a plain triple reads as "this is so, a text says it". There are
no blank nodes, so the same document always gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.errors import DocumentError
from kg.model import Document, Entity, Mention, Relation, Span, Statement
from kg.oddities import plainly
from kg.record import mentions
from kg.relations import Lexicon, entity_types, shipped
from kg.source import page
from kg.version import __version__
from kg.vocab import (
    BASE,
    DCTERMS,
    KG,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    assertion_class,
    best_name,
    document_iri,
    expand,
    iso3,
    mint,
    relation_iri,
    wikidata_iri,
)

CONTEXT = 32
"""How many characters before and after a quotation a TextQuoteSelector holds."""

PAGES = "http://tools.ietf.org/rfc/rfc3778"
"""What Web Annotation calls fragments of a PDF; RFC 8118 came after it and means the same."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Naming:
    """Names that the user gave an entity: the one it is shown by, and others.

    ``given`` is the IRI that its record came with, if it did.
    """

    label: str | None = None
    aliases: tuple[str, ...] = ()
    given: str | None = None


def graph(
    doc: Document,
    *,
    lexicon: Lexicon | None = None,
    base: str = BASE,
    namings: Sequence[Naming | None] = (),
) -> str:
    """Return the named graph of a document as N-Triples.

    Parameters
    ----------
    doc
        A document with its entities, relations and statements; entities without an IRI get one.
    lexicon
        The relation types; the shipped ones by default.
    base
        What new IRIs start with.
    namings
        What is known of its entities beyond the document, in their order; by default nothing.

    Raises
    ------
    DocumentError
        If the document does not hold together.
    UnknownName
        If a relation is not in the lexicon.

    Examples
    --------
    >>> '"Hello."' in graph(Document("d1", "Hello."))
    True
    """
    doc = mint(doc.check(), base)
    writer = _Writer(doc, lexicon or shipped(), document_iri(doc, base), namings)
    lines = sorted({f"<{subject}> <{name}> {value} ." for subject, name, value in writer.triples()})
    text = "\n".join([*lines, ""])
    try:
        text.encode()
    except UnicodeEncodeError:
        raise DocumentError(doc.id, "half a surrogate pair; it is no Unicode text") from None
    return text


def literal(text: str, datatype: str = "") -> str:
    r"""Return a literal as N-Triples.

    Examples
    --------
    >>> print(literal('He said "no"'))
    "He said \"no\""
    """
    quoted = text.translate(_ESCAPES)
    return f'"{quoted}"^^<{datatype}>' if datatype else f'"{quoted}"'


def moment(value: str) -> str:
    """Return a date as a literal: a day, a month or a year where it is one, else the words.

    Examples
    --------
    >>> moment("2025-02"), moment("shortly before the meeting")
    ('"2025-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"shortly before the meeting"')
    """
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value, re.ASCII):
        try:
            date.fromisoformat((value + "-01-01")[:10])
        except ValueError:
            return literal(value)
        return literal(value, {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}[len(value)])
    return literal(value)


_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_ESCAPES |= {ord(char): "\\" + char for char in '\\"'}
_ESCAPES |= {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


class _Writer:
    """The triples of one document, as (subject IRI, property IRI, object in N-Triples)."""

    def __init__(
        self, doc: Document, lexicon: Lexicon, iri: str, namings: Sequence[Naming | None]
    ) -> None:
        self.doc, self.lexicon, self.iri = doc, lexicon, iri
        given = namings or [None] * len(doc.entities)
        self.namings = {
            entity.id: naming or Naming()
            for entity, naming in zip(doc.entities, given, strict=True)
        }
        self.numbers = {entity.id: n for n, entity in enumerate(doc.entities, 1)}
        self.first: dict[str, int] = {}
        for number, entity in enumerate(doc.entities, 1):
            self.first.setdefault(_iri_of(entity), number)
        self.extractors: dict[str, str] = {}

    def triples(self) -> Iterator[tuple[str, str, str]]:
        for name, value in self.document():
            yield self.iri, name, value
        for number, entity in enumerate(self.doc.entities, 1):
            for name, value in self.appearance(entity):
                yield f"{self.iri}#entity-{number}", name, value
        yield from self.knowledge()
        spans = set()
        for number, relation in enumerate(self.doc.relations, 1):
            spans.add(relation.evidence)
            for name, value in self.assertion(relation):
                yield f"{self.iri}#relation-{number}", name, value
        for number, statement in enumerate(self.doc.statements, 1):
            spans.add(statement.quote)
            for name, value in self.statement(statement):
                yield f"{self.iri}#statement-{number}", name, value
        for span in spans:
            yield from self.evidence(span)
        yield from self.provenance()

    def document(self) -> Iterator[Pair]:
        doc, source = self.doc, self.doc.source
        yield RDF.type, _ref(KG.Document)
        yield RDF.type, _ref(SCHEMA.NewsArticle)
        yield RDFS.label, literal((source and source.title) or doc.id)
        yield KG.documentId, literal(doc.id)
        yield SCHEMA.text, literal(doc.text)
        if doc.date is not None:
            yield SCHEMA.datePublished, moment(doc.date)
        if doc.language is not None:
            yield SCHEMA.inLanguage, literal(doc.language)
        if doc.pages:
            yield KG.pages, literal(" ".join(map(str, doc.pages)))
        if source is not None:
            yield SCHEMA.isBasedOn, _ref(f"{self.iri}#source")
        if doc.story is not None and doc.story != self.iri:
            if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", doc.story):
                raise DocumentError(doc.id, f"story '{doc.story}' is no IRI")
            yield KG.story, _ref(doc.story)

    def provenance(self) -> Iterator[tuple[str, str, str]]:
        """Tell the source, the extractors and the software; no times, so output can be compared."""
        if self.doc.source is not None:
            node = f"{self.iri}#source"
            yield node, RDF.type, _ref(SCHEMA.CreativeWork)
            for key, value in self.doc.source.to_json().items():
                if value is not None:
                    yield node, SOURCE_TERMS[key], literal(value)
        software, run = f"{self.iri}#software", f"{self.iri}#extraction"
        yield run, RDF.type, _ref(PROV.Activity)
        yield run, PROV.used, _ref(self.iri)
        yield run, PROV.wasAssociatedWith, _ref(software)
        yield software, RDF.type, _ref(PROV.SoftwareAgent)
        yield software, RDFS.label, literal("news-kg")
        yield software, SCHEMA.softwareVersion, literal(__version__)
        for name, node in self.extractors.items():
            yield node, RDF.type, _ref(PROV.SoftwareAgent)
            yield node, RDFS.label, literal(name)
            yield node, PROV.actedOnBehalfOf, _ref(software)

    def appearance(self, entity: Entity) -> Iterator[Pair]:
        yield RDF.type, _ref(KG.Appearance)
        yield KG.refersTo, _ref(_iri_of(entity))
        yield KG.localId, literal(entity.id)
        yield KG.entityType, _ref(KG[entity.type])
        yield RDFS.label, literal(entity.name)
        if entity.mentions:  # as the record tells them, so that it gives the same graph again
            told = mentions(entity.type, entity.listed, entity.unlisted)
            yield KG.mentions, literal(" ".join(map(_place_in_text, told)))
        if entity.iso3 is not None:
            yield KG.iso3, literal(entity.iso3)
        if entity.wikidata is not None:
            yield KG.wikidata, literal(entity.wikidata)
        if entity.of is not None:
            yield KG.of, _ref(f"{self.iri}#entity-{self.numbers[entity.of]}")
        if (given := self.namings[entity.id].given) is not None:
            yield KG.givenIri, literal(given)

    def knowledge(self) -> Iterator[tuple[str, str, str]]:
        names: dict[str, set[str]] = {}
        other: dict[str, set[str]] = {}
        given: dict[str, str] = {}
        for entity in self.doc.entities:
            iri, naming = _iri_of(entity), self.namings[entity.id]
            names.setdefault(iri, set()).add(entity.name)
            other.setdefault(iri, set()).update(self.surface_names(entity), naming.aliases)
            if naming.label is not None:
                given[iri] = naming.label
            yield iri, RDF.type, _ref(KG[entity.type])
            for prefixed in entity_types()[entity.type]["classes"]:
                yield iri, RDF.type, _ref(expand(prefixed))
            wikidata, code = wikidata_iri(entity), iso3(entity)
            if wikidata is not None:
                yield iri, OWL.sameAs, _ref(wikidata)
            if code is not None:
                yield iri, KG.iso3, literal(code)
            if entity.of is not None:
                yield iri, KG.of, self.ref(entity.of)
        for iri, found in names.items():
            label = given.get(iri) or best_name(found)
            yield iri, RDFS.label, literal(label)
            for name in (found | other[iri]) - {label}:
                yield iri, SKOS.altLabel, literal(name)
        for relation in self.doc.relations:
            said = relation.basis == "text" and not relation.former
            if said and relation.status == "actual":
                entry = self.lexicon[relation.type]
                subject = _iri_of(self.doc.entity(relation.subject))
                yield subject, relation_iri(entry), self.ref(relation.object)

    def surface_names(self, entity: Entity) -> set[str]:
        """Return what the text calls a thing known beyond it; "the talks" is no lasting name."""
        if entity.type in ("Event", "Group"):
            return set()
        found = (plainly(m.span.of(self.doc.text)) for m in entity.mentions if m.kind == "name")
        return {name for name in (" ".join(words.split()) for words in found) if name}

    def assertion(self, relation: Relation) -> Iterator[Pair]:
        entry = self.lexicon[relation.type]
        yield RDF.type, _ref(KG.Assertion)
        yield RDF.type, _ref(assertion_class(entry))
        yield KG.relation, _ref(relation_iri(entry))
        yield KG.status, _ref(KG[relation.status])
        yield KG.basis, _ref(KG[relation.basis])
        yield KG.score, literal(_number(relation.score), XSD.double)
        if relation.date is not None:
            yield KG.date, moment(relation.date)
        if relation.title is not None:
            yield KG.title, literal(relation.title)
        if relation.former:
            yield KG.former, literal("true", XSD.boolean)
        if relation.by:
            node = f"{self.iri}#extractor-{len(self.extractors) + 1}"
            yield PROV.wasAttributedTo, _ref(self.extractors.setdefault(relation.by, node))
        yield from self.arguments(
            subject=relation.subject, object=relation.object, place=relation.place
        )
        yield from self.words(relation.evidence)

    def statement(self, statement: Statement) -> Iterator[Pair]:
        yield RDF.type, _ref(KG.Statement)
        yield KG.kind, _ref(KG[statement.kind])
        if statement.cue:
            yield KG.cue, literal(statement.cue)
        yield from self.arguments(speaker=statement.speaker, addressee=statement.addressee)
        yield from self.words(statement.quote)

    def arguments(self, **roles: str | None) -> Iterator[Pair]:
        """Point at the entities; two of this document may be one thing, then say which it was."""
        which = []
        for role, entity_id in roles.items():
            if entity_id is None:
                continue
            yield KG[role], self.ref(entity_id)
            number = self.numbers[entity_id]
            if self.first[_iri_of(self.doc.entity(entity_id))] != number:
                which.append(f"{role}={number}")
        if which:
            yield KG.localArguments, literal(" ".join(which))

    def words(self, span: Span) -> Iterator[Pair]:
        yield KG.quote, literal(span.of(self.doc.text))
        yield KG.evidence, _ref(self.place_of(span))
        yield PROV.wasGeneratedBy, _ref(f"{self.iri}#extraction")

    def evidence(self, span: Span) -> Iterator[tuple[str, str, str]]:
        node, text = self.place_of(span), self.doc.text
        position, quote = f"{node};position", f"{node};quote"
        yield node, RDF.type, _ref(OA.SpecificResource)
        yield node, OA.hasSource, _ref(self.iri)
        yield node, OA.hasSelector, _ref(position)
        yield node, OA.hasSelector, _ref(quote)
        yield position, RDF.type, _ref(OA.TextPositionSelector)
        yield position, OA.start, literal(str(span.start), XSD.integer)
        yield position, OA.end, literal(str(span.end), XSD.integer)
        yield quote, RDF.type, _ref(OA.TextQuoteSelector)
        yield quote, OA.exact, literal(span.of(text))
        if before := text[max(0, span.start - CONTEXT) : span.start]:
            yield quote, OA.prefix, literal(before)
        if after := text[span.end : span.end + CONTEXT]:
            yield quote, OA.suffix, literal(after)
        if (number := page(self.doc.pages, span.start)) is not None:
            fragment = f"{node};page"
            yield node, OA.hasSelector, _ref(fragment)
            yield fragment, RDF.type, _ref(OA.FragmentSelector)
            yield fragment, RDF.value, literal(f"page={number}")
            yield fragment, DCTERMS.conformsTo, _ref(PAGES)

    def place_of(self, span: Span) -> str:
        """Return the IRI of a stretch of the text, as RFC 5147 writes it."""
        return f"{self.iri}#char={span.start},{span.end}"

    def ref(self, entity_id: str) -> str:
        return _ref(_iri_of(self.doc.entity(entity_id)))


SOURCE_TERMS = {
    "url": SCHEMA.url,
    "title": SCHEMA.headline,
    "publisher": SCHEMA.publisher,
    "author": SCHEMA.author,
    "licence": SCHEMA.license,
    "sha256": SCHEMA.sha256,
}


def _iri_of(entity: Entity) -> str:
    assert entity.iri is not None, "the document is minted"
    return entity.iri


def _ref(iri: str) -> str:
    return f"<{iri}>"


def _place_in_text(mention: Mention) -> str:
    kind = "" if mention.kind == "name" else f":{mention.kind}"
    return f"{mention.span.start}-{mention.span.end}{kind}"


def _number(value: float) -> str:
    """Write a number as Oxigraph does, so that what we write is what a store gives back."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
