"""Traps of the file system: links out of the folder, pipes, devices, files that change, names."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read import files, folder, read
from kg.read.count import count

WORDS = "Macron spoke."


def texts(*inputs: Path) -> dict[str, str]:
    """Return the ids and texts of the documents."""
    return {found.id: found.text for found in read(inputs) if isinstance(found, Document)}


def problems(*inputs: Path | str) -> dict[str, str]:
    """Return the places and problems of the failures."""
    return {found.where: found.problem for found in read(inputs) if isinstance(found, Failure)}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with one text, beside one that is nobody's business."""
    (tmp_path / "news" / "in").mkdir(parents=True)
    (tmp_path / "news" / "ok.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret.txt").write_text("Secret.", encoding="utf-8")
    return tmp_path / "news"


def test_a_link_out_of_the_folder_is_refused(news: Path) -> None:
    (news / "out.txt").symlink_to("../private/secret.txt")
    (news / "passwd.txt").symlink_to("/etc/passwd")
    (news / "in" / "folder").symlink_to(news.parent / "private")
    (news / "picture.png").symlink_to("../private/secret.txt")
    told = "is a link that leads out of the folder"
    expected = {str(news / name): told for name in ("in/folder", "out.txt", "passwd.txt")}
    assert texts(news) == {"ok": WORDS}
    assert problems(news) == expected
    assert problems(f"{news}/*.txt") == {
        name: problem for name, problem in expected.items() if name.endswith(".txt")
    }
    assert count([news]) == 4


def test_a_link_inside_the_folder_is_fine_and_one_that_is_named_too(news: Path) -> None:
    (news / "in" / "again.txt").symlink_to("../ok.txt")
    (news / "in" / "up").symlink_to("..")
    assert texts(news) == {"ok": WORDS, "again": WORDS}
    assert problems(news) == {}
    (news.parent / "link").symlink_to(news)
    assert texts(news.parent / "link") == {"ok": WORDS, "again": WORDS}
    (news / "out.txt").symlink_to("../private/secret.txt")
    assert texts(news / "out.txt") == {"out": "Secret."}


def test_links_that_go_round_and_links_to_nowhere_are_said(news: Path) -> None:
    (news / "a.txt").symlink_to("b.txt")
    (news / "b.txt").symlink_to("a.txt")
    (news / "gone.txt").symlink_to("nowhere.txt")
    (news / "in" / "self").symlink_to(".")
    assert texts(news) == {"ok": WORDS}
    assert set(problems(news).values()) == {"is a link that leads nowhere"}
    assert len(problems(news)) == 3


def test_what_stands_beside_a_text_is_not_fetched_from_outside(news: Path) -> None:
    outside = news.parent / "private" / "title.toml"
    outside.write_text('title = "Secret"', encoding="utf-8")
    (news / "ok.meta.toml").symlink_to(outside)
    (news / "metadata.csv").symlink_to("../private/secret.txt")
    assert texts(news) == {}
    assert set(problems(news)) == {str(news / "ok.meta.toml"), str(news / "metadata.csv")}


def test_pipes_sockets_and_devices_are_refused_without_waiting(news: Path) -> None:
    os.mkfifo(news / "pipe.txt")
    os.mkfifo(news / "pipe.jsonl")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(news / "socket.txt"))
        assert texts(news) == {"ok": WORDS}
        assert set(problems(news).values()) == {"is a device or a pipe, not a file"}
        assert len(problems(news)) == 3
        assert count([news]) == 4
    for device in ("/dev/zero", "/dev/random", "/dev/full", "/dev/tty", "/dev/null"):
        assert problems(device) == {device: "is a device or a pipe, not a file"}


