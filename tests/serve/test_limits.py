"""What is too much, too long, too deep, or an attack: refused or stopped, and the rest goes on."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from tests.serving import KILLER, Served, serving, start, stop, until

FAST = "SELECT ?name { ?who a kg:Person ; rdfs:label ?name }"
TEN = "VALUES ?{0} {{ 0 1 2 3 4 5 6 7 8 9 }}"
MANY = f"""WHERE {{ {" ".join(map(TEN.format, "abcd"))}
  BIND(IRI(CONCAT("urn:x", STR(?a), STR(?b), STR(?c), STR(?d))) AS ?one) }}"""


def test_a_killer_query_is_stopped_while_fast_ones_are_answered(served: Served) -> None:
    before = set(served.workers())
    with ThreadPoolExecutor(1) as other:
        killer = other.submit(served.query, KILLER)
        fast = 0
        while not killer.done():
            reply = served.query(FAST)
            assert (reply.status, len(reply.column("name"))) == (200, 3)
            fast += 1
        stopped = killer.result()
    assert fast > 0
    assert stopped.status == 503
    assert "took more than 4 seconds" in stopped.text
    # The process that computed it is gone, and another has taken its place.
    assert until(lambda: len(before - set(served.workers())) == 1)
    assert until(lambda: len(served.workers()) == len(before))
    after = served.workers()
    ticks = sum(after.values())
    assert until(lambda: sum(served.workers().values()) == _settled(served), 20)
    assert sum(served.workers().values()) - ticks < 200  # nobody goes on where it left off


def _settled(served: Served) -> int:
    first = sum(served.workers().values())
    until(lambda: False, 0.3)
    return first


def test_the_work_stops_when_the_client_leaves(served: Served) -> None:
    before = set(served.workers())
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        line = f"GET /sparql?query={quote(KILLER)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(line.encode())
        until(lambda: False, 0.3)
    assert until(lambda: bool(before - set(served.workers())))
    assert until(lambda: len(served.workers()) == len(before))


@pytest.mark.parametrize(
    "accept", ["application/json", "application/sparql-results+xml", "text/csv", "text/turtle"]
)
def test_a_long_answer_is_cut_and_says_so(served: Served, accept: str) -> None:
    form = "CONSTRUCT { ?one a ?one }" if accept == "text/turtle" else "SELECT ?one"
    reply = served.query(f"{form} {MANY}", accept)
    assert reply.status == 200
    assert reply.headers["kg-truncated"] in ("rows=1000", "triples=1000")
    assert len(set(re.findall(r"urn:x\d{4}", reply.text))) == 1000
    if accept == "application/json":
        assert len(reply.json()["results"]["bindings"]) == 1000
    assert "kg-truncated" not in served.query(FAST, "text/csv").headers


def test_exactly_as_many_rows_as_there_may_be_are_not_cut(served: Served) -> None:
    reply = served.query(f"SELECT ?one {MANY} LIMIT 1000")
    assert len(reply.json()["results"]["bindings"]) == 1000
    assert "kg-truncated" not in reply.headers


def test_a_query_that_needs_too_much_memory_ends_alone(folder: Path) -> None:
    hungry = KILLER.replace("(COUNT(*) AS ?n)", "*") + " ORDER BY ?c1"
    with serving(folder, "--seconds", "60", "--memory", "256", "--workers", "2") as one:
        reply = one.query(hungry)
        assert (reply.status, "more memory than it may have" in reply.text) == (400, True)
        assert one.query(FAST).status == 200


def test_who_comes_when_all_are_busy_is_told_to_come_back(folder: Path) -> None:
    with (
        serving(folder, "--seconds", "4", "--workers", "1", "--queue", "1") as one,
        ThreadPoolExecutor(6) as clients,
    ):
        replies = list(clients.map(lambda _: one.query(KILLER), range(6)))
        assert {reply.status for reply in replies} == {503}
        crowded = [reply for reply in replies if "retry-after" in reply.headers]
        assert len(crowded) >= 4
        assert "try again" in crowded[0].text
        assert one.query(FAST).status == 200
        assert one.ask("/api/entities").status == 200


ATTACKS = {
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
    "SERVICE by a variable": "SELECT * { ?s ?p ?where . SERVICE ?where { ?a ?b ?c } }",
    "SERVICE hidden by escapes": "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "FROM the web": "SELECT * FROM <http://127.0.0.1:1/x.ttl> { ?s ?p ?o }",
    "FROM NAMED the web": "SELECT * FROM NAMED <http://127.0.0.1:1/x> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD": "LOAD <file:///etc/passwd>",
    "an update as a query": "DELETE WHERE { ?s ?p ?o }",
    "deep brackets": "SELECT * { " + "{" * 60_000 + "}" * 60_000 + " }",
    "deep expression": "SELECT (" + "(" * 90_000 + "1" + ")" * 90_000 + " AS ?x) {}",
    "deep path": "SELECT * { ?s " + "(" * 90_000 + "kg:of" + ")*" * 90_000 + " ?o }",
    "NUL": "SELECT * { ?s ?p \x00 }",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(served: Served, name: str) -> None:
    reply = served.query(ATTACKS[name])
    assert reply.status in (400, 503)
    assert reply.text.count("\n") == 1
    assert "Traceback" not in reply.text
    assert "root:" not in reply.text
    assert until(lambda: served.query(FAST).status == 200)


def test_malformed_utf_8_is_refused(served: Served) -> None:
    replies = [
        served.ask("/sparql", "POST", b"ASK { ?s ?p '\xff' }", {"content-type": kind})
        for kind in ("application/sparql-query",)
    ]
    form = {"content-type": "application/x-www-form-urlencoded"}
    replies += [
        served.ask("/sparql?query=ASK%20%7B%20%FF%20%7D"),
        served.ask("/sparql", "POST", b"query=ASK+%7B+%ff+%7D", form),
        served.ask("/sparql", "POST", b"query=ASK+\xff", form),
    ]
    assert [reply.status for reply in replies] == [400] * 4
    assert all("UTF-8" in reply.text for reply in replies)
    odd = [served.ask("/id/%FF%FE"), served.ask("/api/entities/%FF"), served.ask("/%FF")]
    assert {reply.status for reply in odd} <= {400, 404}


def test_a_query_of_ten_megabytes_is_not_read(served: Served) -> None:
    kind = {"content-type": "application/sparql-query"}
    large = b"SELECT * { ?s ?p '" + b"x" * 10_000_000 + b"' }"
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/sparql-query\r\n"
    )
    announced = served.raw(head + b"Content-Length: 10000000\r\n\r\n")
    assert announced.startswith(b"HTTP/1.1 413 ")
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < len(large):
                connection.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass  # the server has closed the connection
        assert sent < len(large)
    assert served.ask("/sparql", "POST", "ASK {}", kind).status == 200


def test_a_long_address_is_refused(served: Served) -> None:
    reply = served.ask("/sparql?query=" + "x" * 70_000)
    assert (reply.status, "by POST" in json.loads(reply.body)["detail"]) == (414, True)
    line = b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 80_000
    assert served.raw(line + b"\r\n\r\n").startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/..%2f..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/id/../../../../etc/passwd",
        "/id/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/api/documents/..%2f..%2fetc%2fpasswd",
        "/..%5c..%5cetc",
    ],
)
def test_no_path_leads_out(served: Served, path: str) -> None:
    reply = served.ask(path)
    assert reply.status in (400, 404)
    assert b"root:" not in reply.body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST", 200),
        ("[::1]:{port}", 200),
        ("news.example.org", 200),
        ("evil.example:{port}", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1@evil.example", 421),
        ("evil.example, 127.0.0.1", 421),
        ("", 421),
    ],
)
def test_a_name_that_is_made_to_point_here_is_refused(
    served: Served, host: str, status: int
) -> None:
    headers = {"host": host.format(port=served.port)}
    assert served.ask("/api/queries", headers=headers).status == status


def test_pages_of_other_sites_may_not_ask(served: Served) -> None:
    cross = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "origin": "https://evil.org"}
    assert served.ask("/sparql?query=ASK%20%7B%7D", headers=cross).status == 403
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    reply = served.ask("/api/queries", headers=followed | {"origin": "https://evil.org"})
    assert reply.status == 200
    assert not any(name.startswith("access-control") for name in reply.headers)


def test_every_answer_has_a_policy(served: Served) -> None:
    for path in ("/query", "/browse", "/id/person/macron", "/nothing", "/api/queries"):
        headers = served.ask(path, headers={"accept": "text/html"}).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


class _Endpoint(BaseHTTPRequestHandler):
    """Answers every query with one row, or says that it has moved."""

    asked: int = 0
    moved: tuple[int, str] = (200, "")

    def do_GET(self) -> None:
        type(self).asked += 1
        body = json.dumps(
            {
                "head": {"vars": ["x"]},
                "results": {"bindings": [{"x": {"type": "literal", "value": "from outside"}}]},
            }
        ).encode()
        status, address = self.moved
        self.send_response(status)
        if address:
            self.send_header("location", address)
        self.send_header("content-type", "application/sparql-results+json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815  # the name that the library looks for

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_only_a_listed_host_is_asked(folder: Path) -> None:
    class Listed(_Endpoint):
        pass

    class Other(_Endpoint):
        pass

    with HTTPServer(("127.0.0.1", 0), Listed) as listed, HTTPServer(("127.0.0.1", 0), Other) as no:
        threads = [Thread(target=one.serve_forever) for one in (listed, no)]
        for thread in threads:
            thread.start()
        allowed = f"127.0.0.1:{listed.server_port}"
        query = "SELECT ?x {{ SERVICE <http://{}/sparql> {{ ?a ?b ?x }} }}"
        try:
            with serving(folder, "--allow-service", allowed, "--workers", "1") as one:
                assert one.query(query.format(allowed)).column("x") == ["from outside"]
                refused = one.query(query.format(f"127.0.0.1:{no.server_port}"))
                assert (refused.status, "SERVICE" in refused.text) == (400, True)
                for status in (301, 302, 303, 307, 308):
                    Listed.moved = (status, f"http://127.0.0.1:{no.server_port}/sparql")
                    moved = one.query(query.format(allowed))
                    assert (moved.status, "SERVICE had no answer" in moved.text) == (400, True)
        finally:
            for server, thread in zip((listed, no), threads, strict=True):
                server.shutdown()
                thread.join()
    assert (Listed.asked, Other.asked) == (6, 0)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_workers_never_outlive_the_server(folder: Path, sign: signal.Signals) -> None:
    one = start(folder, "--workers", "2")
    workers = one.workers()
    assert len(workers) == 4
    with ThreadPoolExecutor(1) as client:
        busy = client.submit(one.query, KILLER)
        until(lambda: False, 0.3)
        code = stop(one, sign)
        assert busy.exception() is not None or busy.result().status in (499, 500, 503)
    if sign == signal.SIGINT:
        assert code == 0
        assert one.said[-1] == "Ended.\n"
    assert until(lambda: not any(_alive(worker) for worker in workers))
    assert "Traceback" not in "".join(one.said)


def test_a_server_that_a_script_started_ends_by_the_same_signal_and_says_so(folder: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as "kg serve ... &" does in a script
    try:
        one = start(folder, "--workers", "1")
    finally:
        signal.signal(signal.SIGINT, before)
    assert one.query(FAST).status == 200  # from now on it listens to signals
    assert (stop(one), one.said[-1]) == (0, "Ended.\n")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
