"""The process apart: reads what it is handed, within limits, and says what it found.

It opens no connection, starts no program and writes no file, whatever a parser it runs is led to:
an audit hook refuses, and limits of the system hold its memory.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from kg.read.handover import Message, told
from kg.read.through import through

MEMORY = 2 << 30
"""Bytes of memory the process may have."""

_REFUSED = frozenset({
    "socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request", "webbrowser.open",
    "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pickle.find_class",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.chmod",
    "shutil.rmtree",
})  # fmt: skip


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Read one resource after the other until there are no more."""
    while line := requests.readline():
        head = Message(**json.loads(line))
        resource = head.resource(requests.read(head.size))
        for found in through(resource, None):
            answers.write(told(found))
            answers.flush()
        answers.write(b'{"done": true}\n')
        answers.flush()


def guard() -> None:
    """Hold this process to reading."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # Ctrl+C is for who started us
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.addaudithook(_audit)


def _audit(event: str, details: tuple[Any, ...]) -> None:
    if event in _REFUSED:
        raise PermissionError(f"a reader may not do {event}")
    if event == "open" and _writes(*details[1:3]):
        raise PermissionError("a reader may not write files")


def _writes(mode: str | None, flags: int) -> bool:
    if mode is not None:
        return any(sign in mode for sign in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR))


if __name__ == "__main__":
    guard()
    serve(sys.stdin.buffer, sys.stdout.buffer)
