"""Who is who in a graph: what was merged and why, and the user's own decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import DecisionError, UnknownName
from kg.graph.shelf import Shelf
from kg.resolve.across import identify, settled
from kg.resolve.agreeing import agreeing
from kg.resolve.deciding import meant
from kg.resolve.decisions import Decisions, Reference
from kg.resolve.ledger import KINDS, with_entry, without_entry
from kg.resolve.naming import main_name
from kg.resolve.persona import Known
from kg.resolve.why import Why, explained
from kg.view.table import Table

_PAIRS = ("merge", "never")


class MergeRow(NamedTuple):
    """Something that has several descriptions across documents, and why they are one."""

    name: str
    names: str
    documents: int
    score: float
    because: str
    iri: str


@dataclass(frozen=True)
class Decided:
    """What a decision changes.

    Attributes
    ----------
    file
        What the file of decisions says with it.
    changes
        Name, IRI before and IRI after (or the new name) of whatever it changes.
    unknown
        Names in the file that nothing in the graph bears; they may come later.
    needless
        Why there is nothing to do and nothing was written, "" if there is.
    """

    file: str
    changes: tuple[tuple[str, str, str], ...]
    unknown: tuple[str, ...]
    needless: str = ""


class WhoIsWho:
    """The part of a graph's face that is about who is who."""

    _shelf: Shelf

    def resolve(self) -> Table[MergeRow]:
        """Return what was taken for one across documents, with score and reasons."""
        self._settle()
        return merges(self._shelf)

    def why(self, one: str, other: str) -> Why:
        """Tell why two names (or IRIs, or Wikidata ids) are one thing or two; print it.

        Raises
        ------
        UnknownName
            If nothing in the graph is called so.
        """
        self._settle()
        return why(self._shelf, one, other)

    def decide(
        self, kind: str, one: str, other: str, *, undo: bool = False, dry_run: bool = False
    ) -> Decided:
        """Merge two, never merge them, give an alias or a name; see `kg.graph.who.decide`."""
        found = decide(self._shelf, kind, one, other, undo=undo, dry_run=dry_run)
        self._settle()
        return found

    def _settle(self) -> None:
        if self._shelf.settle():
            self._write_files()

    def _write_files(self) -> None:
        raise NotImplementedError


def merges(shelf: Shelf) -> Table[MergeRow]:
    """Return what is one under several names, or by the user's word, the least sure first."""
    found: dict[str, list[tuple[str, int, float, str]]] = {}
    for iri, name, documents, score, because in shelf.catalogue.people.merged():
        found.setdefault(iri, []).append((name, documents, score, because))
    rows = []
    for iri, told in found.items():
        reasons = dict.fromkeys(because for *_, because in told if because)
        names = sorted({name for name, *_ in told})
        if len(names) == 1 and not any(because.startswith("you ") for because in reasons):
            continue
        most = max(told, key=lambda one: (one[1], len(one[0]), one[0]))[0]
        others = ", ".join(name for name in names if name != most)
        score = min(score for _, _, score, _ in told)
        documents = sum(documents for _, documents, *_ in told)
        rows.append(MergeRow(most, others, documents, score, "; ".join(reasons), iri))
    rows.sort(key=lambda row: (row.score, row.iri))
    return Table(MergeRow._fields, rows)


def why(shelf: Shelf, one: str, other: str) -> Why:
    """Tell why two names are one thing or two.

    Raises
    ------
    UnknownName
        If nothing in the graph is called so.
    """
    asked = [_reference(shelf, name) for name in (one, other)]
    alike = [alike for name in (one, other) for alike in _shown(shelf, name)]
    decisions = shelf.decisions
    known = _around(shelf, decisions, [*asked, *alike])
    try:
        return explained(known, decisions, asked[0], asked[1], base=shelf.base)
    except LookupError as error:
        raise UnknownName("person, place or thing", str(error.args[0])) from None


