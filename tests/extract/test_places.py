"""What lies in what, only where the text says so."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.pipeline import Pipeline
from tests.readings import facts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Novak lives in Bergen, Norway.", {"locatedIn: Bergen > Norway"}),
        ("The court in Bergen, Norway, ruled on Friday.", {"locatedIn: Bergen > Norway"}),
        ("Novak lives in Bergen, in western Norway.", {"locatedIn: Bergen > Norway"}),
        ("The Norwegian capital, Oslo, was quiet.", {"locatedIn: Oslo > Norway"}),
        ("The Norwegian city of Bergen was quiet.", {"locatedIn: Bergen > Norway"}),
        # a list is no chain of containers
        ("Novak visited Oslo, Chile and Ghana.", set()),
        ("Novak visited Oslo, Lima and Santiago.", set()),
        ("Smoke hung over the Amazon rainforest in Peru, Brazil and Colombia.",
         {"locatedIn: Amazon rainforest > Peru", "locatedIn: Amazon rainforest > Brazil",
          "locatedIn: Amazon rainforest > Colombia"}),
        ("Novak left the Amazon rainforest in Peru, and Chile protested.",
         {"locatedIn: Amazon rainforest > Peru"}),
        # said by nobody
        ("Novak lives in Oslo.", set()),
        ("Novak left Oslo in Norway's name.", set()),
    ],
)  # fmt: skip
def test_places(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert facts(pipeline(Document(id="d", text=text)), "locatedIn") == wanted


def test_each_fact_once_with_its_first_sentence(pipeline: Pipeline) -> None:
    text = "Novak lives in Bergen, Norway. Horak died in Bergen, Norway."
    doc = pipeline(Document(id="d", text=text))
    (relation,) = [r for r in doc.relations if r.type == "locatedIn"]
    assert relation.evidence.of(text) == "Novak lives in Bergen, Norway."
