"""Documents through a pipeline on many machines, by Dask distributed (the extra ``cluster``).

Dask hands the documents out, and once more if a machine is lost. On each machine a document is
worked on in a process of its own (`kg.run.worker`), just as on one machine: a text that kills or
hangs is given up after two tries and never takes a worker of the cluster with it, and a worker
with four threads uses four cores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from kg.data import own
from kg.errors import Failure, KGError, MissingExtra, RunnerError, WrongValue
from kg.model import Document
from kg.run.order import Promise, in_order
from kg.run.processes import AHEAD
from kg.run.progress import Progress
from kg.run.worker import LIMIT, packed

if TYPE_CHECKING:
    from distributed import Client

WINDOW = 64
"""Documents under way at least, so that machines that join later find some."""

_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://(\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):[0-9]{1,5}/?")
_REACH = 15
_JOIN = 60


@dataclass(frozen=True)
class Cluster:
    """Works on documents on the machines of a Dask cluster.

    The user's own relations and tables go along with the documents; ``kg`` itself must be
    installed on the machines, in the same version.

    Parameters
    ----------
    scheduler
        Its address, which ``dask scheduler`` tells when it starts; by default where it is if it
        was started on this machine.
    limit
        Seconds that a document may take.

    Raises
    ------
    WrongValue
        If the address is not like that of a scheduler.

    Examples
    --------
    >>> Cluster("192.0.2.7")
    Traceback (most recent call last):
        ...
    kg.errors.WrongValue: scheduler: '192.0.2.7' is no address of a Dask scheduler; \
give one like tcp://192.0.2.7:8786
    """

    name: ClassVar[str] = "cluster"

    scheduler: str = "tcp://127.0.0.1:8786"
    limit: float = LIMIT

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.scheduler):
            raise WrongValue(
                "scheduler",
                f"'{self.scheduler}' is no address of a Dask scheduler",
                "give one like tcp://192.0.2.7:8786",
            )

    def map(
        self,
        pipeline: Callable[[Document], Document],
        documents: Iterable[Document | Failure],
        *,
        progress: Progress | None = None,
    ) -> Iterator[Document | Failure]:
        """Run every document through the pipeline; see `kg.contracts.Runner`.

        Raises
        ------
        MissingExtra
            If Dask is not installed.
        RunnerError
            If the scheduler or its workers cannot be reached, or are not like us.
        """
        order = packed(pipeline)
        with _connected(self.scheduler) as client, _crew(client, order, self.limit) as crew:
            from kg.run.machine import work  # noqa: PLC0415  # needs Dask

            numbers = count()

            def submit(document: Document) -> Promise:
                if progress is not None:
                    progress(document.id, self.name)
                key = f"{crew}-{next(numbers)}"
                with _reachable(self.scheduler):
                    future = client.submit(work, crew, document, key=key, pure=False)
                return _Coming(future, document, client, self.scheduler)

            window = max(WINDOW, AHEAD * sum(client.nthreads().values()))
            yield from in_order(pipeline, submit, documents, window)


@dataclass(frozen=True)
class _Coming:
    """A result that a machine of the cluster works on."""

    future: Any
    document: Document
    client: Client
    scheduler: str

    def done(self) -> bool:
        return bool(self.future.done())

    def result(self) -> Document | Failure:
        from distributed import KilledWorker  # noqa: PLC0415

        with _reachable(self.scheduler):
            while True:
                try:
                    found: Document | Failure = self.future.result(timeout=_JOIN)
                    return found
                except TimeoutError:
                    _wait_for_worker(self.client, self.scheduler)
                except KilledWorker as error:
                    return Failure(
                        self.document.id,
                        "worker",
                        f"{error.allowed_failures + 1} workers of the cluster were lost over it",
                        "try it alone: it may need more memory than they have",
                        self.document.input,
                    )


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    """Reach the scheduler, and make sure that its workers are like us."""
    try:
        from distributed import Client  # noqa: PLC0415  # a second to load, and an extra

        from kg.run.machine import versions  # noqa: PLC0415
    except ImportError:
        raise MissingExtra("--scheduler", "news-kg[cluster]") from None
    try:
        client = Client(scheduler, timeout=_REACH, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise RunnerError(
            scheduler,
            f"no Dask scheduler answers there ({error})",
            "start one with 'dask scheduler' and give the address that it tells",
        ) from None
    with client:
        _wait_for_worker(client, scheduler)
        try:
            found = client.run(versions)
        except Exception as error:  # Dask tells of what a worker lacks in one of many ways
            raise RunnerError(
                scheduler,
                f"its workers cannot run kg ({error})",
                "install news-kg[cluster] on every machine",
            ) from None
        for worker, theirs in sorted(found.items()):
            for name, ours in versions().items():
                if theirs[name] != ours:
                    raise RunnerError(
                        scheduler,
                        f"the worker {worker} has {name} {theirs[name]}, here it is {ours}",
                        "install the same versions on all machines",
                    )
        yield client


@contextmanager
def _crew(client: Client, order: bytes, limit: float) -> Iterator[str]:
    """Have processes for a run on all machines; yield its name."""
    from kg.run.machine import Crew  # noqa: PLC0415  # needs Dask

    name = f"kg-{uuid4().hex}"
    tables = {file.name: file.read_bytes() for file in own.files()}
    client.register_plugin(Crew(order, limit, tables), name=name)
    try:
        yield name
    finally:
        with suppress(Exception):  # the cluster may be gone; then so are the processes
            client.unregister_worker_plugin(name)


def _wait_for_worker(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_JOIN)
    except TimeoutError:
        raise RunnerError(
            scheduler,
            f"the scheduler has had no worker for {_JOIN} seconds",
            f"start some with 'dask worker {scheduler}'",
        ) from None


@contextmanager
def _reachable(scheduler: str) -> Iterator[None]:
    """Say in our words that the cluster went away."""
    try:
        yield
    except KGError:
        raise
    except (CancelledError, OSError, RuntimeError) as error:
        raise RunnerError(
            scheduler,
            f"the scheduler went away ({type(error).__name__})",
            "start it again; what is done is not done again",
        ) from None
