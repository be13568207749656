"""Which names of one document are the same person, body or place."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity, Mention, Span
from kg.resolve.within import Within

KINDS = {"P": "Person", "O": "Organization", "L": "Place", "C": "Country"}


def grouped(text: str, *names: str) -> list[list[str]]:
    """Return the names that came together, each group with the name of its entity first.

    A name is "P:Novak": its kind and its words, looked for from where the last one ended. Equal
    ones are one entity, as the stages before leave them.
    """
    found: dict[str, Entity] = {}
    position = 0
    for name in names:
        kind, words = name.split(":")
        position = text.index(words, position)
        mention = Mention(Span(position, position + len(words)))
        position += len(words)
        known = found.get(name) or Entity(f"e{len(found) + 1}", KINDS[kind], words)  # type: ignore[arg-type]
        found[name] = Entity(known.id, known.type, words, (*known.mentions, mention))
    doc = Within()(Document(id="d", text=text, entities=tuple(found.values()))).check()
    assert [e.id for e in doc.entities] == [f"e{n}" for n in range(1, len(doc.entities) + 1)]
    return [[e.name, *(m.span.of(text) for m in e.mentions)] for e in doc.entities]


TOGETHER = [
    # a surname, a given name with and without "Sir", a middle initial
    ("Anna Novak spoke. Novak left.", ["P:Anna Novak", "P:Novak"]),
    ("Anna Novak spoke. Anna left.", ["P:Anna Novak", "P:Anna"]),
    # a slip of the pen
    ("Port Lorino is big. Port Lorno is small.", ["L:Port Lorino", "L:Port Lorno"]),
    ("Sela Mabla is big. Sela Maba is small.", ["L:Sela Mabla", "L:Sela Maba"]),
    ("Humphrey Appleby spoke. Sir Humphrey left.", ["P:Humphrey Appleby", "P:Sir Humphrey"]),
    ("Anna B. Novak spoke. Anna Novak left.", ["P:Anna B. Novak", "P:Anna Novak"]),
    ("Ursula von der Horst spoke. Von der Horst left.",
     ["P:Ursula von der Horst", "P:Von der Horst"]),
    ("Ahmed al-Sayed spoke. Sayed left.", ["P:Ahmed al-Sayed", "P:Sayed"]),
    # accents, hyphens and a slip of the pen
    ("Jiří Dvořák spoke. Dvorak left.", ["P:Jiří Dvořák", "P:Dvorak"]),
    ("Taher El-Sami spoke. El Sami left.", ["P:Taher El-Sami", "P:El Sami"]),
    ("Pavel Dvorack spoke. Pavel Dvorak left.", ["P:Pavel Dvorack", "P:Pavel Dvorak"]),
    # acronyms: by initials, and because the text says so
    ("The Northern Workers Front struck. The NWF said so.", ["O:Northern Workers Front", "O:NWF"]),
    ("The Institute for Works (XYZ) closed. XYZ was old.",
     ["O:Institute for Works", "O:XYZ", "O:XYZ"]),
    # short names of bodies and places
    ("The European Council met. The Council left.", ["O:European Council", "O:Council"]),
    ("The Sunrise Brotherhood met. The Brotherhood left.",
     ["O:Sunrise Brotherhood", "O:Brotherhood"]),
    ("Norfield Airport closed. Norfield was dark.", ["L:Norfield Airport", "L:Norfield"]),
    ("The Guard Forces met. The Guard forces left.", ["O:Guard Forces", "O:Guard forces"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), TOGETHER, ids=[text for text, _ in TOGETHER])
def test_these_are_one(text: str, names: list[str]) -> None:
    words = [name.split(":")[1] for name in names]
    (group,) = grouped(text, *names)
    assert group[0] == max(words, key=len)
    assert group[1:] == words


APART = [
    # two people with one surname, and the surname that could be either's
    ("Anna Novak met Karel Novak.", ["P:Anna Novak", "P:Karel Novak"]),
    ("Anna Novak met Karel Novak. Novak smiled.", ["P:Anna Novak", "P:Karel Novak", "P:Novak"]),
    # other kinds, other names
    ("Sela Maba is big. Sela Labla is small.", ["L:Sela Maba", "L:Sela Labla"]),
    ("Port Said is big. Port Saida is small.", ["L:Port Said", "L:Port Saida"]),
    ("Wagner met Wagner.", ["P:Wagner", "O:Wagner"]),
    ("Anna Novak met Anton Novotny.", ["P:Anna Novak", "P:Anton Novotny"]),
    ("The Democratic Party beat the Social Democratic Party.",
     ["O:Democratic Party", "O:Social Democratic Party"]),
    ("Apple sued Apple Music.", ["O:Apple", "O:Apple Music"]),
    ("The NWF beat the Western Farmers Union.", ["O:NWF", "O:Western Farmers Union"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), APART, ids=[text for text, _ in APART])
def test_these_stay_apart(text: str, names: list[str]) -> None:
    assert len(grouped(text, *names)) == len(names)


def test_a_surname_after_one_of_two_namesakes_is_that_one() -> None:
    groups = grouped(
        "Anna Novak spoke. Novak left. Later Karel Novak came.",
        "P:Anna Novak", "P:Novak", "P:Karel Novak",
    )  # fmt: skip
    assert groups == [["Anna Novak", "Anna Novak", "Novak"], ["Karel Novak", "Karel Novak"]]


def test_a_city_with_an_id_is_not_its_airport() -> None:
    text = "Norfield Airport closed. Norfield was dark."
    airport = Entity("e1", "Place", "Norfield Airport", (Mention(Span(0, 16)),))
    city = Entity("e2", "Place", "Norfield", (Mention(Span(25, 33)),), wikidata="Q1")
    doc = Within()(Document(id="d", text=text, entities=(airport, city)))
    assert len(doc.entities) == 2


def test_the_id_of_any_member_is_kept() -> None:
    text = "The United Harbours (UH) met."
    long = Entity("e1", "Organization", "United Harbours", (Mention(Span(4, 19)),))
    short = Entity("e2", "Organization", "UH", (Mention(Span(21, 23)),), wikidata="Q7")
    doc = Within()(Document(id="d", text=text, entities=(long, short)))
    assert [(e.name, e.wikidata) for e in doc.entities] == [("United Harbours", "Q7")]


def test_nothing_comes_of_nothing_and_twice_is_once() -> None:
    assert Within()(Document(id="d", text="")).entities == ()
    text = "Anna Novak spoke. Novak left."
    doc = Document(
        id="d",
        text=text,
        entities=(
            Entity("e1", "Person", "Anna Novak", (Mention(Span(0, 10)),)),
            Entity("e2", "Person", "Novak", (Mention(Span(18, 23)),)),
        ),
    )
    once = Within()(doc)
    assert Within()(once) == once


def test_names_that_shorten_each_other_in_a_ring_come_to_rest() -> None:
    text = "Pavel Dvorak, Pavel al-Dvorak, Pavel Dvorack met."
    groups = grouped(text, "P:Pavel Dvorak", "P:Pavel al-Dvorak", "P:Pavel Dvorack")
    assert sum(len(group) - 1 for group in groups) == 3


def test_an_acronym_that_the_text_defines_is_not_the_better_known_body() -> None:
    text = "The European People's Alliance (EPA) met."
    named = [("European People's Alliance", None), ("Environmental Protection Agency", "Q460173")]
    spans = [(4, 30), (32, 35)]
    entities = tuple(
        Entity(f"e{n}", "Organization", name, (Mention(Span(*span)),), wikidata=qid)
        for n, ((name, qid), span) in enumerate(zip(named, spans, strict=True), 1)
    )
    (one,) = Within()(Document(id="d", text=text, entities=entities)).entities
    assert (one.name, one.wikidata) == ("European People's Alliance", None)
    assert [mention.span.of(text) for mention in one.mentions] == [
        "European People's Alliance",
        "EPA",
    ]
