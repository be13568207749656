"""What a server is told when it starts, and the limits it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.vocab import BASE

LONGEST_QUERY = 1024 * 1024
"""Bytes of a query or update that are read at most."""

LONGEST_GRAPH = 64 * 1024 * 1024
"""Bytes of a graph that is put, or of changes."""

LONGEST_ADDRESS = 64 * 1024
"""Bytes of a request's path and query string."""

LONGEST_HEAD = 32 * 1024
"""Bytes of a request's headers."""

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer; what would be longer is cut after a whole row."""

BODY_SECONDS = 20.0
"""How long a client may take to send what it announced."""

PAGE_SECONDS = 60.0
"""How long drawing the page of the whole graph may take."""

PAGE_ITEMS = 1000
"""Items of one page of JSON at most."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served.

    Parameters
    ----------
    folder
        The folder of the graph.
    base
        What the IRIs of its things start with.
    seconds
        How long a query may run.
    rows
        Rows (or triples) of an answer at most; a longer one is cut and says so.
    workers
        How many queries run at the same time.
    queue
        How many more may wait; the next is told to come back.
    memory
        MiB of memory that answering may take.
    names
        Names, beside localhost and numbers, that this machine may be called in a request.
    services
        Hosts (``"host"`` or ``"host:port"``) that SERVICE may ask.
    token
        What lets a client write; empty if nobody may.

    Examples
    --------
    >>> Settings(Path("news.kg")).seconds
    10.0
    """

    folder: Path
    base: str = BASE
    seconds: float = 10.0
    rows: int = 100_000
    workers: int = 4
    queue: int = 32
    memory: int = 2048
    names: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    token: str = ""
