"""Which entities a phrase stands for when it fills a slot."""

from __future__ import annotations

import pytest

from kg.extract.arguments import Arguments
from kg.model import Document, Entity, Mention
from kg.pipeline import Pipeline
from tests.build import doc, parsed, span
from tests.readings import until


def named(pipeline: Pipeline, text: str, word: str) -> list[str]:
    """Return the names of what the phrase headed by ``word`` stands for."""
    found = until(pipeline, "clauses", text)
    return [
        found.entity(entity_id).name for entity_id in Arguments(found).of_span(span(text, word))
    ]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Anna Novak left.", "Novak", ["Anna Novak"]),
        ("Anna Novak left.", "left", []),
        # two groups in one phrase
        ("Norwegian and Chilean officials left.", "officials",
         ["Norwegian officials", "Chilean officials"]),
        # delegates of several countries stand for the countries
        ("Leaders from Norway, Chile and Ghana left.", "Leaders", ["Norway", "Chile", "Ghana"]),
        ("The delegations from Norway and Chile left.", "delegations", ["Norway", "Chile"]),
        # of one country they are a group
        ("The delegates from Norway left.", "delegates", ["delegates from Norway"]),
        # who is named in apposition
        ("The envoy, Ola Berg, left.", "envoy", ["Ola Berg"]),
        ("Two envoys, Ola Berg and Liv Dahl, left.", "envoys", ["Ola Berg", "Liv Dahl"]),
        # an enumeration of as many as are counted, however long
        ("Four states - Norway, Chile, Peru and Kenya - signed.", "states",
         ["Norway", "Chile", "Peru", "Kenya"]),
        ("It is a club of three states: Ghana, Togo and Benin.", "states",
         ["Ghana", "Togo", "Benin"]),
        ("Three states, Ghana and Togo, signed.", "states", ["Three states"]),
        # whom the text counts among a group
        ("Ministers, including Ola Berg, left.", "Ministers", ["Ministers", "Ola Berg"]),
        ("Leaders, who included Ola Berg and Liv Dahl, left.", "Leaders",
         ["Leaders", "Ola Berg", "Liv Dahl"]),
        # words that only count what follows
        ("Most of the officials left.", "Most", ["officials"]),
        ("Two of the Norwegian officials left.", "Two", ["Norwegian officials"]),
    ],
)  # fmt: skip
def test_what_a_phrase_stands_for(
    pipeline: Pipeline, text: str, word: str, wanted: list[str]
) -> None:
    assert sorted(named(pipeline, text, word)) == sorted(wanted)


def troops() -> Document:
    words = parsed(
        "British=british/ADJ/amod>troops troops/NOUN:NNS/nsubj>left left=leave/VERB/ROOT"
        " the/DET/det>port port/NOUN/dobj>left of/ADP/prep>port Lima/PROPN/pobj>of"
        " ./PUNCT/punct>left"
    )
    return doc(words, countries=["British"], places=["Lima"])


def test_what_a_phrase_belongs_to_by_its_modifier() -> None:
    found = troops()
    assert Arguments(found).belonging(span(found.text, "troops")) == ["e1"]


def test_what_a_phrase_belongs_to_by_of() -> None:
    found = troops()
    assert Arguments(found).belonging(span(found.text, "port")) == ["e2"]


def test_a_group_belongs_to_its_body() -> None:
    found = troops()
    group = Entity(
        "e3", "Group", "troops", (Mention(span(found.text, "troops"), "nominal"),), of="e2"
    )
    found = found.but(entities=(*found.entities, group))
    assert Arguments(found).belonging(span(found.text, "troops")) == ["e2"]


def memorandum() -> Document:
    return parsed(
        "a/DET/det>memorandum memorandum/NOUN/ROOT of/ADP/prep>memorandum"
        " understanding/NOUN/pobj>of with/ADP/prep>understanding Laos/PROPN/pobj>with"
        " and/CCONJ/cc>Laos Togo/PROPN/conj>Laos"
    )


def test_what_a_preposition_ties_to_a_noun_or_to_the_next() -> None:
    found = memorandum()
    behind = Arguments(found).behind(span(found.text, "memorandum"), "with")
    assert [place.of(found.text) for place in behind] == ["Laos", "Togo"]


def test_the_lemma_of_a_head_is_in_small_letters() -> None:
    found = parsed("Syrian/ADJ/amod>Army Army=Army/PROPN/ROOT")
    assert Arguments(found).head_lemma(span(found.text, "Army")) == "army"


def test_appositions_in_a_circle_end() -> None:
    found = parsed("a/NOUN/appos>b b/NOUN/appos>a")
    assert Arguments(found).of(0) == []


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        # a site is whose it is, or where it lies
        ("Rebels stormed a Ghanaian barracks in Mali.", "barracks", ["Ghana"]),
        ("Rebels stormed a barracks in northern Mali.", "barracks", ["Mali"]),
        ("Rebels stormed a barracks in parts of Mali.", "barracks", ["Mali"]),
        ("Rebels stormed the Malian town of Gao.", "town", ["Gao"]),
        # but a person is not where he is
        ("Rebels met a cousin in Mali.", "cousin", []),
    ],
)
def test_what_a_site_belongs_to(
    pipeline: Pipeline, text: str, word: str, wanted: list[str]
) -> None:
    found = until(pipeline, "clauses", text)
    ids = Arguments(found).belonging(span(text, word))
    assert [found.entity(entity_id).name for entity_id in ids] == wanted


def test_a_government_without_a_name_is_its_country(pipeline: Pipeline) -> None:
    assert named(pipeline, "Chile's hard-line government fell.", "government") == ["Chile"]
    assert named(pipeline, "Miller's government fell.", "government") == ["Miller's government"]


def test_an_office_speaks_for_its_holder(pipeline: Pipeline) -> None:
    assert named(pipeline, "Ola Berg's office apologised.", "office") == ["Ola Berg"]
    assert named(pipeline, "The Oslo office closed.", "office") == []


def test_a_chain_of_offices_has_an_end(pipeline: Pipeline) -> None:
    record = pipeline(Document("d", "The minister of " * 600 + "Chile met Peru."))
    assert {e.name for e in record.entities} >= {"Chile", "Peru"}
