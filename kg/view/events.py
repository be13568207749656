"""Telling names of events: "talks in Riyadh, 18 Feb 2025" instead of "talks".

The rule, in this order; nothing is ever guessed, and the text's own name is kept as ``called``:

1. Only what happened counts. Where nothing did, what is planned counts, and the name says so:
   "planned talks in Brussels". What may be or is denied names nothing.
2. Place: the one that most documents say the event was held in; else the one place that all facts
   of the event agree on. A name that tells its place ("summit in London") gets no second one.
3. Day: the one that most documents give for what happened there; two days said equally often are
   none.
4. Without a place, a name that is no proper one tells who attended, or else who hosted: at most
   two, those that most documents name, and how many others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.relations import Lexicon

if TYPE_CHECKING:
    from kg.view.content import Edge, Node

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED = 2  # so many people are named, the others counted
_ROLES = {"attended": "with", "hosted": "hosted by"}
_PLACED = re.compile(r"\b(?:in|at)\s+(?:the\s+)?[^\W\d_a-z]")


def tell(nodes: Mapping[str, Node], edges: Iterable[Edge], lexicon: Lexicon) -> None:
    """Give the events among the nodes telling names, by the facts about them."""
    facts: dict[str, list[Edge]] = {node.id: [] for node in nodes.values() if node.type == "Event"}
    for edge in edges:
        for end in {edge.source, edge.target} & facts.keys():
            facts[end].append(edge)
    # A place or a participant may be an event too ("talks at the summit"): all names are of before.
    told = {event: _told(nodes[event], facts[event], nodes, lexicon) for event in facts}
    for event, name in told.items():
        node = nodes[event]
        if name != node.name:
            node.called, node.name = node.name, name
            node.aliases = [node.called, *(alias for alias in node.aliases if alias != name)]


def day(date: str) -> str | None:
    """Write an ISO day, month or year as people do; None for anything else.

    Examples
    --------
    >>> day("2025-02-18"), day("2025-02"), day("2025"), day("next week")
    ('18 Feb 2025', 'Feb 2025', '2025', None)
    """
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", date, re.A)
    if found is None:
        return None
    year, month, number = found.groups()
    words = [str(int(number))] if number else []
    return " ".join([*words, *([MONTHS[int(month) - 1]] if month else []), year])


def _told(event: Node, facts: list[Edge], nodes: Mapping[str, Node], lexicon: Lexicon) -> str:
    counted, planned = [edge for edge in facts if edge.status == "actual"], False
    if not counted:
        counted, planned = [edge for edge in facts if edge.status == "planned"], True
    families = {edge.type: lexicon[edge.type].family for edge in counted if edge.type in lexicon}
    of = {edge.id: families.get(edge.type) for edge in counted}
    held = [edge for edge in counted if of[edge.id] == "place" and edge.source == event.id]
    came = [edge for edge in counted if of[edge.id] == "meeting" and edge.target == event.id]
    place = _place(event, held, came, nodes)
    when = _day(held + came)
    added = ""
    if place is not None and not _tells_place(event, place):
        added = f" in {_isolated(place.name)}"
    elif place is None and not _PLACED.search(event.name) and event.name.islower():
        added = _with(came, nodes)
    if when is not None and when not in event.name:
        added += f", {when}"
    if not added:
        return event.name
    whole = f"{'planned ' if planned else ''}{_isolated(event.name)}{added}"
    # What is put together reads from left to right, in whatever direction its first name is.
    return f"\u200e{whole}" if whole.startswith("\u2068") else whole


def _place(
    event: Node, held: list[Edge], came: list[Edge], nodes: Mapping[str, Node]
) -> Node | None:
    said = [(edge.target, seen.document) for edge in held for seen in edge.evidence]
    if said:
        return nodes[min(_most(said), key=lambda place: int(place[1:]))]
    places = {seen.place for edge in came for seen in edge.evidence if seen.place is not None}
    return nodes[places.pop()] if len(places) == 1 and event.id not in places else None


def _day(facts: list[Edge]) -> str | None:
    said = _most(
        (words, seen.document)
        for edge in facts
        for seen in edge.evidence
        if seen.date is not None and (words := day(seen.date)) is not None
    )
    return said[0] if len(said) == 1 else None


def _with(came: list[Edge], nodes: Mapping[str, Node]) -> str:
    """Return who took part, first those whom most documents name, of equals the first named."""
    for relation, words in _ROLES.items():
        documents: dict[str, set[int]] = {}
        for edge in came:
            if edge.type == relation:
                documents.setdefault(edge.source, set()).update(s.document for s in edge.evidence)
        ranked = sorted(documents, key=lambda who: (-len(documents[who]), int(who[1:])))
        names = [_isolated(nodes[who].name) for who in ranked]
        others = len(names) - NAMED
        if others > 0:
            return f" {words} {', '.join(names[:NAMED])} and {others} other{'s' * (others > 1)}"
        if names:
            return f" {words} {' and '.join(names)}"
    return ""


def _tells_place(event: Node, place: Node) -> bool:
    """Tell whether a name holds the place already, or another one."""
    folded = event.name.casefold()
    return bool(_PLACED.search(event.name)) or any(
        re.search(rf"\b{re.escape(name.casefold())}\b", folded)
        for name in (place.name, *place.aliases)
    )


def _most(said: Iterable[tuple[str, int]]) -> list[str]:
    """Return what most documents say, all that are said equally often."""
    documents: dict[str, set[int]] = {}
    for what, document in said:
        documents.setdefault(what, set()).add(document)
    most = max(map(len, documents.values()), default=0)
    return [what for what, own in documents.items() if len(own) == most]


def _isolated(name: str) -> str:
    """Keep a name that is read from right to left from reordering what stands beside it."""
    mixed = any(unicodedata.bidirectional(char) in ("R", "AL") for char in name)
    return f"\u2068{name}\u2069" if mixed else name
