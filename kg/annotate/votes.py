"""What kind of name a surface is, judged from all its occurrences in the document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from kg.annotate.guesses import Guess
from kg.annotate.lookup import fold, leaders
from kg.data import Title, lists, table
from kg.model import Document, EntityType, Token
from kg.syntax import Syntax

KINDS: dict[str, EntityType] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
}

_DASHES = frozenset(",(-–—:")
_STATE_ROLES = frozenset({"head_of_state", "head_of_government", "foreign_minister"})


@cache
def given_names() -> frozenset[str]:
    """Return the given names of the table."""
    return frozenset(row.name for row in table("given_names"))


def feature_after(tokens: Sequence[Token], last: int) -> int:
    """Return the last token of a place with the noun that belongs to it: "Norfield oil field"."""
    for length in (3, 2, 1):
        words = " ".join(token.text for token in tokens[last + 1 : last + 1 + length])
        if words in lists("names")["votes"]["feature"]:
            return last + length
    return last


class Votes:
    """Votes for the kind of each surface of a document."""

    def __init__(
        self, doc: Document, syntax: Syntax, titles: Mapping[int, tuple[int, Title]]
    ) -> None:
        self._doc = doc
        self._titles = titles
        self._ends = {last: row.role for last, row in titles.values()}
        self._countries = {entity.iso3 for entity in doc.entities if entity.iso3}
        self._syntax = syntax
        self._cues = lists("names")["votes"]
        self._votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
        self._labels: dict[str, Counter[EntityType]] = defaultdict(Counter)

    def count(self, candidates: Iterable[Guess]) -> None:
        """Let each occurrence vote, by the parser's label and by the words around it."""
        for guess in candidates:
            name = guess.span.of(self._doc.text)
            if guess.label in KINDS:
                self._labels[name][KINDS[guess.label]] += 1
            for kind, weight in self._evidence(guess, name):
                self._votes[name][kind] += weight

    def kind(self, name: str) -> EntityType | None:
        """Return the kind with most votes; a person wins a tie, then an organization."""
        votes = self._votes[name].copy()
        for kind, times in self._labels[name].items():  # one model's repeated error is one error
            votes[kind] += min(times, 2) + 1
        if not votes:
            return None
        order: dict[EntityType, int] = {"Person": 2, "Organization": 1}
        return max(votes, key=lambda kind: (votes[kind], order.get(kind, 0)))

    def _evidence(self, guess: Guess, name: str) -> Iterable[tuple[EntityType, int]]:
        tokens, cues = self._doc.tokens, self._cues
        words = name.split()
        before = tokens[guess.first - 1] if guess.first else None
        after = tokens[guess.last + 1] if guess.last + 1 < len(tokens) else None
        if words[-1].lower() in cues["facility"]:
            yield "Place", 5
        elif words[-1] in cues["heads"] or any(
            word in cues["heads"] and following in ("of", "for", "on", "in")
            for word, following in pairwise(words)
        ):
            yield "Organization", 5
        elif 1 < len(words) < 4 and words[0] in given_names() and name.replace(" ", "").isalpha():
            yield "Person", 3 if guess.label == "PERSON" else 2
        if self._is_dateline(guess):
            yield "Place", 7
        if len(words) == 1 and len(name) > 1 and name.isupper():
            yield "Organization", 4
        if before is not None and before.lemma == "the" and len(words) == 1:
            yield "Organization", 2
        if before is not None and before.lemma in cues["at"]:
            yield "Place", 4
        if before is not None and before.lemma == "of" and guess.first > 1:
            noun = tokens[guess.first - 2].lemma
            if noun in cues["place_nouns"]:
                yield "Place", 6
        if after is not None and after.lemma in cues["body_nouns"]:
            yield "Organization", 3
        if self._is_said_to_be_body(guess):
            yield "Organization", 4
        if feature_after(tokens, guess.last) > guess.last:
            yield "Place", 5
        root = tokens[self._syntax.root_of(guess.span)]
        if root.dep in ("compound", "nmod") and tokens[root.head].lemma in cues["place_nouns"]:
            yield "Place", 3  # "the Norfield military prison"
        verb = tokens[root.head].lemma
        if root.dep == "nsubj" and verb in cues["saying"]:
            yield "Person", 3 if len(words) > 1 else 2
        if root.dep == "dobj" and verb in cues["taking"]:
            yield "Place", 4
        if fold(name) in leaders():
            yield "Person", 4 if leaders()[fold(name)] & self._countries else 2
        if guess.label != "PERSON" and self._is_state(guess):
            yield "Country", 9

    def _is_said_to_be_body(self, guess: Guess) -> bool:
        """Read "the Zarja party", "the network Attentio", "Attentio, an organization that"."""
        tokens, named_by = self._doc.tokens, self._cues["named_by"]
        root = self._syntax.root_of(guess.span)
        after = tokens[guess.last + 1] if guess.last + 1 < len(tokens) else None
        if after is not None and after.lemma in named_by and after.text.islower():
            return tokens[root].dep in ("compound", "nmod")
        before = guess.first - 1
        person = guess.label == "PERSON" and guess.last > guess.first
        called = tokens[before].lemma in named_by and tokens[before].text.islower()
        if before >= 0 and called and not person:
            if tokens[root].head == before and tokens[root].dep == "appos":
                return True
            if tokens[before].head == root and tokens[before].dep in ("compound", "nmod"):
                return True
        said = self._syntax.child(root, "appos")
        return said is not None and said > root and tokens[said].lemma in named_by

    def _is_dateline(self, guess: Guess) -> bool:
        """Tell whether an article or a paragraph opens with this place: "AREQUIPA, Peru (AP) -"."""
        text = self._doc.text
        opens = text[max(0, guess.span.start - 1) : guess.span.start] in ("", "\n")
        follows = text[guess.span.end : guess.span.end + 2].lstrip(" ")[:1]
        return opens and guess.span.of(text).isupper() and follows in _DASHES

    def _is_state(self, guess: Guess) -> bool:
        """Tell whether an unknown name is that of a state: "President X of Y", "Y's premier"."""
        after = self._titles.get(guess.last + 2)
        if after is not None and self._doc.tokens[guess.last + 1].tag == "POS":
            return after[1].role in _STATE_ROLES
        if guess.first < 2 or self._doc.tokens[guess.first - 1].lemma != "of":
            return False
        index = guess.first - 2
        while index > 0 and index not in self._ends and self._doc.tokens[index].pos == "PROPN":
            index -= 1
        return self._ends.get(index) in _STATE_ROLES and (
            index < guess.first - 2 or guess.label == "GPE"
        )
