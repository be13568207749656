"""Readers under fuzzing: as a user meets them, and without the net that the product has below them.

That net turns whatever a parser of others raises into a failure. Where it was needed, the reader
is called once more without it, so that a defect of ours shows as what it is.
"""

from __future__ import annotations

import io
import json
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

from kg.errors import Failure, KGError
from kg.model import Document
from kg.read.kinds import by_name, kind_of
from kg.read.through import reader_of, through
from kg.record import from_json, to_line
from kg.resource import Allowance, Link, Resource

OURS = str(Path(__file__).parents[2] / "kg")


def sound(found: object) -> None:
    """Check that only what may come out of a reader comes out, and that it holds together."""
    if isinstance(found, Document):
        _sound(found)
    elif isinstance(found, Failure):
        assert found.problem
        assert "\n" not in found.problem
        found.where.encode()
    else:
        assert isinstance(found, Resource | Link), found


def _sound(document: Document) -> None:
    document.check()
    assert document.id
    assert document.text.strip(), "a document without words"
    assert from_json(json.loads(to_line(document).encode())) == document.but(reading=None)
    assert list(document.pages) == sorted(document.pages)
    assert all(0 <= page <= len(document.text) for page in document.pages)
    if document.reading is not None:
        for words in (document.reading.where, *document.reading.notes):
            assert words.isprintable(), f"what cannot be seen is shown: {words!r}"


def reader(name: str) -> Callable[[bytes], None]:
    """Return what reads bytes as a file of that name, as `kg.read` does but in one process."""

    def run(data: bytes) -> None:
        netted = False
        for found in through(Resource.of(data, name), None):
            assert not isinstance(found, Resource), found
            sound(found)
            if isinstance(found, Failure):
                assert found.remedy
                assert found.where.isprintable(), f"what cannot be seen is shown: {found.where!r}"
                netted |= found.problem.startswith("cannot be read (")
        if netted:
            bare(Resource.of(data, name, allowance=Allowance(name, len(data))))

    assert by_name(name) is not None
    return run


def bare(resource: Resource) -> None:
    """Call the reader of a resource without the net: what our own code raises is a finding."""
    try:
        for found in reader_of(kind_of(resource))(resource):
            if isinstance(found, Resource):
                found.start()
    except (KGError, OSError, MemoryError, RecursionError):
        return
    except Exception as error:
        if is_ours(error):
            raise


def is_ours(error: BaseException) -> bool:
    """Tell whether our own code raised it, not a library that it called."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and frames[-1].filename.startswith(OURS)


def anything(data: bytes) -> None:
    """A file without an ending: its kind is told by its bytes, and it is gone into."""
    name, _, data = data.partition(b"\n")
    for found in through(Resource.of(data, name.decode("utf-8", "replace")[:80] or "x"), None):
        assert not isinstance(found, Resource), found
        sound(found)


def neighbours(data: bytes) -> None:
    """Something broken in an archive costs nothing that lies beside it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Before.")
        archive.writestr("b.jsonl" if data[:1] < b"A" else "b.eml", data[1:])
        archive.writestr("c.txt", "Behind.")
    found = [*through(Resource.of(packed.getvalue(), "x.zip"), None)]
    texts = [one.text for one in found if isinstance(one, Document)]
    assert texts[:1] == ["Before."]
    assert texts[-1:] == ["Behind."]
