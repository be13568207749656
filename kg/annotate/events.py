"""Occasions: summits, talks, visits and calls, and which of their mentions are one occasion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from kg.annotate.almanac import WEEKDAYS
from kg.annotate.lookup import towns, venues
from kg.cues import groups_of_words, words
from kg.model import Document, Entity, Mention, Span
from kg.syntax import Syntax

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_MODIFIERS = (
    "amod", "compound", "nummod", "nmod", "advmod", "npadvmod", "punct", "quantmod",
)  # fmt: skip
_WITH_WHOM = ("with", "between", "of", "in", "at", "by")
_CONVENED = frozenset({"summit", "conference", "forum", "congress", "assembly"})
_SPOKEN = frozenset({"talk", "negotiation", "consultation", "discussion", "conversation"})
_RIGHT_BEHIND = ("with", "between", "in", "at")


@dataclass
class _Mention:
    """One event nominal with what tells it from others."""

    index: int
    span: Span
    kind: str
    lemma: str
    modifiers: frozenset[str]
    timing: str
    definite: bool
    places: frozenset[str]
    others: frozenset[str]
    named: bool
    days: frozenset[str]  # weekdays that stand with it or with its verb
    day: str  # the one that stands in its own phrase: "Monday's meeting"
    told: int  # the verb just before it that "that meeting" takes up, or -1
    loose: bool  # "agreed to begin negotiations", "before talks had begun": none there has been
    above: frozenset[int]  # the words that govern it


@dataclass
class _Occasion:
    """What is known of one occasion after the mentions read so far."""

    mentions: list[_Mention] = field(default_factory=list)

    def all(self, name: str) -> frozenset[str]:
        return frozenset().union(*(getattr(mention, name) for mention in self.mentions))


@dataclass(frozen=True)
class Events:
    """Events of a document; mentions of one occasion share one entity."""

    name: ClassVar[str] = "events"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with its Event entities added."""
        reader = _EventReader(doc)
        occasions: list[_Occasion] = []
        for mention in reader.mentions():
            same = next((o for o in _by_preference(occasions, mention) if _fits(o, mention)), None)
            if same is None:
                occasions.append(same := _Occasion())
            same.mentions.append(mention)
        ids = doc.fresh_ids(len(occasions))
        added = tuple(
            Entity(
                id=entity_id,
                type="Event",
                name=reader.name_of(occasion),
                mentions=tuple(
                    Mention(m.span, "name" if m.named else "nominal") for m in occasion.mentions
                ),
            )
            for entity_id, occasion in zip(ids, occasions, strict=True)
        )
        return doc.but(entities=doc.entities + added)


