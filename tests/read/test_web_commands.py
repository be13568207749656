"""Addresses at the command line and in Python; what is said where packages are missing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.errors import Failure
from kg.read import read
from tests.sites import Site, site


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    with site() as found:
        yield found


def extracted(*arguments: str) -> tuple[int, list[str], str]:
    result = CliRunner().invoke(app, ["extract", *arguments])
    texts = [json.loads(line)["text"] for line in result.stdout.splitlines()]
    return result.exit_code, texts, result.stderr


def test_an_address_is_read_if_it_is_allowed_and_again_if_that_is_wished(news: Site) -> None:
    address = news.answers("/a", "Emmanuel Macron spoke with Donald Trump.")
    code, texts, said = extracted(address)
    assert (code, texts, news.paths) == (1, [], [])
    assert "--allow-private" in said
    assert extracted("--allow-private", address)[:2] == (
        0, ["Emmanuel Macron spoke with Donald Trump."],
    )  # fmt: skip
    news.answers("/a", "Emmanuel Macron met Donald Trump.")
    assert extracted(address)[1] == ["Emmanuel Macron spoke with Donald Trump."]
    assert extracted("--allow-private", "--refresh", address)[1] == [
        "Emmanuel Macron met Donald Trump."
    ]
    assert news.paths == ["/a", "/a"]


def test_what_an_address_holds_is_shown(news: Site) -> None:
    address = news.answers("/a", "Emmanuel Macron spoke with Donald Trump.")
    result = CliRunner().invoke(app, ["read", "--as", "text", "--allow-private", address])
    assert result.exit_code == 0
    assert "Emmanuel Macron spoke with Donald Trump." in result.stdout


def test_a_graph_is_built_of_an_address(news: Site) -> None:
    address = news.answers("/a", "Emmanuel Macron spoke with Donald Trump in Paris.")
    with kg.build(address, web=kg.Web(private=True)) as graph:
        (document,) = graph.documents()
        assert document.source is not None
        assert document.source.url == address
        news.answers("/a", "Emmanuel Macron met Donald Trump in Paris.")
        report = graph.add(address, web=kg.Web(private=True, refresh=True))
        assert report.replaced == (document.id,)
        (document,) = graph.documents()
        assert document.text == "Emmanuel Macron met Donald Trump in Paris."


def test_without_the_packages_an_address_costs_itself_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in sys.modules if name.startswith("kg.read.web.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "protego", None)
    (tmp_path / "a.txt").write_text("Macron spoke.")
    failure, document = read(["https://example.org/", tmp_path / "a.txt"])
    assert isinstance(failure, Failure)
    assert failure.remedy == "pip install 'news-kg[web]'"
    assert failure.where == "https://example.org/"
    assert isinstance(document, kg.Document)