def decide(
    shelf: Shelf, kind: str, one: str, other: str, *, undo: bool = False, dry_run: bool = False
) -> Decided:
    """Write a decision down, or take it out; the next settling applies it.

    Parameters
    ----------
    shelf
        The graph.
    kind
        "merge", "never", "alias" or "rename".
    one, other
        The two things of a merge or never; else the thing and its name.
    undo
        Take the decision out instead.
    dry_run
        Only tell what it would change.

    Raises
    ------
    UnknownName
        If nothing in the graph is called so, or there is no such kind of decision.
    DecisionError
        If a name is not exact enough, if the decision contradicts another one or merges things
        of different types, or if a decision to be taken out is not there.
    """
    if kind not in KINDS:
        raise UnknownName("kind of decision", kind, KINDS)
    before, text = shelf.decisions, shelf.decided
    if undo:
        new = without_entry(text, kind, one, other)
        if new is None:
            shown = [_reference(shelf, name).name for name in (one, other)]
            new = without_entry(text, kind, shown[0], shown[1] if kind in _PAIRS else other)
        if new is None:
            entry = f"{kind} {one!r} {other!r}"
            raise DecisionError(shelf.decided_in, entry, "is not there; edit the file by hand")
    else:
        pair = [_exact(shelf, before, name) for name in (one, other)[: 1 + (kind in _PAIRS)]]
        if kind in _PAIRS:
            needless = agreeing(
                kind,
                (pair[0], pair[1]),
                settled(_around(shelf, before, pair), before, base=shelf.base),
                before,
                base=shelf.base,
                file=shelf.decided_in,
            )
            if needless:
                return Decided(text, (), unmet(shelf, before), needless)
        new = with_entry(text, kind, pair[0].name, pair[1].name if kind in _PAIRS else other)
    after = Decisions.from_toml(new, shelf.decided_in)
    asked = [*before.references(), *after.references()]
    around = _around(shelf, after, asked, before)
    changes = _changes(around, before, after, shelf.base)
    if not dry_run:
        shelf.decide(new)
    return Decided(new, changes, unmet(shelf, after))


def unmet(shelf: Shelf, decisions: Decisions) -> tuple[str, ...]:
    """Return the names in decisions that nothing in the graph bears."""
    people = shelf.catalogue.people
    return tuple(
        str(one) for one in decisions.references() if not people.around(one.blocks(), _nothing)
    )


def _nothing(block: str) -> tuple[str, ...]:
    del block
    return ()


def _reference(shelf: Shelf, name: str) -> Reference:
    """Return what a name refers to: itself, or the IRI of the one thing that is shown by it."""
    one = Reference(name.strip().removeprefix(shelf.base))
    if one.is_id or shelf.catalogue.people.around(one.blocks(), _nothing):
        return one
    shown = _shown(shelf, name)
    return shown[0] if len(shown) == 1 else one


def _shown(shelf: Shelf, name: str) -> list[Reference]:
    iris = shelf.catalogue.people.shown(name.strip())
    return [Reference(iri.removeprefix(shelf.base)) for iri in iris]


def _around(
    shelf: Shelf, decisions: Decisions, asked: list[Reference], before: Decisions | None = None
) -> list[Known]:
    """Return all personas that are connected with what is asked about."""

    def beside(block: str) -> tuple[str, ...]:
        return decisions.beside(block) + (before.beside(block) if before is not None else ())

    wanted = {block for one in asked for block in one.blocks()}
    if before is not None:
        wanted |= before.blocks() | decisions.blocks()
    return shelf.catalogue.people.around(sorted(wanted), beside)


def _exact(shelf: Shelf, decisions: Decisions, name: str) -> Reference:
    """Return what a name refers to; refuse one that means nothing here, or several things."""
    one = _reference(shelf, name)
    around = _around(shelf, decisions, [one, *_shown(shelf, name)])
    found = settled(around, decisions, base=shelf.base)
    numbers = meant(one, found, shelf.base)
    if not numbers:
        raise UnknownName("person, place or thing", name)
    if len(numbers) > 1:
        which = ", ".join(
            f"{found.iris[n].removeprefix(shelf.base)} ({main_name(found.clusters[n])})"
            for n in numbers
        )
        problem = f"may be any of {which}; take one of these instead"
        raise DecisionError(shelf.decided_in, repr(name), problem)
    return one


def _changes(
    known: list[Known], before: Decisions, after: Decisions, base: str
) -> tuple[tuple[str, str, str], ...]:
    was, is_now = (identify(known, said, base=base) for said in (before, after))
    found = set()
    for one in known:
        old, new = was[one.persona.key], is_now[one.persona.key]
        if old.iri != new.iri:
            found.add((one.persona.name, old.iri, new.iri))
        if old.label != new.label:
            found.add((one.persona.name, old.label or one.persona.name, new.label or "its own"))
        for alias in set(new.aliases) ^ set(old.aliases):
            found.add((one.persona.name, "also called", alias))
    return tuple(sorted(found))
