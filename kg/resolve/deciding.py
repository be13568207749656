"""The user's decisions applied to the clusters that the evidence gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.resolve.decisions import Decisions, Reference
from kg.resolve.evidence import Cluster
from kg.resolve.naming import Settled
from kg.resolve.persona import Persona
from kg.vocab import slug


def meant(one: Reference, known: Settled, base: str) -> list[int]:
    """Return the numbers of the clusters that a reference may mean.

    An IRI or an id means one. A name means what goes by it, or, if nothing does, what is called
    so among other names; more than one number means that the name is not exact enough.
    """
    iri = base + one.ours if one.ours else one.name
    exact = [n for n, known_iri in enumerate(known.iris) if known_iri == iri]
    if exact:
        return exact
    fitting = [n for n, cluster in enumerate(known.clusters) if _fits(one, cluster)]
    if one.is_id:
        return [n for n in fitting if _has_id(one, known.clusters[n])]
    wanted = slug(one.name)
    mains = [n for n in fitting if any(slug(name) == wanted for name in known.clusters[n].names)]
    return mains or [
        n for n in fitting if any(slug(name) == wanted for name in known.clusters[n].aliases)
    ]


def concerned(decisions: Decisions, blocks: Iterable[str]) -> bool:
    """Tell whether any decision is about something in these blocks."""
    return not decisions.blocks().isdisjoint(blocks)


def apart(decisions: Decisions, known: Settled, base: str) -> dict[str, frozenset[str]]:
    """Return the marks of personas that are never one: "0+" and "0-" exclude each other.

    A persona that both sides mean bears no mark: its documents hold them for one already.
    """
    marks: dict[str, set[str]] = {}
    pairs = [
        (one, two)
        for entry in decisions.never
        for n, one in enumerate(entry)
        for two in entry[n + 1 :]
    ]
    for number, (one, two) in enumerate(pairs):
        left, right = (_personas(side, known, base) for side in (one, two))
        for key in left - right:
            marks.setdefault(key, set()).add(f"{number}+")
        for key in right - left:
            marks.setdefault(key, set()).add(f"{number}-")
    return {key: frozenset(found) for key, found in marks.items()}


def merged(decisions: Decisions, known: Settled, base: str) -> Settled:
    """Return the clusters with those in one that the user says are one.

    The whole has the IRI of what the decision names first.
    """
    into = list(range(len(known.clusters)))
    why: dict[int, str] = {}
    for entry in decisions.merge:
        found = [numbers[0] for one in entry if len(numbers := meant(one, known, base)) == 1]
        _unite(into, found, why, f"you merged {' and '.join(map(str, entry))}")
    for one, names in decisions.alias:
        target = meant(one, known, base)
        for name in names if len(target) == 1 else ():
            others = [
                n
                for n in meant(Reference(name), known, base)
                if n != target[0] and _may_be(known.clusters[n], known.clusters[target[0]])
            ]
            _unite(into, [*target, *others], why, f"you said that {one} is also called {name}")
    return _united(known, into, why)


def renamed(decisions: Decisions, known: Settled, base: str) -> Settled:
    """Return the clusters with the names that the user gives them."""
    for one, label in decisions.rename:
        for n in _only(meant(one, known, base)):
            known.labels[n] = label
    for one, names in decisions.alias:
        for n in _only(meant(one, known, base)):
            known.aliases[n] = tuple(sorted({*known.aliases.get(n, ()), *names}))
    return known


def _only(numbers: list[int]) -> list[int]:
    return numbers if len(numbers) == 1 else []


def _fits(one: Reference, cluster: Cluster) -> bool:
    if one.type and one.type not in cluster.types:
        return False
    own = {known.persona.iso3 for known in cluster.members}
    return not one.country or one.country in cluster.countries | own


def _has_id(one: Reference, cluster: Cluster) -> bool:
    if one.wikidata:
        return one.wikidata in cluster.wikidata
    return one.name in cluster.ids or one.ours in cluster.ids


def _personas(one: Reference, known: Settled, base: str) -> set[str]:
    """Return the keys of the personas that a reference means, by themselves or by their IRI."""
    numbers = meant(one, known, base)
    if one.is_id:
        if not one.ours:
            numbers = [n for n in numbers if _has_id(one, known.clusters[n])]
        return {p.key for p in _members(numbers, known)}
    wanted = slug(one.name)
    found = [persona for persona in _members(numbers, known) if _suits(one, persona)]
    mains = {persona.key for persona in found if slug(persona.name) == wanted}
    return mains or {
        persona.key for persona in found if any(slug(name) == wanted for name in persona.names)
    }


def _suits(one: Reference, persona: Persona) -> bool:
    if one.type and one.type != persona.type:
        return False
    return not one.country or one.country in (*persona.countries, persona.iso3)


def _members(numbers: Iterable[int], known: Settled) -> list[Persona]:
    return [one.persona for n in numbers for one in known.clusters[n].members]


def _may_be(cluster: Cluster, target: Cluster) -> bool:
    """Tell whether an alias may bring a cluster home: it has no other id and the same type."""
    return bool(cluster.types & target.types) and cluster.ids <= target.ids


def _unite(into: list[int], numbers: Sequence[int], why: dict[int, str], reason: str) -> None:
    ends = [_end(into, n) for n in numbers]
    for end in ends[1:]:
        if end != ends[0]:
            into[end] = ends[0]
            why.setdefault(end, reason)


def _end(into: Sequence[int], number: int) -> int:
    while into[number] != number:
        number = into[number]
    return number


def _united(known: Settled, into: Sequence[int], why: Mapping[int, str]) -> Settled:
    found = Settled([], [])
    at: dict[int, Cluster] = {}
    for n, cluster in enumerate(known.clusters):
        if into[n] == n:
            at[n] = cluster
            found.clusters.append(cluster)
            found.iris.append(known.iris[n])
    for n, cluster in enumerate(known.clusters):
        for one in cluster.members if into[n] != n else ():
            key = one.persona.key
            reason = "; ".join(filter(None, (cluster.why[key], why.get(n, ""))))
            at[_end(into, n)].take(one, (), reason, cluster.scores[key])
    return found
