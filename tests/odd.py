"""Documents at the edges of what can be: too little, too much, other scripts, far-off years."""

from __future__ import annotations

from itertools import islice, product

from kg.model import STATUSES, Document, Entity, EntityType, Mention, Relation, Span
from kg.relations import shipped
from kg.source import Source

KINDS: tuple[EntityType, ...] = ("Person", "Country", "Organization", "Place", "Event", "Group")
ARABIC = ("محمد بن سلمان", "المملكة العربية السعودية", "قمة الرياض الطارئة", "أحمد الشرع")
HEBREW = ("בנימין נתניהו", "מדינת ישראל", "שיחות השלום בדוחה")
CJK = (
    "习近平",
    "中华人民共和国",
    "北京峰会",
    "石破茂",
    "日本国",
    "이재명",
    "대한민국",
    "서울 회담",
)
LONG = (
    "Special Representative of the Secretary-General for the Coordination of the International "
    "Conference on the Reconstruction, Reconciliation and Demining of the Eastern Border "
    "Provinces and Islands"
)


def named(*names: str, id: str = "odd", source: Source | None = None) -> Document:
    """Everybody of these, each of whom meets the next; all statuses in turn."""
    text, entities = "", []
    for number, name in enumerate(names):
        span = Span(len(text), len(text) + len(name))
        text += name + (" – " if number % 4 < 3 else ".\n")
        entities.append(Entity(f"e{number}", KINDS[number % 6], name, (Mention(span),)))
    facts = tuple(
        Relation("metWith", f"e{n}", f"e{n + 1}", STATUSES[n % 4], Span(0, len(text)))
        for n in range(len(names) - 1)
    )
    return Document(
        id=id,
        text=text,
        source=source,
        entities=tuple(entities),
        relations=facts,
        date="2025-02-17",
    )


def alone(*, loop: bool = False) -> Document:
    """One entity, without a relation or with one to itself."""
    made = named("Emmanuel Macron")
    itself = Relation("criticized", "e0", "e0", "actual", Span(0, 15))
    return made.but(relations=(itself,) if loop else ())


def parallel(number: int) -> Document:
    """Two entities with so many different facts between them."""
    made = named("Emmanuel Macron", "Donald Trump")
    kinds = product(shipped(), STATUSES, (False, True))
    return made.but(
        relations=tuple(
            Relation(kind, *ends, status, Span(0, 30), former=former)  # type: ignore[misc]
            for place, (kind, status, former) in enumerate(islice(kinds, number))
            for ends in [("e0", "e1") if place % 3 else ("e1", "e0")]
        )
    )


def ages() -> Document:
    """Facts of two thousand years, and dates that are no days."""
    made = named("Julius Caesar", "Emmanuel Macron")
    days = ("0044-03-15", "1066", "1945-05", "2025-02-17", "9999-12-31", "0000-00-00", "last week")
    return made.but(
        relations=tuple(
            Relation(kind, "e0", "e1", "actual", Span(0, 30), date=day)
            for kind, day in zip(shipped(), days, strict=False)
        )
    )


def scripts() -> Document:
    """Names and a title in three kinds of writing."""
    title = "قمة الرياض 2025: 习近平 وبنيامين נתניהו"
    return named(*ARABIC, *HEBREW, *CJK, LONG, id="scripts", source=Source(title=title))


ALL = {
    "nothing": (),
    "rain": (Document(id="none", text="It rained."),),
    "alone": (alone(),),
    "loop": (alone(loop=True),),
    "parallel": (parallel(300),),
    "ages": (ages(),),
    "scripts": (scripts(),),
    "long": (named(LONG, LONG[::-1], "W" * 200, "Emmanuel Macron", id=LONG),),
    "untold": (Document(id="", text=""), named("A", "B", id="")),
}
