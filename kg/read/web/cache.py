"""What addresses answered, kept as plain files, so that a second run asks nobody.

An entry is one file, named after the sha256 of its address: a line of JSON that says what it is,
and the bytes as they were. It is written aside and then put in its place, so that there is never
half of one; an entry that does not hold what it says is as good as none.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.read.web.answers import Answer

FORM = 1
MOST = 1 << 30
"""Bytes that are kept; what was not used for longest goes first."""

_HEAD = 1 << 16


def default_folder() -> Path:
    """Return ``KG_CACHE``, or the folder where the system keeps what can be fetched again."""
    if given := os.environ.get("KG_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "news-kg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "news-kg"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "news-kg"


class Cache:
    """Answers by their addresses.

    Parameters
    ----------
    folder
        Where they lie.
    most
        Bytes that are kept.

    Examples
    --------
    >>> kept = Cache(Path(tempfile.mkdtemp()))
    >>> kept.put("https://example.org/", Answer("https://example.org/", body=b"Macron spoke."))
    >>> kept.get("https://example.org/").body
    b'Macron spoke.'
    """

    def __init__(self, folder: Path | None = None, most: int = MOST) -> None:
        self._folder, self._most = (folder or default_folder()) / "web", most
        self._size: int | None = None

    def get(self, address: str) -> Answer | None:
        """Return what an address answered; None if that is not known or the entry is damaged."""
        path = self._path(address)
        try:
            with path.open("rb") as entry:
                head = json.loads(entry.readline(_HEAD))
                body = entry.read(self._most)
            found = _answer(head, body, address)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        with suppress(OSError):
            os.utime(path)  # it was used
        return found

    def put(self, address: str, answer: Answer) -> None:
        """Keep what an address answered; where that cannot be, the next run asks again."""
        told = {key: value for key, value in asdict(answer).items() if key != "body"}
        sums = {"size": len(answer.body), "sha256": sha256(answer.body).hexdigest()}
        head = json.dumps({"form": FORM, "address": address, **sums, "answer": told}).encode()
        if len(head) + 1 > _HEAD or len(answer.body) >= self._most:
            return
        with suppress(OSError):
            path = self._path(address)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, head + b"\n" + answer.body)
            self._hold(len(head) + 1 + len(answer.body))

    def _path(self, address: str) -> Path:
        name = sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / name

    def _hold(self, added: int) -> None:
        """Hold the folder to its size: if it is full, make room for a while."""
        if self._size is not None:
            self._size += added
        if self._size is None or self._size > self._most:
            entries = sorted(self._entries())
            self._size = sum(size for _, size, _ in entries)
            room = self._most if self._size <= self._most else self._most * 4 // 5
            for _, size, path in entries:
                if self._size <= room:
                    break
                path.unlink(missing_ok=True)
                self._size -= size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield when each entry was last used, how large it is and where it lies."""
        for path in self._folder.glob("??/*"):
            with suppress(OSError):
                state = path.lstat()
                yield state.st_mtime, state.st_size, path


def _answer(head: dict[str, Any], body: bytes, address: str) -> Answer:
    """Return the answer of an entry; anything may be raised if it does not hold."""
    told = head["answer"]
    sums = (FORM, address, len(body), sha256(body).hexdigest())
    if sums != (head["form"], head["address"], head["size"], head["sha256"]):
        raise ValueError("the entry does not hold what it says")
    notes = tuple(told.pop("notes"))
    status = told.pop("status")
    if not isinstance(status, int) or not all(isinstance(t, str) for t in (*notes, *told.values())):
        raise TypeError("the entry is of another form")
    return Answer(body=body, status=status, notes=notes, **told)


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="part-")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
