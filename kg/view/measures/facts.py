"""Documents -> facts: who did what to whom on which day, in whose words, and how sure that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, NamedTuple

from kg.errors import UnknownName, likelihood
from kg.model import ENTITY_TYPES, STATUSES, Document, Status
from kg.relations import Lexicon, entity_groups
from kg.view.content import content
from kg.view.narrow import checked, within
from kg.view.rows import key, story
from kg.vocab import best_name

STANDING = ("role", "place")
"""Families of relations that say who somebody is or where something lies, not what was done."""

ALL = "all"

Identity = tuple[str, str, str, str, bool]


class Thing(NamedTuple):
    """Someone or something: the best of its names, and its most frequent type."""

    name: str
    type: str


class Words(NamedTuple):
    """One place where a document says a fact; ``story`` is shared by all copies of one report."""

    score: float
    published: str
    document: str
    start: int
    text: str
    date: str | None
    story: str


@dataclass(frozen=True, eq=False)  # each is made once; comparing their words would take long
class Fact:
    """Who did what to whom, and all words that say so; ``day`` is None where none of them tells.

    The words begin with the best: the most likely right, the first published.
    """

    subject: str
    relation: str
    object: str
    label: str
    status: str
    former: bool
    day: str | None
    words: tuple[Words, ...]

    @cached_property
    def trust(self) -> float:
        """How likely it is that at least one independent source is right, 0 to 1.

        Copies of one report are one source, as sure as the surest of its sentences.

        Examples
        --------
        >>> told = [Words(s, "", d, 0, "", None, d[0]) for s, d in ((0.9, "a"), (0.8, "b"))]
        >>> fact = Fact("i:m", "metWith", "i:s", "met with", "actual", False, None, tuple(told))
        >>> round(fact.trust, 3)
        0.98
        """
        best: dict[str, float] = {}
        for words in self.words:
            best[words.story] = max(best.get(words.story, 0.0), words.score)
        return 1 - prod(1 - best[name] for name in sorted(best))

    @property
    def documents(self) -> int:
        """How many documents say it."""
        return len({words.document for words in self.words})

    @property
    def sources(self) -> int:
        """How many independent documents say it."""
        return len({words.story for words in self.words})

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorts the surest first, then the earliest, then by IRI."""
        same = (self.subject, self.relation, self.object, self.status, self.former)
        return (-self.trust, self.day or "~", *same)


@dataclass(frozen=True, slots=True)
class Told:
    """The facts chosen, whatever the documents speak of, by IRI, and which facts were chosen."""

    facts: tuple[Fact, ...]
    things: dict[str, Thing]
    choice: str
    time: str

    @property
    def basis(self) -> str:
        """Which facts of which time were chosen, in words."""
        return f"{self.choice}, of {self.time}" if self.time else self.choice


def told(
    documents: Iterable[Document],
    lexicon: Lexicon,
    *,
    relations: str | Collection[str] | None = None,
    status: Status | Collection[Status] = "actual",
    since: str | None = None,
    until: str | None = None,
    min_score: float = 0.0,
) -> Told:
    """Choose facts.

    Parameters
    ----------
    documents
        Whose facts they are. What no text says (basis "background") is left out.
    lexicon
        The relations there are.
    relations
        Names of relations or of families ("meeting"); by default all but the standing ones, "role"
        and "place"; with "all", these too.
    status
        "actual", "planned", "possible", "negated", or several.
    since, until
        Only what happened in this time, like ``"2025-02-17"`` or ``"2025-02"``; words without a
        date count on the day of their document.
    min_score
        Only words that are at least so likely to be right, 0 to 1.

    Raises
    ------
    UnknownName
        If there is no such relation, family or status.
    """
    wanted, statuses = _relations(relations, lexicon), _statuses(status)
    least = likelihood(min_score)
    checked(since, until)
    names: dict[str, str] = {}
    kinds: dict[str, Counter[str]] = {}
    said: dict[Identity, list[Words]] = {}
    happened: list[Document] = []
    for document in documents:
        keys = {entity.id: key(entity, document) for entity in document.entities}
        if any(entity.type == "Event" for entity in document.entities):
            happened.append(_of_events(document))
        for entity in document.entities:
            name = keys[entity.id]
            names[name] = best_name((names.get(name, entity.name), entity.name))
            kinds.setdefault(name, Counter())[entity.type] += 1
        for relation in document.relations:
            if (
                relation.basis != "text"
                or relation.status not in statuses
                or relation.score < least
                or not wanted(relation.type)
                or not within(relation.date, document.date, since, until)
            ):
                continue
            ends = (keys[relation.subject], keys[relation.object])
            if relation.type in lexicon and lexicon[relation.type].symmetric:
                ends = min(ends, ends[::-1])
            same = (ends[0], relation.type, ends[1], relation.status, relation.former)
            words = Words(
                relation.score,
                document.date or "~",
                document.id,
                relation.evidence.start,
                relation.evidence.of(document.text),
                _iso(relation.date),
                story(document),
            )
            said.setdefault(same, []).append(words)
    found = [fact for same in sorted(said) for fact in _by_day(same, said[same], lexicon)]
    names |= {node.key: node.name for node in content(happened, lexicon).nodes if node.called}
    things = {name: Thing(names[name], _usual(kinds[name])) for name in sorted(names)}
    time = spoken(since, until) if since or until else ""
    return Told(tuple(found), things, _choice(relations, statuses, min_score), time)


