"""The lexicon as an OWL ontology and as SHACL shapes, both as Turtle.

A relation with one entity type on a side has ``rdfs:domain`` or ``rdfs:range``; with several it
has ``schema:domainIncludes`` (several ``rdfs:domain`` would mean all of them at once) and the
shapes do the checking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import STATUSES, EntityType
from kg.rdf.write import literal
from kg.relations import Lexicon, RelationType, entity_types, vocabulary
from kg.vocab import KG, prefixes

SHACL = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/news-kg/shapes#"


def ontology(lexicon: Lexicon) -> str:
    """Return the OWL ontology of a lexicon: classes, properties, statuses, relations.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> "kg:briefed a owl:ObjectProperty" in ontology(shipped())
    True
    """
    terms = vocabulary()
    parts = [_head(), _ONTOLOGY]
    for name, term in terms["classes"].items():
        parts.append(_node(f"kg:{name}", "owl:Class", _class_facts(name, term)))
    for name, term in terms["entities"].items():
        classes = [("rdfs:subClassOf", value) for value in entity_types()[name]["classes"]]
        parts.append(_node(f"kg:{name}", "owl:Class", [*_words(name, term["comment"]), *classes]))
    for name, term in terms["properties"].items():
        kind = "owl:DatatypeProperty" if term.get("data") else "owl:ObjectProperty"
        parts.append(_node(f"kg:{name}", kind, _property_facts(name, term)))
    for name, term in terms["concepts"].items():
        facts = [("skos:prefLabel", literal(name)), ("skos:definition", literal(term["comment"]))]
        parts.append(_node(f"kg:{name}", f"kg:{term['in']}, skos:Concept", facts))
    for entry in lexicon.values():
        kind = "owl:ObjectProperty" + (", owl:SymmetricProperty" if entry.symmetric else "")
        parts.append(_node(f"kg:{entry.name}", kind, _relation_facts(entry)))
        if entry.inverse is not None:
            facts = [("owl:inverseOf", f"kg:{entry.name}")]
            parts.append(_node(f"kg:{entry.inverse}", "owl:ObjectProperty", facts))
        parts.append(_node(f"kg:{entry.noun}", "owl:Class", _noun_facts(entry)))
    return "\n".join(parts)


def shapes(lexicon: Lexicon) -> str:
    """Return the SHACL shapes that every graph of this lexicon conforms to.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> "sh:targetClass kg:Briefing" in shapes(shipped())
    True
    """
    parts = [_head(sh=True), _DOCUMENT, _assertion(lexicon), _STATEMENT, _EVIDENCE]
    parts += [_entity(name) for name in entity_types()]
    for entry in lexicon.values():
        parts += [_relation(entry), _plain(entry, "subject"), _plain(entry, "object")]
    return "\n".join(parts)


def _head(*, sh: bool = False) -> str:
    known = prefixes()
    del known[""]
    if sh:
        known |= {"sh": SHACL, "shape": SHAPES}
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(known.items()))


def _node(name: str, kind: str, facts: Iterable[tuple[str, str]]) -> str:
    return (
        " ;\n    ".join([f"{name} a {kind}", *(f"{verb} {value}" for verb, value in facts)])
        + " .\n"
    )


def _words(label: str, comment: str) -> list[tuple[str, str]]:
    facts = [("rdfs:label", literal(label))]
    return [*facts, ("rdfs:comment", literal(comment))] if comment else facts


def _class_facts(name: str, term: dict[str, Any]) -> list[tuple[str, str]]:
    above = [("rdfs:subClassOf", term["sub"])] if "sub" in term else []
    return [*_words(name, term["comment"]), *above]


def _property_facts(name: str, term: dict[str, Any]) -> list[tuple[str, str]]:
    facts = _words(name, term["comment"])
    facts += _sides("domain", term.get("of", []))
    if "to" in term:
        facts.append(("rdfs:range", term["to"]))
    if "sub" in term:
        facts.append(("rdfs:subPropertyOf", term["sub"]))
    return facts


def _relation_facts(entry: RelationType) -> list[tuple[str, str]]:
    facts = _words(entry.label, entry.gloss)
    facts += _sides("domain", entry.domain) + _sides("range", entry.range)
    if entry.plover is not None:
        facts.append(("kg:plover", literal(entry.plover)))
    return facts


def _noun_facts(entry: RelationType) -> list[tuple[str, str]]:
    only = f"[ a owl:Restriction ; owl:onProperty kg:relation ; owl:hasValue kg:{entry.name} ]"
    comment = f"What a document says of {entry.label!r}: a fact, a plan, a possibility, a denial."
    return [
        *_words(entry.noun, comment),
        ("rdfs:subClassOf", "kg:Assertion"),
        ("rdfs:subClassOf", only),
    ]


def _sides(side: str, types: Iterable[str]) -> list[tuple[str, str]]:
    names = list(types)
    verb = f"rdfs:{side}" if len(names) == 1 else f"schema:{side}Includes"
    return [(verb, f"kg:{name}") for name in names]


def _assertion(lexicon: Lexicon) -> str:
    relations = " ".join(f"kg:{name}" for name in lexicon)
    nouns = " ".join(f"kg:{entry.noun}" for entry in lexicon.values())
    statuses = " ".join(f"kg:{name}" for name in STATUSES)
    return _shape(
        "Assertion",
        "sh:targetClass kg:Assertion",
        _one("kg:subject", "has not exactly one subject", "sh:nodeKind sh:IRI"),
        _one("kg:object", "has not exactly one object", "sh:nodeKind sh:IRI"),
        _one("kg:relation", "has not one relation of the lexicon", f"sh:in ( {relations} )"),
        _property(
            "rdf:type",
            "is not of the class of a relation of the lexicon",
            f"sh:minCount 2 ; sh:in ( kg:Assertion {nouns} )",
        ),
        _one("kg:status", f"has not one status of {', '.join(STATUSES)}", f"sh:in ( {statuses} )"),
        _one(
            "kg:basis", "has not one basis, text or background", "sh:in ( kg:text kg:background )"
        ),
        _one(
            "kg:score",
            "has not one score from 0 to 1",
            "sh:datatype xsd:double ; sh:minInclusive 0.0e0 ; sh:maxInclusive 1.0e0",
        ),
        _property(
            "kg:date",
            "has a date that is neither words nor a day, month or year",
            "sh:maxCount 1 ; sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] "
            "[ sh:datatype xsd:gYear ] [ sh:datatype xsd:string ] )",
        ),
        _property("kg:place", "has more than one place", "sh:maxCount 1 ; sh:nodeKind sh:IRI"),
        *_proved("no sentence proves it"),
    )


def _relation(entry: RelationType) -> str:
    return _shape(
        entry.noun,
        f"sh:targetClass kg:{entry.noun}",
        _property("kg:relation", f"is not about '{entry.name}'", f"sh:hasValue kg:{entry.name}"),
        _property("kg:subject", _mismatch(entry, "subject"), _classes(entry.domain)),
        _property("kg:object", _mismatch(entry, "object"), _classes(entry.range)),
    )


def _plain(entry: RelationType, side: str) -> str:
    types = entry.domain if side == "subject" else entry.range
    return (
        f"shape:{entry.name}-{side} a sh:NodeShape ;\n"
        f"    sh:target{side.title()}sOf kg:{entry.name} ;\n"
        f"    {_classes(types)} ;\n    sh:message {literal(_mismatch(entry, side))} .\n"
    )


def _mismatch(entry: RelationType, side: str) -> str:
    types = entry.domain if side == "subject" else entry.range
    names = [entity_types()[name]["label"] for name in types]
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    article = "an" if listed[0] in "aeiou" else "a"
    return f"the {side} of '{entry.name}' is not {article} {listed}"


def _classes(types: Iterable[EntityType]) -> str:
    return f"sh:or ( {' '.join(f'[ sh:class kg:{name} ]' for name in types)} )"


def _entity(name: str) -> str:
    return _shape(
        name,
        f"sh:targetClass kg:{name}",
        _one("rdfs:label", "has not exactly one label", "sh:datatype xsd:string"),
        _property(
            "kg:iso3", "has a country code that is not three capitals", 'sh:pattern "^[A-Z]{3}$"'
        ),
    )


def _shape(name: str, target: str, *properties: str) -> str:
    return " ;\n    ".join([f"shape:{name} a sh:NodeShape", target, *properties]) + " .\n"


def _property(path: str, message: str, *constraints: str) -> str:
    inside = " ; ".join([f"sh:path {path}", *constraints, f"sh:message {literal(message)}"])
    return f"sh:property [ {inside} ]"


def _one(path: str, message: str, *constraints: str) -> str:
    return _property(path, message, "sh:minCount 1 ; sh:maxCount 1", *constraints)


def _proved(message: str) -> Iterator[str]:
    yield _one("kg:evidence", message, "sh:class oa:SpecificResource")
    yield _one("kg:quote", f"{message}: its words are empty", 'sh:pattern "\\\\S"')


_ONTOLOGY = _node(
    f"<{KG.iri.rstrip('#')}>",
    "owl:Ontology",
    [
        ("rdfs:label", literal("news-kg")),
        ("rdfs:comment", literal("Who did what to whom, says who.")),
    ],
)

_PLAIN = "sh:maxCount 1 ; sh:datatype xsd:string"

_DOCUMENT = _shape(
    "Document",
    "sh:targetClass kg:Document",
    _one("kg:documentId", "has not one id", "sh:datatype xsd:string"),
    _one("schema:text", "has not one text", "sh:datatype xsd:string"),
    _property("schema:datePublished", "has more than one date", "sh:maxCount 1"),
    _property(
        "kg:pages", "has no row of offsets of pages", _PLAIN, 'sh:pattern "^[0-9]+( [0-9]+)*$"'
    ),
    _property("schema:inLanguage", "has more than one language", _PLAIN),
    _property("kg:story", "is of more than one story", "sh:maxCount 1 ; sh:nodeKind sh:IRI"),
) + _shape(
    "Appearance",
    "sh:targetClass kg:Appearance",
    _one("kg:refersTo", "refers to no entity, or to several", "sh:nodeKind sh:IRI"),
    _one("kg:localId", "has not one id in the document", "sh:datatype xsd:string"),
    _one("rdfs:label", "has not one name", "sh:datatype xsd:string"),
    _one(
        "kg:entityType",
        "has not one entity type",
        f"sh:in ( {' '.join(f'kg:{name}' for name in entity_types())} )",
    ),
)

_STATEMENT = _shape(
    "Statement",
    "sh:targetClass kg:Statement",
    _one("kg:speaker", "has no speaker, or several", "sh:nodeKind sh:IRI"),
    _property("kg:addressee", "has several addressees", "sh:maxCount 1 ; sh:nodeKind sh:IRI"),
    _one("kg:kind", "is neither direct nor indirect", "sh:in ( kg:direct kg:indirect )"),
    *_proved("no words of the text prove it"),
)

_EVIDENCE = "\n".join(
    [
        _shape(
            "Evidence",
            "sh:targetClass oa:SpecificResource",
            _one("oa:hasSource", "does not say of which document it is", "sh:nodeKind sh:IRI"),
            _property("oa:hasSelector", "does not say where in the text it is", "sh:minCount 2"),
        ),
        _shape(
            "TextQuote",
            "sh:targetClass oa:TextQuoteSelector",
            _one("oa:exact", "its exact words are empty", 'sh:pattern "\\\\S"'),
        ),
        _shape(
            "TextPosition",
            "sh:targetClass oa:TextPositionSelector",
            _one("oa:start", "has no start", "sh:datatype xsd:integer ; sh:minInclusive 0"),
            _one("oa:end", "has no end", "sh:datatype xsd:integer ; sh:minInclusive 1"),
            _property("oa:start", "does not end after its start", "sh:lessThan oa:end"),
        ),
        _shape(
            "Fragment",
            "sh:targetClass oa:FragmentSelector",
            _one(
                "rdf:value",
                "names no page",
                "sh:datatype xsd:string",
                'sh:pattern "^page=[1-9][0-9]*$"',
            ),
            _one("dcterms:conformsTo", "does not say which fragments", "sh:nodeKind sh:IRI"),
        ),
    ]
)
