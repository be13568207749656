"""Documents -> what a page shows: entities merged by identity, facts with all their evidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.model import Document, Entity, Mention, Relation
from kg.relations import Lexicon
from kg.source import page
from kg.view.events import tell
from kg.view.naming import Called, meant
from kg.view.rows import story
from kg.vocab import best_name

# Controls, bidirectional controls and lone surrogates: a name that holds them could hide or
# reorder what stands beside it. In article text only those that reorder are taken out, one for
# one, so that offsets keep.
_HIDDEN_IN_NAMES = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_HIDDEN_IN_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
LONGEST_NAME = 160
NAMELESS = "(no name)"


@dataclass(slots=True)
class Node:
    """An entity of the merged graph; ``key`` is its IRI or, without one, document and local id.

    ``called`` is what the texts call an event whose ``name`` tells more (`kg.view.events`).
    """

    id: str
    key: str
    type: str
    name: str
    iri: str | None
    wikidata: str | None = None
    iso3: str | None = None
    aliases: list[str] = field(default_factory=list)
    body: str | None = None  # node id of the country or organization that it belongs to
    mentions: int = 0
    degree: int = 0
    called: str | None = None


@dataclass(slots=True)
class Evidence:
    """One place where a document says a fact; offsets count UTF-16 units, as browsers do."""

    document: int
    start: int
    end: int
    date: str | None
    place: str | None
    score: float
    by: str
    basis: str
    page: int | None


@dataclass(slots=True)
class Edge:
    """A fact: who, what, to whom, and whether it is actual, planned, possible or negated."""

    id: str
    source: str
    target: str
    type: str
    status: str
    former: bool
    title: str | None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """What a speaker is quoted as saying."""

    document: int
    speaker: str
    start: int
    end: int
    kind: str
    addressee: str | None
    cue: str
    page: int | None


@dataclass(slots=True)
class Article:
    """The text of a document as it is shown, with ``[start, end, node id, kind]`` of mentions.

    ``story`` is the number of the first article that tells the same story, maybe this one.
    """

    id: str
    title: str
    date: str | None
    url: str | None
    publisher: str | None
    author: str | None
    licence: str | None
    text: str
    story: int = 0
    mentions: list[tuple[int, int, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Content:
    """Everything a page shows."""

    nodes: list[Node]
    edges: list[Edge]
    quotes: list[Quote]
    articles: list[Article]

    def node(self, who: str) -> Node:
        """Return the entity of that IRI, name, alias or word of its name (`kg.view.naming`).

        Raises
        ------
        UnknownName
            If there is none.
        """
        ranked = sorted(self.nodes, key=lambda node: -node.mentions)
        known = [Called(node.key, node.name, node.aliases, node.degree) for node in ranked]
        key = meant(who, known).key
        return next(node for node in ranked if node.key == key)

    def around(self, who: str, hops: int) -> Content:
        """Return the part within ``hops`` relations of an entity; the articles stay whole."""
        kept = {self.node(who).id}
        for _ in range(hops):
            kept |= {
                end
                for edge in self.edges
                if edge.source in kept or edge.target in kept
                for end in (edge.source, edge.target)
            }
        edges = [edge for edge in self.edges if {edge.source, edge.target} <= kept]
        quotes = [quote for quote in self.quotes if quote.speaker in kept]
        # Where it was, and to whom it was said, is part of what is shown.
        kept |= {seen.place for edge in edges for seen in edge.evidence if seen.place is not None}
        kept |= {quote.addressee for quote in quotes if quote.addressee is not None}
        degrees = Counter(end for edge in edges for end in {edge.source, edge.target})
        for node in self.nodes:
            node.degree = degrees[node.id]
            node.body = node.body if node.body in kept else None
        for article in self.articles:
            article.mentions = [mention for mention in article.mentions if mention[2] in kept]
        return Content(
            [node for node in self.nodes if node.id in kept], edges, quotes, self.articles
        )


def clean(name: str) -> str:
    r"""Return a name fit for a label: no control or bidirectional characters, not endless.

    Examples
    --------
    >>> clean("Mac\u202eron\x00  of\nFrance")
    'Macron of France'
    """
    name = " ".join(_HIDDEN_IN_NAMES.sub("", re.sub(r"\s+", " ", name)).split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def utf16(text: str) -> Callable[[int], int]:
    """Return the function from an offset in code points to one in UTF-16 units.

    Examples
    --------
    >>> utf16("a😀b")(2)
    3
    """
    wide = [place for place, char in enumerate(text) if char > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def content(documents: Sequence[Document], lexicon: Lexicon) -> Content:
    """Merge documents into what a page shows.

    Entities with the same IRI are one; an entity without IRI stays its document's own. Facts with
    the same type, subject, object, status and tense are one, with the evidence of all documents;
    the ends of a symmetric relation are put in one order.
    """
    merge = _Merge(lexicon)
    for document in documents:
        merge.add(document)
    return merge.done()


class _Merge:
    """The tables that grow while documents are added."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.nodes: dict[str, Node] = {}
        self.names: dict[str, Counter[str]] = {}
        self.edges: dict[tuple[str, str, str, str, bool], Edge] = {}
        self.quotes: list[Quote] = []
        self.articles: list[Article] = []
        self.stories: dict[str, int] = {}

    def add(self, document: Document) -> None:
        """Take in one document."""
        number, place = len(self.articles), utf16(document.text)
        local = {entity.id: self.node(document, entity) for entity in document.entities}
        for entity in document.entities:
            if entity.of in local and local[entity.id].body is None:
                local[entity.id].body = local[entity.of].id
        article = _article(document)
        article.story = self.stories.setdefault(story(document), number)
        for entity in document.entities:
            for mention in entity.mentions:
                start, end = place(mention.span.start), place(mention.span.end)
                kind = "name" if _names(entity, mention) else mention.kind
                article.mentions.append((start, end, local[entity.id].id, kind))
        article.mentions.sort()
        self.articles.append(article)
        for relation in document.relations:
            where = local[relation.place].id if relation.place in local else None
            self.edge(relation, local[relation.subject], local[relation.object]).evidence.append(
                Evidence(
                    number,
                    place(relation.evidence.start),
                    place(relation.evidence.end),
                    relation.date and clean(relation.date),
                    where,
                    relation.score,
                    clean(relation.by),
                    relation.basis,
                    page(document.pages, relation.evidence.start),
                )
            )
        for statement in document.statements:
            addressee = local[statement.addressee].id if statement.addressee in local else None
            self.quotes.append(
                Quote(
                    number,
                    local[statement.speaker].id,
                    place(statement.quote.start),
                    place(statement.quote.end),
                    statement.kind,
                    addressee,
                    clean(statement.cue),
                    page(document.pages, statement.quote.start),
                )
            )

    def node(self, document: Document, entity: Entity) -> Node:
        key = entity.iri or f"{document.id}#{entity.id}"
        if key not in self.nodes:
            self.nodes[key] = Node(
                f"n{len(self.nodes)}",
                key,
                entity.type,
                clean(entity.name) or NAMELESS,
                entity.iri,
            )
            self.names[key] = Counter()
        node = self.nodes[key]
        if name := clean(entity.name):
            node.name = best_name((node.name, name) if node.name != NAMELESS else (name,))
        node.iso3 = node.iso3 or entity.iso3
        if node.wikidata is None and re.fullmatch("Q[0-9]+", entity.wikidata or ""):
            node.wikidata = entity.wikidata
        node.mentions += len(entity.mentions)
        surface = [clean(m.span.of(document.text)) for m in entity.mentions if _names(entity, m)]
        self.names[key].update(name for name in [clean(entity.name), *surface] if name)
        return node

    def edge(self, relation: Relation, subject: Node, object_: Node) -> Edge:
        source, target = subject.id, object_.id
        symmetric = relation.type in self.lexicon and self.lexicon[relation.type].symmetric
        if symmetric and int(target[1:]) < int(source[1:]):
            source, target = target, source
        key = (source, relation.type, target, relation.status, relation.former)
        if key not in self.edges:
            title = clean(relation.title) if relation.title else None
            self.edges[key] = Edge(
                f"e{len(self.edges)}",
                source,
                target,
                relation.type,
                relation.status,
                relation.former,
                title,
            )
            subject.degree += 1
            object_.degree += object_ is not subject
        return self.edges[key]

    def done(self) -> Content:
        """Return the merged content: frequent aliases come first, events have telling names."""
        for key, node in self.nodes.items():
            counted = sorted(self.names[key].items(), key=lambda item: (-item[1], item[0]))
            node.aliases = [name for name, _ in counted if name != node.name]
        tell({node.id: node for node in self.nodes.values()}, self.edges.values(), self.lexicon)
        return Content(
            list(self.nodes.values()), list(self.edges.values()), self.quotes, self.articles
        )


