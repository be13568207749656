"""Who is left out of what all others do, and occasions that a word leaves unsaid."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.pipeline import Pipeline
from tests.readings import facts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Everyone except Peru attended the summit.", {"attended: Peru > summit (negated)"}),
        ("All countries attended the summit except Peru.",
         {"attended: countries > summit", "attended: Peru > summit (negated)"}),
        ("Every minister bar Tom Adair attended the dinner.",
         {"attended: Tom Adair > dinner (negated)"}),
        ("Nobody but Malta supported Cyprus.", {"supported: Malta > Cyprus"}),
        ("Apart from Peru, all states condemned Cyprus.",
         {"criticized: states > Cyprus", "criticized: Peru > Cyprus (negated)"}),
        ("Malta attended the summit with Peru's blessing.", {"attended: Malta > summit"}),
    ],
)  # fmt: skip
def test_an_exception_does_not_do_what_the_others_do(
    pipeline: Pipeline, text: str, wanted: set[str]
) -> None:
    assert facts(pipeline(Document(id="t", text=text)), "attended", "supported",
                 "criticized") == wanted  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kenya was invited to the summit but stayed away.", {"Kenya > summit (negated)"}),
        ("Peru hosted the summit. Kenya was absent.", {"Kenya > summit (negated)"}),
        ("Absent from the summit was Omar Haddad, who sent Lena Fischer in his place.",
         {"Omar Haddad > summit (negated)", "Lena Fischer > summit"}),
        ("Kenya did not attend.", set()),
    ],
)  # fmt: skip
def test_who_stays_away_stays_away_from_what_was_named_last(
    pipeline: Pipeline, text: str, wanted: set[str]
) -> None:
    found = facts(pipeline(Document(id="t", text=text)), "attended")
    assert {fact.removeprefix("attended: ") for fact in found} >= wanted
    if not wanted:
        assert not any("Kenya" in fact for fact in found)
