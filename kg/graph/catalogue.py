"""What is in a store, at hand: documents, who appears in them, and what is still to be done.

An SQLite file beside the store (in memory for a store that has no folder). It holds nothing of
its own (records are kept so that no graph has to be read back): whatever is missing or in doubt
after a crash is read from the store again. Before the store changes, the change is announced
here; after it, the announcement is taken back. So memory stays small however many documents there
are, and no crash leaves the two apart.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import compress, decompress

from kg.errors import StoreError
from kg.graph import happenings, ledger, people
from kg.graph.happenings import Happenings
from kg.graph.ledger import Ledger
from kg.graph.people import People
from kg.resolve.occasions import Occasion
from kg.resolve.persona import Identity, Persona
from kg.resolve.stories import bands
from kg.run.report import Outcome
from kg.vocab import BASE

LAYOUT = "4"
"""Changes whenever the tables or what stands in them change; an older file is made anew."""

_TABLES = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE, url TEXT,
  date TEXT, sha TEXT NOT NULL, fingerprint TEXT, entities INTEGER, relations INTEGER,
  statements INTEGER, signature TEXT, story TEXT);
CREATE INDEX by_url ON documents (url) WHERE url IS NOT NULL;
CREATE INDEX by_story ON documents (story) WHERE story IS NOT NULL;
CREATE TABLE bands (band TEXT, document INTEGER, PRIMARY KEY (band, document)) WITHOUT ROWID;
CREATE INDEX bands_of ON bands (document);
CREATE TABLE retold (document INTEGER PRIMARY KEY);
CREATE TABLE changing (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE met (iri TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE records (document INTEGER PRIMARY KEY, line BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the graph, as the catalogue knows it.

    ``fingerprint`` tells text, metadata and settings apart; it is None where it is not known.
    ``story`` is the IRI of the first document of its story.
    """

    iri: str
    id: str
    url: str | None
    date: str | None
    sha: str
    fingerprint: str | None
    entities: int
    relations: int
    statements: int
    signature: tuple[int, ...] = ()
    story: str | None = None

    @property
    def outcome(self) -> Outcome:
        """The document as a report tells of it."""
        return Outcome(self.id, self.sha, self.entities, self.relations, self.statements)

    @property
    def settings(self) -> str:
        """The part of the fingerprint that tells how the document was worked on."""
        return (self.fingerprint or "").partition("/")[0]

    def is_called(self, name: str) -> bool:
        """Tell whether this is its id, or was it before another document had that."""
        return re.fullmatch(re.escape(name) + r"(-\d+)?", self.id) is not None


