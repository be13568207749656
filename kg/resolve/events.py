"""Which reports of different documents are of one occasion: one Paris meeting, two Paris meetings.

Two reports are compared if they share a block (`kg.resolve.occasions.blocks`). What contradicts
parts them for good: another kind, day, town, name, body, or the same document. What agrees is
added up with its reasons. Where two occasions of one document fit a third one about as well,
neither is joined: a wrong merge is worse than a missed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.resolve.decisions import Decisions, Reference
from kg.resolve.kinds import kin
from kg.resolve.occasions import Occasion, blocks, years
from kg.resolve.persona import Identity
from kg.vocab import BASE

ENOUGH = 0.7
"""Score from which two reports are of the same occasion."""

_RIVAL = 0.1  # a second candidate of one document that comes as close makes both uncertain
_NO_QUARREL = 0.25  # what any two reports of one occasion must at least agree in
_SHOWN = 3  # names that a reason gives


@dataclass(frozen=True, order=True)
class Likeness:
    """How alike two reports are, 0 to 1, and why."""

    score: float
    because: str


def likeness(one: Occasion, other: Occasion) -> Likeness | None:
    """Compare two reports; None where they cannot be of the same occasion.

    Examples
    --------
    >>> about = {"family": "meeting", "days": ("2025-02-17",), "venues": (":hall",)}
    >>> first = Occasion(":1#entity-1", "summit", people=(":a",), called=("Ann",), **about)
    >>> other = Occasion(":2#entity-1", "talks", people=(":a",), called=("Ann",), **about)
    >>> likeness(first, other)
    Likeness(score=0.95, because='2025-02-17, the same place, both with Ann')
    """
    if _apart(one, other):
        return None
    found = [
        *_name(one, other), *_time(one, other), *_place(one, other), *_company(one, other),
    ]  # fmt: skip
    score = sum(points for points, _ in found)
    words = ", ".join(reason for _, reason in found if reason)
    return Likeness(round(max(0.0, min(1.0, score)), 2), words)


def related(one: Occasion, other: Occasion) -> bool:
    """Tell whether what is told of one matters for who the other is.

    Both are then the same occasion, or nearly: so that the one may stand in the other's way.
    `identify_events` needs to be told only of those that hang together by this, and by decisions.

    Examples
    --------
    >>> related(Occasion(":1#entity-1", "talks"), Occasion(":2#entity-1", "talks"))
    False
    """
    alike = likeness(one, other)
    return alike is not None and alike.score > ENOUGH - _RIVAL


def identify_events(
    occasions: Iterable[Occasion], decisions: Decisions | None = None, *, base: str = BASE
) -> dict[str, Identity]:
    """Return the identity of every event.

    Occasions of which several documents report have the IRI of their first report: the one of
    the earliest document, of equals the one with the smallest sha256.

    Parameters
    ----------
    occasions
        What documents tell of events, in any order.
    decisions
        The user's own, about events by their IRI.
    base
        What new IRIs start with.

    Returns
    -------
    dict
        Identities by `Occasion.appearance`.

    Examples
    --------
    >>> told = Occasion("https://example.org/document/0123456789ab#entity-4", "summit")
    >>> identify_events([told])[told.appearance].iri
    'https://w3id.org/news-kg/id/event/summit_0123456789ab_4'
    """
    found = {one.appearance: one for one in sorted(occasions, key=_age)}
    pairs = _candidates(found)
    wishes = _Wishes(decisions or Decisions(), found)
    identities = {}
    for group in wishes.merged(_grouped(found, pairs, wishes.parted)):
        iri = base + found[group[0]].local
        label, aliases = wishes.names(group)
        for name in group:
            alike = [pairs[pair] for other in group if (pair := _pair(name, other)) in pairs]
            best = max(alike, default=Likeness(1.0, ""))
            why = "; ".join(filter(None, (best.because, wishes.why.get(name))))
            identities[name] = Identity(iri, why, best.score, label, aliases)
    return identities


Pair = tuple[str, str]


def _candidates(found: Mapping[str, Occasion]) -> dict[Pair, Likeness]:
    """Return the likeness of all pairs that share a block and do not exclude each other."""
    shelves: dict[str, list[str]] = {}
    for one in found.values():
        for block in blocks(one):
            shelves.setdefault(block, []).append(one.appearance)
    pairs = {_pair(*two) for shelf in shelves.values() for two in combinations(shelf, 2)}
    compared = {pair: likeness(found[pair[0]], found[pair[1]]) for pair in sorted(pairs)}
    return {pair: alike for pair, alike in compared.items() if alike is not None}


def _grouped(
    found: Mapping[str, Occasion], pairs: Mapping[Pair, Likeness], parted: frozenset[Pair]
) -> list[list[str]]:
    """Join the most alike first, as long as no two members of a group exclude each other."""
    sure = [pair for pair in _unrivalled(found, pairs) if pairs[pair].score >= ENOUGH]
    group = {name: [name] for name in found}
    for one, other in sorted(sure, key=lambda pair: (-pairs[pair].score, pair)):
        left, right = group[one], group[other]
        if left is not right and all(
            _pair(a, b) not in parted and _agree(found[a], found[b], pairs.get(_pair(a, b)))
            for a in left
            for b in right
        ):
            joined = sorted(left + right, key=lambda name: _age(found[name]))
            group |= dict.fromkeys(joined, joined)
    return list({id(members): members for members in group.values()}.values())


def _unrivalled(found: Mapping[str, Occasion], pairs: Mapping[Pair, Likeness]) -> Iterator[Pair]:
    """Yield the pairs of which neither fits another occasion of the other's document as well."""
    fitting: dict[tuple[str, str], list[float]] = {}
    for one, other in pairs:
        score = pairs[one, other].score
        fitting.setdefault((one, found[other].document), []).append(score)
        fitting.setdefault((other, found[one].document), []).append(score)
    for one, other in pairs:
        least = pairs[one, other].score - _RIVAL
        rivals = fitting[one, found[other].document] + fitting[other, found[one].document]
        if sum(score > least for score in rivals) == 2:  # the pair itself, seen from both sides
            yield one, other


