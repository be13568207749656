"""The parser's guesses at names, mended at their edges: titles off, lost words on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.credits import credits_in
from kg.annotate.guesses import Guess, guesses
from kg.annotate.naming import Naming
from kg.data import lists

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "NORP"})
_QUOTES = frozenset({'"', "“", "”"})
_LONGEST = 5  # words of a name beside its noun, quotes included
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_SYLLABLE = 6  # letters of the second half of a hyphened given name, at most
_PRODUCT = re.compile(r"[A-Z]{1,2}-\d+\w*|[A-Z]{2}\d{2,4}")  # "S-400", "XY123"


def candidates(naming: Naming) -> list[Guess]:
    """Return what may be names of people, bodies and places; credits of the article are none."""
    credited = {
        index for span in credits_in(naming.doc.text) for index in naming.syntax.within(span)
    }
    found = []
    for guess in guesses(naming.doc):
        if guess.label in _LABELS and guess.first not in credited:
            cut = _cut(naming, guess)
            if cut is not None:
                found.append(cut)
    covered = {index for guess in found for index in range(guess.first, guess.last + 1)}
    return sorted([*found, *(g for g in _named_by_nouns(naming) if g.first not in covered)])


def _named_by_nouns(naming: Naming) -> Iterator[Guess]:
    """Yield names that the parser has not seen beside a noun that calls them a body.

    "the Zarja party", 'the magazine "Obzor"', "the firm Attentio".
    """
    tokens = naming.tokens
    for index, token in enumerate(tokens):
        if token.lemma not in lists("names")["votes"]["named_by"] or not token.text.islower():
            continue
        for step in (-1, +1):
            near = index + step
            quoted = 0 <= near < len(tokens) and tokens[near].text in _QUOTES
            first = last = near = near + step * quoted
            while _is_unseen(naming, near) and abs(near - index) <= _LONGEST:
                first, last = min(first, near), max(last, near)
                near += step
            if near == first == last:
                continue
            closed = 0 <= near < len(tokens) and tokens[near].text in _QUOTES
            tied = tokens[last].dep in ("compound", "nmod") and tokens[last].head == index
            if step > 0:
                tied = tokens[last].dep == "appos" or token.head == last
            if (quoted and closed) or (not quoted and tied):
                yield Guess(first, last, "ORG", naming.syntax.span(first, last))


def _is_unseen(naming: Naming, index: int) -> bool:
    if not 0 <= index < len(naming.tokens):
        return False
    if index in naming.taken or index in naming.title_words:
        return False
    token = naming.tokens[index]
    opens = index == 0 or naming.tokens[index - 1].sentence != token.sentence
    return token.text[:1].isupper() and not token.ner and token.pos != "DET" and not opens


def _cut(naming: Naming, guess: Guess) -> Guess | None:
    """Return the guess with its edges mended, or None if no name is left."""
    first, last = _without_titles(naming, guess)
    if first > last:
        return None
    if guess.label == "ORG":
        last = _before_city(naming, first, _before_sum(naming, first, last))
        first = _behind_adjective(naming, first, last)
        if first == last and _PRODUCT.fullmatch(naming.tokens[first].text):
            return None
    if guess.label in _PLACES:
        while last > first and naming.tokens[last].text.islower():
            last -= 1
    if guess.label == "PERSON" and last > first:
        last = _to_hyphened(naming, last)
    if guess.label == "PERSON" and first > 0 and _joins(naming, first - 1, first):
        first -= 1
    while last + 1 < len(naming.tokens) and _joins(naming, last, last + 1):
        last += 1
    if first > last or not any(letter.isalpha() for letter in naming.words_of(first, last)):
        return None
    return Guess(first, last, guess.label, naming.syntax.span(first, last))


def _without_titles(naming: Naming, guess: Guess) -> tuple[int, int]:
    """Shed prefixes and titles; a body that begins or a place that ends with one is no name.

    "Sir" goes before a full name and stays before a given name.
    """
    first, last = guess.first, guess.last
    tokens, nothing = naming.tokens, (1, 0)
    if tokens[last].text.lower() in lists("names")["votes"]["facility"]:
        return first, last  # "King George Hotel"
    prefix = tokens[first].text
    is_prefix = prefix.islower() and prefix not in naming.particles
    if first < last and is_prefix and tokens[first + 1].text == "-":
        first += 2  # "ex-"
    begin = first
    while first <= last and first in naming.title_words:
        first += 1
    if first > begin and guess.label == "ORG":
        return nothing
    while last >= first and last in naming.title_words:
        last -= 1
    if last < guess.last and guess.label != "PERSON":
        return nothing
    if last - first > 1 and naming.behind_honorific(first + 1):
        first += 1
    return first, last


def _before_city(naming: Naming, first: int, last: int) -> int:
    """Cut "in Oslo" from "Institute for Peace in Oslo"."""
    for index in range(first + 1, last):
        place = naming.taken.get(index + 1)
        if naming.tokens[index].text == "in" and place is not None and place.type == "Place":
            return index - 1
    return last


def _before_sum(naming: Naming, first: int, last: int) -> int:
    """Cut "a million pounds" from "Oslo a million pounds"."""
    counts = (i for i in range(first + 1, last + 1) if naming.tokens[i].dep == "quantmod")
    return next((i - 1 for i in counts if naming.tokens[i].text.islower()), last)


def _behind_adjective(naming: Naming, first: int, last: int) -> int:
    """Skip "French bank" in "French bank Crédit du Nord"."""
    after = first
    while after <= last and after in naming.taken and naming.taken[after].type == "Country":
        after += 1
    if after == first or after > last or naming.tokens[after].text[:1].isupper():
        return first
    while after <= last and not naming.tokens[after].text[:1].isupper():
        after += 1
    return after


def _to_hyphened(naming: Naming, last: int) -> int:
    """Go on to the end of "Park Mi-rae", unless the hyphen makes an adjective: "Novak-led"."""
    rest = naming.tokens[last + 1 : last + 3]
    if len(rest) < 2 or rest[0].text != "-" or rest[1].ner:
        return last
    tied = rest[0].span.start == naming.tokens[last].span.end
    tied = tied and rest[1].span.start == rest[0].span.end
    syllable = rest[1].text.isalpha() and len(rest[1].text) <= _SYLLABLE
    plain = rest[1].text.lower() not in lists("names")["votes"]["joined"]
    return last + 2 if tied and syllable and plain else last


def _joins(naming: Naming, index: int, following: int) -> bool:
    """Tell whether a neighbour that the parser left out belongs to the name."""
    outside = [i for i in (index, following) if not naming.tokens[i].ner]
    token = naming.tokens[index]
    if len(outside) != 1 or token.dep != "compound" or token.head < following:
        return False
    (left_out,) = outside
    word = naming.tokens[left_out]
    known = left_out in naming.taken or left_out in naming.titles
    return (
        word.pos == "PROPN"
        and word.text[:1].isupper()
        and not known
        and (left_out not in naming.title_words)
    )
