"""The named queries that come with the package: SPARQL files with holes to fill in safely.

A query is a file ``kg/data/queries/NAME.rq`` that any SPARQL 1.1 engine runs as it stands. Its
first line is its question; a parameter is a line ``# parameter who: what it is``, and has the
place ``VALUES ?who { "" }`` in the query, where the value given is written as a literal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import UnknownName

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
            filled = f'VALUES ?{name} {{ "{value.translate(_ESCAPES)}" }}'
            text = text.replace(f'VALUES ?{name} {{ "" }}', filled, 1)
        return text


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
