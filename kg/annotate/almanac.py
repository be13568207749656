"""Days from words: which Tuesday, which 6 October, given a day to count from."""

from __future__ import annotations

from datetime import date, timedelta

from kg.annotate.tense import Direction

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_YEARS = 6  # around today's, in which a date without a year is looked for
_TOLERANCE = 30  # days; a plan may be reported with its date when that has passed


def weekday_number(word: str) -> int:
    """Return 0 for "Monday" or "Mon." to 6 for "Sunday".

    Examples
    --------
    >>> weekday_number("Thurs.")
    3
    """
    start = word.lower()[:3]
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(start))


def month_number(word: str) -> int:
    """Return 1 for "January" or "Jan." to 12 for "December".

    Examples
    --------
    >>> month_number("Sept.")
    9
    """
    start = word.lower()[:3]
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(start))


def weekday(today: date, number: int, direction: Direction) -> date:
    """Return the nearest such weekday: before today, or after if ``direction`` is 1.

    A weekday that is today's is today, as newspapers use it.

    Examples
    --------
    >>> monday = date(2025, 2, 17)
    >>> [str(weekday(monday, 1, direction)) for direction in (1, -1)]
    ['2025-02-18', '2025-02-11']
    >>> str(weekday(monday, 0, -1))
    '2025-02-17'
    """
    ahead = (number - today.weekday()) % 7
    if direction > 0 or ahead == 0:
        return _shifted(today, ahead)
    return _shifted(today, ahead - 7)


def weekday_of_week(today: date, number: int, weeks: int) -> date:
    """Return a weekday of this week (0), the last (-1) or the next (1); weeks begin on Monday.

    Examples
    --------
    >>> str(weekday_of_week(date(2025, 2, 21), 1, 1))
    '2025-02-25'
    """
    return _shifted(today, number - today.weekday() + 7 * weeks)


def last_weekday(today: date, number: int) -> date:
    """Return the nearest such weekday before today, never today.

    Examples
    --------
    >>> str(last_weekday(date(2025, 2, 17), 0))
    '2025-02-10'
    """
    return _shifted(today, -(((today.weekday() - number - 1) % 7) + 1))


def day_of_year(
    today: date, month: int, day: int, direction: Direction, weekday: int | None = None
) -> date | None:
    """Return the occurrence of a day and month that is meant, or None if there is no such day.

    It is the one nearest to today, unless that lies on the wrong side of today (a plan may be
    ``_TOLERANCE`` days old): "will open on 3 January", written in February, is next year's. A
    weekday settles the year.

    Examples
    --------
    >>> february = date(2025, 2, 17)
    >>> [str(day_of_year(february, 1, 3, direction)) for direction in (-1, 1)]
    ['2025-01-03', '2026-01-03']
    >>> str(day_of_year(february, 1, 3, 0, weekday=5))
    '2026-01-03'
    >>> day_of_year(february, 2, 30, 0) is None
    True
    """
    years = range(today.year - _YEARS, today.year + _YEARS + 1)
    found = [made for year in years if (made := make(year, month, day))]
    if not found:
        return None
    fitting = [made for made in found if made.weekday() == weekday]
    nearest = min(fitting or found, key=lambda made: abs((made - today).days))
    if fitting:
        return nearest
    if direction < 0 and nearest > today:
        return max((made for made in found if made <= today), default=nearest)
    if direction > 0 and (today - nearest).days > _TOLERANCE:
        return min((made for made in found if made >= today), default=nearest)
    return nearest


def day_of_month(today: date, day: int, direction: Direction) -> date | None:
    """Return the nearest "9th" before or after today.

    Examples
    --------
    >>> [str(day_of_month(date(2025, 2, 17), 9, direction)) for direction in (-1, 1)]
    ['2025-02-09', '2025-03-09']
    """
    found = []
    for offset in (-2, -1, 0, 1, 2):
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        if made := make(year, month + 1, day):
            found.append(made)
    sided = [made for made in found if (made - today).days * direction >= 0]
    return min(sided or found, key=lambda made: abs((made - today).days), default=None)


def shifted(today: date, days: int) -> date | None:
    """Return a day so many days later, or None beyond the calendar."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def make(year: int, month: int, day: int) -> date | None:
    """Return the day, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(today: date, days: int) -> date:
    return shifted(today, days) or today
