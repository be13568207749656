"""Documents built by hand, without a model.

Grammar is written one word at a time, entities by their surface, relations like the examples of
the lexicon::

    parsed("Macron/PROPN/nsubj>met met=meet/VERB/ROOT Scholz/PROPN/dobj>met ./PUNCT/punct>met")
    doc(
        "Macron met Scholz in Paris. He will visit Poland.",
        people=["Macron | He", "Scholz"],
        places=["Paris"],
        countries=["Poland"],
        relations=["metWith: Macron > Scholz", "visited: Macron > Poland (planned)"],
        statements=["Macron: will visit Poland (indirect)"],
    )
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import (
    Document,
    Entity,
    EntityType,
    Mention,
    MentionKind,
    Relation,
    Span,
    Statement,
    Token,
)

PRONOUNS = {"he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "we", "who"}
TAGS = {
    "ADJ": "JJ", "ADP": "IN", "ADV": "RB", "AUX": "VBZ", "CCONJ": "CC", "DET": "DT", "NOUN": "NN",
    "NUM": "CD", "PART": "RP", "PRON": "PRP", "PROPN": "NNP", "PUNCT": ".", "SCONJ": "IN",
    "VERB": "VBD",
}  # fmt: skip
GLUED = re.compile(r"[.,;:!?)\]”]+|['’](s|re|ve|ll|d|m)?|n['’]t")


def parsed(notation: str, **fields: Any) -> Document:
    """Return a document with tokens from ``word=lemma/POS:TAG/dep>head``, one sentence a line.

    The lemma is the word in lower case unless given, the tag a usual one for the part of speech.
    ``head`` is the nearest other word of the sentence with that text; ``head#2`` is the second
    one. A word without a head is a root. "." and "'s" join the word before them, as does any word
    with a "~" in front.
    """
    text, tokens = "", list[Token]()
    for sentence, line in enumerate(filter(None, map(str.strip, notation.splitlines()))):
        words = [_Word(number, part) for number, part in enumerate(line.split())]
        offset = len(tokens)
        for word in words:
            if text and not word.glued:
                text += " "
            start = len(text)
            text += word.text
            tokens.append(
                Token(
                    span=Span(start, len(text)),
                    text=word.text,
                    lemma=word.lemma,
                    pos=word.pos,
                    tag=word.tag,
                    dep=word.dep,
                    head=offset + word.governor(words),
                    sentence=sentence,
                )
            )
    return Document(**{"id": "d", **fields, "text": text, "tokens": tuple(tokens)})


class _Word:
    """One word of the notation."""

    def __init__(self, number: int, notation: str) -> None:
        word, pos, relation = [*notation.removeprefix("~").rsplit("/", 2), "X", "dep"][:3]
        self.number = number
        self.text, _, lemma = word.partition("=") if word != "=" else (word, "", "")
        self.lemma = lemma or self.text.lower()
        self.pos, _, tag = pos.partition(":")
        self.tag = tag or TAGS.get(self.pos, "XX")
        self.dep, _, self.head = relation.partition(">")
        self.glued = notation.startswith("~") or bool(GLUED.fullmatch(self.text))

    def governor(self, words: list[_Word]) -> int:
        if not self.head:
            return self.number
        name, _, which = self.head.partition("#")
        found = [word.number for word in words if word.text == name and word is not self]
        if not found:
            raise ValueError(f"{self.text!r} hangs on {name!r}, which is not in its sentence")
        if which:
            return found[int(which) - 1]
        return min(found, key=lambda number: abs(number - self.number))


def doc(
    words: str | Document,
    *,
    people: Iterable[str] = (),
    countries: Iterable[str] = (),
    organizations: Iterable[str] = (),
    places: Iterable[str] = (),
    events: Iterable[str] = (),
    groups: Iterable[str] = (),
    relations: Iterable[str | Relation] = (),
    statements: Iterable[str | Statement] = (),
    **fields: Any,
) -> Document:
    """Return a checked document with entities, relations and statements.

    ``words`` is a text or a document from `parsed`. An entity is written as its surfaces, the name
    first: ``"Keir Starmer | Sir Keir | he"``. A pronoun or a lower-case surface is not a name
    (``nominal``), all others are; every occurrence as a whole word is a mention, longer surfaces
    first. A relation is ``"type: subject > object (status)"`` with surfaces, its evidence the
    sentence around the first mention of both; a statement is ``"speaker: words (indirect)"``.
    """
    given = words if isinstance(words, Document) else Document(id="d", text=words)
    listed: list[tuple[EntityType, str]] = [
        *(("Person", line) for line in people),
        *(("Country", line) for line in countries),
        *(("Organization", line) for line in organizations),
        *(("Place", line) for line in places),
        *(("Event", line) for line in events),
        *(("Group", line) for line in groups),
    ]
    entities = _entities(given.text, listed)
    by_surface = {
        mention.span.of(given.text): entity for entity in entities for mention in entity.mentions
    }
    return given.but(
        entities=entities,
        relations=tuple(
            line if isinstance(line, Relation) else _relation(given.text, line, by_surface)
            for line in relations
        ),
        statements=tuple(
            line if isinstance(line, Statement) else _statement(given.text, line, by_surface)
            for line in statements
        ),
        **fields,
    ).check()


def span(text: str, words: str, occurrence: int = 1) -> Span:
    """Return where ``words`` stand in ``text``: the first time, or the ``occurrence``-th."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def _entities(text: str, listed: list[tuple[EntityType, str]]) -> tuple[Entity, ...]:
    surfaces = [
        (surface.strip(), number)
        for number, (_, line) in enumerate(listed)
        for surface in line.split("|")
    ]
    found: dict[int, list[Mention]] = {number: [] for number in range(len(listed))}
    taken: list[Span] = []
    for surface, number in sorted(surfaces, key=lambda pair: -len(pair[0])):
        here = [
            Span(*match.span())
            for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)
            if not any(span.overlaps(Span(*match.span())) for span in taken)
        ]
        if not here:
            raise ValueError(f"{surface!r} does not stand in the text")
        taken += here
        found[number] += [Mention(place, _kind(surface)) for place in here]
    return tuple(
        Entity(f"e{number + 1}", kind, line.split("|")[0].strip(), tuple(sorted(found[number])))
        for number, (kind, line) in enumerate(listed)
    )


