"""Which column of a table, or field of a dump, holds what: guessed by well-known names, or told.

The names are data: ``kg/data/fields.toml``. One guess serves tables, sheets, Parquet and JSON.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from statistics import median
from typing import Any

from kg.errors import SourceError
from kg.read import days
from kg.read.markup import words

ROLES = ("text", "title", "date", "url", "publisher", "author", "language", "licence", "id")
TOLD = "columns."
"""What the names of a sidecar's table ``[columns]`` begin with in `Resource.about`."""

_TYPED = re.compile(r"\.\$\w+$")  # as MongoDB writes: {"published": {"$date": "..."}}
_FEWEST = 4
_SHORT = 25
_LISTED = 20
_DEEPEST = 5
_WIDEST = 500
_LONGEST = 200


@dataclass(frozen=True)
class Columns:
    """The columns that are read.

    Parameters
    ----------
    of
        The column, or columns read one after the other, of each role that one was found for.
    passed_over
        How many others there are.
    partial
        Whether what is read as text is only part of an article.
    short
        Words of a text in the middle of the sample, if that is few.
    instead
        Columns with part of an article, the first of which is read where the text is empty.

    Examples
    --------
    >>> row = {"Headline": "Talks", "Body": "Macron met Scholz in Paris.", "Section": "World"}
    >>> print(chosen([row], where="news.csv"))
    columns: text = Body, title = Headline (1 other passed over)
    """

    of: Mapping[str, tuple[str, ...]]
    passed_over: int = 0
    partial: bool = False
    short: int | None = None
    instead: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = ", ".join(f"{role} = {' + '.join(names)}" for role, names in self.of.items())
        others = f"{self.passed_over} {'other' if self.passed_over == 1 else 'others'}"
        return f"columns: {told}" + (f" ({others} passed over)" if self.passed_over else "")

    def notes(self) -> tuple[str, ...]:
        """Return what is to be said of them."""
        found = [str(self)]
        if self.partial:
            found.append(only_part(self.of["text"][0]))
        if self.short is not None:
            found.append(f"the texts are short, {self.short} words in the middle")
        return tuple(found)


def only_part(column: str) -> str:
    """Return what is to be said where a column is read that holds no whole article."""
    return f"{column} is only part of an article"


def chosen(
    sample: Sequence[Mapping[str, object]], *, where: str, about: Mapping[str, str] | None = None
) -> Columns:
    """Choose the columns by their names and by what stands in some of the rows.

    Parameters
    ----------
    sample
        Rows, as `flat` gives them.
    where
        How an error names the table.
    about
        What is known from outside: with ``columns.text`` and so on the user names columns.

    Raises
    ------
    SourceError
        If there is no column for the text, or several that differ.
    """
    names = list(dict.fromkeys(name for row in sample for name in row))
    told = {
        name.removeprefix(TOLD): tuple(part.strip() for part in value.split(" + "))
        for name, value in (about or {}).items()
        if name.startswith(TOLD)
    }
    of = {role: told[role] for role in ROLES if role in told}
    for column in (name for given in of.values() for name in given):
        if column not in names:
            raise SourceError(where, f"has no column {_shown([column])}; {_listed(names)}")
    partial = False
    instead: list[str] = []
    if "text" not in of:
        of["text"], partial = _text(sample, names, where)
        parts = (holding(name, names) for name in known()["text"][-1])
        instead = [part for part in parts if part and _words(sample, (part,)) >= _FEWEST]
    for role in ROLES:
        if role not in of and (found := _first(role, sample, names)) is not None:
            of[role] = (found,)
    of = {role: of[role] for role in ROLES if role in of}
    used = {name for given in of.values() for name in given}
    count = _words(sample, of["text"])
    return Columns(
        of,
        len(set(names) - used),
        partial,
        count if count < _SHORT else None,
        tuple(name for name in dict.fromkeys(instead) if name not in used),
    )


