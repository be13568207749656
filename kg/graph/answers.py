"""What a graph answers: rows of relations and statements, SPARQL, facts, timelines, offices."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kg.graph.figures import figures
from kg.graph.shelf import Shelf
from kg.model import Status
from kg.relations import Lexicon
from kg.store import Results
from kg.store.named import named_query
from kg.view import rows
from kg.view.table import Table

Rows = Table[tuple[Any, ...]]


class Answers:
    """The part of a graph's face that one asks."""

    _shelf: Shelf

    @property
    def lexicon(self) -> Lexicon:
        """The relations it may hold."""
        return self._shelf.lexicon

    def graphs(self) -> dict[str, str]:
        """Return the IRI of the named graph of every document, by the document's id."""
        return self._shelf.graphs()

    @property
    def entities(self) -> Table[rows.EntityRow]:
        """A row for everyone and everything, the most mentioned first."""
        return rows.entity_rows(self._shelf.shown())

    def relations(
        self,
        type: str | Collection[str] | None = None,
        *,
        subject: str | None = None,
        object: str | None = None,
        status: Status | Collection[Status] | None = None,
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Table[rows.RelationRow]:
        """Return a row for every sentence that states such a relation.

        Parameters
        ----------
        type
            Name of the relation ("briefed"), or several.
        subject, object
            Name, alias or IRI of who stands there.
        status
            "actual", "planned", "possible", "negated", or several; by default all.
        since, until
            Only what happened in this time, like ``"2025-02-17"`` or ``"2025-02"``.
        min_score
            Only relations that are at least so likely to be right, 0 to 1.

        Raises
        ------
        UnknownName
            If there is no such relation, status or entity, with the nearest name that there is.
        """
        return rows.relation_rows(
            tuple(self._shelf.shown()),
            self.lexicon,
            type=type,
            subject=subject,
            object=object,
            status=status,
            min_score=min_score,
            since=since,
            until=until,
        )

    def statements(self, speaker: str | None = None) -> Table[rows.StatementRow]:
        """Return a row for everything that someone (or this speaker) is quoted as saying."""
        return rows.statement_rows(tuple(self._shelf.shown()), speaker=speaker)

    def query(self, sparql: str) -> Results:
        """Answer a SPARQL query; ``kg:``, ``schema:``, ``:`` and others need no declaration.

        Raises
        ------
        QueryError
            If it cannot be run, with line and column.
        """
        return self._shelf.store.query(sparql)

    def named(self, name: str, **given: str) -> Results:
        """Answer one of the questions that come with the package.

        Parameters
        ----------
        name
            Like ``"who-briefed-whom"``; `kg.store.named.named_queries` has them all.
        given
            Its parameters, like ``who="Macron"``.

        Raises
        ------
        UnknownName
            If there is no such query, or it has no such parameter.
        """
        return self._shelf.store.query(named_query(name, **given))

    def stats(self) -> rows.Stats:
        """Count documents, entities, facts and statements."""
        return figures(self._shelf.store, self.lexicon)

    def facts(
        self,
        *,
        who: str | None = None,
        relation: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Rows:
        """Return a row for each fact: how many documents tell it, how many independent sources.

        Documents that are copies of one story are one source. The best supported fact is first.

        Parameters
        ----------
        who
            A piece of the name of somebody in it, or an IRI.
        relation
            Name of the relation, like ``"metWith"``.
        since, until
            First and last day, like ``"2025-02-17"``.
        """
        return self._table("facts", who=who, relation=relation, since=since, until=until)

    def timeline(
        self,
        who: str | None = None,
        other: str | None = None,
        *,
        source: str | None = None,
        target: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Rows:
        """Return what happened or will happen, by day: of somebody, a pair, or two countries.

        Parameters
        ----------
        who, other
            Pieces of names, or IRIs; with both, only what is between the two.
        source, target
            ISO codes of countries, in place of names: what one did to the other.
        since, until
            First and last day, like ``"2025-02-17"``.

        Examples
        --------
        >>> import kg
        >>> kg.open("memory:").timeline("Macron", "Trump").columns[:5]
        ('day', 'one', 'relation', 'other', 'status')
        """
        if source or target:
            return self._table(
                "timeline-of-dyad", source=source, target=target, since=since, until=until
            )
        return self._table("timeline", who=who, other=other, since=since, until=until)

    def offices(
        self, as_of: str | None = None, *, who: str | None = None, country: str | None = None
    ) -> Rows:
        """Return who held which office on a day, by the last word of the documents up to it.

        Parameters
        ----------
        as_of
            The day, like ``"2025-03-14"``; by default, what the newest documents say.
        who
            A piece of a name, or an IRI.
        country
            An ISO code.
        """
        return self._table("who-held-office", asof=as_of, who=who, country=country)

    def _table(self, name: str, **given: str | None) -> Rows:
        """Return the answer of a named query with documents by their ids."""
        found = self.named(name, **{key: value for key, value in given.items() if value})
        ids = {iri: document for document, iri in self.graphs().items()}
        table = [
            tuple(
                ids.get(str(row[column]), row[column]) if column == "document" else row[column]
                for column in found.columns
            )
            for row in found
        ]
        return Table(found.columns, table)
