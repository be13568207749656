"""Country to country, day by day: events in the classes that political scientists count."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import Document
from kg.rdf.plover import event_class
from kg.relations import Lexicon
from kg.view.rows import key

COLUMNS = ("source", "target", "day", "plover", "count")
ON_BEHALF = ("agencyOf", "citizenOf", "holdsPosition", "locatedIn")
"""Relations that lead from who acts to the country: officials, bodies, citizens, cities."""


def dyads_csv(documents: Sequence[Document], lexicon: Lexicon) -> str:
    """Return counts of events by source country, target country, day and PLOVER class.

    Countries are ISO 3166 alpha-3 codes. Officials, bodies, citizens and groups of a country act
    for it; an event within one country, or of one that is not known, is left out. The day is the
    relation's, else the document's, else empty. A fact counts once, however many sentences and
    documents state it; a symmetric one counts in both directions, as is usual for event data.
    Background facts neither count nor tell for whom somebody acts.

    Parameters
    ----------
    documents
        With entities and relations.
    lexicon
        For the PLOVER classes.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> print(dyads_csv([], shipped()).strip())
    source,target,day,plover,count
    """
    countries = _Countries(documents)
    facts = set()
    for document in documents:
        keys = {entity.id: key(entity, document) for entity in document.entities}
        for relation in document.relations:
            if relation.type not in lexicon or relation.former or relation.basis != "text":
                continue
            entry = lexicon[relation.type]
            plover = event_class(entry, relation.status)
            if plover is None:
                continue
            subject, object_ = keys[relation.subject], keys[relation.object]
            day = _day(relation.date) or document.date or ""
            facts.add((subject, object_, day, plover, relation.type))
            if entry.symmetric:
                facts.add((object_, subject, day, plover, relation.type))
    counts = Counter(
        (source, target, day, plover)
        for subject, object_, day, plover, _ in facts
        for source in countries.of(subject)
        for target in countries.of(object_)
        if source != target
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*dyad, count) for dyad, count in sorted(counts.items()))
    return file.getvalue()


class _Countries:
    """For whom everybody acts, by all that the documents say together."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.codes: dict[str, str] = {}
        self.leads: defaultdict[str, set[str]] = defaultdict(set)
        for document in documents:
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
