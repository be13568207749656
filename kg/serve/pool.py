"""Worker processes: each answers one request at a time, and is ended where that takes too long.

A query cannot be stopped from within: the engine computes in native code that listens to nobody.
So the process is killed and another takes its place, which takes a few milliseconds and a fifth
of a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from kg.serve.settings import Settings
from kg.serve.wire import LONGEST_LINE, Answer, framed

START_SECONDS = 60.0


class TookTooLong(Exception):
    """A request was stopped at its time limit."""


class Crowded(Exception):
    """More requests are waiting than may."""


class GaveUp(Exception):
    """A worker ended on a request: too deep a parse, too much memory."""


class Left(Exception):
    """The client went away, so the work was stopped."""


class Pool:
    """A number of workers and a queue before them.

    Parameters
    ----------
    settings
        Of the server.
    size
        How many workers there are.
    write
        Whether the one worker has the graph open for writing.
    """

    def __init__(self, settings: Settings, size: int, *, write: bool = False) -> None:
        self.settings, self.size, self.write = settings, size, write
        self._free: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._waiting = 0
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> Answer:
        """Start the workers; return what the first one says when it is ready, or why it is not."""
        said = [await self._add() for _ in range(self.size)]
        return said[0]

    async def ask(
        self, task: str, body: bytes = b"", *, gone: Awaitable[None], seconds: float, **given: Any
    ) -> Answer:
        """Let a worker do a task.

        Parameters
        ----------
        task
            Its name.
        body
            What it is about.
        gone
            Done as soon as nobody waits for the answer any more.
        seconds
            How long it may take.
        given
            Arguments that JSON can hold.

        Raises
        ------
        Crowded
            If too many are waiting already, or none gets free within ``seconds``.
        TookTooLong, GaveUp, Left
            If the worker was stopped, or stopped by itself.
        """
        left: asyncio.Future[None] = asyncio.ensure_future(gone)
        running: set[asyncio.Future[Any]] = {left}
        try:
            worker = await self._next(left, seconds)
            head = {"task": task, "seconds": seconds, **given}
            answer = asyncio.create_task(_exchange(worker, framed(head, body)))
            running.add(answer)
            await asyncio.wait(running, timeout=seconds, return_when="FIRST_COMPLETED")
            if answer.done() and answer.exception() is None:
                self._free.put_nowait(worker)
                return answer.result()
            if not answer.done():
                worker.kill()
            self._replaced(worker)
            if answer.done():
                raise GaveUp
            raise Left if left.done() else TookTooLong
        finally:
            for one in running:
                one.cancel()

    async def close(self) -> None:
        """End all workers and wait until they have ended."""
        self._closed = True
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in self._all:
            if worker.returncode is None:
                with suppress(ProcessLookupError):
                    worker.kill()
        await asyncio.gather(*(worker.wait() for worker in self._all))

    async def _next(self, left: asyncio.Future[None], seconds: float) -> Process:
        if self._free.empty() and self._waiting >= self.settings.queue:
            raise Crowded
        self._waiting += 1
        turn = asyncio.create_task(self._free.get())
        try:
            both: set[asyncio.Future[Any]] = {turn, left}
            await asyncio.wait(both, timeout=seconds, return_when="FIRST_COMPLETED")
            if not turn.done():
                raise Left if left.done() else Crowded
            worker = turn.result()
        finally:
            self._waiting -= 1
            turn.cancel()
        if worker.returncode is None:
            return worker
        self._replaced(worker)  # it ended while it had nothing to do; somebody killed it
        return await self._next(left, seconds)

    def _replaced(self, worker: Process) -> None:
        """Start a worker in the place of one that ends."""
        if not self._closed:
            task = asyncio.create_task(self._replace(worker))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _replace(self, worker: Process) -> None:
        await worker.wait()
        self._all.discard(worker)
        if not self._closed:
            await self._add()

    async def _add(self) -> Answer:
        told = {
            "folder": str(self.settings.folder),
            "base": self.settings.base,
            "memory": self.settings.memory,
            "write": self.write,
            "parent": os.getpid(),
        }
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.worker", json.dumps(told),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=LONGEST_LINE, start_new_session=True,
        )  # fmt: skip
        self._all.add(worker)
        async with asyncio.timeout(START_SECONDS):
            said = await _answer(worker)
        if said.status == 200:
            self._free.put_nowait(worker)
        return said


async def _exchange(worker: Process, message: bytes) -> Answer:
    assert worker.stdin is not None
    worker.stdin.write(message)
    await worker.stdin.drain()
    return await _answer(worker)


async def _answer(worker: Process) -> Answer:
    assert worker.stdout is not None
    line = await worker.stdout.readline()
    if not line:
        raise GaveUp
    head = json.loads(line)
    body = await worker.stdout.readexactly(head["size"])
    return Answer(body, head["kind"], head["status"], head["headers"])
