"""What the shape of a graph tells: the part of its face that analyses it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from kg.graph.shelf import Shelf
from kg.model import Status
from kg.view import rows
from kg.view.marks import Marks

if TYPE_CHECKING:
    from kg.view.measures.brokers import BrokerRow
    from kg.view.measures.central import CentralRow
    from kg.view.measures.change import ChangeRow, Period
    from kg.view.measures.communities import CommunityRow
    from kg.view.measures.connection import ConnectionRow
    from kg.view.measures.facts import Told
    from kg.view.measures.found import Found
    from kg.view.measures.ties import Ties
    from kg.view.measures.together import TogetherRow

Relations = str | Collection[str] | None
Types = str | Collection[str] | None
Statuses = Status | Collection[Status]


class Measures:
    """The part of a graph's face that analyses its shape.

    Each answer is a table (`kg.view.measures.found.Found`) whose rows have names, IRIs and the
    words they rest on; ``.about`` says by which definition, ``.page()`` draws it on the page.

    Parameters that all share, see `kg.view.measures.facts.told`:

    relations
        Names of relations ("metWith") or families ("meeting"); by default whatever is done, and no
        standing facts like offices and seats; "all" takes these too.
    types
        Types of the entities that stand in the network, like "Person", or groups of types, like
        "Actor": people, countries, organizations and groups, which is the default; "all" is every
        type. Without "Event" among them, those who took part in the same event are tied.
    status
        By default only what is stated as "actual".
    since, until
        Only what happened in this time, like ``"2025-02-17"`` or ``"2025-02"``.
    min_score
        Only words that are at least so likely to be right, 0 to 1.
    """

    _shelf: Shelf
    page: Callable[..., str]

    def central(
        self,
        by: str = "degree",
        *,
        types: Types = None,
        relations: Relations = None,
        status: Statuses = "actual",
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Found[CentralRow]:
        """Return who is central, the most central first.

        Parameters
        ----------
        by
            "degree" (with how many others somebody is tied), "betweenness" (how often somebody
            stands on the shortest path between others), "pagerank" or "eigenvector" (who is tied
            with those who are central); see `kg.view.measures.central.ABOUT`.
        types, relations, status, since, until, min_score
            Which entities and facts, see `Measures`.

        Examples
        --------
        >>> import kg
        >>> with kg.build("seeds/000_ccfa4a51f35b90bf.txt") as g:
        ...     g.central("pagerank", types="Person").column("name")[:2]
        ['Donald Trump', 'Emmanuel Macron']
        """
        from kg.view.measures.central import central  # noqa: PLC0415  # networkx is slow to load

        found = self._told(relations, status, since, until, min_score)
        return central(self._ties(found, types), found, by, self._drawn)

    def communities(
        self,
        *,
        types: Types = None,
        relations: Relations = None,
        status: Statuses = "actual",
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Found[CommunityRow]:
        """Return who belongs together, by community, the largest first.

        Parameters
        ----------
        types, relations, status, since, until, min_score
            Which entities and facts, see `Measures`.
        """
        from kg.view.measures.communities import communities  # noqa: PLC0415

        found = self._told(relations, status, since, until, min_score)
        return communities(self._ties(found, types), found, self._drawn)

    def brokers(
        self,
        *,
        types: Types = None,
        relations: Relations = None,
        status: Statuses = "actual",
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Found[BrokerRow]:
        """Return who stands between others who have no tie of their own, by Burt's constraint.

        Parameters
        ----------
        types, relations, status, since, until, min_score
            Which entities and facts, see `Measures`.
        """
        from kg.view.measures.brokers import brokers  # noqa: PLC0415

        found = self._told(relations, status, since, until, min_score)
        return brokers(self._ties(found, types), found, self._drawn)

    def connection(
        self,
        one: str,
        other: str,
        *,
        paths: int = 3,
        via: Types = None,
        relations: Relations = None,
        status: Statuses = "actual",
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Found[ConnectionRow]:
        """Return how one is connected with another, step by step, with the words for each.

        Fewer steps come first; of paths as short as each other, the most likely right.

        Parameters
        ----------
        one, other
            Name, alias or IRI.
        paths
            At most so many.
        via
            Types of those in between, like "Person"; by default all.
        relations, status, since, until, min_score
            Which facts, see `Measures`.

        Raises
        ------
        UnknownName
            If there is no such entity.
        WrongValue
            If the two are one.
        """
        from kg.view.measures.connection import connection  # noqa: PLC0415
        from kg.view.measures.facts import ALL, chosen_types  # noqa: PLC0415
        from kg.view.measures.ties import ties  # noqa: PLC0415

        ends = [rows.named(who, self._shelf.shown()) for who in (one, other)]
        found = self._told(relations, status, since, until, min_score)
        graph = ties(found, chosen_types(via, ALL), also=ends[0] | ends[1])
        return connection(graph, found, *ends, names=(one, other), paths=paths, draw=self._drawn)

    def together(
        self,
        *,
        types: Types = None,
        relations: Relations = None,
        status: Statuses = "actual",
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Found[TogetherRow]:
        """Return who took part in the same events, a row for each two and event.

        Parameters
        ----------
        types, relations, status, since, until, min_score
            Which entities and facts, see `Measures`.
        """
        from kg.view.measures.facts import chosen_types  # noqa: PLC0415
        from kg.view.measures.together import together  # noqa: PLC0415

        found = self._told(relations, status, since, until, min_score)
        return together(found, chosen_types(types), self._shelf.lexicon, self._drawn)

    def change(
        self,
        before: Period,
        after: Period,
        *,
        types: Types = None,
        relations: Relations = None,
        status: Statuses = "actual",
        min_score: float = 0.0,
    ) -> Found[ChangeRow]:
        """Return which ties are new, stronger, weaker or no longer told of two times.

        Parameters
        ----------
        before, after
            First and last day, like ``("2025-02-01", "2025-02-14")``, or a month, ``"2025-02"``;
            best of equal length.
        types
            By default all: whoever attended an event is tied with the event.
        relations, status, min_score
            Which facts, see `Measures`.

        Raises
        ------
        WrongValue
            If one is no stretch of time, or ends before it starts.
        """
        from kg.view.measures.change import bounds, change  # noqa: PLC0415
        from kg.view.measures.facts import ALL  # noqa: PLC0415

        early, late = bounds("before", before), bounds("after", after)
        found = tuple(self._told(relations, status, *span, min_score) for span in (early, late))
        return change(
            self._ties(found[0], types or ALL),
            self._ties(found[1], types or ALL),
            (found[0], found[1]),
            self._drawn,
        )

    def _told(
        self,
        relations: Relations,
        status: Statuses,
        since: str | None,
        until: str | None,
        min_score: float,
    ) -> Told:
        from kg.view.measures.facts import told  # noqa: PLC0415

        return told(
            self._shelf.shown(),
            self._shelf.lexicon,
            relations=relations,
            status=status,
            since=since,
            until=until,
            min_score=min_score,
        )

    def _ties(self, found: Told, types: Types) -> Ties:
        from kg.view.measures.facts import chosen_types  # noqa: PLC0415
        from kg.view.measures.ties import projected, ties  # noqa: PLC0415

        wanted = chosen_types(types)
        if "Event" in wanted:
            return ties(found, wanted)
        return projected(found, wanted, self._shelf.lexicon)

    def _drawn(self, marks: Marks) -> str:
        return self.page(marks=marks)