def spoken(since: str | None, until: str | None) -> str:
    """Say a stretch of time in words.

    Examples
    --------
    >>> spoken("2025-02", "2025-02"), spoken("2025-02-01", "2025-02-09"), spoken(None, "2025-03")
    ('2025-02', '2025-02-01 – 2025-02-09', 'the beginning – 2025-03')
    """
    if since == until and since is not None:
        return since
    return f"{since or 'the beginning'} – {until or 'the end'}"


def chosen_types(types: str | Collection[str] | None, default: str = "Actor") -> tuple[str, ...]:
    """Return entity types by their names or those of groups ("Actor"); "all" is every type.

    Raises
    ------
    UnknownName
        If there is no such type.

    Examples
    --------
    >>> chosen_types(None), chosen_types("Event")
    (('Person', 'Country', 'Organization', 'Group'), ('Event',))
    """
    given = default if types is None else types
    groups: dict[str, tuple[str, ...]] = {name: (name,) for name in ENTITY_TYPES}
    groups |= entity_groups() | {ALL: ENTITY_TYPES}
    wanted: set[str] = set()
    for name in (given,) if isinstance(given, str) else given:
        if name not in groups:
            raise UnknownName("type", name, (*ENTITY_TYPES, *entity_groups(), ALL))
        wanted |= set(groups[name])
    return tuple(name for name in ENTITY_TYPES if name in wanted)


def _of_events(document: Document) -> Document:
    """Keep what the page needs to call events by telling names, and no text."""
    events = {entity.id for entity in document.entities if entity.type == "Event"}
    about = (one for one in document.relations if {one.subject, one.object} & events)
    return document.but(text="", story=document.sha256, statements=(), relations=tuple(about))


def _relations(given: str | Collection[str] | None, lexicon: Lexicon) -> Callable[[str], bool]:
    """Return what tells whether a relation is wanted; the lexicon need not know it."""
    names = () if given is None else (given,) if isinstance(given, str) else tuple(given)
    families = {entry.family for entry in lexicon.values()}
    for name in names:
        if name not in lexicon and name not in families and name != ALL:
            raise UnknownName("relation or family", name, (*lexicon, *sorted(families), ALL))

    def wanted(name: str) -> bool:
        family = lexicon[name].family if name in lexicon else ""
        if given is None:
            return family not in STANDING
        return ALL in names or name in names or family in names

    return wanted


def _statuses(given: Status | Collection[Status]) -> tuple[str, ...]:
    wanted = (given,) if isinstance(given, str) else tuple(given)
    for name in wanted:
        if name not in STATUSES:
            raise UnknownName("status", name, STATUSES)
    return tuple(name for name in STATUSES if name in wanted)


def _iso(date: str | None) -> str | None:
    return date if date and re.fullmatch(r"\d{4}(-\d\d){0,2}", date) else None


def _by_day(same: Identity, said: list[Words], lexicon: Lexicon) -> list[Fact]:
    """Part what happened on different days; words less exact go with the first day that fits."""
    days: dict[str, list[Words]] = {}
    for words in sorted(said, key=lambda one: (-len(one.date or ""), one.date or "")):
        date = words.date or ""
        fitting = [day for day in days if day.startswith(date)]
        days.setdefault(min(fitting, default=date), []).append(words)
    subject, relation, object_, status, former = same
    label = lexicon[relation].label if relation in lexicon else relation
    return [
        Fact(
            subject,
            relation,
            object_,
            f"former {label}" if former else label,
            status,
            former,
            day or None,
            tuple(sorted(days[day], key=lambda one: (-one.score, *one[1:5]))),
        )
        for day in sorted(days)
    ]


def _usual(kinds: Counter[str]) -> str:
    return min(kinds, key=lambda kind: (-kinds[kind], kind))


def _choice(
    relations: str | Collection[str] | None,
    statuses: tuple[str, ...],
    min_score: float,
) -> str:
    """Say in words which facts were chosen."""
    given = (relations,) if isinstance(relations, str) else relations
    words = [f"facts stated as {' or '.join(statuses)}"]
    if given is None:
        words.append("without standing ones (offices, citizenship, seats)")
    elif ALL not in given:
        words.append(f"of {', '.join(given)}")
    words += [f"with a score of at least {min_score}"] if min_score else []
    return ", ".join(words)
