"""What a graph knows, as plain values for JSON and for pages: things, facts, documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import UnknownName
from kg.model import ENTITY_TYPES
from kg.rdf.read import document as read_back
from kg.store.embedded import EmbeddedStore
from kg.store.results import Row
from kg.vocab import KG, PROV, RDFS, WD

Item = dict[str, Any]

_TYPES = " ".join(f"kg:{kind}" for kind in ENTITY_TYPES)


def iri_term(iri: str) -> str:
    """Return an IRI as it stands in SPARQL.

    Raises
    ------
    UnknownName
        If it is none, so that nothing here can be called so.

    Examples
    --------
    >>> iri_term("https://example.org/a")
    '<https://example.org/a>'
    """
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        raise UnknownName("IRI", iri) from None


def words_term(words: str) -> str:
    r"""Return words as they stand in SPARQL.

    Examples
    --------
    >>> print(words_term('a "b"'))
    "a \"b\""
    """
    return str(ox.Literal(words))


def entities(
    store: EmbeddedStore, *, name: str = "", kind: str = "", limit: int, offset: int = 0
) -> list[Item]:
    """Return things by name, one more than ``limit`` if there are more."""
    types = f"kg:{kind}" if kind else _TYPES
    wanted = ""
    if name:
        piece = f"LCASE({words_term(name)})"
        wanted = f"""FILTER(CONTAINS(LCASE(?name), {piece}) || EXISTS {{
            ?iri skos:altLabel ?alias FILTER(CONTAINS(LCASE(?alias), {piece})) }})"""
    found = store.query(f"""
        SELECT ?iri ?name (MIN(?one) AS ?type) (SAMPLE(?code) AS ?iso3) (SAMPLE(?same) AS ?wikidata)
        WHERE {{ VALUES ?one {{ {types} }} ?iri a ?one ; rdfs:label ?name . {wanted}
          OPTIONAL {{ ?iri kg:iso3 ?code }} OPTIONAL {{ ?iri owl:sameAs ?same }} }}
        GROUP BY ?iri ?name ORDER BY LCASE(?name) ?iri LIMIT {limit + 1} OFFSET {offset}""")
    return [_entity(row) for row in found]


def entity(store: EmbeddedStore, iri: str) -> Item | None:
    """Return one thing with all its names, or None."""
    term = iri_term(iri)
    found = store.query(f"""
        SELECT ?iri ?name (MIN(?one) AS ?type) (SAMPLE(?code) AS ?iso3) (SAMPLE(?same) AS ?wikidata)
        WHERE {{ VALUES ?iri {{ {term} }} VALUES ?one {{ {_TYPES} }}
          ?iri a ?one ; rdfs:label ?name .
          OPTIONAL {{ ?iri kg:iso3 ?code }} OPTIONAL {{ ?iri owl:sameAs ?same }} }}
        GROUP BY ?iri ?name""")
    if not found:
        return None
    aliases = store.query(f"SELECT ?name {{ {term} skos:altLabel ?name }}").column("name")
    return _entity(found[0]) | {
        "aliases": sorted(map(str, aliases)),
        "documents": mentioned(store, iri),
    }


def mentioned(store: EmbeddedStore, iri: str, most: int = 500) -> list[Item]:
    """Return the documents that speak of a thing, the newest first."""
    found = store.query(f"""
        SELECT DISTINCT ?iri ?title ?date WHERE {{
          GRAPH ?iri {{ ?place kg:refersTo {iri_term(iri)} . ?iri rdfs:label ?title .
            OPTIONAL {{ ?iri schema:datePublished ?date }} }} }}
        ORDER BY DESC(?date) ?title ?iri LIMIT {most}""")
    return [{"iri": row["iri"], "title": row["title"], "date": row["date"]} for row in found]


def relations(
    store: EmbeddedStore,
    *,
    entity: str = "",
    subject: str = "",
    object: str = "",
    relation: str = "",
    status: str = "",
    document: str = "",
    limit: int,
    offset: int = 0,
) -> list[Item]:
    """Return what documents say of whom, in which words; one more than ``limit`` if there is."""
    ends = [("kg:subject|kg:object", entity), ("kg:subject", subject), ("kg:object", object)]
    lines = [f"?iri {role} {iri_term(who)} ." for role, who in ends if who]
    lines += [f"?iri kg:relation {iri_term(KG.iri + relation)} ."] if relation else []
    lines += [f"?iri kg:status kg:{status} ."] if status else []
    lines += [f"VALUES ?document {{ {iri_term(document)} }}"] if document else []
    found = store.query(f"""
        SELECT DISTINCT ?iri ?document ?published ?evidence WHERE {{
          GRAPH ?document {{ ?iri a kg:Assertion . {" ".join(lines)} }}
          GRAPH ?document {{ ?iri kg:evidence ?evidence }}
          OPTIONAL {{ GRAPH ?document {{ ?document schema:datePublished ?published }} }} }}
        ORDER BY DESC(?published) ?document ?evidence ?iri LIMIT {limit + 1} OFFSET {offset}""")
    told = _properties(store, {str(row["iri"]) for row in found})
    about = _properties(store, {str(row["document"]) for row in found})
    points = {str(node[term]) for node in told.values() for term in _POINTS if term in node}
    names = _labels(store, points)
    return [_fact(row, told[str(row["iri"])], about[str(row["document"])], names) for row in found]


_POINTS = (KG.subject, KG.object, KG.place, PROV.wasAttributedTo)


def _properties(store: EmbeddedStore, iris: set[str]) -> dict[str, Row]:
    """Return what the documents' graphs say of each of these nodes of theirs, but for texts."""
    found = store.query(f"""
        SELECT ?iri ?p ?o {{ VALUES ?iri {{ {" ".join(map(iri_term, sorted(iris)))} }}
          GRAPH ?g {{ ?iri ?p ?o }} FILTER(?p != schema:text && ?p != rdf:type) }}""")
    nodes: dict[str, Row] = {}
    for row in found:
        nodes.setdefault(str(row["iri"]), {})[str(row["p"])] = row["o"]
    return nodes


