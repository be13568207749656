"""Hypothesis strategies: texts (hostile ones too), spans, and whole valid documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

from hypothesis import strategies as st

from kg.model import (
    ENTITY_TYPES,
    STATUSES,
    Basis,
    Document,
    Entity,
    Mention,
    MentionKind,
    Relation,
    Span,
    Statement,
    StatementKind,
)
from kg.relations import shipped
from kg.source import Source

# What breaks naive code: markup, quotes, bidi controls, combining marks, astral characters,
# line separators that are no "\n", byte order marks, keys that JavaScript treats specially.
HOSTILE = (
    "<script>alert(1)</script>", "</script>", "<!--", "]]>", '"', "'", "\\", "\\u0000", "\x00",
    "\x07", "\x1b[31m", "\r\n", "\r", "\n\n", "\t", "\x0b", "\x85", "\u2028", "\u2029", "\u202e",
    "\u2066", "\u200b", "\u200d", "\ufeff", "e\u0301", "\u1e9e", "\u0130", "👩‍👩‍👧", "🇺🇦", "كييف",
    "__proto__", "constructor", "{{7*7}}", "${x}", "%s", "javascript:alert(1)", "<urn:x> <urn:y>",
    "\"^^<http://www.w3.org/2001/XMLSchema#integer>", "@en", "_:b0", "\U0010ffff",
)  # fmt: skip
WORDS = ("Macron", "met", "Sir Keir", "in", "Kyiv", "on Tuesday", ",", ".", "said", "“We agree”")

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
"""Any Unicode text, without halves of surrogate pairs (those are no text)."""

texts = st.lists(st.one_of(st.sampled_from(WORDS + HOSTILE), any_text), max_size=12).map(" ".join)
"""Texts between plain news and hostile Unicode; may be empty."""

some_text = texts.filter(bool)
days = st.dates(date(1990, 1, 1), date(2035, 12, 31)).map(date.isoformat)
words_or_none = st.none() | some_text


def spans(text: str) -> st.SearchStrategy[Span]:
    """Spans of a text that is not empty."""
    offsets = st.integers(0, len(text))
    return (
        st.tuples(offsets, offsets)
        .filter(lambda pair: pair[0] != pair[1])
        .map(lambda pair: Span(min(pair), max(pair)))
    )


sources = st.builds(
    Source,
    url=st.none() | st.just("https://example.org/a?b=c&d=%C3%A9#e") | any_text,
    title=words_or_none,
    publisher=words_or_none,
    licence=words_or_none,
    sha256=st.none() | st.just("0" * 64),
    author=words_or_none,
)


def entities(text: str, ids: list[str]) -> st.SearchStrategy[tuple[Entity, ...]]:
    """One entity for each id, with mentions as a record can hold them."""
    return st.tuples(*(_entity(text, name, ids) for name in ids))


def _entity(text: str, name: str, ids: list[str]) -> st.SearchStrategy[Entity]:
    return st.builds(
        Entity,
        id=st.just(name),
        type=st.sampled_from(ENTITY_TYPES),
        name=some_text,
        mentions=st.sets(spans(text), max_size=4).flatmap(_mentions),
        iso3=st.none() | st.sampled_from(["FRA", "GBR", "UKR"]),
        wikidata=st.none() | st.integers(1, 10**9).map("Q{}".format),
        iri=st.none() | st.just("https://example.org/id/person/é-1"),
        of=st.none(),
    ).flatmap(lambda entity: _belonging(entity, ids))


def _mentions(found: set[Span]) -> st.SearchStrategy[tuple[Mention, ...]]:
    """Each span once: the named ones first, both kinds in the order of the text."""
    ordered = sorted(found)
    return st.integers(0, len(ordered)).map(
        lambda named: (
            *(Mention(span, "name") for span in ordered[:named]),
            *(Mention(span, "nominal") for span in ordered[named:]),
        )
    )


def _belonging(entity: Entity, ids: list[str]) -> st.SearchStrategy[Entity]:
    """Give a Group a body; a record tells no more of events and groups than name or pronoun."""
    if entity.type in ("Event", "Group"):
        kinds: dict[MentionKind, MentionKind] = {"nominal": "pronoun"}
        entity = replace(
            entity,
            mentions=tuple(Mention(m.span, kinds.get(m.kind, m.kind)) for m in entity.mentions),
        )
    if entity.type != "Group":
        return st.just(entity)
    return st.sampled_from([None, *ids]).map(lambda body: replace(entity, of=body))


def relations(text: str, ids: list[str]) -> st.SearchStrategy[Relation]:
    """Relations between entities of these ids, of shipped types."""
    return st.builds(
        Relation,
        type=st.sampled_from(sorted(shipped())),
        subject=st.sampled_from(ids),
        object=st.sampled_from(ids),
        status=st.sampled_from(STATUSES),
        evidence=spans(text),
        place=st.none() | st.sampled_from(ids),
        date=st.none() | days | some_text,
        title=words_or_none,
        former=st.booleans(),
        basis=st.sampled_from(get_args(Basis)),
        score=st.floats(0, 1),
        by=st.sampled_from(["frames", "roles", "places", "llm"]),
    )


def statements(text: str, ids: list[str]) -> st.SearchStrategy[Statement]:
    """Statements by entities of these ids."""
    return st.builds(
        Statement,
        speaker=st.sampled_from(ids),
        quote=spans(text),
        kind=st.sampled_from(get_args(StatementKind)),
        addressee=st.none() | st.sampled_from(ids),
        cue=st.sampled_from(["", "said", "told"]) | any_text,
    )


def paged(turns: set[int]) -> tuple[int, ...]:
    """Return where pages begin, given where they turn."""
    return (0, *sorted(turns))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Whole valid documents with the layers of a record; everything else is empty."""
    text = draw(texts)
    document = Document(
        id=draw(some_text),
        text=text,
        date=draw(st.none() | days),
        source=draw(st.none() | sources),
        language=draw(st.sampled_from([None, "en", "de"])),
        pages=draw(st.just(()) | st.sets(st.integers(1, len(text) + 1), max_size=3).map(paged)),
    )
    if not text:
        return document.check()
    ids = [f"e{number}" for number in range(1, draw(st.integers(0, 4)) + 1)]
    if not ids:
        return document.check()
    return document.but(
        entities=draw(entities(text, ids)),
        relations=tuple(draw(st.lists(relations(text, ids), max_size=4))),
        statements=tuple(draw(st.lists(statements(text, ids), max_size=3))),
    ).check()
