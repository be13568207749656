"""What a worker of a Dask cluster does for `kg.run.cluster`."""

from __future__ import annotations

import multiprocessing
import platform
from importlib.metadata import version
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any

from distributed import WorkerPlugin, get_worker

from kg.errors import Failure
from kg.model import Document
from kg.run.worker import Worker
from kg.version import __version__


class Crew(WorkerPlugin):
    """The processes in which one machine works on the documents of one run.

    Dask gives it to every worker there is, and to those that join later.

    Parameters
    ----------
    pipeline
        From `kg.run.worker.packed`.
    limit
        Seconds that a document may take.
    tables
        The user's own tables (`kg.data.own`), by file name, as they are where the run was started.
    """

    def __init__(self, pipeline: bytes, limit: float, tables: dict[str, bytes]) -> None:
        self.pipeline, self.limit, self.tables = pipeline, limit, tables

    def setup(self, worker: Any) -> None:
        """Lay the user's tables where the processes will look for them."""
        # Dask's own processes may have no children unless they say so themselves.
        multiprocessing.current_process().daemon = False
        self.home = TemporaryDirectory(prefix="kg-", ignore_cleanup_errors=True)
        folder = Path(self.home.name, "kb")
        folder.mkdir()
        for name, content in self.tables.items():
            (folder / name).write_bytes(content)
        self.idle: SimpleQueue[Worker] = SimpleQueue()
        self.all: list[Worker] = []

    def teardown(self, worker: Any) -> None:
        """End the processes."""
        for process in self.all:
            process.close()
        self.home.cleanup()

    def work(self, document: Document) -> Document | Failure:
        """Work on a document in a process that is idle, or in a new one."""
        try:
            process = self.idle.get_nowait()
        except Empty:
            process = Worker(
                self.pipeline, limit=self.limit, environment={"KG_HOME": self.home.name}
            )
            self.all.append(process)
        try:
            return process(document)
        finally:
            self.idle.put(process)


def work(crew: str, document: Document) -> Document | Failure:
    """Work on a document with the processes of that run on this machine."""
    plugin = get_worker().plugins[crew]
    assert isinstance(plugin, Crew)
    return plugin.work(document)


def versions() -> dict[str, str]:
    """Return the versions that must be the same on all machines.

    Examples
    --------
    >>> sorted(versions())
    ['distributed', 'kg', 'python', 'spacy']
    """
    python = ".".join(platform.python_version_tuple()[:2])
    installed = {name: version(name) for name in ("distributed", "spacy")}
    return {"kg": __version__, "python": python, **installed}
