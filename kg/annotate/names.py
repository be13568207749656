"""People, and the organizations and places that the tables miss.

The parser's guesses are mended by the tables (titles, officials) and by the document as a whole:
a surname that is a person once is that person throughout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kg.annotate.candidates import candidates
from kg.annotate.guesses import Guess
from kg.annotate.lookup import leaders, officials
from kg.annotate.naming import Naming
from kg.annotate.people import People
from kg.annotate.titles import titles
from kg.annotate.votes import Votes, feature_after, given_names
from kg.data import lists
from kg.model import Document, EntityType, Span, Token

_BODY: EntityType = "Organization"
_ACRONYM = re.compile(r"\s?\(([A-Z]{2,7})\)")


@dataclass(frozen=True)
class Names:
    """People, and organizations and places that the tables do not know."""

    name: ClassVar[str] = "names"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")
    provides: ClassVar[tuple[str, ...]] = ("entities",)

    def warm_up(self) -> None:
        """Read the tables now rather than at the first document."""
        officials()
        leaders()
        given_names()
        titles()

    def __call__(self, doc: Document) -> Document:
        """Return the document with its named entities, ids in the order of first mention."""
        naming = Naming(doc)
        found = candidates(naming)
        votes = Votes(doc, naming.syntax, naming.titles)
        votes.count(found)
        People(naming, found, votes).find()
        _Others(naming, votes).find(found)
        return doc.but(entities=naming.entities())


class _Others:
    """Bodies, places and single-word people, by the votes of all their occurrences."""

    def __init__(self, naming: Naming, votes: Votes) -> None:
        self.naming = naming
        self.tokens = naming.tokens
        self.votes = votes
        self.cues = lists("names")["votes"]

    def find(self, guesses: Sequence[Guess]) -> None:
        """Note what is not yet named."""
        for guess in guesses:
            self._elect(guess)
        self._named_after_people()
        self._acronyms()
        self._short_bodies()

    def _elect(self, guess: Guess) -> None:
        """Note a candidate as what the document as a whole takes it for."""
        name = guess.span.of(self.naming.doc.text)
        kind = self.votes.kind(name)
        if kind is None or not any(word[:1].isupper() for word in re.split(r"[\s-]", name)):
            return
        nested = [i for i in range(guess.first, guess.last + 1) if i in self.naming.taken]
        if len(nested) == guess.last + 1 - guess.first:
            return
        if kind == _BODY and not self._is_body(guess, nested):
            return
        first, last = guess.first, guess.last
        if kind == "Place" and first == last and self.tokens[first].pos == "ADJ":
            return  # "Himalayan"
        if kind == "Place":
            last = feature_after(self.tokens, last)
        if kind == "Person" and self.naming.behind_honorific(first):
            first -= 1
        final = self.tokens[guess.last].text
        built = final in self.cues["heads"] or final.lower() in self.cues["facility"]
        span = self.naming.syntax.span(first, last)
        self.naming.add(span, kind, over=kind == _BODY or built)

    def _is_body(self, guess: Guess, nested: Sequence[int]) -> bool:
        """Tell whether a candidate for an organization is one."""
        if nested and all(self.naming.taken[index].type == _BODY for index in nested):
            return False
        words = guess.span.of(self.naming.doc.text).split()
        after = self._after(guess.last)
        if after is not None and (after.pos == "NUM" or guess.last + 1 in self.naming.title_words):
            return bool(nested) or after.pos != "NUM"
        if words[-1] in self.cues["other"] or (after and after.text in self.cues["other"]):
            return False
        if self._is_portfolio(guess) or (words[1:2] == ["of"] and not self._is_head(words[0])):
            return False
        return guess.label in ("ORG", "PERSON") or self._is_head(words[-1]) or words[0].isupper()

    def _after(self, index: int) -> Token | None:
        return self.tokens[index + 1] if index + 1 < len(self.tokens) else None

    def _is_head(self, word: str) -> bool:
        return word in self.cues["heads"]

    def _is_portfolio(self, guess: Guess) -> bool:
        """Tell whether a candidate is the field of a minister: "Secretary of Transportation"."""
        if guess.first < 2 or self.tokens[guess.first - 1].lemma not in ("of", "for"):
            return False
        return self.tokens[guess.first - 2].lemma in lists("names")["people"]["portfolio"]

    def _named_after_people(self) -> None:
        """Turn "Obama administration" into a body, "Anna Novak Airport" into a place."""
        naming = self.naming
        for span in [span for span, kind in naming.found.items() if kind == "Person"]:
            inside = naming.syntax.within(span)
            after = self._after(inside[-1])
            if after is not None and after.text.lower() in self.cues["rule"]:
                last, kind = inside[-1] + 1, _BODY
            else:
                last, kind = self._built(inside[-1])
            if last > inside[-1]:
                naming.drop(span)
                naming.add(naming.syntax.span(inside[0], last), kind, over=True)

    def _built(self, last: int) -> tuple[int, EntityType]:
        """Return where "Airport" or "Foundation" behind a name ends, and what it makes of it."""
        for index in range(last + 1, min(last + 4, len(self.tokens))):
            token = self.tokens[index]
            if token.pos != "PROPN" or not token.text[:1].isupper() or index in self.naming.words:
                break
            if token.text.lower() in self.cues["facility"]:
                return index, "Place"
            if token.text in self.cues["heads"]:
                return index, _BODY
        return last, _BODY

    def _acronyms(self) -> None:
        """Find the acronym that the text gives a body in brackets."""
        naming = self.naming
        spans = [span for span, kind in naming.found.items() if kind == _BODY]
        spans += [
            mention.span
            for entity in naming.doc.entities
            if entity.type == _BODY
            for mention in entity.mentions
        ]
        for span in sorted(spans):
            match = _ACRONYM.match(naming.doc.text, span.end)
            initials = "".join(word[0] for word in re.findall(r"\w+", span.of(naming.doc.text)))
            if match and match[1][0] == initials[:1].upper():
                naming.add(Span(*match.span(1)), _BODY)

    def _short_bodies(self) -> None:
        """Find "the Council", "Coalition forces": a capitalized noun that stands for a body.

        At the start of a sentence the capital says nothing, unless the word is one elsewhere.
        """
        naming = self.naming
        known = {
            word
            for entity in naming.entities()
            if entity.type == _BODY
            for word in entity.name.split()
        }
        first = []
        for index, token in enumerate(self.tokens):
            if token.text not in self.cues["short"]:
                continue
            after = self._after(index)
            if index in naming.words or index in naming.taken:
                continue
            if after and after.text.istitle() and index + 1 not in naming.titles:
                continue  # "Council Tower", but "Commission President"
            if index and self.tokens[index - 1].sentence == token.sentence:
                known.add(token.text)
                naming.add(token.span, _BODY)
            else:
                first.append(token)
        for token in first:
            if token.text in known:
                naming.add(token.span, _BODY)
