"""IRIs: readable where they can be, valid always, the same for the same thing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given

from kg.errors import KGError, LexiconError, SourceError, UnknownName
from kg.model import Document, Entity, EntityType, Mention, Span
from kg.relations import Lexicon, parse, shipped
from kg.vocab import BASE, KG, NAMESPACES, checked_base, compact, document_iri, expand, mint, slug
from tests.strategies import any_text, documents

HOSTILE = [
    "", " ", '"', "'", "<script>alert(1)</script>", "a b", "a\x00b", "\u202eevil\u202c", "\ufeff",
    "__proto__", "../../etc/passwd", "a#b?c", "%2e%2e", "x" * 10_000, "\u200b", "{}|^`\\",
    "\ue000\U000f0000", "\ufffe", "كييف", "Київ", "東京", "👩‍👩‍👧", "e\u0301", "ﬁ", "\n",
]  # fmt: skip


def minted(name: str = "X", kind: EntityType = "Person", **fields: object) -> str:
    document = Document("d", "text", entities=(Entity("e1", kind, name, **fields),))  # type: ignore[arg-type]
    return str(mint(document).entities[0].iri).removeprefix(BASE)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["Person", "Place", "Event"])
def test_hostile_names_give_valid_iris(name: str, kind: EntityType) -> None:
    iri = BASE + minted(name, kind)
    (triple,) = ox.parse(f"<{iri}> <{iri}> <{iri}> .", format=ox.RdfFormat.N_TRIPLES)
    assert triple.subject.value == iri
    assert not set(iri) & set(' "<>\\^`{|}\n\x00\u202e\u200b\ufeff%')
    assert iri.count("/") == BASE.count("/") + 1
    assert len(iri) < 200


@given(any_text)
def test_a_slug_is_clean_and_settled(name: str) -> None:
    assert not set(slug(name)) & set(' "<>\\^`{|}/?#%:\n\u202e')
    assert slug(f" {name} ") == slug(name) or "_" in slug(name)
    if name.strip():
        assert slug(name)


def test_names_without_letters_stay_apart() -> None:
    assert slug("<>") != slug("??")


@pytest.mark.parametrize(
    ("expected", "name", "kind", "fields"),
    [
        ("person/keir-starmer", "Keir Starmer", "Person", {}),
        ("person/keir-starmer", "KEIR  STARMER", "Person", {}),
        ("place/élysée-palace", "Élysée Palace", "Place", {}),
        ("place/élysée-palace", "E\u0301lyse\u0301e Palace", "Place", {}),
        ("Q3052772", "Emmanuel Macron", "Person", {"wikidata": "Q3052772"}),
        ("country/FRA", "France", "Country", {"wikidata": "Q142", "iso3": "FRA"}),
        ("country/wakanda", "Wakanda", "Country", {"iso3": "not a code"}),
        ("organization/nato", "NATO", "Organization", {"wikidata": "Q0 <x>"}),
        ("person/macron", "Macron", "Person", {"iri": "javascript:alert(1)"}),
        ("person/macron", "Macron", "Person", {"iri": KG.actual}),
        ("person/macron", "Macron", "Person", {"iri": "https://a.org/> <b"}),
    ],
)
def test_iris_are_readable(
    expected: str, name: str, kind: EntityType, fields: dict[str, str]
) -> None:
    assert minted(name, kind, **fields) == expected


def test_an_iri_that_is_there_stays() -> None:
    assert minted(iri="https://example.org/macron") == "https://example.org/macron"


def test_an_entity_cannot_take_the_document_for_itself() -> None:
    document = Document("d", "text")
    iri = document_iri(document) + "#relation-1"
    assert minted(iri=iri) == "person/x"


def test_events_groups_and_the_unnamed_are_known_in_their_document_only() -> None:
    def iris(text: str) -> list[str | None]:
        entities = (
            Entity("e1", "Event", "the talks"),
            Entity("e2", "Group", "officials"),
            Entity("e3", "Person", "foreign minister", (Mention(Span(0, 1), "nominal"),)),
            Entity("e4", "Person", "Macron", (Mention(Span(0, 1), "name"),)),
        )
        return [entity.iri for entity in mint(Document("d", text, entities=entities)).entities]

    one, other = iris("one text"), iris("other text")
    assert [a == b for a, b in zip(one, other, strict=True)] == [False, False, False, True]
    assert one == iris("one text")
    assert str(one[0]).startswith(BASE + "event/the-talks_")


def test_two_people_of_one_name_are_two() -> None:
    entities = (Entity("e1", "Person", "John Smith"), Entity("e2", "Person", "John Smith"))
    first, second = mint(Document("d", "text", entities=entities)).entities
    assert first.iri == BASE + "person/john-smith"
    assert str(second.iri).startswith(BASE + "person/john-smith_")


@given(documents())
def test_minting_twice_changes_nothing(document: Document) -> None:
    once = mint(document)
    assert mint(once) == once
    assert all(entity.iri for entity in once.entities)


@pytest.mark.parametrize(
    "base", ["", "x", "/a/", "file:///a/", "https://", "https://a.org", 'https://a.org/"/']
)
def test_a_base_that_cannot_be_built_on_is_refused(base: str) -> None:
    with pytest.raises(SourceError, match="no base for IRIs"):
        checked_base(base)


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(UnknownName, match="did you mean 'status'"):
        KG.statsu  # noqa: B018
    with pytest.raises(UnknownName):
        expand("foaf:Persn")
    with pytest.raises(UnknownName):
        expand("nope:Person")


def test_terms_do_not_shadow_the_namespace() -> None:
    for space in NAMESPACES:
        for term in space.terms:
            assert space[term] == space.iri + term
        assert not space.terms & {"iri", "short", "terms"}


def test_compact_takes_the_longest_prefix_that_fits() -> None:
    known = {"a": "https://e.org/", "b": "https://e.org/b/"}
    assert compact("https://e.org/b/c", known) == "b:c"
    assert compact("https://other.org/", known) == "https://other.org/"


@pytest.mark.parametrize("name", ["subject", "actual", "mentions", "text"])
def test_a_relation_cannot_take_a_name_of_the_vocabulary(name: str) -> None:
    with pytest.raises(LexiconError, match="uses this name for itself"):
        parse(f'[{name}]\ndomain = ["Actor"]\nrange = ["Actor"]', "mine.toml")


def test_two_relations_cannot_share_a_noun() -> None:
    entry = '[chatted]\nnoun = "Meeting"\ndomain = ["Actor"]\nrange = ["Actor"]'
    with pytest.raises(LexiconError, match="noun of 'metWith' already"):
        Lexicon([*shipped().values(), *parse(entry, "mine.toml")])


def test_nouns_are_classes_and_default_to_the_name() -> None:
    (entry,) = parse('[hired]\ndomain = ["Actor"]\nrange = ["Person"]', "mine.toml")
    assert entry.noun == "Hired"
    assert shipped()["briefed"].noun == "Briefing"
    with pytest.raises(KGError):
        parse('[hired]\nnoun = "Person"\ndomain = ["Actor"]\nrange = ["Person"]', "mine.toml")
