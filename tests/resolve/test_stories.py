"""Edited copies of one report are one story; other reports of the same event are not."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.stories import bands, same_story, signature, similarity
from tests.strategies import texts

REPORT = """GENEVA — The foreign ministers of Norway and Chile met in Geneva on Wednesday to \
discuss fishing rights in the southern ocean, the first such meeting in eleven years.

Espen Lunde and Rosa Contreras spoke for almost three hours at a hotel beside the lake. Neither of \
them answered questions when they left the building, but a joint statement was published in the \
evening.

"We have agreed to share the data of our research vessels and to organise a further round of talks \
in Bergen before the summer," the statement said. "Both governments recognise that the present \
quotas cannot be defended any longer."

Environmental groups were disappointed. A spokesman for Clean Seas, Jonas Weber, said that a \
programme without dates and figures was worth nothing, and that stocks of krill had fallen by a \
third since the last agreement.

Fishing accounts for about four percent of the exports of Chile. Norway owns most of the vessels \
that are licensed to work in the area."""

RIVAL = """Norway and Chile have taken a first step towards settling their quarrel about krill. \
After a meeting of nearly three hours in Geneva on Wednesday, the two foreign ministers promised \
to exchange what their research ships find out.

Rosa Contreras, who flew in from Santiago overnight, and her Norwegian colleague Espen Lunde chose \
a hotel on the shore of the lake for talks that both capitals had kept secret until the weekend. \
They want to continue in Bergen, where the Norwegian institute of marine research has its seat.

In their declaration they admit that the quotas of today are no longer defensible. How much less \
is to be caught they do not say. Jonas Weber of Clean Seas called that a scandal: "They know the \
figures, and they hide them."

The last time ministers of both countries sat down together was eleven years ago in Oslo."""

HEADLINE = "Krill dispute: what we know about the talks\n\n"
CREDIT = "\n\nReporting by the news agency; editing by A. Smith. All rights reserved."
FOOTER = (
    "\n\nRead more on this topic: analysis and live updates from our correspondents around the "
    "world. Sign up for our daily newsletter to get the best stories in your inbox every morning. "
    "You can unsubscribe at any time. Our journalism is independent and paid for by our readers. "
    "All rights reserved. This material may not be published, broadcast or rewritten."
)
PARAGRAPHS = REPORT.split("\n\n")


def american(text: str) -> str:
    for british, other in (
        ("programme", "program"),
        ("organise", "organize"),
        ("recognise", "recognize"),
        ("spokesman", "spokesperson"),
        ('"', "“"),
    ):
        text = text.replace(british, other)
    return text


COPIES = {
    "headline": HEADLINE + REPORT,
    "dateline": REPORT.replace("GENEVA — ", "Geneva, Switzerland (Agency) - "),
    "a paragraph cut": "\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[4:]),
    "the end cut": "\n\n".join(PARAGRAPHS[:4]),
    "a paragraph added": REPORT + "\n\nThe weather on the lake was mild for the season, and few of "
    "the guests of the hotel seemed to know who was meeting on the second floor that afternoon.",
    "a quotation cut": REPORT.replace("Both governments recognise that the present quotas", "…"),
    "spelling": american(REPORT),
    "credit": REPORT + CREDIT,
    "footer": REPORT + FOOTER,
    "capitals and white space": "  ".join(REPORT.upper().split(" ")),
    "much at once": HEADLINE + american("\n\n".join(PARAGRAPHS[:4])) + CREDIT,
}


def test_every_copy_differs_from_the_report() -> None:
    assert all(copy != REPORT for copy in COPIES.values())


def shared(one: str, other: str) -> bool:
    """Tell whether a catalogue would find the two: by a band first, then by the comparison."""
    first, second = signature(one), signature(other)
    return bool({*bands(first)} & {*bands(second)}) and same_story(first, second)


@pytest.mark.parametrize("edit", COPIES)
def test_an_edited_copy_is_the_same_story(edit: str) -> None:
    assert shared(REPORT, COPIES[edit])


def test_two_edited_copies_of_one_report_are_one_story() -> None:
    assert shared(COPIES["headline"], COPIES["credit"])
    assert shared(COPIES["a paragraph cut"], COPIES["spelling"])


@pytest.mark.parametrize("edit", COPIES)
def test_another_report_of_the_same_meeting_is_another_story(edit: str) -> None:
    assert not shared(RIVAL, COPIES[edit])


def test_a_common_footer_makes_no_story() -> None:
    assert not shared(REPORT + FOOTER, RIVAL + FOOTER)


def test_common_paragraphs_of_background_make_no_story() -> None:
    background = "\n\n".join(PARAGRAPHS[3:])
    assert not shared(REPORT, RIVAL + "\n\n" + background)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Macron met Scholz in Paris on Monday.", "Macron met Scholz in Paris on Tuesday."),
        ("Macron met Scholz in Paris.", "Macron met Scholz in Paris, officials said."),
    ],
)
def test_short_texts_are_copies_only_word_for_word(one: str, other: str) -> None:
    assert not shared(one, other)
    assert shared(one, f"  {one.upper()} ")


def test_texts_without_words_are_no_story() -> None:
    assert signature("… — !") == () == bands(())
    assert not same_story((), ())
    assert similarity((), signature("word")) == 0


def test_signatures_are_the_same_in_every_process_and_every_version() -> None:
    """They are kept on disk: values that change would silently find no copy any more."""
    code = (
        "import sys; sys.stdout.reconfigure(encoding='utf-8')\n"
        "from kg.resolve.stories import bands, signature\n"
        f"made = signature({REPORT!r}); print(made[:3], made[-1], bands(made)[0])"
    )
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == KEPT


KEPT = "(201762949, 388064064, 1192705610) 1028663929 0-9773e2dc0089b371"


@given(texts, texts)
def test_similarity_is_symmetric_and_whole_for_the_text_itself(one: str, other: str) -> None:
    first, second = signature(one), signature(other)
    assert similarity(first, second) == similarity(second, first)
    assert bool(first) == same_story(first, first)
    assert len(bands(first)) == len(set(bands(first))) == (32 if first else 0)


@given(st.text())
def test_any_text_has_a_signature(text: str) -> None:
    assert len(signature(text)) in (0, 128)
