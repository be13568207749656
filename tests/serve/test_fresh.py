"""A graph that changes while it is served; how a server starts and what it says."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.record import to_line
from tests.build import doc
from tests.serve.conftest import documents
from tests.serving import ROOT, serving, until

DOCUMENTS = "SELECT ?d { GRAPH ?d { ?d a kg:Document } }"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_what_is_built_meanwhile_is_seen_without_a_restart(tmp_path: Path) -> None:
    folder, records = tmp_path / "news.kg", tmp_path / "more.jsonl"
    kg.build(*documents(), out=folder).close()
    more = [
        doc(
            f"Anna Berg met Carl Dahl on day {number}.",
            people=["Anna Berg", "Carl Dahl"],
            relations=["metWith: Anna Berg > Carl Dahl"],
            id=f"more-{number}",
        )
        for number in range(30)
    ]
    records.write_text("".join(to_line(one) + "\n" for one in more), encoding="utf-8")
    with serving(folder, "--workers", "2") as served:

        def count() -> int:
            reply = served.query(DOCUMENTS)
            assert reply.status == 200, reply.text
            return len(reply.column("d"))

        assert count() == 2
        command = [sys.executable, "-m", "kg", "build", str(records), "-o", str(folder)]
        building = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        seen = set()
        while building.poll() is None:
            seen.add(count())
        assert building.returncode == 0
        assert until(lambda: count() == 32)
        assert seen <= set(range(2, 33))
        assert until(lambda: "Anna Berg" in served.ask("/").text)
        assert run("remove", str(folder), "more-3").returncode == 0
        assert until(lambda: count() == 31)


def test_a_port_that_is_taken_is_said_in_one_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        tried = run("serve", str(folder), "--port", str(port))
    assert (tried.returncode, tried.stdout) == (1, "")
    assert tried.stderr.startswith(f"Error: 127.0.0.1:{port}: cannot listen there (Address already")
    assert tried.stderr.count("\n") == 1


@pytest.mark.parametrize("where", ["nowhere.kg", "https://example.org/sparql"])
def test_what_is_no_graph_is_said_in_one_sentence(where: str) -> None:
    tried = run("serve", where, "--port", "0")
    assert (tried.returncode, tried.stderr.count("\n")) == (1, 1)
    assert "there is no graph here" in tried.stderr


def test_it_warns_where_others_can_reach_it(folder: Path) -> None:
    with serving(folder, "--host", "0.0.0.0", "--workers", "1") as served:
        assert "everybody who can reach this machine" in "".join(served.said)
        assert served.ask("/api/queries").status == 200


def test_it_listens_to_this_machine_only(folder: Path) -> None:
    with serving(folder, "--workers", "1") as served, socket.socket() as other:
        assert "Warning" not in "".join(served.said)
        assert other.connect_ex(("127.0.0.2", served.port)) != 0
