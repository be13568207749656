"""What stands beside a name becomes citizenOf, basedIn, agencyOf, memberOf and locatedIn."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.pipeline import Pipeline
from tests.readings import facts

KINDS = ("citizenOf", "basedIn", "agencyOf", "memberOf", "locatedIn")


def standing(pipeline: Pipeline, text: str) -> set[str]:
    """Return the standing facts of a text."""
    found = pipeline(Document(id="d", text=text))
    return {fact for kind in KINDS for fact in facts(found, kind)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Danish novelist Liv Dahl died.", {"citizenOf: Liv Dahl > Denmark"}),
        ("Liv Dahl, 40, a Danish novelist, died.", {"citizenOf: Liv Dahl > Denmark"}),
        ("Liv Dahl is a Danish novelist.", {"citizenOf: Liv Dahl > Denmark"}),
        # not said, asked, or said of another
        ("Liv Dahl is not a Danish novelist.", set()),
        ("Liv Dahl would be the first Danish novelist there.", set()),
        ("Liv Dahl wrote about a Danish election.", set()),
        ("The Danish referendum pleased Liv Dahl.", set()),
        # about a country, not of it
        ("The Syrian peace envoy Liv Dahl resigned.", set()),
        ("Danish-born Swedish singer Liv Dahl won.", {"citizenOf: Liv Dahl > Sweden"}),
        ("A pro-Russian president, Ola Berg, lost in Norway.", set()),
    ],
)  # fmt: skip
def test_nationality(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert standing(pipeline, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Greenpeace chemist Liv Dahl spoke.", {"memberOf: Liv Dahl > Greenpeace"}),
        ("Liv Dahl, a chemist with Greenpeace, spoke.", {"memberOf: Liv Dahl > Greenpeace"}),
        ("Greenpeace's Liv Dahl spoke.", {"memberOf: Liv Dahl > Greenpeace"}),
        ("Greenpeace critic Liv Dahl spoke.", set()),
        ("Liv Dahl spoke in an interview with Greenpeace.", set()),
        # only states are members of an alliance
        ("NATO's Liv Dahl spoke.", set()),
        # the office says more
        ("Greenpeace spokeswoman Liv Dahl spoke.", set()),
    ],
)  # fmt: skip
def test_members(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert standing(pipeline, text) == wanted


def test_a_former_member_is_marked(pipeline: Pipeline) -> None:
    found = pipeline(Document(id="d", text="The former Greenpeace chemist Liv Dahl spoke."))
    (relation,) = (r for r in found.relations if r.type == "memberOf")
    assert relation.former


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Italian carmaker Fiat hired welders.", {"basedIn: Fiat > Italy"}),
        ("Italy's Fiat hired welders.", {"basedIn: Fiat > Italy"}),
        ("Turin-based Fiat hired welders.", {"basedIn: Fiat > Turin"}),
        ("He left the University of Graz in Austria.", {"basedIn: University of Graz > Austria"}),
        # an alliance has members there, not its seat
        ("Italy's NATO troops left.", set()),
        # the manager is Italian, not the firm
        ("The Italian Siemens manager waited.", set()),
        ("Italian anti-Fiat protesters marched.", set()),
    ],
)  # fmt: skip
def test_seats(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert standing(pipeline, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They met in the Kenyan towns of Lodwar and Eldoret.",
         {"locatedIn: Lodwar > Kenya", "locatedIn: Eldoret > Kenya"}),
        ("They met in Eldoret, in the county of Kent.", {"locatedIn: Eldoret > Kent"}),
        ("They met in Eldoret and the town of Lodwar.", set()),
        ("Kenya's Mogadishu embassy was shut.", set()),
    ],
)  # fmt: skip
def test_places(pipeline: Pipeline, text: str, wanted: set[str]) -> None:
    assert standing(pipeline, text) == wanted
