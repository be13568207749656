"""How well clusters of mentions agree: MUC, B-cubed and CEAF-e.

Each function returns the two fractions of one or many documents as counts that add up, so that a
figure over a collection is the sum of the numerators over the sum of the denominators. Clusters of
one mention count, and mentions that one side does not have cost what the definitions say.

References
----------
M. Vilain et al., "A model-theoretic coreference scoring scheme", MUC-6 (1995).
A. Bagga and B. Baldwin, "Algorithms for scoring coreference chains", LREC workshop (1998).
X. Luo, "On coreference resolution performance metrics", HLT-EMNLP (2005).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

from kg.evaluate.matching import best_pairs
from kg.evaluate.tally import Share

Item = TypeVar("Item", bound=Hashable)


def muc(found: Sequence[Sequence[Item]], gold: Sequence[Sequence[Item]]) -> Share:
    """Return the part of the links of each side that the other side has.

    A cluster of n mentions has n - 1 links; it loses one for each further part into which the
    other side cuts it. A mention that the other side lacks is a part of its own.

    Examples
    --------
    >>> muc([["a", "b"], ["c"]], [["a", "b", "c"]]).recall
    0.5
    """
    return Share(*_links(found, _cluster_of(gold)), *_links(gold, _cluster_of(found)))


def b_cubed(found: Sequence[Sequence[Item]], gold: Sequence[Sequence[Item]]) -> Share:
    """Return, for the average mention, the part of its cluster that the other side agrees with.

    Examples
    --------
    >>> b_cubed([["a", "b", "c"]], [["a", "b"], ["c"]]).precision
    0.5555555555555556
    """
    return Share(*_agreed(found, _cluster_of(gold)), *_agreed(gold, _cluster_of(found)))


def ceaf_e(found: Sequence[Sequence[Item]], gold: Sequence[Sequence[Item]]) -> Share:
    """Return the likeness of clusters paired one to one at their best, per cluster.

    Examples
    --------
    >>> ceaf_e([["a", "b"], ["c"]], [["a", "b", "c"]]).precision
    0.4
    """
    likeness = {
        (f, g): like
        for g, ours in enumerate(gold)
        for f, theirs in enumerate(found)
        if (like := phi4(theirs, ours))
    }
    total = sum(likeness[pair] for pair in best_pairs(likeness))
    return Share(total, len(found), total, len(gold))


def phi4(one: Sequence[Item], other: Sequence[Item]) -> float:
    """Return the part of two clusters' mentions that both have (Dice), 0 to 1.

    Examples
    --------
    >>> phi4(["a", "b"], ["b", "c"])
    0.5
    """
    return 2 * len(set(one) & set(other)) / (len(one) + len(other))


def _cluster_of(clusters: Sequence[Sequence[Item]]) -> dict[Item, int]:
    return {item: number for number, cluster in enumerate(clusters) for item in cluster}


def _links(clusters: Sequence[Sequence[Item]], other: dict[Item, int]) -> tuple[int, int]:
    kept = links = 0
    for cluster in clusters:
        alone = sum(item not in other for item in cluster)
        parts = len({other[item] for item in cluster if item in other})
        kept += len(cluster) - alone - parts
        links += len(cluster) - 1
    return kept, links


def _agreed(clusters: Sequence[Sequence[Item]], other: dict[Item, int]) -> tuple[float, int]:
    agreed, mentions = 0.0, 0
    for cluster in clusters:
        together = Counter(other[item] for item in cluster if item in other)
        agreed += sum(count * count for count in together.values()) / len(cluster)
        mentions += len(cluster)
    return agreed, mentions
