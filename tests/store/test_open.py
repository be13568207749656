"""Opening graphs: in memory, in a folder, behind an endpoint; one writer, sound errors."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from kg.contracts import Store
from kg.errors import QueryError, SourceError, StoreBusy, StoreError
from kg.model import Document
from kg.rdf import read, serialise, write
from kg.store import EmbeddedStore, RemoteStore, open_store
from kg.vocab import document_iri, mint
from tests.server import oxigraph

GRAPH = "https://example.org/graph"
TRIPLE = '<https://example.org/a> <https://example.org/b> "c" .'
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(store: Store) -> object:
    return store.query(COUNT)[0]["n"]


@pytest.mark.parametrize("where", ["memory:", "folder"])
def test_stores_in_this_process_follow_the_contract(where: str, tmp_path: Path) -> None:
    address = where if where == "memory:" else str(tmp_path / "news.kg" / "store")
    store = open_store(address)
    assert isinstance(store, Store)
    store.add(GRAPH, TRIPLE)
    assert (store.graphs(), len(store), count(store)) == ([GRAPH], 2, 1)
    assert store.graph(GRAPH) == TRIPLE.encode() + b"\n"
    assert store.dump() == f"{TRIPLE}\n{TRIPLE[:-1]}<{GRAPH}> .\n".encode()
    assert store.graph("https://example.org/none") == b""
    assert store.drop("https://example.org/none") is False
    assert store.drop(GRAPH) is True
    assert len(store) == 0
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.query(COUNT)


def test_a_folder_keeps_what_is_written(tmp_path: Path, gold_seed: Document) -> None:
    with open_store(tmp_path / "store") as store:
        store.add(document_iri(gold_seed), write.graph(gold_seed))
        before = store.dump()
    with open_store(tmp_path / "store", read_only=True) as store:
        assert store.dump() == before
        assert read.document(store.graph(document_iri(gold_seed))) == mint(gold_seed)


def test_a_second_writer_is_told_that_the_graph_is_busy(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(folder) as store:
        store.add(GRAPH, TRIPLE)
        with pytest.raises(StoreBusy, match="open in another process"):
            open_store(folder)
        other = subprocess.run(
            [sys.executable, "-c",
             f"from kg.store import open_store; open_store({str(folder)!r})"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "kg.errors.StoreBusy" in other.stderr
    with open_store(folder) as store:
        assert count(store) == 1


def test_a_reader_sees_a_sound_state_beside_a_writer(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as writer:
        writer.add(GRAPH, TRIPLE)
        with open_store(tmp_path / "store", read_only=True) as reader:
            assert count(reader) == 1
            writer.drop(GRAPH)
            assert count(writer) == 0
            assert count(reader) == 1


def test_reading_only_refuses_changes(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    for store in (open_store(tmp_path / "store", read_only=True),
                  open_store("memory:", read_only=True)):  # fmt: skip
        for change in (lambda s: s.add(GRAPH, TRIPLE), lambda s: s.drop(GRAPH),
                       lambda s: s.rebuild()):  # fmt: skip
            with pytest.raises(StoreError, match="open for reading only"):
                change(store)


def test_nothing_to_read_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no graph here; make one with kg build"):
        open_store(tmp_path / "missing", read_only=True)
    assert not (tmp_path / "missing").exists()


def test_a_file_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "file")


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="these files are no graph"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("damage", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_damaged_store_names_the_remedy(tmp_path: Path, damage: str, read_only: bool) -> None:
    folder = tmp_path / "store"
    with open_store(folder) as store:
        store.add(GRAPH, TRIPLE)
    damaged = list(folder.glob(damage))
    for path in damaged:
        path.write_bytes(b"\x00rubbish")
    assert damaged
    with pytest.raises(StoreError, match=r"damaged.*; .*documents\.jsonl") as caught:
        open_store(folder, read_only=read_only).dump()
    assert not isinstance(caught.value, StoreBusy)


@pytest.mark.parametrize("error", [OSError("IO error: bad"), RuntimeError("Corruption: bad block")])
def test_damage_found_at_work_names_the_remedy(
    error: Exception,
) -> None:
    class Damaged:
        """Oxigraph over files with flipped bytes, which it sees when it comes to them."""

        def __getattr__(self, name: str) -> object:
            raise error

    store = EmbeddedStore("news.kg/store", cast("ox.Store", Damaged()))
    for work in (
        lambda: store.query(COUNT),
        store.dump,
        lambda: store.add(GRAPH, TRIPLE),
        lambda: store.drop(GRAPH),
        store.rebuild,
        store.close,
    ):
        with pytest.raises(
            StoreError, match=r"damaged.*kg build news\.kg/documents\.jsonl"
        ) as caught:
            work()
        assert not isinstance(caught.value, QueryError)


def test_a_base_that_is_none_is_refused() -> None:
    with pytest.raises(SourceError):
        open_store("memory:", base="news")


def test_a_crash_between_two_documents_loses_neither(tmp_path: Path) -> None:
    program = f"""