def _kind(surface: str) -> MentionKind:
    if surface.lower() in PRONOUNS:
        return "pronoun"
    return "nominal" if surface.islower() else "name"


def _relation(text: str, line: str, entities: Mapping[str, Entity]) -> Relation:
    match = re.fullmatch(r"(\w+): (.+?) > (.+?)(?: \((\w+)\))?", line)
    if not match:
        raise ValueError(f"{line!r} is not 'type: subject > object (status)'")
    return Relation(
        type=match[1],
        subject=entities[match[2]].id,
        object=entities[match[3]].id,
        status=match[4] or "actual",  # type: ignore[arg-type]  # Document.check looks at it
        evidence=_sentence(text, (match[2], match[3]), entities),
        by="hand",
    )


def _sentence(text: str, surfaces: Iterable[str], entities: Mapping[str, Entity]) -> Span:
    """Return the first sentence in which each surface is a mention of its own."""
    mentions = [
        [m.span for m in entities[surface].mentions if m.span.of(text) == surface]
        for surface in surfaces
    ]
    for match in re.finditer(r"\S[^.!?]*[.!?]?", text):
        sentence = Span(*match.span())
        if all(any(sentence.covers(span) for span in spans) for spans in mentions):
            return sentence
    raise ValueError(f"no sentence holds {' and '.join(surfaces)}")


def _statement(text: str, line: str, entities: Mapping[str, Entity]) -> Statement:
    match = re.fullmatch(r"(.+?): (.+?)(?: \((direct|indirect)\))?", line)
    if not match:
        raise ValueError(f"{line!r} is not 'speaker: words (indirect)'")
    return Statement(
        speaker=entities[match[1]].id,
        quote=span(text, match[2]),
        kind="indirect" if match[3] == "indirect" else "direct",
        cue="said",
    )
