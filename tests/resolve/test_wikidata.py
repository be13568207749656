"""People in office get their full name and id if, and only if, exactly one fits."""

from __future__ import annotations

import re

import pytest

from kg.model import Document, Entity, Mention, Span
from kg.resolve.wikidata import Link


def linked(text: str, date: str | None = None, **countries: str) -> tuple[str, str | None]:
    """Return name and id of the one person of the text, written [so]; countries by ISO code."""
    start, end = text.index("["), text.index("]") - 1
    text = text.replace("[", "").replace("]", "")
    person = Entity("e1", "Person", text[start:end], (Mention(Span(start, end)),))
    others = [
        Entity(f"e{n}", "Country", surface, tuple(_mentions(text, surface)), iso3=iso3)
        for n, (iso3, surface) in enumerate(countries.items(), 2)
    ]
    doc = Document(id="d", text=text, date=date, entities=(person, *others))
    found = Link()(doc.check()).entity("e1")
    return found.name, found.wikidata


def _mentions(text: str, surface: str) -> list[Mention]:
    return [Mention(Span(m.start(), m.end())) for m in re.finditer(rf"\b{surface}\b", text)]


# Ids looked up by hand on wikidata.org: Merkel, Zelenskyy, Macron, Sarkozy, Bush (2000s), Obama.
MERKEL, ZELENSKYY, MACRON, SARKOZY, BUSH, OBAMA = (
    "Q567", "Q3874799", "Q3052772", "Q329", "Q207", "Q76",
)  # fmt: skip


def test_office_country_and_day_make_a_surname_a_person() -> None:
    text = "Ukrainian President [Zelenskyy] spoke."
    assert linked(text, "2025-02-17", UKR="Ukrainian") == ("Volodymyr Zelenskyy", ZELENSKYY)


def test_the_country_may_stand_behind() -> None:
    text = "President [Zelenskyy] of Ukraine spoke."
    assert linked(text, "2025-02-17", UKR="Ukraine") == ("Volodymyr Zelenskyy", ZELENSKYY)


def test_the_day_decides() -> None:
    text = "French President [Sarkozy] spoke."
    assert linked(text, "2009-05-04", FRA="French")[1] == SARKOZY
    assert linked(text, "2019-05-04", FRA="French") == ("Sarkozy", None)


def test_a_former_office_is_looked_for_in_the_past() -> None:
    text = "Former French President [Sarkozy] spoke."
    assert linked(text, "2019-05-04", FRA="French")[1] == SARKOZY


def test_the_office_must_fit() -> None:
    assert linked("German Finance Minister [Merkel] spoke.", "2010-01-01", DEU="German") == (
        "Merkel",
        None,
    )


def test_the_country_must_fit() -> None:
    text = "Polish President [Zelenskyy] spoke."
    assert linked(text, "2025-02-17", POL="Polish") == ("Zelenskyy", None)


def test_a_surname_without_an_office_is_a_leader_of_a_country_spoken_of() -> None:
    assert linked("[Macron] spoke in France.", "2025-02-17", FRA="France")[1] == MACRON
    assert linked("[Macron] spoke.", "2025-02-17") == ("Macron", None)


def test_a_surname_that_two_people_in_office_share_is_nobody() -> None:
    text = "[Bush] spoke in the United States."
    assert linked(text, None, USA="United States")[1] in (None, BUSH)
    assert linked("[Kim] spoke in South Korea.", None, KOR="South Korea") == ("Kim", None)


def test_a_full_name_keeps_its_own_spelling() -> None:
    text = "[Volodymyr Zelensky] spoke in Ukraine."
    assert linked(text, "2020-01-18", UKR="Ukraine") == ("Volodymyr Zelensky", ZELENSKYY)


def test_heads_of_state_are_known_without_their_country() -> None:
    assert linked("[Barack Obama] spoke.", "2012-05-04") == ("Barack Obama", OBAMA)


def test_a_minister_needs_a_country() -> None:
    text = "[Jeremy Hunt] spoke in {}."
    assert linked(text.format("Chile"), "2019-07-24", CHL="Chile")[1] is None
    assert linked(text.format("Britain"), "2019-07-24", GBR="Britain")[1] is not None


@pytest.mark.parametrize("name", ["Anna Novak", "Novak", "Sir Humphrey", "X", "Anna B. Novak"])
def test_others_stay_as_they_are(name: str) -> None:
    assert linked(f"President [{name}] spoke in Peru.", "2020-01-01", PER="Peru") == (name, None)


def test_an_id_that_is_there_is_not_touched() -> None:
    text = "Barack Obama spoke."
    entity = Entity("e1", "Person", "Barack Obama", (Mention(Span(0, 12)),), wikidata="Q1")
    doc = Document(id="d", text=text, entities=(entity,))
    assert Link()(doc) == doc


def test_another_spelling_needs_the_country() -> None:
    text = "[Yulia Timoshenko] spoke in {}."
    assert linked(text.format("Ukraine"), UKR="Ukraine")[1] == "Q48283"
    assert linked(text.format("Peru"), PER="Peru")[1] is None


def test_two_leaders_are_not_one() -> None:
    text = "[{}] spoke in Germany."
    assert linked(text.format("Bill Clinton"), DEU="Germany")[1] == "Q1124"
    assert linked(text.format("Friedrich Merz"), "2025-06-01", DEU="Germany")[1] != "Q1124"


def test_a_governor_is_known_by_full_name_only() -> None:
    assert linked("[Mitt Romney] spoke in the United States.", USA="United States")[1] == "Q4496"
    assert linked("[Romney] spoke in the United States.", USA="United States")[1] is None


def test_without_a_date_a_surname_is_nobody_of_long_ago() -> None:
    text = "[Assad] spoke in Syria."
    assert linked(text, SYR="Syria")[1] == "Q44329"


@pytest.mark.parametrize(
    ("name", "wikidata"),
    [("Richard Nixon", "Q9588"), ("Willy Brandt", "Q2514"), ("Nelson Mandela", "Q8023")],
)
def test_leaders_of_long_ago_are_known_by_full_name(name: str, wikidata: str) -> None:
    assert linked(f"The streets named after [{name}] are many.")[1] == wikidata
    assert linked(f"[{name.split()[1]}] opened a shop in Norway.", NOR="Norway")[1] is None


# The one of this name in the tables was minister of justice of South Korea, 2006 to 2007 (KIM).
KIM = "Q14942611"


@pytest.mark.parametrize(
    ("text", "date", "wikidata"),
    [
        ("South Korea's Foreign Minister [Kim Sung-ho] arrived.", "2025-03-01", None),
        ("[Kim Sung-ho], South Korea's foreign minister, arrived.", "2025-03-01", None),
        # the same office, one left behind, one soon after, or none said
        ("South Korea's Justice Minister [Kim Sung-ho] arrived.", "2025-03-01", KIM),
        ("[Kim Sung-ho], a former justice minister of South Korea, arrived.", "2025-03-01", KIM),
        ("South Korea's Foreign Minister [Kim Sung-ho] arrived.", "2008-03-01", KIM),
        ("[Kim Sung-ho] arrived in South Korea.", "2025-03-01", KIM),
    ],
)
def test_an_office_that_someone_long_retired_never_held_is_a_namesake_s(
    text: str, date: str, wikidata: str | None
) -> None:
    assert linked(text, date, KOR="South Korea") == ("Kim Sung-ho", wikidata)
