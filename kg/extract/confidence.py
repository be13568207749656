"""How likely a relation is right: a small table of weights, learned from annotated news.

Each relation has a few features that a reader can check by eye; their weights, in
``data/confidence.toml``, add up to the logarithm of the odds. `tests/bench/calibrate.py` learns
the weights, so that of the relations with a score near 0.8 about eight in ten are right.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from math import exp

from kg.model import Document, Entity, Mention, Relation, Span
from kg.relations import Lexicon

OURS = frozenset({"frames", "roles", "places", "standing"})
"""The extractors whose relations the table is about; a plug-in's keep the score it gave."""

_CROWD = 6  # so many relations of one kind that one sentence makes
_INFERRED = 0.8  # what an extractor itself is less sure of than of what a verb says


def calibrated(doc: Document, lexicon: Lexicon) -> tuple[Relation, ...]:
    """Return the relations of a document with the scores that the table gives them.

    Parameters
    ----------
    doc
        With entities and relations.
    lexicon
        Tells the family of a relation.
    """
    weights = table()
    found = []
    for relation, features in zip(doc.relations, described(doc, lexicon), strict=True):
        if relation.by in OURS and relation.basis == "text":
            odds = weights["always"] + sum(
                weights.get(name, 0.0) * value for name, value in features.items()
            )
            found.append(replace(relation, score=round(1 / (1 + exp(-odds)), 2)))
        else:
            found.append(relation)
    return tuple(found)


def described(doc: Document, lexicon: Lexicon) -> list[dict[str, float]]:
    """Return the features of each relation: most are 0 or 1, or how many of its ends are so."""
    entities = {entity.id: entity for entity in doc.entities}
    mentions = {e.id: sorted(e.mentions, key=lambda m: m.span) for e in doc.entities}
    crowd = Counter((relation.type, relation.evidence) for relation in doc.relations)
    found = []
    for relation in doc.relations:
        ends = (entities[relation.subject], entities[relation.object])
        features: Counter[str] = Counter()
        if relation.type in lexicon:
            features[f"family {lexicon[relation.type].family}"] = 1
        features[f"status {relation.status}"] = 1
        features["inferred"] = relation.score < _INFERRED
        features["beside a name"] = relation.by == "standing"
        for end in ends:
            features.update(_callings(end, mentions[end.id], relation.evidence))
        found.append(
            {
                **features,
                "crowd": min(crowd[relation.type, relation.evidence] - 1, _CROWD) / _CROWD,
            }
        )
    return found


@cache
def table() -> Mapping[str, float]:
    """Return the weight of each feature."""
    text = (files("kg.data") / "confidence.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}


def _callings(entity: Entity, mentions: Sequence[Mention], evidence: Span) -> Iterator[str]:
    """Yield how the sentence calls an entity, where it is not by its name.

    ``mentions`` are those of the entity in the order of the text.
    """
    first = bisect_left(mentions, evidence.start, key=lambda mention: mention.span.start)
    last = bisect_left(mentions, evidence.end, key=lambda mention: mention.span.start)
    kinds = {m.kind for m in mentions[first:last] if evidence.covers(m.span)}
    if entity.type == "Group":
        yield "group"
    elif entity.type == "Person" and not entity.named:
        yield "unnamed person"
    if not kinds:
        yield "elsewhere"
    elif "name" not in kinds and entity.type not in ("Event", "Group"):
        yield "described" if "nominal" in kinds else "pronoun"
