"""How many documents there are to come: told where that is known, and no guess where not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.read.count import count


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("a.txt", "Macron spoke.", 1),
        ("a.html", "<p>Macron spoke.", 1),
        ("a.jsonl", '{"text": "One."}\n\n{"text": "Two."}', 2),
        ("a.json", '{"text": "One."}', 1),
        ("a.json", '[{"text": "One."}]', None),
        ("a.json", '{"status": "ok", "articles": [ {"body": "One."}]}', None),
        ("a.csv", "text\nOne.\n", None),
        ("a.mbox", "From a@b.example\n", None),
        ("a.zip", "PK", None),
        ("a.xlsx", "PK", None),
        ("a.page", "Macron spoke.", 1),
    ],
)
def test_documents_of_a_file(tmp_path: Path, name: str, words: str, expected: int | None) -> None:
    (tmp_path / name).write_text(words)
    assert count([tmp_path / name]) == expected
    assert count([tmp_path]) == (expected if name != "a.page" else 0)


def test_nothing_is_opened_that_is_never_read(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.json"):
        os.mkfifo(tmp_path / name)
    assert count([tmp_path / "a.jsonl", tmp_path / "b.json", "/dev/zero"]) == 3
