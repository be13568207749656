"""Empty stores of every kind, each behind the same contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.store import EmbeddedStore, RemoteStore, open_store
from tests.server import VIRTUOSO, virtuoso, writable_oxigraph

SERVERS = ["oxigraph", *(["virtuoso"] if VIRTUOSO else [])]
KINDS = ["memory", "disk", *SERVERS]


@pytest.fixture(scope="package")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with writable_oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="package")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture(params=KINDS)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EmbeddedStore | RemoteStore]:
    """An empty store of each kind."""
    if request.param in SERVERS:
        address = request.getfixturevalue(f"{request.param}_server")
        for name, value in {
            "HOST": urlsplit(address).netloc, "USER": "dba", "PASSWORD": "dba",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"KG_STORE_{name}", value)
    else:
        address = "memory:" if request.param == "memory" else str(tmp_path / "news.kg" / "store")
    with open_store(address) as opened:
        opened.change(dict.fromkeys(opened.graphs()))
        assert len(opened) == 0
        yield opened
