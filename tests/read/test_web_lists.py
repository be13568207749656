"""Lists of inputs, and what sites ask programs to leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.count import count
from tests.sites import Site, site, web

ROBOTS = """\
User-agent: *
Disallow: /private
Disallow: /*?print=
Allow: /private/press

User-agent: other
Disallow: /
"""


@pytest.fixture
def news() -> Iterator[Site]:
    with site() as found:
        for path in ("/a", "/private/a", "/private/press", "/b"):
            found.answers(path, f"This is {path}.")
        yield found


def listed(folder: Path, *lines: str) -> str:
    path = folder / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"@{path}"


def told(given: str, cache: Path, **settings: object) -> list[str]:
    found = read([given], web=web(cache, **settings))
    return [entry.text if isinstance(entry, Document) else entry.problem for entry in found]


def test_a_list_names_inputs_of_any_kind(news: Site, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("This is c.")
    given = listed(
        tmp_path, "# of today", "", f"  {news.url}/a ", f"{tmp_path}/c.txt", f"{tmp_path}/no.txt"
    )
    found = list(read([given], web=web(tmp_path / "cache")))
    assert [entry.text for entry in found if isinstance(entry, Document)] == [
        "This is /a.",
        "This is c.",
    ]
    (failure,) = (entry for entry in found if isinstance(entry, Failure))
    assert failure.input == f"{tmp_path}/no.txt"
    assert count([given]) == 3


def test_what_robots_txt_asks_is_heeded_for_lists(news: Site, tmp_path: Path) -> None:
    news.answers("/robots.txt", ROBOTS)
    paths = ("/a", "/private/a", "/private/press", "/b?print=1")
    given = listed(tmp_path, *(news.url + path for path in paths))
    refusal = "is an address that programs are asked to leave alone (robots.txt)"
    assert told(given, tmp_path / "cache") == [
        "This is /a.",
        refusal,
        "This is /private/press.",
        refusal,
    ]
    assert news.paths == ["/robots.txt", "/a", "/private/press"]
    failures = [f for f in read([given], web=web(tmp_path / "cache")) if isinstance(f, Failure)]
    assert {failure.input for failure in failures} == {given}  # to try again is to ask robots.txt


def test_an_address_that_the_user_gives_is_read(news: Site, tmp_path: Path) -> None:
    news.answers("/robots.txt", "User-agent: *\nDisallow: /")
    assert told(f"{news.url}/private/a", tmp_path) == ["This is /private/a."]
    assert news.paths == ["/private/a"]


def test_where_a_redirect_leads_is_asked_too(news: Site, tmp_path: Path) -> None:
    news.answers("/robots.txt", ROBOTS)
    news.moves("/moved", "/private/a")
    (problem,) = told(listed(tmp_path, f"{news.url}/moved"), tmp_path / "cache")
    assert problem.startswith(f"is redirected to {news.url}/private/a")
    assert "/private/a" not in news.paths


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_all(news: Site, tmp_path: Path, status: int) -> None:
    news.answers("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    assert told(listed(tmp_path, f"{news.url}/a"), tmp_path / "cache") == ["This is /a."]


def test_a_robots_txt_that_cannot_be_had_allows_nothing(news: Site, tmp_path: Path) -> None:
    news.answers("/robots.txt", "", status=503)
    given = listed(tmp_path, f"{news.url}/a", f"{news.url}/b")
    problem = "the server cannot say what programs may read (503)"
    assert told(given, tmp_path / "cache") == [problem, problem]
    assert news.paths == ["/robots.txt"]
    news.answers("/robots.txt", "User-agent: *\n" + "Disallow: /x\n" * 100_000)
    assert "is larger than" in told(given, tmp_path / "cache")[0]


def test_an_evil_robots_txt_takes_no_time(news: Site, tmp_path: Path) -> None:
    news.answers("/robots.txt", "User-agent: *\nDisallow: /" + "*a" * 100_000 + "*b\n\0\xff")
    address = f"{news.url}/a?" + "a" * 3000
    assert told(listed(tmp_path, address), tmp_path / "cache") == ["This is /a."]


def test_a_delay_that_a_site_asks_for_is_kept_up_to_a_limit(news: Site, tmp_path: Path) -> None:
    from kg.read.web.addresses import Address
    from kg.read.web.cache import Cache
    from kg.read.web.fetch import Fetcher
    from kg.read.web.robots import Robots

    slept = list[float]()
    for delay, waited in (("0.5", 0.5), ("86400", 10.0)):
        news.answers("/robots.txt", f"User-agent: *\nCrawl-delay: {delay}")
        fetch = Fetcher(web(tmp_path), clock=lambda: 100.0, sleep=slept.append)
        fetch(Address.of(f"{news.url}/a"), allowed=Robots(fetch, Cache(tmp_path / delay)))
        assert slept == [waited]
        slept.clear()


def test_bad_lists_are_told(tmp_path: Path) -> None:
    assert told(f"@{tmp_path}/none.txt", tmp_path) == ["there is no such file"]
    assert told(listed(tmp_path, "# nothing"), tmp_path) == ["names no inputs"]
    given = listed(tmp_path, f"@{tmp_path}/list.txt")
    assert told(given, tmp_path) == [f"is a list that stands in the list {given}"]


def test_a_file_whose_name_begins_with_the_mark_is_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("@a.txt").write_text("This is a.")
    assert told("@a.txt", tmp_path) == ["This is a."]
