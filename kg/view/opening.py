"""How a page opens: on whom, narrowed to what, in which view; the same as a link to it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from kg.errors import UnknownName, WrongValue, likelihood
from kg.model import STATUSES
from kg.relations import Lexicon
from kg.view.narrow import checked

VIEWS = ("graph", "timeline", "map", "relations", "statements")
ALSO = {"table": "relations"}
"""Other words for a view."""

FARTHEST = 9
PLAIN = "~!*'():/,@"  # what the script of the page leaves as it is, too


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page shows when it is opened; the reader can take every filter off again.

    Parameters
    ----------
    focus
        Name, alias or IRI of the entity that is selected.
    hops
        With ``focus``: only what is within so many relations of it, 1 to `FARTHEST`.
    since, until
        Only what happened in this time, like ``"2025-02-17"`` or ``"2025-02"``, both included.
        What has no date counts on the day of its document.
    relations, statuses
        Names of those to show, of relations also those of families ("meeting"); by default all.
    min_score
        The least score of a relation that is shown, 0 to 1.
    view
        One of `VIEWS`, or "table" for "relations".

    Examples
    --------
    >>> Opening(focus="Emmanuel Macron", hops=1, relations=("attended", "metWith")).link()
    '#focus=Emmanuel%20Macron&hops=1&relations=attended,metWith'
    >>> Opening(since="2025-02", min_score=0.8, view="timeline").link()
    '#view=timeline&from=2025-02&score=0.8'
    >>> Opening().link()
    ''
    """

    focus: str | None = None
    hops: int | None = None
    since: str | None = None
    until: str | None = None
    relations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_score: float = 0.0
    view: str = VIEWS[0]

    def link(self) -> str:
        """Return what follows the address of the page; nothing for a page that shows all."""
        hops = str(self.hops) if self.focus is not None and self.hops else None
        parts = {
            "focus": self.focus,
            "view": None if self.view == VIEWS[0] else self.view,
            "hops": hops,
            "from": self.since,
            "to": self.until,
            "relations": ",".join(self.relations) or None,
            "statuses": ",".join(self.statuses) or None,
            "score": f"{self.min_score:g}" if self.min_score else None,
        }
        told = [f"{name}={quote(text, safe=PLAIN)}" for name, text in parts.items() if text]
        return f"#{'&'.join(told)}" if told else ""

    def checked(self, lexicon: Lexicon) -> Opening:
        """Return it with numbers as numbers, or tell what of it cannot be.

        Raises
        ------
        UnknownName
            If there is no such relation, family, status or view.
        WrongValue
            If a day is no day, the least score none, or the hops are none or too many.
        """
        checked(self.since, self.until)
        if self.hops is not None and not 1 <= self.hops <= FARTHEST:
            remedy = f"give a number from 1 to {FARTHEST}, or none for everything"
            raise WrongValue("hops", f"{self.hops} is too few or too many relations", remedy)
        view = ALSO.get(self.view, self.view)
        families = sorted({entry.family for entry in lexicon.values()})
        for kind, names, known in (
            ("relation or family", self.relations, (*lexicon, *families)),
            ("status", self.statuses, STATUSES),
            ("view", (view,), VIEWS),
        ):
            for name in names:
                if name not in known:
                    raise UnknownName(kind, name, known)
        return replace(self, view=view, min_score=likelihood(self.min_score))
