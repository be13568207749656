"""Who appears in which document, what that tells of them, and who they are by all of it.

The part of the catalogue that `kg.resolve` works on. Personas that may be namesakes share a
block. When a document comes or goes, the blocks of its personas are touched; settling works the
identities of touched blocks out again and marks the documents in which one has changed as stale.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from kg.model import Entity
from kg.resolve.persona import Identity, Known, Persona, blocks
from kg.vocab import linked_iri

NEAR = 50
"""In how many documents of somebody is looked who else is in them."""

TABLES = """
CREATE TABLE personas (
  number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, told TEXT NOT NULL, linked TEXT,
  iri TEXT NOT NULL, because TEXT NOT NULL DEFAULT '', score REAL NOT NULL DEFAULT 1,
  label TEXT, aliases TEXT NOT NULL DEFAULT '[]');
CREATE INDEX by_iri ON personas (iri);
CREATE TABLE appearances (
  document INTEGER, place INTEGER, persona INTEGER,
  PRIMARY KEY (document, place)) WITHOUT ROWID;
CREATE INDEX by_persona ON appearances (persona, document);
CREATE TABLE blocks (block TEXT, persona INTEGER, PRIMARY KEY (block, persona)) WITHOUT ROWID;
CREATE INDEX blocks_of ON blocks (persona);
CREATE TABLE touched (block TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE stale (document INTEGER PRIMARY KEY);
"""

Identify = Callable[[Sequence[Known]], dict[str, Identity]]


class People:
    """The personas of a catalogue.

    Parameters
    ----------
    db
        The open catalogue.
    base
        What IRIs of our own start with.
    """

    def __init__(self, db: sqlite3.Connection, base: str) -> None:
        self._db, self._base = db, base

    def tell(self, document: int, told: Sequence[Persona], iris: Sequence[str]) -> None:
        """Enter what a document tells of its entities, and what they are called in it now."""
        for place, (persona, iri) in enumerate(zip(told, iris, strict=True)):
            row = self._db.execute(
                "SELECT number, iri FROM personas WHERE key = ?", (persona.key,)
            ).fetchone()
            number = self._meet(persona, iri) if row is None else int(row[0])
            if row is not None and row[1] != iri:
                self._db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (document,))
            self._db.execute("INSERT INTO appearances VALUES (?, ?, ?)", (document, place, number))
            self._touch(number)

    def untell(self, document: int) -> None:
        """Take out what a document tells, and the personas that only it told of."""
        gone = self._db.execute(
            "SELECT DISTINCT persona FROM appearances WHERE document = ?", (document,)
        ).fetchall()
        self._db.execute("DELETE FROM appearances WHERE document = ?", (document,))
        for (number,) in gone:
            self._touch(number)
            left = self._db.execute(
                "SELECT 1 FROM appearances WHERE persona = ? LIMIT 1", (number,)
            ).fetchone()
            if left is None:
                self._db.execute("DELETE FROM blocks WHERE persona = ?", (number,))
                self._db.execute("DELETE FROM personas WHERE number = ?", (number,))

    def identity(self, persona: Persona) -> Identity | None:
        """Return who a persona is as far as is known, None if it has never been told of."""
        row = self._db.execute(
            f"SELECT {_IDENTITY} FROM personas WHERE key = ?",  # noqa: S608
            (persona.key,),
        ).fetchone()
        return None if row is None else _identity(row)

    def told(self, document: int | None) -> list[Persona]:
        """Return what a document tells of its entities, in order."""
        rows = self._db.execute(
            "SELECT told FROM appearances JOIN personas ON number = persona "
            "WHERE document = ? ORDER BY place",
            (document,),
        )
        return [Persona.from_json(json.loads(told)) for (told,) in rows]

    def of(self, document: int | None) -> list[Identity]:
        """Return who the entities of a document are, in order."""
        rows = self._db.execute(
            f"SELECT {_IDENTITY} FROM appearances JOIN personas ON number = persona "  # noqa: S608
            "WHERE document = ? ORDER BY place",
            (document,),
        )
        return [_identity(row) for row in rows]

    # ------------------------------------------------------------ settling

    def touch(self, wanted: Iterable[str] | None = None) -> None:
        """Note that the identities in these blocks are to be worked out again; by default all."""
        if wanted is None:
            self._db.execute("INSERT OR IGNORE INTO touched SELECT DISTINCT block FROM blocks")
        else:
            self._db.executemany(
                "INSERT OR IGNORE INTO touched VALUES (?)", ((block,) for block in wanted)
            )

    def settle(self, identify: Identify, beside: Callable[[str], Collection[str]]) -> bool:
        """Work out who is who around one touched block; tell whether there was one.

        Parameters
        ----------
        identify
            Told all personas of connected blocks, says who is who by persona key.
        beside
            The blocks that a decision of the user's binds to one.
        """
        row = self._db.execute("SELECT block FROM touched ORDER BY block LIMIT 1").fetchone()
        if row is None:
            return False
        seen, found = self._connected([row[0]], beside)
        known = [self._known(number, persona) for number, persona in found.items()]
        identities = identify(known)
        for number, persona in found.items():
            if not (persona.type == "Event" and persona.scope):  # see kg.graph.happenings
                self.keep(number, identities[persona.key])
        self._db.executemany("DELETE FROM touched WHERE block = ?", ((block,) for block in seen))
        return True

    def around(
        self, blocks: Sequence[str], beside: Callable[[str], Collection[str]]
    ) -> list[Known]:
        """Return all personas of these blocks and of those that hang together with them."""
        found = self._connected(blocks, beside)[1]
        return [self._known(number, persona) for number, persona in found.items()]

    def shown(self, name: str) -> tuple[str, ...]:
        """Return the IRIs of what is shown by a name: the user's, or that of an unnamed one."""
        rows = self._db.execute(
            "SELECT DISTINCT iri FROM personas WHERE "
            "COALESCE(label, json_extract(told, '$.name')) = ? COLLATE NOCASE ORDER BY iri",
            (name,),
        )
        return tuple(iri for (iri,) in rows)

    def merged(self) -> Iterator[tuple[str, str, int, float, str]]:
        """Yield IRI, name, documents, score and reason of every persona that was merged."""
        rows = self._db.execute(
            "SELECT iri, told, COUNT(DISTINCT document), score, because FROM personas "
            "JOIN appearances ON persona = number WHERE iri IN (SELECT iri FROM personas "
            "WHERE because NOT IN ('', 'the same id')) GROUP BY number ORDER BY iri, key"
        )
        for iri, told, documents, score, because in rows:
            yield iri, json.loads(told)["name"], documents, score, because

    def _connected(
        self, start: Sequence[str], beside: Callable[[str], Collection[str]]
    ) -> tuple[set[str], dict[int, Persona]]:
        """Return all blocks that hang together with some, and all personas in them, by number."""
        seen: set[str] = set()
        found: dict[int, Persona] = {}
        ahead = list(start)
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            ahead += beside(at)
            rows = self._db.execute(
                "SELECT number, told FROM blocks JOIN personas ON number = persona WHERE block = ?",
                (at,),
            ).fetchall()
            for number, told in rows:
                if number in found:
                    continue
                found[number] = Persona.from_json(json.loads(told))
                others = self._db.execute("SELECT block FROM blocks WHERE persona = ?", (number,))
                ahead += [other for (other,) in others if other not in seen]
        return seen, found

    def _known(self, number: int, persona: Persona) -> Known:
        count, last = self._db.execute(
            "SELECT COUNT(DISTINCT document), MAX(date) FROM appearances "
            "JOIN documents d ON d.number = document WHERE persona = ?",
            (number,),
        ).fetchone()
        sample = self._db.execute(
            "SELECT document, iri, date, MIN(place) FROM appearances "
            "JOIN documents d ON d.number = document WHERE persona = ? GROUP BY document "
            "ORDER BY COALESCE(date, ''), iri LIMIT ?",
            (number, NEAR),
        ).fetchall()
        near: set[str] = set()
        for document, *_ in sample:
            linked = self._db.execute(
                "SELECT linked FROM appearances JOIN personas ON number = persona "
                "WHERE document = ? AND linked IS NOT NULL AND persona != ?",
                (document, number),
            )
            near.update(iri for (iri,) in linked)
        _, iri, date, place = sample[0]
        first = f"{date or ''} {iri}#entity-{place + 1}"
        return Known(persona, count, tuple(sorted(near)), first, last or "")

    def keep(self, number: int, identity: Identity) -> None:
        """Keep who a persona is; its documents are stale if that has changed."""
        aliases = json.dumps(identity.aliases, ensure_ascii=False)
        named = (identity.iri, identity.label, aliases)
        renamed = self._db.execute(
            "SELECT 1 FROM personas WHERE number = ? AND (iri, label, aliases) IS NOT (?, ?, ?)",
            (number, *named),
        ).fetchone()
        self._db.execute(
            "UPDATE personas SET iri = ?, label = ?, aliases = ?, because = ?, score = ? "
            "WHERE number = ?",
            (*named, identity.because, identity.score, number),
        )
        if renamed:
            self._db.execute(
                "INSERT OR IGNORE INTO stale SELECT document FROM appearances WHERE persona = ?",
                (number,),
            )

    def _meet(self, persona: Persona, iri: str) -> int:
        entity = Entity("", persona.type, persona.name, (), persona.iso3, persona.wikidata)
        number = self._db.execute(
            "INSERT INTO personas (key, told, linked, iri) VALUES (?, ?, ?, ?)",
            (
                persona.key,
                json.dumps(persona.to_json(), ensure_ascii=False),
                linked_iri(entity, self._base),
                iri,
            ),
        ).lastrowid
        assert number is not None
        self._db.executemany(
            "INSERT OR IGNORE INTO blocks VALUES (?, ?)",
            ((block, number) for block in blocks(persona)),
        )
        return number

    def _touch(self, number: int) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO touched SELECT block FROM blocks WHERE persona = ?", (number,)
        )


_IDENTITY = "iri, because, score, label, aliases"


def _identity(row: tuple[str, str, float, str | None, str]) -> Identity:
    iri, because, score, label, aliases = row
    return Identity(iri, because, score, label, tuple(json.loads(aliases)))
