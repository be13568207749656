"""Whatever happens while a store is written to, what was in it stays, whole and readable."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import open_store

ROOT = Path(__file__).parents[2]

HELPERS = """
import sys
from pathlib import Path
from kg.errors import StoreError
from kg.store import open_store

def triples(number, lines=40):
    return "".join(
        f'<https://example.org/thing{n % 7}> <https://example.org/p{n}> "{number} {n}" .\\n'
        for n in range(lines)
    )

folder = sys.argv[1]
"""


def child(program: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HELPERS + program, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def output(program: str, *arguments: str) -> list[str]:
    process = child(program, *arguments)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.splitlines()


WRITE_ON = """
store = open_store(folder)
names = [name.rsplit("/", 1)[1] for name in store.graphs()]
last = max((int(name[1:]) for name in names if name[0] == "b"), default=0)
print("ready", flush=True)
while True:
    last += 1
    graph = "https://example.org/"
    store.change({
        graph + f"a{last}": triples(last), graph + f"a{last - 1}": None,
        graph + f"b{last}": triples(0) + triples(last, 3), graph + "last": triples(last),
    })
"""


def test_a_store_killed_in_the_middle_of_a_change_has_it_whole_or_not_at_all(
    tmp_path: Path,
) -> None:
    folder, chance, last = tmp_path / "store", random.Random(11), 0
    for _ in range(10):
        process = child(WRITE_ON, str(folder))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.35))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with open_store(folder) as store:
            names = {name.rsplit("/", 1)[1] for name in store.graphs()}
            before = last
            last = sum(name.startswith("b") for name in names)
            assert last >= before
            expected = {f"b{n}" for n in range(1, last + 1)} | {f"a{last}", "last"}
            assert names == (expected if last else set())
            if last:
                told = store.graph("https://example.org/last").decode().splitlines()
                assert len(told) == 40
                assert all(f'"{last} ' in line for line in told)
            found = store.dump()
            store.rebuild()
            assert store.dump() == found
    assert last > 0


FILL = """
import json, resource
with open_store(folder) as store:
    store.change({"https://example.org/old": triples(1), "https://example.org/older": triples(2)})
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    bytes_a_change = 60
else:
    bytes_a_change = 2_000
store, number, kept = open_store(folder), 2, None
while True:
    number += 1
    kept = store.dump()
    try:
        store.change({"https://example.org/old": triples(number, bytes_a_change),
                      f"https://example.org/g{number}": triples(number, bytes_a_change)})
    except StoreError as error:
        print(error)
        break
assert store.dump() == kept  # still to be read, and as it was
try:
    store.close()
except StoreError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
del store
if sys.argv[2] == "limit":
    with open_store(folder) as store:
        assert store.dump() == kept
        store.change({"https://example.org/new": triples(0)})  # there is room again
        assert "https://example.org/new" in store.graphs()
else:
    with open_store(folder, read_only=True) as store:
        assert store.dump() == kept
"""


def small_disk(folder: Path) -> list[str]:
    """Return what runs a command with a disk of 8 MB at that folder, if this machine allows it."""
    for flags in (["-m"], ["-r", "-m"]):
        mount = f'mount -t tmpfs -o size=8m none "{folder}" && exec "$@"'
        command = ["unshare", *flags, "sh", "-c", mount, "sh"]
        try:
            done = subprocess.run([*command, "true"], capture_output=True, check=False)
        except FileNotFoundError:
            break
        if done.returncode == 0:
            return command
    return []


def test_no_room_for_a_file_is_said_and_the_graph_is_as_it_was(tmp_path: Path) -> None:
    said = output(FILL, str(tmp_path / "store"), "limit")
    assert said
    assert all(line.endswith("the disk is full; make room and try again") for line in said)
    assert not any("delete" in line for line in said)


def test_a_full_disk_is_said_and_the_graph_is_as_it_was(tmp_path: Path) -> None:
    disk = small_disk(tmp_path)  # where there can be none, the test above stands for this one
    how = "disk" if disk else "limit"
    program = [sys.executable, "-c", HELPERS + FILL, str(tmp_path / "store"), how]
    done = subprocess.run(
        [*disk, *program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "the disk is full" in done.stdout
    assert "delete" not in done.stdout


@pytest.fixture
def locked() -> Iterator[Path]:
    """The folder of a graph in which nobody may write; not even root, who gives up being it."""
    place = Path(tempfile.mkdtemp())
    with open_store(place / "news.kg" / "store") as store:
        store.add("https://example.org/old", '<https://example.org/a> <a:b> "c" .')
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for path in place.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    place.chmod(0o555)
    yield place / "news.kg" / "store"
    for path in folders:
        path.chmod(0o755)
    shutil.rmtree(place)


LOOK = """
import os
open_store("memory:").close()  # what is needed is loaded while we may read it
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
here = Path(folder).parent
for address in (folder, here / "other", here.parent / "new.kg" / "store"):
    try:
        open_store(address)
    except StoreError as error:
        print(error)
with open_store(folder, read_only=True) as store:
    print(len(store))
"""


def test_a_folder_that_cannot_be_written_to_is_said_and_can_be_read(locked: Path) -> None:
    old, beside, new, size = output(LOOK, str(locked))
    for said in (old, beside, new):
        assert said.endswith("cannot be written; check the permissions of the folder")
    assert size == "2"


def test_a_second_writer_in_another_process_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    process = child(WRITE_ON,
                    str(folder))  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    second = """
try:
    open_store(folder)
except StoreError as error:
    print(type(error).__name__, error)
"""
    (said,) = output(second, str(folder))
    assert said.startswith("StoreBusy")
    assert said.endswith("is open in another process; close that one (or wait) and try again.")
    process.kill()
    process.wait()
    process.stdout.close()
    with open_store(folder) as store:
        found = store.dump()
        store.rebuild()
        assert store.dump() == found
