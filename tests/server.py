"""SPARQL servers on 127.0.0.1: Oxigraph's from PyPI, and Virtuoso where it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRTUOSO = shutil.which("virtuoso-t")
"""Debian's ``virtuoso-opensource-7-bin``; ``tests/run.sh`` installs it where it can."""

MERGED = "https://example.org/merged"
"""The graph that takes the place of the default graph in Virtuoso, which has none."""


@contextmanager
def oxigraph(trig: bytes, folder: Path) -> Iterator[str]:
    """Serve a dataset, given as TriG, for reading; yield the address of its endpoint."""
    file, location = folder / "graph.trig", str(folder / "server")
    file.write_bytes(trig)
    program = _oxigraph()
    subprocess.run(
        [program, "load", "--location", location, "--file", str(file)],
        check=True,
        capture_output=True,
    )
    port = free_port()
    arguments = ["serve-read-only", "--location", location, "--bind", f"127.0.0.1:{port}"]
    with _running([program, *arguments], f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def writable_oxigraph(folder: Path) -> Iterator[str]:
    """Serve an empty store for reading and writing; yield the address of its queries."""
    port = free_port()
    arguments = ["serve", "--location", str(folder / "server"), "--bind", f"127.0.0.1:{port}"]
    with _running([_oxigraph(), *arguments], f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Serve an empty Virtuoso, whose user "dba" has the password "dba"; yield its endpoint."""
    assert VIRTUOSO is not None
    port, settings = free_port(), folder / "virtuoso.ini"
    names = {
        "DatabaseFile": "db",
        "ErrorLogFile": "log",
        "LockFile": "lck",
        "TransactionFile": "trx",
        "xa_persistent_file": "pxa",
    }
    files = "".join(f"{key} = {folder}/virtuoso.{end}\n" for key, end in names.items())
    settings.write_text(
        f"[Database]\n{files}"
        f"[TempDatabase]\nDatabaseFile = {folder}/temp.db\nTransactionFile = {folder}/temp.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{free_port()}\nDisableUnixSocket = 1\n"
        "NumberOfBuffers = 10000\nMaxDirtyBuffers = 6000\n"
        f"[HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerRoot = {folder}\n"
        "[SPARQL]\nResultSetMaxRows = 1000\n"
    )
    command = [VIRTUOSO, "+foreground", "+wait", "+configfile", str(settings)]
    with _running(command, f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}/sparql?default-graph-uri={MERGED}"


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _oxigraph() -> str:
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"


@contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    """Run a server as long as the block does, which begins when the address answers."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            assert server.poll() is None, f"{server.args} ended with {server.returncode}"
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{server.args} did not start")
