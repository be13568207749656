"""A real Jupyter server of its own, on this machine only, for JupyterLab and Notebook 7."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
from nbformat.sign import NotebookNotary

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Lab:
    """A running server; notebooks lie in its folder."""

    address: str
    token: str
    folder: Path
    notary: NotebookNotary

    def keep(self, name: str, cells: list[nbformat.NotebookNode], *, trusted: bool) -> None:
        """Write a notebook into the folder, signed as one's own or as from somebody else."""
        notebook = nbformat.v4.new_notebook(
            cells=cells,
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        self.put(name, notebook, trusted=trusted)

    def put(self, name: str, notebook: nbformat.NotebookNode, *, trusted: bool) -> None:
        """Write a notebook as it is."""
        nbformat.write(notebook, self.folder / name)
        if trusted:
            self.notary.sign(nbformat.read(self.folder / name, as_version=4))

    def url(self, app: str, name: str) -> str:
        """Return the address of a notebook in ``lab/tree`` or in ``notebooks``."""
        return f"{self.address}/{app}/{name}?reset&token={self.token}"


@contextmanager
def started(folder: Path, kernels: Path) -> Iterator[Lab]:
    """Start a server in an empty folder with these kernels, and stop it with them."""
    for part in ("home", "config", "data", "runtime", "ipython", "notebooks"):
        (folder / part).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_urlsafe(24)
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {
        "HOME": str(folder / "home"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_PATH": str(kernels),
        "JUPYTER_TOKEN": token,
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = '{"fetchNews": "false", "checkForUpdates": false}'
    (settings / "notification.jupyterlab-settings").write_text(quiet)
    log = (folder / "log.txt").open("wb")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={folder / 'notebooks'}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
        ],
        env=environment, stdout=log, stderr=log, cwd=folder, start_new_session=True,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/api/status?token={token}", server, folder / "log.txt")
        notary = NotebookNotary(data_dir=str(folder / "data"))
        yield Lab(address, token, folder / "notebooks", notary)
        notary.store.close()
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # the group is ours: the server and its kernels
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        log.close()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the Jupyter server did not start:\n{log.read_text()}")
