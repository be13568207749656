"""Credentials of a graph on the web: to the one host they are for, and never into a message."""

from __future__ import annotations

import base64
import hashlib
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import StoreError
from kg.store import access, open_store

GRAPH = "https://example.org/graph"
TRIPLE = '<https://example.org/a> <https://example.org/b> "c" .'
SECRET = "correct horse"
ROWS = b'{"head": {"vars": ["n"]}, "results": {"bindings": [%s]}}'
ZERO = b'{"n": {"type": "literal", "value": "0"}}'

Check = Callable[[str], bool]


class Door:
    """A server whose store is empty, and that lets in only those who say the right word."""

    def __init__(self, challenge: str = "", check: Check | None = None, moved: str = "") -> None:
        self.challenge, self.check, self.moved = challenge, check, moved
        self.seen: list[tuple[str, str]] = []
        self.updates: list[str] = []

    @contextmanager
    def open(self) -> Iterator[str]:
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                word = self.headers.get("Authorization", "")
                door.seen.append((self.path, word))
                if door.moved:
                    self.answer(307, b"", "Location", door.moved)
                elif door.check is not None and not door.check(word):
                    self.answer(401, b"who are you?", "WWW-Authenticate", door.challenge)
                elif self.headers["Content-Type"] == "application/sparql-update":
                    door.updates.append(body)
                    self.answer(204, b"")
                else:
                    self.answer(200, ROWS % (ZERO if "COUNT" in body else b""))

            def answer(self, status: int, body: bytes, *header: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(body)))
                if header:
                    self.send_header(*header)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def basic(word: str) -> bool:
    return word == "Basic " + base64.b64encode(f"ann:{SECRET}".encode()).decode()


def bearer(word: str) -> bool:
    return word == f"Bearer {SECRET}"


def digest(word: str) -> bool:
    """Check a digest as RFC 2617 has it, without the quality of protection."""
    if not word.startswith("Digest "):
        return False
    given = urllib.request.parse_keqv_list(urllib.request.parse_http_list(word[7:]))

    def hashed(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    expected = f"{hashed(f'ann:graphs:{SECRET}')}:once:{hashed('POST:' + given['uri'])}"
    return given["response"] == hashed(expected)


def identify(monkeypatch: pytest.MonkeyPatch, host: str, **words: str) -> None:
    for name, value in {"HOST": host, **words}.items():
        monkeypatch.setenv(f"KG_STORE_{name}", value)


@pytest.mark.parametrize(
    ("challenge", "check", "words"),
    [
        ('Basic realm="graphs"', basic, {"USER": "ann", "PASSWORD": SECRET}),
        ('Digest realm="graphs", nonce="once"', digest, {"USER": "ann", "PASSWORD": SECRET}),
        ("Bearer", bearer, {"TOKEN": SECRET}),
    ],
)
def test_who_says_the_right_word_may_write(
    challenge: str, check: Check, words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(challenge, check)
    with door.open() as host:
        with pytest.raises(StoreError) as refused:
            open_store(f"http://{host}/sparql").add(GRAPH, TRIPLE)
        assert f"does not allow it (401); set KG_STORE_HOST={host} with KG_STORE_USER" in str(
            refused.value
        )
        identify(monkeypatch, host, **words)
        open_store(f"http://{host}/sparql").add(GRAPH, TRIPLE)
        assert len(door.updates) == 1
        assert TRIPLE in door.updates[0]
        wrong = {name: "wrong" if name != "USER" else value for name, value in words.items()}
        identify(monkeypatch, host, **wrong)
        with pytest.raises(StoreError, match=r"\(401\); check KG_STORE_USER and") as refused:
            open_store(f"http://{host}/sparql").add(GRAPH, TRIPLE)
        assert "wrong" not in str(refused.value)


@pytest.mark.parametrize("words", [{"USER": "ann", "PASSWORD": SECRET}, {"TOKEN": SECRET}])
def test_no_other_host_hears_the_word(
    words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Door('Basic realm="graphs"', basic)
    with stranger.open() as other:
        identify(monkeypatch, "graphs.example.org", **words)
        with pytest.raises(StoreError, match="does not allow it"):
            open_store(f"http://{other}/sparql").graphs()
        assert {word for _, word in stranger.seen} == {""}
        moving = Door(moved=f"http://{other}/sparql")
        with moving.open() as host:
            identify(monkeypatch, host, **words)
            stranger.seen.clear()
            with pytest.raises(StoreError, match=f"has moved to http://{other}/sparql; give that"):
                open_store(f"http://{host}/sparql").graphs()
        assert stranger.seen == []


@pytest.mark.parametrize("words", [{"USER": "ann", "PASSWORD": SECRET}, {"TOKEN": SECRET}])
def test_a_word_goes_encrypted_or_not_at_all(
    words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    identify(monkeypatch, "graphs.example.org", **words)
    with pytest.raises(StoreError, match="over https only") as refused:
        open_store("http://graphs.example.org/sparql").graphs()
    assert SECRET not in str(refused.value)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="set KG_STORE_USER and KG_STORE_PASSWORD") as refused:
        open_store("https://ann:secret@graphs.example.org/sparql")
    assert "secret" not in str(refused.value)
    assert "https://graphs.example.org/sparql" in str(refused.value)


def test_updates_go_where_the_server_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for address, expected in {
        "https://e.org/sparql": "https://e.org/sparql",
        "https://e.org/ds/query": "https://e.org/ds/update",
        "https://e.org/repositories/news": "https://e.org/repositories/news/statements",
    }.items():
        assert access.update_address(address) == expected
    assert access.update_address("https://e.org/sparql", virtuoso=True) == "https://e.org/sparql"
    monkeypatch.setenv("KG_STORE_USER", "dba")
    assert access.update_address("https://e.org/sparql", virtuoso=True).endswith("/sparql-auth")
    door = Door()
    with door.open() as host:
        monkeypatch.setenv("KG_STORE_UPDATE", f"http://{host}/elsewhere")
        open_store(f"http://{host}/query").add(GRAPH, TRIPLE)
    assert door.seen[-1][0] == "/elsewhere"
    assert {path for path, _ in door.seen[:-1]} == {"/query"}
