"""Something to be read: bytes with a name, and what is known about them from outside."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, BinaryIO, Self

from kg.errors import SourceError
from kg.model import Document

LARGEST = 200_000_000
"""Bytes of one article that are read; files of many documents are read piece by piece."""

RATIO = 100
"""So many times its size may be unpacked of an input; text seldom packs better than twenty."""

FLOOR = 100_000_000
"""Bytes that may be unpacked of any input, however small it is."""


class Allowance:
    """What may still be unpacked of an input, shared by all that lies in it, however deep.

    Parameters
    ----------
    where
        What the input is called to the user.
    size
        Its bytes as it is packed.

    Examples
    --------
    >>> Allowance("bomb.zip", 1000).take(1_000_000_000)
    Traceback (most recent call last):
    ...
    kg.errors.SourceError: bomb.zip: unpacks to more than 100 times its size, as a bomb does; ...
    """

    def __init__(self, where: str, size: int) -> None:
        self.where = where
        self.left = RATIO * size + FLOOR

    def take(self, count: int) -> None:
        """Say that so many bytes were unpacked.

        Raises
        ------
        SourceError
            If that was too much.
        """
        self.left -= count
        self.check()

    def check(self) -> None:
        """Tell whether more may be unpacked.

        Raises
        ------
        SourceError
            If not.
        """
        if self.left < 0:
            raise SourceError(
                self.where,
                f"unpacks to more than {RATIO} times its size, as a bomb does",
                "unpack it yourself and give what you trust; the rest of it is not read",
            )


@dataclass(frozen=True)
class Resource:
    """Bytes to be read: a file, a member of an archive, what an address answered.

    Parameters
    ----------
    where
        What it is called to the user: ``news.zip!paris.html``.
    name
        Its file name. The ending tells what kind it is, what stands before it is the id of the
        document if nothing better is known.
    opened
        Opens it anew each time it is called.
    path
        The regular file it is, if it is one.
    media
        Its media type where somebody said so, like ``text/html``.
    charset
        Its encoding where somebody said so.
    about
        What is known from outside, which counts more than what it says of itself: any of the
        fields of a ``NAME.meta.toml`` (``id``, ``date``, ``title``, ``author``, ``publisher``,
        ``url``, ``licence``). Where several tell the same, a ``NAME.meta.toml`` counts more than a
        row of ``metadata.csv``. What stands beside a file of many documents is said of each of
        them, but for feeds and for archives of files, whose members have their own.
    depth
        How many archives it lies in.
    allowance
        What may still be unpacked of the archives it lies in.
    notes
        What whoever looks closely wants to know of how it came here.

    Examples
    --------
    >>> page = Resource.of(b"<p>Macron spoke.", "paris.html")
    >>> page.stem, page.ending, page.data()
    ('paris', '.html', b'<p>Macron spoke.')
    """

    where: str
    name: str
    opened: Callable[[], BinaryIO] = field(repr=False)
    path: PurePath | None = None
    media: str = ""
    charset: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    allowance: Allowance | None = field(default=None, repr=False, compare=False)
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: bytes, name: str, **known: Any) -> Self:
        """Return a resource of bytes in memory; it is called as ``known`` says or by its name."""
        return cls(known.pop("where", name), name, lambda: io.BytesIO(data), **known)

    @property
    def ending(self) -> str:
        """The last ending of its name in lower case, with the point; "" if there is none."""
        return PurePath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without the last ending."""
        return PurePath(self.name).stem or "document"

    def inside(self, name: str, opened: Callable[[], BinaryIO], **known: Any) -> Resource:
        """Return a resource that lies in this one, as members lie in an archive."""
        known.setdefault("where", f"{self.where}!{name}")
        known.setdefault("allowance", self.allowance)
        return Resource(name=PurePath(name).name, opened=opened, depth=self.depth + 1, **known)

    def but(self, **fields: Any) -> Self:
        """Return a copy in which the named fields are replaced."""
        return replace(self, **fields)

    def start(self, count: int = 8192) -> bytes:
        """Return its first bytes."""
        with self.opened() as stream:
            return stream.read(count)

    def data(self, most: int = LARGEST) -> bytes:
        """Return all its bytes.

        Raises
        ------
        SourceError
            If there are more than ``most``.
        """
        with self.opened() as stream:
            found = stream.read(most + 1)
        if len(found) > most:
            raise SourceError(
                self.where,
                f"is larger than {most // 1_000_000} MB",
                "cut it into parts; many documents go in a file of JSON Lines",
            )
        return found


@dataclass(frozen=True)
class Link:
    """An article that a feed names: it is fetched if the feed itself came from an address.

    Parameters
    ----------
    url
        Its address.
    about
        What the feed says about it, as for `Resource`.
    summary
        The document to make do with if the article is not fetched.
    """

    url: str
    about: Mapping[str, str] = field(default_factory=dict)
    summary: Document | None = None