import os
from kg.store import open_store
store = open_store({str(tmp_path / "store")!r})
store.add({GRAPH!r}, {TRIPLE!r})
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", program], check=False)
    with open_store(tmp_path / "store") as store:
        before = store.dump()
        assert len(store) == 2
        store.rebuild()
        assert store.dump() == before


def test_an_endpoint_answers_like_a_store_of_our_own(tmp_path: Path, gold_seed: Document) -> None:
    own = open_store("memory:")
    own.add(document_iri(gold_seed), write.graph(gold_seed))
    with oxigraph(serialise.dump(own.dump(), "trig"), tmp_path) as address:
        remote = open_store(address)
        assert isinstance(remote, Store)
        assert isinstance(remote, RemoteStore)
        assert (remote.graphs(), len(remote)) == (own.graphs(), len(own))
        assert remote.dump() == own.dump()
        assert read.document(remote.graph(document_iri(gold_seed))) == mint(gold_seed)
        for query in (COUNT, "ASK { ?a kg:briefed ?b }",
                      "CONSTRUCT { ?a kg:briefed ?b } WHERE { ?a kg:briefed ?b }"):  # fmt: skip
            ours, theirs = own.query(query), remote.query(query)
            assert (list(ours), ours.boolean) == (list(theirs), theirs.boolean)
        with pytest.raises(QueryError, match="the server says"):
            remote.query("SELECT ?x { ?x")
        for change in (lambda g: g.add(GRAPH, TRIPLE), lambda g: g.drop(own.graphs()[0])):
            with pytest.raises(StoreError, match=r"cannot be written to: .*\(403\)"):
                change(remote)
            with pytest.raises(StoreError, match="open for reading only"):
                change(open_store(address, read_only=True))
        assert remote.dump() == own.dump()


@contextmanager
def answering(status: int, kind: str, body: bytes) -> Iterator[str]:
    """Serve one answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "kind", "body", "words"),
    [
        (200, "text/html", b"<html>", "does not answer as a SPARQL endpoint"),
        (200, "application/sparql-results+json", b"{rubbish", "does not answer as a SPARQL"),
        (200, "application/n-triples", b"rubbish", "does not answer as a SPARQL endpoint"),
        (404, "text/plain", b"nothing\nhere", "answers 404 nothing here"),
        (500, "text/plain", b"", "answers 500"),
    ],
)
def test_an_address_that_is_no_endpoint(status: int, kind: str, body: bytes, words: str) -> None:
    with answering(status, kind, body) as address, pytest.raises(StoreError, match=words):
        open_store(address).query(COUNT)


def test_an_address_where_nobody_listens() -> None:
    with answering(200, "", b"") as address:
        pass
    with pytest.raises(StoreError, match=r"cannot be reached \(Connection refused\); check the"):
        open_store(address).query(COUNT)
