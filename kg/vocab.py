"""The names in a graph: namespaces, our closed vocabulary, and the IRI of every entity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from kg.errors import SourceError, UnknownName
from kg.model import Document, Entity
from kg.relations import RelationType, structure

BASE = "https://w3id.org/news-kg/id/"
"""Where things live unless the user sets another base IRI."""

SLUG_LENGTH = 80


class Namespace:
    """A namespace with a closed list of terms: a misspelt term is an error, not a new term.

    Examples
    --------
    >>> KG.status
    'https://w3id.org/news-kg/ns#status'
    >>> KG.statsu
    Traceback (most recent call last):
        ...
    kg.errors.UnknownName: There is no term of kg: called 'statsu'; did you mean 'status'?
    """

    def __init__(self, short: str, iri: str, terms: Iterable[str]) -> None:
        self.short, self.iri, self.terms = short, iri, frozenset(terms)
        self.__dict__ |= {term: iri + term for term in self.terms - self.__dict__.keys()}  # faster

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> str:
        if name not in self.terms:
            raise UnknownName(f"term of {self.short}:", name, tuple(sorted(self.terms)))
        return self.iri + name


def _namespace(short: str, iri: str, terms: str) -> Namespace:
    return Namespace(short, iri, terms.split())


KG = Namespace("kg", "https://w3id.org/news-kg/ns#", structure())
RDF = _namespace(
    "rdf",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type subject predicate object value Property",
)
RDFS = _namespace(
    "rdfs",
    "http://www.w3.org/2000/01/rdf-schema#",
    "label comment subClassOf subPropertyOf domain range isDefinedBy",
)
OWL = _namespace(
    "owl",
    "http://www.w3.org/2002/07/owl#",
    "Ontology Class ObjectProperty DatatypeProperty SymmetricProperty inverseOf sameAs versionInfo",
)
SKOS = _namespace(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme inScheme prefLabel altLabel definition notation topConceptOf",
)
XSD = _namespace(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer nonNegativeInteger decimal double date gYearMonth gYear",
)
SCHEMA = _namespace(
    "schema",
    "https://schema.org/",
    "NewsArticle CreativeWork Person Country Organization Place Event text datePublished "
    "isBasedOn url headline publisher author license sha256 inLanguage softwareVersion "
    "domainIncludes rangeIncludes",
)
FOAF = _namespace("foaf", "http://xmlns.com/foaf/0.1/", "Agent Person Group")
ORG = _namespace("org", "http://www.w3.org/ns/org#", "Organization")
SEM = _namespace(
    "sem",
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "Event hasActor hasPlace hasTimeStamp",
)
PROV = _namespace(
    "prov",
    "http://www.w3.org/ns/prov#",
    "Entity Activity SoftwareAgent used wasAssociatedWith wasAttributedTo wasGeneratedBy "
    "actedOnBehalfOf",
)
OA = _namespace(
    "oa",
    "http://www.w3.org/ns/oa#",
    "SpecificResource TextPositionSelector TextQuoteSelector FragmentSelector hasSource "
    "hasSelector start end "
    "exact prefix suffix",
)
DCTERMS = _namespace("dcterms", "http://purl.org/dc/terms/", "conformsTo")
TIME = _namespace("time", "http://www.w3.org/2006/time#", "Instant inXSDDate")
WD = Namespace("wd", "http://www.wikidata.org/entity/", ())
NAMESPACES = (RDF, RDFS, OWL, SKOS, XSD, SCHEMA, FOAF, ORG, SEM, PROV, OA, DCTERMS, TIME, WD, KG)


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return the prefixes that every query may use without declaring them.

    Examples
    --------
    >>> prefixes()["kg"], prefixes()[""]
    ('https://w3id.org/news-kg/ns#', 'https://w3id.org/news-kg/id/')
    """
    return {space.short: space.iri for space in NAMESPACES} | {"": base}


def compact(iri: str, known: Mapping[str, str] | None = None) -> str:
    """Return an IRI with a prefix, as one reads it; as it is where no prefix fits.

    Examples
    --------
    >>> compact("https://w3id.org/news-kg/ns#briefed")
    'kg:briefed'
    """
    table = prefixes() if known is None else known
    fitting = [(len(start), name) for name, start in table.items() if iri.startswith(start)]
    if not fitting:
        return iri
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


def expand(name: str) -> str:
    """Return the IRI of a prefixed name of one of our namespaces ("foaf:Person").

    Raises
    ------
    UnknownName
        If the prefix or the term is not known.
    """
    prefix, _, term = name.partition(":")
    for space in NAMESPACES:
        if space.short == prefix:
            return space[term]
    raise UnknownName("prefix", prefix, tuple(space.short for space in NAMESPACES))


def relation_iri(relation: RelationType) -> str:
    """Return the IRI of a relation as a property: ``kg:briefed``."""
    return KG.iri + relation.name


def assertion_class(relation: RelationType) -> str:
    """Return the IRI of the class of its assertions: ``kg:Briefing``."""
    return KG.iri + relation.noun


def document_iri(doc: Document, base: str = BASE) -> str:
    """Return the IRI of a document and of its named graph, from the sha256 of its text."""
    return f"{base}document/{doc.sha256}"


