"""Where places are, by identity, by name, by what they lie in."""

from __future__ import annotations

from kg.relations import shipped
from kg.view.content import content
from kg.view.where import atlas, spots
from tests.diary import diary

KINDS = {
    "Paris": "Place:Q90", "Élysée Palace": "Place", "France": "Country:FRA", "Sudzha": "Place",
    "Russia": "Country:RUS", "Nowhere": "Place", "Kremlin": "Place", "Moscow": "Place:Q649",
    "Old Hall": "Place", "Alexandria": "Place", "Egypt": "Country:EGY",
}  # fmt: skip


def where(*facts: str) -> dict[str, tuple[float, float, bool]]:
    shown = content([diary(*facts, kinds=KINDS)], shipped())
    found = spots(shown)
    return {node.name: found[node.id] for node in shown.nodes if node.id in found}


def test_an_identity_a_name_and_a_country_give_coordinates() -> None:
    found = where("A > visited > Paris", "B > visited > Élysée Palace", "C > visited > France")
    assert found == {
        "Paris": (48.8667, 2.3333, False),
        "Élysée Palace": (48.8667, 2.3333, False),
        "France": (46.0, 2.0, True),
    }


def test_what_is_in_no_table_stands_where_it_lies() -> None:
    found = where(
        "A > visited > Sudzha", "Sudzha > locatedIn > Russia", "A > visited > Nowhere",
        "Old Hall > locatedIn > Russia", "Old Hall > locatedIn > Moscow",
    )  # fmt: skip
    assert found["Sudzha"] == (60.0, 100.0, True)
    assert found["Old Hall"] == (55.7522, 37.6155, False)
    assert "Nowhere" not in found


def test_a_name_is_not_looked_for_outside_its_country() -> None:
    """Alexandria of the tables is in Egypt; one that lies in France is another."""
    assert where("Alexandria > locatedIn > Egypt")["Alexandria"][2] is False
    assert where("Alexandria > locatedIn > France")["Alexandria"] == (46.0, 2.0, True)


def test_the_page_carries_outlines_only_where_they_are_used() -> None:
    lexicon = shipped()
    assert atlas(content([diary("A > metWith > B", kinds=KINDS)], lexicon)) is None
    assert atlas(content([diary("France > supported > Russia", kinds=KINDS)], lexicon)) is None
    drawn = atlas(content([diary("A > metWith > B | in Paris", kinds=KINDS)], lexicon))
    assert drawn is not None
    assert list(drawn["spots"].values()) == [[48.8667, 2.3333, 0]]
    outlines = drawn["outlines"]
    numbers = [arc if arc >= 0 else ~arc for ring in outlines["land"] for arc in ring]
    assert max(*numbers, *outlines["borders"]) < len(outlines["arcs"])
