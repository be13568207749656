"""Pickles are never loaded: not as a file, not in an archive, not inside a table."""

from __future__ import annotations

import ast
import io
import os
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.apart import Apart
from kg.read.through import through
from kg.resource import Resource

KG = Path(__file__).parents[2] / "kg"
WORDS = "Macron spoke in Paris."


class Evil:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as started:
        yield started


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", ["a.pkl", "a.txt", "a.json", "a"])
def test_a_pickle_is_refused_under_any_name(tmp_path: Path, name: str, protocol: int) -> None:
    mark = tmp_path / "done"
    (tmp_path / name).write_bytes(pickle.dumps([Evil(mark)] * 3, protocol))
    (failure,) = read([tmp_path / name])
    assert isinstance(failure, Failure)
    assert failure.problem == "is a Python pickle, which is never loaded"
    assert not mark.exists()


def test_a_pickle_in_an_archive_costs_no_neighbour(tmp_path: Path, apart: Apart) -> None:
    mark = tmp_path / "done"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", pickle.dumps(Evil(mark)))
        archive.writestr("b.txt", WORDS)
    failure, document = through(Resource.of(packed.getvalue(), "x.zip"), apart)
    assert isinstance(failure, Failure)
    assert failure.problem == "is a Python pickle, which is never loaded"
    assert isinstance(document, Document)
    assert document.text == WORDS
    assert not mark.exists()


def test_a_pickle_in_the_schema_of_a_table_is_not_loaded(tmp_path: Path) -> None:
    """Arrow once had types whose description was a pickle; here in our own process."""
    mark = tmp_path / "done"
    described = {
        b"ARROW:extension:name": b"arrow.py_extension_type",
        b"ARROW:extension:metadata": pickle.dumps(Evil(mark)),
    }
    schema = pa.schema([pa.field("text", pa.string(), metadata=described)])
    packed = io.BytesIO()
    pq.write_table(pa.table([pa.array([WORDS])], schema=schema), packed)
    (found,) = through(Resource.of(packed.getvalue(), "a.parquet"), None)
    assert isinstance(found, Document | Failure)
    assert not mark.exists()


def test_only_our_own_workers_are_sent_pickles() -> None:
    loading = {
        path.relative_to(KG).as_posix()
        for path in KG.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
        )
        if name in ("pickle", "_pickle", "shelve", "marshal", "dill", "cloudpickle", "joblib")
    }
    assert loading == {"run/worker.py", "testing.py"}
