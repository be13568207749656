"""The named queries that come with the package: SPARQL files with holes to fill in safely.

A query is a file ``kg/data/queries/NAME.rq`` that any SPARQL 1.1 engine runs as it stands. Its
first line is its question; a parameter is a line ``# parameter who: what it is``, and has the
places ``VALUES ?who { "" }`` in the query, where the value given is written as a literal. A line
that ends with ``# with who`` only looks for who is asked about: it lets everything through, slowly,
where no value is given, and is left out then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from kg.data import table
from kg.errors import UnknownName, WrongValue

DAYS = ("since", "until", "asof")
"""Parameters that are ISO days."""

CODES = ("country", "source", "target")
"""Parameters that are the ISO codes of states."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that comes with the package.

    ``parameters`` maps each name one may give to what it means.
    """

    name: str
    question: str
    parameters: dict[str, str]
    text: str

    def filled(self, **values: str) -> str:
        """Return the query with the values given.

        Raises
        ------
        UnknownName
            If the query has no such parameter.
        WrongValue
            If the value of ``since``, ``until`` or ``asof`` is no day, ``until`` is before
            ``since``, or that of ``country``, ``source`` or ``target`` is the code of no state.

        Examples
        --------
        >>> 'VALUES ?who { "Macron" }' in named_queries()["planned"].filled(who="Macron")
        True
        """
        text = self.text
        for name, value in values.items():
            if name not in self.parameters:
                kind = f"parameter of '{self.name}'"
                raise UnknownName(kind, name, tuple(self.parameters))
            if value and name in DAYS:
                day(value, name)
            elif value and name in CODES:
                _state(value, name)
            filled = f'VALUES ?{name} {{ "{value.translate(_ESCAPES)}" }}'
            text = text.replace(f'VALUES ?{name} {{ "" }}', filled)
        in_order(values.get("since"), values.get("until"))
        for name in self.parameters:
            if not values.get(name):
                text = re.sub(rf"^.* # with {name}\n", "", text, flags=re.MULTILINE)
        return text


def day(value: str, name: str, *, or_more: bool = False) -> str:
    """Return a value if it is an ISO day, or, with ``or_more``, a day, month or year.

    Raises
    ------
    WrongValue
        If it is not, with the name of what it was given for.

    Examples
    --------
    >>> day("2025-02-17", "since")
    '2025-02-17'
    >>> day("2025-02", "since", or_more=True)
    '2025-02'
    >>> day("2025-02-30", "since")
    Traceback (most recent call last):
        ...
    kg.errors.WrongValue: since: '2025-02-30' is no day; write it like 2025-02-17
    """
    try:
        parts = "0,2" if or_more else "2"
        if re.fullmatch(rf"[0-9]{{4}}(-[0-9]{{2}}){{{parts}}}", value):
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
            return value
    except ValueError:
        pass
    remedy = "write it like 2025-02-17" + (" or 2025-02" if or_more else "")
    raise WrongValue(name, f"'{value}' is no day", remedy)


def in_order(since: str | None, until: str | None) -> None:
    """Make sure that a stretch of time does not end before it starts.

    Raises
    ------
    WrongValue
        If it does: nothing could lie in it.

    Examples
    --------
    >>> in_order("2025-02-17", "2025-02")
    >>> in_order("2025-03-10", "2025-03-01")
    Traceback (most recent call last):
        ...
    kg.errors.WrongValue: until: 2025-03-01 is before since, 2025-03-10; give the earlier day \
as since
    """
    if since and until and until[: len(since)] < since[: len(until)]:
        raise WrongValue(
            "until", f"{until} is before since, {since}", "give the earlier day as since"
        )


def _state(value: str, name: str) -> None:
    """Make sure that a value is the ISO code of a state."""
    countries = table("countries")
    if value in {country.iso3 for country in countries}:
        return
    like = value.casefold()
    for country in countries:
        called = (country.iso3, country.iso2, country.name, *country.aliases)
        if country.iso3 and like in map(str.casefold, called):
            remedy = f"{country.name} is {country.iso3}"
            break
    else:
        remedy = "write its ISO code, like USA or RUS"
    raise WrongValue(name, f"there is no state with the code '{value}'", remedy)


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return all named queries by name, in order of the alphabet."""
    folder = files("kg.data") / "queries"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".rq"):
            name, text = file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")
            question = text.splitlines()[0].removeprefix("# question: ")
            parameters = dict(re.findall(r"^# parameter (\w+): (.+)$", text, re.MULTILINE))
            found[name] = NamedQuery(name, question, parameters, text)
    return found


def named_query(name: str, **values: str) -> str:
    """Return the SPARQL of a named query with its parameters filled in.

    Raises
    ------
    UnknownName
        If there is no such query, or no such parameter of it.

    Examples
    --------
    >>> named_query("who-spoke-with-who")
    Traceback (most recent call last):
        ...
    kg.errors.UnknownName: There is no query called 'who-spoke-with-who'; did you mean \
'who-spoke-with-whom'?
    """
    known = named_queries()
    if name not in known:
        raise UnknownName("query", name, tuple(known))
    return known[name].filled(**values)
