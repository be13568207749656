"""The parser's guesses at names, mended at their edges: titles off, lost words on."""

from __future__ import annotations

import re

from kg.annotate.credits import credits_in
from kg.annotate.guesses import Guess, guesses
from kg.annotate.naming import Naming
from kg.data import lists

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "NORP"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
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
    return found


def _cut(naming: Naming, guess: Guess) -> Guess | None:
    """Return the guess with its edges mended, or None if no name is left."""
    first, last = _without_titles(naming, guess)
    if first > last:
        return None
    if guess.label == "ORG":
        last = _before_city(naming, first, last)
        first = _behind_adjective(naming, first, last)
        if first == last and _PRODUCT.fullmatch(naming.tokens[first].text):
            return None
    if guess.label in _PLACES:
        while last > first and naming.tokens[last].text.islower():
            last -= 1
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
    if first < last and tokens[first].text.islower() and tokens[first + 1].text == "-":
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
