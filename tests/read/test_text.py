"""Plain text is read byte for byte, and what is no text is refused in a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read.files import resource
from kg.read.text import Text


def text(path: str | Path) -> Document:
    (document,) = Text()(resource(path))
    return document


def written(folder: Path, data: bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_text_is_as_stored(tmp_path: Path) -> None:
    words = "Élysée\r\ntalks  \n\n\tZelenskyy said: “no”. 😀\n"
    document = text(written(tmp_path, words.encode()))
    assert document.text == words
    assert document.id == "article"


def test_only_the_last_ending_is_taken_off_for_the_id(tmp_path: Path) -> None:
    assert text(written(tmp_path, b"Macron spoke.", "2025.02.17.md")).id == "2025.02.17"


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    assert text(written(tmp_path, b"\xef\xbb\xbfMacron spoke.")).text == "Macron spoke."


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"Macron\x00spoke", "is binary, not text"),
        (bytes(range(1, 32)) * 10, "is binary, not text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = written(tmp_path, data)
    with pytest.raises(SourceError) as refused:
        text(path)
    assert refused.value.where == str(path)
    assert refused.value.problem.startswith(problem)
    assert refused.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.txt: there is no such file; check the path"):
        text(tmp_path / "nowhere.txt")


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder; name a file in it"):
        text(tmp_path)


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="a device or a pipe, not a file; give - to read"):
        text(tmp_path / "pipe")
    with pytest.raises(SourceError, match="a device or a pipe"):
        text("/dev/zero")


def test_a_path_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        text(tmp_path / ("x" * 5000))
    with pytest.raises(SourceError, match="cannot be read"):
        text(f"{tmp_path}/a\x00b")


@pytest.mark.parametrize(
    "words",
    [
        "PARIS, March 4, 2024 (Reuters) - President Macron met Chancellor Scholz in Paris.",
        "PARIS, March 4, 2024 -- President Macron met Chancellor Scholz, who had been ill.",
        "Paris, 4 March 2024 (dpa) – President Macron met Chancellor Scholz in Paris.",
        "Macron meets Scholz in Paris\nBy Ada Brandt and Jo Lund\nMarch 4, 2024\n\nThey spoke.",
        "Macron meets Scholz\r\n\r\nPublished on Monday 4 March 2024 at 10:30 GMT\r\n\r\nThey met.",
        "Macron meets Scholz\n\nBerlin, den 4. März 2024\n\nThey spoke.",
    ],
)
def test_the_day_above_a_text_is_its_date(tmp_path: Path, words: str) -> None:
    path = written(tmp_path, words.encode())
    document = text(path)
    assert document.date == "2024-03-04"
    assert document.reading is not None
    assert document.reading.notes == ("date: as the text begins",)
    (known,) = Text()(resource(path).but(about={"date": "2024-03-05"}))
    assert known.date is None  # what is known from outside is filled in by `through`
    assert known.reading is not None
    assert known.reading.notes == ()


@pytest.mark.parametrize(
    "words",
    [
        "PARIS, March 4 (Reuters) - President Macron met Chancellor Scholz in Paris.",
        "Macron met Scholz on March 4, 2024.",
        "Macron met Scholz in Paris on March 4, 2024",
        "US strategy since March 4, 2024 - a review of what was done in Paris and Berlin.",
        "Ukraine War Since February 24, 2022",
        "March 4, 2024 - Macron met Scholz in Paris. He had been ill.",
        "The two presidents wanted to meet at a summit in\nParis, March 4, 2024.",
        "Chronology\n\nMarch 4, 2024\n\nMacron met Scholz.\n\nMarch 5, 2024\n\nMacron met Sunak.",
        "Macron met Scholz, who had long been ill. " * 5 + "\n\nMarch 4, 2024\n\nHe flew home.",
    ],
)
def test_a_day_in_the_words_of_a_text_is_not_its_date(tmp_path: Path, words: str) -> None:
    assert text(written(tmp_path, words.encode())).date is None