def _labels(store: EmbeddedStore, iris: set[str]) -> dict[str, str]:
    """Return names: of things from the merged knowledge, of nodes from their documents."""
    every = " ".join(map(iri_term, sorted(iris)))
    found = store.query(f"""
        SELECT ?iri ?name {{ VALUES ?iri {{ {every} }} ?iri rdfs:label ?name }}""")
    names = {str(row["iri"]): str(row["name"]) for row in found}
    if rest := sorted(iris - names.keys()):
        own = store.query(f"""
            SELECT ?iri ?name {{ VALUES ?iri {{ {" ".join(map(iri_term, rest))} }}
              GRAPH ?g {{ ?iri rdfs:label ?name }} }}""")
        names |= {str(row["iri"]): str(row["name"]) for row in own}
    return names


def statements(store: EmbeddedStore, speaker: str, most: int = 200) -> list[Item]:
    """Return what a speaker is quoted as saying, the newest first."""
    found = store.query(f"""
        SELECT ?quote ?kind ?cue ?addressee ?addresseeName ?document ?title ?date ?evidence WHERE {{
          GRAPH ?document {{ ?one kg:speaker {iri_term(speaker)} ; kg:quote ?quote ; kg:kind ?kind ;
              kg:evidence ?evidence . ?document rdfs:label ?title .
            OPTIONAL {{ ?one kg:cue ?cue }} OPTIONAL {{ ?one kg:addressee ?addressee }}
            OPTIONAL {{ ?document schema:datePublished ?date }} }}
          OPTIONAL {{ ?addressee rdfs:label ?addresseeName }} }}
        ORDER BY DESC(?date) ?document ?evidence LIMIT {most}""")
    return [
        {
            "quote": row["quote"],
            "kind": _local(row["kind"]),
            "cue": row["cue"],
            "addressee": row["addressee"]
            and {"iri": row["addressee"], "name": row["addresseeName"] or row["addressee"]},
            "document": row["document"],
            "title": row["title"],
            "date": row["date"],
            "evidence": row["evidence"],
        }
        for row in found
    ]


