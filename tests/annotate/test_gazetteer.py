"""What the tables know: countries, bodies, places, each in the reading its context asks for."""

from __future__ import annotations

import pytest

from kg.annotate.capitals import is_place
from kg.annotate.credits import credits_in
from kg.annotate.lookup import Entry, Trie, fold
from kg.model import Document, Span
from kg.pipeline import Pipeline
from kg.syntax import Syntax
from tests.build import parsed
from tests.readings import until


def found(pipeline: Pipeline, text: str) -> list[str]:
    """Return the mentions of the gazetteer as "surface=type name", in the order of the text."""
    doc = until(pipeline, "gazetteer", text)
    mentions = sorted((m.span, entity) for entity in doc.entities for m in entity.mentions)
    return [f"{span.of(text)}={entity.type} {entity.name}" for span, entity in mentions]


COUNTRIES = [
    # names, adjectives, abbreviations
    ("The French and the Germans disagreed.", ["French=Country France", "Germans=Country Germany"]),
    ("The U.S. and the UK agreed.", ["U.S.=Country United States", "UK=Country United Kingdom"]),
    ("Côte d’Ivoire thanked Türkiye.",
     ["Côte d’Ivoire=Country Côte d'Ivoire", "Türkiye=Country Turkey"]),
    # inside compounds and before possessives
    ("A U.S.-led mission arrived.", ["U.S.=Country United States"]),
    ("The Polish-Lithuanian border is quiet.",
     ["Polish=Country Poland", "Lithuanian=Country Lithuania"]),
    ("Peru's exports rose.", ["Peru=Country Peru"]),
    # case decides
    ("She told us to polish the china.", []),
    ("They ate turkey in Turkey.", ["Turkey=Country Turkey"]),
    # the longest name wins
    ("South Sudan is not Sudan.", ["South Sudan=Country South Sudan", "Sudan=Country Sudan"]),
    # states that are no more, and territories
    ("The Soviet Union fell.", ["Soviet Union=Country Soviet Union"]),
    ("Greenland held a vote.", ["Greenland=Place Greenland"]),
    # regions have adjectives that name nothing
    ("European and Latin American ministers met.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTRIES, ids=[text for text, _ in COUNTRIES])
def test_countries(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    assert found(pipeline, text) == expected


CAPITALS = [
    # governments
    ("Oslo expelled two diplomats.", "Oslo=Country Norway"),
    ("Talks between Oslo and Ottawa failed.", "Oslo=Country Norway|Ottawa=Country Canada"),
    ("The minister accused Oslo of delay.", "Oslo=Country Norway"),
    ("Pressure on Oslo is growing.", "Oslo=Country Norway"),
    ("Sanctions against Oslo were lifted.", "Oslo=Country Norway"),
    ("Oslo's position has not changed.", "Oslo=Country Norway"),
    ("A pro-Oslo party won.", "Oslo=Country Norway"),
    ("Oslo was ready to talk.", "Oslo=Country Norway"),
    ("The Oslo government fell.", "Oslo government=Organization Norwegian government"),
    # places
    ("The ministers met in Oslo.", "Oslo=Place Oslo"),
    ("She flew to Oslo on Monday.", "Oslo=Place Oslo"),
    ("Protests outside Oslo went on.", "Oslo=Place Oslo"),
    ("He visited Oslo.", "Oslo=Place Oslo"),
    ("The Oslo talks collapsed.", "Oslo=Place Oslo"),
    ("Oslo's mayor resigned.", "Oslo=Place Oslo"),
    ("Oslo is a quiet city.", "Oslo=Place Oslo"),
    ("An Oslo-based firm won.", "Oslo=Place Oslo"),
    ("A Delhi court freed him.", "Delhi=Place Delhi"),
    # seats that are no cities
    ("The Kremlin denied it.", "Kremlin=Country Russia"),
    ("They met at the Kremlin.", "Kremlin=Place Kremlin"),
    ("The White House denied it.", "White House=Organization White House"),
    ("They met at the White House.", "White House=Place White House"),
]


@pytest.mark.parametrize(("text", "expected"), CAPITALS, ids=[text for text, _ in CAPITALS])
def test_a_capital_is_a_government_or_a_place(pipeline: Pipeline, text: str, expected: str) -> None:
    assert found(pipeline, text) == expected.split("|")


def test_one_capital_in_both_uses_is_two_entities(pipeline: Pipeline) -> None:
    doc = until(
        pipeline, "gazetteer", "Tunis rejected the offer. Crowds gathered in Tunis. Tunisia votes."
    )
    assert [(e.type, e.name, len(e.mentions)) for e in doc.entities] == [
        ("Country", "Tunisia", 2),
        ("Place", "Tunis", 1),
    ]


@pytest.mark.parametrize(
    ("notation", "place"),
    [
        ("Riga/PROPN/nsubj>warned warned=warn/VERB/ROOT", False),
        ("they/PRON/nsubj>left left=leave/VERB/ROOT Riga/PROPN/dobj>left", True),
        ("they/PRON/nsubj>told told=tell/VERB/ROOT Riga/PROPN/dobj>told", False),
        ("aid/NOUN/ROOT to/ADP/prep>aid Riga/PROPN/pobj>to", False),
        ("trip/NOUN/ROOT to/ADP/prep>trip Riga/PROPN/pobj>to", True),
        ("flights/NOUN/ROOT=x between/ADP/prep>flights Riga/PROPN/pobj>between", False),
        ("critical/ADJ/ROOT of/ADP/prep>critical Riga/PROPN/pobj>of", False),
        ("suburbs/NOUN/ROOT of/ADP/prep>suburbs Riga/PROPN/pobj>of", True),
    ],
)
def test_the_slot_decides_about_a_capital(notation: str, place: bool) -> None:
    doc = parsed(notation.replace("ROOT=x", "ROOT"))
    start = doc.text.index("Riga")
    assert is_place(Syntax(doc.tokens), Span(start, start + 4)) is place


BODIES = [
    ("The Kenyan government fell.", ["Kenyan government=Organization Kenyan government"]),
    ("The government of Kenya fell.", ["government of Kenya=Organization Kenyan government"]),
    ("The Kenyan Foreign Ministry spoke.",
     ["Kenyan Foreign Ministry=Organization Kenyan foreign ministry"]),
    ("The Kenyan military bases were closed.", ["Kenyan=Country Kenya"]),
    ("Kenya's army withdrew.", ["Kenya=Country Kenya"]),
    ("The Catalan parliament voted.", ["Catalan parliament=Organization Catalonia parliament"]),
    ("NATO and the OSCE met.",
     ["NATO=Organization NATO",
      "OSCE=Organization Organization for Security and Co-operation in Europe"]),
    ("The Guardian reported it.", ["Guardian=Organization The Guardian"]),
    ("A Boeing 747 landed.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BODIES, ids=[text for text, _ in BODIES])
def test_bodies(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    assert found(pipeline, text) == expected


def test_a_party_is_linked_only_where_its_country_is_spoken_of(pipeline: Pipeline) -> None:
    with_country = until(pipeline, "gazetteer", "In Spain the Socialist Party won in Spain.")
    without = until(pipeline, "gazetteer", "The Conservative Party won.")
    assert [e.wikidata for e in without.entities] == [None]
    assert {e.name for e in with_country.entities} == {"Spain", "Socialist Party"}


PEOPLE_AND_NAMESAKES = [
    ("Chad Nilsen met the president of Chad.", ["Chad=Country Chad"]),
    ("Georgia and Armenia agreed.", ["Georgia=Country Georgia", "Armenia=Country Armenia"]),
    ("Floods hit Georgia, Alabama and Tennessee.",
     ["Georgia=Place Georgia", "Alabama=Place Alabama", "Tennessee=Place Tennessee"]),
    ("Storms hit the Amazon rainforest and the Amazon.",
     ["Amazon rainforest=Place Amazon rainforest", "Amazon=Place Amazon rainforest"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), PEOPLE_AND_NAMESAKES, ids=[text for text, _ in PEOPLE_AND_NAMESAKES]
)
def test_namesakes(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    assert found(pipeline, text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Georgia Governor Dan Miller opened a plant.", "Place"),
        ("The governor of Georgia opened a plant.", "Place"),
        ("Lawmakers in Georgia rejected the bill.", "Place"),
        ("Georgia challenged the Biden administration in court.", "Place"),
        ("A factory in Georgia closed. Workers drove to Atlanta.", "Place"),
        ("Republicans lost a seat in Georgia.", "Place"),
        # something speaks for the country, or nothing for either
        ("Georgia condemned Russia.", "Country"),
        ("Georgia signed a pact with the United States.", "Country"),
        ("Georgia's president met President Biden.", "Country"),
        ("Georgia thanked President Biden. Police in Tbilisi arrested two men.", "Country"),
        ("Lawmakers in Georgia rejected the bill. Georgian students cheered.", "Country"),
        ("The Biden administration announced sanctions on Georgia.", "Country"),
        ("Antony Blinken called Georgia a partner.", "Country"),
        ("Georgia closed a factory.", "Country"),
    ],
)
def test_a_country_and_a_state_of_one_name(pipeline: Pipeline, text: str, kind: str) -> None:
    doc = until(pipeline, "gazetteer", text)
    georgia = [entity for entity in doc.entities if entity.name == "Georgia"]
    wikidata = {"Place": "Q1428", "Country": "Q230"}[kind]
    assert [(entity.type, entity.wikidata) for entity in georgia if entity.named] == [
        (kind, wikidata)
    ]


def test_a_shared_adjective_belongs_to_the_country_spoken_of(pipeline: Pipeline) -> None:
    near = until(pipeline, "gazetteer", "Congolese troops left the Republic of the Congo.")
    alone = until(pipeline, "gazetteer", "Congolese troops left.")
    assert [e.iso3 for e in near.entities] == ["COG"]
    assert [e.iso3 for e in alone.entities] == ["COD"]


def test_codes_and_ids_come_with_the_names(pipeline: Pipeline) -> None:
    doc = until(pipeline, "gazetteer", "Danish ministers met in Copenhagen.")
    assert [(e.iso3, e.wikidata) for e in doc.entities] == [("DNK", "Q35"), (None, "Q1748")]


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("It rained. (AFP, Reuters)", "(AFP, Reuters)"),
        ("LIMA (Reuters) - It rained.", "(Reuters)"),
        ("It rained.\nAuthor: A. Writer Editor: B. Reader", "Author: A. Writer Editor: B. Reader"),
        ("It rained. (Reporting by A. Writer; Editing by B. Reader)",
         "(Reporting by A. Writer; Editing by B. Reader)"),
    ],
)  # fmt: skip
def test_credits_are_found(text: str, credit: str) -> None:
    assert [span.of(text) for span in credits_in(text)] == [credit]


@pytest.mark.parametrize("text", ["Oslo (which it left) agreed.", "The editor (a Dane) left."])
def test_other_brackets_are_no_credits(text: str) -> None:
    assert list(credits_in(text)) == []


def test_a_trie_finds_the_longest_name_with_plain_or_accented_letters() -> None:
    entries = [
        ("São Tomé", Entry("Place", "São Tomé", "name")),
        ("São Tomé and Príncipe", Entry("Country", "São Tomé and Príncipe", "name")),
    ]
    text = "Sao Tome and Principe's capital is São Tomé"
    assert [match.span.of(text) for match in Trie(entries).find(text)] == [
        "Sao Tome and Principe",
        "São Tomé",
    ]


@pytest.mark.parametrize(("name", "plain"), [("Łódź", "Lodz"), ("Oslo", "Oslo"), ("Đặng", "Dang")])
def test_folding_takes_accents_away(name: str, plain: str) -> None:
    assert fold(name) == plain


def test_an_empty_document_has_no_entities(pipeline: Pipeline) -> None:
    gazetteer = next(stage for stage in pipeline.annotators if stage.name == "gazetteer")
    assert gazetteer(Document(id="d", text="")).entities == ()


@pytest.mark.parametrize(
    ("text", "wikidata"),
    [
        ("He studied in Cambridge.", "Q350"),
        ("He studied in Cambridge, England.", "Q350"),
        # not the one in the table, so none
        ("He studied in Cambridge, Massachusetts.", None),
        ("They moved from Oslo to London, Ontario.", "Q92561"),
    ],
)
def test_the_state_behind_a_comma_decides(
    pipeline: Pipeline, text: str, wikidata: str | None
) -> None:
    doc = until(pipeline, "gazetteer", text)
    city = next(entity for entity in doc.entities if entity.name in ("Cambridge", "London"))
    assert (city.type, city.wikidata) == ("Place", wikidata)


def test_a_congress_is_whose_country_is_spoken_of(pipeline: Pipeline) -> None:
    text = "The {} voted on the budget of {} in Congress."

    def congress(country: str) -> str | None:
        doc = until(pipeline, "gazetteer", text.format("members", country))
        return next((e.wikidata for e in doc.entities if e.name.endswith("Congress")), None)

    assert congress("the United States") == "Q11268"
    assert congress("Chile") is None
