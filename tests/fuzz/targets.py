"""What is fuzzed: everything that takes in bytes or words of others.

A target does something with bytes and returns; whatever it may refuse, it refuses inside. What it
raises is a finding.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.data import own
from kg.errors import KGError
from kg.rdf import read as rdf
from kg.rdf import serialise, write
from kg.read.metadata import table, toml
from kg.read.web.addresses import Address
from kg.record import from_json, to_line
from kg.relations import parse
from kg.resolve.decisions import Decisions
from kg.serve.negotiate import best
from kg.serve.protocol import Refused, decoded, pairs
from kg.serve.update import data_only, mentioned
from kg.store import EmbeddedStore
from kg.store.guard import refuse_loads, refuse_strays, sources
from kg.vocab import prefixes
from tests.fuzz import kept
from tests.fuzz.reading import anything, neighbours, reader
from tests.week import week

FILES = Path(__file__).parents[1] / "read" / "files"
HELD = (b"Macron met Scholz in Paris.", b"<p>Macron spoke.</p>", b'{"text": "Macron spoke."}\n')


@dataclass(frozen=True)
class Target:
    """Something that takes bytes, what such bytes look like, and words that it knows."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = field(default=())


def record(data: bytes) -> None:
    """A record that is JSON, but perhaps nothing else."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        given = altered(data)
    try:
        document = from_json(given)
    except KGError:
        return
    assert from_json(json.loads(to_line(document))) == document


@cache
def whole() -> str:
    return to_line(week()[0])


VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, float("nan"), "", "x", "\ud800", "e1", [], {}, [[]], [0, 3],
    [3, 0], ["e1"], {"id": "e1"}, "2025-02-30", "negated", "\x00",
)  # fmt: skip


def altered(data: bytes) -> Any:
    """Return a record of ours with other values at places that the bytes choose."""
    given = json.loads(whole())
    for at in range(0, len(data) - 5, 6):
        place: Any = given
        for step in data[at : at + 4]:
            inner = [v for v in (place.values() if isinstance(place, Mapping) else place)
                     if isinstance(v, dict | list) and v]  # fmt: skip
            if not inner or step > 200:
                break
            place = inner[step % len(inner)]
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if keys:
            place[keys[data[at + 4] % len(keys)]] = VALUES[data[at + 5] % len(VALUES)]
    return given


def refusing(call: Callable[[str], object], *errors: type[Exception]) -> Callable[[bytes], None]:
    """Return what calls something with words, and lets it refuse them."""

    def run(data: bytes) -> None:
        with suppress(KGError, *errors):
            call(data.decode("utf-8", "surrogateescape" if data[:1] == b"\xed" else "replace"))

    return run


@cache
def store() -> EmbeddedStore:
    made = EmbeddedStore()
    document = week()[0]
    made.add("https://example.org/d", write.graph(document))
    return made


def sparql(text: str) -> None:
    """A query as it comes in: guards first, then the engine; a product of joins is left out."""
    refuse_strays(text, "here", ("example.org",))
    sources(text)
    if text.count("?") < 12 and "*" not in text and "+" not in text:
        list(store().query(text))


def update(text: str) -> None:
    refuse_strays(text, "here")
    refuse_loads(text, "here")
    if data_only(text):
        mentioned(text, prefixes())


def form(data: bytes) -> None:
    for part in (pairs, decoded):
        with suppress(Refused):
            part(data)
    best(data.decode("latin-1"), ["text/html", "application/json", "text/turtle"])


def triples(data: bytes) -> None:
    """A graph as a store holds it: N-Triples that parse, of which some are missing or altered."""
    lines = write.graph(week()[0]).splitlines()
    for at in range(0, len(data) - 2, 3):
        number = data[at] % len(lines)
        subject, predicate, rest = lines[number].split(" ", 2)
        choice = data[at + 1] % 4
        other = lines[data[at + 2] % len(lines)].split(" ", 2)
        lines[number] = (
            "", f"{subject} {predicate} {other[2]}", f"{subject} {other[1]} {rest}",
            f'{subject} {predicate} "{data[at + 2]}" .',
        )[choice] or lines[(number + 1) % len(lines)]  # fmt: skip
    graph = "\n".join(lines) + "\n"
    for quad in ox.parse(graph, format=ox.RdfFormat.N_TRIPLES):
        assert quad
    try:
        document = rdf.document(graph)
    except KGError:
        return
    to_line(document)


def address(text: str) -> None:
    one, _, other = text.partition("\n")
    found = Address.of(one)
    assert str(Address.of(str(found))) == str(found)
    found.to(other)


def robots(text: str) -> None:
    from protego import Protego

    rules = Protego.parse(text)
    rules.can_fetch("https://example.org/" + text[:40], "kg")
    rules.crawl_delay("kg")


def _zip(*members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(members):
            archive.writestr(f"m{number}.txt", member)
    return packed.getvalue()


def _tar(*members: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for number, member in enumerate(members):
            head = tarfile.TarInfo(f"m{number}.txt")
            head.size = len(member)
            archive.addfile(head, io.BytesIO(member))
    return packed.getvalue()


def sample(*patterns: str) -> tuple[bytes, ...]:
    """Return the sample files of these names."""
    return tuple(file.read_bytes() for name in patterns for file in sorted(FILES.glob(name)))


NEWS = "Date: Mon, 17 Feb 2025 10:00:00 +0100\nSubject: Talks\nFrom: a@b.example\n\nMacron spoke.\n"
LEXICON = (
    '[awarded]\nlabel = "awarded"\ngloss = "gave"\ndomain = ["Actor"]\nrange = ["Actor"]\n'
    'colour = "#b8860b"\nframes = ["award [obj=prize|medal]: subj > iobj; subj > to"]\n'
    'examples = [{text = "A awarded B.", yields = ["A > B"]}]\n'
)
DECISIONS = (
    '[[same]]\nnames = ["Macron", "Emmanuel Macron"]\n[[different]]\nnames = ["A", "B"]\n'
    '[[name]]\nof = "https://example.org/x"\nis = "X"\n'
)
QUERY = "SELECT ?a WHERE { GRAPH <urn:x> { ?a kg:metWith|^kg:visited ?b } FILTER(?a != 'x') } # y"
UPDATE = 'PREFIX e: <urn:e> INSERT DATA { GRAPH e:g { e:a e:b "c"@en, 1.5 } } ; DROP GRAPH <urn:x>'
TARGETS: dict[str, Callable[[], Target]] = {
    "text": lambda: Target(reader("a.txt"), (b"Title\n\nMacron spoke.", b"\xff\xfeM\0a\0")),
    "markdown": lambda: Target(
        reader("a.md"),
        (b"---\ntitle: x\ndate: 2025-02-17\n---\n# A\n\n* [b](c) *d* `e`\n\n| a |\n|---|\n",),
    ),
    "html": lambda: Target(
        reader("a.html"), (*sample("talks.html", "live.html", "tables.html"), HELD[1])
    ),
    "mhtml": lambda: Target(reader("a.mhtml"), sample("*.mhtml")),
    "mail": lambda: Target(reader("a.eml"), (*sample("*.eml"), NEWS.encode())),
    "mbox": lambda: Target(reader("a.mbox"), (*sample("*.mbox"), b"From a b\n" + NEWS.encode())),
    "csv": lambda: Target(
        reader("a.csv"), (*sample("*.csv"), b'title;text;date\nA;"B\nC";2025-02-17\n')
    ),
    "tsv": lambda: Target(reader("a.tsv"), (b"title\ttext\nA\tMacron spoke.\n",)),
    "json": lambda: Target(reader("a.json"), sample("*.json")),
    "jsonl": lambda: Target(reader("a.jsonl"), (*sample("*.jsonl"), HELD[2])),
    "zip": lambda: Target(reader("a.zip"), (_zip(*HELD),)),
    "tar": lambda: Target(reader("a.tar"), (_tar(*HELD),)),
    "gzip": lambda: Target(reader("a.gz"), (__import__("gzip").compress(HELD[0]),)),
    "docx": lambda: Target(reader("a.docx"), sample("*.docx")),
    "xlsx": lambda: Target(reader("a.xlsx"), sample("*.xlsx")),
    "parquet": lambda: Target(reader("a.parquet"), sample("*.parquet")),
    "pdf": lambda: Target(reader("a.pdf"), sample("*.pdf")),
    "feed": lambda: Target(
        reader("a.rss"),
        (
            *sample("*.rss", "*.atom", "*.xml"),
            b"<rss><channel>"
            b"<item><title>A</title><link>https://x.example/</link><description>B</description></item>"
            b"</channel></rss>",
        ),
    ),
    "warc": lambda: Target(
        reader("a.warc"),
        (
            *sample("*.warc"),
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
        ),
    ),
    "anything": lambda: Target(
        anything, tuple(b"\n" + one for one in (*HELD, *sample("mutt.eml")))
    ),
    "neighbours": lambda: Target(neighbours, (b"1" + HELD[2], b"e" + NEWS.encode())),
    "record": lambda: Target(record, (whole().encode(), bytes(60))),
    "lexicon": lambda: Target(refusing(lambda text: parse(text, "x.toml")), (LEXICON.encode(),)),
    "decisions": lambda: Target(refusing(Decisions.from_toml), (DECISIONS.encode(),)),
    "tables": lambda: Target(
        refusing(lambda text: list(own.parse(text, "x.tsv"))),
        (b"name\ttype\taliases\twikidata\nAna\tPerson\tA|B\tQ42\n",),
    ),
    "metadata": lambda: Target(
        refusing(lambda text: (toml(text, "x"), table(text, "x"))),
        (b'title = "A"\ndate = 2025-02-17\n', b"path,title,date\na.txt,A,2025-02-17\n"),
    ),
    "sparql": lambda: Target(refusing(sparql), (QUERY.encode(),), ("SERVICE", "FROM", "VALUES")),
    "update": lambda: Target(refusing(update, SyntaxError, ValueError), (UPDATE.encode(),)),
    "form": lambda: Target(form, (b"query=ASK+%7B%7D&default-graph-uri=urn%3Ax", b"text/*;q=0.5")),
    "triples": lambda: Target(triples, (bytes(range(60)),)),
    "address": lambda: Target(
        refusing(address), (b"https://user@example.org:8080/a/../b?c#d\n//x/y", b"http://[::1]/")
    ),
    "decode": lambda: Target(
        kept.text,
        (
            "windows-1251\nМакрон встретился с Шольцем.".encode("cp1251"),
            "\nMüller sprach in Köln über Straßen.".encode("cp1252"),
            "utf-16\nMacron spoke.".encode("utf-16"),
            "\n首相は東京で話した。".encode("shift_jis"),
        ),
    ),
    "cache": lambda: Target(
        kept.entry, (b'{"status": 404, "notes": ["x"], "media": "text/html"}\nMacron spoke.',)
    ),
    "report": lambda: Target(kept.report, (kept.REPORT,), ("failed", "inputs", "where")),
    "nquads": lambda: Target(kept.quads, (kept.dump(), kept.dump()[:3000])),
    "trig": lambda: Target(kept.trig, (serialise.dump(kept.dump(), "trig"), kept.TRIG)),
    "wacz": lambda: Target(reader("a.wacz"), sample("*.wacz")),
    "robots": lambda: Target(
        refusing(robots), (b"User-agent: *\nDisallow: /a*$\nCrawl-delay: 2\n",)
    ),
}
