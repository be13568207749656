"""What speaks for and against two descriptions being of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.resolve.forms import form, is_acronym, is_common, other_names, person_names
from kg.resolve.persona import Known, Persona, can_be_elsewhere
from kg.resolve.weights import most, threshold, weight

_EQUAL = ("the same name", "the same name but for case, accents, hyphens or points")
MANY = 12  # names of a thing that are compared; the most frequent come first


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: in words, and how much it counts."""

    words: str
    weight: float

    def __str__(self) -> str:
        return f"{self.words} ({self.weight:+.2f})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that speaks for and against two descriptions being of one thing.

    ``bar`` is what forbids it whatever else speaks for it, "" if nothing does.
    """

    pieces: tuple[Piece, ...] = ()
    bar: str = ""

    @property
    def total(self) -> float:
        """The sum of the evidence; 0 if something forbids it."""
        return 0.0 if self.bar else round(sum(piece.weight for piece in self.pieces), 4)

    @property
    def score(self) -> float:
        """How sure it is, 0 to 1."""
        return min(1.0, max(0.0, self.total))

    @property
    def enough(self) -> bool:
        """Whether they are taken for one thing if there is no other candidate."""
        return self.score >= threshold()

    def __str__(self) -> str:
        if self.bar:
            return self.bar
        return f"{', '.join(map(str, self.pieces))} = {self.score:.2f}"


@dataclass(eq=False)
class Cluster:
    """Personas that are one thing so far, and what they tell together."""

    members: list[Known] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    wikidata: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    offices: dict[str, set[str]] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    mains: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)

    def take(
        self, known: Known, apart: Iterable[str] = (), why: str = "", score: float = 1
    ) -> None:
        """Let a persona be of this cluster."""
        persona = known.persona
        self.members.append(known)
        self.why[persona.key], self.scores[persona.key] = why, score
        self.types.add(persona.type)
        self.ids.update(ids(persona))
        if persona.wikidata:
            self.wikidata.add(persona.wikidata)
        self.countries.update(persona.countries)
        for office in persona.offices:
            self.offices.setdefault(office, set()).update(persona.countries)
        self.bodies.update(persona.bodies)
        self.near.update(known.near)
        self.names[persona.name] = self.names.get(persona.name, 0) + known.documents
        for name in persona.names:
            self.aliases[name] = self.aliases.get(name, 0) + known.documents
            self.joined.update(form(name).joined)
        self.starts.add(start(persona))
        self.mains = sorted(self.names, key=lambda name: (-self.names[name], name))[:MANY]
        self.apart.update(apart)
        self.texts.add(_text(known))
        if persona.scope:
            self.scopes.add(persona.scope.partition("#")[0])

    @property
    def documents(self) -> int:
        """Number of documents it appears in."""
        return sum(known.documents for known in self.members)

    @property
    def full(self) -> bool:
        """Whether a full name is known of a person; of anything else, any name is."""
        return any(is_full(kind, name) for kind in self.types for name in self.names)

    def may_be(self, persona: Persona) -> bool:
        """Tell whether it is worth weighing: not where first names begin with other letters."""
        if persona.type != "Person" or "Person" not in self.types:
            return True
        own = start(persona)
        return not own or own in self.starts or "" in self.starts

    def has_id_of(self, persona: Persona) -> bool:
        """Tell whether a persona has the same id, and no other IRI of the user's."""
        if self.ids & set(ids(persona)):
            return True
        same = persona.wikidata in self.wikidata and persona.type in self.types
        return same and not (persona.iri and any("://" in name for name in self.ids))


def _text(known: Known) -> str:
    """Return the document that a persona appears in first."""
    return known.first.rpartition(" ")[2].partition("#")[0] or known.persona.key


def start(persona: Persona) -> str:
    """Return the first letter of a full name, "" of a surname alone."""
    words = form(persona.name).words
    return words[0][0] if len(words) > 1 else ""


def ids(persona: Persona) -> tuple[str, ...]:
    """Return the ids that a persona is known by: what it is linked to, or an IRI of the user's."""
    if persona.iri:
        return (persona.iri,)
    if persona.type == "Country" and persona.iso3:
        return (f"country/{persona.iso3}",)
    return (persona.wikidata,) if persona.wikidata else ()


def weigh(known: Known, cluster: Cluster) -> Verdict:
    """Weigh what speaks for a persona being of a cluster.

    Parameters
    ----------
    known
        A persona that has no id, or not the one of the cluster.
    cluster
        Personas that are one thing.
    """
    persona = known.persona
    bar = _bar(persona, cluster)
    if bar:
        return Verdict(bar=bar)
    name = _name(persona, cluster)
    if name is None:
        return Verdict(bar=_unlike(persona, cluster))
    if name not in _EQUAL and _text(known) in cluster.texts:
        return Verdict(bar="one document tells them apart")
    pieces = [Piece(name, weight(name)), *_context(known, cluster)]
    return Verdict(tuple(pieces))


