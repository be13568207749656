"""Who is who across documents: personas that are one thing get one IRI.

Personas with the same id (an IRI of the user's, an ISO code, a Wikidata id) are one. Each other
one joins the cluster that the evidence speaks for most, if it is enough, if nothing forbids it,
and if no second cluster is nearly as likely. The strongest personas come first (ids, full names,
many documents), so what is done is a pure function of the set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.resolve.bearing import same_office
from kg.resolve.deciding import apart, concerned, merged, renamed
from kg.resolve.decisions import Decisions
from kg.resolve.evidence import Cluster, Piece, Verdict, ids, weigh
from kg.resolve.forms import form, is_lone
from kg.resolve.naming import Settled, named
from kg.resolve.persona import Identity, Known, blocks, can_be_elsewhere
from kg.resolve.weights import margin, weight
from kg.vocab import BASE

# So many clusters of the same block a persona is compared with, the largest first.
_MOST = 50


def identify(
    known: Sequence[Known], decisions: Decisions, *, base: str = BASE
) -> dict[str, Identity]:
    """Return who is who among all personas of connected blocks, by persona key.

    Parameters
    ----------
    known
        The personas, in any order.
    decisions
        What the user has decided.
    base
        What new IRIs start with.

    Examples
    --------
    >>> from kg.resolve.persona import Persona
    >>> kim = Persona("Person", "Kim Jong Un", ("Kim", "Kim Jong Un"))
    >>> again = Persona("Person", "Kim Jong-un", ("Kim Jong-un",))
    >>> said = identify([Known(kim, 3), Known(again)], Decisions())
    >>> said[again.key].iri, said[again.key].because
    ... # doctest: +NORMALIZE_WHITESPACE
    ('https://w3id.org/news-kg/id/person/kim-jong-un',
     'the same name but for case, accents, hyphens or points (+0.85) = 0.85')
    """
    return settled(known, decisions, base=base).identities()


def settled(known: Sequence[Known], decisions: Decisions, *, base: str = BASE) -> Settled:
    """Return the clusters of the personas of connected blocks; as `identify`."""
    unique = list({one.persona.key: one for one in known}.values())
    clusters = clustered(unique)
    found = Settled(clusters, named(clusters, base))
    if not concerned(decisions, {block for one in unique for block in blocks(one.persona)}):
        return found
    marks = apart(decisions, found, base)
    if marks:
        clusters = clustered(unique, marks)
        found = Settled(clusters, named(clusters, base))
    return renamed(decisions, merged(decisions, found, base), base)


def clustered(
    known: Sequence[Known], never: Mapping[str, frozenset[str]] | None = None
) -> list[Cluster]:
    """Put the personas together that are one thing.

    Parameters
    ----------
    known
        The personas, in any order.
    never
        For some persona keys, marks that no persona of a common cluster may have the opposite of:
        "<pair>+" and "<pair>-".
    """
    marks = never or {}
    found = _Found()
    for one in sorted(known, key=_strength):
        persona, own = one.persona, marks.get(one.persona.key, frozenset())
        cluster, why, score = None, "", 1.0
        if can_be_elsewhere(persona):
            cluster, why, score = _home(one, own, found)
        if cluster is None:
            cluster, why, score = found.new(), "", 1.0
        cluster.take(one, own, why, score)
        found.index(one, cluster)
    return found.clusters


class _Found:
    """The clusters found so far, by the blocks of their personas."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_block: dict[str, dict[int, Cluster]] = {}

    def new(self) -> Cluster:
        self.clusters.append(Cluster())
        return self.clusters[-1]

    def index(self, known: Known, cluster: Cluster) -> None:
        for block in blocks(known.persona):
            self._by_block.setdefault(block, {})[id(cluster)] = cluster

    def beside(self, known: Known) -> list[Cluster]:
        """Return the clusters that share a block, in the order they were found."""
        found: dict[int, Cluster] = {}
        for block in blocks(known.persona):
            for number, cluster in list(self._by_block.get(block, {}).items())[:_MOST]:
                found[number] = cluster
        return list(found.values())


def _strength(known: Known) -> tuple[object, ...]:
    """Order personas: the best known first, whatever order they came in."""
    persona = known.persona
    kind = (not ids(persona), not persona.iri, persona.type != "Country")
    lone = is_lone((persona.name, *persona.names)) and persona.type == "Person"
    length = len(form(persona.name).words)
    return (*kind, lone, -known.documents, -length, known.first, persona.key)


def _home(known: Known, marks: frozenset[str], found: _Found) -> tuple[Cluster | None, str, float]:
    """Return the cluster that a persona belongs to, why, and how sure that is."""
    near = [one for one in found.beside(known) if not _opposed(marks, one.apart)]
    for cluster in near:
        if cluster.has_id_of(known.persona):
            return cluster, "the same id", 1.0
    if ids(known.persona):
        return None, "", 1.0
    best = chosen(known, near)
    return (None, "", 1.0) if best is None else (best[1], str(best[0]), best[0].score)


def chosen(known: Known, near: Sequence[Cluster]) -> tuple[Verdict, Cluster] | None:
    """Return the cluster a persona without an id belongs to, None if none or if it is not clear."""
    weighed = candidates(known, near)
    if not weighed or not weighed[0][0].enough:
        return None
    if len(weighed) > 1 and weighed[0][0].total - weighed[1][0].total < margin():
        return None
    return weighed[0]


def candidates(known: Known, near: Iterable[Cluster]) -> list[tuple[Verdict, Cluster]]:
    """Return the clusters that a persona may belong to, the likeliest first."""
    worth = [cluster for cluster in near if cluster.may_be(known.persona)]
    weighed = [
        (verdict, cluster) for cluster in worth if not (verdict := weigh(known, cluster)).bar
    ]
    full = [cluster for _, cluster in weighed if cluster.full]
    persona = known.persona
    if len(full) == 1 and persona.type == "Person" and is_lone((persona.name, *persona.names)):
        reasons = ["the only one of that surname"]
        if same_office(known, full[0]):
            reasons.append("the office that the linked one bears")
        more = [Piece(reason, weight(reason)) for reason in reasons]
        weighed = [
            (Verdict((*verdict.pieces, *more)) if cluster is full[0] else verdict, cluster)
            for verdict, cluster in weighed
        ]
    return sorted(weighed, key=lambda pair: -pair[0].total)


def _opposed(marks: Iterable[str], others: set[str]) -> bool:
    """Tell whether the user said that what has these marks is not what has those."""
    return any(mark[:-1] + ("-" if mark[-1] == "+" else "+") in others for mark in marks)
