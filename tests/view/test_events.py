"""Events are called by where and when they were and who came, only as far as the texts say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Document, Relation
from kg.relations import shipped
from kg.view.content import Content, Node, content
from tests.build import doc, span


def shown(*documents: Document) -> Content:
    return content(documents, shipped())


def event(*documents: Document) -> Node:
    (found,) = [node for node in shown(*documents).nodes if node.type == "Event"]
    return found


def talks(*relations: str, dates: tuple[str | None, ...] = (), name: str = "d") -> Document:
    """Talks with so many facts, of which the first ones have dates; the event is one of all."""
    made = doc(
        "Macron, Scholz, Meloni and Tusk held talks in Riyadh and Jeddah.",
        people=["Macron", "Scholz", "Meloni", "Tusk"],
        places=["Riyadh", "Jeddah"],
        events=["talks"],
        relations=relations,
    )
    dated = tuple(
        replace(relation, date=date)
        for relation, date in zip(made.relations, [*dates, *[None] * 9], strict=False)
    )
    entities = tuple(replace(e, iri=f"https://x.org/{e.name}") for e in made.entities)
    return made.but(id=name, relations=dated, entities=entities)


HELD, CAME = "heldIn: talks > Riyadh", "attended: Macron > talks"


@pytest.mark.parametrize(
    ("relations", "dates", "name"),
    [
        ([HELD, CAME], ["2025-02-18"], "talks in Riyadh, 18 Feb 2025"),
        ([HELD], [], "talks in Riyadh"),
        ([HELD], ["2025-02"], "talks in Riyadh, Feb 2025"),
        ([HELD], ["next week"], "talks in Riyadh"),
        ([HELD, CAME], ["2025-02-18", "2025-02-19"], "talks in Riyadh"),
        ([CAME], ["2025-02-18"], "talks with Macron, 18 Feb 2025"),
        ([CAME, "attended: Scholz > talks"], [], "talks with Macron and Scholz"),
        (
            [CAME, "attended: Tusk > talks", "attended: Scholz > talks"],
            [],
            "talks with Macron, Scholz and 1 other",
        ),
        (["hosted: Meloni > talks"], [], "talks hosted by Meloni"),
        ([CAME, "hosted: Meloni > talks"], [], "talks with Macron"),
        (["heldIn: talks > Jeddah (planned)"], [], "planned talks in Jeddah"),
        ([HELD, "heldIn: talks > Jeddah (planned)"], [], "talks in Riyadh"),
        (["heldIn: talks > Riyadh (possible)"], ["2025-02-18"], "talks"),
        (["attended: Macron > talks (negated)"], ["2025-02-18"], "talks"),
        ([], [], "talks"),
    ],
)
def test_an_event_is_called_by_what_is_said_of_it(
    relations: list[str], dates: list[str | None], name: str
) -> None:
    found = event(talks(*relations, dates=tuple(dates)))
    assert found.name == name
    assert found.called == ("talks" if name != "talks" else None)
    assert ("talks" in found.aliases) == (name != "talks")


def test_the_place_and_the_day_are_those_of_most_documents() -> None:
    found = event(
        talks("heldIn: talks > Jeddah", dates=("2025-02-17",), name="a"),
        talks(HELD, dates=("2025-02-18",), name="b"),
        talks(HELD, dates=("2025-02-18",), name="c"),
    )
    assert found.name == "talks in Riyadh, 18 Feb 2025"


def test_the_place_of_all_that_happened_there_is_the_place_of_the_event() -> None:
    made = talks(CAME, "attended: Scholz > talks")
    riyadh = next(entity.id for entity in made.entities if entity.name == "Riyadh")
    jeddah = next(entity.id for entity in made.entities if entity.name == "Jeddah")
    one, two = made.relations
    agreed = made.but(relations=(replace(one, place=riyadh), two))
    assert event(agreed).name == "talks in Riyadh"
    unlike = made.but(relations=(replace(one, place=riyadh), replace(two, place=jeddah)))
    assert event(unlike).name == "talks with Macron and Scholz"


def test_a_name_that_tells_its_place_gets_no_second_one_and_a_proper_one_no_people() -> None:
    words = "The summit in London, in Lancaster House, and the Security Conference ended."
    made = doc(
        words,
        people=["Lancaster"],
        places=["House"],
        events=["summit in London", "Security Conference"],
        relations=[
            Relation("heldIn", "e3", "e2", "actual", span(words, words), date="2025-03-02"),
            Relation("attended", "e1", "e4", "actual", span(words, words)),
        ],
    )
    assert [node.name for node in shown(made).nodes if node.type == "Event"] == [
        "summit in London, 2 Mar 2025",
        "Security Conference",
    ]


def test_a_name_from_right_to_left_does_not_reorder_the_date() -> None:
    words = "The talks in الرياض ended."
    made = doc(words, places=["الرياض"], events=["talks"])
    held = Relation("heldIn", "e2", "e1", "actual", span(words, words), date="2025-02-18")
    assert event(made.but(relations=(held,))).name == "talks in \u2068الرياض\u2069, 18 Feb 2025"
    words = "The محادثات in Riyadh ended."
    made = doc(words, places=["Riyadh"], events=["محادثات"])
    held = Relation("heldIn", "e2", "e1", "actual", span(words, words))
    found = event(made.but(relations=(held,))).name
    assert found == "\u200e\u2068محادثات\u2069 in Riyadh"


def test_an_event_is_found_by_what_the_text_calls_it() -> None:
    found = shown(talks(HELD))
    assert found.node("talks").name == "talks in Riyadh"
