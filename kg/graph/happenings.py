"""Which events of the documents are one: the part of the catalogue that `kg.resolve.events` needs.

What a document tells of an event names people and places by their number in the document. Once it
is settled who they are, the events that may be one share a block, and those around a touched
block are worked out again, as with people (`kg.graph.people`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from kg.graph.people import People
from kg.resolve.occasions import Occasion, blocks
from kg.resolve.persona import Identity

TABLES = """
CREATE TABLE occasions (
  persona INTEGER PRIMARY KEY, document INTEGER NOT NULL, told TEXT NOT NULL, settled TEXT);
CREATE INDEX occasions_of ON occasions (document);
CREATE INDEX unsettled ON occasions (document) WHERE settled IS NULL;
CREATE TABLE occasion_blocks (
  block TEXT, persona INTEGER, PRIMARY KEY (block, persona)) WITHOUT ROWID;
CREATE INDEX blocks_of_occasion ON occasion_blocks (persona);
CREATE TABLE touched_occasions (block TEXT PRIMARY KEY) WITHOUT ROWID;
"""

Identify = Callable[[Sequence[Occasion]], dict[str, Identity]]


class Happenings:
    """The events of a catalogue.

    Parameters
    ----------
    db
        The open catalogue.
    people
        Who appears in the documents.
    """

    def __init__(self, db: sqlite3.Connection, people: People) -> None:
        self._db, self._people = db, people

    def tell(self, document: int, told: Sequence[Occasion | None]) -> None:
        """Enter what a document tells of its entities as events, in order."""
        for place, occasion in enumerate(told):
            if occasion is not None:
                self._db.execute(
                    "INSERT INTO occasions SELECT persona, document, ?, NULL FROM appearances "
                    "WHERE document = ? AND place = ?",
                    (json.dumps(occasion.to_json(), ensure_ascii=False), document, place),
                )

    def untell(self, document: int) -> None:
        """Take out what a document tells."""
        for (persona,) in self._db.execute(
            "SELECT persona FROM occasions WHERE document = ?", (document,)
        ).fetchall():
            self._unblock(persona)
        self._db.execute("DELETE FROM occasions WHERE document = ?", (document,))

    def touch(self, wanted: Iterable[str]) -> None:
        """Note that the events in these blocks are to be worked out again."""
        self._db.executemany(
            "INSERT OR IGNORE INTO touched_occasions VALUES (?)", ((block,) for block in wanted)
        )

    # ------------------------------------------------------------ settling

    def changed(self) -> list[int]:
        """Return the documents with events for which people or places may be others now."""
        rows = self._db.execute(
            "SELECT document FROM occasions WHERE settled IS NULL UNION "
            "SELECT document FROM occasions JOIN stale USING (document)"
        )
        return [number for (number,) in rows]

    def compare(self, document: int) -> None:
        """Take up who the people and places of a document are; touch the events that differ."""
        iris = [identity.iri for identity in self._people.of(document)]
        for persona, told, before in self._db.execute(
            "SELECT persona, told, settled FROM occasions WHERE document = ?", (document,)
        ).fetchall():
            occasion = Occasion.from_json(json.loads(told)).settled(iris)
            now = json.dumps(occasion.to_json(), ensure_ascii=False)
            if now == before:
                continue
            self._unblock(persona)
            self._db.execute("UPDATE occasions SET settled = ? WHERE persona = ?", (now, persona))
            found = blocks(occasion)
            self._db.executemany(
                "INSERT INTO occasion_blocks VALUES (?, ?)", ((block, persona) for block in found)
            )
            self.touch(found)

    def settle(self, identify: Identify, beside: Callable[[str], Collection[str]]) -> bool:
        """Work out which events around one touched block are one; tell whether there was one.

        Parameters
        ----------
        identify
            Told all events of connected blocks, says which are one by their appearance.
        beside
            The blocks that a decision of the user's binds to one.
        """
        row = self._db.execute("SELECT block FROM touched_occasions ORDER BY block").fetchone()
        if row is None:
            return False
        seen, found = self._connected(row[0], beside)
        identities = identify(list(found.values()))
        for persona, occasion in found.items():
            self._people.keep(persona, identities[occasion.appearance])
        self._db.executemany(
            "DELETE FROM touched_occasions WHERE block = ?", ((block,) for block in seen)
        )
        return True

    def _connected(
        self, block: str, beside: Callable[[str], Collection[str]]
    ) -> tuple[set[str], dict[int, Occasion]]:
        """Return all blocks that hang together with one, and all events in them."""
        seen: set[str] = set()
        found: dict[int, Occasion] = {}
        ahead = [block]
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            ahead += beside(at)
            for persona, settled in self._in(at):
                if persona not in found:
                    found[persona] = Occasion.from_json(json.loads(settled))
                    ahead += [other for other in blocks(found[persona]) if other not in seen]
        return seen, found

    def _in(self, block: str) -> Iterator[tuple[int, str]]:
        yield from self._db.execute(
            "SELECT persona, settled FROM occasion_blocks JOIN occasions USING (persona) "
            "WHERE block = ?",
            (block,),
        ).fetchall()

    def _unblock(self, persona: int) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO touched_occasions "
            "SELECT block FROM occasion_blocks WHERE persona = ?",
            (persona,),
        )
        self._db.execute("DELETE FROM occasion_blocks WHERE persona = ?", (persona,))
