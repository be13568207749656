"""Less of a graph: only some relations, some statuses, some days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kg.errors import UnknownName, likelihood
from kg.model import STATUSES, Document, Status
from kg.relations import Lexicon
from kg.store.named import day, in_order


def narrowed(
    documents: Iterable[Document],
    lexicon: Lexicon,
    *,
    relation: Collection[str] = (),
    status: Collection[Status] = (),
    since: str | None = None,
    until: str | None = None,
    min_score: float = 0.0,
) -> list[Document]:
    """Return the documents with only the relations asked for, and who takes part in them.

    Parameters
    ----------
    documents
        With entities and relations.
    lexicon
        The relations there are.
    relation, status
        Names of those to keep; by default all.
    since, until
        First and last day, month or year, like ``"2025-02-17"`` or ``"2025-02"``, both included.
        A relation without a date counts on the day of its document; without that, it is left out.
    min_score
        The least score of a relation to keep, 0 to 1.

    Raises
    ------
    UnknownName
        If there is no such relation or status.
    WrongValue
        If ``since`` or ``until`` is no day, month or year, or ``until`` is before ``since``.
    """
    least = likelihood(min_score)
    checked(since, until)
    for name in relation:
        _ = lexicon[name]
    for name in status:
        if name not in STATUSES:
            raise UnknownName("status", name, STATUSES)
    if not (relation or status or since or until or least):
        return list(documents)
    narrow = []
    for document in documents:
        relations = tuple(
            entry
            for entry in document.relations
            if (not relation or entry.type in relation)
            and (not status or entry.status in status)
            and entry.score >= least
            and within(entry.date, document.date, since, until)
        )
        said = not (relation or status) and within(None, document.date, since, until)
        narrow.append(
            _without_the_rest(
                document.but(relations=relations, statements=document.statements if said else ())
            )
        )
    return narrow


def _without_the_rest(document: Document) -> Document:
    """Keep the entities that a relation or a statement names, and the bodies they belong to."""
    used = {relation.subject for relation in document.relations}
    used |= {relation.object for relation in document.relations}
    used |= {relation.place for relation in document.relations if relation.place}
    used |= {statement.speaker for statement in document.statements}
    used |= {statement.addressee for statement in document.statements if statement.addressee}
    used |= {entity.of for entity in document.entities if entity.id in used and entity.of}
    return document.but(entities=tuple(e for e in document.entities if e.id in used))


def checked(since: str | None, until: str | None) -> None:
    """Make sure that the ends of a stretch of time can be compared.

    Raises
    ------
    WrongValue
        If one is no day, month or year, or ``until`` is before ``since``.

    Examples
    --------
    >>> checked("2025-02", None)
    >>> checked("Monday", None)
    Traceback (most recent call last):
        ...
    kg.errors.WrongValue: since: 'Monday' is no day; write it like 2025-02-17 or 2025-02
    """
    for name, value in (("since", since), ("until", until)):
        if value is not None:
            day(value, name, or_more=True)
    in_order(since, until)


def within(day: str | None, fallback: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether a day lies in a stretch of time.

    Examples
    --------
    >>> within("2025-02-18", None, "2025-02", "2025-02-18")
    True
    >>> within("later this year", "2025-02-17", "2025-02-18", None)
    False
    """
    if since is None and until is None:
        return True
    dated = [when for when in (day, fallback) if when and re.match(r"\d{4}(-\d\d){0,2}$", when)]
    if not dated:
        return False
    when = dated[0]
    # "2025-02" lies in any stretch that it overlaps: compare as far as both are written.
    early = since is not None and when[: len(since)] < since[: len(when)]
    late = until is not None and when[: len(until)] > until[: len(when)]
    return not (early or late)