def documents(store: EmbeddedStore, *, name: str = "", limit: int, offset: int = 0) -> list[Item]:
    """Return documents, the newest first; one more than ``limit`` if there are more."""
    wanted = ""
    if name:
        piece = f"LCASE({words_term(name)})"
        wanted = f"FILTER(CONTAINS(LCASE(?title), {piece}) || CONTAINS(LCASE(?id), {piece}))"
    found = store.query(f"""
        SELECT ?iri ?id ?title ?date ?url ?publisher WHERE {{
          GRAPH ?iri {{ ?iri kg:documentId ?id ; rdfs:label ?title .
            OPTIONAL {{ ?iri schema:datePublished ?date }}
            OPTIONAL {{ ?iri schema:isBasedOn/schema:url ?url }}
            OPTIONAL {{ ?iri schema:isBasedOn/schema:publisher ?publisher }} {wanted} }} }}
        ORDER BY DESC(?date) ?title ?iri LIMIT {limit + 1} OFFSET {offset}""")
    return [{name: row[name] for name in found.columns} for row in found]


def document_iri(store: EmbeddedStore, name: str, base: str) -> str | None:
    """Return the IRI of a document, given that, the sha256 of its text, or its id."""
    ours = f"{base}document/{name}"
    for iri in (name, ours):
        try:
            term = iri_term(iri)
        except UnknownName:
            continue
        if store.query(f"ASK {{ GRAPH {term} {{ {term} a kg:Document }} }}"):
            return iri
    found = store.query(f"SELECT ?iri {{ GRAPH ?iri {{ ?iri kg:documentId {words_term(name)} }} }}")
    return str(found[0]["iri"]) if found else None


def document(store: EmbeddedStore, iri: str) -> Item:
    """Return a document's record with its IRI."""
    return {"iri": iri} | read_back(store.graph(iri)).to_json()


def counts(store: EmbeddedStore) -> dict[str, int]:
    """Count documents, and things by type."""
    found = store.query(f"""
        SELECT ?type (COUNT(*) AS ?n) {{ VALUES ?type {{ {_TYPES} }} ?iri a ?type }}
        GROUP BY ?type""")
    number = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?d { ?d a kg:Document } }")
    by_type = {_local(row["type"]): int(str(row["n"])) for row in found}
    return {"documents": int(str(number[0]["n"]))} | by_type


def _entity(row: Row) -> Item:
    same = str(row["wikidata"] or "")
    return {
        "iri": row["iri"],
        "name": row["name"],
        "type": _local(row["type"]),
        "iso3": row["iso3"],
        "wikidata": same.removeprefix(WD.iri) if same.startswith(WD.iri) else None,
    }


def _fact(row: Row, told: Row, about: Row, names: Mapping[str, str]) -> Item:
    evidence = str(row["evidence"])
    start, _, end = evidence.rpartition("#char=")[2].partition(",")

    def thing(role: str) -> Item | None:
        iri = told.get(role)
        return None if iri is None else {"iri": iri, "name": names.get(str(iri), iri)}

    by, day = told.get(PROV.wasAttributedTo), told.get(KG.date)
    return {
        "iri": row["iri"],
        "relation": _local(told[KG.relation]),
        "subject": thing(KG.subject),
        "object": thing(KG.object),
        "status": _local(told[KG.status]),
        "date": None if day is None else str(day),
        "place": thing(KG.place),
        "title": told.get(KG.title),
        "former": bool(told.get(KG.former)),
        "basis": _local(told[KG.basis]),
        "score": float(str(told[KG.score])),
        "by": None if by is None else names.get(str(by)),
        "evidence": {
            "iri": evidence,
            "document": row["document"],
            "title": about[RDFS.label],
            "published": row["published"],
            "quote": told[KG.quote],
            "start": int(start),
            "end": int(end),
        },
    }


def _local(value: object) -> str:
    return str(value).removeprefix(KG.iri)
