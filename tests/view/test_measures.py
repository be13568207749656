"""Measures on graphs whose values were worked out by hand, or stand in the literature."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnknownName, WrongValue
from kg.model import Document
from kg.relations import shipped
from kg.view.measures import engines
from kg.view.measures.brokers import brokers
from kg.view.measures.central import MEASURES, central
from kg.view.measures.communities import communities
from kg.view.measures.engines import Igraph, Networkx, constraint
from kg.view.measures.facts import Told as Chosen
from kg.view.measures.facts import chosen_types, told
from kg.view.measures.ties import numbered, projected, ties
from kg.view.measures.together import together
from tests.networks import Told, document, iri, network

EVERY = chosen_types("all")
FLORENCE = networkx.florentine_families_graph()
KARATE = networkx.karate_club_graph()


def facts(*documents: Document, **options: object) -> Chosen:
    return told(documents, shipped(), **options)  # type: ignore[arg-type]


def values(*documents: Document, by: str) -> dict[str, float]:
    found = facts(*documents)
    return {row.name: row.value for row in central(ties(found, EVERY), found, by)}


STAR = document(("a", "b"), ("a", "c"), ("a", "d"))


@pytest.mark.parametrize(
    ("by", "centre", "leaf"),
    [
        ("degree", 3, 1),
        ("betweenness", 1, 0),
        ("eigenvector", 0.707107, 0.408248),  # 1/sqrt(2) and 1/sqrt(6)
        # p = 0.0375 + 0.85 * 3 q and q = 0.0375 + 0.85 p / 3
        ("pagerank", 0.47973, 0.173423),
    ],
)
def test_a_star_has_the_values_worked_out_by_hand(by: str, centre: float, leaf: float) -> None:
    assert values(STAR, by=by) == {"a": centre, "b": leaf, "c": leaf, "d": leaf}


def test_betweenness_of_florentine_families_is_that_of_the_literature() -> None:
    """Wasserman & Faust 1994, table 5.3, and the often printed figures of three digits."""
    names = {name: f"f{name}" for name in FLORENCE}
    found = values(
        document(*((names[one], names[other]) for one, other in FLORENCE.edges)), by="betweenness"
    )
    assert {name: round(found[f"f{name}"], 3) for name in ("Medici", "Guadagni", "Albizzi")} == {
        "Medici": 0.522,
        "Guadagni": 0.255,
        "Albizzi": 0.212,
    }
    assert max(found, key=lambda name: found[name]) == "fMedici"


def test_the_karate_club_has_its_known_values() -> None:
    club = network(KARATE.edges)
    between = values(club, by="betweenness")
    assert [round(between[name], 4) for name in ("n000", "n033", "n032")] == [
        0.4376, 0.3041, 0.1452,
    ]  # fmt: skip
    degrees = values(club, by="degree")
    assert (degrees["n033"], degrees["n000"], degrees["n011"]) == (17, 16, 1)
    eigen = values(club, by="eigenvector")
    assert [round(eigen[name], 4) for name in ("n033", "n000")] == [0.3734, 0.3555]
    ranks = values(club, by="pagerank")
    assert [round(ranks[name], 4) for name in ("n033", "n000")] == [0.1009, 0.0970]


def test_communities_of_the_karate_club_are_about_as_good_as_the_best_known() -> None:
    found = facts(network(KARATE.edges))
    parts = communities(ties(found, EVERY), found)
    assert 0.41 < parts.figures["modularity"] < 0.4198  # the best there is: 0.4198
    assert {row.iri for row in parts} == {iri(f"n{node:03}") for node in KARATE}
    sizes = [len(members) for members in parts.marks.groups.values()]
    assert sizes == sorted(sizes, reverse=True)


def test_two_triangles_with_a_bridge_are_two_communities_and_the_bridge_has_two_brokers() -> None:
    edges = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("d", "f")]
    found = facts(document(*edges))
    graph = ties(found, EVERY)
    parts = communities(graph, found)
    assert list(parts.marks.groups.values()) == [
        tuple(map(iri, "abc")), tuple(map(iri, "def")),
    ]  # fmt: skip
    # All 7 ties weigh 1: each part has 3 of them and an end of the bridge.
    assert parts.figures["modularity"] == round(2 * (3 / 7 - (7 / 14) ** 2), 6)
    (c, d) = brokers(graph, found)
    assert (c.name, d.name) == ("c", "d")
    # c has 3 contacts at 1/3 each; a and b also through each other, who spend half on it.
    assert c.constraint == round(2 * (1 / 3 + 1 / 3 * 1 / 2) ** 2 + (1 / 3) ** 2, 6)
    assert c.effective_size == round(3 - 2 / 3, 6)
    assert (c.one, c.other, c.ties) == ("a", "d", 3)
    assert (c.evidence, c.other_evidence) == ("a and in d c", "c and in d d")


def test_constraint_is_that_of_networkx() -> None:
    graph = numbered(ties(facts(network(KARATE.edges)), EVERY))
    expected = networkx.constraint(graph, nodes=list(graph), weight="weight")
    assert constraint(graph) == pytest.approx([expected[node] for node in graph])


def weighted(number: int, most: int) -> engines.Numbered:
    graph: engines.Numbered = networkx.gnm_random_graph(number, most, seed=number)
    for place, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = 0.5 + place % 7
    part = max(networkx.connected_components(graph), key=len)
    return networkx.convert_node_labels_to_integers(graph.subgraph(part))


@pytest.mark.parametrize(("number", "most"), [(12, 20), (60, 90), (150, 600)])
def test_networkx_and_igraph_agree_wherever_a_measure_is_defined(number: int, most: int) -> None:
    graph = weighted(number, most)
    one, other = Networkx(graph), Igraph(graph)
    every, some = range(len(graph)), range(0, len(graph), 3)
    assert one.betweenness(every) == pytest.approx(other.betweenness(every))
    assert one.betweenness(some) == pytest.approx(other.betweenness(some))
    expected = networkx.betweenness_centrality(graph, normalized=False)
    assert one.betweenness(every) == pytest.approx([2 * expected[node] for node in graph])
    assert one.pagerank() == pytest.approx(other.pagerank(), abs=1e-9)
    assert one.eigenvector() == pytest.approx(other.eigenvector(), abs=1e-5)
    assert one.triangles() == other.triangles()


@pytest.mark.parametrize("engine", [Networkx, Igraph])
def test_communities_are_a_partition_better_than_chance_and_the_same_each_time(
    engine: type[engines.Engine],
) -> None:
    graph = weighted(150, 400)
    parts = engine(graph).communities()  # type: ignore[call-arg]  # both are made of a graph
    assert sorted(node for part in parts for node in part) == list(graph)
    assert networkx.community.is_partition(graph, parts)
    assert networkx.community.modularity(graph, parts, weight="weight") > 0.3
    assert engine(graph).communities() == parts  # type: ignore[call-arg]


def test_igraph_takes_over_where_a_graph_is_large_and_only_if_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = weighted(12, 20)
    assert isinstance(engines.engine(graph), Networkx)
    monkeypatch.setattr(engines, "FAST", graph.number_of_edges())
    assert isinstance(engines.engine(graph), Igraph)
    monkeypatch.setattr(engines, "igraph", lambda: None)
    assert isinstance(engines.engine(graph), Networkx)


def test_betweenness_of_a_large_graph_is_estimated_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kg.view.measures import central as measured

    found = facts(network(KARATE.edges))
    graph = ties(found, EVERY)
    exact = {row.name: row.value for row in central(graph, found, "betweenness")}
    monkeypatch.setattr(measured, "WORK", 100)
    monkeypatch.setattr(measured, "SAMPLED", 20)
    rough = central(graph, found, "betweenness")
    assert "estimated from 20 entities" in rough.about
    assert rough == central(graph, found, "betweenness")
    assert rough[0].name == "n000"
    assert {row.name: row.value for row in rough} != exact
    assert all(abs(row.value - exact[row.name]) < 0.12 for row in rough)


# --- facts and ties


def test_copies_of_a_report_are_one_source_and_others_make_a_fact_surer() -> None:
    first = document(Told("a", "b", score=0.9), id="first")
    copy = document(Told("a", "b", score=0.5), id="copy", story=f"https://x.org/{first.sha256}")
    (fact,) = facts(first, copy).facts
    assert (fact.trust, fact.documents, fact.sources) == (pytest.approx(0.9), 2, 1)
    (surer,) = facts(first, copy, document(Told("a", "b", score=0.8), id="other")).facts
    assert (surer.trust, surer.documents, surer.sources) == (pytest.approx(0.98), 3, 2)
    assert surer.words[0].document == "first"


def test_each_day_is_a_fact_and_words_without_a_day_go_with_the_first_that_fits() -> None:
    days = ("2025-03-02", "2025-02-20", "2025-02-18", "2025-02", None, "next week")
    found = facts(
        *(document(Told("a", "b", date=day), id=f"d{n}") for n, day in enumerate(days))
    ).facts
    assert [(fact.day, fact.documents) for fact in found] == [
        ("2025-02-18", 4), ("2025-02-20", 1), ("2025-03-02", 1),
    ]  # fmt: skip


def test_what_is_not_actual_stands_always_or_is_background_ties_nobody() -> None:
    planned = Told("a", "b", status="planned")
    office, city = Told("a", "Oz", "holdsPosition"), Told("Ez", "Oz", "heldIn")
    made = document(planned, office, city)
    assert facts(made).facts == ()
    assert [fact.status for fact in facts(made, status=("planned", "actual")).facts] == ["planned"]
    assert {fact.relation for fact in facts(made, relations="role").facts} == {"holdsPosition"}
    assert {fact.relation for fact in facts(made, relations=("heldIn",)).facts} == {"heldIn"}
    assert len(facts(made, relations="all").facts) == 2
    known = made.relations[1].__class__("metWith", "a", "Oz", "actual", made.relations[1].evidence,
                                        basis="background")  # fmt: skip
    assert facts(made.but(relations=(known,))).facts == ()


def test_unknown_names_are_answered_with_those_there_are() -> None:
    made = document(("a", "b"))
    for options in ({"relations": "meetin"}, {"status": "actuel"}):
        with pytest.raises(UnknownName, match=r"did you mean '(meeting|actual)'"):
            facts(made, **options)
    with pytest.raises(UnknownName, match="did you mean 'Person'"):
        chosen_types("person")
    assert chosen_types(("Location", "Person")) == ("Person", "Country", "Place")
    with pytest.raises(WrongValue):
        facts(made, min_score=2.0)
    with pytest.raises(UnknownName, match="did you mean 'betweenness'"):
        central(ties(facts(made), EVERY), facts(made), "betweeness")


EVENT = [Told(who, "E", "attended") for who in "abc"]


def test_who_took_part_in_an_event_is_tied_by_it_where_events_are_left_out() -> None:
    found = facts(document(*EVENT, Told("a", "b")))
    with_events = ties(found, EVERY)
    assert sorted(with_events.edges) == [
        (iri("E"), iri("a")), (iri("E"), iri("b")), (iri("E"), iri("c")), (iri("a"), iri("b")),
    ]  # fmt: skip
    among = projected(found, ("Person",), shipped())
    weights = {(one[-1], other[-1]): data["weight"] for one, other, data in among.edges(data=True)}
    # Three were there: each pair counts 1/2; a and b met besides.
    assert weights == {("a", "b"): 1.5, ("a", "c"): 0.5, ("b", "c"): 0.5}
    assert [fact.relation for fact in among.edges[iri("a"), iri("c")]["facts"]] == ["attended"] * 2


def test_together_has_a_row_for_each_two_and_event_with_the_words_for_both() -> None:
    second = [Told("a", "E2", "hosted", "2025-02-18"), Told("b", "E2", "attended")]
    found = facts(document(*EVENT, *second))
    rows = together(found, EVERY, shipped())
    assert [(row.one, row.other, row.together, row.event, row.date) for row in rows] == [
        ("a", "b", 2, "E2, 18 Feb 2025", "2025-02-18"),
        ("a", "b", 2, "E", None),
        ("a", "c", 1, "E", None),
        ("b", "c", 1, "E", None),
    ]
    assert (rows[0].evidence, rows[0].other_evidence) == ("a and in d E2", "b and in d E2")
    assert rows.figures == {"pairs": 3, "events": 2}
    assert together(found, ("Organization",), shipped()) == []


# --- what holds for every graph

FACTS = st.tuples(
    st.sampled_from("abcdefg"),
    st.sampled_from("abcdefg"),
    st.sampled_from(["metWith", "criticized", "holdsPosition"]),
    st.sampled_from([None, "2025-02-17", "2025-02-18", "2025-02"]),
    st.sampled_from([0.3, 0.5, 0.9, 1.0]),
    st.sampled_from(["actual", "actual", "planned"]),
) | st.tuples(st.sampled_from("abcdefg"), st.sampled_from(["E1", "E2"]), st.just("attended"))
DOCUMENTS = st.lists(st.lists(FACTS, max_size=6), max_size=4).map(
    lambda given: [document(*told, id=f"d{place}") for place, told in enumerate(given)]
)


@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(made: list[Document], chance: object) -> None:
    turned = list(made)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, other = facts(*made), facts(*turned)
    graphs = ties(one, EVERY), ties(other, EVERY)
    for by in MEASURES:
        assert central(graphs[0], one, by) == central(graphs[1], other, by)
    assert communities(graphs[0], one) == communities(graphs[1], other)
    assert brokers(graphs[0], one) == brokers(graphs[1], other)
    assert together(one, EVERY, shipped()) == together(other, EVERY, shipped())


@given(DOCUMENTS)
def test_every_row_has_words_that_stand_in_its_document(made: list[Document]) -> None:
    texts = {entry.id: entry.text for entry in made}
    found = facts(*made)
    graph = ties(found, EVERY)
    for row in (*central(graph, found, "degree"), *communities(graph, found)):
        assert row.evidence in texts[row.document] != ""
        assert row.name in row.evidence
    for row in brokers(graph, found):
        assert row.name in row.evidence in texts[row.document]
        assert row.name in row.other_evidence in texts[row.other_document]
        assert row.one in row.evidence and row.other in row.other_evidence
        assert not graph.has_edge(iri(row.one), iri(row.other))
