"""The ontology and the shapes: what is shipped is what the lexicon gives."""

from __future__ import annotations

from importlib.resources import files

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SDO, SH

from kg.errors import LexiconError
from kg.rdf.ontology import ontology, shapes
from kg.relations import Lexicon, parse, shipped, vocabulary
from kg.vocab import KG

NS = rdflib.Namespace(KG.iri)


def read(turtle: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=turtle, format="turtle")


@pytest.mark.parametrize(("name", "make"), [("ontology.ttl", ontology), ("shapes.ttl", shapes)])
def test_the_shipped_file_is_up_to_date(name: str, make) -> None:
    shipped_text = (files("kg.data") / name).read_text(encoding="utf-8")
    option = " --shapes" if make is shapes else ""
    assert shipped_text == make(shipped()), f"run: kg ontology{option} > kg/data/{name}"


def test_the_ontology_names_every_relation_and_every_term() -> None:
    graph = read(ontology(shipped()))
    for entry in shipped().values():
        assert (NS[entry.name], RDF.type, OWL.ObjectProperty) in graph
        assert (NS[entry.noun], RDFS.subClassOf, NS.Assertion) in graph
        symmetric = (NS[entry.name], RDF.type, OWL.SymmetricProperty) in graph
        assert symmetric == entry.symmetric
    for terms in vocabulary().values():
        for term in terms:
            assert (NS[term], RDF.type, None) in graph


def test_several_types_on_a_side_are_no_rdfs_domain() -> None:
    graph = read(ontology(shipped()))
    assert set(graph.objects(NS.heldIn, RDFS.domain)) == {NS.Event}
    assert not set(graph.objects(NS.briefed, RDFS.domain))
    assert set(graph.objects(NS.briefed, SDO.domainIncludes)) == {
        NS.Person, NS.Country, NS.Organization, NS.Group,
    }  # fmt: skip


def test_a_relation_of_ones_own_has_its_shape() -> None:
    mine = parse('[hired]\nnoun = "Hiring"\ndomain = ["Body"]\nrange = ["Person"]', "mine.toml")
    graph = read(shapes(Lexicon([*shipped().values(), *mine])))
    assert list(graph.subjects(SH.targetClass, NS.Hiring))
    assert list(graph.subjects(SH.targetSubjectsOf, NS.hired))


def test_an_inverse_is_declared_as_one() -> None:
    entry = '[hired]\ninverse = "hiredBy"\ndomain = ["Body"]\nrange = ["Person"]'
    graph = read(ontology(Lexicon(parse(entry, "mine.toml"))))
    assert (NS.hiredBy, OWL.inverseOf, NS.hired) in graph
    with pytest.raises(LexiconError, match=r"inverse.*not a free name"):
        parse(entry.replace("hiredBy", "hired> <by"), "mine.toml")


def test_labels_with_quotes_stay_turtle() -> None:
    entry = '[hired]\nlabel = "hi\\"red \\\\"\ndomain = ["Body"]\nrange = ["Person"]'
    graph = read(ontology(Lexicon(parse(entry, "mine.toml"))))
    assert str(graph.value(NS.hired, RDFS.label)) == 'hi"red \\'
