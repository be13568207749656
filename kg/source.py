"""Where a document comes from, and how it was read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from."""

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    sha256: str | None = None
    author: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """Return the source as it stands in a document record; an author only if there is one."""
        told = {
            name: getattr(self, name) for name in ("url", "title", "publisher", "licence", "sha256")
        }
        return told if self.author is None else {**told, "author": self.author}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document came out of an input; it is no part of its record.

    Parameters
    ----------
    where
        The place in the input, in the user's words: ``news.zip!paris.html``.
    reader
        The name of the reader.
    notes
        What whoever looks closely wants to know: "decoded as windows-1252".
    input
        The file or address to give again in order to read it again: ``news.zip`` for the place
        above; "" for a document that no input was read for.
    """

    where: str
    reader: str
    notes: tuple[str, ...] = ()
    input: str = ""


def page(pages: Sequence[int], offset: int) -> int | None:
    """Return the number of the page on which an offset lies, from 1 on, if pages are known.

    Parameters
    ----------
    pages
        The offsets at which pages begin, the first one 0.

    Examples
    --------
    >>> page((0, 100, 250), 100), page((), 100)
    (2, None)
    """
    return bisect_right(pages, offset) or None
