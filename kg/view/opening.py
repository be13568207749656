"""How a page opens: on whom, narrowed to what, in which view; the same as a link to it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from kg.errors import UnknownName, likelihood
from kg.model import STATUSES
from kg.relations import Lexicon
from kg.view.narrow import checked

VIEWS = ("graph", "timeline", "map", "relations", "statements")
PLAIN = "~!*'():/,@"  # what the script of the page leaves as it is, too


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page shows when it is opened; the reader can take every filter off again.

    Parameters
    ----------
    focus
        Name, alias or IRI of the entity that is selected.
    hops
        With ``focus``: only what is within so many relations of it.
    since, until
        Only what happened in this time, like ``"2025-02-17"`` or ``"2025-02"``, both included.
        What has no date counts on the day of its document.
    relations, statuses
        Names of those to show; by default all.
    min_score
        The least score of a relation that is shown, 0 to 1.
    view
        One of `VIEWS`.

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
            If there is no such relation, status or view.
        WrongValue
            If a day is no day, or the least score none.
        """
        checked(self.since, self.until)
        for name in self.relations:
            _ = lexicon[name]
        for kind, names, known in (
            ("status", self.statuses, STATUSES),
            ("view", (self.view,), VIEWS),
        ):
            for name in names:
                if name not in known:
                    raise UnknownName(kind, name, known)
        return replace(self, min_score=likelihood(self.min_score))
