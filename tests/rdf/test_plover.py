"""PLOVER classes by relation and status."""

from __future__ import annotations

import pytest

from kg.errors import UnknownName
from kg.model import STATUSES, Status
from kg.rdf.plover import event_class, quad_class
from kg.relations import parse, shipped


@pytest.mark.parametrize(
    ("relation", "status", "expected"),
    [
        ("metWith", "actual", "CONSULT"),
        ("metWith", "planned", "AGREE"),
        ("metWith", "possible", "AGREE"),
        ("metWith", "negated", "REJECT"),
        ("aided", "planned", "AGREE"),
        ("aided", "negated", "SANCTION"),
        ("attacked", "planned", "THREATEN"),
        ("attacked", "possible", "THREATEN"),
        ("sanctioned", "negated", "CONCEDE"),
        ("criticized", "planned", "DISAPPROVE"),
        ("criticized", "negated", "AGREE"),
        ("holdsPosition", "actual", None),
        ("heldIn", "planned", None),
    ],
)
def test_the_class_follows_from_relation_and_status(
    relation: str, status: Status, expected: str | None
) -> None:
    assert event_class(shipped()[relation], status) == expected


def test_every_shipped_relation_has_a_class_in_every_status_or_none() -> None:
    for entry in shipped().values():
        classes = [event_class(entry, status) for status in STATUSES]
        assert all(classes) or not any(classes)
        assert all(quad_class(name) in (1, 2, 3, 4) for name in classes if name)


def test_a_class_that_plover_does_not_have() -> None:
    entry = '[hired]\nplover = "CONSULTT"\ndomain = ["Actor"]\nrange = ["Person"]'
    with pytest.raises(UnknownName, match="did you mean 'CONSULT'"):
        event_class(parse(entry, "mine.toml")[0], "actual")
