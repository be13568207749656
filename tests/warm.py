"""Commands that start at once: forks of a process that has loaded what takes seconds to load.

What a command does is as in a process of its own: its arguments, streams, folder, environment and
modules of ours are; only the model and others' libraries are in memory already. What is about
starting itself (`kg --help`, hash seeds, memory) is tested with true processes.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 1_000_000  # bytes of arguments and environment
CLIENT = """#!{python} -IS
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({address!r})
told = {{"argv": sys.argv, "folder": os.getcwd(), "environment": dict(os.environ)}}
socket.send_fds(server, [json.dumps(told).encode() + b"\\n"], [0, 1, 2])
sys.exit(int(server.recv(9) or 1))
"""


@contextmanager
def commands(folder: Path) -> Iterator[Path]:
    """Put ``kg`` and ``kernel`` into a folder; they work as long as the block lasts.

    ``kernel`` is one of Jupyter; the folder is one for ``JUPYTER_PATH``, too.
    """
    address = str(folder / "socket")
    for name in ("kg", "kernel"):
        (folder / name).write_text(CLIENT.format(python=sys.executable, address=address))
        (folder / name).chmod(0o755)
    spec = {"argv": [str(folder / "kernel"), "-f", "{connection_file}"], "language": "python"}
    (folder / "kernels" / "python3").mkdir(parents=True)
    (folder / "kernels" / "python3" / "kernel.json").write_text(
        json.dumps(spec | {"display_name": "Python 3 (ipykernel)"})
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", address],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        assert server.stdout.readline() == b"ready\n"
        yield folder
    finally:
        server.kill()
        server.wait()
        server.stdin.close()
        server.stdout.close()


def serve(address: str) -> None:
    """Fork for each command that comes."""
    import ipykernel.kernelapp  # noqa: F401
    import networkx  # noqa: F401
    import pyoxigraph  # noqa: F401
    import rdflib  # noqa: F401

    from kg.model import Document
    from kg.pipeline import Pipeline

    for stage in Pipeline.default().annotators[:2]:  # language and tokens: no tables of users
        stage(Document("d", "Macron spoke."))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(9)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    while True:
        client, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _work(client)
        client.close()


def _work(client: socket.socket) -> None:
    """Be the command that a client asks for, and tell it how it ended."""
    data, streams, _, _ = socket.recv_fds(client, LONGEST, 3)
    while not data.endswith(b"\n"):
        data += client.recv(LONGEST)
    told = json.loads(data)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    os.environ.clear()
    os.environ.update(told["environment"])
    os.environ.pop("JPY_PARENT_PID", None)  # our parent is another
    os.chdir(told["folder"])
    threading.Thread(target=_end_with, args=(client,), daemon=True).start()
    name, *arguments = told["argv"]
    sys.argv = [name, *arguments]
    code = 1
    try:
        module = {"kg": "kg", "kernel": "ipykernel_launcher"}[Path(name).name]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        client.send(str(code).encode())
        os._exit(code)


def _end_with(client: socket.socket) -> None:
    """End when the client does: it was killed."""
    if not client.recv(1):
        os._exit(1)


if __name__ == "__main__":
    serve(sys.argv[1])
