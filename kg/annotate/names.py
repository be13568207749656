"""People, and the organizations and places that the tables miss.

The parser's guesses are mended by the tables (titles, officials) and by the document as a whole:
a surname that is a person once is that person throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kg.annotate.credits import credits_in
from kg.annotate.guesses import Guess, guesses
from kg.annotate.lookup import Entry, Trie, fold, officials, region_adjectives
from kg.annotate.titles import titles_in
from kg.annotate.votes import KINDS, Votes, feature_after, given_names
from kg.data import lists
from kg.model import Document, Entity, EntityType, Mention, Span
from kg.syntax import Syntax

_PARTICLES = frozenset(
    "al el bin ibn abu van von der den de la du da dos di del le ben ter ten zu".split()  # noqa: SIM905
)
_PRODUCT = re.compile(r"[A-Z]{1,2}-\d+\w*")  # "S-400"
_CONTENT = frozenset({"PROPN", "NOUN", "ADJ", "X", "ADP", "VERB", "INTJ"})


@dataclass(frozen=True)
class Names:
    """People, and organizations and places that the tables do not know."""

    name: ClassVar[str] = "names"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        officials()
        given_names()

    def __call__(self, doc: Document) -> Document:
        """Return the document with its named entities, ids in the order of first mention."""
        return doc.but(entities=_Reader(doc).read())


class _Reader:
    """One document's names.

    ``taken`` maps tokens to the entities that the tables found, ``words`` holds the tokens of
    names found here.
    """

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.syntax = Syntax(doc.tokens)
        self.cues = lists("names")["votes"]
        self.taken = {
            index: entity
            for entity in doc.entities
            for mention in entity.mentions
            for index in self.syntax.within(mention.span)
        }
        self.titles = titles_in(doc, self.syntax)
        self.title_words = {
            index
            for first, (last, row) in self.titles.items()
            if not row.in_name
            for index in range(first, last + 1)
        }
        credited = list(credits_in(doc.text))
        self.guesses = [
            cut
            for guess in guesses(doc)
            if not any(span.covers(guess.span) for span in credited)
            for cut in self._cut(guess)
        ]
        self.votes = Votes(doc, self.syntax, self.titles)
        self.votes.count(self.guesses)
        self.found: dict[Span, EntityType] = {}
        self.words: set[int] = set()

    def read(self) -> tuple[Entity, ...]:
        """Return all entities, old and new."""
        for match in officials().find(self.doc.text):
            self._official(match.span)
        for guess in self.guesses:
            self._full_person(guess)
        for span in [*self._titled(), *self._speaking()]:
            self._add(span, "Person")
        short = self._short_names()
        for match in short.find(self.doc.text):
            self._short_person(match.span)
        for guess in self.guesses:
            self._vote(guess)
        self._rules_of_people()
        self._short_bodies()
        return self._entities()

    # ------------------------------------------------------------ candidates

    def _cut(self, guess: Guess) -> Iterator[Guess]:
        """Yield the guess without titles at its edges; nothing if it is only a title."""
        if guess.label not in (*KINDS, "PRODUCT", "NORP"):
            return
        first, last = guess.first, guess.last
        if (
            first < last
            and self.tokens[first].text.islower()
            and self.tokens[first + 1].text == "-"
        ):
            first += 2
        while first <= last and first in self.title_words:
            first += 1
        if first > guess.first and guess.label == "ORG":
            return
        while last >= first and last in self.title_words:
            last -= 1
        if last < guess.last and guess.label != "PERSON":
            return
        if self.tokens[guess.last].text.lower() in self.cues["facility"]:
            first = guess.first
        last = self._before_city(first, last) if guess.label == "ORG" else last
        if guess.label in ("GPE", "LOC", "FAC"):
            while last > first and self.tokens[last].text.islower():
                last -= 1
        if guess.label == "ORG":
            first = self._behind_adjective(first, last)
        if guess.label == "ORG" and first == last and _PRODUCT.fullmatch(self.tokens[first].text):
            return
        if last - first > 1 and self._behind_honorific(first + 1):
            first += 1
        if guess.label == "PERSON" and first > 0 and self._joins(first - 1, first):
            first -= 1
        while last + 1 < len(self.tokens) and self._joins(last, last + 1):
            last += 1
        if first > last or not any(
            c.isalpha() for c in self.syntax.span(first, last).of(self.doc.text)
        ):
            return
        yield Guess(first, last, guess.label, self.syntax.span(first, last))

    def _before_city(self, first: int, last: int) -> int:
        """Cut "in Heidelberg" from "Institute for Research in Heidelberg"."""
        for index in range(first + 1, last):
            place = self.taken.get(index + 1)
            if self.tokens[index].text == "in" and place is not None and place.type == "Place":
                return index - 1
        return last

    def _joins(self, index: int, following: int) -> bool:
        """Tell whether a neighbour the parser left out belongs to the name: "Nikos" "Vlachos"."""
        outside = [i for i in (index, following) if not self.tokens[i].ner]
        return (
            self.tokens[index].dep == "compound"
            and self.tokens[index].head >= following
            and all(
                self.tokens[i].pos == "PROPN"
                and self.tokens[i].text[:1].isupper()
                and i not in self.taken
                and i not in self.title_words
                and i not in self.titles
                for i in outside
            )
            and len(outside) == 1
        )

    def _behind_adjective(self, first: int, last: int) -> int:
        """Skip "French bank" in "French bank Credit Lyonnais"."""
        after = first
        while after <= last and after in self.taken and self.taken[after].type == "Country":
            after += 1
        if after == first or after > last or self.tokens[after].text[:1].isupper():
            return first
        while after <= last and not self.tokens[after].text[:1].isupper():
            after += 1
        return after

    # ------------------------------------------------------------ finding

    def _add(self, span: Span, kind: EntityType, *, over: bool = False) -> bool:
        """Note a name unless its words belong to another; ``over`` outranks the tables."""
        inside = self.syntax.within(span)
        if any(index in self.words for index in inside):
            return False
        if not over and any(index in self.taken for index in inside):
            return False
        name = span.of(self.doc.text)
        if fold(name) in lists("names")["never"]["names"] or name in region_adjectives():
            return False
        self.found[span] = kind
        self.words.update(inside)
        return True

    def _official(self, span: Span) -> None:
        """Take the full name of a person in office, without a title that the table has in it."""
        inside = [i for i in self.syntax.within(span) if i not in self.title_words]
        if inside:
            self._add(self.syntax.span(inside[0], inside[-1]), "Person", over=True)

    def _full_person(self, guess: Guess) -> None:
        """Take what the parser calls a person by more than one word."""
        first, last = guess.first, guess.last
        if guess.label != "PERSON":
            return
        while first < last and not self._may_start(first):
            first += 1
        if first == last:
            return
        name = self.syntax.span(first, last).of(self.doc.text)
        if self.votes.kind(guess.span.of(self.doc.text)) != "Person" and not self._behind_title(
            first
        ):
            return
        if not self._may_start(first) or not any(word[:1].isupper() for word in name.split()):
            return
        if all(index in self.taken for index in range(first, last + 1)):
            return
        self._add(self.syntax.span(first, last), "Person", over=True)

    def _may_start(self, index: int) -> bool:
        word = self.tokens[index].text
        return word[:1].isupper() or word.lower() in _PARTICLES

    def _behind_title(self, index: int) -> bool:
        return any(last == index - 1 for last, row in self.titles.values() if row.before_name)

    def _titled(self) -> Iterator[Span]:
        """Yield runs of capitalized words right behind a title, with "Sir" and its like."""
        for start, (end, row) in self.titles.items():
            if not row.before_name or end + 1 >= len(self.tokens):
                continue
            last = self._run(end + 1)
            if last <= end:
                continue
            capital = self.tokens[start].text[:1].isupper()
            if row.in_name and not capital:
                continue
            yield self.syntax.span(start if row.in_name and last == end + 1 else end + 1, last)

    def _run(self, first: int) -> int:
        """Return the last token of the run of name words that starts here, or the one before."""
        index = first
        while index < len(self.tokens) and self._is_name_word(index, index == first):
            index += 1
        while index > first and not self.tokens[index - 1].text[:1].isupper():
            index -= 1
        return index - 1

    def _is_name_word(self, index: int, starts: bool) -> bool:
        token = self.tokens[index]
        if index in self.title_words or (index in self.taken and starts):
            return False
        if token.pos == "PROPN" and token.text[:1].isupper():
            return index not in self.taken and token.ner[2:] not in ("DATE", "TIME")
        if starts:
            return token.text.lower() in _PARTICLES and self._run(index + 1) > index
        return token.text in _PARTICLES or token.text == "-"

    def _speaking(self) -> Iterator[Span]:
        """Yield what looks like a full name right before a verb of saying: "Man-kei Tam said"."""
        for index, token in enumerate(self.tokens[:-1]):
            verb = self.tokens[index + 1]
            if verb.pos != "VERB" or verb.lemma not in self.cues["saying"]:
                continue
            first = index + 1
            while first > 0 and self._goes_back(first - 1):
                first -= 1
            name = range(first, index + 1)
            if (
                first < index
                and token.text not in self.cues["heads"]
                and not self.words & set(name)
            ):
                yield self.syntax.span(first, index)

    def _goes_back(self, index: int) -> bool:
        """Tell whether a token can belong to a full name that is read from its end."""
        token = self.tokens[index]
        if token.text == "-" or token.text in _PARTICLES:
            return True
        if index in self.taken or index in self.title_words or token.pos != "PROPN":
            return False
        return token.text[:1].isupper() or self.doc.text[token.span.start - 1] == "-"

    # ------------------------------------------------------------ short names

    def _short_names(self) -> Trie:
        """Return the surnames of the people found, with their particles ("von der Leyen")."""
        names = dict[str, None]()
        for span, kind in self.found.items():
            words = span.of(self.doc.text).split()
            if kind != "Person" or len(words) < 2:
                continue
            start = len(words) - 1
            while start > 1 and words[start - 1].lower() in _PARTICLES:
                start -= 1
            for name in (" ".join(words[start:]), words[-1]):
                if name[:1].isupper() or start < len(words) - 1:
                    names[name] = None
                    names[name[:1].upper() + name[1:]] = None
        return Trie((name, Entry("Person", name, "name")) for name in names)

    def _short_person(self, span: Span) -> None:
        inside = self.syntax.within(span)
        if not inside or self.tokens[inside[-1]].span.end != span.end:
            return
        if self.tokens[inside[0]].span.start != span.start or inside[-1] in self.title_words:
            return
        if self.tokens[inside[-1]].pos not in _CONTENT:
            return
        first = inside[0]
        while (
            first
            and (
                self.tokens[first - 1].text.lower() in _PARTICLES
                or self.tokens[first - 1].text in given_names()
            )
            and self.tokens[first - 1].pos == "PROPN"
        ):
            first -= 1
        for guess in self.guesses:
            if guess.last == inside[-1] and guess.last - 3 < guess.first < first:
                first = guess.first
        span = self.syntax.span(first, inside[-1])
        inside = self.syntax.within(span)
        taken = {self.taken[index].type for index in inside if index in self.taken}
        if taken and not self._acts_as_person(inside[-1]):
            return
        if self._inside_longer(span):
            return
        self._add(span, "Person", over=True)

    def _acts_as_person(self, index: int) -> bool:
        token = self.tokens[index]
        if token.ner.endswith("PERSON"):
            return True
        return token.dep == "nsubj" and self.tokens[token.head].lemma in self.cues["saying"]

    def _inside_longer(self, span: Span) -> bool:
        """Tell whether the surname is part of the longer name of a body or place."""
        for guess in self.guesses:
            if guess.span.covers(span) and guess.span != span:
                name = guess.span.of(self.doc.text)
                return guess.label != "PERSON" and self._names_body(name)
        return False

    def _names_body(self, name: str) -> bool:
        *_, word = name.split()
        return word in self.cues["heads"] or word.lower() in self.cues["facility"]

    # ------------------------------------------------------------ everything else

    def _vote(self, guess: Guess) -> None:
        name = guess.span.of(self.doc.text)
        kind = self.votes.kind(name)
        if kind is None or not any(word[:1].isupper() for word in re.split(r"[\s-]", name)):
            return
        inside = range(guess.first, guess.last + 1)
        nested = [index for index in inside if index in self.taken]
        if len(nested) == len(inside):
            return
        if kind == "Organization" and not self._is_organization(guess, nested):
            return
        span = guess.span
        if kind == "Place":
            span = self.syntax.span(guess.first, feature_after(self.tokens, guess.last))
        if kind == "Person" and self._behind_honorific(guess.first):
            span = self.syntax.span(guess.first - 1, guess.last)
        self._add(span, kind, over=kind == "Organization" or self._names_body(name))

    def _behind_honorific(self, index: int) -> bool:
        title = self.titles.get(index - 1)
        return title is not None and bool(title[1].in_name)

    def _is_organization(self, guess: Guess, nested: list[int]) -> bool:
        if nested and all(self.taken[index].type == "Organization" for index in nested):
            return False
        after = self.tokens[guess.last + 1] if guess.last + 1 < len(self.tokens) else None
        if after is not None and (after.pos == "NUM" or guess.last + 1 in self.title_words):
            return bool(nested) or after.pos != "NUM"
        words = guess.span.of(self.doc.text).split()
        if words[-1] in self.cues["other"] or (
            after is not None and after.text in self.cues["other"]
        ):
            return False
        if self._minister(guess) or (words[1:2] == ["of"] and words[0] not in self.cues["heads"]):
            return False
        return (
            guess.label in ("ORG", "PERSON")
            or words[-1] in self.cues["heads"]
            or words[0].isupper()
        )

    def _minister(self, guess: Guess) -> bool:
        """Tell whether the guess is the field of a minister: "Secretary of Transportation"."""
        if guess.first < 2 or self.tokens[guess.first - 1].lemma not in ("of", "for"):
            return False
        return self.tokens[guess.first - 2].lemma in ("secretary", "minister", "commissioner")

    def _rules_of_people(self) -> None:
        """Turn "Trump administration" into one body."""
        for span in [span for span, kind in self.found.items() if kind == "Person"]:
            inside = self.syntax.within(span)
            after = inside[-1] + 1
            if after < len(self.tokens) and self.tokens[after].text.lower() in self.cues["rule"]:
                del self.found[span]
                self.words.difference_update(inside)
                self._add(self.syntax.span(inside[0], after), "Organization", over=True)

    def _short_bodies(self) -> None:
        """Find "the Council", "Coalition forces": a capitalized noun that stands for a body.

        At the start of a sentence the capital says nothing, unless the word is one elsewhere.
        """
        known = {
            word
            for entity in self._entities()
            if entity.type == "Organization"
            for word in entity.name.split()
        }
        first = []
        for index, token in enumerate(self.tokens):
            if token.text not in self.cues["short"] or index in self.words or index in self.taken:
                continue
            after = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
            if after[:1].isupper():
                continue
            if index and self.tokens[index - 1].sentence == token.sentence:
                known.add(token.text)
                self._add(token.span, "Organization")
            else:
                first.append(token)
        for token in first:
            if token.text in known:
                self._add(token.span, "Organization")

    # ------------------------------------------------------------ result

    def _entities(self) -> tuple[Entity, ...]:
        """Merge what was there with what was found; one entity for each type and surface."""
        groups: dict[tuple[str, str], Entity] = {}
        for entity in self.doc.entities:
            kept = tuple(
                mention
                for mention in entity.mentions
                if not any(index in self.words for index in self.syntax.within(mention.span))
            )
            if kept:
                groups[entity.id, ""] = replace(entity, mentions=kept)
        for span, kind in self.found.items():
            name = re.sub(r"\s+", " ", span.of(self.doc.text))
            entity = groups.get((kind, name)) or Entity("", kind, name)
            groups[kind, name] = replace(entity, mentions=(*entity.mentions, Mention(span)))
        ordered = sorted(
            (
                replace(entity, mentions=tuple(sorted(entity.mentions)))
                for entity in groups.values()
            ),
            key=lambda entity: entity.mentions[0],
        )
        return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(ordered, 1))
