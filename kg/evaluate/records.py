"""Records of names, links and standing facts compared with gold of that kind.

The gold has names only and, unlike an annotated article, spans to ``ignore`` that are neither
right nor wrong. Spans count when they are equal; each belongs to the first entity that has it.
Facts count in four ways: "hard" with the very same mentions of both ends, "soft" by the part of
their mention pairs that is right, "pairs" by those pairs themselves, and "aligned" after entities
were paired one to one by the mentions that they share, which is the practical figure.

References
----------
K. Zaporojets et al., "DWIE: an entity-centric dataset for multi-task document-level information
extraction", Information Processing & Management 58 (2021).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import maxsize
from typing import Any

from kg.errors import DocumentError
from kg.evaluate.alignment import Alignment
from kg.evaluate.benchmarks import counted
from kg.evaluate.causes import Causes
from kg.evaluate.clusters import b_cubed, ceaf_e, muc, phi4
from kg.evaluate.gold import Gold
from kg.evaluate.matching import best_pairs
from kg.evaluate.tally import Mistake, Share, Tally
from kg.model import Document, Relation, Span
from kg.record import from_json
from kg.relations import shipped

Mentions = tuple[Span, ...]
Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A gold document of this kind, and the spans in it that nobody judges."""

    document: Document
    ignore: frozenset[Span] = frozenset()

    @classmethod
    def from_json(cls, record: Mapping[str, Any], *, fallback_id: str = "gold") -> Record:
        """Read a document record whose relations need no evidence.

        Raises
        ------
        DocumentError
            Saying which field does not hold.
        """
        anywhere = [0, len(str(record.get("text")))]  # a document record wants to know where
        relations = [
            {**entry, "evidence": entry.get("evidence") or anywhere}
            for entry in record.get("relations") or []
        ]
        document = from_json({**record, "relations": relations}, fallback_id=fallback_id)
        try:
            spans = frozenset(Span(start, end) for start, end in record.get("ignore") or [])
        except (TypeError, ValueError):
            raise DocumentError(document.id, "ignore: is no list of [start, end] pairs") from None
        return cls(document, spans)


