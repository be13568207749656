"""The sample articles as one graph: who is who in its texts, and what they say together.

The answers were worked out by reading the articles in ``seeds/``; what only counts texts is
counted here with regular expressions.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.graph import KnowledgeGraph
from kg.view.support import story, support
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}
PARIS = "2025-02-17_paris"
PARIS_AGAIN = "2025-02-17_paris_rerun"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of all sample articles, on disk and closed."""
    where = tmp_path_factory.mktemp("corpus") / "news.kg"
    with kg.build(SEEDS, out=where) as graph:
        assert graph.report.failures == ()
    return where


@pytest.fixture(scope="session")
def corpus(folder: Path) -> Iterator[KnowledgeGraph]:
    with kg.open(folder) as graph:
        yield graph


def test_every_article_is_in_the_graph(corpus: KnowledgeGraph) -> None:
    assert {document.id: document.text for document in corpus.documents()} == TEXTS
    assert len(TEXTS) == 21


# ------------------------------------------------------------ who is who


@pytest.mark.parametrize(
    "spelt",
    [
        "Zelensk(?:y|yy|iy)",  # three spellings, with and without the first name
        "Macron",
        "Trump",
        "Putin",
        "Starmer|Sir Keir",
        "Scholz",
        "Serge[iy] Lavrov|Lavrov",
        "S[aá]nchez",
        "Costa",
        "Szijj[aá]rt[oó]",
        "Erdo[gğ]an",
        "Vance",  # JD, J.D.
        "Witkoff",
        "Kellogg",
        "Umerov",
    ],
)
def test_one_person_for_all_spellings(corpus: KnowledgeGraph, spelt: str) -> None:
    word = re.compile(rf"\b(?:{spelt})\b")
    named = {stem for stem, text in TEXTS.items() if word.search(text)}
    found = {
        entity.iri: {
            document.id
            for document in corpus.documents()
            if any(other.iri == entity.iri for other in document.entities)
        }
        for document in corpus.documents()
        for entity in document.entities
        if entity.type == "Person"
        and any(word.search(mention.span.of(document.text)) for mention in entity.mentions)
    }
    assert list(found.values()) == [named]
    (row,) = [row for row in corpus.entities if row.iri in found]
    assert word.search(row.name)


def test_the_union_and_its_bodies_are_four(corpus: KnowledgeGraph) -> None:
    wanted = {
        "European Union": "Q458",
        "European Commission": "Q8880",
        "European Council": "Q8886",
        "NATO": "Q7184",
    }
    rows = [row for row in corpus.entities if row.name in wanted]
    assert {row.name: row.wikidata for row in rows} == wanted
    assert len(rows) == len(wanted)


def test_each_country_is_one(corpus: KnowledgeGraph) -> None:
    codes = [row.iso3 for row in corpus.entities if row.type == "Country"]
    assert len(codes) == len(set(codes))
    assert {"UKR", "RUS", "USA", "FRA", "GBR", "DEU", "SAU", "CAN"} <= set(codes)


def test_seven_foreign_ministers_are_seven(corpus: KnowledgeGraph) -> None:
    found = corpus.query(
        """
        SELECT DISTINCT ?name ?state WHERE {
          GRAPH ?document {
            ?fact a kg:Position ; kg:subject ?who ; kg:object ?body ; kg:title ?title
          }
          ?who rdfs:label ?name . ?body kg:iso3 ?state
          FILTER(LCASE(STR(?title)) IN ("foreign minister", "foreign secretary"))
        }
        """
    )
    assert {(str(row["name"]), str(row["state"])) for row in found} == {
        ("Sergey Lavrov", "RUS"),
        ("Péter Szijjártó", "HUN"),
        ("Faisal bin Farhan", "SAU"),
        ("Hakan Fidan", "TUR"),
        ("Andrii Sybiha", "UKR"),
        ("David Lammy", "GBR"),
        ("Mélanie Joly", "CAN"),
    }


# ------------------------------------------------------------ what they say together


def test_nobody_is_told_to_do_what_is_only_planned_or_denied(corpus: KnowledgeGraph) -> None:
    told = {
        (row.subject, row.relation, row.object)
        for row in corpus.relations(status="actual")
        if row.document != "000_ccfa4a51f35b90bf"
    }
    for subject, relation, object_ in [
        ("Viktor Orbán", "attended", "summit"),  # London: "was not among the guests"
        ("Emmanuel Macron", "visited", "Washington"),  # "is expected to visit Washington"
        (
            "Steve Witkoff",
            "metWith",
            "Vladimir Putin",
        ),  # 11 March: "could meet"; 14 March: received
        ("Kaja Kallas", "metWith", "Marco Rubio"),
        ("Volodymyr Zelenskyy", "visited", "Saudi Arabia"),  # "postponed a visit"
        ("American officials", "metWith", "Russian officials"),  # not in Munich
    ]:
        assert (subject, relation, object_) not in told


