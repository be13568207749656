"""What was fetched once is read again without a network, for as long as the entry holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read
from kg.read.web.answers import Answer
from kg.read.web.cache import Cache, default_folder
from tests.sites import FIRST, HTML, PAGE, Site, site, web


@pytest.fixture
def news() -> Iterator[Site]:
    with site() as found:
        yield found


def texts(address: str, cache: Path, *, refresh: bool = False) -> list[str]:
    found = list(read([address], web=web(cache, refresh=refresh)))
    return [entry.text if isinstance(entry, Document) else entry.problem for entry in found]


def entries(cache: Path) -> list[Path]:
    return sorted((cache / "web").glob("*/*"))


def test_a_second_run_needs_no_server(tmp_path: Path) -> None:
    with site() as news:
        news.moves("/old", "/a")
        news.answers("/a", PAGE.replace("Paris", "Orléans").encode("cp1252"),
                     "text/html; charset=windows-1252")  # fmt: skip
        (first,) = read([f"{news.url}/old"], web=web(tmp_path))
        address = f"{news.url}/old"
    (second,) = read([address], web=web(tmp_path))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert second.to_json() == first.to_json()
    assert "Scholz in Orléans on Monday" in second.text
    assert second.reading is not None
    assert re.fullmatch(r"as it was fetched on \d{4}-\d\d-\d\d", second.reading.notes[1])


def test_nothing_is_asked_twice_unless_that_is_wished(news: Site, tmp_path: Path) -> None:
    address = news.answers("/a", "Macron spoke.")
    assert texts(address, tmp_path) == ["Macron spoke."]
    news.answers("/a", "Scholz spoke.")
    assert texts(address, tmp_path) == ["Macron spoke."]
    assert news.paths == ["/a"]
    assert texts(address, tmp_path, refresh=True) == ["Scholz spoke."]
    assert texts(address, tmp_path) == ["Scholz spoke."]


def test_what_has_not_changed_is_not_sent_again(news: Site, tmp_path: Path) -> None:
    day = "Mon, 17 Feb 2025 08:00:00 GMT"
    address = news.answers("/a", "Macron spoke.", ETag='"1"', Last_Modified=day)
    texts(address, tmp_path)
    news.answers("/a", b"", status=304)
    assert texts(address, tmp_path, refresh=True) == ["Macron spoke."]
    _, headers = news.asked[-1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', day)


def test_failures_are_not_kept(news: Site, tmp_path: Path) -> None:
    assert texts(f"{news.url}/a", tmp_path) == ["is not there (404)"]
    assert entries(tmp_path) == []
    news.answers("/a")
    assert texts(f"{news.url}/a", tmp_path) == [FIRST]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b"!",
        lambda content: content.replace(b"Macron", b"Putin!"),
        lambda content: content.replace(b'"status": 200', b'"status": "x"'),
        lambda content: content.replace(b'"media"', b'"medium"'),
        lambda content: b"[" * 60_000 + content,
        lambda content: b"\x80\x04\x95" + content,
        lambda content: os.urandom(1000),
    ],
)
def test_a_damaged_entry_is_fetched_anew(news: Site, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    address = news.answers("/a", "Macron spoke.")
    texts(address, tmp_path)
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage(entry.read_bytes()))
    assert texts(address, tmp_path) == ["Macron spoke."]
    assert news.paths == ["/a", "/a"]


def test_an_entry_holds_for_its_address_only(news: Site, tmp_path: Path) -> None:
    news.answers("/a", "Macron spoke.")
    news.answers("/b", "Scholz spoke.")
    texts(f"{news.url}/a", tmp_path)
    (first,) = entries(tmp_path)
    texts(f"{news.url}/b", tmp_path)
    (second,) = set(entries(tmp_path)) - {first}
    second.write_bytes(first.read_bytes())
    assert texts(f"{news.url}/b", tmp_path) == ["Scholz spoke."]


def test_names_in_the_cache_are_safe(news: Site, tmp_path: Path) -> None:
    address = news.answers("/../../../etc/passwd%00/a", "Macron spoke.")
    texts(address, tmp_path)
    (entry,) = entries(tmp_path)
    assert re.fullmatch("[0-9a-f]{2}/[0-9a-f]{64}", entry.relative_to(tmp_path / "web").as_posix())


def test_a_full_cache_lets_go_what_was_not_used_for_longest(tmp_path: Path) -> None:
    kept = Cache(tmp_path, most=10_000)
    for number in range(8):
        kept.put(f"http://a.example/{number}", Answer("http://a.example/", body=b"x" * 800))
    paths = {number: kept._path(f"http://a.example/{number}") for number in range(8)}
    for number, path in paths.items():
        os.utime(path, (number, number))
    assert kept.get("http://a.example/0") is not None  # used just now
    kept.put("http://a.example/8", Answer("http://a.example/", body=b"x" * 3_000))
    left = [number for number, path in paths.items() if path.exists()]
    assert 0 in left
    assert left == [0, *range(8 - len(left) + 1, 8)]
    assert sum(entry.stat().st_size for entry in entries(tmp_path)) <= 8_000


def test_what_is_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    Cache(tmp_path, most=1000).put("http://a.example/", Answer("x", body=b"x" * 1000))
    assert entries(tmp_path) == []


def test_where_nothing_can_be_kept_all_is_read_nonetheless(news: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert texts(news.answers("/a", PAGE, HTML), tmp_path / "file") != []
    assert texts(news.answers("/a"), tmp_path / "file") == [FIRST]


def test_the_folder_is_the_one_the_system_keeps_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", "/somewhere/kg")
    assert default_folder() == Path("/somewhere/kg")
    monkeypatch.delenv("KG_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_folder() == Path("/somewhere/news-kg")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert default_folder() == Path.home() / ".cache" / "news-kg"
