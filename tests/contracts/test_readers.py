"""Every shipped reader keeps the contract; one of your own is called by the ending it reads."""

from __future__ import annotations

import gzip
import io
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import kinds, read
from kg.read.files import resource
from kg.registry import COMPONENTS, component
from kg.resource import Resource
from kg.testing import check_reader

FILES = Path(__file__).parents[1] / "read" / "files"
TEXT = b"Emmanuel Macron spoke with Olaf Scholz in Paris on Monday about fish and trade.\n"
PAGE = b"<html><title>Talks</title><body><article><p>" + TEXT * 9 + b"</p></article></body></html>"
SAVED = {
    "pdf": "columns.pdf", "docx": "letter.docx", "mail": "mutt.eml", "mbox": "mutt.mbox",
    "table": "calc.csv", "xlsx": "calc.xlsx", "parquet": "arrow.parquet", "jsonl": "webz.jsonl",
    "json": "guardian.json", "feed": "feedgen.rss",
}  # fmt: skip


def packed(kind: str) -> bytes:
    """Return an archive with one text in it."""
    if kind == "gzip":
        return gzip.compress(TEXT, mtime=0)
    room = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(room, "w") as archive:
            archive.writestr("a.txt", TEXT)
    else:
        with tarfile.open(fileobj=room, mode="w") as tape:
            member = tarfile.TarInfo("a.txt")
            member.size = len(TEXT)
            tape.addfile(member, io.BytesIO(TEXT))
    return room.getvalue()


def sample(name: str) -> Resource:
    """Return something that a reader reads."""
    if name in SAVED:
        return resource(FILES / SAVED[name])
    made = {"text": ("a.txt", TEXT), "html": ("a.html", PAGE)}
    ending = {"zip": "a.zip", "tar": "a.tar", "gzip": "a.txt.gz"}
    return (
        Resource.of(*reversed(made[name]))
        if name in made
        else Resource.of(packed(name), ending[name])
    )


KNOWN = {*SAVED, "text", "html", "zip", "tar", "gzip"}


@pytest.mark.parametrize("name", sorted(KNOWN & COMPONENTS["readers"].keys()))
def test_every_reader_keeps_its_contract(name: str) -> None:
    check_reader(component("readers", name), sample(name))


@dataclass(frozen=True)
class Wrong:
    """A reader that does what a test tells it."""

    what: str
    name: ClassVar[str] = "wrong"

    def __call__(self, given: Resource) -> Iterator[Any]:
        if self.what == "raises":
            raise KeyError("no such thing")
        if self.what == "other":
            yield "a text"
        elif self.what == "empty":
            yield Document("d", " ")
        elif self.what == "nameless":
            yield Document("", "Macron spoke.")
        elif self.what == "changes":
            yield Document(str(id(object())) + str(len(CALLS)), "Macron spoke.")
            CALLS.append(1)


CALLS: list[int] = []


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("raises", "fails on"),
        ("other", "yields 'a text'"),
        ("empty", "makes an empty document"),
        ("nameless", "a document without an id"),
        ("changes", "differently each time"),
        ("nothing", "finds nothing in"),
    ],
)
def test_the_check_notices(what: str, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        check_reader(Wrong(what), Resource.of(TEXT, "a.txt"))


PLUG_IN = """
from dataclasses import dataclass
from typing import ClassVar
from kg.errors import SourceError
from kg.model import Document

@dataclass(frozen=True)
class Upper:
    name: ClassVar[str] = "upper"

    def __call__(self, resource):
        words = resource.data().decode(errors="replace").strip()
        if not words:
            raise SourceError(resource.where, "is empty")
        yield Document(resource.stem, words.capitalize())
"""


def test_a_reader_of_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    about = site / "upper_reader-1.0.dist-info"
    about.mkdir(parents=True)
    (site / "upper_reader.py").write_text(PLUG_IN)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: upper-reader\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[kg.readers]\nupper = upper_reader:Upper\n")
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.upper").write_text("MACRON SPOKE.")
    (news / "b.txt").write_text("Scholz spoke.")
    monkeypatch.syspath_prepend(str(site))
    kinds.endings.cache_clear()
    try:
        check_reader(component("readers", "upper"), resource(news / "a.upper"))
        found = [each for each in read([news]) if not isinstance(each, Failure)]
        assert [(each.id, each.text) for each in found] == [
            ("a", "Macron spoke."), ("b", "Scholz spoke."),
        ]  # fmt: skip
        assert found[0].reading is not None
        assert found[0].reading.reader == "upper"
    finally:
        kinds.endings.cache_clear()
        sys.modules.pop("upper_reader", None)
