"""What documents tell of someone, and that one document gives the same IRIs as before."""

import json

import pytest
from hypothesis import given

from kg.model import Document, Entity, Mention, Relation, Span
from kg.resolve.across import identify
from kg.resolve.decisions import Decisions
from kg.resolve.persona import Known, Persona, blocks, personas
from kg.vocab import document_iri, mint
from tests.build import doc as made
from tests.strategies import documents


@given(documents())
def test_a_single_document_gets_the_iris_that_the_vocabulary_mints(doc: Document) -> None:
    doc = doc.but(entities=tuple(entity_without_iri(entity) for entity in doc.entities))
    found = personas(doc, document_iri(doc))
    first = {one: number for number, one in reversed([*enumerate(found, 1)])}
    known = [Known(one, first=f" {document_iri(doc)}#entity-{n}") for one, n in first.items()]
    said = identify(known, Decisions())
    iris = [said[one.key].iri for one in found]
    if len(set(iris)) == len(set(found)):  # else two of its names are the same but for accents
        assert iris == [e.iri for e in mint(doc).entities]


@given(documents())
def test_a_persona_survives_the_way_through_json(doc: Document) -> None:
    for persona in personas(doc, document_iri(doc)):
        again = Persona.from_json(json.loads(json.dumps(persona.to_json())))
        assert again == persona
        assert again.key == persona.key


@given(documents())
def test_every_persona_is_looked_up_somewhere(doc: Document) -> None:
    assert all(blocks(persona) for persona in personas(doc, document_iri(doc)))


def entity_without_iri(entity: Entity) -> Entity:
    return Entity(
        entity.id, entity.type, entity.name, entity.mentions, entity.iso3, entity.wikidata
    )


def test_office_and_country_are_told_by_the_relations() -> None:
    text = "South Korean Foreign Minister Kim Sung-han"
    doc = Document(
        "d",
        text,
        entities=(
            Entity("e1", "Country", "South Korea", (Mention(Span(0, 12)),), iso3="KOR"),
            Entity("e2", "Person", "Kim Sung-han", (Mention(Span(30, 42)),)),
        ),
        relations=(
            Relation("holdsPosition", "e2", "e1", "actual", Span(0, 42), title="Foreign Minister"),
        ),
    )
    korea, kim = personas(doc, document_iri(doc))
    assert korea == Persona("Country", "South Korea", ("South Korean",), iso3="KOR")
    assert kim == Persona(
        "Person",
        "Kim Sung-han",
        ("Kim Sung-han",),
        countries=("KOR",),
        offices=("foreign minister",),
    )


def test_an_iri_of_our_own_making_is_worked_out_anew_and_a_foreign_one_is_kept() -> None:
    ours, theirs = "https://w3id.org/news-kg/id/person/x", "https://example.org/people/7"
    doc = Document(
        "d",
        "",
        entities=(
            Entity("e1", "Person", "Anna Novak", iri=ours),
            Entity("e2", "Person", "Eva Novak", iri=theirs),
        ),
    )
    anna, eva = personas(doc, document_iri(doc))
    assert (anna.iri, eva.iri) == (None, theirs)


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("He told President Bowen so.", ("president",)),
        ("It rained. Prime Minister Bowen left.", ("prime minister",)),
        ("The former President Bowen left.", ()),
        ("Rotary Club President Bowen left.", ()),
        ("The vice President Bowen left.", ()),
        ("Actor Bowen left.", ()),
    ],
)
def test_the_title_before_a_bare_surname_is_kept(text: str, offices: tuple[str, ...]) -> None:
    (told,) = personas(made(text, people=["Bowen"]), "https://example.org/document/0")
    assert told.offices == offices