@pytest.mark.parametrize(
    ("subject", "relation", "object_", "documents"),
    [
        # 12 February, and the article of the day after tells of it again
        (
            "Donald Trump",
            "spokeWith",
            "Vladimir Putin",
            {"2025-02-12_calls", "2025-02-13_brussels"},
        ),
        ("JD Vance", "metWith", "Volodymyr Zelenskyy", {"2025-02-15_munich"}),
        ("Emmanuel Macron", "metWith", "Olaf Scholz", {"2025-02-19_paris", "2025-03-18_call"}),
        ("European Union", "sanctioned", "Russia", {"2025-02-24_washington"}),
        ("Charles III", "invited", "Donald Trump", {"2025-02-27_washington"}),
        (
            "Marco Rubio",
            "metWith",
            "Sergey Lavrov",
            {"2025-02-18_riyadh", "2025-02-18_riyadh_rerun"},
        ),
    ],
)
def test_a_fact_and_who_tells_it(
    corpus: KnowledgeGraph, subject: str, relation: str, object_: str, documents: set[str]
) -> None:
    rows = [
        *corpus.relations(relation, subject=subject, object=object_, status="actual"),
        *corpus.relations(relation, subject=object_, object=subject, status="actual"),
    ]
    told = {row.document for row in rows}
    assert documents <= told
    assert all(row.evidence in TEXTS[row.document] for row in rows)


# ------------------------------------------------------------ taking one away


def test_a_removed_article_takes_away_what_nobody_else_says(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "news.kg"
    shutil.copytree(folder, copy)
    with kg.open(copy) as graph:
        before = {row.name for row in graph.entities}
        graph.remove("2025-02-15_munich")
        after = {row.name for row in graph.entities}
        facts = {(row.subject, row.relation, row.object) for row in graph.relations()}
    # Who stands in no other article; Pistorius, Kallas and Munich itself do.
    gone = {"Alice Weidel", "Alternative for Germany", "Dmytro Lytvyn"}
    others = " ".join(text for stem, text in TEXTS.items() if stem != "2025-02-15_munich")
    assert gone <= before
    assert not gone & after
    assert {"Boris Pistorius", "Olaf Scholz", "Munich", "Donald Trump"} <= after
    assert not any(name in others for name in gone)
    assert not any({"Alice Weidel", "Dmytro Lytvyn"} & set(fact) for fact in facts)
    assert ("Donald Trump", "spokeWith", "Vladimir Putin") in facts


# ------------------------------------------------------------ one story in two papers


def test_a_report_that_is_printed_twice_is_one_source(corpus: KnowledgeGraph) -> None:
    told: dict[str, set[str]] = {}
    for document in corpus.documents():
        told.setdefault(story(document), set()).add(document.id)
    copies = {frozenset(documents) for documents in told.values() if len(documents) > 1}
    assert copies == {
        frozenset({PARIS, PARIS_AGAIN}),
        frozenset({"2025-02-18_riyadh", "2025-02-18_riyadh_rerun"}),
    }


# ------------------------------------------------------------ one event in many reports

PARIS_GUESTS = {
    "Olaf Scholz", "Keir Starmer", "Giorgia Meloni", "Donald Tusk", "Pedro Sánchez", "Dick Schoof",
    "Emmanuel Macron", "Mette Frederiksen", "António Costa", "Ursula von der Leyen", "Mark Rutte",
}  # fmt: skip


def hosted_by_macron(corpus: KnowledgeGraph) -> dict[str, set[str]]:
    """Return the documents that speak of each occasion that Macron hosted, by its IRI."""
    rows = corpus.query(
        """
        SELECT DISTINCT ?event ?id WHERE {
          ?macron rdfs:label "Emmanuel Macron" ; kg:hosted ?event .
          GRAPH ?document { ?document kg:documentId ?id . ?event a kg:Event }
        }
        """
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row["event"]), set()).add(str(row["id"]))
    return found


def test_the_paris_meeting_is_one_event_of_five_reports(corpus: KnowledgeGraph) -> None:
    # The user's article, ours, its copy (no source of its own), the ones from Warsaw and of the
    # next meeting, which looks back on it.
    (reports,) = hosted_by_macron(corpus).values()
    assert reports == {
        "000_ccfa4a51f35b90bf",
        PARIS,
        PARIS_AGAIN,
        "2025-02-18_warsaw",
        "2025-02-19_paris",
    }
    told = support(document for document in corpus.documents() if document.id in reports)
    assert (told.documents, told.sources) == (5, 4)


def test_who_was_in_paris_by_all_reports_together(corpus: KnowledgeGraph) -> None:
    (event,) = hosted_by_macron(corpus)
    rows = corpus.query(
        f"SELECT ?name WHERE {{ ?who a kg:Person ; kg:attended <{event}> ; rdfs:label ?name }}"
    )
    assert {str(row["name"]) for row in rows} == PARIS_GUESTS


