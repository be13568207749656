"""Facts, days, offices and disputes over several documents, each answer worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.errors import SourceError
from kg.model import Document
from kg.rdf import write
from kg.relations import shipped
from kg.source import Source
from kg.store import EmbeddedStore
from kg.store.named import named_queries, named_query
from kg.view.narrow import checked
from kg.vocab import document_iri
from tests.build import doc

# rdflib 7.6 warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings(r"ignore:(Dataset\.|ConjunctiveGraph).*:DeprecationWarning")

CODES = {"Canada": "CAN", "Germany": "DEU", "Russia": "RUS", "France": "FRA"}
SUMMIT = "https://w3id.org/news-kg/id/event/summit"
KINDS = {
    "people": ["Carney", "Merz", "Putin", "Scholz", "Trudeau", "Trump", "Vance"],
    "countries": ["Canada", "Germany", "Russia"],
    "places": ["Lyon", "Nice"],
    "events": ["summit"],
}


def article(text: str, day: str, *relations: str, **told: Any) -> Document:
    """Return a document; ``told`` holds date, title or former of its first relation, and more."""
    found = {kind: [n for n in names if n in text] for kind, names in KINDS.items()}
    story, source = told.pop("story", None), told.pop("source", None)
    made = doc(text, id=text, date=day, relations=relations, **found)  # type: ignore[arg-type]
    entities = tuple(
        replace(e, iso3=CODES.get(e.name), iri=SUMMIT if e.type == "Event" else None)
        for e in made.entities
    )
    first, *rest = made.relations
    made = made.but(entities=entities, relations=(replace(first, **told), *rest))
    return made.but(story=story, source=source)


def held(text: str, day: str, who: str, of: str, title: str, **told: Any) -> Document:
    status = told.pop("status", "actual")
    return article(text, day, f"holdsPosition: {who} > {of} ({status})", title=title, **told)


CALL = article(
    "Trump spoke with Putin.", "2025-02-12", "spokeWith: Trump > Putin",
    date="2025-02-12", source=Source(publisher="The Wire", url="https://example.org/1"),
)  # fmt: skip
AGAIN = article(
    "Trump spoke with Putin!", "2025-02-13", "spokeWith: Trump > Putin",
    date="2025-02-12", story=document_iri(CALL),
)  # fmt: skip
ELSEWHERE = article(
    "On Wednesday Putin spoke with Trump.", "2025-02-14", "spokeWith: Putin > Trump",
    date="2025-02-12",
)  # fmt: skip
DENIED = article(
    "Putin never spoke with Trump.", "2025-02-15", "spokeWith: Putin > Trump (negated)"
)
LATER = article("Putin spoke not with Trump.", "2025-03-15", "spokeWith: Putin > Trump (negated)")
OTHER_DAY = article(
    "On Thursday Trump spoke with Putin.", "2025-02-14", "spokeWith: Trump > Putin",
    date="2025-02-13",
)  # fmt: skip
BOTH_DAYS = article(
    "Trump spoke with Putin twice.", "2025-02-16", "spokeWith: Trump > Putin",
    "spokeWith: Trump > Putin", date="2025-02-12",
)  # fmt: skip
BOTH_DAYS = BOTH_DAYS.but(
    relations=(BOTH_DAYS.relations[0], replace(BOTH_DAYS.relations[1], date="2025-02-13"))
)
VISIT = article(
    "Vance will visit Germany.", "2025-02-10", "visited: Vance > Germany (planned)",
    date="2025-02-14",
)  # fmt: skip
NO_VISIT = article(
    "Vance will not visit Germany.", "2025-02-13", "visited: Vance > Germany (negated)",
    date="2025-02-14",
)  # fmt: skip
IN_LYON = article("The summit was in Lyon.", "2025-02-11", "heldIn: summit > Lyon")
IN_NICE = article("The summit took place in Nice.", "2025-02-11", "heldIn: summit > Nice")
TRUDEAU = held(
    "Trudeau is prime minister of Canada.", "2025-03-12", "Trudeau", "Canada", "Prime Minister"
)
FORMER = held(
    "Trudeau once led Canada.", "2025-03-16", "Trudeau", "Canada", "prime minister", former=True
)
DESIGNATE = held(
    "Carney will lead Canada.", "2025-03-10", "Carney", "Canada", "prime minister",
    status="planned",
)  # fmt: skip
CARNEY = held("Carney is premier of Canada.", "2025-03-14", "Carney", "Canada", "Premier")
SCHOLZ = held("Scholz is chancellor of Germany.", "2025-02-20", "Scholz", "Germany", "Chancellor")
MERZ = held("Merz rules Germany.", "2025-02-20", "Merz", "Germany", "chancellor")

Ask = Callable[..., list[dict[str, Any]]]


def graph(*documents: Document) -> EmbeddedStore:
    store = EmbeddedStore()
    for document in documents:
        store.add(document_iri(document), write.graph(document))
    return store


parsed = cache(prepareQuery)  # a long query takes rdflib seconds to parse


def asked(name: str, *documents: Document, **values: str) -> list[dict[str, Any]]:
    """Return the rows, which are the same in rdflib."""
    store, sparql = graph(*documents), named_query(name, **values)
    rows = [dict(row) for row in store.query(sparql)]
    dataset = rdflib.Dataset()
    dataset.parse(data=store.dump().decode(), format="nquads")
    answer = dataset.query(parsed(sparql))
    found = [tuple("" if x is None else str(x) for x in row) for row in answer]
    ours = [tuple("" if x is None else str(x) for x in row.values()) for row in rows]
    assert ours == found
    return rows


def some(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_a_retold_story_is_another_document_but_no_other_source() -> None:
    rows = asked("facts", CALL, AGAIN, ELSEWHERE)
    assert some(rows, "one", "relation", "other", "day", "documents", "sources") == [
        ("Putin", "spokeWith", "Trump", "2025-02-12", 3, 2)
    ]
    assert some(rows, "firstreported", "lastreported", "sentence", "document") == [
        ("2025-02-12", "2025-02-14", "Trump spoke with Putin.", document_iri(CALL))
    ]


def test_facts_differ_by_status_day_title_and_tense() -> None:
    rows = asked("facts", CALL, DENIED, OTHER_DAY, TRUDEAU, FORMER)
    assert sorted(some(rows, "relation", "status", "former", "day", "title")) == [
        ("holdsPosition", "actual", "", "", "Prime Minister"),
        ("holdsPosition", "actual", "former", "", "prime minister"),
        ("spokeWith", "actual", "", "2025-02-12", ""),
        ("spokeWith", "actual", "", "2025-02-13", ""),
        ("spokeWith", "negated", "", "", ""),
    ]
    only = asked("facts", CALL, DENIED, TRUDEAU, since="2025-02-13", until="2025-02-28")
    assert some(only, "status") == [("negated",)]
    assert some(asked("facts", CALL, TRUDEAU, relation="spokeWith"), "one") == [("Putin",)]
    assert some(asked("facts", CALL, TRUDEAU, who="trud"), "one") == [("Trudeau",)]


def test_a_timeline_has_each_fact_once_on_its_day() -> None:
    documents = (CALL, AGAIN, ELSEWHERE, OTHER_DAY, VISIT, DENIED, TRUDEAU)
    columns = ("day", "one", "relation", "other", "status", "documents", "sources")
    call = ("2025-02-12", "Putin", "spokeWith", "Trump", "actual", 3, 2)
    next_day = ("2025-02-13", "Putin", "spokeWith", "Trump", "actual", 1, 1)
    visit = ("2025-02-14", "Vance", "visited", "Germany", "planned", 1, 1)
    assert some(asked("timeline", *documents), *columns) == [call, next_day, visit]
    assert some(asked("timeline", *documents, who="Vance"), *columns) == [visit]
    pair = asked("timeline", *documents, who="Trump", other="Putin")
    assert some(pair, *columns) == [call, next_day]
    assert asked("timeline", *documents, who="Trump", other="Vance") == []
    part = asked("timeline", *documents, since="2025-02-13", until="2025-02-13")
    assert some(part, *columns) == [next_day]


def test_what_has_no_day_of_its_own_happened_when_its_story_was_first_told() -> None:
    first = article("Trump visited Germany.", "2025-02-12", "visited: Trump > Germany")
    again = article(
        "Trump visited Germany!", "2025-02-14", "visited: Trump > Germany",
        story=document_iri(first),
    )  # fmt: skip
    rows = asked("timeline", first, again)
    assert some(rows, "day", "documents", "sources") == [("2025-02-12", 2, 1)]


def test_the_days_of_two_countries_go_both_ways_where_the_relation_does() -> None:
    canada = held("Trump is boss of Canada.", "2025-02-01", "Trump", "Canada", "boss")
    russia = held("Putin is boss of Russia.", "2025-02-01", "Putin", "Russia", "boss")
    documents = (canada, russia, CALL, AGAIN, VISIT)
    columns = ("day", "source", "target", "one", "relation", "other", "documents", "sources")
    forth = ("2025-02-12", "CAN", "RUS", "Trump", "spokeWith", "Putin", 2, 1)
    back = ("2025-02-12", "RUS", "CAN", "Putin", "spokeWith", "Trump", 2, 1)
    assert some(asked("timeline-of-dyad", *documents), *columns) == [forth, back]
    rows = asked("timeline-of-dyad", *documents, source="RUS", target="CAN")
    assert some(rows, *columns) == [back]
    assert asked("timeline-of-dyad", *documents, until="2025-02-11") == []


DISPUTE = ("kind", "one", "relation", "other", "says", "othersays")


def test_a_denial_disputes_what_others_assert_of_that_time() -> None:
    (row,) = asked("contested", CALL, AGAIN, ELSEWHERE, DENIED)
    (dispute,) = some([row], *DISPUTE)
    assert dispute == (
        "asserted and denied", "Putin", "spokeWith", "Trump", "actual", "negated",
    )  # fmt: skip
    assert (row["documents"], row["sources"]) == (3, 2)
    assert (row["otherdocuments"], row["othersources"]) == (1, 1)
    assert (row["sentence"], row["document"]) == ("Trump spoke with Putin.", document_iri(CALL))
    assert row["source"] == "The Wire https://example.org/1"
    assert row["othersentence"] == "Putin never spoke with Trump."
    assert asked("contested", CALL, LATER) == []  # a month later it may be about another call
    dated = DENIED.but(relations=(replace(DENIED.relations[0], date="2025-02-14"),))
    assert asked("contested", CALL, dated) == []  # about another day


def test_a_week_is_counted_over_the_end_of_a_month() -> None:
    def days(said: str, denied: str) -> int:
        one = CALL.but(date=said, relations=(replace(CALL.relations[0], date=None),))
        return len(asked("contested", one, DENIED.but(date=denied)))

    assert days("2025-02-25", "2025-03-04") == 1
    assert days("2025-02-25", "2025-03-05") == 0
    assert days("2024-02-25", "2024-03-03") == 1
    assert days("2024-02-25", "2024-03-04") == 0
    assert days("2025-01-05", "2024-12-29") == 1
    assert days("2025-01-06", "2024-12-29") == 0


def test_a_plan_that_was_given_up_is_a_dispute_of_its_own_kind() -> None:
    rows = asked("contested", VISIT, NO_VISIT)
    assert some(rows, *DISPUTE) == [
        ("planned and denied", "Vance", "visited", "Germany", "planned", "negated")
    ]


def test_two_days_of_one_call_are_disputed_unless_one_text_tells_of_both() -> None:
    # What came out before the later day was over tells of a call of its own: no dispute.
    assert asked("contested", CALL, ELSEWHERE, OTHER_DAY) == []
    assert asked("contested", CALL.but(date="2025-02-13"), OTHER_DAY) == []
    assert asked("contested", CALL.but(date=None), OTHER_DAY) == []
    told = CALL.but(date="2025-02-15")
    rows = asked("contested", told, ELSEWHERE, OTHER_DAY)
    assert some(rows, *DISPUTE, "documents", "otherdocuments") == [
        ("different days", "Putin", "spokeWith", "Trump", "2025-02-12", "2025-02-13", 2, 1)
    ]
    assert asked("contested", told, OTHER_DAY, BOTH_DAYS) == []
    much_later = OTHER_DAY.but(relations=(replace(OTHER_DAY.relations[0], date="2025-02-16"),))
    much_later = much_later.but(date="2025-02-17")
    assert asked("contested", CALL.but(date="2025-02-17"), much_later) == []


def test_two_places_of_one_event_are_disputed_unless_one_lies_in_the_other() -> None:
    rows = asked("contested", IN_LYON, IN_NICE)
    assert some(rows, *DISPUTE) == [("different places", "summit", "heldIn", "", "Lyon", "Nice")]
    inside = article("Lyon is in Nice.", "2025-02-11", "locatedIn: Lyon > Nice")
    assert asked("contested", IN_LYON, IN_NICE, inside) == []
    known = inside.but(relations=(replace(inside.relations[0], basis="background"),))
    assert asked("contested", IN_LYON, IN_NICE, known) == []


def met(text: str, place: str, **known: str) -> Document:
    """Trump and Putin met in a town on 11 February; ``known`` are Wikidata ids of towns."""
    told = article(text, "2025-02-12", "metWith: Trump > Putin", date="2025-02-11")
    ids = {entity.name: entity.id for entity in told.entities}
    return told.but(
        relations=tuple(replace(relation, place=ids[place]) for relation in told.relations),
        entities=tuple(
            replace(entity, wikidata=known.get(entity.name) or entity.wikidata)
            for entity in told.entities
        ),
    )


def test_two_towns_of_one_meeting_on_one_day_are_disputed() -> None:
    towns = {"Lyon": "Q456", "Nice": "Q33959"}
    one = met("Trump met Putin in Lyon.", "Lyon", **towns)
    other = met("Trump met Putin in Nice.", "Nice", **towns)
    assert some(asked("contested", one, other), *DISPUTE) == [
        ("different places", "Putin", "metWith", "Trump", "Nice", "Lyon")
    ]
    # A name that is in no table may be a palace in that very town; another day is another meeting.
    assert asked("contested", one, met("Trump met Putin in Nice.", "Nice", Lyon="Q456")) == []
    day_after = other.but(relations=(replace(other.relations[0], date="2025-02-12"),))
    assert asked("contested", one, day_after) == []


def test_an_office_of_one_has_not_two_holders_on_one_day() -> None:
    rows = asked("contested", SCHOLZ, MERZ, TRUDEAU, CARNEY)
    assert some(rows, *DISPUTE) == [
        ("different holders", "chancellor", "holdsPosition", "Germany", "Merz", "Scholz")
    ]
    assert asked("contested", SCHOLZ, MERZ, who="Carney") == []
    envoys = [
        held(f"{who} is envoy of Germany.", "2025-02-20", who, "Germany", "envoy")
        for who in ("Merz", "Scholz")
    ]
    assert asked("contested", *envoys) == []


OFFICE = ("person", "office", "of", "known")
CANADA = (DESIGNATE, TRUDEAU, CARNEY, FORMER, SCHOLZ)


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        ("2025-03-11", []),
        ("2025-03-12", [("Trudeau", "prime minister", "Canada", "said on 2025-03-12")]),
        ("2025-03-13", [("Trudeau", "prime minister", "Canada", "said on 2025-03-12")]),
        ("2025-03-14", [("Carney", "prime minister", "Canada", "said on 2025-03-14")]),
        ("2026-01-01", [("Carney", "prime minister", "Canada", "said on 2025-03-14")]),
    ],
)
def test_who_holds_an_office_is_the_last_word_up_to_a_day(day: str, holder: list[Any]) -> None:
    assert some(asked("who-held-office", *CANADA, asof=day, country="CAN"), *OFFICE) == holder


def test_a_former_holder_holds_it_no_longer() -> None:
    assert asked("who-held-office", TRUDEAU, FORMER) == []
    before = asked("who-held-office", TRUDEAU, FORMER, asof="2025-03-15")
    assert some(before, "person") == [("Trudeau",)]


def test_where_the_texts_do_not_decide_the_answer_says_so() -> None:
    rows = asked("who-held-office", SCHOLZ, MERZ)
    assert some(rows, "person", "known") == [
        ("Merz", "undecided: said of several on 2025-02-20"),
        ("Scholz", "undecided: said of several on 2025-02-20"),
    ]
    same_day = FORMER.but(date="2025-03-12")
    (row,) = asked("who-held-office", TRUDEAU, same_day)
    assert row["known"] == "undecided: said and denied on 2025-03-12"


def test_many_hold_an_office_of_many() -> None:
    envoys = [
        held(f"{who} is envoy of Germany.", f"2025-02-{day}", who, "Germany", "envoy")
        for who, day in (("Merz", 20), ("Scholz", 21))
    ]
    assert some(asked("who-held-office", *envoys, who="Merz"), "person", "last") == [
        ("Merz", "2025-02-20")
    ]
    assert len(asked("who-held-office", *envoys)) == 2


@pytest.mark.parametrize(
    "value", ["2025", "2025-02", "2025-02-30", "yesterday", "2025-2-1", "2025021712"]
)
def test_what_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(SourceError, match="is no day; write it like 2025-02-17"):
        named_query("timeline", since=value)


@pytest.mark.parametrize("value", ["2025-99-99", "2025-13", "2025-02-30", "0000", "2025-", "25"])
def test_what_is_no_day_month_or_year_is_refused(value: str) -> None:
    with pytest.raises(SourceError, match=r"until: .* is no day; .* 2025-02-17 or 2025-02$"):
        checked(None, value)


def test_a_time_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(SourceError, match="until: 2025-03-01 is before since, 2025-03-10"):
        named_query("timeline", since="2025-03-10", until="2025-03-01")
    with pytest.raises(SourceError, match="until: 2025-02 is before since, 2025-03-10"):
        checked("2025-03-10", "2025-02")
    named_query("timeline", since="2025-03-10", until="2025-03-10")
    for since, until in (("2025-03-10", "2025-03"), ("2025-03", "2025-03-10"), ("2025", None)):
        checked(since, until)


@pytest.mark.parametrize(
    ("query", "parameter", "value", "remedy"),
    [
        ("timeline-of-dyad", "source", "XXX", "write its ISO code, like USA or RUS"),
        ("timeline-of-dyad", "target", "rus", "Russia is RUS"),
        ("country-dyads", "country", "Germany", "Germany is DEU"),
        ("who-held-office", "country", "CA", "Canada is CAN"),
    ],
)
def test_what_is_the_code_of_no_state_is_refused(
    query: str, parameter: str, value: str, remedy: str
) -> None:
    problem = f"{parameter}: there is no state with the code '{value}'; {remedy}"
    with pytest.raises(SourceError, match=f"^{problem}$"):
        named_query(query, **{parameter: value})


def test_queries_know_which_relations_go_both_ways() -> None:
    known = {name for name, entry in shipped().items() if entry.symmetric}
    for name in ("timeline", "facts", "timeline-of-dyad", "contested"):
        text = named_queries()[name].text
        for relation in known:
            assert f"kg:{relation}" in text, (name, relation)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("time") / "news.kg"
    documents = (CALL, AGAIN, OTHER_DAY, VISIT, DESIGNATE, TRUDEAU, CARNEY)
    ids = {"Carney": "Q1", "Putin": "Q7747", "Trudeau": "Q2", "Trump": "Q22686", "Vance": "Q3"}
    named = [
        entry.but(
            id=f"d{number}",
            entities=tuple(replace(e, wikidata=ids.get(e.name)) for e in entry.entities),
        )
        for number, entry in enumerate(documents)
    ]
    kg.build(*named, out=where).close()
    return where


def test_tables_of_facts_days_and_offices(folder: Path) -> None:
    with kg.open(folder) as graph:
        facts = graph.facts(relation="spokeWith")
        assert [row[:3] for row in facts] == [("Trump", "spokeWith", "Putin")] * 2
        assert facts.column("documents") == [2, 1]
        assert facts.column("document") == ["d0", "d2"]
        assert graph.timeline(who="Vance").column("day") == ["2025-02-14"]
        assert graph.timeline(source="CAN").columns[1:3] == ("source", "target")
        assert graph.offices("2025-03-13").column("person") == ["Trudeau"]
        assert graph.offices(country="CAN").column("person") == ["Carney"]
        assert graph.relations(since="2025-02-13", until="2025-02").column("date") == [
            "2025-02-13",
            "2025-02-14",
        ]
        with pytest.raises(SourceError, match="since: 'Monday' is no day"):
            graph.relations(since="Monday")


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_days_are_given_to_the_commands(folder: Path, tmp_path: Path) -> None:
    out = run("query", folder, "-n", "timeline", "--since", "2025-02-13", "--as", "csv")
    assert [line[:10] for line in out.stdout.splitlines()[1:]] == ["2025-02-13", "2025-02-14"]
    out = run("query", folder, "-n", "who-held-office", "--as-of", "2025-03-13", "--as", "csv")
    assert out.stdout.splitlines()[1].startswith("Trudeau,prime minister,Canada,said on")
    out = run("export", folder, "-o", tmp_path / "g.csv", "--since", "2025-02-14")
    assert out.exit_code == 0
    edges = (tmp_path / "g.edges.csv").read_text(encoding="utf-8").splitlines()
    assert len(edges) == 1 + 4


def test_days_are_refused_where_they_have_no_use(folder: Path, tmp_path: Path) -> None:
    for arguments in (
        ["query", folder, "-n", "planned", "--since", "2025-02-13"],
        ["query", folder, "-n", "timeline", "--as-of", "2025-02-13"],
        ["query", folder, "SELECT * { ?a ?b ?c }", "--until", "2025-02-13"],
    ):
        assert run(*arguments).exit_code == 2
    wrong = run("query", folder, "-n", "timeline", "--since", "Monday")
    assert (wrong.exit_code, "'Monday' is no day" in wrong.output) == (2, True)
    whole = run("export", folder, "-o", tmp_path / "g.trig", "--until", "2025-02-13")
    assert (whole.exit_code, "holds whole documents" in whole.output) == (1, True)
