"""A process that works on documents one after the other; if it ends or hangs, a new one does.

Processes, not threads: a text that brings the interpreter down, fills the memory or never comes
to an end costs one document, not the run. Every worker has a pipe of its own to the process that
started it, so a worker that is killed can neither block nor garble another one.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path

from kg.errors import Failure, KGError, RunnerError
from kg.model import Document
from kg.run.serial import attempt

TRIES = 2
"""Workers that a document may cost."""

LIMIT = 900.0
"""Seconds that a document may take: an article takes one, a book a few hundred."""

_STARTS = 3
_START_LIMIT = 300.0
_IDLE = 600.0
_GUARD = 'put what your script does below: if __name__ == "__main__":'


class Worker:
    """Calls a pipeline in another process, which is started at the first call.

    Parameters
    ----------
    pipeline
        From `packed`.
    limit
        Seconds that a document may take.
    environment
        Variables that the process has beside ours.

    Examples
    --------
    >>> import kg
    >>> worker = Worker(packed(kg.Pipeline.default()))
    >>> found = worker(Document("d", "Emmanuel Macron met Olaf Scholz."))
    >>> [relation.type for relation in found.relations]
    ['metWith']
    >>> worker.close()
    """

    def __init__(
        self, pipeline: bytes, *, limit: float = LIMIT, environment: Mapping[str, str] | None = None
    ) -> None:
        # Sent once the process is up. Given with its start, it would be written into a pipe that
        # nobody empties should the process end before (a script without a guard), for ever.
        self._order = (pipeline, limit, dict(environment or {}))
        self._limit = limit
        self._lock = threading.Lock()
        self._closed = False
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __call__(self, document: Document) -> Document | Failure:
        """Return the document as the pipeline left it, without its working layers.

        Raises
        ------
        RunnerError
            If no process can be started, or the worker was closed.
        """
        ends = []
        for _ in range(TRIES):
            pipe = self._ready() or self._started()
            try:
                pipe.send(document)
                if pipe.poll(self._limit):
                    found: Document | Failure = pipe.recv()
                    return found
                ends.append(f"was not done after {self._limit:g} seconds")
                self._end()
            except (EOFError, OSError):
                ends.append(f"ended its worker process ({_how(self._end())})")
        return _given_up(document, ends)

    def close(self) -> None:
        """End the process at once; a call that is under way in another thread fails."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
                self._process.join()

    def _ready(self) -> Connection | None:
        """Return the pipe of the process there is, unless it left because it had nothing to do."""
        return self._pipe if self._process is not None and self._process.is_alive() else None

    def _started(self) -> Connection:
        """Start a process and wait until it is ready for a document."""
        for _ in range(_STARTS):
            pipe = self._start()
            try:
                if not pipe.poll(_START_LIMIT):
                    self._end()
                    continue
                pipe.recv()
                pipe.send(self._order)
                if not pipe.poll(_START_LIMIT):
                    self._end()
                    continue
                problem: KGError | None = pipe.recv()
            except (EOFError, OSError):
                code = self._end()
                if code is None or code < 0:
                    continue  # somebody killed it
                raise RunnerError(
                    "worker", f"a worker process ends while it starts ({_how(code)})", _GUARD
                ) from None
            if problem is not None:
                self._end()
                raise problem
            self._pipe = pipe
            return pipe
        raise RunnerError(
            "worker",
            f"{_STARTS} worker processes in a row were killed while they started",
            "there may be too little memory; try fewer workers",
        )

    def _start(self) -> Connection:
        context = multiprocessing.get_context(
            "spawn"
        )  # the same on every system, safe with threads
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="kg-worker", daemon=True)
        with self._lock, _no_interrupts():
            if self._closed:
                raise RunnerError("worker", "was closed")
            try:
                process.start()
            except RuntimeError:  # we are in a worker that runs the user's script anew
                sys.tracebacklimit = 0  # it ends of this; one traceback is enough, our parent's
                raise RunnerError("worker", "no process can be started here", _GUARD) from None
            except OSError as error:
                raise RunnerError(
                    "worker", f"no process can be started ({error.strerror})", "try fewer workers"
                ) from None
            self._process = process
        theirs.close()
        return ours

    def _end(self) -> int | None:
        """End the process if it still runs; return its exit code."""
        self._pipe, process = None, self._process
        if process is None:
            return None
        process.join(1)  # if its pipe is closed it is about to end, with a code that tells why
        process.kill()
        process.join()
        return process.exitcode


def packed(pipeline: Callable[[Document], Document]) -> bytes:
    """Return a pipeline as a worker gets it.

    Raises
    ------
    RunnerError
        If it cannot be handed to another process.

    Examples
    --------
    >>> packed(lambda document: document)
    Traceback (most recent call last):
    kg.errors.RunnerError: pipeline: cannot be handed to other processes (Can't pickle ...
    """
    try:
        return pickle.dumps(pipeline)
    except Exception as error:  # what an object raises that cannot be pickled is its own affair
        raise RunnerError(
            "pipeline",
            f"cannot be handed to other processes ({error})",
            "define its parts at the top level of a module, or use one worker",
        ) from None


def _serve(pipe: Connection) -> None:
    """Do what a worker process does: work until the pipe is closed."""
    with suppress(ValueError, OSError):  # Ctrl+C is for who started us
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pipeline: bytes
    limit: float
    environment: dict[str, str]
    pipe.send(None)
    pipeline, limit, environment = pipe.recv()
    os.environ.update(environment)
    try:
        work = _unpacked(pipeline)
    except Exception as error:
        problem = error if isinstance(error, KGError) else RunnerError("worker", repr(error))
        pipe.send(problem)
        return
    pipe.send(None)
    with suppress(EOFError, OSError), Path(os.devnull).open("w") as nowhere:
        while pipe.poll(_IDLE):
            document: Document = pipe.recv()
            # Should our parent be gone and the interpreter be stuck, no thread of ours runs.
            faulthandler.dump_traceback_later(limit + 60, exit=True, file=nowhere)
            found = attempt(lambda given: _record_only(work(given)), document)
            faulthandler.cancel_dump_traceback_later()
            pipe.send(found)


def _unpacked(pipeline: bytes) -> Callable[[Document], Document]:
    try:
        work: Callable[[Document], Document] = pickle.loads(pipeline)  # noqa: S301  # from our parent
    except (AttributeError, ImportError) as error:
        raise RunnerError(
            "pipeline",
            f"cannot be loaded by a worker process ({error})",
            "define its parts in a module that can be imported, or use one worker",
        ) from None
    if warm_up := getattr(work, "warm_up", None):
        warm_up()
    return work


def _record_only(document: Document) -> Document:
    """Leave out the working layers, which are most of a document and not for others."""
    return document.but(tokens=(), times=(), offices=(), clauses=())


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start a process that does not hear Ctrl+C even before it can say so."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    names = {number.value: number.name for number in signal.Signals}
    return f"signal {-code}, {names.get(-code, 'unknown')}"


def _given_up(document: Document, ends: list[str]) -> Failure:
    first, last = ends[0], ends[-1]
    problem = f"{last}, twice" if first == last else f"{last}; before that it {first}"
    return Failure(
        document.id,
        "worker",
        problem,
        "try it alone: it may need more memory than there is, or cutting into parts",
        document.input,
    )
