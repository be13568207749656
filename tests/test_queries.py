"""The named queries: the right answers on the annotated article, the same from three engines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rdflib

from kg.errors import UnknownName
from kg.model import Document, Entity, Mention, Relation, Span
from kg.rdf import serialise, write
from kg.store import EmbeddedStore, RemoteStore
from kg.store.named import NamedQuery, named_queries, named_query
from kg.vocab import document_iri
from tests.server import VIRTUOSO, oxigraph, virtuoso

# rdflib 7.6 warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings(r"ignore:(Dataset\.|ConjunctiveGraph).*:DeprecationWarning")

Engine = Callable[[str], list[tuple[str, ...]]]

ODD = {"who": 'nobody "\\ } <'}
DENIAL = "Macron did not speak with Trump. Kellogg will visit Kyiv in March 2025."
PARIS = "emergency talks of European leaders in Paris"
MET_IN_RIYADH = (
    "Senior U.S. and Russian officials are scheduled to meet in Saudi Arabia on Tuesday."
)
DELEGATIONS = {
    "Germany", "United Kingdom", "Italy", "Poland", "Spain", "Netherlands", "Denmark",
    "European Union",
}  # fmt: skip


def denial() -> Document:
    """A second document, which denies what the article says."""

    def person(number: int, name: str, surname: str, wikidata: str | None) -> Entity:
        start = DENIAL.index(surname)
        mention = Mention(Span(start, start + len(surname)))
        return Entity(f"e{number}", "Person", name, (mention,), wikidata=wikidata)

    return Document(
        "denial",
        DENIAL,
        date="2025-02-20",
        entities=(
            person(1, "Donald Trump", "Trump", "Q22686"),
            person(2, "Emmanuel Macron", "Macron", "Q3052772"),
            person(3, "Keith Kellogg", "Kellogg", None),
            Entity("e4", "Place", "Kyiv", (Mention(Span(52, 56)),), wikidata="Q1899"),
            Entity("e5", "Country", "France", iso3="FRA"),
        ),
        relations=(
            Relation("spokeWith", "e1", "e2", "negated", Span(0, 32)),
            Relation("visited", "e3", "e4", "planned", Span(33, 71), date="2025-03"),
            Relation(
                "citizenOf",
                "e2",
                "e5",
                "actual",
                Span(0, 6),
                basis="background",
                by="background/officials",
            ),
        ),
    )


@pytest.fixture(scope="module")
def store(gold_seed: Document) -> EmbeddedStore:
    store = EmbeddedStore()
    for document in (gold_seed, denial()):
        store.add(document_iri(document), write.graph(document))
    return store


@pytest.fixture(scope="module")
def engines(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[
    dict[str, Engine]
]:  # fmt: skip
    trig = serialise.dump(store.dump(), "trig")
    dataset = rdflib.Dataset()
    dataset.parse(data=trig.decode(), format="trig")

    def in_rdflib(sparql: str) -> list[tuple[str, ...]]:
        rows = dataset.query(sparql)
        return [tuple("" if term is None else str(term) for term in row) for row in rows]

    def plain(store: EmbeddedStore | RemoteStore) -> Engine:
        return lambda sparql: [
            tuple("" if value is None else str(value) for value in row.values())
            for row in store.query(sparql)
        ]

    folder: Path = tmp_path_factory.mktemp("oxigraph")
    with oxigraph(trig, folder) as address:
        yield {
            "pyoxigraph": plain(store),
            "rdflib": in_rdflib,
            "server": plain(RemoteStore(address)),
        }


@pytest.fixture(scope="module")
def in_virtuoso(
    gold_seed: Document, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RemoteStore]:
    with pytest.MonkeyPatch.context() as patch, virtuoso(tmp_path_factory.mktemp("v")) as address:
        for name in ("USER", "PASSWORD"):
            patch.setenv(f"KG_STORE_{name}", "dba")
        patch.setenv("KG_STORE_HOST", urlsplit(address).netloc)
        remote = RemoteStore(address)
        remote.change({document_iri(d): write.graph(d) for d in (gold_seed, denial())})
        yield remote


if VIRTUOSO:

    @pytest.mark.parametrize("name", sorted(named_queries()))
    def test_virtuoso_gives_the_same_rows(
        name: str, store: EmbeddedStore, in_virtuoso: RemoteStore
    ) -> None:
        query = named_queries()[name]
        for who in ["macron", 'nobody "\\ } <'] if "who" in query.parameters else [""]:
            text = query.filled(who=who) if who else query.filled()
            ours, theirs = (
                sorted(
                    [str(value or "").strip() for value in row.values()] for row in one.query(text)
                )
                for one in (store, in_virtuoso)
            )
            assert theirs == ours


def settings(query: NamedQuery) -> list[dict[str, str]]:
    """Return with which parameters a query is tried."""
    return [{}, {"who": "macron"}, ODD] if "who" in query.parameters else [{}]


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_three_engines_give_the_same_rows(name: str, engines: dict[str, Engine]) -> None:
    query = named_queries()[name]
    for values in settings(query):
        # All queries take a name by the same line; that it is read right, rdflib shows with one.
        slow = "rdflib" if values == ODD and name != "planned" else ""
        text = query.filled(**values)
        answers = [sorted(ask(text)) for engine, ask in engines.items() if engine != slow]
        assert all(answer == answers[0] for answer in answers)
        if not values:
            assert answers[0]


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_query_says_what_it_asks_and_takes(name: str) -> None:
    query = named_queries()[name]
    assert query.question.endswith("?")
    assert "question:" not in query.question
    for parameter in query.parameters:
        assert f'VALUES ?{parameter} {{ "" }}' in query.text
    holes = set(re.findall(r'VALUES \?(\w+) { "" }', query.text))
    assert holes == set(query.parameters)


def rows(store: EmbeddedStore, name: str, *columns: str, **values: str) -> set[tuple[object, ...]]:
    found = store.query(named_query(name, **values))
    return {tuple(row[column] for column in columns) for row in found}


def test_background_is_asked_for_by_name_and_nowhere_else(store: EmbeddedStore) -> None:
    found = rows(store, "background", "one", "relation", "other", "table", who="Macron")
    assert found == {("Emmanuel Macron", "citizenOf", "France", "officials")}
    assert not rows(store, "neighbours-of", "relation", who="France") & {("citizenOf",)}
    assert not rows(store, "evidence-for", "what", relation="citizenOf", object="France")
    assert not list(store.query("SELECT ?who WHERE { ?who kg:citizenOf ?state }"))


def test_who_attended_the_paris_talks(store: EmbeddedStore) -> None:
    found = store.query(named_query("who-attended-what", event="Paris"))
    who = {row["participant"] for row in found}
    assert who == DELEGATIONS | {"Mark Rutte", "European leaders"}
    for row in found:
        assert row["meeting"] == PARIS
        sentence = str(row["sentence"])
        if row["participant"] in DELEGATIONS:
            assert sentence.startswith("Leaders from Germany, the United Kingdom, Italy")
    plain = store.query("SELECT DISTINCT ?who { ?x kg:attended ?event ; rdfs:label ?who }")
    assert set(plain.column("who")) == who


def test_whom_kellogg_briefed_and_where(store: EmbeddedStore) -> None:
    assert rows(store, "who-briefed-whom", "one", "other", "place", who="Kellogg") == {
        ("Keith Kellogg", "NATO's 31 American allies", "Brussels"),
        ("Keith Kellogg", "EU officials", "Brussels"),
    }
    assert rows(store, "who-briefed-whom", "one") == {("Keith Kellogg",)}


def test_what_is_planned_is_not_so_yet(store: EmbeddedStore) -> None:
    assert rows(store, "planned", "one", "relation", "other", "place", "date") == {
        ("Emmanuel Macron", "briefed", "Volodymyr Zelenskyy", None, None),
        ("senior U.S. officials", "metWith", "senior Russian officials", "Saudi Arabia",
         "2025-02-18"),
        ("Keith Kellogg", "visited", "Kyiv", None, "2025-03"),
    }  # fmt: skip
    sentences = rows(store, "planned", "sentence", who="Russian officials")
    assert sentences == {(MET_IN_RIYADH,)}
    assert not store.query("ASK { ?macron kg:briefed ?z . ?z rdfs:label 'Volodymyr Zelenskyy' }")
    assert not store.query("ASK { ?a kg:visited|kg:metWith ?b }")


def test_what_is_denied(store: EmbeddedStore) -> None:
    assert rows(store, "denied-or-negated", "one", "relation", "other") == {
        ("Ukraine", "attended", "peace talks (upcoming)"),
        ("Donald Trump", "spokeWith", "Emmanuel Macron"),
    }


def test_what_one_document_asserts_and_another_denies_either_way_round(
    store: EmbeddedStore,
) -> None:
    (row,) = store.query(named_query("contested"))
    assert (row["kind"], row["one"], row["relation"], row["other"]) == (
        "asserted and denied", "Donald Trump", "spokeWith", "Emmanuel Macron",
    )  # fmt: skip
    assert (row["says"], row["othersays"]) == ("actual", "negated")
    assert str(row["sentence"]).startswith("French President Emmanuel Macron spoke with")
    assert row["othersentence"] == "Macron did not speak with Trump."
    assert row["otherdocument"] == document_iri(denial())


def test_who_spoke_with_whom(store: EmbeddedStore) -> None:
    assert rows(store, "who-spoke-with-whom", "one", "how", "other", who="Macron") == {
        ("Emmanuel Macron", "spoke with", "Donald Trump")
    }
    assert rows(store, "who-spoke-with-whom", "one", who="Trump") == {("Emmanuel Macron",)}


def test_names_and_their_pieces_and_iris_find_people(store: EmbeddedStore) -> None:
    (iri,) = store.query("SELECT ?x { ?x rdfs:label 'Emmanuel Macron' }").column("x")
    for who in ("macron", "MANUEL MAC", str(iri)):
        assert len(store.query(named_query("neighbours-of", who=who))) == 2
    assert len(store.query(named_query("neighbours-of", who="Sir Keir"))) > 0


def test_statements_by_one_person(store: EmbeddedStore) -> None:
    assert rows(
        store, "statements-by", "speaker", "words", "kind", "published", who="Frederiks"
    ) == {
        (
            "Mette Frederiksen",
            "A ceasefire must never lead to Russia rearming, otherwise it will trigger new "
            "Russian attacks.",
            "direct",
            "2025-02-17",
        )
    }
    assert rows(store, "statements-by", "addressee", who="Kellogg") == {
        ("NATO's 31 American allies",),
        (None,),
    }


def test_the_evidence_for_one_fact(store: EmbeddedStore, gold_seed: Document) -> None:
    (row,) = store.query(named_query("evidence-for", subject="Kellogg", object="EU officials"))
    assert (row["what"], row["status"]) == ("briefed", "actual")
    start, end = row["start"], row["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert gold_seed.text[start:end] == row["sentence"]
    assert rows(store, "evidence-for", "one", relation="visited") == {("Keith Kellogg",)}


def test_a_timeline_is_in_order_and_can_be_cut(store: EmbeddedStore) -> None:
    days = store.query(named_query("timeline")).column("day")
    assert days == sorted(map(str, days))
    assert rows(store, "timeline", "day", "relation", "status", since="2025-02-18") == {
        ("2025-02-18", "metWith", "planned"),
        ("2025-03", "visited", "planned"),
    }
    assert rows(store, "timeline", "relation", since="2025-02-18", until="2025-02-28") == {
        ("metWith",)
    }


def test_who_was_in_a_room_with_whom(store: EmbeddedStore) -> None:
    found = store.query(named_query("co-attendance"))
    assert len(found) == 10 * 9 // 2
    with_rutte = rows(store, "co-attendance", "one", "other", who="Rutte")
    others = {name for pair in with_rutte for name in pair} - {"Mark Rutte"}
    assert others == DELEGATIONS | {"European leaders"}


def test_country_dyads_go_through_officials(store: EmbeddedStore) -> None:
    found = rows(store, "country-dyads", "source", "relation", "target", "status")
    assert ("FRA", "spokeWith", "USA", "actual") in found
    assert ("FRA", "briefed", "UKR", "planned") in found
    assert ("USA", "metWith", "RUS", "planned") in found
    assert ("DNK", "agreedWith", "GBR", "actual") in found
    assert all(source != target for source, _, target, _ in found)
    assert {pair[:1] + pair[2:3] for pair in found if "FRA" in pair} == {
        ("FRA", "USA"), ("FRA", "UKR"), ("USA", "FRA"),
    }  # fmt: skip
    only = rows(store, "country-dyads", "source", "target", country="DNK")
    assert only == {("DNK", "GBR")}


def test_a_value_cannot_break_out(store: EmbeddedStore) -> None:
    before = store.dump()
    for value in ('" } ?s ?p ?o #', "\\", '\\" }', "\n} #", "?who", "\r\t", '"""'):
        assert len(store.query(named_query("planned", who=value))) == 0
    assert store.dump() == before


def test_unknown_queries_and_parameters_are_errors() -> None:
    with pytest.raises(UnknownName, match="did you mean 'planned'"):
        named_query("planed")
    with pytest.raises(UnknownName, match="did you mean 'who'"):
        named_query("planned", whom="Macron")
