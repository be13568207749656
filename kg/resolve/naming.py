"""The IRI of every cluster: by its id, else by its name; and what the user calls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.resolve.evidence import Cluster, is_full
from kg.resolve.persona import Identity, Known, as_entity, can_be_elsewhere
from kg.vocab import best_name, local_iri, named_iri


@dataclass
class Settled:
    """Clusters with their IRIs, and what the user wants them called, in the same order."""

    clusters: list[Cluster]
    iris: list[str]
    labels: dict[int, str] = field(default_factory=dict)
    aliases: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def identities(self) -> dict[str, Identity]:
        """Return the identity of every persona by its key."""
        return {
            known.persona.key: Identity(
                iri=self.iris[n],
                because=cluster.why[known.persona.key],
                score=cluster.scores[known.persona.key],
                label=self.labels.get(n),
                aliases=self.aliases.get(n, ()),
            )
            for n, cluster in enumerate(self.clusters)
            for known in cluster.members
        }


def named(clusters: Sequence[Cluster], base: str) -> list[str]:
    """Return the IRI of every cluster.

    Of several that would have the IRI of one name, the one in most documents has it, of equals
    the one that comes first; each of the others has the code of its state behind it if that tells
    them apart, else where it was found first.

    Parameters
    ----------
    clusters
        All clusters of connected blocks.
    base
        What new IRIs start with.
    """
    iris = [_by_id(cluster, base) or _in_one_text(cluster, base) for cluster in clusters]
    rivals: dict[str, list[int]] = {}
    for n, cluster in enumerate(clusters):
        if iris[n] is None:
            rivals.setdefault(_by_name(cluster, base), []).append(n)
    for plain, numbers in rivals.items():
        first, *others = sorted(numbers, key=lambda n: _rank(clusters[n]))
        iris[first] = plain
        for n in others:
            alike = [clusters[other].countries for other in numbers if other != n]
            iris[n] = _told_apart(clusters[n], alike, plain, base)
    return [iri for iri in iris if iri is not None]


def main_name(cluster: Cluster) -> str:
    """Return the name a cluster goes by: the full name in most documents."""
    kind = _main(cluster).persona.type
    full = [name for name in cluster.names if is_full(kind, name)] or list(cluster.names)
    most = max(cluster.names[name] for name in full)
    return best_name(name for name in full if cluster.names[name] == most)


def _by_id(cluster: Cluster, base: str) -> str | None:
    if not cluster.ids:
        return None
    foreign = sorted(one for one in cluster.ids if "://" in one)
    states = sorted(one for one in cluster.ids if "/" in one)
    return foreign[0] if foreign else base + (states or sorted(cluster.ids))[0]


def _in_one_text(cluster: Cluster, base: str) -> str | None:
    persona = cluster.members[0].persona
    if can_be_elsewhere(persona):
        return None
    return local_iri(as_entity(persona), persona.scope, base)


def _by_name(cluster: Cluster, base: str) -> str:
    entity = replace(as_entity(_main(cluster).persona), name=main_name(cluster))
    iri = named_iri(entity, base)
    assert iri is not None, "what has a name only is no event and no group"
    return iri


def _main(cluster: Cluster) -> Known:
    return min(cluster.members, key=lambda known: (-known.documents, _first(known)))


def _rank(cluster: Cluster) -> tuple[int, tuple[str, str, int, str]]:
    return -cluster.documents, min(map(_first, cluster.members))


def _first(known: Known) -> tuple[str, str, int, str]:
    """Return where a persona appears first, in an order that counts entities as numbers."""
    date, _, appearance = known.first.rpartition(" ")
    document, _, number = (appearance or known.persona.scope).rpartition("#entity-")
    return date, document, int(number or 0), known.persona.key


def _told_apart(cluster: Cluster, others: list[set[str]], plain: str, base: str) -> str:
    states = cluster.countries
    if len(states) == 1 and not any(states & other for other in others):
        return f"{plain}_{min(states)}"
    known = min(cluster.members, key=_first)
    _, document, number, key = _first(known)
    if not document:
        return f"{plain}_{key[:12]}"
    entity = replace(as_entity(_main(cluster).persona), name=main_name(cluster))
    return local_iri(entity, f"{document}#entity-{number}", base)
