"""What is different between two stretches of time: ties that are new, stronger, weaker, gone."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple, TypeAlias

from kg.errors import WrongValue
from kg.store.named import day
from kg.view.marks import Lit, Marks
from kg.view.measures.facts import Fact, Told
from kg.view.measures.found import Draw, Found
from kg.view.measures.ties import Ties, best_fact, step

Period: TypeAlias = str | tuple[str | None, str | None]
"""First and last day, both included, or one month, year or day; None for no bound."""

GONE = "no longer told"
KINDS = ("new", "stronger", "weaker", GONE)


class ChangeRow(NamedTuple):
    """A tie that is another than before; ``relation`` leads from ``one`` to ``other``.

    ``before`` and ``after`` count the facts between the two; ``evidence`` is the words of the
    surest of the later ones, or of the earlier ones where no later one is told.
    """

    change: str
    one: str
    other: str
    before: int
    after: int
    relation: str
    date: str | None
    evidence: str
    document: str
    one_iri: str
    other_iri: str


def change(
    early: Ties,
    late: Ties,
    found: tuple[Told, Told],
    draw: Draw | None = None,
) -> Found[ChangeRow]:
    """Return a row for every tie that is new, stronger, weaker or no longer told.

    The largest change comes first. A tie is stronger if more facts are told of the later time; one
    that is no longer told need not have ended: the news may have turned elsewhere. Compare times
    of equal length.
    """
    times = f"{found[0].time or 'all time'} and {found[1].time or 'all time'}"
    things = found[0].things | found[1].things
    pairs = sorted({(min(pair), max(pair)) for graph in (early, late) for pair in graph.edges})
    rows: list[ChangeRow] = []
    lit: dict[str, list[Fact]] = {kind: [] for kind in KINDS}
    for pair in pairs:
        before, after = (_number(graph, pair) for graph in (early, late))
        if before == after:
            continue
        kind = _kind(before, after)
        fact = best_fact(late if after else early, *pair)
        lit[kind].append(fact)
        ends = (fact.subject, fact.object) if {fact.subject, fact.object} == {*pair} else pair
        rows.append(
            ChangeRow(
                kind,
                things[ends[0]].name,
                things[ends[1]].name,
                before,
                after,
                fact.label,
                fact.day,
                fact.words[0].text,
                fact.words[0].document,
                *ends,
            )
        )
    rows.sort(
        key=lambda row: (
            KINDS.index(row.change), -abs(row.after - row.before), row.one_iri, row.other_iri,
        )
    )  # fmt: skip
    counted = Counter(row.change for row in rows)
    words = ", ".join(f"{counted[kind]} {kind}" for kind in KINDS) if rows else "none"
    caveat = f" A tie {GONE} need not have ended." if counted[GONE] else ""
    return Found(
        ChangeRow._fields,
        rows,
        about=f"Ties that changed between {times}: {words}; {found[0].choice}.{caveat}",
        marks=Marks(
            f"What changed between {times}.{caveat}",
            paths=tuple(
                Lit(f"ties {kind}" if kind == GONE else f"{kind} ties", tuple(map(step, lit[kind])))
                for kind in KINDS
                if lit[kind]
            ),
        ),
        figures={kind: counted[kind] for kind in KINDS},
        draw=draw,
    )


def bounds(name: str, period: Period) -> tuple[str | None, str | None]:
    """Return the first and last day of a stretch of time.

    Raises
    ------
    WrongValue
        If it is none.

    Examples
    --------
    >>> bounds("before", "2025-02"), bounds("after", ("2025-03-01", None))
    (('2025-02', '2025-02'), ('2025-03-01', None))
    """
    ends = (period, period) if isinstance(period, str) else period
    remedy = "give a month, or the first and the last day"
    if not isinstance(ends, tuple | list) or len(ends) != 2:
        raise WrongValue(name, f"{period!r} is no stretch of time", remedy)
    first, last = ends
    for end in (first, last):
        if end is not None:
            day(end, name, or_more=True)
    if first and last and last[: len(first)] < first[: len(last)]:
        raise WrongValue(name, f"{last} is before {first}", "give the earlier day first")
    return first, last


def _number(graph: Ties, pair: tuple[str, str]) -> int:
    return len(graph.edges[pair]["facts"]) if graph.has_edge(*pair) else 0


def _kind(before: int, after: int) -> str:
    if not before:
        return "new"
    if not after:
        return GONE
    return "stronger" if after > before else "weaker"
