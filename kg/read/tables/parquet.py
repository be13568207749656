"""Parquet -> a document a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read.tables.articles import Row, Rows, articles
from kg.resource import Resource

_BATCH = 64
_REMEDY = "write it anew, or save it as JSON Lines"


@dataclass(frozen=True)
class Parquet:
    """Reads an article a row; fields of a struct are called "source.name"."""

    name: ClassVar[str] = "parquet"

    def __call__(self, resource: Resource) -> Iterator[Document | Failure]:
        """Yield the document of each row.

        Raises
        ------
        SourceError
            If it is no Parquet file, is damaged, or no column holds the texts.
        """
        try:
            yield from articles(resource, self.name, lambda: _rows(resource))
        except pa.ArrowException as error:
            reason = " ".join(str(error).split())[:100]
            raise SourceError(resource.where, f"is damaged ({reason})", _REMEDY) from None


def _rows(resource: Resource) -> Rows:
    pa.set_memory_pool(pa.system_memory_pool())
    number = 0
    with (
        resource.opened() as stream,
        pq.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 16) as file,
    ):
        for batch in file.iter_batches(_BATCH, use_threads=False):
            for cells in _plain(batch):
                number += 1
                if any(cell is not None for cell in cells.values()):
                    where = f"{resource.where}, row {number}"
                    yield Row(where, f"{resource.stem}-{number}", cells)


def _plain(batch: Any) -> list[dict[str, Any]]:
    """Return the rows of a batch; times of a billionth of a second have no place in Python."""
    columns = []
    for column, kind in zip(batch.columns, batch.schema, strict=True):
        fine = pa.types.is_timestamp(kind.type) and kind.type.unit == "ns"
        columns.append(
            column.cast(pa.timestamp("us", kind.type.tz), safe=False) if fine else column
        )
    rows: list[dict[str, Any]] = pa.RecordBatch.from_arrays(columns, batch.schema.names).to_pylist()
    return rows
