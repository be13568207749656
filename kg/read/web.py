"""Web addresses, read only when the user gives one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import SourceError
from kg.read.apart import Apart
from kg.read.through import Found


@dataclass(frozen=True)
class Web:
    """How addresses are read.

    Parameters
    ----------
    private
        Whether addresses of this machine and of private networks may be asked.
    refresh
        Whether to ask again for what the cache has.
    """

    private: bool = False
    refresh: bool = False

    def __call__(self, address: str, apart: Apart) -> Iterator[Found]:
        """Yield the documents of an address: a page, a feed with its articles, a file."""
        raise SourceError(
            address,
            "web addresses are not read yet by this version",
            "save the article as a text file and give that",
        )
