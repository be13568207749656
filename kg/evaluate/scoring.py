"""One gold document beside its prediction: what is right, wrong, missed, or neither.

The decisions: an unnamed entity and an optional relation are neither required nor wrong. "Strict"
relations have the right type, arguments and status, "loose" ones the right type and arguments.
"Reported as fact" is a relation that the gold calls planned, possible or negated and the
prediction (also) calls actual.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from kg.evaluate.alignment import Alignment
from kg.evaluate.causes import Causes
from kg.evaluate.matching import best_pairs, days_agree, guideline, shared_part, words_agree
from kg.evaluate.tally import Mistake, Tally, Verdict
from kg.model import Document, Entity, Relation, Span, Statement

REPORTED_AS_FACT = "denials or plans reported as fact"


def scored(pair: Alignment, analysed: Document | None = None) -> Tally:
    """Return the counts of one document; its layers help to tell why something was missed."""
    tally = Tally()
    _mentions(pair, tally)
    _entities(pair, tally)
    _relations(pair, tally, Causes(pair, analysed))
    _statements(pair, tally)
    return tally


def _mentions(pair: Alignment, tally: Tally) -> None:
    gold = [(span, entity) for entity in pair.gold.document.entities for span in entity.listed]
    ours = [(span, entity) for entity in pair.predicted.entities for span in entity.listed]
    matched = dict(
        best_pairs(
            {
                (p, g): 1 + shared_part(span, other) / 1000
                for p, (span, entity) in enumerate(ours)
                for g, (other, owner) in enumerate(gold)
                if entity.type == owner.type and span.overlaps(other)
            }
        )
    )
    for p, (span, entity) in enumerate(ours):
        names = ("mentions overlap", f"mentions overlap {entity.type}")
        if p not in matched:
            verdict: Verdict = "neutral" if _may_be_named(pair, span, entity) else "fp"
            tally.count(verdict, "mentions exact", *names)
            continue
        tally.count("tp", *names)
        if span == gold[matched[p]][0]:
            tally.count("tp", "mentions exact")
        else:
            tally.count("fp", "mentions exact")
            tally.count("fn", "mentions exact")
    for g in set(range(len(gold))) - set(matched.values()):
        kind = gold[g][1].type
        tally.count("fn", "mentions exact", "mentions overlap", f"mentions overlap {kind}")


def _may_be_named(pair: Alignment, span: Span, entity: Entity) -> bool:
    """Tell whether a mention that the gold does not list is no mistake.

    A name and a pronoun look the same in a record, so what lies on a nominal of the gold, or
    outside all its names but in a known entity, is let pass; so is a group it does not know.
    """
    known = entity.id in pair.pairs
    if entity.type == "Group" and not known:
        return True
    everyone = pair.gold.document.entities
    if any(span.overlaps(nominal) for gold in everyone for nominal in gold.unlisted):
        return True
    return known and not any(span.overlaps(name) for gold in everyone for name in gold.listed)


def _entities(pair: Alignment, tally: Tally) -> None:
    for entity in pair.predicted.entities:
        names = ("entities", f"entities {entity.type}")
        if entity.id in pair.pairs:
            required = pair.gold_entities[pair.pairs[entity.id]].listed
            tally.count("tp" if required else "neutral", *names)
        else:
            tally.count("neutral" if entity.type == "Group" else "fp", *names)
    found = set(pair.pairs.values())
    for gold in pair.gold.document.entities:
        if gold.listed and gold.id not in found:
            tally.count("fn", "entities", f"entities {gold.type}")
    _mixing_and_splitting(pair, tally)


def _mixing_and_splitting(pair: Alignment, tally: Tally) -> None:
    holders: dict[str, set[str]] = {}
    for entity in pair.predicted.entities:
        owners = {pair.owner(span, entity) for span in entity.listed} - {None}
        for owner in owners:
            holders.setdefault(str(owner), set()).add(entity.id)
        if owners:
            tally.case("predicted entities mixing 2+ gold entities", len(owners) > 1)
    for parts in holders.values():
        tally.case("gold entities split over 2+ predicted", len(parts) > 1)


def _relations(pair: Alignment, tally: Tally, causes: Causes) -> None:
    ours, required = pair.predicted.relations, pair.gold.document.relations
    results = {
        "strict": verdicts(pair, pair.same_claim),
        "loose": verdicts(pair, pair.same_fact),
    }
    for rule, (matched, judged) in results.items():
        for relation, verdict in zip(ours, judged, strict=True):
            tally.count(verdict, *_names(relation, rule))
        for gold in _missed(required, matched):
            tally.count("fn", *_names(gold, rule))
    matched, judged = results["loose"]
    for p, r in matched.items():
        _attributes(pair, ours[p], required[r], tally)
    _reported_as_fact(pair, tally)
    tally.mistakes += _mistakes(pair, matched, judged, causes)


def _names(relation: Relation, rule: str) -> Iterator[str]:
    yield f"relations {rule}"
    yield f"relation {relation.type} {rule}"
    if relation.type in guideline()["mission"]:
        yield f"mission relations {rule}"


def _missed(required: Sequence[Relation], matched: Mapping[int, int]) -> list[Relation]:
    found = set(matched.values())
    return [gold for r, gold in enumerate(required) if r not in found]


def _mistakes(
    pair: Alignment, matched: Mapping[int, int], judged: Sequence[Verdict], causes: Causes
) -> Iterator[Mistake]:
    gold, ours = pair.gold.document, pair.predicted.relations
    for relation in _missed(gold.relations, matched):
        words = described(gold, relation)
        yield Mistake(gold.id, "missed", words, relation.type, *causes.of_miss(relation))
    for relation, verdict in zip(ours, judged, strict=True):
        if verdict == "fp":
            words = described(pair.predicted, relation, known=pair.pairs)
            cause = causes.of_false(relation)
            yield Mistake(gold.id, "false positive", words, relation.type, cause)
    for p, r in matched.items():
        relation = gold.relations[r]
        if ours[p].status != relation.status:
            words = f"predicted {ours[p].status}, gold {described(gold, relation)}"
            yield Mistake(gold.id, "wrong status", words, relation.type, "status wrong")


def verdicts(
    pair: Alignment, equal: Callable[[Relation, Relation], bool]
) -> tuple[dict[int, int], list[Verdict]]:
    """Return {predicted: required} by their numbers, and a verdict for each prediction.

    Parameters
    ----------
    equal
        What makes two relations the same: a method of the pair.
    """
    ours, required = pair.predicted.relations, pair.gold.document.relations
    matched = dict(
        best_pairs(
            {
                (p, r): 1 + pair.likeness(relation, gold)
                for p, relation in enumerate(ours)
                for r, gold in enumerate(required)
                if equal(relation, gold)
            }
        )
    )
    found: list[Verdict] = []
    for p, relation in enumerate(ours):
        if p in matched:
            found.append("tp")
        elif any(equal(relation, gold) for gold in (*required, *pair.gold.optional)):
            found.append("neutral")
        else:
            found.append("fp")
    return matched, found


def _attributes(pair: Alignment, ours: Relation, gold: Relation, tally: Tally) -> None:
    tally.statuses[gold.status, ours.status] += 1
    tally.case("evidence", pair.evidence_agrees(ours, gold))
    if gold.place:
        tally.case("place", pair.same_entity(ours.place, gold.place))
    if gold.date:
        tally.case("date", days_agree(ours.date, gold.date))
    if gold.title:
        tally.case("title", words_agree(ours.title, gold.title))


def _reported_as_fact(pair: Alignment, tally: Tally) -> None:
    required, optional = pair.gold.document.relations, pair.gold.optional
    facts = [gold for gold in (*required, *optional) if gold.status == "actual"]
    unfounded = [
        relation
        for relation in pair.predicted.relations
        if relation.status == "actual" and not any(pair.same_fact(relation, g) for g in facts)
    ]
    for which, relations in (("", required), (" (optional relations)", optional)):
        for gold in relations:
            if gold.status != "actual":
                reported = any(pair.same_fact(relation, gold) for relation in unfounded)
                tally.case(REPORTED_AS_FACT + which, reported)


def _statements(pair: Alignment, tally: Tally) -> None:
    for which, kinds in (("all", ("direct", "indirect")), ("direct", ("direct",))):
        gold = [entry for entry in pair.gold.document.statements if entry.kind in kinds]
        ours = [entry for entry in pair.predicted.statements if entry.kind in kinds]
        matched = best_pairs(
            {
                (p, g): 1
                + shared_part(entry.quote, other.quote) / 1000
                + _same_speaker(pair, entry, other) / 10000
                for p, entry in enumerate(ours)
                for g, other in enumerate(gold)
                if shared_part(entry.quote, other.quote) >= 0.5
            }
        )
        name = f"statements {which}"
        tally.count("tp", name, times=len(matched))
        tally.count("fp", name, times=len(ours) - len(matched))
        tally.count("fn", name, times=len(gold) - len(matched))
        for p, g in matched:
            tally.case(f"speaker, {name}", _same_speaker(pair, ours[p], gold[g]))


def _same_speaker(pair: Alignment, ours: Statement, gold: Statement) -> bool:
    return pair.same_entity(ours.speaker, gold.speaker)


def described(
    document: Document, relation: Relation, *, known: Collection[str] | None = None
) -> str:
    """Return a relation in words with its evidence; entities that are not ``known`` are marked."""
    who, whom = (
        f"{entity.name} ({entity.type}"
        f"{', not in gold' if known is not None and entity.id not in known else ''})"
        for entity in map(document.entity, (relation.subject, relation.object))
    )
    sentence = " ".join(relation.evidence.of(document.text).split())
    return f'{who} {relation.type} {whom} [{relation.status}] -- "{sentence}"'
