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

_GERUNDS = {"meeting": "meet", "briefing": "brief", "hosting": "host", "visiting": "visit"}
_DEPTH = 6  # governors between two infinitives of one sentence


def mended(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with the parser's known slips undone."""
    found = list(tokens)
    for index in range(len(found)):
        _part_day_from_subject(found, index)
        _coordinate_names(found, index)
        _call_a_person(found, index)
        _read_a_gerund(found, index)
        _coordinate_infinitives(found, index)
        _open_what_follows(found, index)
        _share_the_object(found, index)
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


def _read_a_gerund(tokens: list[Token], index: int) -> None:
    """Read the "meeting" of "might consider meeting with them" as what they might do."""
    token = tokens[index]
    if token.pos != "NOUN" or token.dep != "xcomp" or token.text not in _GERUNDS:
        return
    if not any(other.head == index and other.dep == "det" for other in tokens[token.head : index]):
        tokens[index] = replace(token, pos="VERB", tag="VBG", lemma=_GERUNDS[token.text])


def _coordinate_infinitives(tokens: list[Token], index: int) -> None:
    """Join "engage" to "free" in "urged them to free those it has held and engage in talks"."""
    token = tokens[index]
    first = tokens[token.head]
    if token.dep != "conj" or token.tag != "VB" or first.tag not in ("VBN", "VBD", "VBZ"):
        return
    if first.dep not in ("relcl", "ccomp", "advcl"):
        return
    own = ("nsubj", "aux", "nsubjpass")
    if any(other.head == index and other.dep in own for other in tokens[token.head : index]):
        return
    above = first
    for _ in range(_DEPTH):
        if above.tag == "VB":
            break
        above = tokens[above.head]
    if above.tag == "VB" and above is not tokens[index] and above.span < token.span:
        tokens[index] = replace(token, head=tokens.index(above))


def _open_what_follows(tokens: list[Token], index: int) -> None:
    """Read "due to open talks" as what somebody is to do, not as talks that are open."""
    token = tokens[index]
    noun, to = tokens[token.head], tokens[index - 1]
    if token.text not in ("open", "close") or token.dep != "amod" or to.text != "to":
        return
    if noun.dep != "pobj" or noun.head != index - 1 or tokens[to.head].pos not in ("ADJ", "VERB"):
        return
    tokens[index] = replace(token, pos="VERB", tag="VB", dep="xcomp", head=to.head)
    tokens[index - 1] = replace(to, pos="PART", tag="TO", dep="aux", head=index)
    tokens[token.head] = replace(noun, dep="dobj", head=index)


def _share_the_object(tokens: list[Token], index: int) -> None:
    """Read "met Novak in Oslo and Berg in Lima" as two people met, each in a place of his own."""
    person = tokens[index]
    if person.dep != "conj" or not person.ner.endswith("PERSON") or index + 2 >= len(tokens):
        return
    verb = person.head
    if tokens[verb].dep == "pobj":  # parsers join the person to the town or to the verb
        verb = tokens[tokens[verb].head].head
    local = [
        at
        for at in range(verb + 1, index + 2)
        if tokens[at].dep == "prep" and tokens[at].lemma in ("in", "at")
    ]
    if tokens[verb].pos != "VERB" or len(local) != 2 or local[1] != index + 1:
        return
    for at in range(verb + 1, local[0]):
        if tokens[at].dep == "dobj" and tokens[at].head == verb:
            tokens[index] = replace(person, head=at)
            tokens[local[0]] = replace(tokens[local[0]], head=at)
            tokens[local[1]] = replace(tokens[local[1]], head=index)
            return


def _particles() -> frozenset[str]:
    return lists("names")["people"]["particles"]