def _bar(persona: Persona, cluster: Cluster) -> str:
    """Return what forbids that they are one, "" if nothing does."""
    if persona.type not in cluster.types:
        return f"one is a {persona.type}, the other a {', a '.join(sorted(cluster.types))}"
    if not can_be_elsewhere(persona) and _are_apart(persona, cluster):
        return (
            f"{persona.name} of different states: {', '.join(persona.countries)} and "
            f"{', '.join(sorted(cluster.countries))}"
        )
    own = set(ids(persona))
    if own and cluster.ids and not own & cluster.ids:
        return f"different ids: {', '.join(sorted(own))} and {', '.join(sorted(cluster.ids))}"
    if persona.scope and persona.scope.partition("#")[0] in cluster.scopes:
        return "one document tells them apart"
    for office in persona.offices:
        states = cluster.offices.get(office)
        if states and persona.countries and not states & set(persona.countries):
            return (
                f"{office} of different states: {', '.join(persona.countries)} and "
                f"{', '.join(sorted(states))}"
            )
    if persona.type == "Organization" and _are_apart(persona, cluster) and is_common(persona.name):
        return (
            f"bodies of different states: {', '.join(persona.countries)} and "
            f"{', '.join(sorted(cluster.countries))}"
        )
    return ""


def _are_apart(persona: Persona, cluster: Cluster) -> bool:
    return bool(
        persona.countries and cluster.countries and not cluster.countries & set(persona.countries)
    )


def _unlike(persona: Persona, cluster: Cluster) -> str:
    other = max(cluster.names, key=lambda name: (cluster.names[name], name))
    if persona.type == "Person" and form(persona.name).words[-1:] == form(other).words[-1:]:
        return f"different first names: {persona.name} and {other}"
    return f"different names: {persona.name} and {other}"


def _name(persona: Persona, cluster: Cluster) -> str | None:
    """Return the best agreement of names, None if they cannot be one thing's."""
    compare = person_names if persona.type == "Person" else other_names
    mains = cluster.mains
    found = [agreement for name in mains if (agreement := compare(persona.name, name))]
    full = [name for name in mains if is_full(persona.type, name)]
    if persona.type == "Person" and not found and full and is_full("Person", persona.name):
        return None
    if persona.type == "Person":
        found = [_lone(agreement, persona.name) for agreement in found]
        found += [
            "a name that the other one has too"
            for name in persona.names
            if is_full("Person", name) and _has(cluster, name)
        ]
    else:
        found += _by_alias(persona, cluster)
        found = [_of_many(agreement, persona) for agreement in found]
    return max(found, key=lambda reason: (weight(reason), reason), default=None)


def _lone(agreement: str, name: str) -> str:
    """Return the agreement of two names of which one may be a surname that many have."""
    return agreement if is_full("Person", name) else "the same surname only"


def _of_many(agreement: str, persona: Persona) -> str:
    if persona.type == "Organization" and is_common(persona.name):
        return "the same name, of a body that many states have"
    return agreement


def _by_alias(persona: Persona, cluster: Cluster) -> Iterator[str]:
    for name in (persona.name, *persona.names):
        if _has(cluster, name):
            short = is_acronym(name)
            yield (
                "initials that are defined for the other one"
                if short
                else "a name that the other one has too"
            )


def _has(cluster: Cluster, name: str) -> bool:
    return not cluster.joined.isdisjoint(form(name).joined)


def is_full(kind: str, name: str) -> bool:
    """Tell whether a name is more than the surname of a person."""
    return kind != "Person" or len(form(name).words) > 1


def _context(known: Known, cluster: Cluster) -> Iterator[Piece]:
    """Yield what else speaks for or against: offices, states, bodies, company."""
    persona = known.persona
    states = cluster.countries & set(persona.countries)
    if states and any(office in cluster.offices for office in persona.offices):
        yield _piece("the same office of the same state")
    elif states and persona.type == "Organization" and is_common(persona.name):
        yield _piece("a body of the same state")
    elif states:
        yield _piece("the same state")
    elif _are_apart(persona, cluster):
        yield _piece("other states")
    elif _named_beside(persona.countries, cluster.near) or _named_beside(
        cluster.countries, known.near
    ):
        yield _piece("a state of one is named beside the other")
    if cluster.bodies & set(persona.bodies):
        yield _piece("the same body")
    shared = sum(iri in cluster.near and "/country/" not in iri for iri in known.near)
    if shared:
        reason = "someone or something else beside both"
        yield Piece(reason, round(min(most(reason), shared * weight(reason)), 4))


def _named_beside(codes: Iterable[str], near: Iterable[str]) -> bool:
    ends = tuple(f"/country/{code}" for code in codes)
    return bool(ends) and any(iri.endswith(ends) for iri in near)


def _piece(reason: str) -> Piece:
    return Piece(reason, weight(reason))
