"""A process apart, in which what others' code takes to pieces is read.

A PDF that brings its parser down, a page that never ends or fills the memory costs one document,
not the run. The process has limits of its own, and neither opens connections nor writes files (see
`kg.read.child`). What comes back is JSON, so that not even a parser that was taken over can hand
code to us.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.handover import Message, found_in
from kg.read.kinds import Kind
from kg.resource import LARGEST, Link, Resource

SECONDS = 10.0
"""Seconds from one document to the next, and one more for each `PACE` bytes of the file."""

PACE = 100_000
_REMEDY = "it may be damaged; try to save it anew, or as plain text"


class Apart:
    """Reads in another process, which is started at the first call and again if it ends.

    Examples
    --------
    >>> from kg.read.kinds import kind_of
    >>> page = Resource.of(b"<html><body><p>Macron spoke with Scholz.</p></body></html>", "a.html")
    >>> with Apart() as apart:
    ...     [found.text for found in apart(page, kind_of(page))]
    ['Macron spoke with Scholz.']
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes | None] = queue.Queue(64)
        self._listener: threading.Thread | None = None
        self._busy = False

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, resource: Resource, kind: Kind) -> Iterator[Document | Failure | Link]:
        """Yield what the reader of that kind finds in a resource.

        Raises
        ------
        SourceError
            If the resource is too large, or the reader ends or hangs.
        """
        path = str(resource.path) if resource.path is not None else None
        data = b"" if path is not None else resource.data(LARGEST)
        size = len(data) if path is None else os.stat(path).st_size  # noqa: PTH116  # a PurePath
        limit = self._seconds + size / PACE
        if self._busy:
            raise RuntimeError("one resource at a time: what came before is not read to its end")
        process = self._ready()
        self._busy, done = True, False
        try:
            self._send(process, Message.of(resource, kind.reader, path, len(data)), data)
            while (message := self._next(resource.where, limit)) is not None:
                yield from found_in(message, resource.where)
            done = True
        finally:
            self._busy = False
            if not done:
                self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            atexit.unregister(self.close)
            process.kill()
            process.wait()
            self._hush()
            for end in (process.stdin, process.stdout):
                if end is not None:
                    with suppress(OSError):
                        end.close()

    def _hush(self) -> None:
        """Let the listener come to its end: it may wait for room for what nobody wants any more."""
        while self._listener is not None and self._listener.is_alive():
            with suppress(queue.Empty):
                self._lines.get(timeout=0.01)
        self._listener = None

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.read.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        atexit.register(self.close)
        self._lines = queue.Queue(64)
        self._listener = threading.Thread(
            target=_listen, args=(self._process.stdout, self._lines), daemon=True
        )
        self._listener.start()
        return self._process

    def _send(self, process: subprocess.Popen[bytes], head: Message, data: bytes) -> None:
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # its end is told by the answer that does not come
            process.stdin.write(head.line())
            process.stdin.write(data)
            process.stdin.flush()

    def _next(self, where: str, limit: float) -> dict[str, object] | None:
        """Return the next message; None after the last one of a resource."""
        try:
            line = self._lines.get(timeout=limit)
        except queue.Empty:
            raise SourceError(where, f"was not read within {limit:.0f} seconds", _REMEDY) from None
        if line is None:
            code = self._process.wait() if self._process is not None else None
            raise SourceError(where, f"ended the process that read it ({_how(code)})", _REMEDY)
        message: dict[str, object] = json.loads(line)
        return None if message.get("done") else message


def _listen(pipe: IO[bytes], lines: queue.Queue[bytes | None]) -> None:
    with suppress(ValueError, OSError):  # closed while we read
        for line in pipe:
            lines.put(line)
    lines.put(None)


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
