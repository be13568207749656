"""Stages in order, and what becomes of what they find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from kg.errors import DocumentError, OrderError, SourceError, StageError
from kg.extract.roles import Roles
from kg.model import Document, Office, Relation, Span
from kg.pipeline import Pipeline, for_language, merged, supported, unread_language
from kg.relations import Lexicon, parse
from tests.build import doc
from tests.readings import facts


@dataclass(frozen=True)
class Stage:
    """An annotator that needs and gives what it is told, and notes nothing down."""

    name: str = "stage"
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    error: Exception | None = None

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, found: Document) -> Document:
        if self.error is not None:
            raise self.error
        return found


@dataclass(frozen=True)
class Given:
    """An extractor that finds the relations it is given."""

    relations: tuple[Relation, ...] = ()
    name: ClassVar[str] = "given"
    requires: ClassVar[tuple[str, ...]] = ()

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, found: Document) -> Iterator[Relation]:
        yield from self.relations


def relation(**fields: Any) -> Relation:
    given: dict[str, Any] = {
        "type": "metWith", "subject": "e1", "object": "e2", "status": "actual",
        "evidence": Span(0, 18), "score": 0.5,
    }  # fmt: skip
    return Relation(**{**given, **fields})


# ------------------------------------------------------------ order


def test_a_layer_that_comes_too_late_is_refused_with_the_remedy() -> None:
    with pytest.raises(OrderError, match="'late' needs the layer 'tokens'; put 'early' before it"):
        Pipeline((Stage("late", requires=("tokens",)), Stage("early", provides=("tokens",))))


def test_a_layer_that_nobody_provides_is_refused() -> None:
    with pytest.raises(OrderError, match=r"'late' needs the layer 'tokens'\.$"):
        Pipeline((Stage("late", requires=("tokens",)),))


def test_an_extractor_needs_its_layers_too() -> None:
    with pytest.raises(OrderError, match="'roles' needs the layer 'tokens'"):
        Pipeline((), (Roles(),))


def test_the_document_itself_is_there_from_the_start() -> None:
    pipe = Pipeline((Stage(requires=("text", "date", "source")),))
    assert pipe(Document(id="d", text="x")) == Document(id="d", text="x")


def test_who_watches_hears_of_each_stage_before_it_works() -> None:
    heard: list[str] = []
    pipe = Pipeline((Stage("one"), Stage("two", error=ValueError("no"))))
    with pytest.raises(StageError):
        pipe(Document(id="d", text="x"), watch=heard.append)
    assert heard == ["one", "two"]


def test_one_more_extractor_leaves_the_others() -> None:
    pipe = Pipeline((), (Given(),))
    longer = pipe.with_extractor(Given())
    assert (len(pipe.extractors), len(longer.extractors)) == (1, 2)


# ------------------------------------------------------------ failing


def test_our_own_error_is_told_in_its_words() -> None:
    pipe = Pipeline((Stage("reader", error=SourceError("d", "is empty")),))
    with pytest.raises(StageError, match="Stage 'reader' failed on document 'd': d: is empty"):
        pipe(Document(id="d", text="x"))


def test_any_other_error_is_told_with_its_kind() -> None:
    pipe = Pipeline((Stage("reader", error=KeyError("e9")),))
    with pytest.raises(StageError, match="'reader' failed on document 'd': KeyError: 'e9'"):
        pipe(Document(id="d", text="x"))


def test_an_extractor_that_fails_is_named() -> None:
    @dataclass(frozen=True)
    class Broken(Given):
        name: ClassVar[str] = "broken"

        def __call__(self, found: Document) -> Iterator[Relation]:
            raise ValueError("no")

    with pytest.raises(StageError, match="'broken' failed on document 'd': ValueError: no"):
        Pipeline((), (Broken(),))(Document(id="d", text="x"))


def test_what_does_not_hold_together_is_refused() -> None:
    found = doc("Novak met Horak.", people=["Novak", "Horak"])
    with pytest.raises(DocumentError, match="is no span of the text"):
        Pipeline((), (Given((relation(evidence=Span(0, 999)),)),))(found)


# ------------------------------------------------------------ merging


def test_one_fact_of_one_sentence_stays_once_and_the_surer_finding_speaks() -> None:
    (only,) = merged([relation(score=0.5, by="a"), relation(score=0.9, by="b")])
    assert (only.score, only.by) == (0.9, "b")


def test_what_one_finding_lacks_the_other_adds() -> None:
    (only,) = merged([relation(score=0.9, date="2024-03-04"), relation(score=0.5, place="e3")])
    assert (only.score, only.place, only.date) == (0.9, "e3", "2024-03-04")


def test_two_sentences_are_two_pieces_of_evidence() -> None:
    assert len(merged([relation(), relation(evidence=Span(20, 30))])) == 2


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("actual", "negated", "negated"),
        ("planned", "actual", "planned"),
        ("possible", "planned", "possible"),
    ],
)
def test_of_two_readings_of_one_sentence_the_more_careful_stays(
    one: str, other: str, status: str
) -> None:
    both = [relation(status=one, score=0.9), relation(status=other, score=0.5)]
    for order in (both, both[::-1]):
        assert [r.status for r in merged(order)] == [status]


def test_two_titles_are_two_facts() -> None:
    minister = relation(type="holdsPosition", title="minister")
    assert len(merged([minister, relation(type="holdsPosition", title="envoy")])) == 2
    assert len(merged([minister, relation(type="holdsPosition", title="Minister")])) == 1


def test_a_former_office_is_another_fact() -> None:
    held = relation(type="holdsPosition", title="minister")
    assert len(merged([held, relation(type="holdsPosition", title="minister", former=True)])) == 2


def test_the_order_of_finding_does_not_matter() -> None:
    found = [relation(type=name) for name in ("visited", "metWith", "briefed")]
    assert merged(found) == merged(found[::-1])


# ------------------------------------------------------------ what is kept


def test_a_group_without_relation_or_statement_is_dropped() -> None:
    found = doc("Novak met envoys. Some reporters left.", people=["Novak"],
                groups=["envoys", "reporters"], relations=["metWith: Novak > envoys"])  # fmt: skip
    assert [entity.name for entity in supported(found).entities] == ["Novak", "envoys"]


def test_a_group_that_speaks_is_kept() -> None:
    found = doc("The reporters said he left.", groups=["reporters"],
                statements=["reporters: he left (indirect)"])  # fmt: skip
    assert [entity.name for entity in supported(found).entities] == ["reporters"]


def test_someone_without_a_name_and_without_relation_is_dropped_with_the_office() -> None:
    found = doc("Norway's minister left.", people=["minister"], countries=["Norway"])
    found = found.but(offices=(Office("e1", Span(9, 17), "e2"),))
    kept = supported(found)
    assert [entity.name for entity in kept.entities] == ["Norway"]
    assert kept.offices == ()


def test_names_and_events_are_kept_in_any_case() -> None:
    found = doc("Novak left the talks.", people=["Novak"], events=["talks"])
    assert supported(found) == found


# ------------------------------------------------------------ the shipped pipeline


def test_a_sentence_from_end_to_end(pipeline: Pipeline) -> None:
    found = pipeline(Document(id="d", text="Norwegian President Ola Berg will visit Chile."))
    assert facts(found) == {
        "citizenOf: Ola Berg > Norway",
        "holdsPosition: Ola Berg > Norway",
        "visited: Ola Berg > Chile (planned)",
    }


def test_nothing_in_nothing_out(pipeline: Pipeline) -> None:
    assert pipeline(Document(id="d", text="")) == Document(id="d", text="")


GERMAN = "Die Minister beider Länder trafen sich im alten Rathaus und sprachen über Fischerei."


def test_a_text_that_is_not_english_is_kept_without_layers(pipeline: Pipeline) -> None:
    given = Document(id="d", text=GERMAN, date="2025-02-17")
    assert pipeline(given) == given.but(language="de")


def test_what_explains_says_which_language_it_does_not_read(pipeline: Pipeline) -> None:
    with pytest.raises(SourceError, match="text: is in German; only English is read; give an Eng"):
        pipeline.explain(GERMAN)


def test_an_installed_package_reads_its_language(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def german() -> Pipeline:
        return Pipeline(annotators=(), extractors=())

    monkeypatch.setattr("kg.pipeline.plugged", lambda kind: ["de"] if kind == "languages" else [])
    monkeypatch.setattr("kg.pipeline.component", lambda kind, name: german())
    for_language.cache_clear()
    try:
        found = pipeline(Document(id="d", text=GERMAN))
        assert found.language == "de"
        assert unread_language(found) is None
    finally:
        for_language.cache_clear()


def test_the_same_text_gives_the_same_record(pipeline: Pipeline, article: Document) -> None:
    assert pipeline(article).to_json() == pipeline(article).to_json()


def test_a_lexicon_of_ones_own() -> None:
    own = Lexicon(
        parse(
            '[praised]\ndomain = ["Actor"]\nrange = ["Actor"]\nframes = ["praise: subj > obj"]',
            "own.toml",
        )
    )
    found = Pipeline.default(own)(Document(id="d", text="Anna Novak praised Norway."))
    assert facts(found, "praised", "supported") == {"praised: Anna Novak > Norway"}
