"""Whether something happened, is planned, is possible or is denied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from kg.annotate.signals import Signals
from kg.annotate.status import StatusReader, strongest
from kg.model import Status
from kg.pipeline import Pipeline
from kg.syntax import Syntax
from tests.build import parsed
from tests.readings import clause, until

MONDAY = "2024-03-04"

ACTUAL = [
    ("Novak met Horak.", "met"),
    ("Novak has met Horak.", "met"),
    ("Novak managed to meet Horak.", "meet"),
    ("Novak began to brief the ministers.", "brief"),
    ("Novak not only met Horak but also visited Chile.", "met"),
    # reported speech takes no side
    ("Duarte said that Novak met Horak.", "met"),
    ("Duarte claimed that Novak had met Horak.", "met"),
    ("Novak met Horak, Duarte said.", "met"),
    ("According to Duarte, Novak met Horak.", "met"),
    ("Novak met Horak, Duarte denied it.", "met"),
    ('"We met Horak," Novak will tell the ministers.', "met"),
    ("Novak was the first president to visit Chile.", "visit"),
    ("Duarte did not know that Novak had met Horak.", "met"),
    ("It is true that Novak met Horak.", "met"),
    ("Duarte confirmed reports that Novak met Horak.", "met"),
    ("Duarte cannot change the fact that Novak met Horak.", "met"),
    ("Novak attacked Chile with no delay.", "attacked"),
    ("Novak called Horak to congratulate him.", "congratulate"),
    ("Nurses marched to protest against Chile.", "protest"),
    ("Nurses began a strike to protest against Chile.", "protest"),
    ("Miners held a vigil to denounce Chile.", "denounce"),
    ("Novak was able to meet Horak.", "meet"),
    ("The members voted to elect Horak.", "elect"),
    ("Novak stayed in Oslo, meeting Horak twice.", "meeting"),
    ("Novak meets Horak after the summit.", "meets"),
    # the cue belongs to another verb of the sentence
    ("Novak, who did not visit Chile, met Horak.", "met"),
    ("Novak met Horak because she could not visit Chile.", "met"),
    ("Novak did not visit Chile but met Horak.", "met"),
    ("Novak visited Chile but did not meet Horak.", "visited"),
    ("Novak met Horak, and Duarte will visit Chile.", "met"),
    ("After Novak met Horak, the ministers refused to talk.", "met"),
    ("Novak met Horak before Friday.", "met"),
]
PLANNED = [
    ("Novak will step down, with Horak replacing her.", "replacing"),
    ("Novak will meet Horak.", "meet"),
    ("Novak is to meet Horak.", "meet"),
    ("Novak is going to meet Horak.", "meet"),
    ("Novak plans to meet Horak.", "meet"),
    ("Novak agreed to meet Horak.", "meet"),
    ("Novak is due to meet Horak.", "meet"),
    ("Novak is expected to meet Horak.", "meet"),
    ("Novak said she would meet Horak.", "meet"),
    ("Novak flew to Oslo to meet Horak.", "meet"),
    ("Novak announced a plan to visit Chile.", "visit"),
    ("Novak meets Horak on Friday.", "meets"),
    ("Novak is meeting Horak on Friday.", "meeting"),
    ("Novak meets Horak next week.", "meets"),
    ("Novak will visit Chile and meet Horak.", "meet"),
    ("Novak agreed to visit Chile and to meet Horak.", "meet"),
]
POSSIBLE = [
    ("Novak may not be able to meet Horak.", "meet"),
    ("Novak called on Horak to meet them.", "meet"),
    ("Duarte urged Novak to free the sailors it has held and meet Horak.", "meet"),
    ("Novak may meet Horak.", "meet"),
    ("Novak might have met Horak.", "met"),
    ("Novak could meet Horak.", "meet"),
    ("Novak should meet Horak.", "meet"),
    ("Novak offered to meet Horak.", "meet"),
    ("Novak wants to meet Horak.", "meet"),
    ("Novak is ready to meet Horak.", "meet"),
    ("Duarte urged Novak to meet Horak.", "meet"),
    ("Duarte accused Novak of meeting Horak.", "meeting"),
    ("If Novak meets Horak, Chile will object.", "meets"),
    ("Novak will leave unless Horak visits Chile.", "visits"),
    ("Duarte will protest until Novak has met Horak.", "met"),
    ("Duarte asked whether Novak met Horak.", "met"),
    ("Did Novak meet Horak?", "meet"),
    ("Duarte repeated a demand to release the sailors.", "release"),
    ("Novak may agree to meet Horak.", "meet"),
    ("Novak called for Horak to visit Chile.", "visit"),
    ("Novak will stay until the ministers meet Horak.", "meet"),
    ("Novak will leave only after Duarte visits Chile.", "visits"),
    ("Novak threatened to attack Chile and blockade Ghana.", "blockade"),
    ("What if Novak meets Horak?", "meets"),
    ("Duarte could not confirm that Novak met Horak.", "met"),
    ("Duarte doubts that Novak met Horak.", "met"),
    ("Duarte repeated claims that Novak met Horak.", "met"),
    ("There is no evidence that Novak met Horak.", "met"),
    ("Duarte did not deny reports that Novak met Horak.", "met"),
    ("Novak allegedly met Horak.", "met"),
    ("Novak probably met Horak.", "met"),
    ("Novak is believed to have met Horak.", "met"),
    ("Had Chile attacked the island, Norway would have sent ships.", "attacked"),
]
NEGATED = [
    ("Novak was not able to meet Horak.", "meet"),
    ("Novak is not ready to meet Horak.", "meet"),
    ("Novak did not meet Horak.", "meet"),
    ("Novak didn't meet Horak.", "meet"),
    ("Novak never met Horak.", "met"),
    ("Novak will not meet Horak.", "meet"),
    ("Novak may not meet Horak.", "meet"),
    ("Novak no longer supports Horak.", "supports"),
    ("No minister met Horak.", "met"),
    ("Nobody met Horak.", "met"),
    ("Neither Novak nor Duarte met Horak.", "met"),
    ("No one met Horak.", "met"),
    ("None of the ministers met Horak.", "met"),
    ("Novak met no ministers.", "met"),
    ("Novak refused to meet Horak.", "meet"),
    ("Novak declined to meet Horak.", "meet"),
    ("Novak failed to meet Horak.", "meet"),
    ("Novak was unable to meet Horak.", "meet"),
    ("Novak has yet to meet Horak.", "meet"),
    ("Novak was to have met Horak.", "met"),
    ("Novak denied meeting Horak.", "meeting"),
    ("Novak denied that she had met Horak.", "met"),
    ("Novak denied having met Horak.", "met"),
    ("Novak ruled out meeting Horak.", "meeting"),
    ("Novak left Oslo without meeting Horak.", "meeting"),
    ("Duarte prevented Novak from meeting Horak.", "meeting"),
    ("It is not true that Novak met Horak.", "met"),
    ("It is false that Novak met Horak.", "met"),
    ("Reports that Novak met Horak are false.", "met"),
    ("Duarte denied reports that Novak had met Horak.", "met"),
    ("Duarte dismissed claims that Novak met Horak.", "met"),
    ("The claim that Novak met Horak was rejected.", "met"),
    ("Duarte denied reports of meeting Horak.", "meeting"),
    ("Novak has no intention of meeting Horak.", "meeting"),
    ("Novak met with no officials.", "met"),
    ("It is not the case that Novak met Horak.", "met"),
    ("Instead of meeting Horak, Novak visited Chile.", "meeting"),
    ("Novak decided against meeting Horak.", "meeting"),
    ("Novak decided not to meet Horak.", "meet"),
    ("Novak stopped supporting Horak.", "supporting"),
    ("Novak was banned from meeting Horak.", "meeting"),
    ("Horak thanked Novak for not visiting Chile.", "visiting"),
    ("Novak almost met Horak.", "met"),
    ("Novak refused to agree to meet Horak.", "meet"),
    ("Novak did not visit Chile or meet Horak.", "meet"),
    ("Novak refused to visit Chile or to meet Horak.", "meet"),
    ("Novak has not visited Chile or met Horak.", "met"),
    ("Horak was not invited by Novak.", "invited"),
]
UNREAL: list[tuple[str, str, Status]] = [
    ("Novak lied when she said she had met Horak.", "met", "negated"),
    ("Novak was wrong when she said Chile had attacked Ghana.", "attacked", "negated"),
    ("Novak never lied when she said she had met Horak.", "met", "actual"),
    ("A satirical website reported that Novak had met Horak.", "met", "negated"),
    ("An April report said that Novak had met Horak.", "met", "actual"),
    ("On April Fools' Day, a newspaper reported that Novak had met Horak.", "met", "negated"),
    ("In a spoof article, a website wrote that Novak met Horak.", "met", "negated"),
    ("The false report said that Novak met Horak.", "met", "negated"),
    ("The play shows Omar Haddad meeting Anna Keller.", "meeting", "negated"),
    ("Claims that Novak secretly met Horak were dismissed as fabricated.", "met", "negated"),
    ("Unconfirmed reports said Norway attacked Peru.", "attacked", "possible"),
    ("Rumours spread that Norway had attacked Peru.", "attacked", "possible"),
    ("Speculation mounted that Norway had attacked Peru.", "attacked", "possible"),
    ("Parliament voted against sanctioning Peru.", "sanctioning", "negated"),
    ("Chile balked at signing the treaty with Peru.", "signing", "negated"),
    ("Novak was kept from visiting Chile.", "visiting", "negated"),
    ("Ahead of his visit to Chile, Novak spoke to reporters.", "visit", "planned"),
    ("In the novel, Chile attacks Ghana.", "attacks", "negated"),
    ("Novak would have met Horak if the road had been open.", "met", "negated"),
    ("Novak should have attended the talks.", "attended", "negated"),
    ("Chile should not have attacked Ghana.", "attacked", "actual"),
    ("Novak would not have met Horak without help.", "met", "possible"),
    ("Novak was due to visit Chile but fell ill.", "visit", "negated"),
    ("Novak had planned to visit Chile but stayed at home.", "visit", "negated"),
    ("Novak was due to visit Chile, but the trip was put off.", "visit", "planned"),
    ("Novak plans to visit Chile but will skip Ghana.", "visit", "planned"),
    ("Novak is yet to meet Horak.", "meet", "negated"),
    ("Never before had Chile criticized Ghana.", "criticized", "negated"),
    ("Novak stopped short of condemning Chile.", "condemning", "negated"),
    ("Far from condemning Chile, Novak praised it.", "condemning", "negated"),
    ("If Chile leaves, Novak warned, Ghana will follow.", "follow", "possible"),
    ("If Chile leaves, Novak warned, Ghana will follow.", "warned", "actual"),
    ("Novak hinted at a visit to Chile.", "visit", "possible"),
    ("Novak pulled out of a meeting with Horak.", "meeting", "negated"),
    ("Novak held back from condemning Chile.", "condemning", "negated"),
    ("Novak is said to have met Horak.", "met", "possible"),
    ("Novak is known for having met Horak.", "met", "actual"),
    ("Novak backed out of meeting Horak.", "meeting", "negated"),
    ("Novak reneged on meeting Horak.", "meeting", "negated"),
    ("A pact with Horak awaits signature.", "pact", "possible"),
    ("Novak was not invited to the talks with Horak.", "talks", "actual"),
    ("A planned meeting with Horak never materialised.", "meeting", "negated"),
    ("Rumour has it that Novak met Horak.", "met", "possible"),
    ("A fake video showed Novak attacking Horak.", "attacking", "negated"),
    ("Novak came close to meeting Horak.", "meeting", "possible"),
    ("The plan was for Novak to meet Horak.", "meet", "planned"),
    ("Neither Anna Novak nor Pavel Horak has visited Chile.", "visited", "negated"),
    ("Novak accepted an invitation to the talks with Horak.", "talks", "actual"),
    ("The call with Horak was pushed back to Sunday.", "call", "planned"),
    ("Plans for talks with Horak fell through.", "talks", "negated"),
    ("Novak did not exclude talks with Horak.", "talks", "possible"),
    ("Novak did not cancel the talks with Horak.", "talks", "actual"),
    ("Novak pledged ten tonnes in aid to Chile.", "aid", "planned"),
    ("Chile came within a whisker of attacking Ghana.", "attacking", "possible"),
    ("Within days of attacking Ghana, Chile withdrew.", "attacking", "actual"),
    ("The talks with Horak fell apart before they began.", "talks", "negated"),
    ("The talks with Horak broke down before starting.", "talks", "negated"),
    ("The talks with Horak were derailed before they could start.", "talks", "negated"),
    ("The talks with Horak collapsed before the strike began.", "talks", "actual"),
    ("The treaty with Ghana was left unsigned.", "treaty", "negated"),
    ("The treaty with Ghana was not left unsigned.", "treaty", "actual"),
    ("Novak was en route to Chile for talks with Horak.", "talks", "planned"),
    ("Novak is on her way to Chile for talks with Horak.", "talks", "planned"),
    ("Novak turned back before reaching Chile.", "reaching", "negated"),
    ("Novak rested before reaching Chile.", "reaching", "actual"),
    ("Chile dragged its feet on sanctioning Ghana.", "sanctioning", "negated"),
    ("As a prank, a website reported that Novak had met Horak.", "met", "negated"),
    ("As mayor, Duarte reported that Novak had met Horak.", "met", "actual"),
    ("A previous version of the story said that Novak met Horak.", "met", "possible"),
    ("The paper misstated that Novak met Horak.", "met", "negated"),
    ('"We met Horak," Novak would have said.', "met", "possible"),
    ("Novak met Horak, not Duarte.", "met", "actual"),
    ("Correction: Novak met Horak on Friday, not on Sunday.", "met", "actual"),
    ("Few expect Chile to sanction Ghana.", "sanction", "possible"),
    ("Many expect Chile to sanction Ghana.", "sanction", "planned"),
    ("Few envoys expect Chile to sanction Ghana.", "sanction", "possible"),
    ("A few envoys expect Chile to sanction Ghana.", "sanction", "planned"),
    ("Hardly anyone expects Chile to sanction Ghana.", "sanction", "possible"),
    ("Chile came close to an attack on Ghana.", "attack", "possible"),
    ("Chile was minutes away from attacking Ghana.", "attacking", "possible"),
    ("The talks with Horak were over before they started.", "talks", "negated"),
    ("Novak was on a plane to Chile for talks with Horak.", "talks", "planned"),
    ("A website jokingly reported that Novak had met Horak.", "met", "negated"),
    ("The paper retracted a report that Novak had met Horak.", "met", "negated"),
]
NOUNS: list[tuple[str, str, Status]] = [
    ("Novak held talks with Horak.", "talks", "actual"),
    ("Talks between Norway and Chile began.", "Talks", "actual"),
    ("Novak skipped the meeting with Horak.", "meeting", "actual"),
    ("Novak said the talks with Horak went well.", "talks", "actual"),
    ("Novak declined an offer of help from Chile.", "offer", "actual"),
    ("Novak was barred from the meeting with Horak.", "meeting", "actual"),
    ("Novak attended the meeting and the talks with Horak.", "talks", "actual"),
    ("Novak said in a meeting with Horak that Chile was safe.", "meeting", "actual"),
    ("Novak will hold talks with Horak.", "talks", "planned"),
    ("Novak announced plans for talks with Horak.", "talks", "planned"),
    ("Next week's talks with Horak worry Ghana.", "talks", "planned"),
    ("Talks with Horak are scheduled for Friday.", "Talks", "planned"),
    ("The next day's talks with Horak worried Ghana.", "talks", "actual"),
    ("Novak's planned visit to Chile worries Ghana.", "visit", "planned"),
    ("The meeting with Horak has been postponed.", "meeting", "planned"),
    ("Novak flew to Lima for talks with Horak.", "talks", "planned"),
    ("Novak called for talks with Horak.", "talks", "possible"),
    ("Novak proposed talks with Horak.", "talks", "possible"),
    ("Novak repeated claims of a meeting with Horak.", "meeting", "possible"),
    ("Novak is ready for talks with Horak.", "talks", "possible"),
    ("Novak hopes to see a deal with Horak.", "deal", "possible"),
    ("Possible talks with Horak worry Ghana.", "talks", "possible"),
    ("Novak cancelled a visit to Chile.", "visit", "negated"),
    ("Novak called off the talks with Horak.", "talks", "negated"),
    ("The visit to Chile was cancelled.", "visit", "negated"),
    ("Novak rejected talks with Horak.", "talks", "negated"),
    ("Novak denied reports of a meeting with Horak.", "meeting", "negated"),
    ("The meeting with Horak never took place.", "meeting", "negated"),
    ("Novak left without a meeting with Horak.", "meeting", "negated"),
    ("Novak ruled out talks with Horak.", "talks", "negated"),
    ("There was no meeting with Horak.", "meeting", "negated"),
    ("Novak held no talks with Horak.", "talks", "negated"),
    # who stays away undoes no event
    ("Novak did not go to the summit in Lima.", "summit", "actual"),
    ("Novak will not go to the summit in Lima.", "summit", "planned"),
    ("Novak did not send an envoy to the summit in Lima.", "summit", "actual"),
    ("Novak did not hold talks with Horak.", "talks", "negated"),
    # what someone comes for is no more certain than the coming
    ("Novak will visit Lima next week for talks with Horak.", "talks", "planned"),
    ("Novak plans to travel to Lima for talks with Horak.", "talks", "planned"),
    ("Novak may visit Lima for a meeting with Horak.", "meeting", "possible"),
    ("Novak may fly to Lima for a meeting with Horak.", "meeting", "possible"),
    ("Novak is expected in Lima on Monday for negotiations with Horak.", "negotiations", "planned"),
    ("Novak is due in Lima on Monday for talks with Horak.", "talks", "planned"),
    ("Novak will be in Lima on Monday for talks with Horak.", "talks", "planned"),
    ("Novak plans a visit to Lima for talks with Horak.", "talks", "planned"),
    ("Novak will visit Lima to hold talks with Horak.", "talks", "planned"),
    ("Novak did not go to Lima for talks with Horak.", "talks", "negated"),
    ("Novak did not visit Lima for talks with Horak.", "talks", "negated"),
    ("Novak refused to visit Lima for talks with Horak.", "talks", "negated"),
    ("Novak visited Lima for talks with Horak.", "talks", "actual"),
    ("Novak was in Lima on Monday for talks with Horak.", "talks", "actual"),
    ("Novak will thank Chile for the talks with Horak.", "talks", "actual"),
    ("Novak did not apologise for the meeting with Horak.", "meeting", "actual"),
    ("Novak will prepare for the talks with Horak.", "talks", "planned"),
]


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        *((*case, "actual") for case in ACTUAL),
        *((*case, "planned") for case in PLANNED),
        *((*case, "possible") for case in POSSIBLE),
        *((*case, "negated") for case in NEGATED),
        *UNREAL,
        *NOUNS,
    ],
)
def test_status(pipeline: Pipeline, text: str, trigger: str, status: Status) -> None:
    assert clause(until(pipeline, "clauses", text, MONDAY), trigger).status == status


def test_a_present_tense_is_a_plan_with_a_later_date_or_an_undated_weekday(
    pipeline: Pipeline,
) -> None:
    text = "Novak meets Horak on Friday."
    assert clause(until(pipeline, "clauses", text, MONDAY), "meets").status == "planned"
    assert clause(until(pipeline, "clauses", text), "meets").status == "planned"
    past = "Novak met Horak on Friday."
    assert clause(until(pipeline, "clauses", past), "met").status == "actual"


def test_the_strongest_cue_wins() -> None:
    assert strongest([]) == "actual"
    assert strongest(["planned", "actual"]) == "planned"
    assert strongest(["possible", "planned"]) == "possible"
    assert strongest(["possible", "negated", "planned"]) == "negated"


@pytest.mark.parametrize(
    "text",
    [
        "Norway has not ruled out meeting Chile.",
        "Norway did not refuse to meet Chile.",
        "Norway never denied having met Chile.",
    ],
)
def test_a_denied_denial_leaves_it_open(pipeline: Pipeline, text: str) -> None:
    doc = until(pipeline, "clauses", text)
    assert [c.status for c in doc.clauses if c.lemma == "meet"] == ["possible"]


NOT_FACTS = [
    ("Before meeting Horak, Novak will stop in Oslo.", "meeting", "planned"),
    ("Under the plan, Novak meets Horak.", "meets", "planned"),
    ("The deal would see Novak meet Horak.", "meet", "possible"),
    ('"Did Novak meet Horak?" asked Duarte.', "meet", "possible"),
    ("Duarte dreamed that she met Horak.", "met", "possible"),
    ("Rather than meet Horak, Novak visited Chile.", "meet", "negated"),
    ("It is a lie that Novak met Horak.", "met", "negated"),
    ("Reports that Novak met Horak were fabricated.", "met", "negated"),
    ("Duarte falsely claimed that Novak had met Horak.", "met", "negated"),
    ("The hoax claimed that Novak had met Horak.", "met", "negated"),
    ("Contrary to reports that Novak met Horak, he stayed in Oslo.", "met", "negated"),
]


@pytest.mark.parametrize(("text", "trigger", "status"), NOT_FACTS)
def test_what_is_only_said_or_framed_is_no_fact(
    pipeline: Pipeline, text: str, trigger: str, status: Status
) -> None:
    doc = until(pipeline, "clauses", text)
    assert [c.status for c in doc.clauses if c.trigger.of(text) == trigger] == [status]


def test_before_a_deed_that_is_done_another_was_done(pipeline: Pipeline) -> None:
    text = "Before meeting Horak, Novak stopped in Oslo."
    doc = until(pipeline, "clauses", text)
    assert [c.status for c in doc.clauses if c.lemma == "meet"] == ["actual"]


def test_what_stands_beside_a_verb_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: Counter[int] = Counter()
    beside = Signals._beside_verb

    def counted(signals: Signals, index: int) -> Iterator[Status]:
        read[index] += 1
        return beside(signals, index)

    monkeypatch.setattr(Signals, "_beside_verb", counted)
    verbs = " ".join("briefed=brief/VERB:VBD/conj>met" for _ in range(50))
    doc = parsed(f"Novak/PROPN/nsubj>met met=meet/VERB:VBD/ROOT {verbs}")
    reader = StatusReader(Syntax(doc.tokens))
    assert {reader.of(index) for index in range(1, 52)} == {"actual"}
    assert set(read.values()) == {1}
