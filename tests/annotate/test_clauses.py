"""Who does what to whom: the grammar of a sentence undone."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from tests.readings import clause, entity, slots, until

REPEATED = [
    ("Novak attended the talks, as did Horak and Dahl.", ["Horak", "Dahl"], "attend", "actual"),
    ("Novak attended the talks. So did Horak.", ["Horak"], "attend", "actual"),
    ("Norway signed the treaty, but Chile did not.", ["Chile"], "sign", "negated"),
    ("Norway did not attend the talks, nor did Chile.", ["Chile"], "attend", "negated"),
    ("Norway did not attend the talks; nor did Chile.", ["Chile"], "attend", "negated"),
    ("Norway will host the talks; Chile hoped to do so.", ["Chile"], "host", "possible"),
    ("Norway refused to sign the pact, but Chile agreed to do so.", ["Chile"], "sign", "planned"),
    ("Norway condemned Ghana, and Chile did the same.", ["Chile"], "condemn", "actual"),
    ("Norway has sanctioned Ghana, and Chile may follow suit.", ["Chile"], "sanction", "possible"),
    ("Norway has recognised Ghana; Chile has not.", ["Chile"], "recognise", "negated"),
    ("Norway did not sign the pact, but Chile did well.", ["Chile"], "do", "actual"),
    ("What did Chile do?", ["Chile"], "do", None),
]

VERBS = [
    # active and passive
    ("In Oslo, Novak briefed the ministers.", "briefed",
     {"subj": ["Novak"], "obj": ["ministers"], "in": ["Oslo"]}),
    ("The ministers were briefed by Novak.", "briefed", {"subj": ["Novak"], "obj": ["ministers"]}),
    ("The ministers were briefed on Monday.", "briefed", {"subj": [], "obj": ["ministers"]}),
    ("The treaty had been signed by Norway and Chile.", "signed",
     {"subj": ["Norway", "Chile"], "obj": ["treaty"]}),
    ("Norway gave Chile three ships.", "gave",
     {"subj": ["Norway"], "iobj": ["Chile"], "obj": ["ships"]}),
    # control: who is to do it
    ("Novak agreed to brief the ministers.", "brief", {"subj": ["Novak"], "obj": ["ministers"]}),
    ("Novak urged Chile to release the sailors.", "release",
     {"subj": ["Chile"], "obj": ["sailors"]}),
    ("Novak promised the ministers to visit Chile.", "visit",
     {"subj": ["Novak"], "obj": ["Chile"]}),
    ("Novak called Horak to congratulate Chile.", "congratulate",
     {"subj": ["Novak"], "obj": ["Chile"]}),
    ("Chile was asked to host the summit.", "host", {"subj": ["Chile"], "obj": ["summit"]}),
    ("Norway accused Chile of attacking the ship.", "attacking",
     {"subj": ["Chile"], "obj": ["ship"]}),
    ("Novak is ready to meet Horak.", "meet", {"subj": ["Novak"], "obj": ["Horak"]}),
    ("Norway's decision to expel the envoy surprised Chile.", "expel",
     {"subj": ["Norway"], "obj": ["envoy"]}),
    ("Novak made an offer to host the talks.", "host", {"subj": ["Novak"], "obj": ["talks"]}),
    ("Novak called on Chile to release the sailors.", "release",
     {"subj": ["Chile"], "obj": ["sailors"]}),
    # raising
    ("Novak seems to have met the ambassador.", "met",
     {"subj": ["Novak"], "obj": ["ambassador"]}),
    ("Novak is expected to visit Chile.", "visit", {"subj": ["Novak"], "obj": ["Chile"]}),
    ("The envoys are expected to be invited by Norway.", "invited",
     {"subj": ["Norway"], "obj": ["envoys"]}),
    # coordination of every slot
    ("Norway, Chile and Ghana signed the treaty.", "signed",
     {"subj": ["Norway", "Chile", "Ghana"], "obj": ["treaty"]}),
    ("Novak briefed the ministers, the envoys and the reporters.", "briefed",
     {"obj": ["ministers", "envoys", "reporters"]}),
    ("Novak, but not Horak, signed the treaty.", "signed", {"subj": ["Novak"]}),
    ("Novak briefed Horak but not Duarte.", "briefed", {"obj": ["Horak"]}),
    ("The treaty was signed by Norway and Chile but not by Ghana.", "signed",
     {"subj": ["Norway", "Chile"]}),
    ("Novak, who did not vote, and Horak signed the treaty.", "signed",
     {"subj": ["Novak", "Horak"]}),
    ("Not only Novak but also Horak signed the treaty.", "signed",
     {"subj": ["Novak", "Horak"]}),
    ("Novak spoke with Horak and Duarte.", "spoke", {"with": ["Horak", "Duarte"]}),
    ("Novak spoke with Horak and with Duarte.", "spoke", {"with": ["Horak", "Duarte"]}),
    ("Novak visited Chile and met the president.", "met",
     {"subj": ["Novak"], "obj": ["president"]}),
    ("Novak met and briefed the ambassadors.", "met",
     {"subj": ["Novak"], "obj": ["ambassadors"]}),
    ("The envoys were invited and briefed by Norway.", "briefed",
     {"subj": ["Norway"], "obj": ["envoys"]}),
    ("Novak visited Chile, and Horak met the president.", "met", {"subj": ["Horak"]}),
    ("Novak was elected in May and visited Chile in June.", "visited",
     {"subj": ["Novak"], "obj": ["Chile"]}),
    ("The envoys were invited by Norway and briefed by Chile.", "briefed",
     {"subj": ["Chile"], "obj": ["envoys"]}),
    # relative clauses, full and reduced
    ("Horak, who met the ambassador, left Oslo.", "met",
     {"subj": ["Horak"], "obj": ["ambassador"]}),
    ("The envoy whom Norway expelled returned to Lima.", "expelled",
     {"subj": ["Norway"], "obj": ["envoy"]}),
    ("The treaty Norway signed protects Ghana.", "signed",
     {"subj": ["Norway"], "obj": ["treaty"]}),
    ("The envoy expelled by Norway returned to Lima.", "expelled",
     {"subj": ["Norway"], "obj": ["envoy"]}),
    ("The envoys who were expelled by Norway returned to Lima.", "expelled",
     {"subj": ["Norway"], "obj": ["envoys"]}),
    ("The ministers attending the summit left Oslo.", "attending",
     {"subj": ["ministers"], "obj": ["summit"]}),
    ("Novak denied reports that Norway had expelled the envoy.", "expelled",
     {"subj": ["Norway"], "obj": ["envoy"]}),
    # participles and gerunds
    ("Speaking with reporters, Novak criticized Chile.", "Speaking",
     {"subj": ["Novak"], "with": ["reporters"]}),
    ("Novak left Oslo, thanking the ministers.", "thanking",
     {"subj": ["Novak"], "obj": ["ministers"]}),
    ("Novak was criticized after visiting Chile.", "visiting",
     {"subj": ["Novak"], "obj": ["Chile"]}),
    ("Novak was praised for being elected by Chile.", "elected",
     {"subj": ["Chile"], "obj": ["Novak"]}),
    ("Invited by Norway, Novak visited Oslo.", "Invited", {"subj": ["Norway"], "obj": ["Novak"]}),
    ("Novak left Oslo after meeting Horak.", "meeting", {"subj": ["Novak"], "obj": ["Horak"]}),
    ("Instead of meeting Horak, Novak visited Chile.", "meeting",
     {"subj": ["Novak"], "obj": ["Horak"]}),
    # prepositions
    ("Novak signed the treaty on behalf of Norway.", "signed",
     {"subj": ["Novak"], "obj": ["treaty"], "of": ["Norway"]}),
    ("Horak called the minister a liar.", "called", {"obj": ["minister"], "as": ["liar"]}),
    ("The court found Horak guilty.", "found", {"obj": ["Horak"], "as": ["guilty"]}),
]  # fmt: skip

NOUNS = [
    # possessor, between, of, with
    ("Novak's visit to Chile lasted two days.", "visit", {"poss": ["Novak"], "to": ["Chile"]}),
    ("Talks between Norway and Chile began.", "Talks", {"between": ["Norway", "Chile"]}),
    ("The criticism of Chile by Norway grew.", "criticism", {"of": ["Chile"], "by": ["Norway"]}),
    ("The Norwegian ban angered Chile, whose attack on Ghana went on.", "attack",
     {"on": ["Ghana"]}),
    ("Norway's and Chile's support for Ghana grew.", "support",
     {"poss": ["Norway", "Chile"], "for": ["Ghana"]}),
    # what a support verb hands to its noun
    ("Novak held talks with Horak.", "talks", {"subj": ["Novak"], "with": ["Horak"]}),
    ("Norway launched an attack on the rebels.", "attack",
     {"subj": ["Norway"], "on": ["rebels"]}),
    ("Novak paid a visit to Chile.", "visit", {"subj": ["Novak"], "to": ["Chile"]}),
    ("The envoys took part in a meeting with Horak.", "meeting",
     {"subj": ["envoys"], "with": ["Horak"]}),
    ("Novak was taken to a meeting with Horak.", "meeting",
     {"subj": ["Novak"], "with": ["Horak"]}),
    ("Norwegian-Chilean talks began.", "talks", {"poss": ["Norwegian", "Chilean"]}),
    # predicate and apposition
    ("Norway is a supporter of Chile.", "supporter", {"subj": ["Norway"], "of": ["Chile"]}),
    ("Novak, a critic of Chile, left Oslo.", "critic", {"subj": ["Novak"], "of": ["Chile"]}),
]  # fmt: skip

ADJECTIVES = [
    ("Norway is critical of Chile.", "critical", {"subj": ["Norway"], "of": ["Chile"]}),
    ("Novak remained loyal to Horak.", "loyal", {"subj": ["Novak"], "to": ["Horak"]}),
    ("A minister critical of Chile left Oslo.", "critical",
     {"subj": ["minister"], "of": ["Chile"]}),
    ("Norway is grateful and loyal to Chile.", "loyal", {"subj": ["Norway"], "to": ["Chile"]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "wanted"), [*VERBS, *NOUNS, *ADJECTIVES])
def test_slots(pipeline: Pipeline, text: str, trigger: str, wanted: dict[str, list[str]]) -> None:
    found = slots(until(pipeline, "clauses", text), trigger)
    assert {name: found.get(name, []) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "pos", "lemma"),
    [
        ("Norway called off the visit.", "called", "v", "call off"),
        ("The talks took place in Oslo.", "took", "v", "take place"),
        ("Novak visited Chile.", "visited", "v", "visit"),
        ("Novak's visits to Chile ended.", "visits", "n", "visit"),
        ("Norway is critical of Chile.", "critical", "a", "critical"),
    ],
)
def test_lemma_with_its_particle(
    pipeline: Pipeline, text: str, trigger: str, pos: str, lemma: str
) -> None:
    found = clause(until(pipeline, "clauses", text), trigger)
    assert (found.pos, found.lemma) == (pos, lemma)


def test_a_clause_knows_its_sentence(pipeline: Pipeline) -> None:
    doc = until(pipeline, "clauses", "Novak met Horak. Duarte visited Chile.")
    assert clause(doc, "visited").sentence.of(doc.text) == "Duarte visited Chile."


def test_only_a_clause_of_purpose_is_marked_so(pipeline: Pipeline) -> None:
    doc = until(pipeline, "clauses", "The ministers gathered to discuss the treaty.")
    assert clause(doc, "discuss").purpose
    assert not clause(doc, "gathered").purpose


def test_a_clause_inside_a_quotation_knows_who_speaks(pipeline: Pipeline) -> None:
    doc = until(pipeline, "clauses", '"We met the ministers in Oslo," Anna Novak said on Monday.')
    assert clause(doc, "met").speaker == entity(doc, name="Anna Novak").id
    assert clause(doc, "said").speaker is None


def test_whoever_tells_of_negotiations_with_someone_tells_of_their_own(pipeline: Pipeline) -> None:
    text = '"The negotiations with Chile go well," Norwegian Foreign Minister Anna Novak said.'
    doc = until(pipeline, "clauses", text)
    assert slots(doc, "negotiations") == {"with": ["Chile"], "subj": ["Norwegian"]}


def test_a_noun_without_arguments_is_no_clause(pipeline: Pipeline) -> None:
    doc = until(pipeline, "clauses", "The ship left.")
    assert [c.lemma for c in doc.clauses] == ["leave"]


def test_no_clauses_without_words(pipeline: Pipeline) -> None:
    assert until(pipeline, "clauses", "").clauses == ()


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("Norway and Chile accused each other of spying.", "accused",
         {"subj": ["Norway", "Chile"], "obj": ["Norway", "Chile"]}),
        ("Novak, with whom Horak spoke, left.", "spoke", {"subj": ["Horak"], "with": ["Novak"]}),
        ("Chile left the summit, at which Ghana was represented by Novak.", "represented",
         {"subj": ["Novak"], "obj": ["Ghana"], "at": ["summit"]}),
        ("Ghana was invited to the summit by Chile.", "invited",
         {"subj": ["Chile"], "obj": ["Ghana"]}),
        ("Norway threatened to impose tariffs on Chile.", "threatened",
         {"deed": ["impose"], "target": ["tariffs", "Chile"]}),
        ("If Chile leaves, Minister Novak warned, Ghana will expel its envoys.", "warned",
         {"condition": ["Chile"]}),
        ("Present at the dinner were Novak and Horak.", "Present",
         {"subj": ["Novak", "Horak"], "at": ["dinner"]}),
    ],
)  # fmt: skip
def test_who_is_meant_across_clauses(
    pipeline: Pipeline, text: str, trigger: str, wanted: dict[str, list[str]]
) -> None:
    found = slots(until(pipeline, "clauses", text), trigger)
    assert {name: found.get(name) for name in wanted} == wanted


def test_an_exception_takes_no_part(pipeline: Pipeline) -> None:
    doc = until(pipeline, "clauses", "All countries but Norway sanctioned Chile.")
    found = [c for c in doc.clauses if c.lemma == "sanction"]
    who = [([span.of(doc.text) for span in c.slots["subj"]], c.status) for c in found]
    assert who == [(["countries"], "actual"), (["Norway"], "negated")]


@pytest.mark.parametrize(("text", "who", "lemma", "status"), REPEATED)
def test_did_stands_for_the_verb_before(
    pipeline: Pipeline, text: str, who: list[str], lemma: str, status: str | None
) -> None:
    doc = until(pipeline, "clauses", text)
    found = doc.clauses[-1]
    assert found.lemma == lemma
    assert [span.of(text) for span in found.slots["subj"]] == who
    assert status is None or found.status == status
