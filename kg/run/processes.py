"""Documents through a pipeline in several processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import ClassVar

from kg.errors import Failure, WrongValue
from kg.model import Document
from kg.run.order import Promise, in_order
from kg.run.progress import Progress
from kg.run.worker import LIMIT, Worker, packed

AHEAD = 4
"""Documents read ahead for each worker, so that none waits while a long one is worked on."""


@dataclass(frozen=True)
class Processes:
    """Works on so many documents at a time, each in a process of its own.

    A document whose process is killed or does not come to an end is tried once more in a new
    one; the second time it becomes a `Failure`. The other documents go on.

    Parameters
    ----------
    workers
        How many; each holds a model of its own, about half a gigabyte.
    limit
        Seconds that a document may take.

    Examples
    --------
    >>> import kg
    >>> texts = [Document("d1", "Macron met Scholz."), Document("d2", "Trump left.")]
    >>> [found.id for found in Processes(workers=1).map(kg.Pipeline.default(), texts)]
    ['d1', 'd2']
    """

    name: ClassVar[str] = "processes"

    workers: int = 2
    limit: float = LIMIT

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise WrongValue("workers", f"{self.workers} is too few", "give at least 1")

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
        RunnerError
            If the pipeline cannot be handed to a process, or none can be started.
        """
        order = packed(pipeline)
        crew = [Worker(order, limit=self.limit) for _ in range(self.workers)]
        idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in crew:
            idle.put(worker)

        def work(document: Document) -> Document | Failure:
            worker = idle.get()
            try:
                return worker(document)
            finally:
                idle.put(worker)

        def submit(document: Document) -> Promise:
            if progress is not None:
                progress(document.id, self.name)
            return threads.submit(work, document)

        threads = ThreadPoolExecutor(self.workers, thread_name_prefix="kg-worker")
        try:
            yield from in_order(pipeline, submit, documents, AHEAD * self.workers)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in crew:
                worker.close()
            threads.shutdown()
