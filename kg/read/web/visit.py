"""What an address holds: a page, a file of any kind, a feed with its articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.apart import Apart
from kg.read.through import Found, through
from kg.read.web import Web
from kg.read.web.addresses import Address
from kg.read.web.answers import Answer
from kg.read.web.cache import Cache
from kg.read.web.fetch import Fetcher
from kg.read.web.pages import resource
from kg.read.web.refusals import refusal
from kg.read.web.robots import LeftAlone, Robots
from kg.resource import Link
from kg.source import Reading


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
        for found in through(resource(answer, str(given)), self._apart):
            if isinstance(found, Link):
                left -= 1
                yield from self._article(found, Address.of(answer.url), fetched=left >= 0)
            else:
                yield _noted(found, answer.notes)

    def _article(self, link: Link, base: Address, *, fetched: bool) -> Iterator[Found]:
        """Yield the article that a feed names; if it cannot be read, why, and its summary."""
        if not fetched:
            reason = f"only the first {self._web.articles:,} articles of a feed are fetched"
            if link.summary is None:
                yield Failure(link.url, "read", reason, "give its address")
            else:
                yield _noted(link.summary, (f"the summary: {reason}",))
            return
        read = False
        for found in self._linked(link, base):
            if isinstance(found, Document):
                read = True
                yield found
            elif isinstance(found, Failure):
                yield found
                if link.summary is not None and not read:
                    read = True
                    reason = f"the summary, since the article was not read: {found.problem}"
                    yield _noted(link.summary, (reason,))

    def _linked(self, link: Link, base: Address) -> Iterator[Found]:
        try:
            address = base.to(link.url)
            answer = self._answer(address, polite=True)
            about = {**link.about, "url": answer.url}
            for found in through(resource(answer, str(address), about), self._apart):
                yield _noted(found, answer.notes)
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


def _noted(found: Found, notes: tuple[str, ...]) -> Found:
    if not isinstance(found, Document) or not notes:
        return found
    reading = found.reading or Reading("", "")
    return found.but(reading=replace(reading, notes=(*notes, *reading.notes)))
