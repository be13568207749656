"""Tables: the dialect is told, the columns are guessed by name and shown, a bad row costs one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read import read
from kg.read.tables import separated
from kg.read.tables.fields import chosen
from kg.read.tables.table import Table
from kg.resource import Resource

TALKS = "Macron met Scholz in Paris on Monday."
VISIT = "Tusk visited Kyiv, where he met Zelenskyy."


def table(data: str | bytes, name: str = "news.csv", **known: object) -> list[Document | Failure]:
    raw = data.encode() if isinstance(data, str) else data
    return list(Table()(Resource.of(raw, name, **known)))


def documents(data: str | bytes, name: str = "news.csv", **known: object) -> list[Document]:
    found = table(data, name, **known)
    assert [str(entry) for entry in found if isinstance(entry, Failure)] == []
    return [entry for entry in found if isinstance(entry, Document)]


def notes(document: Document) -> tuple[str, ...]:
    assert document.reading is not None
    return document.reading.notes


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_the_columns_is_told(sign: str) -> None:
    rows = [("title", "date", "body"), ("Talks, again", "2025-02-17", f"{TALKS}; {VISIT}")]
    words = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    (document,) = documents(words)
    assert (document.text, document.date) == (f"{TALKS}; {VISIT}", "2025-02-17")
    assert document.source is not None and document.source.title == "Talks, again"


def test_columns_are_shown() -> None:
    (document,) = documents(
        f"id,maintext,title,date_publish,a,b,c\n7,{TALKS},Talks,2025-02-17 10:00:00+00:00,1,2,3\n"
    )
    assert document.id == "7"
    assert notes(document)[0] == (
        "columns: text = maintext, title = title, date = date_publish, id = id (3 others passed "
        "over)"
    )
    assert document.reading is not None and document.reading.where == "news.csv, row 2"


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    first, second = documents(f'\n\nbody\n"{TALKS}\n{TALKS}"\n\n{VISIT.replace(",", "")}\n')
    assert (first.id, second.id) == ("news-4", "news-6")
    assert first.text == f"{TALKS}\n{TALKS}"


def test_text_is_kept_exactly() -> None:
    text = f'  „{TALKS}“\r\n\tHe said: ""Yes"" \u00a0\u2028 {VISIT} \n'
    (document,) = documents(f'text,title\r\n"{text}",T\r\n')
    assert document.text == text.replace('""', '"')


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f'\ufefftext\tnote\n"Yes," {TALKS}\t2\n', "a.tsv"),
        (f'text,note\n"\\"Yes,\\" {TALKS}",2\n', "a.csv"),
        (f'text,note\n"""Yes,"" {TALKS}",2\n', "a.csv"),
        (f'sep=^\ntext^note\n"""Yes,"" {TALKS}"^2\n', "a.csv"),
        (f'note;text\r\n2;"""Yes,"" {TALKS}"\r\n'.encode("utf-16"), "a.csv"),
    ],
)
def test_dialects_of_real_exports_are_read(data: str | bytes, name: str) -> None:
    (document,) = documents(data, name)
    assert document.text == f'"Yes," {TALKS}'


def test_a_ragged_row_costs_itself() -> None:
    before, failure, after = table(f"title,body\nA,{TALKS}\nB\nC,{TALKS}\n")
    assert isinstance(before, Document) and isinstance(after, Document)
    assert isinstance(failure, Failure)
    assert (failure.where, failure.problem) == ("news.csv, row 3", "has 1 columns, not 2")


@pytest.mark.parametrize("broken", [f'B,"{TALKS}', f'B,"He said "yes", {TALKS}"', 'B,"\n\n"x\n"'])
def test_a_quotation_mark_gone_wrong_costs_its_row_alone(broken: str) -> None:
    found = table(f'title,body\nA,"{TALKS}"\n{broken}\nC,"{VISIT}"\nD,{TALKS}\n')
    kept = [entry.text for entry in found if isinstance(entry, Document)]
    (failure,) = [entry for entry in found if isinstance(entry, Failure)]
    assert kept == [TALKS, VISIT, TALKS]
    assert failure.where == "news.csv, row 3"
    assert "quotation marks" in failure.remedy


def test_marks_that_never_close_are_given_up_in_time_that_grows_with_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(separated, "LARGEST", 10_000)
    monkeypatch.setattr(separated, "_AGAIN", 50_000)
    hostile = 'a"b,"c\n' * 20_000
    found = table(f"title,body\nA,{TALKS}\n{hostile}D,{TALKS}\n")
    assert isinstance(found[0], Document)
    assert all(isinstance(entry, Failure) for entry in found[1:-1])


def test_a_long_article_is_read() -> None:
    text = f"{TALKS} " * 100_000
    (document,) = documents(f"title,body\nA,{text}\n")
    assert document.text == text


def test_a_table_in_another_encoding_is_read_and_says_so() -> None:
    text = "Söder traf Müller in Köln, später in Düsseldorf."
    found = documents(f'Text;Überschrift\n"{text}";Gespräche\n'.encode("cp1252"))
    assert found[0].text == text
    assert "decoded as windows-1252" in notes(found[0])


