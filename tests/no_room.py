"""Builds on a disk that fills up and on one that cannot be written; run in a name space.

    unshare --user --map-root-user --mount python -m tests.no_room FOLDER

mounts a small disk of its own on FOLDER, which is gone with the process. Prints JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

import kg
from kg.cli.app import app
from tests import crash

FILES = ("documents.jsonl", "graph.trig", "page.html", "report.json")
KIB = 1024


def mount(folder: Path, options: str, *more: str) -> None:
    """Mount the small disk, or change how it is mounted."""
    subprocess.run(["mount", *more, "-o", options, folder], check=True)


def tell(out: Path, *words: str) -> dict[str, Any]:
    """Run a command; tell how it ended, and how the graph is then."""
    done = CliRunner().invoke(app, list(words))
    with kg.open(out) as graph:
        documents, dump = len(graph.graphs()), graph.dump()
    digests = [hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES]
    return {
        "exit": done.exit_code,
        "said": done.stderr,
        "documents": documents,
        "files": digests,
        "dump": hashlib.sha256(dump).hexdigest(),
        "left": sorted(path.name for path in out.iterdir() if path.suffix == ".part"),
    }


def main(folder: Path) -> None:
    """Try it all."""
    mount(folder, "size=64m", "-t", "tmpfs", "tmpfs")
    few = crash.write(folder / "few.jsonl", crash.records(20))
    many = crash.write(folder / "many.jsonl", crash.records(200))
    out = folder / "g"
    told = {"before": tell(out, "build", str(few), "-o", str(out))}
    twin = shutil.copytree(out, folder / "twin")
    used = shutil.disk_usage(folder).used
    told["whole"] = tell(twin, "build", str(many), "-o", str(twin))
    needed = (shutil.disk_usage(folder).used - used) // KIB
    shutil.rmtree(twin)
    for room in (100, 1500, needed - 500):
        again = shutil.copytree(out, folder / "again")
        used = shutil.disk_usage(folder).used // KIB
        mount(folder, f"remount,size={used + room}k")
        told[f"full, {room} KiB"] = tell(again, "build", str(many), "-o", str(again))
        mount(folder, "remount,size=64m")
        told[f"room again, {room} KiB"] = tell(again, "build", str(many), "-o", str(again))
        shutil.rmtree(again)
    mount(folder, "remount,ro")
    told["read-only"] = tell(out, "build", str(few), "-o", str(out))
    told["new"] = tell(out, "build", str(few), "-o", str(folder / "other"))
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    os.environ["TERM"] = "dumb"
    main(Path(sys.argv[1]))
