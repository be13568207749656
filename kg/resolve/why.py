"""Why two names are one thing or two: every piece of evidence, and what would be needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.resolve.across import candidates, settled
from kg.resolve.deciding import meant
from kg.resolve.decisions import Decisions, Reference
from kg.resolve.evidence import Cluster, Verdict, ids, weigh
from kg.resolve.naming import Settled, main_name
from kg.resolve.persona import Known, can_be_elsewhere
from kg.resolve.weights import margin, threshold
from kg.vocab import BASE


@dataclass(frozen=True)
class Side:
    """One of the two: what a name stands for in the graph."""

    asked: str
    iri: str
    name: str
    names: tuple[str, ...]
    documents: int

    def __str__(self) -> str:
        others = ", ".join(name for name in self.names if name != self.name)
        called = f", also called {others}" if others else ""
        return f"{self.name} <{self.iri}>{called}, in {_counted(self.documents, 'document')}"


@dataclass(frozen=True)
class Why:
    """Why two are one or two.

    Attributes
    ----------
    same
        Whether they are one; None if a name is not exact enough to tell.
    sides
        What each of the two names stands for; several where it is not exact enough.
    reasons
        What speaks for it and against it, in words with weights.
    needed
        What would be needed to change it, or the user's decision that rules.
    """

    same: bool | None
    sides: tuple[tuple[Side, ...], tuple[Side, ...]]
    reasons: tuple[str, ...]
    needed: str = ""

    def __str__(self) -> str:
        if self.same is None:
            lines = ["A name is not exact enough; take one of these instead:"]
            lines += [f"  {side}" for sides in self.sides if len(sides) > 1 for side in sides]
            return "\n".join(lines)
        lines = ["They are one." if self.same else "They are two."]
        shown = self.sides[:1] if self.same else self.sides
        lines += [f"  {side}" for sides in shown for side in sides]
        lines += [f"- {reason}" for reason in self.reasons]
        return "\n".join([*lines, self.needed] if self.needed else lines)


def explained(
    known: Sequence[Known],
    decisions: Decisions,
    one: Reference,
    other: Reference,
    *,
    base: str = BASE,
) -> Why:
    """Tell why two are one thing or two.

    Parameters
    ----------
    known
        All personas of the blocks that are connected with either of the two.
    decisions
        The user's own.
    one, other
        What is asked about.
    base
        What our IRIs start with.

    Raises
    ------
    LookupError
        If nothing in the graph is called so; its argument is the name.
    """
    found = settled(known, decisions, base=base)
    numbers = [meant(asked, found, base) for asked in (one, other)]
    for asked, hits in zip((one, other), numbers, strict=True):
        if not hits:
            raise LookupError(asked.name)
    sides = tuple(
        tuple(_side(asked.name, n, found) for n in hits)
        for asked, hits in zip((one, other), numbers, strict=True)
    )
    pair = (sides[0], sides[1])
    left, right = numbers
    if len(left) > 1 or len(right) > 1:
        return Why(None, pair, ())
    if left == right:
        return Why(True, pair, tuple(dict.fromkeys(_joined(found.clusters[left[0]]))))
    first, second = found.clusters[left[0]], found.clusters[right[0]]
    return _two(pair, first, second, _never(decisions, first, second, found, base))


def _joined(cluster: Cluster) -> Iterable[str]:
    """Yield why each of its personas is of a cluster, the main one first."""
    shared = sorted(cluster.ids)
    if shared:
        yield f"linked to {', '.join(shared)}"
    for known in cluster.members:
        persona, why = known.persona, cluster.why[known.persona.key]
        if why and why != "the same id":
            where = _counted(known.documents, "document")
            enough = "" if why.startswith("you ") else f"; {threshold():.2f} is enough"
            yield f"{persona.name} ({where}): {why}{enough}"
        elif why and persona.name not in {one.persona.name for one in cluster.members[:1]}:
            yield f"{persona.name}: linked to {', '.join(ids(persona))} too"


def _never(decisions: Decisions, first: Cluster, second: Cluster, found: Settled, base: str) -> str:
    """Return the user's decision that holds the two apart, "" if there is none."""
    for entry in decisions.never:
        hit = {id(found.clusters[n]) for one in entry for n in meant(one, found, base)}
        if {id(first), id(second)} <= hit:
            return f"You decided that {' and '.join(map(str, entry))} are never one."
    return ""


def _two(
    sides: tuple[tuple[Side, ...], tuple[Side, ...]], first: Cluster, second: Cluster, rule: str
) -> Why:
    weighed = [
        (verdict, known, cluster)
        for here, cluster in ((first, second), (second, first))
        for known in here.members
        if not ids(known.persona) or cluster.ids
        for verdict in (_weighed(known, cluster),)
    ]
    verdict, _, _ = max(weighed, key=lambda entry: (not entry[0].bar, entry[0].total))
    if verdict.bar:
        return Why(False, sides, (verdict.bar,), rule or "Only you can make them one: --merge.")
    reasons = tuple(map(str, verdict.pieces))
    if rule:
        return Why(False, sides, reasons, rule)
    for cluster in (first, second):
        if not any(can_be_elsewhere(known.persona) for known in cluster.members):
            needed = (
                f"{main_name(cluster)} has no name and is known in its own document only; "
                "only you can make them one: --merge."
            )
            return Why(False, sides, reasons, needed)
    if verdict.enough:
        needed = (
            f"That is {verdict.score:.2f}, and {threshold():.2f} would be enough; but somebody "
            f"else is as likely, and the best must lead by {margin():.2f}."
        )
    else:
        missing = threshold() - verdict.total
        needed = (
            f"That is {verdict.total:.2f} of {threshold():.2f}: {missing:.2f} is missing, like "
            "the same office of the same state, or others named beside both."
        )
    return Why(False, sides, reasons, needed)


def _weighed(known: Known, cluster: Cluster) -> Verdict:
    found = candidates(known, [cluster])
    return found[0][0] if found else weigh(known, cluster)


def _side(asked: str, number: int, found: Settled) -> Side:
    cluster = found.clusters[number]
    names = sorted({*cluster.names, *cluster.aliases, *found.aliases.get(number, ())})
    label = found.labels.get(number) or main_name(cluster)
    return Side(asked, found.iris[number], label, tuple(names), cluster.documents)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
