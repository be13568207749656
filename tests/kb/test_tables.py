"""Tables of the user's own: what a row must hold, where they live, that every run uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import kb
from kg.data.mine import people, with_own
from kg.data.own import Own, home, parse, read, table_of
from kg.data.rows import Country, Official, Organization, Place, Region
from kg.errors import TableError, UnknownName

HEADER = "name\ttype\taliases\tcountry\twikidata\toffice\tbody\tstart\tend\n"


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the user's tables."""
    monkeypatch.setenv("KG_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_cells_become_a_row_in_any_order_of_columns() -> None:
    text = "wikidata\taliases\ttype\tname\nQ42\tA. Nowak| Ania |\tPerson\tAna Nowak\n\n"
    assert list(parse(text, "t")) == [
        Own("Ana Nowak", "Person", ("A. Nowak", "Ania"), wikidata="Q42")
    ]


def test_a_table_written_is_the_table_read() -> None:
    rows = (
        Own("Ana Nowak", "Person", ("A", "B"), "POL", "Q1", "Mayor", "", "2020", "2021-05"),
        Own("Forum", "Organization"),
    )
    assert tuple(parse(table_of(rows), "t")) == rows


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("\tPerson\t\t\t\t\t\t\t", "has no name"),
        ("X1\tPersn\t\t\t\t\t\t\t", "type 'Persn' is none of Person, Organization, Place, Country"),
        ("X1\tPerson\t\tfr\t\t\t\t\t", "country 'fr' is no ISO 3166 code"),
        ("X1\tPerson\t\t\t42\t\t\t\t", "wikidata '42' is no id like Q42"),
        ("X1\tPerson\t\t\t\t\t\t2020-13\t", "'2020-13' is no day like 2025-02-17"),
        ("X1\tPerson\t\t\t\t\t\t2021\t2020-05", "ends (2020-05) before it starts (2021)"),
        ("X1\tPlace\t\t\t\tMayor\t\t\t", "office, body, start and end are for a Person"),
        ("X1\tCountry\t\t\t\t\t\t\t", "a Country needs its code"),
        ("12\tPerson\t\t\t\t\t\t\t", "has a name without a letter"),
        ("X\x071\tPerson\t\t\t\t\t\t\t", "has a control character"),
        ("X1\tPerson", "has 2 cells where the header has 9; put one tab between two cells"),
    ],
)
def test_what_does_not_hold_is_told_with_its_line(row: str, problem: str) -> None:
    with pytest.raises(TableError) as caught:
        list(parse(f"{HEADER}Ana\tPerson\t\t\t\t\t\t\t\n{row}\n", "staff.tsv"))
    assert str(caught.value).startswith("staff.tsv, line 3: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("name,type", "has no column 'name' and no column 'type'"),
        ("name", "has no column 'type'"),
        ("name\ttype\tborn", "has an unknown column 'born'"),
        ("name\ttype\tname", "has a column twice"),
    ],
)
def test_a_header_must_name_known_columns(header: str, problem: str) -> None:
    with pytest.raises(TableError, match=problem) as caught:
        list(parse(header + "\n", "staff.tsv"))
    assert caught.value.line == 1


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "staff.tsv"
    file.write_bytes(b"name\ttype\n\xff\xfe\tPerson\n")
    with pytest.raises(TableError, match="is not UTF-8"):
        read(file)
    with pytest.raises(TableError, match="cannot be read"):
        read(tmp_path / "nowhere.tsv")