def test_a_line_in_another_encoding_than_the_others_is_told() -> None:
    first, second = documents(
        f"body\n{TALKS} Élysée\n".encode() + "In Köln für Müller.\n".encode("cp1252")
    )
    assert (first.text, second.text) == (f"{TALKS} Élysée", "In Köln für Müller.")
    assert "decoded as windows-1252" in notes(second)
    assert not any("decoded" in note for note in notes(first))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("", "is empty"),
        (b"\x00\x01\x02" * 100, "is binary, not text"),
        (f"a,b\n{TALKS},1\n", "has no column known to hold the text; its columns are 'a', 'b'"),
        ("text,b\nen,1\n", "has no column with texts: 'text' holds 1 words"),
        (f"body,content\n{TALKS},{TALKS} More.\n", "has several columns that may hold the text"),
    ],
)
def test_what_is_no_table_of_texts_is_refused(data: str | bytes, problem: str) -> None:
    with pytest.raises(SourceError) as refused:
        table(data)
    assert refused.value.problem.startswith(problem)
    assert refused.value.remedy


def test_columns_that_hold_the_same_are_no_riddle() -> None:
    (document,) = documents(f"body,content\n{TALKS},<p>{TALKS}</p>\n")
    assert document.text == TALKS


def test_a_sidecar_names_the_columns(tmp_path: Path) -> None:
    (tmp_path / "dump.csv").write_text(
        f"when,lead,rest,body\n03/04/2025,{TALKS},Then he left.,{TALKS} Not this.\n"
    )
    (tmp_path / "dump.meta.toml").write_text(
        'publisher = "The Example"\n[columns]\ntext = ["lead", "rest"]\ndate = "when"\n'
        "day_first = true\n"
    )
    (document,) = read([tmp_path])
    assert isinstance(document, Document)
    assert (document.text, document.date) == (f"{TALKS}\n\nThen he left.", "2025-04-03")
    assert document.source is not None and document.source.publisher == "The Example"


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ('text = "bodie"', "has no column 'bodie'; its columns are 'body'"),
        ('txt = "body"', "There is no column called 'txt'; did you mean 'text'?"),
        ("text = 5", "text is 5"),
    ],
)
def test_a_sidecar_that_does_not_fit_is_a_clear_failure(
    tmp_path: Path, columns: str, problem: str
) -> None:
    (tmp_path / "dump.csv").write_text(f"body\n{TALKS}\n")
    (tmp_path / "dump.meta.toml").write_text(f"[columns]\n{columns}\n")
    (failure,) = read([tmp_path])
    assert isinstance(failure, Failure)
    assert failure.problem.startswith(problem)


def test_metadata_beside_texts_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALKS)
    (tmp_path / "metadata.csv").write_text("file,title\na.txt,Talks\n")
    (document,) = read([tmp_path])
    assert isinstance(document, Document)
    assert document.source is not None and document.source.title == "Talks"


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["03/04/2025", "17/02/2025"], ["2025-04-03", "2025-02-17"]),
        (["03/04/2025", "02/17/2025"], ["2025-03-04", "2025-02-17"]),
        (["03/04/2025", "05/06/2025"], [None, None]),
        (["03/04/2025", "17/02/2025", "02/17/2025"], [None, "2025-02-17", "2025-02-17"]),
        (["04/04/2025", "soon"], ["2025-04-04", None]),
    ],
)
def test_the_whole_column_settles_which_is_the_day(
    dates: list[str], days: list[str | None]
) -> None:
    rows = "".join(f"{day},{TALKS}\n" for day in dates)
    found = documents(f"date,body\n{rows}")
    assert [document.date for document in found] == days
    for document, day, given in zip(found, days, dates, strict=True):
        assert day is not None or any(given in note for note in notes(document))


@pytest.mark.parametrize(
    "given",
    [
        "2025-02-17", "2025-02-17T23:59:59-05:00", "2025-02-17 10:00:00.123456", "20250217",
        "20250217T103000Z", "20250217103000", "2025/2/17", "17.02.2025", "17.2.2025 10:00",
        "Mon, 17 Feb 2025 10:00:00 GMT", "Feb 17, 2025", "February 17, 2025 Monday",
        "17 February 2025", "Monday, 17th of February 2025", "17-Feb-2025 10:01:02.79",
        "Mon Feb 17 10:00:00 +0000 2025", "1739786400", "1739786400000", "1739786400.5",
        "Sept 17, 2025", "17/02/2025 10:00", "02/17/2025",
    ],
)  # fmt: skip
def test_days_are_read_as_the_world_writes_them(given: str) -> None:
    (document,) = documents(f'date;body\n"{given}";{TALKS}\n')
    assert document.date == ("2025-09-17" if "Sept" in given else "2025-02-17")


@pytest.mark.parametrize("given", ["17", "2025", "2025-02", "31/31/2025", "2025-02-30", "-", "Mon"])
def test_what_is_no_day_is_none(given: str) -> None:
    (document,) = documents(f"date;body\n{given};{TALKS}\n2025-02-17;{TALKS}\n")[:1]
    assert document.date is None


def test_names_of_columns_are_told_whatever_their_spelling() -> None:
    columns = chosen(
        [{"Publish Date": "2025-02-17", "ARTICLE-TEXT": TALKS, "Authors": "A", "Web_URL": "a.b"}],
        where="x",
    )
    assert dict(columns.of) == {
        "text": ("ARTICLE-TEXT",),
        "date": ("Publish Date",),
        "url": ("Web_URL",),
        "author": ("Authors",),
    }
