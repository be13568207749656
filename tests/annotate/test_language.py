"""Texts that are not English are refused by name."""

from __future__ import annotations

import pytest

from kg.annotate.language import Language
from kg.errors import SourceError
from kg.model import Document

ENGLISH = "The ministers of both countries met in the old town hall and spoke about fishing rights."
GERMAN = "Die Minister beider Länder trafen sich im alten Rathaus und sprachen über Fischerei."
FRENCH = "Les ministres des deux pays se sont rencontrés à la mairie et ont parlé de la pêche."


def test_english_passes_unchanged() -> None:
    doc = Document(id="d", text=ENGLISH)
    assert Language()(doc) is doc


@pytest.mark.parametrize(("text", "name"), [(GERMAN, "German"), (FRENCH, "French")])
def test_another_language_is_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(SourceError, match=f"in {name}; only English is read"):
        Language()(Document(id="d", text=text))


def test_a_foreign_word_or_two_is_too_little_to_refuse() -> None:
    doc = Document(id="d", text="Guten Morgen, Norwegen!")
    assert Language()(doc) is doc


def test_an_english_text_with_a_foreign_quotation_passes() -> None:
    doc = Document(id="d", text=f"{ENGLISH} {ENGLISH} “{GERMAN}” {ENGLISH}")
    assert Language()(doc) is doc


def test_numbers_and_signs_are_no_language() -> None:
    doc = Document(id="d", text="1 234 567,89 " * 50)
    assert Language()(doc) is doc
