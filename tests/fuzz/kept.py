"""What lies on the disk where anybody may have changed it, and graphs of others, under fuzzing."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KGError
from kg.graph.again import Again
from kg.rdf import serialise, write
from kg.read.decode import decoded
from kg.read.web.answers import Answer
from kg.read.web.cache import Cache
from kg.store import EmbeddedStore
from tests.week import week

ADDRESS = "https://news.example/"
GRAPH = "https://example.org/d"


@cache
def _room() -> Path:
    return Path(tempfile.mkdtemp(prefix="kg-fuzz-"))


def text(data: bytes) -> None:
    """Bytes of any encoding, of which the first line declares one."""
    charset, _, rest = data.partition(b"\n")
    with suppress(KGError):
        found, note = decoded(rest, charset.decode("latin-1"))
        found.encode()
        assert note.isprintable(), note


def entry(data: bytes) -> None:
    """An entry of the cache, of which some fields are others than we wrote."""
    first, _, body = data.partition(b"\n")
    kept = Cache(_room())
    kept.put(ADDRESS, Answer(ADDRESS, body=body))
    path = next(path for path in (_room() / "web").glob("??/*"))
    try:
        other = json.loads(first)
        head = json.loads(path.read_bytes().partition(b"\n")[0])
        for place in (head, head["answer"]):
            place.update({key: value for key, value in other.items() if key in place})
        path.write_bytes(json.dumps(head).encode() + b"\n" + body)
    except (ValueError, AttributeError, RecursionError):
        path.write_bytes(data)
    found = kept.get(ADDRESS)
    if found is not None:
        assert sha256(found.body).digest() == sha256(body).digest()
        assert isinstance(found.status, int)
        words = (found.url, found.media, found.charset, found.fetched, *found.notes)
        assert all(isinstance(word, str) for word in words)


def report(data: bytes) -> None:
    """The report of the last build, from which ``--retry-failed`` takes what failed."""
    path = _room() / "report.json"
    path.write_bytes(data)
    try:
        again = Again.of(path)
    except KGError:
        return
    assert all(again.inputs)
    for places in again.wanted.values():
        for where, entries in places.at.items():
            assert places.hold(where)
            assert all(places.has(where, one.id) for one in entries)


@cache
def dump() -> bytes:
    """Return a dataset of one document, as a store dumps it."""
    with EmbeddedStore() as store:
        store.add(GRAPH, write.graph(week()[0]))
        return store.dump()


def quads(data: bytes) -> None:
    """N-Quads: they come back from each format as they were, and the store takes or refuses."""
    _taken(data, ox.RdfFormat.N_QUADS)


def trig(data: bytes) -> None:
    """TriG of others, like that which we write."""
    _taken(data, ox.RdfFormat.TRIG)


def _taken(data: bytes, form: ox.RdfFormat) -> None:
    graphs: dict[str, list[str]] = {}
    lines: list[str] = []
    try:
        for quad in ox.parse(data, format=form):
            lines.append(f"{quad} .\n")
            named = isinstance(quad.graph_name, ox.NamedNode)
            graphs.setdefault(quad.graph_name.value if named else GRAPH, []).append(
                f"{quad.triple} .\n"
            )
    except SyntaxError:
        pass
    with EmbeddedStore() as store:
        try:
            store.change({graph: "".join(told) for graph, told in graphs.items()})
        except KGError:
            return
        dataset = store.dump()
        store.rebuild()
        assert sorted(store.dump().splitlines()) == sorted(dataset.splitlines())
        assert sorted("".join(store.quads()).encode().splitlines()) == sorted(dataset.splitlines())
    given = set(ox.parse(dataset, format=ox.RdfFormat.N_QUADS))
    for name, written in (("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)):
        again = serialise.dump(dataset, name)
        assert set(ox.parse(again, format=written)) == given, name


TRIG = (
    b'@prefix e: <urn:e:> . GRAPH e:g { e:a e:b "c"@en, 1.5, true , e:d ; a e:T . } '
    b'e:a e:b """x\ny""" .'
)
REPORT = json.dumps(
    {
        "failures": [
            {"where": "-", "stage": "read", "problem": "p", "remedy": "r", "input": "-"},
        ],
        "repeats": [],
        "inputs": [
            {"input": "a.zip", "where": "a.zip!b.txt", "id": None, "outcome": "failed",
             "reason": "p", "remedy": "r", "notes": []},
            {"input": "c.txt", "where": "c.txt", "id": "c", "outcome": "stored",
             "reason": "", "remedy": "", "notes": ["decoded as windows-1252"]},
        ],
    }
).encode()  # fmt: skip
