"""Who is who in a graph: what was merged, why, and the user's decisions, there and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.errors import DecisionError, UnknownName
from kg.model import Document
from tests.build import doc

ONE = doc(
    "Volodymyr Zelensky met Anna Novak in Oslo.",
    id="one",
    date="2025-02-01",
    people=["Volodymyr Zelensky", "Anna Novak"],
    places=["Oslo"],
    relations=["metWith: Volodymyr Zelensky > Anna Novak"],
)
TWO = doc(
    "Volodymyr Zelenskyy met Hanna Nowak in Rome.",
    id="two",
    date="2025-02-02",
    people=["Volodymyr Zelenskyy", "Hanna Nowak"],
    places=["Rome"],
    relations=["metWith: Volodymyr Zelenskyy > Hanna Nowak"],
)


def folder(tmp_path: Path, *documents: Document) -> Path:
    kg.build(*documents, out=tmp_path / "news.kg").close()
    return tmp_path / "news.kg"


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["resolve", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def files(graph: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in graph.iterdir()
        if path.suffix in (".jsonl", ".trig", ".html", ".toml")
    }


def test_what_is_merged_is_listed_with_its_reasons(tmp_path: Path) -> None:
    again = ONE.but(id="again", text=ONE.text + " Again.")
    told = run(folder(tmp_path, ONE, TWO, again))
    assert "Anna Novak" not in told  # nothing but one name
    assert "Volodymyr Zelensky " in told
    assert "the same name, spelled another way (+0.80) = 0.80" in told


def test_why_tells_what_speaks_for_it_and_what_is_missing(tmp_path: Path) -> None:
    graph = folder(tmp_path, ONE, TWO)
    assert run(graph, "--why", "Volodymyr Zelensky", "Volodymyr Zelenskyy").startswith(
        "They are one.\n"
    )
    two = run(graph, "--why", "Anna Novak", "person/hanna-nowak")
    assert two.startswith("They are two.\n")
    assert "- different names: Anna Novak and Hanna Nowak" in two


def test_why_tells_that_the_score_is_too_low(tmp_path: Path) -> None:
    lone = doc("Novak spoke.", id="three", people=["Novak"])
    graph = kg.build(ONE, lone)
    told = str(graph.why("Anna Novak", "Novak"))
    assert "- the same surname only (+0.35)\n- the only one of that surname (+0.20)" in told
    assert "That is 0.55 of 0.80: 0.25 is missing" in told


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("merge", "Anna Novak", "Hanna Nowak"),
        ("never", "Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("alias", "Anna Novak", "Hanna Nowak"),
        ("rename", "Anna Novak", "Minister [b]Novak[/b]"),
    ],
)
def test_a_decision_applies_at_once_and_taken_back_leaves_every_byte(
    tmp_path: Path, kind: str, one: str, other: str
) -> None:
    graph = folder(tmp_path, ONE, TWO)
    before = files(graph)
    told = run(graph, f"--{kind}", one, other, "--dry-run")
    assert one in told or other in told
    assert files(graph) == before
    run(graph, f"--{kind}", one, other)
    with kg.open(graph) as opened:
        assert opened.validate().conforms
        found = {row.name: row.iri for row in opened.entities}
    decided = files(graph)
    assert decided["graph.trig"] != before["graph.trig"]
    assert (len(set(found.values())) == 4) == (kind in ("merge", "alias")), found
    run(graph, "--undo", f"--{kind}", one, other)
    assert files(graph) == before


def test_a_decision_is_applied_again_to_what_comes_later(tmp_path: Path) -> None:
    graph = folder(tmp_path, ONE)
    (graph / "decisions.toml").write_text(
        '# I know her\n[[merge]]\nthese = ["Anna Novak", "Hanna Nowak"]\n', encoding="utf-8"
    )
    kg.build(TWO, out=graph).close()
    with kg.open(graph) as opened:
        novaks = [row for row in opened.entities if row.iri.endswith("/anna-novak")]
        assert [row.documents for row in novaks] == [2]
    built = kg.build(ONE, TWO, out=tmp_path / "other.kg")
    built.decide("merge", "Anna Novak", "Hanna Nowak")
    built.close()
    assert files(tmp_path / "other.kg")["graph.trig"] == files(graph)["graph.trig"]


def test_a_name_is_exact_or_refused_with_the_candidates() -> None:
    north = doc(
        "Kim of Norway spoke.",
        id="a",
        people=["Kim"],
        countries=["Norway"],
        relations=["citizenOf: Kim > Norway"],
    )
    south = doc("Kim left.", id="b", people=["Kim"])
    graph = kg.build(north, south, ONE)
    with pytest.raises(DecisionError, match="may be any of person/kim") as caught:
        graph.decide("merge", "Kim", "Anna Novak")
    assert "take one of these instead" in str(caught.value)
    assert graph.why("Kim", "Anna Novak").same is None
    graph.decide("merge", "person/kim", "Anna Novak")
    assert graph.why("person/kim", "Anna Novak").same


def test_an_unknown_name_is_refused_on_the_command_line_and_waits_in_the_file() -> None:
    graph = kg.build(ONE)
    with pytest.raises(UnknownName, match="There is no person, place or thing called 'Nobody'"):
        graph.decide("merge", "Nobody", "Anna Novak")
    graph.decide("alias", "Anna Novak", "Somebody")
    with pytest.raises(DecisionError, match="is not there; edit the file by hand"):
        graph.decide("merge", "Anna Novak", "Oslo", undo=True)


def test_a_file_that_does_not_hold_stops_the_build_and_leaves_the_graph(tmp_path: Path) -> None:
    graph = folder(tmp_path, ONE)
    before = files(graph)
    (graph / "decisions.toml").write_text('[[merge]]\nthese = ["A"]\n', encoding="utf-8")
    with kg.open(graph) as opened, pytest.raises(DecisionError, match="merge, entry 1"):
        opened.add(TWO)
    with kg.open(graph) as opened:
        assert list(opened.graphs()) == ["one"]
    (graph / "decisions.toml").unlink()
    assert files(graph) == before


def test_what_was_merged_is_not_never_one_before_that_is_taken_back(tmp_path: Path) -> None:
    graph = folder(tmp_path, ONE, TWO)
    run(graph, "--merge", "Anna Novak", "Hanna Nowak")
    decided = files(graph)
    with kg.open(graph) as opened:
        for one in ("Anna Novak", "person/anna-novak"):
            with pytest.raises(DecisionError, match="you made them one; first --undo --merge"):
                opened.decide("never", one, "Hanna Nowak")
    assert files(graph) == decided
    run(graph, "--undo", "--merge", "Anna Novak", "Hanna Nowak")
    run(graph, "--never", "Anna Novak", "Hanna Nowak")
    never = "never one; first --undo --never"
    with kg.open(graph) as opened, pytest.raises(DecisionError, match=never):
        opened.decide("merge", "person/hanna-nowak", "Anna Novak")


def test_only_things_of_one_type_are_merged_and_one_thing_needs_no_merging(tmp_path: Path) -> None:
    graph = folder(tmp_path, ONE, TWO)
    before = files(graph)
    with kg.open(graph) as opened:
        with pytest.raises(DecisionError, match="Oslo is a Place and Anna Novak is a Person; only"):
            opened.decide("merge", "Oslo", "Anna Novak")
        with pytest.raises(DecisionError, match="is one name twice"):
            opened.decide("never", "Oslo", "Oslo")
    result = CliRunner().invoke(app, ["resolve", str(graph), "--merge", *["Anna Novak"] * 2])
    said = " ".join(result.output.split())
    assert "that is one thing already. There is nothing to do; nothing was written." in said
    assert files(graph) == before


def test_what_is_shown_is_found_by_what_it_is_shown_as(tmp_path: Path) -> None:
    graph = folder(tmp_path, ONE, TWO)
    run(graph, "--rename", "Anna Novak", "Minister Novak")
    with kg.open(graph) as opened:
        found = opened.why("minister novak", "Hanna Nowak")
        assert [side.iri.rpartition("/")[2] for side in found.sides[0]] == ["anna-novak"]
        opened.decide("merge", "Minister Novak", "Hanna Nowak")
        assert opened.why("Anna Novak", "Hanna Nowak").same
        opened.decide("merge", "Minister Novak", "Hanna Nowak", undo=True)
        assert not opened.why("Anna Novak", "Hanna Nowak").same


def test_the_unnamed_are_found_by_their_label_and_kept_apart_by_their_states() -> None:
    def unnamed(id: str, state: str) -> Document:
        text = f"The foreign minister of {state} left."
        made = doc(
            text,
            id=id,
            countries=[state],
            people=["The foreign minister"],
            relations=[f"holdsPosition: The foreign minister > {state}"],
        )
        people = [
            replace(
                one,
                name="the foreign minister",
                mentions=tuple(replace(seen, kind="nominal") for seen in one.mentions),
            )
            if one.type == "Person"
            else replace(one, iso3={"Norway": "NOR", "Spain": "ESP"}[state])
            for one in made.entities
        ]
        return replace(made, entities=tuple(people))

    graph = kg.build(unnamed("a", "Norway"), unnamed("b", "Spain"), ONE)
    found = graph.why("the foreign minister", "Anna Novak")
    assert found.same is None
    assert len(found.sides[0]) == 2
    one, two = (side.iri for side in found.sides[0])
    apart = graph.why(one, two)
    assert not apart.same
    assert len(apart.reasons) == 1
    assert apart.reasons[0].startswith("the foreign minister of different states: ")
    with pytest.raises(DecisionError, match="'the foreign minister': may be any of person/the-"):
        graph.decide("never", "the foreign minister", "Anna Novak")
