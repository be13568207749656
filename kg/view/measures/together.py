"""Who took part in the same events."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import NamedTuple

from kg.relations import Lexicon
from kg.view.marks import Lit, Marks
from kg.view.measures.facts import Fact, Told
from kg.view.measures.found import Draw, Found
from kg.view.measures.ties import presences, step

LIT = 8


class TogetherRow(NamedTuple):
    """An event in which two took part.

    ``together`` counts the events of the two, each of which has a row. ``evidence`` says that
    ``one`` was there, ``other_evidence`` that ``other`` was.
    """

    one: str
    other: str
    together: int
    event: str
    date: str | None
    evidence: str
    document: str
    other_evidence: str
    other_document: str
    one_iri: str
    other_iri: str
    event_iri: str


def together(
    found: Told, types: tuple[str, ...], lexicon: Lexicon, draw: Draw | None = None
) -> Found[TogetherRow]:
    """Return the pairs who took part in the same events, those of the most events first.

    Whoever attended or hosted an event took part in it; this is the one-mode projection of the
    two-mode graph of people and events (Breiger 1974, doi:10.2307/2576011).
    """
    there = presences(found, lexicon)
    rows: list[TogetherRow] = []
    lit: dict[tuple[str, str], list[Fact]] = {}
    for event, present in there.items():
        kept = [one for one in present if found.things[one.who].type in types]
        for one, other in combinations(kept, 2):
            lit.setdefault((one.who, other.who), []).extend((one.fact, other.fact))
            days = (fact.day for fact in (one.fact, other.fact) if fact.day)
            first, second = one.fact.words[0], other.fact.words[0]
            rows.append(
                TogetherRow(
                    found.things[one.who].name,
                    found.things[other.who].name,
                    0,
                    found.things[event].name,
                    min(days, default=None),
                    first.text,
                    first.document,
                    second.text,
                    second.document,
                    one.who,
                    other.who,
                    event,
                )
            )
    times = Counter((row.one_iri, row.other_iri) for row in rows)
    rows = [row._replace(together=times[row.one_iri, row.other_iri]) for row in rows]
    rows.sort(
        key=lambda row: (
            -row.together, row.one_iri, row.other_iri, row.date or "~", row.event_iri,
        )
    )  # fmt: skip
    shared: Counter[str] = Counter()
    for pair, number in times.items():
        shared.update(dict.fromkeys(pair, number))
    most = sorted(times, key=lambda pair: (-times[pair], pair))[:LIT]
    pairs, events = len(times), len({row.event_iri for row in rows})
    return Found(
        TogetherRow._fields,
        rows,
        about=f"{pairs:,} pairs took part in the same of {events:,} events, from {found.basis} "
        "(one-mode projection, Breiger 1974, doi:10.2307/2576011).",
        marks=Marks(
            f"The larger, the more often at an event with others; of {found.basis}.",
            values=dict(sorted(shared.items())),
            paths=tuple(
                Lit(_label(pair, times[pair], found), tuple(map(step, lit[pair]))) for pair in most
            ),
        ),
        figures={"pairs": pairs, "events": events},
        draw=draw,
    )


def _label(pair: tuple[str, str], times: int, found: Told) -> str:
    names = " and ".join(found.things[end].name for end in pair)
    return f"{names} ({times} event{'s' * (times > 1)})"
