"""What a query gives: rows, yes or no, or a graph; the same from every kind of store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.display import Displayed, html_table, text_table
from kg.errors import MissingExtra, UnknownName
from kg.vocab import XSD, compact, prefixes

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | None
Row = dict[str, Value]

TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}


class IRI(str):
    """A name in the graph, to tell it from words that only look like one.

    Examples
    --------
    >>> IRI("https://w3id.org/news-kg/ns#briefed").short()
    'kg:briefed'
    """

    __slots__ = ()

    def short(self, known: Mapping[str, str] | None = None) -> str:
        """Return the prefixed name, or the IRI itself where no prefix fits."""
        return compact(self, known)


class Results(Displayed, Sequence[Row]):
    """The answer to a query.

    ``kind`` is "rows" (SELECT), "boolean" (ASK) or "graph" (CONSTRUCT, DESCRIBE). As a sequence
    it holds the rows, each a dictionary of plain values: `IRI`, string, number, truth value, or
    None where a variable is not bound. A graph has the columns subject, predicate, object.

    Examples
    --------
    >>> from kg.store import open_store
    >>> found = open_store("memory:").query("SELECT (1 + 1 AS ?two) {}")
    >>> found.columns, list(found)
    (('two',), [{'two': 2}])
    >>> print(found.serialize("csv").decode().split())
    ['two', '2']
    """

    def __init__(
        self, data: bytes, *, graph: bool = False, known: Mapping[str, str] | None = None
    ) -> None:
        self._data, self._known = data, dict(prefixes() if known is None else known)
        self.columns: tuple[str, ...] = ()
        self.boolean: bool | None = None
        self._rows: list[Row] = []
        if graph:
            self.kind = "graph"
            self._data = _sorted_lines(data)
            self._read_graph()
        else:
            self._read_table()

    def _read_graph(self) -> None:
        self.columns = ("subject", "predicate", "object")
        for quad in ox.parse(self._data, format=ox.RdfFormat.N_TRIPLES):
            terms = (quad.subject, quad.predicate, quad.object)
            self._rows.append(dict(zip(self.columns, map(_plain, terms), strict=True)))

    def _read_table(self) -> None:
        parsed = ox.parse_query_results(self._data, format=ox.QueryResultsFormat.JSON)
        if isinstance(parsed, ox.QueryBoolean):
            self.kind, self.boolean = "boolean", bool(parsed)
            return
        self.kind = "rows"
        self.columns = tuple(variable.value for variable in parsed.variables)
        for solution in parsed:
            self._rows.append({name: _plain(solution[name]) for name in self.columns})

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # overloads of Sequence
        return self._rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return bool(self._rows) if self.boolean is None else self.boolean

    def column(self, name: str) -> list[Value]:
        """Return the values of one column.

        Raises
        ------
        UnknownName
            If there is no such column.
        """
        if name not in self.columns:
            raise UnknownName("column", name, self.columns)
        return [row[name] for row in self._rows]

    def serialize(self, form: str) -> bytes:
        """Return the answer as csv, tsv, json or xml (tables) or as turtle or nt (graphs).

        Raises
        ------
        UnknownName
            If there is no such format for this kind of answer.
        """
        if self.kind == "graph":
            if form not in GRAPHS:
                raise UnknownName("format of a graph", form, tuple(GRAPHS))
            triples = ox.parse(self._data, format=ox.RdfFormat.N_TRIPLES)
            return _bytes(ox.serialize(triples, format=GRAPHS[form], prefixes=self._known))
        if form not in TABLES:
            raise UnknownName("format of a table", form, tuple(TABLES))
        if self.kind == "boolean" and form in ("csv", "tsv"):
            return b"true\n" if self.boolean else b"false\n"
        parsed = ox.parse_query_results(self._data, format=ox.QueryResultsFormat.JSON)
        return _bytes(parsed.serialize(format=TABLES[form]))

    def to_dataframe(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415  # optional
        except ImportError:
            raise MissingExtra("A table as a DataFrame", "pandas") from None
        return pd.DataFrame(self._rows, columns=list(self.columns))

    def display(self, value: Value) -> str:
        """Return a value as a reader wants to see it: IRIs with prefixes, nothing for None."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.short(self._known) if isinstance(value, IRI) else str(value)

    def __repr__(self) -> str:
        if self.boolean is not None:
            return f"<Results: {'yes' if self.boolean else 'no'}>"
        rows = "row" if len(self) == 1 else "rows"
        return f"<Results: {len(self)} {rows} of {', '.join(self.columns)}>"

    def _repr_plain_(self) -> str:
        if self.boolean is not None:
            return "yes" if self.boolean else "no"
        return text_table(self.columns, self._cells())

    def _repr_html_(self) -> str:
        if self.boolean is not None:
            return f"<p>{'yes' if self.boolean else 'no'}</p>"
        return html_table(self.columns, self._cells())

    def _cells(self) -> list[list[str]]:
        return [[self.display(row[name]) for name in self.columns] for row in self._rows]


_INTEGERS = {XSD.integer, XSD.nonNegativeInteger, *(XSD.iri + n for n in ("int", "long"))}
_FLOATS = {XSD.decimal, XSD.double, XSD.iri + "float"}


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    try:
        if term.datatype.value in _INTEGERS:
            return int(term.value)
        if term.datatype.value in _FLOATS:
            return float(term.value)
    except ValueError:
        return term.value
    if term.datatype.value == XSD.boolean:
        return term.value in ("true", "1")
    return term.value


def _sorted_lines(data: bytes) -> bytes:
    return b"".join(sorted(data.splitlines(keepends=True)))


def _bytes(data: bytes | None) -> bytes:
    return data or b""