def checked_base(base: str) -> str:
    """Return ``base`` if entity IRIs can be built on it.

    Raises
    ------
    SourceError
        If it is not an absolute http(s) IRI that ends in ``/`` or ``#``.

    Examples
    --------
    >>> checked_base("https://example.org/")
    'https://example.org/'
    """
    if not (_is_iri(base) and base[-1] in "/#"):
        raise SourceError(base, "is no base for IRIs; give one like https://example.org/id/")
    return base


def mint(doc: Document, base: str = BASE) -> Document:
    """Return the document with the IRI of every entity filled in.

    A country with an ISO code is ``country/FRA``, anything with a Wikidata id ``Q3052772``,
    anything else with a name ``person/keir-starmer``. Events, groups and the unnamed ("Jordan's
    foreign minister") are known in their own document only: ``event/summit_<sha256>_<id>``. So
    is the second of two entities of a document that would share a name IRI. An ``iri`` that is
    filled already is kept if it is an IRI an entity can have.

    Parameters
    ----------
    doc
        Any document.
    base
        IRI that new IRIs start with.

    Examples
    --------
    >>> doc = Document("d", "", entities=(Entity("e1", "Person", "Keir Starmer"),))
    >>> mint(doc).entities[0].iri
    'https://w3id.org/news-kg/id/person/keir-starmer'
    """
    checked_base(base)
    given = [given_iri(entity, doc) or linked_iri(entity, base) for entity in doc.entities]
    taken = {iri for iri in given if iri is not None}
    entities = []
    for number, entity in enumerate(doc.entities, 1):
        iri = given[number - 1] or named_iri(entity, base)
        if iri is None or (given[number - 1] is None and iri in taken):
            iri = local_iri(entity, f"{document_iri(doc, base)}#entity-{number}", base)
        taken.add(iri)
        entities.append(replace(entity, iri=iri))
    return doc.but(entities=tuple(entities))


def slug(name: str) -> str:
    """Return a name in the form it has inside an IRI: letters and digits of any script.

    Examples
    --------
    >>> slug("Mette Frederiksen"), slug("İstanbul"), slug('<"> x')
    ('mette-frederiksen', 'i̇stanbul', 'x')
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(
        char if unicodedata.category(char)[0] in "LMN" else "-"
        for char in folded
        if unicodedata.category(char) not in ("Cf", "Cc")
    )
    words = re.sub(r"-+", "-", kept).strip("-")
    if words and len(words) <= SLUG_LENGTH:
        return words
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{words[:SLUG_LENGTH].strip('-')}_{digest}"


def best_name(names: Iterable[str]) -> str:
    """Return the name that a thing is shown by: the longest, of equals the last in order.

    Examples
    --------
    >>> best_name({"MACRON", "Macron", "Emmanuel Macron"})
    'Emmanuel Macron'
    """
    return max(names, key=lambda name: (len(name), name))


def wikidata_iri(entity: Entity) -> str | None:
    """Return the Wikidata IRI of a linked entity, or None."""
    if entity.wikidata and re.fullmatch(r"Q[1-9][0-9]*", entity.wikidata):
        return WD.iri + entity.wikidata
    return None


def iso3(entity: Entity) -> str | None:
    """Return the ISO 3166 alpha-3 code of an entity if it is well formed, or None."""
    return entity.iso3 if entity.iso3 and re.fullmatch(r"[A-Z]{3}", entity.iso3) else None


def given_iri(entity: Entity, doc: Document) -> str | None:
    """Return the IRI an entity came with, unless it would speak of the document or our terms."""
    iri = entity.iri
    if iri is None or not _is_iri(iri) or doc.sha256 in iri or iri.startswith(KG.iri):
        return None
    return iri


def linked_iri(entity: Entity, base: str = BASE) -> str | None:
    """Return the IRI of what is known by an ISO code or a Wikidata id, or None.

    Examples
    --------
    >>> linked_iri(Entity("e1", "Country", "France", iso3="FRA"), base=":")
    ':country/FRA'
    """
    if entity.type == "Country" and iso3(entity):
        return f"{base}country/{entity.iso3}"
    return f"{base}{entity.wikidata}" if wikidata_iri(entity) else None


def named_iri(entity: Entity, base: str = BASE) -> str | None:
    """Return the IRI of what is known by its name; None for what is so in one document only."""
    local = entity.type in ("Event", "Group") or (entity.mentions and not entity.named)
    return None if local else f"{base}{entity.type.lower()}/{slug(entity.name)}"


def local_iri(entity: Entity, appearance: str, base: str = BASE) -> str:
    """Return the IRI of what is known in one document only.

    Parameters
    ----------
    entity
        Any entity of the document.
    appearance
        Where it is: the IRI of the document and ``#entity-`` with its number, from 1.
    base
        What IRIs start with.

    Examples
    --------
    >>> local_iri(Entity("e1", "Event", "talks"), ":document/0123456789abcdef#entity-1", ":")
    ':event/talks_0123456789ab_1'
    """
    document, _, number = appearance.rpartition("#entity-")
    own = f"{document.rpartition('/')[2][:12]}_{number}"
    return f"{base}{entity.type.lower()}/{slug(entity.name)}_{own}"


def _is_iri(text: str) -> bool:
    """Tell whether the text is an absolute http(s) IRI without anything that could break out."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+", text):
        return False
    if any(unicodedata.category(char) in ("Cf", "Cs", "Co", "Cn") for char in text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False
