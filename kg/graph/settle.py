"""Who is who, and which documents tell one story: worked out again where something has changed.

What comes out depends on the set of documents and on the user's decisions only, not on the order
in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.graph.catalogue import Catalogue, Entry
from kg.resolve.decisions import Decisions
from kg.resolve.events import identify_events
from kg.resolve.occasions import Occasion
from kg.resolve.persona import Identity, Known, identify
from kg.resolve.stories import same_story

AT_ONCE = 200
"""So many groups of blocks are settled before the catalogue writes them down."""


def settle(catalogue: Catalogue, *, base: str, decisions: Decisions | None = None) -> None:
    """Bring identities and stories up to date in the catalogue.

    Parameters
    ----------
    catalogue
        Knows what has been touched; in the end, which documents are stale.
    base
        What IRIs start with.
    decisions
        The user's own.
    """
    decided = decisions or Decisions()
    _touch_decided(catalogue, decided)

    def who(known: Sequence[Known]) -> dict[str, Identity]:
        return identify(known, decided, base=base)

    _settle_all(catalogue, lambda: catalogue.people.settle(who, decided.beside))
    _settle_events(catalogue, base, decided)
    while retold := catalogue.retold(AT_ONCE):
        with catalogue.change():
            for iri in retold:
                members = _story(catalogue, iri)
                first = min(members.values(), key=lambda entry: (entry.date or "9999", entry.sha))
                catalogue.tell_story(first.iri, sorted(members))


def _settle_events(catalogue: Catalogue, base: str, decided: Decisions) -> None:
    """Find out which events are one, now that it is known who took part and where."""
    changed = catalogue.happenings.changed()
    for start in range(0, len(changed), AT_ONCE):
        with catalogue.change():
            for document in changed[start : start + AT_ONCE]:
                catalogue.happenings.compare(document)

    def which(occasions: Sequence[Occasion]) -> dict[str, Identity]:
        return identify_events(occasions, decided, base=base)

    _settle_all(catalogue, lambda: catalogue.happenings.settle(which, decided.beside))


def _settle_all(catalogue: Catalogue, once: Callable[[], bool]) -> None:
    """Settle one touched thing after the other, until there is none left."""
    while True:
        with catalogue.change():
            for _ in range(AT_ONCE):
                if not once():
                    return


def _touch_decided(catalogue: Catalogue, decisions: Decisions) -> None:
    """Touch what a decision is about that was not there last time, or is there no more."""
    now, before = repr(decisions), catalogue.setting("decisions")
    if now == before or (before is None and decisions == Decisions()):
        return
    blocks = sorted(decisions.blocks())
    with catalogue.change():
        for wanted in ((catalogue.setting("decided") or "").split("\n"), blocks):
            catalogue.people.touch(wanted)
            catalogue.happenings.touch(wanted)
        catalogue.keep("decisions", now)
        catalogue.keep("decided", "\n".join(blocks))


def _story(catalogue: Catalogue, iri: str) -> dict[str, Entry]:
    """Return the documents that tell the same as one, or the same as one of those, by IRI."""
    found: dict[str, Entry] = {}
    ahead = [iri]
    while ahead:
        at = ahead.pop()
        near = {entry.iri: entry for entry in catalogue.alike(at)}
        found[at] = here = near.pop(at)
        ahead += [
            other
            for other, entry in near.items()
            if other not in found and same_story(here.signature, entry.signature)
        ]
    return found
