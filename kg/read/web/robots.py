"""What sites want programs to leave alone: their ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from protego import Protego

from kg.errors import SourceError
from kg.read.web.addresses import Address
from kg.read.web.answers import Answer
from kg.read.web.cache import Cache
from kg.read.web.fetch import AGENT, Fetcher

LARGEST = 512_000
SLOWEST = 10.0
"""Seconds between two requests that a site may ask for; more is not waited."""

_DAY = timedelta(days=1)


class LeftAlone(SourceError):
    """An address that programs are asked to leave alone."""


class Robots:
    """Says whether an address may be asked, for addresses that the user did not give one by one.

    Parameters
    ----------
    fetch
        Asks for the ``robots.txt`` of a site.
    cache
        Keeps it for a day.
    """

    def __init__(self, fetch: Fetcher, cache: Cache) -> None:
        self._fetch, self._cache = fetch, cache
        self._rules: dict[str, Protego] = {}
        self._unread: dict[str, SourceError] = {}

    def __call__(self, address: Address) -> None:
        """Return if an address may be asked.

        Raises
        ------
        LeftAlone
            If its site asks programs to leave it alone.
        SourceError
            If it cannot say.
        """
        rules = self._of(address)
        if not rules.can_fetch(str(address), AGENT):
            raise LeftAlone(
                str(address),
                "is an address that programs are asked to leave alone (robots.txt)",
                "open it in your browser, save the page and give that file",
            )
        delay = rules.crawl_delay(AGENT) or 0.0
        self._fetch.pace(address.host, min(delay, SLOWEST))

    def _of(self, address: Address) -> Protego:
        site = address.site
        if site in self._unread:
            raise self._unread[site]
        if site not in self._rules:
            try:
                self._rules[site] = self._read(address.to("/robots.txt"))
            except SourceError as error:
                self._unread[site] = error
                raise
        return self._rules[site]

    def _read(self, address: Address) -> Protego:
        found = self._cache.get(str(address))
        if found is None or not _is_fresh(found):
            found = self._fetch(address, largest=LARGEST)
            if found.status >= 500:
                raise SourceError(
                    str(address),
                    f"the server cannot say what programs may read ({found.status})",
                    "try again later",
                )
            self._cache.put(str(address), found)
        words = found.body.decode("utf-8", "replace") if found.is_page else ""
        return Protego.parse(words)


def _is_fresh(answer: Answer) -> bool:
    try:
        asked = datetime.fromisoformat(answer.fetched)
    except ValueError:
        return False
    return timedelta(0) <= datetime.now(UTC) - asked < _DAY
