"""One rule for who is meant by a name: everywhere in Python the same as in the link of a page."""

from __future__ import annotations

import pytest

import kg
from kg.errors import UnknownName
from kg.graph import KnowledgeGraph
from kg.model import Document, Entity, Mention, Relation, Span
from kg.notebook.selection import Shown
from kg.relations import shipped
from kg.view.content import content
from kg.view.naming import Called, meant

NAMES = {
    "e": "Recep Tayyip Erdoğan", "b": "Bilal Erdoğan", "n": "NATO", "r": "Mark Rutte",
    "k": "North Korea", "o": "South Korea",
}  # fmt: skip


def told() -> Document:
    """Tayyip met two, Bilal and South Korea one, North Korea nobody; NATO is "the Alliance"."""
    text = ". ".join([*NAMES.values(), "Alliance"])
    entities = tuple(
        Entity(
            key,
            "Person" if key in "ebr" else "Organization",
            name,
            (Mention(Span(text.index(name), text.index(name) + len(name))),)
            + ((Mention(Span(len(text) - 8, len(text))),) if key == "n" else ()),
            iri=f"https://example.org/id/{key}",
        )
        for key, name in sorted(NAMES.items())  # Bilal stands before his better connected father
    )
    relations = tuple(
        Relation("metWith", one, other, "actual", Span(0, len(text)), score=0.9, by="r")
        for one, other in ("en", "er", "bn", "or")
    )
    return Document("d", text, entities=entities, relations=relations)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    made = kg.open("memory:", create=True, pipeline=lambda given: given)
    made.add(told())
    return made


@pytest.mark.parametrize(
    ("who", "key"),
    [
        ("https://example.org/id/b", "b"),
        ("bilal erdoğan", "b"),
        ("alliance", "n"),
        ("Erdoğan", "e"),
        ("ERDOGAN", "e"),
        ("Tayyip Erdoğan", "e"),
        ("Korea", "o"),
    ],
)
def test_everywhere_the_same_is_meant(graph: KnowledgeGraph, who: str, key: str) -> None:
    shown = graph.page(focus=who)
    iri = f"https://example.org/id/{key}"
    assert f'"opens":"#focus={iri}"' in shown
    assert content([told()], shipped()).node(who).key == iri
    assert Shown(graph.page()).key(who) == iri
    assert {row.subject for row in graph.relations(subject=who)} == {NAMES[key]}
    if key != "n":
        assert graph.connection(who, "NATO")[0].subject == NAMES[key]


@pytest.mark.parametrize("who", ["Erdogn", "Erdo", "xyz", "Recep Tayip Erdogan"])
def test_an_unknown_name_is_answered_with_near_ones(graph: KnowledgeGraph, who: str) -> None:
    many = [Called(str(place), f"Somebody {place}", (), 9) for place in range(40)]
    known = [*many, *(Called(key, name) for key, name in NAMES.items())]
    with pytest.raises(UnknownName) as error:
        meant(who, known)
    if who == "xyz":
        assert str(error.value).endswith(f"known are: {', '.join(one.name for one in many[:8])}.")
    else:
        assert error.value.known[0] == "Recep Tayyip Erdoğan"
        assert set(error.value.known) <= {"Recep Tayyip Erdoğan", "Bilal Erdoğan"}
    for ask in (graph.connection, lambda who, _: graph.page(focus=who)):
        with pytest.raises(UnknownName, match="There is no entity called"):
            ask(who, "NATO")