class Catalogue:
    """The index of a store that is open for writing.

    Parameters
    ----------
    path
        The file, made if it is not there (anew, if it is of another version or damaged);
        by default in memory.
    base
        What IRIs of our own start with.

    Attributes
    ----------
    people
        Who appears in the documents.
    happenings
        Which events the documents tell of.
    ledger
        What became of the inputs of the last run.

    Examples
    --------
    >>> catalogue = Catalogue()
    >>> len(catalogue), catalogue.ids()
    (0, {})
    """

    def __init__(self, path: Path | None = None, *, base: str = BASE) -> None:
        self.path = path
        self._db = _opened(path)
        self.people = People(self._db, base)
        self.happenings = Happenings(self._db, self.people)
        self.ledger = Ledger(self._db)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM documents").fetchone()[0])

    @contextmanager
    def change(self) -> Iterator[None]:
        """Do several changes, all or none."""
        try:
            with self._db:
                yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            where = str(self.path or "the catalogue")
            raise StoreError(
                where, f"cannot be written ({error}); make room and try again"
            ) from None

    def close(self) -> None:
        """Write everything down."""
        self._db.close()

    # ------------------------------------------------------------ documents

    def ids(self) -> dict[str, str]:
        """Return the graph IRI of every document by its id, sorted by id."""
        return dict(self._db.execute("SELECT id, iri FROM documents ORDER BY id"))

    def iris(self) -> set[str]:
        """Return the graph IRIs of all documents."""
        return {iri for (iri,) in self._db.execute("SELECT iri FROM documents")}

    def entries(self) -> Iterator[Entry]:
        """Yield all documents, sorted by id."""
        rows = self._db.execute(f"SELECT {_ENTRY} FROM documents ORDER BY id")  # noqa: S608
        yield from (_entry(row) for row in rows)

    def entry(self, *, iri: str = "", id: str = "", url: str = "") -> Entry | None:
        """Return the document with that graph, id or address, the first by id of several."""
        column, value = ("iri", iri) if iri else ("id", id) if id else ("url", url)
        row = self._db.execute(
            f"SELECT {_ENTRY} FROM documents WHERE {column} = ? ORDER BY id LIMIT 1",  # noqa: S608
            (value,),
        ).fetchone()
        return None if row is None else _entry(row)

    def record(self, iri: str) -> bytes | None:
        """Return the record of a document as a line, as it stands in its graph."""
        row = self._db.execute(
            "SELECT line FROM records JOIN documents ON number = document WHERE iri = ?", (iri,)
        ).fetchone()
        return None if row is None else decompress(row[0])

    def records(self) -> Iterator[bytes]:
        """Yield the records of all documents as lines, sorted by id."""
        rows = self._db.execute(
            "SELECT line FROM records JOIN documents ON number = document ORDER BY id"
        )
        yield from (decompress(line) for (line,) in rows)

    def rewrite(self, iri: str, line: bytes) -> None:
        """Keep the record of a document as it stands in its graph from now on."""
        self._db.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?)",
            (self._number(iri), compress(line, 1)),
        )

    def put(
        self,
        entry: Entry,
        line: bytes,
        told: Sequence[Persona],
        iris: Sequence[str],
        occasions: Sequence[Occasion | None] = (),
    ) -> None:
        """Enter a document in the place of the one with its IRI.

        Parameters
        ----------
        entry
            The document.
        line
            Its record.
        told
            What it tells of each of its entities, in order.
        iris
            What they are called in its graph now.
        occasions
            What it tells of them as events.
        """
        self.forget(entry.iri)
        number = self._db.execute(
            "INSERT INTO documents (iri, id, url, date, sha, fingerprint, entities, relations, "
            "statements, signature, story) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                *(entry.iri, entry.id, entry.url, entry.date, entry.sha, entry.fingerprint),
                *(entry.entities, entry.relations, entry.statements),
                json.dumps(entry.signature),
                entry.story or entry.iri,
            ),
        ).lastrowid
        assert number is not None
        self.rewrite(entry.iri, line)
        self.people.tell(number, told, iris)
        self.happenings.tell(number, occasions)
        self._db.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)",
            ((band, number) for band in bands(entry.signature)),
        )
        self._db.execute("INSERT OR IGNORE INTO retold VALUES (?)", (number,))

    def forget(self, iri: str) -> None:
        """Take a document out, and the personas that only it told of."""
        number = self._number(iri)
        if number is None:
            return
        self._db.execute(
            "INSERT OR IGNORE INTO retold SELECT o.number FROM documents d "
            "JOIN documents o ON o.story = d.story AND o.number != d.number WHERE d.number = ?",
            (number,),
        )
        self.happenings.untell(number)
        self.people.untell(number)
        for table in ("bands", "records", "retold", "stale"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))  # noqa: S608
        self._db.execute("DELETE FROM documents WHERE number = ?", (number,))

    def identities(self, iri: str) -> list[Identity]:
        """Return who the entities of a document are, in order."""
        return self.people.of(self._number(iri))

    def told(self, iri: str) -> list[Persona]:
        """Return what a document tells of its entities, in order."""
        return self.people.told(self._number(iri))

    def _number(self, iri: str) -> int | None:
        row = self._db.execute("SELECT number FROM documents WHERE iri = ?", (iri,)).fetchone()
        return None if row is None else int(row[0])

    # ------------------------------------------------------------ stories

    def retold(self, most: int) -> list[str]:
        """Return documents whose story is to be worked out again, at most so many, sorted."""
        rows = self._db.execute(
            "SELECT iri FROM retold JOIN documents ON number = document ORDER BY iri LIMIT ?",
            (most,),
        )
        return [iri for (iri,) in rows]

    def alike(self, iri: str) -> list[Entry]:
        """Return the documents that share a band with one, itself among them, sorted by IRI."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} FROM documents WHERE number IN (SELECT o.document FROM bands b "  # noqa: S608
            "JOIN bands o ON o.band = b.band WHERE b.document = ?1) OR number = ?1 ORDER BY iri",
            (self._number(iri),),
        )
        return [_entry(row) for row in rows]

    def tell_story(self, first: str, members: Sequence[str]) -> None:
        """Keep that these documents tell the story of the first of them."""
        for iri in members:
            changed = self._db.execute(
                "UPDATE documents SET story = ? WHERE iri = ? AND story IS NOT ?",
                (first, iri, first),
            ).rowcount
            if changed:
                self._db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (self._number(iri),))
            self._db.execute("DELETE FROM retold WHERE document = ?", (self._number(iri),))

    # ------------------------------------------------------------ one run

    def begin(self) -> None:
        """Begin a run: no input has been met yet."""
        self._db.execute("DELETE FROM met")
        self.ledger.begin()

    def meet(self, iri: str, id: str) -> str | None:
        """Note a text among the inputs of this run; return its first id if it was met before."""
        row = self._db.execute("SELECT id FROM met WHERE iri = ?", (iri,)).fetchone()
        if row is None:
            self._db.execute("INSERT INTO met VALUES (?, ?)", (iri, id))
        return None if row is None else str(row[0])

    def superseded(self, iri: str, id: str, url: str | None) -> list[Entry]:
        """Return the documents of another text with that id or address, but not of this run."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} FROM documents d WHERE (id = ?2 OR url = ?3) AND iri != ?1 "  # noqa: S608
            "AND NOT EXISTS (SELECT 1 FROM met WHERE met.iri = d.iri) ORDER BY id",
            (iri, id, url),
        )
        return [_entry(row) for row in rows]

    # ------------------------------------------------------------ what is to be done

    def announce(self, iris: Iterable[str]) -> None:
        """Note that these graphs of the store are about to change."""
        self._db.executemany("INSERT OR IGNORE INTO changing VALUES (?)", ((iri,) for iri in iris))

    def announced(self) -> list[str]:
        """Return the graphs that were about to change when the last writer ended, sorted."""
        return [iri for (iri,) in self._db.execute("SELECT iri FROM changing ORDER BY iri")]

    def done(self, iris: Iterable[str]) -> None:
        """Note that these graphs are written as the catalogue has them."""
        listed = [(iri,) for iri in iris]
        self._db.executemany("DELETE FROM changing WHERE iri = ?", listed)
        self._db.executemany(
            "DELETE FROM stale WHERE document IN (SELECT number FROM documents WHERE iri = ?)",
            listed,
        )

    def stale(self, most: int) -> list[str]:
        """Return some of the graphs to be written again, at most so many, sorted."""
        rows = self._db.execute(
            "SELECT iri FROM stale JOIN documents ON number = document ORDER BY iri LIMIT ?",
            (most,),
        )
        return [iri for (iri,) in rows]

    def setting(self, name: str) -> str | None:
        """Return a value that was kept under a name."""
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def keep(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


_COLUMNS = (
    "iri", "id", "url", "date", "sha", "fingerprint", "entities", "relations", "statements",
    "signature", "story",
)  # fmt: skip
_ENTRY = ", ".join(_COLUMNS)


def _entry(row: tuple[Any, ...]) -> Entry:
    found = dict(zip(_COLUMNS, row, strict=True))
    return Entry(**found | {"signature": tuple(json.loads(found["signature"]))})


def _opened(path: Path | None) -> sqlite3.Connection:
    """Open the file if it is one of ours and sound, else make it anew."""
    if path is not None and path.exists():
        try:
            db = _connected(path)
            if db.execute("SELECT value FROM settings WHERE name = 'layout'").fetchone() == (
                LAYOUT,
            ):
                return db
            db.close()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):  # locked, or no room: nothing is wrong with it
                raise StoreError(str(path), f"cannot be opened ({error}); try again") from None
        except sqlite3.DatabaseError:
            pass  # damaged: what is in it is in the store too
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    try:
        db = _connected(path)
        with db:
            db.executescript(people.TABLES + happenings.TABLES + ledger.TABLES + _TABLES)
            db.execute("INSERT INTO settings VALUES ('layout', ?)", (LAYOUT,))
    except sqlite3.OperationalError as error:
        raise StoreError(str(path), f"cannot be made ({error}); check the folder") from None
    return db


def _connected(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:" if path is None else path, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")  # an announcement must last longer than the power
    return db
