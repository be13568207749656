"""What a construction says: who is backed, counted, helped, set free, called to be thanked."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.pipeline import Pipeline

SAID = [
    # a hyphen makes a backer; the dots of an abbreviation do not hide it
    ("Norway-backed rebels fled to Oslo.", "supported: Norway > Norway-backed rebels"),
    ("U.S.-backed rebels fled to Oslo.", "supported: United States > U.S.-backed rebels"),
    # what is counted, and what money is for
    ("Chile gave Peru two tons of grain.", "aided: Chile > Peru"),
    ("Chile sent two million dollars in aid to Peru.", "aided: Chile > Peru"),
    # who speaks for several countries
    ("The leaders of Chile and Peru met in Lima.", "metWith: Chile > Peru"),
    ("The foreign ministers of Chile and Peru held talks.", "negotiatedWith: Chile > Peru"),
    # the participle of a noun ties what the noun would
    ("Chile lifted the sanctions imposed on Peru.", "yieldedTo: Chile > Peru"),
    # a gift helps; other purposes are plans
    ("Chile donated rice to help Peru.", "aided: Chile > Peru"),
    ("Chile built a port to help Peru.", "aided: Chile > Peru (planned)"),
    ("Chile held talks about helping Peru.", "aided: Chile > Peru (possible)"),
    # an arrest that is announced is made, a visit is not
    ("Norway announced the arrest of Dan Miller.", "coerced: Norway > Dan Miller"),
    # verbs whose lemma the model gets wrong
    ("Uganda waged war on Kenya.", "attacked: Uganda > Kenya"),
    # the caller is the one who congratulates
    ("Anna Keller called Dan Miller to congratulate him.", "supported: Anna Keller > Dan Miller"),
    ("Anna Keller, on a visit to Mongolia, spoke of peace.", "visited: Anna Keller > Mongolia"),
    ("Peru let Dan Miller go on Friday.", "released: Peru > Dan Miller"),
    ("Peru freed two Christians on Friday.", "released: Peru > two Christians"),
]  # fmt: skip

NOT_SAID = [
    # a call that is rejected was a demand
    ("Anna Keller rejected a call from Dan Miller to resign.", "spokeWith"),
    # "UN-sanctioned" is what the UN allows
    ("The UN-sanctioned talks in Kenya ended.", "sanctioned"),
    ("United Nations peacekeeping operations in Kenya ended.", "attacked"),
    ("Peru let Chile know the answer on Friday.", "released"),
]


def told(pipeline: Pipeline, text: str) -> set[str]:
    doc = pipeline(Document(id="x", text=text, date="2025-02-17"))
    names = {entity.id: entity.name for entity in doc.entities}
    return {
        f"{r.type}: {names[r.subject]} > {names[r.object]}"
        + ("" if r.status == "actual" else f" ({r.status})")
        for r in doc.relations
    }


@pytest.mark.parametrize(("text", "fact"), SAID)
def test_a_construction_tells_who_did_what(pipeline: Pipeline, text: str, fact: str) -> None:
    assert fact in told(pipeline, text)


@pytest.mark.parametrize(("text", "relation"), NOT_SAID)
def test_what_only_looks_alike_tells_nothing(pipeline: Pipeline, text: str, relation: str) -> None:
    assert not any(fact.startswith(f"{relation}:") for fact in told(pipeline, text))
