"""What an archive tells of its texts beside them: ``NAME.meta.toml`` and ``metadata.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kg.errors import Failure, SourceError
from kg.read.decode import decoded
from kg.read.metadata import SIDECAR, TABLE, table, toml

LARGEST = 10_000_000
"""Bytes of the largest table."""

IN_ALL = 100_000_000
"""Bytes that all of them may have."""


class Beside:
    """What stands beside the texts of an archive; a table tells of what lies beside and below it.

    Parameters
    ----------
    where
        What the archive is called to the user.

    Examples
    --------
    >>> beside = Beside("news.zip")
    >>> beside.add(PurePosixPath("news/paris.meta.toml"), b"date = 2025-02-17")
    >>> beside.of(PurePosixPath("news/paris.html"))
    {'date': '2025-02-17'}
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._sidecars: dict[PurePosixPath, bytes] = {}
        self._rows: dict[PurePosixPath, dict[str, str] | Failure] = {}
        self._left = IN_ALL
        self.failures: list[Failure] = []

    @staticmethod
    def tells(path: PurePosixPath) -> bool:
        """Tell whether a member is no text, but says something of one."""
        return path.name == TABLE or path.name.endswith(SIDECAR)

    def add(self, path: PurePosixPath, data: bytes) -> None:
        """Keep what a member tells; what is wrong with a table is one of the ``failures``."""
        self._left -= len(data)
        if self._left < 0 or len(data) > LARGEST:
            problem = "tells more of the texts than can be kept"
            self.failures.append(Failure(f"{self._where}!{path}", "read", problem, "make it small"))
        elif path.name != TABLE:
            self._sidecars[path] = data
        else:
            where = f"{self._where}!{path}"
            try:
                rows = table(decoded(data, where=where)[0], where)
            except SourceError as error:
                self.failures.append(Failure.of(error, stage="read"))
            else:
                self._rows |= {path.parent / name: row for name, row in rows.items()}

    def of(self, path: PurePosixPath) -> dict[str, str]:
        """Return what is known of a member, as for `kg.resource.Resource`.

        Raises
        ------
        SourceError
            If what is told of it does not hold.
        """
        row = self._rows.pop(path, {})
        if isinstance(row, Failure):
            raise SourceError(row.where, row.problem, row.remedy)
        sidecar = path.with_name(path.stem + SIDECAR)
        if sidecar not in self._sidecars:
            return row
        where = f"{self._where}!{sidecar}"
        return {**row, **toml(decoded(self._sidecars[sidecar], where=where)[0], where)}

    def unused(self) -> Iterator[Failure]:
        """Yield a failure for each text that a table names and the archive does not hold."""
        for path in sorted(self._rows):
            yield Failure(
                self._where, "read", f"'{path}' is not in the archive", f"check its path in {TABLE}"
            )
