"""Whoever installs the package knows what comes with it, and may use all of it."""

from __future__ import annotations

import re

import pytest

from tests.dependencies import LIST, PERMISSIVE, licence, parts

PARTS = parts()


@pytest.mark.parametrize("part", PARTS)
def test_all_that_an_install_brings_is_listed(part: str) -> None:
    sections = re.split(r"^## ", LIST.read_text(encoding="utf-8"), flags=re.M)[1:]
    listed = {section.partition("\n")[0]: section for section in sections}
    assert set(listed) == set(PARTS)
    # What a package needs depends on Python's version, so a few more may be listed than are here.
    assert {name for name in PARTS[part] if f"| {name} |" not in listed[part]} == set()


@pytest.mark.parametrize("part", PARTS)
def test_all_of_it_may_be_used_freely(part: str) -> None:
    told = {name: licence(name) for name in PARTS[part]}
    strict = {name for name, words in told.items() if not PERMISSIVE.search(words)}
    assert strict == ({"igraph"} if part == "fast" else set())
