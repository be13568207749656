"""Eight clients at once, and one that asks too much: every other request is answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.bench.serve import load
from tests.serving import KILLER, Served


def test_eight_clients_get_answers_and_no_errors(served: Served) -> None:
    with ThreadPoolExecutor(1) as other:
        killer = other.submit(served.query, KILLER)
        kinds = load(served, clients=8, seconds=4)
        assert killer.result().status == 503
    statuses = [status for found in kinds.values() for status, _ in found]
    assert set(kinds) == {"small", "named", "json"}
    assert len(statuses) > 50
    assert set(statuses) == {200}
