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

from kg.errors import SourceError, UnknownName

DAYS = ("since", "until", "asof")
"""Parameters that are ISO days."""

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
        SourceError
            If the value of ``since``, ``until`` or ``asof`` is no day.

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
            checked = day(value, name) if name in DAYS and value else value
            filled = f'VALUES ?{name} {{ "{checked.translate(_ESCAPES)}" }}'
            text = text.replace(f'VALUES ?{name} {{ "" }}', filled)
        for name in self.parameters:
            if not values.get(name):
                text = re.sub(rf"^.* # with {name}\n", "", text, flags=re.MULTILINE)
        return text


def day(value: str, name: str) -> str:
    """Return a value if it is an ISO day.

    Raises
    ------
    SourceError
        If it is not, with the name of what it was given for.

    Examples
    --------
    >>> day("2025-02-17", "since")
    '2025-02-17'
    >>> day("17 February", "since")
    Traceback (most recent call last):
        ...
    kg.errors.SourceError: since: '17 February' is no day; write it like 2025-02-17
    """
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise SourceError(name, f"'{value}' is no day", "write it like 2025-02-17")


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
