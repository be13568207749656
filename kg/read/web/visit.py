"""What an address holds: a page, a file of any kind, a feed with its articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.apart import Apart
from kg.read.kinds import kind_of
from kg.read.through import Found, noted, through
from kg.read.web import Web
from kg.read.web.addresses import Address
from kg.read.web.answers import Answer
from kg.read.web.cache import Cache
from kg.read.web.fetch import Fetcher
from kg.read.web.refusals import refusal
from kg.read.web.resources import resource
from kg.read.web.robots import LeftAlone, Robots
from kg.resource import Link


class Visit:
    """Reads addresses one after the other, each asked for once at most.

    Parameters
    ----------
    web
        How addresses are read.
    apart
        The process in which what they hold is taken to pieces.
    """

    def __init__(self, web: Web, apart: Apart) -> None:
        self._web, self._apart = web, apart
        self._fetch, self._cache = Fetcher(web), Cache(web.cache)
        self._robots = Robots(self._fetch, self._cache)

    def __call__(self, address: str, *, listed: str = "") -> Iterator[Found]:
        """Yield the documents of an address.

        Parameters
        ----------
        address
            The address.
        listed
            The list in which it stands, for which ``robots.txt`` is heeded.

        Raises
        ------
        SourceError
            If it cannot be read.
        """
        given = Address.of(address)
        try:
            answer = self._answer(given, polite=bool(listed))
        except LeftAlone as error:  # to try again is to read the list again, not the address
            yield replace(Failure.of(error, stage="read"), input=listed)
            return
        left = self._web.articles
        given_page = resource(answer, str(given))
        found_all: Iterable[Found] = through(given_page, self._apart)
        if kind_of(given_page).reader == "feed":
            found_all = list(found_all)  # its articles are read in the same process apart
        for found in found_all:
            if isinstance(found, Link):
                left -= 1
                yield from self._article(found, Address.of(answer.url), fetched=left >= 0)
            else:
                yield noted(found, *answer.notes) if isinstance(found, Document) else found

    def _article(self, link: Link, base: Address, *, fetched: bool) -> Iterator[Found]:
        """Yield the article that a feed names; if it cannot be read, why, and its summary."""
        if not fetched:
            reason = f"only the first {self._web.articles:,} articles of a feed are fetched"
            if link.summary is None:
                yield Failure(link.url, "read", reason, "give its address")
            else:
                yield noted(link.summary, reason)
            return
        read, problem = False, ""
        for found in self._linked(link, base):
            if isinstance(found, Link):
                yield Failure(link.url, "read", problem := "is a feed too", "give its address")
                break
            if isinstance(found, Failure):
                problem = problem or found.problem
            else:
                read = True
            yield found
        if not read and link.summary is not None:
            yield noted(link.summary, f"the article was not read: {problem}")

    def _linked(self, link: Link, base: Address) -> Iterator[Found]:
        try:
            address = base.to(link.url)
            answer = self._answer(address, polite=True)
            about = {**link.about, "url": answer.url}
            for found in through(resource(answer, str(address), about), self._apart):
                yield noted(found, *answer.notes) if isinstance(found, Document) else found
        except SourceError as error:
            yield Failure.of(error, stage="read")

    def _answer(self, address: Address, *, polite: bool) -> Answer:
        """Return the page of an address: the one that is kept, or a new one."""
        kept = self._cache.get(str(address))
        if kept is not None and not self._web.refresh:
            day = kept.fetched.partition("T")[0]
            return replace(kept, notes=(*kept.notes, f"as it was fetched on {day}"))
        allowed = self._robots if polite else None
        found = self._fetch(address, known=kept, allowed=allowed)
        if not found.is_page:
            raise refusal(str(address), found.status, found.after)
        self._cache.put(str(address), found)
        return found