def test_the_folder_is_that_of_the_environment(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home() == own_home
    monkeypatch.delenv("KG_HOME")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert home() == Path("/somewhere/kg")


def test_tables_are_added_replaced_listed_and_removed(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "staff.tsv"
    file.write_text("name\ttype\nAna Nowak\tPerson\nForum\tOrganization\n", encoding="utf-8")
    assert kb.tables() == ()
    assert kb.add(file).told == "1 person, 1 organization"
    file.write_text("name\ttype\nAna Nowak\tPerson\nEva Berg\tPerson\n", encoding="utf-8")
    assert kb.add(file) == kb.tables()[0]
    assert [(table.name, table.told) for table in kb.tables()] == [("staff", "2 people")]
    with pytest.raises(UnknownName, match="did you mean 'staff'"):
        kb.remove("stuff")
    kb.remove("staff")
    assert kb.tables() == ()
    assert list((own_home / "kb").iterdir()) == []


def test_a_table_that_does_not_hold_is_not_kept(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "staff.tsv"
    file.write_text("name\ttype\nAna Nowak\tHuman\n", encoding="utf-8")
    with pytest.raises(TableError):
        kb.add(file)
    file.write_text("name\ttype\nAna Nowak\tPerson\n", encoding="utf-8")
    with pytest.raises(TableError, match="give a name"):
        kb.add(file, name="")
    with pytest.raises(TableError, match="give a name"):
        kb.keep("../elsewhere", [Own("Ana Nowak", "Person")])
    with pytest.raises(TableError, match="has no rows"):
        kb.keep("empty", [])
    assert not own_home.exists()


# ---------------------------------------------------------------- among the shipped rows

MINISTER = Official("Ana Nowak", (), "Q9", "POL", "", "minister", "Minister", "2001", "", "")


def merged(
    monkeypatch: pytest.MonkeyPatch, name: str, shipped: tuple[object, ...], *rows: Own
) -> tuple[object, ...]:
    monkeypatch.setattr("kg.data.mine.own", lambda: rows)
    return with_own(name, shipped)


def test_a_namesake_of_the_user_s_person_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Own("Ana Nowak", "Person", (), "POL", "Q42", "Prime Minister")
    found = merged(monkeypatch, "officials", (MINISTER,), mine)
    assert found == people([mine])
    assert people([mine])[0].role == "head_of_government"


def test_other_offices_of_the_same_person_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Own("Ana Nowak", "Person", (), "POL", "Q9", "Mayor")
    assert MINISTER in merged(monkeypatch, "officials", (MINISTER,), mine)


def test_a_name_of_the_user_s_is_taken_from_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = (
        Organization("Forum", ("NWF",), "ngo", "", "Q1"),
        Organization("National Wood Fund", ("NWF", "Fund"), "ngo", "", "Q2"),
        Organization("Board", (), "ngo", "", "Q3"),
    )
    mine = Own("Forum", "Organization", ("NWF",), "", "Q4")
    assert merged(monkeypatch, "organizations", ours, mine) == (
        Organization("Forum", ("NWF",), "own", "", "Q4"),
        Organization("National Wood Fund", ("Fund",), "ngo", "", "Q2"),
        Organization("Board", (), "ngo", "", "Q3"),
    )


def test_the_same_body_keeps_our_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = (Organization("Forum", ("NWF",), "ngo", "", "Q1"),)
    mine = Own("Forum", "Organization", ("The Waters",), "", "Q1")
    found = merged(monkeypatch, "organizations", ours, mine)
    assert found == (Organization("Forum", ("The Waters", "NWF"), "own", "", "Q1"),)


def test_a_place_of_the_user_s_is_no_city_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    city = Place("Newfield", (), "USA", "1", "1", "900", 0, "Q1", "city", "")
    mine = Own("Newfield", "Place", (), "GBR", "Q2")
    assert merged(monkeypatch, "places", (city,), mine) == ()
    assert merged(monkeypatch, "regions", (), mine) == (Region("Newfield", (), (), "GBR", "Q2"),)


def test_a_country_takes_the_user_s_names(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Country(
        "FRA", "FR", "Q142", "France", ("Republic",), ("French",), "Paris", (), 1, 1, "", ""
    )
    mine = Own("La France", "Country", ("Gaul",), "FRA")
    new = Own("Freedonia", "Country", (), "FRE", "Q7")
    changed, added = merged(monkeypatch, "countries", (ours,), mine, new)
    assert changed == ours._replace(name="La France", aliases=("Gaul", "France", "Republic"))
    assert (added.name, added.iso3, added.state) == ("Freedonia", "FRE", 1)  # type: ignore[attr-defined]


def test_without_tables_ours_are_as_they_are() -> None:
    assert with_own("officials", (MINISTER,)) == (MINISTER,)


def test_every_run_knows_what_was_added(own_home: Path, warm: Path, tmp_path: Path) -> None:
    def kg(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(warm / "kg"), *words],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"KG_HOME": str(own_home)},
        )

    table, text = tmp_path / "staff.tsv", tmp_path / "news.txt"
    table.write_text(
        "name\ttype\taliases\twikidata\nAna Nowak\tPerson\t\tQ42\n"
        "Northern Water Forum\tOrganization\tNWF\tQ43\n",
        encoding="utf-8",
    )
    text.write_text("Ana Nowak met officials of the NWF in Berlin.\n", encoding="utf-8")

    def ids() -> dict[str, str | None]:
        found = json.loads(kg("extract", str(text)).stdout)["entities"]
        return {entity["name"]: entity.get("wikidata") for entity in found}

    assert ids()["Ana Nowak"] is None
    assert "used from the next run" in kg("kb", "add", str(table)).stderr
    assert ids()["Ana Nowak"] == "Q42"
    assert ids()["Northern Water Forum"] == "Q43"
    assert "staff" in kg("kb", "list").stdout
    assert "staff (1 person, 1 organization)" in kg("stages").stderr
    kg("kb", "remove", "staff")
    assert ids()["Ana Nowak"] is None
