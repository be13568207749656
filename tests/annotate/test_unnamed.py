"""Bodies without a name that someone leads."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from tests.readings import entity, until


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Anna Keller, the relief agency's director, met Horak.", "relief agency", "director"),
        ("Horak met Anna Keller, deputy leader of the party.", "party", "deputy leader"),
        ("The head of the aid group, Anna Keller, left.", "aid group", "head"),
    ],
)
def test_a_body_that_is_only_described(
    pipeline: Pipeline, text: str, name: str, title: str
) -> None:
    doc = until(pipeline, "descriptions", text)
    body = entity(doc, type="Organization", name=name)
    assert not body.named
    (office,) = [o for o in doc.offices if o.body == body.id]
    assert office.title.of(text) == title
    assert doc.entity(office.person).name == "Anna Keller"


@pytest.mark.parametrize(
    "text",
    [
        "The party's leader met Anna Keller.",
        "Anna Keller, NATO's director, met Horak.",
        "Anna Keller, a party leader, met Horak.",
    ],
)
def test_no_body_without_a_head_or_with_a_name(pipeline: Pipeline, text: str) -> None:
    doc = until(pipeline, "descriptions", text)
    assert not [e for e in doc.entities if e.type == "Organization" and not e.named]
