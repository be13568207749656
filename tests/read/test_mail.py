"""Mails: what of them is the article, what their heads tell, and those that mean harm."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import Failure
from kg.model import Document
from kg.read import read
from kg.read.apart import Apart
from kg.read.mail import mbox
from kg.read.through import through
from kg.resource import Link, Resource

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as process:
        yield process


def found(apart: Apart, data: bytes | str, name: str = "a.eml") -> list[Document | Failure | Link]:
    raw = data if isinstance(data, bytes) else data.encode()
    return list(through(Resource.of(raw, name), apart))


def one(apart: Apart, data: bytes | str) -> Document:
    (document,) = found(apart, data)
    assert isinstance(document, Document), document
    return document


def text(apart: Apart, head: str, body: str) -> str:
    return one(apart, f"{head}\n\n{body}").text


def test_a_box_that_mutt_wrote_is_read_mail_by_mail() -> None:
    talks, answer, delegation, *_ = read([FILES / "mutt.mbox"])
    assert isinstance(talks, Document) and talks.source and talks.reading
    # Sent at 23:13 in Los Angeles: there it was still the 22nd.
    assert (talks.id, talks.date) == ("talks-1@example.org", "2026-11-22")
    assert talks.source.title == "Gespräche in Paris: Marchand trifft Brandt"
    assert talks.source.author == "Anna Berger"
    assert talks.text == (
        "Dear readers,\n\nPresident Hélène Marchand met Chancellor Otto Brandt in Paris on "
        "Monday. Foreign Minister Elena Rossi criticised the plan.\n\n"
        '> "We will not sign," Rossi said.\n\n'
        "From Paris Marchand went on to Lyon, where she opened a school.\n"
    )
    assert talks.reading.where == f"{FILES / 'mutt.mbox'}, mail 1"
    assert talks.reading.input == str(FILES / "mutt.mbox")
    assert talks.reading.notes == ("decoded as windows-1252", "signature left out")

    assert isinstance(answer, Document) and answer.reading
    assert (answer.id, answer.date) == ("talks-2@example.org", "2026-11-23")
    assert answer.text == (
        "Foreign Minister Elena Rossi criticised the plan in Rome.\n\n"
        "She will travel to Madrid on Friday.\n"
    )
    assert answer.reading.notes == ("quoted mail left out",)

    assert isinstance(delegation, Document) and delegation.reading
    assert delegation.text == "The programme of the delegation is attached.\n"
    assert delegation.reading.notes == ("passed over: logo.png",)


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("=?utf-8?B?w4lseXPDqWU=?=", "Élysée"),
        ("=?utf-8?Q?Macron in Berlin?=", "Macron in Berlin"),  # spaces, which may not stand there
        ("=?utf-8?B?w4k?= =?utf-8?B?w6k=?=", "Éé"),
        ("=?utf-9?Q?Talks?= today", "Talks today"),
        ("=?utf-8?B?*?=", "=?utf-8?B?*?="),
        ("=?utf-8?Q?half", "=?utf-8?Q?half"),
        ("Talks\n in Paris", "Talks in Paris"),
        ("Élysée", "Élysée"),  # bytes beyond ASCII, undeclared
    ],
)
def test_titles_are_decoded_even_broken_ones(apart: Apart, field: str, title: str) -> None:
    source = one(apart, f"Subject: {field}\nFrom: a@example.org\n\nMacron spoke.").source
    assert source is not None
    assert source.title == title


@pytest.mark.parametrize(
    ("head", "day", "note"),
    [
        ("Date: Mon, 17 Feb 2025 23:30:00 -0500", "2025-02-17", ()),
        ("Date: 17 Feb 2025", "2025-02-17", ()),
        ("Date: Mon, 99 Feb 2025 10:00 +0000", None, ()),
        ("Date: soon\nReceived: from a by b; Tue, 18 Feb 2025 00:30:00 +0100", "2025-02-18",
         ("date from when it was received",)),
    ],
)  # fmt: skip
def test_the_day_is_the_senders(
    apart: Apart, head: str, day: str | None, note: tuple[str, ...]
) -> None:
    document = one(apart, f"{head}\nFrom: a@example.org\n\nMacron spoke.")
    assert document.reading is not None
    assert (document.date, document.reading.notes) == (day, note)


def test_the_publisher_is_the_list_or_the_organization_never_a_domain(apart: Apart) -> None:
    named = one(apart, 'List-Id: "The Daily Brief" <brief.example.org>\nFrom: a@b.org\n\nWords.')
    of = one(apart, "Organization: Example Courier\nFrom: Ann <a@b.org>\n\nWords.")
    neither = one(apart, "From: Ann <a@b.org>\n\nWords.")
    assert [d.source and d.source.publisher for d in (named, of, neither)] == [
        "The Daily Brief", "Example Courier", None,
    ]  # fmt: skip


def test_a_newsletter_stays_whole(apart: Apart) -> None:
    body = "News of the day\n\nOn Monday Rossi wrote:\n> We will not sign.\n\n--\nMore news.\n"
    assert text(apart, "Subject: Reactions\nFrom: a@b.org", body) == body


def test_a_long_end_after_two_dashes_is_no_signature(apart: Apart) -> None:
    body = "News.\n-- \n" + "Macron spoke.\n" * 40
    assert text(apart, "From: a@b.org", body) == body


def test_an_answer_of_nothing_but_quotation_stays_whole(apart: Apart) -> None:
    assert text(apart, "Subject: Re: Talks\nFrom: a@b.org", "> Macron spoke.\n") == (
        "> Macron spoke.\n"
    )


def test_what_stands_after_original_message_is_left_out_of_an_answer(apart: Apart) -> None:
    body = "Yes, on Friday.\n\n-----Original Message-----\nFrom: Jan\n\nWill he come?\n"
    assert text(apart, "Subject: AW: Talks\nFrom: a@b.org", body) == "Yes, on Friday.\n"


def test_flowing_lines_become_paragraphs(apart: Apart) -> None:
    head = "From: a@b.org\nContent-Type: text/plain; charset=utf-8; format=flowed"
    assert text(apart, head, "Macron met \nScholz in Paris.\n\n They \nspoke.\n") == (
        "Macron met Scholz in Paris.\n\nThey spoke.\n"
    )


def test_an_encoding_that_is_not_utf_8_is_said(apart: Apart) -> None:
    head = b"From: a@b.org\nContent-Type: text/plain; charset=utf-8\n\n"
    document = one(apart, head + "Élysée".encode("latin-1"))
    assert document.text == "Élysée"
    assert document.reading is not None
    assert document.reading.notes == ("decoded as windows-1252",)


def mixed(*parts: str) -> str:
    """Return a mail of several parts."""
    between = "".join(f"--x\n{part}\n" for part in parts)
    return f"From: a@b.org\nContent-Type: multipart/mixed; boundary=x\n\n{between}--x--\n"


def test_a_mail_in_a_mail_and_a_text_attached_are_articles_of_their_own(apart: Apart) -> None:
    inner = "Content-Type: message/rfc822\n\nSubject: Inner\nDate: 17 Feb 2025\n\nInner words."
    attached = (
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=../../paris.txt\n\n"
        "Attached words."
    )
    outer, text, letter = found(apart, mixed("\nOuter words.", inner, attached))
    assert isinstance(outer, Document) and isinstance(text, Document)
    assert isinstance(letter, Document) and letter.reading and text.reading
    assert outer.text.startswith("Outer words.")
    assert (text.id, text.text, text.reading.where) == (
        "paris", "Attached words.", "a.eml!paris.txt",
    )  # fmt: skip
    assert (letter.id, letter.date, letter.text) == ("mail-1", "2025-02-17", "Inner words.")
    assert letter.reading.where == "a.eml!mail-1.eml"


def test_what_is_of_no_known_kind_is_passed_over_and_said(apart: Apart) -> None:
    pack = "Content-Type: application/ms-tnef; name=winmail.dat\n\nxx"
    picture = "Content-Type: image/png\nContent-Disposition: inline; filename=a.png\n\nxx"
    document = one(apart, mixed("\nMacron spoke.", pack, picture))
    assert document.reading is not None
    assert document.reading.notes == ("passed over: winmail.dat, a.png",)


def test_a_file_written_into_the_text_is_left_out(apart: Apart) -> None:
    body = "Macron spoke.\nbegin 644 cat.txt\n#0V%T\n`\nend\nHe left.\n"
    assert text(apart, "From: a@b.org", body) == "Macron spoke.\nHe left.\n"


@pytest.mark.parametrize(
    ("mail", "problem"),
    [
        ("From: a@b.org\n\n", "has no words"),
        ("From: a@b.org\nContent-Type: application/pkcs7-mime\n\nMII", "is encrypted"),
        ("From: a@b.org\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\nMII\n--x--\n",
         "is encrypted"),
        (mixed("Content-Type: image/png\n\nxx"), "has no words"),
    ],
)  # fmt: skip
def test_a_mail_without_words_is_one_failure(apart: Apart, mail: str, problem: str) -> None:
    (failure,) = found(apart, mail)
    assert isinstance(failure, Failure)
    assert failure.problem == problem


def nested(depth: int) -> bytes:
    """Return parts in parts in parts."""
    lines = ["From: a@b.org"]
    for number in range(depth):
        lines += [f"Content-Type: multipart/mixed; boundary=b{number}", "", f"--b{number}"]
    return "\n".join([*lines, "", "Macron spoke."]).encode()


HOSTILE = {
    "10,000 nested parts": nested(10_000),
    "200 nested parts": nested(200),
    "100,000 fields": b"X: y\n" * 100_000 + b"From: a@b.org\n\nMacron spoke.",
    "a field of 5 MB": b"Subject: " + b"=?utf-8?q?=C3?= " * 330_000 + b"\n\nMacron spoke.",
    "an address of 1 MB": b"From: " + b'("' * 500_000 + b"\n\nMacron spoke.",
    "no base64": b"From: a@b.org\nContent-Transfer-Encoding: base64\n\n*&!%\xff\x00 spoke",
    "half base64": b"From: a@b.org\nContent-Transfer-Encoding: base64\n\nTWFjcm9uIHNwb2tl\nx",
    "no uuencode": b"From: a@b.org\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n\xff\n",
    "uuencode that looks endless": b"From: a@b.org\n\n" + b"begin 644 a\n" * 50_000,
    "a charset that is a codec": b"From: a@b.org\nContent-Type: text/plain; charset=idna\n\nHe.",
    "a charset of 1 MB": b"Content-Type: text/plain; charset=" + b"u" * 1_000_000 + b"\n\nHe.",
    "a broken parameter": b"From: a@b.org\nContent-Type: text/plain; charset*1*=''%\n\nHe.",
    "a broken boundary": b"Content-Type: multipart/mixed; boundary*0*=x''%ff\n\n--x\n\nHe.",
    "a boundary that never comes": b"Content-Type: multipart/mixed; boundary=x\n\nHe spoke.",
    "20,000 parts": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 20_000,
    "a name that runs away": mixed(
        "Content-Type: text/plain; name*=utf-8''%2e%2e%2f%00%0a%1b.txt\n\nMacron spoke."
    ).encode(),
    "quotation of 5 MB": b"Subject: Re: a\n\n" + b">" * 5_000_000,
    "one line of 5 MB": b"From: a@b.org\n\n" + b"a: " * 1_700_000,
    "100,000 quotations": b"Subject: Re: a\n\nHe wrote:\n" + b"> a\nb 1:\n" * 100_000,
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_mail_costs_itself_only(apart: Apart, attack: str) -> None:
    """Each ends within the limits of the process apart: 10 s and 1 s for each 100 kB, 2 GB."""
    results = found(apart, HOSTILE[attack])
    assert 0 < len(results) <= 2
    for result in results:
        if isinstance(result, Failure):
            assert result.problem in ("is nested too deeply", "has no words", "is empty")
        else:
            assert isinstance(result, Document)
            assert result.id.isprintable()
            result.text.encode()
    assert one(apart, b"From: a@b.org\n\nMacron spoke.").text == "Macron spoke."


def test_a_bad_mail_in_a_box_costs_itself_only(apart: Apart) -> None:
    start = b"From a@b.org Mon Feb 17 10:00:00 2025\n"
    bad = b"Content-Type: application/pkcs7-mime\n\n" + b64encode(b"secret" * 9) + b"\n\n"
    box = start + b"Subject: a\n\nFirst.\n\n" + start + bad + start + b"Subject: b\n\nThird.\n"
    first, failure, third = found(apart, box, "news.mbox")
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(failure, Failure)
    assert (first.id, first.text, third.id, third.text) == (
        "news-1", "First.\n", "news-3", "Third.\n",
    )  # fmt: skip
    assert (failure.where, failure.problem) == ("news.mbox, mail 2", "is encrypted")


def test_a_mail_larger_than_the_limit_is_never_held(
    apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox, "LARGEST", 1000)
    start = b"From a@b.org Mon Feb 17 10:00:00 2025\n"
    box = start + b"\n" + b"x" * 5000 + b"\n\n" + start + b"Subject: b\n\n>From Paris.\n"
    failure, second = found(apart, box, "news.mbox")
    assert isinstance(failure, Failure) and isinstance(second, Document)
    assert failure.problem.startswith("is larger than")
    assert second.text == "From Paris.\n"


@pytest.mark.parametrize("data", [b"Macron spoke.\n", b"", b"\n\n", b"From Paris he left.\n"])
def test_what_is_no_box_is_said_to_be_none(apart: Apart, data: bytes) -> None:
    (failure,) = found(apart, data, "news.mbox")
    assert isinstance(failure, Failure)
    assert failure.problem == "is no box of mails"


# Pages -----------------------------------------------------------------------------------------

PAGE = (
    "<html><head><title>Ignored</title></head><body><article><p>President Marchand met "
    "Chancellor Brandt in Paris on Monday to talk about the new railway.</p><p>Foreign Minister "
    "Rossi criticised the plan in Rome and said that nobody had asked her.</p></article></body>"
)


def alternative(plain: str) -> str:
    return (
        "From: Example Courier <news@example.org>\nSubject: Talks\nDate: 17 Feb 2025\n"
        "Content-Type: multipart/alternative; boundary=x\n\n"
        f"--x\nContent-Type: text/plain\n\n{plain}\n"
        f"--x\nContent-Type: text/html\n\n{PAGE}\n--x--\n"
    )


def test_a_page_is_read_where_the_plain_text_is_a_mere_hint(apart: Apart) -> None:
    document = one(apart, alternative("View this mail in your browser."))
    assert document.source and document.reading
    assert document.text.startswith("President Marchand met Chancellor Brandt")
    assert (document.date, document.source.title) == ("2025-02-17", "Talks")
    assert document.source.author == "Example Courier"
    assert (document.reading.reader, document.reading.notes[0]) == ("mail", "read as a page")


def test_the_plain_text_comes_before_the_page_beside_it(apart: Apart) -> None:
    plain = "President Marchand met Chancellor Brandt in Paris on Monday.\n" * 5
    assert one(apart, alternative(plain)).text.strip() == plain.strip()


def test_a_hint_is_better_than_a_page_without_words(apart: Apart) -> None:
    mail = alternative("Macron spoke.").replace(PAGE, "<html><body></body></html>")
    assert one(apart, mail).text.strip() == "Macron spoke."


def test_a_page_that_chromium_saved_is_read_with_its_address() -> None:
    (document,) = read([FILES / "chromium.mhtml"])
    assert isinstance(document, Document) and document.source
    # The head has the day on which it was saved; the page has its own.
    assert document.date == "2025-02-17"
    assert document.source.url == "http://127.0.0.1:8017/talks.html"
    assert document.source.title == "Marchand and Brandt meet in Paris"
    assert document.source.author == "Anna Berger"
    assert document.text.startswith("President Hélène Marchand met Chancellor Otto Brandt in Paris")
    assert document.text.endswith("speak with the mayor of the city.")


def test_a_mail_that_mutt_wrote_is_read_with_the_page_attached() -> None:
    mail, page = read([FILES / "mutt.eml"])
    assert isinstance(mail, Document) and isinstance(page, Document)
    assert (mail.id, mail.date) == ("talks-4@example.org", "2026-11-23")
    assert page.id == "note"
    assert page.text.startswith("Mayor Jan Novak welcomed a delegation")
