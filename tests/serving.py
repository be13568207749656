"""`kg serve` as a process of its own, and what a client sees of it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parent.parent
KILLER = f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?a{n} ?b{n} ?c{n}' for n in range(9))} }}"


@dataclass
class Reply:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)

    def column(self, name: str) -> list[str]:
        """The values of a column of a SPARQL answer in JSON."""
        return [row[name]["value"] for row in self.json()["results"]["bindings"]]


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    address: str
    said: list[str] = field(default_factory=list)
    listener: Thread | None = None

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, body=data, headers=dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def query(self, sparql: str, accept: str = "application/sparql-results+json") -> Reply:
        form = {"content-type": "application/x-www-form-urlencoded", "accept": accept}
        return self.ask("/sparql", "POST", urlencode({"query": sparql}), form)

    def update(self, sparql: str, token: str = "") -> Reply:
        headers = {"content-type": "application/sparql-update"}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        return self.ask("/sparql", "POST", sparql, headers)

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are and return everything that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(data)
            chunks = []
            while chunk := connection.recv(65536):
                chunks.append(chunk)
        return b"".join(chunks)

    def workers(self) -> dict[int, int]:
        """The workers, by process id, with the ticks of computing each has used."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid:
                found[int(folder.name)] = int(fields[11]) + int(fields[12])
        return found


def start(folder: Path, *options: str, env: Mapping[str, str] | None = None) -> Served:
    """Start a server on a free port and wait until it answers."""
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", *options]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(env or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    served = Served(process, "")
    assert process.stderr is not None
    for line in process.stderr:
        served.said.append(line)
        if found := re.match(r"(http://[\w.:\[\]]+:\d+) ", line):
            served.address = found[1]
        if "Ctrl+C" in line:
            served.listener = Thread(target=lambda: served.said.extend(process.stderr or ()))
            served.listener.start()
            return served
    raise AssertionError(f"the server did not start: {''.join(served.said)}")


def stop(served: Served, sign: signal.Signals = signal.SIGINT) -> int:
    """Ask a server to end; return its exit code."""
    served.process.send_signal(sign)
    try:
        return served.process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        served.process.kill()
        raise
    finally:
        assert served.listener is not None and served.process.stderr is not None
        served.listener.join()
        served.process.stderr.close()


@contextmanager
def serving(folder: Path, *options: str, env: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve a graph for a while."""
    served = start(folder, *options, env=env)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            stop(served)


def until(condition: Any, seconds: float = 60) -> bool:
    """Wait for something that has to come, however busy the machine is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def at(path: str) -> str:
    """A path with everything but slashes percent-encoded."""
    return quote(path)