class _EventReader:
    """Finds the event nominals of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        self.owner = self.syntax.owners(doc.entities, names_only=True)
        self.owner |= self.syntax.owners(e for e in doc.entities if e.type == "Event")

    def mentions(self) -> list[_Mention]:
        found = []
        for index, token in enumerate(self.tokens):
            is_date = token.ner.endswith("DATE") and token.lemma == "march"
            if token.pos in ("NOUN", "PROPN") and index not in self.owner and not is_date:
                mention = self._mention(index)
                if mention is not None:
                    found.append(mention)
        return found

    def _mention(self, index: int) -> _Mention | None:
        token = self.tokens[index]
        if token.dep == "compound" and self.tokens[token.head].pos in ("NOUN", "PROPN"):
            return None  # "summit venue", "talks process"
        first, words_before = self._premodifiers(index)
        lemma = token.lemma
        pair = f"{words_before[-1]} {lemma}" if words_before else lemma
        kinds = groups_of_words("events")
        kind = kinds.get(pair) or kinds.get(lemma)
        if kind is None or (lemma == "talk" and token.tag not in ("NNS", "NNPS")):
            return None
        if pair in kinds:
            lemma = pair
        determiner = self.syntax.child(index, "det")
        definite = determiner is not None and self.tokens[determiner].lemma in _DEFINITE
        possessed = self.syntax.child(index, "poss") is not None
        others, places = self._company(index)
        modifiers = frozenset(words_before) - words("event_parts", "temporal")
        modifiers -= set(lemma.split())
        named = token.pos == "PROPN" and token.text[:1].isupper() and first < index
        if self._is_vague(index, lemma, bool(modifiers or possessed or others or places), definite):
            return None
        return _Mention(
            index=index,
            span=Span(self.tokens[first].span.start, token.span.end),
            kind="meeting" if kind in words("event_parts", "interchangeable") else kind,
            lemma=lemma,
            modifiers=modifiers,
            timing=_timing(set(words_before)),
            definite=definite or possessed,
            places=places,
            others=others,
            named=named,
            days=self._days(index),
            day=next((self.tokens[i].lemma for i in self._near(index) if self._is_day(i)), ""),
            told=self._told(index, determiner),
            loose=self._is_loose(index, first),
            above=frozenset(self.syntax.ancestors(index)),
        )

    def _near(self, index: int) -> list[int]:
        return self.syntax.all(index, "poss", "compound", "nmod", "npadvmod")

    def _is_day(self, index: int) -> bool:
        return self.tokens[index].lemma.lower() in WEEKDAYS

    def _days(self, index: int) -> frozenset[str]:
        """Return the weekdays that stand with a noun or with the verb above it."""
        verb = self.tokens[index].head
        beside = [*self._near(index), *self.syntax.all(verb, "npadvmod")]
        for prep in [*self.syntax.all(index, "prep"), *self.syntax.all(verb, "prep")]:
            if self.tokens[prep].lemma == "on":
                beside += self.syntax.all(prep, "pobj")
        return frozenset(self.tokens[i].lemma for i in beside if self._is_day(i))

    def _told(self, index: int, determiner: int | None) -> int:
        """Return the verb of the sentence before, if "that meeting" takes up what it tells."""
        if determiner is None or self.tokens[determiner].lemma != "that":
            return -1
        before = self.syntax.sentence(index).start - 1
        if before < 0:
            return -1
        root = next(i for i in self.syntax.sentence(before) if self.tokens[i].dep == "ROOT")
        return root if self.tokens[root].lemma in words("occasions", "verbs") else -1

    def _is_loose(self, index: int, first: int) -> bool:
        """Tell talks that somebody wants or that wait for something from those that there were."""
        bare = first == index and self.tokens[index].tag == "NNS" and not any(self._company(index))
        if not bare or self.syntax.child(index, "det", "poss") is not None:
            return False
        verb = next((i for i in self.syntax.ancestors(index) if self.tokens[i].pos == "VERB"), None)
        if verb is None:
            return False
        marks = {self.tokens[i].lemma for i in self.syntax.all(verb, "mark")}
        return self.syntax.has_to(verb) or bool(marks & {"before", "until", "if", "unless"})

    def _is_vague(self, index: int, lemma: str, described: bool, definite: bool) -> bool:
        if lemma == "call":
            # "calls for reform" are no telephone calls.
            behind = {self.tokens[c].lemma for c in self.syntax.all(index, "prep")}
            return "for" in behind or not ({"with", "between"} & behind or definite)
        if self.tokens[index].tag == "NN" and lemma == "talk":
            return True
        if lemma == "reception" and self._is_figurative(index):
            return True
        if lemma in words("event_parts", "common"):
            # "a dinner hosted by the king" is one of a kind, too
            hosted = any(
                self.syntax.child(child, "agent") is not None
                for child in self.syntax.all(index, "acl")
            )
            return not (described or definite or hosted)
        return lemma in words("event_parts", "vague") and not described

    def _is_figurative(self, index: int) -> bool:
        """Tell "a frosty reception" from one to which guests are asked."""
        return any(
            self.tokens[child].lemma in words("event_parts", "tempers")
            for child in self.syntax.all(index, "amod")
        )

    def _premodifiers(self, index: int) -> tuple[int, list[str]]:
        """Return where the mention starts and the lower-case words before its head."""
        first, found = index, []
        at = index - 1
        while at >= 0 and at not in self.owner:
            token = self.tokens[at]
            hyphen = token.text in ("-", "–") and at > 0 and self.tokens[at - 1].pos != "PUNCT"
            modifies = self._modifies(at, index)
            if not (modifies or (hyphen and first == at + 1)):
                break
            if not hyphen:
                found.append(token.text.lower())
            first = at
            at -= 1
        while first < index and self.tokens[first].text in ("-", "–"):
            first += 1
        return first, found[::-1]

    def _modifies(self, at: int, index: int) -> bool:
        token = self.tokens[at]
        if token.pos not in ("NOUN", "ADJ", "PROPN", "NUM", "VERB", "ADV"):
            return False
        if token.ner.endswith(("DATE", "ORDINAL")) and token.pos != "NUM":
            return False
        if token.lemma in ("first", "second", "own", "other", "several", "such", "last", "next"):
            return False
        return token.dep in _MODIFIERS and index in self.syntax.ancestors(at)

    def _company(self, index: int) -> tuple[frozenset[str], frozenset[str]]:
        """Return the ids of the actors and of the places named in the phrase of the noun."""
        actors, places = set(), set()
        near = self.syntax.all(index, "poss", "compound", "amod", "nmod")
        near += [i for i in self.syntax.all(index, "prep") if self.tokens[i].lemma in _WITH_WHOM]
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if after is not None and after.dep == "prep" and after.lemma in _RIGHT_BEHIND:
            near.append(index + 1)
        kinds = groups_of_words("events")
        for child in near:
            if any(self.tokens[noun].lemma in kinds for noun in self.syntax.all(child, "pobj")):
                continue  # "talks at the Lima summit"
            for inner in self.syntax.subtree(child):
                entity = self.owner.get(inner)
                if entity is None or self.tokens[inner].sentence != self.tokens[index].sentence:
                    continue
                prep = self.tokens[child].lemma if self.tokens[child].dep == "prep" else ""
                if prep in ("in", "at") and entity.type in ("Place", "Country"):
                    places.add(entity.name)
                elif not prep and entity.type == "Place":
                    if entity.name in towns():
                        places.add(entity.name)  # "the Paris meeting"
                else:
                    actors.add(entity.id)
        return frozenset(actors), frozenset(places)

    def name_of(self, occasion: _Occasion) -> str:
        """Return a readable name: the fullest mention with its place."""

        def fullness(mention: _Mention) -> tuple[bool, int, int]:
            return mention.named, mention.span.end - mention.span.start, -mention.index

        name = max(occasion.mentions, key=fullness).span.of(self.doc.text)
        place = next((p for m in occasion.mentions for p in sorted(m.places)), None)
        return f"{name} in {place}" if place and place not in name else name


def _timing(modifiers: set[str]) -> str:
    if modifiers & words("event_parts", "ongoing"):
        return "ongoing"
    return "upcoming" if modifiers & words("modifiers", "planned") else ""


def _by_preference(occasions: list[_Occasion], mention: _Mention) -> list[_Occasion]:
    """Return the candidates: same day first, same topic, same place, then same word, then near."""

    def rank(numbered: tuple[int, _Occasion]) -> tuple[bool, bool, bool, bool, int]:
        number, occasion = numbered
        return (
            bool(mention.day and mention.day in occasion.all("days")),
            bool(mention.modifiers & occasion.all("modifiers")),
            bool(mention.places and mention.places & occasion.all("places")),
            any(m.lemma == mention.lemma for m in occasion.mentions),
            occasion.mentions[-1].index * 1000 + number,
        )

    return [o for _, o in sorted(enumerate(occasions), key=rank, reverse=True)]


def _fits(occasion: _Occasion, mention: _Mention) -> bool:
    """Tell whether a mention can mean this occasion: kind, topic, time, place and company."""
    if occasion.mentions[0].kind != mention.kind:
        return False
    if mention.above & {m.index for m in occasion.mentions}:
        return False  # "a meeting at the summit" is not the summit
    if "table" in mention.lemma:
        return any(m.lemma in ("negotiation", mention.lemma) for m in occasion.mentions)
    if occasion.mentions[-1].index < mention.told:
        return False  # "Novak had received Berg in May. That meeting": no other told of before
    if mention.day and occasion.all("days") and mention.day not in occasion.all("days"):
        return False
    if mention.lemma not in {m.lemma for m in occasion.mentions}:
        if all(m.loose for m in occasion.mentions):
            return False
        if mention.lemma in _SPOKEN and any(m.named for m in occasion.mentions):
            return False  # "the talks" are what somebody held at the Lima Conference, not it
    known = occasion.all("modifiers")
    timings = {m.timing for m in occasion.mentions}
    if mention.timing == "ongoing" and "ongoing" not in timings:
        return False
    if mention.timing == "upcoming" and "ongoing" in timings:
        return False
    if "ongoing" in timings and mention.timing != "ongoing" and not mention.definite:
        return False
    places = occasion.all("places")
    apart = mention.places and places and not mention.places & places
    if apart and mention.lemma != "summit" and not _is_venue(mention, occasion):
        return mention.definite and bool(mention.modifiers & known)
    company = occasion.all("others")
    if mention.others and company and not mention.others & company:
        return False
    convened = mention.lemma in _CONVENED and all(
        other.lemma not in _CONVENED for other in occasion.mentions
    )
    if convened and (mention.others - company or mention.places - places):
        return False  # "the G20 summit in Rome" is not the meeting that was spoken of before
    if mention.modifiers:
        # The topic has to be known already, unless the occasion has been a bare "talks" so far.
        return mention.modifiers <= known or (not known and _bare(occasion, mention))
    if mention.definite:
        return True
    if mention.places & places:
        return True
    return bool(mention.others & company) and any(
        m.lemma == mention.lemma for m in occasion.mentions
    )


def _is_venue(mention: _Mention, occasion: _Occasion) -> bool:
    """Tell "the meeting at the palace", which can be the meeting in Lima, from one in Oslo."""
    again = mention.definite and mention.lemma == occasion.mentions[-1].lemma
    return again and all(
        venues()[place] in occasion.all("places") if place in venues() else place not in towns()
        for place in mention.places
    )


def _bare(occasion: _Occasion, mention: _Mention) -> bool:
    """Tell whether an occasion without topic may take one: nothing else tells the two apart."""
    return not occasion.all("others") and (
        mention.definite or any("table" in m.lemma for m in occasion.mentions)
    )
