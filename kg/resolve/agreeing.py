"""Whether a new decision agrees with the ones before and with what the graph knows."""

from __future__ import annotations

from kg.errors import DecisionError
from kg.resolve.deciding import meant
from kg.resolve.decisions import Decisions, Reference
from kg.resolve.naming import Settled, main_name


def agreeing(
    kind: str,
    pair: tuple[Reference, Reference],
    known: Settled,
    decisions: Decisions,
    *,
    base: str,
    file: str,
) -> str:
    """Return why a merge is needless, "" if it is not; refuse what cannot hold.

    Parameters
    ----------
    kind
        "merge" or "never".
    pair
        The two things; each means exactly one.
    known
        What is who by the decisions so far.
    decisions
        The decisions so far.
    base
        What our IRIs start with.
    file
        The file of decisions as one calls it, for the error.

    Raises
    ------
    DecisionError
        If the user has decided the opposite, or if two things of different types are to be one.
    """
    names = tuple(map(str, pair))
    left, right = (meant(one, known, base)[0] for one in pair)
    entry = f"{kind} {' and '.join(map(repr, names))}"
    if kind == "never":
        if pair[0] == pair[1]:
            raise DecisionError(file, entry, "is one name twice; name two things")
        if left == right and (said := _merging(left, known, decisions)):
            raise DecisionError(file, entry, f"you made them one; first {said}")
        return ""
    if left == right:
        return f"{' and '.join(dict.fromkeys(names))}: that is one thing already."
    for never in decisions.never:
        hit = {n for one in never for n in meant(one, known, base)}
        if {left, right} <= hit:
            said = f"--undo --never {_quoted(never)}"
            raise DecisionError(file, entry, f"you decided that they are never one; first {said}")
    one, other = known.clusters[left], known.clusters[right]
    if one.types.isdisjoint(other.types):
        told = " and ".join(
            f"{main_name(side)} is a {' and a '.join(sorted(side.types))}" for side in (one, other)
        )
        raise DecisionError(file, entry, f"{told}; only things of one type can be merged")
    return ""


def _merging(number: int, known: Settled, decisions: Decisions) -> str:
    """Return how to take back the decisions that made something one, "" if there are none."""
    why = " ".join(known.clusters[number].why.values())
    found = [
        f"--undo --merge {_quoted(entry)}"
        for entry in decisions.merge
        if f"you merged {' and '.join(map(str, entry))}" in why
    ]
    found += [
        f'--undo --alias "{one}" "{name}"'
        for one, names in decisions.alias
        for name in names
        if f"you said that {one} is also called {name}" in why
    ]
    return " and ".join(found)


def _quoted(entry: tuple[Reference, ...]) -> str:
    return " ".join(f'"{one}"' for one in entry)