def _names(entity: Entity, mention: Mention) -> bool:
    """Tell whether a mention calls the entity by name, as "the talks" does for an event."""
    return mention.kind == "name" or (
        mention.kind == "nominal" and entity.type in ("Event", "Group")
    )


def _article(document: Document) -> Article:
    source = document.source
    title = source.title if source and source.title else document.id
    url = source.url if source and source.url and re.match("https?://", source.url) else None
    return Article(
        id=document.id,
        title=clean(title) or "document",
        date=document.date,
        url=url,
        publisher=clean(source.publisher) if source and source.publisher else None,
        author=clean(source.author) if source and source.author else None,
        licence=clean(source.licence) if source and source.licence else None,
        text=_HIDDEN_IN_TEXT.sub("\ufffd", document.text),
    )


def country_of(content: Content, lexicon: Lexicon) -> dict[str, str]:
    """Return, for people and groups, the node id of the country or body that they stand for.

    A person stands for the country of the office held at present; where several are told, for
    the one most often said.
    """
    kinds = {node.id: node.type for node in content.nodes}
    said: dict[str, Counter[str]] = {}
    for edge in content.edges:
        if all(seen.basis == "background" for seen in edge.evidence):
            continue
        held = edge.type in lexicon and lexicon[edge.type].family == "role"
        if not held or edge.status != "actual" or edge.former:
            continue
        if kinds[edge.source] == "Person" and kinds[edge.target] == "Country":
            said.setdefault(edge.source, Counter())[edge.target] += len(edge.evidence)
    found = {person: counted.most_common(1)[0][0] for person, counted in said.items()}
    found |= {node.id: node.body for node in content.nodes if node.body is not None}
    return found
