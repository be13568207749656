"""Archives: what lies in them is read as in a folder, and bombs are put out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.archives import listing, tar
from kg.read.through import through
from kg.resource import FLOOR, Link, Resource

Found = Document | Failure | Link
WORDS = b"Macron spoke."


def found(data: bytes, name: str) -> list[Found]:
    return list(through(Resource.of(data, name), None))


def documents(results: list[Found]) -> dict[str, str]:
    """Return the places and texts of the documents."""
    return {r.reading.where: r.text for r in results if isinstance(r, Document) and r.reading}


def problems(results: list[Found]) -> dict[str, str]:
    """Return the places and problems of the failures."""
    return {r.where: r.problem for r in results if isinstance(r, Failure)}


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def taped(*members: tuple[str | tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


FOLDER = (
    ("news/b.txt", b"This is b."),
    ("news/a.md", b"This is a."),
    ("news/README.md", WORDS),
    ("news/.hidden.txt", WORDS),
    ("news/picture.jpg", WORDS),
    ("__MACOSX/news/._a.txt", WORDS),
    ("old.kg/documents.jsonl", WORDS),
    ("news/a.meta.toml", b'date = 2025-02-17\ntitle = "Talks"'),
    ("metadata.csv", b"file,date\nnews/b.txt,2025-02-18\nnews/gone.txt,2025-02-19\n"),
)


@pytest.mark.parametrize(
    ("name", "data", "order"),
    [
        ("news.zip", zipped(*FOLDER), ["news/a.md", "news/b.txt"]),
        ("news.tar", taped(*FOLDER), ["news/b.txt", "news/a.md"]),
        ("news.tar.gz", taped(*FOLDER, mode="w:gz"), ["news/b.txt", "news/a.md"]),
        ("news.tar.bz2", taped(*FOLDER, mode="w:bz2"), ["news/b.txt", "news/a.md"]),
        ("news.tar.xz", taped(*FOLDER, mode="w:xz"), ["news/b.txt", "news/a.md"]),
        ("archive", taped(*FOLDER), ["news/b.txt", "news/a.md"]),
        ("archive2", zipped(*FOLDER), ["news/a.md", "news/b.txt"]),
    ],
)
def test_an_archive_is_read_like_a_folder(name: str, data: bytes, order: list[str]) -> None:
    results = found(data, name)
    assert list(documents(results)) == [f"{name}!{member}" for member in order]
    told = {r.id: (r.date, r.source and r.source.title) for r in results if isinstance(r, Document)}
    assert told == {"a": ("2025-02-17", "Talks"), "b": ("2025-02-18", None)}
    assert problems(results) == {name: "'news/gone.txt' is not in the archive"}


def test_archives_of_real_programs_are_read(tmp_path: Path) -> None:
    (tmp_path / "Élysée.txt").write_bytes(WORDS)
    subprocess.run(["tar", "czf", "gnu.tar.gz", "Élysée.txt"], cwd=tmp_path, check=True)
    subprocess.run(["gzip", "-k", "Élysée.txt"], cwd=tmp_path, check=True)
    results = [*read([tmp_path / "gnu.tar.gz", tmp_path / "Élysée.txt.gz"])]
    assert [r.text for r in results if isinstance(r, Document)] == [WORDS.decode()] * 2
    assert [r.id for r in results if isinstance(r, Document)] == ["Élysée", "Élysée-2"]


@pytest.mark.parametrize(
    ("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_a_packed_file_is_read_as_what_is_in_it(ending: str, pack: type[bytes]) -> None:
    lines = b'{"id": "x", "text": "One."}\n{"text": "Two."}\n'
    results = found(pack(lines), f"news.jsonl.{ending}")
    assert [(r.id, r.text) for r in results if isinstance(r, Document)] == [
        ("x", "One."), ("news-2", "Two."),
    ]  # fmt: skip
    assert problems(results) == {}


def test_members_of_gzip_follow_one_another() -> None:
    data = gzip.compress(b"Macron ") + gzip.compress(b"spoke.")
    assert documents(found(data, "a.txt.gz")) == {"a.txt.gz!a.txt": "Macron spoke."}


def test_a_large_member_of_a_tar_is_unpacked_where_it_lies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tar, "KEPT", 10)
    data = taped(("a.txt", b"This is a."), ("b.txt", WORDS * 9), ("c.txt", b"This."), mode="w:gz")
    assert documents(found(data, "a.tgz")) == {
        "a.tgz!a.txt": "This is a.", "a.tgz!b.txt": (WORDS * 9).decode(), "a.tgz!c.txt": "This.",
    }  # fmt: skip


# What means harm -----------------------------------------------------------------------------

BAD_NAMES = {
    "../../etc/passwd.txt": "../../etc/passwd.txt",
    "/etc/passwd.txt": "/etc/passwd.txt",
    "C:\\a.txt": "C:\\a.txt",
    "..\\a.txt": "..\\a.txt",
    "news/../../a.txt": "news/../../a.txt",
}


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    for data, ending in ((zipped((name, WORDS), ("ok.txt", WORDS)), "zip"),
                         (taped((name, WORDS), ("ok.txt", WORDS)), "tar")):  # fmt: skip
        results = found(data, f"a.{ending}")
        assert documents(results) == {f"a.{ending}!ok.txt": "Macron spoke."}
        assert problems(results) == {
            f"a.{ending}!{name}": "has a name that leads out of the archive"
        }


def test_names_with_zeros_controls_and_other_encodings_stay_harmless() -> None:
    plain = zipped(("aXb.txt", WORDS), ("\x1b[2J\n.txt", b"One."), ("z" * 300 + ".txt", b"Two."))
    results = found(plain.replace(b"aXb", b"a\0b"), "a.zip")
    assert problems(results) == {"a.zip!a\\x00b.txt": "has a name that leads out of the archive"}
    for where in documents(results):
        assert where.isprintable() and len(where) < 220
    ids = [r.id for r in results if isinstance(r, Document)]
    assert ids[0] == "\\x1b[2J\\n"
    bytes_name = tarfile.TarInfo("\udcff\udcfe.txt")
    (document,) = found(taped((bytes_name, WORDS)), "a.tar")
    assert isinstance(document, Document)
    assert document.id == "\\udcff\\udcfe"


def test_links_devices_and_pipes_in_a_tar_are_refused() -> None:
    kinds = {
        "sym.txt": (tarfile.SYMTYPE, "is a symbolic link"),
        "hard.txt": (tarfile.LNKTYPE, "is a link to another member"),
        "dev.txt": (tarfile.CHRTYPE, "is a device or a pipe"),
        "block.txt": (tarfile.BLKTYPE, "is a device or a pipe"),
        "pipe.txt": (tarfile.FIFOTYPE, "is a device or a pipe"),
    }
    members = []
    for name, (kind, _) in kinds.items():
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        members.append((info, b""))
    results = found(taped(*members, ("ok.txt", WORDS)), "a.tar")
    assert documents(results) == {"a.tar!ok.txt": "Macron spoke."}
    assert problems(results) == {f"a.tar!{name}": told for name, (_, told) in kinds.items()}


def test_a_link_in_a_zip_is_refused() -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    results = found(zipped((info, b"/etc/passwd"), ("ok.txt", WORDS)), "a.zip")
    assert problems(results) == {"a.zip!link.txt": "is a symbolic link"}
    assert documents(results) == {"a.zip!ok.txt": "Macron spoke."}


def test_a_file_with_holes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "holes.txt").open("wb") as file:
        file.truncate(1 << 33)
    (tmp_path / "ok.txt").write_bytes(WORDS)
    command = ["tar", "-cSf", "a.tar", "holes.txt", "ok.txt"]
    subprocess.run(command, cwd=tmp_path, check=True)
    results = list(through(Resource.of((tmp_path / "a.tar").read_bytes(), "a.tar"), None))
    assert problems(results) == {"a.tar!holes.txt": "is a file with holes"}
    assert documents(results) == {"a.tar!ok.txt": "Macron spoke."}


def test_a_bomb_of_one_member_is_refused_before_it_is_unpacked() -> None:
    results = found(zipped(("bomb.txt", b" " * 50_000_000), ("ok.txt", WORDS)), "a.zip")
    assert problems(results) == {"a.zip!bomb.txt": "unpacks to more than 100 times its size"}
    assert documents(results) == {"a.zip!ok.txt": "Macron spoke."}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow a hundredth of what may be unpacked of any input, or the tests would take long."""
    monkeypatch.setattr("kg.resource.FLOOR", FLOOR // 100)


def test_a_packed_bomb_stops_at_what_its_size_allows(small: None) -> None:
    for name, pack in (("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress)):
        data = pack(b" " * 5_000_000)
        (failure,) = found(data, name)
        assert isinstance(failure, Failure)
        assert failure.problem == "unpacks to more than 100 times its size, as a bomb does"
        assert len(data) * 100 + FLOOR // 100 < 5_000_000


def test_a_bomb_in_a_tar_does_not_cost_what_stands_before_it(small: None) -> None:
    data = taped(("ok.txt", WORDS), ("bomb.bin", bytes(5_000_000)), mode="w:gz")
    results = found(data, "a.tgz")
    assert documents(results) == {"a.tgz!ok.txt": "Macron spoke."}
    assert problems(results) == {"a.tgz": "unpacks to more than 100 times its size, as a bomb does"}


def test_archives_in_archives_end_at_the_fourth() -> None:
    data = WORDS
    name = "a.txt"
    for depth in range(6):
        data = zipped((name, data))
        name = f"{depth}.zip"
        results = found(data, "outer.zip")
        if depth < 4:
            assert list(documents(results).values()) == ["Macron spoke."]
        else:
            assert list(problems(results).values()) == ["lies in more than 4 archives"]


def test_a_tree_of_bombs_is_put_out_as_a_whole(small: None) -> None:
    """Sixteen archives in each of sixteen and so on, as in 42.zip, share what may be unpacked."""
    data = zipped(("a.txt", os.urandom(100) + b" " * 1_000_000))
    for _ in range(4):
        data = zipped(*((f"{number}.zip", data) for number in range(16)))
    results = found(data, "42.zip")
    assert documents(results) == {}
    assert len(results) < 300
    assert {r.problem for r in results if isinstance(r, Failure)} >= {
        "unpacks to more than 100 times its size, as a bomb does"
    }


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    """The smallest file that is its own unpacked content, in effect: gzip in gzip in gzip."""
    data = WORDS
    for _ in range(9):
        data = gzip.compress(data)
    (failure,) = found(data, "a.gz")
    assert isinstance(failure, Failure)
    assert failure.problem == "lies in more than 4 archives"


def overlapping(count: int) -> bytes:
    """Return a bomb in which all entries of the list share one packed member."""
    data = bytearray(zipped(("a.txt", WORDS * 1000)))
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry = bytes(data[start:end])
    entries = entry * count
    last = bytearray(data[end:])
    last[8:16] = struct.pack("<HHI", count, count, len(entries))
    return bytes(data[:start]) + entries + bytes(last)


def test_members_that_overlap_are_refused() -> None:
    results = found(overlapping(500), "a.zip")
    assert documents(results) == {}
    assert set(problems(results).values()) == {"overlaps another member, as in a bomb"}


def test_members_packed_without_a_bound_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", b" " * 9_000_000, zipfile.ZIP_BZIP2)
        archive.writestr("b.txt", WORDS, zipfile.ZIP_LZMA)
        archive.writestr("ok.txt", WORDS)
    results = found(packed.getvalue(), "a.zip")
    assert set(problems(results).values()) == {"is packed in a way that is not read"}
    assert documents(results) == {"a.zip!ok.txt": "Macron spoke."}


def test_a_list_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LONGEST", 1000)
    (failure,) = found(zipped(*((f"{n}.txt", WORDS) for n in range(50))), "a.zip")
    assert isinstance(failure, Failure)
    assert failure.problem == "lists too many members"


def test_an_encrypted_member_and_a_wrong_check_sum_cost_themselves_only() -> None:
    data = bytearray(zipped(("a.txt", b"First."), ("b.txt", b"Second."), ("c.txt", b"Third.")))
    start = data.find(b"PK\x01\x02")
    data[start + 8] |= 1
    second = data.find(b"PK\x01\x02", start + 4)
    data[second + 16] ^= 0xFF
    results = found(bytes(data), "a.zip")
    assert documents(results) == {"a.zip!c.txt": "Third."}
    assert problems(results) == {
        "a.zip!a.txt": "is encrypted",
        "a.zip!b.txt": "is damaged (Bad CRC-32 for file 'b.txt')",
    }


def test_a_name_twice_is_two_articles(recwarn: pytest.WarningsRecorder) -> None:
    data = zipped(("a.txt", b"First."), ("b.txt", b"Second.")).replace(b"b.txt", b"a.txt")
    results = found(data, "a.zip")
    assert [r.text for r in results if isinstance(r, Document)] == ["First.", "Second."]


@pytest.mark.parametrize("left", [10, 60, 120])
def test_a_zip_that_is_cut_off_is_one_failure(left: int) -> None:
    (failure,) = found(zipped(("a.txt", WORDS), ("b.txt", WORDS))[:left], "a.zip")
    assert isinstance(failure, Failure)
    assert failure.problem.startswith("is no whole ZIP archive")


def test_of_a_packed_file_that_is_cut_off_the_rest_is_read() -> None:
    packed = taped(("a.txt", b"First."), ("b.txt", os.urandom(99_999).hex().encode()), mode="w:gz")
    results = found(packed[: len(packed) // 2], "a.tgz")
    assert documents(results) == {"a.tgz!a.txt": "First."}
    assert len(results) == 2  # the damage is told once
    assert "is damaged" in "".join(problems(results).values())


def test_what_is_packed_without_an_ending_keeps_its_place() -> None:
    assert [*documents(found(taped(("a.txt", b"First."), mode="w:gz"), "a"))] == ["a!a.txt"]


def test_a_broken_head_in_a_tar_costs_its_member_only() -> None:
    data = bytearray(taped(("a.txt", b"First."), ("b.txt", b"Second."), ("c.txt", b"Third.")))
    data[1024 + 148 : 1024 + 156] = b"99999999"  # the check sum of the second head
    results = found(bytes(data), "a.tar")
    assert documents(results) == {"a.tar!a.txt": "First.", "a.tar!c.txt": "Third."}
    assert problems(results) == {"a.tar": "is damaged (what tells of a member)"}


def head(name: bytes, size: bytes, kind: bytes) -> bytes:
    """Return a head of a member with a check sum that holds."""
    block = bytearray(512)
    block[: len(name)] = name
    block[124 : 124 + len(size)] = size
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def number(value: int) -> bytes:
    """Return a size as GNU tar writes those that eight digits do not hold."""
    return (b"\x80" if value >= 0 else b"\xff") + (value % (1 << 88)).to_bytes(11, "big")


PAX = b"9" * 600_000 + b" hdrcharset"
HEADS = {
    "a size below zero": head(b"a.txt", number(-1024), b"0"),
    "a long name with a size below zero": head(b"x", number(-1024), b"L"),
    "a long name of a gigabyte": head(b"x", number(1 << 30), b"L"),
    "a member of an exabyte": head(b"a.txt", number(1 << 60), b"0"),
    "a head that makes a search explode": head(b"x", b"%011o" % len(PAX), b"x") + PAX,
    "digits without end in a small head": head(b"x", b"%011o" % 9000, b"x") + b"9" * 9000,
    "heads of heads": head(b"x", b"%011o" % 512, b"x") * 3000,
    "nothing but zeros": bytes(1 << 20),
    "nothing that is a head": b"\xff" * (1 << 20),
}


@pytest.mark.parametrize("attack", HEADS)
def test_heads_that_lie_end_and_cost_no_neighbours(attack: str) -> None:
    """Heads of more than 16 kB are not read, and the reader never goes back."""
    block = HEADS[attack] + bytes(-len(HEADS[attack]) % 512)
    results = found(taped(("ok.txt", WORDS))[:1024] + block, "a.tar")
    assert documents(results) == {"a.tar!ok.txt": "Macron spoke."}
    assert len(problems(results)) <= 2
    alone = found(block + taped(("ok.txt", WORDS)), "b.tar")
    assert len(alone) <= 3


def test_an_archive_with_nothing_to_read_says_so() -> None:
    for data, name in ((zipped(("a.png", b"x")), "a.zip"), (taped(("a.png", b"x")), "a.tar")):
        (failure,) = found(data, name)
        assert isinstance(failure, Failure)
        assert failure.problem == "holds nothing that is read"


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in (("a.zip", zipped(*FOLDER)), ("a.tgz", taped(*FOLDER, mode="w:gz"))):
        found(data, name)
    assert list(tmp_path.rglob("*")) == []


def test_zip64_is_read() -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w") as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(WORDS)
    assert documents(found(packed.getvalue(), "a.zip")) == {"a.zip!a.txt": "Macron spoke."}
