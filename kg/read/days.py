"""A date as others write it -> its day; where day and month could be confused, none is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{6}Z?)?$")
_IN_WORDS = (
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+(?:of +)?{_MONTH},?[ -]+(?P<year>\d{{4}})\b",
        re.I,
    ),
    re.compile(rf"\b{_MONTH} +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})\b", re.I),
    re.compile(  # as the C library and some networks write it: Mon Feb 17 10:00:00 +0000 2025
        rf"\b{_MONTH} +(?P<day>\d{{1,2}}) [\d:]{{5,8}} (?:[+\w-]{{1,5}} )?(?P<year>\d{{4}})$", re.I
    ),
)
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_LONGEST = 80

Order = Literal["day", "month", "either"]


def day(value: object, *, day_first: bool | None = None) -> str | None:
    """Return the day that a value names, as 2025-02-17; None if it names none, or may name two.

    Parameters
    ----------
    value
        Words, a date, or seconds or milliseconds since 1970.
    day_first
        Whether 03/04/2025 is a day in April; None if that is not known.

    Examples
    --------
    >>> [day(value) for value in ("Mon, 17 Feb 2025 23:30:00 -0500", "Feb. 17, 2025", 1739750400)]
    ['2025-02-17', '2025-02-17', '2025-02-17']
    >>> day("03/04/2025"), day("03/04/2025", day_first=True), day("17/02/2025")
    (None, '2025-04-03', '2025-02-17')
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _counted(value)
    words = value.strip() if isinstance(value, str) else ""
    if not words or len(words) > _LONGEST:
        return None
    if found := _YEAR_FIRST.match(words) or _DIGITS.match(words):
        return in_calendar(found["year"], found["month"], found["day"])
    if words.replace(".", "", 1).isascii() and words.replace(".", "", 1).isdigit():
        return _counted(float(words))
    if found := _YEAR_LAST.match(words):
        first, _, second, year = found.groups()
        first_is_day = {"day": True, "month": False}.get(order(words) or "", day_first)
        if first_is_day is None and first != second:
            return None
        return (
            in_calendar(year, second, first) if first_is_day else in_calendar(year, first, second)
        )
    for pattern in _IN_WORDS:
        if found := pattern.search(words):
            month = _MONTHS.index(found["month"].lower()) + 1
            return in_calendar(found["year"], month, found["day"])
    return None


def in_calendar(year: str, month: str | int, of_month: str) -> str | None:
    """Return the day of a year, a month and a day of the month; None if there is no such day.

    Examples
    --------
    >>> in_calendar("2025", 2, "7"), in_calendar("2025", "02", "30")
    ('2025-02-07', None)
    """
    try:
        return date(int(year), int(month), int(of_month)).isoformat()
    except ValueError:
        return None


def order(value: object) -> Order | None:
    """Tell whether day or month stands first in 17/02/2025; None for what is not written so.

    Examples
    --------
    >>> [order(value) for value in ("17/02/2025", "02/17/2025", "03/04/2025", "2025-02-17")]
    ['day', 'month', 'either', None]
    """
    found = _YEAR_LAST.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    if found[2] == "." or int(found[1]) > 12:  # points are only used where the day stands first
        return "day"
    if int(found[3]) > 12:
        return "month"
    return None if int(found[1]) == int(found[3]) else "either"


def settled(values: Iterable[object]) -> bool | None:
    """Tell whether the days of a column stand before their months; None if nothing settles it.

    Examples
    --------
    >>> settled(["03/04/2025", "17/02/2025"]), settled(["03/04/2025"])
    (True, None)
    """
    found: set[Order | None] = set()
    for value in values:
        found.add(order(value))
        if {"day", "month"} <= found:
            return None
    return "day" in found if found & {"day", "month"} else None


def _counted(number: float) -> str | None:
    """Return the day of a time in seconds, milliseconds or finer units since 1970."""
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        if 1e8 * unit <= number < 4.2e9 * unit:  # a quotient may be too large for a float
            return datetime.fromtimestamp(number / unit, UTC).date().isoformat()
    return None