def _agree(one: Occasion, other: Occasion, known: Likeness | None) -> bool:
    alike = known or likeness(one, other)
    return alike is not None and alike.score >= _NO_QUARREL


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _age(one: Occasion) -> tuple[str, str, int]:
    """Order by the date of the document, its sha256, and the place in it; undated ones last."""
    number = int(one.appearance.rpartition("-")[2])
    return one.date or "9999", one.document.rpartition("/")[2], number


class _Wishes:
    """What the user has decided about these events, each known by the IRI it would have alone."""

    def __init__(self, decisions: Decisions, found: Mapping[str, Occasion]) -> None:
        self.decisions, self.found = decisions, found
        self.own = {one.local: name for name, one in found.items()}
        self.why: dict[str, str] = {}
        self.parted = frozenset(
            _pair(*two) for entry in decisions.never for two in combinations(self._meant(entry), 2)
        )

    def _meant(self, entry: Iterable[Reference]) -> list[str]:
        return [self.own[one.ours] for one in entry if one.ours in self.own]

    def merged(self, groups: list[list[str]]) -> list[list[str]]:
        """Return the groups, those joined of which the user says that they are one."""
        group = {name: members for members in groups for name in members}
        for entry in self.decisions.merge:
            meant = self._meant(entry)
            joined = sorted(
                {name for one in meant for name in group[one]},
                key=lambda name: _age(self.found[name]),
            )
            group |= dict.fromkeys(joined, joined)
            for one in meant:
                self.why[one] = f"you merged {' and '.join(map(str, entry))}"
        return list({id(members): members for members in group.values()}.values())

    def names(self, group: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """Return the name and the further names that the user gave to one of a group."""
        own = {self.found[name].local for name in group}
        label = next((to for of, to in self.decisions.rename if of.ours in own), None)
        more = {name for of, names in self.decisions.alias if of.ours in own for name in names}
        return label, tuple(sorted(more))


# ------------------------------------------------------------ what parts two reports


def _apart(one: Occasion, other: Occasion) -> bool:
    if one.document == other.document or one.mixed or other.mixed:
        return True
    if not kin(one.family) & kin(other.family) or not one.family:
        return True
    if one.proper and other.proper and one.proper != other.proper:
        return True
    if _differ(one.bodies, other.bodies) or _differ(one.towns, other.towns):
        return True
    if _differ(one.states, other.states):
        return True
    return not _same_time(one, other)


def _differ(some: Sequence[str], others: Sequence[str]) -> bool:
    return bool(some and others and not set(some) & set(others))


def _same_time(one: Occasion, other: Occasion) -> bool:
    if one.proper and one.proper == other.proper:
        return bool(years(one) & years(other))
    if one.days and other.days:
        return not _differ(one.days, other.days)
    return any(_span_meets(a, b) for a in _spans(one) for b in _spans(other))


def _spans(one: Occasion) -> list[tuple[str, str]]:
    return [(day, day) for day in one.days] or [(one.since, one.until or "9999")]


def _span_meets(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


# ------------------------------------------------------------ what speaks for one occasion

Points = Iterator[tuple[float, str]]


def _name(one: Occasion, other: Occasion) -> Points:
    if one.proper and one.proper == other.proper:
        yield 0.6, f"both called '{one.proper.replace('-', ' ')}'"
    if set(one.bodies) & set(other.bodies):
        yield 0.2, "of the same body"
    if common := sorted({*one.topics} & {*other.topics}):
        yield 0.1, f"both '{' '.join(common)}'"
    elif one.topics and other.topics:
        yield -0.05, ""


def _time(one: Occasion, other: Occasion) -> Points:
    if one.days and other.days:
        yield 0.35, " ".join(sorted({*one.days} & {*other.days}))
    elif one.days or other.days:
        told, open_ = (one, other) if one.days else (other, one)
        if open_.since and open_.date in told.days:
            yield 0.25, f"{open_.date}, when one was written"
        elif open_.since:
            yield 0.15, "in the same days"
    elif one.since and other.since:
        yield 0.1 if one.date == other.date else 0.05, "in the same days"


def _place(one: Occasion, other: Occasion) -> Points:
    if set(one.venues) & set(other.venues) - {*one.towns}:
        yield 0.35, "the same place"
    elif set(one.towns) & set(other.towns):
        yield 0.3, "the same town"
    elif set(one.states) & set(other.states):
        yield 0.1, "the same country"


def _company(one: Occasion, other: Occasion) -> Points:
    names = dict(zip(one.people, one.called, strict=True))
    common = [iri for iri in one.people if iri in other.people]
    fewer = min(len(one.people), len(other.people))
    if common:
        shown = ", ".join(names[iri] for iri in common[:_SHOWN])
        more = f" and {len(common) - _SHOWN} more" if len(common) > _SHOWN else ""
        most = {1: 0.25, 2: 0.4, 3: 0.55}.get(len(common), 0.65)
        yield most * (0.5 + 0.5 * len(common) / fewer), f"both with {shown}{more}"
    elif fewer > 1:
        yield -0.3, ""
    if set(one.hosts) & set(other.hosts):
        yield 0.15, "the same host"
    sides = len({*one.sides} & {*other.sides})
    if sides > 1:
        yield min(0.35, 0.1 * (sides - 1)), f"{sides} states in common"