def flat(record: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields of a record in one level, "headline.main" for what lies in another.

    Examples
    --------
    >>> flat({"headline": {"main": "Talks"}, "authors": [{"name": "A"}, {"name": "B"}]})
    {'headline.main': 'Talks', 'authors.name': ['A', 'B']}
    """
    found: dict[str, object] = {}
    todo: list[tuple[str, Any, int]] = [(name, record[name], 0) for name in list(record)[::-1]]
    while todo and len(found) < _WIDEST:
        name, value, depth = todo.pop()
        if isinstance(value, Mapping) and depth < _DEEPEST:
            todo += [(f"{name}.{key}", value[key], depth + 1) for key in list(value)[::-1]]
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for entry in value[:_WIDEST]:
                for key, inner in entry.items() if isinstance(entry, Mapping) else ():
                    if isinstance(inner, str):
                        listed = found.setdefault(f"{name}.{key}", [])
                        if isinstance(listed, list):
                            listed.append(inner)
        elif not isinstance(value, Mapping):
            found[name] = value
    return found


@cache
def known() -> Mapping[str, Any]:
    """Return what ``fields.toml`` says."""
    return tomllib.loads((files("kg.data") / "fields.toml").read_text(encoding="utf-8"))


@lru_cache(4096)
def said(name: str) -> str:
    """Return a name of a field without what makes no difference.

    Examples
    --------
    >>> said("Publish_Date"), said("publish date"), said("_source.publishDates")
    ('publishdate', 'publishdate', 'source.publishdate')
    """
    parts = (re.sub(r"[\W_]+", "", part.casefold()) for part in name[:_LONGEST].split("."))
    return ".".join(
        part[:-1] if len(part) > 3 and part.endswith("s") and part[-2] != "s" else part
        for part in parts
    )


@cache
def _wrappers() -> frozenset[str]:
    return frozenset(said(name) for name in known()["wrappers"])


def holding(name: str, names: Iterable[str]) -> str | None:
    """Return the column that has a well-known name, with what wraps it or without.

    Examples
    --------
    >>> holding("publish_date", ["_source.publishDate", "title"])
    '_source.publishDate'
    """
    wanted = said(name)
    inside = None
    for column in names:
        called = said(_TYPED.sub("", column))
        if called == wanted:
            return column
        while inside is None and called.partition(".")[0] in _wrappers() and "." in called:
            called = called.partition(".")[2]
            if called == wanted:
                inside = column
    return inside


def is_header(start: bytes) -> bool:
    r"""Tell whether bytes begin with the names of columns, the text of articles among them.

    Examples
    --------
    >>> is_header(b"id;title;body\n"), is_header(b"Macron, Scholz and others met.")
    (True, False)
    """
    first = start.partition(b"\n")[0].decode("utf-8", "replace").strip("\ufeff\r ")
    for sign in ",;\t|":
        names = [name.strip('" ') for name in first.split(sign)]
        if 1 < len(names) <= _WIDEST and max(map(len, names)) < _LONGEST:
            text = any(holding(name, names) for rank in known()["text"] for name in rank)
            others = (name for role in ROLES[1:] for name in known()[role])
            if text and any(holding(name, names) for name in others):
                return True
    return False


def says_nothing(value: object) -> bool:
    """Tell whether a value stands for none, like the "nan" of a table saved by pandas."""
    if isinstance(value, str):
        return len(value) < 10 and value.strip().lower() in known()["nothing"]
    return value is None or value == [] or value != value  # noqa: PLR0124  # not a number


def joined(value: object) -> str:
    """Return the text in a value; paragraphs of a list are kept apart."""
    if isinstance(value, list):
        return "\n\n".join(entry for entry in value if isinstance(entry, str))
    return value if isinstance(value, str) else ""


def _text(
    sample: Sequence[Mapping[str, object]], names: list[str], where: str
) -> tuple[tuple[str, ...], bool]:
    too_short: dict[str, int] = {}
    ranks = known()["text"]
    for rank in ranks:
        found: list[tuple[str, ...]] = []
        for entry in rank:
            held = [holding(part, names) for part in entry.split(" + ")]
            columns = tuple(column for column in held if column is not None)
            if len(columns) < len(held) or columns in found:
                continue
            count = _words(sample, columns)
            if count >= _FEWEST:
                found.append(columns)
            else:
                too_short[columns[0]] = count
        if len(found) > 1 and rank is not ranks[-1]:
            found = _told_apart(sample, found, where)
        if found:
            return found[0], rank is ranks[-1]
    told = "news.meta.toml" if "." not in where else f"{_stem(where)}.meta.toml"
    remedy = f'name it in {told} beside it, under [columns], like text = "body"'
    if too_short:
        name, count = next(iter(too_short.items()))
        problem = f"has no column with texts: {_shown([name])} holds {count} words at most rows"
        raise SourceError(where, f"{problem}; {_listed(names)}", remedy)
    raise SourceError(where, f"has no column known to hold the text; {_listed(names)}", remedy)


def _told_apart(
    sample: Sequence[Mapping[str, object]], rivals: list[tuple[str, ...]], where: str
) -> list[tuple[str, ...]]:
    """Return the rivals if they hold the same words."""
    said_by = [[words(joined(row.get(columns[0]))).split() for row in sample] for columns in rivals]
    if all(said == said_by[0] for said in said_by):
        return rivals
    names = _shown(columns[0] for columns in rivals)
    raise SourceError(
        where,
        f"has several columns that may hold the text: {names}",
        f'say which in {_stem(where)}.meta.toml beside it, under [columns], like text = "body"',
    )


def _first(role: str, sample: Sequence[Mapping[str, object]], names: list[str]) -> str | None:
    """Return the column of the best known name in which something of use stands."""
    for name in known()[role]:
        column = holding(name, names)
        if column is None:
            continue
        values = [row.get(column) for row in sample]
        if role == "date":
            values = [value for value in values if days.day(value) or days.order(value)]
        elif role == "url":
            values = [value for value in values if isinstance(value, str) and "." in value]
        elif role in ("title", "publisher", "author"):
            values = [value for value in values if isinstance(value, str | list)]
        if any(not says_nothing(value) for value in values):
            return column
    return None


def _words(sample: Sequence[Mapping[str, object]], columns: tuple[str, ...]) -> int:
    """Return how many words stand in the middle one of the cells that are not empty."""
    texts = (" ".join(joined(row.get(column)) for column in columns) for row in sample)
    counts = [len(text.split()) for text in texts if not says_nothing(text.strip())]
    return int(median(counts)) if counts else 0


def _stem(where: str) -> str:
    place = where.partition(",")[0].replace("\\", "/").rpartition("/")[2]
    return place.rpartition(".")[0] or place or "news"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"its columns are {_shown(names[:_LISTED])}{more}" if names else "it has no columns"


def _shown(names: Iterable[str]) -> str:
    return ", ".join(f"'{name[:40]}'" for name in names)
