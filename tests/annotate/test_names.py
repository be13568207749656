"""People, and the bodies and places that the tables miss: where a name begins, ends, what it is."""

from __future__ import annotations

import pytest

from kg.annotate.guesses import guesses
from kg.model import Document, Span, Token
from kg.pipeline import Pipeline
from tests.readings import until


def found(pipeline: Pipeline, text: str) -> list[str]:
    """Return the mentions as "surface=type", in the order of the text."""
    doc = until(pipeline, "names", text)
    mentions = sorted((m.span, entity.type) for entity in doc.entities for m in entity.mentions)
    return [f"{span.of(text)}={kind}" for span, kind in mentions]


CASES = [
    # titles are no part of a name, "Sir" before a given name is
    ("President Anna Novak spoke.", ["Anna Novak=Person"]),
    ("Foreign Minister Novak spoke.", ["Novak=Person"]),
    ("Sir Humphrey Appleby spoke. Sir Humphrey left.",
     ["Humphrey Appleby=Person", "Sir Humphrey=Person"]),
    ("Gen. Pavel Dvorak and Dr. Eva Lang spoke.", ["Pavel Dvorak=Person", "Eva Lang=Person"]),
    # possessives and punctuation stay outside
    ("Anna Novak's plan failed.", ["Anna Novak=Person"]),
    # particles and hyphens
    ("Marta van der Berg met Ahmed al-Sayed.",
     ["Marta van der Berg=Person", "Ahmed al-Sayed=Person"]),
    ("The minister Park Mi-rae spoke.", ["Park Mi-rae=Person"]),
    ("The minister Han Mi-rae spoke. Han left.", ["Han Mi-rae=Person", "Han=Person"]),
    ("Somalia, where al-Shabab militants fled.",
     ["Somalia=Country", "al-Shabab=Organization"]),
    ("The Anna Novak-led cabinet fell.", ["Anna Novak=Person"]),
    # a noun beside it says that a name is that of a body, a building, no person
    ("The nationalist Svoboda party failed.", ["Svoboda=Organization"]),
    ("They left the network Attac.", ["Attac=Organization"]),
    ("They fled from the Ofer military prison.", ["Ofer=Place"]),
    ("They met at the King Anton Hotel.", ["King Anton Hotel=Place"]),
    ("In Oslo, Commission Vice-President Anna Novak spoke.",
     ["Oslo=Place", "Commission=Organization", "Anna Novak=Person"]),
    # a title without a name is none
    ("The Prime Minister apologised to the King.", []),
    ("The Secretary of Transportation resigned.", []),
    # the rule of a person is a body
    ("The Obama administration refused.", ["Obama administration=Organization"]),
    # months and works
    ("In March the committee met on Friday.", []),
    # bodies of no table, with the countries around them
    ("The Baltic Ferry Company sued the Danish firm Nordlys.",
     ["Baltic Ferry Company=Organization", "Danish=Country", "Nordlys=Organization"]),
    # buildings and features of the land
    ("They landed at Anna Novak International Airport.",
     ["Anna Novak International Airport=Place"]),
    ("The Anna Novak Foundation gave money.", ["Anna Novak Foundation=Organization"]),
    # the acronym that the text itself gives
    ("The Northern Harbour Workers Organization (NHWO) struck.",
     ["Northern Harbour Workers Organization=Organization", "NHWO=Organization"]),
    # a sum of money is no part of a name
    ("Ana Rojas promised Kyiv a billion euros in aid.", ["Ana Rojas=Person", "Kyiv=Place"]),
    # a news agency in a dateline is no actor
    ("LIMA (Reuters) - Peru voted.", ["LIMA=Place", "Peru=Country"]),
    # an unknown state
    ("President Ana Rojas of Sylvania resigned.", ["Ana Rojas=Person", "Sylvania=Country"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_names(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    assert found(pipeline, text) == expected


def test_a_surname_that_is_a_person_once_is_that_person_throughout(pipeline: Pipeline) -> None:
    text = (
        "Lech Jordan chairs the council. The council met Jordan on Monday. "
        "Jordan said it was content. Critics of Jordan left."
    )
    kinds = [entry for entry in found(pipeline, text) if "Jordan" in entry]
    assert kinds[0] == "Lech Jordan=Person"
    assert "Jordan=Person" in kinds[1:]


def test_a_country_is_no_surname_where_nobody_bears_it(pipeline: Pipeline) -> None:
    assert found(pipeline, "The envoy met Jordan's foreign minister in Amman.") == [
        "Jordan=Country",
        "Amman=Place",
    ]


def test_the_document_outvotes_a_single_guess(pipeline: Pipeline) -> None:
    text = (
        "Fighting reached the town of Karsova. Residents of Karsova fled. "
        "Karsova is in ruins. Troops entered Karsova on Sunday."
    )
    assert found(pipeline, text) == ["Karsova=Place"] * 4


def test_a_capitalized_head_points_back_to_its_body(pipeline: Pipeline) -> None:
    text = "The European Council met on Thursday. A spokesman for the Council declined to comment."
    assert found(pipeline, text) == ["European Council=Organization", "Council=Organization"]


def test_ids_count_from_the_first_mention(pipeline: Pipeline) -> None:
    doc = until(pipeline, "names", "Anna Novak left Peru for Chile. Peru was glad.")
    assert [(e.id, e.name) for e in doc.entities] == [
        ("e1", "Anna Novak"),
        ("e2", "Peru"),
        ("e3", "Chile"),
    ]
    assert [len(e.mentions) for e in doc.entities] == [1, 2, 1]


def tagged(*words: tuple[str, str, str]) -> Document:
    """Return a document of (word, part of speech, named-entity tag), one space between words."""
    text, tokens = "", list[Token]()
    for index, (word, pos, ner) in enumerate(words):
        start = len(text) + bool(text)
        text = f"{text} {word}".lstrip()
        tokens.append(Token(Span(start, start + len(word)), word, word, pos, "", "", index, 0, ner))
    return Document(id="d", text=text, tokens=tuple(tokens))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("the", "DET", "B-ORG"), ("Senate", "PROPN", "I-ORG")], ["Senate"]),
        ([("Novak", "PROPN", "B-PERSON"), ("'s", "PART", "I-PERSON")], ["Novak"]),
        (
            [
                ("Lang", "PROPN", "B-PERSON"),
                (",", "PUNCT", "I-PERSON"),
                ("Berg", "PROPN", "I-PERSON"),
            ],
            ["Lang", "Berg"],
        ),
        ([("Lang", "PROPN", "B-PERSON"), ("Berg", "PROPN", "B-PERSON")], ["Lang", "Berg"]),
        ([("walked", "VERB", "")], []),
    ],
)
def test_guesses_are_cut_to_names(words: list[tuple[str, str, str]], expected: list[str]) -> None:
    doc = tagged(*words)
    assert [guess.span.of(doc.text) for guess in guesses(doc)] == expected


@pytest.mark.parametrize("text", ["", "\n", "🎈🎈", "a", "!!!", "I.", "’s", "-", "The The The"])
def test_odd_texts_break_nothing(pipeline: Pipeline, text: str) -> None:
    until(pipeline, "within", text).check()
