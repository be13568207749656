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
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from kg.serve.settings import Settings
from kg.serve.wire import LONGEST_LINE, Answer, framed

START_SECONDS = 60.0

PAUSE, LONGEST_PAUSE = 0.25, 8.0
"""Seconds until a worker that could not be started is tried again; doubled up to the longest."""


class TookTooLong(Exception):
    """A request was stopped at its time limit."""


class Crowded(Exception):
    """More requests are waiting than may."""


class GaveUp(Exception):
    """A worker ended on a request: too deep a parse, too much memory."""


class NotReady(Exception):
    """There is no worker now, and no other can be started; ``answer`` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


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
        self._closed = asyncio.Event()
        self._why: Answer | None = None  # the last worker could not be started
        self._stuck = asyncio.Event()  # nor any other: whoever waits for one is told

    async def start(self) -> Answer:
        """Start the workers; return what one says when it is ready, or why one is not."""
        said = [await self._add() for _ in range(self.size)]
        return next((answer for answer in said if answer.status != 200), said[0])

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
        NotReady
            If there is no worker, and why.
        """
        left: asyncio.Future[None] = asyncio.ensure_future(gone)
        worker: Process | None = None
        answer: asyncio.Task[Answer] | None = None
        try:
            worker = await self._next(left, seconds)
            head = {"task": task, "seconds": seconds, **given}
            answer = asyncio.create_task(_exchange(worker, framed(head, body)))
            both: set[asyncio.Future[Any]] = {answer, left}
            await asyncio.wait(both, timeout=seconds, return_when="FIRST_COMPLETED")
            if not answer.done():
                raise Left if left.done() else TookTooLong
            if answer.exception() is not None:
                raise GaveUp
            self._free.put_nowait(worker)
            worker = None
            return answer.result()
        finally:
            left.cancel()
            if answer is not None:
                answer.cancel()
            if worker is not None:
                self._replaced(worker, answer)

    async def close(self) -> None:
        """End all workers and wait until they have ended."""
        self._closed.set()
        for worker in self._all:
            _kill(worker)
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(self._ended(worker) for worker in tuple(self._all)))

    async def _next(self, left: asyncio.Future[None], seconds: float) -> Process:
        self._refuse()
        if self._free.empty() and self._waiting >= self.settings.queue:
            raise Crowded
        self._waiting += 1
        worker: Process | None = None
        turn = asyncio.create_task(self._free.get())
        stuck = asyncio.create_task(self._stuck.wait())
        try:
            any_of: set[asyncio.Future[Any]] = {turn, left, stuck}
            await asyncio.wait(any_of, timeout=seconds, return_when="FIRST_COMPLETED")
            if turn.done():
                worker = turn.result()
        finally:
            self._waiting -= 1
            stuck.cancel()
            turn.cancel()
            if worker is None and turn.done():  # it got its turn as it was cancelled itself
                self._free.put_nowait(turn.result())
        if worker is None:
            self._refuse()
            raise Left if left.done() else Crowded
        if worker.returncode is None:
            return worker
        self._replaced(worker)  # it ended while it had nothing to do; somebody killed it
        return await self._next(left, seconds)

    def _refuse(self) -> None:
        """Raise `NotReady` where all workers are missing."""
        if self._why is not None and len(self._starting) >= self.size:
            raise NotReady(self._why)

    def _replaced(self, worker: Process, answer: asyncio.Task[Answer] | None = None) -> None:
        """End a worker, which may be answering, and start another in its place."""
        _kill(worker)
        if not self._closed.is_set():
            task = asyncio.create_task(self._replace(worker, answer))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _replace(self, worker: Process, answer: asyncio.Task[Answer] | None) -> None:
        if answer is not None:
            await asyncio.wait({answer})
        await self._ended(worker)
        pause = PAUSE
        while not self._closed.is_set():
            said = await self._add()
            if said.status == 200:
                self._why = None
                self._stuck.clear()
                return
            self._why = said
            if len(self._starting) >= self.size:
                self._stuck.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _ended(self, worker: Process) -> None:
        """Kill a worker and wait for its end."""
        _kill(worker)
        assert worker.stdout is not None
        with suppress(OSError, RuntimeError):  # or somebody else reads it to its end
            while await worker.stdout.read(LONGEST_LINE):
                pass  # an end is not seen behind what nobody has read
        await worker.wait()
        self._all.discard(worker)

    async def _add(self) -> Answer:
        """Start a worker; return what it says, or why there is none."""
        told = {
            "folder": str(self.settings.folder),
            "base": self.settings.base,
            "memory": self.settings.memory,
            "write": self.write,
            "parent": os.getpid(),
        }
        try:
            worker = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "kg.serve.worker", json.dumps(told),
                stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            why = error.strerror or str(error)
            return Answer.problem(503, f"No process can be started to answer this ({why}).")
        self._all.add(worker)
        said = Answer.problem(503, "The process that is to answer this could not be started.")
        try:
            with suppress(GaveUp, TimeoutError, OSError, EOFError, ValueError):
                async with asyncio.timeout(START_SECONDS):
                    said = await _answer(worker)
        finally:
            if said.status == 200:
                self._free.put_nowait(worker)
            else:
                await self._ended(worker)
        return said


def _kill(worker: Process) -> None:
    if worker.returncode is None:
        with suppress(ProcessLookupError):
            worker.kill()


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
