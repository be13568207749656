"""Which day, month or year a date expression means."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import almanac
from kg.annotate.dates import Dates
from kg.annotate.tokens import Tokens
from kg.model import Document
from tests.strategies import days, texts

MONDAY = "2025-02-17"  # a Monday


def read(text: str, today: str | None = MONDAY) -> list[tuple[str, str | None]]:
    """Return the date expressions of a text with their values."""
    found = Dates()(Tokens()(Document(id="d", text=text, date=today)))
    return [(time.span.of(text), time.value) for time in found.times]


# ---------------------------------------------------------------- counted from Monday 2025-02-17
WEEKDAYS = [
    # past or to come by the verb
    ("Novak met Horak on Tuesday.", "Tuesday", "2025-02-11"),
    ("Novak has met Horak on Friday.", "Friday", "2025-02-14"),
    ("Novak was arrested Friday in Oslo.", "Friday", "2025-02-14"),
    ("Novak says Wednesday was a mistake.", "Wednesday", "2025-02-12"),
    ("Officials are scheduled to meet in Oslo on Tuesday.", "Tuesday", "2025-02-18"),
    ("Novak will meet Horak on Tuesday.", "Tuesday", "2025-02-18"),
    ("Novak is to step down on Friday.", "Friday", "2025-02-21"),
    ("Novak is meeting Horak on Friday.", "Friday", "2025-02-21"),
    ("Novak meets Horak on Friday.", "Friday", "2025-02-21"),
    ("Novak may meet Horak on Sunday.", "Sunday", "2025-02-23"),
    ("Novak agreed to meet Horak on Thursday.", "Thursday", "2025-02-20"),
    ("Novak managed to meet Horak on Thursday.", "Thursday", "2025-02-13"),
    ("Novak flew to Oslo to meet Horak on Thursday.", "Thursday", "2025-02-13"),
    ("Novak said she would meet Horak on Thursday.", "Thursday", "2025-02-20"),
    ("The vote was set for Friday.", "Friday", "2025-02-21"),
    ("Talks planned for Friday were called off.", "Friday", "2025-02-21"),
    ("The truce holds until Friday.", "Friday", "2025-02-21"),
    ("The army had left by Friday.", "Friday", "2025-02-14"),
    ("Novak spoke at Friday's meeting.", "Friday", "2025-02-14"),
    ("Novak spoke of Friday's upcoming vote.", "Friday", "2025-02-21"),
    # the same weekday as the document's is the same day
    ("Novak met Horak on Monday.", "Monday", MONDAY),
    ("Novak will meet Horak on Monday.", "Monday", MONDAY),
    ("Novak met Horak last Monday.", "last Monday", "2025-02-10"),
    ("Novak met Horak last Friday.", "last Friday", "2025-02-14"),
    ("Novak will meet Horak next Monday.", "next Monday", "2025-02-24"),
    ("Novak will meet Horak next Friday.", "next Friday", "2025-02-28"),
    ("Novak will meet Horak this Friday.", "this Friday", "2025-02-21"),
    ("Novak met Horak this past Friday.", "this past Friday", "2025-02-14"),
    ("Novak met Horak on Tuesday of last week.", "Tuesday of last week", "2025-02-11"),
    ("Novak will meet Horak Tuesday next week.", "Tuesday next week", "2025-02-25"),
    # a part of the day belongs to it
    ("Novak met Horak on Friday morning.", "Friday morning", "2025-02-14"),
    ("Late Saturday evening Novak met Horak.", "Late Saturday evening", "2025-02-15"),
    ("Novak met Horak on Sunday\nnight.", "Sunday\nnight", "2025-02-16"),
]
NEAR = [
    ("Novak met Horak yesterday.", "yesterday", "2025-02-16"),
    ("Yesterday morning Novak met Horak.", "Yesterday morning", "2025-02-16"),
    ("Novak will meet Horak tomorrow.", "tomorrow", "2025-02-18"),
    ("Novak met Horak today.", "today", MONDAY),
    ("Novak will meet Horak tonight.", "tonight", MONDAY),
    ("Novak met Horak this morning.", "this morning", MONDAY),
    ("Novak met Horak last night.", "last night", "2025-02-16"),
    ("Novak met Horak the day before yesterday.", "the day before yesterday", "2025-02-15"),
    ("Novak leaves the day after tomorrow.", "the day after tomorrow", "2025-02-19"),
    ("Novak met Horak two days ago.", "two days ago", "2025-02-15"),
    ("Novak met Horak 20 days ago.", "20 days ago", "2025-01-28"),
]
CALENDAR = [
    ("Novak met Horak on 4 March 2019.", "4 March 2019", "2019-03-04"),
    ("Novak met Horak on March 4, 2019, in Oslo.", "March 4, 2019", "2019-03-04"),
    ("Novak met Horak on the 9th of August 2019.", "9th of August 2019", "2019-08-09"),
    ("Novak met Horak on Monday, March 4, 2019.", "Monday, March 4, 2019", "2019-03-04"),
    ("Novak met Horak on Sept. 3, 2024.", "Sept. 3, 2024", "2024-09-03"),
    ("Novak met Horak on 2019-01-23.", "2019-01-23", "2019-01-23"),
    ("Novak met Horak (29.12.2014) in Oslo.", "29.12.2014", "2014-12-29"),
    ("Novak met Horak in January 2019.", "January 2019", "2019-01"),
    ("Novak met Horak in late January 2019.", "late January 2019", "2019-01"),
    ("Novak met Horak in the summer of 2019.", "summer of 2019", "2019"),
    ("Novak met Horak in 2019.", "2019", "2019"),
    ("Novak broke a 2009 peace agreement.", "2009", "2009"),
    ("Novak has led Chile since early 2016.", "early 2016", "2016"),
    # without a year: the nearest one that the verb allows
    ("Novak met Horak on October 6.", "October 6", "2024-10-06"),
    ("Novak met Horak on 16 February.", "16 February", "2025-02-16"),
    ("Novak will meet Horak on March 4.", "March 4", "2025-03-04"),
    ("Novak will meet Horak on January 3.", "January 3", "2026-01-03"),
    ("Novak met Horak on March 4.", "March 4", "2024-03-04"),
    ("The vote to be held on August 9 is rigged.", "August 9", "2025-08-09"),
    ("Novak met Horak on Tuesday, March 4.", "Tuesday, March 4", "2025-03-04"),
    ("Novak met Horak on the 9th.", "9th", "2025-02-09"),
    ("Novak will meet Horak on the 9th.", "9th", "2025-03-09"),
]


@pytest.mark.parametrize(("text", "words", "value"), WEEKDAYS + NEAR + CALENDAR)
def test_a_date_means_a_day(text: str, words: str, value: str) -> None:
    assert read(text) == [(words, value)]


VAGUE = [
    ("Novak met Horak last month.", "last month"),
    ("Novak met Horak this week.", "this week"),
    ("Novak met Horak earlier this week.", "earlier this week"),
    ("Novak will visit Oslo later this year.", "later this year"),
    ("Novak met Horak over the weekend.", "the weekend"),
    ("Novak met Horak in recent weeks.", "recent weeks"),
    ("Novak will meet Horak in the coming days.", "the coming days"),
    ("Novak met Horak in September.", "September"),
    ("Novak met Horak in late January.", "late January"),
    ("Novak met Horak two weeks ago.", "two weeks ago"),
    ("Novak returned three years later.", "three years later"),
    ("Novak ruled Chile in the 1990s.", "the 1990s"),
    ("Novak ruled Chile from 2008 to 2016.", "from 2008 to 2016"),
    ("Novak was in Oslo March 4-6, 2019.", "March 4-6, 2019"),
    ("Novak was in Oslo on 4/3/2019.", "4/3/2019"),
    ("Novak spoke with Horak shortly before the meeting.", "shortly before the meeting"),
    ("Novak left two hours after the vote.", "two hours after the vote"),
    ("Novak met Horak on February 30.", "February 30"),
    ('"Novak met Horak yesterday," the envoy said.', "yesterday"),
]


@pytest.mark.parametrize(("text", "words"), VAGUE)
def test_what_is_vague_stays_words(text: str, words: str) -> None:
    assert read(text) == [(words, None)]


NO_DATE = [
    "Theresa May met Horak.",
    "May met Horak.",
    "Novak may march on Oslo.",
    "The Sunday Times met Novak.",
    "Novak led a march of 2000 people.",
    "Novak sold 1999 cars.",
    "Flight 2015 left Oslo.",
    "Novak lives on the 9th floor.",
    "Novak wrote 2019-13-45 on a wall.",
]


@pytest.mark.parametrize("text", NO_DATE)
def test_words_that_only_look_like_dates(text: str) -> None:
    assert read(text) == []


def test_the_same_day_is_the_day_named_before() -> None:
    assert read("Novak met Horak on Friday. He left later that day.") == [
        ("Friday", "2025-02-14"),
        ("later that day", "2025-02-14"),
    ]
    assert read("Novak will meet Horak on March 4. He left the same day.")[1] == (
        "the same day",
        None,
    )


def test_without_a_date_of_its_own_a_document_has_absolute_dates_only() -> None:
    text = "Novak met Horak on Tuesday and yesterday, on March 4, in 2019 and on 5 May 2020."
    assert read(text, today=None) == [
        ("Tuesday", None),
        ("yesterday", None),
        ("March 4", None),
        ("2019", "2019"),
        ("5 May 2020", "2020-05-05"),
    ]


def test_the_attacks_of_11_september_are_not_those_of_the_nearest_september() -> None:
    assert read("Novak recalled the September 11 attacks.") == [("September 11", None)]
    assert read("Novak was born on September 11.") == [("September 11", "2024-09-11")]


@given(st.dates(date(1, 1, 8), date(9999, 12, 24)), st.integers(0, 6))
def test_a_weekday_lies_within_a_week_on_the_side_asked_for(today: date, number: int) -> None:
    before, after = almanac.weekday(today, number, -1), almanac.weekday(today, number, 1)
    assert before.weekday() == after.weekday() == number
    assert 0 <= (today - before).days < 7
    assert 0 <= (after - today).days < 7
    assert 0 < (today - almanac.last_weekday(today, number)).days <= 7


@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.integers(1, 12),
    st.integers(1, 31),
    st.sampled_from([-1, 0, 1]),
)
def test_a_day_of_the_year_is_that_day_or_none(
    today: date, month: int, day: int, side: int
) -> None:
    found = almanac.day_of_year(today, month, day, side)  # type: ignore[arg-type]
    if found is None:
        assert (month, day) in {(2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31), (2, 29)}
    else:
        assert (found.month, found.day) == (month, day)


DATED = st.lists(
    st.sampled_from(
        ["March", "4", "4th", ",", "2019", "on", "the", "of", "Tuesday", "last", "next", "week",
         "that day", "ago", "days", "99999", "1", "-", "/", ".", "0001-01-01", "9999 days ago",
         "yesterday", "Feb.", "29", "30", "\n", "\n\n", "'90s", "met", "will", "🙂", '"', "May"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(texts, DATED), days | st.sampled_from(["0001-01-01", "9999-12-31"]) | st.none())
def test_hostile_text_gives_dates_inside_it_or_none(text: str, today: str | None) -> None:
    times = Dates()(Tokens()(Document(id="d", text=text, date=today))).times
    assert list(times) == sorted(times, key=lambda time: time.span)
    for time in times:
        assert 0 <= time.span.start < time.span.end <= len(text)
        assert time.value is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", time.value)
        if time.value and len(time.value) == len(MONDAY):
            date.fromisoformat(time.value)
