"""Documents -> rows: what is related to what, who is there, who said what, how much of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.display import Displayed, html_table
from kg.errors import UnknownName, likelihood
from kg.model import ENTITY_TYPES, STATUSES, Document, Entity, Relation, Status
from kg.officials import fold
from kg.relations import Lexicon, shipped
from kg.source import page
from kg.view.naming import Called, meant
from kg.view.narrow import checked, within
from kg.view.table import Table
from kg.vocab import best_name


class RelationRow(NamedTuple):
    """One sentence that states a relation; ``evidence`` is its words, ``document`` an id.

    With ``basis`` "background" no sentence does: the evidence only names the subject. ``page`` is
    where its words begin, if the document has pages.
    """

    subject: str
    relation: str
    object: str
    status: str
    date: str | None
    place: str | None
    title: str | None
    evidence: str
    document: str
    score: float
    basis: str
    page: int | None


class EntityRow(NamedTuple):
    """Someone or something; ``mentions`` counts the places where the texts name it."""

    name: str
    type: str
    iso3: str | None
    wikidata: str | None
    mentions: int
    documents: int
    iri: str


class StatementRow(NamedTuple):
    """What someone is quoted as saying."""

    speaker: str
    quote: str
    kind: str
    addressee: str | None
    cue: str
    date: str | None
    document: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Stats(Displayed):
    """How much is in a graph: different entities by type, different facts by status.

    A fact that several sentences or documents state counts once, also if they tell it from either
    end (A met B, B met A); one that none states not at all.
    ``sources`` counts the documents that are no edited copies of one another.
    """

    documents: int
    sources: int
    entities: dict[str, int]
    relations: dict[str, int]
    by_relation: dict[str, int]
    statements: int

    def _repr_plain_(self) -> str:
        return caption(self)

    def _repr_html_(self) -> str:
        counts = {
            "documents": self.documents,
            "independent documents": self.sources,
            "statements": self.statements,
        }
        table = [(what, "", number) for what, number in counts.items()]
        for what, by in (
            ("entities", self.entities),
            ("relations", self.relations),
            ("relations", self.by_relation),
        ):
            table += [(what, kind, number) for kind, number in by.items()]
        return html_table(("what", "kind", "number"), table)


def stats(documents: Iterable[Document], lexicon: Lexicon | None = None) -> Stats:
    """Count what the documents hold together; their lexicon is by default the shipped one.

    Examples
    --------
    >>> stats([Document("d1", "Macron spoke.")]).documents
    1
    """
    number, statements = 0, 0
    either = symmetric(lexicon or shipped())
    stories: set[str] = set()
    entities: dict[str, str] = {}
    facts: set[tuple[str, str, str, str, bool]] = set()
    for document in documents:
        number += 1
        stories.add(story(document))
        statements += len(document.statements)
        names = {entity.id: key(entity, document) for entity in document.entities}
        for entity in document.entities:
            entities.setdefault(names[entity.id], entity.type)
        for r in document.relations:
            one, other = names[r.subject], names[r.object]
            if r.type in either and other < one:
                one, other = other, one
            if r.basis == "text":
                facts.add((r.type, r.status, one, other, r.former))
    types, statuses = Counter(entities.values()), Counter(fact[1] for fact in facts)
    return Stats(
        documents=number,
        sources=len(stories),
        entities={kind: types[kind] for kind in ENTITY_TYPES if types[kind]},
        relations={status: statuses[status] for status in STATUSES if statuses[status]},
        by_relation=dict(sorted(Counter(fact[0] for fact in facts).items())),
        statements=statements,
    )


def symmetric(lexicon: Lexicon) -> frozenset[str]:
    """Return the relations that say the same from either end, like metWith.

    Examples
    --------
    >>> "metWith" in symmetric(shipped()), "briefed" in symmetric(shipped())
    (True, False)
    """
    return frozenset(name for name in lexicon if lexicon[name].symmetric)


def caption(counted: Stats) -> str:
    """Say in one line how much is in a graph.

    Examples
    --------
    >>> caption(stats([Document("d1", "Macron spoke.")]))
    '1 document, 0 entities, 0 relations, 0 statements'
    """
    by_status = ", ".join(f"{number} {status}" for status, number in counted.relations.items())
    relations = _counted(sum(counted.relations.values()), "relation", "relations")
    return ", ".join(
        (
            _counted(counted.documents, "document", "documents") + copies(counted),
            _counted(sum(counted.entities.values()), "entity", "entities"),
            relations + (f" ({by_status})" if by_status else ""),
            _counted(counted.statements, "statement", "statements"),
        )
    )


def copies(counted: Stats) -> str:
    """Say how many documents are independent, if some are copies of others."""
    return f" ({counted.sources} independent)" if counted.sources < counted.documents else ""


def story(document: Document) -> str:
    """Return what all copies of one story share: the sha256 of the text that was first.

    Examples
    --------
    >>> story(Document("d1", "Macron spoke!", story="https://example.org/document/af05"))
    'af05'
    """
    return document.story.rpartition("/")[2] if document.story else document.sha256


def title(documents: Sequence[Document]) -> str:
    """Return a heading for a page: the title of the one document, or how many there are."""
    if len(documents) == 1:
        source = documents[0].source
        return (source.title if source else None) or documents[0].id
    return _counted(len(documents), "document", "documents")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def key(entity: Entity, document: Document) -> str:
    """Return what tells an entity from all others: its IRI, or its place in the document."""
    return entity.iri or f"{document.id}#{entity.id}"


def labels(documents: Iterable[Document]) -> dict[str, str]:
    """Return the name that each entity is shown by: the best of its names in all documents.

    Examples
    --------
    >>> from kg.model import Entity
    >>> one = Document("a", "", entities=(Entity("e1", "Person", "Macron", iri="i:m"),))
    >>> two = Document("b", "", entities=(Entity("e1", "Person", "Emmanuel Macron", iri="i:m"),))
    >>> labels([one, two])
    {'i:m': 'Emmanuel Macron'}
    """
    found: dict[str, str] = {}
    for document in documents:
        for entity in document.entities:
            name = key(entity, document)
            found[name] = best_name((found.get(name, entity.name), entity.name))
    return found


def named(who: str, documents: Iterable[Document]) -> frozenset[str]:
    """Return the keys of the entities with that IRI, name or alias, in any case of letters.

    If there is none, of those with that word in their name the best connected is meant.

    Raises
    ------
    UnknownName
        If there is none of these either.
    """
    wanted, found = fold(who), set()
    shown: dict[str, str] = {}
    facts: dict[str, set[tuple[str, str, str, str]]] = {}
    for document in documents:
        keys = {entity.id: key(entity, document) for entity in document.entities}
        for entity in document.entities:
            name = keys[entity.id]
            shown[name] = best_name((shown.get(name, entity.name), entity.name))
            if who == entity.iri or wanted in map(fold, names(entity, document)):
                found.add(name)
        for relation in () if found else document.relations:
            ends = (keys[relation.subject], keys[relation.object])
            for end in ends:
                facts.setdefault(end, set()).add((*ends, relation.type, relation.status))
    if not found:
        known = (Called(name, shown[name], (), len(facts.get(name, ()))) for name in shown)
        found = {meant(who, known).key}
    return frozenset(found)


def names(entity: Entity, document: Document) -> Iterator[str]:
    """Yield the name of an entity and every name the text has for it."""
    yield entity.name
    for mention in entity.mentions:
        if mention.kind == "name":
            yield mention.span.of(document.text)


def relation_rows(
    documents: Sequence[Document],
    lexicon: Lexicon,
    *,
    type: str | Collection[str] | None = None,
    subject: str | None = None,
    object: str | None = None,
    status: Status | Collection[Status] | None = None,
    since: str | None = None,
    until: str | None = None,
    min_score: float = 0.0,
) -> Table[RelationRow]:
    """Return a row for every sentence that states a relation of that kind.

    A symmetric relation is found from both sides: with ``subject`` given, it stands on that side.

    Raises
    ------
    UnknownName
        If there is no such relation, status or entity.
    SourceError
        If ``since`` or ``until`` is no day, month or year.
    """
    types = _chosen(type, tuple(lexicon), "relation")
    statuses, least = _chosen(status, STATUSES, "status"), likelihood(min_score)
    checked(since, until)
    subjects = None if subject is None else named(subject, documents)
    objects = None if object is None else named(object, documents)

    def fits(start: str, end: str) -> bool:
        return (subjects is None or start in subjects) and (objects is None or end in objects)

    shown, rows = labels(documents), []
    for document in documents:
        keys = {entity.id: key(entity, document) for entity in document.entities}
        called = {name: shown[identity] for name, identity in keys.items()}
        for relation in document.relations:
            if relation.type not in types or relation.status not in statuses:
                continue
            if relation.score < least:
                continue
            if not within(relation.date, document.date, since, until):
                continue
            ends = (relation.subject, relation.object)
            if not fits(keys[ends[0]], keys[ends[1]]):
                ends = (relation.object, relation.subject)
                both = relation.type in lexicon and lexicon[relation.type].symmetric
                if not (both and fits(keys[ends[0]], keys[ends[1]])):
                    continue
            rows.append(_row(relation, (called[ends[0]], called[ends[1]]), called, document))
    return Table(RelationRow._fields, rows)


def _row(
    relation: Relation, ends: tuple[str, str], called: Mapping[str, str], document: Document
) -> RelationRow:
    return RelationRow(
        ends[0],
        relation.type,
        ends[1],
        relation.status,
        relation.date,
        called[relation.place] if relation.place else None,
        relation.title,
        relation.evidence.of(document.text),
        document.id,
        relation.score,
        relation.basis,
        page(document.pages, relation.evidence.start),
    )


def entity_rows(documents: Iterable[Document]) -> Table[EntityRow]:
    """Return a row for every entity, the most mentioned first."""
    first: dict[str, Entity] = {}
    called: dict[str, str] = {}
    mentions: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for document in documents:
        here = set()
        for entity in document.entities:
            name = key(entity, document)
            first.setdefault(name, entity)
            called[name] = best_name((called.get(name, entity.name), entity.name))
            mentions[name] += len(entity.mentions)
            here.add(name)
        spread.update(here)
    rows = [
        EntityRow(
            *(called[name], entity.type, entity.iso3, entity.wikidata),
            *(mentions[name], spread[name], name),
        )
        for name, entity in first.items()
    ]
    return Table(EntityRow._fields, sorted(rows, key=lambda row: (-row.mentions, row.name)))


def statement_rows(
    documents: Sequence[Document], *, speaker: str | None = None
) -> Table[StatementRow]:
    """Return a row for every statement, in the order of the texts.

    Raises
    ------
    UnknownName
        If there is no such speaker.
    """
    speakers = None if speaker is None else named(speaker, documents)
    shown, rows = labels(documents), []
    for document in documents:
        keys = {entity.id: key(entity, document) for entity in document.entities}
        for statement in document.statements:
            if speakers is None or keys[statement.speaker] in speakers:
                to = statement.addressee
                rows.append(
                    StatementRow(
                        shown[keys[statement.speaker]],
                        statement.quote.of(document.text),
                        statement.kind,
                        shown[keys[to]] if to else None,
                        statement.cue,
                        document.date,
                        document.id,
                        page(document.pages, statement.quote.start),
                    )
                )
    return Table(StatementRow._fields, rows)


def _chosen(given: str | Collection[str] | None, known: Sequence[str], kind: str) -> frozenset[str]:
    if given is None:
        return frozenset(known)
    wanted = [given] if isinstance(given, str) else list(given)
    for name in wanted:
        if name not in known:
            raise UnknownName(kind, name, tuple(known))
    return frozenset(wanted)
