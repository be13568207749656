""" "I" and "we" in a quotation."""

from __future__ import annotations

from kg.annotate.deixis import Deixis
from kg.model import Document
from tests.build import doc, parsed


def spoken(kind: str = "direct") -> Document:
    words = parsed(
        "Novak/PROPN/nsubj>said said=say/VERB/ROOT :/PUNCT/punct>said"
        " I/PRON/nsubj>met met=meet/VERB/ccomp>said our=our/PRON/poss>envoy envoy/NOUN/dobj>met"
        " ./PUNCT/punct>said\n"
        "I/PRON/nsubj>slept slept=sleep/VERB/ROOT ./PUNCT/punct>slept"
    )
    return doc(words, people=["Novak"], statements=[f"Novak: I met our envoy ({kind})"])


def pronouns(found: Document) -> list[str]:
    (novak,) = found.entities
    return [m.span.of(found.text) for m in novak.mentions if m.kind == "pronoun"]


def test_first_persons_in_direct_speech_mean_the_speaker() -> None:
    assert pronouns(Deixis()(spoken())) == ["I", "our"]


def test_only_inside_the_quotation() -> None:
    found = Deixis()(spoken())
    assert found.entities[0].mentions[-1].span.end < found.text.index("slept")


def test_indirect_speech_has_no_first_person_of_its_speaker() -> None:
    assert pronouns(Deixis()(spoken("indirect"))) == []


def test_twice_is_once() -> None:
    once = Deixis()(spoken())
    assert Deixis()(once) == once
