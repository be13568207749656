"""Words, a file, or many inputs, through the default pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

import kg
from kg.errors import Failure, SourceError
from kg.model import Document
from kg.relations import Lexicon


@pytest.fixture(autouse=True)
def shouting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline that needs no model: it writes the id in capitals."""

    def default(
        lexicon: Lexicon | None = None, *, min_score: float = 0, background: bool = False
    ) -> object:
        return lambda document: document.but(id=document.id.upper())

    monkeypatch.setattr("kg.pipeline.Pipeline.default", default)


def test_words_are_a_document() -> None:
    assert kg.extract("Macron spoke.", date="2025-02-17") == Document(
        "TEXT", "Macron spoke.", "2025-02-17"
    )


def test_a_string_that_names_a_file_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Macron spoke.", encoding="utf-8")
    for given in (path, str(path)):
        found = kg.extract(given)
        assert (found.id, found.text) == ("ARTICLE", "Macron spoke.")


def test_what_is_neither_words_nor_a_path_is_an_error() -> None:
    with pytest.raises(TypeError, match="a string or a path, not NoneType"):
        kg.extract(cast("str", None))


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        kg.extract(tmp_path / "nowhere.txt")


def test_a_folder_is_no_single_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Macron spoke.", encoding="utf-8")
    with pytest.raises(SourceError, match=r"holds 2 documents; use kg\.extract_all for many"):
        kg.extract(tmp_path)
    found = list(kg.extract_all(tmp_path, "nowhere.txt"))
    assert [entry.id for entry in found if isinstance(entry, Document)] == ["A", "B"]
    assert isinstance(found[2], Failure)


@pytest.mark.parametrize("words", ["", " ", ".", "word " * 2000, "a\x00b", "Two\nlines."])
def test_odd_words_are_still_words(words: str, tmp_path: Path) -> None:
    if words == ".":  # names a folder, the working one
        with pytest.raises(SourceError):
            kg.extract(words)
    else:
        assert kg.extract(words).text == words