def test_the_meeting_two_days_later_is_another(corpus: KnowledgeGraph) -> None:
    (first,) = hosted_by_macron(corpus)
    later = corpus.query(
        """
        SELECT ?event WHERE {
          GRAPH ?document {
            ?document kg:documentId "2025-02-19_paris" .
            ?fact a kg:Attendance ; kg:object ?event ; kg:date ?day
            FILTER(STR(?day) = "2025-02-19")
          }
        }
        """
    )
    assert {str(row["event"]) for row in later}.isdisjoint({first})
    assert len(later) == 1


# ------------------------------------------------------------ who says otherwise, and when


def test_what_one_side_asserts_and_the_other_denies(corpus: KnowledgeGraph) -> None:
    (row,) = corpus.named("contested")
    told = {str(name): str(value) for name, value in row.items()}
    assert (told["kind"], told["one"], told["relation"], told["other"]) == (
        "asserted and denied", "Ukraine", "attacked", "Sudzha",
    )  # fmt: skip
    assert "the Russian defence ministry said" in told["sentence"]
    assert "the General Staff in Kyiv said" in told["othersentence"]
    assert told["sentence"] in TEXTS["2025-03-21_sudzha"]
    assert told["othersentence"] in TEXTS["2025-03-24_riyadh"]


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        ("2025-02-24", "Justin Trudeau"),
        ("2025-03-13", "Justin Trudeau"),
        ("2025-03-14", "Mark Carney"),
        ("2025-03-24", "Mark Carney"),
    ],
)
def test_who_was_prime_minister_of_canada(corpus: KnowledgeGraph, day: str, holder: str) -> None:
    rows = corpus.named("who-held-office", asof=day, country="CAN")
    assert [
        str(row["person"]) for row in rows if str(row["office"]).lower() == "prime minister"
    ] == [holder]


def test_a_pair_has_a_timeline(corpus: KnowledgeGraph) -> None:
    days = {"since": "2025-02-01", "until": "2025-02-28"}
    rows = corpus.named("timeline", who="Starmer", other="Trump", **days)
    told = {(str(row["day"]), str(row["relation"]), str(row["status"])) for row in rows}
    assert ("2025-02-27", "metWith", "actual") in told
    assert {day[:7] for day, _, _ in told} == {"2025-02"}


def test_what_the_states_did_on_a_day(corpus: KnowledgeGraph, tmp_path: Path) -> None:
    (path,) = corpus.save(tmp_path / "all.dyads.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["day"] == "2025-02-12"]
    # Trump spoke with Putin, who invited him, and with Zelensky, whom Bessent met.
    assert {(row["source"], row["target"], row["plover"], row["count"]) for row in rows} == {
        ("USA", "RUS", "CONSULT", "1"),
        ("RUS", "USA", "CONSULT", "2"),
        ("USA", "UKR", "CONSULT", "2"),
        ("UKR", "USA", "CONSULT", "2"),
    }


def test_a_fact_counts_documents_and_sources(corpus: KnowledgeGraph) -> None:
    rows = [
        row
        for row in corpus.named("facts", who="Lavrov", relation="metWith")
        if "Rubio" in f"{row['one']} {row['other']}"
    ]
    assert [(str(row["documents"]), str(row["sources"])) for row in rows] == [("2", "1")]


# ------------------------------------------------------------ what its shape tells


def test_rubio_stands_between_kyiv_and_moscow_in_the_words_of_two_articles(
    corpus: KnowledgeGraph,
) -> None:
    found = corpus.connection("Zelenskyy", "Lavrov", paths=1)
    assert [(row.subject, row.relation, row.object, row.document) for row in found] == [
        ("Marco Rubio", "met with", "Volodymyr Zelenskyy", "2025-02-15_munich"),
        ("Marco Rubio", "met with", "Sergey Lavrov", "2025-02-18_riyadh"),
    ]
    assert "Rubio met Ukrainian President Volodymyr Zelensky in the Bavarian" in found[0].evidence
    assert "sat across from Russian Foreign Minister Sergei Lavrov" in found[1].evidence
    assert all(row.evidence in TEXTS[row.document] for row in found)
    # The rerun of the article about Riyadh is a document more, and no source more.
    assert (found[1].documents, found[1].sources) == (2, 1)


def test_whom_the_talks_in_paris_and_the_summit_in_london_brought_together(
    corpus: KnowledgeGraph,
) -> None:
    both = [
        {row.document for row in corpus.together(types="Person") if {row.one, row.other} == pair}
        for pair in ({"Emmanuel Macron", "Olaf Scholz"}, {"Giorgia Meloni", "Donald Tusk"})
    ]
    assert both == [{"2025-02-17_paris", "2025-03-02_london"}] * 2
