"""The shipped tables: what SOURCES.md says of them, their codes and their names."""

from __future__ import annotations

import re
from collections import defaultdict
from hashlib import sha256
from importlib.resources import files

import pytest

from kg import data
from kg.data import lists, table

FOLDER = files("kg.data")
TABLES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".tsv"))
QID = re.compile(r"Q[1-9][0-9]*")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
ISO3 = {row.iso3 for row in table("countries") if row.iso3}


def declared() -> dict[str, list[str]]:
    """The rows of the table in SOURCES.md, by file name."""
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {cells[0]: cells[1:] for cells in rows if len(cells) == 6 and cells[0].endswith(".tsv")}


def names(row: data.Country | data.Region | data.Organization | data.Place) -> list[str]:
    return [row.name, *row.aliases]


def test_every_table_is_declared_and_every_declared_file_is_there() -> None:
    assert sorted(declared()) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_rows_sha256_date_origin_and_licence_are_those_declared(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    rows, digest, day, origin, licence = declared()[name]
    assert int(rows) == content.count(b"\n") - 1
    assert digest == sha256(content).hexdigest()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    assert origin
    assert licence


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_clean_text(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    lines = text.splitlines()
    assert len(set(lines)) == len(lines)
    width = len(lines[0].split("\t"))
    for line in lines:
        cells = line.split("\t")
        assert len(cells) == width
        for cell in cells:
            assert cell == cell.strip()
            for value in cell.split("|") if cell else ():
                assert value == value.strip() != ""


@pytest.mark.parametrize("name", TABLES)
def test_the_header_is_the_row_type(name: str) -> None:
    header = (FOLDER / name).read_text(encoding="utf-8").split("\n", 1)[0].split("\t")
    row = table(name.removesuffix(".tsv"))[0]
    assert header == list(row._fields)


def test_the_folder_stays_small() -> None:
    assert sum(len((FOLDER / name).read_bytes()) for name in TABLES) < 5_000_000


def test_keys_are_unique() -> None:
    keys = {
        "bodies": [row.words for row in table("bodies")],
        "countries": [row.name for row in table("countries")],
        "country codes": [row.iso3 for row in table("countries") if row.iso3],
        "given names": [row.name for row in table("given_names")],
        "members": [(row.organization, row.iso3, row.since) for row in table("org_members")],
        "organizations": [(row.name, row.country) for row in table("organizations")],
        "places": [(row.name, row.country) for row in table("places")],
        "regions": [(row.name, row.country) for row in table("regions")],
        "titles": [row.title for row in table("titles")],
    }
    for what, found in keys.items():
        assert len(set(found)) == len(found), what


def test_codes_are_valid() -> None:
    for country in table("countries"):
        assert re.fullmatch(r"[A-Z]{3}|", country.iso3)
        assert re.fullmatch(r"[A-Z]{2}|", country.iso2)
        assert bool(country.iso3) or country.state, "only states that are no more have no code"
        if country.lat:
            assert -90 <= float(country.lat) <= 90
            assert -180 <= float(country.lon) <= 180
    for row in (*table("places"), *table("regions"), *table("organizations"), *table("officials")):
        assert row.country in ISO3 | {""}
    for place in table("places"):
        assert -90 <= float(place.lat) <= 90
        assert -180 <= float(place.lon) <= 180
        assert place.kind in ("city", "venue")


def test_a_wikidata_id_names_one_thing() -> None:
    found = defaultdict[str, set[tuple[str, str]]](set)
    for name in ("countries", "organizations", "places", "regions", "officials"):
        for row in table(name):
            if row.wikidata:
                assert QID.fullmatch(row.wikidata), row
                found[row.wikidata].add((name, row.name))
    shared = [things for things in found.values() if len(things) > 1]
    # a city state is a country and a city, the White House a building and an office
    pairs = [{"countries", "places"}, {"organizations", "places"}]
    assert all({name for name, _ in things} in pairs for things in shared)
    assert len(shared) < 10


def test_members_are_countries_of_listed_organizations() -> None:
    organizations = {row.name for row in table("organizations")}
    for row in table("org_members"):
        assert row.iso3 in ISO3
        assert row.organization in organizations
        assert row.status in ("member", "former")


def test_names_of_countries_are_unambiguous_unless_listed() -> None:
    owners = defaultdict[str, set[str]](set)
    for country in table("countries"):
        for name in (*names(country), *country.demonyms):
            owners[name].add(f"country {country.name}")
    for row in (*table("regions"), *table("organizations")):
        for name in set(names(row)) & set(owners):
            owners[name].add(f"{type(row).__name__} {row.name}")
    ambiguous = {name for name, found in owners.items() if len(found) > 1}
    assert ambiguous == lists("names")["shared"]["names"]


def test_a_seat_stands_for_one_state() -> None:
    seats = [seat for row in table("countries") for seat in row.seats]
    assert len(set(seats)) == len(seats)


def test_terms_of_office_have_dates_in_order() -> None:
    for row in table("officials"):
        for day in (row.start, row.end, row.as_of):
            assert not day or DAY.fullmatch(day), row
        assert not (row.start and row.end) or row.start[:4] <= row.end[:4], row
        assert not (row.end and row.as_of), row
        assert row.country or row.organization, row


@pytest.mark.parametrize(
    ("name", "day", "country", "role"),
    [
        ("Emmanuel Macron", "2025-02-17", "FRA", "head_of_state"),
        ("Angela Merkel", "2019-08-24", "DEU", "head_of_government"),
        ("Barack Obama", "2009-10-11", "USA", "head_of_state"),
        ("Manmohan Singh", "2009-10-11", "IND", "head_of_government"),
        ("Mike Pompeo", "2019-10-27", "USA", "foreign_minister"),
        ("Kofi Annan", "2003-03-20", "", "igo_head"),
    ],
)
def test_who_held_office_when(name: str, day: str, country: str, role: str) -> None:
    assert any(
        (row.name, row.country, row.role) == (name, country, role)
        and row.start <= day <= (row.end or row.as_of or day)
        for row in table("officials")
    )


def test_titles_are_lower_case_with_gender_where_the_word_implies_it() -> None:
    titles = {row.title: row for row in table("titles")}
    assert all(title == title.lower() for title in titles)
    assert {titles[word].gender for word in ("queen", "spokeswoman", "mrs.")} == {"f"}
    assert {titles[word].gender for word in ("king", "spokesman", "sir")} == {"m"}
    assert titles["president"].gender == titles["foreign minister"].gender == ""
    assert {row.title for row in titles.values() if row.in_name} >= {"sir", "dame", "lord"}


def test_cells_with_several_values_are_tuples() -> None:
    france = next(row for row in table("countries") if row.iso3 == "FRA")
    assert "French" in france.demonyms
    assert france.un_member == 1
    assert isinstance(france.aliases, tuple)


def test_a_table_is_read_once() -> None:
    assert table("places") is table("places")


def test_nobody_leads_two_countries_but_monarchs_and_a_co_prince() -> None:
    led = defaultdict[str, set[str]](set)
    for row in table("officials"):
        if row.wikidata and row.role in ("head_of_state", "head_of_government"):
            led[row.name].add(row.country)
    assert {name for name, countries in led.items() if len(countries) > 1} == {
        "Charles III",
        "Elizabeth II",
        "Emmanuel Macron",
    }
