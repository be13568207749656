"""Which entities a phrase stands for when it fills a slot of a clause."""

from __future__ import annotations

from kg.cues import words
from kg.model import Document, Entity, EntityType, Span
from kg.syntax import Syntax

_BELOW = ("poss", "compound", "amod", "nmod")
_LISTING = ("include", "including", "comprise", "comprising")
_OPENING = (",", ":", "—", "–", "-", "(")
_BETWEEN = (*_OPENING, "and", "the", ";", "namely")
_SOME = ("a", "an", "many", "some", "several", "few", "most", "other", "no", "another")
_NAMING = ("know", "call", "name", "dub", "style")
_DEPTH = 4


class Arguments:
    """Resolves argument heads of one document to entity ids."""

    def __init__(self, doc: Document) -> None:
        self.tokens, self.syntax = doc.tokens, Syntax.of(doc.tokens)
        self.entities: dict[str, Entity] = {entity.id: entity for entity in doc.entities}
        self._at: dict[int, list[tuple[int, str]]] = {}
        self._parties: dict[str, set[str]] = {}
        for entity in doc.entities:
            for mention in entity.mentions:
                inside = self.syntax.within(mention.span)
                head = self.syntax.root_of(mention.span) if len(inside) else -1
                for index in inside:
                    # A phrase is known by its head; a name by each of its words.
                    if index == head or mention.kind == "name":
                        self._at.setdefault(index, []).append((len(inside), entity.id))
        openings = self.syntax.openings(e for e in doc.entities if e.type != "Event")
        self._named_at = {at: (last, entity.id) for at, (last, entity) in openings.items()}
        for found in self._at.values():
            found.sort(key=lambda entry: entry[0])

    def type_of(self, entity_id: str) -> EntityType:
        """Return the type of an entity."""
        return self.entities[entity_id].type

    def of_span(self, span: Span) -> list[str]:
        """Return the ids of the entities that the phrase headed by this word stands for."""
        return self.of(self.syntax.at(span.start))

    def of(self, index: int, depth: int = 0) -> list[str]:
        """Return entity ids for an argument head, best reading first."""
        if depth > _DEPTH:
            return []
        delegates = self._delegates(index, depth)
        if delegates:
            return delegates
        named = self._named_behind(index, depth)
        direct = self._at.get(index)
        if direct and not (named and self.type_of(direct[0][1]) == "Group"):
            # A phrase of several groups ("U.S. and Russian officials") stands for all of them.
            size = direct[0][0]
            found = [eid for length, eid in direct if length == size]
            if len(found) > 1 and self._is_of_one_body(index):
                self._parties.setdefault(found[0], set()).update(found)
            if self.type_of(found[0]) == "Country" and self._are_some(index):
                return []
            if self.type_of(found[0]) == "Group":
                listed = self._listed(index, depth)
                self._parties.setdefault(found[0], set()).update(listed)
                found += listed
            return list(dict.fromkeys(found))
        if named:
            return named
        token = self.tokens[index]
        if token.lemma in words("groups", "states"):
            # "Iran's government", "the Iranian authorities"
            owners = self._owners(index, depth + 1)
            return [entity for entity in owners if self.type_of(entity) == "Country"]
        if token.lemma == "office":  # "Miller's office" speaks for him
            return [
                e for child in self.syntax.all(index, "poss") for e in self.of(child, depth + 1)
            ]
        if token.lemma in words("groups", "counting") or token.pos == "NUM":
            for prep in self.syntax.all(index, "prep"):
                if self.tokens[prep].lemma == "of":
                    return [e for n in self.syntax.all(prep, "pobj") for e in self.of(n, depth + 1)]
        return []

    def _named_behind(self, index: int, depth: int) -> list[str]:
        """Return who is named in apposition: "both envoys, Farid Nazari and Olga Sokolova"."""
        for child in self.syntax.all(index, "appos"):
            found = [e for i in self.syntax.conjuncts(child) for e in self.of(i, depth + 1)]
            if found:
                return list(dict.fromkeys(found))
        return self._called(index, depth) or self._enumerated(index)

    def _called(self, index: int, depth: int) -> list[str]:
        """Return who is named by a participle: "the group known as the White Helmets"."""
        for participle in self.syntax.all(index, "acl"):
            if self.tokens[participle].lemma not in _NAMING:
                continue
            nouns = self.syntax.all(participle, "oprd", "dobj", "attr")
            for prep in self.syntax.all(participle, "prep"):
                nouns += self.syntax.all(prep, "pobj")
            found = [e for noun in nouns for e in self.of(noun, depth + 1)]
            if found:
                return found
        return []

    def _enumerated(self, index: int) -> list[str]:
        """Return the names of "three states: Chile, Peru, ...": as many as are counted.

        Read word by word, since parsers lose themselves in long enumerations.
        """
        number = self.syntax.count(index)
        if number is None or index + 1 not in range(len(self.tokens)):
            return []
        at, found = index + 1, list[str]()
        if self.tokens[at].text not in _OPENING:
            return []
        while at < len(self.tokens) and len(found) < number:
            token = self.tokens[at]
            named = self._named_at.get(at)
            if named is not None:
                found.append(named[1])
                at = named[0]
            elif token.text.lower() not in _BETWEEN and token.pos != "SPACE":
                return []
            at += 1
        return found if len(set(found)) == number and self._ends(at) else []

    def _ends(self, at: int) -> bool:
        """Tell the end of an enumeration from a name that goes on: "and Congo-Brazzaville"."""
        if at >= len(self.tokens):
            return True
        return not (
            self.tokens[at].text.lower() in ("and", "or", "'s", "’s", "-")
            or (self.tokens[at].text == "," and at + 1 in self._named_at)
        )

    def _are_some(self, index: int) -> bool:
        """Tell "two Russians" and "a Russian", who are not Russia, from "the Russians"."""
        return any(
            self.tokens[child].dep == "nummod" or self.tokens[child].lemma in _SOME
            for child in self.syntax.all(index, "nummod", "amod", "det", "predet")
        )

    def _is_of_one_body(self, index: int) -> bool:
        """Tell "two Chilean officials", who side together, from "the two leaders"."""
        before = self.syntax.within(self.syntax.premodified(index))
        bodies = {
            eid
            for i in before
            if i != index
            for _, eid in self._at.get(i, ())
            if self.type_of(eid) in ("Country", "Organization")
        }
        return len(bodies) == 1

    def are_of_one_party(self, one: str, other: str) -> bool:
        """Tell a group and those whom the text counts among it from two that face each other."""
        return any({one, other} <= {group, *some} for group, some in self._parties.items())

    def _listed(self, index: int, depth: int) -> list[str]:
        """Return whom the text counts among a group: "leaders, who included Novak and Horak"."""
        nouns: list[int] = []
        for child in self.syntax.all(index, "prep", "relcl", "acl"):
            lemma = self.tokens[child].lemma
            if lemma in _LISTING:
                nouns += self.syntax.all(child, "pobj", "dobj")
            elif lemma == "as" and any(
                self.tokens[c].lemma == "such" for c in self.syntax.children[child]
            ):
                nouns += self.syntax.all(child, "pobj")
        members = [
            e for n in nouns for i in self.syntax.conjuncts(n) for e in self.of(i, depth + 1)
        ]
        return [e for e in members if self.type_of(e) in ("Person", "Country", "Organization")]

    def belonging(self, span: Span) -> list[str]:
        """Return the entities that a phrase belongs to: "British troops" -> Britain."""
        index = self.syntax.at(span.start)
        own = self.entities[self.of(index)[0]] if self.of(index) else None
        if own is not None and own.of is not None:
            return [own.of]
        if self.tokens[index].lemma.lower() not in words("sites", "nouns"):
            return self._owners(index)
        named = [e for e in self._behind(index, "of") if self.type_of(e) == "Place"]
        return named or self._owners(index) or self._surroundings(index)

    def _surroundings(self, index: int) -> list[str]:
        """Return where a site lies: "a barracks in northern Mali" -> Mali."""
        return self._behind(index, *words("sites", "prepositions"))

    def _behind(self, index: int, *prepositions: str) -> list[str]:
        """Return the places that prepositions tie to a noun, or stand right behind it."""
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        next_ = [index + 1] if after is not None and after.dep == "prep" else []
        for prep in dict.fromkeys([*self.syntax.all(index, "prep"), *next_]):
            if self.tokens[prep].lemma in prepositions:
                found = [e for n in self.syntax.all(prep, "pobj") for e in self._located(n)]
                if found:
                    return found
        return []

    def _located(self, index: int) -> list[str]:
        """Return a place, also behind "the province of" and "parts of"."""
        found = [e for e in self.of(index) if self.type_of(e) in ("Place", "Country")]
        return found or [e for e in self._owners(index) if self.type_of(e) in ("Place", "Country")]

    def is_site(self, span: Span) -> bool:
        """Tell whether a phrase names a building, a post or a piece of land."""
        return self.head_lemma(span) in words("sites", "nouns")

    def _owners(self, index: int, depth: int = 0) -> list[str]:
        """Return what stands before a noun or behind its "of"."""
        found: list[str] = []
        for child in self.syntax.children[index]:
            if self.tokens[child].dep in _BELOW:
                found += self.of(child, depth)
            elif self.tokens[child].dep == "prep" and self.tokens[child].lemma == "of":
                found += [e for n in self.syntax.all(child, "pobj") for e in self.of(n, depth)]
        return list(dict.fromkeys(found))

    def behind(self, span: Span, preposition: str) -> list[Span]:
        """Return the heads of what a preposition ties to a noun: "ties with Laos" -> Laos.

        Also one noun further on: "a memorandum of understanding with Laos", "a million dollars in
        aid to Laos".
        """
        noun = self.syntax.at(span.start)
        prepositions = self.syntax.all(noun, "prep")
        for participle in self.syntax.all(noun, "acl"):
            if self.tokens[participle].tag == "VBN":  # "sanctions imposed on Laos"
                prepositions += self.syntax.all(participle, "prep")
        for prep in tuple(prepositions):
            if self.tokens[prep].lemma in ("of", "in", "worth"):
                for noun in self.syntax.all(prep, "pobj"):
                    prepositions += self.syntax.all(noun, "prep")
        return [
            self.tokens[member].span
            for prep in prepositions
            if self.tokens[prep].lemma == preposition
            for noun in self.syntax.all(prep, "pobj")
            for member in self.syntax.conjuncts(noun)
        ]

    def head_lemmas(self, span: Span) -> set[str]:
        """Return what an argument may be called: its head, also with the noun before it.

        Where the head only counts, what is counted as well: "tons of grain".
        """
        index = self.syntax.at(span.start)
        head = self.tokens[index]
        found = {head.lemma.lower()}
        for child in self.syntax.all(index, "compound"):
            found.add(f"{self.tokens[child].lemma} {head.lemma}".lower())  # "press conference"
        if head.lemma in words("groups", "counting") or head.pos == "NUM":
            for prep in self.syntax.all(index, "prep"):
                if self.tokens[prep].lemma == "of":
                    found |= {self.tokens[n].lemma.lower() for n in self.syntax.all(prep, "pobj")}
        return found

    def head_lemma(self, span: Span) -> str:
        """Return the lemma of an argument head, in small letters ("Syrian Army" -> "army")."""
        return self.tokens[self.syntax.at(span.start)].lemma.lower()

    def _delegates(self, index: int, depth: int) -> list[str]:
        """Read "leaders of Germany, Italy and Spain" as the countries that are listed."""
        token = self.tokens[index]
        if token.lemma not in words("groups", "delegates"):
            return []
        for prep in self.syntax.all(index, "prep"):
            if self.tokens[prep].lemma not in ("from", "of"):
                continue
            listed = [i for n in self.syntax.all(prep, "pobj") for i in self.syntax.conjuncts(n)]
            # Parsers often hang the rest of the list on the leaders themselves.
            listed += [i for i in self.syntax.conjuncts(index) if i > prep and i not in listed]
            bodies = [e for i in listed for e in self.of(i, depth + 1) if self._is_body(e)]
            several = token.tag in ("NNS", "NNPS") or self.tokens[prep].lemma == "from"
            if len(set(bodies)) > 1 and several:
                return list(dict.fromkeys(bodies))
        return []

    def _is_body(self, entity_id: str) -> bool:
        return self.type_of(entity_id) in ("Country", "Organization")
