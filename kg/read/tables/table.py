"""Tables as text (CSV, TSV and their like) -> a document a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kg.errors import Failure
from kg.model import Document
from kg.read.tables.articles import Row, Rows, articles
from kg.read.tables.lines import Bad
from kg.read.tables.separated import Dialect, dialect_of, records
from kg.resource import Resource


@dataclass(frozen=True)
class Table:
    r"""Reads an article a row; its columns are guessed by their names, or told.

    Examples
    --------
    >>> rows = b"title;body\nTalks;Macron met Scholz in Paris.\n"
    >>> [found.text for found in Table()(Resource.of(rows, "news.csv"))]
    ['Macron met Scholz in Paris.']
    """

    name: ClassVar[str] = "table"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the document of each row that is not empty.

        Raises
        ------
        SourceError
            If it is empty, no text, or no column holds the texts.
        """
        dialect = dialect_of(resource)
        yield from articles(resource, self.name, lambda: _rows(resource, dialect))


def headed(record: Sequence[object]) -> list[str]:
    """Return names for the columns under a header, no two of them the same.

    Examples
    --------
    >>> headed(["title", "", "title", None])
    ['title', 'column 2', 'title (2)', 'column 4']
    """
    names: list[str] = []
    for number, cell in enumerate(record, 1):
        name = " ".join(str(cell).split()) if cell is not None else ""
        name = name or f"column {number}"
        times = 1 + sum(other.partition(" (")[0] == name for other in names[:1000])
        names.append(f"{name} ({times})" if times > 1 else name)
    return names


def _rows(resource: Resource, dialect: Dialect) -> Rows:
    header: list[str] = []
    stem = resource.stem
    broken: Failure | None = None
    for number, (record, note) in enumerate(records(resource, dialect), 1 + dialect.hint):
        where = f"{resource.where}, row {number}"
        if isinstance(record, Bad):
            broken = broken or record.failure(where)  # what follows may be the rest of it
            continue
        if not any(map(str.strip, record)):
            continue
        if not header:
            header = headed(record)
            continue
        whole = len(record) == len(header) or (
            len(record) > len(header) and not any(record[len(header) :])
        )
        if whole:
            if broken is not None:
                yield broken
                broken = None
            cells = dict(zip(header, record, strict=False))
            yield Row(where, f"{stem}-{number}", cells, note)
        elif broken is None:
            problem = f"has {len(record)} columns, not {len(header)}"
            yield Failure(where, "read", problem, "put texts with commas or quotes in quotes")
    if broken is not None:
        yield broken
