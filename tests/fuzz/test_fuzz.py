"""A short look at every target with other bytes each, and at what fuzzing has found before."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target

SLOW = frozenset({"docx", "html", "mhtml", "parquet", "pdf", "sparql", "xlsx"})


def altered(target: Target, number: int, places: list[tuple[int, bytes]]) -> bytes:
    """Return a sample with other bytes in some places."""
    found = bytearray(target.seeds[number % len(target.seeds)])
    for at, other in places:
        start = at % (len(found) + 1)
        found[start : start + len(other) // 2] = other
    return bytes(found)


PLACES = st.lists(st.tuples(st.integers(0, 9999), st.binary(max_size=8)), min_size=1, max_size=6)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_altered_samples_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]()

    @settings(max_examples=5 if name in SLOW else 40, database=None)
    @given(st.integers(0, 9), PLACES)
    def alter(number: int, places: list[tuple[int, bytes]]) -> None:
        target.run(altered(target, number, places))

    alter()


@pytest.mark.parametrize("name", sorted(set(TARGETS) - SLOW))
def test_bytes_of_no_kind_are_read_or_refused(name: str) -> None:
    target, draw = TARGETS[name](), random.Random(name)
    for size in (0, 1, 2, 7, 100, 3000):
        target.run(draw.randbytes(size))
