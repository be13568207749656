"""A JSON file -> documents: one record, a list of them, or an object that holds such a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.tables import fields
from kg.read.tables.articles import Rows, articles
from kg.read.tables.json_values import values
from kg.read.tables.lines import Encoding
from kg.read.tables.own_records import document_or_row, is_own
from kg.resource import Resource

_KINDS = ("article", "posting", "report")


@dataclass(frozen=True)
class Json:
    """Reads the records of a JSON file, piece by piece if it is a list.

    Examples
    --------
    >>> dump = b'{"articles": [{"headline": "Talks", "body": "Macron met Scholz in Paris."}]}'
    >>> [found.text for found in Json()(Resource.of(dump, "dump.json"))]
    ['Macron met Scholz in Paris.']
    """

    name: ClassVar[str] = "json"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the documents of the file.

        Raises
        ------
        SourceError
            If it is empty, no text, or holds no articles.
        """
        encoding = Encoding.of(resource)
        yield from articles(resource, self.name, lambda: _rows(resource, encoding))


def _rows(resource: Resource, encoding: Encoding) -> Rows:
    number = 0
    try:
        for listed, content in values(resource, encoding):
            inside = None if listed else _listed(content)
            for entry in [content] if inside is None else inside:
                number += 1
                alone = number == 1 and not listed and inside is None
                where = resource.where if alone else f"{resource.where}, entry {number}"
                name = resource.stem if alone else f"{resource.stem}-{number}"
                yield document_or_row(
                    entry, where, name, resource=resource, reader="json", note=encoding.note
                )
    except SourceError as error:
        if not number:
            raise
        problem = f"{error.problem}; what comes after entry {number} is not read"
        yield Failure(error.where, "read", problem, error.remedy)
    else:
        if not number:
            raise SourceError(resource.where, "holds no articles", "put articles in it")


def _listed(content: Any) -> list[Any] | None:
    """Return the articles that an object holds in a list; None if it is an article itself."""
    if not isinstance(content, Mapping) or is_own(content) or _has_text(content):
        return None
    for path in fields.known()["lists"]:
        found: Any = content
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, list) and all(isinstance(entry, Mapping) for entry in found):
            return _of_articles(found)
        if isinstance(found, Mapping) and "." in path:  # one article where others have a list
            return [found]
    return None


def _has_text(content: Mapping[str, Any]) -> bool:
    cells = {name: value for name, value in content.items() if isinstance(value, str)}
    return any(fields.holding(name, cells) for rank in fields.known()["text"][:2] for name in rank)


def _of_articles(found: list[Any]) -> list[Any]:
    """Leave out what linked data says of pages, sites and people."""
    kinds = [str(entry.get("@type", "")).lower() for entry in found]
    articles = [
        entry
        for entry, kind in zip(found, kinds, strict=True)
        if any(word in kind for word in _KINDS)
    ]
    return articles or found
