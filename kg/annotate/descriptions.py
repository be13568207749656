"""Descriptions that stand for a name: "the chancellor", "the alliance", "the two leaders"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.annotate.cataphora import Cataphora
from kg.annotate.mentions import with_mentions
from kg.annotate.pairs import Pairs
from kg.annotate.unnamed import with_unnamed_bodies
from kg.cues import words
from kg.model import Document, Entity, Mention, Office, Span
from kg.officials import in_office, leads, terms
from kg.syntax import Syntax

_NOBODY = ("no", "any", "every", "each")
_GENERIC = frozenset({"member", "head", "aide", "candidate"})  # titles of too many to be one


@dataclass(frozen=True)
class Descriptions:
    """Nominal mentions of people, countries and organizations, and people without a name.

    A singular title phrase ("the French president") is a mention of the person who holds that
    office in the text. If there is none but its body is named ("Jordan's foreign minister"), it
    is an unnamed person. The pipeline drops those that end up in no relation.
    """

    name: ClassVar[str] = "descriptions"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities", "offices")
    provides: ClassVar[tuple[str, ...]] = ("entities", "offices")

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with nominal mentions added."""
        doc = with_unnamed_bodies(doc)
        reader = _DescriptionReader(doc)
        added: dict[str, list[Mention]] = {}
        unnamed: dict[tuple[str, str], list[int]] = {}
        for index in range(len(doc.tokens)):
            for entity_id in reader.referents(index):
                added.setdefault(entity_id, []).append(Mention(reader.title(index), "nominal"))
            key = reader.unnamed(index)
            if key is not None:
                unnamed.setdefault(key, []).append(index)
        people, offices = [], []
        ids = doc.fresh_ids(len(unnamed))
        for entity_id, ((_, body), indexes) in zip(ids, unnamed.items(), strict=True):
            mentions = tuple(Mention(reader.title(index), "nominal") for index in indexes)
            people.append(Entity(entity_id, "Person", reader.label(indexes[0], body), mentions))
            if body:
                offices.append(Office(entity_id, reader.title(indexes[0]), body))
        doc = with_mentions(doc, added)
        return doc.but(entities=(*doc.entities, *people), offices=(*doc.offices, *offices))


