"""How one is connected with another, and what changed, with the words for each step."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UnknownName, WrongValue
from kg.graph import KnowledgeGraph
from kg.model import Document
from kg.view.measures.central import MEASURES
from tests.networks import Told, document
from tests.view.test_measures import DOCUMENTS

Steps = list[tuple[int, str, str, str, str]]


def graph(*documents: Document) -> KnowledgeGraph:
    made = kg.open("memory:", create=True, pipeline=lambda given: given)
    made.add(*documents)
    return made


def steps(found: object) -> Steps:
    return [(row.path, row.subject, row.relation, row.object, row.to) for row in found]  # type: ignore[attr-defined]


def test_fewer_steps_come_first_and_of_equals_the_most_likely_right() -> None:
    made = graph(
        document(Told("a", "b", score=0.5), Told("b", "z")),
        document(Told("a", "c", score=0.9), Told("z", "c", score=0.9), id="e"),
        document(("a", "d"), ("d", "f"), ("f", "z"), id="f"),
    )
    found = made.connection("a", "z")
    assert steps(found) == [
        (1, "a", "met with", "c", "c"),
        (1, "c", "met with", "z", "z"),
        (2, "a", "met with", "b", "b"),
        (2, "b", "met with", "z", "z"),
        (3, "a", "met with", "d", "d"),
        (3, "d", "met with", "f", "f"),
        (3, "f", "met with", "z", "z"),
    ]
    assert [(row.evidence, row.document, row.score) for row in found[:2]] == [
        ("a and in e c", "e", 0.9), ("z and in e c", "e", 0.9),
    ]  # fmt: skip
    assert found.figures == {"paths": 3, "steps": 2}
    assert "The 3 shortest paths between a and z, the first of 2 steps" in found.about
    assert made.connection("A", "z", paths=1) == found[:2]


def test_a_second_independent_source_makes_a_step_surer_and_a_copy_does_not() -> None:
    by_b = document(Told("a", "b", score=0.8), Told("b", "z", score=0.8))
    by_c = document(Told("a", "c", score=0.7), Told("c", "z", score=0.7), id="c1")
    assert graph(by_b, by_c).connection("a", "z")[0].to == "b"
    again = by_c.but(id="c2", text=by_c.text.replace("c1", "c2"))
    (first, *_) = graph(by_b, by_c, again).connection("a", "z")
    assert (first.to, first.score, first.documents, first.sources) == ("c", 0.91, 2, 2)


def test_only_what_is_told_as_done_connects_unless_more_is_asked_for() -> None:
    made = graph(
        document(
            Told("a", "b", status="planned"),
            Told("a", "O", "holdsPosition"),
            Told("b", "O", "holdsPosition"),
        )
    )
    none = made.connection("a", "b")
    assert len(none) == 0
    assert none.about.startswith("No path connects a and b, by facts stated as actual, without")
    assert steps(made.connection("a", "b", status=("actual", "planned"))) == [
        (1, "a", "met with", "b", "b")
    ]
    assert [row.to for row in made.connection("a", "b", relations="all")] == ["O", "b"]
    assert len(made.connection("a", "b", relations="all", via="Person")) == 0


def test_an_event_connects_those_who_were_there() -> None:
    made = graph(document(Told("a", "E", "attended"), Told("b", "E", "hosted")))
    assert steps(made.connection("a", "b")) == [
        (1, "a", "attended", "E", "E"),
        (1, "b", "hosted", "E", "b"),
    ]
    assert len(made.connection("a", "b", via="Person")) == 0


def test_wrong_ends_are_answered_with_a_sentence() -> None:
    made = graph(document(("Anna", "Boris")))
    with pytest.raises(UnknownName, match="There is no entity called 'Ana'; did you mean 'Anna'"):
        made.connection("Ana", "Boris")
    with pytest.raises(WrongValue, match="Anna and anna are one; name two"):
        made.connection("Anna", "anna")
    with pytest.raises(WrongValue, match="0 is no number of paths"):
        made.connection("Anna", "Boris", paths=0)


@given(DOCUMENTS, st.sampled_from("abc"), st.sampled_from("efg"))
def test_a_path_is_a_path_and_every_step_has_words_of_its_document(
    made: list[Document], one: str, other: str
) -> None:
    texts = {entry.id: entry.text for entry in made}
    if not all(
        any(entity.name == end for d in made for entity in d.entities) for end in one + other
    ):
        return
    with _memory(made) as told:
        found = told.connection(one, other, paths=4)
        turned = told.connection(other, one, paths=4)
    assert found.figures == turned.figures
    lengths = []
    for number in {row.path for row in found}:
        at, seen = one, [one]
        rows = [row for row in found if row.path == number]
        for row in rows:
            assert at in (row.subject, row.object)
            at = row.object if at == row.subject else row.subject
            assert (row.to, row.step) == (at, len(seen))
            assert row.evidence in texts[row.document]
            assert {row.subject, row.object} <= set(row.evidence.split())
            seen.append(at)
        assert at == other
        assert len(set(seen)) == len(seen)
        lengths.append(len(rows))
    assert lengths == sorted(lengths)


class _memory:  # noqa: N801  # a graph of documents, without their names being settled
    def __init__(self, documents: list[Document]) -> None:
        self._documents = documents

    def __enter__(self) -> KnowledgeGraph:
        self.graph = KnowledgeGraph()
        self.graph._shelf.shown = lambda iris=None: self._documents  # type: ignore[method-assign,assignment]
        return self.graph

    def __exit__(self, *_: object) -> None:
        self.graph.close()


# --- change


@pytest.fixture
def spring() -> Iterator[KnowledgeGraph]:
    """What was told of February and of March."""
    february, march = "2025-02-10", "2025-03-10"
    made = graph(
        document(
            Told("a", "b", date=february),
            Told("b", "a", "criticized", february),
            Told("c", "a", "criticized", february),
            Told("c", "d", date=february),
            Told("e", "f", date=february),
        ),
        document(
            Told("a", "b", date=march),
            Told("c", "d", date=march),
            Told("c", "d", "criticized", march),
            Told("e", "f", date=march),
            Told("f", "g", date=march),
            id="m",
        ),
    )
    yield made
    made.close()


def test_ties_are_new_stronger_weaker_or_no_longer_told(spring: KnowledgeGraph) -> None:
    found = spring.change("2025-02", "2025-03")
    rows = [(row.change, row.one, row.relation, row.other, row.before, row.after) for row in found]
    assert rows == [
        ("new", "f", "met with", "g", 0, 1),
        ("stronger", "c", "criticized", "d", 1, 2),
        ("weaker", "a", "met with", "b", 2, 1),
        ("no longer told", "c", "criticized", "a", 1, 0),
    ]
    assert [row.document for row in found] == ["m", "m", "m", "d"]
    assert found.figures == {"new": 1, "stronger": 1, "weaker": 1, "no longer told": 1}
    caveat = " A tie no longer told need not have ended."
    assert found.about.endswith(caveat)
    assert found.marks.caption == f"What changed between 2025-02 and 2025-03.{caveat}"
    assert [lit.label for lit in found.marks.paths] == [
        "new ties", "stronger ties", "weaker ties", "ties no longer told",
    ]  # fmt: skip
    assert (
        "between 2025-02 and 2025-03: 1 new, 1 stronger, 1 weaker, 1 no longer told;" in found.about
    )
    span = ("2025-02-01", "2025-02-28"), ("2025-03-01", None)
    assert spring.change(*span) == found


def test_turned_round_new_is_no_longer_told(spring: KnowledgeGraph) -> None:
    back = spring.change("2025-03", "2025-02")
    assert back.figures == {"new": 1, "stronger": 1, "weaker": 1, "no longer told": 1}
    assert [(row.change, row.one, row.other) for row in back if row.change == "new"] == [
        ("new", "c", "a")
    ]


@given(DOCUMENTS)
def test_nothing_changes_between_a_time_and_itself(made: list[Document]) -> None:
    with _memory(made) as told:
        for time in ("2025-02-17", (None, None), ("2025-02", "2025-03")):
            assert len(told.change(time, time)) == 0


def test_a_time_that_is_none_is_refused(spring: KnowledgeGraph) -> None:
    with pytest.raises(WrongValue, match="before: 5 is no stretch of time; give a month, or"):
        spring.change(5, "2025-03")  # type: ignore[arg-type]
    with pytest.raises(WrongValue, match="after: 'soon' is no day"):
        spring.change("2025-02", "soon")
    with pytest.raises(WrongValue, match="before: 2025-02 is before 2025-03; give the earlier"):
        spring.change(("2025-03", "2025-02"), "2025-04")


# --- tables


def test_a_table_tells_what_it_is_in_a_terminal_a_notebook_and_pandas(
    spring: KnowledgeGraph,
) -> None:
    found = spring.central("betweenness", since="2025-02", types="Person")
    assert repr(found).splitlines()[-1].startswith("7 rows. Betweenness: the share of shortest")
    assert "of 2025-02 – the end." in repr(found)
    assert found._repr_html_().count("<tr>") == 8
    assert "doi:10.2307/3033543" in found._repr_html_()
    frame = found.to_dataframe()
    assert list(frame.columns)[:3] == ["name", "type", "value"]
    assert frame.attrs["figures"] == {"entities": 7, "ties": 5}
    lines = found.to_csv().splitlines()
    assert lines[0].startswith("name,type,value,ties,weight,documents,evidence,document,iri")
    assert len(lines) == 8
    assert found[:2].about == found.about


def test_its_page_has_its_marks(spring: KnowledgeGraph) -> None:
    found = spring.communities()
    html = found.page()
    assert html == spring.page(marks=found) == spring.page(marks=found.marks)
    data = html.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
    marks = json.loads(data)["facts"]["marks"]
    assert marks["caption"].startswith("Communities")
    assert [group["label"][:2] for group in marks["groups"]] == ["1:", "2:", "3:"]
    assert (
        "marks"
        not in json.loads(
            spring.page()
            .partition('<script type="application/json" id="data">')[2]
            .partition("</script>")[0]
        )["facts"]
    )


def test_an_empty_graph_has_empty_tables_and_a_page() -> None:
    with kg.open("memory:") as nothing:
        tables = [
            *(nothing.central(by) for by in MEASURES),
            nothing.communities(),
            nothing.brokers(),
            nothing.together(),
            nothing.change("2025-02", "2025-03"),
        ]
        for table in tables:
            assert list(table) == []
            assert table.about in repr(table)
            assert table.page().startswith("<!doctype html>")


def test_who_was_at_the_talks_of_the_sample_article_together(gold_seed: Document) -> None:
    with graph(gold_seed) as seed:
        there = seed.together(types="Country")
    (row,) = [one for one in there if {one.one, one.other} == {"Germany", "Poland"}]
    assert row.evidence.startswith("Leaders from Germany, the United Kingdom, Italy, Poland")
