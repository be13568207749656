"""Which events of the documents are one: the part of the catalogue that `kg.resolve.events` needs.

What a document tells of an event names people and places by their number in the document. Once it
is settled who they are, the events that may be one share a block, and those around a touched
block are worked out again, as with people (`kg.graph.people`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from kg.graph.people import People
from kg.resolve.events import related
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
CREATE TABLE touched_occasions (persona INTEGER PRIMARY KEY);
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
        gone = self._db.execute(
            "SELECT persona FROM occasions WHERE document = ?", (document,)
        ).fetchall()
        for (persona,) in gone:
            self._unblock(persona)
        self._db.execute("DELETE FROM occasions WHERE document = ?", (document,))
        # One of them may have touched another of them, if the user made the two one.
        self._db.executemany("DELETE FROM touched_occasions WHERE persona = ?", gone)

    def touch(self, wanted: Iterable[str]) -> None:
        """Note that the events in these blocks are to be worked out again."""
        self._db.executemany(
            "INSERT OR IGNORE INTO touched_occasions "
            "SELECT persona FROM occasion_blocks WHERE block = ?",
            ((block,) for block in wanted),
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
            self._db.execute("INSERT OR IGNORE INTO touched_occasions VALUES (?)", (persona,))

    def settle(self, identify: Identify, beside: Callable[[str], Collection[str]]) -> bool:
        """Work out which events around a touched one are the same; tell whether there was one.

        Parameters
        ----------
        identify
            Told all events that hang together, says which are one by their appearance.
        beside
            The blocks that a decision of the user's binds to one.
        """
        row = self._db.execute(
            "SELECT persona FROM touched_occasions ORDER BY persona LIMIT 1"
        ).fetchone()
        if row is None:
            return False
        found = self._connected(row[0], beside)
        identities = identify(list(found.values()))
        for persona, occasion in found.items():
            self._people.keep(persona, identities[occasion.appearance])
        self._db.executemany(
            "DELETE FROM touched_occasions WHERE persona = ?", ((one,) for one in found)
        )
        return True

    def _connected(
        self, persona: int, beside: Callable[[str], Collection[str]]
    ) -> dict[int, Occasion]:
        """Return all events that hang together with one, by the number of their persona."""
        found = {persona: self._settled(persona)}
        ahead = [persona]
        while ahead:
            one = found[ahead.pop()]
            near = self._related(one, found)
            for block in beside(f"only/{one.local}"):
                near |= self._in(block, found)
            ahead += near
            found |= near
        return found

    def _related(self, one: Occasion, known: Collection[int] = ()) -> dict[int, Occasion]:
        mates: dict[int, Occasion] = {}
        for block in blocks(one):
            mates |= self._in(block, {*mates, *known})
        return {persona: mate for persona, mate in mates.items() if related(one, mate)}

    def _in(self, block: str, known: Collection[int] = ()) -> dict[int, Occasion]:
        """Return the events in a block, without those that are known."""
        rows = self._db.execute(
            "SELECT persona, settled FROM occasion_blocks JOIN occasions USING (persona) "
            "WHERE block = ?",
            (block,),
        )
        return {persona: _occasion(settled) for persona, settled in rows if persona not in known}

    def _settled(self, persona: int) -> Occasion:
        (settled,) = self._db.execute(
            "SELECT settled FROM occasions WHERE persona = ?", (persona,)
        ).fetchone()
        return _occasion(settled)

    def _unblock(self, persona: int) -> None:
        """Take an event out of its blocks; those that it was one with, or near, are touched."""
        (settled,) = self._db.execute(
            "SELECT settled FROM occasions WHERE persona = ?", (persona,)
        ).fetchone()
        if settled is None:
            return
        self._db.execute("DELETE FROM occasion_blocks WHERE persona = ?", (persona,))
        one = _occasion(settled)
        self._db.executemany(
            "INSERT OR IGNORE INTO touched_occasions VALUES (?)",
            ((near,) for near in self._related(one)),
        )
        self._db.execute(
            "INSERT OR IGNORE INTO touched_occasions SELECT o.number FROM personas p "
            "JOIN personas o ON o.iri = p.iri JOIN occasions ON persona = o.number "
            "WHERE p.number = ?",
            (persona,),
        )
        self._db.execute("DELETE FROM touched_occasions WHERE persona = ?", (persona,))


@lru_cache(maxsize=4096)
def _occasion(settled: str) -> Occasion:
    return Occasion.from_json(json.loads(settled))
