"""``kg read`` shows what a reader made of an input; ``kg build --retry-failed`` mends a build."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import ended
from kg.cli.app import app
from kg.errors import Failure
from kg.read.kinds import KINDS
from kg.run.report import Kept
from tests import crash

ROOT = Path(__file__).parents[1]
Kg = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def rows(card: str) -> dict[str, str]:
    """Return what a card says, by the names of its rows."""
    found = [line.strip().split("  ", 1) for line in card.splitlines() if line.startswith("  ")]
    return {name: told.strip() for name, told in found}


def test_a_card_says_what_was_read(run: Kg) -> None:
    text = "Emmanuel Macron went to the market.\r\n\r\nHe bought \u202efish\u202c\x1b[31m there."
    Path("paris.txt").write_bytes(text.encode())
    Path("paris.meta.toml").write_text('date = "2025-02-17"\nauthor = "A. Bee"', encoding="utf-8")
    shown = run("read", "paris.txt")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("paris\n")
    assert rows(shown.stdout) == {
        "author": "A. Bee",
        "date": "2025-02-17",
        "language": "English",
        "length": "10 words, 2 paragraphs",
        "read from": "paris.txt",
        "read as": "text",
        "begins": "Emmanuel Macron went to the market. He bought "
        "<U+202E>fish<U+202C><U+001B>[31m there.",
    }
    assert shown.stderr == ""


def test_a_card_says_what_becomes_of_another_language(run: Kg) -> None:
    Path("d.txt").write_text(
        "Die Minister beider Länder trafen sich im alten Rathaus und sprachen über Fische.",
        encoding="utf-8",
    )
    assert rows(run("read", "d.txt").stdout)["language"].startswith("German; kept without facts")
    Path("d.txt").write_text("Macron, Scholz.", encoding="utf-8")
    told = rows(run("read", "d.txt").stdout)
    assert told["language"] == "too few words to tell; read as English"
    assert told["date"] == "none is told; give it in NAME.meta.toml"


def test_texts_and_records_are_given_whole(run: Kg) -> None:
    crash.write(Path("r.jsonl"), crash.records(30))
    records = run("read", "r.jsonl", "--as", "json").stdout
    assert records == Path("r.jsonl").read_text(encoding="utf-8")
    texts = run("read", "r.jsonl", "--as", "text", "--limit", "2")
    assert (
        texts.stdout.splitlines() == [json.loads(line)["text"] for line in records.splitlines()][:2]
    )
    assert texts.stderr == "and 28 more; --limit N shows more of them\n"
    cards = run("read", "r.jsonl")
    assert cards.stdout.count("  length") == 10
    assert cards.stderr == "and 20 more; --limit N shows more of them\n"


def test_what_cannot_be_read_is_told_as_in_a_build(run: Kg) -> None:
    assert run("read", "gone.txt").exit_code == 1
    Path("a.txt").write_text("Macron spoke.", encoding="utf-8")
    both = run("read", "gone.txt", "a.txt")
    assert both.exit_code == 3
    assert "gone.txt: there is no such file; check the path" in both.stderr
    assert run("read", "a.txt", "--as", "poem").exit_code == 2
    assert run("read", "a.txt", "--limit", "0").exit_code == 2


def test_without_an_input_the_kinds_are_listed(run: Kg) -> None:
    shown = run("read").stdout.splitlines()
    assert [line.split()[0] for line in shown[1:]] == [kind.reader for kind in KINDS]
    assert any(".pdf" in line and "news-kg[pdf]" in line for line in shown)


def test_on_a_terminal_nothing_in_a_text_steers_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "\x1b[2JMacron \u202espoke\x07." + " He left." * 30, encoding="utf-8"
    )
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "kg", "read", str(tmp_path / "a.txt"), "--as", "text"],
        stdout=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        check=True,
    )
    os.close(theirs)
    assert done.returncode == 0
    seen = os.read(ours, 10_000).decode()
    assert seen.startswith("<U+001B>[2JMacron <U+202E>spoke<U+0007>. He left.")
    os.close(ours)


def test_what_failed_is_taken_up_again(run: Kg) -> None:
    good, late = list(crash.records(2))
    crash.write(Path("good.jsonl"), iter([good]))
    built = run("build", "good.jsonl", "late.jsonl", "-o", "g")
    assert built.exit_code == 3
    assert "g/report.json lists them" in built.stderr
    assert "kg build --retry-failed -o g" in built.stderr
    assert run("build", "--retry-failed", "-o", "g").exit_code == 3
    crash.write(Path("late.jsonl"), iter([late]))
    Path("good.jsonl").unlink()  # it is not read again
    again = run("build", "--retry-failed", "-o", "g")
    assert (again.exit_code, again.stdout) == (0, "g/page.html\n")
    assert "2 documents" in again.stderr
    nothing = run("build", "--retry-failed", "-o", "g")
    assert nothing.exit_code == 0
    assert "Nothing failed at the last build of g." in nothing.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["build", "--retry-failed", "a.txt"], 2, "Give INPUT, or --retry-failed"),
        (["build", "--retry-failed", "-o", "nowhere"], 1, "there is no graph here"),
    ],
)
def test_there_must_be_something_to_take_up(
    run: Kg, words: list[str], code: int, sentence: str
) -> None:
    shown = run(*words)
    assert shown.exit_code == code
    assert sentence in shown.stderr


def test_thousands_of_failures_are_told_by_reason(capsys: pytest.CaptureFixture[str]) -> None:
    failures = [
        Failure(f"a{n}.txt", "read", f"is cut off at byte {n}", "get it") for n in range(2000)
    ]
    failures += [Failure(f"d{n}", "worker", "was killed") for n in range(3)]
    ended.failed(failures, Path("g/report.json"))
    assert capsys.readouterr().err.splitlines() == [
        "Failed (2,003)",
        "  2,000  is cut off at byte 0; get it",
        "         a0.txt, a1.txt, a2.txt and 1,997 more",
        "      3 (stage worker)  was killed",
        "         d0, d1, d2",
        "  All are in g/report.json, each with its reason and a remedy.",
        "",
    ]


def test_languages_that_are_not_read_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    ended.kept([Kept("a", "de"), Kept("b", "fr"), Kept("c", "de")])
    told = capsys.readouterr().err
    assert told == "Kept, not extracted (3): German 2, French 1; only English is read\n\n"
