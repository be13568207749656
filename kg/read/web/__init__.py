"""Web addresses, read only when the user gives one.

`kg.read.web.visit` reads what an address holds, `fetch` asks for it, `connect` sees to it that no
address of a private network is asked, `cache` keeps what was answered, `robots` knows what a site
wants to be left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import MissingExtra
from kg.read.apart import Apart

if TYPE_CHECKING:
    from kg.read.web.connect import Network
    from kg.read.web.visit import Visit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True)
class Web:
    """How addresses are read.

    Parameters
    ----------
    private
        Whether addresses of this machine and of private networks may be asked.
    refresh
        Whether to ask again for what the cache has. Without it, what was fetched once is never
        asked for again; with it, a server only sends what has changed.
    cache
        The folder in which answers are kept; by default ``KG_CACHE``, or ``news-kg`` where the
        system keeps such things.
    seconds
        How long an address may take in all.
    largest
        Bytes of an answer that are taken, unpacked.
    articles
        How many articles of a feed are fetched.
    pace
        Seconds between two requests to one host.
    network
        Finds addresses and connects to them; by default the system.

    Examples
    --------
    >>> Web(refresh=True).private
    False
    """

    private: bool = False
    refresh: bool = False
    cache: Path | None = None
    seconds: float = 60.0
    largest: int = 50_000_000
    articles: int = 200
    pace: float = 1.0
    network: Callable[[], Network] | None = None

    def visit(self, apart: Apart) -> Visit:
        """Return what reads addresses; it remembers whom it asked, to be polite.

        Raises
        ------
        MissingExtra
            If the packages that it needs are not installed.
        """
        try:
            from kg.read.web.visit import Visit  # noqa: PLC0415  # only who gives an address pays
        except ImportError as error:
            raise MissingExtra("web addresses", "news-kg[web]") from error
        return Visit(self, apart)


def is_address(where: str) -> bool:
    """Tell whether an input is meant as a web address, be it one that is read or not.

    Examples
    --------
    >>> is_address("https://example.org/"), is_address("news/paris.txt")
    (True, False)
    """
    return _SCHEME.match(where) is not None
