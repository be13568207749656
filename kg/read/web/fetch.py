"""One address -> what its server answers: guarded, bounded, polite, redirects followed.

Nothing that could tell who the user is goes out: no cookies, no passwords (neither from the
address nor from ``~/.netrc``), no proxy of the environment. There is one request for an address,
and none again if it fails.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import httpcore

from kg.errors import SourceError
from kg.read.web import Web
from kg.read.web.addresses import Address
from kg.read.web.answers import Answer, answer
from kg.read.web.connect import SILENCE, Deadline, Guarded, System
from kg.read.web.refusals import BROWSER, broken
from kg.read.web.unpacking import ACCEPTED, PackingError
from kg.version import __version__

AGENT = f"news-kg/{__version__}"
REDIRECTS = 10
_BROKEN = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


class Fetcher:
    """Asks servers, each no oftener than its pace allows.

    Parameters
    ----------
    web
        The limits.
    """

    def __init__(
        self,
        web: Web,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web, self._clock, self._sleep = web, clock, sleep
        self._network = (web.network or System)()
        self._next: dict[str, float] = {}

    def __call__(
        self,
        address: Address,
        *,
        known: Answer | None = None,
        allowed: Callable[[Address], None] | None = None,
        largest: int | None = None,
    ) -> Answer:
        """Return what an address answers, whatever its status.

        Parameters
        ----------
        address
            Whom to ask.
        known
            What it answered before, which is returned again if it is still the same.
        allowed
            Called with each address before it is asked; raises SourceError if it must not be.
        largest
            Bytes of an answer that are taken.

        Raises
        ------
        SourceError
            If it may not be asked, does not answer in time, or answers with too much.
        """
        asked, notes, seen = address, list[str](), set[Address]()
        left = self._web.seconds
        while len(seen) <= REDIRECTS:
            with _told(asked, address):
                if asked in seen:
                    raise SourceError(str(address), "is redirected in a circle", BROWSER)
                seen.add(asked)
                if allowed is not None:
                    allowed(asked)
                self._wait(asked.host)
                started = self._clock()
                found = self._ask(asked, known, left, largest or self._web.largest)
                left -= self._clock() - started
            if isinstance(found, Answer):
                return replace(found, notes=(*notes, *found.notes))
            try:
                target = asked.to(found)
            except SourceError as error:
                problem = f"is redirected to {error.where}, which {error.problem}"
                raise SourceError(str(address), problem, error.remedy) from None
            notes.append(f"redirected to {target}")
            if (asked.scheme, target.scheme) == ("https", "http"):
                notes.append("redirected from https to http, which others can read and change")
            asked = target
        problem = f"is redirected more than {REDIRECTS} times"
        raise SourceError(str(address), problem, BROWSER)

    def pace(self, host: str, seconds: float) -> None:
        """Let at least so many seconds pass before a host is asked again."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)

    def _wait(self, host: str) -> None:
        if (wait := self._next.get(host, 0.0) - self._clock()) > 0:
            self._sleep(wait)
        self._next[host] = self._clock() + self._web.pace

    def _ask(
        self, address: Address, known: Answer | None, seconds: float, largest: int
    ) -> Answer | str:
        """Send one request; return its answer, or where it says to go."""
        deadline = Deadline(seconds)
        guarded = Guarded(self._network, deadline, private=self._web.private)
        headers = {"Host": address.site.partition("//")[2], "User-Agent": AGENT, "Accept": "*/*"}
        headers |= {"Accept-Encoding": ACCEPTED, "Connection": "close"}
        if known is not None and known.url == str(address):
            validators = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
            headers |= {name: value for name, value in validators.items() if value}
        waits = dict.fromkeys(("connect", "read", "write", "pool"), SILENCE)
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=_trust(), network_backend=guarded, max_keepalive_connections=0
                ) as pool,
                pool.stream(
                    "GET",
                    httpcore.URL(
                        scheme=address.scheme,
                        host=address.host,
                        port=address.port,
                        target=address.target,
                    ),
                    headers=list(headers.items()),
                    extensions={"timeout": waits},
                ) as response,
            ):
                return answer(str(address), response, known, largest)
        except _BROKEN as error:
            limit = self._web.seconds if deadline.is_over else None
            raise broken(str(address), error, limit) from None
        except PackingError as error:
            raise SourceError(str(address), str(error), BROWSER) from None


@contextmanager
def _told(asked: Address, address: Address) -> Iterator[None]:
    """Say of what goes wrong at the end of redirects what it was that the user gave."""
    try:
        yield
    except SourceError as error:
        problem = error.problem
        if asked != address and error.where != str(address):
            problem = f"is redirected to {asked}: {problem}"
        raise type(error)(str(address), problem, error.remedy) from None


@cache
def _trust() -> ssl.SSLContext:
    """Return whom we believe to be who they are: the usual authorities and those of the system."""
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context
