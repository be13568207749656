"""Files, folders, patterns and standard input through one door."""

from __future__ import annotations

import io
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import _Ids, read


def documents(*inputs: str | Path) -> list[Document]:
    found = list(read(inputs))
    assert [entry for entry in found if isinstance(entry, Failure)] == []
    return [entry for entry in found if isinstance(entry, Document)]


def failures(*inputs: str | Path) -> list[Failure]:
    return [entry for entry in read(inputs) if isinstance(entry, Failure)]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "deep/er/c.txt", "README.md", "SOURCES.md", ".hidden.txt",
                 "picture.jpg", ".git/d.txt", "old.kg/documents.jsonl"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name}.", encoding="utf-8")
    (tmp_path / "two.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_with_its_subfolders_in_order(news: Path) -> None:
    assert [document.id for document in documents(news)] == ["a", "b", "two-1", "two-2", "c"]


def test_a_pattern_is_read_in_order(news: Path) -> None:
    assert [document.id for document in documents(f"{news}/**/*.txt")] == ["b", "c"]


def test_a_relative_pattern_is_read(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    assert [document.id for document in documents("*.txt")] == ["b"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Macron spoke.", encoding="utf-8")
    assert [document.id for document in documents(tmp_path / "a[1].txt")] == ["a[1]"]


def test_a_file_of_any_ending_is_read_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "article.page").write_text("Macron spoke.", encoding="utf-8")
    assert [document.id for document in documents(tmp_path / "article.page")] == ["article"]


def test_repeated_ids_are_told_apart(news: Path) -> None:
    found = documents(news / "b.txt", news / "b.txt", news / "b.txt")
    assert [document.id for document in found] == ["b", "b-2", "b-3"]


def test_an_id_that_all_share_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x", "id": "a"}\n' * 300)
    (tmp_path / "b.jsonl").write_text('{"text": "x", "id": "a-301"}\n{"text": "x", "id": "a"}')
    found = documents(tmp_path)
    assert [document.id for document in found[-3:]] == ["a-300", "a-301", "a-302"]


def test_ids_are_told_apart_without_a_search_from_the_beginning() -> None:
    ids = _Ids()
    document = Document(id="a", text="x")
    found = [ids.unique(document).id for _ in range(50_000)]  # searched, a thousand million steps
    assert found[-1] == "a-50000"


def test_metadata_stands_beside_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Macron spoke.", encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text(
        'date = 2025-02-17\ntitle = "Talks"\nurl = "https://example.org/a"\n'
        'publisher = "The Example"\nlicense = "CC BY 4.0"\nid = "talks"\n',
        encoding="utf-8",
    )
    (document,) = documents(tmp_path)
    assert document.source is not None
    assert (document.id, document.date) == ("talks", "2025-02-17")
    assert document.source.to_json() == {
        "url": "https://example.org/a",
        "title": "Talks",
        "publisher": "The Example",
        "licence": "CC BY 4.0",
        "sha256": sha256(b"Macron spoke.").hexdigest(),
    }


@pytest.mark.parametrize("value", ['"2025-02-17"', "2025-02-17", "2025-02-17T10:00:00Z"])
def test_a_date_may_be_written_in_several_ways(tmp_path: Path, value: str) -> None:
    (tmp_path / "a.txt").write_text("Macron spoke.", encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text(f"date = {value}", encoding="utf-8")
    assert documents(tmp_path)[0].date == "2025-02-17"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("dat = 2025-02-17", "There is no field called 'dat'; did you mean 'date'?"),
        ("date = 2025-02-30", "is not TOML"),
        ('date = "soon"', "date is 'soon', which is no day"),
        ("title = 5", "title is 5"),
        ("no toml", "is not TOML"),
    ],
)
def test_bad_metadata_fails_that_document_alone(tmp_path: Path, words: str, problem: str) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Macron spoke.", encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text(words, encoding="utf-8")
    failure, other = read([tmp_path])
    assert isinstance(failure, Failure) and isinstance(other, Document)
    assert failure.where == str(tmp_path / "a.meta.toml")
    assert failure.problem.startswith(problem)
    assert other.id == "b"