class _DescriptionReader:
    """Reads the descriptions of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.tokens, self.syntax = doc, doc.tokens, Syntax.of(doc.tokens)
        actors = [entity for entity in doc.entities if entity.type not in ("Event", "Group")]
        self.owner = self.syntax.owners(actors)
        self.ahead = Cataphora(self.syntax, self.owner, doc.offices)
        self.in_title = {i for office in doc.offices for i in self.syntax.within(office.title)}
        self.heads_of: dict[str, set[str]] = {}
        self.bodies_of: dict[str, set[str]] = {}
        for office in doc.offices:
            if office.former:
                continue
            lemmas = {self.tokens[i].lemma for i in self.syntax.within(office.title)}
            self.heads_of.setdefault(office.person, set()).update(lemmas)
            if office.body:
                self.bodies_of.setdefault(office.person, set()).add(office.body)
        named = [
            (mention.span.start, entity.id, entity)
            for entity in actors
            for mention in entity.mentions
            if mention.kind == "name"
        ]
        self.by_position = [
            (start, entity) for start, _, entity in sorted(named, key=lambda entry: entry[:2])
        ]
        self.holders: dict[str, list[tuple[int, Entity]]] = {}
        for at, entity in self.by_position:
            if entity.type == "Person":
                for lemma in sorted(self.heads_of.get(entity.id, ())):
                    self.holders.setdefault(lemma, []).append((at, entity))
        self.pairs = Pairs(self.syntax, self.owner, self.by_position, self.heads_of)

    def title(self, index: int) -> Span:
        """Return the description without its article and without the names inside it."""
        first = index
        while first > 0 and self._describes(first - 1, index):
            first -= 1
        return Span(self.tokens[first].span.start, self.tokens[index].span.end)

    def _describes(self, index: int, noun: int) -> bool:
        token = self.tokens[index]
        if index in self.owner or token.text in (",", '"'):
            return False
        modifies = token.dep in ("amod", "compound", "nummod", "punct")
        return modifies and noun in self.syntax.ancestors(index)

    def label(self, index: int, body: str) -> str:
        """Return a readable name: "ambassador of Syria to the U.S. (unnamed)"."""
        title = self.title(index).of(self.doc.text)
        determiner = self.syntax.child(index, "det")
        if not body and determiner is not None and self.tokens[determiner].lemma == "the":
            return f"the {title}"
        of_body = f" of {self.doc.entity(body).name}" if body else ""
        return f"{title}{of_body}{self._destination(index)} (unnamed)"

    def _destination(self, index: int) -> str:
        """Return where an envoy is sent: " to the U.S."."""
        for prep in self.syntax.all(index, "prep"):
            if self.tokens[prep].lemma == "to" and prep == index + 1:
                inside = self.syntax.span(*self.syntax.edges(prep))
                return f" {inside.of(self.doc.text)}" if inside.end - inside.start < 40 else ""
        return ""

    def referents(self, index: int) -> list[str]:
        """Return the ids of the entities that the noun phrase headed here stands for."""
        token = self.tokens[index]
        if (
            index in self.owner
            or index in self.in_title
            or token.pos not in ("NOUN", "PROPN", "NUM")
        ):
            return []
        if token.dep in ("compound", "amod") or self._is_before_name(index):
            return []
        if self.pairs.is_pair(index):
            return self.pairs.of(index)
        if token.tag in ("NNS", "NNPS"):
            return self.ahead.members(index, self._body(index))
        if token.tag not in ("NN", "NNP"):
            return []
        if not self._is_definite(index):
            person = self._is_title(index) and self.ahead.holder(
                index, self._title_lemmas(index), self._body(index)
            )
            return [person] if person else []
        if self._is_title(index):
            person = self._holder(index)
            return [person] if person else []
        if token.lemma in words("descriptions", "country") and self._body(index) is None:
            people = self._people_behind(index)
            if people is not None:
                bodies = [body for person in people for body in sorted(self.bodies_of[person])]
                return bodies[:1]
            return self._latest(index, "Country")
        if token.lemma in words("descriptions", "alliance") and self._body(index) is None:
            return self._latest(index, "Organization", like=token.lemma)
        return []

    def _people_behind(self, index: int) -> list[str] | None:
        """Return whose government is meant, None if nobody's: "Novak's government", "his"."""
        for child in self.syntax.all(index, "poss", "compound"):
            owner = self.owner.get(child)
            if owner is not None and owner.type == "Person":
                return [owner.id] if owner.id in self.bodies_of else []
            if self.tokens[child].text.lower() in ("his", "her"):
                start = self.tokens[child].span.start
                before = [entity.id for at, entity in self.by_position if at < start]
                return [person for person in reversed(before) if person in self.bodies_of][:1]
        return None

    def unnamed(self, index: int) -> tuple[str, str] | None:
        """Return title and body if a person without a name is meant here."""
        token = self.tokens[index]
        if index in self.owner or index in self.in_title or token.tag not in ("NN", "NNP"):
            return None
        if token.dep in ("compound", "amod", "attr", "appos") or self._is_before_name(index):
            return None
        if token.dep == "pobj" and self.tokens[token.head].lemma == "as":
            return None  # "sworn in as prime minister" is what somebody is, not somebody else
        if any(child in self.owner for child in self.syntax.all(index, "appos")):
            return None  # "the Iranian general, Qasem Soleimani" has his name
        if not self._is_title(index) or self.referents(index):
            return None
        determiner = self.syntax.child(index, "det")
        if determiner is not None and self.tokens[determiner].lemma in _NOBODY:
            return None
        body = self._body(index)
        if body is None and not self._acts(index, determiner):
            return None
        return token.lemma, body or ""

    def _acts(self, index: int, determiner: int | None) -> bool:
        """Tell "the mediator" and "a spokesperson said" from an office in general."""
        if determiner is None:
            return False
        is_subject = self.tokens[index].dep in ("nsubj", "nsubjpass", "agent")
        return self.tokens[determiner].lemma == "the" or is_subject

    # ------------------------------------------------------------ people by title
    def _is_title(self, index: int) -> bool:
        return self.tokens[index].lemma in words("offices", "heads") - _GENERIC

    def _is_definite(self, index: int) -> bool:
        return self.syntax.is_definite(index) or self.tokens[index].pos == "PROPN"

    def _is_before_name(self, index: int) -> bool:
        return index + 1 in self.owner and self.tokens[index + 1].pos == "PROPN"

    def _holder(self, index: int) -> str | None:
        """Return the latest person whose office has this head, and this body if one is named."""
        body = self._body(index)
        lemma = self.tokens[index].lemma
        start = self.tokens[index].span.start
        wanted = self._title_lemmas(index)
        company = self._states_around(index) if body is None else set()
        for at, entity in reversed(self.holders.get(lemma, [])):
            if at >= start:
                continue
            if body is not None and body not in self.bodies_of.get(entity.id, {body}):
                continue
            if len(wanted) > 1 and not wanted <= self.heads_of[entity.id]:
                continue
            if company and not company & self.bodies_of.get(entity.id, company):
                continue  # "Senator Berg, whom the president nominated" is in one state with him
            if (self.heads_of[entity.id] - wanted) & words("offices", "deputies"):
                continue  # "the minister" is not the deputy minister
            return entity.id
        return self._known_holder(body, wanted)

    def _known_holder(self, body: str | None, wanted: set[str]) -> str | None:
        """Return the person of the text who, by the table, led that state at the article's date."""
        if body is None or self.doc.date is None:
            return None
        state, day = self.doc.entity(body).iso3, self.doc.date
        if state is None:
            return None
        found = {
            entity.id
            for _, entity in self.by_position
            if entity.type == "Person"
            and any(
                term.country == state and in_office(term, day) and leads(term, wanted)
                for term in terms(entity.name, day)
            )
        }
        return found.pop() if len(found) == 1 else None

    def _title_lemmas(self, index: int) -> set[str]:
        return {
            self.tokens[i].lemma
            for i in self.syntax.within(self.title(index))
            if self.tokens[i].pos in ("NOUN", "PROPN", "ADJ")
        }

    def _states_around(self, index: int) -> set[str]:
        """Return the bodies of the office holders named before in the same sentence."""
        sentence, start = self.tokens[index].sentence, self.tokens[index].span.start
        named = {
            entity.id
            for at, entity in self.by_position
            if at < start and self.tokens[self.syntax.at(at)].sentence == sentence
        }
        return {body for person in sorted(named) for body in self.bodies_of.get(person, ())}

    def _body(self, index: int) -> str | None:
        """Return the country or organization that the phrase names: "Jordan's", "of the party"."""
        removed = self._is_removed(index)  # "withdrew its envoy from Peru": not Peru's envoy
        for i in self.syntax.companions(index, "of", *(() if removed else ("from",)), "at"):
            entity = self.owner.get(i)
            if entity is not None and entity.type in ("Country", "Organization"):
                return entity.id
        return None

    def _is_removed(self, index: int) -> bool:
        token = self.tokens[index]
        verb = self.syntax.lemma(token.head)
        return token.dep in ("dobj", "nsubjpass") and verb in words("descriptions", "removing")

    # ------------------------------------------------------------ bodies
    def _latest(self, index: int, kind: str, like: str = "") -> list[str]:
        """Return the last of that type named before; one whose name has the word, if one has."""
        start = self.tokens[index].span.start
        before = [entity for at, entity in self.by_position if at < start and entity.type == kind]
        alike = [entity for entity in before if like and like in entity.name.lower()]
        if like in words("descriptions", "named") or alike:
            before = alike
        return [before[-1].id] if before else []
