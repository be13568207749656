"""Reading what is compared: records, one or many in a file, and a name for each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document
from kg.record import from_json


def read_predictions(where: str | Path) -> list[Document]:
    """Read the document records to be judged: a folder of ``*.json``, a ``.json``, a ``.jsonl``.

    Raises
    ------
    SourceError
        If it cannot be read, holds nothing, or gives an id twice.
    DocumentError
        If a record does not hold.
    """
    found = [from_json(record, fallback_id=name) for name, record in raw_records(where)]
    each_once((document.id for document in found), where)
    return found


def raw_records(where: str | Path) -> Iterator[tuple[str, object]]:
    """Yield (a name for it, JSON value) for each record of a file or folder.

    Raises
    ------
    SourceError
        If a file cannot be read or is not JSON.
    """
    path = Path(where)
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield from raw_records(file)
        return
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise SourceError(str(path), f"cannot be read ({reason})", "check the path") from None
    if path.suffix == ".json":
        yield path.stem, _parsed(text, str(path))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path.stem}-{number}", _parsed(line, f"{path}, line {number}")


def each_once(ids: Iterable[str], where: str | Path) -> None:
    """Refuse what holds nothing or gives an id twice.

    Raises
    ------
    SourceError
        Naming the id.
    """
    counts = Counter(ids)
    if not counts:
        raise SourceError(str(where), "there are no documents", "give .json or .jsonl records")
    for name, count in counts.items():
        if count > 1:
            raise SourceError(
                str(where), f"the id '{name}' is given twice", "give every document its own id"
            )


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            where, f"is not JSON ({error})", "a record is one object on one line of a .jsonl file"
        ) from None
