"""A Dask scheduler and workers as processes of their own on 127.0.0.1, for tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[1]


class Machines:
    """A scheduler, and the workers one has it start; all end with the block.

    Workers have no "nanny" that would start them again: a machine that is lost stays lost.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        self._scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"
        )
        self.scheduler = self._told(self._scheduler, r"Scheduler at:\s*(tcp://\S+)")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.communicate()

    def worker(self, path: str | None = None) -> subprocess.Popen[str]:
        """Start a worker with one thread that imports packages from ``path``."""
        process = self._start(
            "worker", self.scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--host", "127.0.0.1", "--memory-limit", "0",
            "--local-directory", str(self._folder / "dask"), path=path,
        )  # fmt: skip
        self._told(process, r"(Registered to|Starting established connection)")
        return process

    def end_scheduler(self) -> None:
        """Kill the scheduler."""
        self._scheduler.kill()
        self._scheduler.wait()

    def _start(self, *arguments: str, path: str | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(ROOT) if path is None else path},
        )
        self._processes.append(process)
        return process

    def _told(self, process: subprocess.Popen[str], pattern: str) -> str:
        """Read what a process says until it says that."""
        assert process.stderr is not None
        heard = []
        for line in process.stderr:
            heard.append(line)
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError("".join(heard))
