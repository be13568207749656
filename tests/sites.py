"""Web sites on this machine, and a network on which they count as public."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore

from kg.read.web import Web

PAGE = """<!doctype html><html><head><title>Talks in Paris</title></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks in Paris</h1>
<p>President Emmanuel Macron met Chancellor Olaf Scholz in Paris on Monday, officials said.</p>
<p>The two leaders discussed the budget of the union for more than two hours at the palace.</p>
</article></body></html>"""
HTML = "text/html; charset=utf-8"
FIRST = "President Emmanuel Macron met Chancellor Olaf Scholz in Paris on Monday, officials said."

Route = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server with what it answers by path, and what it was asked."""

    server: ThreadingHTTPServer
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answers(
        self,
        path: str,
        body: bytes | str = FIRST,
        media: str = "text/plain; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> str:
        """Answer a path in the usual way; return its address."""
        data = body.encode() if isinstance(body, str) else body
        told = {"Content-Type": media, "Content-Length": str(len(data))}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}

        def route(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in told.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)

        self.routes[path] = route
        return self.url + path

    def moves(self, path: str, target: str, status: int = 302) -> str:
        """Answer a path by saying where to go; return its address."""
        return self.answers(path, b"", status=status, Location=target)

    def sends(self, path: str, pieces: Callable[[], Iterable[bytes]]) -> str:
        """Answer a path with these very bytes, head and all; return its address."""

        def route(handler: BaseHTTPRequestHandler) -> None:
            for piece in pieces():
                handler.wfile.write(piece)
                handler.wfile.flush()

        self.routes[path] = route
        return self.url + path


@contextmanager
def site() -> Iterator[Site]:
    """Run a server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told = {name.lower(): value for name, value in self.headers.items()}
            found.asked.append((self.path, told))
            self.close_connection = True
            route = found.routes.get(self.path.partition("?")[0])
            try:
                if route is None:
                    self.send_error(404)
                else:
                    route(self)
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    found = Site(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Plain(httpcore.NetworkStream):
    """A connection that says it is secured, and is not: the site speaks plain HTTP."""

    def __init__(self, stream: httpcore.NetworkStream, told: list[str]) -> None:
        self._stream, self._told = stream, told

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._told.append(server_hostname or "")
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@dataclass
class Pretended:
    """A network whose names and public addresses we make up; all lead to sites of this machine.

    Parameters
    ----------
    names
        The addresses of each name, the next list each time it is looked up; the last stays.
    ports
        The port of this machine at which each address is.
    """

    names: dict[str, list[list[str]]]
    ports: dict[str, int]
    looked_up: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    secured: list[str] = field(default_factory=list)

    def __call__(self) -> Pretended:
        return self

    def addresses(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        if host not in self.names:
            if host.replace(".", "").isdigit() or ":" in host:
                return [host]
            raise OSError("no such host")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.connected.append(address)
        if address not in self.ports:
            raise httpcore.ConnectError("nobody there")
        stream = httpcore.SyncBackend().connect_tcp("127.0.0.1", self.ports[address], seconds)
        return Plain(stream, self.secured)


def web(cache: Path, **settings: Any) -> Web:
    """Return settings for sites of this machine: allowed, in haste, with a cache of its own."""
    return Web(**{"private": True, "pace": 0.0, "cache": cache, "seconds": 5.0, **settings})
