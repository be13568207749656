"""A process that answers for the server: ``python -m kg.serve.worker``.

It reads requests from its standard input and writes answers to its standard output. The server
ends it where an answer takes too long; it ends itself where the server is gone.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KGError, QueryError, StoreBusy, UnknownName, WrongValue
from kg.serve.reader import Reader, outdated
from kg.serve.wire import Answer

Task = Callable[..., Answer]
PARENT_GONE = 1  # PR_SET_PDEATHSIG
GRACE = 5  # seconds of computing beyond the limit after which the system itself ends a worker
MIB = 1024 * 1024


def main() -> None:
    """Answer requests until there are no more."""
    told = json.loads(sys.argv[1])
    _end_with(told["parent"])
    requests, answers = _channels()
    if told["write"]:
        from kg.serve.writer import Writer  # noqa: PLC0415  # only where somebody may write

        try:
            writer = Writer(Path(told["folder"]), told["base"])
        except KGError as error:
            answers.write(_refused(error).framed())
            return
        answers.write(Answer.json("ready").framed())
        _serve(requests, answers, writer.tasks(), lambda: None)
        writer.close()
        return
    from kg.serve.tasks import tasks  # noqa: PLC0415

    reader = Reader(Path(told["folder"]), told["base"])
    with suppress(KGError):  # whoever asks first is told what is wrong
        reader.store()
    _keep_within(told["memory"])
    answers.write(Answer.json("ready").framed())
    _serve(requests, answers, tasks(reader), reader.forget)


def _serve(
    requests: BinaryIO, answers: BinaryIO, tasks: dict[str, Task], anew: Callable[[], None]
) -> None:
    while line := requests.readline():
        head = json.loads(line)
        body = requests.read(head.pop("size"))
        _compute_at_most(head.pop("seconds"))
        task = tasks[head.pop("task")]
        answers.write(answered(task, body, head, anew).framed())
        answers.flush()


def answered(task: Task, body: bytes, given: dict[str, Any], anew: Callable[[], None]) -> Answer:
    """Return the answer of a task, or in one sentence why there is none."""
    try:
        try:
            return task(body, **given)
        except KGError as error:
            if not outdated(error):
                raise
            anew()  # a writer has tidied away the files of the state that was read
            return task(body, **given)
    except KGError as error:
        return _refused(error)
    except MemoryError:
        return Answer.problem(503, "This needs more memory than it may have.")
    except Exception as error:
        traceback.print_exc()  # where the server writes, for who runs it
        return Answer.problem(500, f"This is a defect in kg ({type(error).__name__}).")


def _refused(error: KGError) -> Answer:
    if isinstance(error, QueryError):
        return Answer.problem(400, str(error), line=error.line, column=error.column)
    if isinstance(error, UnknownName):
        return Answer.problem(404, str(error))
    if isinstance(error, WrongValue):
        return Answer.problem(400, str(error))
    busy = isinstance(error, StoreBusy)
    return Answer.problem(503 if busy else 500, str(error))


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for ourselves: nothing else may write between answers."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, _Whole(answers)  # type: ignore[return-value]  # writes and flushes


class _Whole:
    """An unbuffered stream that writes all of what it is given."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._stream.write(view) :]

    def flush(self) -> None:
        """Do nothing: nothing is kept back."""


def _end_with(parent: int) -> None:
    """End when the server ends, however it does; Ctrl+C is the server's to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PARENT_GONE, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(0)


def _keep_within(memory: int) -> None:
    """Let the system refuse more memory than that, in MiB, beyond what an open graph takes."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            most = pages * resource.getpagesize() + memory * MIB
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _compute_at_most(seconds: float) -> None:
    """Let the system end this process should the server not be there to do it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + 4 * seconds) + GRACE
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


if __name__ == "__main__":
    main()
