"""JSON Lines -> documents, one line in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.errors import Failure
from kg.model import Document
from kg.read.tables.articles import Rows, articles
from kg.read.tables.dumps import Json
from kg.read.tables.lines import Bad, Lines
from kg.read.tables.own_records import document_or_row, parsed
from kg.resource import Resource


@dataclass(frozen=True)
class JsonLines:
    """Reads one record a line; a bad line is one failure, the others go on.

    Examples
    --------
    >>> news = Resource.of(b'{"text": "Macron spoke."}', "news.jsonl")
    >>> [found.id for found in JsonLines()(news)]
    ['news-1']
    """

    name: ClassVar[str] = "jsonl"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the document of each line that is not blank."""
        first = resource.start().lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0].rstrip()
        if first == b"{" or first.startswith(b"["):
            yield from Json()(resource)  # records that are spread over several lines
        else:
            yield from articles(resource, self.name, lambda: _rows(resource))


def _rows(resource: Resource) -> Rows:
    coming, stem = Lines(resource), resource.stem
    for number, line in enumerate(coming, 1):
        where = f"{resource.where}, line {number}"
        if isinstance(line, Bad):
            yield line.failure(where)
        elif line.strip():
            content = parsed(line, where)
            name = f"{stem}-{number}"
            if isinstance(content, Failure):
                yield content
            else:
                yield document_or_row(
                    content, where, name, resource=resource, reader="jsonl", note=coming.note
                )
