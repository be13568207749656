"""Another language plugs in: its grammar, its words and its cues, and the rules stay ours.

No German parser is at hand offline, so that its tokens are written down as one would give them:
labels of the TIGER treebank, tags of STTS, the verb below its auxiliary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from kg.annotate.clauses import Clauses
from kg.annotate.grammar import Grammar
from kg.cues import of_language, status_of_words, words
from kg.errors import UnknownName
from kg.extract.frames import Frames
from kg.model import Document, Entity, EntityType, Mention, Span
from kg.pipeline import Pipeline, for_language
from kg.relations import of_language as lexicon_of
from kg.relations import shipped
from tests.build import parsed

MACRON, SCHOLZ = "Macron/PROPN:NE", "Scholz/PROPN:NE"


def german() -> Pipeline:
    """Make a pipeline as a package for German would bring it, its parser left out."""
    lexicon = lexicon_of("de")
    return Pipeline(
        annotators=(Ready(), Grammar("de"), Clauses()),
        extractors=(Frames(lexicon),),
        lexicon=lexicon,
        confidence=None,
        language="de",
    )


class Ready:
    """Stands for a parser and what finds names: the document has its tokens and entities."""

    name = "ready"
    requires = ()
    provides = ("tokens", "times", "entities", "offices", "statements")

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        return doc


def read(notation: str) -> Document:
    document = parsed(notation)
    people = entities(document, "Person", ("Macron", "Scholz", "Meloni"))
    events = entities(document, "Event", ("Gipfel",))
    return document.but(entities=(*people, *events))


def entities(document: Document, kind: EntityType, names: Iterable[str]) -> list[Entity]:
    return [
        Entity(name, kind, name, tuple(Mention(Span(*m.span())) for m in found))
        for name in names
        if (found := list(re.finditer(name, document.text)))
    ]


def facts(document: Document) -> list[str]:
    return [f"{r.type}: {r.subject} > {r.object} ({r.status})" for r in document.relations]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        (
            f"{MACRON}/sb>traf traf=treffen/VERB:VVFIN/ROOT {SCHOLZ}/oa>traf in/ADP:APPR/mo>traf "
            "Paris/PROPN:NE/nk>in",
            ["metWith: Macron > Scholz (actual)"],
        ),
        (
            f"{MACRON}/sb>traf und/CCONJ:KON/cd>Macron {SCHOLZ}/cj>und "
            "traf=treffen/VERB:VVFIN/ROOT sich/PRON:PRF/oa>traf "
            "in/ADP:APPR/mo>traf Paris/PROPN:NE/nk>in",
            ["metWith: Macron > Scholz (actual)"],
        ),
        (
            f"{MACRON}/sb>sprach sprach=sprechen/VERB:VVFIN/ROOT mit/ADP:APPR/mo>sprach "
            f"{SCHOLZ}/nk>mit",
            ["spokeWith: Macron > Scholz (actual)"],
        ),
        (
            f"{MACRON}/sb>wird wird=werden/AUX:VAFIN/ROOT {SCHOLZ}/oa>treffen "
            "treffen/VERB:VVINF/oc>wird",
            ["metWith: Macron > Scholz (planned)"],
        ),
        (
            f"{MACRON}/sb>traf traf=treffen/VERB:VVFIN/ROOT {SCHOLZ}/oa>traf "
            "nicht/PART:PTKNEG/ng>traf",
            ["metWith: Macron > Scholz (negated)"],
        ),
        (
            f"{MACRON}/sb>könnte könnte=können/AUX:VMFIN/ROOT {SCHOLZ}/oa>empfangen "
            "empfangen/VERB:VVINF/oc>könnte",
            ["metWith: Macron > Scholz (possible)"],
        ),
        (
            f"{MACRON}/sb>würde würde=werden/AUX:VAFIN/ROOT {SCHOLZ}/oa>treffen "
            "treffen/VERB:VVINF/oc>würde",
            ["metWith: Macron > Scholz (possible)"],
        ),
        (
            f"{SCHOLZ}/sb>wurde wurde=werden/AUX:VAFIN/ROOT von/ADP:APPR/sbp>empfangen "
            f"{MACRON}/nk>von empfangen/VERB:VVPP/oc>wurde",
            ["metWith: Macron > Scholz (actual)"],
        ),
        (
            f"{SCHOLZ}/sb>wird wird=werden/AUX:VAFIN/ROOT von/ADP:APPR/sbp>empfangen "
            f"{MACRON}/nk>von nicht/PART:PTKNEG/ng>empfangen empfangen/VERB:VVPP/oc>werden "
            "werden/AUX:VAINF/oc>wird",
            ["metWith: Macron > Scholz (negated)"],
        ),
        (
            f"{MACRON}/sb>hat hat=haben/AUX:VAFIN/ROOT {SCHOLZ}/oa>getroffen "
            "getroffen=treffen/VERB:VVPP/oc>hat",
            ["metWith: Macron > Scholz (actual)"],
        ),
        (
            f"{MACRON}/sb>verhandelte verhandelte=verhandeln/VERB:VVFIN/ROOT "
            f"mit/ADP:APPR/mo>verhandelte {SCHOLZ}/nk>mit",
            ["negotiatedWith: Macron > Scholz (actual)"],
        ),
        (
            f"{MACRON}/sb>lud lud=laden/VERB:VVFIN/ROOT {SCHOLZ}/oa>lud ein/ADP:PTKVZ/svp>lud",
            ["invited: Macron > Scholz (actual)"],
        ),
        (
            f"{MACRON}/sb>nahm nahm=nehmen/VERB:VVFIN/ROOT am/ADP:APPRART/mo>nahm "
            "Gipfel/NOUN:NN/nk>am teil/ADP:PTKVZ/svp>nahm",
            ["attended: Macron > Gipfel (actual)"],
        ),
        (
            f"{MACRON}/sb>traf traf=treffen/VERB:VVFIN/ROOT mit/ADP:APPR/mo>traf {SCHOLZ}/nk>mit "
            "ein/ADP:PTKVZ/svp>traf",
            [],
        ),
        (
            f"{MACRON}/sb>versuchte versuchte=versuchen/VERB:VVFIN/ROOT {SCHOLZ}/oa>treffen "
            "zu/PART:PTKZU/pm>treffen treffen/VERB:VVINF/oc>versuchte",
            ["metWith: Macron > Scholz (possible)"],
        ),
    ],
)
def test_the_meeting_family_in_german(notation: str, expected: list[str]) -> None:
    found = german()(read(notation))
    assert facts(found) == expected
    assert all(r.evidence.of(found.text) == found.text for r in found.relations)


def test_a_document_goes_to_the_pipeline_of_its_language(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a package installs under kg.languages is asked; English goes on as before."""
    given = read(
        f"{MACRON}/sb>sprach sprach=sprechen/VERB:VVFIN/ROOT mit/ADP:APPR/mo>sprach {SCHOLZ}/nk>mit"
    ).but(language="de")
    monkeypatch.setattr("kg.pipeline.plugged", lambda kind: ["de"] if kind == "languages" else [])
    monkeypatch.setattr("kg.pipeline.component", lambda kind, name: german())
    for_language.cache_clear()
    try:
        assert facts(pipeline(given)) == ["spokeWith: Macron > Scholz (actual)"]
        english = pipeline(Document(id="e", text="Emmanuel Macron did not meet Olaf Scholz."))
        assert [(r.type, r.status) for r in english.relations] == [("metWith", "negated")]
    finally:
        for_language.cache_clear()


def test_words_are_those_of_the_language_only_while_it_is_read() -> None:
    with of_language("de"):
        assert status_of_words("modals")["könnte"] == "possible"
        assert "will" not in status_of_words("modals")
        assert not words("governors", "ability")
        with of_language("en"):
            assert status_of_words("modals")["will"] == "planned"
    assert "könnte" not in status_of_words("modals")


def test_german_words_stand_for_relation_types_of_ours() -> None:
    for name, entry in lexicon_of("de").items():
        assert (entry.noun, entry.domain) == (shipped()[name].noun, shipped()[name].domain)
        assert entry.frames != shipped()[name].frames


def test_a_language_without_tables_is_named() -> None:
    with pytest.raises(UnknownName, match="xx"):
        lexicon_of("xx")
    with pytest.raises(UnknownName, match="xx"):
        Grammar("xx").warm_up()