def test_a_table_of_metadata_describes_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "in/b.txt", "c.txt"):
        (tmp_path / name).write_text(f"This is {name}.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        'file,date,title,note\na.txt,2025-02-17,"Talks, again",x\nin/b.txt,2025-02-18,,\n'
        "gone.txt,2025-02-19,,\n",
        encoding="utf-8",
    )
    (tmp_path / "a.meta.toml").write_text('title = "Beside"', encoding="utf-8")
    a, c, b, gone = read([tmp_path])
    assert isinstance(a, Document) and isinstance(b, Document) and isinstance(c, Document)
    assert (a.date, a.source and a.source.title) == ("2025-02-17", "Beside")
    assert (b.id, b.date, c.date) == ("b", "2025-02-18", None)
    assert isinstance(gone, Failure)
    assert gone.problem == "'gone.txt' is not in the folder"


@pytest.mark.parametrize(
    ("table", "where", "problem"),
    [
        ("name,date\na.txt,2025-02-17\n", "metadata.csv", "has no column 'file'"),
        ("file,date\n,2025-02-17\n", "metadata.csv, line 2", "names no file"),
        ('file\n"a.txt\n', "metadata.csv, line 2", "is not CSV"),
    ],
)
def test_a_bad_table_of_metadata_is_a_clear_failure(
    tmp_path: Path, table: str, where: str, problem: str
) -> None:
    (tmp_path / "a.txt").write_text("Macron spoke.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(table, encoding="utf-8")
    (failure,) = failures(tmp_path)
    assert failure.where == f"{tmp_path}/{where}"
    assert failure.problem.startswith(problem)


def test_a_bad_row_of_metadata_fails_that_document_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("Macron spoke.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,date\na.txt,soon\nb.txt,2025-02-17\nb.txt,2025-02-18\n", encoding="utf-8"
    )
    a, b, c = read([tmp_path])
    assert isinstance(a, Failure) and isinstance(b, Failure) and isinstance(c, Document)
    assert (a.where, b.where) == tuple(f"{tmp_path}/metadata.csv, line {n}" for n in (2, 4))
    assert a.problem == "date is 'soon', which is no day"
    assert b.problem == "'b.txt' is named twice"


def test_inputs_that_cannot_be_read_fail_one_by_one(news: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    given: list[str | Path] = [
        "nowhere.txt",
        tmp_path / "empty",
        "nowhere/*.txt",
        "news/**.txt",
        "ftp://example.org/a",
        tmp_path / "link.txt",
        "word " * 1000,
    ]
    found = list(read([*given, news / "b.txt"]))
    assert isinstance(found.pop(), Document)
    problems = [entry.problem for entry in found if isinstance(entry, Failure)]
    assert problems == [
        "there is no such file",
        "there are no documents in this folder",
        "no document matches",
        "is no pattern ('**' stands for folders and must be a whole part, like news/**/*.txt)",
        "is neither http nor https",
        "there is no such file",
        "cannot be read (File name too long)",
    ]
    assert all(entry.remedy for entry in found if isinstance(entry, Failure))


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ("Macron spoke.\n", ["stdin"]),
        ("{Curly} talk.", ["stdin"]),
        ('{"text": "One."}\n{"id": "b", "text": "Two."}\n', ["stdin-1", "b"]),
        ('{\n  "text": "One."\n}\n', ["stdin"]),
    ],
)
def test_standard_input_is_text_or_records(
    monkeypatch: pytest.MonkeyPatch, given: str, ids: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert [document.id for document in documents("-")] == ids


def test_empty_standard_input_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (failure,) = failures("-")
    assert (failure.where, failure.problem) == ("standard input", "is empty")


def test_the_sample_article_has_its_date() -> None:
    document = documents(Path(__file__).parents[2] / "seeds")[0]
    assert (document.id, document.date) == ("000_ccfa4a51f35b90bf", "2025-02-17")
    assert document.sha256 == "02d9b2ef261be67e1c21ec60bf4b4ce1b4e0215f83d4d0fdeebe53563e74e6d3"
