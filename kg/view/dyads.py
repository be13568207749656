"""Country to country, day by day: events in the classes that political scientists count."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kg.model import Document
from kg.rdf.plover import event_class
from kg.relations import Lexicon
from kg.view.narrow import checked, within
from kg.view.rows import key, story

COLUMNS = ("source", "target", "day", "plover", "count")
ON_BEHALF = ("agencyOf", "citizenOf", "holdsPosition", "locatedIn")
"""Relations that lead from who acts to the country: officials, bodies, citizens, cities."""


Fact = tuple[str, str, str, str, str, str]
"""Who, to whom, PLOVER class, relation, its own day, its story (each may be empty)."""


def dyads_csv(
    documents: Iterable[Document],
    lexicon: Lexicon,
    *,
    since: str | None = None,
    until: str | None = None,
) -> str:
    """Return counts of events by source country, target country, day and PLOVER class.

    Countries are ISO 3166 alpha-3 codes. Officials, bodies, citizens and groups of a country act
    for it; an event within one country, or of one that is not known, is left out. A fact counts
    once, however many sentences, documents and sites state it; a symmetric one counts in both
    directions, as is usual for event data. Background facts neither count nor tell for whom
    somebody acts.

    The day is that of the act. An act that happened, or was refused, has its own day, else that on
    which its story was first published, else none. To plan an act is an act too, of class AGREE or
    THREATEN: its day is the one on which it was first reported, not the one it is planned for.

    Parameters
    ----------
    documents
        With entities and relations; gone through once, none is kept.
    lexicon
        For the PLOVER classes.
    since, until
        First and last day, month or year, both included; then what has no day is left out.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> print(dyads_csv([], shipped()).strip())
    source,target,day,plover,count
    """
    checked(since, until)
    countries, published = _Countries(), dict[str, str]()
    facts: dict[Fact, set[str]] = {}
    for document in documents:
        countries.learn(document)
        told = story(document)
        days = (document.date or "", published.get(told, ""))
        published[told] = min(filter(None, days), default="")
        for fact in _facts(document, lexicon):
            facts.setdefault(fact, set()).add(told)
    counts = Counter(
        (source, target, day, plover)
        for subject, object_, day, plover, _ in {
            (subject, object_, own or _first(published, stories), plover, relation)
            for (subject, object_, plover, relation, own, _), stories in facts.items()
        }
        if within(day, None, since, until)
        for source in countries.of(subject)
        for target in countries.of(object_)
        if source != target
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*dyad, count) for dyad, count in sorted(counts.items()))
    return file.getvalue()


def _facts(document: Document, lexicon: Lexicon) -> Iterator[Fact]:
    keys = {entity.id: key(entity, document) for entity in document.entities}
    for relation in document.relations:
        if relation.type not in lexicon or relation.former or relation.basis != "text":
            continue
        entry = lexicon[relation.type]
        plover = event_class(entry, relation.status)
        if plover is None:
            continue
        ahead = relation.status in ("planned", "possible")
        own = _day(relation.date) or ""
        # What is planned for a known day is one plan in all stories, what has no day one in each.
        told = f"for {own}" if ahead and own else "" if own else story(document)
        ends = (keys[relation.subject], keys[relation.object])
        for subject, object_ in {ends, ends[::-1]} if entry.symmetric else {ends}:
            yield subject, object_, plover, relation.type, "" if ahead else own, told


def _first(published: dict[str, str], stories: set[str]) -> str:
    return min(filter(None, (published[told] for told in stories)), default="")


class _Countries:
    """For whom everybody acts, by all that the documents say together."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.leads: defaultdict[str, set[str]] = defaultdict(set)

    def learn(self, document: Document) -> None:
        """Take in what one document tells of it."""
        keys = {entity.id: key(entity, document) for entity in document.entities}
        for entity in document.entities:
            if entity.type == "Country" and entity.iso3:
                self.codes[keys[entity.id]] = entity.iso3
            if entity.of:
                self.leads[keys[entity.id]].add(keys[entity.of])
        for relation in document.relations:
            if (
                relation.type in ON_BEHALF
                and relation.status == "actual"
                and not relation.former
                and relation.basis == "text"
            ):
                self.leads[keys[relation.subject]].add(keys[relation.object])

    def of(self, who: str) -> set[str]:
        """Return the codes of the countries that somebody acts for."""
        seen, found, ahead = {who}, set(), [who]
        while ahead:
            at = ahead.pop()
            if at in self.codes:
                found.add(self.codes[at])
                continue
            ahead += self.leads[at] - seen
            seen |= self.leads[at]
        return found


def _day(date: str | None) -> str | None:
    return date if date and re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None