@dataclass(frozen=True, slots=True)
class Cluster:
    """An entity as what it is compared by."""

    id: str
    type: str
    wikidata: str | None
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of a document: its clusters, and its facts between their ids."""

    clusters: tuple[Cluster, ...]
    facts: frozenset[Fact]
    in_words: frozenset[Fact]

    @property
    def at(self) -> dict[Span, Cluster]:
        """The cluster of each mention."""
        return {span: cluster for cluster in self.clusters for span in cluster.mentions}

    @property
    def by_id(self) -> dict[str, Cluster]:
        """The clusters by the ids of their entities."""
        return {cluster.id: cluster for cluster in self.clusters}


def scored_record(gold: Record, predicted: Document, types: Collection[str] | None = None) -> Tally:
    """Return the counts of one document.

    Parameters
    ----------
    types
        Entities of other types are left out; by default those of ``benchmarks.toml``.
    """
    wanted = counted("records")["types"] if types is None else types
    judged = counted("records")["statuses"]
    theirs = _side(gold.document, frozenset(), wanted, None)
    ours = _side(predicted, gold.ignore, wanted, judged)
    tally = Tally()
    _mentions(ours, theirs, tally)
    _entities(ours, theirs, tally)
    _links(ours, theirs, tally)
    _facts(ours, theirs, tally)
    tally.mistakes += _mistakes(gold.document, predicted, ours, theirs)
    return tally


def _side(
    document: Document,
    ignore: frozenset[Span],
    types: Collection[str],
    statuses: Collection[str] | None,
) -> Side:
    taken = set(ignore)
    clusters = []
    for entity in document.entities:
        spans = [span for span in dict.fromkeys(entity.listed) if span not in taken]
        taken.update(spans)
        if spans and entity.type in types:
            kept = tuple(sorted(spans))
            clusters.append(Cluster(entity.id, entity.type, entity.wikidata, kept))
    by_id = {cluster.id: cluster for cluster in clusters}
    relations = [r for r in document.relations if statuses is None or r.status in statuses]
    in_words = [relation for relation in relations if relation.basis == "text"]
    return Side(
        tuple(clusters),
        frozenset(_counted_facts(relations, by_id)),
        frozenset(_counted_facts(in_words, by_id)),
    )


def _counted_facts(
    relations: Iterable[Relation], clusters: Mapping[str, Cluster]
) -> Iterator[Fact]:
    rules = counted("records")
    for relation in relations:
        name = rules["counts_as"].get(relation.type, relation.type)
        ends = [relation.subject, relation.object]
        if name not in rules["relations"] or ends[0] == ends[1]:
            continue
        if all(end in clusters for end in ends):
            if _both_ways(name):
                ends.sort(key=lambda end: clusters[end].mentions)
            yield ends[0], name, ends[1]


def _both_ways(name: str) -> bool:
    return name in shipped() and shipped()[name].symmetric


def _sets(tally: Tally, sides: Iterable[Collection[Any]], *names: str) -> None:
    """Count what two sides, ours and the gold, have in common."""
    ours, gold = map(set, sides)
    right = len(ours & gold)
    tally.count("tp", *names, times=right)
    tally.count("fp", *names, times=len(ours) - right)
    tally.count("fn", *names, times=len(gold) - right)


def _mentions(ours: Side, gold: Side, tally: Tally) -> None:
    _sets(tally, (ours.at, gold.at), "mentions")
    typed = [{(span, c.type) for span, c in side.at.items()} for side in (ours, gold)]
    _sets(tally, typed, "mentions typed")
    for kind in sorted({kind for side in typed for _, kind in side}):
        parts = [{entry for entry in side if entry[1] == kind} for side in typed]
        _sets(tally, parts, f"mentions typed {kind}")


def _entities(ours: Side, gold: Side, tally: Tally) -> None:
    found, wanted = ([c.mentions for c in side.clusters] for side in (ours, gold))
    for name, measure in (("MUC", muc), ("B3", b_cubed), ("CEAFe", ceaf_e)):
        tally.share(f"coreference {name}", measure(found, wanted))
    whole = [{(c.mentions, c.type) for c in side.clusters} for side in (ours, gold)]
    _sets(tally, whole, "entities hard")
    sums = []
    for side, other in ((ours, gold), (gold, ours)):
        typed = {(span, cluster.type) for span, cluster in other.at.items()}
        parts = [
            sum((span, c.type) in typed for span in c.mentions) / len(c.mentions)
            for c in side.clusters
        ]
        sums += [sum(parts), len(parts)]
    tally.share("entities soft", Share(*sums))


def _links(ours: Side, gold: Side, tally: Tally) -> None:
    at, gold_at = ours.at, gold.at
    linked = {(span, c.wikidata) for span, c in at.items() if c.wikidata}
    wanted = {(span, c.wikidata) for span, c in gold_at.items() if c.wikidata}
    # Where the gold leaves a known name without a link, one of ours is neither right nor wrong.
    judged = {(s, q) for s, q in linked if s not in gold_at or gold_at[s].wikidata}
    _sets(tally, (judged, wanted), "links")
    for span, cluster in gold_at.items():
        if span in at and cluster.wikidata:
            tally.case("right link, of mentions found", at[span].wikidata == cluster.wikidata)
            wrong = at[span].wikidata not in (None, cluster.wikidata)
            tally.case("wrong link, of mentions found", wrong)
        elif span in at:
            tally.case("no link where the gold has none", not at[span].wikidata)
    things = [{c.wikidata for c in side.clusters if c.wikidata} for side in (ours, gold)]
    _sets(tally, things, "links by document")


def _facts(ours: Side, gold: Side, tally: Tally) -> None:
    whole = [_by_mentions(side) for side in (ours, gold)]
    pairs = [{pair for fact in facts for pair in _mention_pairs(fact)} for facts in whole]
    aligned = _alignment(ours, gold)
    said = [_aligned(ours.facts, aligned), _aligned(gold.facts, None)]
    in_words = _aligned(ours.in_words, aligned)
    for name in sorted({name for side in (ours, gold) for _, name, _ in side.facts}):
        ways: dict[str, Sequence[Collection[Any]]] = {
            "hard": whole,
            "pairs": pairs,
            "aligned": said,
        }
        for how, found in ways.items():
            parts = [{fact for fact in side if fact[1] == name} for side in found]
            _sets(tally, parts, f"relations {how}", f"relation {name} {how}")
        shares = []
        for facts, right in zip(whole, reversed(pairs), strict=True):
            each = [_mention_pairs(fact) for fact in facts if fact[1] == name]
            shares += [sum(len(p & right) / len(p) for p in each), len(each)]
        for title in ("relations soft", f"relation {name} soft"):
            tally.share(title, Share(*shares))
    _sets(tally, (in_words, said[1]), "relations aligned, text alone")
    ends = [{tuple(sorted((a, b))) for a, _, b in side} for side in said]
    _sets(tally, ends, "pairs aligned, of any relation")


def _by_mentions(side: Side) -> set[tuple[Mentions, str, Mentions]]:
    by_id = side.by_id
    return {(by_id[a].mentions, name, by_id[b].mentions) for a, name, b in side.facts}


def _mention_pairs(fact: tuple[Mentions, str, Mentions]) -> set[tuple[Span, str, Span]]:
    subject, name, object_ = fact
    pairs = {(a, name, b) for a in subject for b in object_}
    return pairs | {(b, name, a) for a, _, b in pairs} if _both_ways(name) else pairs


def _alignment(ours: Side, gold: Side) -> dict[str, str]:
    """Predicted id -> gold id; of equally good pairs those that come first."""
    likeness = {
        (theirs.id, mine.id): like
        for theirs in gold.clusters
        for mine in ours.clusters
        if (like := phi4(mine.mentions, theirs.mentions))
    }
    return {mine: theirs for theirs, mine in best_pairs(likeness)}


def _aligned(facts: Iterable[Fact], pairs: Mapping[str, str] | None) -> set[Fact]:
    """Return the facts between gold ids; whoever has no gold id keeps a name of their own."""
    found = set()
    for subject, name, object_ in facts:
        ends = [subject, object_]
        if pairs is not None:
            ends = [pairs.get(end, f"?{end}") for end in ends]
        if _both_ways(name):
            ends.sort()
        found.add((ends[0], name, ends[1]))
    return found


def verdicts(gold: Record, predicted: Document) -> list[bool | None]:
    """Return for each predicted relation whether the gold has it; None where it does not count."""
    rules = counted("records")
    theirs = _side(gold.document, frozenset(), rules["types"], None)
    ours = _side(predicted, gold.ignore, rules["types"], rules["statuses"])
    pairs, wanted = _alignment(ours, theirs), _aligned(theirs.facts, None)
    found: list[bool | None] = []
    for relation in predicted.relations:
        judged = [relation] if relation.status in rules["statuses"] else []
        facts = set(_counted_facts(judged, ours.by_id))
        found.append(_aligned(facts, pairs) <= wanted if facts else None)
    return found


def _mistakes(gold: Document, predicted: Document, ours: Side, theirs: Side) -> Iterator[Mistake]:
    """Yield the facts that are not found or not in the gold, when they are aligned."""
    causes = Causes(Alignment(Gold(gold), predicted, shipped()))
    pairs = _alignment(ours, theirs)
    found, wanted = _aligned(ours.facts, pairs), _aligned(theirs.facts, None)
    for fact in sorted(wanted - found):
        relation = _relation(fact)
        yield Mistake(gold.id, "missed", _words(fact, gold), fact[1], *causes.of_miss(relation))
    for fact in sorted(ours.facts):
        if not _aligned([fact], pairs) <= wanted:
            cause = causes.of_false(_relation(fact))
            yield Mistake(gold.id, "false positive", _words(fact, predicted), fact[1], cause)


def _relation(fact: Fact) -> Relation:
    return Relation(fact[1], fact[0], fact[2], "actual", Span(0, maxsize))


def _words(fact: Fact, document: Document) -> str:
    return f"{document.entity(fact[0]).name} {fact[1]} {document.entity(fact[2]).name}"