def test_a_pipe_that_takes_the_place_of_a_file_does_not_hold_us_up(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the file and its opening."""
    real = Path.stat

    def swapped(path: Path, **known: bool) -> os.stat_result:
        found = real(path, **known)
        if path.name == "ok.txt":
            path.unlink()
            os.mkfifo(path)
        return found

    monkeypatch.setattr(Path, "stat", swapped)
    with pytest.raises(SourceError, match="is a device or a pipe"):
        files.opened(news / "ok.txt")


def test_a_file_of_proc_is_refused() -> None:
    assert problems("/proc/self/environ") == {
        "/proc/self/environ": "is made up while it is read, as in /proc"
    }


@pytest.mark.parametrize("change", ["grow", "shrink", "rewrite"])
def test_a_file_that_changes_while_it_is_read_is_refused(news: Path, change: str) -> None:
    path = news / "long.txt"
    path.write_text(WORDS * 100_000, encoding="utf-8")
    with files.opened(path) as stream:
        assert stream.read(100)
        if change == "grow":
            with path.open("a", encoding="utf-8") as other:
                other.write(WORDS)
        elif change == "shrink":
            os.truncate(path, 1000)
        else:
            path.write_text(WORDS.upper() * 100_000, encoding="utf-8")
        with pytest.raises(SourceError, match="changed while it was read"):
            stream.read()


def test_a_file_that_vanishes_costs_itself_only(news: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (news / name).write_text(name, encoding="utf-8")
    found = read([news])
    assert isinstance(next(found), Document)
    (news / "b.txt").unlink()
    failure, third, _ = found
    assert isinstance(failure, Failure) and isinstance(third, Document)
    assert (failure.problem, third.text) == ("there is no such file", "c.txt")


def test_a_folder_that_cannot_be_looked_into_is_said(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "in" / "a.txt").write_text("Not to be seen.", encoding="utf-8")
    real = os.scandir

    def refused(path: Path) -> Iterator[os.DirEntry[str]]:
        if path == news / "in":  # whoever runs the tests may be allowed everything
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("kg.read.folder.os.scandir", refused)
    assert texts(news) == {"ok": WORDS}
    assert problems(news) == {str(news / "in"): "cannot be looked into (Permission denied)"}


NAMES = {
    "line\nbreak.txt": "line\\nbreak",
    "\x1b[31mred.txt": "\\x1b[31mred",
    "\u202etxt.exe.txt": "\\u202etxt.exe",
    "UPPER.TXT": "UPPER",
    "n" * 250 + ".txt": "n" * 97 + "...",
    "-": "-",
    "a b [c] *.txt": "a b [c] *",
}


def test_odd_names_are_read_and_shown_harmlessly(news: Path) -> None:
    for name in NAMES:
        (news / name).write_text(WORDS, encoding="utf-8")
    (news / os.fsdecode(b"\xff\xfe.txt")).write_text(WORDS, encoding="utf-8")
    found = [each for each in read([news]) if isinstance(each, Document)]
    assert problems(news) == {}
    ids = {each.id for each in found}
    assert len(ids) == len(NAMES) + 1  # of which one has no ending, and one was there before
    for id_ in ids:
        assert id_.isprintable() and len(id_) <= 200
    assert {"line\\nbreak", "\\x1b[31mred", "\\u202etxt.exe", "\\udcff\\udcfe"} <= ids
    for each in found:
        assert each.reading is not None
        assert each.reading.where.isprintable()
        json.dumps(each.to_json()).encode()


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder to dig in; pytest itself cannot take away what is too deep for Python."""
    yield tmp_path
    subprocess.run(["rm", "-rf", "--", str(tmp_path / "d")], check=True)


def test_a_deep_folder_is_read_to_its_end(deep: Path) -> None:
    """1,100 folders in one another are more than Python would go down by itself."""
    place = os.open(deep, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=place)
        below = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = below
    with os.fdopen(os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=place), "w") as file:
        file.write(WORDS)
    os.close(place)
    (found,) = folder.walk(deep)
    assert isinstance(found, Path)
    assert found.name == "a.txt"


def test_a_folder_of_many_files_is_walked_in_bounded_memory(tmp_path: Path) -> None:
    for number in range(3_000):
        (tmp_path / f"{number:05}.txt").touch()
    tracemalloc.start()
    try:
        names = [found.name for found in folder.files(tmp_path) if found.name < "00003"]
        used = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert names == ["00000.txt", "00001.txt", "00002.txt"]
    assert used < 3_000 * 500  # bytes for each name of one folder, nothing for what is read


def test_names_that_are_no_text_can_be_written_down(news: Path) -> None:
    (news / os.fsdecode(b"\xff.txt")).write_text("", encoding="utf-8")
    (news / os.fsdecode(b"\xfe.txt")).write_text(WORDS, encoding="utf-8")
    (news / os.fsdecode(b"\xfe.meta.toml")).write_text("no toml", encoding="utf-8")
    (news / os.fsdecode(b"\xfd.txt")).write_text(WORDS, encoding="utf-8")
    (news / "a\nb.txt").write_text("", encoding="utf-8")
    assert problems(news).keys() >= {f"{news}/a\\nb.txt", f"{news}/\\udcff.txt"}
    for found in read([news]):
        told = found.to_json() if isinstance(found, Failure) else found.reading
        str(told).encode()
