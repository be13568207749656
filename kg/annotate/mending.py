"""Slips that the parser makes again and again, mended where the words leave no doubt.

Each mend looks for one pattern of words, so that what it does can be said in a sentence and
tried on one. Everything after this stage sees the mended tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.almanac import WEEKDAYS
from kg.data import lists
from kg.model import Token


def mended(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with the parser's known slips undone."""
    found = list(tokens)
    for index in range(len(found)):
        _part_day_from_subject(found, index)
        _coordinate_names(found, index)
        _call_a_person(found, index)
    return tuple(found)


def _part_day_from_subject(tokens: list[Token], index: int) -> None:
    """Part the day from the name: in "On Friday Novak met" it is Novak who met."""
    day = tokens[index]
    name = tokens[day.head]
    if day.dep not in ("compound", "nmod") or day.lemma not in WEEKDAYS or name.dep != "pobj":
        return
    preposition = tokens[name.head]
    verb = preposition.head
    if name.head != index - 1 or not name.tag.startswith("NNP") or verb <= day.head:
        return
    taken = any(t.head == verb and t.dep in ("nsubj", "nsubjpass") for t in tokens[index:verb])
    if taken or tokens[verb].pos not in ("VERB", "AUX"):
        return
    passive = any(t.head == verb and t.dep == "auxpass" for t in tokens[index:verb])
    tokens[day.head] = replace(name, head=verb, dep="nsubjpass" if passive else "nsubj")
    tokens[index] = replace(day, head=name.head, dep="pobj")


def _coordinate_names(tokens: list[Token], index: int) -> None:
    """Coordinate "Costa and von der Leyen", which is read as one name with two modifiers."""
    first = tokens[index]
    last = tokens[first.head]
    if first.dep != "nmod" or first.pos != "PROPN" or last.pos != "PROPN" or first.head < index:
        return
    inside = range(index + 1, first.head)
    if len(inside) < 2 or tokens[index + 1].dep != "cc" or tokens[index + 1].head != index:
        return
    if tokens[index + 2].text not in _particles():
        return
    tokens[index] = replace(first, head=last.head, dep=last.dep)
    tokens[first.head] = replace(last, head=index, dep="conj")
    for at in inside[1:]:
        tokens[at] = replace(tokens[at], head=first.head, dep="compound")
    for at, token in enumerate(tokens[first.head + 1 :], first.head + 1):
        if token.sentence != last.sentence:
            break
        if token.head == first.head and token.dep in ("prep", "punct"):
            tokens[at] = replace(token, head=index)


def _call_a_person(tokens: list[Token], index: int) -> None:
    """Take what starts like "von der" and is guessed to be a body for a person's name."""
    token = tokens[index]
    if token.ner not in ("B-ORG", "B-GPE", "B-FAC") or token.text not in _particles():
        return
    at = index
    while at < len(tokens) and (at == index or tokens[at].ner.startswith("I-")):
        tokens[at] = replace(tokens[at], ner=tokens[at].ner[:2] + "PERSON")
        at += 1


def _particles() -> frozenset[str]:
    return lists("names")["people"]["particles"]
