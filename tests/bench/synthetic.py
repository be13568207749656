"""Document records as a news agency's archive would give, invented: no model, no article.

    python tests/bench/synthetic.py 50000 > records.jsonl

Few people, countries and bodies are in most of the news and most are in little of it (Zipf's law);
people share surnames and are called by several names; one story in twelve is another one told
again by another site with another headline. The same seed gives the same records, and those of
1,000 documents are the first of those of 50,000. Nothing is held but the stories of the last days.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from kg.data import table
from kg.model import Document, Entity, EntityType, Mention, Relation, Span, Statement, Status
from kg.record import to_line
from kg.relations import RelationType, shipped
from kg.source import Source

PEOPLE, ORGANIZATIONS, PLACES, COUNTRIES, SURNAMES = 20_000, 3_000, 1_500, 120, 5_000
FIRST_DAY, A_DAY = date(2023, 1, 1), 60  # documents of one day
RETOLD = 1 / 12
STATUSES: tuple[tuple[Status, int], ...] = (
    ("actual", 84), ("planned", 8), ("possible", 5), ("negated", 3),
)  # fmt: skip
PREFIX = {
    "actual": "", "planned": "It is planned: ", "possible": "It may come to this: ",
    "negated": "It is not true: ",
}  # fmt: skip
FREQUENT = {
    "metWith": 9, "spokeWith": 8, "holdsPosition": 7, "criticized": 6, "visited": 6, "attended": 5,
    "supported": 5, "attacked": 4, "briefed": 3, "signedWith": 3, "heldIn": 3, "sanctioned": 3,
    "requested": 3, "citizenOf": 2, "memberOf": 2,
}  # fmt: skip
TITLES = ("president", "prime minister", "foreign minister", "defence minister", "envoy", "mayor")
PUBLISHERS = ("Morning Wire", "The Daily Ledger", "Coast Herald", "Meridian News", "Evening Post")
KINDS = ("Ministry", "Bank", "Institute", "Party", "Agency", "Union", "Council", "Group")
OCCASIONS = ("summit", "talks", "conference", "hearing", "trial", "ceremony")
STARTS = ("Ba", "Cor", "Da", "El", "Fen", "Gar", "Hol", "Is", "Jan", "Kel", "Lor", "Mar", "Nor",
          "Os", "Pel", "Ros", "Sel", "Tor", "Ul", "Ver")  # fmt: skip
MIDDLES = ("a", "be", "din", "er", "go", "i", "lan", "mo", "na", "ri", "so", "ta", "u", "ven", "wi",
           "za", "")  # fmt: skip
ENDS = ("berg", "dale", "ek", "ford", "gren", "haus", "ic", "ley", "man", "nov", "ova", "sen",
        "ski", "ton", "wald")  # fmt: skip
FILLERS = (
    "Officials gave no further details.",
    "The matter is expected to come up again within {} days.",
    "About {} people were present, according to the organizers.",
    "Observers called the step remarkable, others saw little new in it.",
    "A previous attempt {} weeks ago had come to nothing.",
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Someone or something that news is about, and what it is called after its first mention."""

    type: EntityType
    name: str
    short: str
    iso3: str | None = None
    wikidata: str | None = None
    home: int | None = None  # rank of the country it belongs to


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence says of members of the cast, by their places in it."""

    type: str
    subject: int
    object: int
    status: Status
    place: int | None
    date: str | None
    title: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Story:
    """What a document tells; another one may tell it again."""

    day: date
    cast: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    quoted: tuple[int, ...]
    fillers: tuple[str, ...]


def documents(number: int, *, seed: int = 7) -> Iterator[Document]:
    """Yield so many invented documents, each checked."""
    chance = random.Random(seed)
    recent: deque[Story] = deque(maxlen=A_DAY)
    for index in range(number):
        day = FIRST_DAY + timedelta(index // A_DAY)
        again = bool(recent) and chance.random() < RETOLD
        told = _retold(chance.choice(recent), chance) if again else _story(day, chance)
        if not again:
            recent.append(told)
        yield _written(index, told, day, chance)


def main() -> None:
    """Print records, one a line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("number", type=int, nargs="?", default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for document in documents(options.number, seed=options.seed):
        sys.stdout.write(to_line(document) + "\n")


def _rank(chance: random.Random, number: int) -> int:
    """Return a rank from 0; each half as frequent as that of half the rank (Zipf)."""
    return int((number + 1) ** chance.random()) - 1


@cache
def _surname(rank: int) -> str:
    start, rest = rank % len(STARTS), rank // len(STARTS)
    return STARTS[start] + MIDDLES[rest // len(ENDS) % len(MIDDLES)] + ENDS[rest % len(ENDS)]


@cache
def _countries() -> tuple[Thing, ...]:
    listed = [entry for entry in table("countries") if entry.state]
    random.Random("countries").shuffle(listed)
    return tuple(
        Thing(
            "Country", entry.name, (entry.aliases or (entry.name,))[0], entry.iso3, entry.wikidata
        )
        for entry in listed[:COUNTRIES]
    )


@cache
def _places() -> tuple[Thing, ...]:
    ranks = {country.iso3: rank for rank, country in enumerate(_countries())}
    listed = [entry for entry in table("places") if entry.country in ranks and entry.wikidata]
    random.Random("places").shuffle(listed)
    return tuple(
        Thing("Place", entry.name, entry.name, None, entry.wikidata, ranks[entry.country])
        for entry in listed[:PLACES]
    )


@cache
def _given() -> tuple[str, ...]:
    listed = sorted({entry.name for entry in table("given_names")})
    random.Random("given").shuffle(listed)
    return tuple(listed)


def _person(rank: int) -> Thing:
    chance = random.Random(f"person {rank}")
    surname = _surname(_rank(chance, SURNAMES))
    name = f"{_given()[_rank(chance, len(_given()))]} {surname}"
    known = f"Q{900_000_000 + rank}" if rank < PEOPLE // 4 else None
    return Thing("Person", name, surname, None, known, _rank(chance, COUNTRIES))


def _organization(rank: int) -> Thing:
    chance = random.Random(f"organization {rank}")
    name = f"{_surname(rank)} {chance.choice(KINDS)}"
    short = "".join(word[0] for word in name.split()) + str(rank) if rank % 3 else name
    known = f"Q{910_000_000 + rank}" if rank < ORGANIZATIONS // 4 else None
    return Thing("Organization", name, short, None, known, _rank(chance, COUNTRIES))


def _story(day: date, chance: random.Random) -> Story:
    people = {_rank(chance, PEOPLE) for _ in range(chance.randrange(2, 7))}
    countries = {_rank(chance, COUNTRIES) for _ in range(chance.randrange(1, 4))}
    bodies = {_rank(chance, ORGANIZATIONS) for _ in range(chance.randrange(1, 4))}
    places = {_rank(chance, len(_places())) for _ in range(chance.randrange(1, 3))}
    cast = [_person(rank) for rank in sorted(people)]
    homes = {who.home for who in cast if who.home is not None and chance.random() < 0.5}
    cast += [_countries()[rank] for rank in sorted(countries | homes)]
    cast += [_organization(rank) for rank in sorted(bodies)]
    cast += [_places()[rank] for rank in sorted(places)]
    if chance.random() < 0.6:
        what = f"the {cast[-1].name} {chance.choice(OCCASIONS)}"
        cast.append(Thing("Event", what, what))
    if chance.random() < 0.3:
        home = min(countries)
        what = f"{_countries()[home].name} officials"
        cast.append(Thing("Group", what, what, home=home))
    few = 5 + min(25, int(chance.expovariate(1 / 6)))
    facts = tuple(_fact(cast, day, chance) for _ in range(few))
    quoted = tuple(place for place, who in enumerate(cast) if who.type == "Person")[:3]
    number = chance.randrange(2, 90)
    fillers = tuple(
        words.format(number) for words in chance.sample(FILLERS, chance.randrange(1, len(FILLERS)))
    )
    return Story(day, tuple(cast), facts, quoted[: chance.randrange(4)], fillers)


def _fact(cast: list[Thing], day: date, chance: random.Random) -> Fact:
    types = list(shipped().values())
    weights = [FREQUENT.get(entry.name, 1) for entry in types]
    while True:
        entry = chance.choices(types, weights)[0]
        pairs = _pairs(entry, cast)
        if pairs:
            break
    subject, object_ = chance.choice(pairs)
    places = [number for number, thing in enumerate(cast) if thing.type == "Place"]
    where = chance.choice(places) if chance.random() < 0.25 else None
    when: str | None = None
    if entry.family not in ("role", "place") and chance.random() < 0.45:
        near = day + timedelta(chance.randrange(-3, 4))
        when = near.isoformat() if chance.random() < 0.9 else "later this week"
    return Fact(
        entry.name,
        subject,
        object_,
        chance.choices([name for name, _ in STATUSES], [weight for _, weight in STATUSES])[0],
        where if where not in (subject, object_) else None,
        when,
        chance.choice(TITLES) if entry.name == "holdsPosition" else None,
        round(chance.uniform(0.6, 1.0), 2),
    )


def _pairs(entry: RelationType, cast: list[Thing]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one, subject in enumerate(cast)
        if subject.type in entry.domain
        for other, object_ in enumerate(cast)
        if object_.type in entry.range and one != other
    ]


def _retold(story: Story, chance: random.Random) -> Story:
    """Return the story as another site has it: a sentence less, another remark at the end."""
    left_out = chance.randrange(len(story.facts))
    facts = tuple(fact for number, fact in enumerate(story.facts) if number != left_out)
    more = FILLERS[2].format(chance.randrange(100, 999))
    return replace(story, facts=facts, fillers=(*story.fillers, more))


class _Text:
    """A text that grows, and where in it each member of the cast is named."""

    def __init__(self, cast: tuple[Thing, ...]) -> None:
        self.cast, self.text = cast, ""
        self.mentions: dict[int, list[Mention]] = {}

    def say(self, words: str) -> None:
        self.text += words

    def name(self, who: int) -> None:
        thing, known = self.cast[who], self.mentions.setdefault(who, [])
        words = thing.short if known else thing.name
        known.append(Mention(Span(len(self.text), len(self.text) + len(words))))
        self.text += words


def _written(index: int, story: Story, day: date, chance: random.Random) -> Document:
    lexicon, text = shipped(), _Text(story.cast)
    headline = (
        f"{story.cast[0].short}: {chance.choice(OCCASIONS)}, {chance.randrange(10, 99)} votes"
    )
    text.say(f"{headline}\n\n")
    relations, statements = [], []
    for fact in story.facts:
        start = len(text.text)
        text.say(PREFIX[fact.status])
        text.name(fact.subject)
        text.say(f" {lexicon[fact.type].label} ")
        text.name(fact.object)
        text.say(f" as {fact.title}" if fact.title else "")
        if fact.place is not None:
            text.say(" in ")
            text.name(fact.place)
        text.say(f" ({fact.date})." if fact.date else ".")
        relations.append((fact, Span(start, len(text.text))))
        text.say(" ")
    for who in story.quoted:
        text.name(who)
        start = len(text.text) + 1
        text.say(f" said this would be decided within {chance.randrange(2, 60)} days. ")
        statements.append((who, Span(start + len("said "), len(text.text) - 2)))
    text.say(" ".join(story.fillers))
    publisher = chance.choice(PUBLISHERS)
    site = publisher.lower().replace(" ", "-")
    return Document(
        id=f"{day.isoformat()}-{index:06}",
        text=text.text,
        date=day.isoformat(),
        source=Source(f"https://{site}.example.org/{day:%Y/%m/%d}/{index}", headline, publisher),
        entities=tuple(
            Entity(
                f"e{who + 1}",
                story.cast[who].type,
                story.cast[who].name,
                tuple(found),
                story.cast[who].iso3,
                story.cast[who].wikidata,
                of=_home(who, story, text),
            )
            for who, found in sorted(text.mentions.items())
        ),
        relations=tuple(
            Relation(
                fact.type,
                f"e{fact.subject + 1}",
                f"e{fact.object + 1}",
                fact.status,
                span,
                f"e{fact.place + 1}" if fact.place is not None else None,
                fact.date,
                fact.title,
                score=fact.score,
                by="frames",
            )
            for fact, span in relations
        ),
        statements=tuple(
            Statement(f"e{who + 1}", span, "indirect", cue="said") for who, span in statements
        ),
    ).check()


def _home(who: int, story: Story, text: _Text) -> str | None:
    """Return the country of a group, if the document has it."""
    thing = story.cast[who]
    if thing.type != "Group" or thing.home is None:
        return None
    home = _countries()[thing.home]
    places = [number for number in text.mentions if story.cast[number] == home]
    return f"e{places[0] + 1}" if places else None


if __name__ == "__main__":
    main()
